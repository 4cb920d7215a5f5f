"""The reading page of vendor assessments: that they are, their day, and their result."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, render_template

from ..addresses import Address, key
from ..content import Content
from ..published import content

blueprint = Blueprint("assessments", __name__)


@blueprint.get("/<language:language>/vendor-assessments/")
def index() -> str:
    """All that were decided on."""
    now = content()
    return render_template(
        "assessments/assessments.html", assessed=now.cases.assessed, registry=now.registry
    )


def addresses(content: Content) -> Iterator[Address]:
    """The one page."""
    names = [(one.id, one.name) for one in content.registry.technologies.values()]
    yield Address("assessments.index", {}, key(content.cases.digest, names))
