"""What a kill, a second freeze or somebody's hand in the folders can do to the site: nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lamppost.config import PROJECT, Config
from lamppost.freezer import freeze
from lamppost.trees import BusyError

TODAY = date(2026, 11, 22)
Files = dict[str, bytes]

# Runs the program given, and kills it at the n-th event of a kind below the folder given: at a
# step that no clock could meet.
KILLED_AT = """
import os, runpy, signal, sys
event, folder, left = sys.argv[1], sys.argv[2], int(sys.argv[3])

def watch(name, arguments):
    global left
    if name == event and any(folder in str(a) for a in arguments):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
sys.argv = sys.argv[4:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


class Sites(NamedTuple):
    """The sites of a record before a change, after it, and after one more."""

    old: Files
    new: Files
    newest: Files


def change_devices(record: Path) -> None:
    """Pause a device, and take another one out."""
    path = record / "content/registry/devices/traffic-cameras.csv"
    head, row, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([head, row.replace(",active,", ",paused,"), *rest[:-1]]), "utf-8")


def change_a_page(record: Path) -> None:
    with (record / "content/pages/home/es.md").open("a", encoding="utf-8") as page:
        page.write("\nMás.\n")


@pytest.fixture(scope="session")
def sites(
    first_freeze: Path, files_in: Callable[[Path], Files], tmp_path_factory: pytest.TempPathFactory
) -> Sites:
    """What freezes from nothing give for each state of the record."""
    root = tmp_path_factory.mktemp("sites")
    shutil.copytree(first_freeze.with_name("record"), root / "record")
    config = Config(record=root / "record", as_of=TODAY)
    change_devices(config.record)
    freeze(config, root / "new", jobs=1)
    change_a_page(config.record)
    freeze(config, root / "newest", jobs=1)
    return Sites(files_in(first_freeze), files_in(root / "new"), files_in(root / "newest"))


class Drill:
    """An old site that is live, and a freeze that should make it the new one."""

    def __init__(self, config: Config, out: Path, sites: Sites, files_in: Any) -> None:
        self.config, self.out, self.sites, self.files_in = config, out, sites, files_in

    def start(self, *options: str, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        record, as_of = str(self.config.record), str(self.config.as_of)
        given = ("--record", record, "--out", str(self.out), "--as-of", as_of, *options)
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *before, str(PROJECT / "freeze.py"), *given],
            env={**os.environ, "PYTHONPATH": str(PROJECT / "site")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def live_is_whole(self) -> bool:
        return self.files_in(self.out) in (self.sites.old, self.sites.new)

    def freeze(self) -> None:
        """Freeze, once the processes of a freeze that was killed have noticed it."""
        for _ in range(100):
            with suppress(BusyError):
                freeze(self.config, self.out, jobs=1)
                return
            time.sleep(0.05)
        pytest.fail("a freeze that was killed still holds the site")

    def next_freezes_are_right(self) -> bool:
        self.freeze()
        assert self.files_in(self.out) == self.sites.new
        change_a_page(self.config.record)
        self.freeze()
        assert self.files_in(self.out) == self.sites.newest
        return True


@pytest.fixture
def drill(config: Config, small: Path, out: Path, sites: Sites, files_in: Any) -> Drill:
    """An old site, and a record that has changed since."""
    change_devices(small)
    return Drill(config, out, sites, files_in)


# --- killed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "folder", "number", "options"),
    [
        pytest.param(
            "os.remove", "/.site.freeze/tree/", 3, (), id="while pages go", marks=pytest.mark.drill
        ),
        pytest.param(
            "open",
            "/.site.freeze/tree/",
            40,
            (),
            id="while pages are written",
            marks=pytest.mark.drill,
        ),
        pytest.param("os.rename", "/.site.freeze/manifest.next", 1, (), id="before the swap"),
        pytest.param(
            "os.rename",
            "/.site.freeze/manifest.next",
            2,
            (),
            id="after the swap",
            marks=pytest.mark.drill,
        ),
        pytest.param(
            "os.link",
            "/.site.freeze/tree/",
            20,
            (),
            id="while the spare tree follows",
            marks=pytest.mark.drill,
        ),
        pytest.param(
            "os.rmdir",
            "",
            2,
            ("--full",),
            id="while the spare tree is emptied",
            marks=pytest.mark.drill,
        ),
        pytest.param(
            "open",
            "/.site.freeze/tree/",
            300,
            ("--full",),
            id="while all is written",
            marks=pytest.mark.drill,
        ),
        pytest.param(
            "os.link",
            "/.site.freeze/",
            300,
            ("--full",),
            id="while all is linked",
            marks=pytest.mark.drill,
        ),
    ],
)
def test_a_freeze_that_is_killed_at_a_step_does_no_harm(event, folder, number, options, drill):
    watched = ("-c", KILLED_AT, event, folder, str(number))
    killed = drill.start("--jobs", "1", *options, before=watched)
    assert killed.wait() == -signal.SIGKILL
    assert drill.live_is_whole()
    assert drill.next_freezes_are_right()


def kill_somewhere(drill: Drill, chance: random.Random, *options: str) -> None:
    """Kill a freeze at any moment from its first step in the folders on."""
    steps = drill.out.with_name(f".{drill.out.name}.freeze") / "lock"
    steps.unlink()
    running = drill.start(*options)
    while not steps.exists() and running.poll() is None:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 1.2))
    running.kill()
    running.wait()


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.drill)])
def test_a_freeze_that_is_killed_at_any_moment_does_no_harm(seed, drill):
    chance = random.Random(seed)  # noqa: S311 - no secret
    kill_somewhere(drill, chance, "--jobs", "1", *(["--full"] if seed % 2 else []))
    assert drill.live_is_whole()
    assert drill.next_freezes_are_right()


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(8))
def test_freezes_that_are_killed_again_and_again_do_no_harm(seed, drill):
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(5):
        kill_somewhere(drill, chance, "--jobs", "1", *chance.choice([(), ("--full",)]))
        assert drill.live_is_whole()
    assert drill.next_freezes_are_right()


# --- somebody's hand ----------------------------------------------------------------------------


def _the_site_deleted(site: Path, _: Path) -> None:
    shutil.rmtree(site)


def _the_site_emptied(site: Path, _: Path) -> None:
    for path in site.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _the_site_deleted_and_made_again(site: Path, _: Path) -> None:
    shutil.rmtree(site)
    site.mkdir()


def _the_site_replaced_by_another(site: Path, _: Path) -> None:
    shutil.rmtree(site)
    site.mkdir()
    (site / "index.html").write_text("Under construction")


def _the_site_replaced_by_a_copy(site: Path, _: Path) -> None:
    site.rename(site.with_name("moved"))
    shutil.copytree(site.with_name("moved"), site)


def _a_page_put_beside_the_front_door(site: Path, _: Path) -> None:
    (site / "notes.html").write_text("Somebody's notes")


def _the_folder_beside_deleted(_: Path, beside: Path) -> None:
    shutil.rmtree(beside)


def _the_spare_tree_deleted(_: Path, beside: Path) -> None:
    shutil.rmtree(beside / "tree")


def _the_manifest_deleted(_: Path, beside: Path) -> None:
    (beside / "manifest").unlink()


def _the_manifest_garbled(_: Path, beside: Path) -> None:
    (beside / "manifest").write_bytes(b'{"tree":[1,')


def _everything_deleted(site: Path, beside: Path) -> None:
    shutil.rmtree(site)
    shutil.rmtree(beside)


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(_the_site_deleted, marks=pytest.mark.drill),
        pytest.param(_the_site_emptied, marks=pytest.mark.drill),
        pytest.param(_the_site_deleted_and_made_again, marks=pytest.mark.drill),
        pytest.param(_the_site_replaced_by_another, marks=pytest.mark.drill),
        pytest.param(_the_site_replaced_by_a_copy, marks=pytest.mark.drill),
        pytest.param(_a_page_put_beside_the_front_door, marks=pytest.mark.drill),
        pytest.param(_the_folder_beside_deleted, marks=pytest.mark.drill),
        pytest.param(_the_spare_tree_deleted, marks=pytest.mark.drill),
        pytest.param(_the_manifest_deleted, marks=pytest.mark.drill),
        _the_manifest_garbled,
        _everything_deleted,
    ],
)
def test_the_next_freezes_make_right_what_somebody_did(deed, config, out, files_in, small, sites):
    deed(out, out.with_name(".site.freeze"))
    for _ in range(3):  # the trees change places at each
        freeze(config, out, jobs=1)
        assert files_in(out) == sites.old
    change_devices(small)
    freeze(config, out, jobs=1)
    assert files_in(out) == sites.new


# --- read while it is frozen --------------------------------------------------------------------


def test_no_file_of_the_live_site_is_ever_written_to(config, small, out, files_in):
    page = out / "en/places/district-1/index.html"
    before = page.read_bytes()
    opened = [path.open("rb") for path in out.rglob("index.html")]
    read = files_in(out)
    for _ in range(3):
        change_devices(small)
        freeze(config, out, jobs=1)
    names = [Path(file.name).relative_to(out).as_posix() for file in opened]
    differ = [n for n, file in zip(names, opened, strict=True) if file.read() != read[n]]
    for file in opened:
        file.close()
    assert differ == []
    assert page.read_bytes() != before


def test_while_a_freeze_runs_the_live_site_is_the_old_one(config, small, out, files_in):
    change_devices(small)
    before = files_in(out)
    seen = []

    def look(steps, _):
        for pages in steps:
            seen.append(files_in(out) == before)
            yield pages

    freeze(config, out, jobs=1, progress=look)
    assert seen
    assert all(seen)
    assert files_in(out) != before
