"""What the page of a receipt shows and takes: all that was sent, until when, and no word lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from bs4 import BeautifulSoup

from lamppost import db
from lamppost.answering.models import random_key
from lamppost.answering.pace import SHARED_TIMES
from lamppost.apart.models import Attachment, Contact
from lamppost.apart.vault import closed
from lamppost.cases import deeds

from .conftest import LENS, case_of

OTHER = "other@staff.example"


@pytest.fixture
def page_of(resident):
    """A function that opens a receipt."""
    return lambda sent, code="en": resident.get(f"/{code}/receipts/{sent.receipt}/").text


@pytest.fixture
def post(resident):
    """A function that sends something with a receipt."""

    def posted(sent, move, words="", **data):
        address = f"/en/receipts/{sent.receipt}/{move}/"
        return resident.post(address, data={"message": words, **data})

    return posted


@pytest.fixture
def asked(send, act):
    """A concern whose writer is asked something."""
    sent = send()
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/ask", message="Where?")
    return sent


@pytest.fixture
def answered(send, act):
    """A concern that was answered."""
    sent = send()
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/answer", message="So it is.", outcome="explained_no_change")
    return sent


def boxes(page):
    """What stands in each box for words, by its id."""
    found = BeautifulSoup(page, "html.parser").find_all("textarea")
    return {box["id"]: box.text for box in found}


def test_all_that_was_answered_is_shown_and_the_files_by_name(desk, send, page_of):
    sent = send("en", f"technologies/{LENS}/", wanted="Turn it.")
    with desk.app_context():
        case, key = case_of(sent), random_key()
        name = closed(desk.extensions["config"], "ស្លាក.jpg".encode(), key)
        db.sessions().add(Attachment(
            id=key, subject_kind="case", subject_key=case.id, file="x", name=name,
            media_type="image/jpeg", size=41_000, purpose="photo",
            delete_after=case.received_on,
        ))  # fmt: skip
        db.sessions().commit()
    page = page_of(sent)
    for told in ("Turn it.", "How it is used", "My own words", "ស្លាក.jpg, 41 KB"):
        assert told in page
    assert page.count("It looks into my window.") == 1
    desk.extensions["config"].contact_private.unlink()
    assert "File 1, 41 KB" in page_of(sent)


def test_the_desk_reads_what_its_writer_reads_and_can_do_none_of_it(asked, sign_in):
    shown = sign_in("case_officer").get(f"/en/desk/cases/{asked.reference}/as-its-writer/").text
    for told in ("It looks into my window.", "How it is used", "Where?", "What you can do",
                 "You can do this until December 21, 2026."):  # fmt: skip
        assert told in shown
    page = BeautifulSoup(shown, "html.parser").find("main")
    assert not page.find_all(["form", "textarea", "button"])
    assert asked.receipt not in shown


def test_until_when_one_can_reply_or_object_is_told(asked, answered, page_of):
    assert "You can do this until December 21, 2026." in page_of(asked)
    assert "You can do this until May 21, 2027." in page_of(answered)


def test_who_objects_too_late_does_not_object(desk, answered, post, page_of):
    with desk.app_context():
        for step in case_of(answered).steps:
            step.on -= timedelta(days=181)
        db.sessions().commit()
    assert "No, look at it again" not in page_of(answered)
    assert post(answered, "dispute", "But no!").status_code == 409


@pytest.mark.parametrize("code", ["en", "km"])
def test_nothing_is_owed_never_stands_where_its_writer_can_do_something(answered, page_of, code):
    page = page_of(answered, code)
    assert "Nothing is owed" not in page
    assert "គ្មានអ្វីដែលត្រូវធ្វើ" not in page


@pytest.mark.parametrize("how", ["erase", "withdraw"])
def test_after_erasing_or_withdrawing_nothing_is_offered_and_nothing_taken(
    send, post, page_of, how, desk
):
    sent = send()
    assert post(sent, how).status_code == 303
    page = page_of(sent)
    assert "There is no answer yet." not in page
    assert "Nothing is owed" not in page
    assert "No, look at it again" not in page
    for move in ("dispute", "appeal", "withdraw"):
        for words in ("", "But no!"):
            assert post(sent, move, words).status_code == 409
    assert ("Erase all I have written" in page) == (how == "withdraw")
    with desk.app_context():
        assert case_of(sent).messages == []


def test_a_reply_that_comes_too_late_is_shown_to_be_copied(desk, asked, post):
    with desk.app_context():
        for step in case_of(asked).steps:
            step.on -= timedelta(days=30)
        db.sessions().commit()
        deeds.pass_time(desk.extensions["published"].content.as_of)
    answer = post(asked, "reply", "It is at <Pine>.\nCorner.")
    assert answer.status_code == 409
    assert boxes(answer.text)["unsent"] == "It is at <Pine>.\nCorner."
    assert boxes(answer.text)["message-dispute"] == ""
    assert "cannot be done any more" in answer.text
    assert "it stands so: Closed: Not enough was known to answer." in answer.text


def test_a_reply_to_what_moved_on_and_waits_again_stands_in_its_own_box(asked, post):
    answer = post(asked, "reply", "At Pine.", seen="1")
    assert answer.status_code == 409
    assert boxes(answer.text) == {"message-reply": "At Pine."}


def test_an_appeal_that_is_refused_stays_in_its_own_box_which_is_open(answered, act, post):
    act("moderator", answered, "withhold", reason="advertising")
    act("moderator", answered, "withhold", reason="advertising", email=OTHER)
    answer = post(answered, "appeal", f"My receipt is {answered.receipt}")
    assert answer.status_code == 422
    found = boxes(answer.text)
    assert found["message-appeal"] == f"My receipt is {answered.receipt}"
    assert found["message-dispute"] == ""
    box = BeautifulSoup(answer.text, "html.parser").find(id="message-appeal")
    assert box.find_parent("details").has_attr("open")


def test_what_can_be_taken_away_tells_of_what_only_the_desk_reads(desk, answered, act, resident):
    act("moderator", answered, "withhold", reason="advertising")
    act("moderator", answered, "withhold", reason="advertising", email=OTHER)
    with desk.app_context():
        case, key = case_of(answered), random_key()
        name = closed(desk.extensions["config"], b"lens.jpg", key)
        mine = {"subject_kind": "case", "subject_key": case.id, "delete_after": case.received_on}
        db.sessions().add(Attachment(
            id=key, file="x", name=name, media_type="image/jpeg", size=41_000, purpose="photo",
            **mine,
        ))  # fmt: skip
        db.sessions().add(Contact(
            id=random_key(), kind="email", value=b"sealed", purpose="contact", language="en",
            **mine,
        ))  # fmt: skip
        db.sessions().commit()
    held = resident.get(f"/en/receipts/{answered.receipt}/data.json").json
    (file,) = held["files_sent"]
    assert (file["name"], file["size"], file["media_type"]) == ("lens.jpg", 41_000, "image/jpeg")
    assert "read at the City’s desk only" in file["note"]
    (contact,) = held["contact"]
    assert (contact["kind"], contact["kept_until"]) == ("email", "2026-11-22")
    assert held["withheld_because"] == "advertising"
    assert held["you_can_until"] == {
        "accept": "2026-12-19", "dispute": "2027-05-21",
        "appeal": "2027-01-21",
    }  # fmt: skip
    assert {"device", "place", "technology", "links"} <= held.keys()


# --- what is too large --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "size", "back"),
    [
        ("receipts/{}/reply/", "100 KB", "receipts/{}/"),
        ("receipts/", "100 KB", "receipts/"),
        ("concerns/new/return/", "300 KB", "concerns/new/"),
        ("concerns/new/0000-0000-0000-0000/1/", "300 KB", "concerns/new/0000-0000-0000-0000/1/"),
        ("concerns/new/0000-0000-0000-0000/2/", "18 MB", "concerns/new/0000-0000-0000-0000/2/"),
    ],
)
def test_what_is_too_large_is_refused_in_the_language_of_its_writer(
    resident, send, path, size, back
):
    receipt = send().receipt
    words = "x" * (19_000_000 if "MB" in size else 400_000)
    answer = resident.post("/km/" + path.format(receipt), data={"message": words})
    assert answer.status_code == 413
    assert "អ្វីដែលអ្នកផ្ញើធំពេក" in answer.text
    assert size in answer.text
    assert f'<a href="/km/{back.format(receipt)}">' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_receipts_are_tried_ten_times_as_often_from_a_network_that_many_share(
    desk, resident, monkeypatch
):
    monkeypatch.setattr("lamppost.cases.thread.TRIES_A_DAY", 1)
    shared = (ip_network("203.0.113.0/24"),)
    desk.extensions["config"] = replace(desk.extensions["config"], shared_networks=shared)
    for address, number in (("203.0.113.9", SHARED_TIMES), ("192.0.2.1", 1)):
        told = [resident.post("/en/receipts/", environ_base={"REMOTE_ADDR": address}).status_code
                for _ in range(number + 1)]  # fmt: skip
        assert told == [404] * number + [429]
