"""What a pitch said before its writer revised it: kept for the desk, and told to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from lamppost import db
from lamppost.apart import contacts
from lamppost.cases import notices, retention
from lamppost.cases.models import ClearedFile, Revision
from lamppost.i18n import languages

from .. import writers
from ..writers import mark_in


@pytest.fixture
def revise(act, resident, clock):
    """A function that gives a pitch back, and sends it anew with other answers."""

    def revised(receipt, section, in_spanish="", **answers):
        said = {"message": "Why?"}
        said |= {"translated": in_spanish, "made": "machine"} if in_spanish else {}
        assert act("case_officer", receipt, "moves/return", **said).status_code == 303
        check = resident.post(f"/en/pitches/revise/{receipt}/").location
        for number, typed in (
            (section, answers),
            ("4", {"no_contract": "yes", "public_records": "yes"}),
        ):
            address = check.replace("/check/", f"/{number}/")
            shown = {name.partition(".")[0] for name in typed}
            data = {"mark": mark_in(resident.get(address).text), "go": "next"}
            resident.post(address, data=data | {"shown": " ".join(shown)} | typed)
        assert writers.send_from(resident, check, clock) == receipt

    return revised


@pytest.fixture
def rows(desk):
    """A function that counts the versions that are kept."""

    def counted():
        with desk.app_context():
            return db.sessions().query(Revision).count()

    return counted


@pytest.fixture
def versions(desk, case_of, sign_in):
    """A function that opens the page of the earlier versions at the desk."""

    def page(receipt, role="case_officer", language="en"):
        with desk.app_context():
            reference = case_of(receipt).reference
        return sign_in(role).get(f"/{language}/desk/cases/{reference}/versions/")

    return page


def test_each_earlier_version_is_read_at_the_desk_with_its_differences_in_words(
    send, revise, versions, sign_in, case_of, desk
):
    receipt = send()
    with desk.app_context():
        address = f"/en/desk/cases/{case_of(receipt).reference}/"
    assert "Earlier versions" not in sign_in("case_officer").get(address).text
    revise(receipt, "1", summary="Count who waits at a bus stop in the rain.")
    revise(receipt, "2", senses_people="no")
    assert "Earlier versions" in sign_in("case_officer").get(address).text
    page = versions(receipt).text
    second, first = page.split("Version 1, sent on")
    assert "Count who waits at a bus stop in the <del>heat.</del><ins>rain.</ins>" in first
    assert "Count who waits at a bus stop in the heat." in first
    assert "<del>Yes</del><ins>No</ins>" in second
    assert "<del>heat." not in second
    assert "<del>One month</del>" in second  # is not asked any more
    assert "<del>Sí</del><ins>No</ins>" in versions(receipt, language="es").text
    assert versions(receipt, "author").status_code == 403


def test_an_earlier_version_keeps_the_language_in_which_it_was_written(
    send, revise, resident, versions
):
    receipt = send(language="es", summary="Contar quién espera con calor en la parada.")
    revise(receipt, "1", in_spanish="¿Por qué?", summary="Count who waits in the heat.")
    page = BeautifulSoup(versions(receipt).text, "html.parser").find("main")
    changed = page.find("p", class_="difference")
    assert changed.get("lang", "en") == "en"
    assert {one["lang"] for one in changed.find_all("del")} == {"es"}
    assert all(not one.get("lang") for one in changed.find_all("ins"))
    (whole,) = [one for one in page.find_all("dd") if "Contar quién espera" in one.text]
    assert whole["lang"] == "es"
    data = resident.get(f"/en/receipts/{receipt}/data.json").json
    assert (data["language"], data["earlier_answers"][0]["language"]) == ("en", "es")


def test_the_public_timeline_says_that_it_was_revised(
    send, revise, act, publish, resident, desk, case_of
):
    receipt = send()
    revise(receipt, "1", title="Cooler stops in the rain")
    act("case_officer", receipt, "moves/screen")
    publish(receipt)
    desk.extensions["published"].look()
    with desk.app_context():
        reference = case_of(receipt).reference
    page = resident.get(f"/en/pitches/{reference}/").text
    steps = page[page.index("Each step of its way") :]
    assert steps.count("revised by who wrote it") == 1
    assert steps.index("Given back") < steps.index("Submitted (revised by who wrote it)")
    assert "Cooler stops" not in page
    told = {code: resident.get(f"/{code}/pitches/{reference}/").text for code in languages()}
    assert "revisada por quien la escribió" in told["es"]
    data = resident.get(f"/en/receipts/{receipt}/data.json").json
    assert [one["answers"]["title"] for one in data["earlier_answers"]] == ["Cooler stops"]


def test_what_was_cleared_of_an_earlier_version_is_cleared_no_more(
    send, revise, act, desk, case_of
):
    receipt = send()
    act("case_officer", receipt, "moves/screen")
    with desk.app_context():
        case = case_of(receipt)
        who = case.steps[-1].staff_id
        cleared = ClearedFile(attachment_id=b"a" * 16, boxes=[], alt={}, cleared_by=who)
        case.files.append(cleared)
        db.sessions().commit()
    revise(receipt, "1", title="Other")
    with desk.app_context():
        assert case_of(receipt).files == []


@pytest.mark.parametrize("held", ["", "A proceeding"])
def test_a_new_way_to_reach_somebody_takes_the_place_of_the_old_unless_that_is_held(
    held, send, revise, desk, case_of
):
    mail = {
        "smtp": "smtp://127.0.0.1:25", "mail_from": "lamppost@city.example",
        "live_url": "https://live.example",
    }  # fmt: skip
    desk.extensions["config"] = replace(desk.extensions["config"], **mail)
    receipt = send(**{"contact.email": "pitch@sample.example"})
    with desk.app_context():
        case = case_of(receipt)
        retention.hold(case, held, seen=case.version)
        db.sessions().commit()
    revise(receipt, "4", **{"contact.email": "new@sample.example"})
    with desk.app_context():
        ways = contacts.ways_to(notices.subject_of(case_of(receipt)))
        told = {(way.value, way.stopped) for way in ways}
    old = {("pitch@sample.example", True)} if held else set()
    assert told == {("new@sample.example", False)} | old


@pytest.mark.parametrize("how", ["erased", "past its time"])
def test_earlier_versions_go_with_what_was_written(send, revise, act, resident, rows, desk, how):
    receipt = send()
    revise(receipt, "1", title="Other")
    assert rows() == 1
    if how == "erased":
        resident.post(f"/en/receipts/{receipt}/erase/", data={})
    else:
        act("case_officer", receipt, "moves/junk")
        with desk.app_context():
            today = desk.extensions["published"].content.as_of
            assert retention.strip_all(today + timedelta(days=1000)) == 1
    assert rows() == 0


def test_the_draft_of_what_was_put_away_meanwhile_leads_to_its_page(
    send, open_again, act, resident
):
    receipt = send()
    check = open_again(receipt)
    act("case_officer", receipt, "moves/junk")
    page = resident.get(check, follow_redirects=True)
    assert page.request.path == f"/en/receipts/{receipt}/"
    assert "Junk" in page.text


@pytest.mark.parametrize("how", ["withdraw", "erase"])
def test_what_was_being_revised_goes_with_what_is_taken_back(how, send, act, resident):
    receipt = send()
    assert act("case_officer", receipt, "moves/return", message="Why?").status_code == 303
    check = resident.post(f"/en/pitches/revise/{receipt}/").location
    assert "Count who waits" in resident.get(check).text
    assert resident.post(f"/en/receipts/{receipt}/{how}/", data={}).status_code in (200, 303)
    after = resident.get(check, follow_redirects=True)
    assert after.request.path == f"/en/receipts/{receipt}/"
    assert "Continue" not in after.text
