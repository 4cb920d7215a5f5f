"""What questions ask about: the places, technologies and devices of the registry."""

from __future__ import annotations

from typing import cast

from flask import current_app, has_app_context

from ..config import Config
from ..content import Content
from ..mail import can_send
from ..questions.models import World
from ..texting import can_text


def world_of(content: Content) -> World:
    """The world as it is published now; the same one as long as the content stays."""
    # The command line reads surveys without an app; they ask for no contact.
    config: Config | None = current_app.extensions.get("config") if has_app_context() else None
    where = ("world", bool(config and can_text(config)), bool(config and can_send(config)))
    if where not in content.fragments:
        content.fragments[where] = _world(content, sends_texts=where[1], sends_mail=where[2])
    return cast("World", content.fragments[where])


def _world(content: Content, *, sends_texts: bool, sends_mail: bool) -> World:
    registry = content.registry
    return World(
        today=content.as_of,
        places={place.id: place.name for place in registry.places.values()},
        technologies={one.id: one.name for one in registry.technologies.values()},
        devices=registry.devices,
        prefix=content.settings.code_prefix,
        sends_texts=sends_texts,
        sends_mail=sends_mail,
    )
