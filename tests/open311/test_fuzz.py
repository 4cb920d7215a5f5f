"""Whatever other software sends or asks for: no 500, and never another form than was asked for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from .conftest import POSTED

ANYTHING = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
SHORT = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.sampled_from(["2026-11-22", "0001-01-01T00:00:00+23:59", "open,", "9999-12-31"])
ASKED = ["start_date", "end_date", "status", "service_code", "service_request_id"]
NUMBERS = st.sampled_from(["nan", "1e999", "-0", "91", "٣٣", "33.7", "-118.2", "999999"])
FIELDS = [
    *POSTED, "lat", "long", "address_string", "address_id", "email", "phone", "first_name",
    "media_url", "attribute[place]", "attribute[device]", "attribute[wanted]", "attribute[]",
    "attribute[technology][]", "attribute[personal-checked]", "jurisdiction_id",
]  # fmt: skip


def is_well_formed(answer, ending):
    if ending == "json":
        return answer.json is not None
    return etree.fromstring(answer.data) is not None


@SHORT
@given(
    ending=st.sampled_from(["json", "xml"]),
    fields=st.dictionaries(st.sampled_from(FIELDS), ANYTHING | NUMBERS | st.none(), max_size=6),
)
@pytest.mark.usefixtures("clock")
def test_nothing_that_is_posted_breaks_it(post, ending, fields):
    answer = post(ending=ending, **fields)
    assert answer.status_code < 500
    assert is_well_formed(answer, ending)


@SHORT
@given(
    ending=st.sampled_from(["json", "xml"]),
    query=st.dictionaries(st.sampled_from(ASKED), ANYTHING | DAYS),
)
def test_nothing_that_is_asked_for_breaks_it(resident, ending, query):
    answer = resident.get(f"/tl/open311/v2/requests.{ending}", query_string=query)
    assert answer.status_code < 500
    assert is_well_formed(answer, ending)


@SHORT
@given(what=st.sampled_from(["requests", "services"]), name=ANYTHING)
def test_nothing_that_is_named_breaks_it(resident, what, name):
    assert resident.get(f"/es/open311/v2/{what}/{name}.xml").status_code < 500
