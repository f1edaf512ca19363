"""What the HTTP doors share: who may come in, bodies, and errors that name the field."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.datastructures import UploadFile

from console.hub.auth import check_door, hub_of
from console.hub.intake.photos import MAX_BYTES
from console.hub.refusal import Refused
from console.protocols.errors import ProtocolError

if TYPE_CHECKING:
    from console.hub.context import Hub


def body_of(
    *types: str, fields: tuple[str, ...] = (), files: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what a route that reads its own body says of it in the OpenAPI document."""
    binary = {"type": "string", "format": "binary"}
    schemas: dict[str, dict[str, Any]] = {
        "application/json": {},
        "application/octet-stream": binary,
        "application/x-www-form-urlencoded": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in fields},
        },
        "multipart/form-data": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in fields}
            | dict.fromkeys(files, binary),
        },
    }
    content = {type_: {"schema": schemas[type_]} for type_ in types}
    return {"requestBody": {"required": True, "content": content}}


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
JSON, BYTES = "application/json", "application/octet-stream"


def key_of(request: Request) -> str | None:
    """Return the key a client shows.

    Our own send the header ``X-API-Key``. Phones cannot: OsmAnd clients put ``api_key`` in the
    address, OwnTracks sends it as the password of basic authentication.
    """
    if key := request.headers.get("x-api-key") or request.query_params.get("api_key"):
        return key
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None


def peer_of(request: Request) -> str:
    """Return the address that a request came from."""
    return request.client.host if request.client else "?"


async def keyed(request: Request) -> None:
    """Dependency of a door: whoever comes in shows the intake key."""
    check_door(hub_of(request), key_of(request))


async def json_of(request: Request) -> Any:
    """Return the body as JSON, or refuse it."""
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused("bad_input", "the body is no JSON", field="body") from None


async def form_of(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return query and form fields (the form's win) and the files of a multipart body.

    A field whose name ends in ``[]`` may come several times; its values are joined by commas.
    Of a file never more is read than one byte over the limit for photos.
    """
    fields, files = dict(request.query_params), {}
    if request.method == "POST":
        async with request.form(max_files=4, max_fields=200) as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[key] = await value.read(MAX_BYTES + 1)
                elif key.endswith("[]") and key in fields:
                    fields[key] += f",{value}"
                else:
                    fields[key] = value
    return fields, files


@contextlib.contextmanager
def refusals(hub: Hub, door: str) -> Iterator[None]:
    """Count what is refused at a door; what a codec cannot read is answered 422 with its field."""
    try:
        yield
    except ProtocolError as error:
        hub.doors[door].refuse(error.detail)
        raise Refused("bad_input", error.detail, field=error.field) from error
    except Refused as error:
        hub.doors[door].refuse(str(error))
        raise
