"""Keys as data: sequences, the officer's own bindings, and what may follow a prefix."""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from console.seat.commands import CommandClashError, Record, Registry
from console.seat.settings import write_whole

log = logging.getLogger(__name__)


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


class OwnKeys:
    """An officer's own bindings over those that ship, and the file they are kept in."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._own = read(path) if path is not None else {}
        self._shipped: dict[str, str] = {}

    def shipped(self, command_id: str) -> str:
        """Return the key that a command came with."""
        return self._shipped[command_id]

    def over(self, records: Iterable[Record], registry: Registry) -> list[Record]:
        """Return records with the officer's keys in place of theirs.

        A key of his that meanwhile belongs to another command there is passed over, so that a new
        release always starts; a shipped key he gave away is given up.
        """
        bound: list[Record] = []
        taken: set[tuple[str, str]] = set()
        for record in records:
            self._shipped[record.id] = record.key
            wishes = [self._own[record.id]] if record.id in self._own else []
            for key in [*wishes, record.key, ""]:
                free = (record.place, key) not in taken and registry.owner(
                    record.place, key
                ) is None
                if not key or free or not self._own:
                    break
                log.warning("key %s of %s is taken", key, record.id)
            taken.add((record.place, key))
            bound.append(replace(record, key=key))
        return bound

    def change(self, registry: Registry, command_id: str, key: str) -> None:
        """Bind a command anew and keep it; raise ``CommandClashError`` where the key is taken."""
        before = registry[command_id].key
        registry.bind(command_id, key)
        faults = clashes(registry)
        if faults:
            registry.bind(command_id, before)
            raise CommandClashError(faults[0])
        if key == self._shipped[command_id]:
            self._own.pop(command_id, None)
        else:
            self._own[command_id] = key
        if self._path is not None:
            write(self._path, self._own)


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
