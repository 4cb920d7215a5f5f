"""What is done with pitches beyond what is done with every case: weighed, decided, begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete

from ..cases import deeds
from ..cases.deeds import NotNowError
from ..cases.models import Case, Link
from ..config import Config
from ..db import sessions
from ..lifecycle import STAFF
from ..published import look_again
from ..record import yaml_words
from ..saves import save_files
from ..staff import audit
from ..staff.models import Staff
from .criteria import FEWEST
from .entry import entry, needs_entry
from .models import Evaluator, Points, Weighed
from .moves import MOVES
from .queries import criteria_of, evaluator, is_weighed

# --- weighing -----------------------------------------------------------------------------------


def begin_weighing(
    case: Case, criteria: Iterable[str], *, staff: Staff, today: date, seen: int
) -> None:
    """Choose by what a pitch is weighed; nothing changes that afterwards.

    One that was weighed before, and is taken up again, is weighed anew by everybody.
    Raises :class:`NotNowError` for too few criteria, and where it has moved on.
    """
    deeds.without_conflict(case, staff)
    chosen = set(criteria)
    if len(chosen) < FEWEST or case.state != "screening":
        raise NotNowError
    for table in (Weighed, Points, Evaluator):  # of when it was weighed before
        sessions().execute(delete(table).where(table.case_id == case.id))
    sessions().add_all(Weighed(case_id=case.id, criterion=one) for one in chosen)
    deeds.move_on(case, "evaluate", {}, today=today, by=STAFF, seen=seen, staff=staff)


def declare(case: Case, staff: Staff, *, has_conflict: bool, today: date) -> None:
    """Keep what an evaluator says of their interest in a pitch; it is said once.

    Raises :class:`NotNowError` where it was said already, where the pitch is not being weighed, and
    once enough have weighed it: who decides may read their points then, and could weigh too.
    """
    if case.state != "evaluation" or evaluator(case, staff) or is_weighed(case):
        raise NotNowError
    sessions().add(
        Evaluator(case_id=case.id, staff_id=staff.id, has_conflict=has_conflict, on=today)
    )
    audit.log("declare interest", case.reference)


def give_points(case: Case, staff: Staff, given: Mapping[str, tuple[int, str]]) -> None:
    """Keep the points and notes of an evaluator, one for each criterion, in place of older ones.

    Raises :class:`NotNowError` for somebody who has a conflict of interest or has not said that
    they have none, and while the pitch is not being weighed.
    """
    said = evaluator(case, staff)
    if case.state != "evaluation" or said is None or said.has_conflict:
        raise NotNowError
    if set(given) != set(criteria_of(case)):
        raise NotNowError
    mine = (Points.case_id == case.id, Points.staff_id == staff.id)
    sessions().execute(delete(Points).where(*mine))
    for criterion, (points, note) in given.items():
        sessions().add(
            Points(case_id=case.id, staff_id=staff.id, criterion=criterion,
                   points=points, note=note[: deeds.MOST_WORDS])
        )  # fmt: skip
    audit.log("weigh case", case.reference)


def begin_pilot(
    case: Case, said: Mapping[str, str], *, config: Config, office: str, staff: Staff, today: date,
    seen: int,
) -> None:  # fmt: skip
    """Begin a pilot; where it would sense people, with an entry in the registry.

    Raises :class:`NotNowError`, and :class:`~lamppost.saves.SaveError` where the entry cannot be
    saved; then nothing has changed.
    """
    deeds.without_conflict(case, staff)
    if case.state not in MOVES["pilot"].before or case.version != seen:
        raise NotNowError
    if needs_entry(case):
        name = f"content/registry/technologies/{said['id']}.yaml"
        data = yaml_words(entry(said, office, today)).encode()
        note = f"Began the entry of a pilot: {said['title']}"
        save_files(config, {name: data}, seen={}, note=note, author=(staff.name, staff.email))
        case.links.append(Link(kind="led", target=said["id"]))
        look_again()
    deeds.move_on(case, "pilot", {}, today=today, by=STAFF, seen=seen, staff=staff)


def decide(
    case: Case, name: str, said: Mapping[str, str], *, staff: Staff, today: date, seen: int
) -> None:
    """Decide on a pitch, with the reasons as its message.

    Raises :class:`NotNowError` where too few have weighed it, for somebody who has weighed it or
    has said that they have a conflict of interest, and where it has moved on.
    """
    if not is_weighed(case) or evaluator(case, staff):
        raise NotNowError
    deeds.move_on(case, name, said, today=today, by=STAFF, seen=seen, staff=staff)
