"""Health, audit, watching, signing in: what surrounds the work on cases."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request, Response

from console import wire
from console.hub import accounts
from console.hub.auth import Administering, Auditing, HubHere, Seeing
from console.hub.refusal import Refused
from console.hub.settings import describe
from console.hub.store import Reader
from console.hub.store.audit import ROOT, first_break

router = APIRouter(tags=["office"])

PAGE = 1000


@router.get("/api/health")
async def health(hub: HubHere, officer: Seeing) -> wire.Health:
    """Return how every part of the hub is."""
    return hub.health.read()


@router.get("/api/audit")
async def audit(
    hub: HubHere, officer: Auditing, since: int = Query(0, ge=0, lt=1 << 62)
) -> wire.AuditPage:
    """Return the audit entries after a number, and whether the whole chain up to them holds."""

    def read(reader: Reader) -> wire.AuditPage:
        entries = list(reader.audit_entries(since, PAGE))
        before = next(reader.audit_entries(since - 1, 1), None) if since else None
        start = before.hash if before else ROOT
        broken = first_break(entries, start, since + 1)
        return wire.AuditPage(entries=entries, intact=broken is None)

    return await hub.store.read(read)


@router.post("/api/watch", status_code=204)
async def watch(hub: HubHere, officer: Seeing, watched: wire.Watch) -> None:
    """Keep in the audit chain which cameras somebody looks at from now on."""
    unknown = [camera for camera in watched.cameras if camera not in hub.live.cameras]
    if unknown:
        raise Refused("unknown_camera", ", ".join(unknown[:5]), status=404, field="cameras")
    await hub.store.write(
        lambda tx: tx.audit(officer.id, "camera.watch", "", {"cameras": watched.cameras})
    )


@router.post("/api/login")
async def login(hub: HubHere, request: Request, given: wire.Login) -> wire.Session:
    """Open a session of a service's account."""
    peer = request.client.host if request.client else ""
    return await accounts.sign_in(hub, given, peer)


@router.post("/api/logout", status_code=204)
async def logout(hub: HubHere, officer: Seeing, request: Request) -> Response:
    """Close the session whose token was sent."""
    token = request.headers["authorization"].partition(" ")[2]
    await accounts.sign_out(hub, officer, token)
    return Response(status_code=204)


@router.put("/api/accounts", status_code=204)
async def account(hub: HubHere, officer: Administering, given: wire.Account) -> None:
    """Make an account or give it new roles and a new password; its sessions end."""
    await accounts.put_account(hub, officer, given)


@router.get("/api/settings")
async def settings(hub: HubHere, officer: Administering) -> list[wire.SettingRow]:
    """Return what the hub was set to; secrets are no settings and are not here."""
    return describe(hub.settings)
