"""Letters about a technology: they ask for what the record lacks, in two languages at once."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import escape

from lamppost import create_app
from lamppost.content import read_content
from lamppost.fields import Duration
from lamppost.i18n import languages, speak, speech
from lamppost.registry.letters import LETTERS, LINE, Near, about_me, for_records, letters
from lamppost.registry.models import Document, Group
from lamppost.registry.wording import place


@pytest.fixture(scope="module")
def plates(shipped):
    return read_content(shipped).registry.technologies["police-plate-readers"]


def with_paper(technology, kind: str):
    paper = Document(kind=kind, title=technology.name)
    return replace(technology, documents=Group(items=(paper,)))


def test_a_letter_asks_for_what_the_record_could_not_say(plates):
    assert plates.storage.is_gap
    assert "- Where the data is kept" in for_records(plates).text
    known = replace(plates, storage=replace(plates.storage, gap="none"))
    assert "- Where the data is kept" not in for_records(known).text


def test_a_letter_asks_for_the_papers_that_the_record_does_not_have(plates):
    assert "- Contract" in for_records(plates).text
    assert "- Contract" not in for_records(with_paper(plates, "contract")).text


def test_a_record_without_a_gap_is_still_asked_for_nothing_that_is_not_there(plates):
    groups = {
        name: replace(getattr(plates, name), gap="")
        for name in plates.__dataclass_fields__
        if hasattr(getattr(plates, name), "gap")
    }
    whole = replace(plates, **groups)
    assert "The public register has no answer" not in for_records(whole).text


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_read_in_the_language_of_the_page_and_sent_in_english(plates, code, name):
    speak(code)
    read, sent = letters(plates)[name]
    assert speech().code == code
    assert (read == sent) == (code == "en")
    assert str(plates.name) in sent.text
    assert speech().plain(plates.name) in read.text


def test_the_deadline_is_what_the_record_says_of_keeping_and_no_more(plates):
    assert "Up to 2 years (as reported, not from the City). Please" in about_me(plates).text
    unknown = replace(plates, retention=Group(gap="unknown"))
    assert "We have not found this out yet. Please answer" in about_me(unknown).text


def test_a_mail_program_gets_the_whole_letter_with_its_blanks(plates):
    letter = about_me(plates)
    address = urlsplit(letter.mail("office@city.example"))
    assert address.path == "office@city.example"
    said = parse_qs(address.query)
    assert said["subject"] == [letter.subject]
    assert said["body"][0].replace("\r\n", "\n") == letter.text
    assert f"Code on the sign: {LINE}." in letter.text


def test_a_name_with_markup_stays_words(plates):
    name = replace(plates.name, languages={"en": "A <b>bold</b> & new reader"})
    letter = about_me(replace(plates, name=name))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; new" in letter.parts[0]
    assert "A <b>bold</b> & new reader" in letter.subject


def test_a_technology_and_a_device_lead_to_their_letters(client, shipped):
    page = "/en/technologies/police-plate-readers/"
    assert f'href="{page}ask/"' in client.get(page).text
    assert 'href="/en/devices/28JJQQ8/ask/"' in client.get("/en/devices/28JJQQ8/").text
    alone = create_app(shipped, frozen=True).test_client().get("/en/devices/28JJQQ8/").text
    assert "/ask/#code=LB+28J+JQQ+8&amp;place=" in alone or "/ask/#code=LB%20" in alone


def test_letters_of_a_device_name_it_without_a_script(client, shipped):
    device = read_content(shipped).registry.devices["28JJQQ8"]
    speak("km")
    page = client.get("/km/devices/28JJQQ8/ask/").text
    sent = page.partition('id="about-me"')[2].partition("letter__text--sent")[2]
    assert re.search(f"Place: <span[^>]*>{escape(device.location)}<", sent)
    assert re.search(r"Code on the sign: <span[^>]*>LB 28J JQQ 8<", sent)
    assert f'value="{escape(place(device))}"' in page


def test_a_request_for_records_names_the_device_too(plates, shipped):
    device = read_content(shipped).registry.devices["28JJQQ8"]
    sent = letters(plates, Near(device, "LB"))["records"][1]
    assert f"this device: LB 28J JQQ 8, {device.location}." in sent.text
    assert "this device" not in for_records(plates).text


def test_a_device_with_a_clock_of_its_own_gives_that_as_the_deadline(plates, shipped):
    device = read_content(shipped).registry.devices["28JJQQ8"]
    near = Near(replace(device, override_retention=Duration(days=3)), "LB")
    assert "the public record says: 3 days. Please" in about_me(plates, near).text


def test_a_frozen_page_leads_to_the_letters_on_the_live_host(shipped):
    frozen = create_app(replace(shipped, live_url="https://live.example"), frozen=True)
    page = frozen.test_client().get("/km/devices/28JJQQ8/").text
    assert 'href="https://live.example/km/devices/28JJQQ8/ask/"' in page


def test_letters_of_a_device_that_is_not_there_are_not_there(client):
    assert client.get("/en/devices/9999999/ask/").status_code == 404
