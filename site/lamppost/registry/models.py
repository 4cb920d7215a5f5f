"""What a technology and a device are: the fields of the record, declared once.

Practices are written on the technology and inherited by its devices. Each group of practices
carries how we know it: sources, a grade, and the days of the last and the next check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..fields import (
    At,
    Choice,
    Day,
    Duration,
    Field,
    Flag,
    Items,
    Kept,
    Key,
    Line,
    Part,
    RoughDay,
    Url,
    Whole,
    Words,
    read,
    stated,
)
from ..phrases import one_of, phrase
from ..text import Text

GAPS = ("not_published", "unknown", "none")
BY_VENDOR = "stated_by_vendor"
"""The grade of what a vendor has answered to the City: confidential itself, so it has no source."""

GRADES = (
    "stated", BY_VENDOR, "contract", "policy", "law", "audited", "seen", "press", "inferred",
)  # fmt: skip
LEVELS = ("none", "de_identified", "pseudonymous", "identifiable", "unknown")
CHOICES = ("possible", "partly", "not_possible", "unknown")
ROLES = ("deployer", "owner", "operator", "vendor", "viewer", "recipient", "auditor")
PLATE_POLICY_PARTS = (
    "purposes",
    "people",
    "security",
    "sharing",
    "custodian",
    "accuracy",
    "retention",
)
"""The seven contents of a plate reader policy, California Civil Code 1798.90.51 (b)(2)."""

PLATE_READER = "local__plate_reader"
ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
WORD_CATEGORIES = ("purpose", "technology_type", "data", "processing", "access", "storage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A term of the registry's vocabulary: a DTPR v1 element, or a local one near to it."""

    id: str
    category: str
    label: Text = stated(Words(most=60), required=True)
    description: Text = stated(Words(most=400), required=True)
    icon: str = stated(Key(kind="icons"), required=True)
    dtpr: str = stated(Line(most=60, help="The nearest DTPR id"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body that deploys, runs, supplies or sees a technology; never a person."""

    id: str
    name: Text = stated(Words(most=120), required=True)
    kind: str = stated(
        Choice(
            of=("city", "authority", "company", "nonprofit", "university", "government"),
        ),
        required=True,
    )
    url: str = stated(Url(), default="")
    mailbox: str = stated(
        Line(most=120, pattern=r"[^@\s]+@[^@\s]+\.[a-z]+", example="clerk@example.org"), default=""
    )
    phone: str = stated(Line(most=40, pattern=r"[0-9+() -]+", example="562-570-0000"), default="")
    address: str = stated(Line(), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part of the city by which residents look for devices."""

    id: str
    name: Text = stated(Words(most=80), required=True)
    kind: str = stated(Choice(of=("district", "neighborhood")), required=True)
    note: Text | None = stated(Words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """How we know what a group says: shared by all groups of practices."""

    gap: str = stated(Choice(of=GAPS, help="Why something is not stated"), default="")
    note: Text | None = stated(Words(most=1500))
    sources: tuple[str, ...] = stated(Items(of=Key(kind="sources")), default=())
    grade: str = stated(Choice(of=GRADES, help="What kind of proof stands behind this"), default="")
    verified_on: date | None = stated(Day(help="When this was last compared with its sources"))
    verify_by: date | None = stated(Day(help="When this must be compared again"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Known):
    """A group of practices that is a list: what is known, and what is not."""

    items: tuple[Any, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether nothing at all is known here."""
        return not self.items and self.gap != "none"


@dataclass(frozen=True, kw_only=True)
class GroupOf(Field):
    """A group whose items are values of one field."""

    of: Field
    most: int = 60

    def read(self, raw: Any, at: At) -> Group | None:
        if not isinstance(raw, dict):
            return at.problem(raw, phrase("a group: items or gap, with sources and grade"))
        rest = {key: value for key, value in raw.items() if key != "items"}
        items = raw.get("items")
        values = Items(of=self.of, most=self.most).read(items, at / "items") if items else ()
        group = read(Group, rest, at, items=values or ())
        if not group.items and not group.gap:
            told = phrase("items, or a gap: %(gaps)s", gaps=", ".join(GAPS))
            at.problem(phrase("neither items nor gap"), told)
        _check_proof(group, at, has_answer=bool(group.items) or group.gap == "none")
        return group


def _check_proof(group: Known, at: At, *, has_answer: bool) -> None:
    if has_answer and not group.sources and group.grade != BY_VENDOR:
        (at / "sources").problem(None, phrase("at least one source for what is stated"))
    if has_answer and not group.grade:
        (at / "grade").problem(None, one_of(GRADES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountable:
    """An organization and its part in the technology. Owner, operator and viewer may differ."""

    organization: str = stated(Key(kind="organizations"), required=True)
    role: str = stated(Choice(of=ROLES), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """A kind of data that is collected."""

    type: str = stated(Key(kind="words/data"), required=True)
    description: Text | None = stated(Words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiability(Known):
    """Whether a person can be told from the data."""

    level: str = stated(Choice(of=LEVELS), default="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut(Known):
    """Whether a person can say no to it, and how."""

    level: str = stated(Choice(of=CHOICES), default="unknown")
    how: Text | None = stated(Words(most=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A body outside the City that gets data, what it gets, and by which agreement."""

    organization: str = stated(Key(kind="organizations"), required=True)
    what: Text = stated(Words(), required=True)
    agreement: Text | None = stated(Words())
    legal_standard: Text | None = stated(Words())
    ended_on: str = stated(
        RoughDay(help="When it stopped getting data; empty if it still does"), default=""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """Where data lies."""

    where: str = stated(Key(kind="words/storage"), required=True)
    country: str = stated(Line(pattern=r"[A-Z]{2}|unknown", example="US"), default="unknown")
    provider: str = stated(Key(kind="organizations"), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long a kind of data is kept, from when, and what holds it longer."""

    applies_to: Text = stated(Words(), required=True)
    duration: Duration | str = stated(Kept(), default="unknown")
    working_days: bool = stated(Flag(), default=False)
    trigger: Text | None = stated(Words())
    exceptions: Text | None = stated(Words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A legal basis in words, with the address of its text."""

    text: Text = stated(Words(), required=True)
    url: str = stated(Url(), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """Something a resident may ask for, by law; how, of whom, and how long an answer may take."""

    what: Text = stated(Words(), required=True)
    how: Text = stated(Words(), required=True)
    office: str = stated(Key(kind="organizations"), default="")
    days: int | None = stated(Whole(least=1, most=3650))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A public document about the technology."""

    kind: str = stated(
        Choice(of=("policy", "impact_assessment", "contract", "vote", "annual_report", "other")),
        required=True,
    )
    title: Text = stated(Words(most=200), required=True)
    url: str = stated(Url(), default="")
    date: str = stated(RoughDay(), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Known):
    """Who supplies the technology, until when, and when that is decided again."""

    vendor: str = stated(Key(kind="organizations"), default="")
    ends_on: date | None = stated(Day())
    decision_on: date | None = stated(Day())
    cost: Text | None = stated(Words())


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Software in the technology that decides, scores or generates."""

    name: Text = stated(Words(most=120), required=True)
    does: Text = stated(Words(), required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPart:
    """One of the seven parts that the law asks of a plate reader policy."""

    part: str = stated(Choice(of=PLATE_POLICY_PARTS), required=True)
    text: Text = stated(Words(), required=True)
    url: str = stated(Url(), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Known):
    """The office that answers: a role, never a person."""

    office: str = stated(Key(kind="organizations"), required=True)
    mailbox: str = stated(
        Line(most=120, pattern=r"[^@\s]+@[^@\s]+\.[a-z]+", example="clerk@example.org"), default=""
    )
    phone: str = stated(Line(most=40, pattern=r"[0-9+() -]+", example="562-570-0000"), default="")


def _words(category: str, most: int = 60) -> GroupOf:
    return GroupOf(of=Key(kind=f"words/{category}"), most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """A system in the city's streets or buildings, with the practices all its devices share."""

    id: str
    name: Text = stated(Words(most=60), required=True)
    summary: Text = stated(Words(most=600), required=True)
    status: str = stated(
        Choice(of=("proposed", "approved", "active", "paused", "ended", "unknown")), required=True
    )
    icon: str = stated(Key(kind="icons"), required=True)
    verified_on: date = stated(
        Day(help=phrase("When these answers were last checked")), required=True
    )
    verify_by: date = stated(Day(help=phrase("When they must be checked again")), required=True)
    purpose: Group = stated(_words("purpose", most=3), default=Group(gap="unknown"))
    accountable: Group = stated(GroupOf(of=Part(of=Accountable)), default=Group(gap="unknown"))
    technology_type: Group = stated(_words("technology_type"), default=Group(gap="unknown"))
    data: Group = stated(GroupOf(of=Part(of=Data)), default=Group(gap="unknown"))
    identifiability: Identifiability = stated(Part(of=Identifiability), default=Identifiability())
    processing: Group = stated(_words("processing"), default=Group(gap="unknown"))
    components: Group = stated(GroupOf(of=Part(of=Component)), default=Group(gap="unknown"))
    storage: Group = stated(GroupOf(of=Part(of=Storage)), default=Group(gap="unknown"))
    access: Group = stated(_words("access"), default=Group(gap="unknown"))
    recipients: Group = stated(GroupOf(of=Part(of=Recipient)), default=Group(gap="unknown"))
    retention: Group = stated(GroupOf(of=Part(of=Retention)), default=Group(gap="unknown"))
    does_not: Group = stated(GroupOf(of=Words()), default=Group(gap="unknown"))
    opt_out: OptOut = stated(Part(of=OptOut), default=OptOut(gap="unknown"))
    legal_basis: Group = stated(GroupOf(of=Part(of=Law)), default=Group(gap="unknown"))
    plate_policy: Group | None = stated(GroupOf(of=Part(of=PolicyPart)))
    rights: Group = stated(GroupOf(of=Part(of=Right)), default=Group(gap="unknown"))
    documents: Group = stated(GroupOf(of=Part(of=Document)), default=Group(gap="unknown"))
    contract: Contract = stated(Part(of=Contract), default=Contract(gap="unknown"))
    contact: Contact = stated(Part(of=Contact), required=True, default=None)

    @property
    def reads_plates(self) -> bool:
        """Whether Civil Code 1798.90.51 asks a posted policy of its operator."""
        return PLATE_READER in self.technology_type.items

    @property
    def data_types(self) -> tuple[str, ...]:
        """The ids of the kinds of data that are collected, each once."""
        return tuple(dict.fromkeys(item.type for item in self.data.items))

    @property
    def storage_places(self) -> tuple[str, ...]:
        """The ids of the ways in which data is stored, each once."""
        return tuple(dict.fromkeys(item.where for item in self.storage.items))

    @property
    def missing_policy_parts(self) -> tuple[str, ...]:
        """Parts of a plate reader policy that the record does not hold."""
        held = {item.part for item in self.plate_policy.items} if self.plate_policy else set()
        return tuple(part for part in PLATE_POLICY_PARTS if part not in held)


@dataclass(slots=True)
class Device:
    """One installed thing: a row of its technology's CSV file, columns in this order."""

    code: str
    technology: str
    status: str
    latitude: float | None
    longitude: float | None
    precision_m: int | None
    location: str
    location_es: str
    location_km: str
    location_tl: str
    place: tuple[str, ...]
    host: str
    direction_deg: int | None
    view_angle_deg: int | None
    height_m: float | None
    installed_on: date | None
    removed_on: date | None
    active_until: date | None
    last_seen_on: date | None
    sign_version: int | None
    sample: bool
    override_purpose: tuple[str, ...]
    override_data: tuple[str, ...]
    override_identifiability: str
    override_retention: Duration | str
    override_access: tuple[str, ...]
    override_storage: tuple[str, ...]
    digest: bytes = b""
    """A hash of the row as it is written."""

    @property
    def has_point(self) -> bool:
        """Whether the device stands on the map; one that does not still stands in every list."""
        return self.latitude is not None

    @property
    def differs(self) -> tuple[tuple[str, Any], ...]:
        """The groups of practices in which this device differs from its technology, and how."""
        own = (
            self.override_purpose,
            self.override_data,
            self.override_identifiability,
            self.override_retention,
            self.override_access,
            self.override_storage,
        )
        pairs = zip(OVERRIDES, own, strict=True)
        return tuple(pair for pair in pairs if pair[1]) if any(own) else ()

    @property
    def overrides(self) -> tuple[str, ...]:
        """The groups of practices in which this device differs from its technology."""
        return tuple(group for group, _ in self.differs)


OVERRIDES = ("purpose", "data", "identifiability", "retention", "access", "storage")
