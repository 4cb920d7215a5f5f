"""What questions ask about: the places, technologies and devices of the registry."""

from __future__ import annotations

from flask import current_app, has_app_context

from ..config import Config
from ..content import Content
from ..questions.models import World


def world_of(content: Content) -> World:
    """The world as it is published now."""
    registry = content.registry
    # The command line reads surveys without an app; they ask for no contact.
    config: Config | None = current_app.extensions.get("config") if has_app_context() else None
    return World(
        today=content.as_of,
        places={place.id: place.name for place in registry.places.values()},
        technologies={one.id: one.name for one in registry.technologies.values()},
        devices=registry.devices,
        prefix=content.settings.code_prefix,
        sends_texts=bool(config and config.text_sender),
    )
