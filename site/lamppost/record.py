"""The record: the files that hold everything published. This is the only module that reads them.

A record is a folder with ``content/`` and ``surveys/``. Every function that reads reports what is
wrong as a :class:`~lamppost.fields.Problem` and returns what it could read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import yaml

from .fields import Problem, shown
from .phrases import phrase

MOST_YAML_BYTES = 1_000_000
MOST_CSV_BYTES = 32_000_000
MOST_JSON_BYTES = 8_000_000
MOST_DEEP = 60
"""How deep YAML may be nested: PyYAML builds it by recursion in C, and overflows the stack."""

FOLDERS = ("content", "surveys")
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32), 127])


class YamlError(Exception):
    """Text that is not the plain YAML of a record: where in it, what was found and expected."""

    def __init__(self, where: str, found: str, expected: str = phrase("YAML")) -> None:
        told = {"where": where, "found": found, "expected": expected}
        super().__init__(phrase("%(where)s: found %(found)s; expected %(expected)s", **told))
        self.where, self.found, self.expected = where, found, expected


class _PlainYaml(yaml.CSafeLoader):
    """A safe YAML loader to which a key twice is a mistake, not a silent loss, and keys are words.

    A date that no calendar has stays text, so that the field it stands in can say so.
    """

    def construct_mapping(  # the base class calls it with a bare flag
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002
    ) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = key_node.value
            if key_node.tag != "tag:yaml.org,2002:str":
                raise yaml.constructor.ConstructorError(
                    None, None, phrase("a key that is not a word; quote it"), key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None,
                    None,
                    phrase("the key %(key)r for a second time", key=key),
                    key_node.start_mark,
                )
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_PlainYaml.add_constructor("tag:yaml.org,2002:timestamp", _PlainYaml.construct_yaml_timestamp)


def yaml_value(words: str | bytes) -> Any:
    """What the YAML in ``words`` holds. Raises :class:`YamlError`, whatever it holds."""
    try:
        _check_shape(words)
        return yaml.load(words, _PlainYaml)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = _FILE if mark is None else _place(mark.line + 1, mark.column + 1)
        raise YamlError(where, phrase("the fault “%(fault)s”", fault=error.problem)) from None
    # What a wrong explicit tag (!!int "", !!bool maybe) makes of PyYAML.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise YamlError(_FILE, phrase("the fault “%(fault)s”", fault=str(error))) from None


# An anchor (an alias needs one), or what deep nesting without brackets cannot do without.
def yaml_words(value: Any) -> str:
    """A value as YAML that people can read, a text a line."""
    words: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000_000)
    return words


# A save changes one file of many, and the whole record is read after it.
@lru_cache(maxsize=2_000)
def _kept_value(words: str) -> Any:
    """What the YAML holds, from memory where it was read before: whoever changes it copies it."""
    return yaml_value(words)


_MAY_BE_UNPLAIN = re.compile(rf"(^|[\s\[{{,:-])&[\w-]|[\s?:-]{{{MOST_DEEP},}}")


def _check_shape(words: str | bytes) -> None:
    """Refuse aliases, which can blow up, and deep nesting, which can crash the whole process."""
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    if not _MAY_BE_UNPLAIN.search(text) and text.count("[") + text.count("{") <= MOST_DEEP:
        return
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(_FILE, phrase("the use of an alias (*)"), phrase("text written out"))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEEP:
            found = phrase("the nesting of %(count)s levels", count=depth)
            raise YamlError(_FILE, found, phrase("at most %(most)s levels", most=MOST_DEEP))


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
        """What in ``folder`` has a name that ends in ``ending``, as paths from the root, sorted.

        Hidden files are none of the record's: editors and file managers leave them behind.
        """
        paths = (self.root / folder).glob(f"**/*{ending}")
        return sorted(str(p.relative_to(self.root)) for p in paths if p.name[0] != ".")

    def yaml(self, name: str) -> Any:
        """The content of a YAML file, or None after a problem."""
        words = self._words(name, MOST_YAML_BYTES)
        return None if words is None else self._parsed(words, name)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """The mapping that a YAML file holds; an empty one after a problem."""
        value = self.yaml(name)
        if isinstance(value, dict):
            return value
        if value is not None or self.read_well(name):
            self._problem(name, _FILE, value, phrase("a mapping"))
        return {}

    def article(self, name: str) -> tuple[Mapping[str, Any], str]:
        """A Markdown file's front matter and its text; empty ones after a problem."""
        words = self._words(name, MOST_YAML_BYTES)
        match = re.fullmatch(r"---\n(.*?\n)---\n(.*)", words or "", re.DOTALL)
        if words is not None and not match:
            self._problem(name, _FILE, words[:20], phrase("front matter between two lines of ---"))
        if not match:
            return {}, ""
        front = self._parsed(match[1], name)
        if isinstance(front, dict):
            return front, match[2]
        if self.read_well(name):
            self._problem(name, _FILE, front, phrase("a mapping between the two lines of ---"))
        return {}, ""

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
                        _line(reader.line_num),
                        phrase("the %(count)s cells of this row", count=len(row)),
                        phrase("%(count)s cells, as in the header", count=width),
                    )
            if not width:
                self._problem(name, _line(1), phrase("an empty line"), phrase("a header"))
        except csv.Error as error:
            found = phrase("the CSV fault “%(fault)s”", fault=str(error))
            self._problem(name, _line(reader.line_num), found, phrase("CSV"))
        return table

    def json(self, name: str) -> Any:
        """The content of a JSON file, or None after a problem."""
        words = self._words(name, MOST_JSON_BYTES)
        try:
            return None if words is None else orjson.loads(words)
        except orjson.JSONDecodeError as error:
            where, fault = _place(error.lineno, error.colno), error.msg
            found = phrase("the fault “%(fault)s”", fault=fault)
            return self._problem(name, where, found, phrase("JSON"))

    def read_well(self, name: str) -> bool:
        """Whether no problem with the file is known so far."""
        return not any(problem.file == name for problem in self.problems)

    def _problem(self, name: str, key: str, found: object, expected: str) -> None:
        self.problems.append(Problem(name, key, shown(found), expected))

    def data(self, name: str, most_bytes: int) -> bytes | None:
        """The bytes of a file, whatever they are; None after a problem."""
        path = self.root / name
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                found = phrase("the folder or device of this name")
                return self._problem(name, _FILE, found, phrase("a file"))
            if status.st_size > most_bytes:
                found = phrase("the size of %(size)s bytes", size=f"{status.st_size:,}")
                return self._problem(name, _FILE, found, most_of(most_bytes))
            data = path.read_bytes()
        except OSError as error:
            found = phrase("the fault “%(fault)s”", fault=error.strerror)
            return self._problem(name, _FILE, found, phrase("a readable file"))
        self.digests[name] = hashlib.blake2b(data, digest_size=16).digest()
        return data

    def _words(self, name: str, most_bytes: int) -> str | None:
        data = self.data(name, most_bytes)
        if data is None:
            return None
        if data.startswith(b"\xef\xbb\xbf"):
            found = phrase("the byte order mark")
            return self._problem(name, _line(1), found, phrase("UTF-8 without such a mark"))
        if len(data.translate(None, _CONTROL)) < len(data):
            at = next(n for n, byte in enumerate(data) if byte in _CONTROL)
            line = data.count(b"\n", 0, at) + 1
            found = phrase("the control character %(code)s", code=f"0x{data[at]:02x}")
            return self._problem(name, _line(line), found, phrase("text"))
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = phrase("the byte %(code)s", code=f"0x{data[error.start]:02x}")
            return self._problem(name, _line(line), found, phrase("UTF-8 text"))

    def _parsed(self, words: str, name: str) -> Any:
        try:
            return _kept_value(words)
        except YamlError as error:
            return self._problem(name, error.where, error.found, error.expected)


_FILE = phrase("(file)")
"""The place of what is wrong with a file as a whole."""


def _line(number: int) -> str:
    return phrase("line %(line)s", line=number)


def _place(line: int, column: int) -> str:
    return phrase("line %(line)s, column %(column)s", line=line, column=column)


def most_of(most_bytes: int) -> str:
    """That no more bytes were expected."""
    return phrase("at most %(most)s bytes", most=f"{most_bytes:,}")


def signature(root: Path) -> tuple[tuple[str, int, int], ...]:
    """A cheap mark of a record's state: changes whenever a file comes, goes or is written."""
    return tuple(sorted(_marks(root)))


def _marks(root: Path) -> Iterator[tuple[str, int, int]]:
    for folder in FOLDERS:
        for path in (root / folder).glob("**/*"):
            with suppress(OSError):  # gone since it was listed, as an editor's temporary files are
                status = path.stat()
                yield str(path), status.st_mtime_ns, status.st_size
