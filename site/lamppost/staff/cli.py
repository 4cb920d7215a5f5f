"""The commands of accounts: ``lamppost staff invite`` and what else an administrator needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..config import Config

if TYPE_CHECKING:
    from .models import Staff


@click.group()
def staff() -> None:
    """Accounts of those who sign in at the desk."""


_ROLES = click.option("--role", "roles", multiple=True, required=True, help="May be repeated.")


@staff.command()
@click.argument("email")
@click.option("--name", default="", help="The person's name; needed for a new account.")
@click.option("--role", "roles", multiple=True, help="May be repeated; for a new account.")
def invite(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Make an account for EMAIL, or find it, and print the link by which it is opened."""
    from . import accounts  # noqa: PLC0415 - each command loads only what it needs

    with _accounts() as config:
        found = accounts.staff_by_email(email)
        if not found and not (name.strip() and roles):
            raise click.UsageError("a new account needs --name and --role")
        invited = found or accounts.add_staff(email, name=name, roles=roles)
        token = accounts.invitation(invited)
        host = config.live_url or "http://localhost:8000"
        click.echo(f"{host}/en/desk/invitation/{token}/")
        click.echo("The link works once, for 7 days. Give it to nobody else.", err=True)


@staff.command("list")
def list_staff() -> None:
    """Print every account with its roles."""
    from . import accounts  # noqa: PLC0415

    with _accounts():
        for one in accounts.all_staff():
            closed = "" if one.active else "  (closed)"
            click.echo(f"{one.email}  {one.name}  {', '.join(sorted(one.role_names))}{closed}")


@staff.command()
@click.argument("email")
@_ROLES
def roles(email: str, roles: tuple[str, ...]) -> None:
    """Give EMAIL these roles instead of the old ones."""
    from . import accounts  # noqa: PLC0415

    with _accounts():
        accounts.give_roles(_found(email), roles)


@staff.command()
@click.argument("email")
def close(email: str) -> None:
    """Close the account of EMAIL."""
    from . import accounts  # noqa: PLC0415

    with _accounts():
        accounts.close(_found(email))


@staff.command("check-log")
def check_log() -> None:
    """Check that no entry of the audit log was changed or taken out."""
    from . import audit  # noqa: PLC0415

    with _accounts():
        broken = audit.verify()
    if broken:
        raise click.ClickException(f"entry {broken} is not what was written")
    click.echo("The audit log is whole.")


@staff.command("clear-log")
def clear_log() -> None:
    """Take out of the audit log what is older than it is kept; a sign-in does the same."""
    from . import audit  # noqa: PLC0415

    with _accounts() as config:
        gone = audit.clear(config.audit_days)
    click.echo(f"{gone} entries were older than {config.audit_days} days.")


@contextmanager
def _accounts() -> Iterator[Config]:
    """The accounts at hand; what is not allowed ends the command with its reason."""
    from flask import Flask  # noqa: PLC0415

    from .. import db  # noqa: PLC0415
    from . import accounts  # noqa: PLC0415

    config = Config.from_environment()
    app = Flask(__name__)
    db.init_app(app, config.database_url)
    accounts.init_app(app, config.secret_key("invitations"))
    try:
        with app.app_context():
            yield config
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _found(email: str) -> Staff:
    from .accounts import staff_by_email  # noqa: PLC0415

    found = staff_by_email(email)
    if not found:
        raise click.ClickException(f"{email} has no account")
    return found
