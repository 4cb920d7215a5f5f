"""No form of the demo's desk breaks on what nobody would write."""

from __future__ import annotations

import random

import pytest

from lamppost.content import read_content

from ..oddities import send_oddly


@pytest.mark.drill
@pytest.mark.parametrize("_", range(4))
def test_no_form_of_a_busy_desk_breaks_on_what_nobody_would_write(desk, sign_in, _):
    seed = random.randrange(10**6)  # noqa: S311
    assert send_oddly(sign_in, seed, times=8, of_each=40) >= 1000
    read_content(desk.extensions["config"])
