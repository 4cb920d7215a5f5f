"""The forms for devices: one device, a table, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..printing import MOST, SIZES
from ..registry.labels import DEVICE_STATUSES, HOSTS
from .headings import HEADINGS
from .ledger import COLUMNS, Cells

NOTE = _l("What changed, and why")
NOTE_HINT = _l("Everybody can read this. Name no person.")
NOTE_NEEDED = _l("Say what changed, and why")
EDITED = tuple(column for column in COLUMNS if column not in ("code", "technology"))


class NoteForm(FlaskForm):
    """The public note of a change, and what of the record its writer had seen."""

    note = TextAreaField(NOTE, [InputRequired(NOTE_NEEDED), Length(max=500)], description=NOTE_HINT)
    seen = HiddenField()


class DeviceForm(FlaskForm):
    """The cells of a device; the note comes last."""


for _name in EDITED:
    _kind = SelectField if _name in ("status", "host", "sample") else StringField
    _hint: Any = None if _kind is SelectField else HEADINGS[_name][1]
    setattr(DeviceForm, _name, _kind(HEADINGS[_name][0], description=_hint))
DeviceForm.note = NoteForm.note
DeviceForm.seen = NoteForm.seen


class SignsForm(FlaskForm):
    """Which signs become a PDF, on which paper. ``reason`` says which list they are in."""

    codes = SelectMultipleField(
        _l("Which signs"),
        [InputRequired(), Length(max=MOST)],
        option_widget=CheckboxInput(),
        description=_l("At most 60 at a time. The first 60 are ticked."),
    )
    size = SelectField(
        _l("Paper"),
        [InputRequired()],
        choices=[SelectChoice(value=size, label=name) for size, name in SIZES.items()],
    )
    reason = HiddenField()


def signs_form(reason: str, rows: Sequence[tuple[str, Cells]]) -> SignsForm:
    """The form for the signs of these devices; the first are chosen."""
    form = SignsForm(reason=reason)
    form.codes.choices = [
        SelectChoice(value=code, label=f"{code} {cells.get('location', '')}")
        for code, cells in rows
    ]
    if not form.is_submitted():
        form.codes.data = [code for code, _ in rows][:MOST]
    return form


def device_form(cells: dict[str, str], seen: str) -> DeviceForm:
    """The form for a device whose cells are these."""
    form = DeviceForm(data={**cells, "seen": seen})
    none = SelectChoice(value="", label="–")
    form["status"].choices = _choices(DEVICE_STATUSES)
    form["host"].choices = [none, *_choices(HOSTS)]
    form["sample"].choices = _choices({"no": _("No"), "yes": _("Yes")})
    return form


class TableForm(FlaskForm):
    """A table to be taken in."""

    file = FileField(
        _l("Table of devices"), [InputRequired(_l("Choose a file"))],
        description=_l("CSV, XLSX or GeoJSON, at most 16 megabytes and 20,000 rows"),
    )  # fmt: skip
    encoding = RadioField(
        _l("Letters of a CSV file"),
        choices=[
            SelectChoice(value="utf-8", label="UTF-8"),
            SelectChoice(value="windows-1252", label="Windows-1252"),
        ],
        default="utf-8",
    )
    missing = BooleanField(_l("The table is complete: what it lacks was removed"))


def columns_form(header: list[str], mapping: dict[str, str]) -> FlaskForm:
    """A form with a choice of our column for each column of a table."""

    class ColumnsForm(FlaskForm):
        pass

    choices = [SelectChoice(value="", label=_("Leave out"))]
    choices += _choices({name: heading for name, (heading, _hint) in HEADINGS.items()})
    for number, name in enumerate(header):
        if name:
            field = SelectField(name, choices=choices, default=mapping.get(name, ""))
            setattr(ColumnsForm, f"column{number}", field)
    return ColumnsForm()


def _choices(labels: dict[str, object]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=str(label)) for value, label in labels.items()]
