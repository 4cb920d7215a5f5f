"""A fresh site is filled with a month of samples, by the site's own deeds, and only a fresh one."""

from __future__ import annotations

import json
from collections import Counter

from click.testing import CliRunner

from lamppost import db
from lamppost.cases.models import Case, Notice
from lamppost.cases.public import FILE
from lamppost.cli import main
from lamppost.demo.samples import MARK
from lamppost.drafts.deeds import tried_now
from lamppost.drafts.models import Draft
from lamppost.staff.accounts import all_staff, invited
from lamppost.staff.roles import ROLES

from ..conftest import TODAY
from ..oddities import ALL, walked


def test_a_fresh_site_is_filled_once_with_samples_that_say_so_and_every_page_opens(
    fresh, desk, demo, sign_in
):
    app, told = desk, demo
    with app.app_context():
        states = Counter((c.kind, c.state, c.outcome) for c in db.sessions().query(Case))
        assert {
            ("concern", "received", ""), ("concern", "in_review", ""),
            ("concern", "waiting_reporter", ""), ("concern", "waiting_third_party", ""),
            ("concern", "closed", "duplicate"),
            ("concern", "closed", "withdrawn"), ("concern", "closed", "changed"),
            ("concern", "answered", "explained_no_change"),
            ("concern", "reopened", ""), ("pitch", "submitted", ""),
            ("pitch", "returned", ""), ("pitch", "evaluation", ""), ("pitch", "forward", ""),
            ("pitch", "not_now", ""), ("pitch", "closed", "declined"), ("pitch", "pilot", ""),
            ("pitch", "market_scan", ""), ("pitch", "solicitation", ""),
            ("pitch", "screening", ""), ("pitch", "adopted", ""),
            ("assessment", "submitted", ""), ("assessment", "returned", ""),
            ("assessment", "decided", "accepted"),
        } <= set(states)  # fmt: skip
        assert {case.language for case in db.sessions().query(Case)} == set(MARK)
        assert db.sessions().query(Notice).count() > 0
        assert {d.state for d in db.sessions().query(Draft)} == {
            "draft", "in_translation", "in_review"
        }  # fmt: skip
        held = {role for one in all_staff() for role in one.role_names}
        assert held == set(ROLES)
        assert all(one.email.endswith("@example.org") for one in all_staff())
        links = [line.split()[-1] for line in told.output.splitlines() if "/invitation/" in line]
        assert len({invited(link.split("/")[-2]).id for link in links}) == len(all_staff())
    content = app.extensions["published"].content
    assert content.problems == []
    for idea, state in (("rain", "pilot"), ("doors", "adopted")):
        name = content.registry.technologies[f"sample-{idea}"].name.languages["en"]
        assert name.startswith("Sample")
        (pitch,) = (case for case in content.cases.of("pitch") if f"sample-{idea}" in case.led)
        assert pitch.state == state
    assert {40, 30, 20, 15, 10, 0} == {case.support for case in content.cases.of("pitch")}
    (annexed,) = (case for case in content.cases.of("pitch") if case.files)
    assert [step.is_revised for step in annexed.steps].count(True) == 1
    (file,) = annexed.files
    assert file.is_paper
    assert all(file.alt.passage(code).words.startswith(MARK[code]) for code in MARK)
    answer = app.test_client().get(f"/pitches/files/{annexed.reference}/{file.name}")
    assert b"Sample: A page" in answer.data
    assert content.results["technology-and-privacy"].latest.payload["example"]
    title = content.surveys["technology-and-privacy"].title.languages
    assert all(words.startswith(MARK[code]) for code, words in title.items())
    assert [owed.what for owed in content.cases.overdue("concern", TODAY)]
    _all_is_marked(json.loads((fresh.instance / FILE).read_text("utf-8")))
    with app.app_context():
        (draft,) = (d for d in db.sessions().query(Draft) if d.state == "in_review")
        assert tried_now(app.extensions["config"], content, draft).problems == []
    assert len(walked(sign_in(*ALL), of_each=5)) >= 60
    again = CliRunner().invoke(main, ["demo"])
    assert again.exit_code == 1
    assert "holds something already" in again.output


def _all_is_marked(shown):
    texts = [
        (code, words)
        for case in shown["public"]
        for part in ("summary", "words", "answer")
        for code, (words, _made) in case.get(part, {}).items()
    ]
    assert {code for code, _words in texts} == set(MARK)
    assert [words for code, words in texts if not words.startswith(MARK[code])] == []
    assert all(one["vendor"].startswith("Sample") for one in shown["assessments"])
    gone = [case["gone"] for case in shown["public"] if case.get("gone")]
    assert gone == ["withheld"]
