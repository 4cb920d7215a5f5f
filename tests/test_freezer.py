"""The freeze: the same bytes as the site would answer, on any number of processes, on any day."""

from __future__ import annotations

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import MapAdapter

from lamppost import create_app, freezer
from lamppost.freezer import freeze
from lamppost.i18n import languages
from lamppost.reading import may_be_missing
from lamppost.record import Record
from lamppost.registry.sample import without_sample

pytestmark = [
    pytest.mark.usefixtures("small"),
    # Python warns of every fork beside a thread, and a test process has one.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]


def take_out_samples(record: Path) -> int:
    files, removed = without_sample(record)
    for name, data in files.items():
        (record / name).write_bytes(data)
    return removed


def address_of(name: str) -> str:
    return "/" + name.removesuffix("index.html")


def samples(app: Flask, names: list[str]) -> dict[tuple[str, str], list[str]]:
    """The first and the last file of each view in each language."""
    urls: MapAdapter = app.url_map.bind("localhost")
    found: dict[tuple[str, str], list[str]] = {}
    for name in sorted(names):
        endpoint, values = urls.match(address_of(name))
        found.setdefault((endpoint, values.get("language", "")), []).append(name)
    return {view: [names[0], names[-1]] for view, names in found.items()}


@pytest.mark.parametrize("base_url", ["", "https://example.org/lb"])
def test_a_frozen_page_is_what_the_site_answers_at_its_address(base_url, config, out, files_in):
    config = replace(config, base_url=base_url)
    if base_url:
        freeze(config, out, jobs=1)
    files = files_in(out)
    app = create_app(config, frozen=True)
    sampled = samples(app, list(files))
    named = {view for view, _ in sampled} | may_be_missing(app.extensions["published"].content)
    assert named == {rule.endpoint for rule in app.url_map.iter_rules()}
    client = app.test_client()
    differ = []
    for names in sampled.values():
        for name in names:
            with client.get(address_of(name), base_url=base_url or None) as answer:
                if answer.status_code != 200 or answer.data != files[name]:
                    differ.append(name)
    assert differ == []


def test_there_is_a_file_for_every_page_that_was_counted(config, out, files_in):
    report = freeze(config, out.with_name("another"), jobs=1)
    files = files_in(out.with_name("another"))
    assert report.pages == report.rendered == len(files)
    assert report.written == sum(map(len, files.values()))
    assert report.removed == 0


def test_two_freezes_of_the_same_record_are_equal(config, out, files_in):
    freeze(config, out.with_name("another"), jobs=1)
    assert files_in(out.with_name("another")) == files_in(out)


def test_a_freeze_that_renders_everything_again_ends_with_the_same(config, out, files_in):
    before = files_in(out)
    report = freeze(config, out, jobs=1, full=True)
    assert report.rendered == report.pages
    assert files_in(out) == before


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of which even the small record gives some, so that processes have work."""
    monkeypatch.setattr(freezer, "BATCH", 30)


@pytest.mark.usefixtures("small_batches")
def test_several_processes_write_the_same(config, out, files_in):
    freeze(config, out.with_name("another"), jobs=3)
    assert files_in(out.with_name("another")) == files_in(out)


@pytest.mark.drill
@pytest.mark.usefixtures("small_batches")
def test_an_executor_whose_processes_start_from_nothing_writes_the_same(config, out, files_in):
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning) as executor:
        freeze(config, out.with_name("another"), executor=executor)
        assert executor.submit(int).result() == 0  # it is its owner who ends it
    assert files_in(out.with_name("another")) == files_in(out)


@pytest.mark.drill
@pytest.mark.usefixtures("small_batches")
def test_an_executor_that_stays_shows_the_record_as_it_is_at_each_freeze(
    config, out, files_in, broken
):
    with ProcessPoolExecutor(1) as executor:
        freeze(config, out, full=True, executor=executor)
        broken("content/registry/devices/eco-totem-counter.csv", ",active,", ",paused,")
        freeze(config, out, full=True, executor=executor)
    freeze(config, out.with_name("another"), jobs=1)
    assert files_in(out) == files_in(out.with_name("another"))


def test_the_progress_that_is_told_adds_up_to_the_total(config, out):
    told = []

    def follow(steps, total):
        for pages in steps:
            told.append(pages)
            yield pages
        told.append(-total)

    freeze(config, out, jobs=1, full=True, progress=follow)
    assert sum(told) == 0


# --- nothing of its own -------------------------------------------------------------------------


def test_no_day_stands_in_the_output_that_does_not_stand_in_the_record(config, out, files_in):
    freeze(replace(config, as_of=date(2027, 8, 19)), out, jobs=1)
    written = b"".join((config.record / name).read_bytes() for name in record_files(config.record))
    known = set(re.findall(rb"\d{4}-\d{2}-\d{2}", written))
    known.add(b"2026-01-01")  # of feeds in which nothing is told yet
    strange = {
        (name, day)
        for name, data in files_in(out).items()
        for day in re.findall(rb"\b20\d\d-\d{2}-\d{2}\b", data)
        if day not in known
    }
    assert strange == set()


def test_the_day_of_the_freeze_is_not_written_in_words_either(config, out, files_in):
    freeze(replace(config, as_of=date(2027, 8, 19)), out, jobs=1)
    in_words = "August 19, 2027|19 de agosto de 2027|19 សីហា 2027|Agosto 19, 2027"
    day = re.compile(in_words.encode())
    assert [name for name, data in files_in(out).items() if day.search(data)] == []


def record_files(root: Path) -> list[str]:
    record = Record(root)
    return [name for end in (".yaml", ".csv", ".md") for name in record.names("content", end)]


# --- records of other kinds ---------------------------------------------------------------------


def test_a_record_from_which_the_sample_was_taken_is_frozen(config, out, files_in):
    assert take_out_samples(config.record) > 0
    freeze(config, out, jobs=1)
    files = files_in(out)
    assert b"sample-banner" not in files["en/index.html"]
    assert not [name for name in files if name.startswith("d/")]


def test_a_record_with_real_devices_alone_shows_no_banner(config, out, broken, files_in):
    broken("content/registry/devices/eco-totem-counter.csv", ",yes,", ",no,")
    take_out_samples(config.record)
    report = freeze(config, out, jobs=1)
    files = files_in(out)
    assert report.pages == len(files)
    assert len([name for name in files if re.fullmatch(r"d/\w+/index.html", name)]) == 1
    assert [name for name, data in files.items() if b'class="sample-banner"' in data] == []


def test_a_page_that_has_no_translation_is_frozen_in_every_language(config, out, files_in):
    (config.record / "content/pages/accessibility/tl.md").unlink()
    freeze(config, out, jobs=1)
    names = [f"{code}/about/accessibility/index.html" for code in languages()]
    assert set(names) <= set(files_in(out))


def test_the_settings_reach_the_pages(config, out, files_in):
    freeze(replace(config, live_url="https://live.example.org"), out, jobs=1)
    page = files_in(out)["en/devices/XDTDN44/index.html"]
    assert b'href="https://live.example.org/en/' in page
