"""Two trees of files: what is live stays whole, whatever happens to the one beside it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lamppost.trees import BusyError, Trees, exchange, remove_empty, write_new


@pytest.fixture
def trees(tmp_path: Path) -> Trees:
    """The trees of a folder that is not there yet."""
    return Trees(tmp_path / "site")


def bring(trees: Trees, pages: dict[str, str | None], *, afresh: bool = False) -> None:
    """Bring the live tree up to date as a freeze does; None takes a page away."""
    with trees.held():
        trees.mend()
        begin(trees, pages, afresh=afresh)
        trees.swap_in({"pages": list(pages)})
        trees.follow(afresh=afresh)


def begin(trees: Trees, pages: dict[str, str | None], *, afresh: bool = False) -> None:
    trees.begin(pages, afresh=afresh)
    for name, words in pages.items():
        if words is None:
            (trees.spare / name).unlink(missing_ok=True)
        else:
            write_new(trees.spare / name, words.encode())


def pages_in(root: Path) -> dict[str, str]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


START = {"index.html": "door", "en/index.html": "home", "en/about/index.html": "about"}


@pytest.fixture
def live(trees: Trees) -> Path:
    """A live tree of three pages."""
    bring(trees, START, afresh=True)
    return trees.live


# --- from one state to the next -----------------------------------------------------------------


def test_the_first_freeze_makes_the_folder(trees, live):
    assert live == trees.live
    assert pages_in(live) == START


def test_a_page_that_changes_is_changed_and_the_rest_stays(trees, live):
    bring(trees, {"en/index.html": "new home"})
    assert pages_in(live) == {**START, "en/index.html": "new home"}


def test_a_page_that_goes_takes_its_empty_folders_with_it(trees, live):
    bring(trees, {"en/about/index.html": None})
    bring(trees, {"index.html": "door 2"})
    assert sorted(p.relative_to(live).as_posix() for p in live.rglob("*")) == [
        "en", "en/index.html", "index.html"
    ]  # fmt: skip


def test_after_each_step_the_spare_tree_holds_the_same_files_as_the_live_one(trees, live):
    bring(trees, {"en/index.html": "new", "es/index.html": "hola", "en/about/index.html": None})
    assert pages_in(trees.spare) == pages_in(live)
    for name in pages_in(live):
        assert (trees.spare / name).samefile(live / name), name


def test_a_file_that_is_being_read_keeps_its_bytes_through_two_freezes(trees, live):
    with (live / "en/index.html").open() as reader:
        bring(trees, {"en/index.html": "second"})
        bring(trees, {"en/index.html": "third"})
        assert reader.read() == "home"


def test_the_live_tree_stays_as_it_is_until_the_swap(trees, live):
    with trees.held():
        begin(trees, {"en/index.html": "new", "es/index.html": "new"})
        assert pages_in(live) == START


def test_a_reader_finds_the_page_at_every_moment_of_many_swaps(trees, live):
    missed, ended = [], threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                (live / "index.html").read_bytes()
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(50):
        bring(trees, {"index.html": f"door {number}"})
    ended.set()
    reader.join()
    assert missed == []


def test_where_files_cannot_be_linked_they_are_copied(trees, live, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    bring(trees, {"en/index.html": "new"}, afresh=True)
    bring(trees, {"es/index.html": "hola"})
    assert (
        pages_in(live)
        == pages_in(trees.spare)
        == {
            "en/index.html": "new",
            "es/index.html": "hola",
        }
    )


def test_a_link_to_the_folder_stays_a_link(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk")
    trees = Trees(tmp_path / "site")
    bring(trees, START, afresh=True)
    bring(trees, {"index.html": "door 2"})
    assert (tmp_path / "site").is_symlink()
    assert pages_in(tmp_path / "site") == {**START, "index.html": "door 2"}


def test_a_file_in_the_place_of_the_folder_is_refused_and_stays(tmp_path):
    (tmp_path / "site").write_text("somebody's notes")
    with pytest.raises(NotADirectoryError, match="site"), Trees(tmp_path / "site").held():
        pytest.fail("the trees were held")
    assert (tmp_path / "site").read_text() == "somebody's notes"


def test_two_cannot_hold_the_same_folder(trees, live):
    with (
        trees.held(),
        pytest.raises(BusyError, match=r"another freeze is writing .*/site"),
        Trees(live).held(),
    ):
        pytest.fail("held twice")


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_what_was_held_is_free_again_though_a_child_process_lives_on(trees, live):
    with trees.held():
        context = multiprocessing.get_context("fork")
        child = context.Process(target=time.sleep, args=(60,), daemon=True)
        child.start()
    try:
        with Trees(live).held():
            pass
    finally:
        child.kill()
        child.join()


# --- what the live tree was made of -------------------------------------------------------------


def test_the_manifest_of_the_live_tree_is_known(live):
    assert Trees(live).manifest()["pages"] == list(START)


def _deleted(live: Path) -> None:
    shutil.rmtree(live)


def _copied(live: Path) -> None:
    live.rename(live.with_name("other"))
    shutil.copytree(live.with_name("other"), live)


def _replaced_under_the_same_inode(live: Path) -> None:
    # What some file systems do for a folder that is deleted and made again at once.
    shutil.rmtree(live / "en")
    (live / "index.html").unlink()


def _its_manifest_deleted(live: Path) -> None:
    (Trees(live).beside / "manifest").unlink()


def _its_manifest_garbled(live: Path) -> None:
    path = Trees(live).beside / "manifest"
    path.write_bytes(path.read_bytes()[:20])


def _everything_beside_deleted(live: Path) -> None:
    shutil.rmtree(Trees(live).beside)


@pytest.mark.parametrize(
    "done",
    [
        _deleted,
        _copied,
        _replaced_under_the_same_inode,
        _its_manifest_deleted,
        _its_manifest_garbled,
        _everything_beside_deleted,
    ],
)
def test_nothing_is_believed_of_a_tree_that_was(done, trees, live):
    done(live)
    assert trees.manifest() == {}


# --- killed on the way --------------------------------------------------------------------------


def test_what_was_half_written_is_mended(trees, live):
    with trees.held():
        trees.begin(["en/index.html", "es/index.html", "en/about/index.html"], afresh=False)
        write_new(trees.spare / "en/index.html", b"half")
        write_new(trees.spare / "es/index.html", b"new")
        (trees.spare / "en/about/index.html").unlink()
    bring(trees, {"index.html": "door 2"})
    assert pages_in(live) == {**START, "index.html": "door 2"}


def test_a_list_of_what_was_touched_that_was_cut_off_is_mended_as_far_as_it_goes(trees, live):
    with trees.held():
        trees.begin(["en/index.html"], afresh=False)
        write_new(trees.spare / "en/index.html", b"half")
    with (trees.beside / "touched").open("a") as touched:
        touched.write("en/about")
    bring(trees, {"index.html": "door 2"})
    assert pages_in(live) == {**START, "index.html": "door 2"}


def test_what_was_begun_afresh_and_left_is_not_taken_for_a_whole_tree(trees, live):
    with trees.held():
        begin(trees, {"index.html": "door 2"}, afresh=True)
    bring(trees, {"es/index.html": "hola"})
    assert pages_in(live) == {**START, "es/index.html": "hola"}


def test_a_swap_whose_rest_was_lost_is_carried_on(trees, live):
    with trees.held():
        begin(trees, {"en/index.html": "new"})
        trees.swap_in({"pages": ["new"]})
    bring(trees, {"index.html": "door 2"})
    assert pages_in(live) == {**START, "en/index.html": "new", "index.html": "door 2"}


def test_a_swap_is_remembered_though_its_last_step_was_lost(trees, live):
    with trees.held():
        begin(trees, {"en/index.html": "new"})
        before = (trees.beside / "manifest").read_bytes()
        trees.swap_in({"pages": ["new"]})
    (trees.beside / "manifest").rename(trees.beside / "manifest.next")
    (trees.beside / "manifest").write_bytes(before)
    assert Trees(live).manifest()["pages"] == ["new"]


def test_a_swap_that_was_prepared_and_not_done_is_not_believed(trees, live):
    before = (trees.beside / "manifest").read_bytes()
    with trees.held():
        begin(trees, {"en/index.html": "new"})
        trees.swap_in({"pages": ["new"]})
        exchange(trees.spare, trees.live)
    (trees.beside / "manifest").rename(trees.beside / "manifest.next")
    (trees.beside / "manifest").write_bytes(before)
    assert Trees(live).manifest()["pages"] == list(START)


@pytest.mark.parametrize("lost", ["tree", "touched"])
def test_a_spare_tree_that_was_deleted_after_a_kill_is_made_again(lost, trees, live):
    with trees.held():
        begin(trees, {"en/index.html": "new"})
    shutil.rmtree(trees.spare)
    if lost == "touched":
        (trees.beside / "touched").unlink()
    bring(trees, {"index.html": "door 2"})
    assert pages_in(live) == {**START, "index.html": "door 2"}


# --- files --------------------------------------------------------------------------------------


def test_a_page_is_written_under_a_new_inode(tmp_path):
    write_new(tmp_path / "page", b"old")
    os.link(tmp_path / "page", tmp_path / "link")
    write_new(tmp_path / "page", b"new")
    assert (tmp_path / "link").read_bytes() == b"old"
    assert (tmp_path / "page").read_bytes() == b"new"


def test_a_page_brings_its_folders(tmp_path):
    write_new(tmp_path / "en/about/index.html", b"about")
    assert (tmp_path / "en/about/index.html").read_bytes() == b"about"


@contextmanager
def files_at_most(most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_page_that_does_not_fit_on_the_disk_is_an_error_that_names_it(tmp_path):
    # The system takes the part that fits without a word, and refuses at the next.
    with files_at_most(1000), pytest.raises(OSError, match="/page") as told:
        write_new(tmp_path / "page", bytes(1500))
    assert told.value.errno == errno.EFBIG


def test_empty_folders_are_removed_up_to_one_that_is_not(tmp_path):
    (tmp_path / "en/about/data").mkdir(parents=True)
    (tmp_path / "en/index.html").touch()
    remove_empty(tmp_path / "en/about/data", tmp_path)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["en", "index.html"]


def test_the_root_stays_though_it_is_empty(tmp_path):
    (tmp_path / "site/en").mkdir(parents=True)
    remove_empty(tmp_path / "site/en", tmp_path / "site")
    assert (tmp_path / "site").is_dir()


@pytest.mark.parametrize("platform", [sys.platform, "another"])
def test_two_folders_are_exchanged(platform, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    (tmp_path / "a/of-a").mkdir(parents=True)
    (tmp_path / "b/of-b").mkdir(parents=True)
    (tmp_path / "a.aside/of-a-killed-exchange").mkdir(parents=True)
    exchange(tmp_path / "a", tmp_path / "b")
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["of-b"]
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["of-a"]


def test_an_exchange_that_cannot_be_is_told_with_its_path(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(FileNotFoundError, match="nowhere"):
        exchange(tmp_path / "a", tmp_path / "nowhere")
