"""Who may do what at the desk: one table."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l

ROLES = {
    "author": _l("Author"),
    "translator": _l("Translator"),
    "reviewer": _l("Reviewer"),
    "moderator": _l("Moderator"),
    "case_officer": _l("Case officer"),
    "evaluator": _l("Evaluator"),
    "decider": _l("Decider"),
    "procurement": _l("Procurement"),
    "records_officer": _l("Records officer"),
    "auditor": _l("Auditor"),
    "administrator": _l("Administrator"),
}
"""The roles by id. A person may have several."""

EVERYBODY = frozenset(ROLES)

MAY = {
    "see the desk": EVERYBODY,
    "see drafts": frozenset({"author", "translator", "reviewer", "administrator"}),
    "write briefs": frozenset({"author", "administrator"}),
    "translate": frozenset({"author", "translator", "administrator"}),
    "review": frozenset({"reviewer", "administrator"}),
    "edit the record": frozenset({"author", "administrator"}),
    "edit devices": frozenset({"author", "administrator"}),
    "check devices": frozenset(
        {"author", "reviewer", "moderator", "case_officer", "administrator"}
    ),
    "see cases": EVERYBODY - {"author", "translator", "reviewer"},
    "read concerns": frozenset(
        {"moderator", "case_officer", "records_officer", "auditor", "administrator"}
    ),
    "work on concerns": frozenset({"case_officer", "administrator"}),
    "screen pitches": frozenset({"case_officer", "administrator"}),
    "evaluate pitches": frozenset({"evaluator"}),
    "decide pitches": frozenset({"decider"}),
    "run competitions": frozenset({"procurement"}),
    "read assessments": frozenset({"case_officer", "decider", "records_officer", "administrator"}),
    "review assessments": frozenset({"case_officer", "administrator"}),
    "decide on assessments": frozenset({"decider", "administrator"}),
    "moderate": frozenset({"moderator", "administrator"}),
    "see files": frozenset({"moderator", "case_officer", "records_officer", "administrator"}),
    "see files of pitches": frozenset(
        {"moderator", "case_officer", "decider", "records_officer", "administrator"}
    ),
    "read contacts": frozenset({"case_officer", "records_officer"}),
    "hold cases": frozenset({"records_officer"}),
    "erase cases": frozenset({"records_officer"}),
    "see the record": EVERYBODY,
    "see surveys": EVERYBODY,
    "prepare surveys": frozenset({"author", "administrator"}),
    "open surveys": frozenset({"reviewer", "administrator"}),
    "code answers": frozenset({"moderator", "reviewer", "administrator"}),
    "clear quotes": frozenset({"moderator", "administrator"}),
    "prepare results": frozenset({"moderator", "reviewer", "administrator"}),
    "approve results": frozenset({"reviewer", "decider", "administrator"}),
    "enter answers": frozenset({"author", "moderator", "case_officer", "administrator"}),
    "export answers": frozenset({"records_officer"}),
    "delete answers": frozenset({"records_officer"}),
    "publish": frozenset({"reviewer", "administrator"}),
    "export": frozenset({"author", "reviewer", "records_officer", "auditor", "administrator"}),
    "read the audit log": frozenset({"records_officer", "auditor", "administrator"}),
    "exchange the record": frozenset({"records_officer", "administrator"}),
    "manage staff": frozenset({"administrator"}),
    "change settings": frozenset({"administrator"}),
    "keep own account": EVERYBODY,
}
"""The deeds and the roles that may do them, in the order in which the desk's menu offers them.

Every view of the desk names its deed.
"""

CHANGES = frozenset(MAY) - {
    "see the desk", "see the record", "see cases", "read concerns", "read assessments",
    "see files", "see files of pitches", "see surveys", "keep own account", "export",
    "read the audit log",
}  # fmt: skip
"""The deeds that change something; an auditor may do none of them."""

NEED_SECOND_FACTOR = EVERYBODY - {"author", "translator", "auditor"}
"""The roles that publish or read contact details: they sign in with a second factor."""


def may(roles: frozenset[str], deed: str) -> bool:
    """Whether somebody with these roles may do this. Raises ``KeyError`` for an unknown deed."""
    return bool(roles & MAY[deed])
