"""What publishing asks staff to do: a release that waits, a record that cannot be published."""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app

from ..config import Config
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..i18n import told
from ..published import Published
from ..staff.waiting import Kind, Waiting
from ..urls import url
from .releases import Releases


def _releases() -> Iterator[Waiting]:
    config: Config = current_app.extensions["config"]
    releases = Releases(config.public)
    if releases.holds_withdrawn:
        told = _("Something that was withdrawn is still public. Publish anew.")
        yield Waiting(told, url("publishing.publishing"))
    if releases.prepared():
        yield Waiting(_("A release waits to be published."), url("publishing.publishing"))


def _mistakes() -> Iterator[Waiting]:
    published: Published = current_app.extensions["published"]
    published.current()
    for problem in published.problems:
        yield Waiting(told(problem), url("publishing.publishing"))


KINDS = (
    Kind(
        _l("Mistakes in the record: the site goes on with the last sound one"),
        "see the desk",
        _mistakes,
    ),
    Kind(_l("Releases"), "publish", _releases),
)
