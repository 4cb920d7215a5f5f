"""The audit log, to be read and taken along."""

from __future__ import annotations

from flask import Response, render_template

from ..i18n import lazy_gettext as _l
from . import audit
from .gate import desk_blueprint, may

blueprint = desk_blueprint("audit", __name__)


@blueprint.get("/audit/")
@may("read the audit log", menu=_l("Audit log"))
def log() -> str:
    """What was done at the desk, the newest first."""
    return render_template("staff/audit.html", entries=audit.entries(), broken=audit.verify())


@blueprint.get("/audit/audit.csv")
@may("read the audit log")
def export() -> Response:
    """The same as a table."""
    found = audit.entries()
    audit.log("export", "audit log")
    return Response(audit.as_csv(found), mimetype="text/csv")
