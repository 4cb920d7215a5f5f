"""The reading face as a whole: which pages it has, and by which keys it knows that they changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from lamppost import create_app
from lamppost.addresses import Address, key
from lamppost.config import Config
from lamppost.freezer import address_id
from lamppost.press import views_of
from lamppost.reading import (
    FOR_CASES,
    FOR_FILES,
    FOR_PDFS,
    FOR_PICTURES,
    FOR_RESULTS,
    addresses,
    may_be_missing,
)
from lamppost.registry.sample import without_sample
from lamppost.urls import url


def take_out_samples(record: Path) -> int:
    files, removed = without_sample(record)
    for name, data in files.items():
        (record / name).write_bytes(data)
    return removed


def reading_face(config: Config) -> tuple[Flask, list[Address]]:
    """The frozen app of a record, and all that it names."""
    app = create_app(config, frozen=True)
    with app.test_request_context("/"):
        return app, list(addresses(app.extensions["published"].content))


def without_pages(app: Flask, named: list[Address]) -> set[str]:
    views = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    return views - {view for address in named for view in views_of(address)}


@pytest.fixture(scope="module")
def face(shipped: Config) -> tuple[Flask, list[Address]]:
    """The reading face of the shipped record."""
    return reading_face(shipped)


def test_every_view_names_its_pages_but_those_of_what_the_shipped_record_has_not(face):
    never = FOR_RESULTS | FOR_CASES | FOR_FILES | FOR_PICTURES | FOR_PDFS
    assert without_pages(*face) == never


def test_without_devices_only_views_of_what_is_not_there_name_no_page(config, small):
    take_out_samples(small)
    app, named = reading_face(config)
    missing = may_be_missing(app.extensions["published"].content)
    assert {"registry.device", "briefs.brief", "briefs.picture"} < missing
    assert without_pages(app, named) == missing


def test_no_page_is_named_twice(face):
    _, named = face
    assert len({address_id(address) for address in named}) == len(named)


def test_no_two_pages_have_the_same_address(face):
    app, named = face
    with app.test_request_context("/"):
        paths = [url(view, **a.values) for a in named for view in views_of(a)]
    assert len(set(paths)) == len(paths)
    assert sorted(path for path in paths if not re.search(r"(/|\.[a-z]+)$", path)) == []


def test_the_same_record_gives_the_same_keys(face, shipped):
    _, again = reading_face(shipped)
    assert again == face[1]


def test_pages_that_differ_in_nothing_but_their_device_have_keys_of_their_own(face):
    keys = [address.key for address in face[1] if address.endpoint == "registry.device"]
    assert len(set(keys)) == len(keys) > 200


# --- keys ---------------------------------------------------------------------------------------


def test_a_key_is_of_each_part_and_not_of_all_run_together():
    assert key("ab", "c") != key("a", "bc")
    assert key("ab") != key("a", "b")


def test_a_key_of_the_same_parts_is_the_same():
    assert key(b"a", 1, ["b"], None) == key(b"a", 1, ["b"], None)


def test_a_key_differs_when_a_part_does():
    keys = {
        key("a", b"b", 1),
        key("a", b"b", 2),
        key("a", b"c", 1),
        key("b", b"b", 1),
        key("a", b"b"),
    }
    assert len(keys) == 5
