"""A YAML file that is to hold another value: only what differs is written, all else stays."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from ..record import yaml_value
from .sheet import Path, Sheet

MOST_STEPS = 2000


def rewritten(words: str, value: dict[str, Any]) -> str:
    """``words`` changed so that they hold ``value``: comments, order and styles stay.

    Raises ``ValueError`` where that cannot be done.
    """
    # Step by step, since a change moves the places of all that stand behind it.
    for _ in range(MOST_STEPS):
        old = yaml_value(words)
        if _same(old, value):
            return words
        sheet = Sheet(words)
        _step(sheet, (), old, value)
        words = sheet.text()
    raise ValueError("the file could not be brought to hold what it should")


def _same(old: Any, new: Any) -> bool:
    return _mark(old) == _mark(new)


def _mark(value: Any) -> str:
    """The same for values that are the same to YAML: 1, 1.0 and true are not, order is nothing."""
    if isinstance(value, dict):
        return repr(sorted((key, _mark(inner)) for key, inner in value.items()))
    return repr(list(map(_mark, value))) if isinstance(value, list) else repr(value)


def _step(sheet: Sheet, path: Path, old: Any, new: Any) -> None:
    """Make the first change that brings ``old`` nearer to ``new``."""
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        _step_in_mapping(sheet, path, old, new)
    elif isinstance(old, list) and isinstance(new, list) and old and new and sheet.is_block(path):
        _step_in_list(sheet, path, old, new)
    else:
        sheet.change(path, new)


def _step_in_mapping(sheet: Sheet, path: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    before = ""
    for key, value in new.items():
        if key not in old:
            sheet.add((*path, key), value, after=before)
            return
        before = key
    for key, value in old.items():
        if key not in new:
            sheet.drop((*path, key))
            return
        if not _same(value, new[key]):
            _step(sheet, (*path, key), value, new[key])
            return


def _step_in_list(sheet: Sheet, path: Path, old: list[Any], new: list[Any]) -> None:
    matcher = SequenceMatcher(None, list(map(_mark, old)), list(map(_mark, new)), autojunk=False)
    for how, at, to, start, stop in matcher.get_opcodes():
        if how == "insert" or (how == "replace" and stop - start > to - at):
            sheet.add_item(path, at, new[start])
            return
        if how == "delete" or (how == "replace" and stop - start < to - at):
            sheet.drop_item(path, at)
            return
        if how == "replace":
            _step(sheet, (*path, str(at)), old[at], new[start])
            return
