"""What happens in the sample month. Each story is told by the day: how many days ago it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..cases import deeds, publication
from ..cases.models import Case
from ..drafts import deeds as briefs
from ..drafts.begin import begin_new
from ..i18n import languages
from ..pitches import deeds as weighing
from ..pitches.criteria import CRITERIA
from ..published import look_again
from ..results import deeds as results
from ..surveys import files, responses
from .samples import (
    ANNEX,
    ANOTHER_OFFICE,
    ANSWER,
    ASSESSMENT,
    BRIEFS,
    COMPLETED,
    CONCERNS,
    MISSING,
    OBJECTION,
    PILOTS,
    PITCHES,
    QUESTION,
    REASON,
    REFERRAL,
    SOURCE,
    SUPPORT,
    TEXT,
    annex,
    marked,
)
from .stage import Stage, Story

SEED = 311
SURVEY = "technology-and-privacy"
RESPONSES = 150
"""Enough for a release of an open survey that shows more than it has to hide."""

FILLED = 14
"""Concerns of which nothing may be published, so that there are figures to look at."""

RANKED = ("would_help.know", "would_help.say_no", "would_help.ask")
CRITERIA_CHOSEN = ("need", "fairness", "privacy")


def everything(stage: Stage) -> Iterator[Story]:
    """All of it."""
    yield from concerns(stage)
    yield from pitches(stage)
    yield from assessments(stage)
    yield survey(stage)
    yield drafts(stage)


# --- concerns -----------------------------------------------------------------------------------


def concerns(stage: Stage) -> Iterator[Story]:
    """Concerns in every state."""
    yield _answered(stage)
    yield _disputed(stage)
    yield _looked_into(stage)
    yield _changed(stage)
    yield _overdue(stage)
    yield _withheld(stage)
    yield _merged(stage)
    yield _asked(stage)
    yield _referred(stage)
    yield _taken_back(stage)
    yield _new(stage)
    for number in range(FILLED):
        yield _unpublished(stage, number)


def _concern(
    stage: Stage, about: str, language: str, wish: str, technology: str = "none",
    category: str = "how_it_is_used", email: str = "",
) -> Case:  # fmt: skip
    typed = {
        "technology": [technology], "category": [category], "may_publish": [wish],
        "worry": [marked(CONCERNS[about])[language]], "contact.email": [email],
    }  # fmt: skip
    return stage.send("concern", "concern", language, typed)


def _answer(stage: Stage, case: Case, outcome: str) -> None:
    stage.move(case, "answer", "case_officer", ANSWER, outcome=outcome)


def _answered(stage: Stage) -> Story:
    yield 27
    case = _concern(stage, "pointing", "en", "words", "traffic-cameras", "where_it_stands",
                    "sample-writer@example.org")  # fmt: skip
    yield 25
    stage.move(case, "acknowledge", "case_officer")
    yield 24
    stage.move(case, "start", "case_officer")
    yield 16
    _answer(stage, case, "explained_no_change")
    yield 15
    stage.publish(case, CONCERNS["pointing"], ANSWER)


def _disputed(stage: Stage) -> Story:
    yield 26
    case = _concern(stage, "wifi", "es", "summary", "public-wifi", "data_about_me",
                    "otra-muestra@example.org")  # fmt: skip
    yield 24
    stage.move(case, "start", "case_officer")
    yield 12
    _answer(stage, case, "explained_no_change")
    yield 11
    stage.publish(case, CONCERNS["wifi"], ANSWER)
    yield 6
    stage.reply(case, "dispute", OBJECTION)


def _looked_into(stage: Stage) -> Story:
    yield 14
    case = _concern(stage, "plates", "km", "words", "police-plate-readers")
    yield 12
    stage.move(case, "start", "case_officer")
    yield 10
    stage.publish(case, CONCERNS["plates"])


def _changed(stage: Stage) -> Story:
    yield 22
    case = _concern(stage, "sign", "tl", "words", "eco-totem-counter", "broken_or_unsafe")
    yield 20
    stage.move(case, "start", "case_officer")
    yield 13
    _answer(stage, case, "changed")
    yield 12
    stage.publish(case, CONCERNS["sign"], ANSWER)
    yield 9
    stage.reply(case, "accept")


def _overdue(stage: Stage) -> Story:
    yield 28
    _concern(stage, "kiosk", "en", "nothing", "parking-kiosks")


def _withheld(stage: Stage) -> Story:
    yield 18
    case = _concern(stage, "pointing", "es", "words", category="other")
    for by in ("moderator", "second_moderator"):
        yield 17
        publication.withhold(case, "about_a_person", today=stage.today, staff=stage.staff[by],
                       seen=case.version)  # fmt: skip


def _merged(stage: Stage) -> Story:
    yield 10
    first = _concern(stage, "kiosk", "tl", "nothing", "parking-kiosks")
    second = _concern(stage, "kiosk", "en", "nothing", "parking-kiosks")
    yield 8
    stage.move(second, "merge", "case_officer", target=first.reference)


def _asked(stage: Stage) -> Story:
    yield 9
    case = _concern(stage, "sign", "km", "summary", email="sample-km@example.org")
    yield 8
    stage.move(case, "start", "case_officer")
    yield 7
    stage.move(case, "ask", "case_officer", QUESTION)


def _referred(stage: Stage) -> Story:
    yield 13
    case = _concern(stage, "pointing", "en", "summary", "traffic-cameras")
    yield 11
    stage.move(case, "start", "case_officer")
    yield 10
    stage.publish(case, CONCERNS["pointing"])
    yield 9
    stage.move(case, "refer", "case_officer", REFERRAL, party=ANOTHER_OFFICE)


def _taken_back(stage: Stage) -> Story:
    yield 5
    case = _concern(stage, "wifi", "en", "summary")
    yield 4
    stage.reply(case, "withdraw")


def _new(stage: Stage) -> Story:
    yield 1
    _concern(stage, "plates", "en", "words", "police-plate-readers", "data_about_me")
    yield 0
    _concern(stage, "kiosk", "es", "summary", "parking-kiosks")


def _unpublished(stage: Stage, number: int) -> Story:
    about = [*CONCERNS][number % len(CONCERNS)]
    yield 27 - number
    case = _concern(stage, about, [*languages()][number % len(languages())], "nothing")
    yield 26 - number
    stage.move(case, "start", "case_officer")
    yield 20 - number
    _answer(stage, case, ("explained_no_change", "not_city", "changed")[number % 3])


# --- pitches ------------------------------------------------------------------------------------


def pitches(stage: Stage) -> Iterator[Story]:
    """A pitch in each state, the last of them with entries in the registry."""
    yield _pitched(stage, "lost", "km", 2)
    yield _given_back(stage)
    yield _completed(stage)
    for idea, language, last in (
        ("bench", "es", "evaluation"),
        ("crossing", "en", "not-now"),
        ("seats", "en", "decline"),
        ("bikes", "tl", "forward"),
        ("air", "en", "scan"),
        ("shade", "en", "solicit"),
        ("rain", "en", "pilot"),
        ("doors", "en", "adopt"),
    ):
        yield _weighed(stage, idea, language, last)


def _pitch(stage: Stage, idea: str, language: str) -> Case:
    return stage.send("pitch", "pitch", language, _told(idea, language))


def _told(idea: str, language: str, more: str = "") -> dict[str, list[str]]:
    words = marked(PITCHES[idea])[language]
    return {
        "title": [words[:60].rstrip()], "summary": [f"{words} {more}".strip()],
        "principles": ["equity", "trust"],
        "areas": ["climate" if idea in ("rain", "air", "shade") else "city_hall"],
        "senses_people": ["yes" if idea in ("rain", "shade", "doors") else "no"],
        "purpose_words": [marked(REASON)[language]], "data_types": ["local__count"],
        "identifiability": ["none"], "retention_words": [marked(REASON)[language]],
        "may_publish": ["words"], "no_contract": ["yes"], "public_records": ["yes"],
        "contact.email": ["sample-pitch@example.org"],
    }  # fmt: skip


def _pitched(stage: Stage, idea: str, language: str, ago: int) -> Story:
    yield ago
    _pitch(stage, idea, language)


def _given_back(stage: Stage) -> Story:
    yield 12
    case = _pitch(stage, "bench", "en")
    yield 9
    stage.move(case, "screen", "case_officer")
    yield 8
    stage.move(case, "return", "case_officer", MISSING)


def _completed(stage: Stage) -> Story:
    """A pitch with an annex that was given back, completed, and is public, its annex too."""
    yield 16
    paper = annex(marked(ANNEX)["en"])
    case = stage.send("pitch", "pitch", "tl", _told("lost", "tl"), paper)
    yield 14
    stage.move(case, "return", "case_officer", MISSING)
    yield 11
    stage.revise(case, _told("lost", "tl", COMPLETED["tl"]))
    yield 9
    stage.move(case, "screen", "case_officer")
    yield 8
    stage.publish(case, PITCHES["lost"])
    stage.publish_files(case, ANNEX)


def _weighed(stage: Stage, idea: str, language: str, last: str) -> Story:
    """A pitch that is weighed, and goes on up to the move ``last``."""
    yield 28
    case = _pitch(stage, idea, language)
    yield 26
    stage.move(case, "screen", "case_officer")
    yield 25
    stage.publish(case, PITCHES[idea])
    stage.support(case, SUPPORT.get(idea, 0))
    yield 24
    weighing.begin_weighing(
        case, CRITERIA_CHOSEN, staff=stage.staff["case_officer"], today=stage.today,
        seen=case.version,
    )  # fmt: skip
    evaluators = ("evaluator",) if last == "evaluation" else ("evaluator", "second_evaluator")
    for number, name in enumerate(evaluators):
        yield 22 - number
        weighing.declare(case, stage.staff[name], has_conflict=False, today=stage.today)
        given = {one: (3 + number, marked(REASON)["en"]) for one in CRITERIA_CHOSEN}
        weighing.give_points(case, stage.staff[name], given)
    if last == "evaluation":
        return
    yield 18
    _decide(stage, case, last if last in ("not-now", "decline") else "forward")
    yield 17
    stage.publish(case, PITCHES[idea], ANSWER)
    for ago, move in ((14, "scan"), (9, "solicit")):
        if last in ("not-now", "decline", "forward") or (last == "scan" and move == "solicit"):
            return
        yield ago
        stage.move(case, move, "procurement", notice=f"SAMPLE-{move.upper()}")
    if last in ("pilot", "adopt"):
        yield 6
        _begin_pilot(stage, case, idea)
    if last == "adopt":
        yield 1
        stage.move(case, "adopt", "case_officer", REASON)


def _decide(stage: Stage, case: Case, how: str) -> None:
    reasons = {
        code: "\n\n".join(f"{CRITERIA[one]}: {words}" for one in CRITERIA_CHOSEN)
        for code, words in marked(REASON).items()
    }
    said = {"message": reasons["en"], "language": "en"}
    if case.language != "en":
        said |= {"translated": reasons[case.language], "made": "machine"}
    weighing.decide(case, how, said, staff=stage.staff["decider"], today=stage.today,
                    seen=case.version)  # fmt: skip


def _begin_pilot(stage: Stage, case: Case, idea: str) -> None:
    said = {
        **PILOTS[idea], "id": f"sample-{idea}", "summary": marked(PITCHES[idea])["en"],
        "purpose_words": marked(REASON)["en"], "retention_words": "Sample: a year",
    }  # fmt: skip
    weighing.begin_pilot(
        case, said, config=stage.config, office=stage.now.forms["pitch"].contact,
        staff=stage.staff["case_officer"], today=stage.today, seen=case.version,
    )  # fmt: skip


# --- assessments --------------------------------------------------------------------------------


def assessments(stage: Stage) -> Iterator[Story]:
    """One that was accepted, one that was given back, one that is new."""
    yield _assessed(stage, "one", 25, "accept")
    yield _assessed(stage, "two", 15, "return")
    yield _assessed(stage, "three", 2, "")


def _assessed(stage: Stage, number: str, ago: int, how: str) -> Story:
    yield ago
    typed = {
        **ASSESSMENT,
        "company": [f"Sample vendor {number}"], "product": [f"Sample counter {number}"],
        "technology": ["eco-totem-counter"], "contact.email": [f"sample-{number}@example.org"],
    }  # fmt: skip
    case = stage.send("assessment", "vendor-assessment", "en", typed)
    if not how:
        return
    yield ago - 2
    stage.move(case, "start", "case_officer")
    yield ago - 5
    if how == "return":
        stage.move(case, "return", "case_officer", MISSING)
        return
    answers = stage.answers(stage.now.forms["vendor-assessment"].sections, typed)
    asked = (answers.sections[number - 1].questions[0].key for number in answers.numbers)
    found = {key: ("enough", marked(REASON)["en"]) for key in asked}
    deeds.note_findings(case, found, today=stage.today, staff=stage.staff["case_officer"],
                        seen=case.version)  # fmt: skip
    stage.move(case, "recommend", "case_officer")
    yield ago - 8
    stage.move(case, how, "decider")


# --- the survey ---------------------------------------------------------------------------------


def survey(stage: Stage) -> Story:
    """Answers to a survey that is an example itself, and a release of its results."""
    chance = Random(SEED)  # noqa: S311 - the same for everybody who tries it
    yield 6
    _mark_survey(stage)
    asked = stage.now.surveys[SURVEY]
    for number in range(RESPONSES):
        if number in (RESPONSES // 3, 2 * RESPONSES // 3):
            yield 6 - 6 * number // RESPONSES
        typed = dict(_answers_by(chance))
        receipt = stage.receipt(SURVEY, typed)
        language = chance.choice([*languages(), "en"])
        answers = stage.answers(asked.sections, typed)
        responses.send(receipt, asked, answers, language, today=stage.today)
    yield 1
    results.prepare(asked, stage.now, stage.staff["moderator"])
    for name in ("reviewer", "decider"):
        prepared = results.prepared_of(asked, stage.now)
        if prepared:
            results.approve(prepared, prepared.sha256, content=stage.now, config=stage.config,
                            by=stage.staff[name])  # fmt: skip


def _mark_survey(stage: Stage) -> None:
    """Say in its title that nobody has given these answers."""
    over = files.now(stage.config, SURVEY)
    if over is None:
        raise ValueError(f"the record has no survey {SURVEY}")
    title = marked(stage.now.surveys[SURVEY].title.languages)
    note = "Sample: marked the survey, since its answers are made up"
    data, author = files.changed(over, title=title), stage.staff["author"]
    files.save(stage.config, SURVEY, data, over=over, note=note, by=author)
    look_again()


def _answers_by(chance: Random) -> Iterator[tuple[str, list[str]]]:
    """What one person might answer."""
    yield "heard_term", [chance.choice(["yes", "no", "no"])]
    yield "seen_sign", [chance.choice(["yes", "no", "not_sure"])]
    yield "sign_clear", [chance.choice("1234")]
    yield "useful", [chance.choice("2334")]
    yield "worried", [chance.choice("1234")]
    yield "worries", chance.sample(["watched", "police", "passed_on", "stolen"], 2)
    yield from zip(RANKED, map(list, chance.sample("123", 3)), strict=True)
    yield "more", [marked(REASON)["en"]] if chance.random() < 1 / 5 else []
    yield "age_group", [chance.choice(["from_18", "from_35", "from_65"])]


# --- drafts of briefs ---------------------------------------------------------------------------


def drafts(stage: Stage) -> Story:
    """A brief that is written, one that is translated, one that waits for a reviewer."""
    yield 7
    for brief, titles in BRIEFS.items():
        author = stage.staff["author"]
        draft = begin_new(brief, marked(titles)["en"], author)
        year, contact = stage.today.year, stage.now.settings.publisher
        facts = {"year": year, "kind": "community_brief", "contact": contact, "grade": "stated"}
        briefs.write_facts(draft, facts, draft.version, author)
        briefs.add_source(draft, brief, SOURCE, author)
        for code, title in marked({c: t for c, t in titles.items() if t}).items():
            by = author if code == "en" else stage.staff["translator"]
            words = {"title": title, "summary": marked(TEXT)[code], "body": marked(TEXT)[code],
                     "made": "human" if code == "en" else "machine"}  # fmt: skip
            text = draft.text_in(code)
            briefs.write_text(draft, code, words, text.version if text else 0, by, follows=True)
        if brief != "sample-written":
            briefs.move(draft, "translate")
        if brief == "sample-in-review":
            briefs.move(draft, "submit")
