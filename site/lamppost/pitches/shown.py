"""What the reading pages show of pitches: them in groups, and the figures of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..answering.world import world_of
from ..cases.public import PublicCase
from ..cases.tallies import Figure, Row, hidden
from ..cases.ways import WAYS
from ..content import Content
from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..lifecycle import Way

KIND = "pitch"
FORM = "pitch"
"""The form whose choices name the themes and the principles; that for companies has the same."""


class Group(NamedTuple):
    """Pitches by something, such as their themes: a title, and those of each."""

    name: str
    title: Any
    parts: tuple[tuple[Any, tuple[PublicCase, ...]], ...]


def groups(now: Content, cases: list[PublicCase] | None = None) -> list[Group]:
    """The pitches that can be read, or some of them, by state, theme, principle and place."""
    cases = now.cases.of(KIND) if cases is None else cases
    places = {p.id: speech().say(p.name) for p in now.registry.places.values()}
    found = [
        Group("state", _l("How it stands"), _by(cases, WAYS[KIND].states, lambda c: (c.state,))),
        Group("areas", _l("Theme"), _by(cases, _options(now, "areas"), _chosen("areas"))),
        Group("principles", _l("Guiding principle"),
              _by(cases, _options(now, "principles"), _chosen("principles"))),
        Group("place", _l("Place"), _by(cases, places, lambda c: (c.place,))),
    ]  # fmt: skip
    return [group for group in found if group.parts]


def _chosen(name: str) -> Any:
    return lambda case: case.told.get(name, ())


def _by(cases: list[PublicCase], words: Mapping[str, Any], keys: Any) -> Any:
    parts = ((title, tuple(c for c in cases if key in keys(c))) for key, title in words.items())
    return tuple((title, found) for title, found in parts if found)


def _options(now: Content, name: str) -> dict[str, Any]:
    """What can be chosen in a question of the form, with its words."""
    form, world = now.forms.get(FORM), world_of(now)
    questions = [q for section in form.sections for q in section.questions] if form else []
    return {o.key: o.words for q in questions if q.key == name for o in q.options(world)}


def programme(tallies: Mapping[str, Mapping[str, int]], way: Way) -> list[Figure]:
    """How many were received, piloted and adopted, and the median days of each step."""
    reached, medians = tallies.get("reached", {}), tallies.get("median", {})
    titles = {"submitted": _l("Received"), "pilot": _l("Piloted"), "adopted": _l("Adopted")}
    counts = hidden({state: n for state, n in reached.items() if state in titles})
    rows = tuple(Row(titles[state], counts[state]) for state in titles if state in counts)
    days = tuple(Row(words, medians[s]) for s, words in way.states.items() if s in medians)
    found = [
        Figure("programme", _l("Pitches on this site"), rows),
        Figure("median", _l("Days in each step; half took fewer"), days),
    ]
    return [figure for figure in found if figure.rows]
