"""Notices: "there is something new", by e-mail or text message, and nothing of the case itself.

A notice is written down in the transaction of the deed it tells of, once for each step and way. A
thread sends it, and tries again while the server is down: no answer waits for a mail server, and
nothing is sent twice, or lost over a weekend. What the server refuses for good is not tried again.
When a server has taken a message and this machine dies before that
is written down, it is sent once more: of the two faults that is the smaller.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy import delete, select

from ..apart import contacts
from ..apart.models import CASE, Subject
from ..apart.vault import NoKeyError
from ..config import Config
from ..db import sessions
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import speaking, speech
from ..mail import NotTakenError, can_send, send
from ..sealed import SealError
from ..staff.clock import now
from ..texting import can_text, text
from .models import Case, Notice
from .queries import joined_with
from .ways import WAYS as KINDS

log = logging.getLogger("lamppost.mail")
PAUSES = (1, 5, 30, 60)
"""Minutes after which what has failed is tried again; from then on each time after the last."""

TRIED_FOR = timedelta(days=14)
"""How long it is tried. A server may be down over the holidays; after two weeks the news is old,
and a case says that it did not reach its writer.
"""

LATE = timedelta(days=1)
"""After so long the desk says that messages wait: a server that is mended by then needs nobody."""

TOLD = frozenset({
    "ask", "refer", "answer",
    "reopen", "publish", "withhold", "return", "forward", "not-now", "decline",
    "adopt", "end", "accept", "accept-on", "refuse", "expire", "upheld", "overturned",
    "merge", "give-up", "lapse", "remind", "part", "scan", "solicit", "pilot",
})  # fmt: skip
"""The moves and deeds that are worth a notice."""

REMINDER = "remind"
"""What is noted some time before something ends."""

LOOK_EVERY_SECONDS = 20.0


def subject_of(case: Case) -> Subject:
    """What a case is to what is kept apart."""
    return Subject(CASE, case.id)


def note(case: Case, what: str) -> None:
    """Write down that its writer is to be told, if they want to be; whoever calls commits.

    Of an answer, and that it can be read, the writers of what was joined to it are told too.
    """
    if what not in TOLD:
        return
    told = [case]
    if what == "publish" or what in KINDS[case.kind].answers:
        told += joined_with(case)
    for one in told:
        for kind in contacts.kinds_of(subject_of(one)) & set(WAYS):
            event = f"{kind}:{what}-{case.version}"
            if not any(notice.event == event for notice in one.notices):
                one.notices.append(Notice(event=event, noted_at=_now(), next_at=_now()))


def is_told(case: Case) -> bool:
    """Whether the site tells its writer that there is something new."""
    kinds = contacts.kinds_of(subject_of(case)) & set(WAYS)
    return any(WAYS[kind].is_set(_config()) for kind in kinds)


def _now() -> datetime:
    return now().replace(microsecond=0, tzinfo=None)


def send_due() -> int:
    """Send what is due; how many messages were taken."""
    config = _config()
    if not can_tell(config):
        return 0
    due = select(Notice).where(Notice.next_at <= _now(), Notice.failed.is_(False))
    notices = list(sessions().scalars(due.order_by(Notice.next_at)))
    return sum(_send(config, notice) for notice in notices if _way(notice).is_set(config))


class Late(NamedTuple):
    """How many messages have waited for too long, and since when (UTC) the first of them."""

    number: int
    since: datetime


def late() -> Late | None:
    """What a server that is set has not taken for longer than a day; None where nothing is late."""
    config = _config()
    old = select(Notice.event, Notice.noted_at).where(
        Notice.failed.is_(False), Notice.noted_at <= _now() - LATE
    )
    noted = [at for event, at in sessions().execute(old) if WAYS[_kind(event)].is_set(config)]
    return Late(len(noted), min(noted).replace(tzinfo=UTC)) if noted else None


def can_tell(config: Config) -> bool:
    """Whether the site can reach anybody."""
    return any(way.is_set(config) for way in WAYS.values())


def _send(config: Config, notice: Notice) -> int:
    case = notice.case
    try:
        ways = contacts.ways_to(subject_of(case))
        kind = _kind(notice.event)
        wanted = [way for way in ways if way.kind == kind and not way.stopped]
        taken = [WAYS[kind].tell(config, case, way, _news(notice)) for way in wanted]
    except (NoKeyError, SealError) as error:
        log.warning("A notice cannot be sent: %s.", type(error).__name__)
        return _later(notice, again=True)
    except NotTakenError as error:
        log.warning("A notice was not taken: %s.", error)
        return _later(notice, again=error.again)
    sessions().delete(notice)
    sessions().commit()
    return len(taken)


def _kind(event: str) -> str:
    """By which way it goes; one of before there were several goes by e-mail."""
    kind, colon, _what = event.partition(":")
    return kind if colon else "email"


def _news(notice: Notice) -> News:
    """What it says there is; nothing of the case itself."""
    what = notice.event.rpartition(":")[2].rpartition("-")[0]
    if what == REMINDER:
        return News(
            _l("Something you sent to the City ends soon"),
            _l("Something you sent to the City ends soon. With your receipt you can renew it."),
        )
    return News(
        _l("There is something new about what you wrote"),
        _l("There is something new about what you wrote to the City."),
    )


def _way(notice: Notice) -> Way:
    return WAYS[_kind(notice.event)]


def _home(config: Config) -> str:
    return f"{config.home}/{speech().code}"


def _end(config: Config, case: Case) -> str:
    """Where whoever has a message of a case ends them all."""
    return f"{_home(config)}/stop/{case.stop_mark}/"


def _by_mail(config: Config, case: Case, way: contacts.Way, news: News) -> None:
    with speaking(way.language):
        end = _end(config, case)
        body = "\n\n".join((
            str(news.sentence),
            _("Read it here, with your receipt:") + f"\n{_home(config)}/receipts/",
            _("Nothing of it stands in this message. We never send your receipt, and never ask"
              " for it by e-mail."),
            _("If you want no more messages:") + f"\n{end}",
        ))  # fmt: skip
        send(config, way.value, str(news.title), body, way.language, end)


def _by_text(config: Config, case: Case, way: contacts.Way, news: News) -> None:
    with speaking(way.language):
        words = " ".join((
            str(news.sentence),
            f"{_home(config)}/receipts/",
            _("If you want no more messages:"),
            _end(config, case),
        ))  # fmt: skip
        text(config, way.value, words, way.language)


class News(NamedTuple):
    """What a message says there is: its title, and a sentence."""

    title: LazyString
    sentence: LazyString


class Way(NamedTuple):
    """A way to tell: whether the site has it, and how it is done."""

    is_set: Callable[[Config], bool]
    tell: Callable[[Config, Case, contacts.Way, News], None]


WAYS = {"email": Way(can_send, _by_mail), "text": Way(can_text, _by_text)}
"""By the kind of contact (``questions.enclosed.WAYS``)."""


def _later(notice: Notice, *, again: bool) -> int:
    pause = PAUSES[min(notice.tries, len(PAUSES) - 1)]
    notice.next_at = _now() + timedelta(minutes=pause)
    notice.failed = not again or _now() - notice.noted_at >= TRIED_FOR
    notice.tries += 1
    sessions().commit()
    return 0


# --- no more messages ---------------------------------------------------------------------------


def case_marked(mark: str) -> Case | None:
    """The case whose messages a mark ends."""
    return sessions().scalar(select(Case).where(Case.stop_mark == mark))


def stop(case: Case) -> None:
    """Send the writer of a case no more messages, and delete where they went.

    A number at which they want to be called serves more than messages, and stays with their name.
    Of a case that is held all of it is deleted when that ends.
    """
    mine = subject_of(case)
    if "phone" in contacts.kinds_of(mine):
        contacts.stop(mine, tuple(WAYS))
    else:
        contacts.stop(mine)
    if not case.held:
        contacts.forget(mine, stopped=True)
    sessions().execute(delete(Notice).where(Notice.case_id == case.id))
    sessions().commit()


# --- the thread ---------------------------------------------------------------------------------


_NOT_ALL_SET = (
    "No message is sent to anybody: set LAMPPOST_LIVE_URL, which each leads to, and for mail"
    " LAMPPOST_SMTP and LAMPPOST_MAIL_FROM."
)


def start(app: Flask) -> threading.Event | None:
    """Send what is due from now on; None where nothing is set to do so. The event ends it."""
    config: Config = app.extensions["config"]
    if not can_tell(config):
        if config.smtp or config.text_sender:
            log.warning(_NOT_ALL_SET)
        return None
    end = threading.Event()

    def run() -> None:
        while True:
            try:
                with app.app_context():
                    send_due()
            except Exception:
                log.exception("Notices could not be looked at; tried again.")
            if end.wait(LOOK_EVERY_SECONDS):
                return

    threading.Thread(target=run, name="notices", daemon=True).start()
    return end


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
