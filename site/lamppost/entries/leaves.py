"""Plain fields of the record in a form: how each is drawn, and read back from what was sent.

A leaf that was left as it was gives back the very value that it was made from, so that a form
that is sent back untouched changes no byte of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.form import BaseForm
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, DateInput, URLInput

from ..content import Content
from ..fields import (
    MOST_REVIEWER,
    Day,
    Duration,
    Field,
    Flag,
    How,
    Kept,
    Line,
    RoughDay,
    Url,
    Whole,
    reviewer,
)
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..pages.models import Corners
from ..questions.conditions import When
from ..registry.wording import kept
from . import labels, names
from .entry import ABSENT, MOST_MARKDOWN

Inputs = dict[str, tuple[Any, Any]]
"""Inputs of a form by name: each with what it shows."""

SHORT = 150
"""Of how many characters a text still fits a single line."""


@dataclass(frozen=True)
class Ground:
    """What the parts of one form stand on.

    ``whole`` says whether all may be changed or translations alone; ``language`` is that of an
    article; ``sent`` what was sent, which says how many rows a list has.
    """

    content: Content
    whole: bool = True
    language: str = ""
    sent: MultiDict[str, str] | None = None


@dataclass(frozen=True)
class Difference:
    """What differs in one field: its headings, and what it said before and says after, in words.

    ``language`` is that of the words.
    """

    trail: tuple[str, ...]
    before: str
    after: str
    language: str = ""


class Box:
    """A part of a form, for one value of the record. ``base`` is the value as it was.

    ``within`` says in which part it stands, where the form asks the same in another part too.
    """

    shape = "field"

    def __init__(
        self, ground: Ground, field: Any, path: tuple[str, ...], label: Any, base: Any,
        *, required: bool = False, within: str = "",
    ) -> None:  # fmt: skip
        self.ground, self.field, self.path, self.label = ground, field, path, label
        self.within = within
        self.base, self.required = base, required
        self.name = ".".join(path)
        self.hint = labels.hint(path, field) if path else ""
        self.children: list[Box] = []

    def inputs(self) -> Inputs:
        """The inputs, by name."""
        found: Inputs = {}
        for child in self.children:
            found |= child.inputs()
        return found

    def value(self, form: BaseForm) -> Any:
        """What the form says now; ``ABSENT`` of nothing."""
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """A value in words of the language that is spoken now."""
        raise NotImplementedError

    def expected(self) -> str:
        """What to enter, for somebody who has entered something else."""
        return _("Look at this answer again")

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """What the form changes, in words."""
        now = self.value(form)
        if now is not self.base and now != self.base:
            yield Difference(
                (str(self.label),), self.words(self.base), self.words(now), self.ground.language
            )

    def place(self, _steps: list[str], _form: BaseForm) -> tuple[str, Box]:
        """The input that holds what stands at a place in the value, and its box."""
        return next(iter(self.inputs()), ""), self

    def called(self, *words: Any) -> Markup:
        """Words for an input, and for who does not see where it stands, before them that."""
        before = [word for word in (self.within, *words[:-1]) if word]
        last = Markup.escape(words[-1])
        if not before:
            return last
        hidden = Markup('<span class="visually-hidden">{}: </span>')
        return hidden.format(": ".join(map(str, before))) + last

    @property
    def options(self) -> dict[str, Any]:
        """What every input of a leaf is made with."""
        return {
            "label": self.called(self.label),
            "validators": [InputRequired()] if self.required else [],
            "description": self.hint,
        }


class Count(HiddenField):
    """How many rows there are now, whatever was sent: that was counted already."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing of it."""


def sent_count(sent: MultiDict[str, str] | None, name: str, count: int) -> int:
    """How many rows of a list were sent, and one more where that was asked for; else ``count``."""
    if sent is None:
        return count
    typed = sent.get(f"{name}.rows", "")
    if typed.isascii() and typed.isdigit():
        count = int(typed[:6])
    return count + (sent.get("add") == name)


class LineBox(Box):
    """A single line of text."""

    def inputs(self) -> Inputs:
        """One input, or none where nothing but translations may be changed."""
        if not self.ground.whole:
            return {}
        return {self.name: (self._input(), self.shown())}

    def _input(self) -> Any:
        language = self.ground.language
        more: dict[str, Any] = {"lang": language} if language else {}
        if most := getattr(self.field, "most", 0):
            more["maxlength"] = max(most, len(self.shown()))
        return StringField(**self.options, render_kw=more)

    def shown(self) -> Any:
        """The value as the input holds it."""
        return "" if self.base is ABSENT or self.base is None else str(self.base)

    def value(self, form: BaseForm) -> Any:
        """The words that were typed."""
        if not self.ground.whole:
            return self.base
        sent = form[self.name].data or ""
        typed = sent.replace("\r\n", "\n").strip() if isinstance(sent, str) else sent
        shown = self.shown()
        if typed == (shown.strip() if isinstance(shown, str) else shown):
            return self.base
        return self.parsed(typed) if typed else ABSENT

    def parsed(self, typed: str) -> Any:
        """What was typed, as a file holds it; as it is where it cannot be that."""
        return typed

    def words(self, value: Any) -> str:
        """The value."""
        return "" if value is ABSENT or value is None else str(value)

    def expected(self) -> str:
        """The rule of the line."""
        most = speech().number(getattr(self.field, "most", 0) or 0)
        if example := getattr(self.field, "example", ""):
            return _(
                "Enter something like %(example)s, at most %(most)s characters",
                example=example, most=most,
            )  # fmt: skip
        return _("Enter one line of at most %(most)s characters", most=most)


class DayBox(LineBox):
    """A date."""

    def _input(self) -> Any:
        return StringField(**self.options, widget=DateInput())

    def parsed(self, typed: str) -> Any:
        """The date."""
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return typed

    def words(self, value: Any) -> str:
        """The date as it is said."""
        return speech().day(value) if isinstance(value, date) else super().words(value)

    def expected(self) -> str:
        """An example."""
        return _("Enter a day such as %(day)s", day="2026-11-22")


class RoughDayBox(DayBox):
    """A date as exact as it is known."""

    def _input(self) -> Any:
        return StringField(**self.options)

    def parsed(self, typed: str) -> Any:
        """The year as a number, as YAML would read it; a whole date as one."""
        return int(typed) if typed.isdecimal() and len(typed) < SHORT else super().parsed(typed)

    def expected(self) -> str:
        """The three ways to write it."""
        return _("Enter a year, a month or a day: 2025, 2025-12 or 2025-12-16")


class UrlBox(LineBox):
    """An address on the web."""

    def _input(self) -> Any:
        return StringField(**self.options, widget=URLInput())

    def expected(self) -> str:
        """How it begins."""
        return _("Enter an address that starts with https://")


class WholeBox(LineBox):
    """A whole number."""

    def _input(self) -> Any:
        return StringField(**self.options, render_kw={"inputmode": "numeric"})

    def parsed(self, typed: str) -> Any:
        """The number."""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < SHORT else typed

    def words(self, value: Any) -> str:
        """The number as it is written."""
        return speech().number(value) if isinstance(value, int) else super().words(value)

    def expected(self) -> str:
        """Its bounds."""
        least, most = (speech().number(n) for n in (self.field.least, self.field.most))
        return _("Enter a whole number from %(least)s to %(most)s", least=least, most=most)


class ConditionBox(LineBox):
    """When a question is asked."""

    def expected(self) -> str:
        """An example."""
        example = "${seen} = 'yes'"
        return _(
            "Write a condition on earlier questions, such as %(example)s, that some answers make "
            "true and others false",
            example=example,
        )


class MarkdownBox(LineBox):
    """The text of an article."""

    def shown(self) -> str:
        """The text without the empty lines around it."""
        return str(super().shown()).strip()

    def _input(self) -> Any:
        more = {"lang": self.ground.language, "rows": 20, "maxlength": MOST_MARKDOWN}
        return TextAreaField(**self.options, render_kw=more)

    def expected(self) -> str:
        """That there is one."""
        return _("Enter the text")


class FlagBox(LineBox):
    """Yes or no."""

    shape = "tick"

    def _input(self) -> Any:
        return BooleanField(**self.options)

    def shown(self) -> bool:
        """Whether the box is ticked."""
        return self.base is True

    def parsed(self, typed: Any) -> bool:
        """Ticked."""
        return bool(typed)

    def value(self, form: BaseForm) -> Any:
        """Yes, no, or nothing where nothing was said before."""
        if not self.ground.whole or bool(form[self.name].data) == self.shown():
            return self.base
        return bool(form[self.name].data)

    def words(self, value: Any) -> str:
        """Yes or no."""
        return "" if value is ABSENT else _("Yes") if value is True else _("No")


class ChoiceBox(LineBox):
    """One of a few values."""

    def choices(self) -> Mapping[str, Any]:
        """The values and their words."""
        return labels.choices(self.field.of)

    def _input(self) -> Any:
        found = self.choices()
        shown = self.shown()
        options = [] if self.required and shown else [SelectChoice(value="", label="–")]
        options += [SelectChoice(value=value, label=str(words)) for value, words in found.items()]
        if shown and shown not in found:
            options.append(SelectChoice(value=shown, label=shown))
        return SelectField(**self.options, choices=options, validate_choice=False)

    def words(self, value: Any) -> str:
        """The words of the value."""
        said = super().words(value)
        return str(self.choices().get(said, said))

    def expected(self) -> str:
        """To choose."""
        return _("Choose one of the list")


class KeyBox(ChoiceBox):
    """Something else of the record, by its name."""

    def choices(self) -> Mapping[str, Any]:
        """The things of that kind."""
        return names.of_kind(self.ground.content, self.field.kind)


class HowBox(ChoiceBox):
    """How a text was made, and who has reviewed it."""

    shape = "how"

    def choices(self) -> Mapping[str, Any]:
        """The ways."""
        return labels.MADE

    def inputs(self) -> Inputs:
        """The way, and the office that reviewed."""
        if not self.ground.whole:
            return {}
        who = reviewer_input(self.called(self.label, labels.REVIEWER))
        return {**super().inputs(), f"{self.name}.who": (who, reviewer(self.base))}

    def shown(self) -> str:
        """The way, without whoever reviewed it."""
        return "reviewed" if isinstance(self.base, dict) else super().shown()

    def value(self, form: BaseForm) -> Any:
        """The way as a file holds it."""
        if not self.ground.whole:
            return self.base
        chosen, who = form[self.name].data or "", form[f"{self.name}.who"].data
        return how_made(self.base, chosen, who)

    def words(self, value: Any) -> str:
        """The way in words."""
        return labels.made_words("" if value is ABSENT else value)


def reviewer_input(label: Any) -> Any:
    """The input for the office or role that has reviewed a text; offices are offered."""
    more = {"maxlength": MOST_REVIEWER, "list": labels.OFFICES}
    return StringField(label, description=labels.REVIEWER_HINT, render_kw=more)


def how_made(base: Any, chosen: str, who: Any) -> Any:
    """How a text was made, as a file holds it; as it was where nothing else was chosen."""
    typed = " ".join((who or "").split())
    was = "reviewed" if isinstance(base, dict) else "" if base is ABSENT else str(base)
    if chosen == was and typed == reviewer(base):
        return base
    if chosen == "reviewed" and typed:
        return {"reviewed": typed}
    return chosen or ABSENT


UNITS = ("Y", "M", "W", "D", "TH", "TM")
"""The units of a duration in its order; those of a clock stand behind a T."""

WRITTEN = "iso"


class KeptBox(Box):
    """How long something is kept: for a time, which is a number and a unit, or otherwise."""

    shape = "kept"
    PARTS = ("how", "number", "unit")

    def inputs(self) -> Inputs:
        """What kind of answer, and the number and the unit of a time."""
        if not self.ground.whole:
            return {}
        blank = [SelectChoice(value="", label="–")]
        how = [SelectChoice(value=v, label=str(w)) for v, w in labels.KEPT.items()]
        unit = [SelectChoice(value=v, label=str(w)) for v, w in labels.UNITS.items()]
        made = (
            SelectField(self.called(self.label), choices=blank + how, validate_choice=False),
            StringField(self.called(labels.NUMBER), render_kw={"inputmode": "numeric"}),
            SelectField(self.called(labels.UNIT), choices=blank + unit, validate_choice=False),
        )
        shown = self._shown()
        return {
            f"{self.name}.{part}": (made[n], shown[n]) for n, part in enumerate(self.PARTS)
        }  # fmt: skip

    def _shown(self) -> tuple[str, str, str]:
        if self.base is ABSENT or self.base is None:
            return "", "", ""
        words = str(self.base)
        duration = Duration.parse(words)
        if duration is None:
            return words, "", ""
        given = [(n, unit) for n, unit in zip(duration, UNITS, strict=True) if n]
        if len(given) > 1:
            return "time", words, WRITTEN
        return "time", str(given[0][0]), given[0][1]

    def value(self, form: BaseForm) -> Any:
        """The answer as a file holds it."""
        if not self.ground.whole:
            return self.base
        sent = [(form[f"{self.name}.{part}"].data or "").strip() for part in self.PARTS]
        shown = self._shown()
        how, number, unit = sent
        if tuple(sent) == shown or (how == shown[0] and how != "time"):
            return self.base
        if how != "time":
            return how or ABSENT
        if unit == WRITTEN:
            return number
        return f"P{unit[:-1]}{number}{unit[-1:]}"

    def words(self, value: Any) -> str:
        """The time as the pages say it."""
        if value is ABSENT or value is None:
            return ""
        return kept(Duration.parse(str(value)) or str(value))

    def expected(self) -> str:
        """A number and a unit."""
        return _("Enter a number and choose its unit, or choose another answer")

    def place(self, _steps: list[str], _form: BaseForm) -> tuple[str, Box]:
        """The number, which is what can be wrong with it."""
        return (f"{self.name}.number" if self.inputs() else ""), self


class KeysBox(Box):
    """Any of the words of one kind, each with a box to tick."""

    shape = "choices"

    def inputs(self) -> Inputs:
        """The boxes."""
        if not self.ground.whole:
            return {}
        found = names.of_kind(self.ground.content, self.field.of.kind)
        found = {**{id_: id_ for id_ in self._held() if id_ not in found}, **found}
        options = [SelectChoice(value=id_, label=str(words)) for id_, words in found.items()]
        made = SelectMultipleField(
            **self.options, choices=options, validate_choice=False, option_widget=CheckboxInput()
        )
        return {self.name: (made, self._held())}

    def _held(self) -> list[str]:
        return [str(id_) for id_ in self.base] if isinstance(self.base, list) else []

    def value(self, form: BaseForm) -> Any:
        """The ids: those that stay in their order, then those that came."""
        if not self.ground.whole:
            return self.base
        ticked, held = form[self.name].data or [], self._held()
        if set(ticked) == set(held):
            return self.base
        stay = [id_ for id_ in held if id_ in ticked]
        return [*stay, *(id_ for id_ in dict.fromkeys(ticked) if id_ not in held)] or ABSENT

    def words(self, value: Any) -> str:
        """The words, as a list."""
        found = names.of_kind(self.ground.content, self.field.of.kind)
        ids = value if isinstance(value, list) else []
        return speech().listed(str(found.get(id_, id_)) for id_ in ids)

    def expected(self) -> str:
        """To choose."""
        return _("Choose at least one")


class CornersBox(Box):
    """The rectangle that holds the city."""

    shape = "corners"

    def inputs(self) -> Inputs:
        """Its four sides."""
        if not self.ground.whole:
            return {}
        return {
            f"{self.name}.{side}": (
                StringField(
                    self.called(self.label, words), [InputRequired()],
                    render_kw={"inputmode": "decimal"},
                ),
                shown,
            )
            for (side, words), shown in zip(labels.SIDES.items(), self._shown(), strict=True)
        }  # fmt: skip

    def _shown(self) -> list[str]:
        held = self.base if isinstance(self.base, list) else []
        return [str(side) for side in [*held, *[""] * len(labels.SIDES)][: len(labels.SIDES)]]

    def value(self, form: BaseForm) -> Any:
        """The four numbers; what is none stays as it was typed."""
        if not self.ground.whole:
            return self.base
        typed = [(form[f"{self.name}.{side}"].data or "").strip() for side in labels.SIDES]
        if typed == self._shown():
            return self.base
        return [float(one) if _DEGREES.fullmatch(one) else one for one in typed]

    def words(self, value: Any) -> str:
        """The four numbers."""
        return ", ".join(map(str, value)) if isinstance(value, list) else ""

    def expected(self) -> str:
        """What they are."""
        return _("Enter four numbers of degrees, such as 33.6; the north is more than the south")


_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,6})?")

LEAVES: dict[type[Field], type[Box]] = {
    Line: LineBox, Day: DayBox, RoughDay: RoughDayBox, Url: UrlBox, Whole: WholeBox,
    Flag: FlagBox, Kept: KeptBox, How: HowBox, When: ConditionBox, Corners: CornersBox,
}  # fmt: skip
"""The box for each plain field; those of choices stand with the composed ones."""


def language_name(code: str) -> str:
    """What a language calls itself."""
    return languages()[code].name
