"""Puts together what anybody may read of cases, and writes it where the pages read it.

It asks ``visible.seen`` of each case, and takes nothing else from it than what that lets through.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import and_, func, not_, or_, select

from ..config import Config
from ..db import sessions
from ..lifecycle import STAFF, WRITER, Way
from ..locks import alone
from ..trees import write_down
from .alike import UNTOUCHED, flood
from .models import DUPLICATE, Case, ClearedFile, Message, Purged, Step
from .promise import Promise, Turn, spent
from .public import AGAIN, FILE, FILES
from .queries import cases_of
from .tallies import SMALLEST, rounded
from .visible import ANYBODY, CONFIDENTIAL, GONE, TAKEN_BACK, Seen, seen, was_shown
from .ways import WAYS, clock_of

TOLD = (
    "state", "outcome", "category", "technology", "device", "place", "party", "party_page",
)  # fmt: skip
"""What anybody may know of a case of which its summary can be read."""

DAYS = ((3, "0-3"), (10, "4-10"), (20, "11-20"), (40, "21-40"))
"""Spans of working days to an answer, for the figures; what takes longer is ``41+``."""


def write_shown(config: Config, promise: Promise) -> None:
    """Write the file anew: whole or not at all; files before it, and what is none after it.

    Whoever calls has committed. One at a time: who writes has seen all that was committed before,
    so nothing that was taken back comes again, and no file of another is taken for old.
    """
    with alone(config.instance / f"{FILE}.lock"):
        sessions().rollback()  # what was read while waiting may be old
        _write_shown(config, promise)


def _write_shown(config: Config, promise: Promise) -> None:
    told = shown(promise)
    words = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    folder = config.instance / FILES
    names = {file["name"] for case in told["public"] for file in case.get("files", ())}
    missing = [name for name in sorted(names) if not (folder / name).exists()]
    for file in sessions().scalars(select(ClearedFile).where(ClearedFile.name.in_(missing))):
        folder.mkdir(mode=0o700, exist_ok=True)
        write_down(folder / file.name, file.data or b"")
    write_down(config.instance / FILE, words.encode())
    for path in [*folder.glob("*.jpg"), *folder.glob("*.pdf")]:
        if path.name not in names:
            path.unlink(missing_ok=True)


def shown(promise: Promise) -> dict[str, Any]:
    """What anybody may read, as JSON can hold it; in the order of references."""
    cases, new = _read(), _new()
    counted: list[Case | New] = [*cases, *new]
    support = {ref: n for way in WAYS.values() for ref, n in support_shown(way).items()}
    public = [made for case in cases if (made := _public(case, support))]
    return {
        "public": _joined(public, cases),
        "assessments": [made for case in cases if (made := assessed(case))],
        "owed": [owed for case in counted if (owed := _owed(case, promise))],
        "deleted": _deleted(),
        "tallies": {
            kind: _tallies((case for case in counted if case.kind == kind), promise)
            for kind in WAYS
        },
    }


def _read() -> list[Case]:
    """The cases that somebody has touched, without those of which there was never a page.

    These are junk, and what its writer took back before staff did anything with it: whoever sends
    and takes back by the thousand changes no figure, and makes no deed slow.
    """
    by_staff = Case.steps.any(Step.by == STAFF)
    is_junk = or_(Case.outcome == "spam", and_(Case.outcome.in_(TAKEN_BACK), not_(by_staff)))
    never_public = and_(is_junk, Case.moderated_on.is_(None))
    asked = select(Case.id).where(not_(or_(UNTOUCHED, never_public)))
    return sorted(cases_of(list(sessions().scalars(asked))), key=lambda case: case.reference)


class New(NamedTuple):
    """A case that nobody has touched, as far as it counts: nothing of it is public."""

    id: bytes
    kind: str
    state: str
    language: str
    technology: str
    received_on: date
    steps: tuple[Step, ...] = ()
    outcome: str = ""
    wish: str = "nothing"
    visibility: str = "private"
    moderation: str = "pending"
    moderated_on: date | None = None
    reason: str = ""
    cut_for: str = ""
    appeal: None = None


def _new() -> list[New]:
    """The new cases, without those of which very many are alike: they count when somebody looks.

    A flood of them makes no deed slow, since hardly anything of them is read.
    """
    columns = (Case.id, Case.kind, Case.state, Case.language, Case.technology, Case.received_on)
    rows = sessions().execute(select(*columns).where(UNTOUCHED).order_by(Case.reference))
    alike = flood().folded
    found = [New(*row) for row in rows if row.id not in alike]
    steps = {
        (state, on): (Step(number=1, on=on, move="submit", after=state, by=WRITER),)
        for state, on in {(one.state, one.received_on) for one in found}
    }
    return [one._replace(steps=steps[one.state, one.received_on]) for one in found]


def _deleted() -> dict[str, dict[str, int]]:
    """How many of each kind went in each year because their time was over."""
    rows = sessions().scalars(select(Purged).order_by(Purged.year, Purged.kind))
    years: dict[str, dict[str, int]] = {}
    for row in rows:
        years.setdefault(str(row.year), {})[row.kind] = row.number
    return years


def assessed(case: Case) -> dict[str, str] | None:
    """What anybody may know of a vendor's assessment: whose it is, its day, and its result."""
    if case.kind not in CONFIDENTIAL or seen(ANYBODY, case, "list") < Seen.THAT_IT_IS:
        return None
    led = [link.target for link in case.links if link.kind == "led"]
    return {
        "reference": case.reference,
        "vendor": case.answer("company"),
        "product": case.answer("product"),
        "technology": case.technology or next(iter(sorted(led)), ""),
        "state": case.state,
        "outcome": case.outcome,
        "decided_on": decided_on(case).isoformat(),
    }


def decided_on(case: Case) -> date:
    """The day of the last decision on a case that has had one."""
    return [step.on for step in case.steps if step.after == "decided"][-1]


def _public(case: Case, support: dict[str, int]) -> dict[str, Any] | None:
    if case.kind in CONFIDENTIAL:
        return None
    much = seen(ANYBODY, case, "page")
    if much < Seen.THAT_IT_IS:
        return None
    made: dict[str, Any] = {
        "reference": case.reference,
        "kind": case.kind,
        "language": case.language,
        "received_on": case.received_on.isoformat(),
    }
    if much < Seen.SUMMARY:
        return made | _gone(case)
    made |= {name: getattr(case, name) for name in TOLD}
    made |= _texts(case, much)
    if seen(ANYBODY, case, "attachment") >= Seen.WORDS:
        made["files"] = [_file(file) for file in case.files if file.name]
    way = WAYS[case.kind]
    made |= _answered(case)
    changed = [link.target for link in case.links if link.kind == "changed"]
    if way.told:
        made["told"] = {name: _choices(case, name) for name in way.told}
    if way.is_followed:
        made |= _followed(case) | {"support": support.get(case.reference, 0)}
    return made | {"changed": sorted(changed)}


def _texts(case: Case, much: Seen) -> dict[str, Any]:
    """The texts by part and language, and why parts of the words were taken out, if any were."""
    parts = ("summary", "words", "answer") if much >= Seen.WORDS else ("summary", "answer")
    made: dict[str, Any] = {}
    for text in sorted(case.texts, key=lambda text: (text.part, text.language)):
        if text.part in parts and not text.waits:
            made.setdefault(text.part, {})[text.language] = [text.text, text.made]
    return made | ({"cut_for": case.cut_for} if "words" in made else {})


def _answered(case: Case) -> dict[str, Any]:
    """On which day the answer was given that can be read, and whether a later one cannot yet."""
    last, told = case.answered(WAYS[case.kind].answers), answer_told(case)
    days = {step.number: step.on for step in case.steps}
    waits = {"newer": True} if last and last.number != told else {}
    return ({"answered_on": days[told].isoformat()} if told else {}) | waits


def answer_told(case: Case) -> int:
    """The number of the step at which the answer was given that can be read; 0 where none can."""
    told = (text.step for text in case.texts if text.part == "answer" and not text.waits)
    return max(told, default=0)


def answer_prepared(case: Case) -> int:
    """The same of the answer that can be read, or that waits to be published."""
    return max((text.step for text in case.texts if text.part == "answer"), default=0)


def _gone(case: Case) -> dict[str, str]:
    """Why only a page is left of a case."""
    if case.moderation == "withheld":
        return {"gone": "withheld", "reason": case.reason}
    return {"gone": case.outcome if case.outcome in GONE else AGAIN, "reason": ""}


def _joined(public: list[dict[str, Any]], cases: list[Case]) -> list[dict[str, Any]]:
    """The same, where one was joined to another with which, if that can be read too."""
    read = {made["reference"] for made in public if "gone" not in made}
    to = {case.reference: link.target for case in cases for link in case.links
          if link.kind == DUPLICATE and link.target in read}  # fmt: skip
    return [
        made | {"joined": to[made["reference"]]}
        if made["reference"] in to and made.get("outcome") == DUPLICATE
        else made
        for made in public
    ]


def _followed(case: Case) -> dict[str, Any]:
    return {
        "notices": sorted(link.target for link in case.links if link.kind == "notice"),
        "led": sorted(link.target for link in case.links if link.kind == "led"),
        "steps": [[step.on.isoformat(), step.after, step.move == "revise"] for step in case.steps],
    }


def support_shown(way: Way) -> dict[str, int]:
    """How often cases of a kind were supported, rounded, by reference; small numbers are none."""
    if way.support is None:
        return {}
    counted = select(Case.reference, func.count()).join(way.support).group_by(Case.reference)
    counts = sessions().execute(counted.order_by(Case.reference))
    return {reference: told for reference, n in counts if (told := rounded(n))}


def _file(file: ClearedFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "width": file.width,
        "height": file.height,
        "is_covered": bool(file.boxes),
        "alt": file.alt,
    }


def _choices(case: Case, name: str) -> list[str]:
    """What was chosen, as keys; words of one's own are none of it."""
    chosen = (case.answers or {}).get(name)
    return list(chosen) if isinstance(chosen, list) else []


def _owed(case: Case | New, promise: Promise) -> dict[str, str] | None:
    way = WAYS[case.kind]
    if seen(ANYBODY, case, "count") < Seen.THAT_IT_IS or case.state in way.done:
        return None
    now = clock_of(case, case.steps[-1].on, promise)
    if now.due_on is None:
        return None
    return {
        "kind": case.kind,
        "what": now.what,
        "technology": case.technology,
        "due_on": now.due_on.isoformat(),
    }


def _tallies(cases: Iterator[Case | New], promise: Promise) -> dict[str, dict[str, int]]:
    counted = [case for case in cases if seen(ANYBODY, case, "count") >= Seen.THAT_IT_IS]
    days = [span for case in counted if (span := _span(case, promise))]
    return {
        "state": Counter(case.state for case in counted),
        "outcome": Counter(case.outcome for case in counted if case.outcome),
        "language": Counter(case.language for case in counted),
        "days": Counter(days),
        "moderation": Counter(case.moderation for case in counted),
        "reached": Counter(state for case in counted for state in _reached(case)),
        "median": _medians(counted),
        "published": Counter(_published(case) for case in counted),
        "appeal": Counter(case.appeal.result or "waiting" for case in counted if case.appeal),
        "reason": Counter(case.reason for case in counted if case.moderation == "withheld"),
        "cut": Counter(case.cut_for for case in counted if case.moderation == "redacted"),
        "month": Counter(f"{case.moderated_on:%Y-%m}" for case in counted if was_shown(case)),
    }


def _published(case: Case | New) -> str:
    """How much anybody can read of a case: ``words``, ``summary`` or ``nothing``."""
    much = seen(ANYBODY, case, "page")
    return "words" if much >= Seen.WORDS else "summary" if much >= Seen.SUMMARY else "nothing"


def _span(case: Case | New, promise: Promise) -> str:
    """How long the first answer took, reckoned as the promise is; empty where there is none."""
    way, turns = WAYS[case.kind], [Turn(step.on, step.after) for step in case.steps]
    answers = (n for n, s in enumerate(case.steps) if s.move in way.answers and s.by == STAFF)
    first = next(answers, None)
    if first is None:
        return ""
    taken = spent(turns[: first + 1], promise, paused=way.paused)
    return next((name for most, name in DAYS if taken <= most), "41+")


def _reached(case: Case | New) -> set[str]:
    return {step.after for step in case.steps}


def _medians(cases: list[Case | New]) -> dict[str, int]:
    """The median of the days that cases stood in a state before they went on, where many did."""
    days: dict[str, list[int]] = {}
    for case in cases:
        for step, after in pairwise(case.steps):
            days.setdefault(step.after, []).append((after.on - step.on).days)
    return {state: round(median(n)) for state, n in days.items() if len(n) >= SMALLEST}


def answer_of(case: Case) -> Message | None:
    """The last answer that was given, as it was given."""
    moves = WAYS[case.kind].answers
    found = [m for m in case.messages if m.move in moves and not m.translates]
    return found[-1] if found else None
