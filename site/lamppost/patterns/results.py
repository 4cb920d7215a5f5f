"""Results with a table in each of its states; all invented."""

from __future__ import annotations

from ..results import labels
from ..results.load import Done, Results
from ..results.release import Cell, Quote, Release, Table
from ..text import Text
from .samples import LONG, TODAY


def _text(words: str) -> Text:
    return Text({"en": words})


_HIDDEN = (
    Cell(key="a", text=_text("The first"), count=60, percent=63),
    Cell(key="b", text=_text(LONG)),
    Cell(key="c", text=_text("The third")),
)
_WHOLE = (
    Cell(key="1", text=_text("Low"), count=30, percent=60),
    Cell(key="2", text=_text("High"), count=20, percent=40),
)
TABLES = (
    Table(key="pattern-hidden", state="shown", text=_text("A question"), base=95, cells=_HIDDEN,
          together=35, after=("pattern-whole",), carried=1),
    Table(key="pattern-whole", state="shown", text=_text(LONG), row=_text("A row"), base=50,
          cells=_WHOLE, mean_tenths=14),
    Table(key="pattern-first", state="shown", text=_text("An order"), base=50, cells=_WHOLE,
          first_place=True),
    Table(key="pattern-several", kind="several", state="shown", text=_text("Any of a few"),
          base=50, cells=_WHOLE),
    Table(key="pattern-open", kind="open", state="shown", text=_text("ZIP code"), base=70,
          cells=(Cell(key="90802", count=40, percent=57),), together=30),
    Table(key="pattern-themes", kind="themes", state="shown", text=_text("What people wrote"),
          base=50, cells=_WHOLE, quotes=(Quote(words=LONG), Quote(language="km", words="ស្លាក"))),
    Table(key="pattern-few", text=_text("Few")),
    Table(key="pattern-withheld", state="withheld", text=_text("Withheld")),
)  # fmt: skip
RELEASE = Release(
    survey="sample-closed", counted_on=TODAY, title=_text("A survey"), interim=True,
    opened_on=TODAY, closed_on=TODAY, sponsor=_text("An office"), purpose=_text("A purpose."),
    languages=("en", "km"), modes=("web", "paper"), responses=95, detached_dropped=True,
    about=(Table(key="by-mode", state="shown", base=95, cells=(
        Cell(key="web", count=50, percent=53), Cell(key="paper", count=45, percent=47))),),
    questions=TABLES,
)  # fmt: skip
DONE = (
    Done(day=TODAY, text=_text(LONG)),
    Done(day=TODAY, text=_text("A change."), technology="sample-everything"),
)
RESULTS = {"sample-closed": Results((RELEASE,), DONE)}
NONE = Release(survey="sample-few", counted_on=TODAY, title=_text("A survey"))
LABELS = labels
