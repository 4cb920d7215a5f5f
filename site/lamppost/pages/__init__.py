"""The pages of the programme: articles, key terms, the plan, sources, and what else is read."""

from __future__ import annotations

from flask import Flask

from ..config import Config


def init_app(app: Flask, config: Config, *, frozen: bool) -> None:
    """Register the pages, and let every template know the site's settings."""
    from . import site, sitemap, views  # noqa: PLC0415 - the models must be importable without them

    site.init_app(app, config, frozen=frozen)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(sitemap.blueprint)
