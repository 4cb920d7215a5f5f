"""Reads the registry from the record and checks it, all mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .. import icons
from ..fields import At, Problem, Unread, attributed, check_keys, read, read_all
from ..phrases import phrase
from ..record import Record
from .models import (
    BY_VENDOR,
    ID_PATTERN,
    WORD_CATEGORIES,
    Device,
    Organization,
    Place,
    Technology,
    Word,
)
from .outlines import Outline, load_outlines
from .rows import WORLD, Bounds, Rows

FOLDER = "content/registry"
SEES_PEOPLE = frozenset(
    {
        "biometrics", "facial_characterization", "identifiable_image", "identifiable_video",
        "identifiable_wifi_sensor", "image", "local__face_search", "local__plate_reader",
        "local__speed_camera", "local__traffic_camera", "local__video_hub", "microphone",
        "video_camera", "video_camera_infrared", "voice",
    }
)  # fmt: skip
"""Types of technology of which "identifies nobody" is not believed without a note and a source."""


@dataclass
class Parts:
    """What the registry is made of, each by its id, in the order of the files."""

    words: dict[str, dict[str, Word]] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    outlines: tuple[Outline, ...] = ()
    technologies: dict[str, Technology] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    bounds: Bounds = WORLD


def load(
    record: Record, *, languages: tuple[str, ...], sources: Mapping[str, Any], bounds: Bounds,
    as_of: date,
) -> Parts:  # fmt: skip
    """Read the registry of ``record``; problems go to ``record.problems``.

    ``as_of`` is the day (in the city's time zone) from which ``active_until`` is judged.
    """
    parts = Parts(bounds=bounds)
    reader = _Reader(record, languages, {"sources": sources, "icons": icons.names()})
    for category in WORD_CATEGORIES:
        name = f"{FOLDER}/words/{category}.yaml"
        parts.words[category] = reader.all_of(Word, name, "words", category=category)
        reader.known[f"words/{category}"] = parts.words[category]
    reader.known["organizations"] = parts.organizations = reader.all_of(
        Organization, f"{FOLDER}/organizations.yaml", "organizations"
    )
    parts.places = reader.all_of(Place, f"{FOLDER}/places.yaml", "places")
    parts.outlines = load_outlines(record, parts.places, bounds)
    for name in _directly_in(record, f"{FOLDER}/technologies", ".yaml"):
        technology = reader.technology(name)
        parts.technologies[technology.id] = technology
    rows = Rows(record, reader.known, parts.places, bounds, as_of)
    for name in _directly_in(record, f"{FOLDER}/devices", ".csv"):
        rows.read(name, parts.technologies, parts.devices)
    return parts


class _Reader:
    def __init__(
        self, record: Record, languages: tuple[str, ...], known: dict[str, Mapping[str, Any]]
    ) -> None:
        self.record, self.languages, self.known = record, languages, known

    def at(self, name: str, raw: Mapping[str, Any]) -> At:
        return attributed(raw, At(name, self.record.problems, self.known, self.languages, {}))

    def all_of(self, kind: type, name: str, key: str, **given: Any) -> dict[str, Any]:
        raw = self.record.mapping(name)
        if not raw and not self.record.read_well(name):
            return Unread()
        at = self.at(name, raw)
        check_keys(raw, ("provenance", key), at)
        return read_all(kind, raw.get(key), at / key, **given)

    def technology(self, name: str) -> Technology:
        """One with mistakes too: what refers to it makes none."""
        raw = dict(self.record.mapping(name))
        id_ = name.rsplit("/", 1)[1].removesuffix(".yaml")
        if not raw and not self.record.read_well(name):
            return Technology(id=id_)
        at = self.at(name, raw)
        raw.pop("provenance", None)
        if not _is_id(id_):
            at.problem(id_, phrase("a file name of lower-case words joined by -"))
        technology = read(Technology, raw, at, id=id_)
        if self.record.read_well(name):
            check_technology(technology, at)
        return technology


def _directly_in(record: Record, folder: str, ending: str) -> Iterator[str]:
    for name in record.names(folder, ending):
        if name.count("/") == folder.count("/") + 1:
            yield name
        else:
            found = phrase("the file in a folder of its own")
            told = phrase("a file directly in %(folder)s/", folder=folder)
            record.problems.append(Problem(name, phrase("(file)"), found, told))


def _is_id(words: str) -> bool:
    return re.fullmatch(ID_PATTERN, words) is not None


def check_technology(technology: Technology, at: At) -> None:
    """Report what no single group of a technology's practices can see."""
    identifiability = technology.identifiability
    sees = SEES_PEOPLE.intersection(technology.technology_type.items)
    if identifiability.level == "none" and sees:
        for key in ("note", "sources"):
            if not getattr(identifiability, key):
                told = phrase("why %(what)s identifies nobody", what=", ".join(sorted(sees)))
                (at / "identifiability" / key).problem(None, told)
    for name in ("identifiability", "opt_out"):
        group = getattr(technology, name)
        if group.level == "unknown":
            continue
        is_proved = group.sources or group.grade == BY_VENDOR
        if not is_proved and not (sees and group.level == "none"):
            (at / name / "sources").problem(None, phrase("at least one source for the level"))
        if not group.grade:
            (at / name / "grade").problem(None, phrase("how we know it"))
    if technology.reads_plates and technology.plate_policy is None:
        (at / "plate_policy").problem(
            None, phrase("the parts of the policy (Civil Code 1798.90.51), or a gap")
        )
    if technology.verify_by <= technology.verified_on:
        told = phrase("a day after %(name)s", name="verified_on")
        (at / "verify_by").problem(technology.verify_by.isoformat(), told)
