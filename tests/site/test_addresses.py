"""Addresses do not vanish: people have them on signs, in mails and in bookmarks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from lamppost import create_app

KEPT = Path(__file__).parents[1] / "addresses.txt"


@pytest.fixture(scope="module")
def rules(shipped) -> set[str]:
    """The reading face's rules as they stand in the committed list."""
    app: Flask = create_app(shipped, frozen=True)
    return {f"{rule.rule} {rule.endpoint}" for rule in app.url_map.iter_rules()}


def kept() -> set[str]:
    lines = KEPT.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_no_address_has_vanished(rules):
    assert kept() - rules == set(), "write a page that leads on, in place of a line"


def test_every_address_is_in_the_committed_list(rules):
    assert rules - kept() == set(), "add the new lines to tests/addresses.txt"


def test_the_committed_list_is_in_order(rules):
    lines = [line for line in KEPT.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    assert len(lines) == len(rules)


def test_every_rule_ends_in_a_slash_or_a_file_ending(rules):
    ending = re.compile(r"/$|\.[a-z0-9]+$|<(path:filename|picture:picture|pdf:pdf)>$")
    assert [rule for rule in rules if not ending.search(rule.split(" ")[0])] == []


def test_the_live_site_has_every_address_of_the_frozen_one(rules, app):
    live = {f"{rule.rule} {rule.endpoint}" for rule in app.url_map.iter_rules()}
    assert rules - live == set()
