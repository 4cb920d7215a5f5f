"""The desk of the demo: each page opens, and no form breaks on what nobody would write."""

from __future__ import annotations

import random

import pytest

from lamppost import db
from lamppost.content import read_content
from lamppost.drafts import deeds
from lamppost.drafts.models import Draft

from ..oddities import ALL, send_oddly, walked


def test_every_page_opens_and_what_is_in_review_could_be_published(desk, sign_in):
    assert len(walked(sign_in(*ALL), of_each=9)) >= 60
    with desk.app_context():
        config, now = desk.extensions["config"], desk.extensions["published"].content
        written = db.sessions().query(Draft).filter_by(state="in_review").all()
        assert [deeds.tried_now(config, now, draft).problems for draft in written] == [[]]


@pytest.mark.drill
@pytest.mark.parametrize("_", range(4))
def test_no_form_of_a_busy_desk_breaks_on_what_nobody_would_write(desk, sign_in, _):
    seed = random.randrange(10**6)  # noqa: S311
    assert send_oddly(sign_in, seed, times=8, of_each=40) >= 1000
    read_content(desk.extensions["config"])
