"""Who goes through the forms of a busy site, and sends what nobody would, breaks none."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from ..oddities import wander

STARTS = {
    "/en/concerns/new/": "concerns/new/",
    "/km/concerns/new/technologies/police-plate-readers/": "concerns/new/",
    "/tl/pitches/new/residents/": "pitches/new/",
    "/en/pitches/new/companies/": "pitches/new/",
    "/en/vendor-assessments/new/": "vendor-assessments/new/",
    "/es/surveys/technology-and-privacy/answer/": "surveys/technology-and-privacy/answer/",
}
"""Where a form begins, and what all its addresses begin with."""


@pytest.mark.drill
@pytest.mark.parametrize("start", STARTS)
def test_no_form_of_residents_breaks_on_what_nobody_would_write(desk, start):
    moments = (datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(0, 5 * n) for n in range(10**6))
    desk.extensions["clock"] = lambda: next(moments)
    chance = random.Random()  # noqa: S311
    reached = wander(desk.test_client(), chance, start, (STARTS[start], "receipts/"), steps=600)
    assert len(reached) > 4, reached
