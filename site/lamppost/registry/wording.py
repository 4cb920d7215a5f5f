"""The registry's facts as phrases in the language that is spoken now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import segno
from markupsafe import Markup

from ..fields import Duration
from ..i18n import gettext as _
from ..i18n import ngettext, speech
from ..text import SOURCE_LANGUAGE, Text
from .changes import Change, Detail
from .codes import EXAMPLE as EXAMPLE_CODE
from .codes import spoken as spoken_code
from .labels import (
    CHOICES,
    COLUMNS,
    DEVICE_STATUSES,
    GROUPS,
    LEVELS,
    ROLES,
    SHORT_LEVELS,
    TECHNOLOGY_STATUSES,
)
from .models import BY_VENDOR, Device, Known, Retention, Technology
from .queries import Registry, longest_kept, words_of

__all__ = ["EXAMPLE_CODE", "spoken_code"]


def kept(duration: Duration | str, *, working_days: bool = False) -> str:
    """How long something is kept: “60 days”, “5 working days”, “Not kept”, “Not published”."""
    if isinstance(duration, Duration):
        if working_days and duration.days:
            return ngettext("%(num)s working day", "%(num)s working days", duration.days)
        return speech().duration(duration)
    if duration == "none":
        return _("Not kept")
    if duration == "indefinite":
        return _("Kept without an end")
    return _("Not published")


def gap(name: str, group: Known) -> str:
    """What a group says where it has no answer."""
    if group.gap == "none":
        return _("There is none.")
    if group.gap == "unknown":
        return _("We have not found this out yet.")
    return str(GROUPS[name].gap)


def missing(name: str, group: Known) -> str:
    """What a group says of what it lacks: of all, or of the rest where something is known."""
    if not getattr(group, "items", ()) or group.gap == "none":
        return gap(name, group)
    if group.gap == "unknown":
        return _("There may be more. We have not found it out yet.")
    return _("There may be more. The City has not published it.")


def level(technology: Technology, device: Device | None = None) -> str:
    """Whether the technology, or this device of it, can tell who one is, as a whole answer."""
    if device is not None and device.override_identifiability:
        return str(LEVELS[device.override_identifiability])
    identifiability = technology.identifiability
    answer = str(LEVELS[identifiability.level])
    return answer + (_whose(identifiability.grade) if identifiability.level != "unknown" else "")


def _whose(grade: str) -> str:
    """Whose word an answer is, where it is not the City's."""
    words = {
        "inferred": _("our reading, not from the City"),
        "press": _("as reported, not from the City"),
        BY_VENDOR: _("as the vendor says, not the City"),
    }
    return f" ({words[grade]})" if grade in words else ""


def longest(technology: Technology) -> str:
    """The longest time that any of a technology's data is kept, as a whole answer."""
    duration = longest_kept(technology)
    if duration == "unknown":
        return gap("retention", technology.retention)
    if not isinstance(duration, Duration):
        return kept(duration)
    working = any(
        item.working_days for item in technology.retention.items if item.duration == duration
    )
    answer = _("Up to %(time)s", time=kept(duration, working_days=working))
    if technology.retention.gap == "not_published":
        rest = _("For the rest, the City has not published it.")
        answer = _("%(first)s. %(second)s", first=answer, second=rest)
    return answer + _whose(technology.retention.grade)


def choice(technology: Technology) -> str:
    """Whether one can say no to a technology, as a whole answer; empty where that is not known."""
    opt_out = technology.opt_out
    if opt_out.level == "unknown":
        return ""
    return str(CHOICES[opt_out.level]) + _whose(opt_out.grade)


MOST_NAMED = 3
_SHOWN = {
    "collected": "data",
    "processed": "processing",
    "stored": "storage",
    "shared": "recipients",
    "deleted": "retention",
}


def stage(name: str, technology: Technology, registry: Registry) -> str:
    """What becomes of data in a stage of its life (:data:`~.labels.LIFE`), in a few words."""
    shown = _SHOWN[name]
    if shown == "retention":
        return longest(technology)
    named = _named(shown, technology, registry)
    if not named:
        return gap(shown, getattr(technology, shown))
    words = ", ".join(speech().plain(text) for text in named[:MOST_NAMED])
    more = len(named) - MOST_NAMED
    if more > 0:
        words += " " + ngettext("and %(num)s more", "and %(num)s more", more)
    return words


def _named(shown: str, technology: Technology, registry: Registry) -> list[Text]:
    if shown == "recipients":
        today = [item for item in technology.recipients.items if not item.ended_on]
        return [registry.organizations[item.organization].name for item in today]
    return [registry.word(shown, id_).label for id_ in words_of(technology, shown)]


def place(device: Device) -> str:
    """Where a device is, in words; streets have the same names in every language."""
    code = speech().code
    # A language that was added later has no column: it sees the words that all others share.
    own = getattr(device, f"location_{code}", "") if code != SOURCE_LANGUAGE else ""
    return own or device.location or _("No fixed place")


def together(devices: Sequence[Device]) -> str:
    """What a mark stands for that several devices share: “4 devices at Elm Ave & 4th St”."""
    at_one_place = len({device.location for device in devices}) == 1
    number = speech().number(len(devices))
    return _together(at_one_place, len(devices)) % {"num": number, "place": place(devices[0])}


def together_pattern(*, at_one_place: bool) -> str:
    """The same with the holes ``{num}`` and ``{place}``, for a script that fills them.

    From two on, no language of the site has more than one form.
    """
    return _together(at_one_place, 2) % {"num": "{num}", "place": "{place}"}


def _together(at_one_place: bool, number: int) -> str:  # noqa: FBT001 - asked for twice, here
    spoken = speech()
    if at_one_place:
        return spoken.ngettext(
            "%(num)s device at %(place)s", "%(num)s devices at %(place)s", number
        )
    return spoken.ngettext(
        "%(num)s device around %(place)s", "%(num)s devices around %(place)s", number
    )


def away(metres: int) -> str:
    """How far one device is from another."""
    if not metres:
        return _("at the same place")
    return _("about %(metres)s m", metres=speech().number(metres))


def has_clock(item: Retention) -> bool:
    """Whether a day of deletion can be worked out for this kind of data."""
    return isinstance(item.duration, Duration)


def clock_rule(item: Retention) -> str:
    """The deletion clock as a rule in words, true on any day."""
    time = kept(item.duration, working_days=item.working_days)
    return _(
        "What is recorded here is erased after %(time)s, unless it is held for a case.", time=time
    )


def roles(names: tuple[str, ...]) -> str:
    """What an organization does, as a list in a sentence."""
    return speech().listed(str(ROLES[name]) for name in names)


def page_numbers(number: int, pages: int) -> list[int | None]:
    """The pages that a pager names: the ends, those around ``number``, None for a gap."""
    near = {1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)}
    numbers: list[int | None] = []
    for n in sorted(near):
        if numbers and numbers[-1] is not None and n - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(n)
    return numbers


def qr(address: str) -> Markup:
    """The address as a QR code, inline SVG; words beside it say the same."""
    # A fixed mask: to choose the best of eight takes most of a page's time, and all are read.
    code = segno.make(address, error="m", micro=False, mask=2)
    return Markup(code.svg_inline(scale=4, border=2, svgclass="qr", omitsize=True))  # noqa: S704


def sentences(change: Change, registry: Registry) -> Iterator[str]:
    """What a change says, a sentence for each fact."""
    for detail in change.details:
        yield _sentence(detail, change, registry)


def _sentence(detail: Detail, change: Change, registry: Registry) -> str:
    what = title(detail.what)
    if detail.how == "added":
        return _("Added to the registry.") if change.device else _("This technology was added.")
    if detail.how == "removed":
        return _("Taken out of the registry.")
    if detail.how == "moved":
        return _("The point on the map was corrected.")
    if detail.how == "value":
        before, after = (
            _value(detail, value, of_device=bool(change.device))
            for value in (detail.before, detail.after)
        )
        if not before:
            return _("%(what)s: now %(after)s", what=what, after=after)
        if not after:
            return _("%(what)s: no longer %(before)s", what=what, before=before)
        return _(
            "%(what)s changed from %(before)s to %(after)s", what=what, before=before, after=after
        )
    if detail.how == "words":
        return " ".join(_words_sentences(detail, what, registry))
    return _("%(what)s: the wording or the details changed", what=what)


def _words_sentences(detail: Detail, what: str, registry: Registry) -> Iterator[str]:
    words = registry.words[detail.what]
    spoken = speech()
    came, went = (
        spoken.listed(spoken.plain(words[word].label) if word in words else word for word in ids)
        for ids in (detail.after, detail.before)
    )
    if came:
        yield _("%(what)s: added %(words)s.", what=what, words=came)
    if went:
        yield _("%(what)s: removed %(words)s.", what=what, words=went)


def _value(detail: Detail, value: object, *, of_device: bool) -> str:
    if isinstance(value, Text):
        return speech().plain(value)
    if detail.what.endswith("retention"):
        parsed = value if isinstance(value, Duration) else Duration.parse(str(value))
        return kept(parsed or str(value)) if value else ""
    if detail.what.endswith("identifiability"):
        return str(SHORT_LEVELS.get(str(value), value))
    if detail.what == "opt_out":
        return str(CHOICES.get(str(value), value))
    if detail.what == "status":
        statuses = DEVICE_STATUSES if of_device else TECHNOLOGY_STATUSES
        return str(statuses.get(str(value), value))
    return str(value)


def title(name: str) -> str:
    """The heading of a group or column, as a sentence can begin with it."""
    bare = name.removeprefix("override_")
    label = COLUMNS.get(name) or (GROUPS[bare].title if bare in GROUPS else None)
    return str(label) if label else _("Details")
