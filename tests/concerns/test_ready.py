"""Ready answers: an officer begins with one in the writer's language; nothing is lost."""

from __future__ import annotations

import pytest

from lamppost.cases.ready import OPEN, ReadyAnswer, fill
from lamppost.config import PROJECT
from lamppost.content import read_content
from lamppost.i18n import languages
from lamppost.text import Made, Text

from ..entries.conftest import change
from .conftest import case_of

__all__ = ["change"]


@pytest.fixture
def started(act, send):
    """A concern in Khmer that an officer looks into."""
    sent = send("km")
    act("case_officer", sent, "moves/start")
    return sent


def test_a_ready_answer_fills_the_boxes_in_english_and_the_language_of_who_wrote(
    act, started, desk
):
    answer = act("case_officer", started, "moves/answer", take="1", ready="explained")
    ready = desk.extensions["published"].content.ready["explained"].text.languages
    page = answer.text
    assert answer.status_code == 200
    for words in (ready["en"], ready["km"]):
        assert words.split("\n")[0] in page
    assert '<option selected value="machine">' in page
    assert "There is a problem" not in page
    with desk.app_context():
        assert case_of(started).state == "in_review"


def test_what_is_typed_stays_whatever_is_chosen(act, started):
    answer = act("case_officer", started, "moves/answer", take="1", ready="changed", message="Mine")
    assert "Mine</textarea>" in answer.text
    assert "What you have typed stays" in answer.text
    assert "We have looked into it" not in answer.text
    assert act("case_officer", started, "moves/answer", take="1", ready="zz").status_code == 200


def test_an_answer_in_which_something_is_left_open_is_not_sent(act, started, desk):
    said = {"message": f"Why: {OPEN}", "translated": "ហេតុ", "made": "machine"}
    answer = act("case_officer", started, "moves/answer", outcome="changed", **said)
    assert answer.status_code == 422
    assert f"Write what belongs where {OPEN} stands" in answer.text
    with desk.app_context():
        assert case_of(started).state == "in_review"


def test_a_case_is_offered_the_answers_for_its_kind(sign_in, started):
    page = sign_in("case_officer").get(f"/en/desk/cases/{started.reference}/").text
    assert 'value="more-needed"' in page
    assert 'value="pitch-incomplete"' not in page
    assert "(sample)" in page


@pytest.mark.parametrize(
    ("made", "stale", "label"),
    [
        (Made.HUMAN, {}, "person"), (Made.REVIEWED, {}, "reviewed"), (Made.MACHINE, {}, "machine"),
        (Made.MACHINE, {"km": "2026-01-01"}, None),
    ],
)  # fmt: skip
def test_a_translation_keeps_how_it_was_made_and_an_old_one_is_left_out(made, stale, label):
    class Box:
        data = None

    class Form(dict):
        message, translated, made = Box(), Box(), Box()

    form = Form(message=Form.message, translated=Form.translated)
    text = Text({"en": "Yes", "km": "បាទ"}, {"km": made}, stale)
    assert fill(form, ReadyAnswer(id="a", title=text, text=text, kinds=()), "km")
    assert (form.message.data, form.made.data) == ("Yes", label)
    assert form.translated.data == (label and "បាទ")


# --- who has translated what --------------------------------------------------------------------


def test_an_answer_says_who_has_translated_it_wherever_it_is_read(
    act, started, resident, desk, texts
):
    said = {"message": "We turned it.", "translated": "យើងបានបង្វែរវា។", "outcome": "changed"}
    assert act("case_officer", started, "moves/answer", **said).status_code == 422
    assert act("case_officer", started, "moves/answer", **said, made="reviewed").status_code == 303
    thread = resident.get(f"/en/receipts/{started.receipt}/").text
    assert "English, as it was written" in thread
    assert "ខ្មែរ, translated by machine, checked by a person" in thread
    held = resident.get(f"/en/receipts/{started.receipt}/data.json").json["messages"]
    assert [(m["made"], m["translates"]) for m in held] == [("original", 0), ("reviewed", 1)]

    typed = {**texts, "words_km": "វាមើល", "words_en": "It looks at me"}
    assert act("moderator", started, "public", **typed, made_en="").status_code == 422
    assert act("moderator", started, "public", **typed, made_en="person").status_code == 303
    act("moderator", started, "publish", email="other@staff.example")
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{started.reference}/").text
    assert "English, translated by a person" in page
    assert "ខ្មែរ, translated by machine" in resident.get(
        f"/km/concerns/{started.reference}/"
    ).text.replace("បកប្រែដោយម៉ាស៊ីន", "translated by machine")


# --- the shipped ones ---------------------------------------------------------------------------


def test_the_shipped_ones_are_samples_in_every_language(shipped):
    found = read_content(shipped).ready
    assert found
    for one in found.values():
        assert one.example
        assert set(one.text.languages) == set(one.title.languages) == set(languages())
        assert one.text.languages["en"].count(OPEN) == one.text.languages["km"].count(OPEN)


def test_an_author_changes_one_at_the_desk(sign_in, change, desk):
    author = sign_in("author")
    path = "/en/desk/record/answers/explained/facts/"
    assert change(author, path, {"title.en": "Because"}).status_code == 303
    assert str(desk.extensions["published"].content.ready["explained"].title) == "Because"


def test_a_wrong_one_is_told_by_its_place(config, broken):
    broken("content/answers/changed.yaml", "kinds: [concern]", "kinds: [letter]")
    (problem,) = read_content(config).problems
    assert (problem.file, problem.key) == ("content/answers/changed.yaml", "kinds[0]")
    assert (PROJECT / problem.file).exists()
