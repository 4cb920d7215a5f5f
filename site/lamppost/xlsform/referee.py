"""pyxform's word on a form, in a process of its own: what it raises or takes too long ends there.

Run as a program, this module reads a form as JSON and writes what pyxform says against it. It
imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence

MOST_SECONDS = 10
MOST_MEMORY = 1_000_000_000


def verdict(sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    """What pyxform has against a form, in English as it says it; nothing where it is well."""
    from ..processors import anywhere  # noqa: PLC0415 - the program imports nothing of ours

    form = {
        name: rows for name, rows in sheets.items() if name in ("survey", "choices", "settings")
    }
    try:
        with anywhere():
            judged = subprocess.run(  # noqa: S603 - our own module
                [sys.executable, "-I", __file__],
                input=json.dumps(form),
                capture_output=True,
                text=True,
                timeout=MOST_SECONDS,
                check=True,
            )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return "pyxform could not read the form to its end."
    return judged.stdout.strip()


def _judge() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from pyxform.xls2xform import convert  # noqa: PLC0415 - slow, and only needed here

    try:
        convert(xlsform=json.load(sys.stdin), warnings=[])
    except Exception as error:  # noqa: BLE001 - whatever pyxform meets is its word on the form
        print(str(error)[:500] or type(error).__name__)  # noqa: T201 - its answer


if __name__ == "__main__":
    _judge()
