"""The commands for tables of devices: ``lamppost devices import`` and ``devices export``."""

from __future__ import annotations

from pathlib import Path

import click

from ..config import Config


@click.group()
def devices() -> None:
    """Devices from tables, and into tables: CSV, XLSX, GeoJSON."""


_TECHNOLOGY = click.option("--technology", required=True, help="The technology's id.")


@devices.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_TECHNOLOGY
@click.option(
    "--columns",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A YAML file that gives our column for each name in the table's first row.",
)
@click.option("--encoding", type=click.Choice(["utf-8", "windows-1252"]), default="utf-8")
@click.option("--missing-are-removed", is_flag=True, help="What the table lacks was removed.")
@click.option("--note", "-m", default="", help="The public change note.")
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def import_devices(
    file: Path, technology: str, columns: Path | None, encoding: str, note: str,
    *, missing_are_removed: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Take the devices of a table into the record: all of them, or none if there is a mistake."""
    from ..content import read_content  # noqa: PLC0415 - each command loads only what it needs
    from ..record import yaml_value  # noqa: PLC0415
    from ..saves import SaveError, save_files  # noqa: PLC0415
    from ..workbooks import UnreadableError  # noqa: PLC0415
    from . import headings, imports, tables  # noqa: PLC0415
    from .ledger import read_ledger  # noqa: PLC0415

    config = Config.from_environment()
    content = read_content(config)
    _check_technology(content.registry.technologies, technology)
    try:
        table = tables.read_table(file.read_bytes(), file.name, encoding)
    except UnreadableError as error:
        raise click.ClickException(str(error)) from None
    given = yaml_value(columns.read_bytes()) if columns else {}
    mapping = headings.match(table.header, given)
    for name, ours in mapping.items():
        click.echo(f"{name} → {ours or '(left out)'}")
    ledger = read_ledger(config.record, technology)
    found = imports.plan(content, ledger, table, mapping, removed_when_missing=missing_are_removed)
    click.echo(found.summary())
    if found.mistakes:
        lines = [f"{m}: “{m.found}”; expected: {m.expected}" for m in found.mistakes]
        raise click.ClickException("\n".join(["nothing was written:", *lines]))
    if dry_run or found.is_empty:
        return
    try:
        save_files(
            config, found.files(), seen={ledger.name: ledger.digest},
            note=note or f"Devices from a table: {found.summary()}",
            author=("Lamppost", "record@localhost"),
        )  # fmt: skip
    except SaveError as error:
        raise click.ClickException(f"nothing was written: {error}") from None
    click.echo(f"Changed {ledger.name}")


@devices.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_TECHNOLOGY
def export_devices(file: Path, technology: str) -> None:
    """Write a technology's devices to FILE (.csv, .xlsx, .geojson), to be taken in again."""
    from ..content import read_content  # noqa: PLC0415
    from .ledger import read_ledger  # noqa: PLC0415
    from .tables import ENDINGS, written_table  # noqa: PLC0415

    config = Config.from_environment()
    _check_technology(read_content(config).registry.technologies, technology)
    if file.suffix not in ENDINGS:
        raise click.BadParameter("a file that ends in .csv, .xlsx or .geojson", param_hint="FILE")
    ledger = read_ledger(config.record, technology)
    data = written_table(ledger.header, ledger.table(), ENDINGS[file.suffix])
    try:
        file.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {error}") from None
    click.echo(f"Wrote {len(ledger.rows)} devices to {file}.")


def _check_technology(technologies: object, technology: str) -> None:
    if technology not in technologies:  # type: ignore[operator]
        raise click.BadParameter("the id of a technology", param_hint="--technology")
