"""The desk's pages of concerns, pitches and assessments in a browser: no check finds anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

import checks
from lamppost import db
from lamppost.cases.models import Case, Revision
from lamppost.pitches.models import Weighed

from .. import writers
from ..assessments.conftest import TYPED
from ..pitches.conftest import COMPANY, RESIDENT
from .test_desk import ALL, NOT_HERE, open_at_desk

__all__ = ["open_at_desk"]

CONCERN = {
    "category": "how_it_is_used", "worry": "វាមើលចូលបង្អួច។", "may_publish": "words",
}  # fmt: skip
CRITERIA = ("need", "fairness", "privacy")
POINTS = {f"points_{name}": "4" for name in CRITERIA}


@pytest.fixture
def send(desk: Flask) -> Callable[..., str]:
    """A function that sends something and brings it to a state; its reference."""
    clock, known = {"now": writers.MOMENT}, set[str]()
    desk.extensions["clock"] = lambda: clock["now"]
    writer = desk.test_client()

    def sent(state: str, start: str, typed: dict[str, Any], **about: str) -> str:
        check = writers.fill_in(writer, writers.begin(writer, start, **about), typed)
        writers.send_from(writer, check, clock)
        with desk.app_context():
            session = db.sessions()
            (case,) = [c for c in session.query(Case) if c.reference not in known]
            known.add(case.reference)
            case.state = state
            if case.kind == "pitch":
                before = case.answers | {"summary": "Count who waits.", "problem": "It is hot."}
                case.revisions.append(
                    Revision(number=1, on=case.received_on, language="es", answers=before)
                )
                session.add_all(Weighed(case_id=case.id, criterion=one) for one in CRITERIA)
            session.commit()
            return str(case.reference)

    return sent


@pytest.fixture
def pages(desk: Flask, send: Callable[..., str], sign_in: Any) -> list[str]:
    """The addresses below the desk, each of a case in the state that the page is for."""
    about = {"technology": "police-plate-readers"}
    concern = send("received", "/km/concerns/new/", CONCERN | about, **about)

    def pitch(state: str, who: str = "residents", language: str = "en") -> str:
        typed = COMPANY if who == "companies" else RESIDENT
        return send(state, f"/{language}/pitches/new/{who}/", typed)

    screened, piloted = pitch("screening", "companies"), pitch("solicitation")
    weighed, declared = pitch("evaluation", language="km"), pitch("evaluation")
    mine, others = sign_in(*ALL), [sign_in("evaluator", email=f"{n}@city.example") for n in "ab"]
    mine.post(f"/en/desk/pitches/{declared}/weigh/", data={"interest": "no"})
    for other in others:
        for sent in ({"interest": "no"}, POINTS):
            answer = other.post(f"/en/desk/pitches/{weighed}/weigh/", data=sent)
            assert answer.status_code == 303
    assessment = send("in_review", "/en/vendor-assessments/new/", TYPED)
    return [
        "", "cases/", f"cases/alike/{writers.put_new(desk, 30)[0]}/",
        *(f"cases/{one}/" for one in (concern, weighed, assessment)),
        f"cases/{concern}/public/", f"cases/{concern}/as-its-writer/",
        f"cases/{screened}/versions/", f"pitches/{screened}/begin/evaluate/",
        f"pitches/{weighed}/weigh/",
        f"pitches/{declared}/weigh/", f"pitches/{weighed}/decide/forward/",
        f"pitches/{piloted}/pilot/pilot/", f"assessments/{assessment}/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "only", "looks"),
    [
        ("en", "axe", ("light",)),
        pytest.param("en", "", tuple(checks.LOOKS), marks=pytest.mark.drill),
        pytest.param("km", "", tuple(checks.LOOKS), marks=pytest.mark.drill),
    ],
)
def test_no_check_finds_anything_on_a_page_of_a_case(pages, open_at_desk, language, only, looks):
    found = []
    for path in pages:
        page = open_at_desk(f"/{language}/desk/{path}")
        told = checks.found_in(page, only, looks=looks)
        found += [(path, *one) for one in told if one[1] not in NOT_HERE]
    assert found == []
