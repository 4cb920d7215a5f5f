"""Answering a survey: nothing typed is lost, nothing sent twice, nobody asked who they are."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from lamppost import db
from lamppost.answering import unsent
from lamppost.answering.models import Unsent
from lamppost.answering.pace import Pace
from lamppost.surveys import detached
from lamppost.surveys.models import Answer, DetachedAnswer, Response

from ..writers import NAUGHTY, mark_in, way_in

START = "/en/surveys/technology-and-privacy/answer/"
CLARITY = "/en/surveys/page-clarity/answer/"
EVERY = [
    {"heard_term": "yes", "seen_sign": "yes", "sign_clear": "3"},
    {"useful": "4", "worried": "3", "worries": ["police", "other"], "worries.other": "Drones",
     "would_help.know": "2", "would_help.say_no": "1", "would_help.ask": "3"},
    {"about": "public-wifi", "about_it": "Ask first.\r\nThen switch it on.", "more": ""},
    {"age_group": "from_35", "zip": "90802"},
]  # fmt: skip
"""An answer to each question of the shipped survey, section by section."""


@pytest.fixture
def clock(answering: Flask):
    """A clock that a test can move."""
    moment = {"now": datetime(2026, 11, 22, 12, tzinfo=UTC)}
    answering.extensions["clock"] = lambda: moment["now"]

    def move(**by: float) -> None:
        moment["now"] += timedelta(**by)

    return move


@pytest.fixture
def at_once(monkeypatch):
    """Detached answers wait for no others."""
    monkeypatch.setattr(detached, "TOGETHER", 1)


class Somebody:
    """Somebody with a browser: follows where the site leads, and sends the forms it shows."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.answer = None

    @property
    def page(self) -> str:
        return self.answer.text

    @property
    def path(self) -> str:
        return self.answer.request.path

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.page, re.DOTALL)[1]

    def open(self, path: str) -> Somebody:
        self.answer = self.client.get(path, follow_redirects=True)
        return self

    def send(self, sent: dict[str, object] | None = None, go: str = "next", path: str = ""):
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page))
        data = {**hidden, "go": go, **(sent or {})}
        self.answer = self.client.post(path or self.path, data=data, follow_redirects=True)
        return self

    def begin(self, path: str = START) -> Somebody:
        return self.open(way_in(self.open(path).page))

    def begin_and_save(self) -> Somebody:
        """Begin with nothing typed: the first save makes the draft."""
        return self.begin().send(go="language:en")

    @property
    def receipt(self) -> str:
        return self.path.split("/")[5]


@pytest.fixture
def somebody(answering, clock) -> Somebody:  # noqa: ARG001 - the clock stands still
    """Somebody who has opened nothing yet."""
    return Somebody(answering)


@pytest.fixture
def rows(answering):
    """A function that reads all rows of a table."""

    def read(model):
        with answering.app_context():
            return list(db.sessions().scalars(select(model)))

    return read


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_come_through_every_text_field_as_they_are(somebody, clock, rows, words):
    sent = {"worries": ["other"], "worries.other": words}
    ranks = {"would_help.know": "2", "would_help.say_no": "1", "would_help.ask": "3"}
    to_the_check(somebody, [
        {"heard_term": "yes", "seen_sign": "no"},
        {"useful": "4", "worried": "3", **sent, **ranks},
        {"about": "public-wifi", "about_it": words, "more": words, "more.quote": "yes"},
        {},
    ])  # fmt: skip
    assert "<script>alert" not in somebody.page
    assert words.strip() in BeautifulSoup(somebody.page, "html.parser").find("main").text
    clock(seconds=60)
    somebody.send(go="send")
    assert somebody.path.endswith("/sent/")
    kept = {answer.part: json.loads(answer.value) for answer in rows(Answer)}
    assert {kept[part] for part in ("worries.other", "about_it", "more")} == {words}


def to_the_check(somebody: Somebody, sections=EVERY) -> Somebody:
    somebody.begin()
    for number, sent in enumerate(sections, 1):
        somebody.send(sent)
        if somebody.path.endswith(f"/{number}/"):  # an answer has brought a question
            somebody.send(sent)
    return somebody


# --- the way through ----------------------------------------------------------------------------


def test_the_data_practices_come_before_the_first_question(somebody):
    page = somebody.open(START).page
    assert page.index("In ten seconds") < page.index(">Start<")


def test_every_answer_arrives_as_it_was_given(somebody, clock, rows, at_once):  # noqa: ARG001 - how it runs
    to_the_check(somebody)
    assert somebody.path.endswith("/check/"), somebody.page
    assert "Drones" in somebody.page
    clock(seconds=60)
    somebody.send(go="send")
    assert somebody.path.endswith("/sent/")
    (response,) = rows(Response)
    assert (response.survey, response.language, response.mode) == (
        "technology-and-privacy", "en", "web",
    )  # fmt: skip
    assert response.week == date(2026, 11, 16)
    assert {a.part: json.loads(a.value) for a in rows(Answer)} == {
        "heard_term": ["yes"], "seen_sign": ["yes"], "sign_clear": "3", "useful": "4",
        "worried": "3", "worries": ["police", "other"], "worries.other": "Drones",
        "would_help": ["say_no", "know", "ask"], "about": "public-wifi",
        "about_it": "Ask first.\nThen switch it on.",
    }  # fmt: skip
    assert {a.part: json.loads(a.value) for a in rows(DetachedAnswer)} == {
        "age_group": ["from_35"], "zip": "90802",
    }  # fmt: skip


def test_the_page_of_a_technology_leads_to_three_questions_and_is_known_there(somebody):
    page = somebody.open("/en/technologies/public-wifi/").page
    path = f"{CLARITY}technologies/public-wifi/"
    assert f'<a href="{path}">How clear is this page?</a>' in page
    somebody.open(way_in(somebody.open(path).page))
    assert '<option value="public-wifi" selected>' in somebody.page


def test_no_other_technology_is_known_than_there_is(somebody):
    assert somebody.open(f"{CLARITY}technologies/nothing/").answer.status_code == 404
    somebody.open(way_in(somebody.open(CLARITY).page, technology="nothing"))
    assert "selected" not in somebody.page


def test_progress_stands_in_words(somebody):
    assert "Step 1 of 4" in somebody.begin().page
    assert "(Step 1 of 4)" in somebody.title


def test_a_question_that_an_answer_brings_is_asked_on_the_same_page(somebody):
    somebody.begin().send({"seen_sign": "yes"})
    assert somebody.path.endswith("/1/")
    assert "How clear was the sign?" in somebody.page
    assert "There is a problem" not in somebody.page
    somebody.send({"seen_sign": "yes"})
    assert somebody.path.endswith("/2/")


def test_a_mistake_is_told_in_a_summary_and_what_was_typed_stays(somebody):
    somebody.begin().send({"heard_term": "no"})
    assert somebody.answer.status_code == 422
    assert somebody.title.startswith("Error:")
    assert re.search('"#q-seen_sign">Have you seen .*[?] Choose one answer.</a>', somebody.page)
    assert re.search(r'name="heard_term" value="no" checked', somebody.page)


def test_nothing_is_lost_on_the_way_back(somebody):
    somebody.begin().send({"seen_sign": "no"})
    somebody.send({"useful": "2", "would_help.know": "nonsense"}, go="back")
    assert somebody.path.endswith("/1/")
    assert re.search(r'name="seen_sign" value="no" checked', somebody.page)
    somebody.send({"seen_sign": "no"})
    assert re.search(r'name="useful" value="2" checked', somebody.page)
    assert 'value="nonsense"' in somebody.page


@pytest.mark.parametrize("code", ["es", "km", "tl"])
def test_nothing_is_lost_when_the_language_is_changed(code, somebody):
    somebody.begin().send({"seen_sign": "no", "heard_term": "yes"}, go=f"language:{code}")
    assert somebody.path.startswith(f"/{code}/")
    assert somebody.path.endswith("/1/")
    assert re.search(r'name="seen_sign" value="no" checked', somebody.page)


def test_a_language_that_there_is_not_leads_nowhere(somebody):
    somebody.begin().send({"seen_sign": "no"}, go="language:../../x")
    assert somebody.path.startswith("/en/")


def test_what_is_not_asked_any_more_is_not_sent_but_is_there_on_the_way_back(somebody, clock, rows):
    somebody.begin().send({"seen_sign": "yes"}).send({"seen_sign": "yes", "sign_clear": "1"})
    somebody.send(go="back").send({"seen_sign": "no", "sign_clear": "1"})
    somebody.send(go="back").send({"seen_sign": "yes"})
    assert re.search(r'name="sign_clear" value="1" checked', somebody.page)
    somebody.send({"seen_sign": "no", "sign_clear": "1"}).send().send().send()
    clock(seconds=60)
    somebody.send(go="send")
    assert {a.part for a in rows(Answer)} == {"seen_sign"}


def test_an_earlier_answer_stands_in_a_later_question(somebody):
    somebody.begin().send({"seen_sign": "no"}).send().send({"about": "public-wifi"})
    assert "You chose: Public Wi-Fi." in somebody.page


def test_the_check_tells_what_is_missing_and_leads_there(somebody, clock, rows):
    receipt = somebody.begin_and_save().receipt
    somebody.open(f"{START}{receipt}/check/")
    clock(seconds=60)
    somebody.send(go="send")
    assert somebody.answer.status_code == 422
    assert f'<a href="{START}{receipt}/1/#q-seen_sign">' in somebody.page
    assert rows(Response) == []


def test_a_section_that_is_not_asked_leads_to_the_check(somebody):
    receipt = somebody.begin_and_save().receipt
    for number in (5, 99):
        assert somebody.open(f"{START}{receipt}/{number}/").path.endswith("/check/")


# --- drafts and receipts ------------------------------------------------------------------------


def test_a_draft_is_opened_by_its_receipt_however_it_is_typed(somebody, answering):
    somebody.begin().send({"seen_sign": "no"}).send({"useful": "2"}, go="later")
    assert somebody.path.endswith("/later/")
    receipt = somebody.receipt
    assert receipt in somebody.page
    assert "December 7, 2026" in somebody.page
    other = Somebody(answering).open(START)
    other.send(
        {"receipt": receipt.lower().replace("-", " ").replace("0", "o")}, path=f"{START}return/"
    )
    assert other.path.endswith(f"/{receipt}/check/")
    assert "A little useful" in other.page


@pytest.mark.parametrize("typed", ["", "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "<script>", "x" * 5000])
def test_a_receipt_that_opens_nothing_is_told_and_kept(typed, somebody):
    somebody.open(START).send({"receipt": typed}, path=f"{START}return/")
    assert somebody.answer.status_code == 404
    assert "opens nothing" in somebody.page
    assert "<script>" not in somebody.page


def test_a_receipt_opens_no_draft_of_another_survey(somebody):
    receipt = somebody.begin_and_save().receipt
    for path in (f"{CLARITY}{receipt}/1/", f"{CLARITY}{receipt}/check/"):
        assert somebody.open(path).answer.status_code == 404


def test_a_draft_is_over_after_two_weeks_and_gone_when_the_next_begins(
    somebody, answering, rows, monkeypatch
):
    receipt = somebody.begin_and_save().receipt
    (row,) = rows(Unsent)
    assert row.ends_on == date(2026, 12, 7)
    published = answering.extensions["published"].content
    monkeypatch.setattr(published, "as_of", date(2026, 12, 6))
    assert somebody.open(f"{START}{receipt}/1/").answer.status_code == 200
    monkeypatch.setattr(published, "as_of", date(2026, 12, 7))
    assert somebody.open(f"{START}{receipt}/1/").answer.status_code == 404
    somebody.begin_and_save()
    assert [row.ends_on for row in rows(Unsent)] == [date(2026, 12, 28)]


def test_a_draft_can_be_deleted(somebody, rows):
    somebody.begin().send(go="later").send()
    assert rows(Unsent) == []


def test_a_draft_cannot_be_read_without_its_receipt(somebody, survey_instance, rows, stored):
    receipt = somebody.begin().send({"seen_sign": "no"}).receipt
    somebody.send().send({"more": "My very own words"}, go="later")
    (row,) = rows(Unsent)
    assert b"very own" not in row.content
    everything = stored(survey_instance)
    assert b"very own" not in everything
    assert receipt.encode() not in everything


def test_a_draft_that_somebody_has_changed_opens_nothing(somebody, answering):
    receipt = somebody.begin_and_save().receipt
    with answering.app_context():
        row = db.sessions().scalar(select(Unsent))
        row.content = row.content[:-1] + bytes([row.content[-1] ^ 1])
        db.sessions().commit()
    assert somebody.open(f"{START}{receipt}/1/").answer.status_code == 404


# --- sending once, and spam ---------------------------------------------------------------------


def test_sending_twice_gives_one_response_and_the_same_receipt(
    somebody,
    answering,
    clock,
    rows,
    at_once,  # noqa: ARG001 - how it runs
):
    to_the_check(somebody)
    receipt, again = somebody.receipt, Somebody(answering).open(somebody.path)
    clock(seconds=60)
    somebody.send(go="send")
    again.send(go="send")
    assert somebody.path == again.path
    assert receipt in again.page
    assert len(rows(Response)) == 1
    assert len(rows(DetachedAnswer)) == 2
    (row,) = rows(Unsent)
    assert (row.sent, row.content) == (True, None)


def test_sending_at_many_places_at_once_gives_one_response(somebody, answering, clock, rows):
    to_the_check(somebody)
    others = [Somebody(answering).open(somebody.path) for _ in range(6)]
    clock(seconds=60)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: one.send(go="send"), others))
    assert {one.path for one in others} == {somebody.path.replace("/check/", "/sent/")}
    assert len(rows(Response)) == 1


def test_saving_late_brings_back_nothing_that_was_sent(somebody, answering, clock, rows):
    to_the_check(somebody)
    receipt, today = somebody.receipt, date(2026, 11, 22)
    with answering.app_context():
        before = unsent.draft(receipt, today)
    clock(seconds=60)
    somebody.send(go="send")
    with answering.app_context():
        db.together(lambda: unsent.keep(receipt, before, {"more": ["late"]}, today))
    (row,) = rows(Unsent)
    assert (row.sent, row.content) == (True, None)


TRICKY = [
    "<script>alert(1)</script>", "' OR 1=1 --", "${seen_sign}", "%(num)s {0} {{ 7*7 }}", "=1+1",
    "\u202eabc", "ខ្មែរ\u200bខ្មែរ", "👩‍👩‍👧", "\\", "Ω≈ç√∫", "a\u0000b", "a\tb\n\nc", "null", "…",
]  # fmt: skip


def test_whatever_is_written_arrives_as_it_was_written_but_for_nulls(somebody, clock, rows):
    words = "|".join(TRICKY)
    somebody.begin().send({"seen_sign": "no"}).send().send({"more": words}).send()
    clock(seconds=60)
    somebody.send(go="send")
    (found,) = (json.loads(a.value) for a in rows(Answer) if a.part == "more")
    assert found == words.replace("\x00", "")


def test_whatever_page_of_a_sent_draft_is_opened_says_that_it_was_sent(somebody, clock):
    to_the_check(somebody)
    receipt = somebody.receipt
    clock(seconds=60)
    somebody.send(go="send")
    for path in ("1/", "check/", "later/", "sent/"):
        assert somebody.open(f"{START}{receipt}/{path}").path.endswith("/sent/")


def test_a_page_that_says_it_was_sent_is_not_there_before(somebody):
    receipt = somebody.begin_and_save().receipt
    assert somebody.open(f"{START}{receipt}/sent/").path.endswith("/check/")


def test_whoever_is_too_quick_is_asked_to_send_once_more(somebody, clock, rows):
    to_the_check(somebody).send(go="send")
    assert somebody.answer.status_code == 422
    assert "That was very quick." in somebody.page
    clock(seconds=5)
    somebody.send(go="send")
    assert len(rows(Response)) == 1


def test_a_field_that_has_to_stay_empty_is_shown_to_whoever_fills_it(somebody, clock, rows):
    to_the_check(somebody)
    clock(seconds=60)
    assert 'class="field visually-hidden" aria-hidden="true"' in somebody.page
    somebody.send({"website": "https://spam.example"}, go="send")
    assert somebody.answer.status_code == 422
    assert "field visually-hidden" not in somebody.page
    assert rows(Response) == []
    somebody.send(go="send")
    assert len(rows(Response)) == 1


@pytest.mark.parametrize("mark", ["", "forged", "WyJhIiwiYiJd.aa.bb"])
def test_a_form_that_is_none_of_ours_changes_nothing_and_loses_nothing(mark, somebody, rows):
    somebody.begin_and_save()
    before = rows(Unsent)[0].content
    somebody.send({"seen_sign": "no", "mark": mark})
    assert somebody.answer.status_code == 422
    assert re.search(r'name="seen_sign" value="no" checked', somebody.page)
    assert rows(Unsent)[0].content == before
    assert somebody.send({"seen_sign": "no"}).path.endswith("/2/")


@pytest.mark.parametrize("mark", ["", "forged", "WyJhIiwiYiJd.aa.bb"])
def test_a_receipt_that_no_start_has_given_away_begins_nothing(mark, somebody, rows):
    somebody.begin()
    path = somebody.path
    assert somebody.open(f"{path}?mark={mark}").answer.status_code == 404
    somebody.send({"mark": mark, "seen_sign": "no"}, path=path)
    assert somebody.answer.status_code == 404
    assert rows(Unsent) == []


def test_a_mark_of_another_form_begins_nothing(somebody, rows):
    somebody.begin(CLARITY)
    receipt, mark = somebody.receipt, mark_in(somebody.page)
    assert somebody.open(f"{START}{receipt}/1/?mark={mark}").answer.status_code == 404
    somebody.send({"mark": mark}, path=f"{START}{receipt}/1/")
    assert somebody.answer.status_code == 404
    assert rows(Unsent) == []


def test_a_form_of_one_section_counts_no_steps(somebody):
    somebody.begin(CLARITY)
    assert "Step" not in somebody.page
    assert somebody.title.startswith("The page you read: How clear is this page?")


def test_who_looks_at_the_first_questions_leaves_nothing(somebody, rows):
    assert "Step 1 of 4" in somebody.begin().page
    assert rows(Unsent) == []


def test_who_presses_twice_at_the_first_section_has_begun_once(somebody, rows, answering):
    page = somebody.begin().answer
    sent = {"mark": mark_in(page.text), "shown": "seen_sign", "seen_sign": "no", "go": "later"}
    with ThreadPoolExecutor(2) as both:
        press = partial(answering.test_client().post, page.request.path, data=sent)
        presses = [both.submit(press) for _ in range(2)]
        assert {each.result().status_code for each in presses} == {303}
    assert len(rows(Unsent)) == 1


def test_a_first_section_that_stood_open_for_days_begins_with_what_was_typed(somebody, clock):
    somebody.begin()
    clock(days=3)
    assert somebody.send({"seen_sign": "no"}).path.endswith("/2/")


def test_the_way_in_is_open_for_a_day(somebody, clock):
    address = way_in(somebody.open(START).page)
    clock(days=1, seconds=1)
    assert somebody.open(address).answer.status_code == 404


def test_a_form_that_stood_open_for_days_saves_what_was_typed(somebody, clock):
    somebody.begin_and_save()
    clock(days=3)
    somebody.send({"seen_sign": "no"})
    assert somebody.path.endswith("/2/")


def test_a_check_that_stood_open_for_days_is_shown_once_more(somebody, clock, rows):
    to_the_check(somebody)
    clock(seconds=60)
    clock(days=3)
    somebody.send(go="send")
    assert "open for too long" in somebody.page
    assert rows(Response) == []
    somebody.send(go="send")
    assert len(rows(Response)) == 1


def test_a_network_that_starts_without_end_is_told_when_to_come_back(somebody, answering):
    answering.extensions["pace"] = Pace(most=2)
    somebody.client.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    for _ in range(2):
        assert somebody.begin().send({"seen_sign": "no"}).answer.status_code == 200
    assert somebody.begin().send({"seen_sign": "no"}).answer.status_code == 429
    assert "tomorrow" in somebody.page
    assert re.search(r'name="seen_sign" value="no" checked', somebody.page)


def test_the_pace_begins_anew_each_day_and_for_each_network():
    pace, day = Pace(most=1), date(2026, 11, 22)
    assert pace.lets("192.0.2.1", day)
    assert not pace.lets("192.0.2.9", day)
    assert pace.lets("198.51.100.1", day)
    assert pace.lets("192.0.2.1", day + timedelta(days=1))


@pytest.mark.parametrize("address", ["", "127.0.0.1", "::1", "no address"])
def test_who_comes_from_nowhere_is_not_held_back(address):
    pace = Pace(most=0)
    assert pace.lets(address, date(2026, 11, 22))


def test_a_form_that_is_too_large_is_refused(somebody):
    somebody.begin().send({"seen_sign": "x" * 400_000})
    assert somebody.answer.status_code == 413


def test_more_than_is_asked_is_not_kept(somebody, clock, rows):
    somebody.begin().send({"seen_sign": "no", "injected": "x", "sections": "y"})
    for _ in range(3):
        somebody.send()
    clock(seconds=60)
    somebody.send(go="send")
    assert {a.part for a in rows(Answer)} == {"seen_sign"}


# --- what the pages say and keep ----------------------------------------------------------------


def test_no_page_sets_a_cookie_and_none_is_kept(somebody, clock):
    to_the_check(somebody)
    clock(seconds=60)
    somebody.send(go="send")
    for path in (START, somebody.path):
        answer = somebody.open(path).answer
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
    assert not list(somebody.client._cookies)  # noqa: SLF001 - the client's own jar


def test_a_survey_that_is_closed_leads_to_its_page(somebody, answering, monkeypatch):
    receipt = somebody.begin_and_save().receipt
    monkeypatch.setattr(answering.extensions["published"].content, "as_of", date(2026, 11, 1))
    for path in (START, f"{START}{receipt}/1/"):
        assert somebody.open(path).path == "/en/surveys/technology-and-privacy/"


def test_a_survey_that_there_is_not_has_no_way_in(somebody):
    assert somebody.open("/en/surveys/nothing/answer/").answer.status_code == 404


def test_the_answers_do_not_run_as_markup(somebody):
    somebody.begin().send({"seen_sign": "no"}).send().send({"more": "<script>alert(1)</script>"})
    somebody.send()
    assert "&lt;script&gt;alert(1)" in somebody.page
    assert "<script>alert" not in somebody.page


def test_the_address_of_a_live_page_is_found_from_a_frozen_one(answering):
    with answering.test_request_context("/km/"):
        answering.preprocess_request()
        address = answering.jinja_env.globals["live_url_for"](
            "answering.start", survey="page-clarity"
        )
    assert urlsplit(address).path == "/km/surveys/page-clarity/answer/"
