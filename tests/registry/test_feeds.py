"""Feeds: well-formed Atom that tells each change once, whatever a note holds."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pygit2
import pytest
from flask.testing import FlaskClient

from lamppost.history import save

ATOM = "{http://www.w3.org/2005/Atom}"
WIFI = "technologies/public-wifi.yaml"
DEVICES = "devices/public-wifi.csv"
PAGES = ("/en/changes/", "/en/technologies/public-wifi/", "/en/places/district-1/")
FEEDS = ("/en/changes.atom", *(f"{page}changes.atom" for page in PAGES[1:]))


def feed(client: FlaskClient, address: str) -> ET.Element:
    answer = client.get(address)
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)  # noqa: S314 - our own feed


def texts(root: ET.Element, tag: str) -> list[str | None]:
    return [element.text for element in root.iterfind(f"{ATOM}entry/{ATOM}{tag}")]


@pytest.mark.parametrize(("address", "page"), list(zip(FEEDS, PAGES, strict=True)))
def test_a_feed_has_what_atom_requires(client, address, page):
    root = feed(client, address)
    assert root.tag == f"{ATOM}feed"
    for tag in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{tag}")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Lamppost"
    links = {link.get("rel"): link.get("href") for link in root.iterfind(f"{ATOM}link")}
    assert links == {"self": f"http://localhost{address}", "alternate": f"http://localhost{page}"}


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_a_feed_speaks_its_language(client, language):
    root = feed(client, f"/{language}/changes.atom")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert ("What changed" in root.findtext(f"{ATOM}title")) == (language == "en")


@pytest.mark.parametrize(
    "address", ["/en/technologies/none/changes.atom", "/en/places/none/changes.atom"]
)
def test_a_feed_of_nothing_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_change_is_told_in_the_feeds_that_it_concerns(change, saved, visit):
    change(WIFI, "status: active", "status: paused")
    saved("Paused for repairs")
    client = visit()
    for address in FEEDS[:2]:
        [told] = texts(feed(client, address), "content")
        assert told == "Status changed from In use to Paused\nNote: Paused for repairs"
    assert texts(feed(client, FEEDS[2]), "content") == []


def test_a_devices_change_is_told_in_the_feed_of_its_place_and_leads_to_its_page(
    change, saved, visit, kept
):
    code = (kept / "content/registry" / DEVICES).read_text("utf-8").splitlines()[1][:7]
    change(DEVICES, f"{code},public-wifi,active", f"{code},public-wifi,paused")
    saved("Paused")
    root = feed(visit(), "/en/places/district-1/changes.atom")
    assert texts(root, "title") == [f"Public Wi-Fi · {code}"]
    [link] = root.iterfind(f"{ATOM}entry/{ATOM}link")
    assert link.get("href") == f"http://localhost/en/devices/{code}/"


def test_every_entry_has_an_id_of_its_own_that_stays(change, saved, visit, kept):
    change(WIFI, "status: active", "status: paused")
    change(DEVICES, ",active,", ",paused,")
    saved("Both")
    before = texts(feed(visit(), FEEDS[0]), "id")
    change(WIFI, "status: paused", "status: active")
    save(kept, "Back")
    after = texts(feed(visit(), FEEDS[0]), "id")
    assert len(set(after)) == 3
    assert after[1:] == before


def test_a_feed_holds_the_newest_fifty(change, visit, kept):
    for n in range(52):
        change(
            WIFI,
            "status: " + ("paused" if n % 2 else "active"),
            "status: " + ("active" if n % 2 else "paused"),
        )
        save(kept, f"Save {n}")
    notes = texts(feed(visit(), FEEDS[0]), "content")
    assert len(notes) == 50
    assert notes[0].endswith("Save 51")


@pytest.mark.parametrize("note", ["<script>alert(1)</script>", "]]> & &lt; \"'", "ភាសា 😀"])
def test_markup_in_a_note_comes_back_as_text(change, saved, visit, note):
    change(WIFI, "status: active", "status: paused")
    saved(note)
    [told] = texts(feed(visit(), FEEDS[0]), "content")
    assert told.endswith(f"Note: {note}")


def test_a_note_that_xml_cannot_hold_does_not_break_the_feed(change, kept: Path, visit):
    change(WIFI, "status: active", "status: paused")
    repository = pygit2.Repository(str(kept))
    repository.index.add_all()
    who = pygit2.Signature("Another program", "x@example.org")
    tree, parent = repository.index.write_tree(), repository.head.target
    repository.create_commit(
        "refs/heads/main", who, who, "bell \x07 and \x1b[31m red", tree, [parent]
    )
    repository.index.write()
    [told] = texts(feed(visit(), FEEDS[0]), "content")
    assert told.endswith("Note: bell  and [31m red")
