"""One entry as its file holds it: read out of the file, and put back with all else kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..fields import At, Field, Items, Part, declared
from ..i18n import languages
from ..phrases import phrase
from ..record import yaml_value
from ..registry.models import GroupOf, Known
from ..text import SOURCE_LANGUAGE, Made
from ..texts.rewrite import rewritten
from .kinds import KINDS, File, Kind

FACTS = "facts"
"""The section of all fields that have none of their own."""

TEXT = "text"
"""Under which name an article's Markdown stands beside its front matter."""

DATED = ("updated", "translates")
"""What an article says of its days; the desk keeps these by rule, no form asks for them."""

_HEAD = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
MOST_MARKDOWN = 200_000


@dataclass(frozen=True, kw_only=True)
class Markdown(Field):
    """The text of an article. The record's own check looks at its links."""

    def read(self, raw: Any, at: At) -> str | None:
        if isinstance(raw, str) and raw.strip() and len(raw) <= MOST_MARKDOWN:
            return raw
        return at.problem(raw, phrase("a text of at most %(most)s characters", most=MOST_MARKDOWN))


Fields = dict[str, tuple[Field, bool]]


def fields_of(kind: Kind) -> Fields:
    """The fields of an entry: as its class declares them, and an article's text."""
    fields = declared(kind.record)
    if not kind.is_article:
        is_file = KINDS.get(kind.id) is kind and not kind.key
        own = declared(File) if is_file else {}
        return {**fields, **own}
    own = {name: field for name, field in fields.items() if name not in DATED}
    return {**own, TEXT: (Markdown(), True)}


def sections(kind: Kind) -> dict[str, Fields]:
    """The fields of an entry by the section in which a form shows them.

    A group of practices has a section of its own, and so has a list; of an article each language.
    What is a kind of its own is edited there.
    """
    if kind.is_article:
        return {language: fields_of(kind) for language in languages()}
    found: dict[str, Fields] = {FACTS: {}}
    for name, (field, required) in fields_of(kind).items():
        if isinstance(field, Items) and isinstance(field.of, Part):
            if field.of.of in [other.record for other in KINDS.values()]:
                continue
            found[name] = {name: (field, required)}
        elif isinstance(field, GroupOf) or (
            isinstance(field, Part) and issubclass(field.of, Known)
        ):
            found[name] = {name: (field, required)}
        else:
            found[FACTS][name] = (field, required)
    return found


def entries(kind: Kind, data: bytes) -> dict[str, dict[str, Any]]:
    """What a file says of its entries, by their ids.

    Raises :class:`~lamppost.record.YamlError` for what is not YAML.
    """
    top = yaml_value(data.decode())
    held = top.get(kind.key) if isinstance(top, dict) else None
    if isinstance(held, list):
        held = {item.get("id"): item for item in held if isinstance(item, dict)}
    return {id_: raw if isinstance(raw, dict) else {} for id_, raw in (held or {}).items()}


def value(kind: Kind, id_: str, data: bytes | None) -> dict[str, Any] | None:
    """What an entry's file says of it; None where it says nothing.

    Raises :class:`~lamppost.record.YamlError` for what is not YAML.
    """
    if data is None:
        return None
    if kind.is_article:
        head, text = _parts(data)
        return {**yaml_value(head), TEXT: text}
    top = yaml_value(data.decode())
    found: Any = top
    for key in _path(kind, id_, top):
        if isinstance(found, list) and isinstance(key, int):
            found = found[key] if key < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def with_value(kind: Kind, id_: str, data: bytes | None, new: dict[str, Any]) -> bytes:
    """The file with an entry put in or changed; what it does not change keeps its bytes.

    Raises ``ValueError`` where that cannot be done.
    """
    if kind.is_article:
        return _article(data, new)
    words = (data or _START).decode()
    top = yaml_value(words)
    path = _path(kind, id_, top)
    if not path:
        top = {**new} if data else {**top, **new}
    else:
        top, holder = _opened(top, path)
        if isinstance(holder, list) and path[-1] == len(holder):
            holder.append(new)
        else:
            holder[path[-1]] = new
    return rewritten(words, top).encode()


_START = b"# The format is described in docs/record.md.\n" + (
    "provenance: {" + ", ".join(f"{c}: {Made.MACHINE}" for c in languages() if c != SOURCE_LANGUAGE)
).encode() + b"}\n"  # fmt: skip
"""How a new file begins: what is said of nothing was reviewed by nobody we know of."""


def place_in(kind: Kind, id_: str, data: bytes) -> str:
    """Where in its file an entry stands, as a problem names it; "" for all of the file."""
    if kind.is_article:
        return ""
    return "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}"
        for part in _path(kind, id_, yaml_value(data.decode()))
    ).lstrip(".")


def _path(kind: Kind, id_: str, top: Any) -> tuple[str | int, ...]:
    if kind.path:
        return tuple(_resolved(kind.path, top))
    if not kind.key:
        return ()
    entries = top.get(kind.key)
    if isinstance(entries, list):
        at = [item.get("id") for item in entries]
        return (kind.key, at.index(id_)) if id_ in at else (kind.key, id_)
    return (kind.key, id_)


def _resolved(path: tuple[str | int | None, ...], top: Any) -> Iterator[str | int]:
    """The steps as keys and numbers; that of an item that is not there is one behind the last."""
    holder = top
    for step in path:
        name = step
        if name is None or (isinstance(holder, list) and isinstance(name, str)):
            items = holder if isinstance(holder, list) else []
            keys = [item.get("key") if isinstance(item, dict) else None for item in items]
            name = keys.index(step) if step is not None and step in keys else len(items)
        yield name
        if isinstance(holder, list):
            holder = holder[name] if isinstance(name, int) and name < len(holder) else None
        else:
            holder = holder.get(name) if isinstance(holder, dict) else None


def _opened(top: Any, path: tuple[str | int, ...]) -> tuple[Any, Any]:
    """A copy of ``top``, and the part of it that holds the end of ``path``."""
    top = deepcopy(top)
    holder = top
    for key, after in pairwise(path):
        if isinstance(holder, dict) and holder.get(key) is None:
            holder[key] = [] if isinstance(after, int) else {}
        holder = holder[key]
    return top, holder


def _parts(data: bytes) -> tuple[str, str]:
    match = _HEAD.fullmatch(data.decode())
    if match is None:
        raise ValueError(phrase("front matter between two lines of ---"))
    return match[1], match[2]


def _article(data: bytes | None, new: dict[str, Any]) -> bytes:
    front = {name: part for name, part in new.items() if name != TEXT}
    head, text = _parts(data) if data else ("title: new\n", "")
    if new.get(TEXT, "") != text:
        text = "\n" + str(new.get(TEXT, "")).strip() + "\n"
    return f"---\n{rewritten(head, front)}---\n{text}".encode()


def merged(base: Any, mine: Any, theirs: Any, choices: dict[str, str]) -> tuple[Any, list[str]]:
    """Two changes of one value put together; and where they contradict each other.

    ``choices`` says ``mine`` or ``theirs`` for such a place. Without a ``base`` (``ABSENT``) all
    that differs is a contradiction.
    """
    found: list[str] = []
    return _merged(base, mine, theirs, choices, (), found), found


ABSENT: Any = object()
"""Stands for a value that is not there."""


def _merged(
    base: Any, mine: Any, theirs: Any, choices: dict[str, str], path: tuple[str, ...],
    found: list[str],
) -> Any:  # fmt: skip
    if theirs in (mine, base):
        return mine
    if mine == base:
        return theirs
    lists = [value for value in (base, mine, theirs) if isinstance(value, list)]
    if len(lists) == 3 and len({len(value) for value in lists}) == 1:  # noqa: PLR2004 - all three
        return [
            _merged(*rows, choices, (*path, str(n)), found)
            for n, rows in enumerate(zip(base, mine, theirs, strict=True))
        ]
    if isinstance(mine, dict) and isinstance(theirs, dict):
        base = base if isinstance(base, dict) else {}
        both = {
            name: _merged(
                base.get(name, ABSENT), mine.get(name, ABSENT), theirs.get(name, ABSENT), choices,
                (*path, name), found,
            ) for name in {**theirs, **mine}
        }  # fmt: skip
        return {name: part for name, part in both.items() if part is not ABSENT}
    name = ".".join(path)
    if choices.get(name) not in ("mine", "theirs"):
        found.append(name)
    return mine if choices.get(name) == "mine" else theirs


def steps(key: str) -> Iterator[str]:
    """The parts of the key that a problem names."""
    return (part[0] or part[1] for part in re.findall(r"\[(\d+)\]|([^.\[\]]+)", key))


def in_order(new: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """``new`` in the order of its declaration, so that what is added to a file finds its place."""
    declared_last = [name for name in order if name in new]
    return {name: new[name] for name in [*(n for n in new if n not in order), *declared_last]}
