"""The interface's words for the registry's fixed values and groups.

Content brings its own words; these are what the code itself knows. Adding a value to a field means
adding its words here, and their translations to the catalogs.
"""

from __future__ import annotations

from typing import NamedTuple

from flask_babel import LazyString

from ..i18n import lazy_gettext as _l


class GroupLabel(NamedTuple):
    """A group's heading, what it says when nothing is published, and the icon beside it."""

    title: LazyString
    gap: LazyString
    icon: str
    stage: str


GROUPS = {
    "purpose": GroupLabel(
        _l("Why it is there"), _l("The City has not published what this is for."), "flag", "why"
    ),
    "accountable": GroupLabel(
        _l("Who is responsible"),
        _l("The City has not published who is responsible."),
        "building",
        "why",
    ),
    "technology_type": GroupLabel(
        _l("What kind of technology"),
        _l("The City has not published what kind of technology this is."),
        "server",
        "collected",
    ),
    "data": GroupLabel(
        _l("What it collects"),
        _l("The City has not published what this collects."),
        "database",
        "collected",
    ),
    "identifiability": GroupLabel(
        _l("Can it tell who you are?"),
        _l("The City has not published whether this can tell who you are."),
        "user-search",
        "collected",
    ),
    "processing": GroupLabel(
        _l("What is done with the data"),
        _l("The City has not published what is done with the data."),
        "code",
        "processed",
    ),
    "components": GroupLabel(
        _l("Software that decides"),
        _l("The City has not published whether software decides anything here."),
        "scale",
        "processed",
    ),
    "storage": GroupLabel(
        _l("Where the data is kept"),
        _l("The City has not published where the data is kept."),
        "server",
        "stored",
    ),
    "access": GroupLabel(
        _l("Who can see the data"),
        _l("The City has not published who can see the data."),
        "eye",
        "shared",
    ),
    "recipients": GroupLabel(
        _l("Who else gets the data"),
        _l("The City has not published who else gets the data."),
        "share",
        "shared",
    ),
    "retention": GroupLabel(
        _l("How long the data is kept"),
        _l("The City has not published how long this is kept."),
        "clock",
        "deleted",
    ),
    "does_not": GroupLabel(
        _l("What it does not do"),
        _l("The City has not published what this may not be used for."),
        "shield-check",
        "limits",
    ),
    "opt_out": GroupLabel(
        _l("Can you say no?"),
        _l("The City has not published a way to say no."),
        "hand-stop",
        "limits",
    ),
    "legal_basis": GroupLabel(
        _l("What law allows it"),
        _l("The City has not published the legal basis."),
        "scale",
        "limits",
    ),
    "plate_policy": GroupLabel(
        _l("What the law asks of a plate reader policy"),
        _l("The policy that the law asks for was not found."),
        "file-text",
        "limits",
    ),
    "rights": GroupLabel(
        _l("What you can ask for"),
        _l("The City has not published how to ask about your data here."),
        "message",
        "limits",
    ),
    "documents": GroupLabel(
        _l("Documents"),
        _l("The City has not published documents about this."),
        "file-text",
        "papers",
    ),
    "contract": GroupLabel(
        _l("Contract"), _l("The City has not published the contract dates."), "calendar", "papers"
    ),
    "contact": GroupLabel(
        _l("Who answers questions"),
        _l("The City has not published whom to ask."),
        "message",
        "papers",
    ),
}


class StageLabel(NamedTuple):
    """A stage's heading and the icon of its mark."""

    title: LazyString
    icon: str


STAGES = {
    "why": StageLabel(_l("Why and who"), "flag"),
    "collected": StageLabel(_l("Collected"), "database"),
    "processed": StageLabel(_l("Processed"), "cpu"),
    "stored": StageLabel(_l("Stored"), "server"),
    "shared": StageLabel(_l("Shared"), "share"),
    "deleted": StageLabel(_l("Deleted"), "trash"),
    "limits": StageLabel(_l("Limits and rights"), "shield-check"),
    "papers": StageLabel(_l("Papers and people"), "file-text"),
}
"""The headings under which groups stand, in order."""

LIFE = ("collected", "processed", "stored", "shared", "deleted")
"""The stages that are the life of data, from its start to its end."""


def differs(stage: str, overrides: tuple[str, ...]) -> bool:
    """Whether a device that differs in ``overrides`` differs in a stage."""
    return any(GROUPS[name].stage == stage for name in overrides)


GAPS = {
    "unknown": _l("We have not found this out yet."),
    "none": _l("There is none."),
}

GRADES = {
    "stated": (_l("Stated"), _l("The office or the vendor says so.")),
    "stated_by_vendor": (
        _l("Stated by the vendor"),
        _l("The vendor told the City so, in an assessment that was accepted."),
    ),
    "contract": (_l("In a contract"), _l("It stands in a contract.")),
    "policy": (_l("In a policy"), _l("It stands in a published policy.")),
    "law": (_l("In a law"), _l("A law says so.")),
    "audited": (_l("Audited"), _l("Somebody independent has checked it.")),
    "seen": (_l("Seen"), _l("Somebody has looked at the device.")),
    "press": (_l("Reported"), _l("Journalists, researchers or groups have reported it.")),
    "inferred": (
        _l("Our reading"),
        _l("We infer it from what such a device is; nobody has said it."),
    ),
}

LEVELS = {
    "none": _l("No. It cannot tell who you are."),
    "de_identified": _l("Not directly. What tells who you are is taken out."),
    "pseudonymous": _l("Not by name. It can tell that you are the same person again."),
    "identifiable": _l("Yes. It can tell who you are."),
    "unknown": _l("Not known."),
}

SHORT_LEVELS = {
    "none": _l("No"),
    "de_identified": _l("Not directly"),
    "pseudonymous": _l("Not by name"),
    "identifiable": _l("Yes"),
    "unknown": _l("Not known"),
}

CHOICES = {
    "possible": _l("Yes. You can do without it."),
    "partly": _l("In part."),
    "not_possible": _l("No. There is no way to say no."),
    "unknown": _l("Not known."),
}

ROLES = {
    "deployer": _l("decided to use it"),
    "owner": _l("owns it"),
    "operator": _l("runs it"),
    "vendor": _l("supplies it"),
    "viewer": _l("can view it"),
    "recipient": _l("receives data"),
    "auditor": _l("audits it"),
    "storage": _l("stores data"),
    "contact": _l("answers questions"),
}

TECHNOLOGY_STATUSES = {
    "proposed": _l("Proposed"),
    "approved": _l("Approved"),
    "active": _l("In use"),
    "paused": _l("Paused"),
    "ended": _l("Ended"),
    "unknown": _l("Not known whether still in use"),
}

DEVICE_STATUSES = {
    "proposed": _l("Proposed"),
    "approved": _l("Approved, not installed"),
    "installed": _l("Installed, not switched on"),
    "active": _l("In use"),
    "paused": _l("Paused"),
    "removed": _l("Removed"),
    "not_a_sensor": _l("Not a sensor"),
}

KINDS = {
    "plate_reader": _l("Plate reader"),
    "camera": _l("Camera"),
    "network": _l("Wi-Fi or network"),
    "meter": _l("Meter or payment"),
    "sensor": _l("Counter or sensor"),
    "other": _l("Other device"),
}

HOSTS = {
    "pole": _l("on a pole"),
    "signal": _l("on a traffic signal"),
    "building": _l("on a building"),
    "vehicle": _l("on a vehicle"),
    "kiosk": _l("in a kiosk"),
    "pavement": _l("in the pavement"),
    "meter": _l("on a meter"),
    "other": _l("on something else"),
}

DIRECTIONS = (
    _l("north"), _l("northeast"), _l("east"), _l("southeast"),
    _l("south"), _l("southwest"), _l("west"), _l("northwest"),
)  # fmt: skip

DOCUMENTS = {
    "policy": _l("Policy"),
    "impact_assessment": _l("Impact report"),
    "contract": _l("Contract"),
    "vote": _l("Vote"),
    "annual_report": _l("Annual report"),
    "other": _l("Document"),
}

ORGANIZATIONS = {
    "city": _l("City department or body"),
    "authority": _l("Separate public authority"),
    "company": _l("Company"),
    "nonprofit": _l("Nonprofit organization"),
    "university": _l("University"),
    "government": _l("Other government"),
}

PLACES = {"district": _l("Council districts"), "neighborhood": _l("Neighborhoods")}

POLICY_PARTS = {
    "purposes": _l("What the plate reader may be used for"),
    "people": _l("Which jobs may use it, and their training"),
    "security": _l("How it is watched for security and privacy"),
    "sharing": _l("For what, how and within which limits data is sold, shared or passed on"),
    "custodian": _l("The title of the official who is responsible"),
    "accuracy": _l("How errors are avoided and corrected"),
    "retention": _l("How long data is kept, and how it is decided when to destroy it"),
}

COLUMNS = {
    "status": _l("Status"),
    "location": _l("Location"),
    "override_retention": _l("How long the data is kept here"),
    "override_identifiability": _l("Whether this device can tell who you are"),
    "name": _l("Name"),
    "summary": _l("Summary"),
}


def compass(degrees: int) -> LazyString:
    """The direction of the compass that is nearest to ``degrees`` (0 north, 90 east)."""
    return DIRECTIONS[round(degrees / 45) % 8]
