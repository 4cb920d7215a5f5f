"""A vendor's assessment in a browser: from its first question to a technology's public page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from ..assessments.conftest import COUNTERS, NEW, TYPED
from .test_concerns import _cookie, clock, go, look, press

__all__ = ["clock", "look"]

BREAK_AT = 4
"""The section at which the vendor goes away, and comes back."""

STATES = "Stated by the vendor"


@pytest.fixture
def host(desk: Flask, desk_host: str) -> str:  # noqa: ARG001 - serves it
    """The address of the live site."""
    return f"http://{desk_host}"


@pytest.fixture
def at_desk(contexts, sign_in, host: str):
    """A function that gives a page of the desk, and the client, of somebody with these roles."""

    def opened(*roles: str) -> tuple[Page, Any]:
        client = sign_in(*roles)
        context = contexts(java_script_enabled=False)
        context.add_cookies([_cookie(client, host)])
        return context.new_page(), client

    return opened


def fill(page: Page) -> None:
    """Answer what the page of a section asks."""
    for name in page.locator('input[name="shown"]').input_value().split():
        for key in (key for key in TYPED if key.partition(".")[0] == name):
            field, value = page.locator(f'[name="{key}"]'), TYPED[key]
            kind = field.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                for one in [value] if isinstance(value, str) else value:
                    page.check(f'[name="{key}"][value="{one}"]')
            elif field.first.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)


def answer(page: Page, host: str, pass_: Callable[[], None], look) -> Iterator[tuple[str, ...]]:
    """Answer all, with a break; send it. Yields what a look at some pages finds."""
    page.goto(host + NEW)
    yield from look(page.url)
    press(page, "Start")
    for _number in range(1, BREAK_AT):
        fill(page)
        go(page)
    go(page, "later")
    receipt = page.inner_text(".receipt__code")
    page.goto(host + NEW)
    page.fill('[name="receipt"]', receipt)
    press(page, "Go on")
    expect(page.locator("main")).to_contain_text("Counter 3000")
    page.locator(f'main a[href*="/{BREAK_AT}/"]').first.click()
    while page.locator('input[name="shown"]').count():
        fill(page)
        go(page)
    pass_()
    go(page, "send")
    expect(page).to_have_url(re.compile("/sent/"))


def review(page: Page, address: str, case: str) -> None:
    """Begin the review, find every section enough, and hand it on."""
    page.goto(case)
    page.locator("summary", has_text="Begin the review").click()
    press(page, "Begin the review")
    page.goto(address)
    for verdict in page.locator('select[name^="verdict_"]').all():
        verdict.select_option("enough")
    press(page, "Hand it on for a decision")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def test_an_assessment_goes_from_the_vendor_to_the_public_page_of_a_technology(
    host, clock, look, at_desk, contexts
):
    vendor = contexts(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    found = list(answer(vendor, host, clock, look))
    vendor.click("main a.button")
    reference = vendor.inner_text(".kicker .code")

    case = f"{host}/en/desk/cases/{reference}/"
    address = f"{host}/en/desk/assessments/{reference}/"
    officer, _ = at_desk("case_officer")
    review(officer, address, case)
    decider, _ = at_desk("decider")
    decider.goto(case)
    decider.locator("summary", has_text="Accept it").first.click()
    press(decider, "Accept it")

    page, client = at_desk("author", "case_officer")
    page.goto(address)
    page.get_by_role("link", name="Take these answers into a technology").click()
    found += look(page.url, client, host)
    page.get_by_role("link", name="Eco Totem").click()
    assert page.is_checked("#take-retention")
    assert not page.is_checked("#take-data")
    found += look(page.url, client, host)
    press(page, "On to the form of the entry")
    found += look(page.url, client, host)
    press(page, "Look at the change")
    assert STATES in page.inner_text("main")
    press(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")

    vendor.goto(f"{host}/en/technologies/{COUNTERS}/")
    told = vendor.inner_text("main")
    assert STATES in told
    assert "What is kept the longest" in told
    assert "SECRETWORD" not in vendor.content()
    found += look(vendor.url)
    assert found == []
