"""The record: the files that hold everything published. This is the only module that reads them.

A record is a folder with ``content/`` and ``surveys/``. Every function that reads reports what is
wrong as a :class:`~lamppost.fields.Problem` and returns what it could read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .fields import Problem, shown

MOST_YAML_BYTES = 1_000_000
MOST_CSV_BYTES = 32_000_000
FOLDERS = ("content", "surveys")


class _UniqueKeys(yaml.CSafeLoader):
    """A safe YAML loader to which the same key twice is a mistake, not a silent loss."""

    def construct_mapping(  # the base class calls it with a bare flag
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002
    ) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key that is not a word", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} for a second time", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


class Table(NamedTuple):
    """A CSV file: its header, its rows, and the line on which each row ends."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


class Record:
    """The files below ``root``, read with their problems collected in ``problems``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.digests: dict[str, bytes] = {}

    def names(self, folder: str, ending: str) -> list[str]:
        """The files of ``folder`` whose name ends in ``ending``, as paths from the root, sorted."""
        paths = (self.root / folder).glob(f"**/*{ending}")
        return sorted(str(p.relative_to(self.root)) for p in paths if p.is_file())

    def yaml(self, name: str) -> Any:
        """The content of a YAML file, or None after a problem."""
        words = self._words(name, MOST_YAML_BYTES)
        return None if words is None else self._parsed(words, name)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """The mapping that a YAML file holds; an empty one after a problem."""
        value = self.yaml(name)
        if isinstance(value, dict):
            return value
        if value is not None or self._read_well(name):
            self._problem(name, "(file)", value, "a mapping")
        return {}

    def article(self, name: str) -> tuple[Mapping[str, Any], str]:
        """A Markdown file's front matter and its text; empty ones after a problem."""
        words = self._words(name, MOST_YAML_BYTES)
        match = re.fullmatch(r"---\n(.*?\n)---\n(.*)", words or "", re.DOTALL)
        if words is not None and not match:
            self._problem(name, "(file)", words[:20], "front matter between two lines of ---")
        if not match:
            return {}, ""
        front = self._parsed(match[1], name)
        return (front if isinstance(front, dict) else {}), match[2]

    def table(self, name: str) -> Table:
        """The rows of a CSV file; an empty table after a problem with the file as a whole."""
        words = self._words(name, MOST_CSV_BYTES)
        table = Table([], [], [])
        if words is None:
            return table
        reader = csv.reader(io.StringIO(words, newline=""), strict=True)
        try:
            table.header.extend(next(reader, []))
            width = len(table.header)
            for row in reader:
                if len(row) == width:
                    table.rows.append(row)
                    table.lines.append(reader.line_num)
                elif row:
                    self._problem(
                        name,
                        f"line {reader.line_num}",
                        f"the {len(row)} cells of this row",
                        f"{width} cells, as in the header",
                    )
        except csv.Error as error:
            self._problem(name, f"line {reader.line_num}", f"the CSV fault “{error}”", "CSV")
        return table

    def _read_well(self, name: str) -> bool:
        return not any(problem.file == name for problem in self.problems)

    def _problem(self, name: str, key: str, found: object, expected: str) -> None:
        self.problems.append(Problem(name, key, shown(found), expected))

    def _words(self, name: str, most_bytes: int) -> str | None:
        path = self.root / name
        try:
            size = path.stat().st_size
            if size > most_bytes:
                return self._problem(
                    name, "(file)", f"the size of {size:,} bytes", f"at most {most_bytes:,} bytes"
                )
            data = path.read_bytes()
        except OSError as error:
            return self._problem(name, "(file)", f"the fault “{error.strerror}”", "a readable file")
        self.digests[name] = hashlib.blake2b(data, digest_size=16).digest()
        if data.startswith(b"\xef\xbb\xbf"):
            return self._problem(name, "line 1", "the byte order mark", "UTF-8 without such a mark")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = f"the byte 0x{data[error.start]:02x}"
            return self._problem(name, f"line {line}", found, "UTF-8 text")

    def _parsed(self, words: str, name: str) -> Any:
        try:
            if re.search(r"(^|[\s\[{,:-])&\w", words) and _has_alias(words):
                return self._problem(name, "(file)", "the use of an alias (*)", "text written out")
            return yaml.load(words, _UniqueKeys)  # noqa: S506 - a subclass of the safe loader
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "(file)"
            return self._problem(name, where, f"the fault “{error.problem}”", "YAML")
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            return self._problem(name, "(file)", f"the fault “{error}”", "YAML")


def _has_alias(words: str) -> bool:
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(words, yaml.CSafeLoader))


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """A cheap mark of a record's state: changes whenever a file comes, goes or is written."""
    return tuple(sorted(_marks(root)))


def _marks(root: Path) -> Iterator[tuple[str, int, int]]:
    for folder in FOLDERS:
        for path in (root / folder).glob("**/*"):
            stat = path.stat()
            yield str(path), stat.st_mtime_ns, stat.st_size
