"""From the decision to the pilot: the notices, and what waits until the reasons can be read."""

from __future__ import annotations

import pytest

from lamppost import db
from lamppost.apart import contacts
from lamppost.pitches.entry import entry
from lamppost.pitches.moves import PITCH
from lamppost.pitches.shown import programme
from lamppost.record import yaml_words
from lamppost.saves import save_files

from .conftest import CRITERIA, ENTRY, ONE, OTHER


def test_one_notice_can_stand_for_the_market_scan_and_for_the_competition(
    forward, act, state, resident, desk, case_of
):
    act("procurement", forward, "moves/scan", notice="RFP TI-26-001")
    answer = act("procurement", forward, "moves/solicit", notice="RFP TI-26-001")
    assert answer.status_code == 303
    assert state(forward) == "solicitation"
    desk.extensions["published"].look()
    with desk.app_context():
        page = resident.get(f"/en/pitches/{case_of(forward).reference}/").text
    assert page.count("RFP TI-26-001") == 1


@pytest.fixture
def decided(weighed, weigh, decide):
    """A pitch that is to be taken forward, and of which nothing can be read yet."""
    receipt = weighed()
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    decide(receipt)
    return receipt


def test_no_competition_begins_before_the_reasons_are_public(
    decided, publish, state, sign_in, desk, case_of
):
    with desk.app_context():
        there, seen = f"/en/desk/cases/{case_of(decided).reference}/", case_of(decided).version
    client, notice = sign_in("procurement"), {"notice": "RFI 7", "seen": seen}
    page = client.get(there).text
    assert "The competition can begin once" in page
    assert "moves/scan" not in page
    client.post(f"{there}moves/scan/", data=notice)
    assert "Ask the moderators" in client.get(there).text
    assert state(decided) == "forward"
    publish(decided)
    assert "moves/scan" in client.get(there).text
    with desk.app_context():
        notice["seen"] = case_of(decided).version
    client.post(f"{there}moves/scan/", data=notice)
    assert state(decided) == "market_scan"


def test_what_may_not_be_published_holds_no_competition_up(decided, act, state, desk, case_of):
    with desk.app_context():
        case_of(decided).wish = "nothing"
        db.sessions().commit()
    act("procurement", decided, "moves/scan", notice="RFI 7")
    assert state(decided) == "market_scan"


def test_what_nobody_can_publish_now_waits_for_no_moderator(forward, desk, case_of, sign_in):
    with desk.app_context():
        texts = [one for one in case_of(forward).texts if one.part == "answer"]
        for text in texts:
            db.sessions().delete(text)
        db.sessions().commit()
    there = "Cooler stops"
    assert there in sign_in("moderator").get("/en/desk/").text
    with desk.app_context():
        case_of(forward).state = "market_scan"
        db.sessions().commit()
    assert there not in sign_in("moderator").get("/en/desk/").text


def test_what_was_piloted_and_adopted_is_counted_from_the_first_one(resident):
    with resident.application.test_request_context("/en/pitches/"):
        few = {"reached": {"submitted": 7, "pilot": 2, "adopted": 1}}
        figure = programme(few, PITCH)[0]
    assert [row.number for row in figure.rows] == [None, 2, 1]


def other_change(desk):
    """A save of the record that has nothing to do with a pitch."""
    with desk.app_context():
        now = desk.extensions["published"].content
        made = entry(ENTRY | {"title": "Another"}, now.forms["pitch"].contact, now.as_of)
        files = {"content/registry/technologies/another.yaml": yaml_words(made).encode()}
        author = ("Sample Author", "author@staff.example")
        save_files(desk.extensions["config"], files, seen={}, note="Another", author=author)
    desk.extensions["published"].look()
    return desk.extensions["published"].content.changes[0].save


def test_what_a_pitch_led_to_is_named_on_its_page_and_not_during_a_competition(
    forward, act, post, resident, desk, case_of
):
    act("procurement", forward, "moves/scan", notice="RFI 7")
    act("procurement", forward, "moves/solicit", notice="RFP 8")
    with desk.app_context():
        there = f"/en/pitches/{case_of(forward).reference}/"
    save = other_change(desk)
    for named in (False, True):
        act("case_officer", forward, "changes", save=save)
        with desk.app_context():
            links = {link.target for link in case_of(forward).links if link.kind == "changed"}
        assert (save in links) == named
        post("case_officer", forward, "pilot/pilot", **ENTRY)
    desk.extensions["published"].look()
    assert "You said, we changed" in resident.get(there).text


def test_its_writer_is_told_of_the_competition_and_reads_its_notice(
    forward, act, post, resident, desk, case_of, monkeypatch
):
    monkeypatch.setattr(contacts, "kinds_of", lambda _subject: {"email"})
    act("procurement", forward, "moves/scan", notice="RFI 7")
    act("procurement", forward, "moves/solicit", notice="https://bids.example.org/rfp/8")
    post("case_officer", forward, "pilot/pilot", **ENTRY)
    with desk.app_context():
        events = {notice.event.split(":")[1] for notice in case_of(forward).notices}
    assert {"scan", "solicit", "pilot"} <= {event.rpartition("-")[0] for event in events}
    page = resident.get(f"/en/receipts/{forward}/").text
    assert "RFI 7" in page
    assert '<a href="https://bids.example.org/rfp/8" rel="noopener nofollow">' in page


def test_what_was_put_off_says_from_which_day_it_can_be_taken_up_again(
    weighed, weigh, decide, resident
):
    receipt = weighed("es")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    spanish = {f"reason_{name}_es": f"Por {name}." for name in CRITERIA}
    decide(receipt, "not-now", made="person", **spanish)
    page = resident.get(f"/en/receipts/{receipt}/").text
    assert "From February 20, 2027 you can do this here: Ask to take it up again" in page


def test_its_writer_reads_what_was_done_and_no_command_to_the_desk(
    weighed, weigh, decide, resident
):
    receipt = weighed("es")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    spanish = {f"reason_{name}_es": f"Por {name}." for name in CRITERIA}
    decide(receipt, "decline", made="person", **spanish)
    for code, told, command in (
        ("en", "The City · Closed: Declined", "Decline it"),
        ("es", "La Ciudad · Cerrada: Rechazada", "Rechazarla"),
    ):  # fmt: skip
        page = resident.get(f"/{code}/receipts/{receipt}/").text
        assert told in page
        assert command not in page


def test_who_erases_a_pitch_is_told_of_its_entry_and_so_is_who_edits_that(
    solicited, post, resident, sign_in, desk, case_of
):
    post("case_officer", solicited, "pilot/pilot", **ENTRY)
    desk.extensions["published"].look()
    waits = "Entries with words of a pitch that was erased"
    first = sign_in("author")
    assert "stop-counter" not in first.get("/en/desk/").text.partition(waits)[2]
    assert resident.post(f"/en/receipts/{solicited}/erase/", data={}).status_code == 303
    page = resident.get(f"/en/receipts/{solicited}/").text
    assert "stays there when you erase this" in page
    assert "/en/technologies/stop-counter/" in page
    page = first.get("/en/desk/").text.partition(waits)[2]
    assert "/en/desk/record/technologies/stop-counter/" in page
    with desk.app_context():
        there = f"/en/desk/cases/{case_of(solicited).reference}/"
    assert "· public" not in sign_in("case_officer").get(there).text
