"""Who somebody is, and the refusal of what :mod:`console.domain.permit` does not allow."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.requests import HTTPConnection

from console.domain.case import Role
from console.domain.permit import ALL, Deed, Kind, Thing, allowed, may
from console.hub.refusal import Refused
from console.wire import Officer

if TYPE_CHECKING:
    from console.hub.context import Hub

SYSTEM = Officer(id="system", name="系统", roles=[Role.SYSTEM], districts=[ALL], departments=[ALL])
"""The hub itself, acting on a fact it saw."""

DESK = frozenset(
    {
        Role.ACCEPTOR,
        Role.DISPATCHER,
        Role.SHIFT_LEADER,
        Role.SPEAKER,
        Role.INSPECTOR,
        Role.LEADER,
        Role.ADMINISTRATOR,
    }
)
"""What the duty officer of an embedded hub holds."""


def duty_officer(id_: str, name: str) -> Officer:
    """Return who sits at the seat of an embedded hub: the whole desk, the whole town."""
    return Officer(id=id_, name=name, roles=sorted(DESK), districts=[ALL], departments=[ALL])


def permit(officer: Officer, deed: Deed, thing: Thing | Kind) -> None:
    """Raise :class:`Refused` (403) unless ``officer`` may do a deed.

    With a kind alone it is asked whether his roles allow it anywhere.
    """
    if isinstance(thing, Kind):
        if not allowed(officer, deed, thing):
            raise Refused("forbidden", f"{deed} {thing}", status=403)
    elif not may(officer, deed, thing):
        known = allowed(officer, deed, thing.kind)
        code = "out_of_scope" if known else "forbidden"
        raise Refused(code, f"{deed} {thing.kind}", status=403)


async def identify(hub: Hub, connection: HTTPConnection) -> Officer:
    """Return who holds the bearer token; raise :class:`Refused` (401) for nobody."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("unauthenticated", "no bearer token", status=401)
    launch = hub.secrets.launch_token
    if hub.duty is not None and launch and same(token, launch):
        return hub.duty
    officer = await hub.sessions.officer(hub, token_digest(token))
    if officer is None:
        raise Refused("unauthenticated", "the token is unknown or has run out", status=401)
    return officer


def session_of(connection: HTTPConnection) -> str:
    """Return the digest of the token a connection came with, under which its session is kept."""
    return token_digest(connection.headers.get("authorization", "").partition(" ")[2])


def token_digest(token: str) -> str:
    """Return under what a session token is kept; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(given: str, good: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(given.encode(), good.encode())


def hub_of(connection: HTTPConnection) -> Hub:
    """Return the hub that serves this connection."""
    hub: Hub = connection.app.state.hub
    return hub


HubHere = Annotated["Hub", Depends(hub_of)]


_Token = Annotated[object, Security(HTTPBearer(auto_error=False, description="Of a session."))]
"""Names the scheme in OpenAPI; :func:`identify` is what reads the token."""


async def officer_who_sees(request: Request, _token: _Token) -> Officer:
    """Dependency: anybody signed in at a desk."""
    officer = await identify(hub_of(request), request)
    permit(officer, Deed.SEE, Kind.TOWN)
    return officer


async def officer_who_audits(request: Request, _token: _Token) -> Officer:
    """Dependency: somebody who may read the audit chain."""
    officer = await identify(hub_of(request), request)
    permit(officer, Deed.SEE, Kind.AUDIT)
    return officer


async def officer_who_administers(request: Request, _token: _Token) -> Officer:
    """Dependency: an administrator."""
    officer = await identify(hub_of(request), request)
    permit(officer, Deed.ACT, Kind.ACCOUNT)
    return officer


Seeing = Annotated[Officer, Depends(officer_who_sees)]
Auditing = Annotated[Officer, Depends(officer_who_audits)]
Administering = Annotated[Officer, Depends(officer_who_administers)]


def check_door(hub: Hub, key: str | None) -> None:
    """Raise :class:`Refused` (401) unless ``key`` is the intake key."""
    good = hub.secrets.intake_key
    if not good or key is None or not same(key, good):
        raise Refused("unauthenticated", "the intake key is wrong", status=401)


async def door(request: Request) -> None:
    """Dependency of the doors: the header ``X-API-Key`` carries the intake key."""
    check_door(hub_of(request), request.headers.get("x-api-key"))
