"""What is measured, each as a program of its own: ``tasks.py TASK RECORD OUT`` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from gzip import compress
from pathlib import Path
from typing import Any

import orjson
from flask import url_for
from flask_frozen import Freezer

from lamppost import create_app, freezer, urls
from lamppost.addresses import Address
from lamppost.config import Config
from lamppost.content import Content, read_content
from lamppost.i18n import languages, speak, speech
from lamppost.search import index

AS_OF = date(2026, 11, 22)


def load(config: Config, _out: Path) -> dict[str, Any]:
    """Read and check the record."""
    began = time.perf_counter()
    content = read_content(config)
    seconds = time.perf_counter() - began
    return {"devices": len(content.registry.devices), "problems": len(content.problems), "load_s": seconds}


def devices(config: Config, out: Path) -> dict[str, Any]:
    """Freeze the pages of devices in all languages and nothing else, as Hugo does."""
    every = freezer.addresses

    def only_devices(content: Content) -> Iterator[Address]:
        for address in every(content):
            if address.endpoint == "registry.device":
                yield address._replace(also=())

    freezer.addresses = only_devices  # type: ignore[attr-defined]
    freezer.static_names = list  # type: ignore[attr-defined]
    freezer._check_endpoints = lambda *_: None  # type: ignore[assignment]
    freezer._check_links = lambda *_: None  # type: ignore[assignment]
    done = freezer.freeze(config, out, full=True)
    return {"pages": done.rendered, "bytes": done.written}


def frozen_flask(config: Config, out: Path) -> dict[str, Any]:
    """Freeze everything as Frozen-Flask's documentation shows it: generators, links followed."""

    def url(endpoint: str, **values: Any) -> str:
        if "language" not in values and urls.speaks(endpoint):
            values["language"] = speech().code
        return url_for(endpoint, **values)

    app = create_app(config, frozen=True)
    # Its way to find pages is to listen to url_for, which we ask only once for each view.
    app.jinja_env.globals["url"] = url
    for module in list(sys.modules.values()):
        if module.__name__.startswith("lamppost.") and getattr(module, "url", None) is urls.url:
            module.url = url  # type: ignore[attr-defined]
    app.config.update(FREEZER_DESTINATION=str(out.resolve()))
    engine = Freezer(app)
    content: Content = app.extensions["published"].content

    @engine.register_generator
    def pages() -> Iterator[tuple[str, dict[str, Any]]]:
        for address in every_address(content):
            for view in freezer.views_of(address):
                codes = languages() if urls.speaks(view) else [None]
                for code in codes:
                    yield view, {**address.values, **({"language": code} if code else {})}

    every_address = freezer.addresses
    return {"pages": len(engine.freeze())}
