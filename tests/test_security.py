"""The live site's security headers, and pages that obey them."""

from __future__ import annotations

import re

import pytest

from lamppost.security import HEADERS

PATHS = ["/", "/en/", "/site.css", "/static/js/search.js", "/downloads/devices.csv", "/no/such/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(client, path):
    with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_no_script_or_style_stand_in_a_page():
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_no_other_site_is_let_in(client):
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert set(re.findall(r"'[\w-]+'|\S+:", policy)) <= {"'self'", "'none'", "data:"}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/en/", "/km/technologies/", "/en/technologies/traffic-cameras/", "/en/search/",
        "/es/places/district-1/", "/en/plan/", "/tl/about/languages/", "/en/devices/{code}/",
        "/d/{code}/", "/d/{code}/sign/",
    ],
)  # fmt: skip
def test_a_page_needs_nothing_that_the_policy_forbids(app, client, path):
    code = next(iter(app.extensions["published"].content.registry.devices))
    page = client.get(path.format(code=code)).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page)


def test_a_reading_page_sets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/en/").headers
