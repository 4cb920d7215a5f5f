"""Support: somebody says that they would like a pitch to be tried, without saying who they are.

One who supports gets a receipt, of which a mark is kept and nothing else. Who has many networks
can support many times: what is shown counts how often support was given, and no people.
"""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from ..cases.models import Case
from ..cases.public import PublicCase
from ..cases.shown import support_shown, write_shown
from ..config import Config
from ..db import sessions, together
from ..published import content
from ..sealed import key_of
from .models import Support
from .moves import PITCH

A_DAY = 20
"""How often a pitch can be supported from one network in a day; a library may need that many."""


def supported_by(receipt: str) -> str:
    """The reference of the pitch that a receipt supports; empty where it supports none."""
    which = select(Case.reference).join(Support).where(Support.mark == _mark(receipt))
    return sessions().scalar(which) or ""


def support(case: PublicCase, receipt: str) -> None:
    """Keep that a receipt supports a pitch; one that does so already counts no more."""
    mark, reference = _mark(receipt), case.reference

    def put() -> None:
        session = sessions()
        pitch = session.scalar(select(Case.id).where(Case.reference == reference))
        if pitch and session.get(Support, mark) is None:
            session.add(Support(mark=mark, case_id=pitch))
            session.flush()

    together(put)
    _tell(case)


def withdraw(case: PublicCase, receipt: str) -> None:
    """Take the support of a receipt back."""
    mark = _mark(receipt)

    def take() -> None:
        if row := sessions().get(Support, mark):
            sessions().delete(row)
            sessions().flush()

    together(take)
    _tell(case)


def _mark(receipt: str) -> bytes:
    return key_of(receipt, _config().secret_key("support of pitches"), "support's mark")


def _tell(case: PublicCase) -> None:
    """Write anew what anybody may read, where the number that they see is another now.

    So whoever supports very often makes the site work no more than for every fifth time.
    """
    counts = support_shown(PITCH)
    if counts.get(case.reference, 0) != case.support:
        write_shown(_config(), content().settings.promise)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
