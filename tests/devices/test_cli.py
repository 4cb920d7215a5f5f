"""The commands for tables of devices."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from lamppost.cli import main
from lamppost.config import Config
from lamppost.content import read_content
from lamppost.history import saves, start


@pytest.fixture
def run(tmp_path, record, monkeypatch):
    """A function that runs a command on a record of its own, and that record."""
    start(tmp_path / "kept", record, "First published")
    monkeypatch.setenv("LAMPPOST_RECORD", str(tmp_path / "kept"))
    monkeypatch.setenv("LAMPPOST_AS_OF", "2026-11-22")
    return lambda *words: CliRunner().invoke(main, ["devices", *map(str, words)])


def test_a_table_goes_out_and_in_again(run, tmp_path):
    for kind in ("csv", "xlsx", "geojson"):
        out = tmp_path / f"out.{kind}"
        assert run("export", out, "--technology", "public-wifi").exit_code == 0
        done = run("import", out, "--technology", "public-wifi", "--missing-are-removed")
        assert done.exit_code == 0, done.output
        assert "20 as before" in done.output
    assert len(list(saves(tmp_path / "kept"))) == 1


def test_new_devices_are_saved_with_a_note(run, tmp_path):
    table = tmp_path / "new.csv"
    table.write_text("Wo,N,E\nElm Ave & 4th St,33.77,-118.19\n", "utf-8")
    columns = tmp_path / "columns.yaml"
    columns.write_text("{Wo: location, N: latitude, E: longitude}", "utf-8")
    command = ("import", table, "--technology", "public-wifi", "--columns", columns)
    assert "1 new" in run(*command, "--dry-run").output
    kept = Config(record=tmp_path / "kept")
    before = len(read_content(kept).registry.devices)
    done = run(*command, "-m", "One more")
    assert done.exit_code == 0, done.output
    assert next(iter(saves(kept.record))).note == "One more"
    assert len(read_content(kept).registry.devices) == before + 1


def test_with_one_mistake_nothing_is_written(run, tmp_path):
    table = tmp_path / "new.csv"
    table.write_text("location,status\nElm,active\nOak,dancing\n", "utf-8")
    done = run("import", table, "--technology", "public-wifi")
    assert done.exit_code == 1
    assert "Status in row 3 cannot be taken in: “dancing”; expected: proposed" in done.output
    assert len(list(saves(tmp_path / "kept"))) == 1


def test_an_unknown_technology_or_a_hostile_file_is_refused(run, tmp_path):
    table = tmp_path / "new.xlsx"
    table.write_bytes(b"PK")
    assert run("import", table, "--technology", "nothing").exit_code == 2
    assert "not an XLSX" in run("import", table, "--technology", "public-wifi").output
    assert run("export", tmp_path / "a.exe", "--technology", "public-wifi").exit_code == 2
