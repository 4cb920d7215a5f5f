"""The table of how texts were made: every text counted once per language."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from markupsafe import Markup

from lamppost import create_app
from lamppost.config import TRANSLATIONS, Config
from lamppost.content import read_content
from lamppost.i18n import Speech, languages, speak
from lamppost.pages import provenance
from lamppost.pages.provenance import MADE, Account, Section, table
from lamppost.text import Made

WIFI = "content/registry/technologies/public-wifi.yaml"
GLOSSARY = "content/glossary.yaml"


@pytest.fixture
def counts(small):
    """A function that counts the texts of technologies in one language."""

    def counted(language: str) -> Counter[Made]:
        content = read_content(Config(record=small, as_of=date(2026, 11, 22)))
        assert content.problems == []
        sections = {spoken.code: parts for spoken, parts in table(content)}
        return sections[language][0].counts[language]

    return counted


def test_the_table_tells_of_every_language_but_english(app):
    content = app.extensions["published"].content
    assert [language.code for language, _ in table(content)] == ["es", "km", "tl"]


def test_every_text_is_counted_once_in_every_language(app):
    [(_, sections), *others] = table(app.extensions["published"].content)
    for section in sections:
        totals = {language: sum(counted.values()) for language, counted in section.counts.items()}
        assert len(set(totals.values())) == 1
        assert totals["en"] > 0
    assert all(parts == sections for _, parts in others)


def test_no_shipped_translation_claims_to_be_a_persons(app):
    for account in table(app.extensions["published"].content):
        assert account.total[Made.HUMAN] == 0


def test_the_messages_of_the_interface_are_counted_too(app):
    [account, *_] = table(app.extensions["published"].content)
    messages = account.sections[-1].counts
    with (TRANSLATIONS / "messages.pot").open("rb") as stream:
        wanted = len(read_po(stream))
    assert messages["en"] == Counter({Made.HUMAN: wanted})
    assert messages["es"] == Counter({languages()["es"].interface: wanted})


def test_a_message_without_a_translation_is_counted_as_missing(monkeypatch, app):
    monkeypatch.setattr(provenance, "translated", lambda code: (7 if code == "km" else 9, 9))
    accounts = {a.language.code: a for a in table(app.extensions["published"].content)}
    missing = {code: a.sections[-1].counts[code][Made.MISSING] for code, a in accounts.items()}
    assert missing == {"es": 0, "km": 2, "tl": 0}


def test_all_sections_together_are_their_sum(app):
    for account in table(app.extensions["published"].content):
        code = account.language.code
        whole = sum(section.counts[code].total() for section in account.sections)
        assert account.total.total() == whole > 1200


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({Made.MACHINE: 5, Made.MISSING: 1}, "Nobody has written or reviewed any"),
        ({Made.HUMAN: 2, Made.REVIEWED: 3}, "reviewed all of these texts."),
        ({Made.REVIEWED: 1, Made.MACHINE: 1}, "some of these texts: 1 of 2."),
        ({Made.HUMAN: 1200, Made.STALE: 34}, "most of these texts: 1,200 of 1,234."),
    ],
)
def test_a_sentence_says_how_much_people_have_seen(counts, words):
    section = Section("Pages", {"es": Counter(counts)})
    speak("en")
    assert words in Account(languages()["es"], [section]).share


def test_a_text_that_is_missing_is_counted_as_missing(counts, broken):
    before = counts("es")
    broken(WIFI, "\n  es: Wi-Fi público", "")
    assert counts("es") - before == Counter({Made.MISSING: 1})


@pytest.mark.parametrize(
    ("added", "made"),
    [
        ("  by: {tl: human}", Made.HUMAN),
        ("  by: {tl: reviewed}", Made.REVIEWED),
        ("  stale: {tl: 2026-11-20}", Made.STALE),
    ],
)
def test_a_text_that_differs_from_its_file_is_counted_apart(counts, broken, added, made):
    before = counts("tl")
    broken(WIFI, "  tl: Pampublikong Wi-Fi\n", f"  tl: Pampublikong Wi-Fi\n{added}\n")
    assert counts("tl") - before == Counter({made: 1})


def test_a_file_that_does_not_say_how_it_was_translated_is_not_taken_for_a_persons(counts, broken):
    before = counts("km")
    broken(WIFI, "provenance: {es: machine, km: machine, tl: machine}\n", "")
    assert counts("km") == before


@pytest.mark.parametrize("language", ["es", "km", "tl"])
def test_the_page_of_languages_shows_the_table(client, language):
    page = client.get(f"/{language}/about/languages/").text
    assert page.count("<table") >= 1
    assert page.count("<caption") >= len(MADE) - 2


@pytest.fixture
def page(config, small):
    """A function that gives the words of a page of the small record as it is now."""

    def shown(address: str) -> str:
        assert config.record == small
        html = create_app(config).test_client().get(address).text
        return " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())

    return shown


OFFICE = "{reviewed: Language Access Office}"
ALL = "Translated by machine, reviewed by: Language Access Office"
SOME = "Translated by machine. Parts were reviewed by: Language Access Office"
NOBODY = "nobody has reviewed it yet"
TECHNOLOGY = "technologies/public-wifi"
READ = "content/pages/how-to-read/es.md"
MACHINE = "provenance: {es: machine"
ES = "\n  es: Wi-Fi público"


@pytest.fixture
def in_english_words(monkeypatch):
    """The interface in English everywhere, so that a test need not know its translations."""
    monkeypatch.setattr(Speech, "gettext", lambda _speech, message: message)
    monkeypatch.setattr(
        Speech, "ngettext", lambda _speech, one, many, number: one if number == 1 else many
    )
    monkeypatch.setattr(Speech, "marked", lambda _speech, message: Markup(message))  # noqa: S704


@pytest.mark.usefixtures("in_english_words")
@pytest.mark.parametrize(
    ("address", "name", "found", "put", "told"),
    [
        (TECHNOLOGY, WIFI, MACHINE, f"provenance: {{es: {OFFICE}", ALL),
        (TECHNOLOGY, WIFI, ES, f"\n  by: {{es: {OFFICE}}}{ES}", SOME),
        (TECHNOLOGY, WIFI, MACHINE, "provenance: {es: reviewed", "machine, then reviewed."),
        (TECHNOLOGY, WIFI, "x", "x", NOBODY),
        ("terms/data-privacy", GLOSSARY, MACHINE, f"provenance: {{es: {OFFICE}", ALL),
        ("about/how-to-read", READ, "provenance: machine", f"provenance: {OFFICE}", ALL),
        ("about/how-to-read", READ, "x", "x", NOBODY),
    ],
)  # fmt: skip
def test_a_page_tells_which_office_has_reviewed_it(page, broken, address, name, found, put, told):
    broken(name, found, put)
    assert told in page(f"/es/{address}/")
    assert "by machine" not in page(f"/en/{address}/")


@pytest.mark.usefixtures("in_english_words")
def test_a_text_that_says_no_office_takes_none_from_its_file(page, broken):
    broken(WIFI, "provenance: {es: machine", f"provenance: {{es: {OFFICE}")
    broken(WIFI, "\n  es: Wi-Fi público", "\n  by: {es: machine}\n  es: Wi-Fi público")
    assert SOME in page("/es/technologies/public-wifi/")


@pytest.mark.usefixtures("in_english_words")
def test_a_brief_tells_which_office_has_reviewed_it(config, broken):
    broken("content/briefs/co-lab-2023/es.md", "provenance: machine", f"provenance: {OFFICE}")
    html = create_app(config).test_client().get("/es/briefs/co-lab-2023/").text
    words = " ".join(BeautifulSoup(html, "html.parser").main.get_text(" ").split())
    assert "By machine, then reviewed: Language Access Office" in words


@pytest.mark.usefixtures("in_english_words")
def test_the_page_of_languages_tells_who_has_reviewed_how_many_texts(page, broken):
    broken("content/pages/home/es.md", "provenance: machine", f"provenance: {OFFICE}")
    broken(WIFI, "\n  es: Wi-Fi público", f"\n  by: {{es: {OFFICE}}}\n  es: Wi-Fi público")
    assert "as far as it is recorded: Language Access Office : 2 texts" in page(
        "/es/about/languages/"
    )


def test_the_sources_name_the_briefs_that_use_them(client):
    found = BeautifulSoup(client.get("/en/sources/").text, "html.parser").find(id="S15")
    briefs = [a["href"] for a in found.find_all("a") if "/briefs/" in a["href"]]
    assert briefs == ["/en/briefs/digital-rights-platform-2023/"]


def test_every_way_of_making_has_its_words():
    assert set(MADE) == set(Made)
