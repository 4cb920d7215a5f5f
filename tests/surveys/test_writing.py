"""A survey is written at the desk: begun, copied, its questions added, moved and taken out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from lamppost.config import PROJECT
from lamppost.entries import labels
from lamppost.entries.forms import EntryForm
from lamppost.entries.leaves import Ground
from lamppost.questions.kinds import KINDS, AnyQuestion
from lamppost.record import yaml_value
from lamppost.surveys.arranging import NoSpotError, arranged, spot_of

DESK = "/en/desk/surveys/"
COPY = f"{DESK}page-clarity-2/"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed at will; it has no history yet."""
    for name in ("content", "surveys"):
        shutil.copytree(PROJECT / name, tmp_path / "record" / name)
    return tmp_path / "record"


@pytest.fixture
def author(sign_in):
    return sign_in("author")


@pytest.fixture
def held(desk):
    """A function that gives what the file of a survey says."""
    kept = desk.extensions["config"].record

    def read(survey: str):
        return yaml_value((kept / f"surveys/{survey}.yaml").read_text("utf-8"))

    return read


def form_of(html: str) -> MultiDict[str, str]:
    """What a browser would send of the form that has a note."""
    soup = BeautifulSoup(html, "html.parser")
    form = next(form for form in soup.find_all("form") if form.find(attrs={"name": "change-note"}))
    sent: MultiDict[str, str] = MultiDict()
    for tag in form.find_all(["input", "textarea", "select"]):
        if tag.name == "select":
            chosen = tag.find("option", selected=True) or tag.find("option")
            sent.add(tag["name"], chosen["value"])
        elif tag.name == "textarea":
            sent.add(tag["name"], tag.text.strip("\r\n"))
        elif tag.get("type") not in ("checkbox", "radio") or tag.has_attr("checked"):
            sent.add(tag["name"], tag.get("value", ""))
    return sent


def filled(client, path: str, **values: str):
    """Fill in the form of a page and save it; an underscore pair stands for a point."""
    sent = form_of(client.get(path).text)
    for name, value in values.items():
        sent[name.replace("__", ".")] = value
    return client.post(path, data=MultiDict([*sent.items(multi=True), ("do", "save")]))


def added(client, path: str, kind: str, **values: str):
    """Add a question of a kind: first its kind is chosen, then what goes with it is shown."""
    sent = form_of(client.get(path).text)
    sent["type"] = kind
    for value in [name for name in values if re.fullmatch(r"\w+__\d__\w+", name)]:
        rows = f"{value.partition('__')[0]}.rows"
        sent[rows] = str(max(int(sent.get(rows, "1")), int(value.split("__")[1]) + 1))
    sent = form_of(
        client.post(path, data=MultiDict([*sent.items(multi=True), ("add", "type")])).text
    )
    for name, value in values.items():
        sent[name.replace("__", ".")] = value
    return client.post(path, data=MultiDict([*sent.items(multi=True), ("do", "save")]))


def test_a_survey_is_made_from_nothing_in_a_browser(author, held):
    answer = filled(author, f"{DESK}new/", **{"new-id": "street-lamps"}, title__en="Street lamps",
                    summary__en="Three questions about lamps.",
                    contact="technology-and-innovation")  # fmt: skip
    assert answer.status_code == 303, answer.text
    path = f"{DESK}street-lamps/"
    assert "There is no question yet." in author.get(path).text
    assert filled(author, f"{path}sections/new/", title__en="At night").status_code == 303
    answer = added(
        author, f"{path}sections/1/questions/new/", "single", key="dark", text__en="Is it dark?",
        required="y",
        choices__0__key="dark", choices__0__text__en="Yes",
        choices__1__key="bright", choices__1__text__en="No",
    )  # fmt: skip
    assert answer.status_code == 303, BeautifulSoup(answer.text, "html.parser").find("main").text
    answer = added(
        author, f"{path}sections/1/questions/new/", "long_text", key="where",
        text__en="Where?", show_if="${dark} = 'dark'", publish="themes_only",
    )  # fmt: skip
    assert answer.status_code == 303
    survey = held("street-lamps")
    assert survey["contact"] == "technology-and-innovation"
    assert survey["sections"] == [{
        "title": {"en": "At night"},
        "questions": [
            {"type": "single", "key": "dark", "text": {"en": "Is it dark?"}, "required": True,
             "choices": [{"key": "dark", "text": {"en": "Yes"}},
                         {"key": "bright", "text": {"en": "No"}}]},
            {"type": "long_text", "key": "where", "text": {"en": "Where?"},
             "show_if": "${dark} = 'dark'", "publish": "themes_only"},
        ],
    }]  # fmt: skip
    assert "What is done with the answers" in author.get(path).text
    assert filled(author, f"{path}facts/", practices="anonymous-survey").status_code == 303
    assert held("street-lamps")["practices"] == "anonymous-survey"


def test_an_open_survey_is_copied_and_never_changed(author, held):
    answer = author.get(f"{DESK}page-clarity/facts/")
    assert (answer.status_code, answer.location) == (303, f"{DESK}page-clarity/")
    assert author.post(f"{DESK}page-clarity/questions/", data={"do": "out:0"}).status_code == 303
    assert len(held("page-clarity")["sections"]) == 1
    page = author.get(f"{DESK}page-clarity/copy/").text
    assert 'value="page-clarity-2"' in page
    answer = author.post(f"{DESK}page-clarity/copy/", data={"id": "page-clarity-2"})
    assert answer.location == COPY
    copy, first = held("page-clarity-2"), held("page-clarity")
    assert (copy["state"], "opens_on" in copy) == ("draft", False)
    assert copy["sections"] == first["sections"]


@pytest.mark.parametrize("id_", ["", "new", "../x", "page-clarity", "x" * 70])
def test_a_copy_needs_an_id_of_its_own(id_, author):
    answer = author.post(f"{DESK}page-clarity/copy/", data={"id": id_})
    assert (answer.status_code, "notice" in answer.text) == (422, True)


@pytest.fixture
def copied(author):
    """A draft with the questions of a shipped survey."""
    author.post(f"{DESK}page-clarity/copy/", data={"id": "page-clarity-2"})


@pytest.mark.usefixtures("copied")
def test_questions_are_moved_and_taken_out(author, held, desk):
    def arrange(do: str):
        version = desk.extensions["published"].content.surveys["page-clarity-2"].version
        return author.post(f"{COPY}questions/", data={"do": do, "version": version})

    def keys():
        questions = [s["questions"] for s in held("page-clarity-2")["sections"]]
        return [[question["key"] for question in section] for section in questions]

    filled(author, f"{COPY}sections/new/", title__en="More")
    assert arrange("down:0.2").status_code == 303
    assert keys() == [["technology", "clear"], ["missing"]]
    assert arrange("up:0.1").status_code == 303
    assert arrange("up:1").status_code == 303
    assert keys() == [["missing"], ["clear", "technology"]]
    assert arrange("out:1.0").status_code == 303
    assert keys() == [["missing"], ["technology"]]
    assert arrange("out:7").status_code == 409
    answer = author.post(f"{COPY}questions/", data={"do": "out:0", "version": "old"})
    assert answer.status_code == 409


@pytest.mark.usefixtures("copied")
def test_a_question_that_is_changed_keeps_what_was_not_touched(author, held):
    before = held("page-clarity-2")["sections"][0]["questions"][1]
    answer = filled(author, f"{COPY}sections/1/clear/", points__3__place="1", key="how_clear")
    assert answer.status_code == 303, answer.text
    after = held("page-clarity-2")["sections"][0]["questions"][1]
    points = before["points"]
    assert after == {**before, "key": "how_clear", "points": [points[3], *points[:3]]}
    answer = filled(author, f"{COPY}sections/1/missing/", show_if="${nothing} = 'x'")
    assert answer.status_code == 422
    assert "Write a condition on earlier questions" in answer.text


@pytest.mark.usefixtures("copied")
def test_another_way_of_asking_keeps_what_both_have(author, held):
    path = f"{COPY}sections/1/missing/"
    sent = form_of(author.get(path).text)
    sent["type"] = "short_text"
    shown = author.post(path, data=MultiDict([*sent.items(multi=True), ("add", "type")]))
    sent = form_of(shown.text)
    assert "max_chars" in sent
    assert "format" in sent
    assert (
        author.post(path, data=MultiDict([*sent.items(multi=True), ("do", "save")])).status_code
        == 303
    )
    question = held("page-clarity-2")["sections"][0]["questions"][2]
    assert (question["type"], question["publish"]) == ("short_text", "themes_only")


def test_every_shipped_question_sent_back_untouched_stays_as_it_was(app):
    content = app.extensions["published"].content
    for path in sorted((PROJECT / "surveys").glob("*.yaml")):
        for section in yaml_value(path.read_text("utf-8"))["sections"]:
            for question in section["questions"]:
                opened = EntryForm(Ground(content), AnyQuestion(), question)
                ground = Ground(content, sent=MultiDict(opened.pairs()))
                assert EntryForm(ground, AnyQuestion(), question).value() is question


def test_every_kind_of_question_has_words():
    assert list(labels.QUESTIONS) == list(KINDS)


@pytest.mark.parametrize("words", ["", "-1", "1.2.3", "x", "²", "1."])
def test_what_is_no_spot_is_refused(words):
    with pytest.raises(NoSpotError):
        spot_of(words)


def test_a_question_at_the_edge_of_all_stays():
    sections = [{"questions": [{"key": "a"}]}]
    assert arranged(sections, "up", spot_of("0.0")) == sections
    assert arranged(sections, "down", spot_of("0.0")) == sections
