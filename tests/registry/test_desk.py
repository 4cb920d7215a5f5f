"""The record's history at the desk: told to staff, and taken back by who may edit."""

from __future__ import annotations

import pytest

from lamppost import history
from lamppost.fields import Duration
from lamppost.i18n import languages, speech_of
from lamppost.saves import digest, file_now, save_files

PLATES = "content/registry/technologies/police-plate-readers.yaml"
NAME = "content/registry/technologies/public-wifi.yaml"
PAGES = "/en/desk/record/saves/"


@pytest.fixture
def kept(desk):
    """Settings of the desk, with its record."""
    return desk.extensions["config"]


def change(
    kept, note="Status <corrected>", name=NAME, words=(b"status: active", b"status: paused")
):
    now = file_now(kept, name)
    new = now.replace(*words, 1)
    assert new != now
    author = ("Author", "author@staff.example")
    return save_files(kept, {name: new}, seen={name: digest(now)}, note=note, author=author)


@pytest.fixture
def made(kept):
    """A save that has paused a technology."""
    return change(kept)


def test_the_history_tells_who_saved_what_and_why(sign_in, made):
    page = sign_in("auditor").get(PAGES).text
    assert "Status &lt;corrected&gt;" in page
    assert "<td>Author</td>" in page
    assert f'href="{PAGES}{made}/"' in page


def test_a_save_is_told_in_words_and_line_by_line(sign_in, made):
    page = sign_in("auditor").get(f"{PAGES}{made}/").text
    assert "Status changed from In use to Paused" in page
    assert "<del>status: active</del>" in page
    assert "<ins>status: paused</ins>" in page
    assert "Take it back" not in page


def test_a_change_is_taken_back_by_a_new_one_with_its_own_note(sign_in, kept, made):
    client = sign_in("author")
    answer = client.post(f"{PAGES}{made}/", data={"note": "It is in use"})
    assert answer.status_code == 303
    newest = next(history.saves(kept.record))
    assert (newest.note, newest.by) == ("It is in use", "Author")
    assert b"status: active" in file_now(kept, NAME)
    for language, words in (("en", "It is in use"), ("km", "It is in use")):
        assert words in client.get(f"/{language}/changes/").text


def test_without_a_note_nothing_is_taken_back(sign_in, kept, made):
    answer = sign_in("author").post(f"{PAGES}{made}/", data={"note": "  "})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert b"status: paused" in file_now(kept, NAME)


def test_what_has_changed_again_is_not_taken_back(sign_in, kept, made):
    now = file_now(kept, NAME)
    seen = {NAME: digest(now)}
    save_files(
        kept, {NAME: now + b"# later\n"}, seen=seen, note="Later", author=("B", "b@b.example")
    )
    answer = sign_in("author").post(f"{PAGES}{made}/", data={"note": "Typed with care"})
    assert answer.status_code == 422
    assert "has changed again since" in answer.text
    assert 'value="Typed with care"' in answer.text


def test_who_may_not_edit_takes_nothing_back(sign_in, made):
    assert sign_in("auditor").post(f"{PAGES}{made}/", data={"note": "x"}).status_code == 403


def test_a_save_that_is_none_is_not_found(sign_in):
    assert sign_in("auditor").get(f"{PAGES}zz/").status_code == 404


def test_what_changed_tells_a_corrected_retention_in_four_languages(sign_in, kept):
    wrong = change(kept, "Three years", PLATES, (b"duration: P2Y", b"duration: P3Y"))
    client = sign_in("author")
    client.post(f"{PAGES}{wrong}/", data={"note": "Two years after all"})
    for code in languages():
        page = client.get(f"/{code}/changes/").text
        newest = page[page.index("changes__item") :].split("</li>")[0]
        for years in (3, 2):
            assert speech_of(code).duration(Duration(years=years)) in newest
