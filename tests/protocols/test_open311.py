"""Open311 GeoReport v2: forms, filters, and two formats that say the same."""

from __future__ import annotations

import contextlib
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.protocols import open311
from console.protocols.errors import ProtocolError

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
REQUEST = open311.Request(
    id="c17",
    open=True,
    notes="受理立案 → 派单核实",
    service_name="无照经营游商",
    service_code="09001",
    description="<b>卖菜 & 堵路</b>",
    requested=AT,
    updated=AT,
    expected=None,
    address="人民路",
    lat=28.1,
    lon=121.2,
)


def parsed(raw: bytes) -> ET.Element:
    return ET.fromstring(raw)  # noqa: S314 - our own output


def refused(form: dict[str, str]) -> str | None:
    with pytest.raises(ProtocolError) as error:
        open311.decode(form)
    return error.value.field


def test_a_form_is_read_field_by_field() -> None:
    request = open311.decode(
        {
            "service_code": "09001",
            "lat": "28.1",
            "long": "121.2",
            "description": " 有人摆摊 ",
            "last_name": "陈",
            "first_name": "静",
            "attribute[size]": "large",
            "api_key": "not ours to keep",
        }
    )
    assert (request.code, request.lat, request.lon) == ("09001", 28.1, 121.2)
    assert (request.description, request.name) == ("有人摆摊", "陈静")
    assert request.attributes == {"size": "large"}


def test_a_wrong_field_is_named() -> None:
    good = {"service_code": "09001", "lat": "28.1", "long": "121.2"}
    assert refused(good | {"service_code": " "}) == "service_code"
    assert refused(good | {"lat": "north"}) == "lat"
    assert refused({"service_code": "09001", "lat": "28.1"}) == "long"
    assert refused({"service_code": "09001"}) == "lat"
    assert refused(good | {"description": "x" * 4001}) == "description"
    assert open311.decode({"service_code": "1", "address_string": "人民路"}).lat is None


def test_a_listing_without_dates_is_the_last_ninety_days() -> None:
    found = open311.query({}, AT)
    assert (found.start, found.end) == (AT - timedelta(days=90), AT)
    assert found.states == {"open", "closed"}
    some = open311.query({"service_request_id": "c1, c2", "status": "open", "page": "2"}, AT)
    assert some.ids == {"c1", "c2"}
    assert some.states == {"open"}
    assert some.page == 2
    for bad in (
        {"status": "lost"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
        {"page_size": "501"},
        {"start_date": "soon"},
    ):
        with pytest.raises(ProtocolError):
            open311.query(bad, AT)


def test_json_and_xml_say_the_same_and_escape() -> None:
    tree = open311.requests([REQUEST])
    (as_json,) = json.loads(open311.render("service_requests", tree, "json"))
    raw = open311.render("service_requests", tree, "xml")
    assert raw.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert b"<b>" not in raw
    (as_xml,) = parsed(raw)
    assert as_xml.tag == "request"
    assert {child.tag: child.text or "" for child in as_xml} == {
        key: str(value) for key, value in as_json.items()
    }
    assert as_json["requested_datetime"] == "2026-11-22T08:30:00Z"
    assert as_json["status"] == "open"


def test_every_answer_has_the_elements_of_the_standard() -> None:
    paths = {
        "services/service/service_code": open311.services([open311.Service("1", "a", "g")]),
        "errors/error/description": open311.errors(404, "none"),
        "discovery/endpoints/endpoint/formats/format": open311.discovery("u", AT, "c", "k"),
        "service_definition/attributes/attribute/values/value/key": open311.definition(
            "1", [open311.Question("q", "singlevaluelist", values={"k": "n"})]
        ),
        "service_requests/request/service_request_id": open311.accepted("c1", ""),
    }
    for path, tree in paths.items():
        root, rest = path.split("/", 1)
        assert parsed(open311.render(root, tree, "xml")).find(rest) is not None
        json.loads(open311.render(root, tree, "json"))


KEYS = [
    "service_code",
    "lat",
    "long",
    "address_string",
    "description",
    "attribute[a]",
    "attribute[",
]
QUERY = ["service_request_id", "status", "start_date", "end_date", "page", "page_size"]


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=30)))
@settings(max_examples=300, deadline=None)
def test_any_form_is_read_or_refused(form: dict[str, str]) -> None:
    with contextlib.suppress(ProtocolError):
        request = open311.decode(form)
        assert open311.decode(open311.encode(request)).code == request.code


@given(st.dictionaries(st.sampled_from(QUERY), st.text(max_size=24)))
@settings(max_examples=300, deadline=None)
def test_any_filter_is_read_or_refused(form: dict[str, str]) -> None:
    with contextlib.suppress(ProtocolError):
        open311.query(form, AT)


@given(st.text())
def test_any_text_makes_well_formed_xml(text: str) -> None:
    tree: Any = [{"code": 400, "description": text}]
    parsed(open311.render("errors", tree, "xml"))
    json.loads(open311.render("errors", tree, "json"))


@pytest.mark.parametrize(
    ("question", "said", "good"),
    [
        (open311.Question("q", "number"), "3", True),
        (open311.Question("q", "number"), "drei", False),
        (open311.Question("q", "datetime"), "2026-11-22T08:30:00Z", True),
        (open311.Question("q", "datetime"), "yesterday", False),
        (open311.Question("q", "singlevaluelist", values={"a": "A"}), "a", True),
        (open311.Question("q", "singlevaluelist", values={"a": "A"}), "a,b", False),
        (open311.Question("q", "multivaluelist", values={"a": "A", "b": "B"}), "a,b", True),
        (open311.Question("q", "multivaluelist", values={"a": "A"}), "a,c", False),
        (open311.Question("q", required=True), "", False),
        (open311.Question("q"), "", True),
    ],
)
def test_an_answer_is_of_the_type_that_was_asked_for(
    question: open311.Question, said: str, good: bool
) -> None:
    if good:
        assert open311.answers({"q": said}, [question]) == {"q": said}
        return
    with pytest.raises(ProtocolError) as error:
        open311.answers({"q": said}, [question])
    assert error.value.field == "attribute[q]"
