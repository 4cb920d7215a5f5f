"""Surveys at the desk: what the list and the page of each tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lamppost import db
from lamppost.config import PROJECT
from lamppost.surveys.models import Response

CLARITY = "/en/desk/surveys/page-clarity/"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    return tmp_path / "record"


def with_responses(desk, count: int) -> None:
    with desk.app_context():
        monday = desk.extensions["config"].as_of
        for _ in range(count):
            db.sessions().add(
                Response(survey="page-clarity", version="1", language="en", mode="web", week=monday)
            )
        db.sessions().commit()


def test_the_list_leads_to_every_survey_and_says_how_it_stands(sign_in):
    page = sign_in("auditor").get("/en/desk/surveys/").text
    assert f'href="{CLARITY}"' in page
    assert "Open" in page


@pytest.mark.parametrize(
    ("count", "said"), [(0, "none yet"), (9, "fewer than 10"), (10, "<dd>10</dd>")]
)
def test_a_small_number_of_responses_is_not_told(desk, sign_in, count, said):
    with_responses(desk, count)
    assert said in sign_in("author").get(CLARITY).text


def test_what_is_no_survey_is_not_found(sign_in):
    assert sign_in("author").get("/en/desk/surveys/zz/").status_code == 404
