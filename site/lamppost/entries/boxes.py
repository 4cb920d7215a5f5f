"""Composed fields of the record in a form: texts in each language, groups, and lists of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from ..fields import Choice, Field, Items, Key, Line, Part, Words, declared
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..pages.models import CRITERIA, Forms, Ratings
from ..registry.models import Group, GroupOf
from ..text import SOURCE_LANGUAGE
from . import labels, names
from .entry import ABSENT, Fields, Markdown
from .leaves import (
    LEAVES,
    SHORT,
    Box,
    ChoiceBox,
    Difference,
    Ground,
    Inputs,
    KeyBox,
    KeysBox,
    MarkdownBox,
    language_name,
)

FEW = 3
"""Of how many words the order counts, so that each is chosen by itself."""


class WordsBox(Box):
    """A text in each language, and how each translation was made.

    Where the English changes and a translation does not, the translation is marked as older, unless
    it is said that it still says the same.
    """

    shape = "words"

    def inputs(self) -> Inputs:
        """The text in each language that may be changed, then what is said of the translations."""
        made: Inputs = {}
        for code in self.editable():
            made[f"{self.name}.{code}"] = (self._text(code), self._shown(code))
        return made | self.marks()

    def editable(self) -> list[str]:
        """The languages whose text may be changed; no translation of what is not there."""
        if not self.ground.whole and not self._held():
            return []
        return [code for code in languages() if self.ground.whole or code != SOURCE_LANGUAGE]

    def is_folded(self, form: BaseForm) -> bool:
        """Whether it may be left out, and nobody has written it: a short form is clearer."""
        inputs = [form[f"{self.name}.{code}"] for code in self.editable()]
        told = any(field.data or field.errors for field in inputs)
        return bool(inputs) and not (self.required or told)

    def english(self) -> str:
        """The English text, for whoever may change translations alone."""
        return "" if self.ground.whole else self._shown(SOURCE_LANGUAGE)

    def marks(self) -> Inputs:
        """What is said of the translations: how each was made, and whether it follows."""
        translations = [code for code in self._translations() if code in self._held()]
        made: Inputs = {}
        if self.ground.whole and translations and self._shown(SOURCE_LANGUAGE):
            label = self.called(self.label, labels.SAME)
            made[f"{self.name}.same"] = (BooleanField(label), False)
        for code in translations:
            name = language_name(code)
            if code in self._part("stale"):
                words = _("%(language)s: it follows the English again", language=name)
                label = self.called(self.label, words)
                made[f"{self.name}.settled.{code}"] = (BooleanField(label), False)
            words = _("%(language)s: how it was made", language=name)
            by = self._part("by").get(code, "")
            options = {"": labels.AS_THE_FILE, **labels.MADE}
            if isinstance(by, dict):
                options["="] = labels.reviewed_by(by.get("reviewed", ""))
            choices = [SelectChoice(value=v, label=str(w)) for v, w in options.items()]
            label = self.called(self.label, words)
            select = SelectField(label, choices=choices, validate_choice=False)
            made[f"{self.name}.by.{code}"] = (select, "=" if isinstance(by, dict) else str(by))
        return made

    def _translations(self) -> list[str]:
        return [code for code in languages() if code != SOURCE_LANGUAGE]

    def _held(self) -> dict[str, Any]:
        return self.base if isinstance(self.base, dict) else {}

    def _part(self, name: str) -> dict[str, Any]:
        part = self._held().get(name)
        return part if isinstance(part, dict) else {}

    def _shown(self, code: str) -> str:
        words = self._held().get(code)
        return "" if words is None else str(words)

    def _text(self, code: str) -> Any:
        most = getattr(self.field, "most", 0)
        kind = StringField if 0 < most <= SHORT and "\n" not in self._shown(code) else TextAreaField
        needed = self.required and code == SOURCE_LANGUAGE
        more = {"lang": code, "dir": languages()[code].direction}
        if kind is TextAreaField:
            more["rows"] = str(min(8, 2 + len(self._shown(code)) // 60))
        return kind(
            language_name(code), [InputRequired()] if needed else [], render_kw=more,
        )  # fmt: skip

    def value(self, form: BaseForm) -> Any:
        """The text, its marks brought up to date."""
        texts = {code: self._typed(form, code) for code in self.editable()}
        changed = [code for code, words in texts.items() if words != self._shown(code).strip()]
        new = {**self._held()}
        for code in changed:
            if texts[code]:
                new[code] = self.parsed(texts[code])
            else:
                new.pop(code, None)
        new = _in_order(new, [*languages(), "by", "stale"])
        if not any(code in new for code in languages()):
            return ABSENT if changed else self.base
        self._mark(form, new, changed)
        return self.base if new == self.base else new

    def _typed(self, form: BaseForm, code: str) -> str:
        return (form[f"{self.name}.{code}"].data or "").replace("\r\n", "\n").strip()

    def parsed(self, words: str) -> Any:
        """The words of one language, as a file holds them."""
        return words

    def _mark(self, form: BaseForm, new: dict[str, Any], changed: list[str]) -> None:
        marks = {name: form[name].data for name in self.marks()}
        by, stale = dict(self._part("by")), dict(self._part("stale"))
        behind = SOURCE_LANGUAGE in changed and self._shown(SOURCE_LANGUAGE)
        for code in self._translations():
            chosen = marks.get(f"{self.name}.by.{code}", "=")
            is_gone = code in changed and code not in new
            if is_gone or not chosen:
                by.pop(code, None)
            elif chosen in labels.MADE:
                by[code] = chosen
            if code in changed or marks.get(f"{self.name}.settled.{code}"):
                stale.pop(code, None)
            elif code in new and behind and not marks.get(f"{self.name}.same"):
                stale.setdefault(code, self.ground.content.as_of)
        for name, part in (("by", by), ("stale", stale)):
            if part:
                new[name] = part
            elif name in new and self._part(name):
                del new[name]

    def words(self, value: Any) -> str:
        """The text for a reader of this language."""
        held = value if isinstance(value, dict) else {}
        return str(held.get(speech().code) or held.get(SOURCE_LANGUAGE) or "")

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """Each language that differs, then what is said of the translations."""
        now = self.value(form)
        old, new = (value if isinstance(value, dict) else {} for value in (self.base, now))
        if old == new:
            return
        for code, language in languages().items():
            if old.get(code) != new.get(code):
                trail = (str(self.label), language.name)
                yield Difference(trail, self.said(old.get(code)), self.said(new.get(code)), code)
        for part, title in (("by", labels.HOW_MADE), ("stale", labels.STALE)):
            before, after = old.get(part) or {}, new.get(part) or {}
            for code in self._translations():
                if before.get(code) != after.get(code):
                    where = (str(self.label), language_name(code), str(title))
                    said = (labels.made_words(value.get(code)) for value in (before, after))
                    yield Difference(where, *said)

    def said(self, words: Any) -> str:
        """The words of one language."""
        return "" if words is None else str(words)

    def expected(self) -> str:
        """How long it may be."""
        most = getattr(self.field, "most", 0)
        return _(
            "Enter a text of at most %(most)s characters; a translation may have half as many more",
            most=speech().number(most),
        )

    def place(self, steps: list[str]) -> tuple[str, Box]:
        """The text of the language that is named, else the first."""
        inputs = self.inputs()
        named = f"{self.name}.{steps[0]}" if steps else ""
        return named if named in inputs else next(iter(inputs), ""), self


class FormsBox(WordsBox):
    """Other forms of a word in each language, with ``;`` between them."""

    def marks(self) -> Inputs:
        """None: the forms follow their file's rule."""
        return {}

    def _shown(self, code: str) -> str:
        words = self._held().get(code)
        return "; ".join(map(str, words)) if isinstance(words, list) else super()._shown(code)

    def _mark(self, form: BaseForm, new: dict[str, Any], changed: list[str]) -> None:
        """Nothing is said of them."""

    def parsed(self, words: str) -> list[str]:
        """The forms as a list."""
        return [form for form in map(str.strip, words.split(";")) if form]

    def said(self, words: Any) -> str:
        """The forms in a row."""
        return "; ".join(map(str, words)) if isinstance(words, list) else super().said(words)

    def words(self, value: Any) -> str:
        """The forms for a reader of this language."""
        held = value if isinstance(value, dict) else {}
        return self.said(held.get(speech().code) or held.get(SOURCE_LANGUAGE))

    def expected(self) -> str:
        """What stands between them."""
        return _("Enter words with ; between them")


class FieldsBox(Box):
    """A value of several named fields, each in its own box."""

    shape = "fields"

    def __init__(self, *given: Any, fields: Fields, **more: Any) -> None:
        super().__init__(*given, **more)
        held = self.base if isinstance(self.base, dict) else {}
        self.fields = fields
        self.children = [
            box_for(
                self.ground, field, (*self.path, name), held.get(name, ABSENT),
                label=self.title(name), required=needed, within=self.within or self._apart(name),
            ) for name, (field, needed) in fields.items()
        ]  # fmt: skip

    def _apart(self, name: str) -> str:
        """Of a form of several groups the group, in which the same is asked as in others."""
        field, _needed = self.fields[name]
        is_group = isinstance(field, (GroupOf, Part)) and len(self.fields) > 1 and not self.path
        return str(self.title(name)) if is_group else ""

    def title(self, name: str) -> Any:
        """The words for one of the fields."""
        return labels.field((*self.path, name))

    def value(self, form: BaseForm) -> Any:
        """The fields that say something; others of the file stay as they are."""
        held = self.base if isinstance(self.base, dict) else {}
        new = {**held}
        for name, child in zip(self.fields, self.children, strict=True):
            part = child.value(form)
            if part is ABSENT:
                new.pop(name, None)
            else:
                new[name] = part
        new = _in_order(new, list(self.fields))
        if new == held:
            return self.base
        return new or ABSENT

    def words(self, value: Any) -> str:
        """The fields that say something, in a row."""
        held = value if isinstance(value, dict) else {}
        told = zip(self.children, self.fields, strict=True)
        said = [(child.label, child.words(held.get(name, ABSENT))) for child, name in told]
        return "; ".join(
            _("%(what)s: %(words)s", what=label, words=words) for label, words in said if words
        )

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """Those of the fields, below this heading."""
        for child in self.children:
            for found in child.differences(form):
                yield replace(found, trail=(str(self.label), *found.trail))

    def place(self, steps: list[str]) -> tuple[str, Box]:
        """The place in the field that is named."""
        for name, child in zip(self.fields, self.children, strict=True):
            if steps[:1] == [name]:
                found = child.place(steps[1:])
                return found if found[0] else (next(iter(self.inputs()), ""), self)
        return super().place(steps)


class _Count(HiddenField):
    """How many rows there are now, whatever was sent: that was counted already."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing of it."""


class RowsBox(Box):
    """A list: a row for each value of it, and rows to be filled in."""

    shape = "rows"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.held = self.base if isinstance(self.base, list) else []
        self.is_short = isinstance(self.field.of, Key)
        self.count = self._count()
        self.children = [self._row(n) for n in range(self.count)]

    def _count(self) -> int:
        """As many rows as were sent, one more where that was asked for; at first the values.

        An empty row stands below short ones, and where there is none.
        """
        if not self.ground.whole:
            return len(self.held)
        count = len(self.held) + (self.is_short or not self.held)
        sent = self.ground.sent
        if sent is not None:
            typed = sent.get(f"{self.name}.rows", "")
            if typed.isascii() and typed.isdigit():
                count = int(typed[:6])
            count += sent.get("add") == self.name
        return min(count, int(self.field.most) + 1)

    def _row(self, n: int) -> Box:
        base = self.held[n] if n < len(self.held) else ABSENT
        path = (*self.path, str(n))
        label = _("%(what)s, %(number)s", what=self.label, number=speech().number(n + 1))
        within = label if self.count > 1 and not self.is_short else self.within
        return box_for(self.ground, self.field.of, path, base, label=label, within=within)

    def inputs(self) -> Inputs:
        """The rows' own, with a box to tick for each that can be taken out, and their number."""
        made: Inputs = {}
        for child in self.children:
            made |= child.inputs()
            if self.can_go(child):
                made[f"{child.name}.gone"] = (BooleanField(labels.TAKE_OUT), False)
        if self.ground.whole:
            made[f"{self.name}.rows"] = (_Count(), str(self.count))
        return made

    def can_go(self, child: Box) -> bool:
        """Whether a row has a box to take it out; a short one is simply emptied."""
        return self.ground.whole and not self.is_short and child.base is not ABSENT

    def kept(self, form: BaseForm) -> list[tuple[Box, Any]]:
        """The rows that say something, and what."""
        found = []
        for child in self.children:
            gone = self.can_go(child) and form[f"{child.name}.gone"].data
            part = ABSENT if gone else child.value(form)
            if part is not ABSENT:
                found.append((child, part))
        return found

    def value(self, form: BaseForm) -> Any:
        """The list."""
        if not self.ground.whole and not self.children:
            return self.base
        parts = [part for _child, part in self.kept(form)]
        if parts == self.held:
            return self.base
        return parts or ABSENT

    def words(self, value: Any) -> str:
        """The values in a row."""
        rows = value if isinstance(value, list) else []
        box = box_for(self.ground, self.field.of, (*self.path, "0"), ABSENT, label="")
        return " · ".join(box.words(row) for row in rows)

    def differences(self, form: BaseForm) -> Iterator[Difference]:
        """Each row that went, came or differs."""
        kept = {child.name: part for child, part in self.kept(form)}
        for child in self.children:
            trail = (str(self.label), str(child.label)) if self.is_short else (str(child.label),)
            if child.name not in kept:
                if child.base is not ABSENT:
                    yield Difference(trail, child.words(child.base), "")
            elif child.base is ABSENT:
                yield Difference(trail, "", child.words(kept[child.name]))
            else:
                yield from child.differences(form)

    def place(self, steps: list[str]) -> tuple[str, Box]:
        """The place in the row that is named by its number in the form."""
        for child in self.children:
            if steps[:1] == [child.path[-1]]:
                return child.place(steps[1:])
        return next(iter(self.inputs()), ""), self

    def expected(self) -> str:
        """That something must be there, or not too much."""
        most = speech().number(self.field.most)
        return _("Give at least one, at most %(most)s, and none twice", most=most)


class RatingsBox(FieldsBox):
    """A rating for each criterion of the plan."""

    def __init__(self, *given: Any, **more: Any) -> None:
        fields: Fields = dict.fromkeys(CRITERIA, (Line(most=40), False))
        super().__init__(*given, fields=fields, **more)

    def title(self, name: str) -> Any:
        """The criterion."""
        return names.criteria(self.ground.content).get(name, name)


def box_for(
    ground: Ground, field: Field, path: tuple[str, ...], base: Any, *, label: Any = None,
    **more: Any,
) -> Box:  # fmt: skip
    """The box for a field; ``base`` is the value as the file holds it."""
    given = (ground, field, path, labels.field(path) if label is None else label, base)
    if isinstance(field, Part):
        return FieldsBox(*given, fields=declared(field.of), **more)
    if isinstance(field, GroupOf):
        return FieldsBox(*given, fields=_group(field), **more)
    if isinstance(field, Items):
        return (KeysBox if _is_ticked(field) else RowsBox)(*given, **more)
    return _PLAIN[type(field)](*given, **more)


def _is_ticked(field: Any) -> bool:
    """Whether a list is drawn as boxes to tick: words, of which the order means nothing."""
    of = field.of
    return isinstance(of, Key) and of.kind.startswith("words/") and field.most > FEW


def _group(field: GroupOf) -> Fields:
    return {"items": (Items(of=field.of, most=field.most), False), **declared(Group)}


_PLAIN: dict[type[Field], type[Box]] = {
    **LEAVES, Words: WordsBox, Forms: FormsBox, Choice: ChoiceBox, Key: KeyBox,
    Ratings: RatingsBox, Markdown: MarkdownBox,
}  # fmt: skip


def _in_order(new: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """``new`` in the order of its declaration, so that what is added to a file finds its place."""
    declared_last = [name for name in order if name in new]
    return {name: new[name] for name in [*(n for n in new if n not in order), *declared_last]}
