"""What was saved is found again, with the receipt and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lamppost.answering import unsent

from .. import writers
from .conftest import CONSENTS

DOORS = (
    "/es/receipts/", "/es/pitches/new/residents/return/", "/es/pitches/new/companies/return/",
    "/es/vendor-assessments/new/return/", "/es/concerns/new/return/",
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_the_receipt_of_a_draft_opens_it_at_every_door_that_asks_for_one(begin, resident, door):
    check = begin("en", "companies")
    receipt = check.split("/")[-3]
    answer = resident.post(door, data={"receipt": receipt.lower().replace("-", " ")})
    assert answer.status_code == 303
    assert answer.location == f"/es/pitches/new/companies/{receipt}/check/#main"


def test_a_draft_of_an_assessment_is_opened_at_the_door_of_all_receipts(resident):
    first = writers.begin(resident, "/en/vendor-assessments/new/")
    receipt, mark = first.split("/")[4], writers.mark_in(resident.get(first).text)
    data = {"mark": mark, "shown": "company", "company": "Acme", "go": "later"}
    assert resident.post(first, data=data).status_code == 303
    answer = resident.post("/en/receipts/", data={"receipt": receipt})
    assert answer.location.startswith(f"/en/vendor-assessments/new/{receipt}/check/")


def test_what_was_sent_is_opened_as_a_case_and_no_draft(send, resident):
    receipt = send()
    answer = resident.post("/en/receipts/", data={"receipt": receipt})
    assert answer.location == f"/en/receipts/{receipt}/"


def test_the_page_of_a_saved_draft_says_where_its_receipt_is_typed_in(begin, resident):
    later = begin().replace("/check/", "/later/")
    page = resident.get(later).text
    assert '<a href="http://localhost/en/receipts/">http://localhost/en/receipts/</a>' in page


def test_a_revision_that_comes_too_late_is_told_so_and_stays_to_be_copied(
    send, open_again, answer, act, resident, desk, case_of
):
    receipt, other = send(), send()
    check = open_again(receipt)
    answer(check, "1", summary="Count who waits in the rain.")
    answer(check, "4", **CONSENTS)
    mark = writers.mark_in(resident.get(check).text)
    with desk.app_context():
        target = case_of(other).reference
    assert act("case_officer", receipt, "moves/merge", target=target).status_code == 303
    page = resident.post(check, data={"mark": mark})
    assert page.status_code == 409
    for words in ("came too late", "The same as another", "Count who waits in the rain."):
        assert words in page.text
    assert f"/en/receipts/{receipt}/" in page.text
    assert "Send my answers" not in page.text


def test_a_revision_is_in_the_language_in_which_it_is_sent(
    send, open_again, answer, resident, clock, desk, case_of
):
    receipt = send("en")
    check = open_again(receipt).replace("/en/", "/es/")
    answer(check, "1", summary="Contar a quienes esperan.")
    answer(check, "4", **CONSENTS)
    writers.send_from(resident, check, clock)
    with desk.app_context():
        assert case_of(receipt).language == "es"


def test_nobody_is_told_that_their_own_pitch_is_like_theirs(
    send, publish, open_again, resident, desk
):
    receipt = send()
    publish(receipt, summary_en="Count who waits at each bus stop in the heat")
    desk.extensions["published"].look()
    assert "something like this" not in resident.get(open_again(receipt)).text


def test_what_is_changed_is_kept_as_long_as_it_can_be_sent(send, open_again, answer, desk):
    receipt = send()
    check = open_again(receipt)
    answer(check, "1", summary="Count who waits in the rain.")
    with desk.app_context():
        today = desk.extensions["published"].content.as_of
        for day in (0, 29):
            draft = unsent.draft(receipt, today + timedelta(days=day))
            assert draft
            assert draft.typed["summary"] == ["Count who waits in the rain."]
        unsent.clear(today + timedelta(days=29))
        assert unsent.draft(receipt, today + timedelta(days=29))
