"""What was public and is taken back, or looked at again: nobody reads it, and nothing is left."""

from __future__ import annotations

import pytest

from lamppost.cases.queries import to_moderate, to_publish
from lamppost.publishing.releases import Releases

from .conftest import LENS, case_of

DOORS = (
    "/en/concerns/{}/", "/km/concerns/{}/", "/en/concerns/", "/en/concerns.csv", "/concerns.json",
    "/en/concerns/feed.xml", f"/en/technologies/{LENS}/", "/sitemap.xml", "/en/changes/",
)  # fmt: skip
"""Where something of a concern can stand."""


@pytest.fixture
def read(desk, resident):
    """A function that gives all that anybody can read of a concern, through every door."""

    def found(sent):
        desk.extensions["published"].look()
        pages = (resident.get(door.format(sent.reference)) for door in DOORS)
        return "\n".join(page.text for page in pages if page.status_code == 200)

    return found


def take_back(how, sent, resident, act):
    if how in ("withdraw", "erase"):
        return resident.post(f"/km/receipts/{sent.receipt}/{how}/", data={})
    if how == "junk":
        act("case_officer", sent, "moves/reopen")
        return act("case_officer", sent, "moves/junk")
    return act("moderator", sent, "withhold", reason="law")


@pytest.mark.parametrize("how", ["withdraw", "erase", "junk", "withhold"])
def test_no_door_shows_what_was_taken_back_and_its_page_says_so(
    how, published, resident, act, read
):
    sent = published()
    assert "A summary" in read(sent)
    take_back(how, sent, resident, act)
    assert "A summary" not in read(sent)
    assert resident.get(f"/en/concerns/{sent.reference}/").status_code == 200


@pytest.mark.parametrize("how", ["withdraw", "erase"])
def test_nobody_opens_again_what_its_writer_has_taken_back(
    how, published, resident, act, read, desk
):
    sent = published()
    take_back(how, sent, resident, act)
    act("case_officer", sent, "moves/reopen")
    again = resident.post(f"/km/receipts/{sent.receipt}/dispute/", data={"message": "Please."})
    assert again.status_code in (404, 409)
    with desk.app_context():
        assert case_of(sent).state == "closed"
    assert "A summary" not in read(sent)


def test_what_was_junk_and_is_opened_again_has_to_be_cleared_anew(published, act, read):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/junk")
    assert act("case_officer", sent, "moves/reopen").status_code == 303
    assert "A summary" not in read(sent)
    assert "Somebody is looking at it again" in read(sent)


def test_preparing_anew_what_is_public_leaves_a_page_that_says_so(published, act, read, texts):
    sent = published()
    anew = texts | {"summary_en": "Another one"}
    assert act("moderator", sent, "public", **anew).status_code == 303
    found = read(sent)
    assert "A summary" not in found
    assert "Somebody is looking at it again" in found


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
    published, act, read, desk, texts, sign_in
):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/start")
    said = {"message": "We took it away.", "translated": "យើងបានដកវាចេញ។", "made": "machine"}
    act("case_officer", sent, "moves/answer", outcome="changed", **said)
    assert "The City has answered again." in read(sent)
    with desk.app_context():
        assert [case.reference for case in to_moderate().cases] == [sent.reference]
    form = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/public/").text
    assert "We took it away.</textarea>" in form
    act("moderator", sent, "public", **texts | {"answer_en": "We took it away."})
    act("moderator", sent, "publish", email="other@staff.example")
    assert "The City has answered again." not in read(sent)
    with desk.app_context():
        assert to_moderate().number == 0


def test_while_only_an_answer_waits_all_else_of_the_page_stays(
    published, act, read, texts, sign_in
):
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/start")
    said = {"message": "We took it away.", "translated": "យើងបានដកវាចេញ។", "made": "machine"}
    act("case_officer", sent, "moves/answer", outcome="changed", **said)
    act("moderator", sent, "public", **texts | {"answer_en": "We took it away."})
    found = read(sent)
    assert "A summary" in found
    assert "We took it away." not in found
    assert "The answer is being prepared for publication." in found
    act("moderator", sent, "publish")
    assert "We took it away." not in read(sent)
    queue = sign_in("moderator", email="other@staff.example").get("/en/desk/cases/").text
    assert sent.reference in queue.partition("Prepared, waiting for a second person")[2]
    act("moderator", sent, "publish", email="other@staff.example")
    assert "We took it away." in read(sent)


def test_what_is_public_is_not_published_once_more(published, act, desk):
    sent = published()
    with desk.app_context():
        before = case_of(sent).version
    act("moderator", sent, "publish", email="third@staff.example")
    with desk.app_context():
        assert case_of(sent).version == before


def test_a_reason_to_cut_that_changes_hides_what_is_public(published, act, read, texts):
    sent = published()
    act("moderator", sent, "public", **texts | {"cut_for": "insult_or_threat"})
    assert "A summary" not in read(sent)


def test_erased_words_are_in_no_file_of_the_database(published, resident, desk, stored):
    config = desk.extensions["config"]
    sent = published(worry="ERASEDWORD")
    assert b"ERASEDWORD" in stored(config)
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    assert b"ERASEDWORD" not in stored(config)


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
