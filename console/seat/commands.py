"""One record per command; menus, palette, key hints and docs/keys.md all come from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from console.domain.case import Action


class CommandClashError(Exception):
    """Two records claim the same id, or the same key in the same place."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Record:
    """A thing the officer can do.

    ``id`` is ``noun.verb``. ``title`` is the English source text, marked for
    translation in the context ``Command``. ``key`` is a Qt key sequence in portable
    text (``"J"``, ``"Ctrl+K"``, ``"., 1"``) or empty. ``place`` is the pane in which the
    key counts, or ``window`` for everywhere; where both have the key, the pane's own wins
    while the pane has the keyboard. ``when`` tells whether it is allowed now.
    ``undo`` says how it is taken back: ``"hub"`` for the command the hub returns,
    ``"view"`` for what only moves the view, else the sentence why it cannot be.
    ``confirm`` asks apart (Ctrl+Enter, with a reason). ``action`` ties it to the flow table.
    """

    id: str
    title: str
    run: Callable[[], None]
    key: str = ""
    place: str = "window"
    when: Callable[[], bool] = field(default=_always)
    undo: str = "view"
    confirm: bool = False
    action: Action | None = None


class Registry:
    """All records of a running seat, in the order they were added."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def add(self, records: Iterable[Record]) -> None:
        """Add records; raise :class:`CommandClashError` on a duplicate id or key."""
        for record in records:
            if record.id in self._records:
                raise CommandClashError(f"command {record.id} is registered twice")
            if record.key:
                self._take_key(record)
            self._records[record.id] = record

    def _take_key(self, record: Record) -> None:
        other = self._keys.get((record.place, record.key))
        if other:
            raise CommandClashError(f"key {record.key} of {record.id} belongs to {other}")
        self._keys[(record.place, record.key)] = record.id

    def owner(self, place: str, key: str) -> str | None:
        """Return whose key it is in a place, or None."""
        return self._keys.get((place, key))

    def bind(self, command_id: str, key: str) -> None:
        """Give a command another key, or none; raise as :meth:`add` does when it is taken."""
        record = self._records[command_id]
        if key == record.key:
            return
        bound = replace(record, key=key)
        if key:
            self._take_key(bound)
        self._keys.pop((record.place, record.key), None)
        self._records[command_id] = bound

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __getitem__(self, command_id: str) -> Record:
        return self._records[command_id]

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._records

    def title(self, command_id: str) -> str:
        """Return a command's English title, or its id where no record knows it."""
        record = self._records.get(command_id)
        return record.title if record else command_id
