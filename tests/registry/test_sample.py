"""Sample devices are taken out without touching a real one."""

from __future__ import annotations

from pathlib import Path

from lamppost.registry.sample import remove_sample

DEVICES = "content/registry/devices"


def test_all_sample_devices_go_and_the_headers_stay(record: Path, registry):
    assert remove_sample(record) == sum(device.sample for device in registry.devices.values())
    for path in (record / DEVICES).iterdir():
        assert path.read_text("utf-8").count("\n") == 1


def test_a_real_device_keeps_every_cell(record: Path):
    path = record / DEVICES / "public-wifi.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    real = lines[2].replace(",yes,", ",no,")
    path.write_text("".join([*lines[:2], real, *lines[3:]]), "utf-8")
    remove_sample(record)
    assert path.read_text("utf-8") == lines[0] + real


def test_a_table_without_sample_devices_is_not_written_again(record: Path):
    path = record / DEVICES / "public-wifi.csv"
    path.write_text(path.read_text("utf-8").replace(",yes,", ",no,"), "utf-8")
    before = path.stat().st_ino
    remove_sample(record)
    assert path.stat().st_ino == before


def test_a_second_removal_finds_nothing(record: Path):
    remove_sample(record)
    assert remove_sample(record) == 0
