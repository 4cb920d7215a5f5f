"""What a freeze does when something is wrong: the old site stays, and the message says where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from lamppost import freezer, reading
from lamppost.config import Config
from lamppost.freezer import FreezeError, freeze
from lamppost.history import mark_good, save, start
from lamppost.pages import views as pages
from lamppost.published import BrokenRecordError
from lamppost.registry import feeds
from lamppost.registry import views as registry
from lamppost.trees import BusyError, Trees

pytestmark = [
    pytest.mark.usefixtures("small"),
    # Python warns of every fork beside a thread, and a test process has one.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]

Files = Callable[[Path], dict[str, bytes]]


def add_to_page(config: Config, words: str) -> None:
    with (config.record / "content/pages/accessibility/en.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{words}\n")


def plant(config: Config, monkeypatch: pytest.MonkeyPatch, *links: str) -> None:
    """Let a programme's pages hold links that no check of the record has seen."""
    add_to_page(config, "More.")
    planted = Markup().join(Markup('<a href="{}">link</a>').format(link) for link in links)
    monkeypatch.setattr(pages, "with_terms", lambda html, *_: html + planted)


def raising(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("the map has no middle")


# --- the message names the address --------------------------------------------------------------


def test_a_dead_link_is_told_with_its_page(config, out, monkeypatch):
    plant(config, monkeypatch, "/en/nowhere/")
    with pytest.raises(FreezeError, match="dead") as told:
        freeze(config, out, jobs=1)
    assert "/about/accessibility/index.html: the link to /en/nowhere/" in str(told.value)


def test_every_dead_link_is_told_at_once(config, out, monkeypatch):
    plant(config, monkeypatch, "/en/nowhere/", "/es/nowhere.csv", "/nowhere.css#there")
    with pytest.raises(FreezeError, match="3 dead links") as told:
        freeze(config, out, jobs=1)
    for link in ("/en/nowhere/", "/es/nowhere.csv", "/nowhere.css"):
        assert f"the link to {link} is dead" in str(told.value)


def test_a_link_that_leaves_the_path_of_the_site_is_dead(config, out, monkeypatch):
    config = replace(config, base_url="https://example.org/lb")
    plant(config, monkeypatch, "/en/plan/")
    with pytest.raises(FreezeError, match="the link to /en/plan/ is dead"):
        freeze(config, out, jobs=1)


def test_a_dead_link_that_only_another_process_met_is_told(config, out, monkeypatch):
    monkeypatch.setattr(freezer, "BATCH", 1)
    plant(config, monkeypatch, "/en/nowhere/")
    with pytest.raises(FreezeError, match="/en/nowhere/"):
        freeze(config, out, jobs=2)


def test_links_that_lead_out_of_the_site_are_not_looked_for(config, out, monkeypatch):
    plant(config, monkeypatch, "https://example.org/nowhere/", "//example.org/nowhere/", "#nowhere")
    freeze(config, out, jobs=1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_view_that_fails_is_told_with_its_address(jobs, config, out, broken, monkeypatch):
    monkeypatch.setattr(freezer, "BATCH", 1)
    monkeypatch.setattr(registry, "map_of", raising)
    broken("content/registry/devices/eco-totem-counter.csv", ",active,", ",paused,")
    with pytest.raises(
        FreezeError, match=r"^/en/[\w/-]+/index\.html: ZeroDivisionError: the map has no middle"
    ):
        freeze(config, out, jobs=jobs)


def test_a_view_that_answers_with_an_error_is_told_with_its_address(config, out, monkeypatch):
    monkeypatch.setattr(pages, "with_terms", lambda *_: pages.abort(404))
    add_to_page(config, "More.")
    with pytest.raises(FreezeError, match=r"^/../about/accessibility/index\.html: .*404"):
        freeze(config, out, jobs=1)


def test_a_view_that_names_no_pages_is_told_by_its_name(config, out, monkeypatch):
    others = tuple(module for module in reading.MODULES if module is not feeds.addresses)
    monkeypatch.setattr(reading, "MODULES", others)
    with pytest.raises(FreezeError, match=r"feeds\.site"):
        freeze(config, out, jobs=1)


def test_a_page_that_is_named_twice_is_told(config, out, monkeypatch):
    monkeypatch.setattr(reading, "MODULES", (*reading.MODULES, feeds.addresses))
    with pytest.raises(FreezeError, match=r"feeds\.site: named twice"):
        freeze(config, out, jobs=1)


def test_a_broken_record_is_told_with_its_file(config, out, broken, caplog):
    broken("content/registry/devices/eco-totem-counter.csv", ",active,", ",actve,")
    with pytest.raises(BrokenRecordError, match=str(config.record)):
        freeze(config, out, jobs=1)
    assert "eco-totem-counter.csv: line 2, status: found 'actve'" in caplog.text


def test_a_freeze_beside_another_is_refused(config, out):
    with Trees(out).held(), pytest.raises(BusyError, match="another freeze is writing"):
        freeze(config, out, jobs=1)


# --- the old site stays -------------------------------------------------------------------------


def _a_broken_record(config: Config, _: pytest.MonkeyPatch) -> None:
    add_to_page(config, "[Nowhere](page:nowhere)")


def _a_dead_link(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(config, monkeypatch, "/en/nowhere/")


def _a_view_that_fails(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    add_to_page(config, "More.")
    monkeypatch.setattr(pages, "with_terms", raising)


def _a_view_without_pages(_: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MODULES", reading.MODULES[:-1])


FAULTS = [_a_broken_record, _a_dead_link, _a_view_that_fails, _a_view_without_pages]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("fault", FAULTS)
def test_the_old_site_stays_as_it_was(fault, full, config, out, files_in, monkeypatch):
    before = files_in(out)
    fault(config, monkeypatch)
    with pytest.raises((FreezeError, BrokenRecordError)):
        freeze(config, out, jobs=1, full=full)
    assert files_in(out) == before


@pytest.mark.parametrize("full", [False, True])
def test_the_freeze_after_a_failed_one_is_right(full, config, out, files_in, monkeypatch):
    before = files_in(out)
    page = config.record / "content/pages/accessibility/en.md"
    words = page.read_text("utf-8")
    _a_view_that_fails(config, monkeypatch)
    with pytest.raises(FreezeError):
        freeze(config, out, jobs=1, full=full)
    monkeypatch.undo()
    page.write_text(words, "utf-8")
    for _ in range(2):  # the trees change places at each
        freeze(config, out, jobs=1)
        assert files_in(out) == before


def test_with_a_broken_record_the_last_good_one_is_frozen(config, out, files_in, tmp_path, caplog):
    kept = replace(config, record=tmp_path / "kept")
    start(kept.record, config.record, "First published")
    mark_good(kept.record)
    before = files_in(out)
    _a_broken_record(kept, pytest.MonkeyPatch())
    save(kept.record, "A link to nowhere")
    freeze(kept, out, jobs=1)
    assert files_in(out) == before
    assert "Going on with the last record that passed its check." in caplog.text
