"""Who has an interest of their own in a pitch keeps away from it, and nobody weighs it twice."""

from __future__ import annotations

import io

import pytest

from lamppost import db
from lamppost.apart.models import Attachment
from lamppost.pitches.models import Points

from .conftest import CRITERIA, ONE, OTHER
from .test_annexes import plan


@pytest.fixture
def annexed(weighed, desk, case_of):
    """A pitch that is being weighed, with a confidential file; its receipt, and where that is."""
    receipt = weighed(annex=(io.BytesIO(plan()), "secret.pdf"))
    with desk.app_context():
        case = case_of(receipt)
        file = db.sessions().query(Attachment).filter_by(subject_key=case.id).one()
        return receipt, f"/en/desk/cases/{case.reference}/files/{file.id.hex()}/"


def test_who_weighs_a_pitch_opens_its_files_once_they_have_told_of_no_interest(
    annexed, post, sign_in
):
    receipt, file = annexed
    client = sign_in("evaluator")
    weigh = file.partition("files/")[0].replace("/cases/", "/pitches/") + "weigh/"
    assert client.get(file).status_code == 403
    assert "once you have said" in client.get(weigh).text
    post("evaluator", receipt, "weigh", interest="no")
    assert client.get(file).status_code == 200
    assert "confidential, never published" in client.get(weigh).text


def test_who_has_an_interest_opens_no_file_and_makes_no_move(annexed, post, act, sign_in, state):
    receipt, file = annexed
    client = sign_in("evaluator", "case_officer", "moderator", email=ONE)
    assert client.get(file).status_code == 200
    post("evaluator", receipt, "weigh", ONE, interest="yes")
    assert client.get(file).status_code == 403
    page = client.get(file.partition("files/")[0]).text
    assert "interest of your own" in page
    for words in ("Weigh this pitch", "Put away as junk", "/files/"):
        assert words not in page
    act("case_officer", receipt, "moves/junk", ONE)
    act("moderator", receipt, "withhold", ONE, reason="advertising")
    assert state(receipt) == "evaluation"


def test_what_nobody_has_told_closes_no_file_to_who_screens_or_decides(annexed, sign_in):
    _, file = annexed
    for role in ("case_officer", "decider"):
        assert sign_in(role).get(file).status_code == 200


def test_nobody_begins_to_weigh_once_the_points_of_others_can_be_read(
    weighed, weigh, post, sign_in, desk, case_of
):
    receipt, third = weighed(), "third@staff.example"
    weigh(receipt, ONE)
    weigh(receipt, OTHER)
    client = sign_in("evaluator", "decider", email=third)
    with desk.app_context():
        there = f"/en/desk/cases/{case_of(receipt).reference}/"
    assert (
        "SECRETNOTE" in client.get(there.replace("/cases/", "/pitches/") + "decide/forward/").text
    )
    assert "Weigh this pitch" not in client.get(there).text
    post("evaluator", receipt, "weigh", third, interest="no")
    points = {f"points_{name}": "1" for name in CRITERIA}
    post("evaluator", receipt, "weigh", third, **points)
    with desk.app_context():
        assert db.sessions().query(Points).filter_by(points=1).count() == 0


def test_the_page_as_its_writer_sees_it_tells_files_to_who_may_open_them(annexed, post, sign_in):
    receipt, file = annexed
    there = f"{file.partition('files/')[0]}as-its-writer/"
    client = sign_in("evaluator")
    assert "secret.pdf" not in client.get(there).text
    post("evaluator", receipt, "weigh", interest="no")
    assert "secret.pdf" in client.get(there).text
