"""The shipped forms: what they hold, that every language has it, and how mistakes are told."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from lamppost.cli import main
from lamppost.config import PROJECT
from lamppost.i18n import languages
from lamppost.pages.provenance import texts
from lamppost.questions.answers import Answers
from lamppost.questions.models import World
from lamppost.registry.queries import groups_of, is_answered

CONCERN = "content/forms/concern.yaml"
CARD = "surveys/practices/concern.yaml"

PITCH = (
    "title summary problem place principles areas senses_people may_publish no_contract"
    " public_records contact annex"
)
LABEL = (
    "purpose_words data_types identifiability storage_words access_words recipients_words"
    " retention_words opt_out_words"
)
KEYS = {
    "concern": "technology place device category worry wanted may_publish contact with_photo photo",
    "pitch": f"{PITCH} {LABEL}",
    "pitch-company": f"{PITCH} {LABEL} company resources conflict conflict_words",
    "vendor-assessment": (
        "company product technology data_types identifiability storage_where storage_country"
        " storage_provider access_who recipients retention_days opt_out accurate public_answers"
        " public_records contact"
    ),
}
"""The questions whose answers the program reads by their key."""

UNSAID = {"accountable", "legal_basis", "documents", "contract", "components", "plate_policy"}
"""Practices of which a form says nothing: they are shown as gaps."""


def questions(form):
    return {q.key: q for section in form.sections for q in section.questions}


def test_every_shipped_form_is_known_here(forms):
    assert sorted(forms) == sorted(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_a_form_asks_what_the_program_reads(name, forms):
    assert set(KEYS[name].split()) <= set(questions(forms[name]))


@pytest.mark.parametrize("name", KEYS)
def test_every_text_of_a_form_and_of_its_practices_is_there_in_every_language(name, forms):
    found = list(texts(forms[name]))
    assert found
    short = [(text.languages["en"], code) for text in found for code in languages()
             if not text.languages.get(code)]  # fmt: skip
    assert short == []


@pytest.mark.parametrize("name", KEYS)
def test_every_text_says_how_it_was_translated(name, forms):
    made = {str(text.in_language(code).made) for text in texts(forms[name]) for code in languages()}
    assert made == {"human", "machine"}


@pytest.mark.parametrize("name", KEYS)
def test_a_form_says_what_is_done_with_its_answers(name, forms):
    card = forms[name].card
    assert card.id == forms[name].practices
    silent = [group for group, practice in groups_of(card).items()
              if not is_answered(practice) and not practice.note]  # fmt: skip
    assert set(silent) <= UNSAID


def test_a_form_keeps_a_mark_of_its_file(forms, reread, broken):
    before = forms["concern"].version
    assert before == reread().forms["concern"].version
    broken(CONCERN, "minutes: 5", "minutes: 4")
    assert reread().forms["concern"].version != before


# --- concerns -----------------------------------------------------------------------------------


def asked(form, **sent):
    given = {key: [value] for key, value in sent.items()}
    return Answers(form.sections, given, World(today=date(2026, 11, 26)))


def test_an_emergency_is_asked_nothing_more(forms):
    concern = forms["concern"]
    danger = asked(concern, category="emergency").asked
    assert "emergency_note" in danger
    assert not {"worry", "wanted", "may_publish"} & set(danger)
    other = asked(concern, category="other").asked
    assert "emergency_note" not in other
    assert {"worry", "wanted", "may_publish"} <= set(other)


def test_a_concern_may_keep_everything_from_the_public(forms):
    assert questions(forms["concern"])["may_publish"].keys == ("nothing", "summary", "words")


def test_a_concern_can_be_sent_without_a_contact_and_without_a_photo(forms):
    sent = asked(forms["concern"], category="other", worry="It hums.", may_publish="nothing")
    assert sent.mistakes == {}


def test_a_concern_is_one_page_and_a_photo_has_a_page_of_its_own(forms):
    concern = forms["concern"]
    assert asked(concern).numbers == asked(concern, with_photo="no").numbers == [1]
    assert asked(concern, with_photo="yes").numbers == [1, 2]
    (photo,) = concern.sections[1].questions
    assert photo.kind == "file"
    danger = asked(concern, category="emergency", with_photo="yes")
    assert danger.numbers == [1]


# --- pitches and assessments --------------------------------------------------------------------


PITCHES = ("pitch", "pitch-company")


@pytest.mark.parametrize("name", PITCHES)
def test_the_privacy_label_is_asked_of_what_senses_people(name, forms):
    label = set(LABEL.split())
    for senses, wanted in {"yes": label, "unsure": label, "no": set()}.items():
        assert label & set(asked(forms[name], senses_people=senses).asked) == wanted


@pytest.mark.parametrize("name", PITCHES)
def test_who_pitches_has_read_that_it_is_no_contract_and_what_the_law_says(name, forms):
    missing = asked(forms[name]).mistakes
    assert {"title", "summary", "no_contract", "public_records"} <= set(missing)


def test_a_company_names_its_connections_if_it_has_any(forms):
    company = forms["pitch-company"]
    assert "conflict_words" in asked(company, conflict="yes").mistakes
    assert "conflict_words" not in asked(company, conflict="no").asked


def test_a_company_can_be_reached_and_a_resident_need_not(forms):
    assert "contact" in asked(forms["pitch-company"]).mistakes
    assert "contact" in asked(forms["vendor-assessment"]).mistakes
    assert "contact" not in asked(forms["pitch"]).mistakes


def test_each_part_of_an_assessment_can_have_its_evidence(forms):
    kinds = [q.key for q in questions(forms["vendor-assessment"]).values() if q.kind == "file"]
    assert len(kinds) == 6
    assert all(key.endswith("_evidence") for key in kinds)


def test_a_resident_is_asked_little(forms):
    everything = asked(forms["pitch"], senses_people="no").asked
    assert len(everything) <= 13
    assert "conflict" not in everything


def test_what_fills_a_technology_is_chosen_from_the_words_of_the_registry(forms, app):
    words = app.extensions["published"].content.registry.words
    for name in (*PITCHES, "vendor-assessment"):
        kinds = questions(forms[name])["data_types"].keys
        assert set(kinds) - {"other"} <= set(words["data"])
        levels = questions(forms[name])["identifiability"].keys
        assert set(levels) == {"none", "de_identified", "pseudonymous", "identifiable", "unknown"}
    vendor = questions(forms["vendor-assessment"])
    assert set(vendor["storage_where"].keys) <= set(words["storage"])
    assert set(vendor["access_who"].keys) - {"city"} <= set(words["access"])


def test_a_vendor_without_ai_is_asked_no_more_of_it(forms):
    vendor = forms["vendor-assessment"]
    assert "ai_tested" in asked(vendor, uses_ai="yes").asked
    assert "ai_tested" not in asked(vendor, uses_ai="no").asked


@pytest.mark.parametrize("name", KEYS)
def test_a_form_says_that_its_questions_are_not_the_citys(name, forms):
    assert "City" in forms[name].note.languages["en"]
    assert "this site's own" in str(forms[name].note) or "ours" in str(forms[name].note)


# --- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found", "put", "key", "told"),
    [
        (CONCERN, "practices: concern", "practices: worries", "practices", "concern"),
        (CONCERN, "practices: concern\n", "", "practices", "expected"),
        (CONCERN, "contact: technology-and-innovation", "contact: nobody", "contact",
         "organizations"),
        (CONCERN, "minutes: 5", "minutes: 500", "minutes", "90"),
        (CONCERN, "minutes: 5", "minute: 5", "minute", "the key 'minute'"),
        (CONCERN, "type: device_code", "type: device", "sections[0].questions[4].type", "one of"),
        (CONCERN, "= 'emergency'", "= 'urgent'", "sections[0].questions[1].show_if",
         "one of data_about_me"),
        (CONCERN, "key: wanted", "key: worry", "sections[0].questions[6].key", "each key once"),
        (CARD, "duration: P90D", "duration: 90 days", "retention.items[0].duration", "ISO 8601"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(name, found, put, key, told, broken, reread):
    broken(name, found, put)
    problems = reread().problems
    assert (name, key) in {(p.file, p.key) for p in problems}
    assert any(told in str(p) for p in problems)


@pytest.mark.parametrize("words", ["", "- a", "a: [", "sections: 5"])
def test_a_broken_file_makes_problems_and_no_more(words, record, reread):
    (record / CONCERN).write_text(words)
    assert {p.file for p in reread().problems} == {CONCERN}


@pytest.mark.parametrize("name", ["content/forms/Ünï.yaml", "content/forms/a.txt"])
def test_a_file_with_another_name_is_told(name, record, reread):
    (record / name).write_text("a: b")
    assert {p.file for p in reread().problems} == {name}


def test_the_check_of_a_record_covers_its_forms(tmp_path):
    (tmp_path / "content/forms").mkdir(parents=True)
    (tmp_path / "content/forms/odd.yaml").write_text("title: Odd\n")
    answer = CliRunner().invoke(main, ["check", "--record", str(tmp_path)])
    assert answer.exit_code == 1
    assert "content/forms/odd.yaml: title: found 'Odd'" in answer.output


def test_translators_get_the_texts_of_forms(tmp_path):
    sheet = tmp_path / "km.po"
    answer = CliRunner().invoke(
        main, ["texts", "export", "km", str(sheet), "--record", str(PROJECT)]
    )
    assert answer.exit_code == 0, answer.output
    words = sheet.read_text("utf-8")
    assert f"{CONCERN}#sections.1.questions.0.hint" in words
    assert f"{CARD}#summary" in words
    assert "the form “concern”" in words
