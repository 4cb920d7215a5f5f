"""Freezes what is read into plain files that any static host can serve."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from pathlib import Path

import click

from lamppost.config import PAPERS, PROJECT, Config
from lamppost.freezer import FreezeError, freeze
from lamppost.history import start
from lamppost.published import BrokenRecordError
from lamppost.trees import BusyError


def _bar(steps: Iterable[int], total: int) -> Iterator[int]:
    with click.progressbar(length=total, label="Freezing", file=sys.stderr) as bar:
        for pages in steps:
            bar.update(pages)
            yield pages


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option("--base-url", help="Public address of the site, for links in feeds and signs.")
@click.option("--live-url", help="Address of the live host, for those who want to tell something.")
@click.option(
    "--record", type=click.Path(path_type=Path, exists=True), help="Folder with content/."
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
@click.option("--jobs", type=click.IntRange(1), help="Processes; all cores unless given.")
@click.option(
    "--pdf",
    type=click.Choice(PAPERS),
    is_flag=False,
    flag_value="letter",
    help="Briefs as PDFs too, on paper of this size; letter unless given.",
)
@click.option("--full", is_flag=True, help="Render everything again, not only what changed.")
def main(
    *,
    out: Path,
    base_url: str,
    live_url: str,
    record: Path,
    as_of: object,
    jobs: int,
    full: bool,
    pdf: str,
) -> None:
    """Freeze the reading pages of the record into OUT: built beside, swapped in at once."""
    config = Config.from_environment()
    if record is None and start(config.record, PROJECT, "First published"):
        click.echo(f"Made the record {config.record} from the shipped content.")
    config = replace(
        config,
        record=(record or config.record).resolve(),
        base_url=(base_url or config.base_url).rstrip("/"),
        live_url=(live_url or config.live_url).rstrip("/"),
        pdf=pdf or config.pdf,
        as_of=as_of.date() if as_of else config.as_of,
    )
    gc.disable()  # a build makes millions of objects that all live to its end
    try:
        done = freeze(config, out, jobs=jobs, full=full, progress=_bar)
    except (FreezeError, BrokenRecordError, BusyError, BrokenExecutor, OSError) as error:
        raise click.ClickException(f"{error}\nThe site in {out} stays as it was.") from None
    rate = done.rendered / done.seconds
    click.echo(
        f"{done.pages:,} pages in {out}; {done.rendered:,} rendered, {done.removed:,} files gone, "
        f"{done.written / 1e6:,.1f} MB written in {done.seconds:.2f} s ({rate:,.0f} pages/s)."
    )


if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        # All is written; to take a registry of 100,000 devices apart would take half a second.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
