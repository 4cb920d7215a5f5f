"""A fresh site as if it were a month ago: staff of each role, and the days that go by."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from flask import Flask

from ..answering import unsent
from ..answering.definitions import Form
from ..answering.receipts import new_receipt
from ..answering.world import world_of
from ..apart import attachments
from ..cases import clearing, deeds, publication
from ..cases.arrival import receive
from ..cases.models import MACHINE, ORIGINAL, Case
from ..cases.queries import case_named
from ..cases.revising import revise
from ..config import Config
from ..content import Content
from ..db import sessions
from ..lifecycle import STAFF, WRITER
from ..pitches.support import support
from ..published import content, look_again
from ..questions.answers import Answers
from ..questions.enclosed import File
from ..questions.kinds import Sections
from ..staff.accounts import add_staff
from ..staff.models import Staff
from ..staff.roles import ROLES
from ..text import SOURCE_LANGUAGE
from .samples import Words, marked

MONTH = 30
"""How many days ago it begins."""

ANNEX = "public_annex"
"""The question for files that may be published."""

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
        self.receipts: dict[str, str] = {}

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
        """Answers as a form of a site with e-mail takes them. Raises ``ValueError``."""
        found = Answers(sections, typed, replace(world_of(content()), sends_mail=True))
        if found.mistakes:
            raise ValueError(str(found.mistakes))
        return found

    def receipt(self, key: str, typed: Mapping[str, Sequence[str]]) -> str:
        """A draft that was begun with these answers."""
        return unsent.begin(key, typed, now=self._moment(), today=self.today)

    def _moment(self) -> int:
        return int(datetime.combine(self.today, time(12), UTC).timestamp())

    def send(
        self, kind: str, form: str, language: str, typed: Mapping[str, Sequence[str]],
        annex: bytes = b"",
    ) -> Case:  # fmt: skip
        """Send a concern, a pitch or an assessment; ``annex`` is a PDF that may be published."""
        asked, receipt = self.now.forms[form], new_receipt()
        if annex:
            typed = {**typed, ANNEX: [self._kept(asked, receipt, annex)]}
        answers = self.answers(asked.sections, typed)
        unsent.begin(f"forms/{form}", typed, now=self._moment(), today=self.today, receipt=receipt)
        category = "" if kind == "concern" else form
        reference = receive(kind, receipt, asked.version, answers, language,
                                  today=self.today,
                                  known={"category": category} if category else None)  # fmt: skip
        sent = case_named(reference)
        if sent is None:
            raise ValueError("what has never been sent was sent already")
        self.receipts[reference] = receipt
        return sent

    def _kept(self, asked: Form, receipt: str, annex: bytes) -> str:
        """Keep a file of a draft; what the draft says of it."""
        questions = (q for section in asked.sections for q in section.questions)
        question = next(q for q in questions if isinstance(q, File) and q.key == ANNEX)
        subject, until = unsent.subject_of(receipt), unsent.ends_on(self.today)
        kept = attachments.add(subject, question, "sample.pdf", annex, until)
        sessions().commit()
        return kept.written()

    def revise(self, case: Case, typed: Mapping[str, Sequence[str]]) -> None:
        """Change what was answered, as whoever wrote it, once it was given back."""
        asked, receipt = self.now.forms[case.category], self.receipts[case.reference]
        answers, key = self.answers(asked.sections, typed), f"forms/{case.category}"
        unsent.reopen(receipt, key, typed, now=self._moment(), today=self.today)
        revise(case, receipt, asked.version, answers, case.language, today=self.today)

    def support(self, case: Case, times: int) -> None:
        """Let a pitch that can be read be supported so often."""
        look_again()
        shown = self.now.cases.by_reference[case.reference]
        for _ in range(times):
            support(shown, new_receipt())

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
        publication.clear(case, texts, staff=self.staff["moderator"], seen=case.version)
        publication.publish(case, today=self.today, staff=self.staff["second_moderator"],
                      seen=case.version)  # fmt: skip

    def publish_files(self, case: Case, words: Words) -> None:
        """Let anybody have what was enclosed: one prepares each file, another publishes it."""
        alt = {
            code: (said, ORIGINAL if code == SOURCE_LANGUAGE else MACHINE)
            for code, said in marked(words).items()
        }
        first, second = self.staff["moderator"], self.staff["second_moderator"]
        for file in clearing.files_of(case):
            clearing.clear(case, file, [], alt, staff=first, seen=case.version)
            clearing.publish(case, file, today=self.today, staff=second, seen=case.version)
