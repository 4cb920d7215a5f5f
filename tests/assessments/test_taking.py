"""What a vendor has answered taken into a technology: seen, ticked, edited, saved, read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from lamppost import db
from lamppost.assessments.filled import PUBLIC
from lamppost.cases.models import Case
from lamppost.i18n import languages
from lamppost.record import yaml_value
from lamppost.staff.audit import entries

from .. import writers
from .conftest import COUNTERS, NEW, TYPED

BOTH = ("author", "case_officer")
FILE = "content/registry/technologies/{}.yaml"


@pytest.fixture
def take(desk: Flask, case: Callable[[], Case]) -> Callable[[str], str]:
    """A function that gives the address where the newest assessment is taken into a technology."""

    def address(technology: str = "") -> str:
        with desk.app_context():
            reference = case().reference
        return f"/en/desk/assessments/{reference}/take/{technology and technology + '/'}"

    return address


def sent_by(page: str) -> dict[str, Any]:
    """What a browser would send of the form on a page of the desk, but for its buttons."""
    form = BeautifulSoup(page, "html.parser").find("form", method="post", enctype=True)
    assert form, page
    data: dict[str, Any] = {}
    for one in form.select("input, select, textarea"):
        name, is_box = one.get("name"), one.get("type") in ("checkbox", "radio")
        if not name or (is_box and not one.has_attr("checked")):
            continue
        if one.name == "select":
            chosen = one.find("option", selected=True) or one.find("option")
            value = chosen["value"] if chosen else ""
        else:
            value = one.text.removeprefix("\n") if one.name == "textarea" else one.get("value", "")
        data.setdefault(name, []).append(value)
    return data


def saved(client: FlaskClient, address: str, **typed: str) -> None:
    """Open the form, look at the change, and save it."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    preview = client.post(address, data={**sent_by(page.text), "do": "preview", **typed})
    assert preview.status_code == 200, preview.text
    answer = client.post(address, data={**sent_by(preview.text), "do": "save"})
    assert answer.status_code == 303, answer.text


def entry(desk: Flask, technology: str) -> dict[str, Any]:
    """What the file of a technology says."""
    path = desk.extensions["config"].record / FILE.format(technology)
    return dict(yaml_value(path.read_text("utf-8")))


def test_gaps_are_filled_with_what_the_vendor_states_and_what_the_city_states_stays(
    desk, send, decide, case, sign_in, take, read
):
    send()
    decide()
    client = sign_in(*BOTH)
    before = entry(desk, COUNTERS)
    page = client.get(take(COUNTERS)).text
    ticked = re.findall(r'name="group" value="(\w+)" checked', page)
    assert ticked == ["identifiability", "storage", "access", "recipients", "retention"]
    assert 'name="group" value="data">' in page
    assert "SECRETWORD" not in page
    assert "Two engineers" not in page
    address = f"{take(COUNTERS)}edit/?" + "&".join(f"group={name}" for name in ticked)
    saved(client, address)
    after = entry(desk, COUNTERS)
    assert after["retention"]["items"][0]["duration"] == "P30D"
    assert [one["country"] for one in after["storage"]["items"]] == ["US", "CA"]
    assert after["recipients"]["note"]["en"] == "A hosting company, by contract."
    assert {after[name]["grade"] for name in ticked} == {"stated_by_vendor"}
    assert {str(after[name]["verify_by"]) for name in ticked} == {"2027-11-22"}
    assert all(after[name] == before[name] for name in before if name not in ticked)
    public = read(f"/en/technologies/{COUNTERS}/")
    assert "Stated by the vendor" in public
    assert "as the vendor says, not the City" in public
    assert "SECRETWORD" not in public
    with desk.app_context():
        found = case()
        assert ("led", COUNTERS) in [(link.kind, link.target) for link in found.links]
        assert ("take case", found.reference) in [(one.deed, one.what) for one in entries()]
        note = desk.extensions["published"].content.changes[0].note
        assert note.startswith("Took over what the vendor of Counter 3000 states")
        assert found.reference in note


def test_a_new_technology_begins_with_it_and_stands_with_the_assessment(
    desk, send, decide, sign_in, take, read
):
    send(technology="-")
    decide()
    client = sign_in(*BOTH)
    address = f"{take('new')}edit/?group=data&group=retention"
    page = client.get(address).text
    assert "Counter 3000" in page
    assert client.post(address, data={**sent_by(page), "do": "preview"}).status_code == 422
    saved(client, address, **{"new-id": "counter-3000", "summary.en": "It counts who passes."})
    made = entry(desk, "counter-3000")
    assert (made["status"], made["data"]["items"]) == ("proposed", [{"type": "local__count"}])
    assert made["data"]["note"]["en"] == "Weather"
    assert "Counter 3000" in read("/en/technologies/counter-3000/").partition("assessment")[2]


def test_what_the_city_states_is_replaced_only_where_that_is_ticked(
    desk, send, decide, sign_in, take
):
    send()
    decide()
    saved(sign_in(*BOTH), f"{take(COUNTERS)}edit/?group=data")
    data = entry(desk, COUNTERS)["data"]
    assert "sources" not in data
    assert (data["grade"], data["note"]["en"]) == ("stated_by_vendor", "Weather")


def test_what_names_nothing_of_the_record_stands_in_a_note_and_needs_an_english_text(
    desk, vendor, go_on, decide, sign_in, take
):
    typed = {
        **TYPED, "storage_country": "Estados Unidos", "storage_provider": "city of long beach",
        "recipients": "", "retention_days": "0",
    }  # fmt: skip
    go_on(writers.begin(vendor, NEW.replace("/en/", "/es/")), **typed)
    decide()
    client = sign_in(*BOTH)
    page = client.get(take(COUNTERS)).text
    assert 'value="recipients"' not in page
    address = f"{take(COUNTERS)}edit/?group=storage&group=retention"
    form = sent_by(client.get(address).text)
    assert client.post(address, data={**form, "do": "preview"}).status_code == 422
    saved(client, address, **{"storage.note.en": "United States"})
    made = entry(desk, COUNTERS)
    assert made["storage"]["items"] == [{"where": "stored_on_3rd_party_cloud", "provider": "city"}]
    assert made["storage"]["note"]["es"] == "Estados Unidos"
    assert made["retention"]["items"][0]["duration"] == "none"


def test_only_who_may_read_assessments_and_edit_the_record_takes_answers(
    send, decide, sign_in, take
):
    send()
    decide()
    review = take().removesuffix("take/")
    for roles in (["author"], ["case_officer"], ["decider"]):
        assert sign_in(*roles).get(take(COUNTERS)).status_code == 403
        assert "take/" not in sign_in(*roles).get(review).text
    assert take() in sign_in(*BOTH).get(review).text


def test_nothing_is_taken_from_what_was_not_accepted(send, decide, sign_in, take):
    send()
    for step in (lambda: None, lambda: decide("refuse", message="Too little.")):
        step()
        assert sign_in(*BOTH).get(take(COUNTERS)).status_code == 404


def test_nothing_is_taken_where_the_vendor_was_not_asked(desk, send, decide, case, sign_in, take):
    send()
    with desk.app_context():
        found = case()
        found.answers = {k: v for k, v in found.answers.items() if k != "public_answers"}
        db.sessions().commit()
    decide()
    assert sign_in(*BOTH).get(take()).status_code == 404


def test_the_form_says_of_each_answer_that_it_may_become_public_and_of_no_other(desk, vendor):
    with desk.app_context():
        form = desk.extensions["published"].content.forms["vendor-assessment"]
        questions = [one for section in form.sections for one in section.questions]
        says = {
            one.key for one in questions if one.hint and "public if" in one.hint.languages["en"]
        }
        assert says == set(PUBLIC)
    start = {code: vendor.get(NEW.replace("/en/", f"/{code}/")).text for code in languages()}
    assert all(page.count("<li>") > len(PUBLIC) for page in start.values())
    assert "Who can see the data?" in start["en"]
