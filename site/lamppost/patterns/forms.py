"""A form with a field of each kind, in each of its states."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from ..content import Content
from ..entries.entry import Fields, sections
from ..entries.forms import EntryForm
from ..entries.grids import as_asked, chart_fields
from ..entries.kinds import KINDS
from ..entries.leaves import Difference, Ground
from ..fields import Items
from ..questions.kinds import AnyQuestion
from .samples import LONG


def _choices() -> list[SelectChoice]:
    return [SelectChoice(value="a", label="The first"), SelectChoice(value="b", label=LONG)]


class SampleForm(Form):
    """A field of each kind."""

    line = StringField("A line", [InputRequired("Enter a line")], description="A hint")
    words = TextAreaField("Words", [InputRequired("Enter some words")])
    one = SelectField("One of a list", [InputRequired("Choose one of the list")])
    file = FileField("A file", description="A picture or a PDF")
    radios = RadioField("One of a few", [InputRequired("Choose one")], description="A hint")
    boxes = SelectMultipleField(
        "Any of a few", [InputRequired("Choose at least one")], option_widget=CheckboxInput()
    )
    tick = BooleanField("I have read it", [InputRequired("Tick the box if you have read it")])

    def __init__(self, *sent: Any, **values: Any) -> None:
        super().__init__(*sent, **values)
        for field in (self.one, self.radios, self.boxes):
            field.choices = _choices()


def forms() -> dict[str, SampleForm]:
    """A form in each of its states; their prefixes keep their ids apart."""
    filled = {"line": "Pine Ave", "words": "Two\nlines", "one": "b", "radios": "a", "tick": True}
    wrong = SampleForm(MultiDict({"wrong-words": "They are kept"}), prefix="wrong-")
    wrong.validate()
    return {
        "bare": SampleForm(prefix="bare-"),
        "filled": SampleForm(prefix="filled-", data={**filled, "boxes": ["a", "b"]}),
        "wrong": wrong,
        "disabled": SampleForm(prefix="disabled-", data=filled),
    }


_ENTRY = {
    "retention": {
        "items": [
            {
                "applies_to": {
                    "en": LONG, "es": "Más antiguo", "by": {"es": {"reviewed": "An office"}},
                    "stale": {"es": "2026-11-22"},
                },
                "duration": "P60D", "trigger": {"en": "A start"},
            },
            {"applies_to": {"en": "Logs"}, "duration": "P1Y6M", "working_days": True},
        ],
        "sources": ["S1"], "grade": "press",
    },
    "processing": {"items": ["aggregated"], "gap": "unknown"},
}  # fmt: skip
_CHART = {
    "title": {"en": "A chart", "es": LONG},
    "labels": [{"en": LONG, "es": "Una", "stale": {"es": "2026-11-22"}}, {"en": "Second"}],
    "series": [{"name": {"en": "Number"}, "values": [120, "unknown"]}],
    "source": "S1",
}  # fmt: skip
_QUESTIONS: Fields = {"questions": (Items(of=AnyQuestion()), False)}
_QUESTION = {
    "type": "ranking",
    "key": "order",
    "text": {"en": LONG},
    "choices": [{"key": "a", "text": {"en": LONG}}, {"key": "b", "text": {"en": "The second"}}],
}
DIFFERENCES = (
    Difference(("How long", "English"), "60 days", LONG, "en"),
    Difference((LONG,), "", "What came"),
    Difference((LONG,), "What went", ""),
)


def entry_forms(content: Content) -> dict[str, EntryForm]:
    """Forms for an entry of the record, in each of their states."""
    found = sections(KINDS["technologies"])
    about = sections(KINDS["settings"])["facts"]
    site = {name: about[name] for name in ("bounds", "provenance")}
    held = {"bounds": [33.6, -118.4, 34, -117.95], "provenance": {"es": {"reviewed": "An office"}}}
    made = {
        "the site": EntryForm(Ground(content), site, held),
        "a list": EntryForm(Ground(content), found["retention"], _ENTRY),
        "boxes": EntryForm(Ground(content), found["processing"], _ENTRY),
        "translations": EntryForm(Ground(content, whole=False), found["retention"], _ENTRY),
        "a question": EntryForm(Ground(content), _QUESTIONS, {"questions": [_QUESTION]}),
        "wrong": EntryForm(Ground(content), found["retention"], {}),
    }
    for field in made["wrong"].form:
        field.errors = [LONG] if field.type not in ("HiddenField", "BooleanField") else ()
    return made


def chart_forms(content: Content) -> dict[str, EntryForm]:
    """The form for a chart, and the one for its translations alone."""
    fields, chart = chart_fields(), as_asked(_CHART)
    return {
        "a chart": EntryForm(Ground(content), fields, chart),
        "a chart, translations": EntryForm(Ground(content, whole=False), fields, chart),
    }
