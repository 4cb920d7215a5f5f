"""The forms for drafts, made from what ``briefs/models.py`` declares."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput

from ..briefs.labels import KINDS
from ..briefs.models import Brief, BriefPicture
from ..content import Content
from ..entries.labels import REVIEWER
from ..entries.leaves import reviewer_input
from ..fields import Choice, Key, Whole, declared
from ..fields import Field as Declared
from ..i18n import Language, languages, speech
from ..i18n import lazy_gettext as _l
from ..i18n import marked as _
from ..lifecycle import Move
from ..registry.labels import GRADES
from ..registry.models import ID_PATTERN
from ..text import SOURCE_LANGUAGE
from .begin import FACTS, MOST_ID
from .labels import LABELS

NEEDED = _l("Fill this in")
MOST_BODY = 100_000
MADE = {
    "human": _l("Written or translated by people"),
    "machine": _l("Translated by machine, not reviewed"),
    "reviewed": _l("Translated by machine, then reviewed"),
}


# What neither YAML nor XML can hold, and marks of the order of bytes, which nobody sees.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def words_of(raw: str | None) -> str:
    """What was typed as it is kept: lines end in one way, and no character is invisible control."""
    return _UNSEEN.sub("", (raw or "").replace("\r\n", "\n").replace("\r", "\n"))


def _clean(raw: str | None) -> str:
    return words_of(raw).strip()


def _line(raw: str | None) -> str:
    return " ".join(words_of(raw).split())


def _choices(labels: dict[str, Any]) -> list[SelectChoice]:
    told = ((v, label if isinstance(label, str) else str(label)) for v, label in labels.items())
    return [SelectChoice(value=value, label=label) for value, label in told]


class NewForm(FlaskForm):
    """A brief that is begun."""

    title = StringField(
        _l("Title, in English"), [InputRequired(NEEDED), Length(max=120)], filters=[_line]
    )
    brief = StringField(
        _l("Name in the address"),
        [
            Optional(),
            Length(max=MOST_ID),
            Regexp(ID_PATTERN + "$", message=_l("Use small letters, digits and hyphens")),
        ],
        description=_l(
            "Small letters, digits and hyphens. It never changes. Empty: made from the title."
        ),
        filters=[_line],
    )


class WholeNumber(IntegerField):
    """A whole number of a fact.

    WTForms' own check of bounds breaks on a number of 309 digits, and says what is wrong in few
    languages.
    """

    def __init__(self, label: str, checks: list[Any], fact: Whole, **named: Any) -> None:
        super().__init__(label, checks, **named)
        self.least, self.most = fact.least, fact.most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent."""
        with suppress(ValueError):
            super().process_formdata(valuelist)
        if self.data is None or not self.least <= self.data <= self.most:
            self.data = None
            least, most = (speech().number(n) for n in (self.least, self.most))
            told = _("Enter a whole number from %(least)s to %(most)s", least=least, most=most)
            raise ValueError(told)


def facts_form(now: Content, facts: dict[str, Any], version: int, own: str) -> FlaskForm:
    """The form for the facts of the brief ``own``, a field for each that is declared."""
    fields = declared(Brief)

    class FactsForm(FlaskForm):
        seen = HiddenField()

    for name in FACTS:
        setattr(FactsForm, name, _fact(name, *fields[name], now, own))
    return FactsForm(data={**facts, "seen": str(version)})


def _fact(name: str, field: Declared, required: bool, now: Content, own: str) -> Field:  # noqa: FBT001
    checks: list[Any] = [InputRequired(NEEDED) if required else Optional()]
    if isinstance(field, Whole):
        return WholeNumber(LABELS[name], checks, field)
    none = [SelectChoice(value="", label="–")]
    if isinstance(field, Choice):
        labels = {"kind": KINDS, "grade": {k: words[0] for k, words in GRADES.items()}}[name]
        return SelectField(
            LABELS[name], checks, choices=none + _choices({k: labels[k] for k in field.of})
        )
    if isinstance(field, Key):
        return SelectField(
            LABELS[name], checks, choices=none + _choices(_named(field.kind, now, own))
        )
    return SelectMultipleField(
        LABELS[name], checks, choices=_choices(_named(field.of.kind, now, own)),  # type: ignore[attr-defined]
        option_widget=CheckboxInput(),
    )  # fmt: skip


def _named(kind: str, now: Content, own: str) -> dict[str, str]:
    """The things of the record that may be named, by id; by their names."""
    say = speech().plain
    if kind == "sources":
        english = Markup("<span{}>{}</span> ({})")  # they stand as published
        lang = speech().lang_of(SOURCE_LANGUAGE)
        return {id_: english.format(lang, one.title, id_) for id_, one in now.sources.items()}
    if kind == "terms":
        return {id_: say(one.term) for id_, one in now.terms.items()}
    if kind == "briefs":
        return {id_: say(one.title) for id_, one in now.briefs.items() if id_ != own}
    things = {
        "organizations": now.registry.organizations,
        "technologies": now.registry.technologies,
    }
    named = {id_: say(one.name) for id_, one in things[kind].items()}  # type: ignore[attr-defined]
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def text_form(language: str, data: dict[str, Any]) -> FlaskForm:
    """The form for a text in one language; a translation may be half as long again."""
    fields = declared(Brief)
    more = 1 if language == SOURCE_LANGUAGE else 1.5
    most = {name: int(fields[name][0].most * more) for name in ("title", "summary")}  # type: ignore[attr-defined]
    lang = {"lang": language, "dir": languages()[language].direction}

    class TextForm(FlaskForm):
        title = StringField(
            _l("Title"), [InputRequired(NEEDED), Length(max=most["title"])], filters=[_line],
            render_kw=lang,
        )  # fmt: skip
        summary = TextAreaField(
            _l("Summary"), [Optional(), Length(max=most["summary"])], filters=[_line],
            description=_l("One to three sentences. They stand in lists too."),
            render_kw={**lang, "rows": 3},
        )  # fmt: skip
        body = TextAreaField(
            _l("Text"), [Optional(), Length(max=MOST_BODY)], filters=[_clean],
            description=_l(
                "Markdown: ## before a heading, - before each item of a list, "
                "[words](address) for a link, an empty line between paragraphs."
            ),
            render_kw={**lang, "rows": 24, "spellcheck": "true"},
        )  # fmt: skip
        made = SelectField(
            _l("How this text was made"), [InputRequired(NEEDED)], choices=_choices(MADE)
        )
        who = reviewer_input(REVIEWER)
        seen = HiddenField()

        def validate_who(self, field: Any) -> None:
            """Who is named has reviewed it."""
            if (field.data or "").strip() and self.made.data != "reviewed":
                raise ValidationError(_("Say above that it was reviewed, or leave this empty."))

    if language != SOURCE_LANGUAGE:
        TextForm.follows = BooleanField(
            _l("This translation follows the English text as it is now")
        )
    return TextForm(data=data)


def _note() -> StringField:
    return StringField(
        _l("Public note"),
        [InputRequired(NEEDED), Length(max=500)],
        filters=[_line],
        description=_l("What is new, and why. Everybody can read this. Name no person."),
    )


class MoveForm(FlaskForm):
    """What is said with a move; ``today`` is the day in the city."""

    remarks = TextAreaField(
        _l("Remarks for the author"),
        [InputRequired(NEEDED), Length(max=4000)],
        description=_l("What has to change before it can be published."),
        filters=[_clean],
        render_kw={"rows": 4},
    )
    due_on = DateField(_l("Publish on"), [InputRequired(NEEDED)])
    note = _note()
    today: Any = None

    def validate_due_on(self, field: Any) -> None:
        """A day that has passed is none to wait for."""
        if field.data and field.data <= self.today:
            raise ValidationError(_l("Choose a day after today"))


def move_form(name: str, move: Move, now: Content) -> MoveForm:
    """The form for a move, with the fields that it asks for and no other."""
    form = MoveForm(prefix=name)
    form.today = now.as_of
    for field in ("remarks", "due_on", "note"):
        if field not in move.asks:
            del form[field]
    return form


def picture_form() -> FlaskForm:
    """A picture, what it shows in each language, and a caption."""
    fields = declared(BriefPicture)

    class PictureForm(FlaskForm):
        file = FileField(
            _l("Picture"),
            [InputRequired(_l("Choose a file"))],
            description=_l(
                "PNG, JPEG or WebP, at most 15 megabytes. It is made smaller, and what the camera "
                "wrote into it, such as the place, is left out."
            ),
        )
        name = StringField(
            _l("Name of the picture"),
            [
                InputRequired(NEEDED),
                Length(max=40),
                Regexp(ID_PATTERN + "$", message=_l("Use small letters, digits and hyphens")),
            ],
            filters=[_line],
            description=_l("Small letters, digits and hyphens. A text places it by this name."),
        )

    for kind, title in (("alt", _l("What it shows")), ("caption", _l("Caption"))):
        most = fields[kind][0].most  # type: ignore[attr-defined]
        for language in languages().values():
            required = kind == "alt" and language.code == SOURCE_LANGUAGE
            field = StringField(
                _("%(title)s (%(language)s)", title=title, language=_named_language(language)),
                [InputRequired(NEEDED) if required else Optional(), Length(max=most)],
                filters=[_line],
                render_kw={"lang": language.code, "dir": language.direction},
            )
            setattr(PictureForm, f"{kind}_{language.code}", field)
    return PictureForm()


def _named_language(language: Language) -> Markup:
    name = Markup("<bdi{}>{}</bdi>")
    return name.format(speech().lang_of(language.code), language.name)


def withdraw_form() -> FlaskForm:
    """The reason in each language, and the public note."""

    class WithdrawForm(FlaskForm):
        pass

    for language in languages().values():
        needed = InputRequired(NEEDED) if language.code == SOURCE_LANGUAGE else Optional()
        field = TextAreaField(
            _("Reason (%(language)s)", language=_named_language(language)),
            [needed, Length(max=600)],
            filters=[_line],
            render_kw={"rows": 3, "lang": language.code, "dir": language.direction},
        )
        setattr(WithdrawForm, f"reason_{language.code}", field)
    WithdrawForm.note = _note()
    return WithdrawForm()
