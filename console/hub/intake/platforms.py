"""Other platforms: signed webhooks, read by what was declared of each in a TOML file."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from console import wire
from console.domain.case import Source
from console.domain.classify import Guess
from console.hub.auth import HubHere
from console.hub.intake import places
from console.hub.intake.desk import IncomingReport, guess_of, receive
from console.hub.intake.doors import MAX_RAW
from console.hub.intake.web import JSON, body_of, peer_of
from console.hub.refusal import Refused
from console.hub.words import words
from console.protocols import mapping
from console.protocols.errors import ProtocolError
from console.protocols.fix import moment, number
from console.protocols.local import local_moment
from console.protocols.mapping import MappingError, Platform

if TYPE_CHECKING:
    from console.hub.context import Hub

log = logging.getLogger(__name__)

FOLDER = "platforms"
_NAME = re.compile(r"[a-z0-9_-]{1,40}")
_URGENT = frozenset({"1", "true", "yes", "urgent", "紧急", "加急", "是"})

router = APIRouter(prefix="/intake/platform", tags=["doors"])


def setup(hub: Hub) -> None:
    """Read every declaration of the register's and the data folder; a bad one stops nothing."""
    folders = [hub.settings.register_dir, hub.settings.data]
    for folder in folders:
        for path in sorted(folder.glob(f"{FOLDER}/*.toml")) if folder else ():
            name = path.stem
            try:
                if not _NAME.fullmatch(name):
                    raise MappingError("a name is a-z, 0-9, _ and -")
                table = tomllib.loads(path.read_text("utf-8"))
                hub.doors.platforms[name] = mapping.declared(name, table)
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, MappingError) as error:
                log.error("%s: %s", path, error)
                hub.health.set(f"platform {name}", "fail", str(error))
            else:
                known = name in hub.secrets.platform_secrets
                hub.health.set(
                    f"platform {name}", "ok" if known else "warn", "" if known else "no secret"
                )


@router.post("/{name}", openapi_extra=body_of(JSON))
async def take(name: str, request: Request, hub: HubHere) -> Response:
    """Take what a platform sends: 202 tells of each report what became of it.

    What cannot be read is kept whole in quarantine before it is answered, and named with its
    field; the platform may send it again once the declaration fits.
    """
    platform = hub.doors.platforms.get(name)
    if platform is None:
        # As for a wrong signature: a stranger is not told which names there are.
        raise Refused("unauthenticated", "the signature is wrong", status=401)
    body = await request.body()
    secret = hub.secrets.platform_secrets.get(name, "")
    if not secret or not mapping.signed(secret, body, request.headers.get(platform.signature, "")):
        hub.doors[_door(name)].refuse("wrong signature")
        raise Refused(
            "unauthenticated", "the signature is wrong", status=401, field=platform.signature
        )
    try:
        items = list(mapping.items(platform, json.loads(body)))
    except (ValueError, RecursionError) as error:
        field = error.field if isinstance(error, ProtocolError) else "body"
        await _aside(hub, platform, peer_of(request), str(error), body)
        raise Refused(
            "bad_input", "no JSON as declared; kept in quarantine", field=field
        ) from error
    results = [await _one(hub, platform, item, peer_of(request)) for item in items]
    return JSONResponse({"results": results}, status_code=202)


def _door(name: str) -> str:
    return f"platform/{name}"


async def _aside(hub: Hub, platform: Platform, peer: str, why: str, raw: bytes) -> bool:
    """Keep raw bytes on disk; tell whether all of them are there."""
    door = _door(platform.name)
    hub.doors[door].refuse(why)
    dropped = hub.doors.quarantine.dropped
    hub.doors.quarantine.keep(door, peer, why, raw)
    await asyncio.to_thread(hub.doors.quarantine.flush)
    return hub.doors.quarantine.dropped == dropped and len(raw) <= MAX_RAW


async def _one(hub: Hub, platform: Platform, item: Any, peer: str) -> dict[str, Any]:
    """Take one report, or put it aside; tell what became of it."""
    try:
        said = mapping.read(platform, item)
        report = _report(hub, platform, said)
    except (ProtocolError, Refused) as error:
        problem = error.problem if isinstance(error, Refused) else None
        code = problem.code if problem else "bad_input"
        field = problem.field if problem else getattr(error, "field", None)
        raw = json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")
        kept = await _aside(hub, platform, peer, str(error), raw)
        told = {"code": code, "field": field, "detail": str(error), "kept": kept}
        return {"result": "quarantined", "problem": told}
    done = await receive(hub, report)
    hub.doors[_door(platform.name)].taken += 1
    result = "known" if done.repeated else "joined" if done.joined else "opened"
    return {"result": result, "id": said["id"], "report": done.report, "case": done.case}


def _report(hub: Hub, platform: Platform, said: Mapping[str, str]) -> IncomingReport:
    text = said["text"]
    lat, lon = (
        number(said[name], name, -most, most) if name in said else None
        for name, most in (("lat", 90), ("lon", 180))
    )
    where = places.place(
        hub, lat, lon, said.get("address", ""), "address" if lat is None else "lat"
    )
    urgent = "urgent" if said.get("urgent", "").lower() in _URGENT else ""
    return IncomingReport(
        door=_door(platform.name),
        external=said["id"],
        source=Source.PLATFORM,
        at=_moment(said.get("at", ""), hub.now()),
        lat=where[0],
        lon=where[1],
        guess=_guess(hub, said, text),
        text=text,
        reporter=" ".join(said[name] for name in ("name", "phone") if name in said),
        urgent=words().danger(text) or urgent,
        party=platform.title,
        data={"platform": platform.name, "number": said["id"]}
        | {name: said[name] for name in ("address", "media_url", "code") if name in said},
    )


def _guess(hub: Hub, said: Mapping[str, str], text: str) -> Guess:
    """Return the class the platform says, where it is one of ours, else what the words say."""
    code, name = said.get("code", ""), said.get("class_name", "")
    for item in hub.live.catalogue.values():
        ours = item.kind == "matter" and item.scheme == wire.BASE_SCHEME
        if ours and (item.code == code or item.name == name):
            return guess_of(text, item.code, item.name)
    return guess_of(text)


def _moment(value: str, now: datetime) -> datetime:
    """Return a time as ISO 8601, as Unix time, or as China writes it."""
    if not value:
        return now
    try:
        return local_moment(value, "at")[0]
    except ProtocolError:
        return moment(value, "at")
