"""Makes a record of any number of invented devices, the same for the same seed."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

from lamppost.config import PROJECT
from lamppost.registry.codes import ALPHABET, check_character

COLUMNS = (
    "code", "technology", "status", "latitude", "longitude", "precision_m", "location", "place",
    "host", "direction_deg", "view_angle_deg", "height_m", "installed_on", "active_until",
    "last_seen_on", "sign_version", "sample", "override_retention",
)  # fmt: skip
SOUTH, NORTH, WEST, EAST = 33.76, 33.88, -118.24, -118.09
STATUSES = ("active",) * 16 + ("installed", "paused", "removed", "proposed")


def make(folder: Path, devices: int, seed: int = 20261122) -> Path:
    """Write a record of the shipped technologies and ``devices`` invented devices."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT / "content", folder / "content")
    shutil.copytree(PROJECT / "surveys" / "practices", folder / "surveys" / "practices")
    target = folder / "content" / "registry" / "devices"
    shutil.rmtree(target)
    target.mkdir()
    technologies = sorted(p.stem for p in (target.parent / "technologies").glob("*.yaml"))
    rows: dict[str, list[list[object]]] = {technology: [] for technology in technologies}
    for code in _codes(devices, chance):
        technology = chance.choice(technologies)
        rows[technology].append(_row(code, technology, chance))
    for technology, listed in rows.items():
        with (target / f"{technology}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(sorted(listed, key=lambda row: str(row[0])))
    return folder


def _codes(count: int, chance: random.Random) -> list[str]:
    bodies: set[str] = set()
    while len(bodies) < count:
        bodies.add("".join(chance.choices(ALPHABET, k=6)))
    return [body + check_character(body) for body in sorted(bodies)]


def _row(code: str, technology: str, chance: random.Random) -> list[object]:
    # Streets of a grid with numbers for names: no real crossing is meant.
    east, north = chance.randrange(160), chance.randrange(120)
    latitude = SOUTH + (NORTH - SOUTH) * (north + chance.random() / 5) / 120
    longitude = WEST + (EAST - WEST) * (east + chance.random() / 5) / 160
    district = f"district-{1 + (north // 40) * 3 + east // 54}"
    installed = (
        f"20{chance.randrange(15, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
    )
    return [
        code, technology, chance.choice(STATUSES), f"{latitude:.6f}", f"{longitude:.6f}",
        chance.choice((5, 10, 50)), f"Sample Avenue {east} & Sample Street {north}", district,
        chance.choice(("pole", "signal", "building")), chance.randrange(360),
        chance.choice((60, 90, 110)), f"{chance.uniform(3, 9):.1f}", installed, "2031-12-31",
        "2026-05-02", 1, "yes", "P30D" if chance.randrange(50) == 0 else "",
    ]  # fmt: skip
