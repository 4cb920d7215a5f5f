"""A photo that was sent: covered by one, published by another, and gone from every door after."""

from __future__ import annotations

import io
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from lamppost import db, purging
from lamppost.answering.models import random_key
from lamppost.apart import vault
from lamppost.apart.models import Attachment
from lamppost.cases import deeds
from lamppost.cases import shown as shown_
from lamppost.cases.models import ClearedFile
from lamppost.freezer import freeze
from lamppost.pictures import Box, covered

from .conftest import case_of

RED, BLUE = (220, 20, 20), (20, 20, 220)
SAVED = {
    "do": "save", "x_0": "25", "y_0": "25", "width_0": "25", "height_0": "50",
    "alt_en": "A camera on a pole", "alt_km": "កាមេរ៉ានៅលើបង្គោល", "made_km": "machine",
}  # fmt: skip


def photo(kind: str = "JPEG") -> bytes:
    """A blue picture with a red face in it, a quarter from the left."""
    image = Image.new("RGB", (400, 200), BLUE)
    ImageDraw.Draw(image).rectangle((110, 60, 190, 140), fill=RED)
    out = io.BytesIO()
    image.save(out, kind, quality=95)
    return out.getvalue()


def reds(data: bytes) -> int:
    """How many pixels look like the face."""
    pixels = Image.open(io.BytesIO(data)).convert("RGB").get_flattened_data()
    return sum(red > 150 and green < 90 and blue < 90 for red, green, blue in pixels)


@pytest.fixture
def enclose(desk):
    """A function that adds a photo to a concern as it is when it was sent; its id."""

    def enclosed(sent, purpose="photo", media_type="image/jpeg") -> str:
        config = desk.extensions["config"]
        with desk.app_context():
            case, key = case_of(sent), random_key()
            file = key.hex()
            config.attachments.mkdir(exist_ok=True)
            (config.attachments / file).write_bytes(vault.closed(config, photo(), key))
            db.sessions().add(
                Attachment(
                    id=key, subject_kind="case", subject_key=case.id, file=file, size=9,
                    name=vault.closed(config, b"me.jpg", key), media_type=media_type,
                    purpose=purpose, delete_after=case.opens_until,
                )
            )  # fmt: skip
            db.sessions().commit()
            return file

    return enclosed


@pytest.fixture
def fields():
    """A function that fills in the whole form of a photo."""

    def filled(**more):
        rows = {f"{s}_{n}": "" for n in range(20) for s in ("x", "y", "width", "height")}
        alts = {f"{what}_{c}": "" for what in ("alt", "made") for c in ("es", "km", "tl")}
        return {**rows, **alts, **SAVED, **more}

    return filled


@pytest.fixture
def shown(published, enclose, act, fields, desk):
    """A published concern whose photo is published too, and the address of the photo."""
    sent = published()
    file = enclose(sent)
    assert act("moderator", sent, f"clearing/{file}", **fields()).status_code == 303
    where = f"clearing/{file}/publish"
    assert act("moderator", sent, where, email="other@staff.example").status_code == 303
    desk.extensions["published"].look()
    with desk.app_context():
        (row,) = db.sessions().query(ClearedFile).all()
        return sent, file, f"/concerns/photos/{sent.reference}/{row.name}"


# --- covering -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_covered_is_not_in_the_picture_any_more(kind):
    data = photo(kind)
    assert reds(data) > 5000
    assert reds(covered(data, []).data) > 5000
    made = covered(data, [Box(25, 25, 25, 50)])
    assert reds(made.data) == 0
    assert (made.mimetype, made.width, made.height) == ("image/jpeg", 400, 200)
    assert not Image.open(io.BytesIO(made.data)).getexif()


def test_a_box_that_touches_a_pixel_covers_it_whole():
    made = covered(photo(), [Box(27.4, 29.9, 20.3, 40.7)])
    assert reds(made.data) == 0


def test_the_page_shows_it_again_as_it_would_be_published(send, enclose, sign_in, act, fields):
    sent = send()
    file = enclose(sent)
    moderator = sign_in("moderator")
    address = f"/en/desk/cases/{sent.reference}/clearing/{file}/"
    assert "as-shown.jpg" in moderator.get(address).text
    page = act("moderator", sent, f"clearing/{file}", **fields(do="look", alt_en="")).text
    assert "boxes=25,25,25,50" in page.replace("%2C", ",")
    assert "There is a problem" not in page
    picture = moderator.get(f"{address}as-shown.jpg?boxes=25,25,25,50")
    assert reds(picture.data) == 0
    assert picture.headers["Cache-Control"] == "no-store"
    assert reds(moderator.get(f"{address}as-shown.jpg").data) > 5000
    for wrong in ("1,2,3", "a,b,c,d", "1,2,3,4;", "1,2,3,4;" * 30):
        assert moderator.get(f"{address}as-shown.jpg?boxes={wrong}").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"x_0": ""}, {"x_0": "101"}, {"width_0": "0"}, {"y_0": "x"}, {"alt_en": ""}, {"made_km": ""}],
)
def test_a_number_or_a_text_that_is_missing_is_told_beside_it(
    send, enclose, act, desk, fields, wrong
):
    sent = send()
    file = enclose(sent)
    answer = act("moderator", sent, f"clearing/{file}", **fields(**wrong))
    assert answer.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in answer.text
    with desk.app_context():
        assert case_of(sent).files == []


def test_only_photos_of_those_who_allow_their_words_and_only_by_moderators(
    send, enclose, act, sign_in, fields, desk
):
    sent = send(may_publish="summary")
    file = enclose(sent)
    page = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/clearing/{file}/").text
    assert "does not let their own words and photos be read" in page
    act("moderator", sent, f"clearing/{file}", **fields())
    with desk.app_context():
        assert case_of(sent).files == []
    for role in ("case_officer", "records_officer", "auditor"):
        where = f"/en/desk/cases/{sent.reference}/clearing/{file}/"
        assert sign_in(role).get(where).status_code == 403
        assert sign_in(role).get(f"{where}as-shown.jpg").status_code == 403
    other = send()
    for wrong in (enclose(other, purpose="annex"), enclose(other, media_type="application/pdf")):
        where = f"/en/desk/cases/{other.reference}/clearing/{wrong}/"
        assert sign_in("moderator").get(where).status_code == 404


def test_without_the_private_key_nothing_is_opened_and_the_page_says_so(
    send, enclose, sign_in, desk
):
    sent = send()
    file = enclose(sent)
    desk.extensions["config"].contact_private.unlink()
    where = f"/en/desk/cases/{sent.reference}/clearing/{file}/"
    assert "The key that opens this is not on this machine." in sign_in("moderator").get(where).text
    assert sign_in("moderator").get(f"{where}as-shown.jpg").status_code == 404


# --- doors --------------------------------------------------------------------------------------


def test_nobody_publishes_a_photo_that_they_have_prepared(
    published, enclose, act, desk, fields, sign_in
):
    sent = published()
    file = enclose(sent)
    act("moderator", sent, f"clearing/{file}", **fields())
    act("moderator", sent, f"clearing/{file}/publish")
    with desk.app_context():
        (row,) = case_of(sent).files
        assert (row.name, row.data) == ("", None)
    assert "Files that wait for a second person" in sign_in("moderator").get("/en/desk/cases/").text


@pytest.mark.usefixtures("small")
def test_a_photo_is_seen_covered_through_every_door(shown, desk, resident, tmp_path):
    sent, _file, address = shown
    answer = resident.get(address)
    assert answer.mimetype == "image/jpeg"
    assert reds(answer.data) == 0
    for code, words in (("en", "A camera on a pole"), ("km", "កាមេរ៉ានៅលើបង្គោល")):
        page = resident.get(f"/{code}/concerns/{sent.reference}/").text
        assert f'alt="{words}"' in page
        assert address in page
    config, name = desk.extensions["config"], Path(address).name
    freeze(config, tmp_path / "public", jobs=1)
    assert (tmp_path / "public" / address[1:]).read_bytes() == answer.data
    assert resident.get(address.replace(name, "0" * 20 + ".jpg")).status_code == 404


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("how", ["withdraw", "erase", "withhold", "back", "covered anew", "junk"])
def test_what_is_taken_back_is_behind_no_door_any_more(
    shown, how, act, desk, resident, tmp_path, fields
):
    sent, file, address = shown
    config = desk.extensions["config"]
    public = tmp_path / "public"
    freeze(config, public, jobs=1)
    assert (public / address[1:]).exists()
    other = "other@staff.example"
    if how in ("withdraw", "erase"):
        resident.post(f"/km/receipts/{sent.receipt}/{how}/", data={})
    elif how == "withhold":
        act("moderator", sent, "withhold", reason="law")
        assert list((config.instance / "photos").glob("*")) == []  # proposed is enough
        act("moderator", sent, "withhold", reason="law", email=other)
    elif how == "back":
        act("moderator", sent, f"clearing/{file}/withdraw")
    elif how == "junk":
        act("case_officer", sent, "moves/reopen")
        act("case_officer", sent, "moves/junk")
    else:
        act("moderator", sent, f"clearing/{file}", **fields(x_0="26"))
    desk.extensions["published"].look()
    freeze(config, public, jobs=1)
    assert resident.get(address).status_code == 404
    assert not (public / address[1:]).exists()
    assert list((config.instance / "photos").glob("*")) == []
    name = Path(address).name
    assert name not in (config.instance / "cases.json").read_text("utf-8")
    for code in ("en", "km"):
        assert name not in resident.get(f"/{code}/concerns/{sent.reference}/").text
    with desk.app_context():
        left = [file.data for file in case_of(sent).files]
        assert left == ([None] if how == "covered anew" else [])


def test_two_who_publish_at_one_moment_both_have_their_photos_shown(
    published, enclose, act, fields, desk, resident, monkeypatch
):
    sent = [published(), published()]
    files = [enclose(one) for one in sent]
    for one, file in zip(sent, files, strict=True):
        act("moderator", one, f"clearing/{file}", **fields())
    put_together, second = shown_.shown, threading.Thread(target=lambda: publish(1))

    def publish(n):
        act("moderator", sent[n], f"clearing/{files[n]}/publish", email="other@staff.example")

    def slowly(promise):
        told = put_together(promise)
        if second.ident is None:  # the first one has read the cases, and the second comes
            second.start()
            second.join(1)
        return told

    monkeypatch.setattr(shown_, "shown", slowly)
    publish(0)
    second.join()
    desk.extensions["published"].look()
    with desk.app_context():
        rows = db.sessions().query(ClearedFile).all()
        names = {row.case_id: row.name for row in rows}
        found = {f"{case_of(one).reference}/{names[case_of(one).id]}" for one in sent}
    assert len(found) == 2
    for where in found:
        assert resident.get(f"/concerns/photos/{where}").status_code == 200


def test_the_original_behind_what_is_covered_goes_and_the_photo_can_still_be_taken_back(
    shown, desk, act, sign_in, resident
):
    sent, file, address = shown
    today = desk.extensions["published"].content.as_of
    with desk.app_context():
        deeds.move_on(case_of(sent), "accept", {}, today=today, by="writer",
                      seen=case_of(sent).version)  # fmt: skip
        (kept,) = db.sessions().query(Attachment).all()
        assert kept.delete_after == today + timedelta(days=90)
        purging.purge(today + timedelta(days=91))
        assert db.sessions().query(Attachment).count() == 0
    assert resident.get(address).status_code == 200
    page = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/").text
    assert "Its original is deleted" in page
    assert f"/clearing/{file}/withdraw/" in page
    assert act("moderator", sent, f"clearing/{file}").status_code == 404
    assert act("moderator", sent, f"clearing/{file}/withdraw").status_code == 303
    desk.extensions["published"].look()
    assert resident.get(address).status_code == 404


@pytest.mark.usefixtures("shown")
def test_the_original_stays_sealed_and_no_clear_copy_lies_anywhere(desk):
    root = desk.extensions["config"].instance
    found = [path for path in root.rglob("*") if path.is_file()]
    pictures = [path for path in found if path.read_bytes().startswith(b"\xff\xd8")]
    assert [path.parent.name for path in pictures] == ["photos"]
    assert reds(pictures[0].read_bytes()) == 0
