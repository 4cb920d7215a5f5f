"""A published pitch that is taken back: no door shows it, and no file of the frozen site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ..doors import ASIDE, PLACE, frozen, holding, read

SUMMARY, WORDS = "Cooler bus stops", "SAIDINOWNWORDS"
LISTS = {"/en/pitches/", "/km/pitches/", f"/en/places/{PLACE}/"}
PAGES = {"/en/pitches/{}/", "/km/pitches/{}/"}
SUPPORT, MAP = "/en/pitches/{}/support/", "/en/sitemap-1.xml"


@pytest.fixture
def config(config):
    """Settings with all doors open: a map with whole addresses, and other software."""
    live = {"base_url": "https://lamps.example", "live_url": "https://live.example"}
    return replace(config, open311="on", open311_keys=("x" * 20,), **live)


@pytest.fixture
def pitch(send, publish, desk, case_of):
    """A published pitch: its receipt and its reference."""
    receipt = send(place=PLACE)
    publish(receipt, words_en=WORDS)
    with desk.app_context():
        return receipt, case_of(receipt).reference


@pytest.mark.parametrize("how", ["withdraw", "erase", "junk", "withhold"])
def test_no_door_shows_what_was_taken_back_and_its_page_says_so(how, pitch, resident, act, desk):
    receipt, reference = pitch
    pages, support = {door.format(reference) for door in PAGES}, SUPPORT.format(reference)

    def found():
        desk.extensions["published"].look()
        open311 = "/en/open311/v2/requests.json"
        return read(resident, {*LISTS, *pages, MAP, open311, *ASIDE})

    before = found()
    assert holding(before, SUMMARY) == LISTS | pages
    assert holding(before, WORDS) == pages
    assert holding(before, reference) == LISTS | pages | {MAP}
    assert resident.get(support).status_code == 200
    if how in ("withdraw", "erase"):
        resident.post(f"/km/receipts/{receipt}/{how}/", data={})
    elif how == "junk":
        act("case_officer", receipt, "moves/junk")
    else:
        act("moderator", receipt, "withhold", reason="law")
    after = found()
    for words in (SUMMARY, WORDS):
        assert holding(after, words) == set()
    assert holding(after, reference) == pages
    assert resident.get(support).status_code == 404


@pytest.mark.usefixtures("small")
def test_no_frozen_file_holds_what_was_withdrawn(pitch, resident, desk, tmp_path):
    receipt, reference = pitch
    before = frozen(desk, tmp_path / "public")
    lists = {f"site{page}index.html" for page in LISTS}
    pages = {f"site{page.format(reference)}index.html" for page in PAGES}
    assert lists | pages <= holding(before, SUMMARY)
    assert pages <= holding(before, WORDS)
    resident.post(f"/km/receipts/{receipt}/withdraw/", data={})
    after = frozen(desk, tmp_path / "public")
    assert pages <= set(after)
    for words in (SUMMARY, WORDS):
        assert holding(after, words) == set()
