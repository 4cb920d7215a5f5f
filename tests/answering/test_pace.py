"""A network that many people share may begin more in a day than another, and not without end."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_network

import pytest
from flask import Flask

from lamppost.answering.pace import SHARED_TIMES, Pace, pace
from lamppost.config import Config

DAY = date(2026, 11, 28)
SHARED = tuple(map(ip_network, ("203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32")))


def let_in(one, address, times):
    """How many of so many tries from an address are let in."""
    return sum(one.lets(address, DAY) for _ in range(times))


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("203.0.113.9", 2 * SHARED_TIMES),
        ("198.51.100.7", 2 * SHARED_TIMES),
        ("2001:db8:1::1", 2 * SHARED_TIMES),
        ("198.51.100.8", 2),
        ("192.0.2.1", 2),
        ("2001:db9::1", 2),
    ],
)
def test_from_a_shared_network_ten_times_as_many_come_and_then_no_more(address, number):
    assert let_in(Pace(2, SHARED), address, 100) == number


def test_one_shared_address_takes_nothing_from_its_neighbours():
    one = Pace(2, SHARED)
    assert let_in(one, "198.51.100.7", 100) == 2 * SHARED_TIMES
    assert let_in(one, "198.51.100.8", 100) == 2


def test_each_customer_of_a_shared_carrier_is_counted_alone():
    one = Pace(2, SHARED)
    assert let_in(one, "2001:db8:1::1", 100) == 2 * SHARED_TIMES
    assert let_in(one, "2001:db8:2::1", 100) == 2 * SHARED_TIMES


def test_what_is_counted_under_one_name_is_one_pace_that_knows_the_shared_networks():
    app = Flask(__name__)
    app.extensions["config"] = Config(shared_networks=SHARED)
    with app.app_context():
        assert pace() is pace()
        assert pace("tries", 1) is not pace()
        assert let_in(pace("tries", 1), "203.0.113.9", 100) == SHARED_TIMES


def test_shared_networks_are_a_setting_that_nothing_shows(monkeypatch):
    monkeypatch.setenv("LAMPPOST_SHARED_NETWORKS", "203.0.113.0/24, 198.51.100.7/32,2001:db8::/32")
    config = Config.from_environment()
    assert config.shared_networks == SHARED
    assert "203.0.113" not in repr(config)
    told = config.as_environment()["LAMPPOST_SHARED_NETWORKS"]
    monkeypatch.setenv("LAMPPOST_SHARED_NETWORKS", told)
    assert Config.from_environment() == config


@pytest.mark.parametrize("wrong", ["203.0.113.7/24", "203.0.113.0/33", "library", "2001:db8::/x"])
def test_what_is_no_network_is_named_with_what_was_expected(monkeypatch, wrong):
    monkeypatch.setenv("LAMPPOST_SHARED_NETWORKS", f"192.0.2.0/24,{wrong}")
    with pytest.raises(ValueError, match=r"LAMPPOST_SHARED_NETWORKS.*203\.0\.113\.0/24") as told:
        Config.from_environment()
    assert f"'{wrong}' is no network" in str(told.value)
