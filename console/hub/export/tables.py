"""Tables going out: who took how many of which cases is in the audit chain before they leave."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from typing import IO, Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from console import wire
from console.domain.clock import CHINA
from console.domain.permit import Deed
from console.hub.asking import month, question
from console.hub.auth import HubHere, Seeing
from console.hub.context import Hub
from console.hub.export.columns import Column, columns
from console.hub.export.figures import figures
from console.hub.export.sheets import CasesCsv, CasesJson, CasesWorkbook, Sheet
from console.hub.store import Asked, QueueReader, Reader

router = APIRouter(tags=["office"])

MOST = 100_000
"""Cases in one table."""
_BATCH = 500
_PIECE = 1 << 18

Form = Literal["xlsx", "csv", "json"]
SHEETS: dict[Form, Callable[[IO[bytes], Mapping[str, Column]], Sheet]] = {
    "xlsx": CasesWorkbook,
    "csv": CasesCsv,
    "json": CasesJson,
}
TYPES: dict[Form, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@router.post(
    "/api/export/cases.{form}",
    response_class=StreamingResponse,
    responses={200: {"content": {type_: {} for type_ in TYPES.values()}}},
)
async def cases(
    hub: HubHere, officer: Seeing, form: Form, wanted: wire.CaseFilter
) -> StreamingResponse:
    """Return the cases of a filter as a table, the newest first.

    ``X-Rows`` says how many there are; ``X-Cut`` is 1 where there were more, which the last row
    of the table says as well.
    """
    asked = question(hub, officer, wanted, deed=Deed.EXPORT)
    total = await hub.store.count(lambda reader: _queue(hub, reader, asked).total_up_to(MOST + 1))
    rows, cut = min(total, MOST), total > MOST
    detail = {"form": form, "rows": rows, "cut": cut, "filter": _given(wanted)}
    await hub.store.write(lambda tx: tx.audit(officer.id, "export.cases", "", detail))
    file = tempfile.TemporaryFile(dir=hub.settings.data)  # noqa: SIM115 - closed when it is sent
    try:
        sheet = SHEETS[form](file, columns(hub.live, hub.now()))
        written = await _fill(hub, asked, sheet, rows)
        note = f"仅导出最新的 {written} 件，此前的案件未列出" if cut else ""
        await asyncio.to_thread(sheet.close, note)
    except BaseException:
        file.close()
        raise
    headers = {"X-Rows": str(written), "X-Cut": str(int(cut))}
    return _sent(file, f"cases-{_day(hub.now())}.{form}", TYPES[form], headers)


@router.get(
    "/api/export/report.xlsx",
    response_class=StreamingResponse,
    responses={200: {"content": {TYPES["xlsx"]: {}}}},
)
async def report(
    hub: HubHere, officer: Seeing, start: datetime, end: datetime
) -> StreamingResponse:
    """Return a span's figures as a workbook."""
    told = await month(hub, officer, start, end, Deed.EXPORT)
    detail = {"start": start.isoformat(), "end": end.isoformat()}
    await hub.store.write(lambda tx: tx.audit(officer.id, "export.report", "", detail))
    file = tempfile.TemporaryFile(dir=hub.settings.data)  # noqa: SIM115 - closed when it is sent
    try:
        await asyncio.to_thread(figures, told, hub.live, file)
    except BaseException:
        file.close()
        raise
    return _sent(file, f"report-{_day(start)}.xlsx", TYPES["xlsx"], {})


def _queue(hub: Hub, reader: Reader, asked: Asked) -> QueueReader:
    return QueueReader(reader, hub.store.shelf, asked)


async def _fill(hub: Hub, asked: Asked, sheet: Sheet, rows: int) -> int:
    """Write up to ``rows`` cases, a few at a time so that others come between."""
    num: int | None = None
    left = rows

    def read(reader: Reader) -> tuple[list[str], int | None]:
        return _queue(hub, reader, asked).after(num, min(left, _BATCH))

    while left:
        bodies, num = await hub.store.count(read)
        if num is None:
            break
        await asyncio.to_thread(sheet.add, bodies)
        left -= len(bodies)
    return rows - left


def _given(wanted: wire.CaseFilter) -> dict[str, object]:
    """Return what a filter asks for, without what it leaves open."""
    return wanted.model_dump(mode="json", exclude_defaults=True)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y%m%d}"


def _sent(file: IO[bytes], name: str, type_: str, headers: dict[str, str]) -> StreamingResponse:
    """Send a written file in pieces and close it, however that ends."""

    async def pieces() -> AsyncIterator[bytes]:
        with file:
            file.seek(0)
            while piece := await asyncio.to_thread(file.read, _PIECE):
                yield piece

    headers |= {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(pieces(), media_type=type_, headers=headers)
