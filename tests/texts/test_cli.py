"""The commands: what they say, and their exit codes."""

from __future__ import annotations

import logging

import pytest
from click.testing import CliRunner, Result

from lamppost.cli import main

WIFI = "content/registry/technologies/public-wifi.yaml"


@pytest.fixture(autouse=True)
def quiet_again():
    """The commands turn the log on; the next test finds it as it was."""
    level = logging.getLogger("lamppost").level
    yield
    logging.getLogger("lamppost").setLevel(level)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["texts", *arguments])


@pytest.mark.parametrize("ending", ["po", "xlf"])
def test_what_was_exported_and_changed_comes_in(tmp_path, small, ending):
    path = tmp_path / f"es.{ending}"
    result = run("export", "es", str(path), "--record", str(small))
    assert result.exit_code == 0
    assert result.output.endswith(f" texts to {path}.\n")
    path.write_text(path.read_text("utf-8").replace("Wi-Fi público", "Wi-Fi gratis", 1), "utf-8")
    result = run("import", str(path), "--record", str(small), "--reviewed-by", "City Clerk")
    first, second, third = result.output.splitlines()
    assert (result.exit_code, first) == (0, "1 new texts, 0 newly reviewed, in es.")
    assert second.endswith(" texts are still marked as needing work: not reviewed.")
    assert third == f"Changed {WIFI}"
    assert "es: Wi-Fi gratis\n" in (small / WIFI).read_text("utf-8")


def test_a_dry_run_tells_the_same_and_writes_nothing(handed, small, state):
    path = handed(('"Wi-Fi público"', '"Wi-Fi gratis"'))
    before = state()
    result = run("import", str(path), "--record", str(small), "--dry-run")
    assert result.output == f"1 new texts, 0 newly reviewed, in es.\nWould change {WIFI}\n"
    assert state() == before


def test_mistakes_are_told_with_their_keys_and_fail(handed, small):
    path = handed(('msgid "Public Wi-Fi"', 'msgid "Free Wi-Fi"'))
    result = run("import", str(path), "--record", str(small))
    assert result.exit_code == 1
    assert result.output == (
        "Error: nothing was written, 1 mistakes:\n"
        f"{WIFI}#name: belongs to an older English text; export it again\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "en", "all.po"], "one of es, km, tl"),
        (["export", "fil", "all.po"], "one of es, km, tl"),
        (["export", "es", "all.txt"], "a file that ends in .po or .xlf"),
        (["import", "nowhere.po"], "does not exist"),
    ],
)
def test_a_wrong_use_is_told(arguments, told):
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output


def test_a_folder_that_is_not_there_is_told(small, tmp_path):
    path = tmp_path / "nowhere" / "es.po"
    result = run("export", "es", str(path), "--record", str(small))
    assert result.exit_code == 1
    assert "Error: nothing was written: " in result.output
