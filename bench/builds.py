"""The records that are measured, the builds of their sites, and what a build cost as words."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from measure import BENCH, OUT, Cost, run
from synthetic import make

# Every site that is measured has a public address and a live host, as a real one.
os.environ |= {
    "LAMPPOST_AS_OF": "2026-11-22",
    "LAMPPOST_BASE_URL": "https://registry.example",
    "LAMPPOST_LIVE_URL": "https://live.example",
}
Table = tuple[str, list[str], list[list[str]]]
"""A title, the heads of the columns, the rows."""

COST = ["seconds", "seconds of processor", "largest process, MB", "all processes, MB"]


def costs(cost: Cost) -> list[str]:
    """A cost as the cells below ``COST``."""
    return [
        f"{cost.seconds:.1f}",
        f"{cost.cpu:.1f}",
        f"{cost.largest_mb:,.0f}",
        f"{cost.all_mb:,.0f}",
    ]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    devices: int
    large: int
    rounds: int
    again: int

    @property
    def both(self) -> list[int]:
        """The sizes of the records, without the large one if there is none."""
        return [self.devices, *([self.large] if self.large else [])]


@cache
def record(devices: int) -> Path:
    """A record of so many devices, made once in each run of the benchmarks."""
    return make(OUT / f"record-{devices}", devices)


def task(name: str, devices: int, out: str = "") -> tuple[Cost, Any]:
    """Run one of ``tasks.py`` on a record."""
    command = (sys.executable, "-W", "ignore", BENCH / "tasks.py", name, record(devices))
    cost = run(*command, emptied(out or "nothing"))
    return cost, json.loads(cost.output)


def freeze(devices: int, *options: str) -> tuple[Cost, int, float]:
    """Run the real freeze; returns its cost, its pages and the megabytes it wrote."""
    place = ("--record", record(devices), "--out", OUT / f"site-{devices}")
    cost = run(sys.executable, "freeze.py", *place, *options)
    pages, written = re.findall(r"([\d,.]+) (?:rendered|MB)", cost.output)
    return cost, int(pages.replace(",", "")), float(written.replace(",", ""))


@cache
def site(devices: int) -> Path:
    """The frozen site of a record, made or brought up to date once in each run."""
    freeze(devices)
    return OUT / f"site-{devices}"


def emptied(name: str) -> Path:
    shutil.rmtree(OUT / f".{name}.freeze", ignore_errors=True)
    shutil.rmtree(OUT / name, ignore_errors=True)
    return OUT / name
