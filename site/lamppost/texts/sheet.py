"""A YAML file's text that is changed at single places; every other byte of it stays."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import yaml

Path = tuple[str, ...]
Value = str | date | dict[str, Any] | list[str]

# What JSON leaves as it is and YAML takes for a line break, or not for text.
_ESCAPES = {code: f"\\u{code:04x}" for code in (0x7F, 0x85, 0x2028, 0x2029, 0xFEFF)}


class Sheet:
    """The text of a YAML file whose top is a mapping or a list, as ``yaml_value`` has accepted it.

    Changes are told one by one and made together by :meth:`text`; no two may touch one value.
    """

    def __init__(self, words: str) -> None:
        self._words = words
        self._top: Any = yaml.compose(words, yaml.CSafeLoader)
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """The text with all changes made."""
        parts, done = [], 0
        for start, end, put in sorted(self._edits, key=lambda edit: edit[:2]):
            parts += [self._words[done:start], put]
            done = end
        return "".join([*parts, self._words[done:]])

    def value(self, path: Path) -> Any:
        """The words, list or mapping at ``path``, every scalar as text; None where nothing is."""
        node = self._node(path)
        return None if node is None else _plain(node)

    def put(self, path: Path, value: Value, *, after: str = "") -> None:
        """Set the value at ``path``. A new key goes behind ``after``, else behind the last one."""
        node, mapping = self._node(path), self._node(path[:-1])
        if node is not None:
            style = node.style if isinstance(node, yaml.ScalarNode) else None
            put = _written(value, style, in_flow=mapping.flow_style)
            self._edits.append((*self._span(node), put))
            return
        keys = [(key.value, value_node) for key, value_node in mapping.value]
        last = dict(keys).get(after, keys[-1][1])
        end = self._span(last)[1]
        put = f"{path[-1]}: {_written(value, None, in_flow=mapping.flow_style)}"
        if mapping.flow_style:
            self._edits.append((end, end, f", {put}"))
            return
        stop = self._words.find("\n", end)
        stop = len(self._words) if stop < 0 else stop  # behind a comment on the line
        indent = " " * mapping.value[0][0].start_mark.column
        self._edits.append((stop, stop, f"\n{indent}{put}"))

    def drop(self, path: Path) -> None:
        """Take the key at ``path`` out, and the mapping that holds it if it was the only one."""
        mapping = self._node(path[:-1])
        if len(mapping.value) == 1:
            self.drop(path[:-1])
            return
        at = [key.value for key, _ in mapping.value].index(path[-1])
        key, value = mapping.value[at]
        start, end = key.start_mark.index, self._span(value)[1]
        if at == 0:
            end = mapping.value[1][0].start_mark.index
        elif mapping.flow_style:
            start = self._span(mapping.value[at - 1][1])[1]
        else:
            start = self._words.rindex("\n", 0, start)
        self._edits.append((start, end, ""))

    def change(self, path: Path, value: Any) -> None:
        """Set the value at ``path``, of any kind; a list of a block is written in the same way."""
        node, mapping = self._node(path), self._node(path[:-1])
        flows = mapping.flow_style or (isinstance(node, yaml.CollectionNode) and node.flow_style)
        if isinstance(value, (str, date)):
            self.put(path, value)
        elif flows:
            self._edits.append((*self._span(node), _flow(value)))
        else:
            start, end = self._span(node)
            indent = self._indent(path)
            if isinstance(node, yaml.CollectionNode):  # what was a block begins on its own line
                start = (
                    self._words.rindex(
                        ":" if isinstance(mapping, yaml.MappingNode) else "-", 0, start
                    )
                    + 1
                )
            put = _block(value, indent)
            space = "" if put.startswith("\n") or self._words[start - 1] == " " else " "
            self._edits.append((start, end, space + put))

    def add(self, path: Path, value: Any, *, after: str = "") -> None:
        """Put a new key of any kind of value in, behind ``after``, else behind the last one."""
        mapping = self._node(path[:-1])
        ends = {key.value: self._span(node)[1] for key, node in mapping.value}
        end = ends.get(after) or [*ends.values()][-1]
        if mapping.flow_style:
            self._edits.append((end, end, f", {_key(path[-1])}: {_flow(value)}"))
            return
        column = mapping.value[0][0].start_mark.column
        put = _block(value, column + 2)
        stop = self._line_end(end)
        space = "" if put.startswith("\n") else " "
        self._edits.append((stop, stop, f"\n{' ' * column}{_key(path[-1])}:{space}{put}"))

    def add_item(self, path: Path, at: int, value: Any) -> None:
        """Put a new item into the list of a block at ``path``, before the item ``at``."""
        items = self._node(path).value
        column = items[0].start_mark.column - 2
        put = f"{' ' * column}- {_item(value, column + 2)}"
        if at == 0:
            start = self._words.rindex("\n", 0, items[0].start_mark.index) + 1
            self._edits.append((start, start, put + "\n"))
        else:
            stop = self._line_end(self._span(items[at - 1])[1])
            self._edits.append((stop, stop, "\n" + put))

    def drop_item(self, path: Path, at: int) -> None:
        """Take an item out of the list of a block at ``path``; it must not be the only one."""
        item = self._node(path).value[at]
        start = self._words.rindex("\n", 0, item.start_mark.index) + 1
        stop = self._line_end(self._span(item)[1])
        self._edits.append((start, min(stop + 1, len(self._words)), ""))

    def is_block(self, path: Path) -> bool:
        """Whether the list at ``path`` has its items on lines of their own."""
        return not self._node(path).flow_style

    def _indent(self, path: Path) -> int:
        node = self._node(path[:-1])
        if isinstance(node, yaml.MappingNode):
            return int(node.value[0][0].start_mark.column) + 2
        return int(node.value[0].start_mark.column)

    def _line_end(self, at: int) -> int:
        stop = self._words.find("\n", at)
        return len(self._words) if stop < 0 else stop

    def _node(self, path: Path) -> Any:
        node = self._top
        for part in path:
            if isinstance(node, yaml.SequenceNode):
                node = node.value[int(part)]
            else:
                node = next((value for key, value in node.value if key.value == part), None)
            if node is None:
                return None
        return node

    def _span(self, node: Any) -> tuple[int, int]:
        """Where a value stands, without what PyYAML counts to a block's end: breaks, comments."""
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return start, self._span(last[1] if isinstance(last, tuple) else last)[1]
        # A space that does not break a line is part of a word.
        return start, start + len(self._words[start:end].rstrip(" \t\r\n"))


def _written(value: Value, style: str | None, *, in_flow: bool) -> str:
    """``value`` in the style of what it replaces: plain, or quoted if that cannot be plain."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return _flow(value)
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    return value if style != '"' and _is_plain(value, in_flow=in_flow) else _quoted(value)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).translate(_ESCAPES)


def _is_plain(words: str, *, in_flow: bool) -> bool:
    """Whether YAML reads ``words`` as they are, without quotes."""
    try:
        node = yaml.compose(f"{{k: {words}}}" if in_flow else f"k: {words}", yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    values = node.value if isinstance(node, yaml.MappingNode) else []
    return [(value.tag, value.value) for _, value in values] == [("tag:yaml.org,2002:str", words)]


def _block(value: Any, indent: int) -> str:
    """A value as a block that stands ``indent`` deep; what has no parts as one line."""
    lines = f"\n{' ' * indent}"
    if isinstance(value, dict) and value:
        return "".join(
            f"{lines}{_key(key)}:{_beside(_block(v, indent + 2))}" for key, v in value.items()
        )
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        return "".join(f"{lines}- {_item(item, indent + 2)}" for item in value)
    return _written(value, None, in_flow=False) if isinstance(value, str) else _flow(value)


def _item(value: Any, indent: int) -> str:
    """The same behind the dash of a list, on whose line it begins."""
    return _block(value, indent).lstrip("\n ")


def _key(key: str) -> str:
    """A key as it is written: ``on`` and ``no`` would be truth values to YAML."""
    return key if _is_plain(key, in_flow=True) else _quoted(key)


def _beside(put: str) -> str:
    return put if put.startswith("\n") else f" {put}"


def _flow(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, (bool, type(None))):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (int, float, date)):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if _is_plain(str(value), in_flow=True) else _quoted(str(value))


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value
