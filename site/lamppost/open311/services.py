"""What can be reported by GeoReport: the kinds of concern of the form, and what each asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ..answering.definitions import Form
from ..concerns.receiving import KIND, WITH_PHOTO, WORRY, kinds
from ..i18n import gettext as _
from ..i18n import speech
from ..questions.answers import Answers
from ..questions.models import Question, World

DATATYPES = {
    "single": "singlevaluelist", "scale": "singlevaluelist", "technology": "singlevaluelist",
    "place": "singlevaluelist", "consent": "singlevaluelist", "multiple": "multivaluelist",
    "short_text": "string", "device_code": "string", "zip_code": "string", "long_text": "text",
    "whole_number": "number",
}  # fmt: skip
"""The kinds of questions that an attribute can ask; contacts have fields, files have no way."""

NO_ATTRIBUTES = (KIND, WORRY, WITH_PHOTO)
"""What ``service_code`` and ``description`` answer, and whether a file follows: it cannot."""

CHECKED = "personal-checked"
"""The attribute that says: what looks personal stands there on purpose. No question has a ``-``."""


def services(form: Form) -> list[dict[str, Any]]:
    """The list of them."""
    say = speech().plain
    return [
        {
            "service_code": code,
            "service_name": say(name),
            "description": say(form.summary),
            "metadata": True,
            "type": "realtime",
            "keywords": "",
            "group": say(form.title),
        }
        for code, name in kinds(form).items()
    ]


def definition(form: Form, code: str, world: World) -> dict[str, Any]:
    """What is asked with one kind of concern."""
    attributes = list(_attributes(form, code, world))
    for number, attribute in enumerate(attributes, 1):
        attribute["order"] = number
    return {"service_code": code, "attributes": attributes}


def asked_with(form: Form, code: str, world: World) -> dict[str, Question]:
    """The questions that attributes can answer, by their keys."""
    asked = Answers(form.sections, {KIND: [code]}, world).asked
    return {
        key: question
        for key, question in asked.items()
        if question.kind in DATATYPES and key not in NO_ATTRIBUTES
    }


def _attributes(form: Form, code: str, world: World) -> Iterator[dict[str, Any]]:
    answerable, say = asked_with(form, code, world), speech().plain
    for number, section in enumerate(form.sections, 1):
        questions = [q for q in section.questions if q.key in answerable]
        if section.intro and questions:
            yield _attribute(f"note-{number}", "text", say(section.intro), variable=False)
        # The hint of what ``description`` answers has no other place.
        for question in section.questions:
            if question.key == WORRY and question.hint:
                yield _attribute("note-words", "text", say(question.hint), variable=False)
        for question in questions:
            yield _attribute(
                question.key,
                DATATYPES[question.kind],
                say(question.text),
                required=question.required,
                hint=say(question.hint) if question.hint else "",
                values=_values(question, world),
            )
    told = _("Some words may look as if they were about a person. Then we ask once more.")
    sure = [{"key": "yes", "name": _("I have looked at them, and they may stand")}]
    yield _attribute(CHECKED, "singlevaluelist", told, values=sure)


def _attribute(
    code: str, datatype: str, description: str, *, variable: bool = True, required: bool = False,
    hint: str = "", values: list[dict[str, str]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One attribute; the number of its place comes last of all."""
    return {
        "variable": variable,
        "code": code,
        "datatype": datatype,
        "required": required,
        "datatype_description": hint,
        "order": 0,
        "description": description,
        "values": values or [],
    }


def _values(question: Question, world: World) -> list[dict[str, str]]:
    if question.kind == "consent":
        return [{"key": "yes", "name": _("Yes")}]
    return [
        {
            "key": one.key,
            "name": one.words.striptags() if isinstance(one.words, Markup) else one.words,
        }
        for one in question.options(world)
    ]
