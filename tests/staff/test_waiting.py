"""The desk's first page: what needs doing, for whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

PAGE = "/en/desk/"


def section(text: str, title: str) -> str:
    """The part of the page under a heading."""
    return re.search(
        rf"<section[^>]*>\s*<h2[^>]*>{re.escape(title)} \((\d+)\)</h2>.*?</section>",
        text,
        re.DOTALL,
    )[0]


@pytest.fixture
def published(desk):
    """What the desk's app publishes; it looks at its record again at the next request."""
    found = desk.extensions["published"]
    found._looked_at -= 60  # noqa: SLF001 - not to wait for two seconds
    return found


def test_answers_overdue_for_checking_wait_with_the_day_they_were_due(published, sign_in):
    client = sign_in("author")
    none = client.get(PAGE).text.partition("Nothing waits here")[2]
    assert "<li>Answers overdue for checking</li>" in none
    published.config = replace(published.config, as_of=date(2028, 1, 1))
    published._looked_at -= 60  # noqa: SLF001
    part = section(client.get(PAGE).text, "Answers overdue for checking")
    assert "/en/technologies/public-wifi/#" in part
    assert "due on" in part


def test_a_contract_waits_half_a_year_before_its_end(published, sign_in):
    path = published.config.record / "content/registry/technologies/public-wifi.yaml"
    words = path.read_text("utf-8").replace("\ncontract:\n", "\ncontract:\n  ends_on: 2027-03-01\n")
    path.write_text(words, "utf-8")
    part = section(sign_in("author").get(PAGE).text, "Contracts that end or are decided on soon")
    assert "/en/technologies/public-wifi/#contract" in part
    assert "March 1, 2027" in part


def test_texts_older_than_the_english_wait_for_translators(desk, sign_in):
    technology = desk.extensions["published"].content.registry.technologies["public-wifi"]
    technology.summary.stale["km"] = date(2026, 1, 1)
    part = section(
        sign_in("translator").get(PAGE).text, "Texts that are missing or older than the English"
    )
    assert "ខ្មែរ, Technologies: 1" in part
    assert "Texts that are missing" not in sign_in("auditor").get(PAGE).text


def test_mistakes_in_the_record_are_shown_while_the_site_goes_on(published, sign_in):
    path = published.config.record / "content/site.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Lamppost", "name: [1]"), "utf-8")
    part = section(
        sign_in("auditor").get(PAGE).text,
        "Mistakes in the record: the site goes on with the last sound one",
    )
    assert "content/site.yaml: name" in part


@pytest.mark.parametrize("role", ["auditor", "translator"])
def test_releases_wait_only_for_those_who_publish(sign_in, role):
    assert "<li>Releases</li>" not in sign_in(role).get(PAGE).text
    assert "<li>Releases</li>" in sign_in("reviewer").get(PAGE).text
