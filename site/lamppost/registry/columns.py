"""The columns of the downloads: declared once, for CSV, GeoJSON, JSON, SQLite and their documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from flask_babel import LazyString, lazy_gettext as _l

from ..fields import Duration
from .models import Device, Technology
from .queries import Registry, longest_kept


class Column(NamedTuple):
    """A column: its name, what it means, and its value for a device. None is an empty cell."""

    name: str
    meaning: LazyString
    value: Callable[[Device, Technology], Any]


def _day(name: str) -> Callable[[Device, Technology], str | None]:
    def value(device: Device, _: Technology) -> str | None:
        day = getattr(device, name)
        return day.isoformat() if day else None

    return value


def _own(name: str) -> Callable[[Device, Technology], Any]:
    return lambda device, _: getattr(device, name)


def _ids(override: str, usual: Callable[[Technology], tuple[str, ...]]) -> Callable[..., str]:
    return lambda device, technology: ";".join(getattr(device, override) or usual(technology))


DEVICE_COLUMNS = (
    Column("code", _l("Code on the sign; never used again for another device"), _own("code")),
    Column("technology", _l("Id of the technology"), _own("technology")),
    Column("technology_name", _l("Name of the technology, in English"), lambda _, t: str(t.name)),
    Column(
        "status",
        _l("proposed, approved, installed, active, paused, removed or not_a_sensor"),
        _own("status"),
    ),
    Column("latitude", _l("WGS 84, degrees north; empty without a point"), _own("latitude")),
    Column("longitude", _l("WGS 84, degrees east; empty without a point"), _own("longitude")),
    Column("precision_m", _l("How exact the point is, in metres"), _own("precision_m")),
    Column("location", _l("Where it is, in words"), _own("location")),
    Column("place", _l("Ids of places, joined by ;"), lambda d, _: ";".join(d.place)),
    Column("host", _l("What carries it"), _own("host")),
    Column(
        "direction_deg", _l("Where it looks: 0 is north, 90 is east, in degrees"), _own("direction_deg")
    ),
    Column("view_angle_deg", _l("How wide it looks, in degrees"), _own("view_angle_deg")),
    Column("height_m", _l("Height above the ground, in metres"), _own("height_m")),
    Column("installed_on", _l("Day of installation, ISO 8601"), _day("installed_on")),
    Column("removed_on", _l("Day of removal, ISO 8601"), _day("removed_on")),
    Column("active_until", _l("Day until which it is to be active, ISO 8601"), _day("active_until")),
    Column("last_seen_on", _l("Day it was last seen on the spot, ISO 8601"), _day("last_seen_on")),
    Column("sign_version", _l("Version of the sign on the spot"), _own("sign_version")),
    Column(
        "purpose",
        _l("Ids of its purposes, joined by ;"),
        _ids("override_purpose", lambda t: t.purpose.items),
    ),
    Column(
        "data", _l("Ids of the kinds of data, joined by ;"), _ids("override_data", lambda t: t.data_types)
    ),
    Column(
        "identifiability",
        _l("none, de_identified, pseudonymous, identifiable or unknown"),
        lambda d, t: d.override_identifiability or t.identifiability.level,
    ),
    Column(
        "kept_longest",
        _l("Longest time that data is kept: ISO 8601 duration, none, indefinite or unknown"),
        lambda d, t: str(d.override_retention or longest_kept(t)),
    ),
    Column(
        "differs",
        _l("Groups of practices in which the device differs from its technology, joined by ;"),
        lambda d, _: ";".join(d.overrides),
    ),
    Column("sample", _l("1 when the device is invented, for show; 0 when it is real"), lambda d, _: int(d.sample)),
)

NAMES = tuple(column.name for column in DEVICE_COLUMNS)


def rows(registry: Registry, devices: list[Device]) -> Iterator[tuple[Any, ...]]:
    """A row of values for each device, in the order of the columns."""
    values = [column.value for column in DEVICE_COLUMNS]
    technologies = registry.technologies
    for device in devices:
        technology = technologies[device.technology]
        yield tuple([value(device, technology) for value in values])


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

