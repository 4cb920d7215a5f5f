"""Whoever wants to be told is told by mail that there is something new, once, and nothing more."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lamppost import db, texting
from lamppost.answering.models import random_key
from lamppost.answering.world import world_of
from lamppost.apart import contacts, vault
from lamppost.apart.models import Contact
from lamppost.cases import deeds, notices, retention
from lamppost.cases.models import Case, Notice, Step
from lamppost.config import TEXT_SENDERS, Config
from lamppost.questions.enclosed import Contact as Question
from lamppost.questions.models import WrongError
from lamppost.text import Text

from ..writers import way_in

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


def test_a_mail_server_that_is_down_for_days_loses_no_message(case, mailbox, clock):
    box, server = mailbox
    port = server.port
    server.stop()
    answer(case)
    for _ in range(5 * 24):
        assert notices.send_due() == 0
        clock["now"] += timedelta(hours=1)
    alive = type(server)(box, hostname="127.0.0.1", port=port)
    alive.start()
    assert notices.send_due() == 1
    alive.stop()


def test_what_fails_again_and_again_is_tried_within_the_hour(case, mailbox, clock):
    _box, server = mailbox
    server.stop()
    answer(case)
    for _ in range(len(notices.PAUSES) + 2):
        notices.send_due()
        (notice,) = db.sessions().query(Notice).all()
        clock["now"] = notice.next_at.replace(tzinfo=UTC)
    before = clock["now"]
    notices.send_due()
    assert notice.next_at.replace(tzinfo=UTC) - before == timedelta(hours=1)


def test_a_server_that_is_busy_is_tried_for_two_weeks_and_then_no_more(case, mailbox, clock):
    box, _server = mailbox
    box.refuse = "451 later"
    answer(case)
    began = clock["now"]
    for days in (0, 3, 13):
        clock["now"] = began + timedelta(days=days)
        notices.send_due()
    (notice,) = db.sessions().query(Notice).all()
    assert not notice.failed
    clock["now"] = began + notices.TRIED_FOR
    notices.send_due()
    assert notice.failed


def test_a_server_that_refuses_the_site_itself_is_tried_again(case, mailbox):
    box, _server = mailbox
    box.refuse_sender = "550 we do not know you"
    answer(case)
    notices.send_due()
    (notice,) = db.sessions().query(Notice).all()
    assert not notice.failed


WAITS = "Messages have waited since November 22, 2026"


@pytest.fixture
def shown(desk, sign_in):
    """A function that gives a page of the desk as somebody of a role sees it."""

    def page(role, path=""):
        with desk.app_context():  # that of the case remembers that nobody was signed in
            answered = sign_in(role).get(f"/en/desk/{path}")
        assert answered.status_code == 200
        return answered.text

    return page


@pytest.mark.parametrize(
    ("role", "hours", "number"),
    [
        ("case_officer", 23, 0),
        ("case_officer", 24, 1),
        ("administrator", 24, 1),
        ("moderator", 24, 0),
    ],
)
def test_the_desk_says_to_whom_it_matters_since_when_messages_wait(
    case, mailbox, clock, shown, role, hours, number
):
    _box, server = mailbox
    server.stop()
    answer(case)
    notices.send_due()
    clock["now"] += timedelta(hours=hours)
    assert shown(role).count(WAITS) == number


def test_a_case_whose_message_waits_says_nothing_of_it(case, mailbox, clock, shown):
    _box, server = mailbox
    server.stop()
    answer(case)
    notices.send_due()
    clock["now"] += timedelta(days=3)
    page = shown("case_officer", "cases/7Q4K-2DDJ/")
    assert "gets a message" in page
    assert "did not reach them" not in page


def refused_for_good(case, mailbox, clock):
    """Three days after a server has refused the address."""
    mailbox[0].refuse = "550 unknown"
    answer(case)
    notices.send_due()
    clock["now"] += timedelta(days=3)


def test_an_address_that_is_refused_is_told_on_its_case(case, mailbox, clock, shown):
    refused_for_good(case, mailbox, clock)
    assert "did not reach them" in shown("case_officer", "cases/7Q4K-2DDJ/")


def test_an_address_that_is_refused_is_no_server_that_is_down(case, mailbox, clock, shown):
    refused_for_good(case, mailbox, clock)
    assert WAITS not in shown("case_officer")


def test_messages_that_the_site_is_not_set_to_send_wait_without_a_word(case, clock, shown, desk):
    answer(case)
    desk.extensions["config"] = replace(desk.extensions["config"], smtp="")
    clock["now"] += timedelta(days=3)
    assert WAITS not in shown("case_officer")


def test_one_link_ends_all_messages_and_deletes_the_address(case, mailbox, desk):
    box, _server = mailbox
    answer(case)
    notices.send_due()
    path = end_in(box.messages[0].get_content())
    client = desk.test_client()
    asked = client.get(path)
    assert (asked.status_code, asked.headers["Cache-Control"]) == (200, "no-store")
    assert db.sessions().query(Contact).count() == 1
    assert client.post(path).status_code == 200
    db.sessions().expire_all()
    assert db.sessions().query(Contact).count() == 0
    assert client.post(path).status_code == 200
    assert client.post(path[:-3] + "XX/").status_code == 404


def end_in(words):
    """The path of the link in a message that ends messages."""
    (address,) = (word for word in words.split() if "/stop/" in word)
    return address.removeprefix("https://live.example")


def test_a_mail_program_ends_messages_by_itself_when_it_is_told_to(case, mailbox, desk):
    box, _server = mailbox
    answer(case)
    notices.send_due()
    (message,) = box.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    assert end_in(message.get_content()) == end_in(address)
    client = desk.test_client()
    done = client.post(end_in(address), data={"List-Unsubscribe": "One-Click"})
    assert (done.status_code, "Set-Cookie" in done.headers) == (200, False)
    db.sessions().expire_all()
    assert db.sessions().query(Contact).count() == 0


def test_a_number_at_which_they_want_to_be_called_stays_when_messages_end(case, desk):
    config = desk.extensions["config"]
    for kind, words in (("phone", b"562-555-0100"), ("name", b"A company")):
        row = random_key()
        db.sessions().add(Contact(
            id=row, subject_kind="case", subject_key=case.id, kind=kind,
            value=vault.closed(config, words, row), purpose="contact", language="es",
            delete_after=TODAY,
        ))  # fmt: skip
    db.sessions().commit()
    notices.stop(case)
    assert contacts.kinds_of(notices.subject_of(case)) == {"phone", "name"}


def test_the_link_of_a_case_ends_nothing_once_its_receipt_is_gone(case):
    mark = case.stop_mark
    answer(case)
    deeds.move_on(case, "accept", {}, today=TODAY, by="writer", seen=case.version)
    retention.strip_all(TODAY + retention.SAID_AFTER_END + timedelta(days=1))
    assert notices.case_marked(mark) is None


def test_of_a_case_that_is_held_the_link_ends_messages_and_the_address_goes_with_the_hold(
    case, mailbox, desk
):
    box, _server = mailbox
    retention.hold(case, "A proceeding", seen=case.version)
    answer(case)
    client, path = desk.test_client(), f"/en/stop/{case.stop_mark}/"
    for asked in (client.get, client.post):
        page = asked(path)
        assert page.status_code == 200
        assert "kept for a legal reason" in page.text
        assert "is then deleted" not in page.text
    db.sessions().expire_all()
    deeds.move_on(case, "reopen", {}, today=TODAY, by="staff", seen=case.version)
    assert notices.send_due() == 0
    assert box.messages == []
    (row,) = db.sessions().query(Contact).all()
    assert row.stopped
    assert [way.value for way in contacts.ways_to(notices.subject_of(case))] == [
        "rosa@mail.example"
    ]
    retention.hold(case, "", seen=case.version)
    assert db.sessions().query(Contact).count() == 0


def test_what_is_erased_takes_the_address_with_it(case):
    deeds.move_on(case, "erase", {}, today=TODAY, by="writer", seen=case.version)
    assert db.sessions().query(Contact).count() == 0


def test_an_address_goes_ninety_days_after_the_end(case):
    answer(case)
    deeds.move_on(case, "accept", {}, today=TODAY, by="writer", seen=case.version)
    (row,) = db.sessions().query(Contact).all()
    assert row.delete_after == TODAY + timedelta(days=90)


@pytest.fixture
def texted(case, desk):
    """A case whose writer, who reads Khmer, wants text messages too; and the folder of those."""
    desk.extensions["config"] = replace(desk.extensions["config"], text_sender="folder")
    row = random_key()
    sealed = vault.closed(desk.extensions["config"], b"562-555-0100", row)
    contact = Contact(
        id=row, subject_kind="case", subject_key=case.id, kind="text", value=sealed,
        purpose="contact", language="km", delete_after=TODAY + timedelta(days=30),
    )  # fmt: skip
    db.sessions().add(contact)
    db.sessions().commit()
    return desk.extensions["config"].texts


def test_a_text_message_tells_where_and_how_to_end_them_and_nothing_of_the_case(case, texted):
    answer(case)
    assert notices.send_due() == 2
    (path,) = texted.iterdir()
    message = json.loads(path.read_text("utf-8"))
    assert (message["to"], message["language"]) == ("562-555-0100", "km")
    links = [word for word in message["words"].split() if word.startswith("https://")]
    end = f"https://live.example/km/stop/{case.stop_mark}/"
    assert links == ["https://live.example/km/receipts/", end]
    assert "SECRETO" not in message["words"]
    assert case.reference not in message["words"]
    assert (path.stat().st_mode & 0o077, texted.stat().st_mode & 0o077) == (0, 0)
    assert notices.send_due() == 0


def test_the_link_in_a_text_message_ends_all_messages_in_the_language_of_who_reads(
    case, texted, desk
):
    answer(case)
    notices.send_due()
    (message,) = texted.iterdir()
    path = end_in(json.loads(message.read_text("utf-8"))["words"])
    client = desk.test_client()
    assert '<html lang="km"' in client.get(path.lower()).text
    assert db.sessions().query(Contact).count() == 2
    client.post(path)
    db.sessions().expire_all()
    assert db.sessions().query(Contact).count() == 0


def test_when_one_way_is_down_the_other_does_not_tell_twice(case, texted, mailbox, clock):
    box, server = mailbox
    server.stop()
    answer(case)
    assert notices.send_due() == 1
    clock["now"] += timedelta(days=1)
    assert notices.send_due() == 0
    assert len([*texted.iterdir()]) == 1
    assert box.messages == []


def test_a_text_message_that_nobody_fetches_goes_after_a_week(case, texted, desk):
    answer(case)
    notices.send_due()
    (path,) = texted.iterdir()
    texting.forget_old(desk.extensions["config"])
    assert path.exists()
    os.utime(path, (0, 0))
    texting.forget_old(desk.extensions["config"])
    assert not path.exists()


MAIL = {
    "smtp": "smtp://127.0.0.1:25", "mail_from": "lamppost@city.example",
    "live_url": "https://live.example",
}  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({}, ()),
        (MAIL, ("email",)),
        ({"text_sender": "folder", "base_url": "https://site.example"}, ("text",)),
        ({**MAIL, "text_sender": "folder"}, ("email", "text")),
    ],
)
def test_a_form_asks_where_to_send_messages_only_where_the_site_sends_them(desk, settings, parts):
    asked = Question(key="reach", text=Text({"en": "How?"}), asks=("email", "text"))
    desk.extensions["config"] = replace(desk.extensions["config"], **settings)
    with desk.test_request_context("/"):
        world = world_of(desk.extensions["published"].content)
        assert (asked.asked(world), asked.is_asked(world)) == (parts, bool(parts))
        given = asked.value({"reach.text": ["562-555-0100"]}, world)
        assert given == ({"text": "562-555-0100"} if "text" in parts else None)
        if "text" in parts:
            with pytest.raises(WrongError):
                asked.value({"reach.text": ["call me"]}, world)


@pytest.mark.parametrize(
    ("asks", "parts"),
    [
        (("name", "email"), ("name",)),
        (("name", "email", "phone", "language"), ("name", "email", "phone", "language")),
        (("name",), ("name",)),
    ],
)
def test_who_is_reached_by_hand_is_asked_all_the_same(desk, asks, parts):
    asked = Question(key="reach", text=Text({"en": "How?"}), asks=asks)
    with desk.test_request_context("/"):
        world = world_of(desk.extensions["published"].content)
        assert asked.asked(world) == parts
        assert asked.is_asked(world) == (parts != ("name",) or asks == ("name",))


@pytest.mark.parametrize("settings", [{}, MAIL])
def test_a_concern_asks_for_no_contact_where_no_message_can_be_sent(desk, settings):
    desk.extensions["config"] = replace(desk.extensions["config"], **settings)
    client = desk.test_client()
    page = client.get(way_in(client.get("/en/concerns/new/").text)).text
    assert ("contact.email" in page) == bool(settings)
    assert ("How can we reach you?" in page) == bool(settings)


@pytest.mark.parametrize(("mail", "told"), [(True, "gets a message"), (False, "no message by")])
@pytest.mark.usefixtures("case")
def test_the_desk_says_that_a_writer_is_told_only_where_that_is_so(desk, sign_in, mail, told):
    if not mail:
        desk.extensions["config"] = replace(desk.extensions["config"], smtp="")
    page = sign_in("case_officer").get("/en/desk/cases/7Q4K-2DDJ/").text
    assert told in page


def test_a_sender_that_there_is_not_is_no_setting(monkeypatch):
    assert set(texting.SENDERS) == set(TEXT_SENDERS)
    monkeypatch.setenv("LAMPPOST_TEXT_SENDER", "pigeon")
    with pytest.raises(ValueError, match="TEXT_SENDER"):
        Config.from_environment()
    monkeypatch.setenv("LAMPPOST_TEXT_SENDER", "folder")
    assert Config.from_environment().text_sender == "folder"


@pytest.mark.parametrize("lacks", ["live_url", "mail_from"])
@pytest.mark.usefixtures("case")
def test_without_an_address_to_lead_to_nothing_is_sent_and_the_log_says_what_to_set(
    desk, lacks, caplog
):
    desk.extensions["config"] = replace(desk.extensions["config"], **{lacks: ""})
    assert not notices.can_tell(desk.extensions["config"])
    assert notices.start(desk) is None
    assert "LAMPPOST_LIVE_URL" in caplog.text
