"""Of who writes nothing is kept but what they wrote: no network, no browser, no time."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from lamppost import db
from lamppost.apart.models import Attachment, Contact
from lamppost.cases.models import Case
from lamppost.freezer import freeze
from lamppost.pitches.models import Support

from .. import writers
from ..assessments.conftest import NEW, TYPED
from ..open311.conftest import KEY, POSTED
from ..pitches.conftest import COMPANY
from ..writers import mark_in
from .conftest import Sent

NETWORKS = ("203.0.113.77", "198.51.100.23", "2001:db8:77::5", "192.0.2.147", "203.0.113.91")
AGENTS = ("Firefox-of-somebody/7.7", "KaiOS-of-somebody/2.5")
REACHED = {"contact.email": "rosa@mail.example"}


@pytest.fixture
def config(config):
    """Settings of a site that sends mail, so that it asks for an address, and has Open311 on."""
    mail = {"smtp": "smtp://127.0.0.1:25", "mail_from": "lamppost@city.example"}
    live = "https://live.example"
    return replace(config, open311="on", open311_keys=(KEY,), live_url=live, **mail)


@pytest.fixture
def photo():
    """A function that gives a photo as a browser sends it."""

    def made():
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
        return io.BytesIO(out.getvalue()), "me.jpg"

    return made


@pytest.fixture
def move(resident):
    """A function after which all comes from another network and another browser."""
    ways = zip(itertools.cycle(NETWORKS), itertools.cycle(AGENTS), strict=True)

    def moved():
        network, agent = next(ways)
        resident.environ_base["REMOTE_ADDR"] = network
        resident.environ_base["HTTP_USER_AGENT"] = agent
        resident.environ_base["HTTP_X_FORWARDED_FOR"] = network

    return moved


@pytest.fixture
def concerns(move, published, send, act, resident, photo):
    """Concerns: published, with a photo and a contact, asked about and replied to."""
    move()
    published()
    move()
    sent = send("km", with_photo="yes", photo=photo(), **REACHED)
    act("case_officer", sent, "moves/start")
    asked = {"message": "Where?", "translated": "នៅឯណា?", "made": "machine"}
    assert act("case_officer", sent, "moves/ask", **asked).status_code == 303
    move()
    resident.get(f"/km/receipts/{sent.receipt}/")
    answer = resident.post(f"/km/receipts/{sent.receipt}/reply/", data={"message": "At my door."})
    assert answer.status_code == 303
    move()
    fields = POSTED | {"email": REACHED["contact.email"]}
    assert resident.post("/km/open311/v2/requests.json", data=fields).status_code == 200


@pytest.fixture
def pitch(move, resident, clock, act, texts, photo, desk):
    """A pitch with a file and a contact, published and supported."""
    move()
    first = writers.begin(resident, "/en/pitches/new/companies/")
    check = writers.fill_in(resident, first, COMPANY | {"public_annex": photo()})
    receipt = writers.send_from(resident, check, clock)
    with desk.app_context():
        (reference,) = db.sessions().scalars(select(Case.reference).where(Case.kind == "pitch"))
    sent = Sent(receipt, reference)
    assert act("moderator", sent, "public", **texts, words_en="Count.").status_code == 303
    assert act("moderator", sent, "publish", email="other@staff.example").status_code == 303
    desk.extensions["published"].look()
    move()
    address = f"/en/pitches/{reference}/support/"
    mark = mark_in(resident.get(address).text)
    clock["now"] += timedelta(seconds=10)
    assert resident.post(address, data={"mark": mark}).status_code == 303


@pytest.fixture
def assessment(move, resident, clock, photo):
    """An assessment with its evidence and a contact."""
    move()
    first = writers.begin(resident, NEW)
    check = writers.fill_in(resident, first, TYPED | {"data_evidence": photo()})
    writers.send_from(resident, check, clock)


@pytest.fixture
def logs(caplog):
    """All that is logged from now on."""
    caplog.set_level(0)
    return caplog


@pytest.fixture
def everywhere(logs, concerns, pitch, assessment, desk, tmp_path):  # noqa: ARG001 - they are sent
    """All places where something may stand of who has sent these."""
    kept = {}
    config = desk.extensions["config"]
    freeze(config, tmp_path / "public", jobs=1)
    for root in (config.instance, tmp_path / "public", config.record):
        kept |= {str(path): path.read_bytes() for path in files_below(root)}
    kept["logs"] = "\n".join(record.getMessage() for record in logs.records).encode()
    with desk.app_context():
        kept["tables"] = "\n".join(rows()).encode()
    return kept


def files_below(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file())


def rows() -> Iterator[str]:
    """All rows of what residents send; a notice has the time of what staff did, and of no other."""
    for table in db.Base.metadata.sorted_tables:
        if not table.name.startswith(("staff", "audit", "visits", "case_notices")):
            yield from (
                f"{table.name} {tuple(row)}" for row in db.sessions().execute(select(table))
            )


@pytest.mark.usefixtures("small")
def test_no_network_no_browser_and_no_time_of_who_wrote_is_kept_anywhere(everywhere, clock, desk):
    for words in (b"It looks into my window.", b"At my door.", b"Cooler stops", b"Counter 3000"):
        assert words in everywhere["tables"]
    tables = (Case, Contact, Attachment, Support)
    with desk.app_context():
        assert [db.sessions().query(table).count() for table in tables] == [5, 4, 3, 1]
    assert any(name.endswith("/index.html") for name in everywhere)
    told = [
        (name, word)
        for name, data in everywhere.items()
        for word in (*NETWORKS, *AGENTS, REACHED["contact.email"])
        if word.encode() in data
    ]
    assert told == []
    moments = {str(int(clock["now"].timestamp()) - ago).encode() for ago in range(200)}
    rows = everywhere["tables"]
    assert [moment for moment in moments if moment in rows] == []
    assert re.findall(rb"datetime\.datetime\([^)]*\)|\d\d:\d\d:\d\d", rows) == []
