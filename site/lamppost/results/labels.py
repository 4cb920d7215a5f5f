"""The words of a release that are the interface's: what a table is about, and how answers came."""

from __future__ import annotations

from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from .release import Cell, Release, Table

ABOUT = {"by-language": _l("Languages of the responses"), "by-mode": _l("How responses came")}
MODES = {"web": _l("On this site"), "paper": _l("On paper"), "field": _l("Asked in person")}


def title(table: Table) -> str:
    """What a table is about, in the language that is spoken now."""
    if table.text is None:
        return str(ABOUT.get(table.key, table.key))
    words = speech().plain(table.text)
    return f"{words} – {speech().plain(table.row)}" if table.row else words


def answer(table: Table, cell: Cell) -> str:
    """What an answer is called, in the language that is spoken now."""
    if cell.text is not None:
        return speech().plain(cell.text)
    if table.key == "by-language" and cell.key in languages():
        return languages()[cell.key].name
    return str(MODES.get(cell.key, cell.key)) if table.key == "by-mode" else cell.key


def way(mode: str) -> str:
    """How responses came, in words."""
    return str(MODES.get(mode, mode))


def mean(table: Table) -> str:
    """The mean of a scale's points; empty where it is not told."""
    return "" if table.mean_tenths is None else speech().number(table.mean_tenths / 10)


def heading(release: Release) -> str:
    """The title of the page of a release."""
    return _("Results: %(title)s", title=speech().plain(release.title))
