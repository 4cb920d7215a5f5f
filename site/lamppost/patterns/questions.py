"""A question of each kind, in each of its states, and a survey around them; all invented."""

from __future__ import annotations

from datetime import date

from ..questions.answers import Answers
from ..questions.choosing import (
    Consent,
    Matrix,
    Multiple,
    Offer,
    Place,
    Ranking,
    Scale,
    Single,
)
from ..questions.conditions import Condition, parsed
from ..questions.enclosed import Contact, File, Kept
from ..questions.kinds import Section
from ..questions.models import Question, Sent, World
from ..questions.written import Date, LongText, Note, ShortText, WholeNumber
from ..surveys.definitions import Method, Survey
from ..surveys.printed import PaperQuestion, on_paper
from ..text import Text
from .samples import LONG, PLACES, TECHNOLOGY, TODAY


def _text(words: str) -> Text:
    return Text({"en": words})


def _when(words: str) -> Condition:
    return Condition(words, parsed(words))


_OFFERS = (Offer(key="a", text=_text("The first")), Offer(key="b", text=_text(LONG)))
_HINT = _text("A hint")


def _questions(state: str) -> tuple[Question, ...]:
    return (
        Note(key=f"{state}_note", text=_text("Words between the questions")),
        Single(key=f"{state}_single", text=_text("One of a few"), hint=_HINT, required=True,
               choices=_OFFERS, other=_text("Something else")),
        ShortText(key=f"{state}_sooner", text=_text("Asked with the second of the few"),
                  show_if=_when(f"${{{state}_single}} = 'b'")),
        Multiple(key=f"{state}_multiple", text=_text("Any of a few"), required=True,
                 choices=_OFFERS),
        Scale(key=f"{state}_scale", text=_text("A point of a scale"), required=True,
              points=(_text("Low"), _text("High")), no_opinion=_text("I cannot say")),
        Ranking(key=f"{state}_ranking", text=_text("An order"), hint=_HINT, required=True,
                choices=_OFFERS),
        ShortText(key=f"{state}_short", text=_text("A line"), required=True),
        LongText(key=f"{state}_long", text=_text("Several lines"), hint=_HINT, required=True),
        WholeNumber(key=f"{state}_number", text=_text("A number"), required=True, most=9),
        Date(key=f"{state}_date", text=_text("A date"), required=True),
        Place(key=f"{state}_place", text=_text("One of a list"), required=True),
        Matrix(key=f"{state}_matrix", text=_text("One for each row"), required=True,
               rows=_OFFERS, choices=_OFFERS),
        Consent(key=f"{state}_consent", text=_text("I have read it"), required=True),
        Contact(key=f"{state}_contact", text=_text("How we can reach you"), required=True),
        File(key=f"{state}_file", text=_text("Files"), required=True, most=2),
    )  # fmt: skip


_SENT: Sent = {
    "filled_single": ["b"], "filled_multiple": ["a", "b"], "filled_scale": ["2"],
    "filled_ranking.a": ["2"], "filled_ranking.b": ["1"], "filled_short": ["Pine Ave"],
    "filled_long": ["Two\nlines"], "filled_number": ["7"], "filled_date.month": ["2"],
    "filled_date.day": ["29"], "filled_date.year": ["2024"], "filled_place": ["sample-quarter"],
    "filled_matrix.a": ["a"], "filled_matrix.b": ["b"], "filled_consent": ["yes"],
    "filled_contact.name": ["Somebody"], "filled_contact.email": ["a@example.org"],
    "filled_contact.language": ["km"],
    "filled_file": [Kept("00", "a picture.jpg", "image/jpeg", 120_000).written()],
    "wrong_number": ["12"], "wrong_date.month": ["2"],
}  # fmt: skip
_STATES = ("bare", "filled", "wrong")
_SECTIONS = tuple(
    Section(title=_text(state), intro=_HINT, questions=_questions(state)) for state in _STATES
)
_PLACES = {id_: place.name for id_, place in PLACES.items()}
_WORLD = World(today=TODAY, places=_PLACES, sends_texts=True, sends_mail=True)
_WHEN = _when("${filled_single} = 'a'")

ANSWERS = Answers(_SECTIONS, _SENT, _WORLD)


def asked() -> dict[str, object]:
    """A section of all questions in each of its states, in the language that is spoken now."""
    return {
        state: ANSWERS.section(number, tell=state == "wrong")
        for number, state in enumerate(_STATES, 1)
    }


def _survey(id_: str, **more: object) -> Survey:
    return Survey(
        id=id_,
        title=_text("A survey"),
        summary=_text("What it asks, in a sentence."),
        contact="sample-office",
        card=TECHNOLOGY,
        **more,  # type: ignore[arg-type]
    )


_METHOD = Method(
    sponsor="sample-office",
    purpose=_text("What the answers are for."),
    population=_text("Anybody."),
    invitation=_text("By links."),
    limits=_text("They speak for those who answered."),
)
SURVEYS = (
    _survey("sample-open", state="open", opens_on=TODAY, example=True, method=_METHOD),
    _survey("sample-ends", state="open", opens_on=TODAY, closes_on=date(2030, 1, 1)),
    _survey("sample-to-come", state="open", opens_on=date(2030, 1, 1)),
    _survey("sample-closed", state="closed", opens_on=TODAY),
)
PRINTED = Answers(
    (
        Section(
            title=_text("A section"),
            intro=_HINT,
            questions=(
                *_questions("printed"),
                ShortText(key="printed_some", text=_text("Asked of some"), show_if=_WHEN),
            ),
        ),
    ),
    {},
    _WORLD,
)


def paper() -> list[PaperQuestion]:
    """The same on paper."""
    return on_paper(PRINTED.sections, _WORLD)[0].questions


class _Form:
    """A form whose pages are all this one."""

    @staticmethod
    def view(_name: str, **_values: object) -> str:
        return "/survey/"


FORM = _Form()
