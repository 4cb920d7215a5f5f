"""A concern in a browser: from the code on a sign, in Khmer, to an answer on a frozen page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

import checks
from lamppost import history
from lamppost.apart import contacts
from lamppost.cases.models import Case
from lamppost.cases.notices import subject_of
from lamppost.cases.ready import OPEN
from lamppost.db import sessions
from lamppost.freezer import freeze

CODE, LENS = "2TDDJDB", "police-plate-readers"
WORRY = "ខ្ញុំបារម្ភថាវាចងចាំរថយន្តរបស់ខ្ញុំ។ សូមទូរសព្ទមក 562-555-0199។"
ANSWER = "យើងបានបញ្ឈប់វាជាបណ្តោះអាសន្ន។"
NOT_HERE = {"weight", "help"}
"""What a live host would send is not seen here, and these pages lead to no contact."""


class Host(NamedTuple):
    """Both faces of one site, and what freezes it anew."""

    live: str
    frozen: str
    freeze: Callable[[], object]


@pytest.fixture
def host(small: Path, desk: Flask, desk_host: str, serve, tmp_path: Path) -> Iterator[Host]:  # noqa: ARG001 - frozen in a moment
    """The small record, frozen, with its forms on the live host, which asks for e-mail."""
    mail = {
        "smtp": "smtp://127.0.0.1:25", "mail_from": "lamppost@city.example",
        "live_url": f"http://{desk_host}",
    }  # fmt: skip
    config = desk.extensions["config"] = replace(desk.extensions["config"], **mail)

    def frozen() -> None:
        freeze(config, tmp_path / "public", jobs=1)

    frozen()
    served = serve(tmp_path / "public")
    yield Host(config.live_url, next(served).url, frozen)
    next(served, None)


@pytest.fixture
def clock(desk: Flask) -> Callable[[], None]:
    """A function that lets ten seconds pass."""
    ahead = [timedelta()]
    desk.extensions["clock"] = lambda: datetime.now(UTC) + ahead[0]

    def pass_() -> None:
        ahead[0] += timedelta(seconds=10)

    return pass_


@pytest.fixture(params=["axe", pytest.param("", marks=pytest.mark.drill, id="every check")])
def look(contexts, request):
    """A function that opens an address in another browser, with script, and gives what it finds.

    It knows who is signed in at the desk when it is given their client.
    """

    def looked(address: str, client=None, host: str = "") -> list[tuple[str, ...]]:
        context = contexts()
        context.add_init_script(checks.SCRIPT)
        if client:
            context.add_cookies([_cookie(client, host)])
        page = context.new_page()
        checks.put_on(page, next(iter(checks.LOOKS.values())))
        assert page.goto(address).status == 200, address
        found = checks.found_in(page, request.param, but_alike=True, looks=("light", "narrow"))
        told = [(address, *one) for one in found if one[1] not in NOT_HERE]
        context.close()
        return told

    return looked


def _cookie(client, host: str) -> dict[str, object]:
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    address = host.replace("http:", "https:")
    return {"name": cookie.key, "value": cookie.value, "url": address, "secure": True}


@pytest.fixture
def at_desk(contexts, sign_in, host: Host):
    """A function that gives a page of the desk, and the client, of somebody of a role."""

    def opened(role: str, email: str = ""):
        client = sign_in(role, email=email)
        context = contexts()
        context.add_cookies([_cookie(client, host.live)])
        return context.new_page(), client

    return opened


def go(page: Page, name: str = "next") -> None:
    page.click(f'button[name="go"][value="{name}"]')


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def send(page: Page, host: Host, pass_: Callable[[], None], look) -> Iterator[tuple[str, ...]]:
    """Write a concern, from the page behind the code on a sign; yields what a look at it finds."""
    page.goto(f"{host.frozen}/d/{CODE}/")
    page.click(f'a[hreflang="km"][href="{host.live}/km/concerns/new/devices/{CODE}/"]')
    yield from look(page.url)
    page.click('form[action^="/km/concerns/new/"][action$="/1/"] button')
    assert page.input_value('[name="technology"]') == LENS
    yield from look(page.url)
    go(page)
    assert page.locator(".error-summary a").count() == 3
    page.check('input[name="category"][value="data_about_me"]')
    page.fill('textarea[name="worry"]', WORRY)
    page.check('input[name="may_publish"][value="words"]')
    page.fill('[name="contact.email"]', "resident@mail.example")
    page.check('input[name="with_photo"][value="yes"]')
    go(page)
    yield from look(page.url)
    page.set_input_files('input[name="photo"]', Path(__file__).parents[2] / "docs" / "home.png")
    go(page)
    assert "562-555-0199" in page.inner_text(".notice")
    yield from look(page.url)
    pass_()
    go(page, "send")
    assert urlsplit(page.url).path.endswith("/sent/")
    yield from look(page.url)


def answer(page: Page, address: str) -> None:
    """Take a case on, and answer it in both languages."""
    page.goto(address)
    press(page, "Take it on")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    page.locator("summary", has_text="Look into it").click()
    press(page, "Look into it")
    page.locator("summary", has_text="Answer").click()
    form = page.locator('form[action$="/moves/answer/"]')
    form.locator('[name="ready"]').select_option("changed")
    form.get_by_role("button", name="Put it in the boxes").click()
    expect(form.locator('[name="made"]')).to_have_value("machine")
    for name in ("message", "translated"):
        written = form.locator(f'[name="{name}"]').input_value()
        form.locator(f'[name="{name}"]').fill(written.replace(OPEN, ANSWER))
    form.locator('[name="outcome"]').select_option("changed")
    form.get_by_role("button", name="Answer").click()


def prepare(page: Page, address: str) -> None:
    """Write a summary in every language, and take the phone number out."""
    page.goto(f"{address}public/")
    for name in ("en", "es", "km", "tl"):
        page.fill(f'[name="summary_{name}"]', f"Summary ({name})")
        page.fill(f'[name="answer_{name}"]', ANSWER if name == "km" else f"Answer ({name})")
        if name != "en":
            page.select_option(f'[name="made_{name}"]', "machine")
    page.fill('[name="words_km"]', WORRY.replace("562-555-0199", "[[562-555-0199]]"))
    page.select_option('[name="cut_for"]', "about_a_person")
    press(page, "Save what may be read")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def cover(page: Page, address: str) -> None:
    """Draw over a part of the photo, look at it again, say what it shows."""
    page.goto(address)
    page.get_by_role("link", name="Photo 1").click()
    photo = page.locator(".cover")
    photo.scroll_into_view_if_needed()
    box = photo.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    typed = [page.input_value(f"#{name}_0") for name in ("x", "y", "width", "height")]
    assert [round(float(one)) for one in typed] == [25, 25, 25, 25]
    press(page, "Show it again")
    expect(page.locator(".cover img")).to_have_attribute("src", re.compile("boxes=2"))
    page.fill("#alt_en", "A camera on a pole")
    press(page, "Save this photo for a second person")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def end_messages(page: Page, desk: Flask, host: Host, reference: str, look) -> Iterator[Any]:
    """End messages where the link in one leads; yields what a look at that page finds."""
    with desk.app_context():
        case = sessions().query(Case).filter_by(reference=reference).one()
        address = f"{host.live}/km/stop/{case.stop_mark}/"
        assert contacts.has_contact(subject_of(case))
    yield from look(address)
    page.goto(address)
    page.click("main button")
    assert page.locator("main button").count() == 0
    with desk.app_context():
        assert not contacts.has_contact(subject_of(case))


def changed(desk: Flask) -> str:
    """Change the technology in the record; the id of the save."""
    root = desk.extensions["config"].record
    path = root / f"content/registry/technologies/{LENS}.yaml"
    words = path.read_text("utf-8").replace("status: active", "status: paused")
    path.write_text(words, "utf-8")
    save = history.save(root, "Stopped for now")
    desk.extensions["published"].look()
    return save


def test_a_concern_goes_from_the_sign_to_the_answer_on_the_frozen_page_of_its_device(
    desk, host, clock, look, at_desk, contexts
):
    context = contexts(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    found = list(send(page, host, clock, look))
    found += look(f"{host.live}/km/concerns/new/emergency/")
    page.click(".main a.button, main a.button")
    thread = page.url
    reference = page.inner_text(".kicker .code")
    assert WORRY in page.inner_text("main")
    found += look(thread)

    address = f"{host.live}/en/desk/cases/{reference}/"
    officer, officer_client = at_desk("case_officer")
    answer(officer, address)
    first, first_client = at_desk("moderator")
    prepare(first, address)
    cover(first, address)
    first.get_by_role("link", name="Photo 1").click()
    found += look(first.url, first_client, host.live)
    save = changed(desk)
    officer.goto(address)
    officer.select_option("#save", save)
    press(officer, "Name this change")
    second, _ = at_desk("moderator", "second@staff.example")
    second.goto(address)
    press(second, "Publish it")
    second.get_by_role("link", name="Photo 1").click()
    press(second, "Publish this photo")
    expect(second.get_by_role("status").first).to_contain_text("Saved.")
    for path in ("/en/desk/cases/?done=1", urlsplit(address).path):
        found += look(host.live + path, officer_client, host.live)
    for path in ("as-its-writer/", "public/"):
        found += look(address + path, first_client, host.live)

    page.goto(thread)
    assert ANSWER in page.inner_text("main")
    found += look(thread)
    found += end_messages(page, desk, host, reference, look)

    host.freeze()
    page.goto(f"{host.frozen}/km/devices/{CODE}/")
    assert "Summary (km)" in page.inner_text("main")
    page.click(f'a[href$="/concerns/{reference}/"]')
    told = page.inner_text("main")
    assert ANSWER in told
    assert "[…]" in told
    assert "562-555-0199" not in page.content()
    shown = page.get_by_alt_text("A camera on a pole")
    assert shown.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }")
    assert "Stopped for now" in told
    for path in ("", f"{reference}/"):
        found += look(f"{host.frozen}/km/concerns/{path}")
    assert context.cookies() == []
    assert found == []
