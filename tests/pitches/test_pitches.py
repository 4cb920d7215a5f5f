"""Pitches from the form to the public page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lamppost import db
from lamppost.cases import deeds
from lamppost.cases.models import Case
from lamppost.i18n import languages

from ..writers import mark_in


@pytest.mark.parametrize(("who", "form"), [("residents", "pitch"), ("companies", "pitch-company")])
def test_a_pitch_is_taken_in_with_the_form_it_was_written_in(desk, send, case_of, who, form):
    receipt = send("en", who)
    with desk.app_context():
        case = case_of(receipt)
        assert (case.kind, case.state, case.category) == ("pitch", "submitted", form)
        assert (case.place, case.wish) == ("district-1", "words")
        assert case.answers["data_types"] == ["local__count"]


def test_a_form_that_is_not_there_is_not_found(resident):
    assert resident.get("/en/pitches/new/nobody/").status_code == 404


def test_sending_twice_makes_one_pitch(desk, send, resident):
    receipt = send()
    resident.post(f"/en/pitches/new/residents/{receipt}/check/", data={})
    with desk.app_context():
        assert db.sessions().query(Case).count() == 1


def test_a_pitch_needs_the_word_that_it_is_no_contract(desk, begin, resident, clock):
    check = begin().replace("/check/", "/4/")
    page = resident.get(check).text
    data = {"mark": mark_in(page), "shown": "no_contract", "go": "next"}
    assert resident.post(check, data=data).status_code in (303, 422)
    check = check.replace("/4/", "/check/")
    clock["now"] += timedelta(seconds=10)
    answer = resident.post(check, data={"mark": mark_in(resident.get(check).text)})
    assert answer.status_code == 422
    with desk.app_context():
        assert db.sessions().query(Case).count() == 0


def test_the_start_leads_to_both_forms_and_says_that_a_pitch_is_no_contract(resident):
    for code in languages():
        page = resident.get(f"/{code}/pitches/").text
        assert f"/{code}/pitches/new/residents/" in page
        assert f"/{code}/pitches/new/companies/" in page
    assert "no contract" in resident.get("/en/pitches/new/companies/").text
    assert "over 120 pitches" in resident.get("/en/about/pitch/").text


def test_the_form_for_companies_says_that_it_asks_who_they_are(resident):
    start = "/en/pitches/new/{}/"
    assert "Nobody asks who you are" in resident.get(start.format("residents")).text
    page = resident.get(start.format("companies")).text
    assert "Nobody asks who you are" not in page
    assert "You need no account." in page


def test_the_page_of_a_pitch_that_would_sense_people_shows_its_privacy_label(
    desk, send, publish, resident, case_of
):
    other = {"data_types": "other", "data_types.other": "SECRETWORDS"}
    receipts = [send(), send(senses_people="no"), send(**other, may_publish="summary")]
    pages = []
    for receipt in receipts:
        with desk.app_context():
            there = f"/es/pitches/{case_of(receipt).reference}/"
        assert resident.get(there).status_code == 404
        publish(receipt)
        desk.extensions["published"].look()
        pages.append(resident.get(there).text)
    assert ["¿Qué datos recopilaría?" in page for page in pages] == [True, False, True]
    assert "Solo conteos" in pages[0]
    assert "No, no son sobre personas" in pages[0]
    assert "Otra cosa" in pages[2]
    for page in pages:
        for words in ("SECRETWORDS", "One month", "To know where shade is needed"):
            assert words not in page


def test_the_answers_stand_at_the_desk_in_the_words_of_their_form(send, sign_in, case_of, desk):
    receipt = send("en", "companies")
    with desk.app_context():
        reference = case_of(receipt).reference
    page = sign_in("case_officer").get(f"/en/desk/cases/{reference}/").text
    assert "What is your organization called?" in page
    assert "Sample Shade Works" in page


def test_a_pitch_that_is_given_back_says_what_is_missing_and_lapses(
    desk, send, act, resident, case_of
):
    receipt = send()
    assert act("moderator", receipt, "moves/return", message="Where?").status_code == 403
    act("case_officer", receipt, "moves/return", message="Where would it stand?")
    assert "Where would it stand?" in resident.get(f"/en/receipts/{receipt}/").text
    with desk.app_context():
        today = desk.extensions["published"].content.as_of
        assert deeds.pass_time(today + timedelta(days=29)) == 0
        assert deeds.pass_time(today + timedelta(days=30)) == 1
        assert (case_of(receipt).state, case_of(receipt).outcome) == ("closed", "no_reply")


def test_what_was_published_stands_in_the_gallery_with_its_steps_in_every_language(
    desk, send, act, publish, resident, case_of
):
    receipt = send()
    act("case_officer", receipt, "moves/screen")
    publish(receipt)
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(receipt).reference
    for code in languages():
        assert f"Cooler bus stops ({code})" in resident.get(f"/{code}/pitches/").text
    listed = resident.get("/en/pitches/").text
    assert "Climate action (1)" in listed
    assert "Design for Equity (1)" in listed
    by_theme = resident.get("/es/pitches/").text.partition('id="by-areas"')[2]
    assert f"{reference}</span></a>: <bdi>Cooler bus stops (es)</bdi>" in by_theme
    page = resident.get(f"/en/pitches/{reference}/").text
    assert "Count who waits." in page
    assert page.index("Submitted") < page.index(": First look")
    assert "One month" not in page
    assert resident.get(f"/en/concerns/{reference}/").status_code == 404


def test_a_pitch_that_is_withdrawn_is_nowhere_any_more(desk, send, publish, resident, case_of):
    receipt = send()
    publish(receipt)
    resident.post(f"/en/receipts/{receipt}/withdraw/", data={})
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(receipt).reference
    page = resident.get(f"/en/pitches/{reference}/")
    assert page.status_code == 200
    assert "Count who waits" not in page.text
    assert "Cooler" not in resident.get("/en/pitches/").text
    shown = desk.extensions["config"].instance / "cases.json"
    assert "Cooler" not in shown.read_text("utf-8")


def test_who_checks_a_pitch_is_told_of_one_that_says_nearly_the_same(
    desk, send, publish, begin, resident
):
    publish(send(), summary_en="Count who waits at each bus stop in the heat")
    desk.extensions["published"].look()
    assert "something like this" in resident.get(begin()).text
    other = begin(title="Lost pets", summary="Find them.", problem="")
    assert "something like this" not in resident.get(other).text
