"""Texts sorted into themes by two people, and what of it is told."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from lamppost import db
from lamppost.answering.world import world_of
from lamppost.i18n import languages
from lamppost.questions.answers import Answers
from lamppost.results.checker import tables
from lamppost.results.compose import compose
from lamppost.results.load import trial
from lamppost.results.queries import gathered
from lamppost.results.themes import Agreement, agreement, themed
from lamppost.surveys.responses import keep
from lamppost.text import Text

SURVEY = "technology-and-privacy"
HERE = f"/en/desk/surveys/{SURVEY}/results/texts/more/"
THEMES = {"a": Text({"en": "A"}), "b": Text({"en": "B"})}


def codes(*given: str):
    return {bytes([n]): frozenset(keys) for n, keys in enumerate(given)}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (codes("a", "b"), codes("a", "b"), Agreement(100, 1.0)),
        (codes("a", "b"), codes("b", "a"), Agreement(0, -1.0)),
        (codes("", ""), codes("", ""), Agreement(100, None)),
        (codes("a", "a", "b", ""), codes("a", "b", "b", ""), Agreement(75, 7 / 15)),
        (codes(), codes("a"), None),
    ],
)
def test_agreement_is_told_in_per_cent_and_beyond_chance(first, second, found):
    told = agreement(first, second, THEMES)
    if found is None or found.kappa is None:
        assert told == found
    else:
        assert told.percent == found.percent
        assert told.kappa == pytest.approx(found.kappa)


@pytest.fixture
def planted(desk, answered):
    """Fourteen texts, of which twelve are about signs."""
    with desk.test_request_context("/"):
        answered(desk.extensions["published"].content, {"yes": 28, "no": 12})
    return desk


def add(client, name: str, **more: str):
    sent = {f"name-{code}": name for code in ("en", "es", "km", "tl")}
    return client.post(f"{HERE}themes/", data={**sent, **more})


def code_all(client, does: str, about) -> list[str]:
    """Code all texts that wait, page by page; the texts in the order in which they were shown."""
    seen = []
    while True:
        page = client.get(HERE).text
        found = re.findall(r"<bdi>(.*?)</bdi>.*?name=\"text\" value=\"(\w+)\"", page, re.DOTALL)
        if f'value="{does}"' not in page or not found:
            return seen
        data = {"do": does, "text": [name for _, name in found]}
        data |= {f"themes-{name}": about(words) for words, name in found}
        assert client.post(HERE, data=data).status_code == 303
        seen += [words for words, _ in found]


def right(words) -> str:
    return "theme-1" if "yes" in words else "theme-2"


def test_two_people_code_apart_and_a_third_decides_where_they_differ(planted, sign_in):
    first, second = (sign_in("moderator", email=f"{n}@staff.example") for n in "ab")
    third = sign_in("reviewer")
    for name in ("Signs", "Else"):
        assert add(first, name).status_code == 303

    orders = [code_all(first, "code", right)]
    assert "Cohen" not in second.get(HERE).text
    assert add(second, "Late").status_code == 422
    orders.append(code_all(second, "code", lambda words: "theme-1"))  # noqa: ARG005
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]
    assert len(orders[0]) == 40
    page = third.get(HERE).text
    assert "Two people agree in 70 % of all decisions." in page
    with planted.test_request_context("/"):
        assert themed(planted.extensions["published"].content.surveys[SURVEY]) == {}
    assert len(code_all(third, "decide", right)) == 12
    with planted.test_request_context("/"):
        content = planted.extensions["published"].content
        survey = content.surveys[SURVEY]
        payload = compose(survey, content, gathered(SURVEY), themed(survey), today=content.as_of)
    cells = {cell["text"]["en"]: cell["count"] for cell in tables(payload)["more"]["cells"]}
    assert cells == {"Signs": 30, "Else": 10}


def test_words_are_quoted_that_their_writer_allowed_and_a_moderator_cleared(planted, sign_in):
    words = {"call 562-555-0100": False, "More\nsigns": True, "Less <b>noise</b>": None}
    with planted.test_request_context("/"):
        content = planted.extensions["published"].content
        survey = content.surveys[SURVEY]
        for said in words:
            sent = {"more": [said], "more.quote": ["yes"]}
            answers = Answers(survey.sections, sent, world_of(content))
            keep(survey, answers, "es", mode="web", today=content.as_of)
        db.sessions().commit()
    moderator, other = (sign_in("moderator", email=f"{n}@staff.example") for n in "ab")
    for name in ("Signs", "Else"):
        add(moderator, name)
    for one in (moderator, other):
        code_all(one, "code", right)
    page = BeautifulSoup(moderator.get(HERE).text, "html.parser")
    labels = {label.bdi.text: label for label in page.select('label[for^="quote-"]')}
    assert sorted(labels) == sorted(" ".join(said.split()) for said in words)
    assert "562-555-0100" in labels["call 562-555-0100"].text.partition("about a person:")[2]
    names = {said: label["for"].removeprefix("quote-") for said, label in labels.items()}
    looked_at = [names["More signs"], names["call 562-555-0100"]]
    sent = {"text": looked_at, "quote": [names["More signs"], names["Less <b>noise</b>"]]}
    assert sign_in("reviewer").post(f"{HERE}quotes/", data=sent).status_code == 403
    assert moderator.post(f"{HERE}quotes/", data=sent).status_code == 303
    with planted.test_request_context("/"):
        payload = compose(survey, content, gathered(SURVEY), themed(survey), today=content.as_of)
        release = trial(payload, tuple(languages()))
    assert tables(payload)["more"]["quotes"] == [{"language": "es", "words": "More signs"}]
    assert [quote.words for table in release.tables for quote in table.quotes] == ["More signs"]


def test_a_theme_has_a_name_in_every_language(planted, sign_in):  # noqa: ARG001
    moderator = sign_in("moderator")
    for name, more in (("", {}), ("x" * 81, {}), ("x", {"name-km": ""})):
        assert add(moderator, name, **more).status_code == 422


@pytest.mark.parametrize("question", ["seen_sign", "gone"])
def test_what_is_no_text_is_not_coded(sign_in, question):
    assert sign_in("moderator").get(HERE.replace("more", question)).status_code == 404


def test_texts_that_are_not_ones_own_to_code_are_left_alone(planted, sign_in):  # noqa: ARG001
    moderator = sign_in("moderator")
    add(moderator, "Signs")
    for sent in ({"text": ["zz", "00" * 16]}, {"do": "decide", "text": ["00" * 16]}, {}):
        assert moderator.post(HERE, data=sent).status_code == 303
    assert "40 texts wait for you" in moderator.get(HERE).text
