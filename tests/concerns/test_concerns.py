"""A concern, from the form to the answer that anybody can read, and what becomes of it then."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from lamppost import db, history
from lamppost.cases import deeds
from lamppost.cases.models import Case
from lamppost.cases.ways import WAYS
from lamppost.i18n import languages
from lamppost.staff.accounts import staff_numbered
from lamppost.staff.audit import entries

from .. import writers
from .conftest import LENS, case_of

# --- sending ------------------------------------------------------------------------------------


def test_a_concern_is_taken_in_with_what_it_is_about_and_the_record_of_that_day(desk, send):
    sent = send("km", f"technologies/{LENS}/")
    with desk.app_context():
        case = case_of(sent)
        assert (case.kind, case.state, case.language) == ("concern", "received", "km")
        assert (case.technology, case.wish, case.visibility) == (LENS, "words", "private")
        assert case.record_save == history.newest(desk.extensions["config"].record)


DEVICE = "8387P2C"


def test_the_code_of_a_sign_says_which_technology_it_is_whatever_else_was_chosen(desk, send):
    registry = desk.extensions["published"].content.registry
    device = registry.devices[DEVICE]
    elsewhere = next(one for one in registry.places if one not in device.place)
    for typed in ({}, {"technology": "public-wifi", "place": elsewhere}):
        sent = send(device=f"LB {DEVICE}", **typed)
        with desk.app_context():
            case = case_of(sent)
            assert (case.technology, case.device, case.place) == (device.technology, DEVICE, "")
            assert all(chosen in case.answers.values() for chosen in typed.values())
    with desk.app_context():
        there = case_of(send(device=DEVICE, place=device.place[0]))
        assert there.place == device.place[0]


def test_what_came_from_a_sign_stands_on_the_pages_of_its_places(
    desk, published, resident, sign_in
):
    sent = published(about=f"devices/{DEVICE}/")
    desk.extensions["published"].look()
    registry = desk.extensions["published"].content.registry
    client = sign_in("case_officer")
    client.post(f"/en/desk/cases/{sent.reference}/moves/reopen/", data={"seen": seen(desk, sent)})
    for place in registry.places:
        is_there = place in registry.devices[DEVICE].place
        page = resident.get(f"/en/places/{place}/").text
        assert (f"/concerns/{sent.reference}/" in page) is is_there, place
        queue = client.get(f"/en/desk/cases/?place={place}").text
        assert (f'briefs__title"><a href="/en/desk/cases/{sent.reference}/' in queue) is is_there


def seen(desk, sent):
    """The version of a case as it is now."""
    with desk.app_context():
        return case_of(sent).version


def test_who_writes_is_told_by_when_it_is_answered_before_and_after(resident, send):
    told = "acknowledged within 3 working days and answered within 20"
    assert told in resident.get("/en/concerns/new/").text
    sent = send()
    assert told in resident.get(f"/en/concerns/new/{sent.receipt}/sent/").text


def test_what_only_led_through_the_form_is_not_kept(desk, send):
    sent = send(with_photo="no")
    with desk.app_context():
        assert set(case_of(sent).answers) == {"worry", "may_publish", "category"}


def test_sending_twice_makes_one_case(desk, send, resident):
    sent = send()
    address = f"/en/concerns/new/{sent.receipt}/check/"
    answer = resident.post(address, data={})
    assert answer.location.endswith("/sent/#main")
    with desk.app_context():
        assert db.sessions().query(Case).count() == 1


def test_an_emergency_leads_to_the_phone_and_is_not_sent(desk, resident, clock):
    address = writers.begin(resident, "/en/concerns/new/")
    mark = re.search(r'name="mark" value="([^"]+)"', resident.get(address).text)[1]
    data = {"mark": mark, "shown": "category", "go": "next", "category": "emergency"}
    answer = resident.post(address, data=data)
    assert answer.location == "/en/concerns/new/emergency/"
    assert "tel:911" in resident.get(answer.location).text
    check = re.sub(r"/1/[?].*", "/check/", address)
    mark = re.search(r'name="mark" value="([^"]+)"', resident.get(check).text)[1]
    clock["now"] += timedelta(seconds=10)
    assert resident.post(check, data={"mark": mark}).location.endswith("/emergency/")
    with desk.app_context():
        assert db.sessions().query(Case).count() == 0


def test_what_looks_personal_is_pointed_out_and_can_be_sent_all_the_same(resident, send):
    sent = send(worry="Call 562-555-0199.")
    assert sent.reference
    page = resident.get(f"/en/concerns/new/{sent.receipt}/check/", follow_redirects=True).text
    assert "It has arrived" in page


def test_check_pages_are_alike_but_for_what_each_has_written(resident):
    typed = {"category": "other", "worry": "It hums.", "may_publish": "nothing"}
    pages = {}
    for words in ("It hums.", "\0 1\0 \0001\0", "It hums.", "Call 562-555-0199."):
        first = writers.begin(resident, "/tl/concerns/new/")
        check = writers.fill_in(resident, first, {**typed, "worry": words})
        receipt, page = check.split("/")[-3], resident.get(check).text
        assert set(re.findall(r"/(\w{4}-\w{4}-\w{4}-\w{4})/", page)) == {receipt}
        assert ("Mukhang tungkol ito sa isang tao" in page) == ("555" in words)
        bare = page.replace(receipt, "…").replace(writers.mark_in(page), "…")
        pages.setdefault(words, []).append(bare)
    assert pages["It hums."][0] == pages["It hums."][1]
    assert len({page for found in pages.values() for page in found}) == 3


def test_a_device_that_is_not_there_is_not_found(resident):
    assert resident.get("/en/concerns/new/devices/ZZZZZZZ/").status_code == 404
    assert resident.get("/en/concerns/new/places/nowhere/").status_code == 404


# --- the receipt --------------------------------------------------------------------------------


def test_the_receipt_opens_the_case_however_it_is_typed(resident, send):
    sent = send("km")
    typed = sent.receipt.lower().replace("-", " ")
    answer = resident.post("/km/receipts/", data={"receipt": typed})
    page = resident.get(answer.location)
    assert sent.reference in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_a_receipt_that_opens_nothing_says_the_same_whatever_the_reason(desk, resident, send):
    sent = send()
    with desk.app_context():
        case_of(sent).opens_until -= timedelta(days=400)
        db.sessions().commit()
    wrong = [resident.get(f"/en/receipts/{r}/") for r in (sent.receipt, "0000-0000-0000-0000")]
    assert [answer.status_code for answer in wrong] == [404, 404]
    bare = [re.sub(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", "", answer.text) for answer in wrong]
    assert bare[0] == bare[1]


def test_a_question_is_answered_with_the_receipt_and_the_clock_goes_on(desk, resident, send, act):
    sent = send("es")
    act("case_officer", sent, "moves/start")
    asked = {"message": "Where is it?", "translated": "¿Dónde está?", "made": "person"}
    act("case_officer", sent, "moves/ask", **asked)
    page = resident.get(f"/es/receipts/{sent.receipt}/").text
    assert "¿Dónde está?" in page
    answer = resident.post(f"/es/receipts/{sent.receipt}/reply/", data={"message": "En Pine."})
    assert answer.status_code == 303
    with desk.app_context():
        case = case_of(sent)
        assert (case.state, case.messages[-1].body, case.messages[-1].by) == (
            "in_review", "En Pine.", "writer",
        )  # fmt: skip


def test_a_reply_that_holds_the_receipt_is_refused_and_kept(resident, send, act):
    sent = send()
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/ask", message="Where?")
    words = f"My code is {sent.receipt.lower()}"
    answer = resident.post(f"/en/receipts/{sent.receipt}/reply/", data={"message": words})
    assert answer.status_code == 422
    assert words in answer.text


def test_all_that_is_kept_can_be_taken_away(resident, send):
    sent = send("tl", worry="<b>Bakit</b>")
    answer = resident.get(f"/tl/receipts/{sent.receipt}/data.json")
    held = json.loads(answer.text)
    assert held["answers"]["worry"] == "<b>Bakit</b>"
    assert "<b>Bakit</b>" not in resident.get(f"/tl/receipts/{sent.receipt}/").text


# --- at the desk --------------------------------------------------------------------------------


def test_whoever_may_not_work_on_concerns_moves_none(send, act):
    sent = send()
    assert act("moderator", sent, "moves/start").status_code == 403
    assert act("author", sent, "moves/start").status_code == 403
    assert act("auditor", sent, "publish").status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [("moderator", 200), ("auditor", 200), ("evaluator", 403), ("decider", 403),
     ("procurement", 403), ("author", 403)],
)  # fmt: skip
def test_a_concern_is_read_by_those_whose_role_needs_it(send, sign_in, role, status):
    sent, client = send(), sign_in(role)
    for where in ("", "as-its-writer/", "versions/"):
        assert client.get(f"/en/desk/cases/{sent.reference}/{where}").status_code == status
    assert (sent.reference in client.get("/en/desk/cases/").text) == (status == 200)


def test_an_answer_needs_words_in_the_language_of_who_wrote(desk, send, act):
    sent = send("km")
    act("case_officer", sent, "moves/start")
    answer = act("case_officer", sent, "moves/answer", message="Yes.", outcome="changed")
    assert answer.status_code == 422
    assert "Yes." in answer.text
    with desk.app_context():
        assert case_of(sent).state == "in_review"


def test_two_at_once_move_a_case_once(desk, send, act):
    sent = send()
    act("case_officer", sent, "moves/start")
    assert act("case_officer", sent, "moves/ask", message="A?").status_code == 303
    answer = act("case_officer", sent, "moves/ask", message="B?", seen="2")
    assert answer.status_code == 303
    with desk.app_context():
        assert [message.body for message in case_of(sent).messages] == ["A?"]


def test_what_staff_did_is_in_the_audit_log_and_nothing_of_what_was_said(desk, send, act):
    sent = send(worry="SECRETWORD")
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/ask", message="OTHERWORD")
    with desk.app_context():
        told = [(entry.deed, entry.what) for entry in entries()]
    assert ("ask case", sent.reference) in told
    assert "WORD" not in str(told)


def test_days_that_pass_close_what_nobody_objects_to(desk, send, act):
    sent = send()
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/answer", message="So it is.", outcome="explained_no_change")
    with desk.app_context():
        today = desk.extensions["published"].content.as_of
        assert deeds.pass_time(today + timedelta(days=27)) == 0
        assert deeds.pass_time(today + timedelta(days=28)) == 1
        case = case_of(sent)
        assert (case.state, case.outcome) == ("closed", "explained_no_change")


# --- what may be read ---------------------------------------------------------------------------


def test_nobody_publishes_what_they_have_prepared(desk, send, act, texts):
    sent = send("en")
    texts = {name: words for name, words in texts.items() if "answer" not in name}
    act("moderator", sent, "public", words_en="Into my window.", **texts)
    act("moderator", sent, "publish")
    with desk.app_context():
        assert case_of(sent).visibility == "private"
    act("moderator", sent, "publish", email="second@staff.example")
    with desk.app_context():
        assert case_of(sent).visibility == "words"


def test_what_was_published_stands_on_the_page_of_its_technology_in_every_language(
    desk, published, resident
):
    sent = published()
    desk.extensions["published"].look()
    for code in languages():
        page = resident.get(f"/{code}/concerns/{sent.reference}/").text
        assert f"A summary ({code})" in page
        assert f"The answer ({code})" in page
        assert "[…]" in page
        assert "ផ្ទះលេខ" not in page
        assert f"A summary ({code})" in resident.get(f"/{code}/technologies/{LENS}/").text


def test_a_change_that_a_concern_led_to_is_named(desk, published, act, resident, record_change):
    sent = published()
    save = record_change()
    assert act("case_officer", sent, "changes", save=save).status_code == 303
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{sent.reference}/").text
    assert "You said, we changed" in page
    for where in ("changes", f"technologies/{LENS}"):  # and from the change back to the concern
        page = resident.get(f"/km/{where}/").text
        change = page[page.index('class="changes"') :]
        assert f'href="/km/concerns/{sent.reference}/"' in change
    resident.post(f"/en/receipts/{sent.receipt}/erase/", data={})
    desk.extensions["published"].look()
    assert sent.reference not in resident.get("/km/changes/").text


@pytest.fixture
def record_change(desk):
    """A function that changes a technology in the record; the id of the save."""

    def change(status="paused"):
        root = desk.extensions["config"].record
        path = root / f"content/registry/technologies/{LENS}.yaml"
        words = re.sub(
            r"^status: \w+", f"status: {status}", path.read_text("utf-8"), flags=re.MULTILINE
        )
        path.write_text(words, "utf-8")
        save = history.save(root, "Paused for now")
        desk.extensions["published"].look()
        return save

    return change


def test_what_is_withdrawn_is_nowhere_any_more(desk, published, resident):
    sent = published()
    resident.post(f"/km/receipts/{sent.receipt}/withdraw/", data={})
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{sent.reference}/")
    assert page.status_code == 200
    assert "A summary" not in page.text
    assert "A summary" not in resident.get(f"/en/technologies/{LENS}/").text
    assert "A summary" not in (desk.extensions["config"].instance / "cases.json").read_text("utf-8")


def test_what_is_erased_is_in_no_table_any_more(desk, published, resident):
    sent = published(worry="ERASEDWORD")
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    with desk.app_context():
        case = case_of(sent)
        assert case.answers is None
        assert case.messages == case.texts == []
        assert [step.move for step in case.steps][-1] == "erase"
    assert resident.get(f"/km/receipts/{sent.receipt}/").status_code == 200


@pytest.mark.parametrize("before", ["public", "withdrawn"])
def test_a_records_officer_erases_what_somebody_has_asked_for(
    desk, published, act, resident, before
):
    sent = published(worry="ERASEDWORD")
    if before == "withdrawn":
        resident.post(f"/km/receipts/{sent.receipt}/withdraw/", data={})
    where = "moves/erase-on-request"
    assert act("case_officer", sent, where).status_code == 403
    assert act("records_officer", sent, where).status_code == 303
    with desk.app_context():
        case = case_of(sent)
        assert (case.answers, case.outcome) == (None, "erased")
        assert case.messages == case.texts == []
        told = [(entry.deed, entry.what) for entry in entries()]
        assert ("erase-on-request case", sent.reference) in told
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{sent.reference}/").text
    assert "It has been erased." in page
    assert "A summary" not in page
    assert "What you wrote is erased." in resident.get(f"/en/receipts/{sent.receipt}/").text


def test_what_is_held_is_erased_by_nobody(desk, send, act, sign_in, resident):
    sent = send(worry="HELDWORD")
    address = f"/en/desk/cases/{sent.reference}/"
    assert "moves/erase-on-request" in sign_in("records_officer").get(address).text
    act("records_officer", sent, "hold", why="A request for records")
    assert "moves/erase-on-request" not in sign_in("records_officer").get(address).text
    act("records_officer", sent, "moves/erase-on-request")
    resident.post(f"/km/receipts/{sent.receipt}/erase/", data={})
    with desk.app_context():
        assert "HELDWORD" in str(case_of(sent).answers)


def test_what_is_closed_can_be_withdrawn_and_its_page_says_so(desk, published, resident):
    sent = published()
    resident.post(f"/km/receipts/{sent.receipt}/accept/", data={})
    resident.post(f"/km/receipts/{sent.receipt}/withdraw/", data={})
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{sent.reference}/").text
    assert "A summary" not in page
    assert "Its writer has withdrawn it." in page


def test_junk_is_not_withdrawn(desk, send, act, resident):
    sent = send()
    act("case_officer", sent, "moves/junk")
    assert "Withdraw it" not in resident.get(f"/en/receipts/{sent.receipt}/").text
    resident.post(f"/en/receipts/{sent.receipt}/withdraw/", data={})
    with desk.app_context():
        assert case_of(sent).outcome == "spam"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_whatever_people_send_can_be_erased_on_request(way):
    assert way.moves["erase-on-request"].before == frozenset(way.states)


def test_a_change_that_was_named_by_mistake_is_taken_back(
    desk, published, act, resident, record_change, sign_in
):
    sent = published()
    save = record_change()
    act("case_officer", sent, "changes", save=save)
    page = sign_in("case_officer").get(f"/en/desk/cases/{sent.reference}/").text
    assert "It did not lead to this" in page
    assert act("case_officer", sent, "changes", save=save, take_back="1").status_code == 303
    assert act("case_officer", sent, "changes", save=save, take_back="1").status_code == 422
    desk.extensions["published"].look()
    for where in (f"concerns/{sent.reference}", "changes"):
        assert "You said, we changed" not in resident.get(f"/en/{where}/").text
    assert "Took back which change" in sign_in("auditor").get("/en/desk/audit/").text


def test_what_changed_since_is_what_came_after_the_record_its_writer_saw(
    desk, send, resident, record_change, sign_in
):
    record_change()
    desk.extensions["published"].look()
    sent = send("en", f"technologies/{LENS}/")
    places = (
        (resident, f"/en/receipts/{sent.receipt}/"),
        (sign_in("case_officer"), f"/en/desk/cases/{sent.reference}/"),
    )
    for client, where in places:
        assert "What has changed in the registry since" not in client.get(where).text
    record_change("approved")
    desk.extensions["published"].look()
    for client, where in places:
        page = client.get(where).text
        assert "What has changed in the registry since" in page
        assert page.count('class="changes__item"') == 1
    with desk.app_context():
        pinned = case_of(sent).record_save
    assert resident.get(f"/en/receipts/{sent.receipt}/data.json").json["record_as_of"] == pinned


def test_moderators_claim_and_see_only_what_they_have_chosen(send, act, sign_in):
    khmer, spanish = send("km"), send("es")
    act("moderator", khmer, "claim")
    client = sign_in("moderator")
    assert "Give it back" in client.get(f"/en/desk/cases/{khmer.reference}/").text
    for query, there in (("language=es", {spanish}), ("mine=1", {khmer}), ("", {khmer, spanish})):
        page = client.get(f"/en/desk/cases/?{query}").text
        assert f"To be published or withheld ({len(there)})" in page
        others = page[page.index("To be published or withheld (") :]
        assert {one for one in (khmer, spanish) if one.reference in others} == there


def test_two_withhold_and_the_reason_is_public(desk, send, act, resident):
    sent = send()
    act("moderator", sent, "withhold", reason="advertising")
    with desk.app_context():
        assert case_of(sent).moderation == "pending"
    act("moderator", sent, "withhold", reason="advertising")
    with desk.app_context():
        assert case_of(sent).moderation == "pending"
    act("moderator", sent, "withhold", email="second@staff.example", reason="advertising")
    desk.extensions["published"].look()
    page = resident.get(f"/en/concerns/{sent.reference}/").text
    assert "It advertises something" in page


def test_who_has_taken_a_concern_on_stands_on_its_page_and_can_be_relieved(send, act, sign_in):
    sent = send("en", f"technologies/{LENS}/")
    page = f"/en/desk/cases/{sent.reference}/"
    act("case_officer", sent, "claim")
    mine, other = sign_in("case_officer"), sign_in("case_officer", email="second@staff.example")
    assert "You have taken it on." in mine.get(page).text
    assert "Case_Officer has taken it on." in (theirs := other.get(page).text)
    assert "Take it over" in theirs
    act("case_officer", sent, "claim", email="second@staff.example")
    assert "Second has taken it on." in mine.get(page).text


def test_who_has_taken_a_concern_on_stands_in_the_queue(send, act, sign_in):
    sent = send()
    act("case_officer", sent, "claim")
    assert "taken on by Case_Officer" in sign_in("moderator").get("/en/desk/cases/").text


def test_a_concern_is_free_again_a_week_after_its_officer_last_did_something(desk, send, act):
    sent, other = send(), send()
    today = desk.extensions["published"].content.as_of
    for one in (sent, other):
        act("case_officer", one, "claim")
    with desk.app_context():
        deeds.pass_time(today + timedelta(days=7))
        assert case_of(sent).claimed_by
        assert case_of(other).claimed_by
        officer = case_of(sent).claimed_by
        later = today + timedelta(days=6)
        deeds.move_on(case_of(sent), "start", {}, today=later, by="staff",
                      seen=case_of(sent).version, staff=staff_numbered(officer))  # fmt: skip
        deeds.pass_time(today + timedelta(days=8))
        assert case_of(sent).claimed_by == officer
        assert (case_of(other).claimed_by, case_of(other).claimed_until) == (None, None)


# --- the second person ---------------------------------------------------------------------------


def test_who_publishes_is_shown_every_text_and_who_translated_it(send, act, sign_in, texts):
    sent = send("km", f"technologies/{LENS}/", may_publish="summary")
    act("moderator", sent, "public", **texts, made_en="")
    page = sign_in("moderator", email="other@staff.example").get(
        f"/en/desk/cases/{sent.reference}/"
    ).text  # fmt: skip
    for code in languages():
        assert f"A summary ({code})" in page
    assert page.count("translated by machine") == len(languages()) - 1


def test_what_is_withheld_is_called_public_nowhere(published, act, sign_in, resident):
    sent = published()
    for email in ("one@staff.example", "two@staff.example"):
        act("moderator", sent, "withhold", reason="law", email=email)
    page = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/").text
    assert "Withheld · The law forbids it" in page
    kept = resident.get(f"/en/receipts/{sent.receipt}/data.json").json
    assert (kept["moderation"], kept["published"]) == ("withheld", {})


def test_what_is_opened_again_has_no_outcome_any_more(published, resident, desk):
    sent = published()
    resident.post(f"/km/receipts/{sent.receipt}/dispute/", data={"message": "Still there."})
    desk.extensions["published"].look()
    with desk.app_context():
        assert (case_of(sent).state, case_of(sent).outcome) == ("reopened", "")
    assert "Something was changed" not in resident.get(f"/en/concerns/{sent.reference}/").text


def test_the_answer_keeps_who_translated_it_whoever_translated_the_summary(
    published, act, desk, sign_in, texts
):
    sent = published()
    page = sign_in("moderator").get(f"/en/desk/cases/{sent.reference}/public/").text
    chosen = re.search(r'name="made_answer_km">.*?</select>', page, re.DOTALL)[0]
    assert re.search(r'selected value="machine"|value="machine" selected', chosen)
    texts |= {"made_km": "person", "made_answer_km": "machine", "made_answer_es": ""}
    act("moderator", sent, "public", **texts)
    act("moderator", sent, "publish", email="other@staff.example")
    with desk.app_context():
        case = case_of(sent)
        made = {(t.part, t.language): t.made for t in case.texts}
    assert (made["summary", "km"], made["answer", "km"]) == ("person", "machine")
    assert (made["answer", "es"], made["words", "km"]) == ("machine", "original")


# --- parts taken out ------------------------------------------------------------------------------


def test_who_takes_parts_out_says_why_and_everybody_reads_the_reason(
    send, act, texts, desk, resident
):
    sent = send("km", f"technologies/{LENS}/")
    for code in languages():
        del texts[f"answer_{code}"]
    texts |= {"made_en": "", "words_km": "វាមើលចូល [[ផ្ទះលេខ 5]]។"}
    answer = act("moderator", sent, "public", **texts)
    assert answer.status_code == 422
    assert "Choose why parts are taken out" in answer.text
    act("moderator", sent, "public", **texts, cut_for="about_a_person")
    act("moderator", sent, "publish", email="other@staff.example")
    desk.extensions["published"].look()
    told = "Parts were taken out. Reason: It is about a person."
    for where in (f"concerns/{sent.reference}", f"receipts/{sent.receipt}"):
        assert told in resident.get(f"/en/{where}/").text
    texts |= {"cut_for": "", "words_km": "វាមើលចូល […]។"}  # prepared once more, from what is public
    assert act("moderator", sent, "public", **texts).status_code == 422
    texts["words_km"] = "វាមើលចូល។"
    assert act("moderator", sent, "public", **texts).status_code == 303
    with desk.app_context():
        assert (case_of(sent).moderation, case_of(sent).cut_for) == ("cleared", "")


# --- referred to somebody else --------------------------------------------------------------------

REFERRED = {"message": "That road is the State’s.", "party": "A <State> office"}


def test_a_concern_that_waits_for_somebody_else_says_in_public_for_whom(
    desk, published, act, resident
):  # fmt: skip
    sent = published()
    act("case_officer", sent, "moves/reopen")
    act("case_officer", sent, "moves/start")
    said = {**REFERRED, "translated": "ផ្លូវនោះជារបស់រដ្ឋ។", "made": "machine"}
    page = f"/en/concerns/{sent.reference}/"
    act("case_officer", sent, "moves/refer", **said, party_page="https://office.example/roads")
    told = '<a href="https://office.example/roads" rel="noopener nofollow">'
    told += "<bdi>A &lt;State&gt; office</bdi></a>"
    places = page, f"/en/receipts/{sent.receipt}/"
    desk.extensions["published"].look()
    for where in places:
        assert told in resident.get(where).text
    act("case_officer", sent, "moves/resume")
    desk.extensions["published"].look()
    for where in places:
        assert "office.example" not in resident.get(where).text


@pytest.mark.parametrize(("party", "page", "fault"), [
    ("", "", "Fill this in"),
    ("A" * 81, "", "longer than 80"),
    ("An office", "javascript:alert(1)", "an address that starts with https://"),
    ("An office", "https://" + "a" * 200 + ".example", "longer than 200"),
])  # fmt: skip
def test_whom_a_concern_waits_for_has_a_name_and_a_safe_address(send, act, party, page, fault):
    sent = send()
    act("case_officer", sent, "moves/start")
    said = {**REFERRED, "party": party, "party_page": page}
    answer = act("case_officer", sent, "moves/refer", **said)
    assert (answer.status_code, fault in answer.text) == (422, True)
    assert "That road is the State’s." in answer.text
