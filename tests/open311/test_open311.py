"""Other software reads what is public, and sends concerns by the way of the form."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import jsonschema
import pytest
from lxml import etree

from lamppost import create_app, db, nightly
from lamppost.answering.pace import Pace
from lamppost.apart import contacts
from lamppost.apart.models import Contact
from lamppost.cases.models import Case
from lamppost.cases.notices import subject_of
from lamppost.config import Config
from lamppost.open311 import repeats
from lamppost.registry.models import Place
from lamppost.registry.outlines import Outline, place_at

from ..concerns.conftest import LENS
from .conftest import KEY, POSTED
from .schema import ROOTS, json_schema, relax_ng

V2 = "/en/open311/v2"
PUBLIC = "/open311/discovery", f"{V2}/services", f"{V2}/requests"


def told(answer, name):
    """What an answer tells, when it is all that the specification says and nothing else."""
    if answer.content_type == "application/json; charset=utf-8":
        jsonschema.validate(answer.json, json_schema(ROOTS[name]))
        return answer.json
    assert answer.content_type == "text/xml; charset=utf-8"
    assert answer.data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    root = etree.fromstring(answer.data)
    etree.RelaxNG(etree.fromstring(relax_ng(name))).assertValid(root)
    return root


@pytest.fixture
def look(desk):
    """A function that lets the site see at once what of cases has changed."""
    return desk.extensions["published"].look


@pytest.fixture
def public(published, look):
    """A concern that anybody may read."""
    sent = published(may_publish="words")
    look()
    return sent


def test_every_answer_is_as_the_specification_has_it(resident, post, public):
    for ending in ("json", "xml"):

        def got(path, name, ending=ending):
            return told(resident.get(f"{path}.{ending}"), name)

        got("/open311/discovery", "discovery")
        got(f"{V2}/services", "services")
        got(f"{V2}/services/how_it_is_used", "service_definition")
        assert len(got(f"{V2}/requests", "service_requests")) == 1
        assert len(got(f"{V2}/requests/{public.reference}", "service_requests")) == 1
        got(f"{V2}/requests/7Q4K-2DDJ", "errors")
        assert len(told(post(ending=ending), "posted")) == 1
        told(post(ending=ending, service_code="nothing"), "errors")


def test_what_is_asked_is_what_the_form_asks_and_an_emergency_is_no_service(resident):
    services = resident.get("/km/open311/v2/services.json").json
    codes = [service["service_code"] for service in services]
    assert "how_it_is_used" in codes
    assert "emergency" not in codes
    assert services[2]["service_name"] == "របៀបដែលគេប្រើវា"
    told_of = resident.get(f"{V2}/services/how_it_is_used.json").json["attributes"]
    asked = {one["code"]: one for one in told_of}
    assert {one["key"] for one in asked["may_publish"]["values"]} == {"nothing", "summary", "words"}
    assert asked["may_publish"]["required"]
    assert LENS in {one["key"] for one in asked["technology"]["values"]}
    assert [one["order"] for one in told_of] == list(range(1, len(told_of) + 1))
    assert not {"category", "worry", "contact", "with_photo", "photo"} & set(asked)
    assert "license plates" in asked["note-words"]["description"]
    assert resident.get(f"{V2}/services/emergency.json").status_code == 404


def test_a_concern_that_is_sent_is_the_same_as_one_of_the_form(desk, post, resident):
    answer = post("km", email="rosa@mail.example", **{"attribute[wanted]": "Turn it."})
    (sent,) = answer.json
    with desk.app_context():
        (case,) = db.sessions().query(Case).all()
        assert (case.reference, case.language) == (sent["service_request_id"], "km")
        assert (case.category, case.wish, case.technology) == ("how_it_is_used", "summary", LENS)
        assert case.answers["worry"] == "It looks into my window."
        assert case.answers["wanted"] == "Turn it."
        assert "rosa" not in str(case.answers)
        (way,) = contacts.ways_to(subject_of(case))
        assert (way.kind, way.value) == ("email", "rosa@mail.example")
        (row,) = db.sessions().query(Contact).all()
        assert b"rosa" not in row.value
    assert answer.headers["Cache-Control"] == "no-store"
    receipt = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", sent["service_notice"])[0]
    assert "https://live.example/km/receipts/" in sent["service_notice"]
    assert "It looks into my window." in resident.get(f"/en/receipts/{receipt}/").text


def test_what_is_returned_as_id_opens_nothing_and_shows_nothing_before_it_is_public(resident, post):
    (sent,) = post().json
    reference = sent["service_request_id"]
    assert resident.get(f"{V2}/requests/{reference}.json").status_code == 404
    assert resident.get(f"{V2}/requests.json?service_request_id={reference}").json == []
    assert resident.get(f"{V2}/requests.json").json == []
    for guess in (reference, f"{reference}-{reference}"):
        assert resident.get(f"/en/receipts/{guess}/").status_code == 404


def test_anybody_reads_what_the_pages_show_until_its_writer_takes_it_back(resident, public, look):
    (one,) = resident.get(f"/km/open311/v2/requests/{public.reference}.json").json
    assert (one["status"], one["service_code"]) == ("closed", "how_it_is_used")
    assert one["description"] == "វាមើលចូល […] របស់ខ្ញុំ។"
    assert one["status_notes"].startswith("The answer (km)")
    assert one["requested_datetime"] == "2026-11-22T00:00:00-08:00"
    assert public.receipt not in str(one)
    page = resident.get(f"/en/concerns/{public.reference}/").text
    assert "What kind of concern it is: How it is used" in page
    resident.post(f"/km/receipts/{public.receipt}/erase/", data={})
    look()
    assert resident.get(f"{V2}/requests/{public.reference}.json").status_code == 404
    assert resident.get(f"{V2}/requests.json").json == []


def test_of_whoever_wants_nothing_published_nothing_comes(resident, send, act, look):
    sent = send(may_publish="nothing")
    act("case_officer", sent, "moves/start")
    act("case_officer", sent, "moves/answer", outcome="changed", message="We turned it.")
    look()
    assert resident.get(f"{V2}/requests.json").json == []


QUERIES = (
    ("", 1),
    ("start_date=&status=&service_code=&jurisdiction_id=city.gov", 1),
    ("status=closed", 1),
    ("status=open,closed&service_code=other,how_it_is_used", 1),
    ("status=open", 0),
    ("service_code=other", 0),
    ("start_date=2026-11-22T00:00:00-08:00", 1),
    ("start_date=2026-11-23T09:00:00Z", 0),
    ("start_date=2026-11-23T07:00:00Z", 1),  # which is still the day before in the city
    ("end_date=2026-11-21T12:00:00Z", 0),
    ("start_date=2026-08-25&end_date=2026-11-22", 1),
    ("start_date=2026-01-01&end_date=2026-02-01", 0),
)
"""What is asked for, and how many of one concern come."""

WRONG_QUERIES = (
    "start_date=never", "end_date=9999-99-99", "start_date=0001-01-01T00:00:00%2B14:00",
    "end_date=0001-01-01", "start_date=9999-12-31", "status=answered",
    "start_date=2026-01-01&end_date=2026-06-01", "start_date=2026-02-01&end_date=2026-01-01",
)  # fmt: skip


def test_requests_can_be_asked_for_by_day_service_and_status(resident, public):
    for query, count in QUERIES:
        assert len(resident.get(f"{V2}/requests.json?{query}").json) == count, query
    named = f"service_request_id={public.reference.lower()},X&start_date=never"
    assert len(resident.get(f"{V2}/requests.json?{named}").json) == 1
    for query in WRONG_QUERIES:
        answer = resident.get(f"{V2}/requests.json?{query}")
        assert answer.status_code == 400, query
        told(answer, "errors")


REFUSED = (
    ({"api_key": None}, 403, "api_key"),
    ({"api_key": KEY[:-1]}, 403, "api_key"),
    ({"api_key": "ខ្មែរ"}, 403, "api_key"),
    ({"service_code": None}, 400, "service_code"),
    ({"service_code": "graffiti"}, 404, "no such service"),
    ({"service_code": "emergency"}, 404, "Call 911"),
    ({"description": None}, 400, "What worries you?"),
    ({"description": "x" * 2001}, 400, "at most 2,000"),
    ({"attribute[may_publish]": None}, 400, "What may be published?"),
    ({"attribute[device]": "7777777"}, 400, "code"),
    ({"email": "nobody"}, 400, "e-mail"),
    ({"attribute[technology]": "nope"}, 400, "(technology)"),
    ({"attribute[place]": ["atlantis", "nope"]}, 400, "(place)"),
    ({"lat": "33.7"}, 400, "lat and long"),
    ({"lat": "nan", "long": "inf"}, 400, "lat and long"),
    ({"address_id": "atlantis"}, 400, "address_id"),
    ({"description": "Call me at 562-555-0100."}, 400, "562-555-0100"),
    ({"description": "x" * 200_000}, 400, "too long"),
)
"""What is sent, with which status it is refused, and what the reason says."""


def test_what_the_form_would_not_take_is_refused_with_its_reason(desk, post, resident):
    for fields, status, said in REFUSED:
        answer = post(**fields)
        assert answer.status_code == status, fields
        assert said in " ".join(one["description"] for one in told(answer, "errors")), fields
    # A key in an address is none: addresses are logged.
    assert resident.post(f"{V2}/requests.json?api_key={KEY}").status_code == 403
    with desk.app_context():
        assert db.sessions().query(Case).count() == 0
    checked = {"description": "Call me at 562-555-0100.", "attribute[personal-checked]": "yes"}
    assert post(**checked).status_code == 200


def test_what_the_form_does_not_want_is_kept_nowhere_and_its_sender_is_told(desk, post, caplog):
    unwanted = {
        "first_name": "UNWANTED", "last_name": "UNWANTED", "device_id": "UNWANTED",
        "account_id": "UNWANTED", "media_url": "http://127.0.0.1:9/UNWANTED.jpg",
        "address_string": "UNWANTED", "lat": "33.7712345", "long": "-118.1912345",
    }  # fmt: skip
    (sent,) = post(**unwanted).json
    assert all(name in sent["service_notice"] for name in unwanted)
    with desk.app_context():
        (case,) = db.sessions().query(Case).all()
        assert case.place == ""
        rows = [str(row) for t in db.Base.metadata.sorted_tables
                for row in db.sessions().execute(t.select())]  # fmt: skip
    assert [row for row in rows if "UNWANTED" in row or "12345" in row] == []
    assert "UNWANTED" not in caplog.text
    assert "UNWANTED" not in str(sent)


def test_a_number_is_taken_for_text_messages_where_the_site_sends_them(desk, post):
    (sent,) = post(phone="562-555-0100").json
    assert "phone" in sent["service_notice"]
    desk.extensions["config"] = replace(
        desk.extensions["config"], text_sender="folder", base_url="https://site.example"
    )
    (sent,) = post(phone="562-555-0101").json
    assert "phone" not in sent["service_notice"]
    with desk.app_context():
        (row,) = db.sessions().query(Contact).all()
        assert row.kind == "text"


def cases(desk):
    """How many concerns there are."""
    with desk.app_context():
        return db.sessions().query(Case).count()


def test_what_is_sent_twice_is_one_concern_and_is_answered_the_same(desk, post, clock):
    first = post(email="rosa@mail.example", device_id="one")
    clock["now"] += timedelta(hours=23)
    assert post(email="rosa@mail.example", device_id="one").json == first.json
    in_xml = post(ending="xml", email="rosa@mail.example", device_id="one").text
    assert first.json[0]["service_request_id"] in in_xml
    assert cases(desk) == 1


def test_what_differs_in_anything_or_comes_days_later_is_another_concern(desk, post, clock):
    sent = [post(), post("es"), post(device_id="one"), post(device_id="two")]
    sent.append(post(description="It looks into my window!"))
    clock["now"] += timedelta(hours=31)
    sent.append(post())
    receipts = {re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", str(one.json))[0] for one in sent}
    assert len(receipts) == len(sent) == cases(desk)


def test_a_restart_does_not_forget_what_was_sent(desk, post, config):
    first = post()
    again = create_app(config).test_client().post(f"{V2}/requests.json", data=POSTED)
    assert (again.json, cases(desk)) == (first.json, 1)


def test_what_is_sent_twice_at_one_moment_is_one_concern(desk, clock):  # noqa: ARG001
    def posted(_):
        return desk.test_client().post(f"{V2}/requests.json", data=POSTED).json[0]

    with ThreadPoolExecutor(8) as many:
        ids = {one["service_request_id"] for one in many.map(posted, range(24))}
    assert len(ids) == cases(desk) == 1


def test_what_makes_receipts_the_same_holds_nothing_that_was_sent_and_is_thrown_away(
    desk, post, config, clock
):
    post()
    path = config.instance / repeats.FILE
    kept = path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert not re.search("window|[0-9A-Z]{4}-", kept)
    clock["now"] += timedelta(hours=31)
    with desk.test_request_context("/en/"):
        nightly.a_night()
    assert path.read_text("utf-8") == "{}"


def test_an_address_id_is_a_place_of_the_registry(desk, post, resident):
    place = next(iter(desk.extensions["published"].content.registry.places))
    assert post(address_id=place).status_code == 200
    with desk.app_context():
        assert db.sessions().query(Case).one().place == place
    values = {
        value["key"]
        for one in resident.get(f"{V2}/services/other.json").json["attributes"]
        if one["code"] == "place"
        for value in one["values"]
    }
    assert place in values


def test_a_point_lies_in_the_place_around_it_and_in_no_hole_of_it():
    import numpy as np  # noqa: PLC0415

    def square(size):
        return np.array([(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)], dtype=float) * size

    outline = Outline(Place(id="ring", name=None, kind="district"), (square(2), square(1)))
    points = [(1.5, 0.3), (0.2, -1.5), (0.0, 0.0), (3.0, 0.0), (0.3, 2.5)]
    assert [place_at((outline,), *point) for point in points] == ["ring", "ring", "", "", ""]


def test_the_pace_of_a_network_is_that_of_the_form(desk, post, monkeypatch):
    monkeypatch.setitem(desk.extensions, "pace", Pace(1))
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    client = desk.test_client()
    data = {"api_key": KEY, "service_code": "other", "description": "x",
            "attribute[may_publish]": "nothing"}  # fmt: skip
    codes = [client.post(f"{V2}/requests.json", data=data, environ_base=elsewhere)
             for _ in range(2)]  # fmt: skip
    assert [answer.status_code for answer in codes] == [200, 200]
    data["description"] = "y"
    late = client.post(f"{V2}/requests.json", data=data, environ_base=elsewhere)
    assert (late.status_code, late.json[0]["code"]) == (400, 429)
    assert post().status_code == 200


def test_it_is_off_unless_the_site_wants_it_and_without_a_key_nobody_sends(config, post):
    assert post().status_code == 200
    off = create_app(replace(config, open311="", open311_keys=()))
    assert {off.test_client().get(f"{path}.json").status_code for path in PUBLIC} == {404}
    read = create_app(replace(config, open311_keys=()))
    assert {read.test_client().get(f"{path}.json").status_code for path in PUBLIC} == {200}
    assert read.test_client().post(f"{V2}/requests.json", data={"api_key": ""}).status_code == 403
    frozen = create_app(config, frozen=True)
    assert not [rule for rule in frozen.url_map.iter_rules() if "open311" in rule.rule]


def test_settings_that_make_no_sense_are_refused(monkeypatch):
    monkeypatch.setenv("LAMPPOST_OPEN311", "on")
    monkeypatch.setenv("LAMPPOST_OPEN311_KEYS", f"{KEY} {'k' * 20}")
    config = Config.from_environment()
    assert (config.open311, config.open311_keys) == ("on", (KEY, "k" * 20))
    assert KEY not in repr(config)
    monkeypatch.setenv("LAMPPOST_OPEN311_KEYS", "short")
    with pytest.raises(ValueError, match="OPEN311_KEYS"):
        Config.from_environment()
    monkeypatch.setenv("LAMPPOST_OPEN311", "yes")
    with pytest.raises(ValueError, match="OPEN311"):
        Config.from_environment()


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_an_address_that_is_none_is_told_in_the_form_that_was_asked_for(resident, ending):
    for answer in (
        resident.get(f"{V2}/nothing.{ending}"),
        resident.get(f"{V2}/requests/a/b.{ending}"),
        resident.put(f"{V2}/services.{ending}"),
    ):
        assert answer.status_code == 404
        assert "There is no such address" in answer.text
        assert answer.mimetype.endswith(ending)
