"""The forms for cases at the desk."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ..concerns.moves import ANSWERS
from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..lifecycle import Move
from ..text import SOURCE_LANGUAGE
from ..urls import is_https
from .deeds import MOST_WORDS
from .labels import APPEALS, MADE, REASONS
from .models import MACHINE, MOST_TARGET, PARTY, PERSON, REVIEWED, Case
from .queries import case_named, may_be_joined
from .ready import OPEN
from .references import reference_from
from .ways import WAYS

NEEDED = _l("Fill this in")
_LONG = Length(max=MOST_WORDS)
_CHOOSE = SelectChoice("", _l("Choose"))
_MAKERS = [
    _CHOOSE,
    *(SelectChoice(made, MADE[made]) for made in (PERSON, REVIEWED, MACHINE)),
]
PUBLIC_PARTS = ("summary", "words", "answer")

CUT = re.compile(r"\[\[.*?\]\]", re.DOTALL)
"""What a moderator has put into double brackets, for it to be taken out."""

LEFT_OUT = "[…]"
"""What stands there instead."""


class SeenForm(FlaskForm):
    """A form that knows which version of the case its page has shown."""

    seen = HiddenField(validators=[InputRequired()])


def move_form(case: Case, move: Move) -> Any:
    """The form of a move: what it asks for."""

    class Form(SeenForm):
        pass

    asks = dict.fromkeys(move.asks)
    if "message" in asks:
        _add_said(Form, case)
    if "outcome" in asks:
        outcomes = WAYS[case.kind].outcomes
        Form.outcome = SelectField(
            _("What came of it"),
            choices=[_CHOOSE, *(SelectChoice(key, outcomes[key]) for key in ANSWERS)],
            validators=[InputRequired(NEEDED)],
        )
    if "target" in asks:
        Form.target = StringField(
            _("Reference of the other"), validators=[InputRequired(NEEDED), _another(case)]
        )
    if "notice" in asks:
        Form.notice = StringField(
            _("Reference of the public notice"),
            validators=[InputRequired(NEEDED), Length(max=MOST_TARGET)],
            description=_("A number, or an address that begins with https://. It is public."),
        )
    if PARTY in asks:
        _add_party(Form)
    return Form(seen=case.version, meta={"csrf": False})


def _add_party(form: Any) -> None:
    """Ask for whom a case waits from now on."""
    form.party = StringField(
        _("Who has to act now"),
        validators=[InputRequired(NEEDED), Length(max=80)],
        description=_("An office or a company, and no person. It is public once the concern is."),
    )
    form.party_page = StringField(
        _("Address of their page, with https://"),
        validators=[Optional(), Length(max=MOST_TARGET), _https],
        render_kw={"inputmode": "url"},
    )


def _https(_form: Any, field: Any) -> None:
    if not is_https(field.data.strip()):
        raise ValidationError(_("Enter an address that starts with https://"))
    field.data = field.data.strip()


def appeal_form(case: Case) -> Any:
    """The form in which an appeal is decided."""

    class Form(SeenForm):
        result = SelectField(
            _l("What you decide"),
            choices=[_CHOOSE, *(SelectChoice(key, words) for key, words in APPEALS.items())],
            validators=[InputRequired(NEEDED)],
        )

    _add_said(Form, case)
    return Form(seen=case.version, meta={"csrf": False})


def _add_said(form: Any, case: Case) -> None:
    """Ask for what is said to a writer: in English, in their language, and who translated it."""
    form.message = _said_field(_("What you say, in English"), SOURCE_LANGUAGE)
    if case.language != SOURCE_LANGUAGE:
        said_in = speech().language_name(case.language)
        label = _("The same in %(language)s, the language of who wrote it", language=said_in)
        form.translated = _said_field(label, case.language)
        form.made = made_field(_("Who has translated it"), InputRequired(NEEDED))


def _said_field(label: str, language: str) -> Any:
    how = {"lang": language, "dir": languages()[language].direction, "rows": "7"}
    return TextAreaField(label, validators=[InputRequired(NEEDED), _LONG, _whole], render_kw=how)


def made_field(label: str, needed: Any) -> Any:
    """A field for who has translated something: nobody is named before somebody has chosen."""
    return SelectField(label, choices=_MAKERS, validators=[needed])


def _answer_made(label: str) -> Any:
    """A field for who has translated the answer, where that was not who translated the rest."""
    same = SelectChoice("", _l("Whoever has translated the rest"))
    return SelectField(label, choices=[same, *_MAKERS[1:]], validators=[Optional()])


def where_typed(texts: list[str]) -> Any:
    """A check that something is chosen where one of these texts is typed."""

    def check(form: Any, field: Any) -> None:
        if not field.data and any((form[name].data or "").strip() for name in texts):
            raise ValidationError(NEEDED)

    return check


def _whole(_form: Any, field: Any) -> None:
    if OPEN in (field.data or ""):
        raise ValidationError(_("Write what belongs where %(mark)s stands", mark=OPEN))


def _another(case: Case) -> Any:
    def check(_form: Any, field: Any) -> None:
        found = case_named(reference_from(field.data or ""))
        if found is None or found.id == case.id or found.kind != case.kind:
            raise ValidationError(_("There is no other case of this kind with this reference"))
        if not may_be_joined(case, found):
            raise ValidationError(
                _("That one was itself joined, withdrawn, erased or put away. Choose another")
            )
        field.data = found.reference

    return check


class PublicForm(SeenForm):
    """What may be read of a case; ``was_cut`` says that parts were taken out before."""

    was_cut = False

    def is_cut(self) -> bool:
        """Whether something is taken out of any text."""
        typed = (field.data or "" for field in self if isinstance(field, TextAreaField))
        return any(CUT.search(words) or (self.was_cut and LEFT_OUT in words) for words in typed)

    def made(self, part: str, language: str) -> str:
        """Who has translated a part."""
        of_answer = part == "answer" and self[f"made_answer_{language}"].data
        return str(of_answer or self[f"made_{language}"].data)

    def cut_reason(self) -> str:
        """Why parts are taken out; empty where none are."""
        return str(self.cut_for.data) if "cut_for" in self and self.is_cut() else ""


def _where_cut(form: PublicForm, field: Any) -> None:
    if form.is_cut() and not field.data:
        raise ValidationError(_("Choose why parts are taken out"))


def public_form(case: Case, answer: str) -> Any:
    """The form of what may be read: each part in each language, and who has made it."""

    class Form(PublicForm):
        was_cut = case.moderation == "redacted" or bool(case.cut_for)

    fields = public_fields(case, has_answer=bool(answer))
    for part, language in fields:
        name = speech().language_name(language)
        label = {
            "summary": _("Summary in %(language)s", language=name),
            "words": _("The writer’s words in %(language)s", language=name),
            "answer": _("The City’s answer in %(language)s", language=name),
        }[part]
        must = part != "words" or language == case.language
        needed = InputRequired(NEEDED) if must else Optional()
        setattr(Form, f"{part}_{language}", TextAreaField(label, validators=[needed, _LONG]))
    for language in languages():
        texts = [f"{p}_{code}" for p, code in fields if code == language != written_in(case, p)]
        name = speech().language_name(language)
        if texts:
            label = _("Who has translated the texts in %(language)s", language=name)
            setattr(Form, f"made_{language}", made_field(label, where_typed(texts)))
        if answer and language != SOURCE_LANGUAGE:
            label = _("Who has translated the answer in %(language)s", language=name)
            setattr(Form, f"made_answer_{language}", _answer_made(label))
    if case.wish == "words":
        Form.cut_for = SelectField(
            _("Why parts of the words are taken out"),
            choices=[_CHOOSE, *(SelectChoice(key, words) for key, words in REASONS.items())],
            validators=[_where_cut],
            description=_("Needed where there are double brackets. The reason is public."),
        )
    return Form(seen=case.version, meta={"csrf": False}, cut_for=case.cut_for)


def public_fields(case: Case, *, has_answer: bool) -> list[tuple[str, str]]:
    """The parts and languages that may be read of a case, as far as its writer allows."""
    parts = [("summary", True), ("words", case.wish == "words"), ("answer", has_answer)]
    return [(part, code) for part, wanted in parts if wanted for code in languages()]


def written_in(case: Case, part: str) -> str:
    """The language in which a part of what may be read was written first."""
    return case.language if part == "words" else SOURCE_LANGUAGE


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
        _l("Reason"),
        choices=[_CHOOSE, *(SelectChoice(key, words) for key, words in REASONS.items())],
        validators=[InputRequired(NEEDED)],
    )
