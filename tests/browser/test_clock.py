"""The deletion clock: a rule in words, to which a small script adds a day."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

PAGE = "/en/technologies/police-plate-readers/"


def days_on(page, duration: str, today: str, *, working: bool = False) -> str:
    """What the clock of a duration says on a day."""
    page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{today}T12:00:00"))
    page.route("**/reading.js", lambda route: route.continue_())
    page.goto(page.url)
    page.evaluate(
        """([duration, working]) => {
          const clock = document.querySelector(".clock");
          clock.dataset.duration = duration;
          delete clock.dataset.workingDays;
          if (working) clock.dataset.workingDays = "";
          const script = document.createElement("script");
          script.src = "/static/js/reading.js";
          return new Promise(done => { script.onload = done; document.body.append(script); });
        }""",
        [duration, working],
    )
    return str(page.locator(".clock__today").first.inner_text())


@pytest.mark.parametrize(
    ("duration", "today", "day"),
    [
        ("P30D", "2026-11-22", "December 22, 2026"),
        ("P60D", "2026-12-31", "March 1, 2027"),
        ("P1M", "2027-01-31", "February 28, 2027"),
        ("P1Y", "2028-02-29", "February 28, 2029"),
        ("P1Y6M", "2026-08-31", "February 29, 2028"),
        ("P2W", "2026-11-22", "December 6, 2026"),
    ],
)
def test_the_clock_names_the_day(duration, today, day, visit):
    assert f"erased on {day}," in days_on(visit(PAGE), duration, today)


def test_working_days_leave_out_saturdays_and_sundays(visit):
    told = days_on(visit(PAGE), "P5D", "2026-11-19", working=True)  # a Thursday
    assert "erased on November 26, 2026," in told


@pytest.mark.drill
@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_the_clock_speaks_every_language(language, visit):
    page = visit(f"/{language}/technologies/police-plate-readers/")
    today = page.locator(".clock__today").first
    expect(today).to_be_visible()
    assert "{" not in today.inner_text()
    assert str(dt.datetime.now().astimezone().year)[:2] in today.inner_text() or language == "km"


def test_without_a_script_the_rule_stands_in_words(visit):
    page = visit(PAGE, java_script_enabled=False)
    expect(page.locator(".clock__rule").first).to_contain_text("is erased after")
    expect(page.locator(".clock__today").first).to_be_hidden()
