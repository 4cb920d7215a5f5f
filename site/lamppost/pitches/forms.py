"""The forms of weighing and deciding on pitches."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ..cases.deeds import MOST_WORDS
from ..cases.forms import NEEDED, SeenForm, made_field
from ..cases.models import Case
from ..entries import labels
from ..entries.kinds import KINDS
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..registry.queries import Registry
from ..text import SOURCE_LANGUAGE
from .criteria import CRITERIA, FEWEST, POINTS
from .entry import needs_entry
from .models import Points


class CriteriaForm(SeenForm):
    """By what a pitch is weighed."""

    criteria = SelectMultipleField(
        _l("Criteria"),
        choices=[SelectChoice(name, words) for name, words in CRITERIA.items()],
        description=_l("Choose at least three"),
        validators=[
            InputRequired(_l("Choose at least three")),
            Length(min=FEWEST, message=_l("Choose at least three")),
        ],
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
                      what=CRITERIA[name], language=speech().language_name(code))  # fmt: skip
            field = TextAreaField(label, validators=[InputRequired(NEEDED), Length(max=600)])
            setattr(Form, f"reason_{name}_{code}", field)
    if case.language != SOURCE_LANGUAGE:
        Form.made = made_field(_("Who has translated it"), InputRequired(NEEDED))
    Form.no_interest = BooleanField(
        _("I have no interest of my own in this pitch, and have not weighed it"),
        validators=[InputRequired(NEEDED)],
    )
    return Form(seen=case.version, meta={"csrf": False})


def pilot_form(case: Case, registry: Registry, known: Mapping[str, str]) -> Any:
    """What the registry's entry of a pilot says; nothing, where it would sense nobody.

    It begins with what is ``known`` in English, by question.
    """

    class Form(SeenForm):
        pass

    if not needs_entry(case):
        return Form(seen=case.version, meta={"csrf": False})
    asked = {
        "title": (_("Name, in English"), 60),
        "summary": (_("Summary, in English"), 600),
        "data_types": (_("What data it collects"), 1000),
        "identifiability": (_("Whether the data can tell who somebody is"), 1000),
        "purpose_words": (_("What the data is for"), 1000),
        "storage_words": (_("Where the data is stored"), 1000),
        "access_words": (_("Who can see the data"), 1000),
        "recipients_words": (_("Who else gets it"), 1000),
        "retention_words": (_("How long it is kept"), 1000),
        "opt_out_words": (_("How a person can say no"), 1000),
    }
    Form.id = StringField(
        _("Name in addresses, such as bus-stop-counter"),
        validators=[InputRequired(NEEDED), _new(registry.technologies)],
    )
    for name, (label, most) in asked.items():
        must = InputRequired(NEEDED) if name in ("title", "summary") else Optional()
        setattr(Form, name, TextAreaField(label, validators=[must, Length(max=most)]))
    data = {name: words for name, words in known.items() if name in asked}
    return Form(seen=case.version, data=data, meta={"csrf": False})


def _new(taken: Container[str]) -> Any:
    def check(_form: Any, field: Any) -> None:
        if not KINDS["technologies"].takes(field.data):
            raise ValidationError(labels.NO_ID)
        if field.data in taken:
            raise ValidationError(_("There is an entry with this name already"))

    return check
