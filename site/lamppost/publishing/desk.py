"""The desk's page of publishing: what would change, how far it is, and the releases."""

from __future__ import annotations

from flask import Response, abort, current_app, flash, redirect, render_template
from werkzeug.wrappers import Response as Answer

from ..config import Config
from ..i18n import gettext as _
from ..i18n import lazy_gettext as _l
from ..staff import audit
from ..staff.gate import desk_blueprint, may, me
from ..trees import BusyError
from ..urls import url
from .job import Jobs
from .releases import Releases

blueprint = desk_blueprint("publishing", __name__)
SHOWN = 200
"""How many files of each kind of difference the page lists."""


@blueprint.get("/publish/")
@may("publish", menu=_l("Publish"))
def publishing() -> Response:
    """What is public, what would change, what is at work, and the releases that are kept."""
    config = _config()
    releases, job = Releases(config.public), Jobs(config.public).last()
    prepared = releases.prepared()
    page = render_template(
        "publishing/publishing.html",
        job=job,
        at_work=job is not None and not job.ended,
        current=releases.current(),
        prepared=prepared,
        difference=releases.difference(prepared) if prepared else None,
        published=[release for release in releases.all() if release.published],
        targets=config.publish_to,
        at=config.publish_at,
        shown=SHOWN,
    )
    return Response(page, headers={"Cache-Control": "no-store"})


@blueprint.post("/publish/prepare/")
@may("publish")
def prepare() -> Answer:
    """Begin to freeze the record as it is now."""
    return _begin("prepare")


@blueprint.post("/publish/releases/<release>/")
@may("publish")
def release(release: str) -> Answer:
    """Begin to make a release public, be it the one that waits or an earlier one."""
    if release not in {one.id for one in Releases(_config().public).all()}:
        abort(404)
    answer = _begin("release", release, "--by", me().name)
    audit.log("publish", release)
    return answer


def _begin(*words: str) -> Answer:
    config = _config()
    try:
        Jobs(config.public).begin(*words, environment=config.as_environment())
    except BusyError:
        flash(_("Another publication is at work. Wait until it has ended."), "error")
    return redirect(url("publishing.publishing"), 303)


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config
