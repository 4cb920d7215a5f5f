"""The way to the desk in a browser: an invitation, a passkey, a password with codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

import checks
from checks.axe import axe
from lamppost.staff.accounts import add_staff, invitation

PASSWORD = "a long enough password"  # noqa: S105 - nobody's


@pytest.fixture
def invite(desk: Flask):
    """A function that makes an account and gives the path of its link."""

    def link(*roles: str) -> str:
        with desk.app_context():
            staff = add_staff("sok@staff.example", name="Sok", roles=roles)
            return f"/en/desk/invitation/{invitation(staff)}/"

    return link


@pytest.fixture
def page(contexts) -> Page:
    """A page of a browser of its own, with what axe needs."""
    context = contexts()
    context.add_init_script(checks.SCRIPT)
    return context.new_page()


def sound(page: Page) -> None:
    """Nothing is wrong with this page for axe."""
    page.wait_for_load_state()
    assert axe(page) == []


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_an_invitation_leads_to_a_passkey_and_the_passkey_to_the_desk(desk_host, invite, page):
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    path = invite("administrator")
    page.goto(f"http://{desk_host}{path}")
    sound(page)
    press(page, "Use a passkey")
    sound(page)
    page.get_by_label("Name of the passkey").fill("Work phone")
    press(page, "Add a passkey")
    page.wait_for_url("**/desk/account/")
    sound(page)
    page.goto(f"http://{desk_host}/en/desk/")
    assert page.get_by_role("heading", level=1).inner_text() == "What needs doing"
    page.goto(f"http://{desk_host}/en/desk/account/")
    press(page, "Sign out")
    sound(page)
    press(page, "Sign in with a passkey")
    page.wait_for_url(re.compile(r"/en/desk/$"))
    page.goto(f"http://{desk_host}{path}")
    assert page.get_by_role("heading", level=1).inner_text() == "This link does not work"


def set_up(page: Page, desk_host: str, path: str) -> tuple[str, str]:
    """Set up a password and codes; gives the code that was used for it and a recovery code."""
    page.goto(f"http://{desk_host}{path}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    press(page, "Set the password")
    sound(page)
    press(page, "Set up an app")
    sound(page)
    key = page.locator("main code").inner_text().replace("-", "").replace(" ", "")
    code = TOTP(key=key).generate().token
    page.get_by_label("Code").fill(code)
    press(page, "Go on")
    press(page, "Make recovery codes")
    sound(page)
    recovery = page.locator("main code").first.inner_text()
    page.goto(f"http://{desk_host}/en/desk/account/")
    press(page, "Sign out")
    return code, recovery


def enter(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill("sok@staff.example")
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def test_a_password_needs_a_code_and_a_recovery_code_works_once(desk_host, invite, page):
    _code, recovery = set_up(page, desk_host.replace("localhost", "127.0.0.1"), invite("reviewer"))
    for works in (True, False):
        enter(page)
        assert page.get_by_role("heading", level=1).inner_text() == "Enter the code"
        sound(page)
        page.get_by_role("link", name="Use a recovery code").click()
        page.get_by_label("Recovery code").fill(recovery)
        with page.expect_navigation():
            press(page, "Sign in")
        page.wait_for_load_state()
        assert page.url.endswith("/en/desk/") == works
        if works:
            page.goto(page.url + "account/")
            press(page, "Sign out")


def test_a_code_counts_once(desk_host, invite, page):
    code, _recovery = set_up(page, desk_host, invite("reviewer"))
    enter(page)
    page.get_by_label("Code").fill(code)
    press(page, "Sign in")
    expect(page).to_have_title(re.compile("^Error:"))


def test_a_visit_ends_by_itself(desk_host, desk, invite, page):
    page.goto(f"http://{desk_host}{invite('author')}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    press(page, "Set the password")
    page.wait_for_url(re.compile(r"/en/desk/$"))
    later = datetime.now(UTC) + timedelta(minutes=31)
    desk.extensions["clock"] = lambda: later
    page.reload()
    assert "Sign in" in page.title()
    assert "some time has passed" in page.locator("main").inner_text()


@pytest.mark.drill
def test_many_tries_have_to_wait_while_the_way_by_passkey_stays_open(desk_host, desk, invite, page):
    page.goto(f"http://{desk_host}{invite('author')}")
    page.goto(f"http://{desk_host}/en/desk/sign-in/")
    moment = datetime.now(UTC)
    desk.extensions["clock"] = lambda: moment
    for _ in range(5):
        enter(page, "wrong")
    enter(page, "wrong")
    assert "Try again in 1 minute" in page.locator("main").inner_text()
    sound(page)
    press(page, "Sign in with a passkey")
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in with a passkey"
