"""Reads what is asked from the record: forms, and what is done with the answers to any of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..fields import At, provenance, read
from ..phrases import phrase
from ..questions.load import read_sections
from ..record import Record
from ..registry.load import check_technology
from ..registry.models import ID_PATTERN, Technology
from .definitions import Form

FORMS = "content/forms"
PRACTICES = "surveys/practices"

Known = Mapping[str, Mapping[str, Any]]


class Reader:
    """Reads files of one record; ``known`` is what they may refer to, the practices among it."""

    def __init__(self, record: Record, languages: tuple[str, ...], known: Known) -> None:
        self.record, self.languages, self.known = record, languages, known
        cards = {id_: self.card(id_, name) for id_, name in self.named(PRACTICES)}
        self.known = {**known, "practices": cards}

    def named(self, folder: str, *but: str) -> Iterator[tuple[str, str]]:
        """The ids and the names of the files directly in a folder; ``but`` are folders in it."""
        for name in self.record.names(folder, ""):
            rest = name.removeprefix(f"{folder}/")
            id_, _, ending = rest.partition(".")
            at = At(name, self.record.problems, {}, (), {})
            if "/" in rest or not (self.record.root / name).is_file():
                if (rest + "/").split("/")[0] not in but:
                    at.problem(phrase("the name %(name)r", name=rest), phrase("a file ID.yaml"))
            elif ending != "yaml" or not re.fullmatch(ID_PATTERN, id_):
                told = phrase("lower-case words joined by -, ending in .yaml")
                at.problem(phrase("the name %(name)r", name=rest), told)
            else:
                yield id_, name

    def file(self, name: str) -> tuple[dict[str, Any], At]:
        """What a file holds, and where its problems are told."""
        raw = dict(self.record.mapping(name))
        at = At(name, self.record.problems, self.known, self.languages, {})
        made = provenance(raw.pop("provenance"), at) if "provenance" in raw else {}
        return raw, replace(at, made=made)

    def card(self, id_: str, name: str) -> Technology:
        """What is done with answers, in the shape of a technology."""
        raw, at = self.file(name)
        if not raw and not self.record.read_well(name):
            return Technology(id=id_)
        card = read(Technology, raw, at, id=id_)
        if self.record.read_well(name):
            check_technology(card, at)
        return card

    def form(self, id_: str, name: str) -> Form:
        """A form."""
        raw, at = self.file(name)
        if not raw and not self.record.read_well(name):
            return Form(id=id_)
        asked = read_sections(raw.pop("sections", None), at / "sections")
        form = read(Form, raw, at, id=id_, sections=asked)
        card = self.known["practices"].get(form.practices, form.card)
        return replace(form, card=card, version=self.record.digests[name].hex()[:16])


def load_forms(reader: Reader) -> dict[str, Form]:
    """The forms of the record by id."""
    return {id_: reader.form(id_, name) for id_, name in reader.named(FORMS)}
