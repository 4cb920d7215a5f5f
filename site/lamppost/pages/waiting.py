"""What the texts ask staff to do: translations that are stale or missing."""

from __future__ import annotations

from collections.abc import Iterator

from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import speech
from ..published import content
from ..staff.waiting import Kind, Waiting
from ..text import Made
from ..urls import url
from .provenance import table


def _texts() -> Iterator[Waiting]:
    for account in table(content()):
        for section in account.sections:
            counts = section.counts[account.language.code]
            missing = counts[Made.STALE] + counts[Made.MISSING]
            if missing:
                what = _(
                    "%(language)s, %(section)s: %(num)s",
                    language=account.language.name,
                    section=section.title,
                    num=speech().number(missing),
                )
                yield Waiting(what, url("pages.page", page="languages"))


KINDS = (Kind(_l("Texts that are missing or older than the English"), "translate", _texts),)
