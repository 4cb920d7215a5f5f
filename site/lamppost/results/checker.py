"""Judges a release of results by what is public of it alone, as somebody would who wants to know.

It imports nothing of what made the release, and takes every number only for what a reader can make
of it: a count that was rounded to five is one of five numbers. For each hidden count it reckons the
lowest and the highest that it can be; where these lie too close together, the release may not be.
Two releases are judged together: what one hides, the difference to the other may show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

THRESHOLD = 10
ROUNDED_TO = 5
NARROWEST = THRESHOLD - 1
NEW_RESPONSES = 50
MOST_HIDDEN = 10
"""Hidden choices of one question of which every combination is tried."""

_SLACK = ROUNDED_TO // 2
_FAR = 10**9
_SURE_OF_TEN = 15
"""Two rounded counts that differ by as much differ by ten people at least."""

_SURE_AFTER_FEW = 25
"""So many after nine at most are ten people more at least."""

Table = Mapping[str, Any]


class Leak(NamedTuple):
    """What is wrong with a release: in which table, and what."""

    table: str
    told: str

    def __str__(self) -> str:
        return f"{self.table}: {self.told}"


def leaks(release: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[Leak]:
    """All that a release gives away, also to who has the release before; nothing is as it must be.

    Both are the public payloads: what JSON holds. Whatever a release holds, it is judged.
    """
    try:
        return [*_alone(release), *(_between(release, before) if before is not None else ())]
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        return [Leak("(release)", f"it cannot be read: {type(error).__name__} {error}")]


def tables(release: Mapping[str, Any]) -> dict[str, Table]:
    """All tables of a release by their keys."""
    return {one["key"]: one for one in (*release["about"], *release["questions"])}


# --- a release by itself ------------------------------------------------------------------------


def _alone(release: Mapping[str, Any]) -> Iterator[Leak]:
    found = tables(release)
    if not found:
        yield Leak("(release)", "it holds no table")
    if len(found) < len(release["about"]) + len(release["questions"]):
        yield Leak("(release)", "a key that stands there twice")
    responses = release["responses"]
    if responses is not None and (responses < THRESHOLD or responses % ROUNDED_TO):
        yield Leak("(release)", f"the {responses} responses are not rounded to five, or too few")
    for table in found.values():
        yield from _table(table)
        yield from _after(table, found)


def _table(table: Table) -> Iterator[Leak]:
    """What one table gives away."""
    key, state, cells = table["key"], table["state"], table["cells"]
    if state not in ("shown", "few", "withheld"):
        yield Leak(key, f"the state {state!r} is none")
    if state != "shown":
        has_number = any(
            table.get(name) is not None for name in ("base", "together", "mean_tenths")
        )
        if cells or has_number or table.get("quotes"):
            yield Leak(key, "it is not shown, and holds something all the same")
        return
    yield from _numbers(table)
    if table["kind"] == "one":
        yield from _one(table)
    elif table["kind"] == "open":
        yield from _open(table)
    elif table["kind"] == "several":
        yield from _several(table)
    elif table["kind"] == "themes":
        yield from _themes(table)
    else:
        yield Leak(key, f"tables of the kind {table['kind']!r} cannot be judged")


def _after(table: Table, found: Mapping[str, Table]) -> Iterator[Leak]:
    """How many were asked tells how many answered what decides it."""
    for key in table["after"] if table["state"] != "withheld" else ():
        decides = found.get(key)
        if decides is None or decides["state"] != "shown" or _hidden(decides):
            told = f"it was asked only of some, and {key}, which decides of whom, is hidden in part"
            yield Leak(table["key"], told)


def _numbers(table: Table) -> Iterator[Leak]:
    """What is true of every number that is shown."""
    key, base, together = table["key"], table["base"], table.get("together")
    if not _is_number(base) or base < THRESHOLD:
        yield Leak(key, f"the base {base} is not rounded to five, or too small")
        return
    for cell in table["cells"]:
        count = cell["count"]
        if count is None:
            if cell["percent"] is not None:
                yield Leak(key, f"{cell['key']} is hidden, and its share is not")
        elif not _is_number(count) or count < THRESHOLD:
            yield Leak(key, f"{cell['key']}: {count} is not rounded to five, or too small")
        elif cell["percent"] != (200 * count + base) // (2 * base):
            yield Leak(key, f"{cell['key']}: {cell['percent']} % is not {count} of {base}")
    if together is not None and (not _is_number(together) or together < THRESHOLD):
        yield Leak(key, f"hidden together: {together} is not rounded to five, or too small")
    if table.get("mean_tenths") is not None and (_hidden(table) or table["kind"] != "one"):
        yield Leak(key, "a mean stands beside hidden counts")


def _is_number(count: Any) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and count % ROUNDED_TO == 0


def _hidden(table: Table) -> bool:
    return table.get("together") is not None or any(c["count"] is None for c in table["cells"])


def _one(table: Table) -> Iterator[Leak]:
    """Everybody gave one of these answers: they and the base make one sum."""
    key, hidden = table["key"], [c["key"] for c in table["cells"] if c["count"] is None]
    if not hidden:
        if table.get("together") is not None:
            yield Leak(key, "nothing is hidden, and yet there is a number of it")
        elif not _adds_up(table, 0, 0):
            yield Leak(key, "the counts and the base contradict each other")
        return
    if len(hidden) < 2 or table.get("together") is None:  # noqa: PLR2004 - what is left over
        yield Leak(key, f"{', '.join(hidden)} is what is left over")
        return
    found = ranges(table)
    if found is None:
        yield Leak(key, "the counts and the base contradict each other")
        return
    for name, (least, most) in found.items():
        yield from _narrow(key, name, least, most)


def _narrow(key: str, name: str, least: int, most: int) -> Iterator[Leak]:
    if least == most:
        yield Leak(key, f"{name} is hidden and must be {least}")
    elif most - least < NARROWEST:
        yield Leak(key, f"{name} is hidden and must be between {least} and {most}")


def _adds_up(table: Table, least: int, most: int) -> bool:
    """Whether the shown counts, and so many hidden ones, can make the base."""
    shown = [_of(cell["count"]) for cell in table["cells"] if cell["count"] is not None]
    low, high = (sum(bound[n] for bound in shown) for n in (0, 1))
    return bool(low + least <= table["base"] + _SLACK and high + most >= table["base"] - _SLACK)


def _of(count: int | None) -> tuple[int, int]:
    """What a count can be by itself: a hidden one anything, but no small one is shown."""
    if count is None:
        return 0, _FAR
    return max(THRESHOLD, count - _SLACK), count + _SLACK


def ranges(
    table: Table,
    least: Mapping[str, int] | None = None,
    most: Mapping[str, int] | None = None,
) -> dict[str, tuple[int, int]] | None:
    """The lowest and highest that each hidden count can be; None where nothing can be true.

    ``least`` and ``most`` hold what is known of counts from elsewhere. A reader knows how they were
    chosen: one of them at least is small, and none is greater than any that is shown.
    """
    bounds = {
        cell["key"]: (
            max(_of(cell["count"])[0], (least or {}).get(cell["key"], 0)),
            min(_of(cell["count"])[1], (most or {}).get(cell["key"], _FAR)),
        )
        for cell in table["cells"]
    }
    shown = [bounds[cell["key"]] for cell in table["cells"] if cell["count"] is not None]
    hidden = {c["key"]: bounds[c["key"]] for c in table["cells"] if c["count"] is None}
    low, high = (sum(bound[n] for bound in shown) for n in (0, 1))
    found: dict[str, tuple[int, int]] = {}
    for together in range(max(0, table["together"] - _SLACK), table["together"] + _SLACK + 1):
        least_base, most_base = (table["base"] + d - together for d in (-_SLACK, _SLACK))
        if low > most_base or high < least_base:
            continue
        top = _least_shown(shown, most_base)
        for small in hidden:
            box = {
                k: (b[0], min(b[1], NARROWEST if k == small else top)) for k, b in hidden.items()
            }
            for name, bound in _sharing(box, together).items():
                before = found.get(name, bound)
                found[name] = (min(before[0], bound[0]), max(before[1], bound[1]))
    return found or None


def _least_shown(shown: Sequence[tuple[int, int]], most: int) -> int:
    """The highest that the smallest shown count can be, where all of them are ``most`` at most."""
    top = min((bound[1] for bound in shown), default=_FAR)
    while top > THRESHOLD and sum(max(bound[0], top) for bound in shown) > most:
        top -= 1
    return top


def _sharing(box: Mapping[str, tuple[int, int]], together: int) -> dict[str, tuple[int, int]]:
    """What each of these counts can be when all of them make a sum; nothing where they cannot."""
    low, high = (sum(bound[n] for bound in box.values()) for n in (0, 1))
    if any(least > most for least, most in box.values()) or not low <= together <= high:
        return {}
    return {
        name: (max(least, together - high + most), min(most, together - low + least))
        for name, (least, most) in box.items()
    }


def _open(table: Table) -> Iterator[Leak]:
    """Answers that are named by what is shown alone; nobody knows how many others there are."""
    key, together = table["key"], table.get("together")
    if any(cell["count"] is None for cell in table["cells"]):
        yield Leak(key, "it names answers that are hidden")
    if together is None:
        yield Leak(key, "there is no rest, so nobody has answered anything else")
    elif not _adds_up(table, together - _SLACK, together + _SLACK):
        yield Leak(key, "the counts and the base contradict each other")


def _themes(table: Table) -> Iterator[Leak]:
    """Themes of texts: each is told where enough have it, and enough have not."""
    for cell in table["cells"]:
        if cell["count"] is None:
            yield Leak(table["key"], "it names a theme that is hidden")
        elif cell["count"] - _SLACK > table["base"] + _SLACK - THRESHOLD:
            yield Leak(table["key"], f"{cell['key']}: fewer than ten did not write of it")


# --- questions with any number of answers -------------------------------------------------------


def _several(table: Table) -> Iterator[Leak]:
    """Each answer is a yes or no of its own, but how many one could give ties them together."""
    key, cells = table["key"], table["cells"]
    hidden = [cell["key"] for cell in cells if cell["count"] is None]
    if table.get("together") is not None:
        yield Leak(key, "answers that go together have no sum")
    for cell in cells:
        count = cell["count"]
        if count is not None and count - _SLACK > table["base"] + _SLACK - THRESHOLD:
            yield Leak(key, f"{cell['key']}: fewer than ten have not chosen it")
    if len(hidden) > MOST_HIDDEN:
        yield Leak(key, f"more than {MOST_HIDDEN} answers are hidden")
        return
    ends = _ends(table, hidden)
    if ends is None:
        yield Leak(key, "the counts and the base contradict each other")
        return
    for (name, _is_high), (least, most) in ends.items():
        yield from _narrow(key, name, least, most)


def _ends(table: Table, hidden: Sequence[str]) -> dict[tuple[str, bool], tuple[int, int]] | None:
    """What each hidden answer can be where few have chosen it, and where nearly all have.

    None where nothing can be true.
    """
    found: dict[tuple[str, bool], tuple[int, int]] = {}
    low, high = table["base"] - _SLACK, table["base"] + _SLACK
    possible = False
    for pieces in product((False, True), repeat=len(hidden)):
        is_high = dict(zip(hidden, pieces, strict=True))
        # The base ties the answers together, so each that it can be is looked at by itself.
        for base in range(max(THRESHOLD, low), high + 1):
            box = _settled(table, is_high, base)
            if box is None:
                continue
            possible = True
            for name in hidden:
                end = (name, is_high[name])
                least, most = box[name]
                before = found.get(end, (least, most))
                found[end] = (min(before[0], least), max(before[1], most))
    return found if possible else None


def _settled(
    table: Table, is_high: Mapping[str, bool], base: int
) -> dict[str, tuple[int, int]] | None:
    """What each answer can be with this base and these pieces; None where nothing can."""
    box: dict[str, tuple[int, int]] = {}
    for cell in table["cells"]:
        name, count = cell["key"], cell["count"]
        if count is not None:
            least, most = _of(count)
            most = min(most, base - THRESHOLD)
        elif is_high[name]:
            least, most = max(THRESHOLD, base - NARROWEST), base
        else:
            least, most = 0, NARROWEST
        box[name] = (least, most)
    choose = table["choose"]
    alone = [name for name in box if name in choose["alone"]]
    free = [name for name in box if name not in choose["alone"]]
    while True:
        narrower = _narrower(box, alone, free, choose, base)
        if any(least > most for least, most in narrower.values()):
            return None
        if narrower == box:
            return box
        box = narrower


def _narrower(
    box: Mapping[str, tuple[int, int]],
    alone: Sequence[str],
    free: Sequence[str],
    choose: Mapping[str, Any],
    base: int,
) -> dict[str, tuple[int, int]]:
    """One round of what each answer can be, given all others.

    Who chose one that stands alone chose nothing else; everybody else chose from ``least`` to
    ``most`` of the others.
    """
    least, most = choose["least"], min(choose["most"], len(free)) if free else 0
    alone_low = sum(box[name][0] for name in alone)
    alone_high = sum(box[name][1] for name in alone)
    free_low, free_high = (sum(box[name][n] for name in free) for n in (0, 1))
    found = dict(box)
    for name in free:
        low, high = box[name]
        others_low, others_high = free_low - low, free_high - high
        high = min(high, base - alone_low, most * (base - alone_low) - others_low)
        low = max(low, least * (base - min(base, alone_high)) - others_high)
        found[name] = (low, high)
    greatest = max([found[name][0] for name in free], default=0)
    fewest = base - free_high // least
    many = min(base - greatest, base - -(-free_low // most) if most else base)
    for name in alone:
        low, high = box[name]
        high = min(high, many - alone_low + low)
        low = max(low, fewest - alone_high + box[name][1])
        found[name] = (low, high)
    return found


# --- a release and the one before ---------------------------------------------------------------


def _between(release: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Leak]:
    """What the difference of two releases gives away: it is a table of the people in between."""
    now, then = tables(release), tables(before)
    grown = (release["responses"] or 0) - (before["responses"] or 0)
    if grown and not 0 < NEW_RESPONSES <= grown:
        yield Leak("(release)", f"{grown} responses more than before, and not {NEW_RESPONSES}")
    for key in now.keys() & then.keys():
        new, old = now[key], then[key]
        if _same(new, old):
            if grown and new["state"] == "shown" and new.get("carried") is None:
                yield Leak(key, "it is as it was, and does not say that it is from before")
        elif new.get("carried") is not None:
            yield Leak(key, "it says that it is from before, and is not as it was")
        elif new["state"] == old["state"] == "shown":
            yield from _differing(new, old)
        elif (new["state"], old["state"]) == ("shown", "few") and new["base"] < _SURE_AFTER_FEW:
            yield Leak(key, "fewer than ten answers may have come since the release before")


def _same(new: Table, old: Table) -> bool:
    names = ("state", "base", "together", "mean_tenths")
    counts = ([(c["key"], c["count"]) for c in table["cells"]] for table in (new, old))
    first, second = counts
    return first == second and all(new.get(name) == old.get(name) for name in names)


def _differing(new: Table, old: Table) -> Iterator[Leak]:
    """Two tables that are both shown: what was shown twice must differ by ten, or be as it was."""
    key = new["key"]
    then = {cell["key"]: cell["count"] for cell in old["cells"]}
    now = {cell["key"]: cell["count"] for cell in new["cells"]}
    for name in now.keys() & then.keys():
        if now[name] is not None and then[name] is not None:
            yield from _ten_more(key, name, now[name], then[name])
    yield from _ten_more(key, "the base", new["base"], old["base"])
    hidden, was_hidden = ({n for n, c in one.items() if c is None} for one in (now, then))
    together, were = new.get("together"), old.get("together")
    if hidden == was_hidden and together is not None and were is not None:
        yield from _ten_more(key, "hidden together", together, were)
    if new["kind"] != "one":
        if hidden != was_hidden or now.keys() != then.keys():
            yield Leak(key, "other answers are hidden than before")
        return
    if hidden - was_hidden or was_hidden - hidden:
        yield from _seen_through(new, old)


def _ten_more(key: str, name: str, now: int, then: int) -> Iterator[Leak]:
    if now - then < _SURE_OF_TEN:
        yield Leak(key, f"{name}: {then} before and {now} now, fewer than ten people in between")


def _seen_through(new: Table, old: Table) -> Iterator[Leak]:
    """Counts only grow: what was shown then is a bound now, and what is shown now was one then."""
    shown_then = {c["key"]: _of(c["count"]) for c in old["cells"] if c["count"] is not None}
    shown_now = {c["key"]: _of(c["count"]) for c in new["cells"] if c["count"] is not None}
    pairs = (
        (new, {key: bound[0] for key, bound in shown_then.items()}, None),
        (old, None, {key: bound[1] for key, bound in shown_now.items()}),
    )
    for table, least, most in pairs:
        if table.get("together") is None:
            continue
        found = ranges(table, least, most)
        if found is None:
            yield Leak(table["key"], "it and the release before contradict each other")
            continue
        for name, (low, high) in found.items():
            yield from _narrow(table["key"], name, low, high)
