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
from .entry import SENSES

KIND = "pitch"
FORM = "pitch"
"""The form whose choices name the themes and the principles; that for companies has the same."""


LABEL = ("senses_people", "data_types", "identifiability")
"""The questions whose choices are the privacy label of a pitch."""


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


def is_open(case: PublicCase) -> bool:
    """Whether a pitch can be supported now, and support be taken back."""
    way = WAYS[case.kind]
    return not case.gone and case.state not in way.frozen | {way.last}


def label_of(now: Content, case: PublicCase) -> list[tuple[Any, list[Any]]]:
    """What a pitch that would sense people tells of their data: each question and its choices.

    It is none of the words that were written: of these, nobody has cleared more than the summary.
    """
    if not set(case.told.get("senses_people", ())) & set(SENSES):
        return []
    found = []
    for name in LABEL:
        question, options = _question(now, name), _options(now, name)
        chosen = [options[key] for key in case.told.get(name, ()) if key in options]
        if question and chosen:
            found.append((question.text, chosen))
    return found


def _chosen(name: str) -> Any:
    return lambda case: case.told.get(name, ())


def _by(cases: list[PublicCase], words: Mapping[str, Any], keys: Any) -> Any:
    parts = ((title, tuple(c for c in cases if key in keys(c))) for key, title in words.items())
    return tuple((title, found) for title, found in parts if found)


def _options(now: Content, name: str) -> dict[str, Any]:
    """What can be chosen in a question of the form, with its words."""
    question = _question(now, name)
    return {o.key: o.words for o in question.options(world_of(now))} if question else {}


def _question(now: Content, name: str) -> Any:
    """A question of the form; None where it asks it no more."""
    form = now.forms.get(FORM)
    questions = (q for section in form.sections for q in section.questions) if form else ()
    return next((q for q in questions if q.key == name), None)


def programme(tallies: Mapping[str, Mapping[str, int]], way: Way) -> list[Figure]:
    """How many were received, piloted and adopted, and the median days of each step.

    What the City has piloted and adopted are its own deeds, and never hidden.
    """
    reached, medians = tallies.get("reached", {}), tallies.get("median", {})
    titles = {"submitted": _l("Received"), "pilot": _l("Piloted"), "adopted": _l("Adopted")}
    counts: dict[str, int | None] = {s: n for s, n in reached.items() if s in titles}
    counts |= hidden({s: n for s, n in reached.items() if s == "submitted"})
    rows = tuple(Row(titles[state], counts[state]) for state in titles if state in counts)
    days = tuple(Row(words, medians[s]) for s, words in way.states.items() if s in medians)
    found = [
        Figure("programme", _l("Pitches on this site"), rows),
        Figure("median", _l("Days in each step; half took fewer"), days),
    ]
    return [figure for figure in found if figure.rows]
