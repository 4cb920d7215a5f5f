"""No link of the frozen site is dead, in a page, a feed, a style or an index."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import orjson
import pytest

from lamppost.i18n import languages

OUTSIDE = ("https://", "http://", "mailto:", "tel:", "data:")
ATOM = "{http://www.w3.org/2005/Atom}"


def file_of(address: str) -> str:
    path = unquote(address).removeprefix("/")
    return path + "index.html" if path == "" or path.endswith("/") else path


def test_no_link_of_a_page_is_dead(pages, files):
    dead = {
        (page.name, link)
        for page in pages.values()
        for link in page.links
        if not link.startswith((*OUTSIDE, "#")) and file_of(urlsplit(link).path) not in files
    }
    assert dead == set()


def test_every_link_to_a_part_of_a_page_finds_it_there(pages):
    ids = {page.name: set(page.ids) for page in pages.values()}
    lost = set()
    for page in pages.values():
        for link in page.links:
            if "#" in link and not link.startswith(OUTSIDE):
                address, _, part = link.partition("#")
                target = file_of(address) if address else page.name
                # With "=" it names no part: it is what the page's script begins with.
                if "=" not in part and unquote(part) not in ids[target]:
                    lost.add((page.name, link))
    assert lost == set()


def test_links_are_whole_addresses_from_the_root_of_the_site(pages):
    # A link such as “../” would be right in one folder and wrong in another.
    odd = {
        link
        for page in pages.values()
        for link in page.links
        if not link.startswith(("/", "#", *OUTSIDE)) or link.startswith("//")
    }
    assert odd == set()


def test_no_link_into_the_site_carries_a_query(pages):
    found = {link for page in pages.values() for link in page.links if "?" in link}
    assert {link for link in found if not link.startswith(OUTSIDE)} == set()


def test_every_address_ends_in_a_slash_or_a_file_ending(pages):
    inside = {
        urlsplit(link).path
        for page in pages.values()
        for link in page.links
        if link.startswith("/")
    }
    assert sorted(path for path in inside if not re.search(r"/$|\.[a-z0-9]+$", path)) == []


def test_every_page_can_be_reached_from_the_front_door(pages):
    reached, ahead = set(), ["index.html"]
    while ahead:
        name = ahead.pop()
        if name not in reached and name in pages:
            reached.add(name)
            ahead += [file_of(urlsplit(link).path) for link in pages[name].links if link[0] == "/"]
    # The text of the home page has an address of its own too, to which nobody needs a link.
    alone = {f"{code}/about/home/index.html" for code in languages()}
    assert pages.keys() - reached - alone == {"404.html"}


def test_a_link_to_another_site_is_an_address_of_the_web(pages):
    outside = {link for page in pages.values() for link in page.links if link.startswith("http")}
    assert sorted(link for link in outside if "." not in urlsplit(link).netloc) == []


def test_what_the_styles_load_is_there(site, files):
    loaded = re.findall(r"url\(['\"]?([^'\")]+)", (site / "site.css").read_text("utf-8"))
    assert loaded
    inside = [address for address in loaded if not address.startswith("data:")]
    assert sorted(address for address in inside if file_of(address) not in files) == []


@pytest.mark.parametrize("code", languages())
def test_no_result_of_the_search_is_dead(code, site, files):
    index = orjson.loads((site / code / "search/pages.json").read_bytes())
    assert [page["u"] for page in index["pages"] if file_of(page["u"]) not in files] == []
    assert [shard for shard in index["shards"] if f"search/{shard}.json" not in files] == []


def test_every_device_that_a_street_lists_has_its_pages(site, files):
    codes = set()
    for path in (site / "search").glob("*.json"):
        for _, (_, devices) in orjson.loads(path.read_bytes()):
            codes |= {code for code, _ in devices}
    assert codes
    assert [code for code in sorted(codes) if f"en/devices/{code}/index.html" not in files] == []


def test_no_link_of_a_feed_is_dead(site, files):
    feeds = list(site.rglob("*.atom"))
    assert feeds
    for path in feeds:
        links = [link.attrib["href"] for link in ET.parse(path).iter(ATOM + "link")]  # noqa: S314
        assert [link for link in links if file_of(link) not in files] == [], path


def test_every_download_is_linked_from_a_page(pages, files):
    links = {file_of(urlsplit(link).path) for page in pages.values() for link in page.links}
    downloads = {name for name in files if name.startswith("downloads/")}
    assert downloads - links == set()
    assert Path("downloads/registry.sqlite").as_posix() in links
