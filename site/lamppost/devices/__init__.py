"""Devices at the desk: from tables and into tables, one by one, and seen on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the desk's pages about devices, and the work that they know of."""
    # The commands must be importable without the views.
    from ..i18n import gettext as _  # noqa: PLC0415
    from ..i18n import speech  # noqa: PLC0415
    from ..published import content  # noqa: PLC0415
    from ..staff.waiting import Kind, Waiting, add_kind  # noqa: PLC0415
    from ..urls import url  # noqa: PLC0415
    from . import desk, field, signs, steps  # noqa: PLC0415
    from .overdue import REASONS, counted  # noqa: PLC0415

    for module in (desk, steps, field, signs):
        app.register_blueprint(module.blueprint)

    def waiting_for(reason: str) -> Callable[[], Iterator[Waiting]]:
        def waiting() -> Iterator[Waiting]:
            technologies = content().registry.technologies
            for id_, count in counted(content(), desk.drawer())[reason].items():
                name = speech().plain(technologies[id_].name)
                what = _("%(name)s: %(count)s", name=name, count=speech().number(count))
                address = url("devices.listing", technology=id_) + f"?show={reason}"
                yield Waiting(what, address)

        return waiting

    for reason, title in REASONS.items():
        add_kind(app, Kind(title, "edit devices", waiting_for(reason)))
