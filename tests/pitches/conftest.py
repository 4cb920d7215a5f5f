"""What tests of pitches share: a site that takes them, and somebody who sends one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import db
from lamppost.answering.unsent import mark_of
from lamppost.cases.models import Case
from lamppost.i18n import languages

from .. import writers
from ..writers import Clock, clock, resident

__all__ = ["clock", "resident"]

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
ENTRY = {"id": "stop-counter", "title": "Stop counter", "summary": "Counts who waits."}
CRITERIA = ["need", "fairness", "privacy"]
ONE, OTHER = "one@staff.example", "other@staff.example"
REASONS = {f"reason_{name}_en": f"Because of {name}." for name in CRITERIA} | {"no_interest": "y"}


@pytest.fixture
def begin(resident: FlaskClient) -> Callable[..., str]:
    """A function that fills in a pitch; the address of the page where it is checked."""

    def begun(language: str = "en", who: str = "residents", **answers: str) -> str:
        typed = (RESIDENT if who == "residents" else COMPANY) | answers
        first = writers.begin(resident, f"/{language}/pitches/new/{who}/")
        return writers.fill_in(resident, first, typed)

    return begun


@pytest.fixture
def send(begin: Callable[..., str], resident: FlaskClient, clock: Clock) -> Callable[..., str]:
    """A function that sends a pitch; its receipt."""

    def sent(language: str = "en", who: str = "residents", **answers: str) -> str:
        return writers.send_from(resident, begin(language, who, **answers), clock)

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


@pytest.fixture
def state(desk: Flask, case_of: Callable[[str], Case]) -> Callable[[str], str]:
    """A function that gives the state of a pitch."""

    def now(receipt: str) -> str:
        with desk.app_context():
            return case_of(receipt).state

    return now


@pytest.fixture
def post(desk: Flask, sign_in: Any, case_of: Callable[[str], Case]) -> Callable[..., Any]:
    """A function that sends a form of a pitch's own pages at the desk."""

    def posted(role: str, receipt: str, where: str, email: str = "", **data: Any) -> Any:
        client = sign_in(role, email=email)
        with desk.app_context():
            case = case_of(receipt)
            address, seen = f"/en/desk/pitches/{case.reference}/{where}/", case.version
        return client.post(address, data={"seen": seen, **data})

    return posted


@pytest.fixture
def weighed(
    send: Callable[..., str], act: Callable[..., Any], post: Callable[..., Any]
) -> Callable[..., str]:
    """A function that sends a pitch and brings it to where it can be weighed."""

    def made(language: str = "en", **answers: Any) -> str:
        receipt = send(language, **answers)
        act("case_officer", receipt, "moves/screen")
        assert post("case_officer", receipt, "begin/evaluate", criteria=CRITERIA).status_code == 303
        return receipt

    return made


@pytest.fixture
def weigh(post: Callable[..., Any]) -> Callable[..., Any]:
    """A function by which somebody tells of no interest and gives points."""

    def done(receipt: str, email: str) -> Any:
        post("evaluator", receipt, "weigh", email, interest="no")
        points = {f"points_{name}": "4" for name in CRITERIA}
        notes = {f"note_{name}": "SECRETNOTE" for name in CRITERIA}
        return post("evaluator", receipt, "weigh", email, **points, **notes)

    return done


@pytest.fixture
def decide(post: Callable[..., Any]) -> Callable[..., Any]:
    """A function by which a decider decides."""

    def done(
        receipt: str, name: str = "forward", role: str = "decider", email: str = "", **more: Any
    ) -> Any:
        return post(role, receipt, f"decide/{name}", email, **(REASONS | more))

    return done


@pytest.fixture
def forward(
    weighed: Callable[..., str], weigh: Callable[..., Any], decide: Callable[..., Any],
    publish: Callable[..., None],
) -> str:  # fmt: skip
    """A pitch that is to be taken forward, and can be read."""
    receipt = weighed()
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    decide(receipt)
    publish(receipt)
    return receipt


@pytest.fixture
def solicited(forward: str, act: Callable[..., Any]) -> str:
    """A pitch whose competition is open."""
    act("procurement", forward, "moves/scan", notice="RFI 7")
    act("procurement", forward, "moves/solicit", notice="RFP 8")
    return forward


@pytest.fixture
def open_again(act: Callable[..., Any], resident: FlaskClient) -> Callable[[str], str]:
    """A function that gives a pitch back and opens its answers; where they are checked."""

    def opened(receipt: str) -> str:
        assert act("case_officer", receipt, "moves/return", message="Why?").status_code == 303
        return str(resident.post(f"/en/pitches/revise/{receipt}/").location)

    return opened


@pytest.fixture
def answer(resident: FlaskClient) -> Callable[..., Any]:
    """A function that answers some questions on a page of a draft."""

    def answered(check: str, number: str, **typed: Any) -> Any:
        address = check.replace("/check/", f"/{number}/")
        data = {"mark": writers.mark_in(resident.get(address).text), "go": "next", **typed}
        data["shown"] = " ".join({name.partition(".")[0] for name in typed})
        return resident.post(address, data=data, content_type="multipart/form-data")

    return answered


CONSENTS = {"no_contract": "yes", "public_records": "yes"}
