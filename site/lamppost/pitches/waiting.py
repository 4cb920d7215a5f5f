"""What of pitches waits at the desk's first page, once the first look is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..cases.queries import in_states
from ..cases.visible import ERASED
from ..cases.waiting import waits
from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.gate import me
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .moves import PITCH
from .queries import evaluator, is_weighed, points_of


def _to_weigh() -> Iterable[Waiting]:
    """Those that need one more who weighs them, and that I have not weighed or kept away from."""
    for case in in_states(PITCH, "evaluation"):
        said = evaluator(case, me())
        if not is_weighed(case) and not (said and (said.has_conflict or points_of(case, me()))):
            yield waits(case, address=url("pitches_desk.weigh", case=case.reference))


def _to_decide() -> Iterable[Waiting]:
    for case in in_states(PITCH, "evaluation"):
        if is_weighed(case) and not evaluator(case, me()):
            yield waits(case)


def _erased() -> Iterable[Waiting]:
    """Entries that may hold words of a pitch that was erased.

    They wait until somebody has changed them since; that they were begun is no such change.
    """
    now = content()
    for case in in_states(PITCH, PITCH.last):
        led = [link.target for link in case.links if link.kind == "led"]
        since = case.steps[-1].on
        for id_ in led if case.outcome == ERASED else ():
            days = [one.day for one in now.changes if one.technology == id_ and not one.device]
            entry = now.registry.technologies.get(id_)
            if entry and not any(day >= since for day in days[:-1]):
                there = url("entries.one", kind="technologies", entry=id_)
                yield Waiting(f"{entry.name} {case.reference}", there)


def _those_in(*states: str) -> Callable[[], Iterable[Waiting]]:
    return lambda: map(waits, in_states(PITCH, *states))


KINDS = (
    Kind(_l("Entries with words of a pitch that was erased"), "edit the record", _erased),
    Kind(_l("Pitches to weigh"), "evaluate pitches", _to_weigh),
    Kind(_l("Pitches to decide on"), "decide pitches", _to_decide),
    Kind(
        _l("Pitches to bring to the competition"), "run competitions",
        _those_in("forward", "market_scan"),
    ),
    Kind(
        _l("Pitches in the competition, and pilots"), "screen pitches",
        _those_in("solicitation", "pilot"),
    ),
)  # fmt: skip
