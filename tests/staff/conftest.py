"""What the tests of staff share: an address of each view of the desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from werkzeug.routing import Rule

VALUES = {"language": "en", "number": "99", "picture": "zz.png", "case": "ZZZZ-ZZZZ"}
"""What stands for an argument that is no plain word."""


@pytest.fixture(scope="session")
def address_of() -> Callable[[Rule], str]:
    """A function that gives an address of a view, of things that are not there."""
    return lambda rule: re.sub(
        r"<(?:[^>:]*:)?(\w+)>", lambda found: VALUES.get(found[1], "zz"), rule.rule
    )
