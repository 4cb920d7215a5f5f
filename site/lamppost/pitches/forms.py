"""The forms of weighing and deciding on pitches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..cases.deeds import MOST_WORDS
from ..cases.forms import NEEDED, SeenForm
from ..cases.labels import MADE
from ..cases.models import Case
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..text import SOURCE_LANGUAGE
from .criteria import CRITERIA, FEWEST, POINTS
from .models import Points


class CriteriaForm(SeenForm):
    """By what a pitch is weighed."""

    criteria = SelectMultipleField(
        _l("Criteria"),
        choices=[SelectChoice(name, words) for name, words in CRITERIA.items()],
        validators=[Length(min=FEWEST, message=_l("Choose at least three"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class InterestForm(FlaskForm):
    """Whether somebody has an interest of their own in a pitch."""

    interest = RadioField(
        _l("Would you, your family or your friends gain from it, or lose?"),
        choices=[SelectChoice("no", _l("No")), SelectChoice("yes", _l("Yes"))],
        validators=[InputRequired(NEEDED)],
    )


def points_form(criteria: list[str], given: Iterable[Points]) -> Any:
    """Points and a note for each criterion."""

    class Form(FlaskForm):
        pass

    known = {one.criterion: one for one in given}
    data: dict[str, Any] = {}
    for name in criteria:
        title = str(CRITERIA[name])
        choices = [SelectChoice("", "")]
        choices += [SelectChoice(str(n), speech().number(n)) for n in POINTS]
        points = SelectField(title, choices=choices, validators=[InputRequired(NEEDED)])
        note = TextAreaField(_("Note on: %(what)s", what=title),
                             validators=[Optional(), Length(max=MOST_WORDS)])  # fmt: skip
        setattr(Form, f"points_{name}", points)
        setattr(Form, f"note_{name}", note)
        if name in known:
            data[f"points_{name}"] = str(known[name].points)
            data[f"note_{name}"] = known[name].note
    return Form(data=data, meta={"csrf": False})


def decision_form(case: Case, criteria: list[str]) -> Any:
    """A reason for each criterion, in English and in the language of who wrote it."""

    class Form(SeenForm):
        pass

    for code in dict.fromkeys((SOURCE_LANGUAGE, case.language)):
        for name in criteria:
            label = _("%(what)s: the reason in %(language)s",
                      what=CRITERIA[name], language=languages()[code].name)  # fmt: skip
            field = TextAreaField(label, validators=[InputRequired(NEEDED), Length(max=600)])
            setattr(Form, f"reason_{name}_{code}", field)
    if case.language != SOURCE_LANGUAGE:
        makers = [SelectChoice(made, MADE[made]) for made in ("person", "machine")]
        Form.made = SelectField(_("Who has translated it"), choices=makers)
    Form.no_interest = BooleanField(
        _("I have no interest of my own in this pitch, and have not weighed it"),
        validators=[InputRequired(NEEDED)],
    )
    return Form(seen=case.version, meta={"csrf": False})
