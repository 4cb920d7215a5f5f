"""The concerns that anybody may read, as GeoReport's service requests.

They come from ``cases.public``, as the pages do, so nothing can stand here that no page shows. Days
are all that is kept of when something was, so each time is the first moment of its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..answering.definitions import Form
from ..cases.labels import MADE
from ..cases.models import ORIGINAL
from ..cases.public import PublicCase, Said
from ..cases.references import reference_from
from ..cases.ways import WAYS
from ..concerns.receiving import kinds
from ..content import Content
from ..i18n import gettext as _
from ..i18n import speech
from .wire import RefusedError

KIND = "concern"
MOST, SPAN = 1000, timedelta(days=90)
"""How many are told at once, and from how long a time."""

MOST_WORDS = 4000
STATUSES = frozenset({"open", "closed"})


def told(case: PublicCase, now: Content, form: Form) -> dict[str, Any]:
    """One of them."""
    way, name = WAYS[KIND], kinds(form).get(case.category)
    place, device = now.registry.places.get(case.place), now.registry.devices.get(case.device)
    has_point = device is not None and device.has_point
    return {
        "service_request_id": case.reference,
        "status": _status(case),
        "status_notes": _said(case.answer)
        or str(way.outcomes.get(case.outcome) or way.states[case.state]),
        "service_name": speech().plain(name) if name else None,
        "service_code": case.category,
        "description": _said(case.words or case.summary),
        "agency_responsible": speech().plain(now.registry.organizations[form.contact].name),
        "service_notice": None,
        "requested_datetime": _moment(case.received_on, now),
        "updated_datetime": _moment(case.answered_on or case.received_on, now),
        "expected_datetime": None,
        "address": speech().plain(place.name) if place else None,
        "address_id": case.place or None,
        "zipcode": None,
        "lat": device.latitude if device and has_point else None,
        "long": device.longitude if device and has_point else None,
        "media_url": None,
    }


def chosen(asked: Mapping[str, str], now: Content) -> list[PublicCase]:
    """Those that were asked for, the newest first. Raises :class:`RefusedError`.

    An argument that is empty counts as none.
    """
    cases = now.cases.of(KIND)
    if wanted := _listed(asked, "service_request_id"):
        references = {reference_from(one) for one in wanted}
        return [case for case in cases if case.reference in references][:MOST]
    first, last = _days(asked, now)
    codes, statuses = _listed(asked, "service_code"), _listed(asked, "status")
    if not statuses <= STATUSES:
        raise RefusedError(_("A status is open or closed."))
    found = (
        case
        for case in cases
        if first <= case.received_on <= last
        and (not codes or case.category in codes)
        and (not statuses or _status(case) in statuses)
    )
    return list(found)[:MOST]


def _status(case: PublicCase) -> str:
    return "closed" if case.state in WAYS[KIND].done else "open"


def _said(said: Said | None) -> str | None:
    """What was said in the language of the endpoint, and that it was translated if so."""
    if said is None:
        return None
    words, _language, made = said.passage(speech().code)
    note = "" if made == ORIGINAL else f" [{MADE[made]}]"
    return words[: MOST_WORDS - len(note)] + note


def _moment(day: date, now: Content) -> str:
    zone = ZoneInfo(now.settings.time_zone)
    return datetime.combine(day, time(), zone).isoformat()


def _listed(asked: Mapping[str, str], name: str) -> set[str]:
    return {one.strip() for one in asked.get(name, "").split(",") if one.strip()}


def _days(asked: Mapping[str, str], now: Content) -> tuple[date, date]:
    """The days from which and up to which it is asked; the last ninety, where neither is named."""
    wrong = RefusedError(
        _("Write days as 2026-01-31T00:00:00Z, the first before the last, at most 90 days apart.")
    )
    try:
        first, last = _day(asked.get("start_date", ""), now), _day(asked.get("end_date", ""), now)
        if first is None:
            last = last or now.as_of
            first = last - SPAN
        last = last or first + SPAN
    except (ValueError, OverflowError):
        raise wrong from None
    if not timedelta(0) <= last - first <= SPAN:
        raise wrong
    return first, last


def _day(written: str, now: Content) -> date | None:
    """The day in the city on which a moment is. Raises ``ValueError``, ``OverflowError``."""
    if not written.strip():
        return None
    # In an address the + of an offset is a space.
    moment = datetime.fromisoformat(written.strip().replace(" ", "+"))
    zone = ZoneInfo(now.settings.time_zone)
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()
