"""What Lamppost costs: loading, freezing everything, freezing a change, search, first views."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from builds import COST, Sizes, Table, costs, emptied, freeze, record, site, task
from measure import OUT, Cost, run
from weights import gz, heaviest, weigh

LARGE, LARGE_GB = 100_000, 40
"""From so many devices on a full freeze needs so much of the disk."""


def load(sizes: Sizes) -> Iterator[Table]:
    """Reading a record and checking it as a whole."""
    rows = []
    for devices in sizes.both:
        cost, told = task("load", devices)
        rows.append(
            [
                f"{devices:,}",
                f"{told['load_s']:.2f}",
                f"{cost.seconds:.2f}",
                f"{cost.largest_mb:.0f}",
            ]
        )
    yield (
        "Loading and checking",
        ["devices", "seconds", "with the start of Python", "peak MB"],
        rows,
    )


def whole(sizes: Sizes) -> Iterator[Table]:
    """Everything from nothing, and again after one device has changed."""
    rows, changes = [], []
    for devices in sizes.both:
        if devices >= LARGE and shutil.disk_usage(OUT).free < LARGE_GB * 1e9:
            rows.append([f"{devices:,}", f"left out: needs {LARGE_GB} GB of disk", *[""] * 6])
            continue
        emptied(f"site-{devices}")
        cost, pages, written = freeze(devices, "--full")
        rate = f"{pages / cost.seconds:,.0f}"
        rows.append([f"{devices:,}", f"{pages:,}", rate, f"{written:,.0f}", *costs(cost)])
        again = [_after_a_change(devices, number) for number in range(sizes.again)]
        seconds = [cost.seconds for cost, *_ in again]
        peak = max(cost.largest_mb for cost, *_ in again)
        spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
        changes.append(
            [f"{devices:,}", str(again[-1][1]), f"{median(seconds):.2f}", spread, f"{peak:,.0f}"]
        )
        if devices == sizes.large:
            emptied(f"site-{devices}")
    yield "A full freeze", ["devices", "pages", "pages/s", "MB written", *COST], rows
    head = ["devices", "pages rendered", "seconds (median)", "from, to", "peak MB"]
    yield "A freeze after one device has changed", head, changes


def _after_a_change(devices: int, number: int) -> tuple[Cost, int, float]:
    table = min((record(devices) / "content/registry/devices").glob("*.csv"))
    lines = table.read_text("utf-8").splitlines(keepends=True)
    at = 1 + number * 7 % (len(lines) - 1)
    # There and back again, so that every run has one change to publish.
    old, new = ("-05-02", "-05-03") if "-05-02" in lines[at] else ("-05-03", "-05-02")
    lines[at] = lines[at].replace("2026" + old, "2026" + new)
    table.write_text("".join(lines), "utf-8")
    return freeze(devices)


def search(sizes: Sizes) -> Iterator[Table]:
    """Our search indexes for everything, and Pagefind's for the English device pages."""
    rows = []
    for devices in sizes.both:
        _, told = task("search", devices)
        asked = f"{told['pages_gz']['en'] + told['shard_gz']['median']:,}"
        most = f"{max(told['pages_gz'].values()) + told['shard_gz']['largest']:,}"
        name = f"Lamppost, {devices:,} devices, all pages, four languages"
        made = f"{told['seconds']:.2f}", f"{told['files']:,}", f"{told['bytes'] / 1e6:.2f}"
        rows.append([name, *made, asked, most])
    folder, target = site(sizes.devices), emptied("pagefind")
    options = ("--site", folder, "--glob", "en/devices/*/index.html", "--output-path", target)
    cost = run(sys.executable, "-m", "pagefind", *options)
    files = [file for file in target.glob("**/*") if file.is_file()]
    weight = sum(file.stat().st_size for file in files)
    asked, most = (f"{pick:,.0f}" for pick in _pagefind_transfers(target))
    name = f"Pagefind, {sizes.devices:,} devices, their English pages"
    made = f"{cost.seconds:.2f}", f"{len(files):,}", f"{weight / 1e6:.2f}"
    rows.append([name, *made, asked, most])
    emptied("pagefind")
    yield "Search", ["index", "seconds", "files", "MB", "bytes for one search", "… at most"], rows


def _pagefind_transfers(folder: Path) -> tuple[float, float]:
    """What a search by Pagefind transfers, usually and at most: program, a chunk, ten results."""
    base = sum(
        len(gz(file.read_bytes()))
        for file in (folder / "pagefind.js", folder / "pagefind-entry.json")
    )
    packed = [*folder.glob("*.pf_meta"), folder / "wasm.en.pagefind"]
    base += sum(file.stat().st_size for file in packed)
    chunks, fragments = (
        [file.stat().st_size for file in folder.glob(kind)] for kind in ("index/*", "fragment/*")
    )
    return base + median(chunks) + 10 * median(fragments), base + max(chunks) + 10 * max(fragments)


def weights(sizes: Sizes) -> Iterator[Table]:
    """What the first view of a page transfers; of technologies and devices the heaviest."""
    rows = []
    for language in ("en", "km"):
        folder = site(sizes.devices)
        pages = [
            ("home", f"{language}/"),
            ("a technology", heaviest(folder, f"{language}/technologies")),
            ("a device", heaviest(folder, f"{language}/devices")),
        ]
        for name, page in pages:
            weight = weigh(folder, page)
            kilobytes = [f"{n / 1000:.1f}" for n in (weight.total, *weight[:-1])]
            rows.append([f"{name}, {language}", *kilobytes, str(weight.requests)])
    yield (
        "A first view, kB as sent",
        ["page", "all", "HTML", "CSS", "scripts", "fonts", "images", "requests"],
        rows,
    )
