"""Accounts: invited, changed, closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lamppost.staff import accounts
from lamppost.staff.models import Passkey


def test_a_link_works_once_and_for_seven_days(desk):
    with desk.app_context():
        staff = accounts.add_staff("sok@staff.example", name="Sok", roles=["author"])
        old, token = accounts.invitation(staff), accounts.invitation(staff)
        assert accounts.invited(old) is None
        assert accounts.invited(token + "x") is None
        assert accounts.invited(token) is staff
        later = datetime.now(UTC) + timedelta(days=7, minutes=1)
        desk.extensions["clock"] = lambda: later
        assert accounts.invited(token) is None
        del desk.extensions["clock"]
        accounts.accept(staff, "a long enough password")
        assert accounts.invited(token) is None


def test_the_last_administrator_stays(desk):
    with desk.app_context():
        staff = accounts.add_staff("a@staff.example", name="A", roles=["administrator"])
        with pytest.raises(ValueError, match="last administrator"):
            accounts.close(staff)
        with pytest.raises(ValueError, match="last administrator"):
            accounts.give_roles(staff, ["author"])
        accounts.add_staff("b@staff.example", name="B", roles=["administrator"])
        accounts.close(staff)
        assert not staff.active


def test_nobody_changes_their_own_account_where_those_of_others_are(desk, sign_in):
    client = sign_in("administrator")
    for path in ("", "link/", "close/"):
        client.post(f"/en/desk/staff/1/{path}", data={"roles": ["author"]})
    with desk.app_context():
        staff = accounts.staff_by_email("administrator@staff.example")
        assert (staff.active, staff.role_names) == (True, {"administrator"})


def test_new_roles_end_the_visit(desk, sign_in):
    client = sign_in("author")
    assert client.get("/en/desk/").status_code == 200
    with desk.app_context():
        accounts.give_roles(accounts.staff_by_email("author@staff.example"), ["translator"])
    assert client.get("/en/desk/").status_code == 302


def test_of_the_last_use_of_a_passkey_only_the_day_is_kept():
    used = Passkey(lastuse_datetime=datetime(2026, 11, 25, 9, 41, 7, tzinfo=UTC)).lastuse_datetime
    assert used == datetime(2026, 11, 25)  # noqa: DTZ001 - as Flask-Security keeps it
