"""What tests of vendor assessments share: a vendor who answers, and people at the desk."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import db
from lamppost.cases.models import Case

from .. import writers
from ..cases.conftest import mailbox
from ..writers import Clock, clock, resident

__all__ = ["clock", "mailbox", "resident"]

NEW = "/en/vendor-assessments/new/"
COUNTERS = "eco-totem-counter"
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
    "Jggg=="
)
TYPED: dict[str, Any] = {
    "company": "Acme Sensors",
    "product": "Counter 3000",
    "technology": COUNTERS,
    "contact.email": "office@acme.example",
    "data_types": ["local__count", "other"],
    "data_types.other": "Weather",
    "data_words": "Counts per hour. SECRETWORD",
    "identifiability": "none",
    "cleaned": "on_device",
    "storage_where": "stored_on_3rd_party_cloud",
    "storage_country": "US, CA",
    "access_who": ["city", "available_to_vendor"],
    "access_words": "Two engineers mend it.",
    "recipients": "A hosting company, by contract.",
    "sells": "no",
    "retention_days": "30",
    "encrypted_moving": "all",
    "encrypted_stored": "all",
    "incident_hours": "24",
    "uses_ai": "no",
    "accurate": "yes",
    "public_answers": "yes",
    "public_records": "yes",
}
"""The answers of a vendor, by the names of the inputs."""


@pytest.fixture
def typed(evidence: tuple[io.BytesIO, str]) -> dict[str, Any]:
    """The answers of a vendor, by the names of the inputs, and a file."""
    return {**TYPED, "evidence": evidence}


@pytest.fixture
def vendor(resident: FlaskClient) -> FlaskClient:
    """Who answers for a product, without an account."""
    return resident


@pytest.fixture
def read(desk: Flask, vendor: FlaskClient) -> Callable[[str], str]:
    """A function that gives a public page as it is now."""

    def page(address: str) -> str:
        desk.extensions["published"].look()
        return vendor.get(address).text

    return page


@pytest.fixture
def go_on(vendor: FlaskClient, clock: Clock) -> Callable[..., str]:
    """A function that answers from a section on and sends; the receipt."""

    def gone(address: str, **typed: Any) -> str:
        return writers.send_from(vendor, writers.fill_in(vendor, address, typed), clock)

    return gone


@pytest.fixture
def send(vendor: FlaskClient, go_on: Callable[..., str]) -> Callable[..., str]:
    """A function that sends an assessment, page by page; its receipt."""

    def sent(**typed: Any) -> str:
        return go_on(writers.begin(vendor, NEW), **{**TYPED, **typed})

    return sent


@pytest.fixture
def case() -> Callable[[], Case]:
    """A function that gives the newest case; in an application context."""

    def found() -> Case:
        session = db.sessions()
        session.expire_all()
        cases = session.query(Case).filter_by(kind="assessment").all()
        return max(cases, key=lambda one: (one.received_on, one.state == "submitted"))

    return found


@pytest.fixture
def act(desk: Flask, sign_in: Any, case: Callable[[], Case]) -> Callable[..., Any]:
    """A function that does something with the newest case, as somebody of a role."""

    def acted(role: str, where: str, email: str = "", **data: Any) -> Any:
        client = sign_in(role, email=email)
        with desk.app_context():
            found = case()
            reference, seen = found.reference, found.version
        address = f"/en/desk/{where.replace('*', reference)}/"
        return client.post(address, data={"seen": seen, **data})

    return acted


@pytest.fixture
def findings(desk: Flask) -> dict[str, str]:
    """What a reviewer finds in each section."""
    with desk.app_context():
        form = desk.extensions["published"].content.forms["vendor-assessment"]
        keys = [section.questions[0].key for section in form.sections]
    return {f"verdict_{key}": "enough" for key in keys} | {f"words_{keys[0]}": "FOUNDWORD"}


@pytest.fixture
def decide(act: Callable[..., Any], findings: dict[str, str]) -> Callable[..., Any]:
    """A function by which one reviews and another decides."""

    def decided(how: str = "accept", **said: str) -> Any:
        act("case_officer", "cases/*/moves/start")
        assert act("case_officer", "assessments/*", do="recommend", **findings).status_code == 303
        answer = act("decider", f"cases/*/moves/{how}", **said)
        assert answer.status_code == 303, answer.text
        return answer

    return decided


@pytest.fixture
def evidence() -> tuple[io.BytesIO, str]:
    """A picture as a browser sends one."""
    return io.BytesIO(base64.b64decode(PICTURE)), "proof.png"
