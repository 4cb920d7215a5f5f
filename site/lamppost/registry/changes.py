"""What changed in the registry, told from the record's history as facts, not as lines of files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..fields import At, Unread, read
from ..history import FileChange, Save
from ..i18n import languages
from ..record import YamlError, yaml_value
from .load import FOLDER
from .models import WORD_CATEGORIES, Device, Technology
from .queries import longest_kept, words_of

TECHNOLOGIES = f"{FOLDER}/technologies/"
DEVICES = f"{FOLDER}/devices/"
QUIET = ("verified_on", "verify_by", "icon")


class Detail(NamedTuple):
    """One fact that changed: ``what`` names the group or column, ``how`` the kind of change.

    ``how`` is ``added``, ``removed``, ``value`` (before → after), ``words`` (ids of words that
    went and that came), ``moved`` or ``text``.
    """

    what: str
    how: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class Change:
    """What one save changed in one technology, or in one device of it."""

    save: str
    day: date
    note: str
    technology: str
    device: str
    places: tuple[str, ...]
    details: tuple[Detail, ...]


def changes(history: Iterable[Save], time_zone: str) -> list[Change]:
    """The changes of technologies and devices in ``history``, newest first.

    Days are those of the city's ``time_zone``.
    """
    return [
        change for save in history for file in save.files
        for change in _changes_of(save, file, ZoneInfo(time_zone))
    ]  # fmt: skip


def _changes_of(save: Save, file: FileChange, zone: ZoneInfo) -> Iterator[Change]:
    day = save.at.astimezone(zone).date()
    id_ = file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if file.name.startswith(TECHNOLOGIES):
        details = tuple(_technology_details(file))
        if details:
            yield Change(save.id, day, save.note, id_, "", (), details)
    elif file.name.startswith(DEVICES):
        for code, before, after in _changed_rows(file):
            places = {*_places(before), *_places(after)}
            device_details = tuple(_device_details(before, after))
            if device_details:
                yield Change(
                    save.id, day, save.note, id_, code, tuple(sorted(places)), device_details
                )


# --- technologies -------------------------------------------------------------------------------


def _technology_details(file: FileChange) -> Iterator[Detail]:
    if file.before is None or file.after is None:
        yield Detail("technology", "removed" if file.after is None else "added")
        return
    before, after = _technology(file.before), _technology(file.after)
    if before is None or after is None:  # saved without a check, so there is nothing to compare
        yield Detail("technology", "text")
        return
    for name in Technology.__dataclass_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and name not in QUIET:
            yield _detail(name, before, after)


def _detail(name: str, before: Technology, after: Technology) -> Detail:
    old, new = getattr(before, name), getattr(after, name)
    if name in WORD_CATEGORIES:
        old_words, new_words = words_of(before, name), words_of(after, name)
        if set(old_words) != set(new_words):
            return _word_detail(name, old_words, new_words)
    elif name in ("identifiability", "opt_out") and old.level != new.level:
        return Detail(name, "value", old.level, new.level)
    elif name == "retention" and longest_kept(before) != longest_kept(after):
        return Detail(name, "value", longest_kept(before), longest_kept(after))
    elif name == "status" or (name == "name" and str(old) != str(new)):
        return Detail(name, "value", old, new)
    return Detail(name, "text")


def _word_detail(name: str, old: Iterable[str], new: Iterable[str]) -> Detail:
    went = tuple(word for word in old if word not in new)
    came = tuple(word for word in new if word not in old)
    return Detail(name, "words", went, came)


# What an old version refers to may be gone.
_KNOWN = {f"words/{category}": Unread() for category in WORD_CATEGORIES}
_KNOWN |= {kind: Unread() for kind in ("organizations", "sources", "icons")}


def _technology(data: bytes) -> Technology | None:
    try:
        raw = yaml_value(data.decode("utf-8"))
    except (YamlError, UnicodeDecodeError):
        return None
    if not isinstance(raw, dict):
        return None
    raw.pop("provenance", None)
    technology = read(Technology, raw, At("", [], _KNOWN, tuple(languages()), {}), id="")
    return technology if technology.name else None


# --- devices ------------------------------------------------------------------------------------


def _changed_rows(file: FileChange) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Code, row before, row after, for the rows that differ; an empty row where there is none."""
    before, after = _lines(file.before), _lines(file.after)
    if before[:1] == after[:1]:  # the same header: only lines that differ need to be read
        header, same = before[:1], set(before) & set(after)
        before = header + [line for line in before[1:] if line not in same]
        after = header + [line for line in after[1:] if line not in same]
    old, new = _rows(before), _rows(after)
    for code in sorted({*old, *new}):
        if old.get(code) != new.get(code):
            yield code, old.get(code, {}), new.get(code, {})


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines(keepends=True)


def _rows(lines: list[str]) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO("".join(lines), newline=""))
    try:
        return {row["code"]: row for row in rows if row.get("code")}
    except csv.Error:  # saved without a check
        return {}


def _places(row: dict[str, str]) -> list[str]:
    return [place for place in (row.get("place") or "").split(";") if place]


def _device_details(before: dict[str, str], after: dict[str, str]) -> Iterator[Detail]:
    if not before or not after:
        yield Detail("device", "added" if after else "removed")
        return
    columns = [
        c for c in Device.__dataclass_fields__ if (before.get(c) or "") != (after.get(c) or "")
    ]
    if "latitude" in columns or "longitude" in columns:
        yield Detail("location", "moved")
    for column in columns:
        if column in ("status", "override_retention", "override_identifiability", "location"):
            yield Detail(column, "value", before.get(column) or "", after.get(column) or "")
        elif column not in ("latitude", "longitude", "technology", "sample"):
            yield Detail(column, "text")
