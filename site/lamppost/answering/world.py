"""What questions ask about: the places, technologies and devices of the registry."""

from __future__ import annotations

from ..content import Content
from ..questions.models import World


def world_of(content: Content) -> World:
    """The world as it is published now."""
    registry = content.registry
    return World(
        today=content.as_of,
        places={place.id: place.name for place in registry.places.values()},
        technologies={one.id: one.name for one in registry.technologies.values()},
        devices=registry.devices,
        prefix=content.settings.code_prefix,
    )
