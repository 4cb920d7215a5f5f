"""The command line: what it does, what it says, and its exit codes."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pygit2
import pytest
from click.testing import CliRunner, Result

from lamppost.cli import main
from lamppost.history import saves, start

from .postgres import of_sqlite

WIFI = "content/registry/technologies/public-wifi.yaml"
DEVICES = "content/registry/devices/public-wifi.csv"


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance that is not there yet."""
    for name in ("RECORD", "RECORD_REMOTE", "DATABASE_URL", "BASE_URL", "LIVE_URL"):
        monkeypatch.delenv(f"LAMPPOST_{name}", raising=False)
    monkeypatch.setenv("LAMPPOST_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("LAMPPOST_AS_OF", "2026-11-22")
    return tmp_path / "instance"


@pytest.fixture
def kept(instance: Path, small: Path) -> Path:
    """The record of an instance, small and with a history."""
    start(instance / "record", small, "First published")
    return instance / "record"


@pytest.fixture(autouse=True)
def quiet_again():
    """The commands turn the log on; the next test finds it as it was."""
    level = logging.getLogger("lamppost").level
    yield
    logging.getLogger("lamppost").setLevel(level)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def swap(path: Path, found: str, put: str) -> None:
    words = path.read_text("utf-8")
    assert found in words
    path.write_text(words.replace(found, put, 1), "utf-8")


# --- init ---------------------------------------------------------------------------------------


@of_sqlite
def test_init_makes_record_key_and_database(instance):
    result = run("init")
    assert result.exit_code == 0
    assert [line.split()[1:3] for line in result.output.splitlines()] == [
        ["the", "record"], ["the", "secret"], ["the", "key"], ["the", "database"],
    ]  # fmt: skip
    assert (instance / "record" / WIFI).is_file()
    assert len((instance / "secret_key").read_text("ascii")) == 64
    with closing(sqlite3.connect(instance / "lamppost.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def test_nobody_but_its_owner_can_read_the_secret_key(instance):
    run("init")
    assert stat.S_IMODE((instance / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700


def test_a_second_init_changes_nothing_and_says_nothing(instance):
    run("init")
    (instance / "record" / WIFI).write_text("mine")
    key = (instance / "secret_key").read_text("ascii")
    result = run("init")
    assert (result.exit_code, result.output) == (0, "")
    assert (instance / "record" / WIFI).read_text() == "mine"
    assert (instance / "secret_key").read_text("ascii") == key


# --- check --------------------------------------------------------------------------------------


def test_the_check_of_a_sound_record_says_what_it_holds(kept):
    result = run("check")
    assert (result.exit_code, result.output) == (0, "5 technologies, 14 devices: no mistakes.\n")
    assert kept.is_dir()


def test_the_check_as_a_program_tells_every_mistake_and_fails(small):
    swap(small / WIFI, "status: active", "status: bust")
    swap(small / "content/site.yaml", "code_prefix: LB", "code_prefix: lb")
    program = str(Path(sys.executable).with_name("lamppost"))
    done = subprocess.run(  # noqa: S603 - our own program
        [program, "check", "--record", str(small)], capture_output=True, text=True, check=False
    )
    statuses = "proposed, approved, active, paused, ended, unknown"
    assert done.returncode == 1
    assert done.stderr == "2 mistakes.\n"
    assert done.stdout.splitlines() == [
        f"{WIFI}: status: found 'bust'; expected one of {statuses}",
        "content/site.yaml: code_prefix: found 'lb'; expected something like LB",
    ]


def test_the_check_of_a_folder_that_is_not_there_is_a_wrong_use(tmp_path):
    assert run("check", "--record", str(tmp_path / "nowhere")).exit_code == 2


def test_the_check_of_an_empty_folder_tells_what_is_missing(tmp_path):
    result = run("check", "--record", str(tmp_path))
    assert result.exit_code == 1
    fault = "found the fault “No such file or directory”; expected a readable file"
    assert f"content/site.yaml: (file): {fault}" in result.output


# --- record save --------------------------------------------------------------------------------


def test_a_change_is_saved_with_its_note(kept):
    swap(kept / WIFI, "\n  en: Public Wi-Fi", "\n  en: Free Wi-Fi")
    result = run("record", "save", "--note", "New name", "--author", "City Clerk")
    newest = next(saves(kept))
    assert (newest.note, [file.name for file in newest.files]) == ("New name", [WIFI])
    assert result.output == f"Saved as {newest.id[:10]}.\n"


def test_a_broken_record_is_not_saved(kept):
    swap(kept / WIFI, "status: active", "status: bust")
    result = run("record", "save", "--note", "New name")
    assert result.exit_code == 1
    assert f"nothing was saved:\n{WIFI}: status: found 'bust'" in result.output
    assert len(list(saves(kept))) == 1


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_save_needs_a_note_for_the_public(kept, note):
    swap(kept / WIFI, "\n  en: Public Wi-Fi", "\n  en: Free Wi-Fi")
    assert run("record", "save", "--note", note).exit_code == 2
    assert len(list(saves(kept))) == 1


def test_a_save_of_nothing_says_so(kept):
    assert run("record", "save", "--note", "Nothing").output == "Nothing has changed.\n"
    assert len(list(saves(kept))) == 1


def test_a_save_to_a_folder_without_a_history_is_refused(instance, small, monkeypatch):
    monkeypatch.setenv("LAMPPOST_RECORD", str(small))
    result = run("record", "save", "--note", "New name")
    assert result.exit_code == 1
    assert "has no history: lamppost init" in result.output
    assert not instance.exists()


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """An empty bare repository that is the record's other copy."""
    repository = pygit2.init_repository(str(tmp_path / "bare.git"), bare=True, initial_head="main")
    monkeypatch.setenv("LAMPPOST_RECORD_REMOTE", (tmp_path / "bare.git").as_uri())
    return repository


def test_a_save_is_sent_to_the_other_copy(kept, bare):
    swap(kept / WIFI, "\n  en: Public Wi-Fi", "\n  en: Free Wi-Fi")
    assert run("record", "save", "--note", "New name").output.endswith("\nSent.\n")
    assert str(bare.references["refs/heads/main"].target) == next(saves(kept)).id
    assert run("record", "push").output == "The other copy has every save.\n"
    assert run("record", "fetch").output == "Files that changed here: 0.\n"


def test_a_save_that_cannot_be_sent_is_made_all_the_same(kept, bare):
    shutil.rmtree(bare.path)
    swap(kept / WIFI, "\n  en: Public Wi-Fi", "\n  en: Free Wi-Fi")
    result = run("record", "save", "--note", "New name")
    assert (result.exit_code, next(saves(kept)).note) == (0, "New name")
    assert "Not sent: " in result.output
    for command in ("push", "fetch"):
        result = run("record", command)
        assert (result.exit_code, "bare.git" in result.output) == (1, True)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("command", ["push", "fetch"])
def test_without_another_copy_the_commands_say_how_to_set_one(command):
    assert "no other copy is set: LAMPPOST_RECORD_REMOTE" in run("record", command).output


# --- record without-sample ----------------------------------------------------------------------


def test_without_its_sample_devices_the_record_is_sound_and_empty_of_devices(kept):
    result = run("record", "without-sample")
    assert result.output == f"Took 14 sample devices out of {kept}.\n"
    assert run("check").output == "5 technologies, 0 devices: no mistakes.\n"
    assert next(saves(kept)).note == "Sample devices taken out"


def test_real_devices_stay_when_the_sample_ones_go(kept):
    path = kept / DEVICES
    path.write_text(path.read_text("utf-8").replace(",yes,", ",no,", 1), "utf-8")
    run("record", "without-sample")
    assert run("check").output == "5 technologies, 1 devices: no mistakes.\n"


def test_a_broken_record_keeps_its_sample_devices(kept):
    swap(kept / WIFI, "status: active", "status: bust")
    before = (kept / DEVICES).read_bytes()
    assert run("record", "without-sample").exit_code == 1
    assert (kept / DEVICES).read_bytes() == before


# --- serve --------------------------------------------------------------------------------------


def test_a_site_without_a_sound_record_is_not_served_and_says_why(kept):
    swap(kept / WIFI, "status: active", "status: bust")
    result = run("serve", "--port", "0")
    assert result.exit_code == 1
    assert "has 1 problems: lamppost check tells them" in result.output
