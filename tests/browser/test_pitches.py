"""A pitch in a browser: from a phone, in Spanish, to a pilot whose entry stands in the registry."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from .test_concerns import at_desk, clock, go, host, look, press

__all__ = ["at_desk", "clock", "host", "look"]

IDEA = "Contar quién espera el autobús con calor. Llámeme al 562-555-0199."
CRITERIA = ("need", "fairness", "privacy")


def send(page: Page, host, pass_, look) -> Iterator[tuple[str, ...]]:
    """Write a pitch, from the frozen page of all pitches; yields what a look at it finds."""
    page.goto(f"{host.frozen}/es/pitches/")
    page.click(f'a[href="{host.live}/es/pitches/new/residents/"]')
    yield from look(page.url)
    page.click('form[action^="/es/pitches/new/residents/"][action$="/1/"] button')
    page.fill('[name="title"]', "Paradas frescas")
    page.fill('[name="summary"]', IDEA)
    page.select_option('[name="place"]', "district-1")
    go(page)
    page.check('[name="principles"][value="equity"]')
    page.check('[name="areas"][value="climate"]')
    go(page)
    assert page.locator(".error-summary a").count() == 1
    page.check('[name="senses_people"][value="yes"]')
    go(page)
    page.fill('[name="purpose_words"]', "Saber dónde falta sombra.")
    page.check('[name="data_types"][value="local__count"]')
    yield from look(page.url)
    go(page)
    page.check('[name="may_publish"][value="words"]')
    page.check('[name="no_contract"]')
    page.check('[name="public_records"]')
    go(page)
    assert "562-555-0199" in page.inner_text(".notice")
    yield from look(page.url)
    pass_()
    go(page, "send")
    page.click("main a.button")


def saved(page: Page) -> None:
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def move(page: Page, address: str, words: str, **said: str) -> None:
    """Make a move by its form on the page of a case."""
    page.goto(address)
    page.locator("summary", has_text=words).click()
    form = page.locator("details[open] form", has=page.get_by_role("button", name=words))
    for name, typed in said.items():
        form.locator(f'[name="{name}"]').fill(typed)
    form.get_by_role("button", name=words).click()
    saved(page)


def weigh(page: Page, address: str) -> None:
    """Tell of no interest, and give points."""
    page.goto(address)
    page.click("text=Weigh this pitch")
    page.check('[name="interest"][value="no"]')
    press(page, "Save")
    for name in CRITERIA:
        page.select_option(f'[name="points_{name}"]', "4")
    press(page, "Save")
    saved(page)


def decide(page: Page, address: str) -> None:
    """Take it forward, with reasons in English and in the writer's language."""
    page.goto(address)
    page.click("main a:text('Take it forward')")
    for name in CRITERIA:
        page.fill(f'[name="reason_{name}_en"]', f"Because of {name}.")
        page.fill(f'[name="reason_{name}_es"]', f"Por {name}.")
    page.select_option('[name="made"]', "person")
    page.check('[name="no_interest"]')
    press(page, "Take it forward")
    saved(page)


def prepare(page: Page, address: str) -> None:
    """Write a summary in every language, and take the phone number out."""
    page.goto(f"{address}public/")
    for name in ("en", "es", "km", "tl"):
        page.fill(f'[name="summary_{name}"]', f"Summary ({name})")
        page.fill(f'[name="answer_{name}"]', f"Reasons ({name})")
        if name != "en":
            page.select_option(f'[name="made_{name}"]', "machine")
    page.fill('[name="words_es"]', IDEA.replace("562-555-0199", "[[562-555-0199]]"))
    page.select_option('[name="cut_for"]', "about_a_person")
    press(page, "Save what may be read")
    saved(page)


def test_a_pitch_goes_from_a_phone_to_a_pilot_whose_entry_everybody_can_read(
    host, clock, look, at_desk, contexts
):
    context = contexts(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    found = list(send(page, host, clock, look))
    thread, reference = page.url, page.inner_text(".kicker .code")

    address = f"{host.live}/en/desk/cases/{reference}/"
    officer, _ = at_desk("case_officer")
    move(officer, address, "Begin the first look")
    officer.click("main a:text('Choose the criteria')")
    for name in CRITERIA:
        officer.check(f'[name="criteria"][value="{name}"]')
    press(officer, "Choose the criteria, and let it be weighed")
    saved(officer)
    for who in ("one", "other"):
        weigh(at_desk("evaluator", f"{who}@staff.example")[0], address)
    decide(at_desk("decider")[0], address)
    page.goto(thread)
    assert "Por fairness." in page.inner_text("main")

    prepare(at_desk("moderator")[0], address)
    second, _ = at_desk("moderator", "second@staff.example")
    second.goto(address)
    press(second, "Publish it")
    saved(second)
    buyer, _ = at_desk("procurement")
    move(buyer, address, "Look at the market", notice="RFI 7")
    move(buyer, address, "Open the competition", notice="RFP 8")
    officer.goto(address)
    officer.click("main a:text('Begin a pilot')")
    officer.fill('[name="id"]', "stop-counter")
    officer.fill('[name="title"]', "Stop counter")
    officer.fill('[name="summary"]', "Counts who waits at a stop.")
    press(officer, "Begin a pilot")
    saved(officer)

    host.freeze()
    page.goto(f"{host.frozen}/es/pitches/")
    page.click(f'a[href$="/pitches/{reference}/"] >> nth=0')
    told = page.inner_text("main")
    for words in ("Summary (es)", "Contar quién espera", "[…]", "Reasons (es)", "RFP 8"):
        assert words in told, words
    assert "562-555-0199" not in page.content()
    found += look(page.url)
    found += look(f"{host.frozen}/es/pitches/")
    page.click('main a[href$="/technologies/stop-counter/"]')
    assert "Stop counter" in page.inner_text("h1")

    page.goto(f"{host.frozen}/es/pitches/{reference}/")
    page.click(f'a[href="{host.live}/es/pitches/{reference}/support/"]')
    found += look(page.url)
    clock()
    page.click("main form button")
    found += look(page.url)
    assert page.locator(".receipt__code").count() == 1
    assert context.cookies() == []
    assert found == []
