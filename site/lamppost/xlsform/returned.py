"""Answers that field teams bring back: rows of a table as ODK and KoBo write it, as responses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import SystemRandom

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..config import Config
from ..db import sessions
from ..devices.tables import read_table
from ..i18n import gettext as _
from ..i18n import ngettext, speech
from ..questions.answers import Answers
from ..questions.models import MOST_TYPED, Question, World
from ..record import Table
from ..surveys.definitions import Survey
from ..surveys.deletion import deletions_of
from ..surveys.responses import keep
from ..workbooks import UnreadableError
from .cells import UnclearError, not_offered, typed
from .models import TakenIn

MOST_ROWS = 5_000
MODE = "field"
_OWN_IDS = ("instanceID", "_uuid", "KEY")
"""The columns in which ODK and KoBo write the id of a response."""

_BETWEEN = re.compile(r"[/:-]")


@dataclass(frozen=True, slots=True, order=True)
class Wrong:
    """A cell that cannot be taken in, and why."""

    row: int
    column: str
    told: str

    def __str__(self) -> str:
        return _("Row %(row)s, column %(column)s: %(told)s",
                 row=self.row, column=self.column, told=self.told)  # fmt: skip


@dataclass(slots=True)
class Returned:
    """What a table of answers comes to. All of it is taken in, or nothing."""

    survey: Survey
    new: list[Answers] = field(default_factory=list)
    marks: set[bytes] = field(default_factory=set)
    before: int = 0
    """Rows that were taken in before, or stand here twice."""
    wrong: list[Wrong] = field(default_factory=list)


def read_returned(data: bytes, name: str, survey: Survey, world: World, config: Config) -> Returned:
    """The responses in a table. Raises :class:`UnreadableError` for what is none.

    It does so too where the survey's answers were deleted: nothing comes back that had to go.
    """
    if deletions_of(survey.id):
        raise UnreadableError(_("The answers to this survey were deleted. None can come back."))
    table = read_table(data, name, most_text=MOST_TYPED)
    if len(table.rows) > MOST_ROWS:
        most = speech().number(MOST_ROWS)
        raise UnreadableError(_("The table has more than %(most)s rows.", most=most))
    return _Reader(survey, world, config, table).read(data)


class _Reader:
    def __init__(self, survey: Survey, world: World, config: Config, table: Table) -> None:
        self.survey, self.world, self.table = survey, world, table
        self.secret = config.secret_key("answers taken in")
        self.questions = {
            question.key: question for section in survey.sections for question in section.questions
        }
        self.columns = dict(self._columns())
        if not self.columns:
            raise UnreadableError(_("No column of this table is a question of this survey."))
        ids = {_last(name): n for n, name in enumerate(table.header)}
        self.own_id = next((ids[name] for name in _OWN_IDS if name in ids), None)

    def _columns(self) -> Iterator[tuple[str, int]]:
        """The columns that hold an answer or a part of one, by the name of its input."""
        names = {
            key for question in self.questions.values() for key in (question.key, *question.names)
        }
        several = {
            key for key, one in self.questions.items() if one.kind in ("multiple", "ranking")
        }
        for number, heading in enumerate(self.table.header):
            parts = _BETWEEN.split(heading)
            # A choice of several has a column of its own too, beside the one that has them all.
            is_choice = len(parts) > 1 and parts[-2] in several
            if parts[-1] in names and not is_choice:
                yield parts[-1], number

    def read(self, data: bytes) -> Returned:
        """Each row in its turn."""
        found = Returned(self.survey)
        whole = self._mark(data) if self.own_id is None else None
        known = set(sessions().scalars(select(TakenIn.mark).filter_by(survey=self.survey.id)))
        for number, row in zip(self.table.lines, self.table.rows, strict=True):
            mark = whole or self._mark(row[self.own_id or 0].encode())
            if self.own_id is not None and not row[self.own_id]:
                told = _("The id of the response is missing.")
                found.wrong.append(Wrong(number, self.table.header[self.own_id], told))
            elif mark in known or (mark in found.marks and not whole):
                found.before += 1
            else:
                found.marks.add(mark)
                self._row(number, row, found)
        return found

    def _row(self, number: int, row: list[str], found: Returned) -> None:
        cells = {name: row[at] for name, at in self.columns.items() if row[at]}
        sent: dict[str, list[str]] = {}
        wrong: dict[str, str] = {}
        for question in self.questions.values():
            try:
                sent |= typed(question, cells)
            except UnclearError as error:
                wrong[question.key] = str(error)
        answers = Answers(self.survey.sections, sent, self.world)
        for key, question in answers.asked.items():
            told = self._not_taken(question, cells, answers) or answers.mistakes.get(key)
            if told:
                wrong.setdefault(key, told)
        found.wrong += [Wrong(number, self._heading(key), told) for key, told in wrong.items()]
        found.new.append(answers)

    def _not_taken(self, question: Question, cells: Mapping[str, str], answers: Answers) -> str:
        """Why an answer is not what stands in the table, though it is no mistake to a form."""
        unknown = not_offered(question, cells, self.world)
        if unknown:
            return _("“%(found)s” is not among the choices.", found=unknown)
        is_there = any(name in cells for name in (question.key, *question.names))
        is_lost = question.key not in {**answers.values, **answers.mistakes}
        if is_there and is_lost and question.kind != "note":
            return _("“%(found)s” is not among the choices.", found=cells.get(question.key, ""))
        return ""

    def _heading(self, key: str) -> str:
        number = self.columns.get(key)
        return self.table.header[number] if number is not None else key

    def _mark(self, what: bytes) -> bytes:
        key = bytes.fromhex(self.secret)
        return hashlib.blake2b(
            self.survey.id.encode() + b"\0" + what, key=key[:64], digest_size=32
        ).digest()


def _last(heading: str) -> str:
    if heading in _OWN_IDS:
        return heading
    return _BETWEEN.split(heading)[-1]


def keep_all(returned: Returned, language: str, world: World) -> bool:
    """Add the responses to the session of this request, in no order; whoever calls commits.

    False where somebody else takes the same in at this moment; then nothing is added.
    """
    session = sessions()
    answers = list(returned.new)
    SystemRandom().shuffle(answers)
    try:
        session.add_all(TakenIn(survey=returned.survey.id, mark=mark) for mark in returned.marks)
        session.flush()
    except IntegrityError:
        session.rollback()
        return False
    for one in answers:
        keep(returned.survey, one, language, mode=MODE, today=world.today)
    return True


def told(wrong: Iterable[Wrong]) -> list[str]:
    """The mistakes in their order."""
    return [str(one) for one in sorted(set(wrong))]


def summary(returned: Returned) -> str:
    """How many rows are new, and how many were taken in before."""
    new = ngettext("%(num)s response", "%(num)s responses", len(returned.new))
    before = ngettext(
        "%(num)s row that was taken in before",
        "%(num)s rows that were taken in before",
        returned.before,
    )
    return _("In this table: %(parts)s.", parts=speech().listed([new, before]))
