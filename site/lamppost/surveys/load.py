"""Reads surveys from the record, and checks those that are open by the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..fields import At, provenance, read, texts_read
from ..questions.load import read_sections
from ..record import Record
from ..registry.load import check_technology
from ..registry.models import ID_PATTERN, Technology
from ..text import Text
from .definitions import Survey
from .opening import Reason, reasons

FOLDER = "surveys"
PRACTICES = f"{FOLDER}/practices"

Known = Mapping[str, Mapping[str, Any]]


def load_surveys(
    record: Record, languages: tuple[str, ...], known: Known
) -> tuple[dict[str, Survey], dict[str, list[Reason]]]:
    """The surveys by id, and what the gate says of each.

    What stops a survey is a problem of the record once the survey is open.
    """
    reader = _Reader(record, languages, known)
    cards = {id_: reader.card(id_, name) for id_, name in _named(record, PRACTICES)}
    reader.known = {**known, "practices": cards}
    surveys, told = {}, {}
    for id_, name in _named(record, FOLDER):
        surveys[id_], told[id_] = reader.survey(id_, name, cards)
    return surveys, told


def _named(record: Record, folder: str) -> Iterator[tuple[str, str]]:
    """The ids and the names of the files directly in a folder."""
    for name in record.names(folder, ""):
        rest = name.removeprefix(f"{folder}/")
        id_, _, ending = rest.partition(".")
        if "/" in rest or not (record.root / name).is_file():
            if not (rest + "/").startswith("practices/"):
                At(name, record.problems, {}, (), {}).problem(
                    f"the name {rest!r}", "a file ID.yaml"
                )
        elif ending != "yaml" or not re.fullmatch(ID_PATTERN, id_):
            _at(record, name).problem(
                f"the name {rest!r}", "lower-case words joined by -, ending in .yaml"
            )
        else:
            yield id_, name


def _at(record: Record, name: str) -> At:
    return At(name, record.problems, {}, (), {})


class _Reader:
    def __init__(self, record: Record, languages: tuple[str, ...], known: Known) -> None:
        self.record, self.languages, self.known = record, languages, known

    def _file(self, name: str) -> tuple[dict[str, Any], At]:
        raw = dict(self.record.mapping(name))
        at = At(name, self.record.problems, self.known, self.languages, {})
        made = provenance(raw.pop("provenance"), at) if "provenance" in raw else {}
        return raw, replace(at, made=made)

    def card(self, id_: str, name: str) -> Technology:
        """What is done with answers, in the shape of a technology."""
        raw, at = self._file(name)
        if not raw and not self.record.read_well(name):
            return Technology(id=id_)
        card = read(Technology, raw, at, id=id_)
        if self.record.read_well(name):
            check_technology(card, at)
        return card

    def survey(
        self, id_: str, name: str, cards: Mapping[str, Technology]
    ) -> tuple[Survey, list[Reason]]:
        raw, at = self._file(name)
        if not raw and not self.record.read_well(name):
            return Survey(id=id_), []
        sections = raw.pop("sections", None)
        with texts_read() as read_here:
            asked = read_sections(sections, at / "sections")
            survey = read(Survey, raw, at, id=id_, sections=asked)
        for place, field, text in read_here:  # others collect texts too
            field.note(text, place)
        version = self.record.digests[name].hex()[:16]
        survey = replace(survey, card=cards.get(survey.practices), version=version)
        if not self.record.read_well(name):
            return survey, []
        texts: list[tuple[str, Text]] = [(place.key, text) for place, _, text in read_here]
        told = reasons(survey, texts, self.languages)
        if survey.state != "draft":
            for reason in told:
                if reason.stops:
                    (at / reason.key).problem(
                        f"the survey open with {reason.found}", reason.expected
                    )
        return survey, told
