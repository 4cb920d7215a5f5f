"""What the desk asks of the answers to surveys."""

from __future__ import annotations

from sqlalchemy import func, select

from ..db import sessions
from .models import Response

FEWEST = 10
"""Below this many responses not even their number is shown while a survey is open."""


def count_of(survey: str) -> int:
    """How many responses to a survey there are."""
    found = select(func.count()).select_from(Response).where(Response.survey == survey)
    return sessions().scalar(found) or 0
