"""What tests of pitches share: a site that takes them, and somebody who sends one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import db
from lamppost.answering.unsent import mark_of
from lamppost.cases.models import Case
from lamppost.i18n import languages

MOMENT = datetime(2026, 11, 26, 12, tzinfo=UTC)
RESIDENT = {
    "title": "Cooler stops",
    "summary": "Count who waits at a bus stop in the heat.",
    "principles": "equity",
    "areas": "climate",
    "place": "district-1",
    "senses_people": "yes",
    "purpose_words": "To know where shade is needed.",
    "data_types": "local__count",
    "identifiability": "none",
    "retention_words": "One month",
    "may_publish": "words",
    "no_contract": "yes",
    "public_records": "yes",
}
COMPANY = RESIDENT | {
    "company": "Sample Shade Works",
    "contact.email": "pitch@sample.example",
    "conflict": "no",
}


@pytest.fixture
def clock(desk: Flask) -> dict[str, datetime]:
    """The time of the site, to be moved."""
    moment = {"now": MOMENT}
    desk.extensions["clock"] = lambda: moment["now"]
    return moment


def mark_in(page: str) -> str:
    """The signed mark of a form in a page."""
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found, page
    return found[1]


@pytest.fixture
def resident(desk: Flask) -> FlaskClient:
    """Somebody without an account."""
    return desk.test_client()


def fill_in(client: FlaskClient, address: str, typed: dict[str, str]) -> str:
    """Go from a page of the form to its check page; the address of that."""
    while "/check/" not in address:
        page = client.get(address).text
        asked = re.search(r'name="shown" value="([^"]*)"', page)
        assert asked, page
        keys = asked[1].split()
        here = {name: words for name, words in typed.items() if name.split(".")[0] in keys}
        data = {"mark": mark_in(page), "shown": asked[1], "go": "next", **here}
        answer = client.post(address, data=data)
        assert answer.status_code == 303, answer.text
        address = answer.location.partition("#")[0]
    return address


@pytest.fixture
def begin(resident: FlaskClient) -> Callable[..., str]:
    """A function that fills in a pitch; the address of the page where it is checked."""

    def begun(language: str = "en", who: str = "residents", **answers: str) -> str:
        typed = (RESIDENT if who == "residents" else COMPANY) | answers
        start = f"/{language}/pitches/new/{who}/"
        answer = resident.post(start, data={"mark": mark_in(resident.get(start).text)})
        return fill_in(resident, answer.location.partition("#")[0], typed)

    return begun


@pytest.fixture
def send(
    begin: Callable[..., str], resident: FlaskClient, clock: dict[str, datetime]
) -> Callable[..., str]:
    """A function that sends a pitch; its receipt."""

    def sent(language: str = "en", who: str = "residents", **answers: str) -> str:
        check = begin(language, who, **answers)
        clock["now"] += timedelta(seconds=10)
        answer = resident.post(check, data={"mark": mark_in(resident.get(check).text)})
        assert answer.status_code == 303, answer.text
        return str(answer.location.split("/")[-3])

    return sent


@pytest.fixture
def case_of() -> Callable[[str], Case]:
    """A function that gives the case of a receipt, as it stands now."""

    def found(receipt: str) -> Case:
        session = db.sessions()
        session.expire_all()
        return session.query(Case).filter_by(receipt=mark_of(receipt)).one()

    return found


@pytest.fixture
def act(desk: Flask, sign_in: Any, case_of: Callable[[str], Case]) -> Callable[..., Any]:
    """A function that does something with a pitch at the desk, as somebody of a role."""

    def acted(role: str, receipt: str, where: str, email: str = "", **data: Any) -> Any:
        client = sign_in(role, email=email)
        with desk.app_context():
            case = case_of(receipt)
            address, seen = f"/en/desk/cases/{case.reference}/{where}/", case.version
        return client.post(address, data={"seen": seen, **data})

    return acted


@pytest.fixture
def publish(act: Callable[..., Any]) -> Callable[..., None]:
    """A function that lets a pitch be read by everybody."""

    def published(receipt: str, **more: str) -> None:
        texts = {f"summary_{code}": f"Cooler bus stops ({code})" for code in languages()}
        texts |= {f"answer_{code}": f"The reasons ({code})" for code in languages()}
        texts |= {f"made_{code}": "machine" for code in languages() if code != "en"}
        texts |= {"words_en": "Count who waits.", **more}
        assert act("moderator", receipt, "public", **texts).status_code == 303
        other = act("moderator", receipt, "publish", email="second@staff.example")
        assert other.status_code == 303

    return published
