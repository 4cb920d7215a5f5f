"""Who wrote what was joined to another is led to the answer of that one, as far as it is public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lamppost import db
from lamppost.answering.models import random_key
from lamppost.apart.models import Contact
from lamppost.cases import deeds, notices
from lamppost.cases.models import Notice

from .conftest import case_of


@pytest.fixture
def join(act):
    """A function that joins a concern to another."""

    def joined(sent, other):
        return act("case_officer", sent, "moves/merge", target=other.reference)

    return joined


@pytest.fixture
def page_of(desk, resident):
    """A function that opens a receipt."""

    def page(sent, language="en"):
        desk.extensions["published"].look()
        return resident.get(f"/{language}/receipts/{sent.receipt}/").text

    return page


def test_a_joined_concern_leads_to_the_public_page_and_shows_the_answer(
    send, published, join, page_of
):
    sent, other = send("es"), published()
    assert join(sent, other).status_code == 303
    page = page_of(sent, "es")
    assert f'href="/es/concerns/{other.reference}/"' in page
    assert "The answer (es)" in page
    assert "Todavía no hay respuesta" not in page
    for private in ("We turned it.", "យើងបានបង្វែរវា", "ផ្ទះលេខ"):
        assert private not in page


def test_of_a_case_that_is_not_public_nothing_is_told_but_that_it_is_answered(
    send, act, join, page_of
):
    sent, other = send(), send(worry="PRIVATEWORDS")
    join(sent, other)
    page = page_of(sent)
    assert other.reference in page
    assert f"/concerns/{other.reference}/" not in page
    assert "Once there is a public answer to that one" in page
    act("case_officer", other, "moves/start")
    act("case_officer", other, "moves/answer", message="PRIVATEANSWER", outcome="changed")
    page = page_of(sent)
    assert "There is an answer to that one, which is not public." in page
    assert "If you want an answer of your own" in page
    assert "PRIVATE" not in page
    assert "Something was changed" not in page


def test_what_was_taken_back_with_its_answer_is_not_promised(send, act, join, page_of, resident):
    sent, other = send(), send()
    join(sent, other)
    act("case_officer", other, "moves/start")
    act("case_officer", other, "moves/answer", message="So.", outcome="explained_no_change")
    resident.post(f"/en/receipts/{other.receipt}/withdraw/")
    page = page_of(sent)
    assert "That one is closed and gets no answer." in page
    assert "Once there is" not in page


def test_a_case_is_joined_to_none_that_does_not_stand_for_itself(desk, send, join, resident):
    first, second, third, gone = send(), send(), send(), send()
    resident.post(f"/en/receipts/{gone.receipt}/withdraw/", data={})
    join(first, second)
    for target in (first, gone, third):
        assert join(third, target).status_code == 422
    with desk.app_context():
        case = case_of(third)
        with pytest.raises(deeds.NotNowError):
            deeds.move_on(case, "merge", {"target": first.reference}, today=case.received_on,
                          by="staff", seen=case.version)  # fmt: skip
    assert join(third, second).status_code == 303


def test_the_page_leads_to_where_it_is_answered_in_the_end(send, published, join, page_of):
    sent, between, last = send(), send(), published()
    join(sent, between)
    join(between, last)
    page = page_of(sent)
    assert f"/concerns/{last.reference}/" in page
    assert between.reference not in page


def test_what_was_opened_again_can_be_joined_to_the_same_once_more(desk, send, act, join):
    sent, first, second = send(), send(), send()
    for target in (first, first, second):
        assert join(sent, target).status_code == 303
        with desk.app_context():
            assert [link.target for link in case_of(sent).links] == [target.reference]
        act("case_officer", sent, "moves/reopen")


def test_at_the_desk_each_of_two_joined_cases_names_the_other(send, join, sign_in):
    sent, other = send(), send()
    join(sent, other)
    officer = sign_in("case_officer")
    for one, named in ((sent, other), (other, sent)):
        page = officer.get(f"/en/desk/cases/{one.reference}/").text
        assert f'href="/en/desk/cases/{named.reference}/"' in page
    shown = officer.get(f"/en/desk/cases/{sent.reference}/as-its-writer/").text
    assert other.reference in shown
    assert "There is no answer yet." not in shown


@pytest.fixture
def wants_mail(desk):
    """A function that lets the writer of a concern be told by e-mail."""

    def want(sent):
        with desk.app_context():
            case = case_of(sent)
            db.sessions().add(Contact(
                id=random_key(), subject_kind="case", subject_key=case.id, kind="email",
                value=b"sealed", purpose="contact", language="en",
                delete_after=case.received_on + timedelta(days=30),
            ))  # fmt: skip
            db.sessions().commit()

    return want


def test_who_was_joined_is_told_so_and_of_the_answer_and_that_it_can_be_read(
    desk, send, act, join, texts, wants_mail
):
    sent, between, other = send(), send(), send("km")
    wants_mail(sent)
    join(sent, between)
    join(between, other)
    act("case_officer", other, "moves/start")
    said = {"message": "We turned it.", "translated": "យើងបានបង្វែរវា។", "made": "machine"}
    act("case_officer", other, "moves/answer", outcome="changed", **said)
    texts |= {"made_en": "", "words_km": "វាមើល"}
    act("moderator", other, "public", **texts)
    act("moderator", other, "publish", email="other@staff.example")
    with desk.app_context():
        told = [notice.event.rpartition("-")[0] for notice in case_of(sent).notices]
        assert sorted(told) == ["email:answer", "email:merge", "email:publish"]


def test_a_proposal_to_withhold_is_no_news_before_another_has_agreed(desk, send, act, wants_mail):
    sent = send()
    wants_mail(sent)
    act("moderator", sent, "withhold", reason="advertising")
    with desk.app_context():
        assert db.sessions().query(Notice).count() == 0
    act("moderator", sent, "withhold", reason="advertising", email="other@staff.example")
    with desk.app_context():
        (notice,) = db.sessions().query(Notice).all()
        assert notice.event.startswith("email:withhold-")


def test_what_the_passing_of_days_closes_is_told_and_what_its_writer_does_is_not(
    desk, send, act, wants_mail, resident
):
    asked, answered, accepted = send(), send(), send()
    for sent in (asked, answered, accepted):
        act("case_officer", sent, "moves/start")
    act("case_officer", asked, "moves/ask", message="Where?")
    for sent in (answered, accepted):
        act("case_officer", sent, "moves/answer", message="So.", outcome="explained_no_change")
    for sent in (asked, answered, accepted):
        wants_mail(sent)
    resident.post(f"/en/receipts/{accepted.receipt}/accept/", data={})
    with desk.app_context():
        today = desk.extensions["published"].content.as_of
        assert deeds.pass_time(today + timedelta(days=31)) == 2
        told = {one: [n.event for n in case_of(one).notices] for one in (asked, answered, accepted)}
    assert [event.rpartition("-")[0] for event in told[asked]] == ["email:give-up"]
    assert [event.rpartition("-")[0] for event in told[answered]] == ["email:lapse"]
    assert told[accepted] == []
    assert {"merge", "give-up", "lapse"} <= notices.TOLD


@pytest.mark.parametrize("how", ["withdraw", "erase", "junk", "give-up"])
def test_what_was_joined_to_one_that_gets_no_answer_is_opened_again_and_its_writer_told(
    desk, send, act, join, how, wants_mail, sign_in
):
    first, second, target = send(), send(), send()
    wants_mail(first)
    join(second, first)
    join(first, target)
    if how == "give-up":
        act("case_officer", target, "moves/start")
        act("case_officer", target, "moves/ask", message="Where?")
        with desk.app_context():
            deeds.pass_time(case_of(target).received_on + timedelta(days=31))
    elif how == "junk":
        act("case_officer", target, "moves/junk")
    else:
        desk.test_client().post(f"/en/receipts/{target.receipt}/{how}/")
    with desk.app_context():
        case, follower = case_of(first), case_of(second)
        assert (case.state, case.outcome, case.links) == ("reopened", "", [])
        assert [step.move for step in case.steps] == ["submit", "merge", "part"]
        assert "email:part" in {notice.event.rpartition("-")[0] for notice in case.notices}
        assert (follower.state, follower.outcome) == ("closed", "duplicate")
    assert first.reference in sign_in("case_officer").get("/en/desk/cases/").text


def test_what_was_joined_to_one_that_was_answered_stays_where_it_is(
    desk, send, act, join, resident
):
    sent, target = send(), send()
    join(sent, target)
    act("case_officer", target, "moves/start")
    act("case_officer", target, "moves/answer", message="So.", outcome="explained_no_change")
    resident.post(f"/en/receipts/{target.receipt}/accept/")
    with desk.app_context():
        assert (case_of(sent).state, case_of(sent).outcome) == ("closed", "duplicate")
