"""The figures of cases on the pages that everybody reads, counted by hand beside them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from lamppost import purging
from lamppost.cases.shown import write_shown

from ..conftest import TODAY
from ..writers import put, resident
from .test_purging import LONG_AGO, a_case

__all__ = ["resident"]

LENS = "police-plate-readers"
MONDAY = date(2026, 9, 14)


@pytest.fixture
def page(desk, resident):
    """A function that gives a page after all that anybody may know was put together."""

    def read(address):
        with desk.app_context():
            promise = desk.extensions["published"].content.settings.promise
            write_shown(desk.extensions["config"], promise)
        desk.extensions["published"].look()
        return BeautifulSoup(resident.get(address).text, "html.parser")

    return read


def figure(page, name):
    """The rows of a figure."""
    caption = page.find(id=f"figure-{name}")
    rows = caption.find_parent("table").find_all("tr") if caption else ()
    return {row.th.get_text(strip=True): row.td.get_text(strip=True) for row in rows}


def answered(after_days, *, waited=()):
    """Put a concern that was answered so many days after a Monday."""
    paused = [("ask", "waiting_reporter", MONDAY + timedelta(days=n)) for n in waited[:1]]
    paused += [("reply", "in_review", MONDAY + timedelta(days=n)) for n in waited[1:]]
    put("concern", ("submit", "received", MONDAY), ("start", "in_review", MONDAY), *paused,
        ("answer", "answered", MONDAY + timedelta(days=after_days)), outcome="changed")  # fmt: skip


def test_the_time_to_an_answer_is_told_in_working_days_without_those_of_waiting(desk, page):
    with desk.app_context():
        for _ in range(11):
            answered(2)
        for _ in range(12):
            answered(14)  # ten working days
        answered(30, waited=(1, 29))  # two
        answered(49)
        answered(70)
    told = figure(page("/en/concerns/"), "days")
    assert told == {
        "up to 3 working days": "12",
        "4 to 10 working days": "12",
        "21 to 40 working days": "hidden",
        "more than 40 working days": "hidden",
    }
    assert figure(page("/es/concerns/"), "days").keys() != told.keys()


def test_days_in_a_step_are_the_median_and_told_only_where_ten_have_taken_it(desk, page):
    with desk.app_context():
        for n in range(11):  # 0, 1, … 9 days, and one that took very long
            looked_at = MONDAY + timedelta(days=n if n < 10 else 400)
            weighed = [("evaluate", "evaluation", looked_at)] * (n < 9)
            put("pitch", ("submit", "submitted", MONDAY),
                ("screen", "screening", looked_at), *weighed)  # fmt: skip
    told = page("/en/pitches/")
    assert figure(told, "median") == {"Submitted": "5"}
    assert figure(told, "programme") == {"Received": "11"}


LACKS = "On no technology in particular"
FIRST = "The first was due on September 17, 2026."


def test_what_is_overdue_is_told_by_technology_and_what_waits_for_its_writer_is_not(desk, page):
    received = ("submit", "received", MONDAY)
    start = ("start", "in_review", MONDAY)
    with desk.app_context():
        assert "No concern is overdue." in page("/en/concerns/").text
        for _ in range(2):
            put("concern", received, technology=LENS)
        put("concern", received, start, technology=LENS)
        put("concern", received)
        put("concern", ("submit", "received", TODAY), technology=LENS)
        put("concern", received, start, ("ask", "waiting_reporter", MONDAY), technology=LENS)
        put("concern", received, start, ("answer", "answered", MONDAY), technology=LENS)
        put("concern", received, ("junk", "closed", MONDAY), outcome="spam", technology=LENS)
        put("pitch", ("submit", "submitted", MONDAY), technology=LENS)
    section = page("/en/concerns/").find(id="overdue-title").parent
    told = [re.sub(r"\s+", " ", item.text) for item in section.find_all("li")]
    assert told == [
        f"{LACKS} · To be acknowledged: 1. {FIRST}",
        f"Police plate readers · To be acknowledged: 2. {FIRST}",
        "Police plate readers · To be answered: 1. The first was due on October 12, 2026.",
    ]
    assert section.find("a", href=f"/en/technologies/{LENS}/")
    assert len(page("/km/concerns/").find(id="overdue-title").parent.find_all("li")) == 3


def test_what_went_because_its_time_was_over_is_told_and_small_numbers_are_not(desk, page):
    with desk.app_context():
        for n in range(12):
            a_case(f"1111-{1111 + n}", ended=LONG_AGO)
        a_case("2222-2222", ended=TODAY - timedelta(days=200))
        purging.purge(TODAY)
    title = f"deleted-{TODAY.year}"
    assert figure(page("/en/concerns/"), title) == {
        "Ways to reach somebody": "13",
        "Cases of which what was said is deleted": "12",
    }
    with desk.app_context():
        a_case("3333-3333", ended=LONG_AGO + timedelta(days=300))
        purging.purge(date(TODAY.year + 1, 11, 1))
    told = page("/en/concerns/")
    assert set(figure(told, f"deleted-{TODAY.year + 1}").values()) == {"hidden"}
    assert figure(told, title)["Ways to reach somebody"] == "13"
