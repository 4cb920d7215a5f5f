"""What somebody whose case was joined to another may know of that one: what anybody may."""

from __future__ import annotations

from typing import NamedTuple

from ..published import content
from .models import Case
from .public import PublicCase
from .queries import joined_to
from .visible import GONE
from .ways import WAYS


class Joined(NamedTuple):
    """The case to which one was joined: its reference, and how it stands.

    ``public`` is what anybody can read of it, None where that is nothing. One that ``is_over`` has
    ended without an answer.
    """

    reference: str
    public: PublicCase | None
    is_answered: bool
    is_over: bool


def joined_of(case: Case) -> Joined | None:
    """Where a case that was joined to another is answered; None for any other case."""
    other = joined_to(case)
    if other is None:
        return None
    public = content().cases.one(other.kind, other.reference)
    way = WAYS[other.kind]
    is_answered = any(step.move in way.answers for step in other.steps)
    is_over = other.outcome in GONE or (other.state == way.last and not is_answered)
    readable = None if public is None or public.gone else public
    return Joined(other.reference, readable, is_answered, is_over)
