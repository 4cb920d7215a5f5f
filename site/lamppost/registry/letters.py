"""Letters that a resident may send about a technology: what to ask comes from the record's gaps.

They ask, and say nothing of a duty to answer: what the law gives stands in the record, as `rights`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from ..i18n import gettext, speaking, speech
from ..i18n import marked as _
from ..text import SOURCE_LANGUAGE
from .labels import DOCUMENTS, GROUPS
from .models import Device, Technology
from .queries import groups_of
from .wording import kept, longest, place, spoken_code

LINE = "________"
"""A blank, as it is printed and mailed: to be filled in by hand or by the page's script."""

PAPERS = ("policy", "contract", "impact_assessment", "annual_report")
"""The kinds of documents that a records request asks for, unless the record has one."""


ASKED_ELSEWHERE = {"documents", "contract", "contact"}
"""Groups that are papers themselves, or whom one asks."""


class Letter(NamedTuple):
    """A letter in one language: its subject, and its paragraphs (a list is a tuple)."""

    subject: str
    parts: tuple[Markup | tuple[Markup, ...], ...]

    @property
    def text(self) -> str:
        """The letter as plain text, for mail."""
        return "\n\n".join(
            "\n".join(f"- {item.striptags()}" for item in part)
            if isinstance(part, tuple)
            else part.striptags()
            for part in self.parts
        )

    def mail(self, mailbox: str) -> str:
        """An address that opens the letter in a mail program (RFC 6068)."""
        text = quote(self.text.replace("\n", "\r\n"))
        return f"mailto:{mailbox}?subject={quote(self.subject)}&body={text}"


class Near(NamedTuple):
    """The device that a letter is about, and how the City's codes begin."""

    device: Device
    code_prefix: str

    @property
    def known(self) -> dict[str, str]:
        """What fills blanks by their names, in the language that is spoken now."""
        code = spoken_code(self.device.code, self.code_prefix)
        return {"code": code, "place": place(self.device)}


def _blank(name: str, known: str = "") -> Markup:
    blank = Markup('<span class="letter__blank" data-blank="{}" data-line="{}">{}</span>')
    return blank.format(name, LINE, known or LINE)


def about_me(technology: Technology, near: Near | None = None) -> Letter:
    """A question what is held about the writer, in the language that is spoken now."""
    name = speech().plain(technology.name)
    known = near.known if near else {}
    blanks = {
        name: _blank(name, known.get(name, "")) for name in ("day", "start", "end", "place", "code")
    }
    duration = near.device.override_retention if near else ""
    return Letter(
        gettext("Question about data on me: %(technology)s", technology=name),
        (
            _("I am writing about this technology of the City: %(technology)s.", technology=name),
            _(
                "I was near it on %(day)s, between %(start)s and %(end)s. Place: %(place)s. "
                "Code on the sign: %(code)s.",
                **blanks,
            ),
            _("Please tell me:"),
            (
                _("what was recorded about me in that time,"),
                _("who has seen it or was given it,"),
                _("when it will be erased,"),
                _("whether I can have a copy of it, have it corrected or have it erased, and how."),
            ),
            _(
                "On how long data is kept, the public record says: %(answer)s. Please answer "
                "before anything about me is erased.",
                answer=(kept(duration) if duration else longest(technology)).rstrip(".។"),
            ),
            _("Please answer to: %(reply)s", reply=_blank("reply")),
        ),
    )


def for_records(technology: Technology, near: Near | None = None) -> Letter:
    """A request for what the record could not say, in the language that is spoken now."""
    name = speech().plain(technology.name)
    return Letter(
        gettext("Request for public records: %(technology)s", technology=name),
        (
            _(
                "I ask for copies of public records on this technology: %(technology)s.",
                technology=name,
            ),
            *_device(near),
            *_asked(_("Please send me these documents, or tell me that there are none:"),
                    _papers(technology)),
            *_asked(_("Please send me any record that answers these questions. The public "
                      "register has no answer, or only a part of it:"), _gaps(technology)),
            _("If you hold back a record or a part of one, please say why."),
            _("Files by e-mail are enough. Please tell me of any cost before you make copies."),
            _("Please answer to: %(reply)s", reply=_blank("reply")),
        ),
    )  # fmt: skip


def _device(near: Near | None) -> Iterator[Markup]:
    if near:
        known = {name: _blank(name, words) for name, words in near.known.items()}
        yield _("I ask because of this device: %(code)s, %(place)s.", **known)


def _asked(ask: Markup, items: Iterator[Markup]) -> tuple[Markup | tuple[Markup, ...], ...]:
    listed = tuple(items)
    return (ask, listed) if listed else ()


def _papers(technology: Technology) -> Iterator[Markup]:
    held = {item.kind for item in technology.documents.items}
    return (escape(DOCUMENTS[kind]) for kind in PAPERS if kind not in held)


def _gaps(technology: Technology) -> Iterator[Markup]:
    for name, group in groups_of(technology).items():
        if group.gap in {"unknown", "not_published"} and name not in ASKED_ELSEWHERE:
            yield escape(GROUPS[name].title)


LETTERS = {"about-me": about_me, "records": for_records}
"""The letters by the names of their places in the page."""


def letters(technology: Technology, near: Near | None = None) -> dict[str, tuple[Letter, Letter]]:
    """Each letter as it is read, in the language spoken now, and as it is sent to the office.

    With ``near`` they name that device of the technology.
    """
    read = {name: letter(technology, near) for name, letter in LETTERS.items()}
    with speaking(SOURCE_LANGUAGE):
        return {name: (read[name], letter(technology, near)) for name, letter in LETTERS.items()}
