"""Questions that are answered by writing: words, a number, a date, a code; and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from markupsafe import Markup

from ..fields import Choice, Day, Flag, Whole, stated
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import ngettext, speech
from ..phrases import at_most, phrase
from ..registry.codes import code_from, spoken
from .conditions import Value
from .models import Question, Sent, World, WrongError, first

FORMATS = {
    "web_address": (
        r"https?://[^\s/]+\.\S+",
        _l("Write a web address that starts with https://."),
    ),
}
"""The forms an answer may have to have. Authors write no patterns, since one can hang a server;
and a mailbox or a phone number has no place among answers.
"""


def short(words: str, most: int) -> str:
    """``words``, as they are. Raises :class:`WrongError` where they are more than ``most``."""
    if len(words) > most:
        raise WrongError(
            ngettext(
                "Write at most %(num)s character. You have written %(written)s.",
                "Write at most %(num)s characters. You have written %(written)s.",
                most,
                written=speech().number(len(words)),
            )
        )
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Question):
    """Words between the questions; they ask nothing."""

    kind: ClassVar[str] = "note"

    def value(self, _sent: Sent, _world: World) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Question):
    """A line of words, perhaps in a form of its own."""

    kind: ClassVar[str] = "short_text"
    in_words: ClassVar[bool] = True
    missing: ClassVar = _l("Write an answer.")

    max_chars: int = stated(Whole(least=1, most=500), default=200)
    format: str = stated(Choice(of=tuple(FORMATS)), default="")

    def value(self, sent: Sent, _world: World) -> str | None:
        """The words, on one line."""
        words = short(" ".join(first(sent, self.key).splitlines()), self.max_chars)
        if words and self.format:
            pattern, told = FORMATS[self.format]
            if not re.fullmatch(pattern, words):
                raise WrongError(str(told))
        return words or None


QUOTE = "quote"
"""The part of an answer that says that its words may be quoted."""


class Quotable(str):
    """Words that their writer lets be quoted."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText(Question):
    """Words on several lines. Where it is ``quotable``, a tick lets them be quoted."""

    kind: ClassVar[str] = "long_text"
    in_words: ClassVar[bool] = True
    missing: ClassVar = _l("Write an answer.")

    max_chars: int = stated(Whole(least=1, most=8000), default=2000)
    quotable: bool = stated(Flag(), default=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The words, and the tick."""
        return (self.key, f"{self.key}.{QUOTE}") if self.quotable else (self.key,)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Words that are quoted though they lie apart, or are never published."""
        if self.quotable and (self.detached or self.publish == "never"):
            expected = phrase("a question that is neither detached nor never published")
            yield "quotable", "true", expected

    def value(self, sent: Sent, _world: World) -> str | None:
        """The words; a browser ends lines in two characters, which count as one."""
        words = short(first(sent, self.key).replace("\r\n", "\n"), self.max_chars)
        quotable = self.quotable and first(sent, f"{self.key}.{QUOTE}") == "yes"
        return (Quotable(words) if quotable else words) or None

    def told(self, value: str, _world: World) -> list[str | Markup]:
        """The words, and whether they may be quoted."""
        return [value, _("My words may be quoted.")] if isinstance(value, Quotable) else [value]

    def stored(self, value: str) -> dict[str, Any]:
        """The words, and the tick where there is one."""
        quote = {f"{self.key}.{QUOTE}": "yes"} if isinstance(value, Quotable) else {}
        return {self.key: str(value), **quote}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeNumber(Question):
    """A whole number, in digits of any script."""

    kind: ClassVar[str] = "whole_number"
    missing: ClassVar = _l("Write a number.")

    least: int = stated(Whole(least=0, most=10**9), default=0)
    most: int = stated(Whole(least=0, most=10**9), default=10**9)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Bounds in the wrong order."""
        if self.least > self.most:
            yield "least", str(self.least), at_most(self.most)

    def value(self, sent: Sent, _world: World) -> int | None:
        """The number."""
        words = first(sent, self.key)
        if not words:
            return None
        found = int(words) if re.fullmatch(r"\d{1,12}", words) else -1
        if not self.least <= found <= self.most:
            raise WrongError(
                _("Write a whole number from %(least)s to %(most)s, in digits.",
                  least=speech().number(self.least), most=speech().number(self.most))
            )  # fmt: skip
        return found

    def operand(self, value: int) -> Value:
        """The number."""
        return Decimal(value)

    def told(self, value: int, _world: World) -> list[str | Markup]:
        """The number as the language writes it."""
        return [speech().number(value)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Question):
    """A date, in three numbers: day, month, year."""

    kind: ClassVar[str] = "date"
    missing: ClassVar = _l("Write a date.")

    earliest: date | None = stated(Day())
    latest: date | None = stated(Day())

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Bounds in the wrong order."""
        if self.earliest and self.latest and self.earliest > self.latest:
            yield "earliest", str(self.earliest), f"at the latest {self.latest}"

    @property
    def names(self) -> tuple[str, ...]:
        """An input each for month, day and year, in this order in every language."""
        return tuple(f"{self.key}.{part}" for part in ("month", "day", "year"))

    def value(self, sent: Sent, _world: World) -> date | None:
        """The day."""
        parts = [first(sent, name) for name in self.names]
        if not any(parts):
            return None
        if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
            raise WrongError(_("Write month, day and year in digits."))
        month, day, year = map(int, parts)
        try:
            found = date(year, month, day)
        except ValueError:
            raise WrongError(_("There is no such day. Look at month, day and year.")) from None
        if self.earliest and found < self.earliest:
            raise WrongError(
                _("Write a day that is not before %(day)s.", day=speech().day(self.earliest))
            )
        if self.latest and found > self.latest:
            raise WrongError(
                _("Write a day that is not after %(day)s.", day=speech().day(self.latest))
            )
        return found

    def told(self, value: date, _world: World) -> list[str | Markup]:
        """The day in words."""
        return [speech().day(value)]

    def stored(self, value: date) -> dict[str, Any]:
        """The day, ISO 8601."""
        return {self.key: value.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipCode(Question):
    """A ZIP code, of which the first five digits are kept: nine can name a house."""

    kind: ClassVar[str] = "zip_code"
    missing: ClassVar = _l("Write a ZIP code.")

    def value(self, sent: Sent, _world: World) -> str | None:
        """The five digits."""
        words = first(sent, self.key)
        if not words:
            return None
        if not re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", words):
            raise WrongError(_("Write the five digits of a ZIP code."))
        return words[:5]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode(Question):
    """The code on a device's sign."""

    kind: ClassVar[str] = "device_code"
    missing: ClassVar = _l("Write the code on the sign.")

    def value(self, sent: Sent, world: World) -> str | None:
        """The code of a device of this registry, however it was typed."""
        words = first(sent, self.key)
        if not words:
            return None
        code = code_from(words, world.prefix)
        if not code:
            raise WrongError(
                _("This is not a code. Look again at the sign: it has seven characters.")
            )
        if code not in world.devices:
            raise WrongError(_("No device of this registry has this code."))
        return code

    def told(self, value: str, world: World) -> list[str | Markup]:
        """The code as a sign shows it."""
        return [spoken(value, world.prefix)]
