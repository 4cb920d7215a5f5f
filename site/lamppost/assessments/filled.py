"""What an accepted assessment says of a technology, as the technology's file would hold it.

Only the answers of ``PUBLIC`` go into it: the form names them to the vendor before they answer, and
asks whether they may. All others stay confidential, whatever is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..cases.models import Case
from ..cases.shown import decided_on
from ..content import Content
from ..i18n import gettext as _
from ..i18n import languages, speaking
from ..registry.models import BY_VENDOR
from .moves import ACCEPTED, CONDITIONS
from .renewals import valid_until

PUBLIC = {
    "data_types": "data",
    "identifiability": "identifiability",
    "storage_where": "storage",
    "storage_country": "storage",
    "storage_provider": "storage",
    "access_who": "access",
    "recipients": "recipients",
    "retention_days": "retention",
    "opt_out": "opt_out",
}
"""The questions whose answers may become public, and the group of practices that each fills."""

GROUPS = tuple(dict.fromkeys(PUBLIC.values()))
AGREED = "public_answers"
"""The question by which a vendor lets the answers of ``PUBLIC`` become public."""

THE_CITY = {"city": "available_to_the_accountable_organization"}
"""Choices that are no words of the registry, and the words that they come to."""

STATUS, ICON, CHECKED_EVERY = "proposed", "bulb", timedelta(days=180)
"""What a new entry begins with."""

Group = dict[str, Any]


def may_be_taken(case: Case) -> bool:
    """Whether its answers may go into the record: accepted, in force, and the vendor agreed."""
    is_accepted = case.state == "decided" and case.outcome in (ACCEPTED, CONDITIONS)
    return is_accepted and (case.answers or {}).get(AGREED) == "yes"


def groups(case: Case, now: Content) -> dict[str, Group]:
    """The groups of practices that the answers fill, by name; each with how we know it."""
    answers: Mapping[str, Any] = case.answers or {}
    told = _Told(answers, case.language, now)
    made = {
        "data": told.data(),
        "identifiability": told.level("identifiability"),
        "storage": told.storage(),
        "access": told.access(),
        "recipients": told.recipients(),
        "retention": told.retention(),
        "opt_out": told.level("opt_out"),
    }
    proof = {
        "grade": BY_VENDOR, "verified_on": decided_on(case), "verify_by": valid_until(case),
    }  # fmt: skip
    return {name: {**made[name], **proof} for name in GROUPS if made[name]}


def beginning(case: Case, today: date, office: str) -> dict[str, Any]:
    """What an entry that is not there yet begins with; what is left out is for who writes it."""
    return {
        "name": {"en": case.answer("product")},
        "status": STATUS,
        "icon": ICON,
        "verified_on": today,
        "verify_by": today + CHECKED_EVERY,
        "contact": {"office": office},
    }


def is_gap(group: Any) -> bool:
    """Whether an entry says nothing in a group, so that an answer of the vendor fills it."""
    if not isinstance(group, Mapping):
        return True
    has_level = group.get("level", "unknown") != "unknown"
    return not (group.get("items") or has_level or group.get("gap") == "none")


class _Told:
    """The answers of one assessment, group by group; a group of which nothing is said is empty."""

    def __init__(self, answers: Mapping[str, Any], language: str, now: Content) -> None:
        self.answers, self.language, self.now = answers, language, now

    def _words(self, *keys: str) -> Group:
        """A note of what was answered in words, in the vendor's language."""
        words = "\n".join(str(said) for key in keys if (said := self.answers.get(key)))
        return {"note": {self.language: words}} if words else {}

    def _known(self, key: str, category: str) -> list[str]:
        chosen = [THE_CITY.get(one, one) for one in _chosen(self.answers, key)]
        return [one for one in chosen if one in self.now.registry.words[category]]

    def data(self) -> Group:
        """The kinds of data; what has no word of the registry stands in a note."""
        items = [{"type": one} for one in self._known("data_types", "data")]
        note = self._words("data_types.other")
        if not items and not note:
            return {}
        return {**({"items": items} if items else {"gap": "unknown"}), **note}

    def level(self, key: str) -> Group:
        """Whether it can tell who somebody is, or whether one can say no."""
        (chosen, *_more) = [*_chosen(self.answers, key), "unknown"]
        return {} if chosen == "unknown" else {"level": chosen}

    def storage(self) -> Group:
        """Where data lies, a row for each country; a company that is not in the record is named."""
        places = self._known("storage_where", "storage")
        countries, provider = self._countries(), self._provider()
        keys = ["storage_country"] if not countries else []
        keys += ["storage_provider"] if not provider else []
        more = {"provider": provider} if provider else {}
        items = [
            {"where": place, **({"country": country} if country else {}), **more}
            for place in places
            for country in countries or [""]
        ]
        return {"items": items, **self._words(*keys)} if items else {}

    def _countries(self) -> list[str]:
        typed = str(self.answers.get("storage_country", "")).replace(",", " ").split()
        are_codes = all(len(one) == 2 and one.isascii() and one.isupper() for one in typed)  # noqa: PLR2004 - letters
        return list(dict.fromkeys(typed)) if are_codes else []

    def _provider(self) -> str:
        typed = str(self.answers.get("storage_provider", "")).casefold().strip()
        return next((
            id_ for id_, one in self.now.registry.organizations.items()
            if typed in [name.casefold() for name in one.name.languages.values()]
        ), "")  # fmt: skip

    def access(self) -> Group:
        """Who can see data."""
        items = self._known("access_who", "access")
        return {"items": items} if items else {}

    def recipients(self) -> Group:
        """Who gets data, in the vendor's words: they name no organizations of the record."""
        note = self._words("recipients")
        return {"gap": "unknown", **note} if note else {}

    def retention(self) -> Group:
        """How long data is kept, at the longest."""
        days = self.answers.get("retention_days")
        if days is None:
            return {}
        which = {}
        for code in languages():
            with speaking(code):
                which[code] = _("What is kept the longest")
        return {"items": [{"applies_to": which, "duration": f"P{days}D" if days else "none"}]}


def _chosen(answers: Mapping[str, Any], key: str) -> list[str]:
    found = answers.get(key, [])
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]
