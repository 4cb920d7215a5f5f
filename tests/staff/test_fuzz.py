"""Every form of the desk, filled with what nobody would: no fault of ours, and a sound record."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from lamppost.config import PROJECT
from lamppost.content import read_content

from ..oddities import ALL, send_oddly

A_BRIEF = "pitch-long-beach-2023"
"""The brief of which a new version is begun."""

LONG = {"language": "en", "case": "ZZZZ-ZZZZ"}
"""What stands for arguments that have a set length."""


@pytest.fixture
def record(record: Path) -> Path:
    """The record with surveys too: one is a draft."""
    shutil.copytree(PROJECT / "surveys", record / "surveys", dirs_exist_ok=True)
    path = record / "surveys/page-clarity.yaml"
    path.write_text(path.read_text("utf-8").replace("state: open", "state: draft"), "utf-8")
    return record


@pytest.fixture
def send_all(sign_in):
    """A function that sends every form of the desk oddly, with those of a brief's draft."""
    sign_in(*ALL).post(f"/en/desk/briefs/published/{A_BRIEF}/new-version/")
    return lambda seed, times: send_oddly(sign_in, seed, times=times)


def test_no_form_of_the_desk_breaks_on_what_nobody_would_write(desk, send_all):
    assert send_all(seed=0, times=1) >= 5
    read_content(desk.extensions["config"])


@pytest.mark.drill
@pytest.mark.parametrize("_", range(12))
def test_nor_on_many_more(desk, send_all, _):
    assert send_all(seed=random.randrange(10**6), times=25) >= 100  # noqa: S311
    read_content(desk.extensions["config"])


def test_no_address_breaks_on_names_that_no_file_can_have(desk, sign_in):
    client = sign_in(*ALL)
    for rule in desk.url_map.iter_rules():
        for name in ("a" * 400, "9" * 400):
            held = LONG | {"picture": f"{name}.png", "pdf": f"{name}.pdf"}
            path = re.sub(r"<(?:[^>:]*:)?(\w+)>", lambda f: held.get(f[1], name), rule.rule)  # noqa: B023
            for method in rule.methods & {"GET", "POST"}:
                assert client.open(path, method=method).status_code < 500, (method, rule.rule)
