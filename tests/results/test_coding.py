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
from lamppost.staff import audit
from lamppost.surveys.responses import keep
from lamppost.text import Text

SURVEY = "technology-and-privacy"
HERE = f"/en/desk/surveys/{SURVEY}/results/texts/more/"
TEXT = re.compile(r'<bdi>(.*?)</bdi>.*?name="text" value="(\w+)"', re.DOTALL)
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
        found = TEXT.findall(page)
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


def theme(client, number: int, deed: str = "", **sent: str):
    return client.post(f"{HERE}themes/theme-{number}/{deed}", data=sent)


def names(name: str) -> dict[str, str]:
    return {f"name-{code}": name for code in languages()}


def themes_told(desk) -> dict[str, int]:
    """How often each theme was given, as a release would tell it before it rounds."""
    with desk.test_request_context("/"):
        found = themed(desk.extensions["published"].content.surveys[SURVEY])
    return {found["more"].names[key].languages["km"]: n for key, n in found["more"].counts.items()}


def test_a_theme_is_renamed_and_keeps_its_texts(planted, sign_in):
    moderator, other = sign_in("moderator"), sign_in("reviewer")
    for name in ("Sings", "Else"):
        add(moderator, name)
    for one in (moderator, other):
        code_all(one, "code", right)
    assert theme(moderator, 1, **names("Signs")).status_code == 303
    assert themes_told(planted) == {"Signs": 28, "Else": 12}
    for wrong in (names(""), names("x" * 81), {**names("Signs"), "name-tl": ""}, {}):
        answer = theme(moderator, 2, **wrong)
        assert answer.status_code == 422
        assert f'value="{wrong.get("name-en", "")}"' in answer.text
    assert themes_told(planted) == {"Signs": 28, "Else": 12}


def test_a_theme_that_nobody_uses_is_removed_and_its_key_is_no_others(planted, sign_in):  # noqa: ARG001
    moderator = sign_in("moderator")
    for name in ("Signs", "Else"):
        add(moderator, name)
    page = moderator.get(HERE).text
    assert theme(moderator, 2, "remove/").status_code == 303
    add(moderator, "Parks")
    assert list(theme_links(moderator)) == ["Signs", "Parks"]
    assert moderator.get(f"{HERE}themes/theme-2/").status_code == 404

    one = re.findall(r'name="text" value="(\w+)"', page)[0]
    answer = moderator.post(HERE, data={"text": one, f"themes-{one}": ["theme-1", "theme-2"]})
    assert answer.status_code == 422
    form = BeautifulSoup(answer.text, "html.parser")
    ticked = [box["id"] for box in form.select('input[type="checkbox"][checked]')]
    assert ticked == [f"{one}-theme-1"]
    assert "40 texts wait for you" in answer.text


def theme_links(client) -> dict[str, str]:
    """The themes that can be changed, with the addresses of their pages."""
    page = BeautifulSoup(client.get(HERE).text, "html.parser")
    return {link.text.strip(): link["href"] for link in page.select('main a[href*="/themes/"]')}


def test_themes_are_merged_and_no_text_is_counted_twice(planted, sign_in):
    moderator, other = sign_in("moderator"), sign_in("reviewer")
    for name in ("Signs", "Boards", "Else", "Unused"):
        add(moderator, name)

    def both(words) -> list[str]:
        return ["theme-1", "theme-2"] if "yes" in words else ["theme-3"]

    code_all(moderator, "code", both)
    code_all(other, "code", lambda words: both(words)[-1])
    assert "Two people do not agree" in moderator.get(HERE).text
    for into in ("", "theme-2", "theme-9"):
        assert theme(moderator, 2, "remove/", into=into).status_code == 422
    assert theme(moderator, 2, "remove/", into="theme-1").status_code == 303
    assert "No text waits for you." in moderator.get(HERE).text
    assert "Two people agree in 100 %" in moderator.get(HERE).text
    assert themes_told(planted) == {"Signs": 28, "Else": 12, "Unused": 0}

    assert theme(moderator, 1, "remove/", into="theme-3").status_code == 303
    assert themes_told(planted) == {"Else": 40, "Unused": 0}
    assert theme(moderator, 3, "remove/", into="theme-4").status_code == 303
    assert "there is no other theme that could get them" in moderator.get(
        f"{HERE}themes/theme-4/"
    ).text  # fmt: skip
    assert themes_told(planted) == {"Unused": 40}


def test_a_form_from_before_a_merge_gives_the_theme_that_has_the_place(planted, sign_in):
    moderator, other = sign_in("moderator"), sign_in("reviewer")
    for name in ("Signs", "Else"):
        add(moderator, name)
    code_all(moderator, "code", right)
    opened = TEXT.findall(other.get(HERE).text)
    theme(moderator, 2, "remove/", into="theme-1")
    data = {"text": [name for _, name in opened]}
    data |= {f"themes-{name}": right(words) for words, name in opened}
    assert other.post(HERE, data=data).status_code == 303
    code_all(other, "code", lambda words: "theme-1")  # noqa: ARG005
    assert themes_told(planted) == {"Signs": 40}


def test_themes_stay_as_they_are_once_a_release_tells_them(planted, sign_in):
    moderator, reviewer = sign_in("moderator"), sign_in("reviewer")
    decider = sign_in("decider")
    for name in ("Signs", "Else", "Unused"):
        add(moderator, name)
    for one in (moderator, reviewer):
        code_all(one, "code", right)
    results = HERE.partition("texts/")[0]

    def changes() -> list[int]:
        sent = (
            theme(moderator, 1, **names("Other")),
            theme(moderator, 3, "remove/"),
            theme(moderator, 2, "remove/", into="theme-1"),
        )
        return [answer.status_code for answer in sent]

    moderator.post(f"{results}prepare/")
    assert changes() == [422, 422, 422]
    moderator.post(f"{results}discard/")
    assert theme(moderator, 1, **names("On signs")).status_code == 303
    moderator.post(f"{results}prepare/")
    seal = re.search(r'name="sha256" value="(\w+)"', reviewer.get(f"{results}preview/").text)[1]
    for one in (reviewer, decider):
        assert one.post(f"{results}approve/", data={"sha256": seal}).status_code == 303
    assert changes() == [422, 422, 422]
    assert add(moderator, "More").status_code == 422
    assert theme_links(moderator) == {}
    assert "<select" not in moderator.get(f"{HERE}themes/theme-1/").text
    assert themes_told(planted) == {"On signs": 28, "Else": 12, "Unused": 0}


def test_what_is_done_to_themes_stands_in_the_audit_log_without_their_names(planted, sign_in):
    moderator = sign_in("moderator")
    for name in ("Signs", "Else", "Unused"):
        add(moderator, name)
    code_all(moderator, "code", right)
    theme(moderator, 1, **names("Seen signs"))
    theme(moderator, 3, "remove/")
    theme(moderator, 2, "remove/", into="theme-1")
    with planted.test_request_context("/"):
        done = [(one.deed, one.what) for one in audit.entries()[:3]]
    deeds = ("merge theme", "remove theme", "rename theme")
    assert done == [(deed, SURVEY) for deed in deeds]


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
