"""The command line of the site: ``lamppost`` with its subcommands."""

from __future__ import annotations

import logging
import secrets
import sys
from dataclasses import replace
from pathlib import Path

import click

from .config import PROJECT, Config
from .devices.cli import devices
from .publishing.cli import publish
from .staff.cli import staff
from .surveys.cli import surveys
from .texts.cli import texts


@click.group()
def main() -> None:
    """Lamppost: a city's public record of the technology in its streets."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("lamppost").setLevel(logging.INFO)


@main.command()
def init() -> None:
    """Make the instance: record, database and keys. What is there already stays."""
    from sqlalchemy import make_url  # noqa: PLC0415 - each command loads only what it needs

    from .apart.vault import make_keys  # noqa: PLC0415
    from .db import upgrade  # noqa: PLC0415 - each command loads only what it needs
    from .history import start  # noqa: PLC0415

    config = Config.from_environment()
    config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if start(config.record, PROJECT, "First published"):
        click.echo(f"Made the record {config.record} from the shipped content.")
    key = config.instance / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_hex(32), "ascii")
        click.echo(f"Made the secret key {key}, readable by its owner alone.")
    if private := make_keys(config):
        click.echo(f"Made the key of contacts {private}, readable by its owner alone.")
    if upgrade(config.database_url):
        named = make_url(config.database_url).render_as_string(hide_password=True)
        click.echo(f"Brought the database {named} up to date.")


@main.command()
def demo() -> None:
    """Fill a fresh instance with a month of sample activity; print a link to each account."""
    from . import create_app  # noqa: PLC0415
    from .demo.perform import NotFreshError, perform  # noqa: PLC0415
    from .staff.accounts import invitation  # noqa: PLC0415

    config = Config.from_environment()
    app = create_app(config)
    with app.test_request_context("/"):
        try:
            staff = perform(app)
        except NotFreshError:
            told = f"{config.instance} holds something already; LAMPPOST_INSTANCE names another"
            raise click.ClickException(told) from None
        host = config.live_url or "http://localhost:8000"
        click.echo("Accounts at the desk. Each link works once, for 7 days.")
        for one in staff:
            click.echo(f"{one.name}: {host}/en/desk/invitation/{invitation(one)}/")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the live site."""
    from . import create_app, nightly  # noqa: PLC0415
    from .cases import notices  # noqa: PLC0415
    from .published import BrokenRecordError  # noqa: PLC0415
    from .publishing import schedule  # noqa: PLC0415
    from .remote import pusher  # noqa: PLC0415
    from .server import serve as serve_crowd  # noqa: PLC0415

    try:
        app = create_app()
    except BrokenRecordError as error:
        raise click.ClickException(f"{error}: lamppost check tells them") from None
    time_zone = app.extensions["published"].content.settings.time_zone
    schedule.start(app.extensions["config"], time_zone)
    nightly.start(app)
    pusher.start(app.extensions["config"])
    notices.start(app)
    click.echo(f"Serving on http://{host}:{port}/  (stop with Ctrl+C)")
    try:
        serve_crowd(app, host, port)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror}") from None


@main.command()
@click.option(
    "--record",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with content/ and surveys/; the instance's record unless given.",
)
def check(record: Path | None) -> None:
    """Check all content and tell every mistake at once: file, key, found, expected."""
    from .content import read_content  # noqa: PLC0415

    config = Config.from_environment()
    content = read_content(replace(config, record=(record or config.record).resolve()))
    for problem in content.problems:
        click.echo(str(problem))
    if content.problems:
        click.echo(f"{len(content.problems)} mistakes.", err=True)
        sys.exit(1)
    registry = content.registry
    click.echo(
        f"{len(registry.technologies)} technologies, {len(registry.devices)} devices: no mistakes."
    )


@main.command("new-code")
def new_code() -> None:
    """Print a code that no device has or ever had, to be given to a new one."""
    from .content import read_content  # noqa: PLC0415
    from .registry.codes import EXAMPLE, unused  # noqa: PLC0415

    content = read_content(Config.from_environment())
    taken = {EXAMPLE, *content.registry.devices, *content.changes_of_device}
    click.echo(unused(taken))


@main.command()
@click.option("--dry-run", is_flag=True, help="Tell how many would go, and delete nothing.")
@click.option("--force", is_flag=True, help="Delete also where that is much of all there is.")
def purge(*, dry_run: bool, force: bool) -> None:
    """Delete what is past its day; the live site does so every night."""
    from . import create_app, purging  # noqa: PLC0415
    from .db import scrub  # noqa: PLC0415
    from .published import content  # noqa: PLC0415

    app = create_app()
    with app.app_context():
        today = content().as_of
        found = purging.due(today) if dry_run else purging.purge(today, force=force)
        if not dry_run and not scrub():
            click.echo("The database was busy: traces of what went may still be in its file.")
    stopped = False
    for one in found:
        stays = dry_run or (one.is_too_much and not force)
        told = "still there" if stays else "deleted"
        click.echo(f"{one.kind.capitalize()} past their day: {one.due} of {one.of}, {told}.")
        stopped = stopped or (one.is_too_much and not force)
    if stopped:
        click.echo("That is much at once. Is the clock right? Then use --force.", err=True)
    sys.exit(1 if stopped and not dry_run else 0)


@main.group()
def record() -> None:
    """The record: the published files and their history."""


@record.command("save")
@click.option("--note", "-m", required=True, help="The public change note: what changed, and why.")
@click.option("--author", help="Name of the role or person who made the change.")
def save_record(note: str, author: str | None) -> None:
    """Check the record, and save what was changed with a public note."""
    from .history import SITE, NoHistoryError  # noqa: PLC0415
    from .saves import RefusedError, SaveError, save_changed  # noqa: PLC0415

    if not note.strip():
        raise click.BadParameter("say what changed, and why", param_hint="--note")
    config = Config.from_environment()
    try:
        saved = save_changed(config, note, (author, SITE[1]) if author else SITE)
    except RefusedError as error:
        raise click.ClickException(f"nothing was saved:\n{error}") from None
    except (NoHistoryError, SaveError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Saved as {saved[:10]}." if saved else "Nothing has changed.")
    if saved and config.record_remote:
        from .remote.sync import push, told  # noqa: PLC0415

        sent = push(config)
        click.echo("Sent." if sent else f"Not sent: {told(config)['push'].error}", err=not sent)


@record.command("push")
def push_record() -> None:
    """Send the saves that the record's other copy lacks."""
    from .remote.sync import push, told  # noqa: PLC0415

    config = _with_remote()
    if not push(config):
        raise click.ClickException(f"not sent: {told(config)['push'].error}")
    click.echo("The other copy has every save.")


@record.command("fetch")
def fetch_record() -> None:
    """Take in what the record's other copy has; where a person must decide, that is at the desk."""
    from .remote.git import RemoteError  # noqa: PLC0415
    from .remote.sync import UndecidedError, fetch, take_in  # noqa: PLC0415
    from .saves import SaveError  # noqa: PLC0415

    config = _with_remote()
    try:
        fetch(config)
        count = take_in(config)
    except (RemoteError, UndecidedError, SaveError) as error:
        raise click.ClickException(f"nothing was taken in: {error}") from None
    click.echo(f"Files that changed here: {count}.")


def _with_remote() -> Config:
    config = Config.from_environment()
    if not config.record_remote:
        raise click.ClickException("no other copy is set: LAMPPOST_RECORD_REMOTE")
    return config


@record.command("without-sample")
def without_sample() -> None:
    """Take all sample devices out of the record, for a city that starts for real."""
    from .content import read_content  # noqa: PLC0415
    from .history import SITE  # noqa: PLC0415
    from .registry.sample import without_sample as files_without  # noqa: PLC0415
    from .saves import SaveError, digest, file_now, save_files  # noqa: PLC0415

    config = Config.from_environment()
    problems = read_content(config).problems
    if problems:
        raise click.ClickException("\n".join(["nothing was taken out:", *map(str, problems)]))
    files, removed = files_without(config.record)
    seen = {name: digest(file_now(config, name)) for name in files}
    try:
        if files:
            note = "Sample devices taken out"
            save_files(config, files, seen=seen, note=note, author=SITE)
    except SaveError as error:
        raise click.ClickException(f"nothing was taken out: {error}") from None
    click.echo(f"Took {removed} sample devices out of {config.record}.")


@main.group()
def catalogs() -> None:
    """The interface's messages in their languages."""


@catalogs.command("compile")
def compile_catalogs() -> None:
    """Compile the catalogs that are newer than their compiled form."""
    from .catalogs import compile_all  # noqa: PLC0415

    for name in compile_all():
        click.echo(f"Compiled {name}.")


@catalogs.command("update")
def update_catalogs() -> None:
    """Take the messages of code and templates into messages.pot and the catalogs."""
    from .catalogs import update  # noqa: PLC0415

    update()


@catalogs.command("check")
def check_catalogs() -> None:
    """Check that messages.pot is current and every catalog is whole."""
    from .catalogs import mistakes  # noqa: PLC0415

    found = mistakes()
    for mistake in found:
        click.echo(mistake)
    sys.exit(1 if found else 0)


main.add_command(devices)
main.add_command(publish)
main.add_command(staff)
main.add_command(surveys)
main.add_command(texts)

if __name__ == "__main__":
    main()
