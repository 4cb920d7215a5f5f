"""What of vendor assessments waits at the desk's first page."""

from __future__ import annotations

from collections.abc import Iterable

from ..cases.deeds import may_decide
from ..cases.queries import Chosen, in_states
from ..cases.waiting import owed, waits
from ..i18n import lazy_gettext as _l
from ..published import content
from ..staff.gate import me
from ..staff.waiting import Kind, Part, Waiting
from ..urls import url
from .moves import ASSESSMENT
from .renewals import to_renew, valid_until


def _to_review() -> Part:
    chosen = Chosen(kind=ASSESSMENT.kind, is_owed=True, but="reviewed")
    return owed(chosen, lambda case: url("reviewing.review", case=case.reference))


def _to_decide() -> Iterable[Waiting]:
    for case in in_states(ASSESSMENT, "reviewed"):
        if may_decide(case, me()):
            yield waits(case)


def _to_renew() -> Iterable[Waiting]:
    """Those that expire soon, or have, and that no newer one renews."""
    for case in to_renew(content().as_of):
        yield waits(case, due=valid_until(case))


KINDS = (
    Kind(_l("Vendor assessments to review"), "review assessments", _to_review),
    Kind(_l("Vendor assessments to decide on"), "decide on assessments", _to_decide),
    Kind(_l("Vendor assessments to renew"), "review assessments", _to_renew),
)
