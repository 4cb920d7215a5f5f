"""The queue at the desk: what each choice leaves in it, and what it takes out."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from lamppost.cases.labels import PHASES
from lamppost.i18n import speaking

from ..conftest import TODAY
from ..writers import put

HERE, THERE = "district-1", "district-2"
LENS, COUNTERS = "police-plate-readers", "eco-totem-counter"


@pytest.fixture
def shown(sign_in):
    """A function that gives the references that stand in the queue, and in the lists below it."""
    client = sign_in("case_officer", "moderator")

    def looked(**chosen):
        page = client.get(f"/en/desk/cases/?{urlencode(chosen)}")
        assert page.status_code == 200
        found = BeautifulSoup(page.text, "html.parser")
        items = found.select("ol.briefs > li")
        links = found.select("main a[href^='/en/desk/cases/']")
        named = {link["href"].split("/")[4] for link in links if link["href"].count("/") == 5}
        return {item.a["href"].split("/")[4]: item.p.text for item in items}, named

    return looked


def came(kind="concern", days=0, **more):
    """Put a case that came so many days ago, and that nobody has touched."""
    first = {"concern": "received", "pitch": "submitted"}[kind]
    return put(kind, ("submit", first, TODAY - timedelta(days=days)), **more)


@pytest.fixture
def two(desk):
    """A function that puts two cases that differ in one thing."""

    def made(one, other):
        with desk.app_context():
            return came(**one), came(**other)

    return made


@pytest.mark.parametrize(
    ("chosen", "one", "other"),
    [
        ({"kind": "pitch"}, {"kind": "pitch"}, {"kind": "concern"}),
        ({"technology": LENS}, {"technology": LENS}, {"technology": COUNTERS}),
        ({"technology": LENS}, {"technology": LENS}, {}),
        ({"language": "km"}, {"language": "km"}, {"language": "es"}),
        ({"place": HERE}, {"place": HERE}, {"place": THERE}),
        ({"place": HERE}, {"place": HERE}, {}),
        ({"days": "10"}, {"days": 12}, {"days": 2}),
        ({"kind": "concern", "language": "km", "place": HERE},
         {"language": "km", "place": HERE}, {"language": "km", "place": THERE}),
    ],
    ids=lambda given: "-".join(map(str, given.values())) if isinstance(given, dict) else None,
)  # fmt: skip
def test_what_is_chosen_shows_the_one_and_not_the_other(two, shown, chosen, one, other):
    wanted, unwanted = two(one, other)
    queue, everywhere = shown()
    assert {*queue} == {wanted, unwanted} <= everywhere
    queue, everywhere = shown(**chosen)
    assert {*queue} == {wanted}
    assert unwanted not in everywhere


def test_a_place_takes_in_what_is_about_a_device_in_it(desk, two, shown):
    devices = desk.extensions["published"].content.registry.devices.values()
    here, there = (
        next(d.code for d in devices if place in d.place and other not in d.place)
        for place, other in ((HERE, THERE), (THERE, HERE))
    )
    wanted, unwanted = two({"device": here}, {"device": there})
    assert {*shown(place=HERE)[0]} == {wanted}
    assert {*shown(place=THERE)[0]} == {unwanted}


def test_each_phase_shows_what_stands_so_and_nothing_else(desk, shown):
    long_ago, lately = TODAY - timedelta(days=90), TODAY - timedelta(days=1)
    received, start = ("submit", "received", long_ago), ("start", "in_review", long_ago)
    with desk.app_context():
        came_since = {
            "long_overdue": put("concern", received),
            "overdue": came(days=10),
            "due_soon": came(days=2),
            "in_time": put(
                "concern", ("submit", "received", lately), ("start", "in_review", lately)
            ),
            "waiting": put("concern", received, start, ("ask", "waiting_reporter", lately)),
        }
        done = put("concern", received, start, ("answer", "answered", lately), outcome="changed")
    with speaking("en"):
        words = {phase: str(title) for phase, title in PHASES.items()}
    for phase, reference in came_since.items():
        queue, _ = shown(phase=phase)
        assert {*queue} == {reference}, phase
        assert words[phase] in queue[reference]
    assert {*shown()[0]} == {*came_since.values()}
    assert list(shown()[0])[:3] == [came_since[p] for p in ("long_overdue", "overdue", "due_soon")]
    assert {*shown(done=1)[0]} == {done}


def test_what_cannot_be_chosen_shows_nothing_and_breaks_nothing(two, shown):
    two({}, {"kind": "pitch"})
    for chosen in ({"kind": "x"}, {"phase": "x"}, {"language": "x"}, {"place": "x"},
                   {"technology": "<script>"}, {"place": "x\x00"}):  # fmt: skip
        assert shown(**chosen)[0] == {}
