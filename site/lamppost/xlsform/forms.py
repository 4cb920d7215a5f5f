"""The forms by which workbooks come to the desk."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, ValidationError

from ..i18n import gettext as _
from ..i18n import languages
from ..i18n import lazy_gettext as _l
from .taken import is_key

NOTE = _l("What changed, and why")
NOTE_HINT = _l("Everybody can read this. Name no person.")
NOTE_NEEDED = _l("Say what changed, and why")


class SurveyFormForm(FlaskForm):
    """A workbook that becomes the draft of a survey."""

    file = FileField(
        _l("Form"),
        [InputRequired(_l("Choose a file"))],
        description=_l("XLSX or CSV, at most 2 MB, without macros and formulas"),
    )
    key = StringField(
        _l("Id"),
        [Length(max=60)],
        description=_l("Lower-case words joined by -. Empty: the form_id on the sheet settings."),
    )
    made = SelectField(
        _l("Who made the translations"),
        choices=[
            SelectChoice(value="machine", label=_l("A machine; nobody has reviewed them")),
            SelectChoice(value="human", label=_l("People")),
        ],
        description=_l("Readers are told."),
    )
    note = TextAreaField(NOTE, [InputRequired(NOTE_NEEDED), Length(max=500)], description=NOTE_HINT)

    def validate_key(self, field: Any) -> None:
        """An id that an address can hold."""
        if field.data and not is_key(field.data.strip()):
            raise ValidationError(_("Lower-case words joined by -, such as after-the-storm"))


class ReturnedForm(FlaskForm):
    """A table of the answers of a field team."""

    file = FileField(
        _l("Table of answers"),
        [InputRequired(_l("Choose a file"))],
        description=_l("CSV or XLSX as ODK or KoBo exports it, with names and no labels"),
    )
    language = SelectField(_l("Language in which they were asked"), [InputRequired()])
    look = BooleanField(_l("Only look: keep nothing yet"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.language.choices = [
            SelectChoice(value=code, label=one.name) for code, one in languages().items()
        ]
