"""A survey at the desk until it is open, by two people in a browser, and one answer to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

import checks
from lamppost import db
from lamppost.config import PROJECT
from lamppost.i18n import languages
from lamppost.surveys.models import Response
from lamppost.workbooks import made

DESK = "/en/desk/surveys/"
METHOD = ("purpose", "population", "invitation", "limits")


@pytest.fixture
def record(record: Path) -> Path:
    """The record with what surveys say is done with their answers."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    return record


@pytest.fixture
def at_desk(desk_host, sign_in, contexts) -> Callable[[str], Page]:
    """A function that gives a page in a browser in which somebody is signed in."""

    def opened(role: str) -> Page:
        cookie = sign_in(role).get_cookie("__Host-desk", domain="localhost")
        context = contexts(base_url=f"http://{desk_host}")
        at = {"url": f"https://{desk_host}", "secure": True}
        context.add_cookies([{"name": cookie.key, "value": cookie.value, **at}])
        context.set_default_timeout(15_000)  # a busy machine is no reason to fail
        context.add_init_script(checks.SCRIPT)
        page: Page = context.new_page()
        return page

    return opened


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def fill(page: Page, **values: str) -> None:
    """Fill in fields by their names; an underscore pair stands for a point."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for name, value in values.items():
        field = page.locator(f'[name="{name.replace("__", ".")}"]')
        if field.evaluate("(field) => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def said(name: str, words: str) -> dict[str, str]:
    """A text in every language."""
    return {f"{name}__{code}": f"{words} ({code})" for code in languages()}


def save(page: Page) -> None:
    press(page, "Save")
    expect(page.locator(".notice")).to_contain_text("Saved.")


def write(page: Page) -> None:
    """Write a survey question by question."""
    page.goto(f"{DESK}new/")
    fill(page, **{"new-id": "street-lamps"}, contact="technology-and-innovation",
         **said("title", "Street lamps"), **said("summary", "A question about lamps."))  # fmt: skip
    save(page)
    page.goto(f"{DESK}street-lamps/sections/new/")
    fill(page, **said("title", "At night"))
    save(page)
    page.get_by_role("link", name="Add a question").click()
    fill(page, type="single")
    press(page, "Show what goes with it")
    page.click('button[name="add"][value="choices"]')
    fill(page, key="dark", **said("text", "Is it dark?"), choices__0__key="dark",
         choices__1__key="bright", **said("choices__0__text", "Dark"),
         **said("choices__1__text", "Bright"))  # fmt: skip
    save(page)


def labels(words: str) -> list[str]:
    return list(said("", words).values())


def take_in(page: Page) -> None:
    """Take the same survey in from a spreadsheet."""
    label = [f"label::{language.name} ({code})" for code, language in languages().items()]
    form = made({
        "survey": [
            ["type", "name", *label],
            ["begin_group", "night", *labels("At night")],
            ["select_one light", "dark", *labels("Is it dark?")],
            ["end_group"],
        ],
        "choices": [
            ["list_name", "name", *label],
            ["light", "dark", *labels("Dark")],
            ["light", "bright", *labels("Bright")],
        ],
        "settings": [["form_title", "form_id"], ["Street lamps", "street-lamps"]],
    })  # fmt: skip
    page.goto(DESK)
    page.get_by_role("link", name="Take in a form").click()
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("#file", {"name": "lamps.xlsx", "mimeType": xlsx, "buffer": form})
    page.select_option("#made", "human")
    page.fill("#note", "The City asks about lamps")
    press(page, "Take in")
    expect(page.locator(".notice").first).to_contain_text("Saved as a draft.")
    page.goto(f"{DESK}street-lamps/facts/")
    fill(page, **said("title", "Street lamps"), **said("summary", "A question about lamps."))
    save(page)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("begin", [take_in, pytest.param(write, marks=pytest.mark.drill)])
def test_a_survey_is_opened_by_two_people_and_answered(begin, desk, at_desk):
    author = at_desk("author")
    begin(author)
    tell_how(author)
    assert checks.axe.axe(author) == []
    press(author, "Submit for review")
    expect(author.locator(".lead")).to_have_text("In review")

    reviewer = at_desk("reviewer")
    reviewer.goto(f"{DESK}street-lamps/")
    reviewer.fill("#note-open", "The City asks about lamps")
    press(reviewer, "Approve and open")
    expect(reviewer.locator(".lead")).to_contain_text("Open")

    start = datetime.now(UTC)
    desk.extensions["clock"] = lambda: start + (datetime.now(UTC) - start) * 60  # time flies
    answer(reviewer)
    with desk.app_context():
        found = db.sessions().scalars(select(Response)).one()
        assert (found.survey, found.mode) == ("street-lamps", "web")


def tell_how(page: Page) -> None:
    """Say what it is for and what becomes of the answers, until nothing is lacking."""
    page.goto(f"{DESK}street-lamps/facts/")
    method = {key: text for name in METHOD
              for key, text in said(f"method__{name}", "Said").items()}  # fmt: skip
    fill(page, opens_on="2026-11-22", practices="anonymous-survey",
         method__sponsor="technology-and-innovation", **method)  # fmt: skip
    save(page)
    page.goto(f"{DESK}street-lamps/")
    expect(page.locator("main")).to_contain_text("Nothing.")


def answer(page: Page) -> None:
    page.goto("/km/surveys/street-lamps/")
    page.locator('a[href$="/answer/"]').first.click()
    page.locator('form[action$="/1/"] button').first.click()
    page.get_by_label("Bright (km)").check()
    page.click('button[name="go"][value="next"]')
    page.click('button[name="go"][value="send"]')
    page.wait_for_selector(".receipt__code")
