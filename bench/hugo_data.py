"""Writes what a record holds as data files for the Hugo site that the freeze is measured against.

Everything that Hugo would otherwise work out is ready: texts in their language, dates, durations
and numbers in words, neighbours, icons and signs. Making these files is not counted against it.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from babel.messages.pofile import read_po
from flask_babel import LazyString

from lamppost import create_app
from lamppost.config import TRANSLATIONS, Config
from lamppost.content import Content
from lamppost.fields import Duration
from lamppost.i18n import Speech, gettext, languages, ngettext, speak
from lamppost.icons import _shapes, icon
from lamppost.registry import labels, wording
from lamppost.registry.models import Device, Known, Retention, Right, Technology
from lamppost.registry.queries import groups_of
from lamppost.text import Text

EXACT = "The point is exact to about %(num)s metre.", "The point is exact to about %(num)s metres."
SITE = Path(__file__).with_name("hugo")
AS_WORDS = ("height_m", "precision_m", "view_angle_deg", "override_retention")
SHOWN = ("code", "technology", "status")  # of a neighbour, with its location
ROUGH_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
LABELS = (
    "GRADES", "LEVELS", "ROLES", "DEVICE_STATUSES", "HOSTS", "DOCUMENTS", "POLICY_PARTS",
)  # fmt: skip


def prepare(config: Config, site: Path) -> None:
    """Make ``site`` a copy of our Hugo site with the data of the record that ``config`` names."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(SITE, site)
    (site / "data").mkdir()
    app = create_app(config, frozen=True)
    content: Content = app.extensions["published"].content
    with app.test_request_context("/"):
        for code in languages():
            spoken = speak(code)
            tell = app.jinja_env.globals["live_url_for"]("concerns.about_device", code="CODE")
            _write(site, code, _InLanguage(content, spoken).data() | {"tell": tell})
        signs = app.jinja_env.get_template("components/registry.html").module.SIGNS
    _write(site, "icons", {name: icon(name) for name in _shapes()})
    _write(site, "signs", signs)
    _write(site, "sources", {id_: _bare(source) for id_, source in content.sources.items()})
    _write(site, "devices", {d.code: _device(content, d) for d in content.registry.in_order})
    frame = {"name": content.settings.name, "sample": content.registry.has_sample}
    _write(site, "frame", frame | {"base": config.base_url})
    _write(site, "languages", [{"code": c, "name": x.name} for c, x in languages().items()])


def _write(site: Path, name: str, data: object) -> None:
    (site / "data" / f"{name}.json").write_bytes(orjson.dumps(data, default=str))


def _bare(value: Any) -> dict[str, Any]:
    """The attributes of a record's part that hold anything to show."""
    held = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "digest"}
    return {
        n: found for n, found in held.items() if found not in (None, "", ()) and found is not False
    }


def _device(content: Content, device: Device) -> dict[str, Any]:
    data = _bare(device)
    overrides = [f"{name}={getattr(device, f'override_{name}')}" for name in device.overrides]
    near = content.registry.near(device)
    return {
        **data,
        **{name: str(value) for name, value in data.items() if name in AS_WORDS},
        "compass": str(round((device.direction_deg or 0) / 45) % 8),
        "overrides": device.overrides,
        "differs": " ".join(overrides),
        "stages": [stage for stage in labels.LIFE if labels.differs(stage, device.overrides)],
        "spoken": wording.spoken_code(device.code, content.settings.code_prefix),
        "end_has_passed": content.registry.end_has_passed(device),
        "near": [{**_shown(other), "metres": metres} for other, metres in near],
    }


def _shown(device: Device) -> dict[str, Any]:
    data = _bare(device).items()
    return {n: found for n, found in data if n in SHOWN or n.startswith("location")}


class _InLanguage:
    """Everything that depends on the language, in one language."""

    def __init__(self, content: Content, spoken: Speech) -> None:
        self.content, self.spoken = content, spoken
        self.days: dict[str, str] = {}

    def data(self) -> dict[str, Any]:
        content, spoken = self.content, self.spoken
        registry = content.registry
        devices = registry.devices.values()
        with (TRANSLATIONS / "messages.pot").open("rb") as file:
            messages = [m.id for m in read_po(file) if isinstance(m.id, str)]
        data = {
            "ui": {message: gettext(message) for message in messages},
            "machine": spoken.language.interface == "machine",
            "direction": spoken.language.direction,
            "city": spoken.say(content.settings.city),
            "groups": {name: label.title for name, label in labels.GROUPS.items()},
            "directions": dict(enumerate(labels.DIRECTIONS)),
            "exact": {
                d.precision_m: ngettext(*EXACT, d.precision_m) for d in devices if d.precision_m
            },
            "numbers": {str(d.height_m): spoken.number(d.height_m) for d in devices if d.height_m},
            "kept": {
                str(d.override_retention): wording.kept(d.override_retention) for d in devices
            },
            "territories": dict(spoken.locale.territories),
            "words": registry.words,
            "organizations": {id_: o.name for id_, o in registry.organizations.items()},
            "places": {id_: place.name for id_, place in registry.places.items()},
            "technologies": {id_: self.technology(t) for id_, t in registry.technologies.items()},
            **{name.lower(): getattr(labels, name) for name in LABELS},
        }
        for device in devices:
            self.plain([device.installed_on, device.removed_on, device.active_until])
            self.plain(device.last_seen_on)
        return dict(self.plain(data), days=self.days)

    def technology(self, technology: Technology) -> dict[str, Any]:
        groups = groups_of(technology)
        longest = wording.longest(technology)
        return {
            **{name: getattr(technology, name) for name in ("id", "name", "summary", "icon")},
            "verified_on": technology.verified_on,
            "verify_by": technology.verify_by,
            "level": technology.identifiability.level,
            "level_words": wording.level(technology),
            "recipients": self.group("recipients", technology.recipients),
            "choice": wording.choice(technology),
            "opt_out": {
                **self.group("opt_out", technology.opt_out),
                "gap_words": wording.gap("opt_out", technology.opt_out),
            },
            "plain_name": self.spoken.plain(technology.name),
            "plain_summary": self.spoken.plain(technology.summary),
            "longest": longest,
            "longest_is_gap": longest == wording.gap("retention", technology.retention),
            "missing_policy_parts": technology.missing_policy_parts,
            "stages": [
                {
                    "id": stage,
                    "title": label.title,
                    "icon": label.icon,
                    "words": wording.stage(stage, technology, self.content.registry)
                    if stage in labels.LIFE
                    else "",
                    "groups": [
                        {"name": name, "icon": labels.GROUPS[name].icon, **self.group(name, group)}
                        for name, group in groups.items()
                        if labels.GROUPS[name].stage == stage
                    ],
                }
                for stage, label in labels.STAGES.items()
            ],
        }  # fmt: skip

    def group(self, name: str, group: Known) -> dict[str, Any]:
        gap = (wording.gap(name, group), wording.missing(name, group)) if group.gap else ()
        words = dict(zip(("gap_words", "missing_words"), gap, strict=False))
        return dict(self.plain(_bare(group)), **words)

    def plain(self, value: Any) -> Any:
        """``value`` as JSON holds it, its texts and days in this language."""
        if isinstance(value, Text):
            return self.spoken.say(value)
        if isinstance(value, Duration | LazyString):
            return str(value)
        if isinstance(value, date) or (isinstance(value, str) and ROUGH_DAY.fullmatch(value)):
            self.days[str(value)] = self.spoken.day(value)
            return str(value)
        if isinstance(value, dict):
            return {str(key): self.plain(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(one) for one in value]
        if is_dataclass(value):
            return self.plain(_bare(value)) | self.answers(value)
        return value

    @staticmethod
    def answers(value: Any) -> dict[str, str]:
        """What our template asks of our code for a kind of item."""
        if isinstance(value, Retention):
            kept = {"kept": wording.kept(value.duration, working_days=value.working_days)}
            return kept | ({"clock": wording.clock_rule(value)} if wording.has_clock(value) else {})
        if isinstance(value, Right) and value.days:
            due = "An answer is due within %(num)s day.", "An answer is due within %(num)s days."
            return {"due": ngettext(*due, value.days)}
        return {}


if __name__ == "__main__":
    settings = replace(Config.from_environment(), record=Path(sys.argv[1]).resolve())
    prepare(settings, Path(sys.argv[2]))
