"""What tests of concerns, pitches and assessments share: somebody without an account who writes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from lamppost import db
from lamppost.answering.models import random_key
from lamppost.cases.models import Case, Step
from lamppost.cases.references import new_reference
from lamppost.cases.ways import WAYS

NAUGHTY = (
    "<script>alert(1)</script>", "'; DROP TABLE cases; --", "{{ 7 * 7 }}", "%(x)s %s {0}",
    "\u202eabc\u202c", "ខ្ញុំ\u200bបារម្ភ", "😱" * 50, "=cmd|' /C calc'!A0", "\\u0000 null",
    "[[x]] […]",
)  # fmt: skip
"""Words that have broken forms, databases and tables elsewhere."""

MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = MOMENT.date()
Clock = dict[str, datetime]


@pytest.fixture
def clock(desk: Flask) -> Clock:
    """The time of the site, to be moved."""
    moment = {"now": MOMENT}
    desk.extensions["clock"] = lambda: moment["now"]
    return moment


@pytest.fixture
def resident(desk: Flask) -> FlaskClient:
    """Somebody without an account."""
    return desk.test_client()


def mark_in(page: str) -> str:
    """The signed mark of a form in a page."""
    found = re.search(r'name="mark" value="([^"]+)"', page)
    assert found, page
    return found[1]


def way_in(page: str, **known: str) -> str:
    """Where the start of a form leads: its first section, with what the start knows."""
    found = re.search(r'<form class="form" action="([^"]+)"', page)
    assert found, page
    hidden = dict(
        re.findall(r'type="hidden" name="(mark|technology|device|place)" value="([^"]+)"', page)
    )
    return f"{found[1]}?{urlencode({**hidden, **known})}"


def begin(client: FlaskClient, start: str, **known: str) -> str:
    """Begin a form; the address of its first section."""
    return way_in(client.get(start).text, **known)


def fill_in(client: FlaskClient, address: str, typed: dict[str, Any]) -> str:
    """Go from a section of a form to its check page; the address of that."""
    while "/check/" not in address:
        page = client.get(address).text
        asked = re.search(r'name="shown" value="([^"]*)"', page)
        assert asked, page
        keys = asked[1].split()
        here = {name: value for name, value in typed.items() if name.partition(".")[0] in keys}
        data = {"mark": mark_in(page), "shown": asked[1], "go": "next", **here}
        answer = client.post(address, data=data, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text
        address = answer.location.partition("#")[0]
    return address


class Typed(NamedTuple):
    """A section in which words were typed: its address, its fields for words, and as it is then."""

    address: str
    fields: list[str]
    page: str


def words_in(page: str) -> dict[str, str]:
    """What stands in each field for words of a page."""
    found = BeautifulSoup(page, "html.parser")
    lines = found.select("input[name]:is([type=text], [type=email], [type=tel], [type=url])")
    held = {str(line["name"]): str(line.get("value", "")) for line in lines}
    boxes = found.select("textarea[name]")
    return held | {str(box["name"]): box.text.removeprefix("\n") for box in boxes}


def type_everywhere(
    client: FlaskClient, start: str, typed: dict[str, Any], words: str
) -> Iterator[Typed]:
    """Go through a form and type some words in every field for words, whatever is told of them.

    Choices are made as ``typed`` has them. The last is the page where all answers are checked.
    """
    address = begin(client, start)
    while "/check/" not in address:
        page = client.get(address).text
        (shown,) = re.findall(r'name="shown" value="([^"]*)"', page)
        fields = [name for name in words_in(page) if name.partition(".")[0] in shown.split()]
        here = {name: value for name, value in typed.items()
                if name.partition(".")[0] in shown.split()}  # fmt: skip
        data = {**here, **dict.fromkeys(fields, words), "mark": mark_in(page), "shown": shown}
        answer = client.post(address, data={**data, "go": "next"})
        assert answer.status_code in (303, 422), (address, answer.status_code)
        yield Typed(address, fields, client.get(address).text)
        if answer.status_code == 422:  # what comes after is shown all the same
            number = int(address.split("/")[-2]) + 1
            after = re.sub(r"/\d+/[^/]*$", f"/{number}/", address)
            answer = client.get(after)
            address = after
        if answer.status_code == 303:
            address = answer.location.partition("#")[0]
    yield Typed(address, [], client.get(address).text)


def send_from(client: FlaskClient, check: str, clock: Clock) -> str:
    """Send what the check page shows; the receipt."""
    clock["now"] += timedelta(seconds=10)
    answer = client.post(check, data={"mark": mark_in(client.get(check).text)})
    assert answer.status_code == 303, re.findall(r"<li><a[^>]*#q-.*", answer.text)
    return str(answer.location.split("/")[-3])


def junk(n: int) -> str:
    """The words of one of many: none is the same as another."""
    return f"Number {n}: see https://junk.example/{n} {'lamp ' * (n % 7)}. The best price in town!"


def put_new(
    desk: Flask, number: int, words: Callable[[int], str] = junk, *, on: date = TODAY,
    language: str = "en",
) -> list[str]:  # fmt: skip
    """Put many new concerns into the database, past the form; their references."""
    rows: list[dict[str, Any]] = [
        dict.fromkeys(("device", "place", "record_save", "outcome", "reason", "held"), "") | {
            "id": random_key(), "kind": "concern", "reference": new_reference(),
            "receipt": secrets.token_bytes(32), "opens_until": on + timedelta(days=180),
            "language": language, "form": "f", "received_on": on, "state": "received",
            "answers": {"worry": words(n), "category": ["other"]}, "technology": "",
            "category": "other", "wish": "words", "visibility": "private",
            "moderation": "pending", "version": 1, "moderated_by": [],
        }
        for n in range(number)
    ]  # fmt: skip
    step = {"number": 1, "on": on, "move": "submit", "after": "received", "by": "writer"}
    with desk.app_context():
        db.sessions().execute(insert(Case), rows)
        db.sessions().execute(insert(Step), [step | {"case_id": row["id"]} for row in rows])
        db.sessions().commit()
    return [row["reference"] for row in rows]


def put(kind: str, *steps: tuple[str, str, date], **more: Any) -> str:
    """Put a case into the database that has taken steps: moves, states, days. Its reference."""
    way, (*_, last), reference = WAYS[kind], steps, new_reference()
    case = Case(**{
        "id": random_key(), "kind": kind, "reference": reference, "form": "f",
        "receipt": secrets.token_bytes(32), "opens_until": last[2] + timedelta(days=180),
        "language": "en", "received_on": steps[0][2], "state": last[1], "version": len(steps),
        "answers": {way.words: f"{reference} looks into my window."}, "wish": "words",
        "visibility": "private", "moderation": "pending", **more,
    })  # fmt: skip
    for number, (move, after, on) in enumerate(steps, 1):
        by = way.moves[move].by if move in way.moves else "writer"
        case.steps.append(Step(number=number, on=on, move=move, after=after, by=by))
    db.sessions().add(case)
    db.sessions().commit()
    return reference
