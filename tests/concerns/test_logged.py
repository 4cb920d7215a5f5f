"""A fault is told to the log without what opens a case, and without what somebody has written."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from lamppost import db
from lamppost.cases import thread


@pytest.fixture
def broken(desk, monkeypatch):
    """The live site as it is run, with a page of receipts that fails."""

    def fail(*_args):
        raise ValueError("broken")

    desk.testing = False
    monkeypatch.setattr(thread, "thread_of", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_on_the_page_of_a_receipt_does_not_tell_the_receipt(send, resident, caplog):
    sent = send()
    assert resident.get(f"/km/receipts/{sent.receipt}/").status_code == 500
    assert "ValueError: broken" in caplog.text
    assert "GET /<language:language>/receipts/<receipt:receipt>/" in caplog.text
    assert sent.receipt not in caplog.text


def test_a_fault_of_the_database_does_not_tell_what_was_to_be_written(desk, caplog):
    # Written so that no line of this file is what the log must not hold.
    written = {"words": "my window".replace("my", "their")}
    with desk.app_context(), pytest.raises(SQLAlchemyError) as fault:
        db.sessions().execute(text("INSERT INTO nowhere VALUES (:words)"), written)
    with caplog.at_level(logging.ERROR):
        logging.getLogger("lamppost").error("failed", exc_info=fault.value)
    assert "INSERT INTO nowhere" in caplog.text
    assert "their window" not in caplog.text
