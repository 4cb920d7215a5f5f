"""Whoever wrote can ask once that another person looks at what was withheld or summarized."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lamppost import db
from lamppost.cases.tallies import moderated

from .conftest import case_of

THIRD, OTHER = "third@staff.example", "other@staff.example"
SAID = {"message": "We have looked.", "translated": "យើងបានមើល។", "made": "machine"}


@pytest.fixture
def withheld(send, act):
    """A concern in Khmer that two have withheld."""
    sent = send("km")
    act("moderator", sent, "withhold", reason="advertising")
    act("moderator", sent, "withhold", reason="advertising", email=OTHER)
    return sent


@pytest.fixture
def ask(resident):
    """A function that asks for another look, with the receipt."""

    def asked(sent, words="It is no advertisement."):
        return resident.post(f"/en/receipts/{sent.receipt}/appeal/", data={"message": words})

    return asked


def test_who_was_withheld_reads_why_and_asks_once(withheld, resident, ask, desk):
    page = resident.get(f"/en/receipts/{withheld.receipt}/").text
    assert "It advertises something" in page
    assert "Ask that another person looks" in page
    assert ask(withheld, "").status_code == 422
    assert ask(withheld).status_code == 303
    assert ask(withheld).status_code == 409
    page = resident.get(f"/en/receipts/{withheld.receipt}/").text
    assert "It is no advertisement." in page
    assert (
        'action="/en/receipts/'
        not in page.partition("What others can read")[2].partition("</section>")[0]
    )
    with desk.app_context():
        assert [m.move for m in case_of(withheld).messages] == ["appeal"]


def decided(sent, desk, days):
    """Let the decision on a concern have been made so many days ago."""
    with desk.app_context():
        case = case_of(sent)
        case.moderated_on = desk.extensions["published"].content.as_of - timedelta(days=days)
        db.sessions().commit()


def test_it_can_be_asked_until_a_day_that_the_page_names(withheld, resident, ask, desk):
    page = resident.get(f"/en/receipts/{withheld.receipt}/").text
    assert "You can do this until January 21, 2027." in page
    kept = resident.get(f"/en/receipts/{withheld.receipt}/data.json").json
    assert kept["moderated_on"] == "2026-11-22"
    decided(withheld, desk, days=61)
    page = resident.get(f"/en/receipts/{withheld.receipt}/").text
    assert "You could ask until November 21, 2026 that another person looks." in page
    assert "Why it should be published" not in page
    assert ask(withheld).status_code == 409
    decided(withheld, desk, days=60)
    assert ask(withheld).status_code == 303


def test_a_site_says_for_how_long_it_can_be_asked(withheld, resident, ask, desk):
    published = desk.extensions["published"]
    settings = published.content.settings
    promise = replace(settings.promise, appeal=14)
    object.__setattr__(published.content, "settings", replace(settings, promise=promise))
    assert "until December 6, 2026" in resident.get(f"/en/receipts/{withheld.receipt}/").text
    decided(withheld, desk, days=15)
    assert ask(withheld).status_code == 409


def test_what_was_never_decided_has_no_day(send, desk):
    with desk.app_context():
        assert case_of(send()).moderated_on is None


def test_who_was_not_withheld_or_summarized_asks_for_nothing(send, published, ask, resident):
    for sent in (send(), published()):
        assert (
            "Ask that another person looks"
            not in resident.get(f"/en/receipts/{sent.receipt}/").text
        )
        assert ask(sent).status_code == 409


@pytest.mark.parametrize("email", ["", OTHER])
def test_whoever_had_a_part_does_not_decide(withheld, ask, act, desk, email):
    ask(withheld)
    act("moderator", withheld, "appeal", email=email, result="upheld", **SAID)
    with desk.app_context():
        assert case_of(withheld).appeal.result == ""


def test_an_officer_who_worked_on_it_does_not_decide_either(withheld, ask, act, desk, sign_in):
    sign_in("case_officer", "moderator", email=THIRD)
    act("case_officer", withheld, "moves/start", email=THIRD)
    ask(withheld)
    act("moderator", withheld, "appeal", email=THIRD, result="upheld", **SAID)
    with desk.app_context():
        assert case_of(withheld).appeal.result == ""


def test_another_person_decides_and_the_writer_reads_it(
    withheld, ask, act, sign_in, resident, desk
):
    ask(withheld)
    third = sign_in("moderator", email=THIRD)
    address = f"/en/desk/cases/{withheld.reference}/appeal/"
    assert address in third.get("/en/desk/").text
    assert "It is no advertisement." in third.get(address).text
    assert act("moderator", withheld, "appeal", email=THIRD, **SAID).status_code == 422
    answer = act("moderator", withheld, "appeal", email=THIRD, result="overturned", **SAID)
    assert answer.status_code == 303
    page = resident.get(f"/km/receipts/{withheld.receipt}/").text
    assert "យើងបានមើល។" in page
    with desk.app_context():
        case = case_of(withheld)
        assert (case.moderation, case.reason, case.cleared_by) == ("pending", "", None)
    queue = third.get("/en/desk/cases/").text
    assert withheld.reference in queue.partition("To be published or withheld")[2]
    again = act("moderator", withheld, "appeal", email="fourth@staff.example", result="upheld",
                **SAID)  # fmt: skip
    assert again.status_code == 303
    with desk.app_context():
        assert case_of(withheld).appeal.result == "overturned"


def test_a_summary_stays_until_more_is_published(send, act, texts, ask, desk):
    sent = send("km")
    for name in [name for name in texts if name.startswith("answer")]:
        del texts[name]
    texts |= {"made_en": "", "words_km": "វាមើល"}
    act("moderator", sent, "public", **texts)
    act("moderator", sent, "publish", email=OTHER)
    with desk.app_context():  # as one that was published before words were needed
        case = case_of(sent)
        case.visibility = "summary"
        desk.extensions["published"].look()
        db.sessions().commit()
    assert ask(sent).status_code == 303
    act("moderator", sent, "appeal", email=THIRD, result="overturned", **SAID)
    with desk.app_context():
        case = case_of(sent)
        assert (case.visibility, case.appeal.is_open) == ("summary", True)
    assert act("moderator", sent, "public", **texts).status_code == 303
    with desk.app_context():
        assert not case_of(sent).appeal.is_open


def test_the_page_on_moderation_counts_and_hides_small_numbers(withheld, ask, act, desk, resident):
    ask(withheld)
    act("moderator", withheld, "appeal", email=THIRD, result="upheld", **SAID)
    desk.extensions["published"].look()
    content = desk.extensions["published"].content
    assert content.cases.tallies["concern"]["appeal"] == {"upheld": 1}
    page = resident.get("/en/about/moderation/").text
    assert 'It advertises something</th><td><span class="gap-word">hidden' in page
    figures = moderated({
        "concern": {"published": {"words": 12, "nothing": 30}, "reason": {"law": 6}},
        "pitch": {"published": {"words": 3, "summary": 2}, "reason": {"law": 6}},
    })  # fmt: skip
    told = {figure.name: [row.number for row in figure.rows] for figure in figures}
    assert told == {"published": [None, None, 30], "reason": [12]}
