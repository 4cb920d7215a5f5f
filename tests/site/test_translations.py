"""What no translation may change: numbers, the links of a page, and how a language names itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
from babel import Locale

from lamppost.i18n import languages
from lamppost.markup import LANGUAGE, links
from lamppost.pages.provenance import texts
from lamppost.text import Made

# “3rd” is a word in other languages.
NUMBER = re.compile(r"(?<!\w)\d+(?:[.,:–-]\d+)*(?!\w)")
OTHERS = [code for code in languages() if code != "en"]


@pytest.fixture(scope="session")
def content(app):
    return app.extensions["published"].content


def numbers(words: str) -> Counter[str]:
    return Counter(NUMBER.findall(words))


def places(words: str) -> Counter[str]:
    return Counter(link for link in links(words) if not link.startswith(LANGUAGE))


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_says_the_same_numbers_in_every_language(code, content):
    registry = content.registry
    parts = (registry.technologies, registry.words, registry.places, registry.organizations)
    more = (content.terms, content.plan, content.settings, content.briefs, content.surveys)
    every = [*texts(parts), *texts(more)]
    assert len(every) > 900
    pairs = [(str(text), text.in_language(code)) for text in every]
    lost = [
        (english, said.words)
        for english, said in pairs
        if said.made != Made.STALE and numbers(english) - numbers(said.words)
    ]
    assert lost == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_page_says_the_same_numbers_and_leads_to_the_same_places_in_every_language(code, content):
    differ = {}
    for slug, page in [*content.pages.items(), *content.briefs.items()]:
        english, (article, _, made) = page.in_language("en")[0], page.in_language(code)
        if made == Made.STALE:
            continue
        for ask in (numbers, places):
            told = ask(english.markdown), ask(article.markdown)
            if told[0] != told[1]:
                differ[slug] = (told[0] - told[1], told[1] - told[0])
    assert differ == {}


@pytest.mark.parametrize("language", languages().values(), ids=languages())
def test_a_language_is_named_in_its_own_script(language):
    own = Locale.parse(language.locale)
    letters = "".join(char for char in own.languages[own.language] if char.isalpha())
    script = unicodedata.name(letters[0]).split()[0]
    assert {unicodedata.name(char).split()[0] for char in language.name} == {script}
    assert own.text_direction == language.direction
