"""The record's files: each fault is told with its place, and none stops the reader."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lamppost.fields import Problem
from lamppost.record import (
    MOST_CSV_BYTES,
    MOST_YAML_BYTES,
    Record,
    YamlError,
    signature,
    yaml_value,
)

BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    (tmp_path / "content").mkdir()
    return Record(tmp_path)


def put(record: Record, name: str, data: bytes | str) -> None:
    (record.root / name).write_bytes(data.encode() if isinstance(data, str) else data)


# --- YAML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "key", "found", "expected"),
    [
        ("a: 1\n\tb: 2\n", "line 2, column 1", "the fault “found a tab", "YAML"),
        ("a: 1\nb: 2\na: 3\n", "line 3, column 1", "the fault “the key 'a' for a", "YAML"),
        ("a: {b: 1, b: 2}\n", "line 1, column 11", "the fault “the key 'b' for a", "YAML"),
        ("a: 'open\n", "line 2, column 1", "the fault “found unexpected end of stream”", "YAML"),
        ("a: [1\nb: 2\n", "line 2, column 2", "the fault “", "YAML"),
        ("1: one\n", "line 1, column 1", "the fault “a key that is not a word", "YAML"),
        ("no: one\n", "line 1, column 1", "the fault “a key that is not a word", "YAML"),
        ("? [a]\n: one\n", "line 1, column 3", "the fault “a key that is not a word", "YAML"),
        ("<<: {a: 1}\n", "line 1, column 1", "the fault “a key that is not a word", "YAML"),
        ("a: !!python/name:os.system x\n", "line 1, column 4", "the fault “could not", "YAML"),
        ('a: !!int ""\n', "(file)", "the fault “", "YAML"),
        ("a: !!bool perhaps\n", "(file)", "the fault “", "YAML"),
        (BOMB, "(file)", "the use of an alias (*)", "text written out"),
        ("a: &-x [y]\nb: *-x\n", "(file)", "the use of an alias (*)", "text written out"),
        ("a: " + "[" * 500, "(file)", "the nesting of 61 levels", "at most 60 levels"),
        ("- " * 500, "(file)", "the nesting of 61 levels", "at most 60 levels"),
        ("", "(file)", "nothing", "a mapping"),
        ("- a\n- b\n", "(file)", "['a', 'b']", "a mapping"),
        ("just words", "(file)", "'just words'", "a mapping"),
        ("\ufeffa: 1\n", "line 1", "the byte order mark", "UTF-8 without such a mark"),
        (b"a: 1\nb: caf\xe9\n", "line 2", "the byte 0xe9", "UTF-8 text"),
        (bytes(range(256)), "line 1", "the control character 0x00", "text"),
        (b"a: 1\n\x1b[2J: 2\n", "line 2", "the control character 0x1b", "text"),
    ],
)  # fmt: skip
def test_a_fault_of_yaml_is_told_once_with_its_place(record, data, key, found, expected):
    put(record, "content/a.yaml", data)
    assert record.mapping("content/a.yaml") == {}
    [problem] = record.problems
    assert (problem.file, problem.key, problem.expected) == ("content/a.yaml", key, expected)
    assert problem.found.startswith(found)


@pytest.mark.parametrize("words", ["- " * 200_000, "a: " + "[" * 200_000])
def test_nesting_beyond_what_any_parser_bears_is_told_and_crashes_nothing(record, words):
    put(record, "content/a.yaml", words)
    assert record.mapping("content/a.yaml") == {}
    assert len(record.problems) == 1


def test_a_date_that_no_calendar_has_stays_text_for_its_field_to_tell():
    assert yaml_value("day: 2026-13-45") == {"day": "2026-13-45"}


def test_a_text_with_an_ampersand_and_a_star_is_no_alias():
    words = "a: Ocean Blvd & Pine Ave *\nb: AT&T\nc: '&x *x'\n"
    assert yaml_value(words) == {"a": "Ocean Blvd & Pine Ave *", "b": "AT&T", "c": "&x *x"}


@given(st.text() | st.binary())
def test_any_yaml_is_read_or_refused(words):
    with suppress(YamlError):
        yaml_value(words)


NESTS = st.recursive(
    st.sampled_from(["a", "1", "!!int ''", "2026-99-99", "~", "*a", "&a b"]),
    lambda inner: (
        st.lists(inner).map(lambda parts: "[" + ", ".join(parts) + "]")
        | st.dictionaries(st.sampled_from(["a", "b", "1", "<<", "{}"]), inner).map(
            lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}"
        )
    ),
)


@given(NESTS)
def test_any_nest_of_yaml_is_read_or_refused(words):
    with suppress(YamlError):
        yaml_value(words)


# --- files --------------------------------------------------------------------------------------


def reads(record: Record, name: str) -> object:
    return record.mapping(name) if name.endswith(".yaml") else record.table(name)


@pytest.mark.parametrize(
    ("name", "most"), [("content/a.yaml", MOST_YAML_BYTES), ("content/a.csv", MOST_CSV_BYTES)]
)
def test_a_file_of_50_megabytes_is_told_and_not_read(record, name, most):
    put(record, name, "")
    os.truncate(record.root / name, 50_000_000)
    reads(record, name)
    found = "the size of 50,000,000 bytes"
    assert record.problems == [Problem(name, "(file)", found, f"at most {most:,} bytes")]
    assert name not in record.digests


@pytest.mark.parametrize("name", ["content/a.yaml", "content/a.csv"])
def test_a_folder_in_the_place_of_a_file_is_told(record, name):
    (record.root / name).mkdir()
    reads(record, name)
    assert record.problems == [
        Problem(name, "(file)", "the folder or device of this name", "a file")
    ]


def test_a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for(record):
    os.mkfifo(record.root / "content" / "a.csv")
    record.table("content/a.csv")
    assert [problem.expected for problem in record.problems] == ["a file"]


@pytest.mark.parametrize("name", ["content/a.yaml", "content/a.csv", "content/a.md"])
def test_a_file_that_is_not_there_is_told(record, name):
    record.article(name) if name.endswith(".md") else reads(record, name)
    found = "the fault “No such file or directory”"
    assert record.problems == [Problem(name, "(file)", found, "a readable file")]


def test_what_stands_in_the_place_of_a_file_is_listed_so_that_it_can_be_told(record):
    (record.root / "content" / "folder.yaml").mkdir()
    (record.root / "content" / "lost.yaml").symlink_to("nowhere.yaml")
    assert record.names("content", ".yaml") == ["content/folder.yaml", "content/lost.yaml"]


@pytest.mark.parametrize("name", [".a.yaml", ".#a.yaml", "._a.yaml", "a.yaml~", "a.yaml.orig"])
def test_what_editors_leave_behind_is_none_of_the_records_files(record, name):
    put(record, f"content/{name}", "x")
    assert record.names("content", ".yaml") == []


# --- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "key", "found", "expected"),
    [
        ("", "line 1", "an empty line", "a header"),
        ("\n\n", "line 1", "an empty line", "a header"),
        ("a,b\n1\n", "line 2", "the 1 cells of this row", "2 cells, as in the header"),
        ("a,b\n1,2\n\n1,2,3\n", "line 4", "the 3 cells of this row", "2 cells, as in the header"),
        ('a,b\n1,"2\n3,4\n', "line 3", "the CSV fault “unexpected end of data”", "CSV"),
        ('a,b\n"1"2,3\n', "line 2", "the CSV fault “',' expected after '\"'”", "CSV"),
        ("a,b\n1," + "x" * 140_000 + "\n", "line 2", "the CSV fault “field larger than", "CSV"),
        ("\ufeffa,b\n1,2\n", "line 1", "the byte order mark", "UTF-8 without such a mark"),
        (b"a,b\n1,2\n3,caf\xe9\n", "line 3", "the byte 0xe9", "UTF-8 text"),
        (b"a,b\n\x00\x01,2\n", "line 2", "the control character 0x00", "text"),
    ],
)
def test_a_fault_of_a_table_is_told_once_with_its_line(record, data, key, found, expected):
    put(record, "content/a.csv", data)
    record.table("content/a.csv")
    [problem] = record.problems
    assert (problem.key, problem.expected) == (key, expected)
    assert problem.found.startswith(found)


def test_every_row_with_a_wrong_width_is_told_and_the_others_are_read(record):
    put(record, "content/a.csv", "a,b\n1\n2,3\n4,5,6\n")
    assert record.table("content/a.csv").rows == [["2", "3"]]
    assert [problem.key for problem in record.problems] == ["line 2", "line 4"]


def test_a_row_knows_the_line_on_which_it_ends(record):
    put(record, "content/a.csv", 'a,b\r\n1,"two\nlines"\r\n\r\n3,4\r\n')
    table = record.table("content/a.csv")
    assert list(zip(table.rows, table.lines, strict=True)) == [
        (["1", "two\nlines"], 3),
        (["3", "4"], 5),
    ]


@given(st.binary() | st.text(alphabet='a,"\n\r\t=;é', max_size=60).map(str.encode))
def test_any_table_is_read_or_told(tmp_path_factory, data):
    record = Record(tmp_path_factory.getbasetemp())
    put(record, "any.csv", data)
    table = record.table("any.csv")
    assert len(table.rows) == len(table.lines)
    assert all(len(row) == len(table.header) for row in table.rows)


# --- articles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "key", "found"),
    [
        ("no front matter", "(file)", "'no front matter'"),
        ("---\ntitle: open\n", "(file)", r"'---\ntitle: open\n'"),
        ("---\n- a\n---\nText", "(file)", "['a']"),
        ("---\n\n---\nText", "(file)", "nothing"),
        ("---\ntitle: 'open\n---\nText", "line 2, column 1", "the fault “found unexpected end of"),
        (b"\xff\xfe---", "line 1", "the byte 0xff"),
    ],
)
def test_a_fault_of_an_article_is_told_once(record, data, key, found):
    put(record, "content/a.md", data)
    assert record.article("content/a.md") == ({}, "")
    [problem] = record.problems
    assert problem.key == key
    assert problem.found.startswith(found)


def test_an_article_may_hold_a_line_of_dashes(record):
    put(record, "content/a.md", "---\ntitle: A\n---\nOne\n\n---\n\nTwo\n")
    assert record.article("content/a.md") == ({"title": "A"}, "One\n\n---\n\nTwo\n")


@given(st.binary() | st.text(alphabet="-\na:'é").map("---\n{}\n---\n".format).map(str.encode))
def test_any_article_is_read_or_told(tmp_path_factory, data):
    record = Record(tmp_path_factory.getbasetemp())
    put(record, "any.md", data)
    front, text = record.article("any.md")
    assert (front, text) == ({}, "") or not record.problems


# --- the record's state -------------------------------------------------------------------------


def test_the_signature_changes_when_a_file_is_written_comes_or_goes(record):
    seen = {signature(record.root)}
    put(record, "content/a.yaml", "a: 1")
    seen.add(signature(record.root))
    put(record, "content/a.yaml", "a: 12")
    seen.add(signature(record.root))
    (record.root / "content" / "a.yaml").rename(record.root / "content" / "b.yaml")
    seen.add(signature(record.root))
    assert len(seen) == 4


def test_a_link_that_leads_nowhere_does_not_stop_the_signature(record):
    put(record, "content/a.yaml", "a: 1")
    (record.root / "content" / ".#a.yaml").symlink_to("editor@host.1234")
    assert [Path(name).name for name, _, _ in signature(record.root)] == ["a.yaml"]
