"""The columns of the downloads: declared once, for all formats and their documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from flask_babel import LazyString

from ..fields import Duration
from ..i18n import lazy_gettext as _l
from .models import OVERRIDES, Device, Technology
from .queries import Registry, longest_kept

Values = Callable[[Registry, list[Device]], list[Any]]


class Column(NamedTuple):
    """A column: its name, what it means, and its values for many devices. None is an empty cell.

    A column is filled as a whole, since 100,000 devices are written after every change.
    """

    name: str
    meaning: LazyString
    values: Values


def _own(name: str) -> Values:
    get = attrgetter(name)
    return lambda _, devices: list(map(get, devices))


def _day(name: str) -> Values:
    get = attrgetter(name)

    def values(_: Registry, devices: list[Device]) -> list[str | None]:
        days = list(map(get, devices))
        written = {day: day.isoformat() if day else None for day in set(days)}
        return [written[day] for day in days]

    return values


def _ids(name: str) -> Values:
    get = attrgetter(name)
    return lambda _, devices: list(map(";".join, map(get, devices)))


def _usual(usual: Callable[[Technology], Any], override: str = "") -> Values:
    """What the technology says, or the device where it differs."""
    get = attrgetter(f"override_{override}" if override else "code")

    def values(registry: Registry, devices: list[Device]) -> list[Any]:
        said = {id_: usual(technology) for id_, technology in registry.technologies.items()}
        if not override:
            return [said[device.technology] for device in devices]
        return [
            _written(own) if own else said[device.technology]
            for own, device in zip(map(get, devices), devices, strict=True)
        ]

    return values


def _differs(_: Registry, devices: list[Device]) -> list[str]:
    groups = attrgetter(*(f"override_{group}" for group in OVERRIDES))
    return [";".join(device.overrides) if any(groups(device)) else "" for device in devices]


def _written(own: Any) -> str:
    return str(own) if isinstance(own, (str, Duration)) else ";".join(own)


DEVICE_COLUMNS = (
    Column("code", _l("Code on the sign; never used again for another device"), _own("code")),
    Column("technology", _l("Id of the technology"), _own("technology")),
    Column(
        "technology_name", _l("Name of the technology, in English"), _usual(lambda t: str(t.name))
    ),
    Column(
        "status",
        _l("proposed, approved, installed, active, paused, removed or not_a_sensor"),
        _own("status"),
    ),
    Column("latitude", _l("WGS 84, degrees north; empty without a point"), _own("latitude")),
    Column("longitude", _l("WGS 84, degrees east; empty without a point"), _own("longitude")),
    Column("precision_m", _l("How exact the point is, in metres"), _own("precision_m")),
    Column("location", _l("Where it is, in words"), _own("location")),
    Column("place", _l("Ids of places, joined by ;"), _ids("place")),
    Column("host", _l("What carries it"), _own("host")),
    Column(
        "direction_deg",
        _l("Where it looks: 0 is north, 90 is east, in degrees"),
        _own("direction_deg"),
    ),
    Column("view_angle_deg", _l("How wide it looks, in degrees"), _own("view_angle_deg")),
    Column("height_m", _l("Height above the ground, in metres"), _own("height_m")),
    Column("installed_on", _l("Day of installation, ISO 8601"), _day("installed_on")),
    Column("removed_on", _l("Day of removal, ISO 8601"), _day("removed_on")),
    Column(
        "active_until", _l("Day until which it is to be active, ISO 8601"), _day("active_until")
    ),
    Column("last_seen_on", _l("Day it was last seen on the spot, ISO 8601"), _day("last_seen_on")),
    Column("sign_version", _l("Version of the sign on the spot"), _own("sign_version")),
    Column(
        "purpose",
        _l("Ids of its purposes, joined by ;"),
        _usual(lambda t: ";".join(t.purpose.items), "purpose"),
    ),
    Column(
        "data",
        _l("Ids of the kinds of data, joined by ;"),
        _usual(lambda t: ";".join(t.data_types), "data"),
    ),
    Column(
        "identifiability",
        _l("none, de_identified, pseudonymous, identifiable or unknown"),
        _usual(lambda t: t.identifiability.level, "identifiability"),
    ),
    Column(
        "kept_longest",
        _l("Longest time that data is kept: ISO 8601 duration, none, indefinite or unknown"),
        _usual(lambda t: str(longest_kept(t)), "retention"),
    ),
    Column(
        "differs",
        _l("Groups of practices in which the device differs from its technology, joined by ;"),
        _differs,
    ),
    Column(
        "sample",
        _l("1 when the device is invented, for show; 0 when it is real"),
        lambda _, devices: [int(device.sample) for device in devices],
    ),
)

NAMES = tuple(column.name for column in DEVICE_COLUMNS)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FREE_TEXT = ("technology_name", "location")


def rows(
    registry: Registry, devices: list[Device], *, inert: bool = False
) -> Iterator[tuple[Any, ...]]:
    """A row of values for each device, in the order of the columns.

    With ``inert``, text that a spreadsheet would take for a formula is quoted (CWE-1236).
    """
    columns = [column.values(registry, devices) for column in DEVICE_COLUMNS]
    if inert:
        for name in _FREE_TEXT:
            at = NAMES.index(name)
            columns[at] = [f"'{v}" if v.startswith(_FORMULA) else v for v in columns[at]]
    return zip(*columns, strict=True)


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
