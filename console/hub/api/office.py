"""Health, audit, watching, signing in: what surrounds the work on cases."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request, Response

from console import wire
from console.domain.permit import Deed
from console.hub import accounts
from console.hub.auth import Administering, Auditing, HubHere, Seeing, permit, session_of
from console.hub.refusal import Refused
from console.hub.scope import thing_of
from console.hub.settings import describe
from console.hub.store import Reader
from console.hub.store import accounts as kept
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
    for camera in watched.cameras:
        permit(officer, Deed.SEE, thing_of(hub.live, hub.live.cameras[camera]))
    await hub.store.write(
        lambda tx: tx.audit(officer.id, "camera.watch", "", {"cameras": watched.cameras})
    )


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""


@router.post("/api/login")
async def login(hub: HubHere, request: Request, given: wire.Login) -> wire.Session:
    """Open a session of a service's account."""
    return await accounts.sign_in(hub, given, _peer(request))


@router.post("/api/logout", status_code=204)
async def logout(hub: HubHere, officer: Seeing, request: Request) -> Response:
    """Close the session whose token was sent."""
    await accounts.sign_out(hub, officer, session_of(request))
    return Response(status_code=204)


@router.put("/api/password", status_code=204)
async def password(
    hub: HubHere, officer: Seeing, request: Request, given: wire.NewPassword
) -> None:
    """Change one's own password; one's other sessions end."""
    await accounts.new_password(hub, officer, given, _peer(request), session_of(request))


@router.post("/api/seat/lock", status_code=204)
async def lock(hub: HubHere, officer: Seeing) -> None:
    """Say that the seat hides what it shows; it is kept in the audit chain."""
    await accounts.lock(hub, officer)


@router.post("/api/seat/unlock")
async def unlock(
    hub: HubHere, officer: Seeing, request: Request, given: wire.Unlock
) -> wire.Officer:
    """Return who sits at the seat if it is he who wants to unlock it."""
    await accounts.unlock(hub, officer, given, _peer(request))
    return officer


@router.put("/api/accounts", status_code=204)
async def account(hub: HubHere, officer: Administering, given: wire.Account) -> None:
    """Make an account or change it, switch it off or on; its sessions end."""
    await accounts.put_account(hub, officer, given)


@router.get("/api/accounts")
async def all_accounts(hub: HubHere, officer: Administering) -> list[wire.AccountRow]:
    """Return every account."""
    return await hub.store.read(kept.accounts)


@router.get("/api/sessions")
async def all_sessions(hub: HubHere, officer: Administering) -> list[wire.SessionRow]:
    """Return who is signed in, from where, since when."""
    now = hub.now()

    def read(reader: Reader) -> list[wire.SessionRow]:
        return [
            wire.SessionRow(
                id=accounts.id_of(session.digest),
                officer=session.account,
                name=kept.name_of(reader, session.account),
                peer=session.peer,
                opened=session.opened,
                expires=session.expires,
                seats=hub.presence.seats_of(session.digest),
            )
            for session in kept.sessions(reader, now)
        ]

    return await hub.store.read(read)


@router.delete("/api/sessions/{session_id}", status_code=204)
async def end_session(hub: HubHere, officer: Administering, session_id: str) -> None:
    """End somebody's session: his seats are cut at once."""
    await accounts.end_session(hub, officer, session_id)


@router.get("/api/settings")
async def settings(hub: HubHere, officer: Administering) -> list[wire.SettingRow]:
    """Return what the hub was set to; secrets are no settings and are not here."""
    return describe(hub.settings)
