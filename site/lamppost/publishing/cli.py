"""The commands of publishing: ``lamppost publish …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..config import Config

if TYPE_CHECKING:
    from .releases import Release


@click.group()
def publish() -> None:
    """Releases of the public site: prepared, published, taken back, sent."""


@publish.command()
def prepare() -> None:
    """Freeze the record and keep it as a release that waits; the public site stays as it is."""
    from .releases import Releases  # noqa: PLC0415 - each command loads only what it needs

    release = _prepared()
    difference = Releases(Config.from_environment().public).difference(release)
    click.echo(
        f"Prepared {release.id}: {len(difference.added)} files new, "
        f"{len(difference.changed)} changed, {len(difference.removed)} gone."
    )


@publish.command()
@click.argument("release")
@click.option("--by", default="", help="Who publishes; for the list of releases.")
def release(release: str, by: str) -> None:
    """Make RELEASE public, be it one that waits or an earlier one."""
    _publish(release, by)


@publish.command()
@click.option("--by", default="", help="Who publishes; for the list of releases.")
def now(by: str) -> None:
    """Prepare a release and publish it, if it differs from what is public: for every night.

    First the drafts whose day has come are published into the record.
    """
    from .releases import Releases  # noqa: PLC0415

    _publish_due()
    config = Config.from_environment()
    made, releases = _prepared(), Releases(config.public)
    if releases.current() and not releases.difference(made):
        click.echo("Nothing has changed.")
        return
    _publish(made.id, by)


@publish.command("list")
def list_() -> None:
    """List the releases; the one that is public has a star."""
    from .releases import Releases  # noqa: PLC0415

    releases = Releases(Config.from_environment().public)
    current = releases.current()
    for one in releases.all():
        star = "*" if current and one.id == current.id else " "
        published = f"published {one.published} {one.by}".rstrip() if one.published else "waits"
        click.echo(f"{star} {one.id}  record {one.save[:10] or '-'}  {published}")


def _publish_due() -> None:
    from flask import Flask  # noqa: PLC0415

    from .. import db  # noqa: PLC0415
    from ..content import read_content  # noqa: PLC0415
    from ..drafts.deeds import publish_due  # noqa: PLC0415

    config = Config.from_environment()
    content = read_content(config)
    if content.problems:  # what follows tells them
        return
    db.upgrade(config.database_url)
    app = Flask(__name__)
    db.init_app(app, config.database_url)
    with app.app_context():
        for brief, fault in publish_due(config, content):
            told = f"Not published: {brief}: {fault}" if fault else f"Published the brief {brief}."
            click.echo(told, err=bool(fault))


def _prepared() -> Release:
    from ..press import FreezeError  # noqa: PLC0415
    from ..published import BrokenRecordError  # noqa: PLC0415
    from ..remote.git import RemoteError  # noqa: PLC0415
    from ..remote.sync import UndecidedError  # noqa: PLC0415
    from ..saves import SaveError  # noqa: PLC0415
    from ..trees import BusyError  # noqa: PLC0415
    from .publisher import prepare  # noqa: PLC0415

    of_the_record = (BrokenRecordError, UndecidedError, RemoteError, SaveError)
    try:
        return prepare(Config.from_environment())
    except (FreezeError, BusyError, OSError, *of_the_record) as error:
        raise click.ClickException(f"{error}\nThe public site stays as it was.") from None


def _publish(id_: str, by: str) -> None:
    from ..trees import BusyError  # noqa: PLC0415
    from .publisher import publish  # noqa: PLC0415
    from .targets import SendError  # noqa: PLC0415

    try:
        done = publish(Config.from_environment(), id_, by)
    except KeyError:
        raise click.ClickException(f"there is no release {id_}: lamppost publish list") from None
    except SendError as error:
        raise click.ClickException(f"{id_} is public here, but was not sent:\n{error}") from None
    except BusyError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{done.id} is public.")
