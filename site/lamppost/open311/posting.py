"""A concern that other software sends: the form's own questions, checks and receipts.

What it asks besides, the form does not want: names, ids of devices and accounts, points and
addresses stay nowhere, and ``media_url`` is never asked for. Who sends is told so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..answering import unsent
from ..answering.definitions import Form
from ..answering.world import world_of
from ..cases.deeds import case_of
from ..concerns.receiving import EMERGENCY, KIND, WORRY, kinds, receive, remarks
from ..content import Content
from ..i18n import gettext as _
from ..i18n import speech
from ..questions.answers import Answers
from ..questions.enclosed import Contact
from ..questions.models import MOST_TYPED, Question, World
from ..registry.outlines import place_at
from ..staff.clock import now as moment
from .services import CHECKED, asked_with
from .wire import RefusedError

UNWANTED = ("first_name", "last_name", "device_id", "account_id", "media_url")
REACHED = {"email": ("email",), "phone": ("phone", "text")}
"""The fields for how to reach who wrote, and the parts of a question that each answers."""

PLACE = "place"
Sent = Mapping[str, Sequence[str]]


def post(sent: Sent, form: Form, now: Content, home: str, receipt: str) -> dict[str, Any]:
    """Take a concern in; what its sender is told. Raises :class:`RefusedError`.

    ``home`` is the address at which its receipt opens it. One that the ``receipt`` opens already
    is not taken in again, and its sender is told the same.
    """
    code = _first(sent, "service_code")
    if code == EMERGENCY:
        told = _("In an emergency do not write here. Nobody reads it at once.")
        raise RefusedError(f"{told} {_('Call 911')}", status=404)
    if not code:
        raise RefusedError(_("A service_code is missing."))
    if code not in kinds(form):
        raise RefusedError(_("There is no such service."), status=404)
    typed, left = _typed(sent, form, now, code)
    answers = Answers(form.sections, typed, world_of(now))
    wrong = [_mistake(answers, key) for key in answers.mistakes]
    wrong += [_unknown(answers, key) for key in _not_taken(answers, typed)]
    if wrong:
        raise RefusedError(*wrong)
    looks_personal = remarks(answers)
    if looks_personal and _first(sent, f"attribute[{CHECKED}]") != "yes":
        told = _("This looks as if it were about a person. Change it, or leave it as it is:")
        words = speech().listed(looks_personal)
        raise RefusedError(f"{told} {words} (attribute[{CHECKED}]=yes)")
    begun, today = int(moment().timestamp()), now.as_of
    unsent.begin(f"forms/{form.id}", typed, now=begun, today=today, receipt=receipt)
    reference = receive(form, receipt, answers, speech().code)
    if not reference and (case := case_of(receipt, today)):
        reference = case.reference
    if not reference:
        raise RefusedError(_("This was sent already."))
    notice = [_receipt(receipt, home)]
    if left:
        notice.append(_("Not kept: %(names)s.", names=", ".join(left)))
    return {
        "service_request_id": reference,
        "service_notice": " ".join(notice),
        "account_id": None,
    }


def _receipt(receipt: str, home: str) -> str:
    return _(
        "The receipt is %(receipt)s. Who wrote this reads the answer with it at %(address)s, and"
        " nobody else may have it.",
        receipt=receipt, address=home,
    )  # fmt: skip


def _not_taken(answers: Answers, typed: Mapping[str, Sequence[str]]) -> list[str]:
    """Questions of which a value was sent that is none of theirs: a page could not send it."""
    left = answers.asked.keys() - answers.values.keys() - answers.mistakes.keys()
    return [key for key in answers.asked if key in left and any(typed.get(key, ()))]


def _unknown(answers: Answers, key: str) -> str:
    told = _("This value is none that can be chosen.")
    return f"{speech().plain(answers.asked[key].text)} {told} ({key})"


def _mistake(answers: Answers, key: str) -> str:
    return f"{speech().plain(answers.asked[key].text)} {answers.mistakes[key]} ({key})"


def _typed(
    sent: Sent, form: Form, now: Content, code: str
) -> tuple[dict[str, list[str]], list[str]]:
    """What a browser would have sent of the form, and the names of what is not kept."""
    world = world_of(now)
    asked = Answers(form.sections, {KIND: [code]}, world).asked
    typed = {KIND: [code], WORRY: [_first(sent, "description")]}
    for key in asked_with(form, code, world):
        typed[key] = _values(sent, f"attribute[{key}]") or _values(sent, f"attribute[{key}][]")
    left = [name for name in UNWANTED if _first(sent, name)]
    left += _contact(sent, world, asked, typed)
    left += _where(sent, now, asked, typed)
    return {name: values for name, values in typed.items() if any(values)}, left


def _contact(
    sent: Sent, world: World, asked: Mapping[str, Question], typed: dict[str, list[str]]
) -> list[str]:
    left = []
    wanted = {
        part: f"{question.key}.{part}"
        for question in asked.values()
        if isinstance(question, Contact)
        for part in question.asked(world)
    }
    for name, parts in REACHED.items():
        given, part = _first(sent, name), next((part for part in parts if part in wanted), "")
        if given and part:
            typed[wanted[part]] = [given]
        elif given:
            left.append(name)
    return left


def _where(
    sent: Sent, now: Content, asked: Mapping[str, Question], typed: dict[str, list[str]]
) -> list[str]:
    """Put down in which place it is, as the form asks it; a point or an address is not kept."""
    given = [n for n in ("lat", "long", "address_string", "address_id") if _first(sent, n)]
    found = _first(sent, "address_id") or _place_of_point(sent, now)
    if found and found not in now.registry.places:
        raise RefusedError(_("An address_id is one of the places of this registry."))
    if found and PLACE in asked and not any(typed.get(PLACE, ())):
        typed[PLACE] = [found]
    return [name for name in given if name != "address_id"]


def _place_of_point(sent: Sent, now: Content) -> str:
    latitude, longitude = _first(sent, "lat"), _first(sent, "long")
    if not latitude and not longitude:
        return ""
    number = r"[+-]?\d{1,3}(\.\d{1,20})?"
    if not (re.fullmatch(number, latitude) and re.fullmatch(number, longitude)):
        raise RefusedError(_("lat and long are two numbers of degrees; both are needed."))
    return place_at(now.registry.outlines, float(latitude), float(longitude))


def _values(sent: Sent, name: str) -> list[str]:
    return [words[:MOST_TYPED] for words in sent.get(name, ())][:80]


def _first(sent: Sent, name: str) -> str:
    return next(iter(_values(sent, name)), "").strip()
