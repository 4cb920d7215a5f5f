"""The forms for cases at the desk."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ..concerns.moves import ANSWERS
from ..i18n import gettext as _
from ..i18n import languages
from ..i18n import lazy_gettext as _l
from ..lifecycle import Move
from ..text import SOURCE_LANGUAGE
from .deeds import MOST_WORDS
from .labels import MADE, REASONS
from .models import Case
from .queries import case_named
from .references import reference_from
from .ways import WAYS

NEEDED = _l("Fill this in")
_LONG = Length(max=MOST_WORDS)
_MAKERS = [SelectChoice(made, MADE[made]) for made in ("person", "machine")]
PUBLIC_PARTS = ("summary", "words", "answer")


class SeenForm(FlaskForm):
    """A form that knows which version of the case its page has shown."""

    seen = HiddenField(validators=[InputRequired()])


def move_form(case: Case, move: Move) -> Any:
    """The form of a move: what it asks for."""

    class Form(SeenForm):
        pass

    asks = dict.fromkeys(move.asks)
    if "message" in asks:
        Form.message = TextAreaField(_("What you say, in English"),
                                     validators=[InputRequired(NEEDED), _LONG])  # fmt: skip
        if case.language != SOURCE_LANGUAGE:
            said_in = languages()[case.language].name
            Form.translated = TextAreaField(
                _("The same in %(language)s, the language of who wrote it", language=said_in),
                validators=[InputRequired(NEEDED), _LONG],
            )
            Form.made = SelectField(_("Who has translated it"), choices=_MAKERS)
    if "outcome" in asks:
        outcomes = WAYS[case.kind].outcomes
        Form.outcome = SelectField(
            _("What came of it"), choices=[SelectChoice(key, outcomes[key]) for key in ANSWERS]
        )
    if "target" in asks:
        Form.target = StringField(
            _("Reference of the other"), validators=[InputRequired(NEEDED), _another(case)]
        )
    if "notice" in asks:
        Form.notice = StringField(
            _("Reference of the public notice"), validators=[InputRequired(NEEDED), Length(max=80)]
        )
    return Form(seen=case.version, meta={"csrf": False})


def _another(case: Case) -> Any:
    def check(_form: Any, field: Any) -> None:
        found = case_named(reference_from(field.data or ""))
        if found is None or found.id == case.id or found.kind != case.kind:
            raise ValidationError(_("There is no other case of this kind with this reference"))
        field.data = found.reference

    return check


def public_form(case: Case, answer: str) -> Any:
    """The form of what may be read: each part in each language, and who has made it."""

    class Form(SeenForm):
        pass

    for part, language in public_fields(case, has_answer=bool(answer)):
        name = languages()[language].name
        label = {
            "summary": _("Summary in %(language)s", language=name),
            "words": _("The writer’s words in %(language)s", language=name),
            "answer": _("The City’s answer in %(language)s", language=name),
        }[part]
        must = part != "words" or language == case.language
        needed = InputRequired(NEEDED) if must else Optional()
        setattr(Form, f"{part}_{language}", TextAreaField(label, validators=[needed, _LONG]))
    for language in languages():
        if language != SOURCE_LANGUAGE:
            name = languages()[language].name
            label = _("Who has translated the texts in %(language)s", language=name)
            setattr(Form, f"made_{language}", SelectField(label, choices=_MAKERS))
    return Form(seen=case.version, meta={"csrf": False})


def public_fields(case: Case, *, has_answer: bool) -> list[tuple[str, str]]:
    """The parts and languages that may be read of a case, as far as its writer allows."""
    parts = [("summary", True), ("words", case.wish == "words"), ("answer", has_answer)]
    return [(part, code) for part, wanted in parts if wanted for code in languages()]


class HoldForm(SeenForm):
    """Why nothing of a case may be deleted; left empty, it may be."""

    why = StringField(
        _l("Why it is kept"),
        validators=[Length(max=200)],
        description=_l("A law or a proceeding, and no names. Empty it to let it be deleted again."),
    )


class WithholdForm(SeenForm):
    """Why nothing is published."""

    reason = SelectField(
        _l("Reason"), choices=[SelectChoice(key, words) for key, words in REASONS.items()]
    )
