"""The map of the site for search engines: whole addresses, each once, in parts."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from lamppost import create_app
from lamppost.i18n import languages
from lamppost.pages import sitemap

BASE = "https://example.org/lb"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def known(shipped) -> Flask:
    """The reading face at a public address."""
    return create_app(replace(shipped, base_url=BASE), frozen=True)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that the shipped devices fill some."""
    monkeypatch.setattr(sitemap, "PER_PART", 100)


def listed(app: Flask, address: str) -> list[str]:
    """The addresses in the map at an address, and that it has the form of the protocol."""
    answer = app.test_client().get(address.removeprefix(BASE), base_url=BASE)
    assert answer.status_code == 200, address
    assert answer.mimetype == "application/xml"
    root = ET.fromstring(answer.data)  # noqa: S314 - our own
    kinds = {SPACE + "sitemapindex": "sitemap", SPACE + "urlset": "url"}
    assert {entry.tag for entry in root} == {SPACE + kinds[root.tag]}
    return [entry.findtext(SPACE + "loc", "") for entry in root]


def test_the_map_has_parts_for_the_pages_and_the_devices_of_each_language(known):
    expected = [f"{BASE}/{code}/sitemap-{n}.xml" for code in languages() for n in (1, 2)]
    assert listed(known, "/sitemap.xml") == expected


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("code", languages())
def test_every_device_stands_in_one_part(code, known):
    devices = known.extensions["published"].content.registry.devices
    parts = [part for part in listed(known, "/sitemap.xml") if part.startswith(f"{BASE}/{code}/")]
    assert len(parts) == 1 + -(-len(devices) // 100)
    named = [address for part in parts[1:] for address in listed(known, part)]
    assert named == [f"{BASE}/{code}/devices/{device}/" for device in sorted(devices)]


@pytest.mark.usefixtures("small_parts")
def test_every_part_is_named_for_the_freeze(known):
    content = known.extensions["published"].content
    numbers = [a.values["number"] for a in sitemap.addresses(content) if a.values]
    assert numbers == [1, 2, 3, 4]


def test_a_part_that_is_not_there_is_not_found(known):
    assert known.test_client().get("/en/sitemap-3.xml", base_url=BASE).status_code == 404


def test_every_address_in_the_map_answers(known):
    client = known.test_client()
    named = listed(known, "/en/sitemap-1.xml")
    assert len(set(named)) == len(named) > 60
    for address in named:
        path = address.removeprefix(BASE)
        assert client.get(path, base_url=BASE).status_code == 200, address


def test_no_part_is_longer_than_the_protocol_allows():
    assert sitemap.PER_PART <= 50_000


@pytest.mark.parametrize("address", ["/sitemap.xml", "/en/sitemap-1.xml", "/es/sitemap-2.xml"])
def test_the_map_is_empty_while_the_public_address_is_not_known(address, client):
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(ET.fromstring(answer.data)) == 0  # noqa: S314 - our own
