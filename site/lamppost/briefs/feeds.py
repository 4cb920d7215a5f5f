"""The feed of briefs: those that were published, changed or withdrawn, the latest first."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response

from .. import atom
from ..addresses import Address, key
from ..content import Content
from ..i18n import gettext as _
from ..i18n import speech
from ..published import content
from ..urls import url
from .models import Brief

blueprint = Blueprint("briefs_feed", __name__)


@blueprint.get("/<language:language>/briefs/briefs.atom")
def feed() -> Response:
    """All briefs."""
    now = content()
    latest = sorted(now.briefs.values(), key=lambda brief: (brief.changed_on, brief.id))[::-1]
    title = f"{now.settings.name}: {_('Briefs')}"
    return atom.feed(title, url("briefs_feed.feed"), url("briefs.index"), map(_entry, latest))


def _entry(brief: Brief) -> atom.Entry:
    plain = speech().plain
    told = plain(brief.summary)
    if brief.withdrawn:
        told = f"{_('Withdrawn:')} {plain(brief.withdrawn.reason)}"
    # A brief that has changed is news again, so the day is part of its id.
    name = f"{brief.id} {brief.changed_on} {speech().code}"
    link = url("briefs.brief", brief=brief.id)
    return atom.Entry(name, plain(brief.title), brief.changed_on, link, told)


def addresses(content: Content) -> Iterator[Address]:
    """The feed."""
    yield Address("briefs_feed.feed", {}, key(content.digest("content/briefs/")))
