"""The command line of surveys."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ..xlsform.cli import COMMANDS

if TYPE_CHECKING:
    from ..config import Config
    from ..content import Content


@click.group()
def surveys() -> None:
    """What is asked of everybody."""


for _command in COMMANDS:
    surveys.add_command(_command)


@surveys.command()
@click.argument("key", required=False)
def check(key: str | None) -> None:
    """Tell what stops a survey from opening, or every survey, and what else could be better."""
    from ..config import Config  # noqa: PLC0415 - each command loads only what it needs
    from ..content import read_content  # noqa: PLC0415
    from .load import FOLDER  # noqa: PLC0415

    content = read_content(Config.from_environment())
    if key is not None and key not in content.surveys:
        raise click.ClickException(f"no survey {key}; there is " + ", ".join(content.surveys))
    chosen = [key] if key else list(content.surveys)
    files = {f"{FOLDER}/{id_}.yaml" for id_ in chosen}
    stopped = False
    for problem in content.problems:
        if problem.file in files or (not key and problem.file.startswith(f"{FOLDER}/")):
            click.echo(str(problem))
            stopped = True
    for id_ in chosen:
        for reason in content.reasons[id_]:
            click.echo(f"{FOLDER}/{id_}.yaml: {reason}")
            stopped = stopped or reason.stops
        if not content.reasons[id_]:
            click.echo(f"{FOLDER}/{id_}.yaml: nothing stops it.")
    sys.exit(1 if stopped else 0)


@surveys.command()
@click.argument("key")
@click.option("--json", "as_json", is_flag=True, help="Print the whole release.")
@click.option("--preview", is_flag=True, help="Make the next release, and store nothing.")
def results(key: str, *, as_json: bool, preview: bool) -> None:
    """Tell the results of a survey: what is stored of them, or what would be released now."""
    from ..config import Config  # noqa: PLC0415 - each command loads only what it needs
    from ..content import read_content  # noqa: PLC0415
    from ..results.release import as_file  # noqa: PLC0415

    config = Config.from_environment()
    content = read_content(config)
    if key not in content.surveys:
        raise click.ClickException(f"no survey {key}; there is " + ", ".join(content.surveys))
    found = content.results.get(key)
    payload = found.latest.payload if found else None
    if preview:
        payload = _next(config, content, key, payload)
    if payload is None:
        raise click.ClickException(f"{key} has no results; --preview makes them")
    if as_json:
        click.echo(as_file(payload), nl=False)
        return
    click.echo(f"release {payload['number']}, counted on {payload['counted_on']}")
    for table in (*payload["about"], *payload["questions"]):
        click.echo(f"{table['key']}: {table['state']}")
        for cell in table["cells"]:
            click.echo(f"  {cell['key']}: {'hidden' if cell['count'] is None else cell['count']}")


def _next(
    config: Config, content: Content, key: str, before: dict[str, Any] | None
) -> dict[str, Any]:
    from .. import create_app  # noqa: PLC0415
    from ..results.compose import NotYetError, compose  # noqa: PLC0415
    from ..results.queries import gathered  # noqa: PLC0415
    from ..results.themes import themed  # noqa: PLC0415

    app = create_app(config)
    with app.test_request_context("/"):
        try:
            survey = content.surveys[key]
            return compose(
                survey, content, gathered(key), themed(survey), today=content.as_of, before=before
            )
        except NotYetError as error:
            raise click.ClickException(f"{key} can have no release yet: {error}") from None
