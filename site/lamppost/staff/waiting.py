"""What waits for somebody at the desk. Each feature adds the kinds of work that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import Flask, current_app

from .gate import i_may


class Waiting(NamedTuple):
    """One thing that waits: what it is, where it is done, and the day it was or is due, if any.

    ``address`` is empty where it is not done at the desk. ``language`` is that of ``what``, where
    somebody else has written it.
    """

    what: str
    address: str = ""
    due: date | None = None
    language: str = ""


class Part(NamedTuple):
    """The first of what waits, in the order in which it is to be done, and how much there is."""

    number: int
    waiting: list[Waiting]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its ``title``, the ``deed`` that does it, and what of it waits now.

    Where very much may wait, ``waiting`` gives the first of it alone.
    """

    title: str
    deed: str
    waiting: Callable[[], Iterable[Waiting] | Part]


def init_app(app: Flask) -> None:
    """Start with no kinds of work."""
    app.extensions["waiting"] = []


def add_kind(app: Flask, kind: Kind) -> None:
    """Let the desk's first page show this kind of work to those who may do it."""
    app.extensions["waiting"].append(kind)


def queue() -> list[tuple[Kind, Part]]:
    """What waits for the one who is signed in, by kind; what is due first stands first."""
    kinds: list[Kind] = [kind for kind in current_app.extensions["waiting"] if i_may(kind.deed)]
    return [(kind, _part(kind.waiting())) for kind in kinds]


def _part(found: Iterable[Waiting] | Part) -> Part:
    if isinstance(found, Part):
        return found
    waiting = sorted(found, key=_when)
    return Part(len(waiting), waiting)


def _when(waiting: Waiting) -> tuple[date, str]:
    return waiting.due or date.max, waiting.what
