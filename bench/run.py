"""Measures the speed of Lamppost, and of others at the same work. ``--help`` says how."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version

from builds import Sizes, Table
from measure import BENCH, OUT, machine
from own import load, search, weights, whole
from peers import frozen_flask, hugo

PAGE = BENCH.parent / "docs" / "bench.md"
MARK = "<!-- bench/run.py --write writes what follows -->\n"
ALL: dict[str, Callable[[Sizes], Iterator[Table]]] = {
    "load": load, "hugo": hugo, "frozen-flask": frozen_flask, "freeze": whole, "search": search,
    "weights": weights,
}  # fmt: skip
QUICK = Sizes(devices=1000, large=2000, rounds=1, again=2)


def main() -> None:
    """Measure what is asked for, print it as Markdown, and put it into the documentation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=10_000, help="10,000 unless given")
    parser.add_argument(
        "--large", type=int, default=100_000, help="100,000 unless given; 0 for none"
    )
    parser.add_argument(
        "--quick", action="store_true", help="1,000 and 2,000, one round: does it work?"
    )
    parser.add_argument("--only", choices=ALL, action="append", help="may be given several times")
    parser.add_argument("--write", action="store_true", help=f"also write it into {PAGE.name}")
    given = parser.parse_args()
    sizes = QUICK if given.quick else Sizes(given.devices, given.large, rounds=3, again=5)
    OUT.mkdir(exist_ok=True)
    versions = {name: version(name) for name in ("Flask", "Frozen-Flask", "Hugo", "Pagefind")}
    command = shlex.join(
        ["python", "bench/run.py", *(word for word in sys.argv[1:] if word != "--write")]
    )
    parts = [f"`{command}`, {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, {machine(**versions)}.\n"]
    print(parts[0], flush=True)
    for name in given.only or ALL:
        for table in ALL[name](sizes):
            parts.append(markdown(table))
            print(parts[-1], flush=True)
    if given.write:
        prose = PAGE.read_text("utf-8").partition(MARK)[0]
        PAGE.write_text(prose + MARK + "\n" + "\n".join(parts), "utf-8")


def markdown(table: Table) -> str:
    """A table as Markdown, its title a heading."""
    title, head, rows = table
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join([f"### {title}", "", *lines, ""])


if __name__ == "__main__":
    main()
