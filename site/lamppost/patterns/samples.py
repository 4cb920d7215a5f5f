"""Invented values, from which the patterns page makes each component in each of its states."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import LazyString

from ..briefs.models import Brief, BriefPicture, KeyFigure, Pdf, Withdrawn
from ..charts import Chart, Series
from ..drafts.differences import Part, Passage
from ..fields import Duration
from ..i18n import languages
from ..pages.models import (
    CHECKS,
    LOOKS,
    Article,
    Criterion,
    Plan,
    Recommendation,
    Scale,
    Source,
    Statement,
    Term,
    Tested,
)
from ..pages.provenance import Account, Section
from ..pictures import Picture
from ..registry.changes import Change, Detail
from ..registry.codes import EXAMPLE, check_character
from ..registry.load import Parts
from ..registry.maps import map_of
from ..registry.models import (
    LEVELS,
    WORD_CATEGORIES,
    Accountable,
    Component,
    Contact,
    Contract,
    Data,
    Device,
    Group,
    Identifiability,
    Law,
    OptOut,
    Organization,
    Place,
    PolicyPart,
    Recipient,
    Retention,
    Right,
    Storage,
    Technology,
    Word,
)
from ..registry.nearby import Near
from ..registry.queries import Registry
from ..text import Made, Text

TODAY = date(2026, 11, 22)
BEFORE = date(2025, 11, 22)
AFTER = date(2027, 5, 22)
LONG = "A name so long that it goes over two lines of a telephone, as many names in Khmer do"
KHMER = "តើឧបករណ៍នេះអាចប្រាប់បានទេថាអ្នកជានរណា និងទិន្នន័យត្រូវបានរក្សាទុករយៈពេលប៉ុន្មាន"


def _text(words: str) -> Text:
    return Text({"en": words})


# --- the registry -------------------------------------------------------------------------------

WORDS = {
    category: {
        id_: Word(
            id=id_, category=category, icon=icon,
            label=_text(f"Word {id_}"), description=_text("What this word means, in a sentence."),
        )
        for id_, icon in (("one", "flag"), ("two", "camera"))
    }
    for category in WORD_CATEGORIES
}  # fmt: skip
ORGANIZATIONS = {
    "sample-office": Organization(
        id="sample-office", name=_text("An office of the City"), kind="city"
    ),
    "sample-company": Organization(id="sample-company", name=_text("A company"), kind="company"),
}
PLACES = {
    "sample-district": Place(id="sample-district", name=_text("A district"), kind="district"),
    "sample-quarter": Place(id="sample-quarter", name=_text(LONG), kind="neighborhood"),
}
SOURCES = {
    "S1": Source(
        id="S1", title="A published policy", publisher="The City", kind="city",
        url="https://example.org/", date="2025-12", note="A note on the source",
    ),
    "S2": Source(id="S2", title="A report", kind="press"),
}  # fmt: skip


def _group(*items: Any, grade: str, **how: Any) -> Group:
    return Group(items=items, grade=grade, sources=("S1",), **how)


TECHNOLOGY = Technology(
    id="sample-everything",
    name=_text("A technology with everything"),
    summary=_text("It has an answer of each kind, by each kind of proof, and each kind of gap."),
    status="active",
    icon="camera",
    verified_on=BEFORE,
    verify_by=AFTER,
    purpose=_group("one", "two", grade="stated"),
    accountable=_group(
        Accountable(organization="sample-office", role="operator"), grade="contract"
    ),
    technology_type=_group("one", grade="audited", verified_on=TODAY),
    data=_group(Data(type="one"), Data(type="two", description=_text("Its own")), grade="seen"),
    identifiability=Identifiability(level="identifiable", grade="inferred", sources=("S1",)),
    processing=_group("one", grade="stated_by_vendor"),
    components=_group(
        Component(name=_text("Software"), does=_text("It decides.")), grade="inferred"
    ),
    storage=_group(
        Storage(where="one", country="US", provider="sample-company"),
        Storage(where="two"),
        grade="contract",
    ),
    access=Group(gap="unknown"),
    recipients=_group(
        Recipient(
            organization="sample-company", what=_text("It gets something."), ended_on="2025-12"
        ),
        grade="press",
        gap="not_published",
    ),
    retention=_group(
        Retention(
            applies_to=_text("Pictures"), duration=Duration(days=60),
            trigger=_text("the day of the picture."), exceptions=_text("a case."),
        ),
        Retention(applies_to=_text("Counts"), duration=Duration(days=5), working_days=True),
        Retention(applies_to=_text("Faces"), duration="none"),
        grade="policy",
        gap="not_published",
        verify_by=BEFORE,
        note=_text("A note tells what stands beside the answer."),
    ),
    does_not=_group(_text("It hears nothing."), grade="policy"),
    opt_out=OptOut(level="partly", how=_text("Go another way."), grade="stated", sources=("S1",)),
    legal_basis=_group(Law(text=_text("A law."), url="https://example.org/"), grade="law"),
    plate_policy=_group(
        PolicyPart(part="purposes", text=_text("For this.")), grade="policy", gap="not_published"
    ),
    rights=_group(
        Right(what=_text("A copy."), how=_text("Ask."), office="sample-office", days=10),
        grade="law",
    ),
    documents=Group(gap="none", grade="stated", sources=("S1",)),
    contract=Contract(vendor="sample-company", ends_on=AFTER, gap="not_published"),
    contact=Contact(
        office="sample-office", phone="562-570-0000", mailbox="office@example.org", grade="stated"
    ),
)  # fmt: skip


def _by_level(level: str) -> Technology:
    known = Identifiability(level=level, grade="stated", sources=("S1",))
    nothing = Group(gap="not_published")
    return replace(
        TECHNOLOGY,
        id=f"sample-{level.replace('_', '-')}",
        name=_text(f"Identifiability: {level}"),
        identifiability=known,
        retention=nothing,
        recipients=Group(gap="unknown"),
    )


BY_LEVEL = {level: _by_level(level) for level in LEVELS}
TECHNOLOGIES = {t.id: t for t in (TECHNOLOGY, *BY_LEVEL.values())}


def _device(number: int, **values: Any) -> Device:
    body = f"0{number:05}"
    bare: dict[str, Any] = dict.fromkeys(Device.__annotations__)
    empty = {name: "" for name in bare if name.startswith(("location", "override", "host"))}
    code = body + check_character(body)
    given = {
        "code": code, "technology": TECHNOLOGY.id, "status": "active", "sample": True,
        "location": f"{number} Sample St", "place": ("sample-district",), "digest": b"",
        "latitude": 33.77 + number / 2000, "longitude": -118.19 + number % 4 / 1000,
    }  # fmt: skip
    return Device(**{**bare, **empty, **given, **values})


STATUSES = ("proposed", "approved", "installed", "active", "paused", "removed", "not_a_sensor")
DIFFERENT = _device(
    9,
    override_purpose=("two",),
    override_identifiability="none",
    override_retention=Duration(days=3),
    active_until=BEFORE,
    status="removed",
    removed_on=BEFORE,
    host="pole",
    height_m=4.5,
    direction_deg=90,
    view_angle_deg=60,
    precision_m=7,
    location=LONG,
)
DEVICES = (
    *(_device(number, status=status) for number, status in enumerate(STATUSES)),
    _device(8, latitude=None, longitude=None, location=""),
    DIFFERENT,
)
REGISTRY = Registry(
    Parts(
        words=WORDS, organizations=ORGANIZATIONS, places=PLACES, technologies=TECHNOLOGIES,
        devices={device.code: device for device in DEVICES},
    ),
    TODAY,
)  # fmt: skip
EMPTY = Registry(Parts(WORDS), TODAY)
LISTING = {
    "devices": DEVICES, "map": map_of(DEVICES, REGISTRY), "number": 1, "pages": 3, "total": 110,
    "streets": {"file": "/sample.pmtiles", "credit": "Who made the map"},
}  # fmt: skip
NONE_LISTED = {"devices": (), "map": None, "streets": None, "number": 1, "pages": 1, "total": 0}
NEAR = (Near(DEVICES[0], 0), Near(DEVICES[4], 120))


def _change(device: str, *details: Detail) -> Change:
    return Change("0" * 40, TODAY, "Why it was changed", TECHNOLOGY.id, device, (), details)


CHANGES = (
    _change("", Detail("technology", "added")),
    _change(
        "",
        Detail("status", "value", "proposed", "active"),
        Detail("purpose", "words", ("one",), ("two",)),
        Detail("rights", "text"),
    ),
    _change(DEVICES[0].code, Detail("location", "moved"), Detail("host", "text")),
    _change(EXAMPLE, Detail("device", "removed")),
)

# --- pages --------------------------------------------------------------------------------------

ARTICLE = Article(
    title="A page", summary="What the page is about.", updated=TODAY, provenance=Made.HUMAN,
    markdown="## A heading\n\nText with a [link](https://example.org/) and a quote:\n\n> Words.",
)  # fmt: skip
TERMS = {
    "sample": Term(
        id="sample", group="programme", term=_text("A term"), definition=_text("What it means.")
    )
}
PLAN = Plan(
    total=3,
    intro=_text("What the plan is."),
    criteria=(Criterion(id="cost_effectiveness", name=_text("Cost"), question=_text("Worth it?")),),
    scale=Scale(gap="not_published"),
    recommendations=(
        Recommendation(
            id="sample-first", number=1, title=_text("A recommendation"), theme=_text("A theme"),
            known=_text("What is known of it."), ratings={"cost_effectiveness": "not_published"},
            status="under_way", sources=("S1",), grade="seen",
        ),
    ),
)  # fmt: skip
PROVENANCE = [
    Account(
        languages()["km"],
        [
            Section(
                LazyString(str, "Pages"),
                {"km": Counter({Made.MACHINE: 1200})},
                {"km": Counter({"An office": 1200})},
            )
        ],
    )
]
STATEMENT = Statement(
    tested_on=TODAY, standard="A standard", browser="A browser", pages=1200, kinds=40, faults=67,
    languages=tuple(languages()), looks=tuple(LOOKS),
    checks=tuple(Tested(check=check, pages=1200, findings=n % 2) for n, check in enumerate(CHECKS)),
)  # fmt: skip

# --- briefs -------------------------------------------------------------------------------------

BRIEF = Brief(
    id="sample-brief", title=_text(LONG), summary=_text("What the brief tells."), year=2026,
    kind="community_brief", grade="stated", published_on=TODAY,
    key_figures=(
        KeyFigure(value="120+", what=_text("things counted"), source="S1"),
        KeyFigure(value="2", what=_text(LONG), source="S2"),
    ),
)  # fmt: skip
WITHDRAWN = replace(
    BRIEF, id="sample-withdrawn", withdrawn=Withdrawn(on=TODAY, reason=_text("Why it went."))
)
BRIEF_PICTURE = BriefPicture(
    id="one", file="one.png", alt=_text("What it shows"), caption=_text("A caption")
)
PICTURE = Picture(b"", "image/png", 320, 180)
PDF = Pdf("sample-brief-en.pdf", Path("sample-brief-en.pdf"), "", 123_456)

# --- charts -------------------------------------------------------------------------------------

_TALL, _LOW = Series("First", (1200, 0, 7.5)), Series("Second", (800, 450, None))
_YEARS = tuple(str(year) for year in range(2022, 2027))
_MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
_UP, _DOWN = Series("Up", (1, 2, 4, 8, 9)), Series("Down", (7, None, 5, 4, 1))
CHARTS = (
    Chart(title="Bars", labels=("A", LONG, KHMER), series=(_TALL,), note="A note stands below."),
    Chart(
        title="Bars of two series", labels=("A", LONG, KHMER), series=(_TALL, _LOW),
        unit="people", missing="Fewer than 10", links=("#charts", "", ""),
    ),
    Chart(title="Columns", kind="columns", labels=_YEARS, series=(_UP,)),
    Chart(title="Columns of two series", kind="columns", labels=_YEARS, series=(_UP, _DOWN)),
    Chart(
        title="A line over many labels", kind="lines", labels=_MONTHS,
        series=(Series("Months", tuple(range(12))),),
    ),
    Chart(title="Two lines, one with a gap", kind="lines", labels=_YEARS, series=(_UP, _DOWN)),
    Chart(title="Nothing", labels=("A", "B"), series=(Series("None", (0, 0)),)),
)  # fmt: skip

DIFFERENCE = [Part(same="Kept for "), Part(went="60 days", came="30 days"), Part(same=". " + LONG)]
PASSAGES = [Passage(LONG, has_changed=False), Passage("It is kept for 30 days.", has_changed=True)]
