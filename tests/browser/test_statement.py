"""The accessibility statement tells of the checks, pages and ways of looking of today."""

from __future__ import annotations

import pytest

import checks
from faults import FAULTS
from lamppost.i18n import languages
from lamppost.pages import models
from lamppost.pages.statement import CHECKS, LOOKS

AGAIN = "the tests have changed since it was written: make statement"


@pytest.fixture
def statement(app):
    """The statement of the shipped record."""
    return app.extensions["published"].content.statement


def test_it_tells_of_no_more_than_there_is(statement, every_path, kinds):
    counted = (statement.pages, statement.kinds, statement.faults)
    for told, found in zip(counted, (len(every_path), len(kinds), len(FAULTS)), strict=True):
        assert 0 < told <= found
    assert {one.check for one in statement.checks} == set(models.CHECKS)
    assert max(one.pages for one in statement.checks if one.check != "html") == statement.pages


# Pages that have come since are not yet in it; its day is told beside its figures.
@pytest.mark.drill
def test_it_names_every_check_and_how_many_pages_each_looked_at(statement, every_path):
    told = {one.check: one.pages for one in statement.checks}
    assert told.pop("html") > len(every_path) / 2
    assert told == {check.id: len(every_path) for check in checks.CHECKS}, AGAIN


def test_no_check_has_found_anything(statement):
    assert [one.check for one in statement.checks if one.findings] == []


def test_it_names_every_way_of_looking_and_every_language(statement):
    assert statement.looks == tuple(checks.LOOKS), AGAIN
    assert statement.languages == tuple(languages()), AGAIN


@pytest.mark.drill
def test_it_counts_the_pages_their_kinds_and_the_faults(statement, every_path, kinds):
    counted = (statement.pages, statement.kinds, statement.faults)
    assert counted == (len(every_path), len(kinds), len(FAULTS)), AGAIN


def test_the_page_has_words_for_every_check_and_way_of_looking():
    assert tuple(CHECKS) == models.CHECKS
    assert tuple(LOOKS) == models.LOOKS
    assert set(CHECKS) == {*(check.id for check in checks.CHECKS), "html"}
    assert list(LOOKS) == list(checks.LOOKS)


@pytest.mark.parametrize("code", languages())
def test_the_page_shows_its_figures(code, statement, visit):
    page = visit(f"/{code}/about/accessibility/")
    rows = page.locator("table tbody tr")
    assert rows.count() == len(statement.checks)
    assert rows.first.locator("td").all_inner_texts() == [
        str(statement.checks[0].pages), str(statement.checks[0].findings)
    ]  # fmt: skip


def test_the_page_of_the_live_site_leads_to_where_a_barrier_is_reported(client):
    page = client.get("/es/about/accessibility/").get_data(as_text=True)
    assert 'href="/es/concerns/new/technologies/this-website/"' in page
