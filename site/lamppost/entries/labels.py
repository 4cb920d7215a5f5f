"""The interface's words for the fields of the record and their fixed values, as forms ask for them.

A field that is declared anew needs its words here; where two fields of one name mean different
things, a longer end of the path has words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import LazyString

from ..i18n import gettext as _
from ..i18n import languages, speech
from ..i18n import lazy_gettext as _l
from ..pages.provenance import MADE as _MADE
from ..registry.labels import (
    CHOICES,
    DOCUMENTS,
    GRADES,
    GROUPS,
    LEVELS,
    ORGANIZATIONS,
    PLACES,
    POLICY_PARTS,
    ROLES,
    TECHNOLOGY_STATUSES,
)
from ..registry.models import ROLES as ROLE_IDS
from ..text import Made
from .entry import Markdown
from .names import entry as _entry

FIELDS: dict[str, Any] = {
    "acknowledge": _l("Working days until a concern is acknowledged"),
    "answer": _l("Working days until it is answered"),
    "appeal": _l("Days in which a writer can ask that another person looks"),
    "holidays": _l("Days on which the City does not work"),
    "promise": _l("What is promised to who sends a concern"),
    **{name: label.title for name, label in GROUPS.items()},
    "asks_about": _l("The page of each of these leads to it"),
    "background": _l("Where this comes from"),
    "choices": _l("Choices"),
    "choices.key": _l("The choice’s name in conditions and exports"),
    "choices.text": _l("What people can choose"),
    "closes_on": _l("Closes on"),
    "contact": _l("Ask this office"),
    "detached": _l("Keep its answers apart from all others of the same person"),
    "earliest": _l("Earliest day"),
    "example": _l("It is an example, which the City has not adopted"),
    "exclusive": _l("Choices that go with no other, by their names"),
    "format": _l("Form of the answer"),
    "hint": _l("Hint"),
    "invitation": _l("How people hear of it"),
    "key": _l("Its name in conditions and exports"),
    "latest": _l("Latest day"),
    "least": _l("Smallest number"),
    "limits": _l("What the results cannot tell"),
    "max": _l("Most that can be chosen"),
    "max_chars": _l("Most characters"),
    "method": _l("How this survey is made"),
    "method.purpose": _l("What the answers are for"),
    "min": _l("Fewest that can be chosen"),
    "minutes": _l("Minutes that it takes"),
    "asks": _l("What is asked of it"),
    "most": _l("Greatest number"),
    "takes": _l("What is taken"),
    "no_opinion": _l("The way out beside the scale"),
    "none": _l("The choice for none of them"),
    "opens_on": _l("Opens on"),
    "other": _l("The choice that asks for one’s own words"),
    "points": _l("Points of the scale"),
    "population": _l("Who can answer"),
    "practices": _l("What is done with the answers"),
    "quotable": _l("Ask whether the words may be quoted"),
    "publish": _l("What of the answers may be published"),
    "questions": _l("Questions"),
    "questions.text": _l("Question"),
    "questions.type": _l("How it is asked"),
    "required": _l("It needs an answer"),
    "rows": _l("Rows"),
    "sections": _l("Questions"),
    "show_if": _l("Asked only if"),
    "sponsor": _l("Who asks"),
    "state": _l("State"),
    "address": _l("Address"),
    "alt": _l("What it shows"),
    "agreement": _l("By which agreement"),
    "applies_to": _l("Which data"),
    "bounds": _l("Rectangle that holds the city"),
    "caption": _l("Caption"),
    "city": _l("City"),
    "code_prefix": _l("Letters before each device’s code"),
    "cost": _l("Cost"),
    "country": _l("Country, two letters"),
    "credit": _l("Whose map it is"),
    "criteria": _l("Criteria"),
    "date": _l("Date"),
    "days": _l("Days until an answer is due"),
    "decision_on": _l("Decided again on"),
    "definition": _l("Definition"),
    "description": _l("Description"),
    "does": _l("What it does"),
    "dtpr": _l("Nearest word of DTPR"),
    "duration": _l("How long"),
    "ended_on": _l("When it stopped getting data"),
    "ends_on": _l("Ends on"),
    "exceptions": _l("Exceptions"),
    "file": _l("File of the map"),
    "forms": _l("Other forms of the word"),
    "gap": _l("What is missing"),
    "four_eyes": _l("A brief is approved by somebody who has not written it"),
    "grade": _l("How we know"),
    "group": _l("Group"),
    "how": _l("How"),
    "icon": _l("Icon"),
    "id": _l("Id"),
    "intro": _l("Introduction"),
    "items": _l("Answer"),
    "key_figures": _l("Key figures"),
    "kind": _l("Kind"),
    "kinds": _l("For which kinds"),
    "known": _l("What is known"),
    "label": _l("Word"),
    "legal_standard": _l("By which law or rule"),
    "level": _l("Answer"),
    "mailbox": _l("E-mail"),
    "more": _l("More"),
    "name": _l("Name"),
    "note": _l("Note"),
    "number": _l("Number"),
    "office": _l("Office"),
    "organization": _l("Organization"),
    "part": _l("Part of the policy"),
    "phone": _l("Phone"),
    "provenance": _l("How it was made"),
    "provider": _l("Provider"),
    "publisher": _l("Publisher"),
    "question": _l("Question"),
    "ratings": _l("Ratings"),
    "recommendations": _l("Recommendations of the plan"),
    "role": _l("Its part"),
    "scale": _l("Scale of the ratings"),
    "source": _l("Source"),
    "sources": _l("Sources"),
    "status": _l("Status"),
    "summary": _l("Summary"),
    "table": _l("Table of the chart"),
    "tagline": _l("Tagline"),
    "term": _l("Term"),
    "text": _l("Text"),
    "theme": _l("Theme"),
    "tiles": _l("Street map"),
    "time_zone": _l("Time zone"),
    "title": _l("Title"),
    "total": _l("How many recommendations there are"),
    "trigger": _l("Counted from"),
    "type": _l("Kind of data"),
    "unit": _l("What the numbers are"),
    "url": _l("Address on the web"),
    "value": _l("Number, as it is shown"),
    "vendor": _l("Vendor"),
    "verified_on": _l("Last compared with its sources"),
    "verify_by": _l("To be compared again by"),
    "what": _l("What"),
    "where": _l("How the data is kept"),
    "working_days": _l("Only working days count"),
}
"""The words for each field, by its name."""

HINTS: dict[str, Any] = {
    "bounds": _l("In degrees. No device may stand outside."),
    "alt": _l("For people who do not see the picture."),
    "key": _l("Small letters, digits and _, such as seen_sign."),
    "method.purpose": "",
    "show_if": _l("For example ${seen} = 'yes'. Leave it empty to ask everybody."),
    "agreement": _l("Leave it empty if it is not known."),
    "country": _l("For example US, or “unknown”."),
    "forms": _l("As they stand in running text, with ; between them."),
    "gap": _l("Choose this where the answer is not known, or not in full."),
    "office": _l("An office or a role, never a person."),
    "purpose": _l("The main one first, at most three."),
    "summary": _l("One or two sentences a neighbor understands."),
    "sources": _l("Every answer needs a source. An empty line is left out."),
    "table": _l(
        "The same words and numbers stand beside the drawing. Columns and lines go over time."
    ),
    "unit": _l("Where the names of the columns do not say it."),
    "value": _l("At most 12 characters, such as 120+."),
    "text": _l("Markdown. Headings begin with ##, links are written [words](address)."),
}
"""More about a field, where its name is not enough."""

GAPS = {
    "not_published": _l("The City has not published it"),
    "unknown": _l("We have not found it out yet"),
    "none": _l("There is none, and a source says so"),
}
CASES = {"concern": _l("Concern"), "pitch": _l("Pitch")}
GROUPS_OF_TERMS = {"programme": _l("The privacy programme"), "registry": _l("This registry")}
SOURCES = {
    "city": _l("The City"),
    "council": _l("City Council or a commission"),
    "law": _l("Law"),
    "press": _l("Press"),
    "research": _l("Research"),
    "advocacy": _l("A group that speaks for a cause"),
    "record": _l("This site’s own record"),
}
PROGRESS = {
    "unknown": _l("Not known"),
    "under_way": _l("A first step is on record"),
    "done": _l("Done"),
}
PUBLISHED = {
    "counts": _l("How many chose what"),
    "themes_only": _l("Only what it was about, never the words"),
    "never": _l("Nothing"),
}
FORMATS = {"web_address": _l("A web address")}
ASKED_ABOUT = {"technology": _l("A technology")}
QUESTIONS = {
    "note": _l("Words to read, no question"),
    "single": _l("One of a few"),
    "multiple": _l("Any of a few"),
    "scale": _l("A point of a scale"),
    "ranking": _l("An order of a few"),
    "short_text": _l("A line of words"),
    "long_text": _l("Words on several lines"),
    "whole_number": _l("A whole number"),
    "date": _l("A date"),
    "zip_code": _l("A ZIP code"),
    "place": _l("A place of the city"),
    "technology": _l("One of the technologies"),
    "device_code": _l("The code on a sign"),
    "matrix": _l("One of a few, for each row"),
    "consent": _l("A box to tick"),
    "contact": _l("How to reach somebody"),
    "file": _l("Files"),
}
"""The words for each kind of question."""

CONTACTS = {
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "phone": _l("Phone number"),
    "text": _l("Phone number for text messages"),
    "language": _l("Language in which we write to you"),
}

FILES = {"picture": _l("Pictures"), "pdf": _l("PDFs")}

CRITERIA = {
    "community_impact": _l("Community impact"),
    "internal_impact": _l("Internal impact"),
    "cost_effectiveness": _l("Cost-effectiveness"),
    "ease_of_implementation": _l("Ease of implementation"),
}
CHARTS = {
    "bars": _l("Bars, to compare things"),
    "columns": _l("Columns, over time"),
    "lines": _l("Lines, over time"),
}
_TABLES: tuple[Mapping[str, Any], ...] = (
    GAPS,
    {name: GAPS[name] for name in ("not_published", "unknown")},
    {name: title for name, (title, _meaning) in GRADES.items()},
    LEVELS,
    CHOICES,
    CONTACTS,
    FILES,
    {"never": _l("Nothing")},
    {name: ROLES[name] for name in ROLE_IDS},
    TECHNOLOGY_STATUSES,
    DOCUMENTS,
    ORGANIZATIONS,
    PLACES,
    POLICY_PARTS,
    CASES,
    GROUPS_OF_TERMS,
    SOURCES,
    PROGRESS,
    CRITERIA,
    CHARTS,
    PUBLISHED,
    FORMATS,
    ASKED_ABOUT,
)

MADE = {str(made): _MADE[made] for made in (Made.HUMAN, Made.MACHINE, Made.REVIEWED)}
HOW_MADE = _l("How it was made")
REVIEWER = _l("Which office reviewed it")
REVIEWER_HINT = _l("Only where it was reviewed. An office or a role, never a person.")
OFFICES = "offices"
"""The id of the list of offices that a page offers."""
SIDES = {"south": _l("South"), "west": _l("West"), "north": _l("North"), "east": _l("East")}
STALE = _l("Older than the English since")
AS_THE_FILE = _l("As the whole file says")
SAME = _l("Only the wording was mended: the translations still say the same")
FOLLOWS = _l("This translation says what the English text says today")
NOTE = _l("What changed, and why")
NOTE_HINT = _l("Everybody can read this. Name no person.")
NEW_ID = _l("Id")
NEW_ID_HINT = _l("A short name for the address. It stays as it is for good.")
NO_ID = _l("Enter an id of letters, digits and -, such as %(example)s", example="my-id")
PLACE = _l("Place")
ORDER = _l("Order")
TAKE_OUT = _l("Take this out")
NUMBER = _l("Number")
UNIT = _l("Unit")

KEPT = {
    "time": _l("For a time"),
    "none": _l("Not kept"),
    "indefinite": _l("Kept without an end"),
    "unknown": _l("Not known"),
}
UNITS = {
    "D": _l("days"),
    "W": _l("weeks"),
    "M": _l("months"),
    "Y": _l("years"),
    "TH": _l("hours"),
    "TM": _l("minutes"),
    "iso": _l("written out, such as P1Y6M"),
}


def field(path: tuple[str, ...]) -> LazyString:
    """The words for the field at the end of a path."""
    found: LazyString = FIELDS.get(_longer(path)) or FIELDS[path[-1]]
    return found


def _longer(path: tuple[str, ...]) -> str:
    return ".".join([part for part in path if not part.isdigit()][-2:])


def hint(path: tuple[str, ...], declared: Any) -> str:
    """What to say of a field besides its name; empty of most."""
    name = path[-2] if path[-1] == "items" and len(path) > 1 else path[-1]
    if name == "text" and not isinstance(declared, Markdown):
        return ""
    return str(HINTS.get(_longer(path), HINTS.get(name, "")))


def choices(of: tuple[str, ...]) -> Mapping[str, Any]:
    """The words for the values of a choice: those of the table that has just these values."""
    table = next(table for table in _TABLES if set(table) == set(of))
    return {value: table[value] for value in of}


def reviewed_by(who: str) -> str:
    """That a text was reviewed by this office or role."""
    return _("By machine, then reviewed by %(who)s", who=who)


def made_words(said: Any) -> str:
    """How a text was made, or since when it is older, in words."""
    if isinstance(said, dict):
        return reviewed_by(str(said.get("reviewed", "")))
    if isinstance(said, date):
        return speech().day(said)
    return str(MADE.get(str(said), "")) if said else ""


def section(name: str) -> Any:
    """The title of a section of an entry: a group of practices, or the language of a text."""
    if name in languages():
        return languages()[name].name
    return FIELDS.get(name) or _("Name and facts")


def title(kind: Any, raw: Mapping[str, Any], id_: str) -> str:
    """What an entry is called."""
    return str(kind.title) if kind.is_only else _entry(kind.id, raw, id_)
