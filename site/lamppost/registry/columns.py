"""The columns of the downloads: declared once, for all formats and their documentation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from flask_babel import LazyString

from ..fields import Duration
from ..i18n import lazy_gettext as _l
from .models import Device, Technology
from .queries import Registry, longest_kept

Cells = Sequence[Any]
Turn = Callable[[Registry, Cells, Cells], Cells]
"""From a column's attributes and the ids of the devices' technologies to what is written."""


class Column(NamedTuple):
    """A column: its name, what it means, and how its cells are written. None is an empty cell.

    Columns are filled as a whole, since 100,000 devices are written after every change.
    """

    name: str
    meaning: LazyString
    attribute: str = ""
    turn: Turn = lambda _registry, own, _technologies: own


def _days(_registry: Registry, own: Cells, _technologies: Cells) -> Cells:
    written = {day: day.isoformat() if day else None for day in set(own)}
    return [written[day] for day in own]


def _ids(_registry: Registry, own: Cells, _technologies: Cells) -> Cells:
    return list(map(";".join, own))


def _flags(_registry: Registry, own: Cells, _technologies: Cells) -> Cells:
    return list(map(int, own))


def _usual(usual: Callable[[Technology], Any]) -> Turn:
    """What the technology says, or the device where it differs."""

    def turn(registry: Registry, own: Cells, technologies: Cells) -> Cells:
        said = {id_: usual(technology) for id_, technology in registry.technologies.items()}
        pairs = zip(own, technologies, strict=True)
        return [_written(cell) if cell else said[technology] for cell, technology in pairs]

    return turn


def _written(own: Any) -> str:
    return str(own) if isinstance(own, (str, Duration)) else ";".join(own)


def _names(registry: Registry, _own: Cells, technologies: Cells) -> Cells:
    names = {id_: str(technology.name) for id_, technology in registry.technologies.items()}
    return [names[technology] for technology in technologies]


DEVICE_COLUMNS = (
    Column("code", _l("Code on the sign; never used again for another device")),
    Column("technology", _l("Id of the technology")),
    Column("technology_name", _l("Name of the technology, in English"), "technology", _names),
    Column(
        "status",
        _l("proposed, approved, installed, active, paused, removed or not_a_sensor"),
    ),
    Column("latitude", _l("WGS 84, degrees north; empty without a point")),
    Column("longitude", _l("WGS 84, degrees east; empty without a point")),
    Column("precision_m", _l("How exact the point is, in metres")),
    Column("location", _l("Where it is, in words")),
    Column("place", _l("Ids of places, joined by ;"), "place", _ids),
    Column("host", _l("What carries it")),
    Column(
        "direction_deg",
        _l("Where it looks: 0 is north, 90 is east, in degrees"),
    ),
    Column("view_angle_deg", _l("How wide it looks, in degrees")),
    Column("height_m", _l("Height above the ground, in metres")),
    Column("installed_on", _l("Day of installation, ISO 8601"), "installed_on", _days),
    Column("removed_on", _l("Day of removal, ISO 8601"), "removed_on", _days),
    Column(
        "active_until", _l("Day until which it is to be active, ISO 8601"), "active_until", _days
    ),
    Column("last_seen_on", _l("Day it was last seen on the spot, ISO 8601"), "last_seen_on", _days),
    Column("sign_version", _l("Version of the sign on the spot")),
    Column(
        "purpose",
        _l("Ids of its purposes, joined by ;"),
        "override_purpose",
        _usual(lambda t: ";".join(t.purpose.items)),
    ),
    Column(
        "data",
        _l("Ids of the kinds of data, joined by ;"),
        "override_data",
        _usual(lambda t: ";".join(t.data_types)),
    ),
    Column(
        "identifiability",
        _l("none, de_identified, pseudonymous, identifiable or unknown"),
        "override_identifiability",
        _usual(lambda t: t.identifiability.level),
    ),
    Column(
        "kept_longest",
        _l("Longest time that data is kept: ISO 8601 duration, none, indefinite or unknown"),
        "override_retention",
        _usual(lambda t: str(longest_kept(t))),
    ),
    Column(
        "differs",
        _l("Groups of practices in which the device differs from its technology, joined by ;"),
        "overrides",
        _ids,
    ),
    Column(
        "sample",
        _l("1 when the device is invented, for show; 0 when it is real"),
        "sample",
        _flags,
    ),
)

NAMES = tuple(column.name for column in DEVICE_COLUMNS)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FREE_TEXT = ("technology_name", "location")


def filled(registry: Registry, devices: list[Device]) -> list[Cells]:
    """The columns, each with a cell for every device."""
    fetch = attrgetter(*(column.attribute or column.name for column in DEVICE_COLUMNS))
    cells = list(zip(*map(fetch, devices), strict=True)) or [()] * len(NAMES)
    technologies = cells[NAMES.index("technology")]
    return [
        column.turn(registry, own, technologies)
        for column, own in zip(DEVICE_COLUMNS, cells, strict=True)
    ]


def harmless(cell: str) -> str:
    """A cell with an apostrophe before what a spreadsheet would run (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def inert(columns: list[Cells]) -> list[Cells]:
    """The columns with an apostrophe before what a spreadsheet would run (CWE-1236)."""
    return [
        [harmless(v) for v in column] if name in _FREE_TEXT else column
        for name, column in zip(NAMES, columns, strict=True)
    ]


def plain(value: Any) -> Any:
    """A value of the record as JSON can hold it."""
    if hasattr(value, "languages"):
        return value.languages
    if isinstance(value, Duration):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, (tuple, list)) and not hasattr(value, "_fields"):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        pairs = ((name, getattr(value, name)) for name in value.__dataclass_fields__)
        return {name: plain(v) for name, v in pairs if v not in (None, "", (), {})}
    return value
