"""The time of day at which the site is published."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from lamppost.config import Config
from lamppost.publishing import schedule

ZONE = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-25T02:00", "2026-11-25T03:00-08:00"),
        ("2026-11-25T03:00", "2026-11-26T03:00-08:00"),
        ("2026-11-25T23:59", "2026-11-26T03:00-08:00"),
        ("2026-03-07T12:00", "2026-03-08T03:00-07:00"),
    ],
)
def test_the_next_time_is_by_the_city_s_clock(now, expected):
    moment = schedule.next_time(datetime.fromisoformat(now).replace(tzinfo=ZONE), "03:00")
    assert moment.isoformat(timespec="minutes") == expected


def test_without_a_time_nothing_is_scheduled(tmp_path):
    assert schedule.start(Config(instance=tmp_path), "America/Los_Angeles") is None


def test_a_schedule_ends_when_it_is_told_to(tmp_path):
    end = schedule.start(Config(instance=tmp_path, publish_at="03:00"), "America/Los_Angeles")
    end.set()


def test_settings_go_through_the_environment_to_a_process(tmp_path, monkeypatch):
    config = Config(
        instance=tmp_path, record=tmp_path / "record", base_url="https://a.example",
        publish_to=("file:///a", "s3://b/c"), publish_at="03:00",
    )  # fmt: skip
    for name, value in config.as_environment().items():
        monkeypatch.setenv(name, value)
    assert Config.from_environment() == config
