"""The audit log, to be read and taken along."""

from __future__ import annotations

from flask import Response, current_app, render_template

from ..config import Config
from ..i18n import lazy_gettext as _l
from . import audit
from .gate import desk_blueprint, may

blueprint = desk_blueprint("audit", __name__)


@blueprint.get("/audit/")
@may("read the audit log", menu=_l("Audit log"))
def log() -> str:
    """What was done at the desk, the newest first."""
    config: Config = current_app.extensions["config"]
    found = audit.entries()
    return render_template(
        "staff/audit.html",
        entries=[(entry, audit.by(entry), audit.said(entry)) for entry in found],
        broken=audit.verify(),
        first=found[-1].id if found else 1,
        days=config.audit_days,
    )


@blueprint.get("/audit/audit.csv")
@may("read the audit log")
def export() -> Response:
    """The same as a table."""
    found = audit.entries()
    audit.log("export", "audit log")
    return Response(audit.as_csv(found), mimetype="text/csv")
