"""The command line of the freeze, as a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lamppost.config import PROJECT
from lamppost.trees import Trees

pytestmark = pytest.mark.usefixtures("small")

Run = Callable[..., subprocess.CompletedProcess[str]]

# Starts the program with files of at most so many bytes, as on a disk that is nearly full.
WITH_SMALL_FILES = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def run(tmp_path: Path, record: Path) -> Run:
    """A function that freezes the small record into ``site`` as a command does."""

    def freeze(
        *more: str, program: Path = PROJECT, before: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        options = {"--out": str(tmp_path / "site"), "--as-of": "2026-11-22"}
        if "LAMPPOST_INSTANCE" not in environment:
            options["--record"] = str(record)
        given = [word for name in options if name not in more for word in (name, options[name])]
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, *before, str(program / "freeze.py"), *given, *more],
            env={**os.environ, "PYTHONPATH": str(program / "site"), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return freeze


@pytest.fixture
def project(tmp_path: Path, record: Path) -> Path:
    """A copy of the program with the small record as what it is shipped with."""
    shutil.copytree(PROJECT / "site", tmp_path / "project/site")
    shutil.copytree(PROJECT / "translations", tmp_path / "project/translations")
    shutil.copytree(record / "content", tmp_path / "project/content")
    shutil.copytree(record / "surveys", tmp_path / "project/surveys")
    shutil.copy(PROJECT / "freeze.py", tmp_path / "project")
    return tmp_path / "project"


# --- what it does -------------------------------------------------------------------------------


def test_it_freezes_and_says_what_it_did(run, first_freeze, tmp_path, files_in):
    done = run()
    assert done.returncode == 0, done.stderr
    pages = f"{len(files_in(first_freeze)):,}"
    assert f"{pages} pages in {tmp_path / 'site'}; {pages} rendered, 0 files" in done.stdout
    assert files_in(tmp_path / "site") == files_in(first_freeze)


@pytest.mark.drill
def test_neither_processes_nor_the_seed_of_hashes_change_a_byte(run, tmp_path, files_in):
    a, b = tmp_path / "a", tmp_path / "b"
    assert run("--out", str(a), "--jobs", "1", PYTHONHASHSEED="1").returncode == 0
    assert run("--out", str(b), "--jobs", "3", PYTHONHASHSEED="2").returncode == 0
    assert files_in(a) == files_in(b)


def test_another_process_finds_nothing_to_do(run, out):
    done = run(PYTHONHASHSEED="3")
    assert done.returncode == 0, done.stderr
    assert f"pages in {out}; 0 rendered, 0 files" in done.stdout


@pytest.mark.drill
def test_all_is_rendered_again_when_it_is_told_to(run, out, files_in):
    pages = f"{len(files_in(out)):,}"
    assert f"{pages} pages in {out}; {pages} rendered" in run("--full").stdout


@pytest.mark.drill
def test_the_addresses_that_are_given_reach_the_pages(run, out):
    done = run("--base-url", "https://example.org/lb/", "--live-url", "https://live.example.org/")
    assert done.returncode == 0, done.stderr
    page = (out / "en/devices/XDTDN44/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/lb/en/devices/XDTDN44/">' in page
    assert 'href="https://live.example.org/en/' in page


def test_without_a_record_one_is_made_of_what_is_shipped(run, project, tmp_path, files_in):
    instance = tmp_path / "instance"
    done = run(program=project, LAMPPOST_INSTANCE=str(instance))
    assert done.returncode == 0, done.stderr
    assert f"Made the record {instance / 'record'}" in done.stdout
    assert files_in(instance / "record/content") == files_in(project / "content")


@pytest.mark.parametrize(
    "options",
    [("--as-of", "today"), ("--jobs", "0"), ("--record", "/nowhere"), ("--fast",), ("--pdf", "a3")],
)
def test_an_option_that_is_not_understood_is_told(options, run):
    done = run(*options)
    assert done.returncode == 2
    assert options[0] in done.stderr


# --- what it says when it cannot ----------------------------------------------------------------


def failed(done: subprocess.CompletedProcess[str], *words: str) -> bool:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in (*words, "Error: ", "stays as it was."):
        assert word in done.stderr
    return True


def test_a_broken_record_is_told_with_its_file(run, out, broken, files_in):
    before = files_in(out)
    broken("content/registry/devices/eco-totem-counter.csv", ",active,", ",actve,")
    assert failed(run(), "eco-totem-counter.csv: line 2, status: found 'actve'")
    assert files_in(out) == before


def test_a_second_freeze_into_the_same_folder_is_refused(run, out):
    with Trees(out).held():
        assert failed(run(), f"another freeze is writing {out}")


@pytest.mark.drill
def test_a_folder_that_cannot_be_made_is_told(run, tmp_path):
    (tmp_path / "notes").touch()
    assert failed(run("--out", str(tmp_path / "notes/site")), str(tmp_path / "notes"))


@pytest.mark.drill
def test_a_file_in_the_place_of_the_folder_is_told_and_stays(run, tmp_path):
    (tmp_path / "site").write_text("somebody's notes")
    assert failed(run(), str(tmp_path / "site"))
    assert (tmp_path / "site").read_text() == "somebody's notes"


def test_a_disk_that_is_full_is_told_with_the_page_that_did_not_fit(run, out, broken, files_in):
    before = files_in(out)
    broken("content/registry/devices/eco-totem-counter.csv", ",active,", ",paused,")
    full = run("--jobs", "1", before=("-c", WITH_SMALL_FILES, "20000"))
    assert failed(full, "File too large", "/index.html")
    assert files_in(out) == before
    assert run().returncode == 0


@pytest.mark.drill
def test_a_disk_that_is_full_at_the_first_step_is_told(run, out, files_in):
    before = files_in(out)
    assert failed(run(before=("-c", WITH_SMALL_FILES, "1000")), "File too large")
    assert files_in(out) == before


@pytest.mark.drill
def test_a_catalog_that_was_not_compiled_is_told(run, out, project, files_in):
    before = files_in(out)
    (project / "translations/km/LC_MESSAGES/messages.mo").unlink()
    assert failed(run(program=project), "/index.html", "the catalog km is not compiled")
    assert files_in(out) == before
