"""A vendor's assessment: sent, returned, changed, reviewed, decided on, expired and renewed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lamppost import db
from lamppost.apart import attachments, contacts
from lamppost.assessments.renewals import remind, to_renew
from lamppost.cases import deeds, notices
from lamppost.cases.models import Case
from lamppost.cases.notices import subject_of
from lamppost.nightly import a_night
from lamppost.staff.audit import entries

from ..writers import mark_in
from .conftest import TYPED

TODAY = date(2026, 11, 22)
NEW = "/en/vendor-assessments/new/"
LIST = "/en/vendor-assessments/"


def waiting(client) -> str:
    return client.get("/en/desk/").text


# --- the vendor ---------------------------------------------------------------------------------


def test_an_assessment_is_kept_with_its_contact_and_its_evidence_apart(desk, send, case, evidence):
    send(data_evidence=evidence)
    with desk.app_context():
        found = case()
        assert (found.kind, found.state, found.technology) == (
            "assessment", "submitted", "eco-totem-counter",
        )  # fmt: skip
        assert found.answer("company") == "Acme Sensors"
        assert "contact" not in json.dumps(found.answers)
        assert contacts.has_contact(subject_of(found))
        (file,) = attachments.attachments_of(subject_of(found))
        assert file.purpose == "data_evidence"
        folder = desk.extensions["config"].attachments
        assert b"PNG" not in (folder / file.file).read_bytes()


def test_the_form_says_that_it_is_not_the_citys(vendor, read):
    assert "A model form, not the City’s" in vendor.get(NEW).text.replace("'", "’").replace(
        "&#39;", "’"
    )
    assert f'href="{NEW}"' in read(LIST)


def test_sending_twice_makes_one_case(desk, send, vendor):
    receipt = send()
    vendor.post(f"{NEW}{receipt}/check/", data={})
    with desk.app_context():
        assert db.sessions().query(Case).count() == 1


def test_what_was_returned_is_changed_with_the_same_receipt(
    desk, send, case, act, vendor, go_on, typed
):
    receipt = send(data_evidence=typed.pop("evidence"))
    act("case_officer", "cases/*/moves/start")
    assert act("case_officer", "cases/*/moves/return", message="Which logs?").status_code == 303
    page = vendor.get(f"/en/receipts/{receipt}/").text
    assert "Which logs?" in page
    assert f"{NEW}{receipt}/change/" in page
    opened = vendor.post(f"{NEW}{receipt}/change/")
    assert "Counter 3000" in vendor.get(opened.location).text
    second = f"{NEW}{receipt}/2/"
    again = go_on(second, **{**typed, "data_words": "Counts, and logs."})
    assert again == receipt
    with desk.app_context():
        found = case()
        assert db.sessions().query(Case).count() == 1
        assert (found.state, found.answer("data_words")) == ("in_review", "Counts, and logs.")
        assert found.answers["data_types.other"] == "Weather"
        assert contacts.has_contact(subject_of(found))
        assert len(attachments.attachments_of(subject_of(found))) == 1


def test_only_what_was_returned_can_be_changed(desk, send, case, vendor):
    receipt = send()
    answer = vendor.post(f"{NEW}{receipt}/change/")
    assert answer.location == f"/en/receipts/{receipt}/"
    assert "Counter 3000" not in vendor.get(f"{NEW}{receipt}/check/", follow_redirects=True).text
    assert vendor.post(f"/en/receipts/{receipt}/revise/").status_code == 404
    assert vendor.post(f"{NEW}0000-0000-0000-0000/change/").status_code == 404
    with desk.app_context():
        assert case().state == "submitted"


def test_a_draft_goes_with_what_is_withdrawn_and_is_not_taken(desk, send, case, act, vendor, clock):
    receipt = send()
    act("case_officer", "cases/*/moves/start")
    act("case_officer", "cases/*/moves/return", message="Which logs?")
    check = vendor.post(f"{NEW}{receipt}/change/").location
    typed = {"accurate": "yes", "public_answers": "yes", "public_records": "yes"}
    last = f"{NEW}{receipt}/10/"
    mark = mark_in(vendor.get(last).text)
    shown = "accurate public_answers public_records"
    vendor.post(last, data={"mark": mark, "shown": shown, "go": "next", **typed})
    mark = mark_in(vendor.get(check).text)
    vendor.post(f"/en/receipts/{receipt}/withdraw/")
    clock["now"] += timedelta(seconds=10)
    vendor.post(check, data={"mark": mark})
    with desk.app_context():
        assert case().state == "closed"
    assert vendor.get(check, follow_redirects=True).request.path == f"/en/receipts/{receipt}/"


# --- the desk -----------------------------------------------------------------------------------


def test_one_reviews_and_another_decides(desk, send, case, act, findings):
    send()
    act("administrator", "cases/*/moves/start")
    few = dict(list(findings.items())[:3])
    assert act("administrator", "assessments/*", do="recommend", **few).status_code == 422
    assert act("administrator", "assessments/*", do="recommend", **findings).status_code == 303
    act("administrator", "cases/*/moves/accept")
    with desk.app_context():
        assert case().state == "reviewed"
    act("administrator", "cases/*/moves/accept", email="second@staff.example")
    with desk.app_context():
        found = case()
        assert (found.state, found.outcome) == ("decided", "accepted")
        told = [(entry.deed, entry.what) for entry in entries()]
        assert ("accept case", found.reference) in told
        assert "FOUNDWORD" not in str(told)


def test_the_answers_are_read_on_one_page_in_words_and_with_what_was_agreed_to(
    desk, send, case, sign_in
):
    send()
    client = sign_in("decider")
    with desk.app_context():
        reference = case().reference
    page = client.get(f"/en/desk/cases/{reference}/").text
    assert "<h1>Acme Sensors: Counter 3000</h1>" in page
    assert "local__count" not in page
    review = client.get(f"/en/desk/assessments/{reference}/").text
    assert "Counts only" in review
    agreed = review.partition("These answers are true as far as I know")[2]
    assert agreed.partition("</dd>")[0].endswith("<bdi>Yes</bdi></span>")
    assert f'Acme Sensors: Counter 3000</bdi> <span class="code code--whole">{reference}' in (
        client.get("/en/desk/cases/").text
    )


@pytest.mark.parametrize("role", ["moderator", "auditor"])
def test_who_may_not_read_assessments_sees_none(desk, send, case, sign_in, role):
    send()
    client = sign_in(role)
    with desk.app_context():
        reference = case().reference
    assert (
        "Vendor assessment"
        not in client.get("/en/desk/cases/?kind=assessment").text.partition("</form>")[2]
    )
    for address in (f"cases/{reference}/", f"assessments/{reference}/",
                    f"cases/{reference}/as-its-writer/"):  # fmt: skip
        assert client.get(f"/en/desk/{address}").status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [("case_officer", 200), ("decider", 200), ("moderator", 403), ("evaluator", 403)],
)
def test_who_reads_an_assessment_opens_its_evidence_and_that_is_logged(
    desk, send, case, evidence, sign_in, role, status
):
    send(data_evidence=evidence)
    with desk.app_context():
        reference = case().reference
        (file,) = attachments.attachments_of(subject_of(case()))
        address = f"/en/desk/cases/{reference}/files/{file.id.hex()}/"
    client = sign_in(role)
    assert client.get(address).status_code == status
    with desk.app_context():
        logged = [one.name for one in entries() if (one.deed, one.what) == ("open file", reference)]
        assert len(logged) == (status == 200)
    if status == 200:
        assert address in client.get(f"/en/desk/assessments/{reference}/").text


def test_a_decider_opens_no_file_of_other_cases(desk, send, case, evidence, sign_in):
    send(data_evidence=evidence)
    with desk.app_context():
        found = case()
        (file,) = attachments.attachments_of(subject_of(found))
        address = f"/en/desk/cases/{found.reference}/files/{file.id.hex()}/"
        found.kind = "concern"
        db.sessions().commit()
    assert sign_in("decider").get(address).status_code == 403


def test_a_decider_writes_no_findings_and_a_reviewer_decides_nothing(send, act, findings):
    send()
    act("case_officer", "cases/*/moves/start")
    assert act("decider", "assessments/*", do="keep", **findings).status_code == 403
    act("case_officer", "assessments/*", do="recommend", **findings)
    assert act("case_officer", "cases/*/moves/accept").status_code == 403
    assert act("case_officer", "cases/*/moves/recommend").status_code == 404


def test_two_reviewers_at_once_lose_nothing(desk, send, sign_in, case, act, findings):
    send()
    act("case_officer", "cases/*/moves/start")
    with desk.app_context():
        reference, seen = case().reference, case().version
    client = sign_in("case_officer")
    address = f"/en/desk/assessments/{reference}/"
    assert client.post(address, data={"seen": seen, "do": "keep", **findings}).status_code == 303
    late = {**findings, "words_company": "Typed meanwhile"}
    answer = client.post(address, data={"seen": seen, "do": "keep", **late})
    assert answer.status_code == 409
    assert "Typed meanwhile" in answer.text


def test_what_waits_stands_on_the_desks_first_page(send, act, sign_in, findings):
    send()
    assert "Acme Sensors: Counter 3000" in waiting(sign_in("case_officer"))
    act("case_officer", "cases/*/moves/start")
    act("case_officer", "assessments/*", do="recommend", **findings)
    assert "Acme Sensors: Counter 3000" not in waiting(sign_in("case_officer"))
    assert "Acme Sensors: Counter 3000" in waiting(sign_in("decider"))
    assert "Acme Sensors" not in waiting(sign_in("auditor"))


# --- what anybody may know ----------------------------------------------------------------------

DOORS = (LIST, "/en/technologies/eco-totem-counter/", "/en/search/pages.json", "/en/changes.atom",
         "/downloads/registry.json", "/en/sitemap-1.xml", "/en/concerns/")  # fmt: skip


def test_through_no_door_comes_more_than_that_it_is_its_day_and_its_result(
    desk, send, case, decide, vendor, read
):
    send()
    for door in DOORS:
        assert "Acme" not in read(door)
    decide("accept-on", message="SECRETCONDITION")
    page = read(LIST)
    assert "Counter 3000" in page
    assert "Accepted with conditions" in page
    assert "November 22, 2026" in page
    assert "Counter 3000" in read(DOORS[1])
    with desk.app_context():
        shown = (desk.extensions["config"].instance / "cases.json").read_text("utf-8")
        reference = case().reference
    for words in (*(read(door) for door in DOORS), shown):
        for secret in ("SECRETWORD", "SECRETCONDITION", "FOUNDWORD", "office@acme"):
            assert secret not in words
    assert vendor.get(f"/en/concerns/{reference}/").status_code == 404


def test_what_is_withdrawn_before_a_decision_was_never_public(desk, send, vendor, case, read):
    receipt = send()
    vendor.post(f"/en/receipts/{receipt}/withdraw/")
    assert "Acme" not in read(LIST)
    vendor.post(f"/en/receipts/{receipt}/erase/")
    with desk.app_context():
        found = case()
        assert (found.outcome, found.answers) == ("erased", None)
        assert not contacts.has_contact(subject_of(found))


def test_a_decision_stands_and_cannot_be_withdrawn(send, decide, vendor, read):
    receipt = send()
    decide("refuse", message="Too little was said.")
    page = vendor.get(f"/en/receipts/{receipt}/").text
    assert "Too little was said." in page
    assert "/withdraw/" not in page
    assert "/erase/" not in page
    assert "Not accepted" in read(LIST)


# --- a year later -------------------------------------------------------------------------------


@pytest.fixture
def expired(desk, send, decide):
    """The receipt of an assessment that was accepted a year ago."""
    receipt = send()
    decide()
    with desk.app_context():
        assert deeds.pass_time(TODAY + timedelta(days=364)) == 0
        assert deeds.pass_time(TODAY + timedelta(days=365)) == 1
    return receipt


def test_after_a_year_it_is_renewed_with_the_same_answers(
    desk, expired, vendor, go_on, typed, read
):
    assert "Expired" in read(LIST)
    later = vendor.post(f"{NEW}{expired}/renew/").location
    new = later.split("/")[-3]
    assert new != expired
    assert "Counter 3000" in vendor.get(f"{NEW}{new}/check/").text
    go_on(f"{NEW}{new}/1/", **typed)
    with desk.app_context():
        cases = db.sessions().query(Case).all()
        assert len(cases) == 2
        assert cases[0].answers == cases[1].answers


def test_what_has_expired_waits_until_one_has_come_that_renews_it(
    desk, expired, case, sign_in, send, vendor, go_on
):
    officer = sign_in("case_officer")
    with desk.app_context():
        old = case().reference
    address = f"/en/desk/cases/{old}/"
    assert address in waiting(officer)
    send()  # the same words are no proof that it is the same vendor
    assert address in waiting(officer)
    new = vendor.post(f"{NEW}{expired}/renew/").location.split("/")[-3]
    other = {**TYPED, "product": "Counter 4000", "assessment-before": "ZZZZ-ZZZZ"}
    receipt = go_on(f"{NEW}{new}/1/", **other)
    assert address not in waiting(officer)
    with desk.app_context():
        found = deeds.case_of(receipt, TODAY)
        assert [(link.kind, link.target) for link in found.links] == [("renews", old)]
        review = f"/en/desk/assessments/{found.reference}/"
    assert f'href="/en/desk/assessments/{old}/"' in officer.get(review).text
    vendor.post(f"/en/receipts/{receipt}/withdraw/")
    assert address in waiting(officer)


def test_before_it_ends_its_vendor_is_told_once_and_it_waits_at_the_desk(
    desk, send, decide, case, mailbox, vendor
):
    box, server = mailbox
    desk.extensions["config"] = replace(
        desk.extensions["config"], smtp=f"smtp://127.0.0.1:{server.port}",
        mail_from="lamppost@city.example", live_url="https://live.example",
    )  # fmt: skip
    receipt = send()
    decide()
    with desk.test_request_context("/en/"):
        assert notices.send_due() == 1  # of the decision
        for days, told in ((304, 0), (305, 1), (306, 0), (364, 0)):
            assert remind(TODAY + timedelta(days=days)) == told
            assert len(to_renew(TODAY + timedelta(days=days))) == (days >= 305)
        assert notices.send_due() == 1
        reference = case().reference
        assert deeds.pass_time(TODAY + timedelta(days=364)) == 0
    words = box.messages[-1].get_content()
    assert "ends soon" in words
    assert "Counter" not in words
    assert reference not in words
    assert "November 22, 2027" in vendor.get(f"/en/receipts/{receipt}/").text


def test_nobody_is_reminded_of_what_was_refused(desk, send, decide):
    send()
    decide("refuse", message="Too little was said.")
    with desk.test_request_context("/en/"):
        assert remind(TODAY + timedelta(days=310)) == 0


def test_nobody_is_reminded_of_what_is_renewed_already(desk, send, decide, vendor, go_on):
    receipt = send()
    decide()
    new = vendor.post(f"{NEW}{receipt}/renew/").location.split("/")[-3]
    go_on(f"{NEW}{new}/1/", **TYPED)
    with desk.test_request_context("/en/"):
        assert remind(TODAY + timedelta(days=310)) == 0


def test_each_night_finds_what_ends_soon_and_the_desk_shows_it(desk, send, decide, case, sign_in):
    send()
    decide()
    with desk.app_context():
        found = case()
        for step in found.steps:
            step.on -= timedelta(days=310)
        db.sessions().commit()
        a_night()
        reference = case().reference
        assert [one.event for one in case().notices if "remind" in one.event] != []
    assert reference in waiting(sign_in("case_officer")).partition("to renew")[2]


def test_the_receipt_outlives_the_year(desk, send, case):
    send()
    with desk.app_context():
        assert case().opens_until >= TODAY + timedelta(days=500)
