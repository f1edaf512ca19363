"""The citizens' door: Open311 GeoReport v2, whole, in JSON and XML."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Coroutine, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import wire
from console.domain import clock
from console.domain.case import OVER, Action, Source, State
from console.domain.classify import UNSORTED
from console.domain.steps import told
from console.hub.auth import SYSTEM, HubHere
from console.hub.intake import photos, places
from console.hub.intake.clients import client
from console.hub.intake.desk import IncomingReport, guess_of, keep_photo, receive
from console.hub.intake.questions import questions
from console.hub.intake.web import FORM, PARTS, body_of, form_of, key_of
from console.hub.refusal import Refused
from console.hub.rules.case_flow import step
from console.hub.store import Reader, Tx
from console.hub.store.intake import Client, reports_with_cases
from console.hub.words import words
from console.protocols import open311
from console.protocols.errors import ProtocolError
from console.protocols.open311 import Format, NewRequest

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "open311"
OTHER = open311.Service(UNSORTED, "其他问题", "其他", "说不清类别的问题，由受理员分类")
CHANGED = datetime(2026, 11, 22, tzinfo=UTC)
NOTICE = "已收到，可凭编号查询：受理立案、派单核实、确认处置、结果反馈。"

_RESULTS = frozenset(
    {Action.CLOSE, Action.FORCE_CLOSE, Action.SETTLE, Action.REJECT, Action.TRANSFER}
)
"""Steps whose note is the result that a reporter is told, once the case is at its end."""

MAX_TEXT = 500
"""Characters of a citizen's word on how content he is."""


class _Route(APIRoute):
    """Answers every refusal in the standard's own shape and in the format asked for."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except ProtocolError as error:
                status, said = 400, error.detail
            except Refused as refused:
                problem = refused.problem
                status = 400 if refused.status == 422 else refused.status
                said = f"{problem.field or problem.code}: {problem.detail}"
            except RequestValidationError:
                status, said = 404, "no such format"
            except HTTPException as error:
                status, said = error.status_code, str(error.detail)
            hub: Hub = request.app.state.hub
            hub.doors[DOOR].refuse(said)
            form: Format = "xml" if request.url.path.endswith(".xml") else "json"
            return _answer("errors", open311.errors(status, said), form, status)

        return answer


router = APIRouter(prefix="/open311/v2", tags=["open311"], route_class=_Route)


def _answer(root: str, tree: Any, form: Format, status: int = 200) -> Response:
    body = open311.render(root, tree, form)
    return Response(body, status, media_type=open311.MEDIA_TYPES[form])


@router.get("/discovery.{form}")
async def discovery(form: Format, request: Request, hub: HubHere) -> Response:
    """Tell where the service is."""
    url = str(request.base_url) + "open311/v2"
    tree = open311.discovery(url, CHANGED, hub.register.town, "")
    return _answer("discovery", tree, form)


@router.get("/services.{form}")
async def services(form: Format, hub: HubHere) -> Response:
    """List what may be reported: the matters of the catalogue."""
    return _answer("services", open311.services(_services(hub).values()), form)


@router.get("/services/{code}.{form}")
async def definition(code: str, form: Format, hub: HubHere) -> Response:
    """Tell what else a service asks for."""
    if code not in _services(hub):
        raise Refused("service_code", f"{code} is not known", status=404)
    tree = open311.definition(code, questions().get(code, []))
    return _answer("service_definition", tree, form)


def _services(hub: Hub) -> dict[str, open311.Service]:
    found = {
        item.code: open311.Service(
            item.code, item.name, item.major, metadata=item.code in questions()
        )
        for item in hub.live.catalogue.values()
        if item.kind == "matter" and item.scheme == wire.BASE_SCHEME
    }
    return found | {OTHER.code: OTHER}


# --- asking what became of it ------------------------------------------------------------


@router.get("/requests.{form}")
async def requests(form: Format, request: Request, hub: HubHere) -> Response:
    """List requests, newest first."""
    query = open311.query(request.query_params, hub.now())
    found = await hub.store.read(lambda reader: _listed(hub, reader, query))
    return _answer("service_requests", open311.requests(found), form)


@router.get("/requests/{report}.{form}")
async def request_by_id(report: str, form: Format, hub: HubHere) -> Response:
    """Tell about one request."""
    query = open311.Query(ids=frozenset({report}))
    found = await hub.store.read(lambda reader: _listed(hub, reader, query))
    if not found:
        raise Refused("service_request_id", f"{report} is not known", status=404)
    return _answer("service_requests", open311.requests(found), form)


@router.get("/tokens/{token}.{form}")
async def request_of_token(token: str, form: Format, hub: HubHere) -> Response:
    """Tell the number of a request by its token: here every token is the number itself."""
    found = await hub.store.read(lambda reader: reader.get_report(token))
    if found is None or found.source != Source.CITIZEN:
        raise Refused("token", f"{token} is not known", status=404)
    return _answer("service_requests", open311.token(token, found.id), form)


def _listed(hub: Hub, reader: Reader, query: open311.Query) -> list[open311.Request]:
    if query.ids:
        asked = [reader.get_report(id_) for id_ in sorted(query.ids)[: open311.MAX_PAGE]]
        citizens = [found for found in asked if found and found.source == Source.CITIZEN]
        rows = [_case_of(reader, report) for report in citizens]
        return [_request(reader, *found) for found in zip(citizens, rows, strict=True)]
    assert query.start is not None
    assert query.end is not None
    first = (query.page - 1) * query.page_size
    fitting = itertools.islice(_fitting(reader, query), first, first + query.page_size)
    return [_request(reader, report, row) for report, row in fitting]


def _fitting(reader: Reader, query: open311.Query) -> Iterator[tuple[wire.Report, wire.CaseRow]]:
    """Yield the citizens' reports that are asked for, newest first."""
    assert query.start is not None
    assert query.end is not None
    for report, row in reports_with_cases(reader, Source.CITIZEN, query.start, query.end):
        row = _lives_in(reader, row)
        state = "closed" if State(row.state) in OVER else "open"
        if state in query.states and (not query.codes or row.code in query.codes):
            yield report, row


def _case_of(reader: Reader, report: wire.Report) -> wire.CaseRow:
    row = reader.get(wire.CaseRow, report.case)
    assert row is not None, "a report stands in a case"
    return _lives_in(reader, row)


def _lives_in(reader: Reader, row: wire.CaseRow) -> wire.CaseRow:
    """Return the case in which a merged one lives on: merging makes no circle."""
    while row.merged_into and (into := reader.get(wire.CaseRow, row.merged_into)):
        row = into
    return row


def _request(reader: Reader, report: wire.Report, row: wire.CaseRow) -> open311.Request:
    """Return what the reporter may see: nothing of other reporters, nothing of officers."""
    history = reader.history(row.id)
    state = State(row.state)
    over = state in OVER
    results = [
        fact.note
        for fact in history
        if fact.action == Action.REPLY or (over and fact.action in _RESULTS)
    ]
    wanted = [fact.note for fact in history if fact.action == Action.RETURN]
    return open311.Request(
        id=report.id,
        open=not over,
        notes=told(state, results[-1] if results else "", wanted[-1] if wanted else ""),
        service_name=row.name,
        service_code=row.code,
        description=report.text,
        requested=report.at,
        updated=history[-1].at if history else report.at,
        expected=row.due,
        address=row.place,
        lat=report.where.lat,
        lon=report.where.lon,
        agency=row.department_name,
        media_url=str(report.data.get("media_url", "")),
    )


_FIELDS = (
    "api_key", "service_code", "lat", "long", "address_string", "description", "first_name",
    "last_name", "phone", "email", "device_id", "media_url", "attribute[plate]",
)  # fmt: skip
_RATING = body_of(FORM, fields=("api_key", "satisfaction", "text"))


# --- reporting ----------------------------------------------------------------------------


@router.post(
    "/requests.{form}", openapi_extra=body_of(FORM, PARTS, fields=_FIELDS, files=("media",))
)
async def post(form: Format, request: Request, hub: HubHere) -> Response:
    """Take a report as a form, with a photo in the field ``media`` where it is multipart.

    ``media_url`` is kept and never fetched: it is whatever a stranger wrote.
    """
    fields, files = await form_of(request)
    who = await client(hub, fields.pop("api_key", None) or key_of(request))
    new = open311.decode(fields)
    chosen = _services(hub).get(new.code)
    if chosen is None:
        raise Refused("service_code", f"{new.code} is not known", status=404)
    attributes = open311.answers(new.attributes, questions().get(new.code, []))
    field = "address_string" if new.lat is None else "lat"
    lat, lon = places.place(hub, new.lat, new.lon, new.address, field)
    data = files.get("media", b"")
    kept = (await photos.take(hub, data, "report", DOOR),) if data else ()
    report = IncomingReport(
        door=DOOR,
        external=_external(hub, request, who, fields, data),
        source=Source(who.source),
        at=hub.now(),
        lat=lat,
        lon=lon,
        guess=guess_of(new.description, new.code, chosen.name),
        text=new.description,
        reporter=_reporter(who, new),
        photos=kept,
        urgent=words().danger(new.description),
        by=who.officer,
        party=who.name,
        data=_extra(new) | {"client": who.name, "attributes": attributes},
    )
    received = await receive(hub, report)
    hub.doors[DOOR].taken += 1
    return _answer("service_requests", open311.accepted(received.report, NOTICE), form, 201)


def _reporter(who: Client, new: NewRequest) -> str:
    if who.officer is not None:
        return who.officer.name
    return " ".join(part for part in (new.name, new.phone, new.email) if part)


@router.post(
    "/requests/{report}.{form}",
    openapi_extra=body_of(PARTS, fields=("api_key", "description"), files=("media",)),
)
async def supplement(report: str, form: Format, request: Request, hub: HubHere) -> Response:
    """Take what a reporter adds, as a form with ``description`` and ``media``.

    A case that was returned to him goes on; to any other open case it is a note.
    """
    fields, files = await form_of(request)
    who = await client(hub, fields.pop("api_key", None) or key_of(request))
    text = fields.get("description", "").strip()
    data = files.get("media", b"")
    if len(text) > open311.MAX_DESCRIPTION:
        raise Refused("too_long", f"over {open311.MAX_DESCRIPTION}", field="description")
    if not text and not data:
        raise Refused("missing", "neither words nor photo", field="description")
    await hub.store.read(lambda reader: _own(reader, who, report))
    photo = await photos.take(hub, data, "report", DOOR) if data else None
    await hub.store.write(lambda tx: _supplement(hub, tx, who, report, text, photo))
    hub.doors[DOOR].taken += 1
    return _answer("service_requests", open311.accepted(report, NOTICE), form, 201)


def _own(reader: Reader, who: Client, report: str) -> tuple[wire.Report, wire.CaseRow]:
    """Return a report that this client brought, and its case; 404 for another's."""
    found = reader.get_report(report)
    if found is None or found.data.get("client") != who.name:
        raise Refused("service_request_id", f"{report} is not known", status=404)
    return found, _case_of(reader, found)


def _supplement(
    hub: Hub, tx: Tx, who: Client, report: str, text: str, photo: photos.Photo | None
) -> None:
    _, row = _own(tx, who, report)
    said = hashlib.sha256(f"{text}\0{photo.media.sha256 if photo else ''}".encode()).hexdigest()
    data = {"report": report, "digest": said}
    if any(data.items() <= fact.data.items() for fact in tx.history(row.id)):
        return
    if State(row.state) in OVER:
        raise Refused("case_over", "the case is at its end", status=409)
    if photo is not None:
        keep_photo(tx, photo, report, row.id)
    returned = State(row.state) is State.RETURNED
    action = Action.SUPPLEMENT if returned else Action.NOTE
    media = [photo.media.id] if photo else []
    step(hub, tx, row, action, who.officer or SYSTEM, note=text, media=media, data=data)


@router.post("/requests/{report}/satisfaction", openapi_extra=_RATING)
@router.post("/requests/{report}/satisfaction.{form}", openapi_extra=_RATING)
async def satisfaction(
    report: str, request: Request, hub: HubHere, form: Format = "json"
) -> Response:
    """Take how content a reporter is with the result: 1 not, 2 fairly, 3 well; and why."""
    fields, _ = await form_of(request)
    who = await client(hub, fields.pop("api_key", None) or key_of(request))
    said, text = fields.get("satisfaction", "").strip(), fields.get("text", "").strip()
    if said not in ("1", "2", "3"):
        raise Refused("bad_value", "1, 2 or 3", field="satisfaction")
    if len(text) > MAX_TEXT:
        raise Refused("too_long", f"over {MAX_TEXT}", field="text")
    await hub.store.write(lambda tx: _rate(hub, tx, who, report, int(said), text))
    tree = [{"service_request_id": report, "satisfaction": said}]
    return _answer("satisfactions", tree, form)


def _rate(hub: Hub, tx: Tx, who: Client, report: str, satisfaction: int, text: str) -> None:
    _, row = _own(tx, who, report)
    data = {"report": report, "satisfaction": satisfaction}
    step(hub, tx, row, Action.RATE, SYSTEM, note=text, data=data, satisfaction=satisfaction)


def _external(
    hub: Hub, request: Request, who: Client, fields: Mapping[str, str], photo: bytes
) -> str:
    """Return what makes a report the same one when a client sends it again.

    The standard gives no number to a post: what says the same on the same day is the same.
    """
    if key := request.headers.get("idempotency-key"):
        return f"{who.name} key {key[:128]}"
    said = repr((who.name, sorted(fields.items()))).encode("utf-8", "replace") + photo
    return f"{clock.case_day(hub.now())} {hashlib.sha256(said).hexdigest()}"


def _extra(new: NewRequest) -> dict[str, Any]:
    found = {
        "service_code": new.code,
        "address": new.address,
        "media_url": new.media_url,
        "device": new.device,
    }
    return {key: value for key, value in found.items() if value}
