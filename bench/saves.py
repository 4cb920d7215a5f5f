"""What a save costs: one device's change, and an import of 40 devices, in a large registry.

``python bench/saves.py [DEVICES]`` prints a table for ``docs/bench.md``. Each save is a program of
its own, as a server has it: the record is read before the clock starts, and read again after the
save, for the pages that show it.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

from builds import record
from measure import OUT, run

from lamppost.config import Config
from lamppost.content import read_content
from lamppost.devices import headings, imports, tables
from lamppost.devices.ledger import Ledger, read_ledger
from lamppost.history import start
from lamppost.published import Published
from lamppost.saves import save_files

TECHNOLOGY = "public-wifi"
NEW = 40


def kept(devices: int) -> Path:
    """A record of so many devices, with a history."""
    root = OUT / f"kept-{devices}"
    shutil.rmtree(root, ignore_errors=True)
    start(root, record(devices), "First published")
    return root


def one(_published: Published, ledger: Ledger) -> dict[str, bytes]:
    """The file with another status of its first device."""
    code = next(iter(ledger.rows))
    return {ledger.name: ledger.with_rows({code: {"status": "paused"}})}


def forty(published: Published, ledger: Ledger) -> dict[str, bytes]:
    """The file with the devices of a spreadsheet put in."""
    rows = "".join(f"Corner {n},33.8,-118.2,active,no\n" for n in range(NEW))
    data = f"location,latitude,longitude,status,sample\n{rows}".encode()
    table = tables.read_table(data, "new.csv", "utf-8")
    found = imports.plan(published.content, ledger, table, headings.match(table.header, {}))
    assert len(found.new) == NEW, found.mistakes  # noqa: S101
    return dict(found.files())


def saved(name: str, root: str) -> None:
    """Make one save, and print what each of its parts took."""
    config = Config(record=Path(root))
    published = Published(config, watch=False)
    began = time.perf_counter()
    ledger = read_ledger(config.record, TECHNOLOGY)
    files = (one if name == "one" else forty)(published, ledger)
    worked_out = time.perf_counter()
    save_files(
        config, files, seen={ledger.name: ledger.digest}, note=name, author=("A", "a@example.org")
    )
    done = time.perf_counter()
    published.look()
    shown = time.perf_counter()
    print(json.dumps([worked_out - began, done - worked_out, shown - done]))


def main(devices: int) -> None:
    """Measure both, three times each, and print the middle one."""
    print("| devices | save | working it out, s | checking and saving, s | until it is shown, s "
          "| peak MB |\n| --- | --- | --- | --- | --- | --- |")  # fmt: skip
    for name, title in (("one", "one device changed"), ("forty", f"{NEW} devices imported")):
        costs = []
        for _ in range(3):
            root = kept(devices)
            cost = run(sys.executable, "-W", "ignore", __file__, name, root)
            costs.append((json.loads(cost.output), cost.largest_mb))
        parts, peak = sorted(costs, key=lambda one: sum(one[0]))[1]
        cells = [f"{devices:,}", title, *(f"{part:.2f}" for part in parts), f"{peak:,.0f}"]
        print("| " + " | ".join(cells) + " |")
    assert not read_content(Config(record=root)).problems  # noqa: S101


if __name__ == "__main__":
    if len(sys.argv) == 3:  # noqa: PLR2004 - a save in a program of its own
        saved(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
