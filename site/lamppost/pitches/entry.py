"""The registry entry that a pilot begins with: what its pitch said, as a technology."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..cases.models import Case

CHECKED_EVERY = timedelta(days=180)
GROUPS = {
    "data_types": "data",
    "identifiability": "identifiability",
    "purpose_words": "purpose",
    "storage_words": "storage",
    "access_words": "access",
    "recipients_words": "recipients",
    "retention_words": "retention",
    "opt_out_words": "opt_out",
}
"""What of the registry a question of the pitch asks for."""

SENSES = ("yes", "unsure")


def needs_entry(case: Case) -> bool:
    """Whether what is piloted would sense people, and so has to stand in the registry."""
    chosen = (case.answers or {}).get("senses_people", [])
    return any(one in SENSES for one in chosen)


def entry(said: Mapping[str, str], office: str, today: date) -> dict[str, Any]:
    """The entry, as its file holds it: what staff ``said`` of the pitch.

    A pitch proves nothing: what it says stands as a note on what is not known yet.
    """
    made: dict[str, Any] = {
        "name": {"en": said["title"]},
        "summary": {"en": said["summary"]},
        "status": "proposed",
        "icon": "bulb",
        "verified_on": today,
        "verify_by": today + CHECKED_EVERY,
        "contact": {"office": office},
    }
    for question, group in GROUPS.items():
        if words := said.get(question):
            made[group] = {"gap": "unknown", "note": {"en": words}}
    return made
