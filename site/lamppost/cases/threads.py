"""What whoever wrote a case reads of it; the desk shows the same, without what can be done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..content import Content
from ..lifecycle import CLOCK, moves_from
from ..urls import is_https
from . import appeals, chances
from .joining import joined_of
from .kept import files_sent
from .models import Case
from .since import changes_since
from .told import told_in
from .visible import GONE
from .ways import WAYS, clock_of


def thread_of(case: Case, now: Content, record: Path) -> dict[str, Any]:
    """The values of the template ``cases/opened.html``; the versions of ``record`` are read."""
    today, way = now.as_of, WAYS[case.kind]
    moves = chances.of_writer(case, today)
    return {
        "case": case,
        "way": way,
        "clock": clock_of(case, today, now.settings.promise),
        "answers": told_in(case),
        "files": files_sent(case),
        "joined": joined_of(case),
        "moves": moves,
        "until": {name: chances.last_day(case, name) for name in moves},
        "rests": chances.first_days(case),
        "notices": _notices(case),
        "led": [t for t in map(now.registry.technologies.get, _led(case)) if t],
        "ends_on": _ends_on(case),
        "today": today,
        "appeal_until": appeals.last_day(case),
        "gone": GONE,
        "technology": now.registry.technologies.get(case.technology),
        "registry": now.registry,
        "since": changes_since(case, now, record),
    }


def _led(case: Case) -> list[str]:
    """The entries of the registry that took over something of it."""
    return sorted(link.target for link in case.links if link.kind == "led")


def _notices(case: Case) -> list[tuple[str, bool]]:
    """The public notices that belong to it, and whether each is an address."""
    targets = sorted(link.target for link in case.links if link.kind == "notice")
    return [(notice, is_https(notice)) for notice in targets]


def _ends_on(case: Case) -> date | None:
    """The day on which what was decided ends, where it does."""
    way = WAYS[case.kind]
    if "expire" not in moves_from(way.moves, case.state, CLOCK):
        return None
    return case.steps[-1].on + timedelta(days=way.lapses["expire"])
