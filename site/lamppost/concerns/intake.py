"""Saying what worries one: the form of concerns on the live site, and where emergencies lead."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request

from ..answering.asked import Asked
from ..answering.definitions import Form
from ..answering.flow import Flow
from ..i18n import gettext as _
from ..published import content
from ..questions.answers import Answers
from ..questions.models import Sent
from ..registry.models import Technology
from ..registry.queries import Registry
from ..urls import url
from . import receiving

ABOUT = ("technology", "device", "place")


class AskedConcern(Asked):
    """The form of concerns; ``about`` is what the page was about from which one comes."""

    blueprint = "telling"
    templates = "concerns"

    def __init__(self, form: Form, about: Sent) -> None:
        super().__init__(f"forms/{form.id}", form.title, form.sections, form.minutes)
        self.form, self.about = form, about

    @property
    def card(self) -> Technology:
        """What is done with what is said."""
        return self.form.card

    @property
    def home(self) -> str:
        """The page of all concerns."""
        return url("concerns.index")

    def known(self) -> Sent:
        """What it is about, from the page one comes from, or as the start has sent it."""
        sent = {name: [request.args[name]] for name in ABOUT if request.args.get(name)}
        return about(content().registry, **{k: v[0] for k, v in {**self.about, **sent}.items()})

    def away(self, answers: Answers) -> str:
        """An emergency leads to the phone."""
        return (
            url("telling.emergency") if answers.key(receiving.KIND) == receiving.EMERGENCY else ""
        )

    def remarks(self, answers: Answers) -> list[str]:
        """What looks personal in what was written."""
        return receiving.remarks(answers)

    def send(self, receipt: str, answers: Answers, language: str) -> None:
        """Take it in as a case."""
        receiving.receive(self.form, receipt, answers, language)

    def shown(self) -> dict[str, Any]:
        """What its templates need besides."""
        now = content()
        return {"asked": self.form, "registry": now.registry, "promise": now.settings.promise}


def about(registry: Registry, technology: str = "", device: str = "", place: str = "") -> Sent:
    """What is known before the first question; what the registry does not have is left out."""
    known: dict[str, list[str]] = {}
    if device in registry.devices:
        known["device"] = [device]
        technology = registry.devices[device].technology
    if technology in registry.technologies:
        known["technology"] = [technology]
    if place in registry.places:
        known["place"] = [place]
    return known


def _found(**what: str) -> AskedConcern:
    now = content()
    form = now.forms.get(receiving.FORM) or abort(404)
    return AskedConcern(form, about(now.registry, **what))


def _known_as(key: str) -> AskedConcern | None:
    form = content().forms.get(receiving.FORM)
    asked = AskedConcern(form, {}) if form else None
    return asked if asked and asked.key == key else None


flow = Flow("telling", __name__, "/<language:language>/concerns/new", _found, _known_as)
blueprint = flow.blueprint


@blueprint.get("/technologies/<id:technology>/")
def about_technology(technology: str) -> str:
    """The start, from the page of a technology."""
    return _start(content().registry.technologies, technology=technology)


@blueprint.get("/devices/<code:code>/")
def about_device(code: str) -> str:
    """The start, from the page of a device or its sign."""
    return _start(content().registry.devices, device=code)


@blueprint.get("/places/<id:place>/")
def about_place(place: str) -> str:
    """The start, from the page of a place."""
    return _start(content().registry.places, place=place)


def _start(there: Any, **what: str) -> str:
    if next(iter(what.values())) not in there:
        abort(404)
    return flow.start(**what)


@blueprint.get("/emergency/")
def emergency() -> str:
    """Whom to call: nobody reads a form at once."""
    registry = content().registry
    offices = [one for one in registry.organizations.values() if one.phone]
    return render_template("concerns/emergency.html", offices=offices, told=_("Call 911"))
