"""From the decision to the pilot: the notices, and what waits until the reasons can be read."""

from __future__ import annotations


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
