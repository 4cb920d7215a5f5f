"""PDFs in a freeze: made where they are asked for, once, and told with their size."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from lamppost import printing
from lamppost.briefs import pdfs
from lamppost.config import Config
from lamppost.freezer import freeze
from lamppost.press import FreezeError

BRIEF = """\
title: {en: %s}
summary: {en: What it tells.}
year: 2026
kind: %s
languages: [en]
contact: technology-and-innovation
sources: [S1]
grade: stated
published_on: 2026-11-20
provenance: {en: human}
"""
TEXT = """\
---
updated: 2026-11-20
provenance: human
---
## A heading

%s
"""
REPORT, PART = "briefs/report/report-en.pdf", "briefs/part/part-en.pdf"
WHOLE = "briefs/report/report-whole-en.pdf"


@pytest.fixture
def briefs(small: Path) -> Path:
    """The small record with a report of one brief, in English."""
    folder = small / "content/briefs"
    for id_, kind, more in (
        ("report", "annual_report", ""),
        ("part", "community_brief", "part_of: report\n"),
    ):
        (folder / id_).mkdir(parents=True)
        told = BRIEF % (id_.title(), kind) + more
        (folder / id_ / "brief.yaml").write_text(told, "utf-8")
        (folder / id_ / "en.md").write_text(TEXT % f"The text of the {id_}.", "utf-8")
    return folder


@pytest.fixture
def with_pdfs(config: Config, briefs: Path) -> Config:  # noqa: ARG001
    return replace(config, pdf="a4")


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """The paths of the pages that are printed from now on."""
    paths: list[str] = []

    def printed(papers, **how):
        paths.extend(paper.path for paper in papers)
        return printing.printed(papers, **how)

    monkeypatch.setattr(pdfs, "printed", printed)
    return paths


def test_pdfs_are_made_once_and_again_when_what_they_show_has_changed(with_pdfs, briefs, out, made):
    freeze(with_pdfs, out, jobs=1)
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*.pdf")) == [
        PART, REPORT, WHOLE
    ]  # fmt: skip
    page = (out / "en/briefs/report/index.html").read_text("utf-8")
    for name in (REPORT, WHOLE):
        size = -((out / name).stat().st_size // -1000)
        assert f'href="/{name}"' in page
        assert f"PDF ({size} kB)" in page
    assert ".pdf" not in (out / "es/briefs/report/index.html").read_text("utf-8")
    assert len(made) == 3

    part = briefs / "part/en.md"
    part.write_text(part.read_text("utf-8").replace("of the part", "of this part"), "utf-8")
    done = freeze(with_pdfs, out, jobs=1)
    assert sorted(made[3:]) == ["/en/briefs/part/", "/en/briefs/report/"]  # the report is whole
    assert done.rendered < 40

    made.clear()
    assert freeze(with_pdfs, out, jobs=1).rendered == 0
    assert made == []

    freeze(replace(with_pdfs, pdf=""), out, jobs=1)
    assert list(out.rglob("*.pdf")) == []
    assert ".pdf" not in (out / "en/briefs/report/index.html").read_text("utf-8")


def test_a_freeze_that_cannot_print_says_so_and_leaves_the_site(
    with_pdfs, out, monkeypatch, files_in
):
    before = files_in(out)
    monkeypatch.setenv("LAMPPOST_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(FreezeError, match=r"no PDFs: Chromium: .*LAMPPOST_CHROMIUM"):
        freeze(with_pdfs, out, jobs=1)
    assert files_in(out) == before


def test_without_the_extra_it_says_what_to_install(with_pdfs, out, monkeypatch):
    monkeypatch.setattr(printing, "find_spec", lambda _name: None)
    with pytest.raises(
        FreezeError, match=r"playwright, pikepdf, psutil: pip install 'lamppost\[pdf\]'"
    ):
        freeze(with_pdfs, out, jobs=1)


PAGE = printing.Paper("/", "<p>A page</p>", "a4", {})


def test_a_browser_that_hangs_is_told_and_ended_when_the_time_is_up(tmp_path, monkeypatch):
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\necho $$ >{tmp_path}/process\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("LAMPPOST_CHROMIUM", str(slow))
    began = time.monotonic()
    with pytest.raises(printing.PrintError, match="did not print within 4 seconds"):
        printing.printed([PAGE], seconds=4)
    assert time.monotonic() - began < 20  # a driver that is left alone waits for thirty
    # On a busy machine it has not begun; where it has, it ends long before it would by itself.
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        psutil.Process(int((tmp_path / "process").read_text("ascii"))).wait(20)


@pytest.mark.parametrize("size", ["A3", "yes"])
def test_only_known_sizes_of_paper_are_taken(size, monkeypatch):
    monkeypatch.setenv("LAMPPOST_PDF", size)
    with pytest.raises(ValueError, match="a4, letter"):
        Config.from_environment()
