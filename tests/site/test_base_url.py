"""A site whose public address is known, and that stands below a path of its host."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import segno

from lamppost.config import Config
from lamppost.freezer import freeze
from lamppost.history import save, start
from lamppost.i18n import languages

BASE = "https://example.org/lb"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def below(tmp_path_factory, first_freeze) -> Path:
    """The small record with one change in its history, frozen for an address with a path."""
    root = tmp_path_factory.mktemp("below")
    record = root / "record"
    start(record, first_freeze.with_name("record"), "First published")
    devices = record / "content/registry/devices/eco-totem-counter.csv"
    words = devices.read_text("utf-8").replace(",active,", ",paused,")
    devices.write_text(words, "utf-8")
    save(record, "Both paused for repairs")
    config = Config(record=record, base_url=BASE)
    freeze(replace(config, live_url="https://live.example.org"), root / "site", jobs=1)
    return root / "site"


@pytest.fixture(scope="module")
def pages(below, pages_in):
    """The pages of that site."""
    return pages_in(below)


def file_at(below: Path, address: str) -> Path:
    path = address.removeprefix("https://example.org").removeprefix("/lb/")
    return below / (path + "index.html" if path == "" or path.endswith("/") else path)


# --- pages --------------------------------------------------------------------------------------


def test_every_link_into_the_site_starts_with_its_path(pages):
    inside = {link for page in pages.values() for link in page.links if link.startswith("/")}
    assert inside
    assert sorted(link for link in inside if not link.startswith("/lb/")) == []


def test_no_link_into_the_site_is_dead(pages, below):
    inside = {
        link.partition("#")[0]
        for page in pages.values()
        for link in page.links
        if link.startswith(("/", BASE))
    }
    assert sorted(link for link in inside if not file_at(below, link).is_file()) == []


def test_what_the_styles_load_is_there_below_the_path_too(below):
    loaded = re.findall(r"url\(['\"]?([^'\")]+)", (below / "site.css").read_text("utf-8"))
    inside = [address for address in loaded if not address.startswith("data:")]
    assert inside
    for address in inside:
        path = (below / address) if not address.startswith("/") else file_at(below, address)
        assert path.is_file(), address


def test_every_page_names_itself_in_every_language_from_outside(pages):
    for name, page in pages.items():
        folder, _, rest = name.removesuffix("index.html").partition("/")
        if folder not in languages():
            continue
        expected = {code: f"{BASE}/{code}/{rest}" for code in languages()}
        expected["x-default"] = f"{BASE}/en/{rest}"
        found = {
            a["hreflang"]: a["href"]
            for a in page.all_of("link", rel="alternate")
            if "hreflang" in a
        }
        assert found == expected, name
        (canonical,) = page.all_of("link", rel="canonical")
        assert canonical["href"] == f"{BASE}/{folder}/{rest}"


def test_the_code_on_a_sign_is_the_address_from_outside(below):
    sign = (below / "d/XDTDN44/sign/index.html").read_text("utf-8")
    code = segno.make(f"{BASE}/d/XDTDN44/", error="m", micro=False, mask=2)
    assert code.svg_inline(scale=4, border=2, svgclass="qr", omitsize=True) in sign
    assert f"{BASE}/" in sign


def test_what_leads_to_the_live_host_does_so(below):
    page = (below / "es/devices/XDTDN44/index.html").read_text("utf-8")
    assert 'href="https://live.example.org/es/' in page


# --- feeds --------------------------------------------------------------------------------------


def test_every_link_of_a_feed_is_whole_and_leads_to_a_page(below):
    feeds = list(below.rglob("*.atom"))
    assert feeds
    for path in feeds:
        for link in ET.parse(path).iter(ATOM + "link"):  # noqa: S314 - our own file
            assert link.attrib["href"].startswith(BASE + "/"), path
            assert file_at(below, link.attrib["href"]).is_file(), path


def test_a_feed_names_its_own_address(below):
    for path in below.rglob("*.atom"):
        feed = ET.parse(path).getroot()  # noqa: S314 - our own file
        (own,) = [a.attrib["href"] for a in feed.iter(ATOM + "link") if a.get("rel") == "self"]
        assert own == f"{BASE}/{path.relative_to(below).as_posix()}"


def test_a_change_is_told_in_the_feed_with_its_device(below):
    feed = (below / "en/changes.atom").read_text("utf-8")
    assert f'href="{BASE}/en/devices/XDTDN44/"' in feed
    assert "Both paused for repairs" in feed


# --- the map of the site ------------------------------------------------------------------------


def addresses_in(path: Path, kind: str) -> list[str]:
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    assert root.tag == MAP + kind
    return [element.text or "" for element in root.iter(MAP + "loc")]


def test_the_map_of_the_site_names_a_part_for_each_language(below):
    parts = addresses_in(below / "sitemap.xml", "sitemapindex")
    assert {part.removeprefix(BASE + "/").split("/")[0] for part in parts} == set(languages())
    assert [part for part in parts if not file_at(below, part).is_file()] == []


@pytest.mark.parametrize("code", languages())
def test_the_map_of_the_site_names_every_page_once(code, below, pages):
    parts = addresses_in(below / "sitemap.xml", "sitemapindex")
    named = [
        address
        for part in parts
        if part.startswith(f"{BASE}/{code}/")
        for address in addresses_in(file_at(below, part), "urlset")
    ]
    assert len(named) == len(set(named))
    expected = {
        f"{BASE}/{name.removesuffix('index.html')}"
        for name in pages
        if name.startswith(f"{code}/")
        # Lists by a code's first letter and the search are ways to pages, not pages to be found.
        and not re.match(r"../(devices/(starting-with/|index)|search/|about/home/)", name)
    }
    assert set(named) == expected


def test_robots_may_read_everything_and_find_the_map(below):
    words = (below / "robots.txt").read_text("utf-8")
    assert words.startswith("User-agent: *\nAllow: /\n")
