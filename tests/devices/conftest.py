"""What tests of devices share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamppost.config import Config
from lamppost.content import Content, read_content
from lamppost.devices.headings import match
from lamppost.devices.imports import Plan, plan
from lamppost.devices.ledger import Ledger, read_ledger
from lamppost.devices.tables import read_table

WIFI = "public-wifi"


@pytest.fixture
def ledger(shipped: Config) -> Ledger:
    """The shipped devices of one technology."""
    return read_ledger(shipped.record, WIFI)


@pytest.fixture(scope="session")
def content(shipped: Config) -> Content:
    """The shipped content."""
    return read_content(shipped)


@pytest.fixture
def planned(content: Content, ledger: Ledger) -> Callable[..., Plan]:
    """A function that gives the plan for a table, written as the lines of a CSV file."""

    def make(*lines: str, **how: bool) -> Plan:
        table = read_table("\n".join(lines).encode(), "a.csv")
        return plan(content, ledger, table, match(table.header), **how)

    return make
