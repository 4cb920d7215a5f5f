"""The commands of the hand-off: ``lamppost texts export`` and ``lamppost texts import``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import click

from ..config import Config


@click.group()
def texts() -> None:
    """All texts of the site, for translators: one file a language, out and in again."""


_TEXTS_FILE = click.Path(path_type=Path, dir_okay=False)
_RECORD = click.option(
    "--record",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with content/ and surveys/; the instance's record unless given.",
)


@texts.command("export")
@click.argument("language")
@click.argument("file", type=_TEXTS_FILE)
@_RECORD
def export_texts(language: str, file: Path, folder: Path | None) -> None:
    """Write all texts in LANGUAGE to FILE: PO (.po) or XLIFF 1.2 (.xlf)."""
    from ..i18n import languages  # noqa: PLC0415
    from ..text import SOURCE_LANGUAGE  # noqa: PLC0415

    others = [code for code in languages() if code != SOURCE_LANGUAGE]
    if language not in others:
        raise click.BadParameter("one of " + ", ".join(others), param_hint="LANGUAGE")
    with _handoff(file) as handoff:
        count = handoff.export(_config(folder), language, file)
    click.echo(f"Wrote {count} texts to {file}.")


@texts.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reviewed-by", default="", help="The office or role that reviewed the texts.")
@click.option("--note", "-m", default="", help="The public change note; says what was taken in.")
@_RECORD
@click.option("--dry-run", is_flag=True, help="Check everything, and write nothing.")
def import_texts(
    file: Path, reviewed_by: str, note: str, folder: Path | None, *, dry_run: bool
) -> None:
    """Take the texts of FILE into the site as one save: all of them, or none."""
    with _handoff(file) as handoff:
        done = handoff.take_in(_config(folder), file, reviewed_by, note=note, rehearse=dry_run)
    click.echo(f"{done.changed} new texts, {done.reviewed} newly reviewed, in {done.language}.")
    if reviewed_by and done.unsettled:
        click.echo(f"{done.unsettled} texts are still marked as needing work: not reviewed.")
    for name in done.files:
        click.echo(f"{'Would change' if dry_run else 'Changed'} {name}")
    if done.save:
        click.echo(f"Saved as {done.save[:10]}.")


def _config(folder: Path | None) -> Config:
    config = Config.from_environment()
    return replace(config, record=(folder or config.record).resolve())


@contextmanager
def _handoff(file: Path) -> Iterator[ModuleType]:
    """The hand-off, whose mistakes are told as the command's own."""
    from ..saves import SaveError  # noqa: PLC0415

    try:
        from . import formats, handoff, units  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error}: install the extra “texts”") from None
    if file.suffix not in formats.ENDINGS:
        raise click.BadParameter("a file that ends in .po or .xlf", param_hint="FILE")
    try:
        yield handoff
    except units.RefusedError as error:
        count = len(error.mistakes)
        raise click.ClickException(f"nothing was written, {count} mistakes:\n{error}") from None
    except (OSError, SaveError) as error:
        raise click.ClickException(f"nothing was written: {error}") from None
