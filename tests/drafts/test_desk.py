"""Briefs at the desk: from a draft to a published file, through the real forms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamppost.cli import main
from lamppost.drafts.deeds import publish_due
from lamppost.drafts.moves import MOVES, STATES
from lamppost.history import saves
from lamppost.record import Record
from lamppost.staff import audit
from lamppost.staff.roles import MAY, ROLES

PITCH = "pitch-long-beach-2023"
TODAY = date(2026, 11, 22)
FOLDER = "content/briefs/what-a-brief-is"


def log(desk) -> list[str]:
    with desk.app_context():
        return [f"{entry.name}: {entry.deed}: {entry.what}" for entry in audit.entries()]


def test_a_brief_goes_from_draft_to_the_record_by_two_people(written, moved, kept, desk, sign_in):
    draft = written()
    assert moved(draft, "submit", "author").status_code == 303
    done = moved(draft, "publish", "reviewer", note="A first brief from the desk")
    assert done.status_code == 303, done.text
    save = next(iter(saves(kept)))
    assert (save.note, save.by) == ("A first brief from the desk", "Author")
    raw = Record(kept).mapping(f"{FOLDER}/brief.yaml")
    assert raw["languages"] == ["en", "es"]
    assert raw["published_on"] == TODAY
    assert raw["technologies"] == ["public-wifi"]
    front, markdown = Record(kept).article(f"{FOLDER}/es.md")
    assert front == {"updated": TODAY, "provenance": "human", "translates": TODAY}
    assert markdown.startswith("\n## Por qué")
    reader = desk.test_client()
    assert "Para que todos lo lean" in reader.get("/es/briefs/what-a-brief-is/").text
    assert "not yet in your language" not in reader.get("/es/briefs/what-a-brief-is/").text
    assert sign_in("author").get(draft).status_code == 404
    told = log(desk)
    assert "Reviewer: publish draft: what-a-brief-is: in_review > published" in told
    assert "Author: submit draft: what-a-brief-is: draft > in_review" in told


def test_nobody_approves_their_own_text(written, moved, kept):
    draft = written()
    moved(draft, "submit", "author")
    both = {"note": "Mine"}
    again = moved(draft, "publish", "author", "reviewer", **both)
    assert again.status_code == 303  # somebody else of these roles
    assert len(list(saves(kept))) == 2


def test_whoever_has_written_at_it_is_turned_away(written, moved, sign_in, send, kept):
    draft = written()
    chief = sign_in("administrator")
    page = chief.get(f"{draft}texts/en/").text
    words = re.search(r'name="title"[^>]*value="([^"]*)"', page)[1]
    assert words == "What a brief is"
    send(chief, f"{draft}texts/km/", title="អ្វី", body="", made="human")
    moved(draft, "submit", "author")
    assert "somebody else has to do this" in chief.get(draft).text
    turned = moved(draft, "publish", "administrator", note="Mine")
    assert turned.status_code == 303
    assert "you have written at it" in chief.get(draft).text
    assert len(list(saves(kept))) == 1


def test_where_two_eyes_are_enough_ones_own_text_may_be_approved(written, moved, kept, desk):
    published = desk.extensions["published"]
    draft = written()
    moved(draft, "submit", "administrator")
    now = published.content
    now.settings = replace(now.settings, four_eyes=False)
    assert moved(draft, "publish", "administrator", note="Mine").status_code == 303
    assert len(list(saves(kept))) == 2


def test_a_move_is_made_by_its_roles_alone(written, sign_in):
    draft = written()
    clients = {role: sign_in(role) for role in ROLES}
    for name in sorted(MOVES, key=lambda name: name == "discard"):
        for role in ROLES:
            status = clients[role].post(f"{draft}moves/{name}/").status_code
            may = role in MAY[MOVES[name].deed] and role in MAY["see drafts"]
            assert (status != 403) == may or status == 404, (name, role)


@pytest.fixture
def begun(sign_in, send) -> str:
    return send(sign_in("author"), "/en/desk/briefs/new/", title="A title").location


def test_every_state_is_reached_and_every_move_leads_somewhere():
    assert {move.after for move in MOVES.values()} == set(STATES)
    assert {state for move in MOVES.values() for state in move.before} <= set(STATES)
    assert {move.deed for move in MOVES.values()} <= set(MAY)


def test_what_is_not_whole_cannot_be_submitted_and_is_told(begun, moved, sign_in):
    assert "too little to show" in sign_in("author").get(f"{begun}preview/").text
    turned = moved(begun, "submit", "author")
    assert turned.status_code == 422
    assert "Still missing: Office to ask" in turned.text
    assert "Falta aún: Resumen" in sign_in("author").get(begun.replace("/en/", "/es/")).text


def test_a_link_that_leads_nowhere_is_told_before_it_is_published(written, send, sign_in, moved):
    draft = written()
    body = "## Why\n\n[Nowhere](page:nowhere)"
    send(sign_in("author"), f"{draft}texts/en/", title="A", summary="B", body=body, made="human")
    assert "page:nowhere" in moved(draft, "submit", "author").text


def test_a_reviewer_returns_it_with_remarks(written, moved, sign_in):
    draft = written()
    moved(draft, "submit", "author")
    assert moved(draft, "return", "reviewer").status_code == 422
    moved(draft, "return", "reviewer", remarks="Say <b>when</b>.")
    page = sign_in("author").get(draft).text
    assert "Returned with remarks" in page
    assert "Say &lt;b&gt;when&lt;/b&gt;." in page
    assert "What a brief is" in sign_in("author").get("/en/desk/").text


def test_nothing_is_written_while_it_is_reviewed_and_what_was_typed_stays(
    written, moved, sign_in, send
):
    draft = written()
    moved(draft, "submit", "author")
    turned = send(sign_in("author"), f"{draft}texts/en/", title="Late", body="Typed", made="human")
    assert turned.status_code == 422
    assert "Typed</textarea>" in turned.text
    assert 'value="What a brief is"' in sign_in("author").get(f"{draft}texts/en/").text


def test_a_translator_writes_no_english(written, sign_in):
    draft = written()
    translator = sign_in("translator")
    assert translator.get(f"{draft}texts/en/").status_code == 403
    assert translator.get(f"{draft}texts/km/").status_code == 200
    assert translator.get(f"{draft}facts/").status_code == 403


def test_on_its_day_it_is_published_for_the_night(written, moved, kept, desk):
    draft = written()
    moved(draft, "submit", "author")
    assert moved(draft, "schedule", "reviewer", note="New", due_on=str(TODAY)).status_code == 422
    day = TODAY + timedelta(days=2)
    assert moved(draft, "schedule", "reviewer", note="New", due_on=str(day)).status_code == 303
    config = desk.extensions["config"]
    with desk.app_context():
        now = desk.extensions["published"].content
        assert publish_due(config, now) == []
        assert publish_due(config, replace(now, as_of=day)) == [("what-a-brief-is", "")]
    assert next(iter(saves(kept))).note == "New"
    assert Record(kept).mapping(f"{FOLDER}/brief.yaml")["published_on"] == day


@pytest.mark.drill
def test_the_nightly_command_publishes_it(written, moved, desk, monkeypatch):
    draft = written()
    moved(draft, "submit", "author")
    day = TODAY + timedelta(days=2)
    moved(draft, "schedule", "reviewer", note="New", due_on=str(day))
    for name, value in desk.extensions["config"].as_environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LAMPPOST_AS_OF", day.isoformat())
    done = CliRunner().invoke(main, ["publish", "now"])
    assert "Published the brief what-a-brief-is." in done.output
    assert (desk.extensions["config"].public / "current/en/briefs/what-a-brief-is").is_dir()


# --- new versions, and what is withdrawn --------------------------------------------------------


@pytest.fixture
def renewed(sign_in) -> str:
    """A new version of a published brief."""
    path = f"/en/desk/briefs/published/{PITCH}/new-version/"
    first = sign_in("author").post(path).location
    assert sign_in("author").post(path).location == first
    return first


def test_a_new_version_that_changes_nothing_leaves_every_byte(renewed, moved, kept):
    before = {p: p.read_bytes() for p in (kept / "content/briefs" / PITCH).iterdir()}
    moved(renewed, "submit", "author")
    assert moved(renewed, "publish", "reviewer", note="As it was").status_code == 303
    assert {p: p.read_bytes() for p in (kept / "content/briefs" / PITCH).iterdir()} == before


def test_a_new_version_makes_translations_stale_that_do_not_follow(
    renewed, moved, kept, sign_in, send
):
    article = Record(kept).article(f"content/briefs/{PITCH}/en.md")[1]
    raw = Record(kept).mapping(f"content/briefs/{PITCH}/brief.yaml")
    author = sign_in("author")
    words = {"title": raw["title"]["en"], "summary": raw["summary"]["en"], "made": "human"}
    send(author, f"{renewed}texts/en/", **words, body=article + "\n\nOne more thing.\n")
    page = author.get(renewed).text
    assert page.count("Older than the English") == 3
    assert "<ins>" in page
    moved(renewed, "submit", "author")
    done = moved(renewed, "publish", "reviewer", note="One more thing")
    assert done.status_code == 303, done.text
    front = Record(kept).article(f"content/briefs/{PITCH}/en.md")[0]
    assert front["updated"] == TODAY
    assert Record(kept).article(f"content/briefs/{PITCH}/es.md")[0]["translates"] != TODAY
    now = Record(kept).mapping(f"content/briefs/{PITCH}/brief.yaml")
    assert set(now["title"]["stale"]) == {"es", "km", "tl"}
    assert now["charts"] == raw["charts"]
    assert now["published_on"] == date(2026, 11, 25)


def test_who_has_reviewed_a_text_is_named_and_stays_named(renewed, moved, kept, sign_in, send):
    translator, page = sign_in("translator"), f"{renewed}texts/es/"
    body = Record(kept).article(f"content/briefs/{PITCH}/es.md")[1]
    words = {"title": "Uno", "summary": "Dos", "body": body, "follows": "y"}
    refused = send(translator, page, **words, made="machine", who="Language Access Office")
    assert refused.status_code == 422
    assert "Language Access Office" in refused.text
    send(translator, page, **words, made="reviewed", who=" Language  Access Office ")
    assert 'value="Language Access Office"' in translator.get(page).text
    moved(renewed, "submit", "author")
    moved(renewed, "publish", "reviewer", note="Reviewed")
    front = Record(kept).article(f"content/briefs/{PITCH}/es.md")[0]
    assert front["provenance"] == {"reviewed": "Language Access Office"}


def test_what_was_changed_in_the_record_meanwhile_is_not_lost(renewed, moved, kept, sign_in, send):
    path = kept / "content/briefs" / PITCH / "brief.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 120+", "value: 130+"), "utf-8")
    assert "has been changed since this draft began" in sign_in("author").get(renewed).text
    words = {"title": "Ours", "summary": "Short", "body": "Ours", "made": "human"}
    send(sign_in("author"), f"{renewed}texts/en/", **words, follows="")
    page = Record(kept).article(f"content/briefs/{PITCH}/en.md")[1]
    send(sign_in("author"), f"{renewed}texts/en/", **{**words, "body": page})
    moved(renewed, "submit", "author")
    turned = moved(renewed, "publish", "reviewer", note="As it was")
    assert turned.status_code == 422
    assert "Nothing was saved" in turned.text
    moved(renewed, "take-back", "author")
    sign_in("author").post(f"{renewed}over/")
    moved(renewed, "submit", "author")
    assert moved(renewed, "publish", "reviewer", note="As it was").status_code == 303
    assert "130+" in path.read_text("utf-8")


def test_what_is_withdrawn_keeps_its_address_and_says_why(sign_in, send, kept, desk):
    path = f"/en/desk/briefs/published/{PITCH}/withdraw/"
    turned = send(sign_in("reviewer"), path, note="Withdrawn")
    assert turned.status_code == 422
    why = {"reason_en": "A number was wrong.", "reason_es": "Un número estaba mal."}
    assert send(sign_in("reviewer"), path, **why, note="A wrong number").status_code == 303
    reader = desk.test_client()
    page = reader.get(f"/es/briefs/{PITCH}/")
    assert page.status_code == 200
    assert "Un número estaba mal." in page.text
    assert "A number was wrong." in reader.get(f"/km/briefs/{PITCH}/").text
    assert next(iter(saves(kept))).note == "A wrong number"
    assert f"Reviewer: withdraw brief: {PITCH}: published > withdrawn" in log(desk)


def test_a_preview_is_the_page_that_readers_would_get(written, sign_in):
    draft = written()
    page = sign_in("author").get(draft.replace("/en/", "/es/") + "preview/").text
    assert "Para que todos lo lean" in page
    assert 'class="article"' in page
    assert "Esta" in page or "preview" in page


def test_a_draft_can_be_thrown_away(written, moved, sign_in, desk):
    draft = written()
    assert moved(draft, "discard", "author").status_code == 303
    assert sign_in("author").get(draft).status_code == 404
    assert "Author: discard draft: what-a-brief-is: draft > discarded" in log(desk)


ANYTHING = st.text(max_size=40) | st.sampled_from(
    ["---", "a: b", "[", "![](chart:x)", "\x00", "# a"]
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING, ANYTHING, st.dictionaries(st.sampled_from(["year", "kind", "sources"]), ANYTHING))
def test_nothing_that_is_typed_breaks_a_draft(begun, sign_in, send, title, body, typed):
    author = sign_in("author")
    words = {"title": title, "summary": body, "body": body, "made": "human"}
    assert send(author, f"{begun}texts/en/", **words).status_code in (303, 422)
    assert send(author, f"{begun}facts/", **typed).status_code == 422
    assert author.get(begun).status_code == author.get(f"{begun}preview/").status_code == 200


def test_a_number_too_large_to_be_compared_is_refused(begun, sign_in, send):
    author = sign_in("author")
    for typed in ("9" * 400, "-" + "9" * 400, "9" * 5000, "1899", "x"):
        answer = send(author, f"{begun}facts/", year=typed)
        assert answer.status_code == 422
        assert "Enter a whole number from 1,900 to 2,200" in answer.text


def test_a_name_that_no_address_can_have_is_refused(sign_in, send):
    author = sign_in("author")
    for name in ("Über!", "-a", "a" * 61, "../x", PITCH):
        answer = send(author, "/en/desk/briefs/new/", title="A", brief=name)
        assert answer.status_code == 422, name
