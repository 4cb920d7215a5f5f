"""What a survey is: its words, its days, how it was made, and its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..fields import Choice, Day, Flag, Items, Key, Part, Whole, Words, stated
from ..i18n import lazy_gettext as _l
from ..phrases import phrase
from ..questions.kinds import Sections
from ..registry.models import Technology
from ..text import Text

STATES = {
    "draft": _l("Draft"),
    "in_review": _l("In review"),
    "open": _l("Open"),
    "paused": _l("Paused"),
    "closed": _l("Closed"),
}
"""The states by id, in the order in which a survey has them."""

PUBLIC = ("open", "paused", "closed")
"""The states in which residents can read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a survey is made: what one must know to judge its results (AAPOR's list).

    Questions, languages and days are on its page in any case.
    """

    sponsor: str = stated(Key(kind="organizations", help="Who asks"), default="")
    purpose: Text | None = stated(Words(most=400, help="What the answers are for"))
    population: Text | None = stated(Words(most=300, help="Who can answer"))
    invitation: Text | None = stated(Words(most=300, help="How people hear of it"))
    limits: Text | None = stated(Words(most=400, help="What its results cannot tell"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey. Once it has been open it is never edited.

    ``version`` tells which questions were answered; days and words around them may change.

    ``practices`` has the shape of a technology: what is done with the answers, and how we know.
    """

    id: str
    title: Text = stated(Words(most=80), required=True)
    summary: Text = stated(Words(most=300), required=True)
    state: str = stated(Choice(of=tuple(STATES)), default="draft")
    example: bool = stated(Flag(), default=False)
    opens_on: date | None = stated(Day(help="The first day on which it can be answered"))
    closes_on: date | None = stated(Day(help="The last day on which it can be answered"))
    asks_about: str = stated(
        Choice(of=("technology",), help="The page of each of these leads to it"), default=""
    )
    minutes: int = stated(Whole(least=1, most=60), default=5)
    contact: str = stated(
        Key(kind="organizations", help=phrase("The office to ask")), required=True
    )
    background: Text | None = stated(Words(most=900))
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), default=())
    practices: str = stated(Key(kind="practices", help="A file in surveys/practices/"), default="")
    method: Method = stated(Part(of=Method), default=Method())
    sections: Sections = ()
    card: Technology | None = None
    version: str = ""

    @property
    def is_public(self) -> bool:
        """Whether it has been opened, be it for a later day: residents can read it."""
        return self.state in PUBLIC

    def is_open(self, today: date) -> bool:
        """Whether it can be answered on a day."""
        if self.state != "open" or not self.opens_on or today < self.opens_on:
            return False
        return self.closes_on is None or today <= self.closes_on

    def is_to_come(self, today: date) -> bool:
        """Whether it opens on a later day."""
        return self.state == "open" and self.opens_on is not None and today < self.opens_on
