"""The gate of the desk: who passes, and who does not."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lamppost import create_app
from lamppost.staff.roles import CHANGES, EVERYBODY, MAY, NEED_SECOND_FACTOR, ROLES


def desk_views(app: Flask) -> list[Rule]:
    """The addresses of the desk's own views."""
    rules = [rule for rule in app.url_map.iter_rules() if "/desk/" in rule.rule]
    return [rule for rule in rules if not rule.endpoint.startswith(("security.", "invitation."))]


def test_every_view_of_the_desk_names_its_deed(desk):
    views = {rule.endpoint: desk.view_functions[rule.endpoint] for rule in desk_views(desk)}
    assert views
    assert [name for name, view in views.items() if getattr(view, "deed", None) not in MAY] == []


def test_every_role_in_the_table_of_deeds_is_known():
    assert {role for roles in MAY.values() for role in roles} == set(ROLES) == set(EVERYBODY)
    assert set(ROLES) >= NEED_SECOND_FACTOR


def test_an_auditor_may_change_nothing():
    assert [deed for deed in CHANGES if "auditor" in MAY[deed]] == []


def test_who_publishes_needs_a_second_factor():
    assert MAY["publish"] <= NEED_SECOND_FACTOR


@pytest.fixture
def open_(address_of):
    """A function that opens an address of a view, in the way that it is opened."""

    def opened(client, rule: Rule):
        method = "GET" if "GET" in rule.methods else "POST"
        return client.open(address_of(rule), method=method)

    return opened


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_its_deeds_allow_and_nothing_else(desk, sign_in, open_, role):
    client, refused = sign_in(role), set()
    for rule in desk_views(desk):
        deed = desk.view_functions[rule.endpoint].deed
        allowed = role in MAY[deed]
        if not allowed and deed in refused:
            continue  # the gate asks for the deed and not for the view
        status = open_(client, rule).status_code
        assert (status != 403) == allowed, (role, rule.rule, status)
        assert status < 500
        if not allowed:
            refused.add(deed)


def test_who_may_not_is_told_which_roles_they_have(sign_in):
    answer = sign_in("translator", "auditor").get("/km/desk/publish/")
    assert answer.status_code == 403
    assert "អ្នកបកប្រែ" in answer.text
    assert "សវនករ" in answer.text
    assert 'href="/km/desk/"' in answer.text


def test_nobody_reaches_the_desk_without_signing_in(desk, open_):
    for rule in desk_views(desk):
        answer = open_(desk.test_client(), rule)
        assert answer.status_code == 302
        assert "/desk/sign-in/" in answer.location


def test_somebody_without_a_role_reaches_nothing(desk, sign_in, open_):
    client = sign_in()
    assert {open_(client, rule).status_code for rule in desk_views(desk)} == {403}


def test_the_frozen_site_has_no_desk(shipped):
    app = create_app(shipped, frozen=True)
    assert [rule for rule in app.url_map.iter_rules() if "/desk" in rule.rule] == []


def test_the_menu_holds_what_one_may_open(sign_in):
    page = sign_in("author").get("/en/desk/").text
    assert "What needs doing" in page


@pytest.mark.parametrize("path", ["devices/public-wifi/import/", "devices/public-wifi/new/"])
def test_of_what_is_too_large_nothing_is_read(sign_in, path):
    client, read = sign_in("author"), []

    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, into):
            read.append(len(into))
            return len(into)

    answer = client.post(
        f"/en/desk/{path}",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"wsgi.input": Endless(), "CONTENT_LENGTH": "200000000"},
    )
    assert (answer.status_code, sum(read)) == (413, 0)
    assert "what you typed is still there" in answer.text


def test_a_text_beyond_the_limit_of_a_form_is_told_on_a_page_of_its_own(sign_in):
    path = "/km/desk/record/pages/home/en/"
    answer = sign_in("author").post(path, data={"text": "x" * 1_000_001})
    assert answer.status_code == 413
    assert f'href="{path}"' in answer.text


@pytest.mark.parametrize("letter", ["x", "ក"])
def test_the_longest_text_that_a_page_takes_fits_its_form(sign_in, letter):
    sent = {"text": letter * 200_000, "title": "A", "change-note": "Long", "do": "preview"}
    page = sign_in("author").get("/en/desk/record/pages/home/en/").text
    assert 'maxlength="200000"' in page
    assert 'enctype="multipart/form-data"' in page
    answer = sign_in("author").post(
        "/en/desk/record/pages/home/en/", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code != 413
