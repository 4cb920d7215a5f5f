"""What of cases waits at the desk's first page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..published import content
from ..staff.waiting import Kind, Part, Waiting
from ..urls import url
from .alike import Group
from .models import Case
from .notices import late
from .queries import PAGE, Chosen, files_to_publish, queue, to_decide, to_moderate, to_publish
from .told import title_of


def waits(case: Case, *, address: str = "", due: date | None = None) -> Waiting:
    """A case as it stands among what waits; its own page is where it is done, if nothing else."""
    title = title_of(case)
    there = address or url("cases.case", case=case.reference)
    return Waiting(f"{title.words} {case.reference}", there, due, title.language)


def owed(chosen: Chosen, address: Callable[[Case], str] | None = None) -> Part:
    """The first of what the queue has of something, and new ones that are alike as one each."""
    now = content()
    found = queue(chosen, now.as_of, now.settings.promise)
    waiting = [
        waits(one.case, address=address(one.case) if address else "", due=one.clock.due_on)
        for one in found.waiting
    ]
    waiting += [_alike(group) for group in found.groups[:PAGE]]
    return Part(found.number + len(found.groups), waiting)


def _alike(group: Group) -> Waiting:
    number = speech().number(len(group.ids))
    words = _("%(number)s that are alike", number=number)
    return Waiting(words, url("queue.alike", case=group.reference))


def _concerns() -> Part:
    return owed(Chosen(kind="concern", is_owed=True))


def _pitches() -> Part:
    return owed(Chosen(kind="pitch", is_owed=True))


def _moderated() -> Part:
    new, others = to_moderate(), [*to_publish(), *files_to_publish()]
    waiting = [waits(case) for case in [*others, *new.cases]]
    return Part(new.number + len(others), waiting[:PAGE])


def _appealed() -> Iterable[Waiting]:
    for case in to_decide():
        yield waits(case, address=url("moderating.appeal", case=case.reference))


def _late() -> Iterable[Waiting]:
    if found := late():
        zone = ZoneInfo(content().settings.time_zone)
        day, number = found.since.astimezone(zone).date(), speech().number(found.number)
        yield Waiting(
            _(
                "Messages have waited since %(day)s, %(number)s of them for more than a day."
                " Is the server that sends them down?",
                day=speech().day(day),
                number=number,
            )
        )


KINDS = (
    Kind(_l("Concerns to answer"), "work on concerns", _concerns),
    Kind(_l("Pitches to look at"), "screen pitches", _pitches),
    Kind(_l("What people say, to be published or withheld"), "moderate", _moderated),
    Kind(_l("Another look was asked for"), "moderate", _appealed),
    Kind(_l("Messages that could not be sent yet"), "work on concerns", _late),
)
