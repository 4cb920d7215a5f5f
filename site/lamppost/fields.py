"""Fields of the record: declared once, read by the check, the pages, the exports and the desk.

A class of the record is a dataclass whose attributes are declared with :func:`stated`; each names a
:class:`Field` that knows how to read a raw value from a file and what to say when it cannot.
``read`` turns the raw mapping of a file into an instance and reports every mistake it meets.
"""

from __future__ import annotations

import dataclasses
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from .phrases import Phrase, at_most, one_of, phrase, whole_number
from .text import SOURCE_LANGUAGE, Made, Text

T = TypeVar("T")


class Problem(NamedTuple):
    """One mistake in the record: where it is, what was found there, what was expected."""

    file: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: found {self.found}; expected {self.expected}"


@dataclass(frozen=True, slots=True)
class At:
    """A place in the record that is being read, and where its problems are collected.

    ``known`` holds the ids that may be referred to, by kind (``organizations``, ``sources``,
    ``words/purpose``, …); ``made`` the provenance that the file declares for each language, and
    ``reviewers`` who has reviewed it; ``languages`` the codes that the site speaks.
    """

    file: str
    problems: list[Problem]
    known: Mapping[str, Mapping[str, Any]]
    languages: tuple[str, ...]
    made: Mapping[str, Made]
    key: str = ""
    reviewers: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __truediv__(self, part: str | int) -> At:
        key = f"{self.key}[{part}]" if isinstance(part, int) else f"{self.key}.{part}".lstrip(".")
        # Made ten thousand times for a record: ``dataclasses.replace`` takes five times as long.
        return At(
            self.file, self.problems, self.known, self.languages, self.made, key, self.reviewers
        )

    def problem(self, found: object, expected: str) -> None:
        """Report a mistake here; reading goes on, so that all mistakes are seen at once."""
        self.problems.append(
            Problem(self.file, self.key or phrase("(file)"), shown(found), expected)
        )


NOTHING = phrase("nothing")
"""What is shown of a value that is not there."""


def shown(found: object) -> str:
    """A value as it is shown in a problem: short, and never on two lines."""
    if found is None:
        return NOTHING
    if isinstance(found, Phrase):
        return Phrase(found.message, **{name: _short(hole) for name, hole in found.holes.items()})
    if isinstance(found, str) and found.startswith("the "):  # our own words, in English alone
        return _one_line(found)
    return _one_line(repr(found))


def _short(hole: Any) -> Any:
    return _one_line(hole) if type(hole) is str else hole


def _one_line(found: str) -> str:
    words = " ".join(found.split())
    return words if len(words) <= 80 else words[:77] + "…"  # noqa: PLR2004 - a line's width


def _too_long(most: int, words: str) -> Phrase:
    return phrase("at most %(most)s characters, not %(count)s", most=most, count=len(words))


class Unread(dict[str, Any]):
    """Stands for the things of a file that could not be read: any id may be one of them.

    So one fault is told once, and not again by everything that refers to the file.
    """

    def __contains__(self, _id: object) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """What every field has: ``help`` says what it holds, for forms and documentation."""

    help: str = ""

    def read(self, raw: Any, at: At) -> Any:
        """The value for ``raw``, or ``None`` after reporting what is wrong with it."""
        raise NotImplementedError


def stated(field: Field, *, required: bool = False, default: Any = None) -> Any:
    """Declare an attribute of a record class; a missing value is ``default``."""
    metadata = {"field": field, "required": required}
    if isinstance(default, (dict, list)):
        return dataclasses.field(default_factory=lambda: type(default)(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def declared(record: type) -> dict[str, tuple[Field, bool]]:
    """The declared attributes of a record class in their order: name → (field, required)."""
    return {
        f.name: (f.metadata["field"], f.metadata["required"])
        for f in dataclasses.fields(record)
        if "field" in f.metadata
    }


def read(record: type[T], raw: object, at: At, **given: Any) -> T:
    """An instance of ``record`` from a raw mapping; unknown and missing keys are problems.

    ``given`` fills attributes that do not come from the mapping (such as an id from a file's name).
    """
    fields = declared(record)
    if not isinstance(raw, Mapping):
        at.problem(raw, phrase("a mapping of %(keys)s", keys=", ".join(fields)))
        return record(**given)
    check_keys(raw, fields, at)
    values = dict(given)
    for name, (field, required) in fields.items():
        value = raw.get(name)
        if value is not None:
            values[name] = field.read(value, at / name)
        elif required:
            (at / name).problem(None, field.help or phrase("a value"))
    return record(**{k: v for k, v in values.items() if v is not None})


def check_keys(raw: Mapping[str, Any], expected: Iterable[str], at: At) -> None:
    """Report the keys of a mapping that mean nothing; a misspelt one is lost without a word."""
    for key in raw:
        if key not in expected:
            (at / str(key)).problem(phrase("the key %(key)r", key=key), one_of(expected))


IDS = r"[a-z0-9][a-z0-9_-]*"
"""What ids look like, since they stand in addresses."""


def read_all(record: type[T], raw: object, at: At, *, ids: str = IDS, **given: Any) -> dict[str, T]:
    """Instances of ``record`` by id, from a mapping of ids; ``ids`` is what those look like."""
    if not isinstance(raw, Mapping):
        at.problem(raw, phrase("a mapping of ids"))
        return Unread()
    for id_ in raw:
        if not re.fullmatch(ids, id_):
            (at / id_).problem(id_, phrase("an id of letters, digits, - and _"))
    return {id_: read(record, value, at / id_, id=id_, **given) for id_, value in raw.items()}


# --- plain values -------------------------------------------------------------------------------


# YAML can write them as "\x07"; XML, and so a feed, cannot hold them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Line(Field):
    """A single line of text that is the same in every language: a title as published, a mailbox."""

    most: int = 200
    pattern: str = ""
    example: str = ""

    def read(self, raw: Any, at: At) -> str | None:
        if not isinstance(raw, str) or not raw.strip() or _CONTROL.search(raw) or "\n" in raw:
            return at.problem(raw, phrase("a line of text"))
        if len(raw) > self.most:
            return at.problem(raw, _too_long(self.most, raw))
        if self.pattern and not re.fullmatch(self.pattern, raw):
            return at.problem(raw, phrase("something like %(example)s", example=self.example))
        return raw


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """A text in the site's languages: a mapping of language codes, with ``by`` and ``stale``.

    ``most`` is for the English; a translation may be half as long again.
    """

    most: int = 1200

    def read(self, raw: Any, at: At) -> Text | None:
        if not isinstance(raw, Mapping):
            return at.problem(
                raw, phrase("a text in each language: %(codes)s", codes=", ".join(at.languages))
            )
        languages = {k: v for k, v in raw.items() if k not in ("by", "stale")}
        source = languages.setdefault(SOURCE_LANGUAGE, None)
        for code, words in languages.items():
            if code not in at.languages:
                found = phrase("the language %(code)r", code=code)
                (at / str(code)).problem(found, one_of(at.languages))
            elif code == SOURCE_LANGUAGE and words is None:
                (at / code).problem(None, phrase("the text in English, from which others come"))
            elif not isinstance(words, str) or not words.strip() or _CONTROL.search(words):
                (at / code).problem(words, phrase("a text"))
            elif len(words) > (most := self._most(code)):
                (at / code).problem(words, _too_long(most, words))
        if not isinstance(source, str):
            return None
        by = raw.get("by", {})
        made = {**at.made, **_made(by, at / "by")}
        reviewers = {**at.reviewers, **_reviewers(by)}
        text = Text(
            {k: v.strip() for k, v in languages.items() if isinstance(v, str)},
            {k: made[k] for k in languages if k in made},
            _days(raw.get("stale", {}), at / "stale"),
            {k: reviewers[k] for k in languages if reviewers.get(k)},
        )
        self.note(text, at)
        return text

    def note(self, text: Text, at: At) -> None:
        """Tell whoever collects texts (:func:`texts_read`) of this one."""
        if (texts := _texts.get()) is not None:
            texts.append((at, self, text))

    def _most(self, code: str) -> int:
        return self.most if code == SOURCE_LANGUAGE else self.most * 3 // 2


_texts: ContextVar[list[tuple[At, Words, Text]] | None] = ContextVar("texts", default=None)


@contextmanager
def texts_read() -> Iterator[list[tuple[At, Words, Text]]]:
    """A list to which every text that is read meanwhile is added: its place, its field, itself.

    Whatever a record comes to hold, and whoever reads it, none of its texts can be forgotten.
    """
    texts: list[tuple[At, Words, Text]] = []
    token = _texts.set(texts)
    try:
        yield texts
    finally:
        _texts.reset(token)


MOST_REVIEWER = 120


@dataclass(frozen=True, kw_only=True)
class How(Field):
    """How a text was made: human, machine or reviewed.

    ``{reviewed: …}`` names the office or role that reviewed it.
    """

    def read(self, raw: Any, at: At) -> Made | None:
        if isinstance(raw, Mapping) and list(raw) == ["reviewed"]:
            who = Line(most=MOST_REVIEWER).read(raw["reviewed"], at / "reviewed")
            return Made.REVIEWED if who else None
        if raw in ("human", "machine", "reviewed"):
            return Made(raw)
        return at.problem(raw, phrase("human, machine or reviewed"))


def _made(raw: Any, at: At) -> dict[str, Made]:
    made = {}
    if not isinstance(raw, Mapping):
        at.problem(raw, phrase("a mapping of languages to human, machine or reviewed"))
        return {}
    for code, raw_how in raw.items():
        if code not in at.languages:
            (at / str(code)).problem(raw_how, phrase("one of the site’s languages"))
        elif how := How().read(raw_how, at / code):
            made[code] = how
    return made


def reviewer(how: Any) -> str:
    """The office or role that a raw ``{reviewed: …}`` names; empty where none is named."""
    who = how.get("reviewed") if isinstance(how, Mapping) else ""
    return who.strip() if isinstance(who, str) else ""


def _reviewers(raw: Any) -> dict[str, str]:
    return {code: reviewer(how) for code, how in raw.items()} if isinstance(raw, Mapping) else {}


def attributed(raw: Mapping[str, Any], at: At) -> At:
    """The place of a file, with what its ``provenance`` key says of its translations."""
    if "provenance" not in raw:
        return at
    said = raw["provenance"]
    return dataclasses.replace(at, made=provenance(said, at), reviewers=_reviewers(said))


def provenance(raw: Any, at: At) -> dict[str, Made]:
    """What a file's ``provenance`` key says of its translations; ``at`` is the file's own place."""
    return _made(raw, at / "provenance")


def _days(raw: Any, at: At) -> dict[str, str]:
    if not isinstance(raw, Mapping):
        at.problem(raw, phrase("a mapping of languages to dates"))
        return {}
    days = {code: Day().read(day, at / str(code)) for code, day in raw.items()}
    return {code: day.isoformat() for code, day in days.items() if day}


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A date, ISO 8601 (2026-11-22)."""

    def read(self, raw: Any, at: At) -> date | None:
        if type(raw) is date:
            return raw
        try:
            return date.fromisoformat(raw)
        except (TypeError, ValueError):
            return at.problem(raw, phrase("a date such as 2026-11-22"))


@dataclass(frozen=True, kw_only=True)
class RoughDay(Field):
    """A date as exact as it is known: 2025, 2025-12 or 2025-12-16. Kept as its ISO 8601 text."""

    def read(self, raw: Any, at: At) -> str | None:
        words = str(raw)
        if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", words):
            return at.problem(raw, phrase("a date such as 2025, 2025-12 or 2025-12-16"))
        if len(words) == len("2025-12-16"):
            day = Day().read(words, at)
            return day.isoformat() if day else None
        return words


_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


class Duration(NamedTuple):
    """A span of time as ISO 8601 writes it, in the units it was written in."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @classmethod
    def parse(cls, words: str) -> Duration | None:
        """The duration that ``words`` (``P60D``, ``P1Y6M``, ``PT12H``) name, or None."""
        match = _DURATION.fullmatch(words)
        parts = [int(n or 0) for n in match.groups()] if match else []
        return cls(*parts) if any(parts) else None

    def __str__(self) -> str:
        dated = "".join(f"{n}{u}" for n, u in zip(self[:4], "YMWD", strict=True) if n)
        timed = "".join(f"{n}{u}" for n, u in zip(self[4:], "HM", strict=True) if n)
        return f"P{dated}" + (f"T{timed}" if timed else "")

    def after(self, day: date) -> date:
        """The day on which so much time has passed since ``day``; a part of a day is a whole one.

        A day that the month lacks is its last one: a month after January 31 is the end of February.
        """
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        rest = timedelta(weeks=self.weeks, days=self.days, hours=self.hours, minutes=self.minutes)
        whole = timedelta(days=-(-rest // timedelta(days=1)))
        return day.replace(year=year, month=month + 1, day=min(day.day, last)) + whole


@dataclass(frozen=True, kw_only=True)
class Kept(Field):
    """How long something is kept: an ISO 8601 duration, ``none``, ``indefinite`` or ``unknown``."""

    def read(self, raw: Any, at: At) -> Duration | str | None:
        if raw in ("none", "indefinite", "unknown"):
            return str(raw)
        duration = Duration.parse(raw) if isinstance(raw, str) else None
        return duration or at.problem(
            raw, phrase("an ISO 8601 duration such as P60D, or none, indefinite, unknown")
        )


@dataclass(frozen=True, kw_only=True)
class Url(Field):
    """An address on the web, http or https."""

    def read(self, raw: Any, at: At) -> str | None:
        if isinstance(raw, str) and not re.search(r"\s", raw):
            with suppress(ValueError):  # http://[
                parts = urlsplit(raw)
                if parts.scheme in ("http", "https") and parts.netloc:
                    return raw
        return at.problem(raw, phrase("an address that starts with https://"))


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    """A whole number between ``least`` and ``most``."""

    least: int = 0
    most: int = 10**9

    def read(self, raw: Any, at: At) -> int | None:
        if isinstance(raw, bool) or not isinstance(raw, int) or not self.least <= raw <= self.most:
            return at.problem(raw, whole_number(self.least, self.most))
        return raw


@dataclass(frozen=True, kw_only=True)
class Flag(Field):
    """Yes or no."""

    def read(self, raw: Any, at: At) -> bool | None:
        return raw if isinstance(raw, bool) else at.problem(raw, phrase("true or false"))


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few fixed values."""

    of: tuple[str, ...] = ()

    def read(self, raw: Any, at: At) -> str | None:
        if isinstance(raw, str) and raw in self.of:
            return raw
        return at.problem(raw, one_of(self.of))


@dataclass(frozen=True, kw_only=True)
class Key(Field):
    """The id of something else in the record: ``kind`` says in which part of it."""

    kind: str = ""

    def read(self, raw: Any, at: At) -> str | None:
        known = at.known.get(self.kind, {})
        if isinstance(raw, str) and raw in known:
            return raw
        if len(known) <= 12:  # noqa: PLR2004 - as many as a person reads through
            ids = ", ".join(known)
            told = phrase("one of the ids in %(kind)s: %(ids)s", kind=self.kind, ids=ids)
            return at.problem(raw, told)
        return at.problem(raw, _one_of_many(self.kind, raw, known))


def _one_of_many(kind: str, raw: Any, known: Mapping[str, Any]) -> Phrase:
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    told: dict[str, Any] = {"count": len(known), "kind": kind}
    near = get_close_matches(str(raw), known, n=1)
    if near:
        told["near"] = near[0]
        return phrase("one of the %(count)s ids in %(kind)s (did you mean %(near)r?)", **told)
    return phrase("one of the %(count)s ids in %(kind)s", **told)


# --- composed values ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Items(Field):
    """A list of values of one field; ``ordered`` where a reader sees in which order they stand."""

    of: Field
    most: int = 60
    ordered: bool = False

    def read(self, raw: Any, at: At) -> tuple[Any, ...] | None:
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            return at.problem(raw, phrase("a list"))
        if len(raw) > self.most:
            at.problem(phrase("the %(count)s entries", count=len(raw)), at_most(self.most))
        read_values = (self.of.read(value, at / n) for n, value in enumerate(raw))
        values = tuple(value for value in read_values if value is not None)
        if isinstance(self.of, Key) and len(set(values)) < len(values):
            at.problem(phrase("the same id twice"), phrase("each id once"))
        return values


@dataclass(frozen=True, kw_only=True)
class Part(Field):
    """A nested record of a class declared with :func:`stated`."""

    of: type

    def read(self, raw: Any, at: At) -> Any:
        return read(self.of, raw, at)
