"""What tests of concerns share: a site that takes them, and somebody who sends one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lamppost import db
from lamppost.cases.models import Case
from lamppost.i18n import languages

from .. import writers
from ..writers import Clock, clock, resident

__all__ = ["clock", "resident"]

LENS = "police-plate-readers"


class Sent(NamedTuple):
    """A concern that was sent: its receipt and its reference."""

    receipt: str
    reference: str


@pytest.fixture
def send(desk: Flask, resident: FlaskClient, clock: Clock) -> Callable[..., Sent]:
    """A function that sends a concern, page by page."""

    def sent(language: str = "en", about: str = "", **answers: str) -> Sent:
        typed = {
            "worry": "It looks into my window.",
            "may_publish": "words",
            "category": "how_it_is_used",
            **answers,
        }
        start = f"/{language}/concerns/new/"
        known = dict(re.findall(r'type="hidden" name="(technology|device|place)" value="([^"]+)"',
                                resident.get(start + about).text))  # fmt: skip
        first = writers.begin(resident, start, **known)
        check = writers.fill_in(resident, first, known | typed)
        receipt = writers.send_from(resident, check, clock)
        with desk.app_context():
            session = db.sessions()
            newest = session.query(Case).all()
            (case,) = [c for c in newest if c.reference not in known_before]
            known_before.add(case.reference)
            return Sent(receipt, case.reference)

    known_before: set[str] = set()
    return sent


def case_of(sent: Sent) -> Case:
    """The case of a concern, read anew."""
    session = db.sessions()
    session.expire_all()
    return session.query(Case).filter_by(reference=sent.reference).one()


@pytest.fixture
def act(desk, sign_in):
    """A function that does something with a case at the desk, as somebody of a role."""

    def acted(role, sent, where, email="", **data):
        client = sign_in(role, email=email)
        with desk.app_context():
            seen = case_of(sent).version
        address = f"/en/desk/cases/{sent.reference}/{where}/"
        answer = client.post(address, data={"seen": seen, **data})
        assert answer.status_code in (200, 303, 403, 404, 409, 422), answer.status
        return answer

    return acted


@pytest.fixture
def texts():
    """What a moderator writes: a summary and an answer in every language."""
    typed = {f"summary_{code}": f"A summary ({code})" for code in languages()}
    typed |= {f"answer_{code}": f"The answer ({code})" for code in languages()}
    return typed | {f"made_{code}": "machine" for code in languages() if code != "en"}


@pytest.fixture
def published(send, act, texts):
    """A function that sends a concern in Khmer, answers and publishes it."""

    def made(about=f"technologies/{LENS}/", **answers):
        sent = send("km", about, **answers)
        act("case_officer", sent, "moves/start")
        said = {"message": "We turned it.", "translated": "យើងបានបង្វែរវា។", "made": "machine"}
        assert (
            act("case_officer", sent, "moves/answer", outcome="changed", **said).status_code == 303
        )
        texts["made_en"] = ""
        texts["cut_for"] = "about_a_person"
        texts["words_km"] = "វាមើលចូល [[ផ្ទះលេខ 5]] របស់ខ្ញុំ។"
        assert act("moderator", sent, "public", **texts).status_code == 303
        assert act("moderator", sent, "publish", email="other@staff.example").status_code == 303
        return sent

    return made
