"""What the registry asks staff to do: answers to check, contracts to decide on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..published import content
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .labels import GROUPS

AHEAD = timedelta(days=180)
"""How long before its day a contract's end or decision begins to wait."""


def _overdue() -> Iterator[Waiting]:
    for item in content().registry.overdue:
        address = url("registry.technology", technology=item.technology.id)
        what = f"{speech().plain(item.technology.name)}: {GROUPS[item.group].title}"
        yield Waiting(what, f"{address}#{item.group}", item.since)


def _contracts() -> Iterator[Waiting]:
    registry = content().registry
    for technology in registry.technologies.values():
        group = technology.contract
        days = (group.decision_on, group.ends_on) if group else ()
        due = min((day for day in days if day and day >= registry.as_of), default=date.max)
        if due <= registry.as_of + AHEAD:
            address = url("registry.technology", technology=technology.id)
            yield Waiting(speech().plain(technology.name), f"{address}#contract", due)


KINDS = (
    Kind(_l("Answers overdue for checking"), "see the desk", _overdue),
    Kind(_l("Contracts that end or are decided on soon"), "see the desk", _contracts),
)
