"""What another platform's JSON means, as declared: pointers to fields, values to ours.

A declaration is one TOML table. Pointers are RFC 6901; a body is signed with HMAC-SHA256 over its
raw bytes, written as hexadecimal digits, with or without ``sha256=`` before them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.protocols.errors import ProtocolError

FIELDS = frozenset(
    {
        "id", "text", "code", "class_name", "lat", "lon", "address", "at",
        "name", "phone", "urgent", "media_url",
    }
)  # fmt: skip
"""What may be mapped."""

NEEDED = frozenset({"id", "text"})
MAX_ITEMS = 200
MAX_TEXT = 4000


class MappingError(ValueError):
    """A declaration that means nothing; the text says why."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform. ``items`` points at the list of reports, or is empty for a body of one.

    ``signature`` is the header of the signature. ``values`` maps a field's values to ours.
    """

    name: str
    title: str
    signature: str = "X-Signature"
    items: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def declared(name: str, table: Mapping[str, Any]) -> Platform:
    """Return what a table declares; raise :class:`MappingError` naming what is wrong in it."""
    fields, values = table.get("fields", {}), table.get("values", {})
    if not isinstance(fields, Mapping) or not isinstance(values, Mapping):
        raise MappingError("fields and values are tables")
    if unknown := (fields.keys() | values.keys()) - FIELDS:
        raise MappingError(f"no such field: {', '.join(sorted(unknown))}")
    if missing := NEEDED - fields.keys():
        raise MappingError(f"not mapped: {', '.join(sorted(missing))}")
    if not {"lat", "lon"} <= fields.keys() and "address" not in fields:
        raise MappingError("not mapped: lat and lon, or address")
    items = str(table.get("items", ""))
    for pointer in [*fields.values(), *([items] if items else [])]:
        if not isinstance(pointer, str) or not pointer.startswith("/"):
            raise MappingError(f"{pointer!r} is no JSON pointer")
    if not all(isinstance(known, Mapping) for known in values.values()):
        raise MappingError("values are tables of tables")
    return Platform(
        name=name,
        title=str(table.get("title", name)),
        signature=str(table.get("signature", "X-Signature")),
        items=items,
        fields=dict(fields),
        values={key: {str(a): str(b) for a, b in known.items()} for key, known in values.items()},
    )


def signed(secret: str, body: bytes, signature: str) -> bool:
    """Tell whether a body was signed with a secret."""
    good = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = signature.strip().lower().removeprefix("sha256=")
    return hmac.compare_digest(good.encode(), given.encode())


def pointed(tree: Any, pointer: str) -> Any:
    """Return what a JSON pointer points at, or None where there is nothing."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, Mapping):
            tree = tree.get(key)
        elif isinstance(tree, list) and key.isdecimal() and len(key) < 6 and int(key) < len(tree):
            tree = tree[int(key)]
        else:
            return None
    return tree


def items(mapping: Platform, tree: Any) -> Iterator[Any]:
    """Yield the reports of a body; raise :class:`ProtocolError` where they are no list."""
    if not mapping.items:
        yield tree
        return
    found = pointed(tree, mapping.items)
    if not isinstance(found, list) or len(found) > MAX_ITEMS:
        raise ProtocolError(f"no list of at most {MAX_ITEMS} reports", mapping.items)
    yield from found


def read(mapping: Platform, item: Any) -> dict[str, str]:
    """Return field -> text of one report, values already ours.

    Raises :class:`ProtocolError` naming the pointer of what is missing, no text or number, too
    long, or a value that nobody mapped.
    """
    said = {}
    for name, pointer in mapping.fields.items():
        value = pointed(item, pointer)
        if value is None or value == "":
            if name in NEEDED:
                raise ProtocolError(f"{name} is missing", pointer)
            continue
        if not isinstance(value, str | int | float):
            raise ProtocolError(f"{name} is no text", pointer)
        text = str(value).lower() if isinstance(value, bool) else str(value).strip()
        if len(text) > MAX_TEXT:
            raise ProtocolError(f"{name} is longer than {MAX_TEXT} characters", pointer)
        known = mapping.values.get(name)
        if known is not None and text not in known:
            raise ProtocolError(f"{name} has a value that is not mapped: {text[:60]}", pointer)
        said[name] = known[text] if known is not None else text
    return said
