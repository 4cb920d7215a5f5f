"""The interface's words for the facts of a brief."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l

LABELS = {
    "year": _l("Year it tells of"),
    "kind": _l("Kind"),
    "contact": _l("Office to ask"),
    "part_of": _l("Part of the annual report"),
    "order": _l("Place in that report"),
    "grade": _l("How we know"),
    "sources": _l("Sources"),
    "technologies": _l("Technologies it tells of"),
    "terms": _l("Key terms it explains"),
    "previous": _l("Earlier briefs whose place it takes"),
}
"""What the declared facts are called in the form."""
