"""From the decision to the pilot: the notices, and what waits until the reasons can be read."""

from __future__ import annotations

import pytest

from lamppost import db

from .conftest import ONE, OTHER


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
