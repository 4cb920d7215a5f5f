"""The search indexes: everything can be found, by any word, in any script."""

from __future__ import annotations

import re
from copy import copy

import pytest
from flask.testing import FlaskClient

from lamppost.i18n import speak
from lamppost.registry.models import Device
from lamppost.search.index import LOCATIONS, pages, shard_name, streets
from lamppost.text import folded


@pytest.fixture
def content(app):
    with app.test_request_context("/en/"):
        yield app.extensions["published"].content
    speak("en")


@pytest.fixture
def device(content) -> Device:
    """A copy of a device without any words for its place."""
    bare = copy(next(iter(content.registry.devices.values())))
    bare.location = bare.location_es = bare.location_km = bare.location_tl = ""
    return bare


def at(device: Device, code: str, **locations: str) -> Device:
    placed = copy(device)
    placed.code = code
    for name, words in locations.items():
        setattr(placed, name, words)
    return placed


# --- pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_everything_but_devices_is_in_the_index_once(content, language):
    found = pages(content, speak(language))
    kinds = {page["k"] for page in found}
    of_registry = {"technology", "place", "purpose", "data", "organization"}
    assert kinds == {*of_registry, "term", "page", "brief"}
    addresses = [page["u"] for page in found]
    assert len(set(addresses)) == len(addresses)
    assert {a for a in addresses if "/technologies/" in a} == {
        f"/{language}/technologies/{id_}/" for id_ in content.registry.technologies
    }
    assert {a for a in addresses if "/terms/" in a} == {
        f"/{language}/terms/{t}/" for t in content.terms
    }


def test_every_address_of_the_index_leads_to_a_page(content, client):
    for page in pages(content, speak("tl")):
        assert client.get(page["u"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "typed", "page"),
    [
        ("en", "wi-fi", "technologies/public-wifi"),
        ("es", "camaras de trafico", "technologies/traffic-cameras"),
        ("km", "កាមេរ៉ាចរាចរណ៍", "technologies/traffic-cameras"),
        ("km", "wi-fi", "technologies/public-wifi"),
        ("tl", "public wi-fi", "technologies/public-wifi"),
        ("en", "alpr", "terms/plate-reader"),
        ("en", "police department", "organizations/police"),
        ("en", "district 3", "places/district-3"),
    ],
)  # fmt: skip
def test_a_page_is_found_by_the_words_a_reader_types(content, language, typed, page):
    found = [p["u"] for p in pages(content, speak(language)) if folded(typed) in p["w"]]
    assert f"/{language}/{page}/" in found


# --- streets ------------------------------------------------------------------------------------


def found_by(typed: str, shards) -> list[str]:
    """The codes of the devices that the search script finds: by a shard, then by the words."""
    word = re.match(r"[^\s&,;().'’-]+", folded(typed))[0]
    entries = shards.get(word[:2], {}).items()
    return [code for words, (_, found) in entries if folded(typed) in words for code, _ in found]


def test_every_device_is_found_by_each_word_of_its_location(content):
    shards = streets(content.registry.in_order)
    for device in content.registry.devices.values():
        for name in LOCATIONS:
            words = re.findall(r"[^\s&,;().'’-]{2,}", getattr(device, name))
            assert [word for word in words if device.code not in found_by(word, shards)] == []


def test_a_khmer_word_is_found_in_the_middle_of_a_location(device):
    shards = streets([at(device, "AAAAAAA", location_km="ក្នុងបណ្ណាល័យរបស់រដ្ឋបាលក្រុង")])
    for word in ("ក្នុង", "បណ្ណាល័យ", "រដ្ឋបាល", "ក្រុង"):
        assert found_by(word, shards) == ["AAAAAAA"]


def test_locations_that_differ_in_case_or_spaces_share_their_devices(device):
    devices = [
        at(device, "AAAAAAA", location="Pine Ave"), at(device, "BBBBBBB", location="PINE  AVE"),
    ]  # fmt: skip
    location, found = streets(devices)["pi"]["pine ave"]
    assert location == "Pine Ave"
    assert [code for code, _ in found] == ["AAAAAAA", "BBBBBBB"]


def test_a_device_is_listed_once_where_its_languages_name_a_place_alike(device):
    here = at(
        device, "AAAAAAA", location="Pine Ave", location_es="Pine Ave", location_tl="pine ave"
    )
    assert streets([here])["pi"]["pine ave"] == ["Pine Ave", [["AAAAAAA", here.technology]]]


def test_a_device_is_found_in_every_language_of_its_place(device):
    here = at(device, "AAAAAAA", location="Library", location_es="Biblioteca", location_km="បណ្ណាល័យ")
    shards = streets([here])
    for typed in ("library", "biblioteca", "បណ្ណាល័យ"):
        assert found_by(typed, shards) == ["AAAAAAA"]


def test_the_order_of_shards_does_not_hang_on_the_order_of_devices(content):
    devices = content.registry.in_order
    assert list(streets(devices)) == list(streets(devices[::-1]))


@pytest.mark.parametrize(
    ("start", "name"), [("pi", "70-69"), ("5t", "35-74"), ("ប", "1794"), ("😀a", "1f600-61")]
)
def test_a_shards_name_is_plain_in_any_script(start, name):
    assert shard_name(start) == name


def test_every_shard_that_the_index_names_can_be_read(client: FlaskClient):
    index = client.get("/en/search/pages.json").json
    assert len(index["shards"]) > 20
    for shard in index["shards"]:
        assert client.get(f"/search/{shard}.json").json


def test_the_index_names_every_technology_for_the_devices_of_a_shard(client, content):
    index = client.get("/km/search/pages.json").json
    assert set(index["technologies"]) == set(content.registry.technologies)


def test_a_shard_that_is_not_there_is_not_found(client):
    assert client.get("/search/ffff.json").status_code == 404
