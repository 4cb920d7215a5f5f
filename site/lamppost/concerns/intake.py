"""Where a resident who has something to say about a technology or a device is led: a live page.

It stores nothing: it names the office that answers, and gives the words by which the office knows
what is meant, ready to be read out on the phone or sent by mail.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, abort, render_template

from ..i18n import speech
from ..published import content
from ..registry.codes import spoken
from ..registry.models import Technology

blueprint = Blueprint("concerns", __name__)


@blueprint.get("/<language:language>/concerns/new/technologies/<id:technology>/")
def about_technology(technology: str) -> str:
    """Whom to tell about a technology."""
    found = content().registry.technologies.get(technology) or abort(404)
    return _page(found, "")


@blueprint.get("/<language:language>/concerns/new/devices/<code:code>/")
def about_device(code: str) -> str:
    """Whom to tell about a device."""
    registry = content().registry
    device = registry.devices.get(code) or abort(404)
    return _page(registry.technology_of(device), code)


def _page(technology: Technology, code: str) -> str:
    now = content()
    office = now.registry.organizations[technology.contact.office]
    # The office reads English; the resident's own language stands beside it on the page.
    subject = f"{spoken(code, now.settings.code_prefix)}: {technology.name}" if code else ""
    subject = subject or str(technology.name)
    mailbox = technology.contact.mailbox or office.mailbox
    return render_template(
        "concerns/new.html",
        technology=technology,
        code=code,
        office=office,
        phone=technology.contact.phone or office.phone,
        mailbox=mailbox,
        mail=f"mailto:{mailbox}?subject={quote(subject)}" if mailbox else "",
        subject=subject,
        name=speech().plain(technology.name),
    )
