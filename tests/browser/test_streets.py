"""The street map that a reader may ask for: from the site's own host, or not at all."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lamppost.config import PROJECT
from lamppost.freezer import freeze
from lamppost.registry import views

PAGE = "/en/technologies/traffic-cameras/"
TILES = 'tiles: {file: /tiles/city.pmtiles, credit: "Drawn for a test"}\n'


@pytest.fixture
def public(record, small, config, strict_host, monkeypatch) -> Path:  # noqa: ARG001 - small trims it
    """A frozen site whose city has tiles; neither they nor the libraries are there yet."""
    site = record / "content" / "site.yaml"
    site.write_text(site.read_text("utf-8") + TILES, "utf-8")
    monkeypatch.setattr(views, "LIBRARIES", site)
    freeze(config, record.parent / "frozen", jobs=1)
    shutil.copytree(record.parent / "frozen", strict_host.root, dirs_exist_ok=True)
    return Path(strict_host.root)


def ask(page: Page) -> None:
    page.get_by_role("button", name="Show on a street map").click()


def stays_drawn(page: Page) -> None:
    expect(page.locator(".map__told")).to_have_text(
        "The street map could not be shown. The drawn map stays."
    )
    expect(page.locator(".map__picture")).to_be_visible()
    expect(page.locator(".map__streets")).to_have_count(0)


# --- an archive of one tile ---------------------------------------------------------------------


def number(n: int) -> bytes:
    """A number as protocol buffers and PMTiles write it."""
    return bytes([n]) if n < 128 else bytes([n & 127 | 128]) + number(n >> 7)


def field(key: int, data: bytes | int) -> bytes:
    """A field of a protocol buffer."""
    if isinstance(data, int):
        return number(key << 3) + number(data)
    return number(key << 3 | 2) + number(len(data)) + data


def archive() -> bytes:
    """A PMTiles archive, version 3, uncompressed: the world as one vector tile with one street."""
    line = b"".join(map(number, (9, 0, 0, 10, 8000, 8000)))  # from the one corner to the other
    street = field(2, field(3, 2) + field(4, line))
    tile = field(3, field(15, 2) + field(1, b"roads") + street + field(5, 4096))
    root = b"".join(map(number, (1, 0, 1, len(tile), 1)))
    metadata = json.dumps({"vector_layers": [{"id": "roads", "fields": {}}]}).encode()
    at, places = 127, []
    for part in (root, metadata, b"", tile):
        places += [at, len(part)]
        at += len(part)
    head = struct.pack("<7sB11Q", b"PMTiles", 3, *places, 1, 1, 1)
    world = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    head += struct.pack("<6B4iB2i", 1, 1, 1, 1, 0, 0, *world, 0, 0, 0)
    return head + root + metadata + tile


def put_tiles(public: Path) -> None:
    (public / "tiles").mkdir()
    (public / "tiles" / "city.pmtiles").write_bytes(archive())


# --- tests --------------------------------------------------------------------------------------


def test_a_site_without_tiles_offers_no_street_map(visit):
    page = visit(PAGE)
    expect(page.locator(".map__tools")).to_be_visible()
    expect(page.locator(".map__ask")).to_have_count(0)


def test_without_the_libraries_the_drawn_map_stays(public, visit, strict_host):
    put_tiles(public)
    page = visit(PAGE, at=strict_host.url)
    ask(page)
    stays_drawn(page)
    page.get_by_role("button", name="Closer").click()
    expect(page.locator(".map__told")).to_contain_text("In view")


def test_nothing_of_a_street_map_is_loaded_before_it_is_asked_for(public, visit, strict_host):
    put_tiles(public)
    page = visit(PAGE, at=strict_host.url)
    page.get_by_role("button", name="Closer").click()
    expect(page.locator(".map__told")).to_contain_text("In view")
    asked = [one.path for one in strict_host.sent]
    assert [
        path for path in asked if "vendor" in path or "streets" in path or "tiles" in path
    ] == []


@pytest.fixture
def libraries(public) -> Path:
    """The libraries as ``tools/tiles.sh`` fetches them."""
    folder = public / "static" / "vendor"
    subprocess.run(  # noqa: S603 - our own tool
        [PROJECT / "tools" / "tiles.sh", folder], check=True, capture_output=True
    )
    return folder


@pytest.mark.drill
def test_the_street_map_shows_the_same_devices_from_the_same_host(
    public, libraries, visit, strict_host
):
    assert (libraries / "maplibre-gl-license.txt").is_file()
    put_tiles(public)
    page = visit(PAGE, at=strict_host.url)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url))
    ask(page)
    expect(page.locator(".map__streets canvas")).to_be_visible()
    marks = page.locator(".map__streets a.maplibregl-marker")
    expect(marks).to_have_count(page.locator("[data-spot]").count())
    expect(page.locator(".map__credit")).to_have_text("Drawn for a test")
    expect(page.locator(".map__picture")).to_be_hidden()
    assert [url for url in elsewhere if not url.startswith((strict_host.url, "blob:"))] == []
    assert [words for words in refused if "Content Security Policy" in words] == []
    marks.first.focus()
    expect(marks.first).to_have_accessible_name(str(marks.first.get_attribute("title")))
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="Show the drawn map").click()
    expect(page.locator(".map__picture")).to_be_visible()
    expect(page.locator(".map__streets")).to_have_count(0)


@pytest.mark.drill
@pytest.mark.parametrize("data", [None, b"", b"<!doctype html>" * 20, archive()[:200]])
def test_without_sound_tiles_the_drawn_map_stays(data, public, libraries, visit, strict_host):
    assert libraries.is_dir()
    if data is not None:
        put_tiles(public)
        (public / "tiles" / "city.pmtiles").write_bytes(data)
    page = visit(PAGE, at=strict_host.url)
    ask(page)
    stays_drawn(page)
