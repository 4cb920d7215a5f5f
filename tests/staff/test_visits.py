"""Visits to the desk: where it is, how long they last, and what they leave in the browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lamppost import create_app
from lamppost.staff.accounts import staff_by_email
from lamppost.staff.throttle import PAIR, Throttle


@pytest.mark.parametrize(
    ("minutes", "steps", "status"), [(29, 10, 200), (31, 1, 302), (29, 21, 302)]
)
def test_a_visit_ends_when_idle_and_after_ten_hours(desk, sign_in, minutes, steps, status):
    client, begun = sign_in("author"), datetime.now(UTC)
    for step in range(1, steps + 1):
        time = begun + timedelta(minutes=minutes * step)
        desk.extensions["clock"] = lambda time=time: time
        answer = client.get("/en/desk/")
    assert answer.status_code == status


def test_a_post_without_the_token_is_refused(desk, sign_in, address_of):
    client = sign_in("administrator")
    del client.environ_base["HTTP_X_CSRFTOKEN"]
    posts = [rule for rule in desk.url_map.iter_rules() if "POST" in rule.methods]
    gated = [rule for rule in posts if hasattr(desk.view_functions[rule.endpoint], "deed")]
    assert gated
    for rule in gated:
        assert client.post(address_of(rule)).status_code == 400, rule


def test_the_cookie_is_bound_to_the_host_and_pages_are_not_kept(desk):
    answer = desk.test_client().get("/en/desk/sign-in/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", ["/", "/en/", "/en/technologies/", "/live.css", "/en/changes/"])
def test_the_reading_face_sets_no_cookie(client, path):
    with client.get(path) as answer:
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("where", "host", "status"),
    [
        ("off", "localhost", 404),
        ("desk.example", "localhost", 404),
        ("desk.example", "desk.example", 200),
    ],
)
def test_the_desk_is_found_where_it_is_and_nowhere_else(shipped, where, host, status):
    client = create_app(replace(shipped, desk=where)).test_client()
    assert client.get("/en/desk/sign-in/", base_url=f"https://{host}").status_code == status
    assert client.get("/en/").status_code == 200


def test_whose_role_needs_a_second_factor_reaches_nothing_before_it_is_set_up(desk, sign_in):
    client = sign_in("reviewer")
    with desk.app_context():
        staff_by_email("reviewer@staff.example").tf_totp_secret = None
        desk.extensions["sessions"].commit()
    assert client.get("/en/desk/").location.endswith("/en/desk/account/")
    assert client.get("/en/desk/account/").status_code == 200


def test_guessing_slows_down_and_locks_nobody_else_out():
    throttle, now = Throttle(), datetime(2026, 11, 22, 9, tzinfo=UTC)
    throttle.passed("honest@a", "192.0.2.7", now)
    for _ in range(300):
        throttle.failed("guessed@a", "192.0.2.9", now)
        throttle.failed("honest@a", "198.51.100.1", now)
    assert throttle.wait("guessed@a", "192.0.2.9", now) == 15
    assert throttle.wait("GUESSED@a ", "192.0.2.200", now) == 15
    assert throttle.wait("honest@a", "192.0.2.7", now) == 0
    assert throttle.wait("guessed@a", "192.0.2.9", now + timedelta(minutes=15)) == 0
    assert b"192.0.2" not in repr(vars(throttle)).encode()


def test_a_few_mistakes_cost_nothing():
    throttle, now = Throttle(), datetime(2026, 11, 22, 9, tzinfo=UTC)
    for _ in range(PAIR - 1):
        throttle.failed("a@a", "2001:db8::1", now)
    assert throttle.wait("a@a", "2001:db8::1", now) == 0
    throttle.failed("a@a", "2001:db8::2", now)
    assert throttle.wait("a@a", "2001:db8::1", now) == 1
