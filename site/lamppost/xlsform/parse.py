"""Rows of a form as a set of questions in our shape, or everything that is wrong with them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..fields import At, Problem
from ..questions.choosing import NO_OPINION, OTHER
from ..questions.load import read_sections
from ..text import SOURCE_LANGUAGE
from .book import Lines
from .faults import Fault, expected_in
from .rules import RuleError, rules_of
from .sheets import DETACHED, KIND, PUBLISH, QUOTABLE, ROWS, SAID, Line, column_parts, language_of

METADATA = frozenset(
    {
        "start", "end", "today", "deviceid", "phonenumber", "username", "email", "simserial",
        "subscriberid", "audit", "start-geopoint", "background-audio", "background-geopoint",
    }
)  # fmt: skip
"""What ODK can note of whoever asks or answers; none of it is asked for here."""

TYPES = {
    "note": "note", "text": "short_text", "string": "short_text", "integer": "whole_number",
    "int": "whole_number", "date": "date", "select_one": "single", "select_multiple": "multiple",
    "rank": "ranking", "acknowledge": "consent", "trigger": "consent",
}  # fmt: skip
"""What a type of XLSForm is to us, where no column of ours says more."""

SPECIAL = {
    "scale": "select_one", "place": "select_one", "technology": "select_one",
    "consent": "select_one", "zip_code": "text", "device_code": "text",
}  # fmt: skip
"""What only a column of ours can say, and the type that goes with it."""

LOST = (
    "calculation", "choice_filter", "default", "repeat_count", "guidance_hint", "parameters",
    "read_only", "image", "audio", "video", "big-image", "trigger", "media", "bind", "body",
    "control", "instance",
)  # fmt: skip
"""Columns that mean something to ODK and nothing here: a cell in one is a mistake."""

_LONGER = {"select one": "select_one", "select multiple": "select_multiple",
           "select all that apply": "select_multiple", "begin group": "begin_group",
           "end group": "end_group", "begin repeat": "begin_repeat",
           "end repeat": "end_repeat", "add select one prompt using": "select_one"}  # fmt: skip
_YES, _NO = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
_CARRIED_AS = re.compile(rf"\$\{{([a-z0-9_]+)(?:{re.escape(SAID)}|{re.escape(ROWS)})\}}")

Raw = dict[str, Any]


class Parsed(NamedTuple):
    """What a form comes to: sections as the record holds them, its mistakes, what was left out."""

    sections: list[Raw]
    faults: list[Fault]
    left_out: list[str]


def parse(lines: Lines, codes: tuple[str, ...]) -> Parsed:
    """The questions of a form; the mistakes are told all at once."""
    parser = _Parser(lines)
    parser.read()
    problems: list[Problem] = []
    at = At("survey", problems, {}, codes, {}, "sections")
    read_sections(parser.sections, at)
    known = {(fault.sheet, fault.row) for fault in parser.faults}
    if parser.faults:  # a question that was not taken in leaves gaps that are no mistakes
        problems = [problem for problem in problems if not _is_gap(problem.key)]
    told = [parser.fault_of(problem) for problem in problems]
    faults = parser.faults + [fault for fault in told if (fault.sheet, fault.row) not in known]
    return Parsed(parser.sections, sorted(set(faults), key=lambda f: (f.sheet, f.row)), [
        *dict.fromkeys(parser.left_out)
    ])  # fmt: skip


class _Parser:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.sections: list[Raw] = []
        self.faults: list[Fault] = []
        self.left_out: list[str] = []
        self.places: dict[str, Line] = {}
        self.groups: list[str] = []
        self.matrix: Raw | None = None
        self.matrix_list = ""
        self.is_loose = False
        """Whether the last section is one that no group has begun."""
        settings = lines.get("settings") or [Line("settings", 1, {})]
        self.settings = settings[0]
        self.default = default_language(lines)
        self.lists: dict[str, list[Line]] = {}
        for line in lines.get("choices", ()):
            self.lists.setdefault(line["list_name"], []).append(line)
        asked = (line for line in lines["survey"] if line[KIND] == "own_words")
        self.own_words = {line["name"].removesuffix(f".{OTHER}") for line in asked}

    # --- rows ---

    def read(self) -> None:
        """Take each row of the form in its turn."""
        for line in self.lines["survey"]:
            self._line(line)
        if self.groups:
            self._fault(self.lines["survey"][-1], "type", "end_group")

    def _line(self, line: Line) -> None:
        type_, list_ = _type_of(line["type"])
        if type_ == "end_group":
            self._end(line)
        elif type_ == "end_repeat":
            self.groups = self.groups[:-1]
        elif type_ == "begin_repeat":
            self.groups.append("repeat")
            self._fault(line, "type")
        elif "repeat" in self.groups or not line["type"]:
            pass
        elif type_ in METADATA:
            self.left_out.append(type_)
        elif type_ == "calculate" and line["name"].endswith((SAID, ROWS)):
            pass
        elif type_ == "begin_group":
            self._begin(line)
        elif line[KIND] in ("intro", "own_words"):
            self._beside(line)
        else:
            self._check_lost(line)
            self._row_or_question(line, type_, list_)

    def _begin(self, line: Line) -> None:
        self._check_lost(line)
        is_matrix = line[KIND] == "matrix" or "table-list" in line["appearance"]
        if is_matrix:
            self._open_section()
            self.matrix = {**self._common(line, "matrix"), "rows": [], "choices": []}
            self._add(line, self.matrix)
            self.groups.append("matrix")
        elif self.groups:
            self.groups.append("inner")
            self._fault(line, "type")
        else:
            self.groups.append("section")
            self._section(line)

    def _end(self, line: Line) -> None:
        if not self.groups:
            self._fault(line, "type")
        elif self.groups.pop() == "matrix":
            self.matrix = None

    def _section(self, line: Line) -> None:
        title = self._text(line, "label") or {self.default: self._title()}
        section: Raw = {"title": title, "questions": []}
        if line["relevant"]:
            section["show_if"] = _plain_names(line["relevant"])
        self.is_loose = False
        self.places[f"sections[{len(self.sections)}]"] = line
        self.sections.append(section)

    def _open_section(self) -> None:
        """A section for what stands in none."""
        if not self.groups and not self.is_loose:
            self._section(Line("survey", 1, {}))
            self.is_loose = True

    def _title(self) -> str:
        return self.settings["form_title"] or "…"

    def _beside(self, line: Line) -> None:
        if line[KIND] == "intro" and self.sections:
            self.sections[-1]["intro"] = self._text(line, "label")
            self.places[f"sections[{len(self.sections) - 1}].intro"] = line

    def _add(self, line: Line, question: Raw) -> None:
        questions = self.sections[-1]["questions"]
        self.places[f"sections[{len(self.sections) - 1}].questions[{len(questions)}]"] = line
        questions.append(question)

    # --- questions ---

    def _row_or_question(self, line: Line, type_: str, list_: str) -> None:
        if self.matrix is not None:
            self._matrix_row(line, type_, list_)
            return
        special = line[KIND]
        kind = special if special in SPECIAL and SPECIAL[special] == type_ else TYPES.get(type_)
        if kind is None or (special and kind != special):
            self._fault(line, "type" if kind is None else KIND)
            return
        if kind == "short_text" and "multiline" in line["appearance"]:
            kind = "long_text"
        self._open_section()
        question = self._common(line, kind)
        if type_ in ("select_one", "select_multiple", "rank"):
            self._choices(line, question, list_)
        try:
            question.update(rules_of(kind, special, line["constraint"]))
        except RuleError:
            self._fault(line, "constraint")
        self._add(line, question)

    def _common(self, line: Line, kind: str) -> Raw:
        question: Raw = {"type": kind, "key": line["name"], "text": self._text(line, "label")}
        if hint := self._text(line, "hint"):
            question["hint"] = hint
        if self._flag(line, "required"):
            question["required"] = True
        if line["relevant"]:
            question["show_if"] = _plain_names(line["relevant"])
        if self._flag(line, DETACHED):
            question["detached"] = True
        if self._flag(line, QUOTABLE):
            question["quotable"] = True
        if line[PUBLISH]:
            question["publish"] = line[PUBLISH]
        return question

    def _flag(self, line: Line, column: str) -> bool:
        cell = line[column].lower()
        if cell not in (*_YES, *_NO):
            self._fault(line, column)
        return cell in _YES

    def _choices(self, line: Line, question: Raw, words: str) -> None:
        list_, _, more = words.partition(" ")
        offered = self.lists.get(list_, [])
        if not offered:
            self._fault(line, "type", "list")
        kind = question["type"]
        if kind == "scale":
            points = [one for one in offered if one["name"] != NO_OPINION]
            question["points"] = [self._text(one, "label") for one in points]
        elif kind in ("single", "multiple", "ranking"):
            is_own = question["key"] in self.own_words
            kept = [one for one in offered if not (is_own and one["name"] == OTHER)]
            question["choices"] = self._offers(kept, "choices")
            if is_own or more == "or_other":
                said = next((self._text(o, "label") for o in offered if o["name"] == OTHER), None)
                question["other"] = said or {self.default: "Other"}
        for name, field in ((NO_OPINION, "no_opinion"), ("none", "none")):
            found = next((one for one in offered if one["name"] == name), None)
            if found and kind in {"no_opinion": ("scale",), "none": ("place", "technology")}[field]:
                question[field] = self._text(found, "label")

    def _offers(self, offered: list[Line], field: str) -> list[Raw]:
        section, questions = len(self.sections) - 1, len(self.sections[-1]["questions"])
        for n, one in enumerate(offered):
            self.places[f"sections[{section}].questions[{questions}].{field}[{n}]"] = one
        return [{"key": one["name"], "text": self._text(one, "label")} for one in offered]

    def _matrix_row(self, line: Line, type_: str, list_: str) -> None:
        matrix = self.matrix or {}
        name = line["name"].removeprefix(f"{matrix['key']}.")
        if type_ != "select_one" or line[KIND] or line["relevant"]:
            self._fault(line, "relevant" if line["relevant"] else "type", "matrix")
            return
        where = f"sections[{len(self.sections) - 1}].questions"
        number = len(self.sections[-1]["questions"]) - 1
        if not matrix["rows"]:
            self.matrix_list = list_
            for n, one in enumerate(self.lists.get(list_, [])):
                self.places[f"{where}[{number}].choices[{n}]"] = one
                matrix["choices"].append({"key": one["name"], "text": self._text(one, "label")})
        if list_ != self.matrix_list or list_ not in self.lists:
            self._fault(line, "type", "list")
        if self._flag(line, "required"):
            matrix["required"] = True
        self.places[f"{where}[{number}].rows[{len(matrix['rows'])}]"] = line
        matrix["rows"].append({"key": name, "text": self._text(line, "label")})

    # --- cells ---

    def _text(self, line: Line, column: str) -> dict[str, str]:
        """A text in the languages that it has, earlier answers in it by their questions' keys."""
        found: dict[str, str] = {}
        for heading, cell in line.cells.items():
            name, language = column_parts(heading)
            if name != column:
                continue
            code = language_of(language) if language else self.default
            if code:
                found.setdefault(code, _plain_names(cell))
            else:
                self.faults.append(Fault(line.sheet, 1, heading, heading, expected_in("language")))
        return found

    def _check_lost(self, line: Line) -> None:
        for heading, cell in line.cells.items():
            if column_parts(heading)[0] in LOST:
                self.faults.append(
                    Fault(line.sheet, line.number, heading, cell, expected_in("lost"))
                )

    def _fault(self, line: Line, column: str, about: str = "") -> None:
        expected = expected_in(about or column)
        self.faults.append(Fault(line.sheet, line.number, column, line[column], expected))

    def fault_of(self, problem: Problem) -> Fault:
        """A mistake of a set of questions, told of the cell that it comes from."""
        path, rest = problem.key, ""
        while path and path not in self.places:
            path, rest = _shorter(path, rest)
        line = self.places.get(path, Line("survey", 1, {}))
        first, _, last = rest.partition(".")
        column = _COLUMNS.get(first.partition("[")[0], "type" if line.sheet == "survey" else "name")
        plain = column
        if column in ("label", "hint"):
            column = self._heading(line, column, last or first)
        return Fault(line.sheet, line.number, column, line[column], expected_in(plain))

    def _heading(self, line: Line, column: str, code: str) -> str:
        for heading in line.cells:
            name, language = column_parts(heading)
            if name == column and (language_of(language) if language else self.default) == code:
                return heading
        return column


_COLUMNS = {
    "text": "label", "title": "label", "intro": "label", "hint": "hint", "key": "name",
    "show_if": "relevant", "required": "required", "detached": DETACHED, "publish": PUBLISH,
    "quotable": QUOTABLE,
    "min": "constraint", "max": "constraint", "least": "constraint", "most": "constraint",
    "earliest": "constraint", "latest": "constraint", "max_chars": "constraint",
    "format": "constraint", "exclusive": "constraint", "en": "label", "es": "label",
}  # fmt: skip
"""The column that a field of a question comes from."""


def default_language(lines: Lines) -> str:
    """The language of a form's columns that name none."""
    settings = lines.get("settings") or [Line("settings", 1, {})]
    return language_of(settings[0]["default_language"]) or SOURCE_LANGUAGE


def _is_gap(key: str) -> bool:
    return key.endswith(("sections", ".questions"))


def _shorter(path: str, rest: str) -> tuple[str, str]:
    if path.endswith("]"):
        at = path.rindex("[")
        return path[:at], path[at:] + (f".{rest}" if rest else "")
    before, _, last = path.rpartition(".")
    return before, f"{last}.{rest}" if rest and not rest.startswith("[") else last + rest


def _type_of(cell: str) -> tuple[str, str]:
    """The type in a cell, and what stands behind it."""
    words = " ".join(cell.split())
    lowered = words.lower()
    for longer, type_ in _LONGER.items():
        if lowered == longer or lowered.startswith(f"{longer} "):
            return type_, words[len(longer) :].strip()
    type_, _, rest = words.partition(" ")
    return type_.lower(), rest


def _plain_names(words: str) -> str:
    """Words that name earlier answers by the questions' keys alone."""
    return _CARRIED_AS.sub(r"${\1}", words)
