"""Cases in each of their states, for the patterns page; all invented."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from wtforms import Field, Form, StringField

from ..assessments.moves import ACCEPTED, CONDITIONS
from ..cases.labels import SIDES
from ..cases.models import PublicText
from ..cases.promise import Clock
from ..cases.public import Assessed, PublicCase, PublicFile, PublicStep, Said
from ..cases.ready import ReadyAnswer
from ..cases.tallies import Figure, Row
from ..text import Text
from .samples import LONG, TODAY


class Told(NamedTuple):
    """A message, as a page shows it."""

    number: int
    by: str
    move: str
    language: str
    body: str
    translates: int = 0
    made: str = "original"
    on: object = TODAY


class Title(NamedTuple):
    """What a case is called at the desk."""

    words: str
    language: str


class Answered(NamedTuple):
    """What was answered in a case, as the desk shows it."""

    question: str
    lines: list[str]
    language: str


class Joined(NamedTuple):
    """Where a case that was joined to another is answered."""

    reference: str
    public: PublicCase | None
    is_answered: bool
    is_over: bool


SAID = Said("km", {"en": (f"A summary. {LONG}", "original"), "km": ("កាមេរ៉ានៅក្បែរផ្ទះ", "machine")})
CASES = [
    PublicCase(
        reference="7Q4K-2DDJ", kind="concern", language="km", received_on=TODAY,
        state="answered", outcome="changed", summary=SAID, words=SAID,
    ),
]  # fmt: skip
REFERRED = replace(
    CASES[0], state="waiting_third_party", outcome="", party=f"An office {LONG}",
    party_page="https://office.example/",
)  # fmt: skip
PITCHED = replace(CASES[0], kind="pitch", state="screening", outcome="")


def can_support(_case: PublicCase) -> bool:
    """That a pitch of the samples can be supported."""
    return True


ASSESSED = [
    Assessed(
        reference=reference, vendor=f"A vendor {LONG}", product="A product", technology="sample",
        state=state, outcome=outcome, decided_on=TODAY,
    )
    for reference, state, outcome in (
        ("3F3Q-8HHM", "decided", ACCEPTED), ("9W2N-5KKD", "expired", CONDITIONS)
    )
]  # fmt: skip
MESSAGES = [
    Told(1, "staff", "ask", "en", "Where does it stand?"),
    Told(2, "staff", "ask", "km", "វានៅទីណា?", translates=1, made="machine"),
    Told(3, "writer", "reply", "km", "នៅក្បែរផ្ទះ។\nថ្ងៃនេះ។"),
]
TEXTS = [
    PublicText(part=part, language=code, text=words, made=made)
    for part, code, words, made in (
        ("summary", "en", f"A summary. {LONG}", "original"),
        ("summary", "km", "កាមេរ៉ានៅក្បែរផ្ទះ", "machine"),
        ("words", "km", "វានៅក្បែរផ្ទះ។\nថ្ងៃនេះ។", "original"),
    )
]
TITLE = Title("ចំណតរថយន្តក្រុងត្រជាក់", "km")
ANSWERED = [
    Answered("What is your idea?", ["រាប់អ្នករង់ចាំ។\nពេលក្តៅ។"], "km"),
    Answered("Which areas would it help?", ["Climate", LONG], "en"),
]
JOINED = [
    Joined("7Q4K-2DDJ", replace(CASES[0], answer=SAID), is_answered=True, is_over=False),
    Joined("7Q4K-2DDJ", None, is_answered=False, is_over=True),
    Joined("7Q4K-2DDJ", None, is_answered=True, is_over=False),
    Joined("7Q4K-2DDJ", None, is_answered=False, is_over=False),
]
CLOCKS = [
    Clock("done", None, 0), Clock("answer", None, 3), Clock("acknowledge", TODAY, 3),
    Clock("answer", TODAY, 12), Clock("answer", TODAY, -4),
]  # fmt: skip
STEPS = (
    PublicStep(TODAY, "submitted"),
    PublicStep(TODAY, "returned"),
    PublicStep(TODAY, "submitted", is_revised=True),
)
_LONG = Text({"en": LONG})
PAPER = PublicFile("a.pdf", 0, 0, False, Said("en", {"en": (LONG, "original")}))  # noqa: FBT003
PHOTO = PublicFile("a.jpg", 600, 400, True, Said("en", {"en": (LONG, "original")}))  # noqa: FBT003


class Covered(Form):
    """The numbers of a part of a photo; the last is wrong."""

    x_0, y_0 = StringField(SIDES["x"]), StringField(SIDES["y"])
    width_0, height_0 = StringField(SIDES["width"]), StringField(SIDES["height"])


def covered() -> list[Field]:
    """The fields of such a part."""
    form = Covered(data={"x_0": "25", "y_0": "12.5", "width_0": "30", "height_0": "x"})
    form.height_0.errors = [LONG]
    return list(form)


READY = {
    "one": ReadyAnswer(id="one", title=Text({"en": "A ready answer"}), text=_LONG, example=True),
    "other": ReadyAnswer(id="other", title=_LONG, text=_LONG),
}
FIGURES = [Figure("sample", "A count", (Row("One", 40), Row(LONG, None)))]


class Enclosed(NamedTuple):
    """A file that was sent, as far as the desk tells of it without opening it."""

    media_type: str
    purpose: str


ENCLOSED = (
    Enclosed("application/pdf", "public_annex"), Enclosed("image/jpeg", "annex"),
)  # fmt: skip
