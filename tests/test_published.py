"""The running site shows the last record that passed its check, whatever happens to the files."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lamppost import create_app, published
from lamppost.config import Config
from lamppost.history import check_out_good, mark_good, save, start
from lamppost.published import BrokenRecordError, Published

WIFI = "content/registry/technologies/public-wifi.yaml"
PAGE = "/en/technologies/public-wifi/"


@pytest.fixture
def config(tmp_path: Path, small: Path) -> Config:
    """Settings for an instance whose record has a history."""
    record = tmp_path / "instance" / "record"
    start(record, small, "First published")
    return Config(instance=record.parent, record=record, as_of=date(2026, 11, 22))


@pytest.fixture(autouse=True)
def looking(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The site looks at its record at each request, and its log is read."""
    monkeypatch.setattr(published, "LOOK_EVERY_SECONDS", 0)
    caplog.set_level(logging.INFO, "lamppost.record")


@pytest.fixture
def rename(config: Config) -> Callable[[str], None]:
    """A function that gives public Wi-Fi another English name in the record; none breaks it."""
    path = config.record / WIFI
    words = path.read_text("utf-8")

    def name(new: str) -> None:
        path.write_text(words.replace("\n  en: Public Wi-Fi", f"\n  en: {new}", 1), "utf-8")

    return name


def shows(client, words: str) -> bool:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return words in answer.text


# --- while it runs ------------------------------------------------------------------------------


def test_a_sound_change_is_shown_without_a_restart(config, rename):
    client = create_app(config).test_client()
    rename("Free Wi-Fi")
    assert shows(client, "<h1>Free Wi-Fi</h1>")


def test_a_record_that_breaks_while_the_site_runs_leaves_the_last_good_one_on_show(config, rename):
    client = create_app(config).test_client()
    rename("")
    assert shows(client, "<h1>Public Wi-Fi</h1>")


def test_nothing_of_a_broken_record_is_shown(config, rename):
    client = create_app(config).test_client()
    rename("")
    site = config.record / "content" / "site.yaml"
    site.write_text(site.read_text("utf-8").replace("name: Lamppost", "name: Halfway"), "utf-8")
    assert not shows(client, "Halfway")


def test_the_log_tells_the_mistake_once_and_not_at_every_request(config, rename, caplog):
    client = create_app(config).test_client()
    rename("")
    for _ in range(3):
        client.get(PAGE)
    told = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert told == [
        f"{WIFI}: name.en: found nothing; expected the text in English, from which others come"
    ]


def test_the_site_takes_the_record_over_again_once_it_is_mended(config, rename, caplog):
    client = create_app(config).test_client()
    rename("")
    client.get(PAGE)
    rename("Mended Wi-Fi")
    assert shows(client, "<h1>Mended Wi-Fi</h1>")
    assert caplog.messages[-1] == "The record has changed and passed its check."


def test_a_record_that_is_gone_leaves_the_last_good_one_on_show(config):
    client = create_app(config).test_client()
    shutil.rmtree(config.record / "content")
    assert shows(client, "<h1>Public Wi-Fi</h1>")


def test_a_link_that_an_editor_leaves_in_the_record_does_not_take_the_site_down(config):
    client = create_app(config).test_client()
    (config.record / "content" / ".#site.yaml").symlink_to("editor@host.1234")
    assert shows(client, "<h1>Public Wi-Fi</h1>")


def test_between_two_looks_the_record_is_left_alone(config, rename, monkeypatch):
    client = create_app(config).test_client()
    monkeypatch.setattr(published, "LOOK_EVERY_SECONDS", 1000)
    rename("Free Wi-Fi")
    assert shows(client, "<h1>Public Wi-Fi</h1>")


def test_a_freeze_does_not_watch_the_record(config, rename):
    held = Published(config, watch=False)
    rename("Free Wi-Fi")
    assert str(held.current().registry.technologies["public-wifi"].name) == "Public Wi-Fi"


def test_a_new_day_is_noticed_though_no_file_has_changed(config):
    held = Published(config, watch=True)
    held.config = replace(config, as_of=date(2031, 1, 1))
    assert held.current().registry.overdue


def test_a_broken_record_is_not_read_again_at_every_look_of_the_next_day(config, rename, caplog):
    held = Published(config, watch=True)
    rename("")
    held.current()
    held.config = replace(config, as_of=date(2026, 11, 23))
    held.current()
    caplog.clear()
    held.current()
    assert caplog.messages == []


# --- at its start -------------------------------------------------------------------------------


def test_a_record_that_is_broken_at_the_start_gives_way_to_the_last_good_one(
    config, rename, caplog
):
    create_app(config)
    rename("")
    client = create_app(config).test_client()
    assert shows(client, "<h1>Public Wi-Fi</h1>")
    assert "Going on with the last record that passed its check." in caplog.messages


def test_a_mistake_that_was_saved_gives_way_to_the_last_good_save(config, rename):
    create_app(config)
    rename("")
    save(config.record, "A mistake")
    assert shows(create_app(config).test_client(), "<h1>Public Wi-Fi</h1>")


def test_what_changed_up_to_the_last_good_save_is_still_told(config, rename):
    rename("Free Wi-Fi")
    save(config.record, "New name")
    create_app(config)
    rename("")
    assert shows(create_app(config).test_client(), "New name")


def test_the_site_recovers_from_a_broken_start_once_the_record_is_mended(config, rename):
    create_app(config)
    rename("")
    client = create_app(config).test_client()
    rename("Mended Wi-Fi")
    assert shows(client, "<h1>Mended Wi-Fi</h1>")


def test_a_start_marks_a_sound_record_as_good(config, tmp_path):
    create_app(config)
    assert check_out_good(config.record, tmp_path / "good")


def test_the_site_does_not_start_when_no_record_was_ever_good(config, rename, caplog):
    rename("")
    with pytest.raises(BrokenRecordError, match="has 1 problem"):
        create_app(config)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_the_site_does_not_start_with_a_good_state_that_fails_the_check_of_today(config, rename):
    rename("")
    save(config.record, "Sound, by an older release")
    mark_good(config.record)
    with pytest.raises(BrokenRecordError, match="its last good state too"):
        create_app(config)
