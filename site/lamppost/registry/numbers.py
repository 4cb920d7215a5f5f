"""The registry counted, as charts in the language that is spoken now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from ..charts import Chart, Series
from ..i18n import gettext as _
from ..i18n import ngettext, speech
from ..urls import url
from .labels import GRADES, GROUPS, LEVELS
from .queries import Registry, groups_of, is_answered

MONTHS_AHEAD = 12


def counted(registry: Registry) -> tuple[object, ...]:
    """What the charts show beyond the technologies' own answers: while it stays, they do."""
    devices = Counter(
        (d.technology, d.place, d.override_identifiability, d.sample)
        for d in registry.devices.values()
    )
    overdue = [(item.technology.id, item.group) for item in registry.overdue]
    return (sorted(devices.items()), overdue, months_from(registry.as_of))


def of_samples(registry: Registry) -> str:
    """How many of the devices that are counted are invented, as long as any is."""
    samples = sum(device.sample for device in registry.devices.values())
    if not samples:
        return ""
    return ngettext(
        "%(num)s of these devices is a sample: invented, to show how the registry works.",
        "%(num)s of these devices are samples: invented, to show how the registry works.",
        samples,
    )


def devices_by_district(registry: Registry) -> Chart:
    """As many devices in each council district as its page lists, and those in none."""
    spoken = speech()
    districts = {id_: place for id_, place in registry.places.items() if place.kind == "district"}
    nowhere = sum(districts.keys().isdisjoint(d.place) for d in registry.devices.values())
    return Chart(
        title=_("Devices by council district"),
        labels=(*map(spoken.say, (p.name for p in districts.values())), _("In no district")),
        links=(*(url("registry.place", place=id_) for id_ in districts), ""),
        series=(
            Series(
                _("Devices"),
                (*(len(registry.devices_at(p)) for p in districts.values()), nowhere),
            ),
        ),
        note=of_samples(registry),
    )


def technologies_by_level(registry: Registry) -> Chart:
    """How many technologies can tell who one is."""
    levels = (t.identifiability.level for t in registry.technologies.values())
    return _by_level(
        _("Technologies, by whether they can tell who you are"), _("Technologies"), levels
    )


def devices_by_level(registry: Registry) -> Chart:
    """How many devices can; one that differs from its technology is counted as it is."""
    levels = (
        device.override_identifiability or registry.technology_of(device).identifiability.level
        for device in registry.devices.values()
    )
    title = _("Devices, by whether they can tell who you are")
    return _by_level(title, _("Devices"), levels, of_samples(registry))


def _by_level(title: str, counted: str, levels: Iterable[str], note: str = "") -> Chart:
    counts = Counter(levels)
    return Chart(
        title=title,
        labels=tuple(map(str, LEVELS.values())),
        series=(Series(counted, tuple(counts[level] for level in LEVELS)),),
        note=note,
    )


def answers_by_grade(registry: Registry) -> Chart:
    """How we know what is answered."""
    counts = Counter(
        group.grade
        for technology in registry.technologies.values()
        for group in groups_of(technology).values()
        if is_answered(group)
    )
    label = Markup('{} <span class="quiet">{}</span>')
    return Chart(
        title=_("Answers by how we know them"),
        labels=tuple(label.format(name, meaning) for name, meaning in GRADES.values()),
        series=(Series(_("Answers"), tuple(counts[grade] for grade in GRADES)),),
    )


def answers_by_group(registry: Registry) -> Chart:
    """For each group of practices: in how many technologies it is answered, in how many not."""
    answered = {name: [0, 0] for name in GROUPS}
    for technology in registry.technologies.values():
        for name, group in groups_of(technology).items():
            answered[name][not is_answered(group)] += 1
    yes, no = zip(*answered.values(), strict=True)
    return Chart(
        title=_("Technologies, by what is known of them"),
        labels=tuple(str(label.title) for label in GROUPS.values()),
        series=(
            Series(_("Answered, at least in part"), yes),
            Series(_("Not published, or not found out yet"), no),
        ),
    )


def overdue_by_technology(registry: Registry) -> Chart | None:
    """How many answers of each technology are overdue for checking; None when none is."""
    counts = Counter(item.technology.id for item in registry.overdue)
    if not counts:
        return None
    spoken = speech()
    return Chart(
        title=_("Overdue answers by technology"),
        labels=tuple(spoken.say(registry.technologies[id_].name) for id_ in counts),
        links=tuple(url("registry.technology", technology=id_) for id_ in counts),
        series=(Series(_("Answers"), tuple(counts.values())),),
    )


def checks_by_month(registry: Registry) -> Chart:
    """How many answers are to be checked by the end of each month of the year ahead."""
    ahead = [
        day
        for technology in registry.technologies.values()
        for _name, day in registry.checks_of(technology)
        if day >= registry.as_of
    ]
    counts = Counter(f"{day:%Y-%m}" for day in ahead)
    months = months_from(registry.as_of)
    later = len(ahead) - sum(counts[month] for month in months)
    note = ngettext(
        "%(num)s more answer is to be checked later.",
        "%(num)s more answers are to be checked later.",
        later,
    )
    return Chart(
        title=_("Answers to check again, by month"),
        kind="columns",
        labels=tuple(map(speech().day, months)),
        series=(Series(_("Answers"), tuple(counts[month] for month in months)),),
        note=note if later else "",
    )


def months_from(day: date) -> list[str]:
    """The months of the year that begins with a day's month, as ``2026-11``."""
    first = day.year * 12 + day.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(first, first + MONTHS_AHEAD)]
