"""The search page and the files its script reads."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from flask import Blueprint, Response, abort, render_template

from ..addresses import Address, key
from ..content import Content
from ..i18n import speech
from ..published import content
from . import index

blueprint = Blueprint("search", __name__)
route = blueprint.get


@route("/<language:language>/search/")
def search() -> str:
    """The search page; without a script it leads to the lists."""
    return render_template("search/search.html")


@route("/<language:language>/search/pages.json")
def pages() -> Response:
    """The index of pages in one language."""
    now = content()
    spoken = speech()
    found = {
        "pages": index.pages(now, spoken),
        "technologies": index.technologies(now, spoken),
        "shards": sorted(_streets(now)),
    }
    return Response(orjson.dumps(found), mimetype="application/json")


@route("/search/<id:shard>.json")
def streets(shard: str) -> Response:
    """The locations with a word that starts with two given letters."""
    found = _streets(content()).get(shard) or abort(404)
    return Response(orjson.dumps(list(found.items())), mimetype="application/json")


def _streets(now: Content) -> dict[str, dict[str, list[object]]]:
    shards = now.fragments.get("streets")
    if shards is None:
        found = index.streets(now.registry.in_order)
        shards = {index.shard_name(start): shard for start, shard in found.items()}
        now.fragments["streets"] = shards
    return shards


def addresses(content: Content) -> Iterator[Address]:
    """The search page and its indexes."""
    shards = _streets(content)
    texts = key(
        content.digest("content/registry/technologies/", "content/pages/", "content/briefs/"),
        [list(content.registry.listed(facet)) for facet in ("purpose", "data")],
        sorted(shards),
    )
    yield Address("search.search", {}, b"")
    yield Address("search.pages", {}, texts)
    for name, shard in shards.items():
        yield Address("search.streets", {"shard": name}, key(orjson.dumps(shard)))
