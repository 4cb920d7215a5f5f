"""What a concern is by whatever door it comes: its form, what looks personal, taking it in."""

from __future__ import annotations

from ..answering.definitions import Form
from ..cases import arrival
from ..cases.personal import personal_in
from ..published import content
from ..questions.answers import Answers
from ..questions.choosing import Single
from ..text import Text

FORM = "concern"
KIND = "category"
"""The question for what kind of concern it is."""

EMERGENCY = "emergency"
"""The kind that no form takes: it leads to the phone."""

WORRY = "worry"
WITH_PHOTO = "with_photo"
"""The question whether a page for a photo is to follow."""

WRITTEN = (WORRY, "wanted")
"""The questions whose answers are looked through for what seems personal."""


def kinds(form: Form) -> dict[str, Text]:
    """The kinds of concern by their keys; an emergency is none, since nobody reads it at once."""
    asked = (q for section in form.sections for q in section.questions if q.key == KIND)
    question = next(asked, None)
    choices = question.choices if isinstance(question, Single) else ()
    return {choice.key: choice.text for choice in choices if choice.key != EMERGENCY}


def remarks(answers: Answers) -> list[str]:
    """What looks personal in what was written."""
    texts = (str(answers.values[key]) for key in WRITTEN if key in answers.values)
    return [found.words for text in texts for found in personal_in(text)]


def receive(form: Form, receipt: str, answers: Answers, language: str) -> str:
    """Take it in as a case: its reference; empty where the draft was taken in already."""
    today = content().as_of
    answers.values.pop(WITH_PHOTO, None)  # it has led to a page, and is of no use from now on
    return arrival.receive(
        "concern", receipt, form.version, answers, language, today=today, known=_known(answers)
    )


def _known(answers: Answers) -> dict[str, str]:
    """What the registry knows of the device that it is about, whatever was chosen besides.

    Its technology, and that it is in no other place. What was answered stays among the answers.
    """
    about = arrival.about(answers)
    device = content().registry.devices.get(about["device"])
    if device is None:
        return {}
    place = about["place"] if about["place"] in device.place else ""
    return {"technology": device.technology, "place": place}
