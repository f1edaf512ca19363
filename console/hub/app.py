"""Composition: which routers, doors and rules make up the hub, and its life from start to end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from console.hub import housekeeping, reference, voice_link
from console.hub.api import (
    cases,
    catalogue,
    commands,
    documents,
    learning,
    office,
    queue,
    snapshot,
    stream,
    talk,
)
from console.hub.commands import Handler
from console.hub.context import Hub
from console.hub.export import tables
from console.hub.intake import doorway
from console.hub.joint import api as joint
from console.hub.joint import orders, work
from console.hub.learning import commands as learner
from console.hub.limits import BodyLimit
from console.hub.refusal import Refused
from console.hub.rules import alarms, case_flow, claims, warn, years
from console.hub.store import Effect, LogLine
from console.wire import Problem

log = logging.getLogger(__name__)

ROUTERS: list[APIRouter] = [
    snapshot.router,
    stream.router,
    commands.router,
    cases.router,
    queue.router,
    tables.router,
    documents.router,
    catalogue.router,
    learning.router,
    office.router,
    talk.router,
    joint.router,
    *doorway.ROUTERS,
]
"""HTTP: each router of the seat's interface and of the doors."""

HANDLERS: list[dict[str, Handler]] = [
    case_flow.HANDLERS,
    claims.HANDLERS,
    warn.HANDLERS,
    years.HANDLERS,
    learner.HANDLERS,
    orders.HANDLERS,
    work.HANDLERS,
    doorway.HANDLERS,
]
"""Commands: each rules module brings its own."""

SETUPS: list[Callable[[Hub], None]] = [voice_link.setup, claims.setup, *doorway.SETUPS]
"""Run before anything serves: subscribe to children, positions, ``hub.on_dispatch``."""

SERVERS: list[Callable[[Hub], Awaitable[None]]] = [
    alarms.serve,
    learner.serve,
    orders.watch,
    work.follow,
    *doorway.SERVERS,
]
"""Clocks, and doors that are no HTTP routes: run from start to end of the hub, then cancelled."""


def create(hub: Hub) -> FastAPI:
    """Return the application of a hub, whose life is :func:`start` to :func:`stop`."""

    app = FastAPI(
        title="Zhihui hub",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses={
            "4XX": {"model": Problem, "description": "Refused; the code says why."},
        },
    )
    app.state.hub = hub
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(BodyLimit, limit=hub.settings.max_upload)
    return app


async def start(hub: Hub) -> None:
    """Open the store, load what is known and start everything that serves."""
    hub.settings.data.mkdir(parents=True, exist_ok=True)
    for handlers in HANDLERS:
        hub.handlers |= handlers

    def committed(lines: list[LogLine], effects: list[Effect]) -> None:
        hub.stream.publish(lines)
        for listener in hub.on_change:
            listener(lines)
        for effect in effects:
            hub.spawn(effect(), "effect")

    await hub.store.open()
    hub.store.on_commit = committed
    hub.stream.seq = hub.store.seq
    hub.positions.load(await hub.telemetry.open())
    await reference.load(hub)
    await years.load(hub)
    for setup in SETUPS:
        setup(hub)
    hub.children.start()
    for server in SERVERS:
        hub.spawn(_serve(server, hub), getattr(server, "__module__", "server"))
    housekeeping.start(hub)


async def _serve(server: Callable[[Hub], Awaitable[None]], hub: Hub) -> None:
    await server(hub)


async def stop(hub: Hub) -> None:
    """End everything, the children first asked, and let go of the store."""
    await asyncio.gather(hub.cancel_tasks(), hub.children.stop())
    await housekeeping.keep_telemetry(hub)
    await hub.telemetry.close()
    await hub.store.close()


_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def _problem(status: int, problem: Problem) -> Response:
    return JSONResponse(problem.model_dump(mode="json"), status_code=status)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _problem(error.status, error.problem)


async def _invalid(_request: Request, error: Exception) -> Response:
    """Name the field that is wrong; never repeat what was sent."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"] if part != "body")
    return _problem(422, Problem(code="bad_input", detail=first["msg"], field=field or None))


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _HTTP_CODES.get(error.status_code, "bad_request")
    return _problem(error.status_code, Problem(code=code, detail=str(error.detail)))
