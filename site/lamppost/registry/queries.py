"""What can be asked of the registry. Every function is named for what it returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ..fields import Duration
from .kinds import kind_of
from .load import Parts
from .models import LEVELS, Device, Group, Known, Place, Technology, Word
from .nearby import Near, Neighbourhood

K = TypeVar("K")
V = TypeVar("V")

PAGE_SIZE = 25
"""Devices on one page of a long list."""

UNANSWERED = ((), "", None, "unknown")

FACETS = {"purpose": "purpose", "data": "data"}


class Overdue(NamedTuple):
    """An answer whose day for checking has passed."""

    technology: Technology
    group: str
    since: date


class Listed(NamedTuple):
    """What a facet's page lists: technologies, and single devices that differ from theirs."""

    technologies: tuple[Technology, ...]
    devices: tuple[Device, ...]

    def __len__(self) -> int:
        return len(self.technologies) + len(self.devices)


class Registry:
    """The registry as it is published, indexed for its readers.

    ``as_of`` is the day from which overdue answers and past end dates are judged.
    """

    def __init__(self, parts: Parts, as_of: date) -> None:
        self.words = parts.words
        self.organizations = parts.organizations
        self.places = parts.places
        self.technologies = parts.technologies
        self.devices = parts.devices
        self.outlines = parts.outlines
        self.bounds = parts.bounds
        self.as_of = as_of

    # --- devices ---

    @cached_property
    def in_order(self) -> list[Device]:
        """All devices by place, street and code: the order of every list."""
        by_street = sorted(self.devices.values(), key=attrgetter("location", "code"))
        return sorted(by_street, key=lambda device: device.place[:1])

    @cached_property
    def _by_technology(self) -> dict[str, list[Device]]:
        return _grouped((device.technology, device) for device in self.in_order)

    @cached_property
    def _by_place(self) -> dict[str, list[Device]]:
        return _grouped((place, device) for device in self.in_order for place in device.place)

    @cached_property
    def by_first_character(self) -> dict[str, list[Device]]:
        """Devices by the first character of their code, each list in the order of codes."""
        codes = sorted(self.devices)
        return _grouped((code[0], self.devices[code]) for code in codes)

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Which devices are near to which."""
        return Neighbourhood(self.devices.values())

    def devices_of(self, technology: Technology) -> list[Device]:
        """The devices of a technology."""
        return self._by_technology.get(technology.id, [])

    def devices_at(self, place: Place) -> list[Device]:
        """The devices in a place."""
        return self._by_place.get(place.id, [])

    def codes_at(self, place: str) -> frozenset[str]:
        """The codes of the devices in a place."""
        return frozenset(device.code for device in self._by_place.get(place, []))

    def near(self, device: Device) -> tuple[Near, ...]:
        """The devices next to one; none for a device without a point."""
        return self.neighbourhood.of(device)

    def technology_of(self, device: Device) -> Technology:
        """The technology whose practices a device inherits."""
        return self.technologies[device.technology]

    def end_has_passed(self, device: Device) -> bool:
        """Whether the day until which the device was to be active lies behind us."""
        return device.code in self.past_their_end

    @cached_property
    def past_their_end(self) -> frozenset[str]:
        """The codes of the devices whose end date has passed."""
        return frozenset(
            d.code for d in self.devices.values() if d.active_until and d.active_until < self.as_of
        )

    @cached_property
    def kinds(self) -> dict[str, str]:
        """For each technology, what kind of devices a map shows for it."""
        return {id_: kind_of(technology) for id_, technology in self.technologies.items()}

    @cached_property
    def has_sample(self) -> bool:
        """Whether any device is invented, for show."""
        return any(device.sample for device in self.devices.values())

    # --- facets ---

    def word(self, category: str, id_: str) -> Word:
        """A word of the vocabulary."""
        return self.words[category][id_]

    @cached_property
    def _facets(self) -> dict[str, dict[str, Listed]]:
        return {facet: self._facet(facet) for facet in FACETS}

    def _facet(self, facet: str) -> dict[str, Listed]:
        technologies = _grouped(
            (word, technology)
            for technology in self.technologies.values()
            for word in words_of(technology, facet)
        )
        devices = _grouped(
            (word, device)
            for device in self.in_order
            for word in getattr(device, f"override_{facet}")
            if word not in words_of(self.technology_of(device), facet)
        )
        return {
            word: Listed(tuple(technologies.get(word, ())), tuple(devices.get(word, ())))
            for word in self.words[facet]
            if word in technologies or word in devices
        }

    def listed(self, facet: str) -> dict[str, Listed]:
        """For each word of a facet (``purpose``, ``data``) that is used, what its page lists."""
        return self._facets[facet]

    @cached_property
    def roles(self) -> dict[str, list[tuple[Technology, tuple[str, ...]]]]:
        """For each organization, the technologies it has a part in, and which parts."""
        found: dict[str, list[tuple[Technology, tuple[str, ...]]]] = {
            o: [] for o in self.organizations
        }
        for technology in self.technologies.values():
            parts = defaultdict(list)
            for item in technology.accountable.items:
                parts[item.organization].append(item.role)
            for item in technology.recipients.items:
                parts[item.organization].append("recipient")
            for item in technology.storage.items:
                if item.provider:
                    parts[item.provider].append("storage")
            if technology.contract.vendor:
                parts[technology.contract.vendor].append("vendor")
            parts[technology.contact.office].append("contact")
            for organization, roles in parts.items():
                found[organization].append((technology, tuple(dict.fromkeys(roles))))
        return {organization: listed for organization, listed in found.items() if listed}

    @cached_property
    def by_level(self) -> dict[str, list[Technology]]:
        """Technologies by whether they can tell who one is: those that can come first."""
        found = _grouped((t.identifiability.level, t) for t in self.technologies.values())
        levels = sorted(LEVELS, key=lambda level: (level == "unknown", -LEVELS.index(level)))
        return {level: found[level] for level in levels if level in found}

    # --- freshness ---

    def checks_of(self, technology: Technology) -> Iterator[tuple[str, date]]:
        """The groups of a technology that are to be checked again, and by which day."""
        for name, group in groups_of(technology).items():
            if not (isinstance(group, Group) and group.is_gap and not group.verify_by):
                yield name, group.verify_by or technology.verify_by

    def overdue_in(self, technology: Technology) -> tuple[Overdue, ...]:
        """The groups of a technology whose day for checking has passed, longest ago first."""
        found = (Overdue(technology, *check) for check in self.checks_of(technology))
        return tuple(sorted((o for o in found if o.since < self.as_of), key=lambda o: o.since))

    @cached_property
    def overdue(self) -> list[Overdue]:
        """All answers that are overdue for checking, longest ago first."""
        all_ = (o for t in self.technologies.values() for o in self.overdue_in(t))
        return sorted(all_, key=lambda o: (o.since, o.technology.id, o.group))


def words_of(technology: Technology, category: str) -> tuple[str, ...]:
    """The ids of a technology's words in a category, each once."""
    if category == "data":
        return technology.data_types
    if category == "storage":
        return technology.storage_places
    group: Group = getattr(technology, category)
    return group.items


def groups_of(technology: Technology) -> dict[str, Known]:
    """A technology's groups of practices by name, in the order of its page."""
    values = ((f.name, getattr(technology, f.name)) for f in dataclass_fields(technology))
    return {name: value for name, value in values if isinstance(value, Known)}


def is_answered(group: Known) -> bool:
    """Whether a group says anything of its own; that there is none is an answer too."""
    own = {f.name for f in dataclass_fields(group)} - {f.name for f in dataclass_fields(Known)}
    return group.gap == "none" or any(getattr(group, n) not in UNANSWERED for n in own)


def longest_kept(technology: Technology) -> Duration | str:
    """The longest time that any of the technology's data is known to be kept, else ``unknown``."""
    durations = [item.duration for item in technology.retention.items]
    if not durations or all(duration == "unknown" for duration in durations):
        return "unknown"
    if "indefinite" in durations:
        return "indefinite"
    spans = [duration for duration in durations if isinstance(duration, Duration)]
    return max(spans, key=_minutes) if spans else "none"


def _minutes(duration: Duration) -> int:
    years, months, weeks, days, hours, minutes = duration
    return ((years * 365 + months * 30 + weeks * 7 + days) * 24 + hours) * 60 + minutes


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    grouped: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def pages_in(length: int) -> int:
    """How many pages a list of this length fills; an empty list fills one."""
    return max(1, -(-length // PAGE_SIZE))


def page_of(values: list[V], number: int) -> list[V]:
    """The values on one page of a list, counted from 1."""
    return values[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
