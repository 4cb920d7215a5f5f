"""A set of questions with mistakes: each is told with its place, all at once."""

from __future__ import annotations

import pytest

SEEN = """
- title: {en: First}
  questions:
    - {key: seen, type: single, text: {en: Seen}, choices: AB}
    - {key: why, type: multiple, text: {en: Why}, choices: AB}
    - {key: age, type: whole_number, text: {en: Age}, least: 1, most: 99}
    - {key: words, type: note, text: {en: Words}}
- title: {en: Second}
  questions:
    - {key: last, type: short_text, text: {en: Last}}
""".replace("AB", "[{key: a, text: {en: A}}, {key: b, text: {en: B}}]")


@pytest.mark.parametrize(
    ("found", "put", "key", "told"),
    [
        ("type: note", "type: naught", "[0].questions[3].type",
         "found 'naught'; expected one of note"),
        ("type: note", "type: contact, publish: counts", "[0].questions[3].publish",
         "one of never"),
        ("type: note", "type: contact, asks: [language]", "[0].questions[3].asks",
         "some of name, email, phone"),
        ("type: note", "type: file, takes: []", "[0].questions[3].takes", "picture, pdf, or both"),
        ("type: note", "type: file, most: 9", "[0].questions[3].most", "1 to 5"),
        ("key: why", "key: seen", "[0].questions[1].key", "for a second time"),
        ("key: why", "key: Why", "[0].questions[1].key", "something like seen_sign"),
        ("key: why,", "", "[0].questions[1].key", "found nothing"),
        ("text: {en: Why}", "text: Why", "[0].questions[1].text", "a text in each language"),
        ("key: b, text: {en: B}}]}\n    - {key: why", "key: a, text: {en: B}}]}\n    - {key: why",
         "[0].questions[0].choices", "the key 'a' 2 times"),
        (", {key: b, text: {en: B}}]}\n    - {key: why", "]}\n    - {key: why",
         "[0].questions[0].choices", "at least 2"),
        ("{en: Why}", "{en: Why}, exclusive: [z]", "[0].questions[1].exclusive", "found 'z'"),
        ("{en: Why}", "{en: Why}, min: 3", "[0].questions[1].min", "at most 2"),
        ("least: 1", "least: 100", "[0].questions[2].least", "at most 99"),
        ("{en: Last}", "{en: Last}, show_if: \"${nobody} = 'a'\"", "[1].questions[0].show_if",
         "the reference ${nobody}"),
        ("{en: Why}", "{en: Why}, show_if: \"${last} = 'a'\"", "[0].questions[1].show_if",
         "the reference ${last}; expected the key of an earlier question"),
        ("{en: Why}", "{en: Why}, show_if: \"${why} = 'a'\"", "[0].questions[1].show_if",
         "the reference ${why}"),
        ("{en: Last}", "{en: Last}, show_if: \"${words} = 'a'\"", "[1].questions[0].show_if",
         "the reference ${words}"),
        ("{en: Last}", "{en: Last}, show_if: \"${seen} = 'c'\"", "[1].questions[0].show_if",
         "the choice 'c'; expected one of a, b"),
        ("{en: Last}", "{en: Last}, show_if: \"selected(${why}, 'c')\"", "[1].questions[0].show_if",
         "the choice 'c'; expected one of a, b"),
        ("{en: Last}", '{en: Last}, show_if: "${seen} ="', "[1].questions[0].show_if",
         "the end too soon"),
        ("{en: Last}", '{en: "Last ${seen}", es: Por fin}', "[1].questions[0].text.es",
         "as in English: ${seen}"),
        ("{en: Last}", '{en: "Last ${none}"}', "[1].questions[0].text", "the reference ${none}"),
        ("{en: Second}", '{en: "Second ${last}"}', "[1].title", "the reference ${last}"),
        # conditions that decide nothing
        ("{en: Last}", "{en: Last}, show_if: \"${seen} = 'a' and ${seen} = 'b'\"",
         "[1].questions[0].show_if", "a condition that some answers make true"),
        ("{en: Last}", '{en: Last}, show_if: "${age} > 5 and ${age} < 6"',
         "[1].questions[0].show_if", "a condition that some answers make true"),
        ("{en: Last}", '{en: Last}, show_if: "${age} > 99"',
         "[1].questions[0].show_if", "a condition that some answers make true"),
        ("{en: Last}", "{en: Last}, show_if: \"${seen} = 'a' or ${seen} != 'a'\"",
         "[1].questions[0].show_if", "a condition that some answers make false"),
        ("{en: Second}", '{en: Second}\n  show_if: "count-selected(${why}) > 2"',
         "[1].show_if", "a condition that some answers make true"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(found, put, key, told, read, problems):
    assert found in SEEN
    read(SEEN.replace(found, put, 1))
    (problem,) = problems
    assert problem.key == f"sections{key}"
    assert told in str(problem)


def test_a_question_that_another_makes_unreachable_is_found_through_it(read, problems):
    read(
        SEEN.replace("{en: Why}", "{en: Why}, show_if: \"${seen} = 'a'\"", 1).replace(
            "{en: Last}", "{en: Last}, show_if: \"${seen} = 'b' and ${why} != ''\""
        )
    )
    assert [p.key for p in problems] == ["sections[1].questions[0].show_if"]


def test_a_question_that_contradicts_its_section_is_found(read, problems):
    read(
        SEEN.replace("{en: Second}", "{en: Second}\n  show_if: \"${seen} = 'a'\"", 1).replace(
            "{en: Last}", "{en: Last}, show_if: \"${seen} = 'b'\""
        )
    )
    assert [p.key for p in problems] == ["sections[1].questions[0].show_if"]


@pytest.mark.parametrize(
    "condition",
    [
        "${age} > 5", "${age} = 99", "${age} * 2 > 10", "${seen} = ''", "selected(${why}, 'a')",
        "today() > '2020-01-01'", "count-selected(${why}) = 2", "not(${seen} = 'a')",
    ],
)  # fmt: skip
def test_a_condition_that_decides_something_is_let_pass(condition, read, problems):
    read(SEEN.replace("{en: Last}", f'{{en: Last}}, show_if: "{condition}"'))
    assert problems == []


def test_all_mistakes_are_told_at_once(read, problems):
    read(SEEN.replace("key: why", "key: Why").replace("type: note", "type: naught"))
    assert len(problems) == 2


@pytest.mark.parametrize(
    "words", ["{}", "[]", "text", "- text", "- title: {en: A}", "[{title: 5}]"]
)
def test_what_is_no_set_of_questions_is_told(words, read, problems):
    read(words)
    assert problems != []
