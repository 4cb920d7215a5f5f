"""The languages of the site: the one list of them, and each one at work.

The language stands in the address. It is set for a request (or a freeze) with :func:`speak` and
read with :func:`speech`; Flask-Babel is told to forget what it remembered, because Frozen-Flask
renders many pages in one application context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import flask_babel
import yaml
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import read_mo
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import has_app_context
from flask_babel import LazyString
from markupsafe import Markup, escape

from .config import TRANSLATIONS
from .fields import Duration, Problem
from .phrases import Phrase
from .text import SOURCE_LANGUAGE, Made, Passage, Text

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Language:
    """One of the site's languages; ``code`` is for readers, ``catalog`` for Babel.

    ``font`` is the file of a font that its letters need, empty where every device has one.
    """

    code: str
    catalog: str
    locale: str
    name: str
    interface: Made
    font: str = ""

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, for the ``dir`` attribute."""
        return _direction(self.locale)


@cache
def _direction(locale: str) -> str:
    return Locale.parse(locale).text_direction


@cache
def languages() -> dict[str, Language]:
    """The site's languages by code, in the order in which they are offered."""
    entries = yaml.safe_load((TRANSLATIONS / "languages.yaml").read_text("utf-8"))
    return {
        entry["code"]: Language(**{**entry, "interface": _made(entry["interface"])})
        for entry in entries
    }


def _made(how: str | dict[str, str]) -> Made:
    """How the interface was made; ``{reviewed: …}`` names who reviewed it."""
    return Made.REVIEWED if isinstance(how, dict) else Made(how)


def _unit(singular: str, plural: str) -> tuple[str, str]:
    return singular, plural


_UNITS = (
    _unit("%(num)s year", "%(num)s years"),
    _unit("%(num)s month", "%(num)s months"),
    _unit("%(num)s week", "%(num)s weeks"),
    _unit("%(num)s day", "%(num)s days"),
    _unit("%(num)s hour", "%(num)s hours"),
    _unit("%(num)s minute", "%(num)s minutes"),
)


class Speech:
    """One language at work: its catalogue, and its way to write dates, numbers and durations.

    What it writes it remembers, since a freeze asks for the same few dates thousands of times.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self.code = language.code
        self.locale = Locale.parse(language.locale)
        self._remembered: dict[Any, str] = {}
        self._marked: dict[str, Markup] = {}
        self._lang_of = {code: self._attributes(language) for code, language in languages().items()}

    def _attributes(self, other: Language) -> Markup:
        if other.code == self.code:
            return Markup("")
        if other.direction == self.language.direction:
            return Markup(' lang="{}"').format(other.code)
        return Markup(' lang="{}" dir="{}"').format(other.code, other.direction)

    def lang_of(self, code: str) -> Markup:
        """The attributes of an element with words of the language ``code``; none for its own.

        ``lang`` always, ``dir`` where the words run the other way (WCAG 3.1.2).
        """
        return self._lang_of[code]

    def language_name(self, code: str) -> str:
        """What this language calls another; what that calls itself, where no word is known."""
        other = languages()[code]
        codes = (code, Locale.parse(other.locale).language)
        return next(filter(None, map(self.locale.languages.get, codes)), other.name)

    @cached_property
    def catalogue(self) -> NullTranslations:
        """The messages of the interface; English needs none."""
        if self.code == SOURCE_LANGUAGE:
            return NullTranslations()
        found = Translations.load(TRANSLATIONS, [self.language.catalog])
        if not isinstance(found, Translations):
            message = (
                f"the catalog {self.language.catalog} is not compiled: lamppost catalogs compile"
            )
            raise FileNotFoundError(message)
        return found

    def gettext(self, message: str) -> str:
        """``message`` in this language."""
        return str(self.catalogue.ugettext(message))

    def marked(self, message: str) -> Markup:
        """``message`` in this language as markup: messages are ours, not a stranger's."""
        words = self._marked.get(message)
        if words is None:
            words = self._marked[message] = Markup(self.gettext(message))  # noqa: S704
        return words

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form of the message that goes with ``number``."""
        return str(self.catalogue.ungettext(singular, plural, number))

    def day(self, day: date | str) -> str:
        """A date in words; a rough one (``2025-12``, ``2025``) as far as it is known."""
        words = self._remembered.get(day)
        if words is None:
            words = self._remembered[day] = self._day(day)
        return words

    def _day(self, day: date | str) -> str:
        if isinstance(day, date):
            return format_date(day, "long", locale=self.locale)
        year, _, rest = day.partition("-")
        if not rest:
            return year
        if "-" in rest:
            return self._day(date.fromisoformat(day))
        return format_skeleton("yMMMM", date(int(year), int(rest), 1), locale=self.locale)

    def moment(self, moment: str, time_zone: str) -> str:
        """A moment (ISO 8601 with its offset) in words, by the clocks of a time zone."""
        at = datetime.fromisoformat(moment).astimezone(ZoneInfo(time_zone))
        return f"{self.day(at.date())}, {format_time(at.time(), 'short', locale=self.locale)}"

    def number(self, number: float) -> str:
        """A number with this language's separators."""
        words = self._remembered.get(number)
        if words is None:
            words = self._remembered[number] = format_decimal(number, locale=self.locale)
        return words

    def duration(self, duration: Duration) -> str:
        """A span of time in words: ``P1Y6M`` is “1 year, 6 months”.

        The units are messages of ours: Babel has none for Khmer, and wrong ones for Tagalog.
        """
        words = self._remembered.get(duration)
        if words is None:
            parts = [
                self.ngettext(*unit, n) % {"num": self.number(n)}
                for n, unit in zip(duration, _UNITS, strict=True)
                if n
            ]
            words = self._remembered[duration] = ", ".join(parts)
        return words

    def listed(self, parts: Iterable[str]) -> str:
        """Parts joined as a list in a sentence: “a, b, and c”."""
        return format_list([str(part) for part in parts], "standard", locale=self.locale)

    def passage(self, text: Text) -> Passage:
        """What a reader of this language sees of ``text``."""
        return text.in_language(self.code)

    def say(self, text: Text | None) -> Markup:
        """``text`` as HTML; marked with its language where it had to stay English (WCAG 3.1.2)."""
        if text is None:
            return Markup("")
        words = text.languages.get(self.code)
        if words is not None:
            return escape(words)
        return Markup("<span{}>{}</span>").format(self.lang_of(SOURCE_LANGUAGE), str(text))

    def plain(self, text: Text) -> str:
        """``text`` without markup, for attributes, feeds and exports."""
        words = text.languages.get(self.code)
        return str(text) if words is None else words


@cache
def interface_texts() -> Iterator[str]:
    """All texts of the interface, in English and in each language that has a catalog."""
    for language in languages().values():
        if language.code != SOURCE_LANGUAGE:
            path = TRANSLATIONS / language.catalog / "LC_MESSAGES" / "messages.mo"
            with path.open("rb") as file:
                for message in read_mo(file):
                    for words in (message.id, message.string):
                        yield words if isinstance(words, str) else " ".join(words or ())


def speech_of(code: str) -> Speech:
    """The speech of the language with this code. Raises ``KeyError`` for an unknown one."""
    return Speech(languages()[code])


_speaking: ContextVar[Speech] = ContextVar("speaking")


def speech() -> Speech:
    """The language that is spoken now: that of the request, else the source language."""
    return _speaking.get(None) or speech_of(SOURCE_LANGUAGE)


def speak(code: str) -> Speech:
    """Speak the language with this code from now on. Raises ``KeyError`` for an unknown one."""
    spoken = speech_of(code)
    _speaking.set(spoken)
    if has_app_context():
        flask_babel.refresh()
    return spoken


@contextmanager
def speaking(code: str) -> Iterator[Speech]:
    """Speak another language for a while. Raises ``KeyError`` for an unknown one."""
    before = speech()
    try:
        yield speak(code)
    finally:
        speak(before.code)


def gettext(message: str, **holes: object) -> str:
    """``message`` in the language that is spoken now, its named holes filled."""
    words = speech().gettext(message)
    return words % holes if holes else words


def marked(message: str, **holes: object) -> Markup:
    """``message`` for a template: its own markup is kept, what fills its holes is escaped."""
    words = speech().marked(message)
    if holes:
        filled = {name: escape(value) for name, value in holes.items()}
        return Markup(str.__mod__(words, filled))  # noqa: S704
    return words


def said(words: str) -> str:
    """A phrase of the record's check in the language that is spoken now; other words stay."""
    if not isinstance(words, Phrase):
        return words
    holes = words.holes.items()
    return gettext(words.message, **{k: said(v) if isinstance(v, str) else v for k, v in holes})


def told(problem: Problem, within: str = "") -> str:
    """A mistake of the record in the language that is spoken now; its file without ``within``."""
    return gettext(
        "%(file)s: %(key)s: found %(found)s; expected %(expected)s",
        file=problem.file.removeprefix(within), key=said(problem.key), found=said(problem.found),
        expected=said(problem.expected),
    )  # fmt: skip


def lazy_gettext(message: str, **holes: object) -> LazyString:
    """``message``, said only when it is shown: in the language that is spoken then."""
    return LazyString(gettext, message, **holes)


def ngettext(singular: str, plural: str, num: int, **holes: object) -> str:
    """The plural form for ``num``; the hole ``%(num)s`` holds it as the language writes it."""
    spoken = speech()
    return spoken.ngettext(singular, plural, num) % {"num": spoken.number(num), **holes}


def init_app(app: Flask) -> None:
    """Let Flask-Babel and the templates speak the language of the address."""
    babel = flask_babel.Babel()
    babel.init_app(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: speech().language.catalog,
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]
    # Ours, bound to the language once, instead of a look-up for every string: half a page's time.
    app.jinja_env.globals.update(
        _=marked,
        gettext=marked,
        ngettext=ngettext,
        speech=speech,
        voice=speak,
        languages=languages(),
        told=told,
    )

    @app.url_value_preprocessor
    def speak_the_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        speak((values or {}).pop("language", SOURCE_LANGUAGE))
