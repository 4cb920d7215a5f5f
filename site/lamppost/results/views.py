"""The reading pages of results, and their downloads: all of it from the stored releases."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort

from ..addresses import Address, key
from ..content import Content
from ..published import content
from .load import Results
from .page import csv_of, results_page
from .release import Release, as_file

blueprint = Blueprint("results", __name__)
route = blueprint.get


@route("/<language:language>/surveys/<id:survey>/results/")
def results(survey: str) -> str:
    """The latest results of a survey."""
    return results_page(_results(survey), content(), template="results/results.html")


@route("/<language:language>/surveys/<id:survey>/results/<page:number>.csv")
def as_csv(survey: str, number: int) -> Response:
    """A release as CSV."""
    return Response(csv_of(_release(survey, number)), mimetype="text/csv")


@route("/surveys/<id:survey>/results/<page:number>.json")
def as_json(survey: str, number: int) -> Response:
    """A release as it is stored, with its seal."""
    found = as_file(_release(survey, number).payload)
    return Response(found, mimetype="application/json")


def _results(survey: str) -> Results:
    return content().results.get(survey) or abort(404)


def _release(survey: str, number: int) -> Release:
    releases = _results(survey).releases
    return releases[number - 1] if number <= len(releases) else abort(404)


def addresses(content: Content) -> Iterator[Address]:
    """The results of every survey that has some, and the downloads of every release."""
    names = [(one.id, one.name) for one in content.registry.technologies.values()]
    for survey, found in content.results.items():
        here = content.digest("surveys/")
        yield Address("results.results", {"survey": survey}, key(here, names))
        for release in found.releases:
            values = {"survey": survey, "number": release.number}
            yield Address("results.as_csv", values, key(release.sha256), also=("results.as_json",))
