"""Results at the desk: prepared by one, approved by two others, released as a file."""

from __future__ import annotations

import json

import pytest

from lamppost import db
from lamppost.results.checker import tables
from lamppost.results.models import Prepared
from lamppost.results.release import seal
from lamppost.staff.audit import entries
from lamppost.surveys.models import DetachedAnswer

SURVEY = "technology-and-privacy"
HERE = f"/en/desk/surveys/{SURVEY}/results/"
FILE = f"surveys/results/{SURVEY}-1.json"


@pytest.fixture
def kept(desk):
    """The record of the desk."""
    return desk.extensions["config"].record


@pytest.fixture
def planted(desk, answered):
    """The planted answers, in the desk's database."""

    def plant(*signs):
        with desk.test_request_context("/"):
            answered(desk.extensions["published"].content, *signs)

    return plant


def seal_of(client) -> str:
    page = client.get(f"{HERE}preview/").text
    return page.partition('name="sha256" value="')[2].partition('"')[0]


def approve(client):
    return client.post(f"{HERE}approve/", data={"sha256": seal_of(client)})


@pytest.fixture
def prepared(planted, sign_in):
    """Results that wait, prepared by a moderator."""
    planted()
    assert sign_in("moderator").post(f"{HERE}prepare/").status_code == 303


def test_two_people_approve_what_a_third_has_prepared(prepared, sign_in, kept, desk):  # noqa: ARG001
    reviewer, decider = sign_in("reviewer"), sign_in("decider")
    assert "Results of surveys to be approved" in reviewer.get("/en/desk/").text
    assert approve(reviewer).status_code == 303
    assert not (kept / FILE).exists()
    assert "Somebody else has to approve it too" in reviewer.get(HERE).text
    assert approve(decider).status_code == 303
    stored = json.loads((kept / FILE).read_text("utf-8"))["release"]
    assert tables(stored)["seen_sign"]["together"] == 35
    assert "About 95 people" in decider.get(f"/en/surveys/{SURVEY}/results/").text
    with desk.app_context():
        assert db.sessions().get(Prepared, SURVEY) is None
        deeds = [one.deed for one in entries() if one.deed.endswith("results")]
    assert sorted(deeds) == ["approve results", "prepare results", "release results"]


def test_who_has_prepared_it_may_not_approve_it_nor_anybody_twice(planted, sign_in, kept):
    planted()
    first, second = (sign_in("reviewer", email=f"{name}@staff.example") for name in "ab")
    first.post(f"{HERE}prepare/")
    answer = first.post(f"{HERE}approve/", data={"sha256": seal_of(second)})
    assert answer.status_code == 422
    assert "You have prepared this" in answer.text
    seen = seal_of(second)
    assert approve(second).status_code == 303
    answer = second.post(f"{HERE}approve/", data={"sha256": seen})
    assert answer.status_code == 422
    assert not (kept / FILE).exists()


def test_what_was_prepared_anew_has_to_be_looked_at_anew(prepared, planted, sign_in):  # noqa: ARG001
    reviewer = sign_in("reviewer")
    seen = seal_of(reviewer)
    planted({"no": 50})
    sign_in("moderator").post(f"{HERE}prepare/")
    answer = reviewer.post(f"{HERE}approve/", data={"sha256": seen})
    assert answer.status_code == 422
    assert "Look at it once more" in answer.text


def test_a_payload_that_gives_somebody_away_is_not_released(prepared, sign_in, desk, kept):  # noqa: ARG001
    with desk.app_context():
        found = db.sessions().get(Prepared, SURVEY)
        payload = found.held
        tables(payload)["seen_sign"]["cells"][2].update(count=5, percent=5)
        found.payload = json.dumps(payload)
        found.sha256 = seal(payload)
        db.sessions().commit()
    for role in ("reviewer", "decider"):
        answer = approve(sign_in(role))
        assert answer.status_code == 422
        assert "It would give somebody away" in answer.text
    assert not (kept / FILE).exists()


@pytest.mark.parametrize("language", ["en", "es", "km", "tl"])
def test_the_preview_is_what_would_be_public(prepared, sign_in, language):  # noqa: ARG001
    page = sign_in("auditor").get(f"/{language}/desk/surveys/{SURVEY}/results/preview/").text
    assert 'id="seen_sign"' in page
    assert page.count("gap-word") >= 2
    assert 'name="sha256"' not in page


def test_answers_about_the_person_are_deleted_where_they_are_too_few(planted, sign_in, desk):
    planted({"yes": 6})
    with desk.app_context():
        db.sessions().add(DetachedAnswer(survey=SURVEY, version="x", part="age", value='["x"]'))
        db.sessions().commit()
    sign_in("moderator").post(f"{HERE}prepare/")
    for role in ("reviewer", "decider"):
        assert approve(sign_in(role)).status_code == 303
    with desk.app_context():
        assert db.sessions().query(DetachedAnswer).count() == 0
    page = sign_in("auditor").get(f"/en/surveys/{SURVEY}/results/").text
    assert "Answers about the person were deleted" in page


def test_without_answers_nothing_can_be_prepared(sign_in):
    answer = sign_in("moderator").post(f"{HERE}prepare/")
    assert answer.status_code == 422
    assert "Nobody has answered" in answer.text


def test_what_was_prepared_can_be_thrown_away(prepared, sign_in):  # noqa: ARG001
    moderator = sign_in("moderator")
    assert moderator.post(f"{HERE}discard/").status_code == 303
    assert moderator.get(f"{HERE}preview/").status_code == 404
    assert moderator.post(f"{HERE}discard/").status_code == 404


def test_staff_tell_later_what_was_done(prepared, sign_in, kept):  # noqa: ARG001
    for role in ("reviewer", "decider"):
        approve(sign_in(role))
    decider = sign_in("decider")
    for words in ({}, {"text-en": "x" * 601}, {"text-en": "x", "technology": "gone"}):
        assert decider.post(f"{HERE}done/", data=words).status_code == 422
    for number in (1, 2):
        sent = {"text-en": f"Signs {number}", "text-es": "Letreros", "technology": "public-wifi"}
        assert decider.post(f"{HERE}done/", data=sent).status_code == 303
    page = decider.get(f"/es/surveys/{SURVEY}/results/").text
    assert page.count("Letreros") == 2
    assert (kept / f"surveys/results/{SURVEY}.yaml").read_text("utf-8").count("Signs") == 2


def test_before_the_release_nothing_can_be_told_of_it(sign_in):
    assert sign_in("decider").post(f"{HERE}done/", data={"text-en": "x"}).status_code == 404
    assert sign_in("decider").post(f"{HERE}approve/").status_code == 404
