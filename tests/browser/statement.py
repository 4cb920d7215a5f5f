"""Writes the figures of the accessibility statement, from what a run of the tests has done.

``make statement`` runs them so. Each test notes what it checked (``checked``: for each check how
many pages it looked at and how many mistakes it found) or which fault it found (``planted``).
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import checks
from lamppost.i18n import languages
from lamppost.pages.models import CHECKS

HEAD = "# What the tests looked at and found. Written by `make statement`; not to be edited.\n"
_notes: list[tuple[str, Any]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--statement``: the file to write."""
    parser.addoption("--statement", type=Path, help="write the accessibility statement's figures")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what a test noted, in whichever process it ran."""
    if report.when == "call":
        _notes.extend(report.user_properties)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the file after a run without a failure; a statement of a broken site is none."""
    path = session.config.getoption("--statement", None)
    if path and exitstatus == 0 and not hasattr(session.config, "workerinput"):
        path.write_text(HEAD + yaml.safe_dump(figures(_notes), sort_keys=False), "utf-8")


def figures(notes: list[tuple[str, Any]]) -> dict[str, Any]:
    """The statement's figures from the notes of the tests."""
    pages: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    for kind, note in notes:
        if kind == "checked":
            for check, (looked_at, found) in note.items():
                pages[check] += looked_at
                findings[check] += found
    told = dict(notes)
    return {
        "tested_on": datetime.now(UTC).date(),
        "standard": "WCAG 2.2 AA",
        "browser": told["browser"],
        **told["pages"],
        "languages": list(languages()),
        "looks": list(checks.LOOKS),
        "checks": [
            {"check": check, "pages": pages[check], "findings": findings[check]} for check in CHECKS
        ],
        "faults": sum(kind == "planted" for kind, _ in notes),
    }
