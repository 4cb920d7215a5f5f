"""What the things of the record are called, where a form lets one choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import icons
from ..content import Content
from ..i18n import speech


def of_kind(content: Content, kind: str) -> dict[str, str]:
    """The things that a key of this kind may name, each with its name for the reader."""
    if kind == "icons":
        return {name: name for name in icons.names()}
    if kind == "sources":
        return {id_: f"{id_}: {source.title}" for id_, source in content.sources.items()}
    if kind == "practices":
        return _named(content.practices, "name")
    if kind == "organizations":
        return _named(content.registry.organizations, "name")
    return _named(content.registry.words[kind.removeprefix("words/")], "label")


def criteria(content: Content) -> dict[str, str]:
    """The criteria of the plan."""
    return {one.id: speech().plain(one.name) for one in content.plan.criteria}


def entry(kind: str, raw: Mapping[str, Any], id_: str) -> str:
    """What an entry is called in the reader's language, by what its file says of it."""
    for name in ("name", "label", "term", "title", "theme"):
        words = raw.get(name)
        if isinstance(words, dict):
            words = words.get(speech().code) or words.get("en")
        if isinstance(words, str) and words.strip():
            return f"{id_}: {words}" if kind == "sources" else words
    return id_


def _named(things: Mapping[str, Any], attribute: str) -> dict[str, str]:
    return {id_: speech().plain(getattr(thing, attribute)) for id_, thing in things.items()}
