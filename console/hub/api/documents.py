"""Papers that went out: kept as they were, in the case's history and in the audit chain."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Query, Request

from console import wire
from console.domain.case import Action, Role
from console.domain.permit import Deed, Kind
from console.hub.auth import HubHere, Seeing, permit
from console.hub.refusal import Refused
from console.hub.scope import case_thing
from console.hub.store import Tx

router = APIRouter(tags=["office"])

Paper = Literal["case_file", "order", "notice", "bulletin"]


@router.post("/api/documents", openapi_extra={"requestBody": {"content": {"application/pdf": {}}}})
async def issue(
    hub: HubHere,
    officer: Seeing,
    request: Request,
    kind: Paper,
    name: str = Query(min_length=1, max_length=120),
    case: str | None = Query(None, max_length=64),
) -> wire.Media:
    """Keep a paper that goes out; what was sent is what stays, with its SHA-256."""
    data = await request.body()
    if not data.startswith(b"%PDF-"):
        raise Refused("bad_input", "the body is no PDF", field="body")
    row = await hub.store.read(lambda r: r.get(wire.CaseRow, case)) if case else None
    if case and row is None:
        raise Refused("unknown_case", case, status=404, field="case")
    permit(officer, Deed.EXPORT, case_thing(row) if row else Kind.CASE)
    paper = await hub.media.write(data, "application/pdf", "document", case=case, source=officer.id)

    def keep(tx: Tx) -> None:
        tx.media(paper)
        detail = {"kind": kind, "name": name, "sha256": paper.sha256}
        now = tx.get(wire.CaseRow, case) if case else None
        if now is not None:
            role = next(role for role in Role if role in officer.roles)
            said = {"document": paper.id, **detail}
            note = "document_issued"
            tx.fact(now.id, Action.NOTE, officer.id, role, now.state, note, [paper.id], said)
        tx.audit(officer.id, "document.issue", case or "", detail)

    await hub.store.write(keep)
    return paper
