"""Reads releases of results from the record, and judges each by what is public of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..fields import At, Day, Items, Key, Part, Words, attributed, read, stated
from ..phrases import phrase
from ..record import Record
from ..text import Text
from .checker import leaks
from .release import Release, seal

FOLDER = "surveys/results"
_RELEASE = r"(?P<survey>[a-z0-9][a-z0-9_-]*)-(?P<number>[1-9][0-9]{0,3})\.json"
_DONE = r"(?P<survey>[a-z0-9][a-z0-9_-]*)\.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done with the results: in words, and the technology that it changed, if any."""

    day: date = stated(Day(), required=True, default=date.min)
    text: Text = stated(Words(most=600), required=True)
    technology: str = stated(Key(kind="technologies"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _AllDone:
    done: tuple[Done, ...] = stated(Items(of=Part(of=Done)), required=True, default=())


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a survey: its releases, the latest last, and what was done with them."""

    releases: tuple[Release, ...]
    done: tuple[Done, ...] = ()

    @property
    def latest(self) -> Release:
        """The release that its page shows."""
        return self.releases[-1]


def release_name(survey: str, number: int) -> str:
    """The name of the file of a release."""
    return f"{FOLDER}/{survey}-{number}.json"


def done_name(survey: str) -> str:
    """The name of the file that says what was done."""
    return f"{FOLDER}/{survey}.yaml"


def load_results(
    record: Record, languages: tuple[str, ...], known: Mapping[str, Mapping[str, Any]]
) -> dict[str, Results]:
    """The results by the survey's id. ``known`` holds surveys and technologies."""
    payloads: dict[str, dict[int, Any]] = {}
    done: dict[str, tuple[Done, ...]] = {}
    for name in record.names(FOLDER, ""):
        at = At(name, record.problems, known, languages, {})
        rest = name.removeprefix(f"{FOLDER}/")
        if found := re.fullmatch(_RELEASE, rest):
            raw = _sealed(record.json(name), at)
            payloads.setdefault(found["survey"], {})[int(found["number"])] = (raw, at)
        elif found := re.fullmatch(_DONE, rest):
            raw = dict(record.mapping(name))
            at = attributed(raw, at)
            raw.pop("provenance", None)
            if raw or record.read_well(name):
                done[found["survey"]] = read(_AllDone, raw, at).done
        else:
            at.problem(
                phrase("the name %(name)r", name=rest), phrase("SURVEY-NUMBER.json, or SURVEY.yaml")
            )
    for survey in done.keys() - payloads.keys():
        told = phrase("a release of results before it")
        _at(record, done_name(survey)).problem(phrase("what was done"), told)
    return {
        survey: Results(_releases(survey, found), done.get(survey, ()))
        for survey, found in sorted(payloads.items())
    }


def trial(payload: dict[str, Any], languages: tuple[str, ...]) -> Release:
    """A payload as its page would show it, before it is a file."""
    at = At("(a release)", [], {}, languages, {})
    return replace(read(Release, payload, at), sha256=seal(payload), payload=payload)


def _at(record: Record, name: str) -> At:
    return At(name, record.problems, {}, (), {})


def _sealed(raw: Any, at: At) -> Any:
    """What a file holds, where its seal is whole."""
    if raw is None:
        return None
    if not isinstance(raw, dict) or set(raw) != {"sha256", "release"}:
        return at.problem(raw, phrase("a mapping of %(keys)s", keys="sha256 and release"))
    if seal(raw["release"]) != raw["sha256"]:
        return (at / "sha256").problem(phrase("the seal of another content"), seal(raw["release"]))
    return raw["release"]


def _releases(survey: str, found: Mapping[int, Any]) -> tuple[Release, ...]:
    releases: list[Release] = []
    before: Any = None
    for number, (raw, at) in sorted(found.items()):
        if number != len(releases) + 1:
            told = phrase("the release %(number)s before it", number=len(releases) + 1)
            at.problem(phrase("the release %(number)s", number=number), told)
        releases.append(_release(survey, number, raw, at))
        for leak in leaks(raw, before) if raw is not None else ():
            leaked = phrase("the leak “%(leak)s”", leak=str(leak))
            at.problem(leaked, phrase("a release that gives nobody away"))
        before = raw
    return tuple(releases)


def _release(survey: str, number: int, raw: Any, at: At) -> Release:
    none = Release(survey=survey, number=number, title=Text({"en": survey}))
    if raw is None:
        return none
    if survey not in at.known.get("surveys", {}):
        at.problem(phrase("the name %(name)r", name=survey), phrase("a survey of surveys/"))
    before = len(at.problems)
    release = read(Release, raw, at)
    if len(at.problems) > before:
        return none
    if (release.survey, release.number) != (survey, number):
        found = phrase("the release %(number)s", number=release.id)
        at.problem(found, phrase("the one that the file is named after"))
    return replace(release, sha256=seal(raw), payload=raw)
