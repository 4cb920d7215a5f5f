"""Lamppost: a city's public record of the technology in its streets."""

from __future__ import annotations

from flask import Flask

from .config import Config


def create_app(config: Config | None = None, *, frozen: bool = False) -> Flask:
    """The application for ``config`` (the environment's unless given).

    With ``frozen`` it has the reading face alone: what can be written to plain files.
    Raises :class:`~lamppost.published.BrokenRecordError` when no sound record can be had.
    """
    # A command of the command line loads only what it needs.
    from . import (  # noqa: PLC0415
        assessments,
        briefs,
        cases,
        concerns,
        i18n,
        icons,
        jinja,
        pages,
        pitches,
        published,
        registry,
        results,
        saves,
        search,
        security,
        surveys,
        urls,
    )

    config = config or Config.from_environment()
    app = Flask(__name__, static_folder="static")
    jinja.init_app(app)
    i18n.init_app(app)
    urls.init_app(app)
    icons.init_app(app)
    saves.mend(config)
    published.init_app(app, published.Published(config, watch=not frozen))
    pages.init_app(app, config, frozen=frozen)
    registry.init_app(app)
    briefs.init_app(app)
    surveys.init_app(app)
    cases.init_app(app)
    concerns.init_app(app)
    pitches.init_app(app)
    assessments.init_app(app)
    results.init_app(app)
    search.init_app(app)
    if not frozen:
        from . import live  # noqa: PLC0415 - the desk is most of the code, and freezing needs none

        live.init_app(app, config)
    elif config.live_url:
        from . import sending  # noqa: PLC0415

        sending.init_frozen(app, config.live_url)
    security.init_app(app)
    return app
