"""Mistakes of the record are told in the language of whoever reads them."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import lamppost
from lamppost.fields import At, Line, Problem, Whole
from lamppost.i18n import said, speaking, told
from lamppost.phrases import Phrase, phrase

ROOT = Path(lamppost.__file__).parent
BIG = phrase("at most %(most)s bytes", most="1,000")


def problems(field, raw) -> list[Problem]:
    found: list[Problem] = []
    field.read(raw, At("a.yaml", found, {}, ("en", "es"), {}, key="b"))
    return found


def test_a_phrase_is_its_english():
    assert BIG == "at most 1,000 bytes"
    assert f"{BIG}" == "at most 1,000 bytes"
    assert sorted([BIG, "a"]) == ["a", BIG]


def test_a_phrase_is_said_in_the_language_that_is_spoken():
    with speaking("es"):
        assert said(BIG) == "1,000 bytes como máximo"
        assert said("plain") == "plain"
    assert said(BIG) == "at most 1,000 bytes"


def test_what_fills_a_hole_is_said_too():
    outer = phrase("%(where)s: found %(found)s; expected %(expected)s",
                   where=phrase("(file)"), found=phrase("nothing"), expected=BIG)  # fmt: skip
    with speaking("tl"):
        assert said(outer) == "(file): nakita: wala; inaasahan: hanggang 1,000 byte"


def test_a_mistake_is_told_in_the_language_that_is_spoken():
    (problem,) = problems(Whole(least=1, most=9), 12)
    assert str(problem) == "a.yaml: b: found 12; expected a whole number from 1 to 9"
    with speaking("es"):
        assert told(problem) == "a.yaml: b: se encontró: 12; se esperaba: un número entero de 1 a 9"
    with speaking("km"):
        assert "ចំនួនគត់ពី 1 ដល់ 9" in told(problem)


@pytest.mark.parametrize("raw", ["100%", "%(x)s", "%s" * 40, "a" * 900])
def test_what_was_found_may_be_anything(raw):
    (problem,) = problems(Line(most=3), raw)
    with speaking("es"):
        assert problem.found in told(problem)
    assert len(problem.found) <= 80


def test_a_phrase_goes_to_another_process():
    again = pickle.loads(pickle.dumps(BIG))  # noqa: S301 - our own
    assert isinstance(again, Phrase)
    assert (again, again.holes) == (BIG, BIG.holes)


def test_readers_of_the_record_say_nothing_that_is_not_in_the_catalogs():
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and name in ("problem", "_problem"):
                last = node.args[-1]
                if isinstance(last, (ast.JoinedStr, ast.Constant, ast.BinOp)):
                    found.append(f"{path.name}:{node.lineno}")
    assert found == []
