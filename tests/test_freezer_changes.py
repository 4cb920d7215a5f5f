"""What a freeze does after a change: it ends with the bytes of a freeze from nothing."""

from __future__ import annotations

import copy
import csv
import io
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from lamppost.config import Config
from lamppost.content import read_content
from lamppost.freezer import freeze
from lamppost.history import save, start
from lamppost.registry.codes import check_character

pytestmark = pytest.mark.usefixtures("small")

NEW_CODE = "2B4KZM" + check_character("2B4KZM")
Change = Callable[[Config], Config | None]
CHANGES: dict[str, Change] = {}
SHARED: dict[str, Change] = {}


def change(function: Change) -> Change:
    """Take a change of the record, or of the settings that it returns, into the table."""
    CHANGES[function.__name__] = function
    return function


def shared(function: Change) -> Change:
    """The same for a change of what every page may show."""
    SHARED[function.__name__] = function
    return function


@contextmanager
def rows_of(config: Config, technology: str) -> Iterator[list[dict[str, str]]]:
    """The rows of a technology's devices, written back when they were changed."""
    path = config.record / f"content/registry/devices/{technology}.csv"
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))
    rows = list(reader)
    yield rows
    stream = io.StringIO()
    writer = csv.DictWriter(stream, reader.fieldnames or [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")


@contextmanager
def parsed(config: Config, name: str) -> Iterator[Any]:
    """What a YAML file of the record says, written back when it was changed."""
    path = config.record / "content" / name
    value = yaml.safe_load(path.read_text("utf-8"))
    yield value
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")


def technology(config: Config, id_: str = "traffic-cameras") -> Any:
    return parsed(config, f"registry/technologies/{id_}.yaml")


def in_all_languages(words: str) -> dict[str, str]:
    return {code: f"{words} {code}" for code in ("en", "es", "km", "tl")}


# --- devices ------------------------------------------------------------------------------------


@change
def a_device_is_moved_next_to_another(config):
    with rows_of(config, "public-wifi") as others, rows_of(config, "traffic-cameras") as rows:
        rows[0]["latitude"], rows[0]["longitude"] = others[0]["latitude"], others[0]["longitude"]


@change
def a_device_loses_its_point(config):
    with rows_of(config, "public-wifi") as rows:
        rows[1]["latitude"] = rows[1]["longitude"] = ""


@change
def a_device_gets_another_location(config):
    with rows_of(config, "public-wifi") as rows:
        rows[0]["location"] = "Xylophone Way & 99th St"


@change
def a_device_gets_a_location_in_spanish(config):
    with rows_of(config, "public-wifi") as rows:
        rows[0]["location_es"] = "Calle Xilófono"


@change
def a_device_is_paused(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[1]["status"] = "paused"


@change
def a_device_is_removed_from_the_street(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[1].update(status="removed", removed_on="2026-11-02")


@change
def a_device_is_taken_out_of_the_record(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows.pop()


@change
def all_devices_of_a_technology_are_taken_out(config):
    with rows_of(config, "public-wifi") as rows:
        rows.clear()


@change
def a_device_is_added(config):
    with rows_of(config, "eco-totem-counter") as rows:
        rows.append({**rows[0], "code": NEW_CODE, "longitude": "-118.19700"})


@change
def a_device_goes_to_another_technology(config):
    with rows_of(config, "traffic-cameras") as rows, rows_of(config, "public-wifi") as others:
        others.append({**rows.pop(0), "technology": "public-wifi"})


@change
def a_device_goes_to_another_place(config):
    with rows_of(config, "eco-totem-counter") as rows:
        rows[0]["place"] = "district-9"


@change
def a_device_differs_in_its_purpose(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[0]["override_purpose"] = "arts_culture"


@change
def a_device_differs_in_its_data(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[2]["override_data"] = "local__count"


@change
def a_device_differs_in_what_it_keeps(config):
    with rows_of(config, "eco-totem-counter") as rows:
        rows[0].update(override_retention="P3D", override_identifiability="pseudonymous")


@change
def a_device_is_no_sample_any_more(config):
    with rows_of(config, "eco-totem-counter") as rows:
        rows[0]["sample"] = "no"


@change
def no_device_is_a_sample_any_more(config):
    for path in (config.record / "content/registry/devices").glob("*.csv"):
        with rows_of(config, path.stem) as rows:
            for row in rows:
                row["sample"] = "no"


@change
def the_end_of_a_device_lies_in_the_past(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[0]["active_until"] = "2026-11-21"


@change
def the_end_of_a_device_is_soon(config):
    with rows_of(config, "traffic-cameras") as rows:
        rows[0]["active_until"] = "2026-11-24"


@change
def a_few_days_pass(config):
    return replace(config, as_of=date(2026, 11, 26))


@change
def years_pass(config):
    return replace(config, as_of=date(2031, 1, 2))


# --- technologies -------------------------------------------------------------------------------


@change
def a_technology_is_renamed(config):
    with technology(config) as raw:
        raw["name"]["en"] = "Cameras for traffic"


@change
def a_technology_is_renamed_in_one_language(config):
    with technology(config, "public-wifi") as raw:
        raw["name"]["tl"] = "Libreng wifi ng lungsod"


@change
def a_technology_loses_a_language(config):
    with technology(config, "public-wifi") as raw:
        del raw["summary"]["km"]


@change
def a_technology_keeps_its_data_longer(config):
    with technology(config) as raw:
        item = {"applies_to": in_all_languages("Video"), "duration": "P2Y"}
        raw["retention"] = {"items": [item], "sources": ["S15"], "grade": "press"}


@change
def an_answer_rests_on_another_source(config):
    with technology(config) as raw:
        raw["purpose"]["sources"] = ["S3"]


@change
def a_technology_ends(config):
    with technology(config) as raw:
        raw["status"] = "ended"


@change
def a_technology_gets_another_purpose(config):
    with technology(config) as raw:
        raw["purpose"]["items"] = ["arts_culture"]


@change
def a_technology_is_run_by_another_office(config):
    with technology(config) as raw:
        raw["contact"]["office"] = "city"


@change
def the_answers_of_a_technology_are_overdue(config):
    with technology(config, "public-wifi") as raw:
        raw["verified_on"], raw["verify_by"] = date(2026, 1, 5), date(2026, 11, 21)


@change
def a_technology_is_added(config):
    folder = config.record / "content/registry/technologies"
    shutil.copy(folder / "eco-totem-counter.yaml", folder / "street-counter.yaml")


@change
def a_technology_is_taken_out(config):
    (config.record / "content/registry/technologies/police-plate-readers.yaml").unlink()
    (config.record / "content/registry/devices/police-plate-readers.csv").unlink()


# --- pages --------------------------------------------------------------------------------------


@change
def a_page_says_more(config):
    for path in (config.record / "content/pages/accessibility").glob("*.md"):
        with path.open("a", encoding="utf-8") as page:
            page.write("\n## One more thing\n\n[Our technology](technology:traffic-cameras).\n")


@change
def the_home_page_says_more(config):
    with (config.record / "content/pages/home/km.md").open("a", encoding="utf-8") as page:
        page.write("\nBonjour.\n")


@change
def a_page_loses_a_language(config):
    (config.record / "content/pages/for-vendors/km.md").unlink()


@change
def a_page_is_added(config):
    folder = config.record / "content/pages"
    shutil.copytree(folder / "accessibility", folder / "hours")


@change
def the_site_gets_a_public_address(config):
    return replace(config, base_url="https://example.org/lb")


@change
def the_site_gets_a_live_host(config):
    return replace(config, live_url="https://live.example.org")


# --- what every page may show -------------------------------------------------------------------


@shared
def a_word_gets_another_label(config):
    with parsed(config, "registry/words/purpose.yaml") as raw:
        raw["words"]["mobility"]["label"]["en"] = "Getting around"


@shared
def a_term_gets_another_definition(config):
    with parsed(config, "glossary.yaml") as raw:
        raw["terms"]["data-privacy"]["definition"]["es"] = "Cuidar los datos de las personas."


@shared
def a_term_is_added(config):
    with parsed(config, "glossary.yaml") as raw:
        term = copy.deepcopy(raw["terms"]["retention"])
        raw["terms"]["wheel"] = {**term, "term": in_all_languages("Wheel"), "forms": {}}


@shared
def a_place_is_added(config):
    with parsed(config, "registry/places.yaml") as raw:
        raw["places"]["harbor"] = {"name": in_all_languages("Harbor"), "kind": "neighborhood"}


@shared
def a_place_is_renamed(config):
    with parsed(config, "registry/places.yaml") as raw:
        raw["places"]["downtown"]["name"] = in_all_languages("Center")


@shared
def an_organization_is_renamed(config):
    with parsed(config, "registry/organizations.yaml") as raw:
        raw["organizations"]["city"]["name"] = in_all_languages("The City")


@shared
def a_source_gets_another_title(config):
    with parsed(config, "sources.yaml") as raw:
        raw["sources"]["S15"]["title"] = "Another title"


@shared
def the_site_is_renamed(config):
    with parsed(config, "site.yaml") as raw:
        raw["name"] = "Street light"


# --- one change, and several --------------------------------------------------------------------


@pytest.fixture
def is_as_from_nothing(tmp_path: Path, files_in) -> Callable[[Config, Path], bool]:
    """A function that freezes into a fresh folder, and tells whether the other one is the same."""

    def compare(config: Config, out: Path) -> bool:
        fresh = tmp_path / "fresh"
        freeze(config, fresh, jobs=1)
        found, expected = files_in(out), files_in(fresh)
        differ = {n for n in found.keys() | expected.keys() if found.get(n) != expected.get(n)}
        assert sorted(differ) == []
        return True

    return compare


def steps(first: Change, last: Change) -> tuple[Change, ...]:
    """The changes of the table from one to another."""
    names = list(CHANGES)
    return tuple(CHANGES.values())[names.index(first.__name__) : names.index(last.__name__) + 1]


@pytest.mark.parametrize(
    "sequence",
    [
        steps(a_device_is_moved_next_to_another, a_device_is_removed_from_the_street),
        pytest.param(
            steps(a_device_is_taken_out_of_the_record, a_device_goes_to_another_place),
            marks=pytest.mark.drill,
        ),
        pytest.param(
            steps(a_device_differs_in_its_purpose, a_device_is_no_sample_any_more),
            marks=pytest.mark.drill,
        ),
        steps(the_end_of_a_device_lies_in_the_past, years_pass),
        pytest.param(steps(a_technology_is_renamed, a_technology_ends), marks=pytest.mark.drill),
        pytest.param(
            steps(a_technology_gets_another_purpose, a_technology_is_taken_out),
            marks=pytest.mark.drill,
        ),
        steps(a_page_says_more, a_page_is_added),
    ],
)
def test_changes_end_with_the_bytes_of_a_freeze_from_nothing(
    sequence, config, out, is_as_from_nothing
):
    for step in sequence:
        config = step(config) or config
        freeze(config, out, jobs=1)
    assert is_as_from_nothing(config, out)


def test_so_do_changes_of_what_every_page_may_show(config, out, is_as_from_nothing):
    for step in (a_term_is_added, the_site_gets_a_public_address):
        config = step(config) or config
        freeze(config, out, jobs=1)
    assert is_as_from_nothing(config, out)


@pytest.mark.drill
@pytest.mark.parametrize("name", [*CHANGES, *SHARED])
def test_each_change_ends_with_the_bytes_of_a_freeze_from_nothing(
    name, config, out, is_as_from_nothing
):
    config = (CHANGES | SHARED)[name](config) or config
    freeze(config, out, jobs=1)
    assert is_as_from_nothing(config, out)


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(12))
def test_any_changes_in_any_order_end_with_the_bytes_of_a_freeze_from_nothing(
    seed, config, out, is_as_from_nothing
):
    changes = CHANGES | SHARED
    for name in random.Random(seed).sample(sorted(changes), 6):  # noqa: S311 - no secret
        # What an earlier change has taken out cannot be changed.
        with suppress(FileNotFoundError, IndexError):
            config = changes[name](config) or config
        freeze(config, out, jobs=1)
    assert is_as_from_nothing(config, out)


@pytest.mark.parametrize("name", SHARED)
def test_a_change_of_what_every_page_may_show_is_noticed(name, config):
    before = read_content(config).shared_digest
    SHARED[name](config)
    after = read_content(config)
    assert after.problems == []
    assert after.shared_digest != before


def test_a_change_that_is_taken_back_ends_with_the_old_site(config, out, files_in, tmp_path):
    before = files_in(out)
    shutil.copytree(config.record, tmp_path / "kept")
    a_device_is_taken_out_of_the_record(config)
    a_technology_is_renamed(config)
    a_page_is_added(config)
    freeze(config, out, jobs=1)
    assert files_in(out) != before
    shutil.rmtree(config.record)
    (tmp_path / "kept").rename(config.record)
    freeze(config, out, jobs=1)
    assert files_in(out) == before


# --- history ------------------------------------------------------------------------------------


@pytest.fixture
def kept(config: Config, tmp_path: Path) -> Config:
    """Settings for the same record, with its history kept."""
    start(tmp_path / "kept", config.record, "First published")
    return replace(config, record=tmp_path / "kept")


def test_a_save_makes_a_change_appear_that_was_already_frozen(kept, out, is_as_from_nothing):
    a_device_is_paused(kept)
    freeze(kept, out, jobs=1)
    save(kept.record, "Paused for repairs")
    freeze(kept, out, jobs=1)
    assert "Paused for repairs" in (out / "en/changes/index.html").read_text("utf-8")
    assert is_as_from_nothing(kept, out)


@pytest.mark.parametrize(
    "sequence",
    [
        (a_device_gets_another_location, a_device_goes_to_another_place, a_few_days_pass),
        (a_device_is_added, a_device_is_taken_out_of_the_record, a_technology_is_renamed),
        pytest.param(
            (a_technology_keeps_its_data_longer, a_technology_is_taken_out, a_device_is_added),
            marks=pytest.mark.drill,
        ),
        pytest.param(
            (a_device_goes_to_another_technology, a_word_gets_another_label, a_place_is_renamed),
            marks=pytest.mark.drill,
        ),
    ],
)
def test_saves_end_with_the_bytes_of_a_freeze_from_nothing(sequence, kept, out, is_as_from_nothing):
    for step in sequence:
        kept = step(kept) or kept
        save(kept.record, step.__name__)
        freeze(kept, out, jobs=1)
    assert is_as_from_nothing(kept, out)


# --- only what changed --------------------------------------------------------------------------


def inodes(root: Path) -> dict[str, int]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.stat().st_ino for path in paths}


def written_by(config: Config, out: Path) -> set[str]:
    """The files that a freeze writes: they are new, or have a new inode."""
    before = inodes(out)
    report = freeze(config, out, jobs=1)
    written = {name for name, inode in inodes(out).items() if before.get(name) != inode}
    assert report.rendered == len(written)
    return written


def test_without_a_change_nothing_is_written(config, out):
    assert written_by(config, out) == set()


def test_a_change_of_one_device_writes_only_pages_that_show_it(config, out):
    with rows_of(config, "public-wifi") as rows:
        rows[3].update(status="removed", removed_on="2026-11-02")
        code = rows[3]["code"]
    registry = read_content(config).registry
    device = registry.devices[code]
    codes = "|".join([code, *(near.device.code for near in registry.near(device))])
    places = "|".join(device.place)
    shown = re.compile(
        rf"""d/({code})/(sign/)?index\.html | d/({codes})/(sign/)?index\.html
        | downloads/((devices|registry)|(places/({places})|technologies/public-wifi))\.\w+
        | ../index\.html
        | ../devices/(({codes})|starting-with/{code[0]})/index\.html
        | ../technologies/public-wifi/index\.html
        | ../places/({places})/index\.html
        | ../(sources|about/languages)/index\.html""",
        re.VERBOSE,
    )
    assert sorted(n for n in written_by(config, out) if not shown.fullmatch(n)) == []


def test_a_change_of_one_page_writes_no_device(config, out):
    a_page_says_more(config)
    written = written_by(config, out)
    assert "en/about/accessibility/index.html" in written
    assert [name for name in written if "devices" in name or name.startswith("d/")] == []


def test_a_page_that_is_not_written_keeps_its_time_for_the_cache_of_a_browser(config, out):
    page = out / "en/terms/index.html"
    before = page.stat().st_mtime_ns
    a_device_is_paused(config)
    freeze(config, out, jobs=1)
    assert page.stat().st_mtime_ns == before


def test_the_files_of_pages_that_went_are_removed_and_counted(config, out):
    with rows_of(config, "police-plate-readers") as rows:
        code = rows.pop()["code"]
    before = inodes(out)
    report = freeze(config, out, jobs=1)
    assert report.removed == len(before.keys() - inodes(out).keys())
    assert [path for path in out.rglob("*") if code in path.name] == []
