"""The other copy at the desk: how it stands, fetch and send now, and choosing a side."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lamppost import history
from lamppost.config import Config
from lamppost.remote import sync
from lamppost.saves import digest, file_now, save_files
from lamppost.staff import audit

OTHER = "/en/desk/record/other/"
DECIDE = f"{OTHER}decide/"
WIFI = "content/registry/technologies/public-wifi.yaml"
WORDS = b"summary:\n  en: "


@pytest.fixture
def config(config, small, bare):
    """Settings with a small record, and the other copy."""
    assert config.record == small
    return replace(config, record_remote=bare.as_uri())


@pytest.fixture
def here(desk):
    """The settings of the desk, with the record sent once to the other copy."""
    config = desk.extensions["config"]
    assert sync.push(config)
    return config


@pytest.fixture
def contested(here, elsewhere):
    """The settings of a desk whose record was changed in the same line here and there."""
    elsewhere(WIFI, WORDS, WORDS + b"Theirs, <b>", "Theirs")
    now = file_now(here, WIFI)
    new = now.replace(WORDS, WORDS + b"Ours, ", 1)
    save_files(here, {WIFI: new}, seen={WIFI: digest(now)}, note="Ours", author=("A", "a@b"))
    return here


def deeds(desk):
    with desk.app_context():
        return [(entry.deed, entry.what) for entry in audit.entries()]


def test_everybody_sees_how_it_stands_and_only_officers_can_do_something(sign_in, here):
    page = sign_in("auditor").get(OTHER).text
    assert here.record_remote in page
    assert "Fetch now" not in page
    for path in (f"{OTHER}fetch/", f"{OTHER}push/", DECIDE):
        assert sign_in("auditor").post(path).status_code == 403
        assert sign_in("author").post(path).status_code == 403
    page = sign_in("records_officer").get(OTHER).text
    assert "Fetch now" in page
    assert "Send now" in page


def test_without_another_copy_the_page_says_how_to_set_one(sign_in, desk):
    desk.extensions["config"] = replace(desk.extensions["config"], record_remote="")
    client = sign_in("records_officer")
    assert "LAMPPOST_RECORD_REMOTE" in client.get(OTHER).text
    for path in (f"{OTHER}fetch/", f"{OTHER}push/", DECIDE):
        assert client.post(path).status_code == 303


@pytest.mark.usefixtures("here")
def test_fetch_now_takes_in_what_nobody_has_to_decide(sign_in, desk, elsewhere):
    elsewhere(WIFI, WORDS, WORDS + b"Theirs, ")
    client = sign_in("records_officer")
    page = client.post(f"{OTHER}fetch/", follow_redirects=True).text
    assert "Files that changed here: 1." in page
    assert "Theirs, " in client.get("/en/technologies/public-wifi/").text
    assert deeds(desk)[0] == ("fetch record", "1")


def test_send_now_sends(sign_in, desk, here, newest_there):
    now = file_now(here, WIFI)
    new = now.replace(WORDS, WORDS + b"Ours, ", 1)
    made = save_files(here, {WIFI: new}, seen={WIFI: digest(now)}, note="O", author=("A", "a@b"))
    client = sign_in("administrator")
    assert "<dd>1 change</dd>" in client.get(OTHER).text
    page = client.post(f"{OTHER}push/", follow_redirects=True).text
    assert "The other copy has every change." in page
    assert newest_there() == made
    assert deeds(desk)[0] == ("send record", "")


@pytest.mark.usefixtures("here")
def test_a_failure_is_shown_with_its_reason(sign_in, without_the_other):
    without_the_other()
    client = sign_in("records_officer")
    for deed in ("push", "fetch"):
        page = client.post(f"{OTHER}{deed}/", follow_redirects=True).text
        assert "Nothing is lost; it is tried again." in page
        assert "bare.git" in page.split("The reason:")[1]
    page = client.get("/en/desk/").text
    assert "The record could not be sent to its other copy." in page
    assert "The other copy could not be fetched." in page


def test_what_was_done_with_git_alone_is_told(sign_in, here):
    (here.record / WIFI).write_bytes(file_now(here, WIFI) + b"# by hand\n")
    client = sign_in("records_officer")
    assert f'1 file was changed and not saved: <code translate="no">{WIFI}</code>' in " ".join(
        client.get(OTHER).text.split()
    )
    assert "The record was changed outside of the desk." in client.get("/en/desk/").text


def form_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(ours|theirs)" value="(\w+)"', page))


def test_both_versions_are_shown_and_one_is_chosen(sign_in, desk, contested, newest_there):
    client = sign_in("records_officer")
    answer = client.post(f"{OTHER}fetch/")
    assert answer.location.endswith(DECIDE)
    page = client.get(DECIDE).text
    assert re.search(r"<del>\s*en: Ours, ", page)
    assert re.search(r"<ins>\s*en: Theirs, &lt;b&gt;", page)
    assert 'value="merged"' not in page
    chosen = {**form_of(page), "side-0": "theirs", "note": "Theirs is right"}
    page = client.post(DECIDE, data=chosen, follow_redirects=True).text
    assert "Both sides are joined, as you chose." in page
    assert b"Theirs, " in file_now(contested, WIFI)
    newest = next(history.saves(contested.record))
    assert (newest.note, newest.by) == ("Theirs is right", "Records_Officer")
    assert deeds(desk)[0] == ("decide record", f"{WIFI}: theirs")
    assert client.get(DECIDE).status_code == 303
    client.post(f"{OTHER}push/")
    assert newest_there() == newest.id


HALF_CHOSEN = [
    ({"side-0": ""}, "Choose a side for each file."),
    ({"side-0": "merged"}, "Choose a side for each file."),
    ({"note": " "}, "Write what changes, and why."),
    ({"ours": "0" * 40}, "The record has changed meanwhile."),
    ({"theirs": ""}, "The record has changed meanwhile."),
]


def test_nothing_is_taken_in_half_chosen_and_what_was_typed_stays(sign_in, contested):
    before = file_now(contested, WIFI)
    client = sign_in("records_officer")
    client.post(f"{OTHER}fetch/")
    form = form_of(client.get(DECIDE).text)
    for change, told in HALF_CHOSEN:
        data = {**form, "side-0": "theirs", "note": "Typed with care", **change}
        answer = client.post(DECIDE, data=data)
        assert answer.status_code == 422
        assert told in answer.text
        if "note" not in change:
            assert 'value="Typed with care"' in answer.text
        if "side-0" not in change:
            assert 'value="theirs" checked' in answer.text
    assert file_now(contested, WIFI) == before


@pytest.mark.drill
def test_what_would_have_mistakes_is_not_taken_in(sign_in, here, elsewhere):
    elsewhere(WIFI, b"status: active", b"status: asleep")
    client = sign_in("records_officer")
    assert client.post(f"{OTHER}fetch/").location.endswith(DECIDE)
    page = client.get(DECIDE).text
    assert "&#39;asleep&#39;" in page
    data = {**form_of(page), "side-0": "theirs", "note": "No"}
    answer = client.post(DECIDE, data=data)
    assert answer.status_code == 422
    assert "the record would have mistakes" in answer.text
    answer = client.post(DECIDE, data={**data, "side-0": "ours"})
    assert answer.status_code == 303
    assert b"status: active" in file_now(here, WIFI)


def test_the_settings_refuse_an_address_that_would_tell_a_secret(monkeypatch):
    for url, token in (
        ("https://somebody:secret@example.org/r.git", ""),
        ("http://example.org/r.git", "secret"),
        ("ssh://example.org/r.git", ""),
    ):
        monkeypatch.setenv("LAMPPOST_RECORD_REMOTE", url)
        monkeypatch.setenv("LAMPPOST_RECORD_TOKEN", token)
        with pytest.raises(ValueError, match="LAMPPOST_RECORD") as refused:
            Config.from_environment()
        assert "secret" not in str(refused.value)
