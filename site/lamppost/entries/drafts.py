"""What somebody has made of a section of an entry, brought up to date with what others saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ..config import Config
from ..content import Content
from ..fields import Field, Problem, declared
from ..history import saves
from ..i18n import gettext as _
from ..i18n import languages
from ..pages.models import Article
from ..saves import Files, digest, file_now
from ..text import SOURCE_LANGUAGE
from . import entry, labels
from .entry import ABSENT, Fields
from .forms import EntryForm, as_sent
from .kinds import Kind
from .leaves import Ground, Inputs

MOST_NOTE = 500
MOST_VERSIONS = 500
"""Of how many saves the desk looks for the version that somebody has seen."""

NOTE, NEW_ID = "change-note", "new-id"
SAME, FOLLOWS = "change-same", "change-follows"
"""Inputs beside the fields; no field has a name with ``-``."""


@dataclass(frozen=True)
class Place:
    """Where a form is: a section of an entry, the entry's id "" while it is not there yet.

    ``shown`` are the fields of the form where they are not those of the section, or the one field
    that the entry is. A part of a file ``begins`` with this where it is not there yet. ``said`` is
    offered as the public note. ``offers`` is put into the form as it begins, on top of what the
    file says: it is looked at and saved like what somebody has typed.
    """

    kind: Kind
    id: str
    section: str
    shown: Fields | Field | None = None
    begins: dict[str, Any] | None = None
    said: str = ""
    offers: Mapping[str, Any] | None = None

    @property
    def language(self) -> str:
        """The language of an article; a new one begins in English."""
        return (self.section or SOURCE_LANGUAGE) if self.kind.is_article else ""

    @property
    def is_translation(self) -> bool:
        """Whether it is an article in another language than English."""
        return self.language not in ("", SOURCE_LANGUAGE)

    @property
    def name(self) -> str:
        """The file."""
        return self.kind.name(self.id, self.language)

    @property
    def fields(self) -> Fields | Field:
        """The fields of the section; of a new entry those without which it cannot be."""
        if self.shown is not None:
            return self.shown
        found = entry.sections(self.kind)
        if self.id:
            return found[self.section]
        needed = {
            name: field for fields in found.values() for name, field in fields.items() if field[1]
        }
        return {**next(iter(found.values())), **needed}


class Conflict(NamedTuple):
    """A place that two have changed in different ways, and what each says there."""

    path: str
    label: str
    theirs: str
    mine: str


class Draft:
    """A form as it was sent, or as it begins.

    ``opened`` is where it was opened, ``place`` where it is saved, ``seen`` the mark of the file
    that it is made from. ``theirs`` is what the file says now; ``caught_up`` tells that others
    have changed it since. Raises ``ValueError`` and :class:`~lamppost.record.YamlError` for a file
    that cannot be read.
    """

    def __init__(
        self, config: Config, content: Content, place: Place, *, whole: bool,
        sent: MultiDict[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.config, self.content, self.place, self.whole = config, content, place, whole
        self.opened = place
        self.sent = sent
        if sent is not None and not place.id:
            self.place = place = replace(place, id=(sent.get(NEW_ID) or "").strip())
        self.is_new = not place.section
        self.data = self._file()
        self.theirs = self._value(self.data)
        self.seen = digest(self.data) if sent is None else sent.get("seen", "")
        self.caught_up = False
        base = self._base()
        self.base: Any = base
        self.form = self._form(self.theirs if base is ABSENT else base, sent)
        if sent is None and place.offers:
            offered = self._form({**(base or {}), **place.offers}, None)
            self.form = self._form(base, as_sent(offered.pairs()))

    @property
    def fields(self) -> Fields | Field:
        """The fields of the form."""
        return replace(self.place, id="").fields if self.is_new else self.place.fields

    @property
    def is_gone(self) -> bool:
        """Whether somebody has taken the entry out meanwhile."""
        begins = self.is_new or self.place.is_translation or self.place.begins is not None
        return self.theirs is None and not begins

    @property
    def id_fault(self) -> str:
        """What is wrong with the id of a new entry."""
        if not self.is_new:
            return ""
        if not self.place.kind.takes(self.place.id):
            return str(labels.NO_ID)
        return _("There is an entry with this id already") if self.theirs is not None else ""

    def _file(self) -> bytes | None:
        kind, id_ = self.place.kind, self.place.id
        if "{id}" in kind.file and self.is_new and not kind.takes(id_):
            return None
        return file_now(self.config, self.place.name)

    def _value(self, data: bytes | None) -> dict[str, Any] | None:
        return entry.value(self.place.kind, self.place.id, data) if self.place.id else None

    def _base(self) -> Any:
        """The entry as it was seen; ``ABSENT`` where that version is not to be found."""
        if self.is_new or self.seen == digest(self.data):
            return {} if self.is_new else self.theirs
        found = _version(self.config, self.place.name, self.seen)
        return ABSENT if found is None else self._value(found)

    def _form(self, base: dict[str, Any] | None, sent: MultiDict[str, str] | None) -> EntryForm:
        ground = Ground(self.content, self.whole, self.place.language, sent)
        return EntryForm(ground, self.fields, base or self.place.begins or {}, self._more())

    def _more(self) -> Inputs:
        """The inputs beside the fields."""
        more: Inputs = {}
        if self.is_new:
            label, hint = labels.NEW_ID, labels.NEW_ID_HINT
            more[NEW_ID] = (StringField(label, [InputRequired()], description=hint), "")
        elif self.place.is_translation:
            follows = self.theirs is None or self.theirs.get("translates") == self._english_day()
            more[FOLLOWS] = (BooleanField(labels.FOLLOWS), follows)
        elif self.place.language:
            more[SAME] = (BooleanField(labels.SAME), False)
        note = TextAreaField(labels.NOTE, [InputRequired()], description=labels.NOTE_HINT)
        return {**more, NOTE: (note, self.place.said)}

    def _english_day(self) -> Any:
        return (self.english() or {}).get("updated")

    def english(self) -> dict[str, Any] | None:
        """The English article that a translation follows."""
        kind = self.place.kind
        data = file_now(self.config, kind.name(self.place.id, SOURCE_LANGUAGE))
        return entry.value(kind, self.place.id, data)

    def catch_up(self, choices: Mapping[str, str]) -> list[Conflict]:
        """Put what was typed on top of what others have saved meanwhile; what contradicts it.

        ``choices`` says ``mine`` or ``theirs`` for what contradicted it before.
        """
        now = digest(self.data)
        if self.is_new or self.seen == now:
            self.seen = now
            return []
        if self.base != self.theirs:
            theirs = self.theirs or {}
            base = ABSENT if self.base is ABSENT else self.base or {}
            both, paths = entry.merged(base, self.form.value(), theirs, dict(choices))
            if paths:
                mine = self.form.value()
                return [self._conflict(path, theirs, mine) for path in paths]
            self._stand_on(theirs, both)
            self.caught_up = True
        self.seen = now
        return []

    def _stand_on(self, theirs: dict[str, Any], both: dict[str, Any]) -> None:
        """Make the form one on what the file holds now, with all that was typed."""
        sent = self.sent or MultiDict()
        ours = [(n, v) for n, v in sent.items(multi=True) if n in (NOTE, SAME, FOLLOWS)]
        ticks = [(n, v) for n, v in sent.items() if n.endswith(".same") or ".settled." in n]
        pairs = [pair for pair in self._form(both, None).pairs() if pair[0] not in (NOTE, FOLLOWS)]
        self.form = self._form(theirs, as_sent([*pairs, *ticks, *ours]))

    def _conflict(self, path: str, theirs: dict[str, Any], mine: dict[str, Any]) -> Conflict:
        box = self.form.box_at(path)
        rest = path.removeprefix(box.name).lstrip(".")
        said = [_at(value, path) for value in (theirs, mine)]
        words = [
            ("" if value is ABSENT else str(value)) if rest else box.words(value) for value in said
        ]
        label = str(box.label)
        if rest in languages():
            label = f"{label}: {languages()[rest].name}"
        return Conflict(path, label, words[0], words[1])

    def new_value(self) -> dict[str, Any]:
        """The entry as it is to be, with the days of an article."""
        new = self.form.value()
        if not self.place.kind.is_article:
            return new
        old = self.theirs or {}
        today, marks = self.content.as_of, self.form.form
        mended = SAME in marks and marks[SAME].data
        if new != old and not mended:
            new = {**new, "updated": today}
        if self.place.is_translation and marks[FOLLOWS].data:
            new = {**new, "translates": self._english_day()}
        return entry.in_order(new, [*declared(Article), entry.TEXT])

    def files(self) -> Files:
        """The file with the change in it; none where nothing changes.

        Raises ``ValueError`` where that cannot be written.
        """
        new = self.new_value()
        if new == (self.theirs or {}):
            return {}
        data = entry.with_value(self.place.kind, self.place.id, self.data, new)
        return {} if data == self.data else {self.place.name: data}

    def tell(self, problems: list[Problem], files: Files) -> list[Problem]:
        """Put problems beside the inputs they are about; the others come back."""
        own = [problem for problem in problems if problem.file in files]
        data = next(iter(files.values())) or b""
        if self.place.kind.path and self.data is not None:
            data = self.data  # a key that is to be another is found by what it was
        place = entry.place_in(self.place.kind, self.place.id, data)
        others = [problem for problem in problems if problem.file not in files]
        return [*self.form.tell(own, place), *others]


def _version(config: Config, name: str, seen: str) -> bytes | None:
    """The version of a file that somebody has seen, from the record's history."""
    for save in islice(saves(config.record), MOST_VERSIONS):
        for file in save.files:
            for data in (file.after, file.before):
                if file.name == name and data is not None and digest(data) == seen:
                    return data
    return None


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(value, list):
            value = value[int(step)]
        else:
            value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value
