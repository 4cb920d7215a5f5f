"""What tests of results share: tables as a release holds them, from counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from lamppost.results.suppression import Shown, per_cent

Table = dict[str, Any]


def _table(shown: Shown, kind: str = "one", **more: Any) -> Table:
    table: Table = {"key": "q", "kind": kind, "after": [], "cells": [], "together": None, **more}
    if shown.base is None or shown.withheld:
        return {**table, "state": "few" if shown.base is None else "withheld", "base": None}
    cells = [
        {
            "key": key,
            "count": count,
            "percent": None if count is None else per_cent(count, shown.base),
        }
        for key, count in shown.counts.items()
    ]
    return {
        **table, "state": "shown", "base": shown.base, "together": shown.together, "cells": cells,
    }  # fmt: skip


@pytest.fixture(scope="session")
def table() -> Callable[..., Table]:
    """A function that makes a table of what is shown."""
    return _table


@pytest.fixture(scope="session")
def release() -> Callable[..., dict[str, Any]]:
    """A function that makes the public payload of a release with these tables."""

    def made(*tables: Mapping[str, Any], responses: int | None = 100) -> dict[str, Any]:
        return {"responses": responses, "about": [], "questions": list(tables)}

    return made
