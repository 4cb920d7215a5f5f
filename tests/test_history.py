"""The record's history: real repositories, as a city's own would be."""

from __future__ import annotations

from pathlib import Path

import pygit2
import pytest

from lamppost.history import NoHistoryError, check_out_good, mark_good, save, saves, start

CLERK = ("City Clerk", "clerk@example.org")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """What a record is made from: two files in content/, and one that is not the record's."""
    (tmp_path / "shipped" / "content").mkdir(parents=True)
    (tmp_path / "shipped" / "content" / "a.yaml").write_text("a: 1\n")
    (tmp_path / "shipped" / "content" / "b.yaml").write_text("b: 1\n")
    (tmp_path / "shipped" / "README.md").write_text("not published\n")
    return tmp_path / "shipped"


@pytest.fixture
def record(tmp_path: Path, shipped: Path) -> Path:
    """A record with one save."""
    assert start(tmp_path / "instance" / "record", shipped, "First published")
    return tmp_path / "instance" / "record"


def write(record: Path, name: str, words: str) -> None:
    (record / "content" / name).write_text(words)


# --- the start ----------------------------------------------------------------------------------


def test_a_record_starts_as_the_published_files_and_nothing_else(record):
    names = {path.name for path in record.rglob("*") if ".git" not in path.parts}
    assert names == {"content", "a.yaml", "b.yaml"}


def test_a_record_starts_with_one_save_that_tells_no_change(record):
    assert [(made.note, made.files) for made in saves(record)] == [("First published", ())]


def test_a_record_that_is_there_stays_as_it_is(record, shipped):
    write(record, "a.yaml", "a: mine\n")
    assert not start(record, shipped, "Again")
    assert (record / "content" / "a.yaml").read_text() == "a: mine\n"


def test_what_a_killed_start_left_behind_does_not_get_into_the_record(tmp_path, shipped):
    left = tmp_path / "record.new" / "content"
    left.mkdir(parents=True)
    (left / "half.yaml").write_text("a:")
    start(tmp_path / "record", shipped, "First published")
    assert sorted(p.name for p in (tmp_path / "record" / "content").iterdir()) == [
        "a.yaml",
        "b.yaml",
    ]
    assert not (tmp_path / "record.new").exists()


# --- saves --------------------------------------------------------------------------------------


def test_a_save_keeps_its_note_and_its_files_before_and_after(record):
    write(record, "a.yaml", "a: 2\n")
    write(record, "c.yaml", "c: 1\n")
    (record / "content" / "b.yaml").unlink()
    made = save(record, "Camera moved", CLERK)
    newest = next(saves(record))
    assert (newest.id, newest.note) == (made, "Camera moved")
    assert set(newest.files) == {
        ("content/a.yaml", b"a: 1\n", b"a: 2\n"),
        ("content/b.yaml", b"b: 1\n", None),
        ("content/c.yaml", None, b"c: 1\n"),
    }


def test_a_save_is_signed_by_its_author(record):
    write(record, "a.yaml", "a: 2\n")
    save(record, "Camera moved", CLERK)
    author = pygit2.Repository(str(record)).head.peel(pygit2.Commit).author
    assert (author.name, author.email) == CLERK


def test_a_save_without_a_change_makes_none(record):
    assert save(record, "Nothing") is None
    assert len(list(saves(record))) == 1


def test_only_published_files_are_saved(record):
    (record / "secret.txt").write_text("not published")
    assert save(record, "A file beside") is None


def test_saves_come_newest_first_even_within_a_second(record):
    for n in range(5):
        write(record, "a.yaml", f"a: new {n}\n")
        save(record, f"Save {n}")
    notes = [made.note for made in saves(record)]
    assert notes == [*(f"Save {n}" for n in (4, 3, 2, 1, 0)), "First published"]


def test_what_came_by_a_merge_is_told_once(record):
    repository = pygit2.Repository(str(record))
    first = repository.head.target
    write(record, "a.yaml", "a: here\n")
    here = save(record, "Here")
    signature = pygit2.Signature(*CLERK)
    there_tree = _tree_with(repository, first, "b.yaml", b"b: there\n")
    there = repository.create_commit(None, signature, signature, "There", there_tree, [first])
    both = _tree_with(repository, here, "b.yaml", b"b: there\n")
    repository.create_commit("refs/heads/main", signature, signature, "Merge", both, [here, there])
    told = [(made.note, [file.name for file in made.files]) for made in saves(record)]
    assert told[0] == ("Merge", [])
    assert sorted(told[1:3]) == [("Here", ["content/a.yaml"]), ("There", ["content/b.yaml"])]


def _tree_with(repository, commit, name, data):
    tree = repository[commit].tree
    content = repository.TreeBuilder(tree["content"])
    content.insert(name, repository.create_blob(data), pygit2.enums.FileMode.BLOB)
    builder = repository.TreeBuilder(tree)
    builder.insert("content", content.write(), pygit2.enums.FileMode.TREE)
    return builder.write()


def test_a_folder_without_a_history_has_no_saves_and_takes_none(shipped):
    assert list(saves(shipped)) == []
    with pytest.raises(NoHistoryError, match="has no history: lamppost init"):
        save(shipped, "Camera moved")


def test_the_history_of_a_checkout_of_this_project_is_not_the_records(shipped):
    pygit2.init_repository(str(shipped), initial_head="main")
    mark_good(shipped)
    assert list(saves(shipped)) == []
    assert list(pygit2.Repository(str(shipped)).references) == []


# --- the last good state ------------------------------------------------------------------------


def test_the_last_good_state_can_be_had_after_later_saves(record, tmp_path):
    mark_good(record)
    write(record, "a.yaml", "a: broken\n")
    save(record, "A mistake")
    assert check_out_good(record, tmp_path / "good")
    assert (tmp_path / "good" / "content" / "a.yaml").read_text() == "a: 1\n"
    assert (record / "content" / "a.yaml").read_text() == "a: broken\n"


def test_a_state_that_is_not_saved_is_not_marked_good(record, tmp_path):
    write(record, "c.yaml", "c: 1\n")
    mark_good(record)
    assert not check_out_good(record, tmp_path / "good")


def test_the_mark_moves_on_to_the_newest_good_state(record, tmp_path):
    mark_good(record)
    write(record, "a.yaml", "a: 2\n")
    save(record, "Better")
    mark_good(record)
    check_out_good(record, tmp_path / "good")
    assert (tmp_path / "good" / "content" / "a.yaml").read_text() == "a: 2\n"


def test_a_tag_good_that_a_person_set_with_a_message_is_followed(record, tmp_path):
    repository = pygit2.Repository(str(record))
    kind, tagger = pygit2.enums.ObjectType.COMMIT, pygit2.Signature(*CLERK)
    repository.create_tag("good", repository.head.target, kind, tagger, "Seen and found good")
    assert check_out_good(record, tmp_path / "good")


def test_what_lay_at_the_destination_does_not_mix_with_the_good_state(record, tmp_path):
    mark_good(record)
    (tmp_path / "good" / "content").mkdir(parents=True)
    (tmp_path / "good" / "content" / "old.yaml").write_text("old")
    check_out_good(record, tmp_path / "good")
    assert not (tmp_path / "good" / "content" / "old.yaml").exists()
