"""Markup in any text of the record is shown as it was written, on every page and in every feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from flask import Flask

from lamppost import create_app
from lamppost.config import Config
from lamppost.history import save, start
from lamppost.i18n import languages, speak
from lamppost.reading import addresses
from lamppost.urls import url

BAD = """'"></title><script>a()</script><img src=x onerror=b()>"""
RAW = ("</title><script", "<script>a()", "<img src=x")


def poison(part: Any) -> None:
    """Put the bad text in the place of every text of some YAML, in all its languages."""
    for value in part.values() if isinstance(part, dict) else part:
        if isinstance(value, dict) and isinstance(value.get("en"), str):
            value.update(dict.fromkeys(set(languages()) & set(value), BAD))
        elif isinstance(value, (dict, list)):
            poison(value)


@pytest.fixture
def poisoned(tmp_path: Path, small: Path) -> Flask:
    """The app on a record with the bad text in every kind of place."""
    record = tmp_path / "instance" / "record"
    start(record, small, "First published")
    for path in (record / "content").rglob("*.yaml"):
        whole = yaml.safe_load(path.read_text("utf-8"))
        poison(whole)
        path.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")
    for path in (record / "content" / "registry" / "devices").iterdir():
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        for row in rows:
            row |= {name: BAD for name in row if name.startswith("location")}
        stream = io.StringIO()
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(stream.getvalue(), "utf-8")
    for path in (record / "content" / "pages").rglob("*.md"):
        path.write_text(
            f"{path.read_text('utf-8')}\n\n{BAD}\n\n<div onclick=x>{BAD}</div>\n", "utf-8"
        )
    save(record, BAD)
    return create_app(Config(instance=record.parent, record=record, as_of=date(2026, 11, 22)))


def every_address(app: Flask) -> Iterator[str]:
    with app.test_request_context("/"):
        for address in addresses(app.extensions["published"].content):
            for view in (address.endpoint, *address.also):
                speaks = app.url_map.is_endpoint_expecting(view, "language")
                for code in ("en", "km") if speaks else ("en",):
                    speak(code)
                    yield url(view, **address.values)


def test_markup_in_the_record_runs_nowhere(poisoned):
    client = poisoned.test_client()
    shown = 0
    for address in list(every_address(poisoned)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html":
            assert [raw for raw in RAW if raw in answer.text] == [], address
            shown += "&lt;img src=x onerror=b()&gt;" in answer.text
        elif "xml" in answer.mimetype:
            ET.fromstring(answer.data)  # noqa: S314 - our own feed; well-formed or it raises
    assert shown > 200
