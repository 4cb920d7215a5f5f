"""The words of cases: phases of the clock, who speaks, who has made a text, reasons."""

from __future__ import annotations

from ..i18n import lazy_gettext as _l
from .public import AGAIN

PHASES = {
    "long_overdue": _l("Long overdue"),
    "overdue": _l("Overdue"),
    "due_soon": _l("Due soon"),
    "in_time": _l("In time"),
    "waiting": _l("Waiting for its writer"),
    "done": _l("Nothing is owed"),
}
SPEAKERS = {
    "writer": _l("Who wrote it"),
    "staff": _l("The City"),
    "clock": _l("The passing of time"),
}
MADE = {
    "original": _l("as it was written"),
    "person": _l("translated by a person"),
    "reviewed": _l("translated by machine, checked by a person"),
    "machine": _l("translated by machine"),
}
PARTS = {
    "summary": _l("Summary"),
    "words": _l("The writer’s own words"),
    "answer": _l("The City’s answer"),
}
"""The parts of what anybody may read."""

WISHES = {
    "nothing": _l("Nothing may be published"),
    "summary": _l("A summary may be published"),
    "words": _l("The writer’s own words may be published"),
}
MODERATIONS = {
    "pending": _l("Not looked at yet"),
    "cleared": _l("Cleared"),
    "redacted": _l("Cleared, with parts taken out"),
    "withheld": _l("Withheld"),
}
FILES = {
    "sent": _l("Not prepared for the public"),
    "cleared": _l("Prepared, waiting for a second person"),
    "public": _l("Public"),
}
"""How a file stands."""

SIDES = {
    "x": _l("From the left"), "y": _l("From the top"), "width": _l("Width"), "height": _l("Height")
}  # fmt: skip
"""The numbers of a part of a photo."""

REASONS = {
    "about_a_person": _l("It is about a person"),
    "insult_or_threat": _l("It insults or threatens"),
    "untrue_of_a_person": _l("It accuses somebody without proof"),
    "not_about_technology": _l("It is not about technology of the City"),
    "advertising": _l("It advertises something"),
    "law": _l("The law forbids it"),
}
"""Why something is withheld: the reasons of the moderation policy."""

GONE = {
    "withdrawn": _l("Its writer has withdrawn it."),
    "erased": _l("It has been erased."),
    "spam": _l("It was junk."),
    "withheld": _l("It is not published."),
    AGAIN: _l("Somebody is looking at it again. Until then nothing of it is shown."),
}
REACHED = {
    "name": _l("Name"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "text": _l("Text messages"),
}
APPEALS = {
    "upheld": _l("It stays as it is"),
    "overturned": _l("It is prepared anew"),
}
"""What can come of another look that a writer has asked for."""

MOVED = {
    "submit": _l("Sent"),
    "appeal": _l("Asked that another person looks"),
    "upheld": _l("Another person has looked: it stays as it is"),
    "overturned": _l("Another person has looked: it is prepared anew"),
    "purge": _l("What was said is deleted, since its time was over"),
}
"""Steps and messages that are no moves."""

SPANS = {
    "0-3": _l("up to 3 working days"),
    "4-10": _l("4 to 10 working days"),
    "11-20": _l("11 to 20 working days"),
    "21-40": _l("21 to 40 working days"),
    "41+": _l("more than 40 working days"),
}

PURGED = {
    "drafts": _l("Drafts that were not sent"),
    "contacts": _l("Ways to reach somebody"),
    "files": _l("Files that were sent"),
    "cases": _l("Cases of which what was said is deleted"),
    "originals": _l("Words that were taken out before something was published"),
    "answers": _l("Responses to surveys"),
}
"""What is deleted when its time is over."""
