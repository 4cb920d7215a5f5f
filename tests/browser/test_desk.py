"""Every page of the desk in a browser: no check finds anything."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pygit2
import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect
from werkzeug.routing import MapAdapter

import checks
from lamppost import history
from lamppost.config import PROJECT
from lamppost.remote import git, sync
from lamppost.staff.roles import ROLES

Opener = Callable[[str], Page]

ALL = [role for role in ROLES if role != "auditor"]
NOT_HERE = {"weight", "help"}
"""What a live host would send is not seen here, and the desk has a menu of its own."""

A_BRIEF = "pitch-long-beach-2023"
"""The brief of which a new version is written; it has a chart and key figures."""

BEHIND_A_FORM = {
    "devices_import.columns",
    "devices_import.preview",
    "remote.decide",
    "results_coding.texts",
    "results_desk.preview",
    "results_naming.theme",
    "survey_keeping.certificate",
}
"""The pages to which only a form leads; the tests of that form look at them."""

OF_AN_OPEN_SURVEY = tuple(
    f"surveys/technology-and-privacy/{path}/" for path in ("answers/import", "paper")
)
"""The walk comes to the page of one survey alone, and that is a draft."""

OF_CASES = {
    "cases.",
    "moderating.",
    "pitches_desk.",
    "queue.alike",
    "reviewing.",
    "taking.",
    "results_desk.results",
}
"""How the names of pages begin of which there are none here: other tests make cases and results."""


@pytest.fixture
def record(record: Path) -> Path:
    """The record with surveys too: one is a draft."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    path = record / "surveys/page-clarity.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: draft"), "utf-8")
    return record


@pytest.fixture
def open_at_desk(desk_host, sign_in, chromium):
    """A function that opens a page of the desk for somebody of every role."""
    client = sign_in(*ALL)
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    context = chromium.new_context()
    context.add_init_script(checks.SCRIPT)
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": f"https://{desk_host}", "secure": True}]
    )
    page = context.new_page()

    def opened(path: str):
        checks.put_on(page, next(iter(checks.LOOKS.values())))
        answer = page.goto(f"http://{desk_host}{path}")
        assert answer.status == 200, path
        assert "/sign-in/" not in page.url, path
        return page

    yield opened
    context.close()


def rules(desk: Flask) -> MapAdapter:
    """The desk's addresses, to find the view behind one."""
    return desk.url_map.bind("localhost", url_scheme="https")


def walked(desk: Flask, opened: Opener, language: str) -> Iterator[tuple[str, Page]]:
    """The pages of the desk that links lead to from its first one, each view once."""
    waiting, seen = [f"/{language}/desk/{path}" for path in ("", *OF_AN_OPEN_SURVEY)], set()
    for path in waiting:
        view, _ = rules(desk).match(path)
        if view in seen or view.endswith(".export"):
            continue
        seen.add(view)
        page = opened(path)
        yield view, page
        found = page.evaluate("[...document.links].map((link) => link.pathname)")
        waiting += [to for to in found if to.startswith(f"/{language}/desk/")]


@pytest.fixture
def drafted(sign_in) -> None:
    """A new version of a brief, with a picture, so that there is a draft to look at."""
    author = sign_in(*ALL)
    draft = author.post(f"/en/desk/briefs/published/{A_BRIEF}/new-version/").location
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    sent = {"file": (io.BytesIO(picture.getvalue()), "a.png"), "name": "walk", "alt_en": "A walk"}
    assert author.post(f"{draft}pictures/", data=sent).status_code == 303


@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize("language", ["en", pytest.param("km", marks=pytest.mark.drill)])
def test_axe_finds_nothing_on_a_page_of_the_desk(desk, open_at_desk, language):
    reached, found = set(), []
    for view, page in walked(desk, open_at_desk, language):
        reached.add(view)
        told = checks.found_in(page, but_alike=True, looks=("light",))
        found += [(view, *one) for one in told if one[1] not in NOT_HERE]
    assert found == []
    rest = {view for view in views(desk) - reached if not view.startswith(tuple(OF_CASES))}
    assert rest == BEHIND_A_FORM


@pytest.mark.drill
@pytest.mark.usefixtures("drafted")
@pytest.mark.parametrize("language", ["en", "km"])
def test_no_check_finds_anything_on_a_page_of_the_desk(desk, open_at_desk, language):
    found = []
    for view, page in walked(desk, open_at_desk, language):
        told = checks.found_in(page)
        found += [(view, *one) for one in told if one[1] not in NOT_HERE]
    assert found == []


def test_a_text_is_shown_as_readers_will_see_it_while_it_is_written(open_at_desk, sign_in):
    sign_in(*ALL).post(f"/en/desk/briefs/published/{A_BRIEF}/new-version/")
    page = open_at_desk("/en/desk/briefs/1/texts/es/")
    page.locator("#live summary").click()
    shown = page.locator("#live .live")
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Pitch Long Beach!")
    page.locator("textarea[name=body]").fill("## Algo\n\nMuy **nuevo**.")
    expect(shown.locator(".article strong")).to_have_text("nuevo", timeout=15_000)
    expect(page.locator("#autosave")).to_have_text("Saved by itself.")
    assert checks.axe.axe(page) == []


def test_no_check_finds_anything_where_signs_are_chosen(open_at_desk):
    page = open_at_desk("/en/desk/devices/parking-kiosks/?show=signs")
    assert page.locator("input[name=codes]").count() > 1
    assert [one for one in checks.found_in(page) if one[1] not in NOT_HERE] == []


RECORD = "/en/desk/record"
FORMS = (
    "technologies/public-wifi/processing/", "technologies/new/", "pages/home/km/",
    "settings/this/facts/", "terms/smart-city/facts/", "recommendations/privacy-staff/facts/",
)  # fmt: skip
"""Forms of the record that differ from the one to which the walk comes."""


@pytest.mark.drill
def test_no_check_finds_anything_on_the_forms_of_the_record(open_at_desk):
    found = []
    for path in FORMS:
        page = open_at_desk(f"{RECORD}/{path}")
        found += [(path, *one) for one in checks.found_in(page) if one[1] not in NOT_HERE]
    assert found == []


@pytest.mark.drill
def test_no_check_finds_anything_on_the_way_of_a_change(desk, open_at_desk):
    page, found = open_at_desk(f"{RECORD}/technologies/police-plate-readers/retention/"), []
    duration, note = page.get_by_label("Number"), page.get_by_label("What changed, and why")
    look = page.get_by_role("button", name="Look at the change")

    def look_around() -> None:
        told = checks.found_in(page)
        # The summary of errors stands before the title, as people know it from other sites.
        found.extend(one for one in told if one[1] not in NOT_HERE | {"headings"})

    duration.fill("none")
    look.click()
    assert page.get_by_role("alert").is_visible()
    look_around()
    duration.fill("5")
    note.fill("A note")
    look.click()
    assert page.locator("ins").first.text_content() == "5 years"
    look_around()
    saved_by_somebody_else(desk.extensions["config"].record)
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("heading", level=1).text_content() == "Two changes of one thing"
    look_around()
    page.get_by_label("Yours:").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Save").click()
    assert "Saved." in page.get_by_role("status").text_content()
    assert found == []


def saved_by_somebody_else(record: Path) -> None:
    path = record / "content/registry/technologies/police-plate-readers.yaml"
    path.write_text(path.read_text("utf-8").replace("P2Y", "P3Y"), "utf-8")
    history.save(record, "Three years")


@pytest.fixture
def contested(desk: Flask, tmp_path: Path) -> None:
    """The record and its other copy, with another word in the same line."""
    bare, other = tmp_path / "bare.git", tmp_path / "other"
    pygit2.init_repository(str(bare), bare=True, initial_head="main")
    config = replace(desk.extensions["config"], record_remote=bare.as_uri())
    desk.extensions["config"] = config
    shutil.copytree(config.record, other)
    for root, word in ((other, "theirs"), (config.record, "ours")):
        path = root / "content/registry/technologies/public-wifi.yaml"
        words = path.read_text("utf-8").replace("status: active", f"status: active  # {word}")
        path.write_text(words, "utf-8")
        history.save(root, f"By {word}")
    git.push(other, config.record_remote, "")
    sync.push(config)
    sync.fetch(config)


@pytest.mark.usefixtures("contested")
@pytest.mark.parametrize("path", ["", "decide/"])
def test_no_check_finds_anything_where_both_copies_differ(open_at_desk, path):
    page = open_at_desk(f"/en/desk/record/other/{path}")
    assert page.get_by_role("heading", level=1).count() == 1
    told = checks.found_in(page, but_alike=False)
    assert [one for one in told if one[1] not in NOT_HERE] == []


def views(desk: Flask) -> set[str]:
    """The desk's own views that show a page."""
    own = [r for r in desk.url_map.iter_rules() if hasattr(desk.view_functions[r.endpoint], "deed")]
    pages = {rule.endpoint for rule in own if rule.rule.endswith("/") and "GET" in rule.methods}
    return {view for view in pages if not view.endswith(".export")}
