"""The whole way at the desk, in a browser: from invitations to pages that residents read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from lamppost.publishing.releases import Releases
from lamppost.staff.accounts import add_staff, invitation

PASSWORD = "a long enough password"  # noqa: S105 - nobody's
PLATES = "technologies/police-plate-readers"


@pytest.fixture
def at_desk(desk: Flask, desk_host: str, contexts) -> Callable[[str, str], Page]:
    """A function that opens the link of an invitation in a browser of somebody's own."""

    def opened(name: str, role: str) -> Page:
        with desk.app_context():
            staff = add_staff(f"{name.lower()}@staff.example", name=name, roles=(role,))
            path = f"/en/desk/invitation/{invitation(staff)}/"
        page: Page = contexts(base_url=f"http://{desk_host}").new_page()
        page.goto(path)
        return page

    return opened


@pytest.fixture
def public(desk: Flask) -> Path:
    """The folder of what is public."""
    return Releases(desk.extensions["config"].public).current_link


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def sign_in_with_passkey(page: Page) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    press(page, "Use a passkey")
    page.get_by_label("Name of the passkey").fill("Work phone")
    press(page, "Add a passkey")
    page.wait_for_url(re.compile(r"/en/desk/(account/)?$"))


def sign_in_with_codes(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    press(page, "Set the password")
    press(page, "Set up an app")
    key = page.locator("main code").inner_text().replace("-", "").replace(" ", "")
    page.get_by_label("Code").fill(TOTP(key=key).generate().token)
    press(page, "Go on")
    expect(page.get_by_role("button", name="Make recovery codes")).to_be_visible()


def write_brief(page: Page) -> str:
    """Write a brief in two languages and submit it; gives the address of its draft."""
    page.goto("/en/desk/briefs/new/")
    page.get_by_label("Title, in English").fill("What we counted")
    page.locator("main form button").first.click()
    draft = page.url
    page.goto(f"{draft}facts/")
    page.get_by_label("Kind").select_option("community_brief")
    page.get_by_label("Year it tells of").fill("2026")
    page.get_by_label("Office to ask").select_option("technology-and-innovation")
    page.get_by_label("How we know").select_option("stated")
    page.locator("input[name=sources][value=S22]").check()
    press(page, "Save")
    for code, title, body in (
        ("en", "What we counted", "## How\n\nBy hand, on **two** days."),
        ("es", "Lo que contamos", "## Cómo\n\nA mano, en **dos** días."),
    ):
        page.goto(f"{draft}texts/{code}/")
        page.locator("input[name=title]").fill(title)
        page.locator("[name=summary]").fill(title)
        page.locator("textarea[name=body]").fill(body)
        page.locator("[name=made]").select_option("human")
        if code != "en":
            page.locator("input[name=follows]").check()
        press(page, "Save")
    page.goto(draft)
    press(page, "Submit for review")
    expect(page.locator(".kicker")).to_contain_text("In review")
    return draft


def publish(page: Page) -> None:
    """Make a release and publish it."""
    page.goto("/en/desk/publish/")
    press(page, "Prepare a release")
    press_when_done(page, "Publish this")
    page.goto("/en/desk/publish/")
    expect(page.get_by_text("Public now")).to_be_visible(timeout=60_000)


def press_when_done(page: Page, words: str) -> None:
    """Press a button that is there once the work that goes on has ended."""
    button = page.get_by_role("button", name=words, exact=True)
    button.first.wait_for(timeout=60_000)
    button.first.click()
    expect(page.get_by_role("button", name="Prepare a release")).to_be_visible(timeout=60_000)


def import_devices(page: Page, record: Path) -> None:
    """Take in a table with one device more."""
    path = record / "content/registry/devices/public-wifi.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0])
    writer.writeheader()
    writer.writerows([*rows, {**rows[0], "code": "", "location": "Long Pier & 99th St"}])
    page.goto("/en/desk/devices/public-wifi/import/")
    table = {"name": "wifi.csv", "mimeType": "text/csv", "buffer": stream.getvalue().encode()}
    page.locator("input[type=file]").set_input_files(table)
    press(page, "Next")
    press(page, "Next")
    expect(page.locator("main strong").first).to_contain_text("1 new")
    page.get_by_label("What changed, and why").fill("One more, as the table of the department says")
    press(page, "Save")


def correct_retention(page: Page) -> None:
    page.goto(f"/en/desk/record/{PLATES}/retention/")
    page.get_by_label("Number").first.fill("1")
    page.get_by_label("What changed, and why").fill("The contract says one year")
    press(page, "Look at the change")
    expect(page.locator("ins").first).to_have_text("1 year")
    press(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


@pytest.mark.usefixtures("small")
def test_a_brief_a_table_and_a_correction_reach_the_public_and_can_be_taken_back(
    at_desk, public, desk
):
    record = desk.extensions["config"].record
    author, reviewer = at_desk("Sok", "author"), at_desk("Ana", "reviewer")
    sign_in_with_passkey(author)
    sign_in_with_codes(reviewer)

    draft = write_brief(author)
    reviewer.goto(draft)
    reviewer.locator("form[action$='/moves/publish/'] [name$=note]").fill("What we counted in 2026")
    press(reviewer, "Approve and publish now")
    publish(reviewer)
    assert (
        "<strong>dos</strong> días" in (public / "es/briefs/what-we-counted/index.html").read_text()
    )
    assert "Up to 2 years" in (public / f"en/{PLATES}/index.html").read_text("utf-8")

    import_devices(author, record)
    correct_retention(author)
    publish(reviewer)
    assert (
        "Long Pier &amp; 99th St" in (public / "en/technologies/public-wifi/index.html").read_text()
    )
    for code, before in {"en": "2 years", "es": "2 años", "km": "2 ឆ្នាំ", "tl": "2 taon"}.items():
        changes = (public / code / "changes/index.html").read_text("utf-8")
        assert before in changes
        assert "The contract says one year" in changes

    reviewer.goto("/en/desk/publish/")
    press_when_done(reviewer, "Go back to this")
    assert "Up to 2 years" in (public / f"en/{PLATES}/index.html").read_text("utf-8")
