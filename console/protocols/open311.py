"""Open311 GeoReport v2: what a citizen's client asks and what it is told, in JSON and XML.

Every answer is one plain tree of dicts, lists and strings; :func:`render` writes it in either
format, so that both always say the same. Times are W3C dates with a zone.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from console.protocols.errors import ProtocolError
from console.protocols.fix import moment, number

Format = Literal["json", "xml"]
MEDIA_TYPES: dict[Format, str] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
MAX_DESCRIPTION = 4000
MAX_PAGE = 500
LONGEST_SPAN = timedelta(days=90)
"""The standard's widest window between start_date and end_date."""

_ITEM = {
    "services": "service",
    "service_requests": "request",
    "satisfactions": "satisfaction",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# --- what a client sends -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A posted service request. Either ``lat`` and ``lon`` are given or ``address`` is."""

    code: str
    lat: float | None = None
    lon: float | None = None
    address: str = ""
    description: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    device: str = ""
    media_url: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """An attribute of a service definition: what else a service asks for.

    ``values`` are the choices of a list, key -> name.
    """

    code: str
    datatype: Literal[
        "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"
    ] = "string"
    description: str = ""
    hint: str = ""
    required: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


def answers(given: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """Return the attributes of a request that a service asks for, each of its type.

    What nobody asked for is kept as it is. Raises ``ProtocolError`` naming ``attribute[CODE]``.
    """
    found = dict(given)
    for question in questions:
        name = f"attribute[{question.code}]"
        said = given.get(question.code, "").strip()
        if not said:
            if question.required:
                raise ProtocolError(f"{name} is required", name)
        elif question.datatype == "number":
            number(said, name, -1e12, 1e12)
        elif question.datatype == "datetime":
            moment(said, name)
        elif question.datatype.endswith("list"):
            chosen = said.split(",") if question.datatype == "multivaluelist" else [said]
            if not {part.strip() for part in chosen} <= question.values.keys():
                raise ProtocolError(f"{name} is none of its values", name)
    return found


def decode(form: Mapping[str, str]) -> NewRequest:
    """Return the request a form tells; raise ``ProtocolError`` naming the field at fault."""
    code = _text(form, "service_code", 64)
    if not code:
        raise ProtocolError("service_code is missing", "service_code")
    lat = lon = None
    if form.get("lat") or form.get("long"):
        lat = number(form.get("lat"), "lat", -90, 90)
        lon = number(form.get("long"), "long", -180, 180)
    address = _text(form, "address_string", 300)
    if lat is None and not address:
        raise ProtocolError("lat and long or address_string is required", "lat")
    names = [_text(form, key, 60) for key in ("last_name", "first_name")]
    attributes = {
        key[10:].partition("]")[0]: value[:500]
        for key, value in list(form.items())[:64]
        if re.fullmatch(r"attribute\[[^\[\]]{1,64}\](\[\])?", key)
    }
    return NewRequest(
        code=code,
        lat=lat,
        lon=lon,
        address=address,
        description=_text(form, "description", MAX_DESCRIPTION),
        name="".join(names),
        phone=_text(form, "phone", 40),
        email=_text(form, "email", 120),
        device=_text(form, "device_id", 120),
        media_url=_text(form, "media_url", 1000),
        attributes=attributes,
    )


def _text(form: Mapping[str, str], key: str, limit: int) -> str:
    value = form.get(key, "").strip()
    if len(value) > limit:
        raise ProtocolError(f"{key} is longer than {limit} characters", key)
    return value


def encode(request: NewRequest) -> dict[str, str]:
    """Return the form that posts ``request``; what is empty is left out."""
    form = {
        "service_code": request.code,
        "lat": "" if request.lat is None else f"{request.lat:.7f}",
        "long": "" if request.lon is None else f"{request.lon:.7f}",
        "address_string": request.address,
        "description": request.description,
        "last_name": request.name,
        "phone": request.phone,
        "email": request.email,
        "device_id": request.device,
        "media_url": request.media_url,
    }
    form |= {f"attribute[{key}]": value for key, value in request.attributes.items()}
    return {key: value for key, value in form.items() if value}


@dataclass(frozen=True, slots=True)
class Query:
    """Which requests a client wants: by id, else by class, state and time of asking."""

    ids: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset({"open", "closed"})
    start: datetime | None = None
    end: datetime | None = None
    page: int = 1
    page_size: int = 50


def query(form: Mapping[str, str], now: datetime) -> Query:
    """Read the filters of a listing; without dates it is the last 90 days."""
    ids = _set(form, "service_request_id")
    states = _set(form, "status") or frozenset({"open", "closed"})
    if not states <= {"open", "closed"}:
        raise ProtocolError("status is neither open nor closed", "status")
    end = moment(form["end_date"], "end_date") if form.get("end_date") else None
    start = moment(form["start_date"], "start_date") if form.get("start_date") else None
    if not ids:
        end = end or (start + LONGEST_SPAN if start else now)
        start = start or end - LONGEST_SPAN
        if not timedelta(0) <= end - start <= LONGEST_SPAN:
            raise ProtocolError("end_date is not within 90 days after start_date", "end_date")
    return Query(
        ids=ids,
        codes=_set(form, "service_code"),
        states=states,
        start=start,
        end=end,
        page=int(number(form.get("page") or 1, "page", 1, 1e6)),
        page_size=int(number(form.get("page_size") or 50, "page_size", 1, MAX_PAGE)),
    )


def _set(form: Mapping[str, str], key: str) -> frozenset[str]:
    parts = (part.strip() for part in form.get(key, "").split(","))
    return frozenset(part for part in parts if part)


# --- what a client is told ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    name: str
    group: str
    description: str = ""
    keywords: str = ""
    metadata: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One service request as the reporter may see it."""

    id: str
    open: bool
    notes: str
    service_name: str
    service_code: str
    description: str
    requested: datetime
    updated: datetime
    expected: datetime | None
    address: str
    lat: float
    lon: float
    agency: str = ""
    media_url: str = ""


def date(at: datetime) -> str:
    """Return a W3C date in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def services(items: Iterable[Service]) -> list[dict[str, str]]:
    return [
        {
            "service_code": item.code,
            "service_name": item.name,
            "description": item.description or item.name,
            "metadata": "true" if item.metadata else "false",
            "type": "realtime",
            "keywords": item.keywords,
            "group": item.group,
        }
        for item in items
    ]


def definition(code: str, questions: Iterable[Question]) -> dict[str, Any]:
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": "true",
                "code": question.code,
                "datatype": question.datatype,
                "required": "true" if question.required else "false",
                "datatype_description": question.hint,
                "order": order,
                "description": question.description,
                "values": [{"key": key, "name": name} for key, name in question.values.items()],
            }
            for order, question in enumerate(questions, start=1)
        ],
    }


def token(token_: str, request_id: str) -> list[dict[str, str]]:
    return [{"token": token_, "service_request_id": request_id}]


def requests(items: Iterable[Request]) -> list[dict[str, Any]]:
    return [
        {
            "service_request_id": item.id,
            "status": "open" if item.open else "closed",
            "status_notes": item.notes,
            "service_name": item.service_name,
            "service_code": item.service_code,
            "description": item.description,
            "agency_responsible": item.agency,
            "service_notice": "",
            "requested_datetime": date(item.requested),
            "updated_datetime": date(item.updated),
            "expected_datetime": date(item.expected) if item.expected else "",
            "address": item.address,
            "address_id": "",
            "zipcode": "",
            "lat": item.lat,
            "long": item.lon,
            "media_url": item.media_url,
        }
        for item in items
    ]


def accepted(request_id: str, notice: str) -> list[dict[str, str]]:
    return [{"service_request_id": request_id, "service_notice": notice, "account_id": ""}]


def errors(code: int, description: str) -> list[dict[str, Any]]:
    return [{"code": code, "description": description}]


def discovery(url: str, changed: datetime, contact: str, key_service: str) -> dict[str, Any]:
    return {
        "changeset": date(changed),
        "contact": contact,
        "key_service": key_service,
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": url,
                "changeset": date(changed),
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


# --- both formats ------------------------------------------------------------------------


def render(root: str, tree: Any, form: Format) -> bytes:
    """Write ``tree`` as JSON, or as XML below an element called ``root``."""
    if form == "json":
        return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")
    written: bytes = ET.tostring(_element(root, tree), encoding="utf-8", xml_declaration=True)
    return written


def _element(name: str, tree: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(tree, Mapping):
        element.extend(_element(key, value) for key, value in tree.items())
    elif isinstance(tree, list):
        element.extend(_element(_ITEM[name], value) for value in tree)
    else:
        element.text = _NOT_XML.sub("", str(tree))
    return element
