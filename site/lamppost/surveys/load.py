"""Reads surveys from the record, and checks those that are open by the gate."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import orjson

from ..answering.load import Reader
from ..fields import read, texts_read
from ..phrases import phrase
from ..questions.load import read_sections
from ..text import Text
from .definitions import Survey
from .opening import Reason, reasons

FOLDER = "surveys"


def load_surveys(reader: Reader) -> tuple[dict[str, Survey], dict[str, list[Reason]]]:
    """The surveys by id, and what the gate says of each.

    What stops a survey is a problem of the record once the survey is open.
    """
    surveys, told = {}, {}
    for id_, name in reader.named(FOLDER, "practices", "results"):
        surveys[id_], told[id_] = _survey(reader, id_, name)
    return surveys, told


def _survey(reader: Reader, id_: str, name: str) -> tuple[Survey, list[Reason]]:
    record = reader.record
    raw, at = reader.file(name)
    if not raw and not record.read_well(name):
        return Survey(id=id_), []
    sections = raw.pop("sections", None)
    with texts_read() as read_here:
        begun = raw.get("state", "draft") == "draft"
        asked = read_sections(sections, at / "sections", begun=begun)
        survey = read(Survey, raw, at, id=id_, sections=asked)
    for place, field, text in read_here:  # others collect texts too
        field.note(text, place)
    card = reader.known["practices"].get(survey.practices)
    survey = replace(survey, card=card, version=_version(sections))
    if not record.read_well(name):
        return survey, []
    texts: list[tuple[str, Text]] = [(place.key, text) for place, _, text in read_here]
    told = reasons(survey, texts, reader.languages)
    if survey.is_public:
        for reason in told:
            if reason.stops:
                found = phrase("the survey open with %(found)s", found=reason.found)
                (at / reason.key).problem(found, reason.expected)
    return survey, told


def _version(sections: Any) -> str:
    """A mark of the questions and their words, and of nothing else that the file says."""
    words = orjson.dumps(sections, default=str, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(words, digest_size=8).hexdigest()
