"""A text is written in a browser: it saves itself, and what is pasted is clean."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(desk_host, sign_in, contexts) -> Page:
    """The English text of a new draft, open in a browser."""
    client = sign_in("author")
    draft = client.post("/en/desk/briefs/new/", data={"title": "A title"}).location
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    context = contexts()
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": f"https://{desk_host}", "secure": True}]
    )
    page = context.new_page()
    page.clock.install()
    page.goto(f"http://{desk_host}{draft}texts/en/")
    return page


def test_a_text_saves_itself_and_what_it_was_saved_as_is_remarked_on(page):
    area = page.locator("#body")
    area.fill("# Too high")
    page.clock.run_for(6000)
    expect(page.locator("#autosave")).to_have_text("Saved by itself.")
    expect(page.locator("#remarks")).to_contain_text("skips a level")
    area.fill("## Right")
    page.clock.run_for(6000)
    expect(page.locator("#remarks")).to_contain_text("Nothing was found.")
    page.reload()
    expect(area).to_have_value("## Right")


def test_the_tools_work_by_keys(page):
    area = page.locator("#body")
    area.fill("word")
    area.press("Control+a")
    area.press("Control+b")
    expect(area).to_have_value("**word**")
    page.get_by_role("button", name="List").focus()
    page.keyboard.press("Enter")
    assert re.search(r"\n- ", area.input_value())


def test_what_is_pasted_from_a_word_processor_is_markdown(page):
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", "<h1 style='color:red'>Hello</h1><p><b>World</b></p>");
          data.setData("text/plain", "Hello World");
          const paste = new ClipboardEvent("paste", { clipboardData: data, cancelable: true });
          document.getElementById("body").dispatchEvent(paste);
        }"""
    )
    expect(page.locator("#body")).to_have_value("## Hello\n\n**World**")
