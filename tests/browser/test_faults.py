"""Faults put into pages, one at a time: the check that each is for finds it."""

from __future__ import annotations

import pytest

import checks
from faults import FAULTS


@pytest.mark.drill
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name, open_with, site, record_property):
    fault = FAULTS[name]
    html = (site / fault.path[1:] / "index.html").read_text("utf-8")
    css = (site / "site.css").read_text("utf-8")
    instead = {fault.path: fault.put_into(html), "/site.css": css + fault.style}
    page = open_with(fault.path, instead)
    looks = {look for look, _, _ in checks.found_in(page, only=fault.check)}
    assert looks, f"{fault.check} does not find {name}"
    assert looks == set(fault.only_in or looks)
    record_property("planted", name)


def test_a_fault_is_planted_for_every_check():
    assert {fault.check for fault in FAULTS.values()} == {check.id for check in checks.CHECKS}
