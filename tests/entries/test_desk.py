"""The record's entries at the desk, through the real forms."""

from __future__ import annotations

import difflib
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamppost import history
from lamppost.entries.kinds import KINDS, ONLY
from lamppost.record import yaml_value
from lamppost.staff import audit

RECORD = "/en/desk/record"
RETENTION = f"{RECORD}/technologies/police-plate-readers/retention/"
PLATES = "content/registry/technologies/police-plate-readers.yaml"
CITY = f"{RECORD}/organizations/city/facts/"
ORGANIZATIONS = "content/registry/organizations.yaml"
NUMBER = "retention.items.0.duration.number"
OTHERS = [f"{RECORD}/{path}/" for path in (
    "pages/home/km", "plan/this/criteria", "recommendations/privacy-staff/facts",
    "settings/this/facts", "terms/smart-city/facts", "technologies/public-wifi/facts",
    "technologies/public-wifi/processing",
)]  # fmt: skip
OTHER_WORDS = {kind for kind in KINDS if kind.startswith("words-")} - {"words-data"}


@pytest.fixture(autouse=True)
def _few(small):
    """The record is small: each save checks all of it."""


def lines_changed(before: bytes, after: bytes) -> list[str]:
    both = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in both if line[0] in "+-"]


def notes(kept) -> list[str]:
    return [save.note for save in history.saves(kept)]


# --- one worker ---------------------------------------------------------------------------------


def test_a_retention_is_corrected_and_told_in_every_language(author, kept, change):
    before = (kept / PLATES).read_bytes()
    answer = change(author, RETENTION, {NUMBER: "5"}, "The policy says five years")
    assert answer.status_code == 303, answer.text
    changed = lines_changed(before, (kept / PLATES).read_bytes())
    assert changed == ["-       duration: P2Y", "+       duration: P5Y"]
    newest = next(history.saves(kept))
    assert (newest.note, newest.by) == ("The policy says five years", "Author")
    for language, words in {
        "en": "from 2 years to 5 years", "es": "2 años", "km": "ឆ្នាំ", "tl": "taon",
    }.items():  # fmt: skip
        page = author.get(f"/{language}/changes/").text
        assert "The policy says five years" in page
        assert words in page


def test_what_would_change_is_shown_and_nothing_is_written_yet(author, kept, fill):
    sent = fill(author.get(RETENTION).text, {NUMBER: "5", "change-note": "A note", "do": "preview"})
    page = author.post(RETENTION, data=sent).text
    assert "<del>2 years</del>" in page
    assert "<ins>5 years</ins>" in page
    assert "A note" in page
    assert notes(kept) == ["First published"]
    back = author.post(RETENTION, data=fill(page, {"do": "edit"})).text
    assert f'name="{NUMBER}" type="text" value="5"' in back


def test_a_form_sent_back_untouched_says_so(sign_in, kept, fill):
    client = sign_in("administrator")
    for path in (RETENTION, CITY, *OTHERS):
        sent = fill(client.get(path).text, {"change-note": "A note", "do": "preview"})
        assert "Nothing has been changed yet" in client.post(path, data=sent).text, path
    assert notes(kept) == ["First published"]


def test_all_mistakes_are_told_at_their_fields_and_what_was_typed_stays(author, kept, change, told):
    wrong = {NUMBER: "many", "retention.items.0.applies_to.en": "", "retention.grade": ""}
    answer = change(author, RETENTION, wrong, note=" ")
    assert answer.status_code == 422
    expected = {NUMBER, "retention.items.0.applies_to.en", "retention.grade", "change-note"}
    assert set(told(answer.text)) == expected
    assert 'value="many"' in answer.text
    assert notes(kept) == ["First published"]


def test_a_row_is_added_without_script_and_one_is_taken_out(author, kept, fill):
    items = "retention.items"
    typed = fill(author.get(RETENTION).text, {NUMBER: "7", "add": items})
    page = author.post(RETENTION, data=typed).text
    assert 'value="7"' in page
    count = len(yaml_value((kept / PLATES).read_bytes())["retention"]["items"])
    new = f"{items}.{count}"
    more = {f"{new}.applies_to.en": "Logs", f"{new}.duration.how": "none", f"{items}.0.gone": "y",
            "change-note": "Logs", "do": "preview"}  # fmt: skip
    looked = author.post(RETENTION, data=fill(page, more))
    assert author.post(RETENTION, data=fill(looked.text, {"do": "save"})).status_code == 303
    kept_now = yaml_value((kept / PLATES).read_bytes())["retention"]["items"]
    assert kept_now[-1] == {"applies_to": {"en": "Logs"}, "duration": "none"}
    assert len(kept_now) == count


def test_what_breaks_another_file_is_told_and_not_saved(author, kept, change):
    path = f"{RECORD}/pages/how-to-read/en/"
    text = (kept / "content/pages/how-to-read/en.md").read_text("utf-8").split("---\n", 2)[2]
    more = {"text": f"{text}\n[More](page:home)\n", "change-same": "y"}
    answer = change(author, path, more)
    assert answer.status_code == 422
    assert "content/pages/how-to-read/km.md" in answer.text


def test_a_page_that_says_something_else_leaves_its_translations_behind(author, kept, change):
    change(author, f"{RECORD}/pages/home/en/", {"title": "Hello"})
    assert "Hello" in author.get("/en/desk/record/pages/").text
    assert "translates: 2026-11-22" in (kept / "content/pages/home/km.md").read_text("utf-8")
    assert "updated: 2026-11-22" in (kept / "content/pages/home/en.md").read_text("utf-8")


def test_a_translation_that_follows_again_says_so(sign_in, author, kept, change):
    english = kept / "content/pages/home/en.md"
    english.write_text(english.read_text("utf-8").replace("2026-11-22", "2026-11-23", 1), "utf-8")
    history.save(kept, "Changed by git")
    path, file = f"{RECORD}/pages/home/es/", kept / "content/pages/home/es.md"
    change(author, path, {"title": "Hola"})
    assert "translates: 2026-11-22" in file.read_text("utf-8")
    answer = change(sign_in("translator"), path, {"change-follows": "y"})
    assert answer.status_code == 303, answer.text
    assert "translates: 2026-11-23" in file.read_text("utf-8")


def test_a_translation_that_is_missing_is_written(sign_in, kept, change):
    file = kept / "content/pages/data-privacy/km.md"
    text = file.read_text("utf-8").split("---\n", 2)[2]
    file.unlink()
    history.save(kept, "Lost")
    filled = {"title": "ឯកជនភាព", "summary": "សេចក្តីសង្ខេប", "provenance": "human", "text": text}
    answer = change(sign_in("translator"), f"{RECORD}/pages/data-privacy/km/", filled)
    assert answer.status_code == 303, answer.text
    head, body = file.read_text("utf-8").removeprefix("---\n").split("---\n", 1)
    assert yaml_value(head)["translates"] == date(2026, 11, 22)
    assert body == text


ADDED = {
    "organizations": {"name.en": "Harbor Office", "kind": "city"},
    "places": {"name.en": "Elm", "kind": "neighborhood"},
    "words-data": {"label.en": "Steps", "description.en": "How many steps.", "icon": "walk"},
    "sources": {"title": "A title", "kind": "press"},
    "terms": {"group": "registry", "term.en": "Sensor", "definition.en": "It measures."},
    "technologies": {"name.en": "Bells", "summary.en": "They ring.", "status": "unknown",
                     "icon": "walk", "verified_on": "2026-11-22", "verify_by": "2027-05-22",
                     "contact.office": "city", "contact.sources.0": "S1",
                     "contact.grade": "stated"},
    "answers": {"title.en": "Hello", "kinds.0": "pitch", "text.en": "Hello there."},
    "pages": {"title": "Bells: a page", "summary": "They ring.", "provenance": "human",
              "text": "Some **words**."},
}  # fmt: skip


def test_an_entry_of_each_kind_is_added_with_a_new_id(author, kept, change):
    assert set(ADDED) >= {kind.id for kind in KINDS.values() if kind.grows} - OTHER_WORDS
    for kind, more in ADDED.items():
        filled = {**more, "new-id": "quite-new"}
        answer = change(author, f"{RECORD}/{kind}/new/", filled, "A new one")
        assert answer.status_code == 303, (kind, answer.text)
        (changed,) = next(history.saves(kept)).files
        before, after = (
            data.decode().splitlines() for data in (changed.before or b"", changed.after)
        )
        assert [line for line in before if line not in after] == []
        assert "quite-new" in author.get(answer.location).text
    again = change(author, f"{RECORD}/{kind}/new/", filled)
    assert "There is an entry with this id already" in again.text


def test_an_id_that_cannot_stand_in_an_address_is_refused(author, kept, change, told):
    for kind in ("organizations", "technologies"):  # in a file for all, in one of its own
        for id_ in ("", "../x", "new", "a b", "x" * 400, "a: b"):
            filled = {**ADDED[kind], "new-id": id_}
            assert "new-id" in told(change(author, f"{RECORD}/{kind}/new/", filled).text), id_
    assert notes(kept) == ["First published"]


def test_what_cannot_be_added_is_not_there(author, sign_in):
    assert author.get(f"{RECORD}/plan/new/").status_code == 404
    assert author.get(f"{RECORD}/recommendations/nothing/facts/").status_code == 404
    assert author.get(f"{RECORD}/organizations/nobody/facts/").status_code == 404
    assert author.get(f"{RECORD}/organizations/city/nothing/").status_code == 404
    assert sign_in("translator").get(f"{RECORD}/organizations/new/").status_code == 403


# --- two workers --------------------------------------------------------------------------------


def test_of_two_who_change_one_thing_the_second_sees_both_and_chooses(
    author, sign_in, kept, change, fill
):
    opened = author.get(CITY).text
    theirs = {"address": "Theirs", "url": "https://example.org/theirs"}
    assert change(sign_in("administrator"), CITY, theirs).status_code == 303
    mine = {"address": "Mine", "name.tl": "Akin", "change-note": "A note", "do": "preview"}
    answer = author.post(CITY, data=fill(opened, mine))
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    again = author.post(CITY, data=fill(answer.text, {"do": "preview"}))
    assert again.status_code == 409  # nothing was chosen
    looked = author.post(CITY, data=fill(again.text, {"choose.address": "mine", "do": "preview"}))
    assert "on top of theirs" in looked.text
    assert author.post(CITY, data=fill(looked.text, {"do": "save"})).status_code == 303
    city = yaml_value((kept / ORGANIZATIONS).read_bytes())["organizations"]["city"]
    assert (city["address"], city["name"]["tl"], city["url"]) == ("Mine", "Akin", theirs["url"])


def test_who_looked_before_somebody_else_saved_looks_again(author, sign_in, kept, change, fill):
    sent = fill(author.get(CITY).text, {"address": "Mine", "change-note": "A", "do": "preview"})
    looked, other = author.post(CITY, data=sent).text, sign_in("administrator")
    # Another entry of the same file is in nobody's way, the same entry is.
    change(other, f"{RECORD}/organizations/police/facts/", {"address": "Elm"})
    assert "on top of theirs" not in author.post(CITY, data=sent).text
    change(other, CITY, {"phone": "562-570-1111"})
    again = author.post(CITY, data=fill(looked, {"do": "save"}))
    assert "on top of theirs" in again.text
    assert author.post(CITY, data=fill(again.text, {"do": "save"})).status_code == 303
    held = yaml_value((kept / ORGANIZATIONS).read_bytes())["organizations"]
    assert (held["city"]["address"], held["city"]["phone"]) == ("Mine", "562-570-1111")
    assert held["police"]["address"] == "Elm"


def test_a_version_that_is_not_in_the_history_loses_nothing_either(author, fill):
    sent = fill(author.get(CITY).text, {"address": "Mine", "change-note": "A", "do": "preview",
                                        "seen": "never"})  # fmt: skip
    assert author.post(CITY, data=sent).status_code == 409


def test_a_file_that_git_has_broken_is_told_and_what_was_typed_is_kept(author, kept, fill):
    sent = fill(author.get(RETENTION).text, {NUMBER: "5", "change-note": "A", "do": "preview"})
    whole = (kept / PLATES).read_bytes()
    (kept / PLATES).write_bytes(b"name: [")
    answer = author.post(RETENTION, data=sent)
    assert "cannot be read" in answer.text
    (kept / PLATES).write_bytes(whole)
    looked = author.post(RETENTION, data=fill(answer.text, {"do": "preview"}))
    assert "<ins>5 years</ins>" in looked.text


def test_an_entry_that_was_taken_out_meanwhile_is_told(author, kept, fill):
    path = f"{RECORD}/recommendations/privacy-staff/facts/"
    sent = fill(author.get(path).text, {"number": "3", "change-note": "A", "do": "preview"})
    plan = kept / "content/plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("- id: privacy-staff", "- id: other"), "utf-8")
    assert author.post(path, data=sent).status_code in (404, 422)


# --- who may what -------------------------------------------------------------------------------


def test_a_translator_changes_translations_and_nothing_else(sign_in, kept, change):
    client = sign_in("translator")
    page = client.get(RETENTION).text
    offered = set(re.findall(r'name="(retention[^"]*)"', page))
    assert offered
    theirs = r"\.(es|km|tl|same)(\.who)?$"  # a translation, how it was made, who has reviewed it
    assert not [name for name in offered if not re.search(theirs, name)]
    before = (kept / PLATES).read_bytes()
    more = {"retention.items.0.applies_to.es": "Otras", "retention.items.0.applies_to.en": "Not",
            NUMBER: "9", "retention.items.rows": "0"}  # fmt: skip
    assert change(client, RETENTION, more).status_code == 303
    changed = lines_changed(before, (kept / PLATES).read_bytes())
    assert [line for line in changed if line[0] == "+"] == ["+         es: Otras"]
    assert len(changed) == 2


def test_only_who_changes_settings_does_and_that_is_in_the_log(desk, sign_in, kept, change):
    path = f"{RECORD}/settings/{ONLY}/facts/"
    assert 'name="name"' not in sign_in("author").get(path).text
    assert change(sign_in("administrator"), path, {"name": "Lantern"}, "A new name")
    assert "name: Lantern" in (kept / "content/site.yaml").read_text("utf-8")
    with desk.app_context():
        newest = audit.entries()[0]
    assert (newest.deed, newest.what) == ("change settings", "content/site.yaml: A new name")


def test_every_list_and_every_way_to_an_entry_is_there(author):
    for kind in KINDS.values():
        page = author.get(f"{RECORD}/{kind.id}/", follow_redirects=True)
        assert page.status_code == 200
        links = re.findall(rf'href="({RECORD}/{kind.id}/(?!new/)[^"]+)"', page.text)
        for path in links[-1:]:
            assert author.get(path, follow_redirects=True).status_code == 200
    found = author.get(f"{RECORD}/organizations/?words=POLICE").text
    assert "organizations/police/" in found
    assert "organizations/city/" not in found


# --- anything at all ----------------------------------------------------------------------------

FUZZED = [RETENTION, CITY, *OTHERS, f"{RECORD}/technologies/new/", f"{RECORD}/terms/new/",
          f"{RECORD}/pages/new/"]  # fmt: skip
MORE = ["seen", "do", "add", "choose.name", "new-id"]
TYPED = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "-1", "0", "3", "²", "save", "edit", "time", "iso", "mine", "=", "human",
                     "S1", "retention.items", "2026-02-30", "P1D", "a: b", "- x", "# y", "{", "'"]),
)  # fmt: skip


def files_in(kept) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (kept / "content").rglob("*.[ym]*")}


def nothing_that_is_sent_breaks_a_form(client, kept, fill, data) -> None:
    path = data.draw(st.sampled_from(FUZZED))
    html = client.get(path).text
    names = sorted({*re.findall(r' name="([^"]+)"', html), *MORE} - {"viewport", "csrf_token"})
    drawn = data.draw(st.dictionaries(st.integers(0, 200), TYPED, max_size=8))
    typed = {names[n % len(names)]: value for n, value in drawn.items()}
    before = files_in(kept)
    answer = client.post(path, data=fill(html, {"change-note": "A note", "do": "save", **typed}))
    assert answer.status_code in (200, 303, 409, 422)
    assert (files_in(kept) == before) == (answer.status_code != 303)
    assert client.get(path).status_code == 200


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=8, suppress_health_check=QUIET)
@given(st.data())
def test_nothing_that_is_sent_breaks_a_form(sign_in, kept, fill, data):
    nothing_that_is_sent_breaks_a_form(sign_in("administrator"), kept, fill, data)


@pytest.mark.drill
@settings(max_examples=300, suppress_health_check=QUIET)
@given(st.data())
def test_nothing_at_all_that_is_sent_breaks_a_form(sign_in, kept, fill, data):
    nothing_that_is_sent_breaks_a_form(sign_in("administrator"), kept, fill, data)
