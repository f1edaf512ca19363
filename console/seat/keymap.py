"""Keys as data: sequences, the officer's own bindings, and what may follow a prefix."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from console.seat.commands import Record
from console.seat.settings import write_whole


class KeymapError(Exception):
    """The officer's key file cannot be used; the message says why."""


def chords(key: str) -> tuple[str, ...]:
    """Return the chords of a sequence: ``"., 1"`` gives ``(".", "1")``.

    A comma itself is written ``,``; only comma and space part chords.
    """
    return tuple(part for part in key.split(", ") if part)


def read(path: Path) -> dict[str, str]:
    """Return an officer's own bindings, command id to key, from ``[keys]`` of a TOML file.

    An absent file binds nothing. An empty key takes a command's key away.
    """
    if not path.exists():
        return {}
    try:
        keys = tomllib.loads(path.read_text("utf-8")).get("keys", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KeymapError(f"{path}: {error}") from error
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise KeymapError(f"{path}: [keys] must give a text for each command")
    return keys


def write(path: Path, keys: dict[str, str]) -> None:
    """Keep an officer's own bindings where :func:`read` finds them."""
    # A TOML basic string escapes what a JSON string does.
    lines = [f"{json.dumps(name)} = {json.dumps(key)}\n" for name, key in sorted(keys.items())]
    write_whole(path, "[keys]\n" + "".join(lines))


def rebind(records: Iterable[Record], own: dict[str, str]) -> list[Record]:
    """Return the records with an officer's own keys in place of theirs."""
    return [replace(r, key=own[r.id]) if r.id in own else r for r in records]


def prefixes(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """Return what may follow each first chord of a longer sequence, by (place, chord)."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        parts = chords(record.key)
        if len(parts) > 1:
            found.setdefault((record.place, parts[0]), []).append(record)
    return found


def clashes(records: Iterable[Record]) -> list[str]:
    """Return what is wrong when a key is both a command and the beginning of another there."""
    listed = list(records)
    wrong = []
    for (place, chord), followers in prefixes(listed).items():
        wrong += [
            f"key {chord} of {record.id} begins {followers[0].key} of {followers[0].id}"
            for record in listed
            if record.key == chord and record.place == place
        ]
    return wrong
