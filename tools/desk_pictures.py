"""Takes the pictures of ``docs/desk.md``: the desk at work, on an instance that is made for it."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from lamppost import create_app, db, history
from lamppost.answering.world import world_of
from lamppost.config import PROJECT, Config
from lamppost.published import content
from lamppost.questions.answers import Answers
from lamppost.staff.accounts import add_staff
from lamppost.staff.roles import ROLES
from lamppost.surveys.responses import keep

FOLDER = PROJECT / "docs" / "desk"
AS_OF = date(2026, 11, 25)
WIDE, PHONE = {"width": 1100, "height": 760}, {"width": 360, "height": 740}
NEXT = 'button[name="go"][value="next"]'
MOST_HURRY = 8000
"""Milliseconds after which somebody may have written a form without being taken for a machine."""

SURVEY = "technology-and-privacy"
SIGNS = {"yes": 60, "no": 30, "not_sure": 4}
"""How the made-up answers say whether somebody has seen a sign: the last is a small group."""

WIFI = "content/registry/devices/public-wifi.csv"


def waiting(page: Page) -> None:
    """What needs doing."""
    page.goto("/en/desk/")


def table(page: Page) -> None:
    """A spreadsheet of devices, before it is taken in."""
    page.goto("/en/desk/devices/public-wifi/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "wifi.csv", "mimeType": "text/csv", "buffer": _changed_rows()}
    )
    for _ in range(2):
        page.get_by_role("button", name="Next").click()


def _changed_rows() -> bytes:
    rows = list(csv.DictReader(io.StringIO((PROJECT / WIFI).read_text("utf-8"))))
    rows[0]["latitude"] = f"{float(rows[0]['latitude']) + 0.001:.6f}"
    rows[1]["status"] = "paused"
    rows.append({**rows[2], "code": "", "location": "Pine Ave & 3rd St"})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def field_check(page: Page) -> None:
    """A check on the spot, on a phone."""
    page.set_viewport_size(PHONE)
    page.goto("/en/desk/device-checks/")
    page.locator("select").select_option(index=1)
    page.get_by_role("button", name="Show").click()


def translation(page: Page) -> None:
    """A translation of a brief, with the English beside it."""
    page.goto("/en/desk/briefs/")
    page.locator("form[action*=pitch] button").first.click()
    page.goto(f"{page.url}texts/es/")


def correction(page: Page) -> None:
    """A correction of the record, before it is saved."""
    page.goto("/en/desk/record/technologies/police-plate-readers/retention/")
    page.get_by_label("Number").first.fill("1")
    page.get_by_label("What changed, and why").fill("An example for the guide: one year.")
    page.get_by_role("button", name="Look at the change").click()


def case(page: Page) -> None:
    """A concern that somebody has taken on."""
    page.goto("/km/concerns/new/technologies/police-plate-readers/")
    page.click('form[action^="/km/concerns/new/"][action$="/1/"] button')
    page.check('input[name="category"][value="how_it_is_used"]')
    page.fill('textarea[name="worry"]', "គំរូ៖ កាមេរ៉ានេះមើលចូលបង្អួចផ្ទះខ្ញុំ។")
    page.check('input[name="may_publish"][value="summary"]')
    page.click(NEXT)
    page.wait_for_timeout(MOST_HURRY)
    page.click('button[name="go"][value="send"]')
    page.goto("/en/desk/cases/")
    page.locator("main ol a").first.click()
    page.get_by_role("button", name="Take it on").click()
    page.locator("summary", has_text="Look into it").click()
    _show(page, "#told-title")


def survey(page: Page) -> None:
    """A survey that is being written."""
    page.goto(f"/en/desk/surveys/{SURVEY}/copy/")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Questions").click()
    page.locator("main a[href$='/seen_sign/']").click()


def results(page: Page) -> None:
    """Results of a survey, as two people approve them."""
    page.goto(f"/en/desk/surveys/{SURVEY}/")
    page.fill("#note-close", "It is over.")
    page.locator("form[action*=close] button").click()
    page.goto(f"/en/desk/surveys/{SURVEY}/results/")
    page.locator("form[action*=prepare] button").click()
    page.goto(f"/en/desk/surveys/{SURVEY}/results/preview/")
    _show(page, "#seen_sign")


def _show(page: Page, part: str) -> None:
    page.locator(part).evaluate('(part) => part.scrollIntoView({ behavior: "instant" })')


def publish(page: Page) -> None:
    """A release that waits to be published."""
    page.goto("/en/desk/publish/")
    page.locator("form[action*=prepare] button").click()
    page.wait_for_function(
        "() => document.querySelector('form[action*=\"/releases/\"]') || location.reload()",
        timeout=120_000,
        polling=1000,
    )


PICTURES: dict[str, Callable[[Page], None]] = {
    "translation": translation,
    "correction": correction,
    "case": case,
    "survey": survey,
    "waiting": waiting,
    "results": results,
    "table": table,
    "field-check": field_check,
    "publish": publish,
}
"""The pictures by name: each brings a page of the desk to where it is shown.

What is begun for one waits in those that come after it.
"""


@contextmanager
def at_desk(folder: Path) -> Iterator[tuple[Flask, str]]:
    """The desk of a new instance on a server; yields the app and its address."""
    config = Config(instance=folder, record=folder / "record", as_of=AS_OF)
    history.start(config.record, PROJECT, "First published")
    db.upgrade(config.database_url)
    app = create_app(config)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield app, f"http://localhost:{server.server_port}"
    server.shutdown()


def answered(app: Flask) -> None:
    """Answer the survey, so that it has results."""
    with app.test_request_context("/en/"):
        now = content()
        survey, world = now.surveys[SURVEY], world_of(now)
        for key, count in SIGNS.items():
            answers = Answers(survey.sections, {"seen_sign": [key]}, world)
            for _ in range(count):
                keep(survey, answers, "en", mode="web", today=AS_OF)
        db.sessions().commit()


def signed_in(app: Flask, browser: Browser, address: str) -> Page:
    """A page in which somebody with every role has signed in."""
    with app.app_context():
        staff = add_staff("records@city.example", name="Records office", roles=tuple(ROLES))
        staff.tf_totp_secret = "set up"  # noqa: S105 - no secret: that there is one is all it says
        db.sessions().commit()
        mark = staff.fs_uniquifier
    client = app.test_client()
    with client.session_transaction("/en/desk/", base_url="https://localhost") as session:
        now = int(time.time())
        session.update(_user_id=mark, _fresh=True, fs_cc="set", identity_id=mark)
        session.update(began=now, seen=now, fs_paa=now)
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    if cookie is None:
        raise RuntimeError("the desk has set no cookie")
    context = browser.new_context(base_url=address, viewport=WIDE)
    secure = address.replace("http:", "https:")
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": secure, "secure": True}]
    )
    return context.new_page()


def take(browser: Browser) -> Iterator[str]:
    """Write the pictures into ``docs/desk/``; yields each one's name."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, at_desk(Path(folder)) as (app, address):
        answered(app)
        page = signed_in(app, browser, address)
        for name, bring in PICTURES.items():
            page.set_viewport_size(WIDE)
            bring(page)
            page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=80)
            yield f"docs/desk/{name}.jpg"
