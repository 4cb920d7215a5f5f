"""What the record's other copy asks staff to do: decide, or see why it could not be reached."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app

from ..config import Config
from ..history import behind
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..staff.waiting import Kind, Waiting
from ..urls import url
from . import git, sync


def _other_copy() -> Iterator[Waiting]:
    config: Config = current_app.extensions["config"]
    address = url("remote.other")
    if behind(config.record):
        yield Waiting(_("The record was changed outside of the desk."), address)
    if not config.record_remote:
        return
    if git.standing(config.record)[1]:
        yield Waiting(_("The other copy has changes that are not here yet."), address)
    for deed, words in (("push", _("The record could not be sent to its other copy.")),
                        ("fetch", _("The other copy could not be fetched."))):  # fmt: skip
        told = sync.told(config).get(deed)
        if told and told.error and not told.behind:
            yield Waiting(words, address)


KINDS = (Kind(_l("The other copy of the record"), "exchange the record", _other_copy),)
