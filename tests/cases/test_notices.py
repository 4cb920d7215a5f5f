"""Whoever wants to be told is told by mail that there is something new, once, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lamppost import db
from lamppost.answering.models import random_key
from lamppost.apart import vault
from lamppost.apart.models import Contact
from lamppost.cases import deeds, notices
from lamppost.cases.models import Case, Notice, Step

TODAY = date(2026, 11, 22)


@pytest.fixture
def clock(desk):
    """The time of the site, to be moved."""
    moment = {"now": datetime(2026, 11, 22, 12, tzinfo=UTC)}
    desk.extensions["clock"] = lambda: moment["now"]
    return moment


@pytest.fixture
def case(desk, mailbox, clock):  # noqa: ARG001 - the time stands still
    """A concern of somebody who reads Spanish and wants to be told by mail."""
    _box, server = mailbox
    config = desk.extensions["config"]
    where = f"smtp://127.0.0.1:{server.port}"
    desk.extensions["config"] = replace(
        config, smtp=where, mail_from="lamppost@city.example", live_url="https://live.example"
    )
    with desk.test_request_context("/en/desk/"):
        key = random_key()
        made = Case(
            id=key, kind="concern", reference="7Q4K-2DDJ", receipt=b"r" * 32, opens_until=TODAY,
            language="es", form="1", received_on=TODAY, answers={"worry": "SECRETO"},
            state="in_review", wish="summary",
        )  # fmt: skip
        made.steps.append(Step(number=1, on=TODAY, move="submit", after="received", by="writer"))
        row = random_key()
        sealed = vault.closed(desk.extensions["config"], b"rosa@mail.example", row)
        contact = Contact(
            id=row, subject_kind="case", subject_key=key, kind="email", value=sealed,
            purpose="contact", language="es", delete_after=TODAY + timedelta(days=30),
        )  # fmt: skip
        db.sessions().add_all([made, contact])
        db.sessions().commit()
        yield made


def answer(case, name="answer", outcome="explained_no_change"):
    said = {"message": "PRIVATE", "language": "en", "translated": "PRIVADO", "made": "person"}
    deeds.move_on(
        case, name, {**said, "outcome": outcome}, today=TODAY, by="staff", seen=case.version
    )


def test_a_message_says_that_there_is_something_new_and_nothing_of_it(case, mailbox):
    box, _server = mailbox
    answer(case)
    assert notices.send_due() == 1
    (message,) = box.messages
    words = message.get_content()
    assert message["To"] == "rosa@mail.example"
    assert message["Content-Language"] == "es"
    assert "https://live.example/es/receipts/" in words
    assert "Hay novedades" in words
    for hidden in ("SECRETO", "PRIVAD", "7Q4K", "PRIVATE"):
        assert hidden not in message.as_string()


def test_a_message_is_sent_once_for_each_step(case, mailbox):
    box, _server = mailbox
    answer(case)
    assert [notices.send_due(), notices.send_due()] == [1, 0]
    deeds.move_on(case, "reopen", {}, today=TODAY, by="staff", seen=case.version)
    notices.send_due()
    assert len(box.messages) == 2


def test_what_a_dead_server_did_not_take_is_sent_when_it_lives_again(case, mailbox, clock, desk):
    box, server = mailbox
    port = server.port
    server.stop()
    answer(case)
    assert notices.send_due() == 0
    clock["now"] += timedelta(seconds=30)
    assert notices.send_due() == 0
    alive = type(server)(box, hostname="127.0.0.1", port=port)
    alive.start()
    clock["now"] += timedelta(minutes=2)
    assert notices.send_due() == 1
    alive.stop()
    assert desk.extensions["config"].smtp.endswith(str(port))


def test_a_recipient_whom_the_server_does_not_know_is_not_tried_again(case, mailbox, clock):
    box, _server = mailbox
    box.refuse = "550 unknown"
    answer(case)
    notices.send_due()
    (notice,) = db.sessions().query(Notice).all()
    assert notice.failed
    box.refuse = ""
    clock["now"] += timedelta(days=9)
    assert notices.send_due() == 0


def test_a_server_that_is_busy_is_tried_a_few_times_and_then_no_more(case, mailbox, clock):
    box, _server = mailbox
    box.refuse = "451 later"
    answer(case)
    for _ in range(len(notices.PAUSES) + 2):
        notices.send_due()
        clock["now"] += timedelta(days=2)
    (notice,) = db.sessions().query(Notice).all()
    assert (notice.failed, notice.tries) == (True, len(notices.PAUSES) + 1)


def test_one_link_ends_all_messages_and_deletes_the_address(case, mailbox, desk):
    box, _server = mailbox
    answer(case)
    notices.send_due()
    address = next(w for w in box.messages[0].get_content().split() if "/stop/" in w)
    path = address.removeprefix("https://live.example")
    client = desk.test_client()
    assert client.get(path).status_code == 200
    assert db.sessions().query(Contact).count() == 1
    assert client.post(path).status_code == 200
    db.sessions().expire_all()
    assert db.sessions().query(Contact).count() == 0
    assert client.post(path[:-3] + "xx/").status_code == 404


def test_what_is_erased_takes_the_address_with_it(case):
    deeds.move_on(case, "erase", {}, today=TODAY, by="writer", seen=case.version)
    assert db.sessions().query(Contact).count() == 0


def test_an_address_goes_ninety_days_after_the_end(case):
    answer(case)
    deeds.move_on(case, "accept", {}, today=TODAY, by="writer", seen=case.version)
    (row,) = db.sessions().query(Contact).all()
    assert row.delete_after == TODAY + timedelta(days=90)
