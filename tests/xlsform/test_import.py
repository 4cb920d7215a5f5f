"""A form from anybody's computer: taken in as a draft, or refused with all its mistakes."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import time
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamppost.i18n import languages, speaking
from lamppost.workbooks import UnreadableError
from lamppost.xlsform.book import MOST_BYTES, read_form
from lamppost.xlsform.parse import parse
from lamppost.xlsform.referee import verdict
from lamppost.xlsform.taken import take

SURVEY = ["type", "name", "label"]
TEXT = [SURVEY, ["text", "q", "A question"]]
LISTS = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]
NEEDS = "xl/worksheets/sheet1.xml"


def taken(data: bytes, name: str = "a.xlsx"):
    return parse(read_form(data, name), tuple(languages()))


def told(data: bytes) -> list[tuple[str, int, str, str]]:
    return [(f.sheet, f.row, f.column, f.found) for f in taken(data).faults]


def questions(data: bytes) -> list[dict]:
    parsed = taken(data)
    assert parsed.faults == []
    return [question for section in parsed.sections for question in section["questions"]]


# --- forms of others ----------------------------------------------------------------------------

OTHERS = [
    ["type", "name", "label::English (en)", "label::Spanish", "required", "relevant", "constraint",
     "appearance"],
    ["start", "start"],
    ["deviceid", "deviceid"],
    ["note", "hello", "Hello", "Hola"],
    ["begin group", "g", "First", "Primero"],
    ["select one yn", "seen", "Seen?", "¿Visto?", "yes"],
    ["select_multiple yn", "both", "Both?", "", "", "${seen} = 'yes'", "count-selected(.) <= 1"],
    ["integer", "age", "Age", "Edad", "", "", ". >= 18 and . < 120"],
    ["text", "more", "More", "Más", "", "", "", "multiline"],
    ["date", "moved", "Moved", "", "", "", ". <= date('2026-01-01')"],
    ["acknowledge", "fine", "Fine?"],
    ["end group"],
    ["begin_group", "t", "Table", "", "", "", "", "table-list"],
    ["select_one yn", "t1", "Row 1"],
    ["select_one yn", "t2", "Row 2"],
    ["end_group"],
]  # fmt: skip


def test_a_form_that_others_have_made_is_understood(form):
    parsed = taken(form(survey=OTHERS, choices=LISTS))
    assert parsed.faults == []
    assert parsed.left_out == ["start", "deviceid"]
    found = [q for section in parsed.sections for q in section["questions"]]
    assert [(q["type"], q["key"]) for q in found] == [
        ("note", "hello"), ("single", "seen"), ("multiple", "both"), ("whole_number", "age"),
        ("long_text", "more"), ("date", "moved"), ("consent", "fine"), ("matrix", "t"),
    ]  # fmt: skip
    assert found[1]["text"] == {"en": "Seen?", "es": "¿Visto?"}
    assert found[1]["required"]
    assert found[2]["show_if"] == "${seen} = 'yes'"
    assert found[2]["max"] == 1
    assert (found[3]["least"], found[3]["most"]) == (18, 119)
    assert [row["key"] for row in found[7]["rows"]] == ["t1", "t2"]


def test_a_form_as_csv_is_understood(csv_form):
    data = csv_form({"survey": OTHERS, "choices": LISTS})
    parsed = taken(data, "a.csv")
    assert parsed.faults == []
    assert len(parsed.sections) == 3


def test_a_choice_of_ones_own_is_understood(form):
    rows = [SURVEY, ["select_one yn or_other", "q", "A question"]]
    assert questions(form(survey=rows, choices=LISTS))[0]["other"] == {"en": "Other"}


# --- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([SURVEY, ["geopoint", "q", "Where?"]], (2, "type", "geopoint")),
        ([SURVEY, ["text", "Q 1", "A"]], (2, "name", "Q 1")),
        ([SURVEY, ["text", "q", ""]], (2, "label", "")),
        ([SURVEY, ["text", "q", "x" * 301]], (2, "label", "x" * 301)),
        ([SURVEY, ["text", "q", "A"], [], ["text", "q", "B"]], (4, "name", "q")),
        ([SURVEY, ["select_one no_such", "q", "A"]], (2, "type", "select_one no_such")),
        ([SURVEY, ["begin_repeat", "r", "A"], ["text", "q", "B"], ["end_repeat"]],
         (2, "type", "begin_repeat")),
        ([SURVEY, ["begin_group", "r", "A"], ["text", "q", "B"]], (3, "type", "text")),
        ([SURVEY, ["text", "q", "A"], ["end_group"]], (3, "type", "end_group")),
        ([SURVEY, ["calculate", "q", ""]], (2, "type", "calculate")),
        ([[*SURVEY, "relevant"], ["text", "q", "A", "${later} = 1"]],
         (2, "relevant", "${later} = 1")),
        ([[*SURVEY, "relevant"], ["text", "q", "A", "once("]], (2, "relevant", "once(")),
        ([[*SURVEY, "constraint"], ["integer", "q", "A", ". mod 2 = 0"]],
         (2, "constraint", ". mod 2 = 0")),
        ([[*SURVEY, "constraint"], ["integer", "q", "A", ". >= 9 and . <= 3"]],
         (2, "constraint", ". >= 9 and . <= 3")),
        ([[*SURVEY, "required"], ["text", "q", "A", "${a} > 1"]], (2, "required", "${a} > 1")),
        ([[*SURVEY, "default"], ["text", "q", "A", "well"]], (2, "default", "well")),
        ([[*SURVEY, "label::French (fr)"], ["text", "q", "A", "B"]],
         (1, "label::French (fr)", "label::French (fr)")),
        ([[*SURVEY, "lamppost_kind"], ["text", "q", "A", "scale"]], (2, "lamppost_kind", "scale")),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_its_cell(rows, fault, form):
    assert ("survey", *fault) in told(form(survey=rows, choices=LISTS))


def test_a_mistake_among_choices_is_told_by_its_cell(form):
    lists = [*LISTS, ["yn", "Not This", "A"], ["yn", "maybe", ""]]
    rows = [SURVEY, ["select_one yn", "q", "A"]]
    found = told(form(survey=rows, choices=lists))
    assert ("choices", 4, "name", "Not This") in found
    assert ("choices", 5, "label", "") in found


def test_all_mistakes_are_told_at_once_in_the_readers_language(form):
    rows = [SURVEY, ["geopoint", "a", "A"], ["text", "", "B"], ["image", "c", "C"]]
    data = form(survey=rows)
    assert len(told(data)) == 3
    with speaking("es"):
        words = str(taken(data).faults[0])
    assert words.startswith("Hoja survey, fila 2, columna type")


def test_pyxform_has_the_last_word(app, form):
    content = app.extensions["published"].content
    two = [["form_title", "form_id"], ["A", "a"]]
    sound = take(read_form(form(survey=TEXT, settings=two), "a.xlsx"), content)
    assert (sound.faults, sound.refused, sound.key) == ([], "", "a")
    odd = [[*SURVEY, "appearance", "parameters_"], ["text", "q", "A", "${nowhere}"]]
    assert "nowhere" in take(read_form(form(survey=odd, settings=two), "a.xlsx"), content).refused


def test_whatever_pyxform_raises_is_its_word():
    assert verdict({"survey": [{"type": 7, "name": ["x"]}]})
    assert verdict({"survey": []})


# --- hostile workbooks --------------------------------------------------------------------------


def with_parts(data: bytes, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        names = {
            name.replace("__", "/").replace("_xml", ".xml"): put for name, put in parts.items()
        }
        for part in old.namelist():
            if part not in names:
                new.writestr(part, old.read(part))
        for name, put in names.items():
            new.writestr(name, put)
    return stream.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]><a>&z;</a>' % b"".join(
    b'<!ENTITY %c "%s">' % (n, b"&%c;" % (n - 1) * 10) for n in range(ord("b"), ord("z") + 1)
)
HOSTILE = {
    "rows": lambda d: with_parts(d, xl__worksheets__sheet1_xml=SHEET + b'<row r="1"/>' * 50_000),
    "zip bomb": lambda d: with_parts(d, xl__media__a_xml=b"<a>" + b" " * 100_000_000),
    "xml bomb": lambda d: with_parts(d, xl__worksheets__sheet1_xml=BOMB),
    "deep": lambda d: with_parts(d, xl__worksheets__sheet1_xml=SHEET + b"<a>" * 900_000),
    "links": lambda d: with_parts(d, xl__externalLinks__externalLink1_xml=b"<a/>"),
    "macros": lambda d: with_parts(d, xl__vbaProject_xml=b"<a/>"),
    "formulas": lambda d: with_parts(
        d, xl__worksheets__sheet1_xml=SHEET + b'<row r="1"><c r="A1"><f>1+1</f></c></row>'
    ),
    "garbage": lambda _d: b"PK\x03\x04" + random.Random(1).randbytes(1_000_000),  # noqa: S311
    "old": lambda _d: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
    "large": lambda _d: b"x" * (MOST_BYTES + 1),
    "no form": lambda _d: _workbook_without_a_form(),
}


def _workbook_without_a_form() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


EACH_RUN = ("rows", "zip bomb", "xml bomb")
REST = [pytest.param(name, marks=pytest.mark.drill) for name in HOSTILE if name not in EACH_RUN]


@pytest.mark.parametrize("name", [*EACH_RUN, *REST])
def test_a_hostile_workbook_is_refused_in_two_seconds_and_200_megabytes(name, form, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(HOSTILE[name](form(survey=TEXT)))
    program = (
        "import re, sys, time\n"
        "from lamppost.xlsform.book import read_form\n"
        "from lamppost.workbooks import UnreadableError\n"
        "data, began = open(sys.argv[1], 'rb').read(), time.process_time()\n"
        "try: read_form(data, 'a.xlsx')\n"
        "except UnreadableError: pass\n"
        "else: raise SystemExit('it was read')\n"
        "most = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(time.process_time() - began, int(most) / 1024)\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 2
    assert megabytes < 200


@pytest.mark.drill
def test_pyxform_is_stopped_when_it_takes_too_much():
    began = time.monotonic()
    rows = [{"type": "text", "name": f"q{n}", "label": "${q0} " * 100} for n in range(3000)]
    verdict({"survey": rows})
    assert time.monotonic() - began < 15
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_100_000


@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.csv", "a.xls", "", "a"]))
@settings(max_examples=60)
def test_no_bytes_break_the_reading(data, name):
    with suppress(UnreadableError):
        taken(data, name)


CELLS = st.sampled_from(
    ["", "text", "select_one yn", "rank yn", "begin_group", "end_group", "begin_repeat", "note",
     "q", "Q", "${q}", "${q.said}", "count-selected(.) <= 99999999999", ". >= -5", "yes", "scale",
     "matrix", "own_words", "intro", "\x00", "x" * 500, "ក", "table-list", "' and '", "((((("]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=12))
@settings(max_examples=150)
def test_no_rows_break_the_reading(rows):
    head = ["type", "name", "label", "required", "relevant", "constraint", "appearance",
            "lamppost_kind"]  # fmt: skip
    lines = ["survey,", *("," + ",".join(f'"{c}"' for c in row) for row in [head, *rows])]
    with suppress(UnreadableError):
        taken("\n".join(lines).encode(), "a.csv")
