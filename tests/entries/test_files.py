"""What a file says of itself is edited at the desk: who reviewed a text, how others were made."""

from __future__ import annotations

import pytest

from lamppost.record import Record

WIFI = "/en/desk/record/technologies/public-wifi/facts/"
WIFI_FILE = "content/registry/technologies/public-wifi.yaml"
SETTINGS = "/en/desk/record/settings/this/facts/"


def test_the_office_that_reviewed_a_text_is_typed_where_it_is_marked(author, change, kept):
    said = {"name.by.es": "reviewed", "name.by.es.who": "Office of Equity"}
    assert change(author, WIFI, said).status_code == 303
    assert Record(kept).mapping(WIFI_FILE)["name"]["by"] == {"es": {"reviewed": "Office of Equity"}}
    page = author.get(WIFI).text
    assert 'value="Office of Equity"' in page
    assert '<datalist id="offices">' in page
    assert change(author, WIFI, {"name.by.es.who": ""}).status_code == 303
    assert Record(kept).mapping(WIFI_FILE)["name"]["by"] == {"es": "reviewed"}


def test_a_reviewer_is_named_at_an_article_too(author, change, kept):
    path = "/en/desk/record/pages/home/km/"
    said = {"provenance": "reviewed", "provenance.who": "Office of Equity"}
    assert change(author, path, said).status_code == 303
    front = Record(kept).article("content/pages/home/km.md")[0]
    assert front["provenance"] == {"reviewed": "Office of Equity"}


def test_a_file_says_how_its_translations_were_made(author, change, kept):
    said = {"provenance.es": "reviewed", "provenance.es.who": "Office of Equity"}
    assert change(author, WIFI, said).status_code == 303
    assert Record(kept).mapping(WIFI_FILE)["provenance"]["es"] == {"reviewed": "Office of Equity"}


@pytest.mark.parametrize("kind", ["organizations", "places", "terms", "words-purpose"])
def test_so_does_a_file_of_many_entries(author, change, kept, kind):
    path = f"/en/desk/record/{kind}-file/this/facts/"
    assert f"/en/desk/record/{kind}-file/this/" in author.get(f"/en/desk/record/{kind}/").text
    assert change(author, path, {"provenance.tl": "human"}).status_code == 303
    found = [
        name
        for name in Record(kept).names("content", ".yaml")
        if Record(kept).mapping(name).get("provenance", {}).get("tl") == "human"
    ]
    assert len(found) == 1


def test_the_borders_of_the_city_are_changed_and_the_comment_stays(sign_in, change, kept):
    chief = sign_in("administrator")
    assert change(chief, SETTINGS, {"bounds.north": "34.05"}).status_code == 303
    assert Record(kept).mapping("content/site.yaml")["bounds"] == [33.6, -118.4, 34.05, -117.95]
    words = (kept / "content/site.yaml").read_text("utf-8")
    assert "# south, west, north, east: no device stands outside" in words


@pytest.mark.parametrize("north", ["", "high", "33.5", "95", "34,05", "9" * 400])
def test_what_is_no_rectangle_is_told_and_kept(sign_in, change, told, north):
    page = change(sign_in("administrator"), SETTINGS, {"bounds.north": north})
    assert page.status_code == 422
    assert "bounds.south" in told(page.text)
    assert f'value="{north}"' in page.text
