"""Saving the record: whole or not at all, whatever is typed, killed, full or done meanwhile."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pygit2
import pytest

from lamppost import history, saves
from lamppost.config import PROJECT, Config
from lamppost.content import read_content
from lamppost.saves import RefusedError, SaveError, StaleError, digest, file_now, save_files

CLERK = ("City Clerk", "clerk@example.org")
NAME = "content/registry/technologies/public-wifi.yaml"
OTHER = "content/registry/technologies/traffic-cameras.yaml"
NEW = "content/pages/new-page/en.md"
PAGE = b"---\ntitle: T\nsummary: S\nupdated: 2026-11-22\nprovenance: human\n---\n\nText.\n"

# Saves what it is told, in a child for each step at which it is to be killed.
KILLED = """
import json, os, shutil, signal, sys
from datetime import date
from pathlib import Path
import pygit2
from lamppost.config import Config
from lamppost.saves import digest, file_now, save_files

given = json.loads(sys.argv[1])
root = Path(given["root"])
left = 0

def step():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def watch(event, arguments):
    if event != "import" and any(given["copy"] in str(a) for a in arguments):
        step()

class Watched(pygit2.Repository):
    def create_commit(self, *arguments):
        step()
        made = super().create_commit(*arguments)
        step()
        return made

def child(n):
    global left
    copy = Path(given["copy"] + str(n))
    shutil.copytree(root, copy)
    left = n
    pygit2.Repository = Watched
    sys.addaudithook(watch)
    config = Config(record=copy, as_of=date(2026, 11, 22))
    files = {k: v and v.encode() for k, v in given["files"].items()}
    seen = {name: digest(file_now(config, name)) for name in files}
    left = n
    save_files(config, files, seen=seen, note="Killed or not", author=("A", "a@example.org"))

for n in range(1, 1000, given["every"]):
    pid = os.fork()
    if not pid:
        child(n)
        os._exit(0)
    if os.waitpid(pid, 0)[1] == 0:
        print(n)
        break
"""


@pytest.fixture
def kept(config: Config, small: Path) -> Config:
    """Settings for a small record with a history."""
    root = small.with_name("kept")
    history.start(root, small, "First published")
    return replace(config, record=root)


@pytest.fixture
def tiny_disk(tmp_path: Path, kept: Config) -> Iterator[Config]:
    """The record on a disk of its own, which is nearly full once the test has filled it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("filling a disk of its own needs the right to mount one, which root has")
    try:
        shutil.copytree(kept.record, disk / "record")
        yield replace(kept, record=disk / "record")
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607


def changed(config: Config, name: str = NAME, *, word: str = "Free") -> bytes:
    """The file with another English summary."""
    words = file_now(config, name).decode()
    return words.replace("summary:\n  en: ", f"summary:\n  en: {word} ", 1).encode()


def save(config: Config, files: dict[str, bytes | None], note: str = "Camera moved") -> str:
    seen = {name: digest(file_now(config, name)) for name in files}
    return save_files(config, files, seen=seen, note=note, author=CLERK)


def state(config: Config) -> dict[str, bytes]:
    """Every published file, by its name."""
    paths = (p for p in (config.record / "content").rglob("*") if p.is_file())
    return {str(p.relative_to(config.record)): p.read_bytes() for p in paths}


def notes(config: Config) -> list[str]:
    return [made.note for made in history.saves(config.record)]


def is_clean(config: Config) -> bool:
    """Whether git sees nothing that is not saved, and no staged file is left."""
    left = [p.name for p in (config.record / ".git" / ".lamppost").glob("*")]
    return not pygit2.Repository(str(config.record)).status() and left in ([], ["lock"])


def test_files_are_written_as_one_save_with_note_and_author(kept):
    new = changed(kept)
    made = save(kept, {NAME: new, NEW: PAGE})
    newest = next(history.saves(kept.record))
    assert (newest.id, newest.note, newest.by) == (made, "Camera moved", CLERK[0])
    assert {f.name: f.after for f in newest.files} == {NAME: new, NEW: PAGE}
    assert file_now(kept, NAME) == new
    assert is_clean(kept)


def test_a_file_is_taken_out_and_its_empty_folder_with_it(kept):
    save(kept, {NEW: PAGE})
    save(kept, {NEW: None})
    assert not (kept.record / NEW).parent.exists()
    assert is_clean(kept)


def test_a_save_of_nothing_new_makes_none(kept):
    assert save(kept, {NAME: file_now(kept, NAME)}) == ""
    assert notes(kept) == ["First published"]


def test_the_mode_of_a_file_stays(kept):
    (kept.record / NAME).chmod(0o640)
    save(kept, {NAME: changed(kept)})
    assert (kept.record / NAME).stat().st_mode & 0o777 == 0o640


def test_a_record_without_a_history_is_written_all_the_same(config):
    new = changed(config)
    assert save(config, {NAME: new}) == ""
    assert file_now(config, NAME) == new
    assert read_content(config).problems == []


def test_what_somebody_else_has_not_saved_yet_is_not_saved_under_this_name(kept):
    (kept.record / OTHER).write_bytes(changed(kept, OTHER))
    save(kept, {NAME: changed(kept)})
    assert [f.name for f in next(history.saves(kept.record)).files] == [NAME]


@pytest.mark.parametrize("name", ["../x", "content/../x", "x.yaml", "content/.git/x", "content"])
def test_nothing_outside_of_the_record_is_written(kept, name):
    with pytest.raises(ValueError, match="not the name of a file of the record"):
        save_files(kept, {name: b""}, seen={}, note="x", author=CLERK)


# --- refused ------------------------------------------------------------------------------------


def test_a_mistake_anywhere_in_the_record_is_told_and_nothing_is_written(kept):
    before = state(kept)
    broken = file_now(kept, NAME).replace(b"status: active", b"status: asleep")
    with pytest.raises(RefusedError) as caught:
        save(kept, {NAME: broken, NEW: PAGE})
    assert [(p.file, p.key) for p in caught.value.problems] == [(NAME, "status")]
    assert state(kept) == before
    assert is_clean(kept)


def test_taking_out_what_others_need_is_refused(kept):
    with pytest.raises(RefusedError):
        save(kept, {"content/registry/organizations.yaml": None})
    assert is_clean(kept)


def test_a_file_that_was_changed_behind_the_desk_is_not_overwritten(kept):
    seen = {NAME: digest(file_now(kept, NAME))}
    theirs = changed(kept, word="Theirs")
    (kept.record / NAME).write_bytes(theirs)
    history.save(kept.record, "By git")
    with pytest.raises(StaleError) as caught:
        save_files(kept, {NAME: b"mine"}, seen=seen, note="Mine", author=CLERK)
    assert (caught.value.name, caught.value.theirs) == (NAME, theirs)
    assert file_now(kept, NAME) == theirs


def test_a_file_that_was_not_there_when_seen_is_not_overwritten(kept):
    save(kept, {NEW: PAGE})
    with pytest.raises(StaleError):
        save_files(kept, {NEW: b"mine"}, seen={}, note="Mine", author=CLERK)


def test_what_a_save_rests_on_must_be_as_it_was_seen_too(kept):
    with pytest.raises(StaleError):
        save_files(kept, {NEW: PAGE}, seen={NAME: "older"}, note="Mine", author=CLERK)


def test_of_two_who_save_at_once_none_is_lost(kept):
    script = """
import sys
from pathlib import Path
from datetime import date
from lamppost.config import Config
from lamppost.saves import StaleError, digest, file_now, save_files
config = Config(record=Path(sys.argv[1]), as_of=date(2026, 11, 22))
name = sys.argv[2]
for n in range(2):
    while True:
        now = file_now(config, name)
        new = now.replace(b"summary:\\n  en: ", b"summary:\\n  en: +", 1)
        try:
            save_files(config, {name: new}, seen={name: digest(now)}, note="+", author=("A", "a@b"))
            break
        except StaleError:
            pass
"""
    command = [sys.executable, "-c", script, str(kept.record), NAME]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
    running = [subprocess.Popen(command, env=environment) for _ in range(2)]  # noqa: S603
    assert [process.wait() for process in running] == [0, 0]
    assert b"en: ++++" in file_now(kept, NAME)
    assert notes(kept) == [*["+"] * 4, "First published"]


# --- what disks and kills do --------------------------------------------------------------------


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.drill)])
def test_a_kill_at_any_step_leaves_all_of_a_save_or_nothing(kept, tmp_path, every):
    out = changed(kept)
    given = {
        "root": str(kept.record), "copy": str(tmp_path / "copy-"),
        "files": {NAME: out.decode(), NEW: PAGE.decode()}, "every": every,
    }  # fmt: skip
    command = [sys.executable, "-c", KILLED, json.dumps(given)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    steps = int(done.stdout)
    before, after = state(kept), state(kept) | {NAME: out, NEW: PAGE}
    outcomes = []
    for n in range(1, steps, every):
        config = replace(kept, record=tmp_path / f"copy-{n}")
        if not (config.record / "content").exists():
            continue
        saves.mend(config)
        saved = len(notes(config)) - 1
        assert state(config) == (after if saved else before), n
        outcomes.append(saved)
        # What the next save finds is as if nothing had been.
        assert save(config, {OTHER: changed(config, OTHER)})
        assert is_clean(config), n
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {0, 1}


@pytest.mark.drill
def test_a_kill_at_any_time_leaves_all_of_a_save_or_nothing(kept):
    script = """
import itertools, sys
from pathlib import Path
from datetime import date
from lamppost.config import Config
from lamppost.saves import digest, file_now, mend, save_files
config = Config(record=Path(sys.argv[1]), as_of=date(2026, 11, 22))
mend(config)
for n in itertools.count():
    files = {}
    for name in sys.argv[2:]:
        files[name] = file_now(config, name) + b"# more\\n"
    seen = {name: digest(file_now(config, name)) for name in files}
    save_files(config, files, seen=seen, note="+", author=("A", "a@b"))
"""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
    for _ in range(30):
        command = [sys.executable, "-c", script, str(kept.record), NAME, OTHER]
        running = subprocess.Popen(command, env=environment)  # noqa: S603
        time.sleep(random.uniform(0.5, 2))  # noqa: S311
        running.send_signal(signal.SIGKILL)
        running.wait()
        saves.mend(kept)
        counts = {file_now(kept, name).count(b"# more") for name in (NAME, OTHER)}
        assert counts == {len(notes(kept)) - 1}


def filled(disk: Path, *, but: int) -> None:
    """Fill a disk but for some bytes."""
    with suppress(OSError), (disk / "filling").open("wb") as file:
        while True:
            file.write(b"x" * 4096)
            file.flush()
    os.truncate(disk / "filling", max(0, (disk / "filling").stat().st_size - but))


@pytest.mark.parametrize("but", [0, 4096, 8192, 16384, 32768, 49152, 65536])
def test_on_a_full_disk_nothing_is_saved_and_all_is_as_it_was(tiny_disk, but):
    before, new = state(tiny_disk), changed(tiny_disk)
    filled(tiny_disk.record.parent, but=but)
    with suppress(SaveError):
        save(tiny_disk, {NAME: new, NEW: PAGE})
    told = len(notes(tiny_disk)) - 1
    assert state(tiny_disk) == (before | {NAME: new, NEW: PAGE} if told else before)
    (tiny_disk.record.parent / "filling").unlink()
    if not told:
        assert save(tiny_disk, {NAME: new, NEW: PAGE})
    assert is_clean(tiny_disk)


def test_a_full_disk_is_told(tiny_disk):
    filled(tiny_disk.record.parent, but=0)
    with pytest.raises(SaveError, match="No space left"):
        save(tiny_disk, {NAME: changed(tiny_disk)})


def test_a_record_that_cannot_be_written_is_told(tiny_disk):
    disk = str(tiny_disk.record.parent)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)  # noqa: S603, S607
    with pytest.raises(SaveError, match="Read-only file system"):
        save(tiny_disk, {NAME: changed(tiny_disk)})
    saves.mend(tiny_disk)


def test_a_save_that_git_refuses_is_taken_back(kept):
    before = state(kept)
    (kept.record / ".git" / "refs" / "heads" / "main.lock").touch()
    with pytest.raises(SaveError, match="git could not make the save"):
        save(kept, {NAME: changed(kept), NEW: PAGE})
    assert state(kept) == before
    (kept.record / ".git" / "refs" / "heads" / "main.lock").unlink()
    assert is_clean(kept)
    assert save(kept, {NAME: changed(kept), NEW: PAGE})


def test_a_save_that_cannot_be_mended_keeps_no_site_from_starting(kept, caplog):
    folder = kept.record / ".git" / ".lamppost"
    folder.mkdir()
    plan = {"names": [NAME], "note": "Half", "author": CLERK, "new": [0], "old": []}
    (folder / "journal").write_text(json.dumps(plan))
    (folder / "new").mkdir()
    (folder / "new" / "0").write_bytes(changed(kept))
    (kept.record / ".git" / "refs" / "heads" / "main.lock").touch()
    saves.mend(kept)
    assert "could not be finished" in caplog.text
    (kept.record / ".git" / "refs" / "heads" / "main.lock").unlink()
    assert save(kept, {OTHER: changed(kept, OTHER)})
    assert notes(kept)[:2] == ["Camera moved", "Half"]
