"""Why somebody should look at a device: not seen, past its end, an old sign, what was reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..content import Content
from ..i18n import lazy_gettext as _l
from ..registry.models import Device
from .drawer import Drawer

LONG = timedelta(days=730)
GONE = ("removed", "not_a_sensor", "proposed", "approved")

REASONS = {
    "unseen": _l("Not seen for two years"),
    "past": _l("Past the end date"),
    "signs": _l("Old signs to print again"),
    "moved": _l("Moved, seen on the spot"),
    "sign_old": _l("Old sign, seen on the spot"),
}


def reasons(content: Content, drawer: Drawer, code: str) -> set[str]:
    """The reasons that hold for a device; none for one that the site does not show yet."""
    device = content.registry.devices.get(code)
    return set(_reasons(content, drawer.reports(), device)) if device else set()


def counted(content: Content, drawer: Drawer) -> dict[str, dict[str, int]]:
    """For each reason, the technologies with devices for which it holds, and how many."""
    found: dict[str, dict[str, int]] = {reason: {} for reason in REASONS}
    reports = drawer.reports()
    newest = newest_signs(content)
    for device in content.registry.devices.values():
        for reason in _reasons(content, reports, device, newest):
            counts = found[reason]
            counts[device.technology] = counts.get(device.technology, 0) + 1
    return found


def newest_signs(content: Content) -> dict[str, int]:
    """For each technology the newest version of its sign that stands anywhere."""
    found: dict[str, int] = {}
    for device in content.registry.devices.values():
        found[device.technology] = max(found.get(device.technology, 0), device.sign_version or 0)
    return found


def _reasons(
    content: Content,
    reports: dict[str, str],
    device: Device,
    newest: dict[str, int] | None = None,
) -> Iterator[str]:
    if device.status in GONE:
        return
    newest = newest_signs(content) if newest is None else newest
    seen = device.last_seen_on or device.installed_on
    if seen and content.as_of - seen > LONG:
        yield "unseen"
    if content.registry.end_has_passed(device):
        yield "past"
    if device.sign_version and device.sign_version < newest[device.technology]:
        yield "signs"
    if device.code in reports:
        yield reports[device.code]
