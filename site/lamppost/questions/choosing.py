"""Questions answered by choosing: one, several, a point of a scale, an order, one for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar, NamedTuple

from markupsafe import Markup

from ..fields import Items, Line, Part, Whole, Words, stated
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import ngettext, speech
from ..phrases import one_of, phrase
from ..text import Text
from .conditions import Value
from .models import KEY, Option, Question, Sent, World, WrongError, first
from .written import short

OTHER = "other"
"""The key of the choice that asks for words of one's own."""

NONE = "none"
"""The key of the choice for none of a list of the record's."""

NO_OPINION = "no_opinion"
FEWEST = 2
"""Of one thing there is nothing to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A choice of a question; the row of a matrix too."""

    key: str = stated(Line(most=40, pattern=KEY, example="rarely"), required=True, default="")
    text: Text = stated(Words(most=160), required=True)


class Chosen(NamedTuple):
    """The keys that were chosen, and the words of one's own."""

    keys: tuple[str, ...]
    other: str = ""


def _offers(*, required: bool = True) -> Any:
    return stated(Items(of=Part(of=Offer), ordered=True), required=required, default=())


def _check_offers(name: str, offers: tuple[Offer, ...]) -> Iterator[tuple[str, str, str]]:
    if len(offers) < FEWEST:
        yield name, f"the {len(offers)} entries", f"at least {FEWEST}"
    for key, times in Counter(offer.key for offer in offers).items():
        if times > 1:
            yield name, f"the key {key!r} {times} times", "each key once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Question):
    """What questions with a list of choices share."""

    chooses: ClassVar[bool] = True

    choices: tuple[Offer, ...] = _offers()
    other: Text | None = stated(Words(most=160, help="The choice that asks for one's own words"))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that can be chosen, in their order."""
        own = (OTHER,) if self.other else ()
        return (*(choice.key for choice in self.choices), *own)

    @property
    def names(self) -> tuple[str, ...]:
        """The choice, and the words that go with the one that asks for them."""
        return (self.key, f"{self.key}.{OTHER}") if self.other else (self.key,)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Choices that are too few, or the same twice."""
        yield from _check_offers("choices", self.choices)
        if self.other and OTHER in {choice.key for choice in self.choices}:
            found = phrase("the key %(key)r", key=OTHER)
            yield "choices", found, phrase("another key: it is that of one’s own words")

    def options(self, _world: World) -> list[Option]:
        """The choices."""
        said = [Option(choice.key, speech().say(choice.text)) for choice in self.choices]
        return [*said, Option(OTHER, speech().say(self.other))] if self.other else said

    def value(self, sent: Sent, world: World) -> Chosen | None:
        """What was chosen, in the order in which it was offered."""
        found = sent.get(self.key, ())
        keys = tuple(option.key for option in self.options(world) if option.key in found)
        if not keys:
            return None
        words = first(sent, f"{self.key}.{OTHER}") if self.other else ""
        if OTHER in keys and self.other and not words:
            raise WrongError(_("Say in your own words what you mean by your choice."))
        return Chosen(keys, short(words, 200) if OTHER in keys else "")

    def told(self, value: Chosen, world: World) -> list[str | Markup]:
        """The choices in words; one's own words after the choice that asks for them."""
        words = dict(self.options(world))
        lines = [words[key] for key in value.keys if key in words]
        return [*lines, f"“{value.other}”"] if value.other else lines

    def stored(self, value: Chosen) -> dict[str, Any]:
        """The keys; one's own words apart, since they are published in another way."""
        own = {f"{self.key}.{OTHER}": value.other} if value.other else {}
        return {self.key: list(value.keys), **own}


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Choosing):
    """One of a few."""

    kind: ClassVar[str] = "single"
    missing: ClassVar = _l("Choose one answer.")

    def value(self, sent: Sent, world: World) -> Chosen | None:
        """The one that was chosen."""
        found = Choosing.value(self, sent, world)
        if found and len(found.keys) > 1:
            raise WrongError(_("Choose one answer."))
        return found

    def operand(self, value: Chosen) -> Value:
        """The key."""
        return value.keys[0]

    def known_operands(self) -> tuple[Value, ...]:
        """Each key."""
        return self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Choosing):
    """Any of a few; an exclusive one alone."""

    kind: ClassVar[str] = "multiple"
    missing: ClassVar = _l("Choose at least one answer.")

    exclusive: tuple[str, ...] = stated(
        Items(of=Line(most=40, pattern=KEY, example="none")), default=()
    )
    min: int = stated(Whole(most=60), default=0)
    max: int = stated(Whole(least=1, most=60), default=60)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """As of every list of choices; and bounds that cannot be kept."""
        yield from Choosing.mistakes(self)
        for key in self.exclusive:
            if key not in self.keys:
                yield "exclusive", key, one_of(self.keys)
        most = min(self.max, len(self.keys))
        if self.min > most:
            told = phrase("at most %(most)s, as many as can be chosen", most=most)
            yield "min", str(self.min), told

    def value(self, sent: Sent, world: World) -> Chosen | None:
        """Those that were chosen."""
        found = Choosing.value(self, sent, world)
        if found is None:
            return None
        alone, count = set(found.keys) & set(self.exclusive), len(found.keys)
        if alone and count > 1:
            words = dict(self.options(world))
            one = next(key for key in found.keys if key in alone)
            raise WrongError(
                _("“%(choice)s” cannot go with other answers. Take one or the other away.",
                  choice=words[one])
            )  # fmt: skip
        if count > self.max:
            raise WrongError(
                ngettext(
                    "Choose at most %(num)s answer.", "Choose at most %(num)s answers.", self.max
                )
            )
        if not alone and count < self.min:
            raise WrongError(
                ngettext(
                    "Choose at least %(num)s answer.", "Choose at least %(num)s answers.", self.min
                )
            )
        return found

    def operand(self, value: Chosen) -> Value:
        """The keys."""
        return value.keys

    def known_operands(self) -> tuple[Value, ...]:
        """Each key, each two, and some of every greater number: what conditions tell apart."""
        free = [key for key in self.keys if key not in self.exclusive]
        pairs = combinations(free, 2) if self.max > 1 else ()
        more = (tuple(free[:n]) for n in range(3, min(self.max, len(free)) + 1))
        return (*((key,) for key in self.keys), *pairs, *more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Question):
    """A point of a scale, each with its words; ``no_opinion`` is beside it."""

    kind: ClassVar[str] = "scale"
    missing: ClassVar = _l("Choose one answer.")
    chooses: ClassVar[bool] = True

    points: tuple[Text, ...] = stated(
        Items(of=Words(most=80), most=11, ordered=True), required=True, default=()
    )
    no_opinion: Text | None = stated(Words(most=80))

    @property
    def keys(self) -> tuple[str, ...]:
        """The points, counted from 1, and the way out."""
        points = (str(n) for n, _ in enumerate(self.points, 1))
        return (*points, NO_OPINION) if self.no_opinion else tuple(points)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """A scale of one point."""
        if len(self.points) < FEWEST:
            found = phrase("the %(count)s points", count=len(self.points))
            yield "points", found, phrase("at least %(least)s", least=FEWEST)

    def options(self, _world: World) -> list[Option]:
        """The points in their order."""
        words = (*self.points, *([self.no_opinion] if self.no_opinion else []))
        return [Option(key, speech().say(text)) for key, text in zip(self.keys, words, strict=True)]

    def value(self, sent: Sent, _world: World) -> str | None:
        """The point."""
        found = first(sent, self.key)
        return found if found in self.keys else None

    def known_operands(self) -> tuple[Value, ...]:
        """Each point."""
        return self.keys

    def told(self, value: str, world: World) -> list[str | Markup]:
        """The point's words."""
        return [dict(self.options(world))[value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Question):
    """An order of a few things: a number for each, by keyboard and without script."""

    kind: ClassVar[str] = "ranking"
    missing: ClassVar = _l("Give each a place.")

    choices: tuple[Offer, ...] = _offers()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of what is to be ordered."""
        return tuple(choice.key for choice in self.choices)

    @property
    def names(self) -> tuple[str, ...]:
        """An input for each thing."""
        return tuple(f"{self.key}.{key}" for key in self.keys)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Things that are too few, or the same twice."""
        yield from _check_offers("choices", self.choices)

    def options(self, _world: World) -> list[Option]:
        """What is to be ordered."""
        return [Option(choice.key, speech().say(choice.text)) for choice in self.choices]

    def value(self, sent: Sent, world: World) -> tuple[str, ...] | None:
        """The keys, the first place first. Each needs a place of its own, or none has one."""
        places = {key: first(sent, f"{self.key}.{key}") for key in self.keys}
        given = {key: place for key, place in places.items() if place}
        if not given:
            return None
        words = dict(self.options(world))
        allowed = [str(n + 1) for n in range(len(self.keys))]
        for key in self.keys:
            if places[key] not in allowed:
                raise WrongError(_("Give “%(choice)s” a place.", choice=words[key]))
        for place, times in Counter(given.values()).items():
            if times > 1:
                raise WrongError(
                    _("Place %(place)s is there more than once. Give each a place of its own.",
                      place=speech().number(int(place)))
                )  # fmt: skip
        return tuple(sorted(given, key=lambda key: int(given[key])))

    def told(self, value: tuple[str, ...], world: World) -> list[str | Markup]:
        """The things in their order, with their places."""
        words = dict(self.options(world))
        return [
            Markup("{}. {}").format(speech().number(n), words[key])
            for n, key in enumerate(value, 1)
        ]

    def stored(self, value: tuple[str, ...]) -> dict[str, Any]:
        """The keys in their order."""
        return {self.key: list(value)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Question):
    """The same choices for several rows. Each row is asked as a question of its own."""

    kind: ClassVar[str] = "matrix"
    missing: ClassVar = _l("Choose an answer in each row.")

    rows: tuple[Offer, ...] = _offers()
    choices: tuple[Offer, ...] = _offers()

    @property
    def names(self) -> tuple[str, ...]:
        """An input for each row."""
        return tuple(f"{self.key}.{row.key}" for row in self.rows)

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Rows and choices that are too few, or the same twice."""
        yield from _check_offers("rows", self.rows)
        yield from _check_offers("choices", self.choices)

    def options(self, _world: World) -> list[Option]:
        """The choices that each row has."""
        return [Option(choice.key, speech().say(choice.text)) for choice in self.choices]

    def value(self, sent: Sent, _world: World) -> dict[str, str] | None:
        """The choice of each row that has one; where an answer is required, every row needs it."""
        keys = {choice.key for choice in self.choices}
        found = {row.key: first(sent, f"{self.key}.{row.key}") for row in self.rows}
        found = {row: key for row, key in found.items() if key in keys}
        if found and self.required and len(found) < len(self.rows):
            row = next(row for row in self.rows if row.key not in found)
            raise WrongError(_("Choose an answer for “%(row)s”.", row=speech().say(row.text)))
        return found or None

    def operand(self, value: dict[str, str]) -> Value:
        """The rows that have an answer."""
        return tuple(value)

    def told(self, value: dict[str, str], world: World) -> list[str | Markup]:
        """Each row with its choice."""
        words = dict(self.options(world))
        return [
            Markup("{}: {}").format(speech().say(row.text), words[value[row.key]])
            for row in self.rows
            if row.key in value
        ]

    def stored(self, value: dict[str, str]) -> dict[str, Any]:
        """A part for each row."""
        return {f"{self.key}.{row}": key for row, key in value.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Question):
    """A box to tick for what somebody agrees to."""

    kind: ClassVar[str] = "consent"
    missing: ClassVar = _l("Tick the box to go on.")
    chooses: ClassVar[bool] = True

    keys: ClassVar[tuple[str, ...]] = ("yes",)

    def value(self, sent: Sent, _world: World) -> str | None:
        """``yes``, or none."""
        return "yes" if first(sent, self.key) == "yes" else None

    def known_operands(self) -> tuple[Value, ...]:
        """``yes``."""
        return self.keys

    def told(self, _value: str, _world: World) -> list[str | Markup]:
        """That it was agreed to."""
        return [_("Yes")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Question):
    """What questions share that are answered from a list of the record."""

    missing: ClassVar = _l("Choose one of the list.")
    none: Text | None = stated(Words(most=80, help="The choice for none of them"))

    def options(self, world: World) -> list[Option]:
        """The list."""
        said = [Option(id_, speech().plain(text)) for id_, text in self.listed(world).items()]
        return [*said, Option(NONE, speech().plain(self.none))] if self.none else said

    def listed(self, world: World) -> Mapping[str, Text]:
        """The texts by their ids."""
        raise NotImplementedError

    def value(self, sent: Sent, world: World) -> str | None:
        """The id that was chosen."""
        found = first(sent, self.key)
        is_there = found in self.listed(world) or (found == NONE and self.none)
        return found if is_there else None

    def told(self, value: str, world: World) -> list[str | Markup]:
        """Its name."""
        found = self.listed(world).get(value, self.none)
        return [speech().plain(found)] if found else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Listed):
    """One of the city's places."""

    kind: ClassVar[str] = "place"

    def listed(self, world: World) -> Mapping[str, Text]:
        """The places."""
        return world.places


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnologyChoice(Listed):
    """One of the technologies of the registry."""

    kind: ClassVar[str] = "technology"

    def listed(self, world: World) -> Mapping[str, Text]:
        """The technologies."""
        return world.technologies
