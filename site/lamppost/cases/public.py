"""What anybody may read of cases, as the pages, the exports and the freeze see it.

It is put together from the database by ``shown`` and lies in a file beside it. It is no second
place where anything lives: each change of a case makes it anew, and nothing reads it back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ..text import SOURCE_LANGUAGE

FILE = "cases.json"
"""Its name in the instance's folder."""

FILES = "photos"
"""The folder beside it with the photos and PDFs that anybody may see, and no others.

It has its name from when there were no PDFs.
"""


AGAIN = "again"
"""What stands in ``gone`` of one that was public, and is being looked at again."""


class PublicStep(NamedTuple):
    """The day of a step, the state that followed, and whether its writer has revised it then."""

    on: date
    after: str
    is_revised: bool = False


class Passage(NamedTuple):
    """The words that a reader sees, their language, and who made them (``models.ORIGINAL`` …)."""

    words: str
    language: str
    made: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, by language, and who made each; ``own`` is the language of whoever said it."""

    own: str
    languages: dict[str, tuple[str, str]]

    def passage(self, language: str) -> Passage:
        """What a reader of ``language`` sees: that, else English, else what was said."""
        found = (code for code in (language, SOURCE_LANGUAGE, self.own) if code in self.languages)
        code = next(found, next(iter(self.languages)))
        return Passage(self.languages[code][0], code, self.languages[code][1])


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A photo or a PDF that anybody may see: its name, the size of a photo, what it shows."""

    name: str
    width: int
    height: int
    is_covered: bool
    alt: Said

    @property
    def is_paper(self) -> bool:
        """Whether it is a PDF."""
        return self.name.endswith(".pdf")


@dataclass(frozen=True, slots=True)
class PublicCase:
    """A case as anybody may read it; what may not be read is empty.

    ``gone`` says why only its page is left: an outcome, ``withheld`` or ``AGAIN``.
    """

    reference: str
    kind: str
    language: str
    received_on: date
    state: str = ""
    outcome: str = ""
    category: str = ""
    technology: str = ""
    device: str = ""
    place: str = ""
    gone: str = ""
    reason: str = ""
    summary: Said | None = None
    words: Said | None = None
    answer: Said | None = None
    answered_on: date | None = None
    newer: bool = False
    """Whether the City has answered since, and that cannot be read yet."""
    cut_for: str = ""
    """Why parts of its words were taken out, where they were."""
    files: tuple[PublicFile, ...] = ()
    changed: tuple[str, ...] = ()
    """The saves of the record that it led to."""
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys that were chosen, by question, where anybody may know them."""
    notices: tuple[str, ...] = ()
    """References of public notices, such as of an open competition."""
    led: tuple[str, ...] = ()
    """The technologies of the registry that it led to."""
    joined: str = ""
    """The reference of the one that says the same, to which it was joined."""
    steps: tuple[PublicStep, ...] = ()
    """Its steps, where anybody may follow it."""
    support: int = 0
    """How often it was supported, rounded; 0 where that is hidden."""
    party: str = ""
    """Whom it waits for, where it was referred to somebody else."""
    party_page: str = ""
    """The address of their page, where there is one."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A case that waits for the City: of which kind, on what, and by when it is due."""

    kind: str
    what: str
    technology: str
    due_on: date


class Overdue(NamedTuple):
    """How many on a technology wait for the same too long; the first was due on ``since``."""

    technology: str
    what: str
    number: int
    since: date


@dataclass(frozen=True, slots=True)
class Assessed:
    """A vendor's assessment, as far as anybody may know of it."""

    reference: str
    vendor: str
    product: str
    technology: str
    state: str
    outcome: str
    decided_on: date


@dataclass(frozen=True)
class Cases:
    """All of it. ``tallies`` count by kind what the figures are made of.

    ``deleted`` counts by year and kind what went because its time was over.
    """

    public: tuple[PublicCase, ...] = ()
    owed: tuple[Owed, ...] = ()
    tallies: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    deleted: dict[str, dict[str, int]] = field(default_factory=dict)
    assessments: tuple[Assessed, ...] = ()
    digest: bytes = b""

    @cached_property
    def by_reference(self) -> dict[str, PublicCase]:
        """The cases by their references, those of which only a page is left among them."""
        return {case.reference: case for case in self.public}

    @cached_property
    def listed(self) -> list[PublicCase]:
        """Those that can be read, the newest first."""
        found = (case for case in self.public if not case.gone)
        return sorted(found, key=lambda case: (case.received_on, case.reference), reverse=True)

    def of(self, kind: str) -> list[PublicCase]:
        """Those of a kind that can be read, the newest first."""
        return [case for case in self.listed if case.kind == kind]

    def about(self, **what: str) -> list[PublicCase]:
        """Those about a ``technology``, a ``device`` or a ``place``."""
        return [case for case in self.listed if all(getattr(case, k) == v for k, v in what.items())]

    def at(self, place: str, devices: Collection[str]) -> list[PublicCase]:
        """Those about a place, or about one of the devices in it, named by their codes."""
        return [case for case in self.listed if case.place == place or case.device in devices]

    @cached_property
    def assessed(self) -> list[Assessed]:
        """The assessments that were decided on, the newest first."""
        found = self.assessments
        return sorted(found, key=lambda one: (one.decided_on, one.reference), reverse=True)

    def one(self, kind: str, reference: str) -> PublicCase | None:
        """The case of a kind that has a page, or of which its page says that it was here."""
        found = self.by_reference.get(reference)
        return found if found and found.kind == kind else None

    def assessed_for(self, technology: str) -> list[Assessed]:
        """Those of a product that is part of a technology."""
        return [one for one in self.assessed if one.technology == technology]

    def file(self, kind: str, reference: str, name: str) -> PublicFile | None:
        """A file that anybody may see of a case of a kind."""
        found = self.one(kind, reference)
        return next((f for f in found.files if f.name == name), None) if found else None

    @cached_property
    def by_save(self) -> dict[str, list[PublicCase]]:
        """Those that led to a change, by the save of the record that made it."""
        found: dict[str, list[PublicCase]] = {}
        for case in self.listed:
            for save in case.changed:
                found.setdefault(save, []).append(case)
        return found

    def led_to(self, save: str) -> list[PublicCase]:
        """Those that led to a save of the record."""
        return self.by_save.get(save, [])

    def overdue(self, kind: str, today: date) -> list[Overdue]:
        """What is owed since before today of a kind, by technology; on none in particular first."""
        found: dict[tuple[str, str], list[date]] = {}
        for owed in self.owed:
            if owed.kind == kind and owed.due_on < today:
                found.setdefault((owed.technology, owed.what), []).append(owed.due_on)
        return [Overdue(*of, len(days), min(days)) for of, days in sorted(found.items())]


def file_bytes(instance: Path, name: str) -> bytes | None:
    """A file that anybody may see; None where it was taken back in this very moment."""
    try:
        return (instance / FILES / name).read_bytes()
    except FileNotFoundError:
        return None


def read_cases(path: Path) -> Cases:
    """What the file says; nothing where there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Cases()
    raw = json.loads(data)
    return Cases(
        public=tuple(_case(one) for one in raw["public"]),
        owed=tuple(Owed(**{**o, "due_on": date.fromisoformat(o["due_on"])}) for o in raw["owed"]),
        assessments=tuple(assessed_from(one) for one in raw.get("assessments", ())),
        tallies={k: {n: Counter(c) for n, c in t.items()} for k, t in raw["tallies"].items()},
        deleted=raw.get("deleted", {}),
        digest=blake2b(data, digest_size=12).digest(),
    )


def _case(raw: dict[str, Any]) -> PublicCase:
    texts = {part: _said(raw.get(part), raw["language"]) for part in ("summary", "words", "answer")}
    received, answered = raw["received_on"], raw.get("answered_on")
    days = {
        "received_on": date.fromisoformat(received),
        "answered_on": date.fromisoformat(answered) if answered else None,
    }
    # A file of before tells of no revision.
    steps = tuple(PublicStep(date.fromisoformat(on), *rest) for on, *rest in raw.get("steps", ()))
    told = {name: tuple(keys) for name, keys in raw.get("told", {}).items()}
    more = {"changed": tuple(raw.get("changed", ())), "steps": steps, "told": told}
    # A file of before calls them photos.
    more["files"] = tuple(_file(one) for one in raw.pop("photos", ()) or raw.get("files", ()))
    more["led"] = tuple(raw.get("led", ()))
    more["notices"] = tuple(raw.get("notices", ()))
    return PublicCase(**{**raw, **texts, **days, **more})


def _file(raw: dict[str, Any]) -> PublicFile:
    alt = {code: (words, made) for code, (words, made) in raw["alt"].items()}
    return PublicFile(**{**raw, "alt": Said(SOURCE_LANGUAGE, alt)})


def assessed_from(raw: dict[str, str]) -> Assessed:
    """One as the file holds it."""
    day = date.fromisoformat(raw["decided_on"])
    words = {name: words for name, words in raw.items() if name != "decided_on"}
    return Assessed(**words, decided_on=day)


def _said(raw: dict[str, list[str]] | None, own: str) -> Said | None:
    return Said(own, {code: (words, made) for code, (words, made) in raw.items()}) if raw else None
