"""The way of a pitch from the first look to the end: weighed, decided, put to competition."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lamppost import db
from lamppost.cases import deeds
from lamppost.cases.deeds import NotNowError
from lamppost.i18n import languages
from lamppost.lifecycle import WRITER
from lamppost.pitches.models import Evaluator, Points
from lamppost.pitches.moves import RESTS, STATES

from ..writers import mark_in
from .conftest import CRITERIA, ENTRY, ONE, OTHER

PASSED = (
    "submitted", "screening", "evaluation", "forward", "market_scan", "solicitation", "pilot",
    "adopted", "closed",
)  # fmt: skip


def test_what_was_given_back_is_completed_with_the_receipt(
    send, act, resident, state, clock, desk, case_of
):
    receipt = send("en", "companies")
    act("case_officer", receipt, "moves/return", message="What does it cost?")
    assert "Complete it" in resident.get(f"/en/receipts/{receipt}/").text
    check = resident.post(f"/en/pitches/revise/{receipt}/").location
    assert "Cooler stops" in resident.get(check).text
    section = check.replace("/check/", "/4/")
    page = resident.get(section).text
    data = {"mark": mark_in(page), "shown": "cost", "go": "next", "cost": "Little"}
    resident.post(section, data=data)
    last = check.replace("/check/", "/7/")
    data = {"mark": mark_in(resident.get(last).text), "go": "next", "no_contract": "yes"}
    data |= {"public_records": "yes", "shown": "no_contract public_records"}
    resident.post(last, data=data)
    first = check.replace("/check/", "/1/")
    data = {"mark": mark_in(resident.get(first).text), "go": "next", "shown": "contact"}
    resident.post(first, data=data | {"contact.email": "pitch@sample.example"})
    clock["now"] += timedelta(seconds=10)
    answer = resident.post(check, data={"mark": mark_in(resident.get(check).text)})
    assert answer.location.partition("#")[0].endswith("/sent/"), answer.text
    assert state(receipt) == "submitted"
    with desk.app_context():
        assert case_of(receipt).answers["cost"] == "Little"
        assert case_of(receipt).answers["title"] == "Cooler stops"


def test_what_was_not_given_back_is_not_laid_open(send, resident):
    receipt = send()
    answer = resident.post(f"/en/pitches/revise/{receipt}/")
    assert answer.location == f"/en/receipts/{receipt}/"


def test_a_pitch_is_weighed_by_three_criteria_at_least(send, act, post, state):
    receipt = send()
    act("case_officer", receipt, "moves/screen")
    assert post("case_officer", receipt, "begin/evaluate", criteria=["need"]).status_code == 422
    assert state(receipt) == "screening"


def test_the_criteria_cannot_be_chosen_twice(weighed, post, desk, case_of):
    receipt = weighed()
    post("case_officer", receipt, "begin/evaluate", criteria=["need", "means", "proof"])
    with desk.app_context():
        from lamppost.pitches.queries import criteria_of  # noqa: PLC0415

        assert criteria_of(case_of(receipt)) == CRITERIA


def test_nobody_gives_points_before_saying_that_they_have_no_interest(weighed, post, desk):
    receipt = weighed()
    points = {f"points_{name}": "4" for name in CRITERIA}
    assert post("evaluator", receipt, "weigh", **points).status_code == 422
    post("evaluator", receipt, "weigh", interest="yes")
    post("evaluator", receipt, "weigh", **points)
    with desk.app_context():
        assert db.sessions().query(Points).count() == 0


def test_a_pitch_is_decided_when_two_have_weighed_it_and_by_somebody_else(
    weighed, weigh, decide, state, sign_in
):
    receipt = weighed()
    weigh(receipt, ONE)
    decide(receipt)
    assert state(receipt) == "evaluation"
    weigh(receipt, OTHER)
    assert decide(receipt, role="evaluator", email=ONE).status_code == 403
    sign_in("evaluator", "decider", email=ONE)
    decide(receipt, email=ONE)
    decide(receipt)
    assert state(receipt) == "forward"


@pytest.fixture
def waits(sign_in):
    """A function that says whether the pitch waits on somebody's first page of the desk."""

    def waiting(role, email=""):
        page = sign_in(role, email=email).get("/en/desk/").text
        return "Cooler stops" in page.partition("Nothing waits here")[0]

    return waiting


def test_a_pitch_waits_for_whoever_has_to_weigh_it_and_then_to_decide(
    weighed, weigh, post, decide, waits, sign_in
):
    receipt, biased = weighed(), "third@staff.example"
    answer = post("evaluator", receipt, "weigh", ONE, interest="no")
    assert "Give one to five points" in sign_in("evaluator", email=ONE).get(answer.location).text
    assert waits("evaluator", ONE)
    weigh(receipt, ONE)
    post("evaluator", receipt, "weigh", biased, interest="yes")
    assert [waits("evaluator", who) for who in (ONE, OTHER, biased)] == [False, True, False]
    assert not waits("decider")
    weigh(receipt, OTHER)
    sign_in("evaluator", "decider", email=ONE)
    assert [waits("decider"), waits("decider", ONE), waits("procurement")] == [True, False, False]
    decide(receipt)
    assert [waits("decider"), waits("procurement")] == [False, True]


def test_a_pitch_waits_until_it_is_piloted(forward, act, waits):
    act("procurement", forward, "moves/scan", notice="RFI 1")
    assert [waits("procurement"), waits("case_officer")] == [True, False]
    act("procurement", forward, "moves/solicit", notice="RFP 1")
    assert [waits("procurement"), waits("case_officer")] == [False, True]


def test_who_weighs_or_decides_reads_what_was_written_beside_it(
    weighed, weigh, sign_in, desk, case_of
):
    receipt = weighed("km")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    with desk.app_context():
        there = f"/es/desk/pitches/{case_of(receipt).reference}"
    for role, where in (("evaluator", "weigh"), ("decider", "decide/forward")):
        page = sign_in(role).get(f"{there}/{where}/").text
        assert '<bdi lang="km">Cooler stops</bdi>' in page
        assert '<dd lang="km"><span class="answer"><bdi>One month</bdi>' in page
        assert '<dd><span class="answer"><bdi>Sí</bdi>' in page


def test_a_decision_needs_a_reason_for_each_criterion(weighed, weigh, decide, state):
    receipt = weighed()
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    answer = decide(receipt, reason_need_en="")
    assert answer.status_code == 422
    assert "Because of privacy." in answer.text
    assert state(receipt) == "evaluation"


def test_the_reasons_are_told_to_its_writer_in_their_language_and_the_points_to_nobody(
    weighed, weigh, decide, resident
):
    receipt = weighed("es")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    spanish = {f"reason_{name}_es": f"Por {name}." for name in CRITERIA}
    assert decide(receipt, "not-now", made="person", **spanish).status_code == 303
    page = resident.get(f"/es/receipts/{receipt}/").text
    assert "Por privacy." in page
    assert "SECRETNOTE" not in page
    assert "SECRETNOTE" not in resident.get(f"/es/receipts/{receipt}/data.json").text


@pytest.fixture
def not_now(weighed, weigh, decide):
    """A pitch that was put aside for now."""
    receipt = weighed()
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    decide(receipt, "not-now")
    return receipt


def test_what_was_not_for_now_can_be_taken_up_again_after_a_rest(not_now, desk, case_of):
    receipt = not_now
    with desk.app_context():
        case, today = case_of(receipt), desk.extensions["published"].content.as_of
        for days, state in ((89, "not_now"), (90, "submitted")):
            later = today + timedelta(days=days)
            try:
                deeds.move_on(case, "take-up", {}, today=later, by=WRITER, seen=case.version)
            except NotNowError:
                assert days < 90
            assert case_of(receipt).state == state


def test_nobody_is_named_as_translator_before_somebody_has_chosen(weighed, weigh, decide, state):
    receipt = weighed("es")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    spanish = {f"reason_{name}_es": f"Por {name}." for name in CRITERIA}
    assert decide(receipt, **spanish).status_code == 422
    assert state(receipt) == "evaluation"
    assert decide(receipt, made="reviewed", **spanish).status_code == 303


def test_what_is_taken_up_again_is_weighed_anew_by_everybody(
    not_now, weigh, decide, desk, case_of, act, post
):
    receipt = not_now
    with desk.app_context():
        case, today = case_of(receipt), desk.extensions["published"].content.as_of
        later = today + timedelta(days=RESTS)
        deeds.move_on(case, "take-up", {}, today=later, by=WRITER, seen=case.version)
        case_of(receipt).steps[-1].on = today
        db.sessions().commit()
    act("case_officer", receipt, "moves/screen")
    post("case_officer", receipt, "begin/evaluate", criteria=CRITERIA)
    with desk.app_context():
        assert db.sessions().query(Points).count() == 0
        assert db.sessions().query(Evaluator).count() == 0
    decide(receipt)
    with desk.app_context():
        assert case_of(receipt).state == "evaluation"
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    decide(receipt)
    with desk.app_context():
        assert case_of(receipt).state == "forward"


def test_the_whole_way_is_public_step_by_step_and_nothing_changes_during_a_competition(
    forward, act, post, resident, desk, case_of
):
    receipt = forward
    assert act("case_officer", receipt, "moves/scan", notice="RFI 7").status_code == 403
    act("procurement", receipt, "moves/scan", notice="RFI 7")
    thread = resident.get(f"/en/receipts/{receipt}/").text
    assert "An open competition is under way" in thread
    assert "Complete it" not in thread
    assert resident.post(f"/en/receipts/{receipt}/withdraw/", data={}).status_code == 409
    act("procurement", receipt, "moves/solicit", notice="RFP 8")
    assert act("case_officer", receipt, "moves/pilot").status_code == 404
    post("case_officer", receipt, "pilot/pilot", **ENTRY)
    act("case_officer", receipt, "moves/adopt", message="It worked.")
    act("case_officer", receipt, "moves/end", message="It is over.")
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(receipt).reference
    page = resident.get(f"/en/pitches/{reference}/").text
    assert "RFP 8" in page
    assert "The reasons (en)" in page
    steps = page[page.index("Each step of its way") :]
    places = [steps.index(f": {STATES[name]}") for name in PASSED]
    assert places == sorted(places)


def test_what_is_to_be_taken_forward_can_be_ended_with_a_public_reason(
    forward, act, state, resident
):
    assert act("case_officer", forward, "moves/end").status_code == 422
    assert act("case_officer", forward, "moves/end", message="No money.").status_code == 303
    assert state(forward) == "closed"
    assert "No money." in resident.get(f"/en/receipts/{forward}/").text


def test_a_notice_that_is_an_address_is_linked_and_nothing_else_is(
    forward, act, resident, desk, case_of
):
    safe, odd = "https://bids.example.org/rfp/8?x=1", "javascript:alert(1)//https://a.example/"
    act("procurement", forward, "moves/scan", notice=odd)
    act("procurement", forward, "moves/solicit", notice=safe)
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(forward).reference
    page = resident.get(f"/en/pitches/{reference}/").text
    assert f'<a href="{safe}" rel="noopener nofollow">' in page
    assert 'href="javascript' not in page
    assert odd in page


def test_nothing_that_is_public_changes_during_a_competition(
    forward, act, desk, case_of, sign_in, resident
):
    act("procurement", forward, "moves/scan", notice="RFI 7")
    with desk.app_context():
        before = case_of(forward)
        was = (before.version, before.moderation, before.visibility)
        reference = before.reference
    texts = {f"summary_{code}": "Another" for code in languages()}
    texts |= {f"answer_{code}": "Another" for code in languages()}
    texts |= {f"made_{code}": "machine" for code in languages() if code != "en"}
    texts |= {"words_en": "Another"}
    for where, data in (
        ("public", texts), ("publish", {}), ("withhold", {"reason": "advertising"}),
    ):  # fmt: skip
        answer = act("moderator", forward, where, "second@staff.example", **data)
        page = sign_in("moderator", email="second@staff.example").get(answer.location).text
        assert "An open competition is under way" in page, where
    with desk.app_context():
        after = case_of(forward)
        assert (after.version, after.moderation, after.visibility) == was
    page = sign_in("moderator").get(f"/en/desk/cases/{reference}/").text
    assert "Prepare what may be read" not in page
    act("moderator", forward, "withhold", reason="about_a_person")  # does not wait for its end
    desk.extensions["published"].look()
    assert "looking at it again" in resident.get(f"/en/pitches/{reference}/").text
    assert act("records_officer", forward, "hold", why="A proceeding").status_code == 303
    with desk.app_context():
        assert case_of(forward).held == "A proceeding"
    act("records_officer", forward, "hold", why="")
    resident.post(f"/en/receipts/{forward}/erase/", data={})
    with desk.app_context():
        assert case_of(forward).outcome == "erased"


def test_erasing_takes_away_what_was_noted_of_a_pitch(weighed, weigh, resident, desk):
    receipt = weighed()
    weigh(receipt, ONE)
    resident.post(f"/en/receipts/{receipt}/erase/", data={})
    with desk.app_context():
        assert db.sessions().query(Points).count() == 0


def test_an_entry_that_no_file_could_hold_begins_no_pilot(solicited, post, state):
    for id_ in ("x" * 400, "new", "stop-counter\n", "../stop-counter"):
        answer = post("case_officer", solicited, "pilot/pilot", **ENTRY | {"id": id_})
        assert "Enter an id of letters" in answer.text, id_
    assert state(solicited) == "solicitation"


def test_a_pilot_that_would_sense_people_begins_an_entry_from_what_the_pitch_says(
    solicited, post, state, desk, resident, case_of
):
    data = ENTRY | {"retention_words": "One month"}
    answer = post("case_officer", solicited, "pilot/pilot", **data)
    assert answer.status_code == 303, answer.text[answer.text.find("error-summary") :][:600]
    assert state(solicited) == "pilot"
    desk.extensions["published"].look()
    page = resident.get("/en/technologies/stop-counter/").text
    assert "One month" in page
    technology = desk.extensions["published"].content.registry.technologies["stop-counter"]
    assert (technology.status, technology.retention.gap) == ("proposed", "unknown")
    with desk.app_context():
        reference = case_of(solicited).reference
    assert "/en/technologies/stop-counter/" in resident.get(f"/en/pitches/{reference}/").text


def test_the_desk_says_that_the_entry_of_an_adopted_pitch_is_called_proposed_still(
    solicited, post, act, sign_in, desk, case_of
):
    post("case_officer", solicited, "pilot/pilot", **ENTRY)
    act("case_officer", solicited, "moves/adopt", message="It worked.")
    with desk.app_context():
        there = f"/en/desk/cases/{case_of(solicited).reference}/"
    for roles, leads in ((["case_officer"], False), (["case_officer", "author"], True)):
        page = sign_in(*roles).get(there).text
        assert "The entry still says “Proposed”:" in page
        assert ("/en/desk/record/technologies/stop-counter/" in page) == leads


def test_an_entry_begins_with_what_the_data_can_tell_of_somebody(
    solicited, sign_in, desk, case_of, post
):
    with desk.app_context():
        there = f"/en/desk/pitches/{case_of(solicited).reference}/pilot/pilot/"
    page = sign_in("case_officer").get(there).text
    assert "Counts only</textarea>" in page
    assert "No, it is not about people</textarea>" in page
    post("case_officer", solicited, "pilot/pilot", **ENTRY, identifiability="No")
    desk.extensions["published"].look()
    technology = desk.extensions["published"].content.registry.technologies["stop-counter"]
    assert str(technology.identifiability.note) == "No"


def test_what_was_written_in_another_language_stands_beside_its_field(
    weighed, weigh, decide, act, sign_in, desk, case_of
):
    receipt = weighed("km")
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    khmer = {f"reason_{name}_km": "ព្រោះ" for name in CRITERIA}
    decide(receipt, made="person", **khmer)
    with desk.app_context():
        case_of(receipt).wish = "nothing"
        db.sessions().commit()
    act("procurement", receipt, "moves/scan", notice="RFI 7")
    act("procurement", receipt, "moves/solicit", notice="RFP 8")
    with desk.app_context():
        there = f"/en/desk/pitches/{case_of(receipt).reference}/pilot/pilot/"
    page = sign_in("case_officer").get(there).text
    assert '<div class="said" lang="km"><p><bdi>One month</bdi></p>' in page
    assert "One month</textarea>" not in page
    assert "Counts only</textarea>" in page
    assert "The pitch is in another language." in page


def test_an_entry_that_is_there_is_not_written_over(solicited, post, state):
    answer = post("case_officer", solicited, "pilot/pilot", **ENTRY | {"id": "traffic-cameras"})
    assert answer.status_code == 422
    assert "Stop counter" in answer.text
    assert state(solicited) == "solicitation"
