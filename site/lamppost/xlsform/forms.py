"""The forms by which workbooks come to the desk."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from ..i18n import gettext as _
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
    note = TextAreaField(NOTE, [InputRequired(NOTE_NEEDED), Length(max=500)], description=NOTE_HINT)

    def validate_key(self, field: Any) -> None:
        """An id that an address can hold."""
        if field.data and not is_key(field.data.strip()):
            raise ValidationError(_("Lower-case words joined by -, such as after-the-storm"))
