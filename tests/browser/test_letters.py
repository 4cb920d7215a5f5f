"""The letters in a browser: a script fills their blanks; without one they are filled by hand."""

from __future__ import annotations

from urllib.parse import unquote

from playwright.sync_api import expect

PAGE = "/km/technologies/public-wifi/ask/"
FROM_A_DEVICE = f"{PAGE}#code=LB+28J+JQQ+8&place=Elm+Ave&day=2026-11-22&reply=%3Cb%3E&other=x"


def test_blanks_are_filled_in_both_languages_as_one_types(visit):
    page = visit(FROM_A_DEVICE)
    page.locator("#start").fill("09:30")
    for letter in page.locator("#about-me .letter__text").all():
        for words in ("LB 28J JQQ 8", "Elm Ave", "2026-11-22", "09:30", "<b>"):
            expect(letter).to_contain_text(words)
    page.locator("#place").fill("")
    expect(page.locator("#about-me .letter__text--sent")).to_contain_text("Place: ________.")


def test_what_is_copied_is_the_letter_as_it_was_filled(contexts, host):
    context = contexts(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(host.url + FROM_A_DEVICE)
    page.locator("#about-me .letter__copy").click()
    expect(page.locator("#about-me .letter__copied")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Place: Elm Ave. Code on the sign: LB 28J JQQ 8.\n\nPlease tell me:\n- what" in copied


def test_a_mail_carries_what_was_filled_in(visit):
    page = visit("/en/technologies/this-website/ask/#place=Elm+Ave")
    # No office of the shipped record has a mailbox for this.
    page.locator("#about-me").evaluate(
        "letter => letter.insertAdjacentHTML('beforeend',"
        " '<a class=letter__mail href=\"mailto:a@b.example?subject=S&body=B\">mail</a>')"
    )
    page.locator("#code").fill("LB 1")
    address = page.locator("#about-me .letter__mail").get_attribute("href")
    assert address.startswith("mailto:a@b.example?subject=S&body=I%20am")
    assert "Place: Elm Ave. Code on the sign: LB 1." in unquote(address)


def test_without_a_script_the_letters_stand_with_their_blanks(visit):
    page = visit(PAGE, java_script_enabled=False)
    expect(page.locator(".blanks")).to_be_hidden()
    expect(page.locator(".letter__copy").first).to_be_hidden()
    expect(page.locator("#records .letter__text--sent")).to_contain_text("________")


def test_without_a_script_the_letters_of_a_device_name_it(visit, desk_host):
    page = visit("/km/devices/28JJQQ8/", at=f"http://{desk_host}", java_script_enabled=False)
    page.locator('a[href$="/devices/28JJQQ8/ask/"]').click()
    sent = page.locator("#about-me .letter__text--sent")
    expect(sent).to_contain_text("Code on the sign: LB 28J JQQ 8.")
    expect(sent).not_to_contain_text("Place: ________")


def test_what_the_page_of_a_device_knows_can_be_changed(visit, desk_host):
    page = visit("/en/devices/28JJQQ8/ask/", at=f"http://{desk_host}")
    page.locator("#place").fill("")
    expect(page.locator("#about-me .letter__text--sent")).to_contain_text("Place: ________.")
    page.locator("#start").fill("09:30")
    expect(page.locator("#about-me .letter__text--sent")).to_contain_text("between 09:30 and")
