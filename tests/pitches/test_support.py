"""Support for a pitch: given without an account, taken back with a receipt, shown rounded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
from sqlalchemy import select

from lamppost import db
from lamppost.answering.pace import SHARED_TIMES
from lamppost.cases.models import Case
from lamppost.cases.public import FILE
from lamppost.i18n import languages
from lamppost.pitches.models import Support
from lamppost.pitches.support import A_DAY

from ..writers import mark_in

NETWORKS = [f"203.{n}.113.7" for n in range(100)]


@pytest.fixture
def pitch(desk, send, publish, case_of):
    """A pitch that everybody can read; its reference, and the receipt of its writer."""
    receipt = send()
    publish(receipt)
    desk.extensions["published"].look()
    with desk.app_context():
        return case_of(receipt).reference, receipt


@pytest.fixture
def press(resident, clock):
    """A function that opens the page of support, waits, and sends it from a network."""

    def pressed(reference, network=NETWORKS[0], wait=10, times=1, headers=None, **more):
        address = f"/en/pitches/{reference}/support/"
        data = {"mark": mark_in(resident.get(address).text), **more}
        clock["now"] += timedelta(seconds=wait)
        for _ in range(times):
            answer = resident.post(
                address, data=data, headers=headers, environ_base={"REMOTE_ADDR": network}
            )
        return answer

    return pressed


@pytest.fixture
def rows(desk):
    """A function that counts what is kept."""

    def counted():
        with desk.app_context():
            return db.sessions().query(Support).count()

    return counted


def receipt_in(answer):
    return answer.location.split("/")[-2]


def test_the_page_of_a_pitch_leads_to_its_support_in_every_language(pitch, resident):
    for code in languages():
        page = resident.get(f"/{code}/pitches/{pitch[0]}/").text
        address = f"/{code}/pitches/{pitch[0]}/support/"
        assert f'href="{address}"' in page
        form = resident.get(address)
        assert form.status_code == 200
        assert "Set-Cookie" not in form.headers


def test_support_counts_once_however_often_it_is_sent_and_can_be_taken_back(
    pitch, press, resident, rows
):
    answer = press(pitch[0], times=3)
    assert answer.status_code == 303
    assert rows() == 1
    assert "Set-Cookie" not in answer.headers
    receipt = receipt_in(answer)
    page = resident.get(answer.location).text
    assert receipt in page
    entered = resident.post("/en/receipts/", data={"receipt": receipt.lower()})
    assert entered.location == f"/en/pitches/{pitch[0]}/support/{receipt}/"
    assert resident.post(entered.location).status_code == 303
    assert rows() == 0
    assert resident.get(entered.location).status_code == 404


def test_nothing_is_kept_but_a_mark_that_does_not_hold_the_receipt(pitch, press, desk):
    receipt = receipt_in(press(pitch[0]))
    with desk.app_context():
        (row,) = db.sessions().query(Support)
        kept = {column.name for column in Support.__table__.columns}
        assert kept == {"mark", "case_id"}
        assert receipt.encode() not in row.mark
        assert receipt.replace("-", "").encode() not in row.mark


def test_the_number_is_hidden_below_ten_and_then_a_multiple_of_five(pitch, press, desk, resident):
    def shown():
        desk.extensions["published"].look()
        return resident.get(f"/en/pitches/{pitch[0]}/").text

    for network in NETWORKS[:9]:
        last = press(pitch[0], network)
    assert "fewer than ten times" in shown()
    for network in NETWORKS[9:14]:
        last = press(pitch[0], network)
    assert "at least 10 times" in shown()
    kept = (desk.extensions["config"].instance / FILE).read_text("utf-8")
    assert '"support": 10' in kept
    press(pitch[0], NETWORKS[14])
    assert "at least 15 times" in shown()
    resident.post(last.location.partition("#")[0])
    assert "at least 10 times" in shown()


def test_what_everybody_reads_is_written_only_when_its_number_changes(pitch, press, monkeypatch):
    written = []
    monkeypatch.setattr("lamppost.pitches.support.write_shown", lambda *_: written.append(1))
    for network in NETWORKS[:9]:
        press(pitch[0], network)
    assert written == []
    press(pitch[0], NETWORKS[9])
    assert written == [1]


def test_a_network_that_presses_very_often_waits_until_tomorrow_for_this_pitch(
    pitch, press, clock, rows
):
    for _ in range(A_DAY):
        assert press(pitch[0]).status_code == 303
    answer = press(pitch[0])
    assert answer.status_code == 429
    assert "Try again tomorrow" in answer.text
    assert press(pitch[0], NETWORKS[1]).status_code == 303
    clock["now"] += timedelta(days=1)
    assert press(pitch[0]).status_code == 303
    assert rows() == A_DAY + 2


def test_a_network_that_many_share_may_support_ten_times_as_often(pitch, press, desk, monkeypatch):
    monkeypatch.setattr("lamppost.pitches.support.A_DAY", 1)
    shared = (ip_network("203.0.113.0/24"),)
    desk.extensions["config"] = replace(desk.extensions["config"], shared_networks=shared)
    for _ in range(SHARED_TIMES):
        assert press(pitch[0]).status_code == 303
    assert press(pitch[0]).status_code == 429


@pytest.mark.parametrize(
    ("more", "wait", "headers"),
    [
        ({}, 1, {}),
        ({}, 25 * 60 * 60, {}),
        ({"website": "http://spam.example"}, 10, {}),
        ({"mark": "made up"}, 10, {}),
        ({}, 10, {"Sec-Fetch-Site": "cross-site"}),
    ],
    ids=["too quick", "too late", "the trap", "not ours", "from another site"],
)
def test_what_does_not_come_from_a_person_at_our_page_is_not_counted(
    pitch, press, rows, more, wait, headers
):
    answer = press(pitch[0], wait=wait, headers=headers, **more)
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert rows() == 0


def test_the_mark_of_one_pitch_is_none_of_another(pitch, send, publish, desk, case_of, resident):
    other = send()
    publish(other)
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(other).reference
    mark = mark_in(resident.get(f"/en/pitches/{pitch[0]}/support/").text)
    answer = resident.post(f"/en/pitches/{reference}/support/", data={"mark": mark})
    assert answer.status_code == 422


@pytest.fixture
def other(send, publish, desk, case_of):
    """Another pitch that everybody can read; its reference, and the receipt of its writer."""
    receipt = send(title="Shade at stops")
    publish(receipt)
    desk.extensions["published"].look()
    with desk.app_context():
        return case_of(receipt).reference, receipt


def supporters(desk):
    """How many support each pitch, by its reference."""
    with desk.app_context():
        found = select(Case.reference).join(Support)
        return Counter(db.sessions().scalars(found))


def test_support_of_a_pitch_that_is_joined_to_another_counts_there_and_is_taken_back_there(
    pitch, other, press, act, desk, resident
):
    for network in NETWORKS[:6]:
        given = press(pitch[0], network).location.partition("#")[0]
    for network in NETWORKS[:4]:
        press(other[0], network)
    assert act("case_officer", pitch[1], "moves/merge", target=other[0]).status_code == 303
    assert supporters(desk) == {other[0]: 10}
    desk.extensions["published"].look()
    assert "at least 10 times" in resident.get(f"/en/pitches/{other[0]}/").text
    leads = f'href="/en/pitches/{other[0]}/">{other[0]}</a>'
    assert leads in resident.get(f"/en/pitches/{pitch[0]}/").text
    moved = resident.get(given)
    receipt = given.split("/")[-2]
    assert moved.location == f"/en/pitches/{other[0]}/support/{receipt}/"
    assert resident.post(moved.location).status_code == 303
    assert supporters(desk) == {other[0]: 9}
    assert resident.get(given).status_code == 404


@pytest.mark.parametrize("state", ["solicitation", "closed"])
def test_a_pitch_of_which_nothing_changes_any_more_gets_no_support_of_another(
    pitch, other, press, act, desk, case_of, state
):
    press(pitch[0])
    with desk.app_context():
        case_of(other[1]).state = state
        db.sessions().commit()
    assert act("case_officer", pitch[1], "moves/merge", target=other[0]).status_code == 303
    assert supporters(desk) == {pitch[0]: 1}


def test_the_page_of_a_pitch_tells_of_none_to_which_it_was_joined_that_nobody_may_read(
    pitch, other, act, desk, resident
):
    act("case_officer", pitch[1], "moves/merge", target=other[0])
    resident.post(f"/en/receipts/{other[1]}/erase/", data={})
    desk.extensions["published"].look()
    page = resident.get(f"/en/pitches/{pitch[0]}/").text
    assert "In short" in page
    assert other[0] not in page


@pytest.mark.parametrize("how", ["withdraw", "erase", "junk"])
def test_a_pitch_that_is_gone_keeps_no_support(pitch, press, act, resident, rows, how):
    press(pitch[0])
    if how == "junk":
        act("case_officer", pitch[1], "moves/junk")
    else:
        resident.post(f"/en/receipts/{pitch[1]}/{how}/", data={})
    assert rows() == 0


def test_what_cannot_be_read_cannot_be_supported(send, resident, desk, case_of):
    receipt = send()
    with desk.app_context():
        reference = case_of(receipt).reference
    assert resident.get(f"/en/pitches/{reference}/support/").status_code == 404
    assert resident.post(f"/en/pitches/{reference}/support/").status_code == 404


def test_nobody_supports_or_takes_back_during_a_competition(
    pitch, press, desk, case_of, resident, rows
):
    given = press(pitch[0]).location.partition("#")[0]
    mark = mark_in(resident.get(f"/en/pitches/{pitch[0]}/support/").text)
    with desk.app_context():
        from lamppost.cases.shown import write_shown  # noqa: PLC0415

        case_of(pitch[1]).state = "solicitation"
        db.sessions().commit()
        config = desk.extensions["config"]
        write_shown(config, desk.extensions["published"].content.settings.promise)
    desk.extensions["published"].look()
    page = resident.get(f"/en/pitches/{pitch[0]}/").text
    assert "Support this pitch" not in page
    assert "fewer than ten times" in page
    answer = resident.post(f"/en/pitches/{pitch[0]}/support/", data={"mark": mark})
    assert answer.status_code == 409
    assert "Support is closed" in answer.text
    assert resident.post(given).status_code == 409
    assert rows() == 1


def test_support_of_what_its_writer_erases_goes_with_it(pitch, press, resident, rows):
    press(pitch[0])
    resident.post(f"/en/receipts/{pitch[1]}/erase/", data={})
    assert rows() == 0
