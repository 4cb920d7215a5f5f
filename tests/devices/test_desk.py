"""Devices at the desk, through the real forms."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamppost.devices.drawer import DAY_SECONDS, Drawer
from lamppost.devices.ledger import read_ledger
from lamppost.history import saves

WIFI = "public-wifi"


@pytest.fixture
def author(sign_in):
    return sign_in("author")


@pytest.fixture
def send(author):
    """A function that fills in the form of a page and sends it."""

    def sent(path: str, **filled: object):
        page = author.get(path).text
        fields = dict(re.findall(r'name="(csrf_token|seen)"[^>]*value="([^"]*)"', page))
        return author.post(path, data={**fields, **filled})

    return sent


@pytest.fixture
def kept(desk):
    """The record of the desk."""
    return desk.extensions["config"].record


def form_of(kept, code: str, **changed: str) -> dict[str, str]:
    return {**read_ledger(kept, WIFI).rows[code], "note": "It was looked at", **changed}


def test_the_list_can_be_narrowed_without_script(author, kept):
    rows = read_ledger(kept, WIFI).rows
    code = next(iter(rows))
    page = author.get(f"/en/desk/devices/{WIFI}/?words={code.lower()}").text
    assert re.findall(r"/desk/devices/public-wifi/(\w{7})/", page) == [code]
    assert "0 devices" in author.get(f"/en/desk/devices/{WIFI}/?words=nowhere").text


def test_a_device_is_edited_in_one_change_with_a_note(send, kept):
    code = next(iter(read_ledger(kept, WIFI).rows))
    answer = send(f"/en/desk/devices/{WIFI}/{code}/", **form_of(kept, code, height_m="9"))
    assert answer.status_code == 303
    assert read_ledger(kept, WIFI).rows[code]["height_m"] == "9"
    assert next(iter(saves(kept))).note == "It was looked at"


def test_a_retired_device_keeps_its_row_and_gets_a_day(send, kept):
    code = next(iter(read_ledger(kept, WIFI).rows))
    send(f"/en/desk/devices/{WIFI}/{code}/", **form_of(kept, code, status="removed"))
    row = read_ledger(kept, WIFI).rows[code]
    assert (row["status"], row["removed_on"]) == ("removed", "2026-11-22")


def test_a_new_device_gets_a_code(send, kept):
    before = read_ledger(kept, WIFI).rows
    answer = send(
        f"/en/desk/devices/{WIFI}/new/", status="active", sample="no", host="pole",
        latitude="33.77", longitude="-118.19", location="Elm Ave & 4th St", note="A new one",
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    (code,) = read_ledger(kept, WIFI).rows.keys() - before.keys()
    assert read_ledger(kept, WIFI).rows[code]["location"] == "Elm Ave & 4th St"


def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_stays(send, kept):
    code = next(iter(read_ledger(kept, WIFI).rows))
    answer = send(f"/en/desk/devices/{WIFI}/{code}/", **form_of(kept, code, latitude="95"))
    assert answer.status_code == 422
    assert 'href="#latitude"' in answer.text
    assert 'value="95"' in answer.text
    assert len(list(saves(kept))) == 1


def test_a_change_over_somebody_elses_is_not_written(send, kept):
    code = next(iter(read_ledger(kept, WIFI).rows))
    answer = send(f"/en/desk/devices/{WIFI}/{code}/", **form_of(kept, code, seen="old"))
    assert answer.status_code == 422
    assert "Somebody else has changed" in answer.text


def take_in(send, data: bytes, name: str = "a.csv", **more: str):
    file = (io.BytesIO(data), name)
    return send(f"/en/desk/devices/{WIFI}/import/", file=file, encoding="utf-8", **more)


TABLE = b"Lat,Long,Wo\n33.77,-118.19,Elm Ave & 4th St\n"


def test_a_table_is_written_when_it_is_confirmed_and_not_before(send, kept, desk):
    before = read_ledger(kept, WIFI).rows
    columns = take_in(send, TABLE).location
    preview = send(columns, column0="latitude", column1="longitude", column2="location").location
    assert read_ledger(kept, WIFI).rows == before
    assert send(preview, note="One more").status_code == 303
    assert len(read_ledger(kept, WIFI).rows) == len(before) + 1
    drawer = Drawer(desk.extensions["config"].instance)
    assert drawer.remembered(WIFI)["Wo"] == "location"
    assert [path.stem for path in drawer.folder.iterdir()] == ["columns-public-wifi"]


def test_what_a_table_changes_is_told_in_words(send, kept, sign_in):
    code = next(one for one, row in read_ledger(kept, WIFI).rows.items()
                if row["status"] == "active")  # fmt: skip
    columns = take_in(send, f"code,status\n{code},paused\n".encode()).location
    preview = send(columns, column0="code", column1="status").location
    assert "Status changed from In use to Paused" in sign_in("author").get(preview).text


def test_of_a_table_with_a_mistake_nothing_can_be_confirmed(send, kept):
    columns = take_in(send, b"location,status\nElm,dancing\n").location
    preview = send(columns, column0="location", column1="status").location
    page = send(preview, note="One more")
    assert "Status in row 2 cannot be taken in" in page.text
    assert len(list(saves(kept))) == 1


def test_a_hostile_table_is_refused_in_the_form(send):
    answer = take_in(send, b"PK", "a.xlsx")
    assert answer.status_code == 422
    assert "not an XLSX" in answer.text


def test_what_one_has_sent_nobody_else_sees(send, sign_in):
    columns = take_in(send, TABLE).location
    assert sign_in("administrator").get(columns).status_code == 404


def test_what_has_waited_for_a_day_is_thrown_away(tmp_path):
    drawer = Drawer(tmp_path)
    token = drawer.keep({"a": 1})
    drawer.remember(WIFI, {"b": "code"})
    now = next(tmp_path.glob("devices/*")).stat().st_mtime
    drawer.sweep(now + DAY_SECONDS / 2)
    assert drawer.find(token) == {"a": 1}
    drawer.sweep(now + DAY_SECONDS + 60)
    assert drawer.find(token) is None
    assert drawer.remembered(WIFI)
    assert drawer.find("../../secret_key") is None


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_a_table_can_be_downloaded(author, kind):
    answer = author.get(f"/en/desk/devices/{WIFI}/export/{kind}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')


def test_checks_on_the_spot_are_one_change(send, author, kept):
    (there, gone, moved), path = list(read_ledger(kept, WIFI).rows)[:3], "/en/desk/device-checks/"
    page = author.get(f"{path}?near={there}").text
    assert page.index(there) < page.index("fieldset", page.index("<fieldset") + 9)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]
    sent = {there: "there", gone: "gone", moved: "moved", "csrf_token": token}
    assert author.post(path, data=sent).status_code == 303
    rows = read_ledger(kept, WIFI).rows
    assert rows[there]["last_seen_on"] == "2026-11-22"
    assert rows[gone]["status"] == "removed"
    assert len(list(saves(kept))) == 2
    assert "Moved, seen on the spot (1)" in author.get("/en/desk/").text
    send(f"/en/desk/devices/{WIFI}/{moved}/", **form_of(kept, moved, height_m="9"))
    assert "<li>Moved, seen on the spot</li>" in author.get("/en/desk/").text


def test_what_needs_doing_leads_to_the_devices(author):
    page = author.get("/en/desk/").text
    addresses = re.findall(r'href="([^"]+\?show=\w+)"', page)
    assert {address.partition("=")[2] for address in addresses} >= {"unseen", "past", "signs"}
    for address in addresses:
        assert "No device" not in author.get(address).text
    assert 'name="codes"' in author.get(next(a for a in addresses if "signs" in a)).text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["status", "latitude", "place", "note", "host", "seen",
       "installed_on", "override_purpose"]), st.text(max_size=30)))  # fmt: skip
def test_nothing_that_is_typed_breaks_the_form(send, kept, typed):
    code = next(iter(read_ledger(kept, WIFI).rows))
    filled = form_of(kept, code, location="A") | typed
    assert send(f"/en/desk/devices/{WIFI}/{code}/", **filled).status_code in (303, 422)
