"""Every page of the desk in a browser: no check finds anything."""

from __future__ import annotations

import pytest
from flask import Flask

import checks
from lamppost.staff.roles import ROLES

ALL = [role for role in ROLES if role != "auditor"]
NOT_HERE = {"weight", "help"}
"""What a live host would send is not seen here, and the desk has a menu of its own."""


@pytest.fixture
def open_at_desk(desk_host, sign_in, chromium):
    """A function that opens a page of the desk for somebody of every role."""
    client = sign_in(*ALL)
    cookie = client.get_cookie("__Host-desk", domain="localhost")
    context = chromium.new_context()
    context.add_init_script(checks.SCRIPT)
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": f"https://{desk_host}", "secure": True}]
    )
    page = context.new_page()

    def opened(path: str):
        checks.put_on(page, next(iter(checks.LOOKS.values())))
        answer = page.goto(f"http://{desk_host}{path}")
        assert answer.status == 200, path
        assert "/sign-in/" not in page.url, path
        return page

    yield opened
    context.close()


def pages(desk: Flask) -> list[str]:
    """The addresses of the desk's own pages that need no more than a language."""
    rules = [rule for rule in desk.url_map.iter_rules() if "/desk/" in rule.rule]
    own = [rule for rule in rules if hasattr(desk.view_functions[rule.endpoint], "deed")]
    plain = [rule for rule in own if "GET" in rule.methods and rule.arguments == {"language"}]
    return [
        rule.rule.replace("<language:language>", "{}") for rule in plain if rule.rule[-1] == "/"
    ]


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_check_finds_anything_on_a_page_of_the_desk(desk, open_at_desk, language):
    addresses = pages(desk)
    assert "/{}/desk/publish/" in addresses
    found = [
        (address, *told)
        for address in addresses
        for told in checks.found_in(open_at_desk(address.format(language)))
        if told[1] not in NOT_HERE
    ]
    assert found == []
