"""Sending files with a form, page by page: what was sent stays, what is refused is told."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from lamppost import db
from lamppost.apart import attachments, contacts
from lamppost.apart.models import Attachment, Subject

from ..writers import way_in

CASE = Subject("concern", b"k" * 16)
UNTIL = date(2027, 3, 1)


@pytest.fixture
def later(told):
    """A function that lets a minute pass."""
    moment = {"now": datetime(2026, 11, 22, 12, tzinfo=UTC)}
    told.extensions["clock"] = lambda: moment["now"]
    return lambda: moment.update(now=moment["now"] + timedelta(minutes=1))


class Page:
    """A page of the form, and the way on from it."""

    def __init__(self, client, answer) -> None:
        self.client, self.answer = client, answer
        self.text, self.path = answer.text, answer.request.path

    def send(self, *, follow: bool = True, **given) -> Page:
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text))
        names = {name.replace("__", "."): value for name, value in given.items()}
        sent = {**hidden, "go": "next", **names}
        return Page(self.client, self.client.post(self.path, data=sent, follow_redirects=follow))

    def open(self, path: str) -> Page:
        return Page(self.client, self.client.get(path, follow_redirects=True))


@pytest.fixture
def page(told, later):  # noqa: ARG001 - so that the clock stands
    """The page that asks for files."""
    client = told.test_client()
    return Page(client, client.get(way_in(client.get("/en/tell/").text)))


def file(name: str, data: bytes):
    return io.BytesIO(data), name


def kept(app) -> list[Attachment]:
    with app.app_context():
        return list(db.sessions().scalars(select(Attachment)))


def test_a_page_with_files_sends_them_as_a_form_with_files(page):
    assert 'enctype="multipart/form-data"' in page.text
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf" multiple' in page.text


def test_files_and_contact_reach_what_the_draft_becomes(told, later, page, photo, pdf, config):
    check = page.send(
        proof=[file("a.jpg", photo), file("b.pdf", pdf)], reach__email="sokha@example.org"
    )
    assert "/check/" in check.path
    assert "a.jpg, " in check.text
    assert "sokha@example.org" in check.text
    later()
    check.send(follow=False, go="send")
    with told.app_context():
        found = attachments.attachments_of(CASE)
        assert {attachments.name_of(one) for one in found} == {"a.jpg", "b.pdf"}
        assert {one.delete_after for one in found} == {UNTIL}
        assert [way.value for way in contacts.ways_to(CASE)] == ["sokha@example.org"]
    assert len(list(config.attachments.iterdir())) == 2


def test_what_was_sent_stays_when_the_page_is_sent_again(told, page, photo):
    page.send(proof=file("a.jpg", photo), go="later")
    again = page.open(page.path)
    assert "a.jpg" in again.text
    again.send(what="More words.")
    assert len(kept(told)) == 1


def test_a_file_can_be_taken_away(told, page, photo, config):
    page.send(proof=file("a.jpg", photo))
    (one,) = kept(told)
    assert one.id.hex() in page.open(page.path).text
    page.send(proof__remove=one.id.hex())
    assert kept(told) == []
    assert list(config.attachments.iterdir()) == []


def test_a_file_that_cannot_be_taken_is_told_and_all_else_is_kept(told, page, photo):
    again = page.send(proof=[file("a.jpg", photo), file("b.svg", b"<svg/>")], what="My words.")
    assert again.answer.status_code == 422
    assert "This file cannot be taken." in again.text
    assert 'href="#q-proof"' in again.text
    assert "My words." in again.text
    assert "a.jpg" in again.text
    assert len(kept(told)) == 1


def test_one_file_too_many_is_told(told, page, photo):
    again = page.send(proof=[file(f"{n}.jpg", photo) for n in range(3)])
    assert again.answer.status_code == 422
    assert "Send at most 2 files." in again.text
    assert len(kept(told)) == 2


def test_a_form_that_is_far_too_large_is_refused(page):
    answer = page.client.post(
        page.path,
        input_stream=io.BytesIO(),
        environ_overrides={"CONTENT_LENGTH": "19000000"},
        content_type="multipart/form-data; boundary=a",
    )
    assert answer.status_code == 413


def test_a_file_can_be_sent_with_the_first_answers(told, page, photo):
    assert "/check/" in page.send(proof=[file("a.jpg", photo + bytes(400_000))]).path
    assert len(kept(told)) == 1


def test_words_in_the_place_of_a_file_are_no_file(told, page):
    words = '["00", "a", "image/png", 1]'
    check = page.send(proof=words)
    assert "/check/" in check.path
    assert kept(told) == []


def test_the_files_of_a_draft_go_with_it(told, page, photo, config):
    later = page.send(proof=file("a.jpg", photo), go="later")
    assert len(kept(told)) == 1
    later.send(go="discard")
    assert kept(told) == []
    assert list(config.attachments.iterdir()) == []
