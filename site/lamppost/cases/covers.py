"""The form in which a file is prepared: what a photo or a PDF shows, and what is covered.

Parts of a photo that are covered are numbers in per cent, a row for each part.
"""

from __future__ import annotations

import re
from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ..i18n import gettext as _
from ..i18n import languages, speech
from ..pictures import Box
from ..text import SOURCE_LANGUAGE
from .forms import NEEDED, SeenForm, made_field, where_typed
from .labels import SIDES
from .models import ORIGINAL, Case, ClearedFile

MOST = 20
"""Parts of one photo that can be covered."""

MORE = 2
"""Empty rows behind those that are filled in."""

MOST_ALT = 500
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?")
WHOLE, LEAST = 100, 0.5


class FileForm(SeenForm):
    """What is covered, and what the file shows."""

    def row(self, number: int) -> list[Any]:
        """The four numbers of a part."""
        return [self[f"{side}_{number}"] for side in SIDES]

    def is_filled(self, number: int) -> bool:
        """Whether anything stands in a row."""
        return any((field.data or "").strip() for field in self.row(number))

    def alt(self) -> dict[str, str]:
        """What it shows, by language."""
        typed = {code: (self[f"alt_{code}"].data or "").strip() for code in languages()}
        return {code: words for code, words in typed.items() if words}

    def made(self, language: str) -> str:
        """Who has translated that."""
        return str(self[f"made_{language}"].data)

    def forget_all_but_boxes(self) -> None:
        """Forget what is wrong with anything but the numbers: it is not saved yet."""
        for field in self:
            if not field.short_name.startswith(tuple(f"{side}_" for side in SIDES)):
                field.errors = []


def file_form(case: Case, file: ClearedFile | None, *, is_paper: bool = False) -> FileForm:
    """The form for a photo or a PDF; with what was prepared, if it was."""

    class Form(FileForm):
        pass

    for number in range(MOST):
        for side, label in SIDES.items():
            how = {"inputmode": "decimal", "maxlength": "6"}
            check = _side(number, least=LEAST if side in ("width", "height") else 0)
            field = StringField(label, validators=[check], render_kw=how)
            setattr(Form, f"{side}_{number}", field)
    for code, language in languages().items():
        name = speech().language_name(code)
        label = (
            _("What the file is, in %(language)s", language=name)
            if is_paper
            else _("What the photo shows, in %(language)s", language=name)
        )
        needed = InputRequired(NEEDED) if code == SOURCE_LANGUAGE else Optional()
        how = {"lang": code, "dir": language.direction, "rows": "3"}
        text = TextAreaField(label, validators=[needed, Length(max=MOST_ALT)], render_kw=how)
        setattr(Form, f"alt_{code}", text)
        if code != SOURCE_LANGUAGE:
            label = _("Who has translated the texts in %(language)s", language=name)
            setattr(Form, f"made_{code}", made_field(label, where_typed([f"alt_{code}"])))
    return Form(seen=case.version, meta={"csrf": False}, data=_held(file))


def _held(file: ClearedFile | None) -> dict[str, str]:
    if file is None:
        return {}
    held = {f"alt_{code}": words for code, (words, _made) in file.alt.items()}
    held |= {f"made_{code}": made for code, (_words, made) in file.alt.items() if made != ORIGINAL}
    for number, box in enumerate(file.covered):
        held |= {f"{side}_{number}": f"{n:g}" for side, n in zip(SIDES, box, strict=True)}
    return held


def _side(number: int, *, least: float) -> Any:
    """A side of a part: needed where anything of the part is there."""

    def check(form: Any, field: Any) -> None:
        typed = (field.data or "").strip()
        if not typed and not form.is_filled(number):
            return
        if not _NUMBER.fullmatch(typed) or not least <= _number(typed) <= WHOLE:
            raise ValidationError(_("Enter a number from %(least)s to 100", least=f"{least:g}"))

    return check


def _number(typed: str) -> float:
    return float(typed.strip().replace(",", "."))


def boxes_in(form: FileForm) -> list[Box]:
    """The parts whose four numbers are there and right."""
    found = []
    for number in range(MOST):
        typed = [(field.data or "").strip() for field in form.row(number)]
        if all(_NUMBER.fullmatch(one) for one in typed):
            box = Box(*map(_number, typed))
            if max(box) <= WHOLE and min(box.width, box.height) >= LEAST:
                found.append(box)
    return found


def rows_shown(form: FileForm) -> int:
    """How many rows a page shows: those that are filled in, and some more."""
    filled = [number for number in range(MOST) if form.is_filled(number)]
    return min(MOST, max(filled, default=-1) + 1 + MORE)


def boxes_from(words: str) -> list[Box] | None:
    """The parts that an address names; None where it names none of ours."""
    rows = words.split(";") if words else []
    parts = [row.split(",") for row in rows]
    is_right = len(parts) <= MOST and all(
        len(part) == len(SIDES) and all(_NUMBER.fullmatch(n) for n in part) for part in parts
    )
    return [Box(*map(float, part)) for part in parts] if is_right else None
