"""The interface's words for the kinds of briefs."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l

KINDS = {
    "annual_report": _l("Annual report"),
    "community_brief": _l("Community brief"),
    "policy": _l("Policy"),
    "notice": _l("Notice"),
}
SEVERAL = {
    "annual_report": _l("Annual reports"),
    "community_brief": _l("Community briefs"),
    "policy": _l("Policies"),
    "notice": _l("Notices"),
}
