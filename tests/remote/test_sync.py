"""The record and its other copy: sent, fetched, joined; never resolved by guessing."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace

import pygit2
import pytest

from lamppost import history, saves
from lamppost.content import read_content
from lamppost.publishing.publisher import prepare
from lamppost.remote import git, pusher, sync
from lamppost.remote.git import BehindError, RemoteError
from lamppost.remote.sync import UndecidedError, fetch, push, question, take_in
from lamppost.saves import RefusedError, SaveError, digest, file_now, save_files

CLERK = ("City Clerk", "clerk@example.org")
WIFI = "content/registry/technologies/public-wifi.yaml"
CAMERAS = "content/registry/technologies/traffic-cameras.yaml"
WORDS = b"summary:\n  en: "


def change(config, name=WIFI, found=WORDS, put=WORDS + b"Ours, ", note="Ours"):
    now = file_now(config, name)
    assert found in now
    new = now.replace(found, put, 1)
    return save_files(config, {name: new}, seen={name: digest(now)}, note=note, author=CLERK)


def notes(config):
    return [save.note for save in history.saves(config.record)]


def is_clean(config):
    return not pygit2.Repository(str(config.record)).status()


# --- sent ---------------------------------------------------------------------------------------


def test_saves_are_sent_to_the_other_copy(kept, newest_there):
    assert push(kept)
    assert newest_there() == history.newest(kept.record)
    made = change(kept)
    assert push(kept)
    assert newest_there() == made
    assert sync.told(kept)["push"].error == ""
    assert git.standing(kept.record) == (0, 0)


def test_a_push_that_fails_loses_nothing_is_told_and_tried_again(
    kept, bare, without_the_other, newest_there
):
    push(kept)
    without_the_other()
    made = change(kept)
    assert not push(kept)
    assert "bare.git" in sync.told(kept)["push"].error
    assert history.newest(kept.record) == made
    pygit2.init_repository(str(bare), bare=True, initial_head="main")
    assert push(kept)
    assert newest_there() == made
    assert sync.told(kept)["push"].error == ""


def test_what_is_there_and_not_here_is_never_overwritten(kept, elsewhere, newest_there):
    push(kept)
    there = elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ")
    change(kept)
    with pytest.raises(BehindError):
        git.push(kept.record, kept.record_remote, "")
    assert not push(kept)
    assert sync.told(kept)["push"].behind
    assert newest_there() == there


def test_each_save_is_sent_in_the_background(kept, newest_there, monkeypatch):
    monkeypatch.setattr(pusher, "LOOK_EVERY_SECONDS", 0.05)
    end = pusher.start(kept)
    try:
        for save in (history.newest, lambda _root: change(kept)):
            made = save(kept.record)
            until = time.monotonic() + 10
            while newest_there() != made and time.monotonic() < until:
                time.sleep(0.05)
            assert newest_there() == made
    finally:
        end.set()
    assert pusher.start(replace(kept, record_remote="")) is None


# --- fetched ------------------------------------------------------------------------------------


def test_what_was_saved_there_alone_is_taken_in_as_it_is(kept, elsewhere):
    push(kept)
    theirs = elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ", "Written there")
    fetch(kept)
    assert git.standing(kept.record) == (0, 1)
    assert take_in(kept) == 1
    assert history.newest(kept.record) == theirs
    assert notes(kept) == ["Written there", "First published"]
    assert b"Theirs, " in file_now(kept, CAMERAS)
    assert is_clean(kept)
    assert take_in(kept) == 0


@pytest.mark.parametrize(
    ("name", "found", "put"),
    [(CAMERAS, WORDS, WORDS + b"Theirs, "), (WIFI, b"status: active", b"status: paused")],
    ids=["other files", "other lines of one file"],
)
def test_changes_in_other_places_become_one_record(kept, elsewhere, newest_there, name, found, put):
    push(kept)
    elsewhere(name, found, put, "Theirs")
    change(kept)
    fetch(kept)
    assert take_in(kept, CLERK) == 1
    assert b"Ours, " in file_now(kept, WIFI)
    assert put in file_now(kept, name)
    assert sorted(notes(kept)) == sorted([sync.NOTE, "Ours", "Theirs", "First published"])
    assert read_content(kept).problems == []
    assert is_clean(kept)
    assert push(kept)
    assert newest_there() == history.newest(kept.record)


def test_files_that_come_and_go_there_come_and_go_here(kept, elsewhere):
    push(kept)
    new = "content/pages/new-page/en.md"
    page = b"---\ntitle: T\nsummary: S\nupdated: 2026-11-22\nprovenance: human\n---\n\nText.\n"
    elsewhere(new, None, page)
    fetch(kept)
    take_in(kept)
    assert file_now(kept, new) == page
    push(kept)
    elsewhere(new, None, None)
    fetch(kept)
    take_in(kept)
    assert file_now(kept, new) is None


def test_what_is_no_file_of_the_record_stays_in_git_alone(kept, elsewhere, newest_there):
    push(kept)
    for name in ("README.md", "content/.hidden", ".gitattributes"):
        elsewhere(name, None, b"words")
    fetch(kept)
    assert take_in(kept) == 0
    assert not (kept.record / "README.md").exists()
    assert not (kept.record / "content" / ".hidden").exists()
    made = change(kept)
    assert push(kept)
    assert newest_there() == made
    assert history.behind(kept.record).unsaved == []


def test_a_link_in_the_other_copy_is_refused(kept, bare):
    push(kept)
    repository = pygit2.Repository(str(bare))
    head = repository.references["refs/heads/main"].peel(pygit2.Commit)
    index = pygit2.Index()
    index.read_tree(head.tree)
    blob = repository.create_blob(b"/etc/passwd")
    index.add(pygit2.IndexEntry("content/site.yaml", blob, pygit2.enums.FileMode.LINK))
    who = pygit2.Signature("A", "a@b")
    tree = index.write_tree(repository)
    repository.create_commit("refs/heads/main", who, who, "x", tree, [head.id])
    fetch(kept)
    with pytest.raises(RemoteError, match="is a link"):
        take_in(kept)


def test_a_record_that_shares_no_save_is_not_mixed_with_this_one(kept, bare, tmp_path):
    other = tmp_path / "other"
    history.start(other, kept.record, "Another beginning")
    git.push(other, bare.as_uri(), "")
    with pytest.raises(BehindError):
        git.push(kept.record, kept.record_remote, "")
    fetch(kept)
    with pytest.raises(RemoteError, match="shares no save"):
        take_in(kept)


def test_an_empty_or_missing_other_copy_is_told(kept, without_the_other):
    fetch(kept)
    assert take_in(kept) == 0
    without_the_other()
    with pytest.raises(RemoteError):
        fetch(kept)
    assert sync.told(kept)["fetch"].error


def test_hand_edits_that_nobody_saved_are_not_overwritten(kept, elsewhere):
    push(kept)
    elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ")
    mine = file_now(kept, CAMERAS) + b"# by hand\n"
    (kept.record / CAMERAS).write_bytes(mine)
    fetch(kept)
    with pytest.raises(SaveError, match="changed by somebody else"):
        take_in(kept)
    assert file_now(kept, CAMERAS) == mine


def test_a_save_made_while_both_are_joined_is_not_lost(kept, elsewhere, monkeypatch):
    push(kept)
    elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ")
    change(kept)
    fetch(kept)
    merge = git.merge

    def meanwhile(*given):
        found = merge(*given)
        change(kept, put=WORDS + b"Later, ", note="Later")
        return found

    monkeypatch.setattr(git, "merge", meanwhile)
    with pytest.raises(SaveError, match="saved meanwhile"):
        take_in(kept)
    assert notes(kept)[0] == "Later"
    assert is_clean(kept)


def test_a_kill_between_files_and_branch_is_mended(kept, elsewhere, monkeypatch):
    push(kept)
    elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ")
    change(kept)
    fetch(kept)

    class Killed(BaseException):
        pass

    def kill(*_given):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(history, "join", kill)
        with pytest.raises(Killed):
            take_in(kept)
    saves.mend(kept)
    assert notes(kept)[0] == sync.NOTE
    assert is_clean(kept)
    assert take_in(kept) == 0


# --- contested ----------------------------------------------------------------------------------


@pytest.fixture
def contested(kept, elsewhere):
    """A record of which both sides have changed the same line."""
    push(kept)
    elsewhere(WIFI, WORDS, WORDS + b"Theirs, ", "Theirs")
    change(kept)
    fetch(kept)
    return kept


def test_the_same_lines_are_left_to_a_person(contested):
    before = file_now(contested, WIFI)
    with pytest.raises(UndecidedError):
        take_in(contested)
    assert file_now(contested, WIFI) == before
    assert notes(contested)[0] == "Ours"
    [file] = question(contested).files
    assert (file.name, file.merged) == (WIFI, None)
    assert b"Ours, " in file.ours
    assert b"Theirs, " in file.theirs
    assert b"Ours, " not in file.before


@pytest.mark.parametrize(("side", "word"), [("ours", b"Ours, "), ("theirs", b"Theirs, ")])
def test_the_side_that_was_chosen_holds(contested, newest_there, side, word):
    take_in(contested, CLERK, note="Chosen", sides={WIFI: side})
    assert word in file_now(contested, WIFI)
    newest = next(history.saves(contested.record))
    assert (newest.note, newest.by) == ("Chosen", CLERK[0])
    assert question(contested) is None
    assert push(contested)
    assert newest_there() == newest.id
    assert is_clean(contested)


def test_a_file_taken_out_on_one_side_is_left_to_a_person(kept, elsewhere):
    push(kept)
    new = "content/pages/new-page/en.md"
    page = b"---\ntitle: T\nsummary: S\nupdated: 2026-11-22\nprovenance: human\n---\n\nText.\n"
    save_files(kept, {new: page}, seen={}, note="New", author=CLERK)
    push(kept)
    elsewhere(new, b"Text", b"Words")
    save_files(kept, {new: None}, seen={new: digest(page)}, note="Gone", author=CLERK)
    fetch(kept)
    [file] = question(kept).files
    assert (file.ours, file.theirs) == (None, page.replace(b"Text", b"Words"))
    take_in(kept, sides={new: "ours"}, note="Gone for good")
    assert file_now(kept, new) is None


def test_what_would_be_a_mistake_together_is_left_to_a_person(kept, elsewhere):
    push(kept)
    elsewhere(WIFI, b"status: active", b"status: asleep")
    change(kept, CAMERAS)
    fetch(kept)
    with pytest.raises(UndecidedError):
        take_in(kept)
    asked = question(kept)
    assert [(p.file, p.key) for p in asked.problems] == [(WIFI, "status")]
    assert [file.name for file in asked.files] == [WIFI]
    with pytest.raises(RefusedError):
        take_in(kept, sides={WIFI: "theirs"}, note="No")
    take_in(kept, sides={WIFI: "ours"}, note="Awake")
    assert b"status: active" in file_now(kept, WIFI)
    assert question(kept) is None


# --- before publishing --------------------------------------------------------------------------


def test_what_is_there_is_taken_in_before_publishing(kept, elsewhere):
    push(kept)
    elsewhere(CAMERAS, WORDS, WORDS + b"Theirs, ")
    sync.before_publishing(kept)
    assert b"Theirs, " in file_now(kept, CAMERAS)


def test_nothing_is_published_while_a_person_has_to_decide(contested):
    with pytest.raises(UndecidedError, match="a records officer has to choose"):
        prepare(contested)
    assert not (contested.public / "current").exists()


def test_a_network_that_is_down_keeps_nothing_from_being_published(kept, without_the_other):
    without_the_other()
    sync.before_publishing(kept)
    assert sync.told(kept)["fetch"].error


# --- behind the desk's back ---------------------------------------------------------------------


def test_a_record_that_only_the_desk_has_changed_has_nothing_behind_it(kept):
    assert not history.behind(kept.record)
    change(kept)
    assert not history.behind(kept.record)


def test_what_git_alone_has_done_is_told(kept):
    change(kept)
    repository = pygit2.Repository(str(kept.record))
    first = repository.head.peel(pygit2.Commit).parents[0]
    (kept.record / WIFI).write_bytes(file_now(kept, WIFI) + b"# by hand\n")
    assert history.behind(kept.record).unsaved == [WIFI]
    repository.index.add(WIFI)
    who = pygit2.Signature("A", "a@b")
    tree = repository.index.write_tree()
    repository.create_commit("HEAD", who, who, "By git", tree, [repository.head.target])
    assert history.behind(kept.record)[1:] == (1, False, False)
    repository.reset(first.id, pygit2.enums.ResetMode.HARD)
    assert history.behind(kept.record).rewritten
    repository.create_branch("other", first)
    repository.checkout("refs/heads/other")
    assert history.behind(kept.record).elsewhere


def test_the_folder_of_settings_need_not_be_there(kept):
    shutil.rmtree(kept.instance, ignore_errors=True)
    assert push(kept)
    assert sync.told(kept)["push"].at
