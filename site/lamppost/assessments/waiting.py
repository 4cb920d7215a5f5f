"""What of vendor assessments waits at the desk's first page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from ..cases.deeds import may_decide
from ..cases.models import Case
from ..cases.queries import Chosen, queue
from ..cases.shown import decided_on
from ..cases.told import title_of
from ..cases.waiting import in_states, waits
from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.gate import me
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .moves import ASSESSMENT, DUE_BEFORE, VALID_DAYS


def _to_review() -> Iterable[Waiting]:
    now = content()
    for one in queue(Chosen(kind=ASSESSMENT.kind), now.as_of, now.settings.promise):
        if one.clock.due_on and one.case.state != "reviewed":
            address = url("reviewing.review", case=one.case.reference)
            yield waits(one.case, address=address, due=one.clock.due_on)


def _to_decide() -> Iterable[Waiting]:
    for case in in_states(ASSESSMENT, "reviewed"):
        if may_decide(case, me()):
            yield waits(case)


def _to_renew() -> Iterable[Waiting]:
    """Those that expire soon, or have, and of which no newer one of the same product is there."""
    cases = in_states(ASSESSMENT, *ASSESSMENT.states)
    for case in cases:
        if case.state not in ASSESSMENT.renewable:
            continue
        ends = decided_on(case) + timedelta(days=VALID_DAYS)
        is_due = case.state == "expired" or ends <= content().as_of + timedelta(days=DUE_BEFORE)
        if is_due and not any(_renews(other, case) for other in cases):
            yield waits(case, due=ends)


def _renews(other: Case, case: Case) -> bool:
    is_later = other.received_on >= decided_on(case) and other.id != case.id
    return is_later and other.state != "closed" and title_of(other).words == title_of(case).words


KINDS = (
    Kind(_l("Vendor assessments to review"), "review assessments", _to_review),
    Kind(_l("Vendor assessments to decide on"), "decide on assessments", _to_decide),
    Kind(_l("Vendor assessments to renew"), "review assessments", _to_renew),
)
