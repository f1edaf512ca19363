"""The citizens' door: Open311 GeoReport v2, whole, in JSON and XML."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import wire
from console.domain import clock
from console.domain.case import Action, Source, State
from console.domain.classify import UNSORTED
from console.domain.geo import distance
from console.domain.steps import told
from console.hub.auth import HubHere, same
from console.hub.intake import photos
from console.hub.intake.desk import IncomingReport, guess_of, receive, words
from console.hub.intake.web import form_of, key_of
from console.hub.refusal import Refused
from console.hub.store import Reader
from console.protocols import open311
from console.protocols.errors import ProtocolError
from console.protocols.open311 import Format, NewRequest

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "open311"
OTHER = open311.Service(UNSORTED, "其他问题", "其他", "说不清类别的问题，由受理员分类")
FAR = 100_000.0
"""Metres from the town's centre beyond which a place is not this bureau's."""

MOST = 5000
"""Reports looked through for one listing."""

CHANGED = datetime(2026, 11, 22, tzinfo=UTC)
NOTICE = "已收到，可凭编号查询：受理立案、派单核实、确认处置、结果反馈。"

_RESULTS = frozenset({Action.CLOSE, Action.SETTLE, Action.REJECT})
"""Steps whose note is the result that a reporter is told."""


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
    """Tell what else a service asks for: nothing."""
    if code not in _services(hub):
        raise Refused("service_code", f"{code} is not known", status=404)
    return _answer("service_definition", open311.definition(code, []), form)


def _services(hub: Hub) -> dict[str, open311.Service]:
    found = {
        item.code: open311.Service(item.code, item.name, item.major)
        for item in hub.live.catalogue.values()
        if item.kind == "matter"
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


def _listed(hub: Hub, reader: Reader, query: open311.Query) -> list[open311.Request]:
    if query.ids:
        asked = [reader.get_report(id_) for id_ in sorted(query.ids)[: open311.MAX_PAGE]]
        reports = [found for found in asked if found and found.source == Source.CITIZEN]
    else:
        assert query.start is not None
        reports = reader.reports_from(Source.CITIZEN, query.start, MOST)
    fitting = []
    for report in reports:
        row = hub.live.cases.get(report.case) or reader.get(wire.CaseRow, report.case)
        if row is None or (query.end is not None and report.at > query.end):
            continue
        state = "open" if row.state not in (State.CLOSED, State.VOID) else "closed"
        if state in query.states and (not query.codes or row.code in query.codes):
            fitting.append((report, row))
    first = (query.page - 1) * query.page_size
    page = fitting[first : first + query.page_size] if not query.ids else fitting
    return [_request(reader, report, row) for report, row in page]


def _request(reader: Reader, report: wire.Report, row: wire.CaseRow) -> open311.Request:
    """Return what the reporter may see: nothing of other reporters, nothing of officers."""
    history = reader.history(row.id)
    state = State(row.state)
    over = state in (State.CLOSED, State.VOID)
    results = [fact.note for fact in history if over and fact.action in _RESULTS]
    return open311.Request(
        id=report.id,
        open=not over,
        notes=told(state, results[-1] if results else ""),
        service_name=row.name,
        service_code=row.code,
        description=report.text,
        requested=report.at,
        updated=history[-1].at if history else report.at,
        expected=row.due,
        address=row.place,
        lat=report.where.lat,
        lon=report.where.lon,
        media_url=str(report.data.get("media_url", "")),
    )


# --- reporting ----------------------------------------------------------------------------


@router.post("/requests.{form}")
async def post(form: Format, request: Request, hub: HubHere) -> Response:
    """Take a report as a form, with a photo in the field ``media`` where it is multipart.

    ``media_url`` is kept and never fetched: it is whatever a stranger wrote.
    """
    fields, files = await form_of(request)
    key = fields.pop("api_key", None) or key_of(request)
    good = hub.secrets.intake_key
    if not good or not key or not same(key, good):
        raise Refused("api_key", "missing or wrong", status=403)
    new = open311.decode(fields)
    chosen = _services(hub).get(new.code)
    if chosen is None:
        raise Refused("service_code", f"{new.code} is not known", status=404)
    lat, lon = _where(hub, new)
    data = files.get("media", b"")
    kept = (await photos.take(hub, data, "report", DOOR),) if data else ()
    report = IncomingReport(
        door=DOOR,
        external=_external(hub, request, fields, data),
        source=Source.CITIZEN,
        at=hub.now(),
        lat=lat,
        lon=lon,
        guess=guess_of(new.description, new.code, chosen.name),
        text=new.description,
        reporter=" ".join(part for part in (new.name, new.phone, new.email) if part),
        photos=kept,
        urgent=words().danger(new.description),
        data=_extra(new),
    )
    received = await receive(hub, report)
    hub.doors[DOOR].taken += 1
    return _answer("service_requests", open311.accepted(received.report, NOTICE), form, 201)


def _where(hub: Hub, new: NewRequest) -> tuple[float, float]:
    """Return the place of a report, by its address where it gives no coordinates."""
    if new.lat is None or new.lon is None:
        found = _known_place(hub, new.address)
        if found is None:
            raise ProtocolError("address_string: no street or place of this town", "address_string")
        return found
    if hub.register.town and distance(*hub.register.centre, new.lat, new.lon) > FAR:
        raise ProtocolError("lat: the place is outside of this jurisdiction", "lat")
    return new.lat, new.lon


def _known_place(hub: Hub, address: str) -> tuple[float, float] | None:
    """Return where the longest name in an address lies: a place, or the middle of a street."""
    named = [
        (len(place.name), (place.at.lat, place.at.lon))
        for place in hub.live.places.values()
        if place.name and place.name in address
    ]
    for street in hub.live.streets.values():
        if street.name and street.name in address and street.line:
            lon, lat = street.line[len(street.line) // 2]
            named.append((len(street.name), (lat, lon)))
    return max(named, key=lambda found: found[0])[1] if named else None


def _external(hub: Hub, request: Request, fields: Mapping[str, str], photo: bytes) -> str:
    """Return what makes a report the same one when a client sends it again.

    The standard gives no number to a post: what says the same on the same day is the same.
    """
    if key := request.headers.get("idempotency-key"):
        return f"key {key[:128]}"
    said = repr(sorted(fields.items())).encode("utf-8", "replace") + photo
    return f"{clock.case_day(hub.now())} {hashlib.sha256(said).hexdigest()}"


def _extra(new: NewRequest) -> dict[str, Any]:
    found = {
        "service_code": new.code,
        "address": new.address,
        "media_url": new.media_url,
        "device": new.device,
        "attributes": new.attributes,
    }
    return {key: value for key, value in found.items() if value}
