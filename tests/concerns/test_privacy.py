"""Of who writes a concern nothing is kept but what they wrote: no network, no browser, no time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from lamppost import db
from lamppost.freezer import freeze

NETWORKS = ("203.0.113.77", "198.51.100.23", "2001:db8:77::5")
AGENTS = ("Firefox-of-somebody/7.7", "KaiOS-of-somebody/2.5")


@pytest.fixture
def everywhere(desk, resident, published, send, tmp_path, caplog):
    """Concerns that came from many places, one published; all places where one may stand."""
    caplog.set_level(0)
    kept = {}
    for number, (network, agent) in enumerate(itertools.product(NETWORKS, AGENTS)):
        resident.environ_base["REMOTE_ADDR"] = network
        resident.environ_base["HTTP_USER_AGENT"] = agent
        resident.environ_base["HTTP_X_FORWARDED_FOR"] = network
        sent = published() if number == 0 else send("km")
        resident.get(f"/km/receipts/{sent.receipt}/")
    config = desk.extensions["config"]
    freeze(config, tmp_path / "public", jobs=1)
    for root in (config.instance, tmp_path / "public", config.record):
        kept |= {str(path): path.read_bytes() for path in files_below(root)}
    kept["logs"] = "\n".join(record.getMessage() for record in caplog.records).encode()
    with desk.app_context():
        kept["tables"] = "\n".join(rows()).encode()
    return kept


def files_below(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file())


def rows() -> Iterator[str]:
    """All rows of what residents send."""
    for table in db.Base.metadata.sorted_tables:
        if not table.name.startswith(("staff", "audit", "visits")):
            yield from (
                f"{table.name} {tuple(row)}" for row in db.sessions().execute(select(table))
            )


@pytest.mark.usefixtures("small")
def test_no_network_no_browser_and_no_time_of_who_wrote_is_kept_anywhere(everywhere, clock):
    assert b"It looks into my window." in everywhere["tables"]
    assert any(name.endswith("/index.html") for name in everywhere)
    told = [
        (name, word)
        for name, data in everywhere.items()
        for word in (*NETWORKS, *AGENTS)
        if word.encode() in data
    ]
    assert told == []
    moments = {str(int(clock["now"].timestamp()) - ago).encode() for ago in range(70)}
    rows = everywhere["tables"]
    assert [moment for moment in moments if moment in rows] == []
    assert re.findall(rb"datetime\.datetime\([^)]*\)|\d\d:\d\d:\d\d", rows) == []
