"""A fresh site as if it were a month ago: staff of each role, and the days that go by."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask import Flask

from ..answering import unsent
from ..answering.world import world_of
from ..cases import deeds
from ..cases.models import MACHINE, ORIGINAL, Case
from ..cases.queries import case_named
from ..config import Config
from ..content import Content
from ..lifecycle import STAFF, WRITER
from ..published import content
from ..questions.answers import Answers
from ..questions.kinds import Sections
from ..staff.accounts import add_staff
from ..staff.models import Staff
from ..staff.roles import ROLES
from ..text import SOURCE_LANGUAGE
from .samples import Words, marked

MONTH = 30
"""How many days ago it begins."""

MORE_STAFF = {"second_moderator": "moderator", "second_evaluator": "evaluator"}
"""Those who do what one alone may not."""

Story = Generator[int, None, None]
"""Something that happens: each time it goes on, it says how many days ago that is."""


class Stage:
    """The site on the day to which the stories have come; within an app's context."""

    def __init__(self, app: Flask) -> None:
        self.config: Config = app.extensions["config"]
        self.ago = 0
        app.extensions["clock"] = lambda: datetime.combine(self.today, time(12), UTC)
        self.staff: dict[str, Staff] = {}

    @property
    def now(self) -> Content:
        """What is published."""
        return content()

    @property
    def today(self) -> date:
        """The day on the stage."""
        return content().as_of - timedelta(days=self.ago)

    def play(self, stories: Iterable[Story]) -> None:
        """Let all of it happen, day by day."""
        waiting = [(-next(story), number, story) for number, story in enumerate(stories)]
        heapq.heapify(waiting)
        while waiting:
            day, number, story = heapq.heappop(waiting)
            self.ago = -day
            after = next(story, None)
            if after is not None:
                heapq.heappush(waiting, (-after, number, story))
        self.ago = 0

    def hire(self) -> None:
        """Give each role an account that says what it is; no person is meant."""
        self.ago = MONTH
        for key, role in {**dict(zip(ROLES, ROLES, strict=True)), **MORE_STAFF}.items():
            name = f"Sample {key.replace('_', ' ')}"
            email = f"{key.replace('_', '-')}@example.org"
            self.staff[key] = add_staff(email, name=name, roles=[role])

    # --- what people without an account do ------------------------------------------------------

    def answers(self, sections: Sections, typed: Mapping[str, Sequence[str]]) -> Answers:
        """Answers as a form would take them. Raises ``ValueError`` where it would not."""
        found = Answers(sections, typed, world_of(content()))
        if found.mistakes:
            raise ValueError(str(found.mistakes))
        return found

    def receipt(self, key: str, typed: Mapping[str, Sequence[str]]) -> str:
        """A draft that was begun with these answers."""
        moment = int(datetime.combine(self.today, time(12), UTC).timestamp())
        return unsent.begin(key, typed, now=moment, today=self.today)

    def send(self, kind: str, form: str, language: str, typed: Mapping[str, Sequence[str]]) -> Case:
        """Send a concern, a pitch or an assessment."""
        asked = self.now.forms[form]
        answers = self.answers(asked.sections, typed)
        receipt = self.receipt(f"forms/{form}", typed)
        category = "" if kind == "concern" else form
        reference = deeds.receive(kind, receipt, asked.version, answers, language,
                                  today=self.today, category=category)  # fmt: skip
        sent = case_named(reference)
        if sent is None:
            raise ValueError("what has never been sent was sent already")
        return sent

    # --- what is done with cases ----------------------------------------------------------------

    def move(self, case: Case, name: str, by: str, words: Words = {}, **said: str) -> None:  # noqa: B006
        """Make a move as somebody of the staff; ``words`` are marked as a sample."""
        if words:
            told = marked(words)
            said |= {"message": told[SOURCE_LANGUAGE], "language": SOURCE_LANGUAGE}
            if case.language != SOURCE_LANGUAGE:
                said |= {"translated": told[case.language], "made": MACHINE}
        deeds.move_on(case, name, said, today=self.today, by=STAFF, seen=case.version,
                      staff=self.staff[by])  # fmt: skip

    def reply(self, case: Case, name: str, words: Words = {}) -> None:  # noqa: B006
        """Make a move as whoever wrote it."""
        told = {"message": marked(words)[case.language], "language": case.language} if words else {}
        deeds.move_on(case, name, told, today=self.today, by=WRITER, seen=case.version)

    def publish(self, case: Case, summary: Words, answer: Words = {}) -> None:  # noqa: B006
        """Let anybody read it: one prepares the texts, another publishes them."""
        parts = {"summary": marked(summary)} | ({"answer": marked(answer)} if answer else {})
        texts = {
            (part, code): (words, ORIGINAL if code == SOURCE_LANGUAGE else MACHINE)
            for part, said in parts.items()
            for code, words in said.items()
        }
        if case.wish == "words":
            texts["words", case.language] = (marked(summary)[case.language], ORIGINAL)
        deeds.clear(case, texts, staff=self.staff["moderator"], redacted=False, seen=case.version)
        deeds.publish(case, today=self.today, staff=self.staff["second_moderator"],
                      seen=case.version)  # fmt: skip
