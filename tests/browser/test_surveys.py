"""Answering a shipped survey in a browser, in Khmer and without script; no check finds anything."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

import checks
from lamppost import create_app, db
from lamppost.config import PROJECT, Config
from lamppost.surveys.models import Answer, Response

PATH = "/surveys/technology-and-privacy/answer/"
NOT_HERE = {"weight", "help"}
"""What a live host would send is not seen here, and these pages lead to no contact."""


@pytest.fixture
def answering(tmp_path):
    """The site on a server of this machine, with a database of its own."""
    config = Config(
        instance=tmp_path, record=PROJECT, as_of=datetime(2026, 11, 22, tzinfo=UTC).date()
    )
    db.upgrade(config.database_url)
    app = create_app(config)
    start = datetime.now(UTC)
    app.extensions["clock"] = lambda: start + (datetime.now(UTC) - start) * 60  # time flies
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def go(page, name="next"):
    page.click(f'button[name="go"][value="{name}"]')


def test_a_survey_is_answered_in_khmer_on_a_phone_without_script(answering, contexts):
    app, host = answering
    context = contexts(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{host}/km/surveys/technology-and-privacy/")
    page.click(f'a[href="/km{PATH}"]')
    page.click(f'form[action^="/km{PATH}"][action$="/1/"] button')
    go(page)
    assert page.locator(".error-summary a").get_attribute("href") == "#q-seen_sign"
    page.click(".error-summary a")
    page.check('input[name="heard_term"][value="no"]')
    page.check('input[name="seen_sign"][value="yes"]')
    go(page, "language:en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.is_checked('input[name="heard_term"][value="no"]')
    go(page, "language:km")
    page.check('input[name="sign_clear"][value="2"]')
    go(page)
    page.check('input[name="useful"][value="3"]')
    go(page, "back")
    assert page.is_checked('input[name="sign_clear"][value="2"]')
    go(page)
    assert page.is_checked('input[name="useful"][value="3"]')
    for key, place in (("know", "១"), ("say_no", "2"), ("ask", "3")):
        page.fill(f'input[name="would_help.{key}"]', place)
    go(page)
    assert page.locator(".error-summary").count() == 1
    page.fill('input[name="would_help.know"]', "1")
    go(page)
    page.fill('textarea[name="more"]', "ខ្ញុំចង់ដឹងថាមានអ្វីនៅទីនេះ។")
    page.locator('textarea[name="more"]').press("Tab")
    go(page)
    page.check('input[name="age_group"][value="from_18"]')
    go(page)
    assert urlsplit(page.url).path.endswith("/check/")
    assert "ខ្ញុំចង់ដឹងថាមានអ្វីនៅទីនេះ។" in page.inner_text("main")
    go(page, "send")
    assert urlsplit(page.url).path.endswith("/sent/")
    receipt = page.inner_text(".receipt__code")
    page.go_back()
    page.reload()
    assert urlsplit(page.url).path.endswith("/sent/")
    assert page.inner_text(".receipt__code") == receipt
    assert context.cookies() == []
    with app.app_context():
        counts = [
            db.sessions().scalar(select(func.count()).select_from(m)) for m in (Response, Answer)
        ]
        language = db.sessions().scalar(select(Response.language))
    assert (counts, language) == ([1, 6], "km")


def test_a_question_comes_and_goes_with_the_answer_before_it(answering, contexts):
    _, host = answering
    page = contexts().new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{host}/en{PATH}")
    page.click(f'form[action^="/en{PATH}"][action$="/1/"] button')
    clear = page.locator('input[name="sign_clear"]')
    assert clear.count() == 0
    page.check('input[name="seen_sign"][value="yes"]')
    page.check('input[name="sign_clear"][value="2"]')
    page.check('input[name="seen_sign"][value="no"]')
    assert clear.count() == 0
    page.check('input[name="seen_sign"][value="yes"]')
    assert page.is_checked('input[name="sign_clear"][value="2"]')
    page.check('input[name="heard_term"][value="no"]')
    go(page)
    assert "/2/" in page.url  # no second look at the first page
    go(page, "back")
    assert page.is_checked('input[name="sign_clear"][value="2"]')


@pytest.mark.parametrize(
    ("language", "looked_at"),
    [
        ("en", {"mistake", "check"}),
        pytest.param("en", {"start", "section", "later", "last", "sent"}, marks=pytest.mark.drill),
        pytest.param("km", {"start", "mistake", "section", "check"}, marks=pytest.mark.drill),
    ],
)
def test_no_check_finds_anything_while_a_survey_is_answered(
    language, looked_at, answering, contexts
):
    _, host = answering
    context = contexts()
    context.add_init_script(checks.SCRIPT)
    page = context.new_page()
    found = []

    def look(name):
        if name in looked_at:
            left_out = NOT_HERE | ({"headings"} if name == "mistake" else set())
            told = checks.found_in(page, but_alike=language != "en")
            found.extend((name, *one) for one in told if one[1] not in left_out)
            checks.put_on(page, next(iter(checks.LOOKS.values())))

    checks.put_on(page, next(iter(checks.LOOKS.values())))
    page.goto(f"{host}/{language}{PATH}")
    look("start")
    page.click(f'form[action^="/{language}{PATH}"][action$="/1/"] button')
    go(page)
    look("mistake")  # its summary stands above the page's heading, as everywhere
    page.check('input[name="seen_sign"][value="no"]')
    go(page)
    look("section")
    go(page, "later")
    look("later")
    page.goto(page.url.replace("/later/", "/check/"))
    look("check")
    page.goto(page.url.replace("/check/", "/4/"))
    look("last")
    go(page)
    go(page, "send")
    look("sent")
    assert urlsplit(page.url).path.endswith("/sent/")
    assert found == []
