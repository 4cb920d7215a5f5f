"""The commands of forms: ``lamppost surveys import``, ``export`` and ``answers``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_form(key: str, file: Path) -> None:
    """Write a survey to FILE (.xlsx) as a form for ODK and KoBo."""
    from ..answering.world import world_of  # noqa: PLC0415
    from ..config import Config  # noqa: PLC0415
    from ..content import read_content  # noqa: PLC0415
    from ..xlsform.composed import workbook  # noqa: PLC0415

    content = read_content(Config.from_environment())
    if key not in content.surveys:
        raise click.ClickException(f"no survey {key}; there is " + ", ".join(content.surveys))
    if file.suffix != ".xlsx":
        raise click.BadParameter("a file that ends in .xlsx", param_hint="FILE")
    try:
        file.write_bytes(workbook(content.surveys[key], world_of(content)))
    except OSError as error:
        raise click.ClickException(f"nothing was written: {error}") from None
    click.echo(f"Wrote {file}.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", default="", help="The survey's id; else it is the form_id in the file.")
@click.option(
    "--translated-by",
    type=click.Choice(["machine", "human"]),
    default="machine",
    show_default=True,
    help="Who made the translations; readers are told.",
)
@click.option("--note", "-m", default="", help="The public change note.")
def import_form(file: Path, key: str, translated_by: str, note: str) -> None:
    """Take the questions of an XLSForm (.xlsx, .csv) into the record, as the draft of a survey."""
    from ..config import Config  # noqa: PLC0415
    from ..content import read_content  # noqa: PLC0415
    from ..saves import SaveError, StaleError  # noqa: PLC0415
    from ..workbooks import UnreadableError  # noqa: PLC0415
    from ..xlsform.book import MOST_BYTES, read_form  # noqa: PLC0415
    from ..xlsform.taken import is_key, keep, take  # noqa: PLC0415

    config = Config.from_environment()
    try:
        with file.open("rb") as stream:
            lines = read_form(stream.read(MOST_BYTES + 1), file.name)
    except UnreadableError as error:
        raise click.ClickException(str(error)) from None
    taken = take(lines, read_content(config), key, translated_by)
    if not taken.is_well:
        told = [*map(str, taken.faults), *([f"pyxform: {taken.refused}"] if taken.refused else [])]
        raise click.ClickException("\n".join(["nothing was written:", *told]))
    if not is_key(taken.key):
        raise click.BadParameter("lower-case words joined by -", param_hint="--key")
    author = ("Lamppost", "record@localhost")
    try:
        name = keep(config, taken, note or f"A draft from the form {file.name}", author)
    except StaleError:
        raise click.ClickException(f"there is a survey {taken.key} already; use --key") from None
    except SaveError as error:
        raise click.ClickException(f"nothing was written: {error}") from None
    if taken.left_out:
        click.echo("Left out: " + ", ".join(taken.left_out))
    click.echo(f"Wrote {name}, a draft.")


@click.command()
@click.argument("key")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--language", default="en", help="The language in which they were asked.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken in, and keep nothing.")
def answers(key: str, file: Path, language: str, *, dry_run: bool) -> None:
    """Take in the answers of a field team, as ODK or KoBo exports them (.csv, .xlsx)."""
    from flask import Flask  # noqa: PLC0415

    from .. import db  # noqa: PLC0415
    from ..answering.world import world_of  # noqa: PLC0415
    from ..config import Config  # noqa: PLC0415
    from ..content import read_content  # noqa: PLC0415
    from ..devices.tables import MOST_BYTES  # noqa: PLC0415
    from ..i18n import languages  # noqa: PLC0415
    from ..staff.audit import log  # noqa: PLC0415
    from ..workbooks import UnreadableError  # noqa: PLC0415
    from ..xlsform.returned import keep_all, read_returned, summary, told  # noqa: PLC0415

    config = Config.from_environment()
    content = read_content(config)
    known = [id_ for id_, survey in content.surveys.items() if survey.is_public]
    if key not in known:
        raise click.ClickException(f"no survey {key} was opened; there is " + ", ".join(known))
    if language not in languages():
        raise click.BadParameter("one of " + ", ".join(languages()), param_hint="--language")
    app, world = Flask(__name__), world_of(content)
    db.init_app(app, config.database_url)
    app.extensions["config"] = config
    with app.app_context():
        try:
            with file.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
            found = read_returned(data, file.name, content.surveys[key], world, config)
        except UnreadableError as error:
            raise click.ClickException(str(error)) from None
        if found.wrong:
            raise click.ClickException("\n".join(["nothing was kept:", *told(found.wrong)]))
        click.echo(summary(found))
        if dry_run:
            return
        if not keep_all(found, language, world):
            raise click.ClickException("somebody else takes these answers in at this moment")
        log("take in answers", f"{key}: {len(found.new)}")


COMMANDS = (export_form, import_form, answers)
