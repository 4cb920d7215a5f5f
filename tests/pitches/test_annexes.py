"""Files sent with a pitch: public ones after two people have cleared them, others never."""

from __future__ import annotations

import io
import json
import re

import pikepdf
import pytest
from PIL import Image

from lamppost import db
from lamppost.apart.models import Attachment
from lamppost.cases.models import Case
from lamppost.cases.public import FILE, FILES, read_cases
from lamppost.freezer import freeze
from lamppost.publishing.releases import Releases
from lamppost.staff.audit import entries

ALT = {"alt_en": "A plan of the stop", "alt_km": "ប្លង់ចំណត", "made_km": "machine"}
SAVED = {
    **{f"{side}_{n}": "" for n in range(20) for side in ("x", "y", "width", "height")},
    **{f"{what}_{code}": "" for what in ("alt", "made") for code in ("es", "km", "tl")},
    **ALT,
    "do": "save",
}


def plan() -> bytes:
    """A PDF of two pages with a script and the name of who made it."""
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(2):
        made.add_blank_page()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    made.docinfo["/Author"] = "Sokha Sample"
    made.save(out)
    return out.getvalue()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def sent(send, desk, case_of):
    """A function that sends a pitch with files; its receipt, and their ids by question and type."""

    def made(**more):
        receipt = send(
            **{"public_annex": [(io.BytesIO(plan()), "plan.pdf"),
                                (io.BytesIO(picture()), "stop.jpg")],
               "annex": (io.BytesIO(plan()), "secret.pdf")} | more
        )  # fmt: skip
        with desk.app_context():
            rows = db.sessions().query(Attachment).filter_by(subject_key=case_of(receipt).id)
            return receipt, {(one.purpose, one.media_type): one.id.hex() for one in rows}

    return made


@pytest.fixture
def shown(sent, publish, act, desk):
    """A published pitch whose PDF and picture are public too; its receipt and addresses."""
    receipt, files = sent()
    publish(receipt)
    for media in ("application/pdf", "image/jpeg"):
        file = files["public_annex", media]
        assert act("moderator", receipt, f"clearing/{file}", **SAVED).status_code == 303
        where = f"clearing/{file}/publish"
        assert act("moderator", receipt, where, email="second@staff.example").status_code == 303
    desk.extensions["published"].look()
    with desk.app_context():
        (case,) = db.sessions().query(Case)
        image, paper = sorted((one.name for one in case.files), key=lambda name: name[-3:])
        names = [f"photos/{case.reference}/{image}", f"files/{case.reference}/{paper}"]
        return receipt, files, case.reference, [f"/pitches/{name}" for name in names]


@pytest.mark.parametrize("who", ["residents", "companies"])
def test_the_writer_chooses_by_the_question_what_may_become_public(sent, who):
    _, files = sent(who=who)
    assert sorted(files) == [
        ("annex", "application/pdf"),
        ("public_annex", "application/pdf"),
        ("public_annex", "image/jpeg"),
    ]


@pytest.mark.usefixtures("small")
def test_what_two_people_have_cleared_is_read_on_the_page_and_frozen_without_scripts(
    shown, resident, desk, tmp_path
):
    _, _, reference, (image, paper) = shown
    for code, words in (("en", "A plan of the stop"), ("km", "ប្លង់ចំណត")):
        page = resident.get(f"/{code}/pitches/{reference}/").text
        assert words in page
        assert f'href="{paper}"' in page
        assert f'src="{image}"' in page
    answer = resident.get(paper)
    assert answer.mimetype == "application/pdf"
    assert resident.get(image).mimetype == "image/jpeg"
    freeze(desk.extensions["config"], tmp_path / "public", jobs=1)
    data = (tmp_path / "public" / paper.lstrip("/")).read_bytes()
    assert data == answer.data
    assert (tmp_path / "public" / image.lstrip("/")).exists()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert "/OpenAction" not in pdf.Root
        assert "/Author" not in pdf.docinfo


def test_a_confidential_file_has_no_page_on_which_it_could_be_cleared(
    sent, publish, act, sign_in, desk, case_of, resident
):
    receipt, files = sent()
    publish(receipt)
    secret = files["annex", "application/pdf"]
    with desk.app_context():
        reference = case_of(receipt).reference
    where = f"/en/desk/cases/{reference}/clearing/{secret}/"
    for path in ("", "as-shown.pdf", "as-shown.jpg"):
        assert sign_in("moderator").get(where + path).status_code == 404
    for path in ("", "/publish"):
        assert act("moderator", receipt, f"clearing/{secret}{path}", **SAVED).status_code == 404
    desk.extensions["published"].look()
    assert "Files that were sent" not in resident.get(f"/en/pitches/{reference}/").text


def test_a_moderator_reads_the_pdf_and_cannot_publish_what_they_have_prepared(
    sent, act, sign_in, desk, case_of
):
    receipt, files = sent()
    file = files["public_annex", "application/pdf"]
    with desk.app_context():
        where = f"/en/desk/cases/{case_of(receipt).reference}/clearing/{file}/"
    page = sign_in("moderator").get(where).text
    assert "In a PDF nothing can be covered" in page
    assert "Cover what could tell" not in page
    assert sign_in("moderator").get(f"{where}as-shown.pdf").data.startswith(b"%PDF")
    assert sign_in("evaluator").get(f"{where}as-shown.pdf").status_code == 403
    assert act("moderator", receipt, f"clearing/{file}", **SAVED).status_code == 303
    case = sign_in("moderator").get(where.partition("clearing/")[0]).text
    assert re.search(rf'{where}">File \d</a>: Prepared', case)
    act("moderator", receipt, f"clearing/{file}/publish")
    with desk.app_context():
        assert [one.name for one in case_of(receipt).files] == [""]


def test_nothing_is_public_of_who_lets_only_a_summary_be_read(sent, act, desk, case_of):
    receipt, files = sent(may_publish="summary")
    file = files["public_annex", "application/pdf"]
    act("moderator", receipt, f"clearing/{file}", **SAVED)
    with desk.app_context():
        assert case_of(receipt).files == []


def test_what_was_written_down_as_photos_before_is_still_read(shown, desk):
    _, _, reference, _ = shown
    path = desk.extensions["config"].instance / FILE
    told = json.loads(path.read_bytes())
    for case in told["public"]:
        case["photos"] = case.pop("files")
    path.write_text(json.dumps(told), "utf-8")
    assert len(read_cases(path).by_reference[reference].files) == 2


@pytest.mark.parametrize("how", ["taken back", "withdrawn", "erased"])
def test_a_file_that_is_not_public_any_more_is_behind_no_address(
    shown, act, resident, desk, monkeypatch, how
):
    receipt, files, reference, addresses = shown
    forgotten = []
    monkeypatch.setattr(Releases, "forget", lambda _, name: forgotten.append(f"/{name}"))
    if how == "taken back":
        for media in ("application/pdf", "image/jpeg"):
            act("moderator", receipt, f"clearing/{files['public_annex', media]}/withdraw")
        assert sorted(forgotten) == sorted(addresses)
    else:
        move = {"withdrawn": "withdraw", "erased": "erase"}[how]
        resident.post(f"/en/receipts/{receipt}/{move}/", data={})
    desk.extensions["published"].look()
    for address in addresses:
        assert resident.get(address).status_code == 404
    assert "A plan of the stop" not in resident.get(f"/en/pitches/{reference}/").text
    assert list((desk.extensions["config"].instance / FILES).iterdir()) == []


def test_who_weighs_and_who_decides_see_that_there_are_files_and_open_them(
    sent, act, desk, sign_in, case_of
):
    receipt, files = sent()
    act("case_officer", receipt, "moves/screen")
    with desk.app_context():
        reference = case_of(receipt).reference
    begin = {"criteria": ["need", "fairness", "privacy"]}
    with desk.app_context():
        begin["seen"] = case_of(receipt).version
    there = f"/en/desk/pitches/{reference}/begin/evaluate/"
    assert sign_in("case_officer").post(there, data=begin).status_code == 303
    there = f"/en/desk/pitches/{reference}/weigh/"
    sign_in("evaluator").post(there, data={"interest": "no"})
    page = sign_in("evaluator").get(there).text
    assert page.count("may be published once it is cleared") == 2
    assert page.count("confidential, never published") == 1
    for role in ("evaluator", "decider"):
        client = sign_in(role)
        assert "confidential, never published" in client.get(f"/en/desk/cases/{reference}/").text
        for file in files.values():
            answer = client.get(f"/en/desk/cases/{reference}/files/{file}/")
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "no-store"
        with desk.app_context():
            assert (entries()[0].deed, entries()[0].what) == ("open file", reference)
    assert (
        sign_in("procurement")
        .get(f"/en/desk/cases/{reference}/files/{next(iter(files.values()))}/")
        .status_code
        == 403
    )
