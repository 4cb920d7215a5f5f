"""What is past its day goes, and nothing else; what went is counted, and what is held stays."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from lamppost import db, nightly, purging
from lamppost.answering.models import random_key
from lamppost.apart import contacts
from lamppost.apart.models import Contact
from lamppost.cases import deeds, notices, retention
from lamppost.cases.models import (
    Appeal,
    Case,
    ClearedFile,
    Message,
    PublicText,
    Purged,
    Revision,
    Step,
)
from lamppost.cases.notices import subject_of
from lamppost.concerns.moves import CONCERN
from lamppost.i18n import speaking
from lamppost.staff.accounts import add_staff

TODAY = date(2026, 11, 22)
LONG_AGO = TODAY - retention.SAID_AFTER_END - timedelta(days=1)


@pytest.fixture
def inside(desk):
    """The desk's app, asked from within."""
    with desk.app_context():
        yield desk


def a_case(reference: str, *, ended: date, visibility: str = "private", held: str = "") -> Case:
    """A case that was closed on a day, with all that a case can have."""
    case = Case(
        id=random_key(), kind="concern", reference=reference, receipt=random_key() * 2,
        opens_until=ended + timedelta(days=CONCERN.opens), language="en", form="x",
        received_on=ended,
        answers={"worry": "It looks at me."}, state="closed", outcome="changed", wish="words",
        visibility=visibility, moderation="cleared", held=held,
    )  # fmt: skip
    case.steps.append(Step(number=1, on=ended, move="accept", after="closed", by="writer"))
    case.messages.append(Message(number=1, on=ended, by="staff", language="en", body="Done."))
    case.texts.append(PublicText(part="summary", language="en", text="Short.", made="original"))
    session = db.sessions()
    session.add(case)
    session.add(
        Contact(
            subject_kind="case", subject_key=case.id, kind="email", value=b"sealed",
            purpose="contact", language="en", delete_after=ended + deeds.AFTER_END,
        )
    )  # fmt: skip
    session.commit()
    return case


def due() -> dict[str, int]:
    return {one.kind: one.due for one in purging.due(TODAY)}


@pytest.mark.usefixtures("inside")
def test_what_was_said_goes_two_years_after_a_case_has_ended_and_its_published_text_stays():
    moderator = add_staff("moderator@staff.example", name="M", roles=("moderator",))
    private = a_case("1111-1111", ended=LONG_AGO)
    shown = a_case("2222-2222", ended=LONG_AGO, visibility="summary")
    for case in (private, shown):
        case.files.append(
            ClearedFile(
                attachment_id=b"a" * 16, boxes=[], alt={}, cleared_by=moderator.id, data=b"x"
            )
        )
    db.sessions().commit()
    young = a_case("3333-3333", ended=TODAY - timedelta(days=30))
    nothing = {
        "drafts": 0, "contacts": 0, "files": 0, "cases": 0, "originals": 0, "answers": 0
    }  # fmt: skip
    assert due() == nothing | {"contacts": 2, "cases": 2}
    purging.purge(TODAY)
    session = db.sessions()
    session.expire_all()
    for case in (private, shown):
        assert (case.answers, case.messages, case.receipt) == (None, [], None)
        assert not contacts.has_contact(subject_of(case))
    assert private.texts == private.files == []
    assert [text.text for text in shown.texts] == ["Short."]
    assert [file.data for file in shown.files] == [b"x"]
    assert young.answers
    assert contacts.has_contact(subject_of(young))
    assert due() == nothing


def test_what_went_is_counted_for_everybody(inside):
    a_case("1111-1111", ended=LONG_AGO)
    purging.purge(TODAY)
    purging.purge(TODAY)
    assert {row.kind: row.number for row in db.sessions().query(Purged)} == {
        "contacts": 1, "cases": 1,
    }  # fmt: skip
    told = json.loads((inside.extensions["config"].instance / "cases.json").read_text("utf-8"))
    assert told["deleted"] == {"2026": {"contacts": 1, "cases": 1}}


@pytest.mark.usefixtures("inside")
def test_where_much_would_go_at_once_nothing_goes_until_somebody_says_so(monkeypatch):
    monkeypatch.setattr(purging, "FEW", 1)
    for name in ("1111-1111", "2222-2222", "3333-3333"):
        a_case(name, ended=LONG_AGO)
    purging.purge(TODAY)
    assert due()["cases"] == due()["contacts"] == 3
    purging.purge(TODAY, force=True)
    assert due()["cases"] == due()["contacts"] == 0


def published_without(words: str, *, on: date, **more: Any) -> Case:
    """A case whose words are public without a part of them, since a day."""
    case = a_case("1111-1111", ended=on, visibility="words")
    case.moderation, case.moderated_on = "redacted", on
    case.texts.append(PublicText(part="words", language="en", text=words, made="original"))
    before = {"worry": "Call me.", "a": "b"}
    case.revisions.append(Revision(number=1, on=on, language="en", answers=before))
    for name, value in more.items():
        setattr(case, name, value)
    db.sessions().commit()
    return case


@pytest.mark.usefixtures("inside")
def test_what_was_taken_out_goes_ninety_days_after_the_rest_was_published():
    case = published_without("It […]", on=TODAY - timedelta(days=90))
    assert due()["originals"] == 0
    case.moderated_on = TODAY - timedelta(days=91)
    db.sessions().commit()
    assert due()["originals"] == 1
    purging.purge(TODAY)
    db.sessions().expire_all()
    assert case.answers == {"worry": "It […]"}
    assert [earlier.answers for earlier in case.revisions] == [{"a": "b"}]
    assert [step.move for step in case.steps] == ["accept"]  # the clocks of a case count its steps
    assert due()["originals"] == 0


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("more", [
    {"held": "A proceeding"}, {"moderation": "cleared"}, {"visibility": "private"},
    {"appeal": Appeal(asked_on=TODAY)}, {"answers": None},
], ids=lambda more: next(iter(more)))  # fmt: skip
def test_it_stays_while_something_is_open(more):
    published_without("It […]", on=TODAY - timedelta(days=91), **more)
    assert due()["originals"] == 0


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize("moderation", ["withheld", "pending"])
def test_texts_that_were_withheld_go_with_what_was_said(moderation):
    case = a_case("1111-1111", ended=LONG_AGO, visibility="words")
    case.moderation = moderation
    db.sessions().commit()
    purging.purge(TODAY)
    db.sessions().expire_all()
    assert case.texts == []


@pytest.mark.usefixtures("inside")
def test_what_nobody_looks_at_is_overdue_in_public_from_the_next_night_on(inside):
    case = a_case("1111-1111", ended=TODAY - timedelta(days=40))
    case.state, case.outcome, case.steps[0].after = "received", "", "received"
    db.sessions().commit()
    with speaking("en"):
        nightly.a_night()
    told = json.loads((inside.extensions["config"].instance / "cases.json").read_text("utf-8"))
    assert [owed["what"] for owed in told["owed"]] == ["acknowledge"]


@pytest.mark.usefixtures("inside")
def test_of_a_case_that_is_held_nothing_goes():
    case = a_case("1111-1111", ended=LONG_AGO, held="A proceeding")
    assert not any(due().values())
    with pytest.raises(deeds.NotNowError):
        deeds.move_on(case, "erase", {}, today=TODAY, by="writer", seen=case.version)


def test_only_a_records_officer_holds_a_case_and_it_stands_in_the_log(desk, sign_in):
    with desk.app_context():
        a_case("1111-1111", ended=LONG_AGO)
    address, sent = "/en/desk/cases/1111-1111/", {"seen": 1, "why": "A proceeding"}
    for role, status in (("case_officer", 403), ("records_officer", 303)):
        assert sign_in(role).post(f"{address}hold/", data=sent).status_code == status
    assert "A proceeding" in sign_in("records_officer").get(address).text
    assert "Kept 1111-1111 from being deleted" in sign_in("auditor").get("/en/desk/audit/").text
    with desk.app_context():
        (key,) = retention.held()
        notices.stop(db.sessions().get_one(Case, key))
    page = sign_in("records_officer").get(address).text
    assert "Its writer wants no more messages." in page
    assert "Show how to reach them" in page


@pytest.mark.usefixtures("inside")
def test_a_night_does_all_of_it(caplog, monkeypatch):
    a_case("1111-1111", ended=LONG_AGO)
    with speaking("en"):
        nightly.a_night()
    assert due()["cases"] == 0
    monkeypatch.setattr(purging, "FEW", 0)
    a_case("2222-2222", ended=LONG_AGO)
    nightly.a_night()
    assert "Of cases, 1 of 2 are past their day" in caplog.text
    assert due()["cases"] == 1
