"""No English stands on a page of another language without a mark that says so.

Looked for are messages and texts of the record that stand there in English, words that join English
sentences, on Khmer pages any few Latin words in a row, and, in a language made up for this, any
word that never went through a catalog or the record.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from lamppost.config import TRANSLATIONS
from lamppost.content import Content
from lamppost.i18n import languages, speech_of
from lamppost.pages.provenance import texts

OTHERS = [code for code in languages() if code != "en"]
MADE_UP = "en-xa"

# --- what a page says in its own language -------------------------------------------------------

_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>|<!--.*?-->|([^<]+)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "path", "circle", "rect", "use"}
_INLINE = {"a", "abbr", "bdi", "b", "em", "i", "span", "strong", "small", "time"}
_SILENT = {"script", "style", "code"}
_SAID = {"title", "alt", "aria-label", "placeholder", "data-words", "data-none", "data-some",
         "data-more", "data-wrong"}  # fmt: skip
BREAK = " ¶ "
"""Stands for what is left out, so that words on both sides of it make no sentence."""


class Open(NamedTuple):
    """An element that has not ended: its language, and whether its words count."""

    tag: str
    language: str
    silent: bool


def said(words: str, language: str) -> Iterator[str]:
    """What a page says in ``language``, block by block: its text, and what attributes say."""
    stack = [Open("", "", silent=False)]
    block: list[str] = []
    for end, tag, written, text in _PIECE.findall(words):
        top = stack[-1]
        if not tag:
            counts = top.language == language and not top.silent
            block.append(html.unescape(text) if counts else BREAK)
            continue
        if tag not in _INLINE:
            yield "".join(block)
            block = []
        if end:
            depth = max((n for n, one in enumerate(stack) if one.tag == tag), default=len(stack))
            del stack[depth:]
            continue
        attributes = {n: html.unescape(v) for n, v in _ATTRIBUTE.findall(written)}
        silent = top.silent or tag in _SILENT or "code" in attributes.get("class", "").split()
        one = Open(tag, attributes.get("lang", top.language), silent)
        if one.language == language:
            yield from _of_attributes(tag, attributes)
        if tag not in _VOID and not written.endswith("/"):
            stack.append(one)
    yield "".join(block)


def _of_attributes(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    yield from (attributes[name] for name in _SAID & attributes.keys())
    if tag == "meta" and attributes.get("name") == "description":
        yield attributes["content"]
    if "data-kinds" in attributes:
        yield from json.loads(attributes["data-kinds"]).values()


# --- what is English ----------------------------------------------------------------------------

# None of them is a word of Spanish or Tagalog.
JOINING = {
    "the", "of", "and", "is", "are", "was", "were", "with", "from", "that", "this", "these",
    "which", "not", "by", "its", "they", "their", "you", "your", "what", "how", "where", "when",
    "been", "does", "will", "whether", "there", "than", "but", "because", "would", "could",
    "should", "who", "only", "each", "every", "any", "some", "other", "about", "after",
    "before",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?;:¶។]+\s")
_LATIN = re.compile(r"[A-Za-z][\w'’-]*(?:[\s,&/–-]+[A-Za-z][\w'’-]*){2,}")
_SAME = re.compile(r"https?://\S+|\b[0-9A-Z]{7}\b")
"""Addresses and codes, which are the same in every language."""
_SMALL = {"of", "and", "the", "for", "in", "to", "on", "by", "de"}
_PLAIN = re.compile(r"(?<!\w)[A-Za-z]?[a-z]+(?:[\s,]+[A-Za-z]?[a-z]+)+(?!\w)")
"""Two words or more with not one accent, as the made-up language has none."""


def _folded(words: str) -> str:
    return " ".join(words.split()).strip(" .:;·–()").casefold()


class English:
    """What counts as English on the pages of one language, and what does not."""

    def __init__(self, code: str, content: Content, names: set[str]) -> None:
        self.code = code
        self.names = sorted(names, key=len, reverse=True)  # a long name may hold a short one
        english, own = _sayings(content, code)
        with (TRANSLATIONS / "messages.pot").open("rb") as stream:
            for message in read_po(stream):
                single = message.id[0] if isinstance(message.id, tuple) else message.id
                english.append(single)
                own.append(speech_of(code).gettext(single))
        # What is the same in both languages, and a word that both use, is of both.
        words = {word.casefold() for saying in own for word in _WORD.findall(saying)}
        phrases = {_folded(saying) for saying in english} - {_folded(saying) for saying in own}
        self.phrases = {words for words in phrases if _WORD.search(words)} - words - names
        self.leak = lru_cache(None)(self._leak)

    def _leak(self, block: str) -> str:
        """What is English in a block of a page; empty if nothing is."""
        for part in (block, *block.split(BREAK), *block.split(" – "), *block.split(": ")):
            if _folded(part) in self.phrases:
                return part.strip()
        bare = self._without_names(_SAME.sub(BREAK, block))
        for sentence in _SENTENCE.split(bare):
            words = [word.casefold() for word in _WORD.findall(sentence)]
            if len(JOINING.intersection(words)) > 1:
                return sentence.strip()
        if self.code == "km":
            for run in _LATIN.findall(bare):
                if not self._is_a_name(run, block):
                    return run
        return ""

    def _without_names(self, block: str) -> str:
        folded = block.casefold()
        for name in self.names:
            at = folded.find(name)
            while at >= 0:
                block = block[:at] + BREAK + block[at + len(name) :]
                folded = block.casefold()
                at = folded.find(name)
        return block

    @staticmethod
    def _is_a_name(run: str, block: str) -> bool:
        # “California Civil Code” within a Khmer sentence; a heading by itself would be a leak.
        words = run.split()
        capitals = all(word[0].isupper() or word in _SMALL for word in words)
        return capitals and re.search(r"[\u1780-\u17ff]", block) is not None


def _sayings(content: Content, code: str) -> tuple[list[str], list[str]]:
    """What the record says in English, and in a language."""
    registry = content.registry
    parts = (registry.technologies, registry.words, registry.places, registry.organizations)
    every = [*texts(parts), *texts((content.terms, content.plan, content.settings))]
    english = [str(text) for text in every]
    own = [text.languages[code] for text in every if code in text.languages]
    for page in content.pages.values():
        for said, articles in ((english, ["en"]), (own, {code} & page.articles.keys())):
            for one in articles:
                said += [page.articles[one].title, page.articles[one].summary]
        if code in page.articles:
            own.append(page.articles[code].markdown)
    return english, own


def _names(content: Content) -> set[str]:
    """Names that are the same in every language: of bodies, places, streets."""
    registry = content.registry
    named = [*registry.organizations.values(), *registry.places.values()]
    names = {str(one.name) for one in named}
    names |= {one.address for one in registry.organizations.values()}
    for device in registry.devices.values():
        # Where there is a Khmer location, the Latin words in it are the street's name.
        translated = device.location_km
        names.update(_LATIN.findall(translated) if translated else [device.location])
    names |= {content.settings.name, str(content.settings.city)}
    return {name for name in map(_folded, names) if len(name) > 3}


@pytest.fixture(scope="session")
def content(app) -> Content:
    return app.extensions["published"].content


@pytest.fixture(scope="session")
def english(content) -> Callable[[str], English]:
    """A function that gives what is English on the pages of a language."""
    names = _names(content)
    return lru_cache(None)(lambda code: English(code, content, names))


def leaks(words: str, english: English) -> list[str]:
    """The English that a page of another language says as if it were its own."""
    found = (english.leak(block) for block in said(words, english.code))
    return [leak for leak in found if leak]


# --- the shipped site ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_no_page_says_in_english_what_its_language_has_words_for(code, pages, english):
    own = [page for name, page in pages.items() if name.startswith(f"{code}/")]
    assert len(own) > 400
    found = {page.name: leaks(page.words, english(code)) for page in own}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("code", OTHERS)
def test_search_finds_nothing_that_is_named_in_english(code, site, english):
    pages = json.loads((site / code / "search" / "pages.json").read_text("utf-8"))["pages"]
    assert pages
    phrases = english(code).phrases
    assert [page for page in pages if {_folded(page["t"]), _folded(page["s"])} & phrases] == []


def test_no_word_comes_past_the_catalogs_and_the_record(pseudo, pages_in, content):
    locations = {_folded(device.location) for device in content.registry.devices.values()}
    names = "\n".join(_names(content) | locations)
    own = [page for name, page in pages_in(pseudo).items() if name.startswith(f"{MADE_UP}/")]
    assert len(own) > 400
    plain = {
        run: page.name
        for page in own
        for block in said(page.words, MADE_UP)
        for run in _PLAIN.findall(block)
        if _folded(run) not in names
    }
    assert plain == {}


# --- that a leak is found -----------------------------------------------------------------------


@pytest.fixture
def planted(pages, english):
    """A function that changes a page of a language and gives the leaks that come of it."""

    def plant(code: str, name: str, found: str, put: str) -> list[str]:
        words = pages[f"{code}/{name}index.html"].words
        assert found in words
        return leaks(words.replace(found, put), english(code))

    return plant


HOME = ""
WIFI = "technologies/public-wifi/"


@pytest.mark.parametrize("code", OTHERS)
def test_a_message_without_a_translation_would_be_found(code, planted):
    message = "Enter the code on the sign"
    translated = html.escape(speech_of(code).gettext(message))
    assert planted(code, HOME, f">{translated}<", f">{message}<") == [message]


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_without_a_translation_would_be_found_unless_it_is_marked(code, content, planted):
    text = content.registry.technologies["public-wifi"].summary
    translated = f">{html.escape(text.languages[code])}<"
    assert planted(code, WIFI, translated, f">{text}<")
    assert planted(code, WIFI, translated, f'><span lang="en">{text}</span><') == []


MAP = "Map of these devices; north is up"
SENTENCE = "We do not know who can see the data of these cameras"


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    ("found", "put", "leak"),
    [
        ('role="group" aria-label="', f'role="group" aria-label="{MAP}" data-was="', MAP),
        ("<p>", f"<p>{SENTENCE}.</p><p>", SENTENCE),
        ("</title>", " – What it collects</title>", "What it collects"),
    ],
)
def test_english_in_an_attribute_a_sentence_or_a_title_would_be_found(
    code, found, put, leak, planted
):
    assert leak in [one.strip(" .") for one in planted(code, WIFI, found, put)]


@pytest.mark.parametrize("put", ["Public access point map", "Open data portal"])
def test_a_few_latin_words_on_a_khmer_page_would_be_found(put, planted):
    assert put in planted("km", WIFI, "<p>", f"<p>ទិន្នន័យ {put.lower()}</p><p>{put}</p><p>")


@pytest.mark.parametrize(
    "put",
    [
        '<p lang="en">The words of another language, and they are marked.</p><p>',
        "<p><code>the name of the column</code></p><p>",
        "<p>Daisy Ave &amp; Anaheim St</p><p>",
    ],
)
def test_what_is_marked_and_names_and_codes_are_no_leaks(put, planted):
    assert planted("es", WIFI, "<p>", put) == []
