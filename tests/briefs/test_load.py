"""Briefs in the record: every mistake is told with its file and key."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from lamppost.content import read_content

PITCH = "content/briefs/pitch-long-beach-2023"


@pytest.fixture
def put(record: Path) -> Callable[..., None]:
    """A function that puts a value at a key of the brief's YAML; None takes the key out."""

    def at(key: str, value: Any) -> None:
        path = record / PITCH / "brief.yaml"
        whole = part = yaml.safe_load(path.read_text("utf-8"))
        *above, last = [int(step) if step.isdigit() else step for step in key.split(".")]
        for step in above:
            part = part[step]
        if value is None:
            del part[last]
        else:
            part[last] = value
        path.write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")

    return at


def told(config) -> set[tuple[str, str]]:
    """The file, within the brief's folder, and the key of each problem."""
    return {(p.file.removeprefix(f"{PITCH}/"), p.key) for p in read_content(config).problems}


def png(**options: Any) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 6)).save(data, "PNG", **options)
    return data.getvalue()


PICTURE = {"id": "one", "file": "one.png", "alt": {"en": "A square"}}


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [
        ("title", None, "title"),
        ("year", "last", "year"),
        ("kind", "story", "kind"),
        ("part_of", "nowhere", "part_of"),
        ("part_of", "co-lab-2023", "part_of"),
        ("contact", "nobody", "contact"),
        ("sources", ["S999"], "sources[0]"),
        ("grade", "rumor", "grade"),
        ("technologies", ["none"], "technologies[0]"),
        ("terms", ["none"], "terms[0]"),
        ("languages", ["en", "es", "km"], "languages"),
        ("previous", ["pitch-long-beach-2023"], "previous"),
        ("withdrawn", {"on": "2026-11-25"}, "withdrawn.reason"),
        ("key_figures.0.source", "S999", "key_figures[0].source"),
        ("charts.0.kind", "pie", "charts[0].kind"),
        ("charts.0.series.0.values", [1], "charts[0]"),
        ("charts.0.series.0.values", [1, -2], "charts[0].series[0].values[1]"),
        ("pictures", [{"id": "one", "file": "one.png"}], "pictures[0].alt"),
        ("pictures", [{**PICTURE, "file": "one.svg"}], "pictures[0].file"),
        ("hope", 1, "hope"),
    ],
)
def test_a_mistake_in_a_brief_is_told(key, value, where, put, config):
    put(key, value)
    assert ("brief.yaml", where) in told(config)


@pytest.mark.parametrize(
    "words",
    [
        "![](chart:nowhere)",
        "![](chart:ideas-and-pilots)",
        "Words and ![](chart:ideas-and-pilots)",
        "![words](picture:none)",
        "# A title",
        "#### Too deep",
        "[dead](technology:none)",
        "[dead](brief:none)",
        "[dead](page:none)",
        "[dead](/en/)",
    ],
)
def test_a_mistake_in_the_text_of_a_brief_is_told(words, record, config):
    path = record / PITCH / "en.md"
    path.write_text(f"{path.read_text('utf-8')}\n{words}\n", "utf-8")
    assert ("en.md", "text") in told(config)


def test_a_chart_that_no_text_places_is_told(broken, config):
    broken(f"{PITCH}/km.md", "![](chart:ideas-and-pilots)", "")
    assert told(config) == {("km.md", "text")}


def test_a_brief_needs_its_english_text(record, config):
    (record / PITCH / "en.md").unlink()
    assert ("en.md", "(file)") in told(config)


@pytest.mark.parametrize("name", ["one.svg", "notes.txt", "fr.md"])
def test_a_file_that_no_brief_may_hold_is_told(name, record, config):
    (record / PITCH / name).write_text("<svg/>")
    assert (name, "(file)") in told(config)


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", png()[:40], b"\x89PNG" * 9],
    ids=["empty", "svg", "gif", "cut", "false"],
)
def test_what_only_calls_itself_a_picture_is_refused(data, put, record, config):
    put("pictures", [PICTURE])
    (record / PITCH / "one.png").write_bytes(data)
    assert ("one.png", "(file)") in told(config)


def test_a_picture_that_tells_where_it_was_taken_is_refused(put, record, config):
    exif = Image.Exif()
    exif[0x8825] = {1: "N"}
    put("pictures", [PICTURE])
    (record / PITCH / "one.png").write_bytes(png(exif=exif))
    assert ("one.png", "(file)") in told(config)


def test_a_picture_is_shown_with_its_words_and_its_size(put, record, config):
    from lamppost import create_app  # noqa: PLC0415 - only where an app is made

    put("pictures", [PICTURE])
    (record / PITCH / "one.png").write_bytes(png())
    for code in ("en", "es", "km", "tl"):
        path = record / PITCH / f"{code}.md"
        path.write_text(f"{path.read_text('utf-8')}\n![](picture:one)\n", "utf-8")
    client = create_app(config).test_client()
    page = client.get("/en/briefs/pitch-long-beach-2023/").text
    address = "/briefs/pitch-long-beach-2023/one.png"
    assert f'<img src="{address}" alt="A square" width="8" height="6"' in page
    answer = client.get(address)
    assert (answer.mimetype, answer.data) == ("image/png", png())


def test_a_brief_that_was_withdrawn_keeps_its_address_and_says_why(put, config):
    from lamppost import create_app  # noqa: PLC0415 - only where an app is made

    put("withdrawn", {"on": "2026-11-25", "reason": {"en": "A number was wrong."}})
    client = create_app(config).test_client()
    page = client.get("/en/briefs/pitch-long-beach-2023/").text
    assert "A number was wrong." in page
    assert "What was reported" not in page
    assert "pitch-long-beach-2023" not in client.get("/en/search/pages.json").text
    assert "A number was wrong." in client.get("/en/briefs/briefs.atom").text


def test_a_brief_that_another_has_replaced_leads_to_it(put, config):
    from lamppost import create_app  # noqa: PLC0415 - only where an app is made

    put("previous", ["co-lab-2023"])
    client = create_app(config).test_client()
    assert "There is a newer version" in client.get("/en/briefs/co-lab-2023/").text
    assert "Earlier versions" in client.get("/en/briefs/pitch-long-beach-2023/").text
    assert "/en/briefs/co-lab-2023/" not in client.get("/en/briefs/").text


@pytest.mark.parametrize("code", ["en", "es", "km", "tl"])
def test_an_annual_report_leads_to_its_briefs_in_their_order(code, client):
    page = client.get(f"/{code}/briefs/annual-report-2023/").text
    listed = page[page.index('<ul class="briefs">') :]
    parts = ("pitch-long-beach", "smart-city-challenge", "co-lab", "digital-rights-platform")
    places = [listed.index(f"/{code}/briefs/{part}-2023/") for part in parts]
    assert places == sorted(places)
