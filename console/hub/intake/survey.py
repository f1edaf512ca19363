"""Third-party assessments: a table of problems, taken whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request

from console import wire
from console.domain.case import Source
from console.domain.classify import Guess
from console.domain.clock import CHINA
from console.domain.permit import Deed, Kind
from console.hub.auth import HubHere, Seeing, permit
from console.hub.intake import handed, places
from console.hub.intake.desk import AHEAD, IncomingReport, guess_of
from console.hub.intake.handed import Row
from console.hub.intake.web import BYTES, body_of
from console.hub.refusal import Refused
from console.hub.sheets import SheetError, read_rows
from console.hub.words import words
from console.protocols.errors import ProtocolError
from console.protocols.fix import number
from console.protocols.local import local_moment

if TYPE_CHECKING:
    from console.hub.context import Hub

DOOR = "survey"
MAX_ROWS = 5000
MAX_TEXT = 2000
SHOWN = 200
"""Refused rows that an answer names: whoever mends a table mends so many at a time."""

OLDEST = timedelta(days=366)

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("编号", "序号", "问题编号", "案件编号", "id"),
    "text": ("问题描述", "描述", "情况描述", "存在问题", "问题", "description"),
    "code": ("问题类别", "类别", "小类", "问题类型", "案件类型", "类型", "小类代码", "category"),
    "place": ("地址", "地点", "位置", "详细地址", "发生地点", "所在位置", "点位", "address"),
    "lat": ("纬度", "y", "lat", "latitude"),
    "lon": ("经度", "x", "lon", "lng", "long", "longitude"),
    "at": ("发现时间", "检查时间", "测评时间", "上报时间", "采集时间", "时间", "日期", "time"),
    "name": ("测评人", "检查人", "采集员", "上报人", "测评单位", "检查单位", "name"),
}
"""Field -> what its column may be called."""

router = APIRouter(prefix="/api/intake/survey", tags=["intake"])

Name = Annotated[str, Query(min_length=1, max_length=200, description="The file's name")]
PartyName = Annotated[str, Query(max_length=64, description="Who assessed; else the file's name")]


@router.post("/read", openapi_extra=body_of(BYTES))
async def read(
    hub: HubHere, officer: Seeing, request: Request, name: Name, party: PartyName = ""
) -> wire.Handed:
    """Tell how a table (CSV or XLSX as the body) is read, row by row, and keep nothing."""
    permit(officer, Deed.ACT, Kind.REPORT)
    return handed.shown(await _read(hub, await request.body(), name, party))


@router.post("", openapi_extra=body_of(BYTES))
async def take(
    hub: HubHere, officer: Seeing, request: Request, name: Name, party: PartyName = ""
) -> wire.TakenRows:
    """Take a table; where one row is bad nothing of it is taken, and every bad row is named."""
    permit(officer, Deed.ACT, Kind.REPORT)
    data = await request.body()
    rows = await _read(hub, data, name, party)
    bad = [row.shown for row in rows if row.shown.problem]
    if bad:
        hub.doors[DOOR].refuse(f"{name}: {len(bad)} bad rows")
        first = bad[0]
        raise Refused(
            "bad_rows",
            f"row {first.number}: {first.field}: {first.detail or first.problem}",
            field=first.field,
            current={"rows": [row.model_dump(mode="json") for row in bad[:SHOWN]]},
        )
    done = await handed.take_all(hub, DOOR, rows)
    detail = {"rows": len(done.taken), "left": done.left}
    await hub.store.write(lambda tx: tx.audit(officer.id, "intake.survey", name, detail))
    return done


async def _read(hub: Hub, data: bytes, name: str, party: str) -> list[Row]:
    try:
        table = await asyncio.to_thread(lambda: list(read_rows(data, name)))
    except SheetError as error:
        hub.doors[DOOR].refuse(f"{name}: {error}")
        raise Refused(f"sheet_{error.code}", str(error), field="file") from error
    if not table:
        raise Refused("sheet_empty", "no row under the header", field="file")
    if len(table) > MAX_ROWS:
        raise Refused("sheet_too_many_rows", f"more than {MAX_ROWS}", field="file")
    columns = _columns(list(table[0][1]))
    who = party.strip() or PurePath(name).stem
    return [_row(hub, number_, cells, columns, who) for number_, cells in table]


def _columns(header: list[str]) -> dict[str, str]:
    """Return field -> column; refuse a table that tells neither what nor where."""
    plain = {re.sub(r"[\s*（(].*$", "", name).lower(): name for name in reversed(header)}
    found = {
        field: next((plain[name] for name in names if name in plain), "")
        for field, names in COLUMNS.items()
    }
    if not found["text"] and not found["code"]:
        raise Refused("sheet_no_column", "问题描述", field="text")
    if not found["place"] and not (found["lat"] and found["lon"]):
        raise Refused("sheet_no_column", "地址, 经度 + 纬度", field="place")
    return found


def _row(
    hub: Hub, number_: int, cells: Mapping[str, str], columns: Mapping[str, str], party: str
) -> Row:
    said = {field: cells.get(column, "") if column else "" for field, column in columns.items()}
    shown = wire.HandedRow(
        number=number_, name=said["name"], text=said["text"], place=said["place"]
    )
    try:
        report = _report(hub, said, party)
    except Refused as refused:
        problem = refused.problem
        wrong = {"problem": problem.code, "field": problem.field or "", "detail": problem.detail}
        return Row(shown.model_copy(update=wrong))
    told = {"code": report.guess.code, "at": report.at.astimezone(UTC), "text": report.text}
    told |= {"where": wire.Point(lat=report.lat, lon=report.lon)}
    return Row(shown.model_copy(update=told), report)


def _report(hub: Hub, said: Mapping[str, str], party: str) -> IncomingReport:
    """Return the report that a row is, or refuse it naming the field at fault."""
    guess = _guess(hub, said["code"], said["text"])
    text = said["text"] or guess.text
    if not text:
        raise Refused("missing", "neither words nor class", field="text")
    if len(text) > MAX_TEXT:
        raise Refused("too_long", f"over {MAX_TEXT} characters", field="text")
    lat, lon = _degrees(said["lat"], "lat", 90), _degrees(said["lon"], "lon", 180)
    if (lat is None) != (lon is None):
        raise Refused("missing", "half a position", field="lat" if lat is None else "lon")
    where = places.place(hub, lat, lon, said["place"], "place" if lat is None else "lat")
    digest = "\0".join([party, *(said[field] for field in COLUMNS)])
    return IncomingReport(
        door=DOOR,
        external=hashlib.sha256(digest.encode()).hexdigest(),
        source=Source.SURVEY,
        at=_moment(said["at"], hub.now()),
        lat=where[0],
        lon=where[1],
        guess=guess,
        text=text,
        reporter=said["name"] or party,
        urgent=words().danger(text),
        party=party,
        data={"survey": party, "number": said["number"], "address": said["place"]},
    )


def _guess(hub: Hub, code: str, text: str) -> Guess:
    """Return the class that a row names, by code or by name, else what its words say."""
    if not code:
        return guess_of(text)
    matters = [
        item
        for item in hub.live.catalogue.values()
        if item.kind == "matter" and item.scheme == wire.BASE_SCHEME
    ]
    for item in matters:
        if code in (item.code, item.name):
            return guess_of(text, item.code, item.name)
    raise Refused("unknown_class", code, field="code")


def _degrees(value: str, field: str, most: float) -> float | None:
    if not value:
        return None
    try:
        return number(value, field, -most, most)
    except ProtocolError as error:
        raise Refused("bad_value", error.detail, field=field) from error


def _moment(value: str, now: datetime) -> datetime:
    """Return when a problem was found; a day alone is its noon, or now where that is to come."""
    if not value:
        return now
    try:
        at, alone = local_moment(value, "at")
    except ProtocolError as error:
        raise Refused("bad_value", error.detail, field="at") from error
    if alone and at > now and at.date() == now.astimezone(CHINA).date():
        at = now
    if at > now + AHEAD:
        raise Refused("in_the_future", value, field="at")
    if at < now - OLDEST:
        raise Refused("too_old", value, field="at")
    return at
