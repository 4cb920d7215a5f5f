"""The record's entries at the desk, through the real forms."""

from __future__ import annotations

import pytest

from lamppost.history import saves

PLATES = "/en/desk/record/technologies/police-plate-readers"
FILE = "content/registry/technologies/police-plate-readers.yaml"


def test_a_retention_is_corrected_and_told_in_every_language(author, kept, change):
    before = (kept / FILE).read_bytes()
    path = f"{PLATES}/retention/"
    answer = change(author, path, {"retention.items.0.duration.number": "30"}, "Now thirty days")
    assert answer.status_code == 303, answer.text
    after = (kept / FILE).read_bytes()
    print(before, after)
