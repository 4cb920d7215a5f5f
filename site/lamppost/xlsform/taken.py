"""A form that is taken in: a draft of a survey in the record, as one save, or all that is wrong."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..config import Config
from ..content import Content
from ..fields import At, Problem, read
from ..i18n import languages
from ..record import yaml_words
from ..registry.models import ID_PATTERN
from ..saves import save_files
from ..surveys.definitions import Survey
from ..surveys.load import FOLDER
from ..text import SOURCE_LANGUAGE, Made, folded
from .book import Lines
from .faults import Fault, expected_in
from .parse import default_language, parse
from .referee import verdict
from .sheets import OURS, Line, column_parts, language_of

MOST_KEY = 60
MADE = (str(Made.MACHINE), str(Made.HUMAN))
"""How the translations of a form can have been made; readers are told."""

RESERVED = ("import", "new")
"""What stands in an address of the desk where the id of a survey stands."""


class Taken(NamedTuple):
    """What a form comes to: a survey's id and file, or its mistakes; and what was left out.

    ``refused`` is what pyxform has against a form that is well to us, in English.
    """

    key: str
    raw: dict[str, Any]
    faults: list[Fault]
    left_out: list[str]
    refused: str = ""

    @property
    def is_well(self) -> bool:
        """Whether it can be saved."""
        return not self.faults and not self.refused


def take(lines: Lines, content: Content, key: str = "", made: str = MADE[0]) -> Taken:
    """The draft that a form comes to; ``key`` is its id where the form's own is not meant.

    ``made`` is how its translations were made, one of :data:`MADE`.
    """
    codes = tuple(languages())
    parsed = parse(lines, codes)
    settings = (lines.get("settings") or [Line("settings", 1, {})])[0]
    raw, faults = _facts(lines, settings, content, codes)
    others = [code for code in codes if code != SOURCE_LANGUAGE]
    raw = {"provenance": dict.fromkeys(others, made), **raw, "sections": parsed.sections}
    key = key or _key_of(settings["form_id"] or settings["form_title"])
    taken = Taken(key, raw, [*parsed.faults, *faults], parsed.left_out)
    if not taken.faults:
        sheets = {name: [dict(line.cells) for line in rows] for name, rows in lines.items()}
        taken = taken._replace(refused=verdict(sheets))
    return taken


def is_key(words: str) -> bool:
    """Whether a survey can be called so."""
    right = re.fullmatch(ID_PATTERN, words) is not None
    return right and len(words) <= MOST_KEY and words not in RESERVED


def keep(config: Config, taken: Taken, note: str, author: tuple[str, str]) -> str:
    """Write the draft as one save; the name of its file.

    Raises :class:`~lamppost.saves.StaleError` where there is a survey of this id, and
    :class:`~lamppost.saves.SaveError`.
    """
    name = f"{FOLDER}/{taken.key}.yaml"
    data = yaml_words(taken.raw).encode()
    save_files(config, {name: data}, seen={}, note=note, author=author)
    return name


def _key_of(words: str) -> str:
    joined = re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-")
    return joined[:MOST_KEY].strip("-") or "survey"


def _facts(
    lines: Lines, settings: Line, content: Content, codes: tuple[str, ...]
) -> tuple[dict[str, Any], list[Fault]]:
    """What the draft says of itself beside its questions, from our sheet or from the settings."""
    ours = {line["name"]: line for line in lines.get(OURS, ())}
    told = {name: _texts(ours[name]) for name in ("title", "summary") if name in ours}
    given = {default_language(lines): settings["form_title"]} if settings["form_title"] else {}
    title = told.get("title") or given or {"en": "A survey"}
    title.setdefault("en", next(iter(title.values())))
    contact = ours["contact"]["value"] if "contact" in ours else ""
    known = content.registry.organizations
    raw = {
        "title": title,
        "summary": told.get("summary") or dict(title),
        "state": "draft",
        "contact": contact if contact in known else content.settings.publisher,
    }
    problems: list[Problem] = []
    at = At("settings", problems, {"organizations": known}, codes, {})
    read(Survey, raw, at, id="draft", sections=())
    faults = []
    for problem in problems:
        line = ours.get(problem.key.partition(".")[0], settings)
        column = "form_title" if line is settings else "label"
        found = line[column] or problem.found
        faults.append(Fault(line.sheet, line.number, column, found, expected_in("settings")))
    return raw, list(dict.fromkeys(faults))


def _texts(line: Line) -> dict[str, str]:
    found = {}
    for heading, cell in line.cells.items():
        name, language = column_parts(heading)
        if name == "label" and (code := language_of(language)):
            found[code] = cell
    return found
