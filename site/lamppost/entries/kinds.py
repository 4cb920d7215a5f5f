"""What kinds of entries the record has: of which class each is, and in which file it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString

from ..cases.ready import ReadyAnswer
from ..fields import IDS, Field, stated
from ..i18n import lazy_gettext as _l
from ..pages.models import Article, Plan, Recommendation, Settings, Source, Term
from ..registry.models import ID_PATTERN, Organization, Place, Technology, Word
from ..text import SOURCE_LANGUAGE

SOURCE_IDS = r"[A-Za-z0-9][A-Za-z0-9_-]*"
ONLY = "this"
"""The id of an entry that is the only one of its kind."""

MOST_ID = 60
"""Characters of a new id: it is a part of addresses and of names of files."""

RESERVED = ("new", "saves", "import")
"""No ids: they stand in the desk's own addresses."""


class Provenance(Field):
    """What a file says of how its translations were made; only forms know it as a field."""


@dataclass(frozen=True)
class File:
    """What a file of several entries says of them all."""

    provenance: Any = stated(Provenance())


@dataclass(frozen=True)
class Kind:
    """A kind of entries: declared by ``record``, the entries below ``key`` of ``file``.

    With ``{id}`` in its name each entry has a file of its own, with ``{language}`` too a file for
    each language. ``deed`` is what somebody must be allowed who changes more than translations;
    ``grows`` tells whether the desk can add an entry, and ``ids`` what the new id looks like.
    With a ``path`` the one entry is a part of its file: each step is a key, the number of an item,
    the ``key`` of an item, or None for an item that is to be added at the end of a list.
    ``about`` names the kind of whose file this is what it says of itself.
    """

    id: str
    title: LazyString
    record: type
    file: str
    key: str = ""
    ids: str = IDS
    deed: str = "edit the record"
    grows: bool = True
    path: tuple[str | int | None, ...] = ()
    about: str = ""

    @property
    def is_only(self) -> bool:
        """Whether the file is the one entry of its kind."""
        return not self.key and "{id}" not in self.file

    @property
    def is_article(self) -> bool:
        """Whether an entry is a text with a file for each language."""
        return "{language}" in self.file

    def takes(self, id_: str) -> bool:
        """Whether a new entry may be called so."""
        fits = re.fullmatch(self.ids, id_) is not None and len(id_) <= MOST_ID
        return fits and id_ not in RESERVED

    def ids_in(self, names: Iterable[str]) -> list[str]:
        """The entries that have a file of their own, by the names of files."""
        head, tail = self.name("\0", SOURCE_LANGUAGE).split("\0")
        return [
            name[len(head) : -len(tail)]
            for name in sorted(names)
            if name.startswith(head) and name.endswith(tail)
        ]

    def name(self, id_: str, language: str = "") -> str:
        """The name of the file in which an entry stands."""
        return self.file.format(id=id_, language=language)


def _words(category: str, title: Any) -> Kind:
    file = f"content/registry/words/{category}.yaml"
    return Kind(f"words-{category.replace('_', '-')}", title, Word, file, "words")


_ALL = (
    Kind(
        "technologies", _l("Technologies"), Technology, "content/registry/technologies/{id}.yaml",
        ids=ID_PATTERN,
    ),
    Kind(
        "organizations", _l("Organizations"), Organization, "content/registry/organizations.yaml",
        "organizations",
    ),
    Kind("places", _l("Places"), Place, "content/registry/places.yaml", "places"),
    _words("purpose", _l("Words: purposes")),
    _words("technology_type", _l("Words: kinds of technology")),
    _words("data", _l("Words: kinds of data")),
    _words("processing", _l("Words: what is done with data")),
    _words("access", _l("Words: who can see data")),
    _words("storage", _l("Words: how data is kept")),
    Kind("sources", _l("Sources"), Source, "content/sources.yaml", "sources", ids=SOURCE_IDS),
    Kind("terms", _l("Key terms"), Term, "content/glossary.yaml", "terms"),
    Kind(
        "recommendations", _l("Recommendations of the plan"), Recommendation, "content/plan.yaml",
        "recommendations", grows=False,
    ),
    Kind("plan", _l("Implementation Plan"), Plan, "content/plan.yaml", grows=False),
    Kind(
        "pages", _l("Pages"), Article, "content/pages/{id}/{language}.md", ids=ID_PATTERN
    ),
    Kind(
        "answers", _l("Ready answers"), ReadyAnswer, "content/answers/{id}.yaml", ids=ID_PATTERN
    ),
    Kind(
        "settings", _l("Settings of the site"), Settings, "content/site.yaml",
        deed="change settings", grows=False,
    ),
)  # fmt: skip


def _file_of(kind: Kind) -> Kind:
    title = _l("How the translations of this list were made")
    return Kind(f"{kind.id}-file", title, File, kind.file, grows=False, about=kind.id)


_FILES = [_file_of(kind) for kind in _ALL if kind.key and kind.grows and kind.record is not Source]

KINDS = {kind.id: kind for kind in (*_ALL, *_FILES)}
"""The kinds by id, in the order in which the desk lists them."""
