"""Sample devices are taken out without touching a real one."""

from __future__ import annotations

from pathlib import Path

from lamppost.registry.sample import without_sample

DEVICES = "content/registry/devices"


def test_all_sample_devices_go_and_the_headers_stay(record: Path, registry):
    files, removed = without_sample(record)
    assert removed == sum(device.sample for device in registry.devices.values())
    assert set(files) == {str(p.relative_to(record)) for p in (record / DEVICES).iterdir()}
    assert {data.count(b"\n") for data in files.values()} == {1}


def test_a_real_device_keeps_every_cell(record: Path):
    path = record / DEVICES / "public-wifi.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    real = lines[2].replace(",yes,", ",no,")
    path.write_text("".join([*lines[:2], real, *lines[3:]]), "utf-8")
    files, _removed = without_sample(record)
    assert files[f"{DEVICES}/public-wifi.csv"].decode() == lines[0] + real


def test_a_table_without_sample_devices_is_not_written_again(record: Path):
    path = record / DEVICES / "public-wifi.csv"
    path.write_text(path.read_text("utf-8").replace(",yes,", ",no,"), "utf-8")
    assert f"{DEVICES}/public-wifi.csv" not in without_sample(record)[0]
