"""The addresses at which something of a case can stand, for tests that read all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from lamppost.freezer import freeze

TECHNOLOGY, PLACE = "eco-totem-counter", "district-1"

ASIDE = (
    "/en/", "/en/changes/", "/en/changes.atom", f"/en/technologies/{TECHNOLOGY}/changes.atom",
    f"/en/places/{PLACE}/changes.atom", "/en/briefs/briefs.atom", "/en/search/pages.json",
    "/km/search/pages.json", "/en/about/moderation/", "/en/numbers/", "/sitemap.xml",
    "/downloads/registry.json", "/downloads/registry.sqlite", "/downloads/devices.csv",
    "/downloads/devices.geojson", f"/downloads/technologies/{TECHNOLOGY}.csv",
    f"/downloads/technologies/{TECHNOLOGY}.json", f"/downloads/places/{PLACE}.json",
)  # fmt: skip
"""What tells of no single case, whatever was published."""


def read(client: FlaskClient, doors: Iterable[str]) -> dict[str, bytes]:
    """What stands at each address; each has to answer."""
    found = {}
    for door in doors:
        answer = client.get(door)
        assert answer.status_code == 200, door
        found[door] = answer.data
    return found


def holding(found: dict[str, bytes], words: str) -> set[str]:
    """The addresses at which some words stand."""
    return {door for door, data in found.items() if words.encode() in data}


def frozen(desk: Flask, root: Path) -> dict[str, bytes]:
    """The site frozen anew: the files below ``root``, and of what the freeze keeps beside them."""
    desk.extensions["published"].look()
    freeze(desk.extensions["config"], root / "site", jobs=1)
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
