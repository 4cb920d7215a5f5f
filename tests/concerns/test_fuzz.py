"""Whatever is sent to the forms of cases: no 500, and no second case."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lamppost import db
from lamppost.cases.models import Case

from ..writers import mark_in, way_in
from .conftest import case_of

ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
SHORT = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SHORT
@given(path=st.sampled_from(["", "return/"]), data=st.dictionaries(ANYTHING, ANYTHING, max_size=4))
def test_nothing_that_is_sent_to_the_start_breaks_it(resident, path, data):
    known = {"mark": data.get("mark", "x"), "receipt": data.get("r", "7Q4K"), **data}
    assert resident.post(f"/km/concerns/new/{path}", data=known).status_code < 500


@SHORT
@given(
    number=st.integers(0, 9),
    data=st.dictionaries(
        st.sampled_from(["category", "worry", "wanted", "technology", "device", "place", "go",
                         "may_publish", "contact.email", "contact.phone", "shown", "photo"]),
        ANYTHING,
    ),
)  # fmt: skip
@pytest.mark.usefixtures("clock")
def test_nothing_that_is_sent_to_a_section_breaks_it(resident, number, data):
    first = way_in(resident.get("/tl/concerns/new/").text)
    mark = mark_in(resident.get(first).text)
    shown = data.get("shown", "") + " category worry wanted may_publish contact photo device"
    address = re.sub(r"/\d+/[?].*", f"/{number}/", first)
    sent = {"go": "next", **data, "mark": mark, "shown": shown}
    assert resident.post(address, data=sent).status_code < 500
    assert resident.get(re.sub(r"/\d+/[?].*", "/check/", first)).status_code < 500


@pytest.fixture
def a_case(send):
    """A concern that is asked about."""
    return send("km", "technologies/police-plate-readers/")


@SHORT
@given(
    move=st.sampled_from(["reply", "accept", "dispute", "answer", "lapse", "nothing"]),
    words=ANYTHING,
    seen=ANYTHING,
)
def test_nothing_that_is_sent_with_a_receipt_breaks_its_thread(resident, a_case, move, words, seen):
    address = f"/km/receipts/{a_case.receipt}/"
    answer = resident.post(f"{address}{move}/", data={"message": words, "seen": seen})
    assert answer.status_code < 500
    assert resident.get(address).status_code == 200


@pytest.fixture
def staff(sign_in):
    """Somebody who may do all with a case."""
    return sign_in("case_officer", "moderator", "records_officer")


WHERE = [
    "moves/start", "moves/ask", "moves/refer", "moves/answer", "moves/merge", "moves/resume",
    "moves/reopen", "moves/lapse", "claim", "public", "publish", "withhold", "changes", "hold",
]  # fmt: skip
FIELDS = ["message", "translated", "made", "outcome", "target", "reason", "save", "why",
          "summary_en", "words_km", "made_km"]  # fmt: skip


@SHORT
@given(
    where=st.sampled_from(WHERE),
    data=st.dictionaries(
        st.sampled_from(FIELDS), ANYTHING | st.sampled_from(["changed", "machine"])
    ),
    seen=st.sampled_from(["", "-1", "x", "9" * 30, "now"]),
)  # fmt: skip
def test_nothing_that_staff_send_breaks_a_case(desk, staff, a_case, where, data, seen):
    with desk.app_context():
        version = case_of(a_case).version
    sent = {**data, "seen": str(version) if seen == "now" else seen}
    address = f"/km/desk/cases/{a_case.reference}/"
    assert staff.post(f"{address}{where}/", data=sent).status_code < 500
    assert staff.get(address).status_code == 200
    with desk.app_context():
        assert db.sessions().query(Case).count() == 1
