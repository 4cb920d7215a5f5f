"""What one can do about a device, with letters that name it; on the live site alone.

Frozen, this would be as many pages again as there are devices. The page of a technology has the
same letters, and a script fills them there.
"""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from ..published import content
from .letters import Near, letters

blueprint = Blueprint("asking", __name__)


@blueprint.get("/<language:language>/devices/<code:code>/ask/")
def about_device(code: str) -> str:
    """Rights, clocks and letters to the office, for a device."""
    now = content()
    device = now.registry.devices.get(code) or abort(404)
    technology = now.registry.technology_of(device)
    near = Near(device, now.settings.code_prefix)
    return render_template(
        "registry/ask_here.html",
        registry=now.registry,
        technology=technology,
        device=device,
        known=near.known,
        office=now.registry.organizations[technology.contact.office],
        letters=letters(technology, near),
    )
