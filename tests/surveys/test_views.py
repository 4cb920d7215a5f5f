"""The reading pages of surveys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lamppost import create_app
from lamppost.config import PROJECT, Config

PRIVACY = "/en/surveys/technology-and-privacy/"


@pytest.fixture
def page_on(app, client, monkeypatch):
    """A function that gives a page on a day, of a survey that is otherwise than shipped."""

    def page(day: date, path: str = "/en/surveys/page-clarity/", **otherwise: object):
        content = app.extensions["published"].content
        surveys = {id_: replace(s, **otherwise) for id_, s in content.surveys.items()}
        monkeypatch.setattr(content, "surveys", surveys)
        monkeypatch.setattr(content, "as_of", day)
        return client.get(path)

    return page


def test_the_list_leads_to_each_survey_and_says_that_it_is_an_example(client):
    page = client.get("/en/surveys/").text
    assert f'<a href="{PRIVACY}">Technology and privacy in Long Beach</a>' in page
    assert page.count("an example") == 2


def test_a_survey_shows_its_data_practices_as_a_device_does_before_the_first_question(client):
    page = client.get(PRIVACY).text
    assert page.index("In ten seconds") < page.index("What is asked")
    assert "Can it tell who I am?" in page
    assert 'id="stage-deleted"' in page


def test_a_survey_shows_every_question_and_how_it_is_made(client):
    page = client.get(PRIVACY).text
    for words in (
        "How clear was the sign?", "(asked of some)", "(needs an answer)", "You chose: ….",
        "Not clear at all",
        "Who can answer", "The City has not adopted it.", "Answer this survey", "One of a list",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize("code", ["es", "km", "tl"])
def test_a_translation_says_that_nobody_has_reviewed_it(code, client):
    page = client.get(f"/{code}/surveys/page-clarity/").text
    assert f'href="/{code}/about/languages/"' in page


LAST = {"closes_on": date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("day", "otherwise", "told"),
    [
        (date(2026, 11, 20), {}, "Answer this survey"),
        (date(2026, 11, 19), {}, "Opens on November 20, 2026"),
        (date(2026, 12, 1), LAST, "Open until December 1, 2026"),
        (date(2026, 12, 2), LAST, "Closed"),
        (date(2026, 12, 2), {"state": "closed"}, "Closed"),
    ],
)
def test_a_survey_says_whether_it_is_open(day, otherwise, told, page_on):
    page = page_on(day, **otherwise).text
    assert told in page
    assert ("Answer this survey" in page) == told.startswith(("Answer", "Open until"))


def test_a_draft_has_no_page_and_the_list_says_that_there_is_none(page_on):
    day = date(2026, 12, 1)
    assert page_on(day, state="draft").status_code == 404
    assert "There is no survey now." in page_on(day, "/en/surveys/", state="draft").text


def test_a_frozen_survey_leads_to_the_live_host_where_there_is_one():
    for live, there in (("https://live.example.org", True), ("", False)):
        app = create_app(
            Config(record=PROJECT, live_url=live, as_of=date(2026, 12, 1)), frozen=True
        )
        page = app.test_client().get(PRIVACY).text
        address = "https://live.example.org/en/surveys/technology-and-privacy/answer/"
        assert (f'href="{address}"' in page) is there
        assert ("takes no answers" in page) is not there
