"""What was public and is taken back, or looked at again: nobody reads it, and nothing is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from lamppost import db, nightly
from lamppost.cases import takings
from lamppost.cases.queries import to_moderate, to_publish
from lamppost.publishing.releases import Releases

from ..doors import ASIDE, PLACE, TECHNOLOGY, frozen, holding, read
from ..postgres import of_sqlite
from .conftest import case_of

SUMMARY, WORDS, ANSWER = "SHORTLYTOLD", "វាមើលចូល", "ANSWEREDSO"
LISTS = {
    "/en/concerns/", "/km/concerns/", f"/en/technologies/{TECHNOLOGY}/", "/en/devices/{device}/",
    f"/en/places/{PLACE}/",
}  # fmt: skip
PAGES = {"/en/concerns/{reference}/", "/km/concerns/{reference}/"}
OPEN311 = {"/en/open311/v2/requests.json", "/km/open311/v2/requests.xml"}
MAP = "/en/sitemap-1.xml"


@pytest.fixture
def config(config):
    """Settings with all doors open: other software, and a map with whole addresses."""
    live = {"base_url": "https://lamps.example", "live_url": "https://live.example"}
    return replace(config, open311="on", open311_keys=("x" * 20,), **live)


@pytest.fixture
def device(desk):
    """The code of a device that stands in the place."""
    devices = desk.extensions["published"].content.registry.devices.values()
    return next(d.code for d in devices if PLACE in d.place and d.technology == TECHNOLOGY)


@pytest.fixture
def texts(texts):
    """What a moderator writes, by words that stand nowhere else."""
    made = {name: words.replace("A summary", SUMMARY) for name, words in texts.items()}
    return {name: words.replace("The answer", ANSWER) for name, words in made.items()}


@pytest.fixture
def published(published, device):
    """A function that publishes a concern about a device."""
    return lambda **answers: published(f"devices/{device}/", **answers)


@pytest.fixture
def at(device):
    """A function that gives the addresses of some doors of a concern."""
    return lambda sent, *doors: {
        door.format(device=device, reference=sent.reference) for door in set().union(*doors)
    }


@pytest.fixture
def found(desk, resident, at):
    """A function that gives what anybody reads wherever something of a concern can stand."""

    def looked(sent):
        desk.extensions["published"].look()
        return read(resident, at(sent, LISTS, PAGES, OPEN311, {MAP}, ASIDE))

    return looked


def take_back(how, sent, resident, act):
    if how in ("withdraw", "erase"):
        return resident.post(f"/km/receipts/{sent.receipt}/{how}/", data={})
    if how == "junk":
        act("case_officer", sent, "moves/reopen")
        return act("case_officer", sent, "moves/junk")
    return act("moderator", sent, "withhold", reason="law")


@pytest.mark.parametrize("how", ["withdraw", "erase", "junk", "withhold"])
def test_no_door_shows_what_was_taken_back_and_its_page_says_so(
    how, published, resident, act, found, at
):
    sent = published()
    before = found(sent)
    assert holding(before, SUMMARY) == at(sent, LISTS, PAGES)
    assert holding(before, WORDS) == at(sent, PAGES, OPEN311)
    assert holding(before, ANSWER) == at(sent, PAGES, OPEN311)
    assert holding(before, sent.reference) == at(sent, LISTS, PAGES, OPEN311, {MAP})
    take_back(how, sent, resident, act)
    after = found(sent)
    for words in (SUMMARY, WORDS, ANSWER):
        assert holding(after, words) == set()
    assert holding(after, sent.reference) == at(sent, PAGES)
    assert resident.get(f"/en/open311/v2/requests/{sent.reference}.json").status_code == 404


@pytest.mark.usefixtures("small")
def test_no_frozen_file_holds_what_was_withdrawn(published, resident, desk, at, tmp_path):
    sent = published()
    before = frozen(desk, tmp_path / "public")
    pages = {f"site{page}index.html" for page in at(sent, LISTS, PAGES)}
    assert pages <= holding(before, SUMMARY)
    assert holding(before, WORDS)
    assert holding(before, ANSWER)
    resident.post(f"/km/receipts/{sent.receipt}/withdraw/", data={})
    after = frozen(desk, tmp_path / "public")
    assert {f"site{page}index.html" for page in at(sent, PAGES)} <= set(after)
    for words in (SUMMARY, WORDS, ANSWER):
        assert holding(after, words) == set()


@pytest.mark.parametrize("how", ["withdraw", "erase"])
def test_nobody_opens_again_what_its_writer_has_taken_back(
    how, published, resident, act, found, desk
):
    sent = published()
    take_back(how, sent, resident, act)
    act("case_officer", sent, "moves/reopen")
    again = resident.post(f"/km/receipts/{sent.receipt}/dispute/", data={"message": "Please."})
    assert again.status_code in (404, 409)
    with desk.app_context():
        assert case_of(sent).state == "closed"
    assert holding(found(sent), SUMMARY) == set()


def test_what_was_junk_and_is_opened_again_has_to_be_cleared_anew(published, act, found):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/junk")
    assert act("case_officer", sent, "moves/reopen").status_code == 303
    assert holding(found(sent), SUMMARY) == set()
    assert holding(found(sent), "Somebody is looking at it again")


def test_preparing_anew_what_is_public_leaves_a_page_that_says_so(published, act, found, texts):
    sent = published()
    anew = texts | {"summary_en": "Another one"}
    assert act("moderator", sent, "public", **anew).status_code == 303
    after = found(sent)
    assert holding(after, SUMMARY) == set()
    assert holding(after, "Somebody is looking at it again")


def test_what_is_withdrawn_before_it_was_public_waits_for_nobody(send, act, texts, desk, resident):
    sent = send()
    act("moderator", sent, "public", **texts)
    resident.post(f"/en/receipts/{sent.receipt}/withdraw/", data={})
    with desk.app_context():
        assert [case.reference for case in [*to_publish(), *to_moderate().cases]] == []
    act("moderator", sent, "publish", email="other@staff.example")
    with desk.app_context():
        assert case_of(sent).visibility == "private"
    assert resident.get(f"/en/concerns/{sent.reference}/").status_code == 404


def test_an_answer_that_came_later_waits_for_a_moderator_and_the_page_says_so(
    published, act, found, desk, texts, sign_in
):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/start")
    said = {"message": "We took it away.", "translated": "យើងបានដកវាចេញ។", "made": "machine"}
    act("case_officer", sent, "moves/answer", outcome="changed", **said)
    assert holding(found(sent), "The City has answered again.")
    with desk.app_context():
        assert [case.reference for case in to_moderate().cases] == [sent.reference]
    form = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/public/").text
    assert "We took it away.</textarea>" in form
    act("moderator", sent, "public", **texts | {"answer_en": "We took it away."})
    act("moderator", sent, "publish", email="other@staff.example")
    assert not holding(found(sent), "The City has answered again.")
    with desk.app_context():
        assert to_moderate().number == 0


def test_while_only_an_answer_waits_all_else_of_the_page_stays(
    published, act, found, texts, sign_in
):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/start")
    said = {"message": "We took it away.", "translated": "យើងបានដកវាចេញ។", "made": "machine"}
    act("case_officer", sent, "moves/answer", outcome="changed", **said)
    act("moderator", sent, "public", **texts | {"answer_en": "We took it away."})
    before = found(sent)
    assert holding(before, SUMMARY)
    assert holding(before, "We took it away.") == set()
    assert holding(before, ANSWER) == set()
    assert holding(before, "The answer is being prepared for publication.")
    act("moderator", sent, "publish")
    assert holding(found(sent), "We took it away.") == set()
    queue = sign_in("moderator", email="other@staff.example").get("/en/desk/cases/").text
    assert sent.reference in queue.partition("Prepared, waiting for a second person")[2]
    act("moderator", sent, "publish", email="other@staff.example")
    assert holding(found(sent), "We took it away.")


def test_what_is_public_is_not_published_once_more(published, act, desk):
    sent = published()
    with desk.app_context():
        before = case_of(sent).version
    act("moderator", sent, "publish", email="third@staff.example")
    with desk.app_context():
        assert case_of(sent).version == before


def test_a_reason_to_cut_that_changes_hides_what_is_public(published, act, found, texts):
    sent = published()
    act("moderator", sent, "public", **texts | {"cut_for": "insult_or_threat"})
    assert holding(found(sent), SUMMARY) == set()


def test_erased_words_are_in_no_file_of_the_database(published, resident, desk, stored):
    config = desk.extensions["config"]
    sent = published(worry="ERASEDWORD")
    assert b"ERASEDWORD" in stored(config)
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    assert b"ERASEDWORD" not in stored(config)


@of_sqlite
@pytest.mark.parametrize("how", ["withdraw", "erase"])
def test_the_database_of_an_old_copy_brings_nothing_back(
    how, published, resident, desk, tmp_path, stored, caplog
):
    config = desk.extensions["config"]
    kept, taken = published(worry="KEPTWORD"), published(worry="TAKENWORD")
    copy_database(desk, tmp_path / "copy")
    resident.post(f"/km/receipts/{taken.receipt}/{how}/", data={})
    put_back(desk, tmp_path / "copy")
    with desk.app_context():
        assert case_of(taken).outcome == "changed"
        nightly.a_night()
        assert case_of(taken).outcome == {"withdraw": "withdrawn", "erase": "erased"}[how]
        assert case_of(kept).outcome == "changed"
    assert "Taken back once more, since an old database had them: 1." in caplog.text
    desk.extensions["published"].look()
    for sent, is_read in ((taken, False), (kept, True)):
        page = resident.get(f"/en/concerns/{sent.reference}/").text
        assert (SUMMARY in page) == is_read
    assert (b"TAKENWORD" in stored(config)) == (how == "withdraw")
    caplog.clear()
    with desk.app_context():
        nightly.a_night()
    assert "Taken back" not in caplog.text


def test_what_is_noted_of_what_was_taken_back_tells_nothing_of_it(published, resident, desk):
    sent = published()
    resident.post(f"/km/receipts/{sent.receipt}/withdraw/", data={})
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    noted = (desk.extensions["config"].instance / "taken_back.txt").read_text("ascii")
    day = desk.extensions["published"].content.as_of
    assert noted == f"{day} withdrawn {sent.reference}\n{day} erased {sent.reference}\n"


def test_a_line_that_was_cut_off_or_is_none_of_ours_is_passed_over(tmp_path):
    lines = "2026-11-28 erased 2SVR-M23Y\n2026-11-28 era 453R-GQV7\n2026-11-"
    (tmp_path / takings.FILE).write_text(lines, "ascii")
    assert takings.noted(tmp_path) == {"2SVR-M23Y": "erased"}
    takings.note(tmp_path, "AAAA-BBBB", "withdrawn", date(2026, 11, 28))
    assert takings.noted(tmp_path)["AAAA-BBBB"] == "withdrawn"


def copy_database(desk, path):
    with desk.app_context(), closing(sqlite3.connect(path)) as copy:
        db.sessions().connection().connection.driver_connection.backup(copy)


def put_back(desk, path):
    with desk.app_context(), closing(sqlite3.connect(path)) as copy:
        copy.backup(db.sessions().connection().connection.driver_connection)


def test_no_release_comes_back_that_holds_it(published, resident, desk):
    sent = published()
    releases = Releases(desk.extensions["config"].public)
    page = releases.frozen / "en/concerns" / sent.reference / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("A summary", "utf-8")
    old = releases.publish(releases.add("a").id, "")
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    assert releases.holds_withdrawn
    page.unlink()
    page.write_text("erased", "utf-8")
    new = releases.publish(releases.add("b").id, "")
    assert releases.all() == [new]
    assert not releases.site(old).exists()
