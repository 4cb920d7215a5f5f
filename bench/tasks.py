"""What is measured, each as a program of its own: ``tasks.py TASK RECORD OUT`` prints JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
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
from lamppost.press import Press, views_of
from lamppost.reading import addresses
from lamppost.search import index


def load(config: Config, _out: Path) -> dict[str, Any]:
    """Read and check the record."""
    began = time.perf_counter()
    content = read_content(config)
    seconds = time.perf_counter() - began
    return {
        "devices": len(content.registry.devices),
        "problems": len(content.problems),
        "load_s": seconds,
    }


def devices(config: Config, out: Path) -> dict[str, Any]:
    """Freeze the pages of devices in all languages and nothing else, as Hugo does."""
    every = Press.addresses

    def only_devices(press: Press) -> Iterator[Address]:
        found = (address for address in every(press) if address.endpoint == "registry.device")
        return (address._replace(also=()) for address in found)

    Press.addresses = only_devices  # type: ignore[assignment,method-assign]
    # What is left out cannot be found, by these.
    freezer._check_endpoints = freezer._check_links = lambda *_: None  # type: ignore[assignment]  # noqa: SLF001
    gc.disable()  # as freeze.py does
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
    app.config.update(FREEZER_IGNORE_404_NOT_FOUND=True)  # addresses that a script fills in
    engine = Freezer(app)
    content: Content = app.extensions["published"].content

    @engine.register_generator
    def pages() -> Iterator[tuple[str, dict[str, Any]]]:
        for address in addresses(content):
            for view in views_of(address):
                codes = languages() if urls.speaks(view) else [None]
                for code in codes:
                    yield view, {**address.values, **({"language": code} if code else {})}

    return {"pages": len(engine.freeze())}


def search(config: Config, _out: Path) -> dict[str, Any]:
    """Make our search indexes, and say what one search asks a reader's browser to fetch."""
    app = create_app(config, frozen=True)
    content: Content = app.extensions["published"].content
    found = content.registry.in_order
    began = time.perf_counter()
    shards = {name: orjson.dumps(list(s.items())) for name, s in index.streets(found).items()}
    pages = {}
    with app.test_request_context("/"):
        for code in languages():
            spoken = speak(code)
            data = {
                "pages": index.pages(content, spoken),
                "technologies": index.technologies(content, spoken),
                "shards": sorted(index.shard_name(start) for start in shards),
            }
            pages[code] = orjson.dumps(data)
    seconds = time.perf_counter() - began
    sizes = sorted(len(compress(shard)) for shard in shards.values())
    return {
        "seconds": seconds,
        "bytes": sum(map(len, [*shards.values(), *pages.values()])),
        "files": len(shards) + len(pages),
        "pages_gz": {code: len(compress(data)) for code, data in pages.items()},
        "shard_gz": {"median": sizes[len(sizes) // 2], "largest": sizes[-1]},
    }


TASKS: dict[str, Callable[[Config, Path], dict[str, Any]]] = {
    task.__name__: task for task in (load, devices, frozen_flask, search)
}

if __name__ == "__main__":
    task, record, folder = sys.argv[1:]
    settings = replace(Config.from_environment(), record=Path(record).resolve())
    json.dump(TASKS[task](settings, Path(folder)), sys.stdout)
