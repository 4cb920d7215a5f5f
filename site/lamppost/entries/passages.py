"""Texts of the record in a form: a field for each language, and how each translation was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from ..fields import reviewer
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..text import SOURCE_LANGUAGE
from . import labels
from .entry import ABSENT, in_order
from .leaves import SHORT, Box, Difference, Inputs, how_made, language_name, reviewer_input


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
            shown = "reviewed" if isinstance(by, dict) else str(by)
            options = {"": labels.AS_THE_FILE, **labels.MADE}
            choices = [SelectChoice(value=v, label=str(w)) for v, w in options.items()]
            label = self.called(self.label, words)
            select = SelectField(label, choices=choices, validate_choice=False)
            made[f"{self.name}.by.{code}"] = (select, shown)
            words = _("%(language)s: which office reviewed it", language=name)
            who = reviewer_input(self.called(self.label, words))
            made[f"{self.name}.by.{code}.who"] = (who, reviewer(by))
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
        if most:
            longest = most if code == SOURCE_LANGUAGE else most * 3 // 2
            more["maxlength"] = str(max(longest, len(self._shown(code))))
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
        new = in_order(new, [*languages(), "by", "stale"])
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
            name = f"{self.name}.by.{code}"
            how = by.get(code, ABSENT)
            if name in marks:
                how = how_made(how, marks[name] or "", marks[f"{name}.who"])
            if how is ABSENT or (code in changed and code not in new):
                by.pop(code, None)
            else:
                by[code] = how
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

    def place(self, steps: list[str], _form: BaseForm) -> tuple[str, Box]:
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
