"""Words that break forms elsewhere, in every field of every form: kept, and shown as words."""

from __future__ import annotations

import json
from itertools import cycle
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup

from lamppost.answering.receipts import new_receipt
from lamppost.answering.unsent import mark_of
from lamppost.questions.models import MOST_TYPED

from .. import writers
from ..assessments.conftest import NEW, TYPED
from ..conftest import TODAY
from ..pitches.conftest import COMPANY, RESIDENT
from ..writers import NAUGHTY, clock, put, resident, type_everywhere, words_in

__all__ = ["clock", "resident"]


class Form(NamedTuple):
    """A form: where it starts, answers with which it can be sent, and its answers in free words."""

    start: str
    typed: dict[str, Any]
    words: tuple[str, ...]


CONCERN = {"category": "how_it_is_used", "may_publish": "words", "worry": "It looks at me."}
FORMS = {
    "concern": Form("/en/concerns/new/", CONCERN, ("worry", "wanted")),
    "pitch": Form("/en/pitches/new/residents/", RESIDENT,
                  ("title", "summary", "problem", "purpose_words", "storage_words", "access_words",
                   "recipients_words", "retention_words", "opt_out_words")),
    "company": Form("/en/pitches/new/companies/", COMPANY,
                    ("company", "title", "summary", "problem", "how_it_works", "purpose_words")),
    "assessment": Form(NEW, TYPED,
                       ("company", "product", "data_words", "access_words", "recipients")),
}  # fmt: skip
NULLS = "a\x00b"
TOO_LONG = "<b>" * 4000
ALL_FORMS = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def shown_in(page: str) -> str:
    """The words of a page; nothing of what was typed is an element or an attribute of it."""
    found = BeautifulSoup(page, "html.parser")
    assert [script for script in found.find_all("script") if not script.get("src")] == []
    assert not found.select("main b, [onload], [onerror], a[href^='javascript:']")
    return found.find("main").text


@ALL_FORMS
def test_what_is_typed_in_every_field_stands_there_again_and_breaks_nothing(form, resident):
    for words in (" ".join(NAUGHTY), NULLS):
        whole = words.replace("\x00", "")
        for address, fields, page in type_everywhere(resident, form.start, form.typed, words):
            shown_in(page)
            kept = words_in(page)
            assert {name: kept[name] for name in fields} == dict.fromkeys(fields, whole), address


@ALL_FORMS
def test_what_is_too_long_is_cut_and_kept(form, resident):
    sections = list(type_everywhere(resident, form.start, form.typed, TOO_LONG))
    assert sum(len(section.fields) for section in sections) > 1
    for address, fields, page in sections:
        shown_in(page)
        kept = words_in(page)
        for name in fields:
            assert kept[name] == TOO_LONG[:MOST_TYPED], (address, name)


@ALL_FORMS
def test_what_no_form_would_send_is_refused_before_it_is_read(form, resident):
    first = writers.begin(resident, form.start)
    mark = writers.mark_in(resident.get(first).text)
    sent = {"mark": mark, "shown": "company title worry", "title": "x" * 400_000}
    assert resident.post(first, data=sent).status_code == 413


@ALL_FORMS
def test_what_was_sent_is_kept_as_it_is_and_shown_as_words(form, resident, clock):
    for first in range(0, len(NAUGHTY), len(form.words)):
        words = cycle(NAUGHTY[first:] + NAUGHTY[:first])
        said = dict(zip(form.words, words, strict=False))
        check = writers.fill_in(resident, writers.begin(resident, form.start), form.typed | said)
        receipt = writers.send_from(resident, check, clock)
        held = json.loads(resident.get(f"/en/receipts/{receipt}/data.json").text)["answers"]
        assert said.items() <= held.items()
        page = shown_in(resident.get(f"/en/receipts/{receipt}/").text)
        assert [one for one in said.values() if one.strip() not in page] == []


@ALL_FORMS
def test_words_with_nulls_can_be_sent_and_are_kept_without(form, resident, clock):
    typed = form.typed | dict.fromkeys(form.words, NULLS)
    check = writers.fill_in(resident, writers.begin(resident, form.start), typed)
    receipt = writers.send_from(resident, check, clock)
    assert resident.get(f"/en/receipts/{receipt}/").status_code == 200
    held = resident.get(f"/en/receipts/{receipt}/data.json").json["answers"]
    assert {held[name] for name in form.words} == {"ab"}


def test_a_reply_with_nulls_is_kept_without_and_nothing_else_is_no_reply(desk, resident):
    receipt = new_receipt()
    where = f"/en/receipts/{receipt}/"
    with desk.app_context():
        put("concern", ("submit", "received", TODAY), ("start", "in_review", TODAY),
            ("ask", "waiting_reporter", TODAY), receipt=mark_of(receipt))  # fmt: skip
    assert resident.post(f"{where}reply/", data={"message": "\x00"}).status_code == 422
    assert resident.post(f"{where}reply/", data={"message\x00": NULLS}).status_code == 303
    assert "<bdi>ab</bdi>" in resident.get(where).text
