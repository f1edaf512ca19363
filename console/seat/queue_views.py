"""Ready and saved views of the queue, and the one an officer looked at last."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console import wire
from console.domain.case import OPEN, OVER
from console.seat.queue_filter import EVERYTHING, KINDS, Token, Wanted
from console.seat.queue_order import SORTS
from console.seat.settings import write_whole

log = logging.getLogger(__name__)

NUMBERS = range(1, 10)


@dataclass(frozen=True, slots=True)
class View:
    """A ready filter by state; none means every state. ``name`` is stable; the pane words it."""

    name: str
    states: frozenset[str]

    @property
    def live(self) -> bool:
        """Whether the mirror holds every case of it."""
        return bool(self.states) and self.states <= OPEN


def _view(name: str, *states: str) -> View:
    return View(name, frozenset(states))


VIEWS: tuple[View, ...] = (
    _view("decide", "proposed", "accepted", "verified", "filed"),
    _view("sent", "returned", "verifying", "dispatched", "taken", "on_site"),
    _view("check", "handled", "checked"),
    _view("open", *(state.value for state in OPEN)),
    _view("closed", *(state.value for state in OVER)),
    _view("all"),
)
DEFAULT = VIEWS[3]


def view_named(name: object) -> View:
    """Return a ready view, or that of all open cases for a name nobody knows."""
    return next((view for view in VIEWS if view.name == name), DEFAULT)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants to see: a ready view, what it is filtered by, and how it is sorted."""

    view: View = DEFAULT
    wanted: Wanted = EVERYTHING
    sort: wire.Sort = "urgency"

    @property
    def live(self) -> bool:
        """Whether the mirror alone can show it."""
        return self.view.live and not self.wanted


@dataclass(frozen=True, slots=True)
class Saved:
    """A wish under a name and a number key."""

    number: int
    name: str
    wish: Wish


def _written(wish: Wish) -> dict[str, Any]:
    tokens = [[token.kind, token.value] for token in wish.wanted.tokens]
    return {
        "view": wish.view.name,
        "tokens": tokens,
        "text": wish.wanted.text,
        "sort": wish.sort,
    }


def _read(data: dict[str, Any]) -> Wish:
    tokens = tuple(Token(str(k), str(v)) for k, v in data.get("tokens", []) if k in KINDS)
    sort = data.get("sort")
    return Wish(
        view_named(data.get("view")),
        Wanted(tokens, str(data.get("text", ""))[:200]),
        sort if sort in SORTS else "urgency",
    )


@dataclass(slots=True)
class _Writer:
    """Writes a file apart from whoever changed it; of several texts that wait only the newest."""

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _text: str | None = None
    _thread: threading.Thread | None = None

    def write(self, text: str) -> None:
        with self._lock:
            self._text = text
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="views")
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                text, self._text = self._text, None
                if text is None:
                    self._thread = None
                    return
            try:
                write_whole(self.path, text)
            except OSError as error:
                log.warning("views are not kept: %s", error)

    def wait(self) -> None:
        """Return when everything is written."""
        thread = self._thread
        if thread is not None:
            thread.join()


class Views:
    """Saved views by number, kept in one file; without a path in memory only.

    A damaged file counts as none. ``last`` is what was shown last, ``number`` the saved view
    it was, if it was one.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.saved: dict[int, Saved] = {}
        self.last = Wish()
        self.number: int | None = None
        self._writer = None if path is None else _Writer(path)
        if path is not None:
            self._load(path)

    def _load(self, path: Path) -> None:
        try:
            data = json.loads(path.read_text("utf-8"))
            saved = [Saved(int(d["number"]), str(d["name"]), _read(d)) for d in data["saved"]]
            last, number = _read(data["last"]), data.get("number")
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return
        self.saved = {view.number: view for view in saved if view.number in NUMBERS}
        self.last, self.number = last, number if number in self.saved else None

    def free(self) -> int | None:
        """Return the first number without a view."""
        return next((number for number in NUMBERS if number not in self.saved), None)

    def keep(self, view: Saved) -> None:
        """Save a view; one of the same number is replaced."""
        self.saved[view.number] = view
        self.number = view.number
        self._save()

    def forget(self, number: int) -> None:
        """Forget a saved view."""
        del self.saved[number]
        if self.number == number:
            self.number = None
        self._save()

    def show(self, wish: Wish, number: int | None) -> None:
        """Remember what is shown: a saved view, else its ready view and sort without a filter."""
        last = wish if number is not None else Wish(wish.view, sort=wish.sort)
        if (last, number) != (self.last, self.number):
            self.last, self.number = last, number
            self._save()

    def settle(self) -> None:
        """Return when everything is written."""
        if self._writer is not None:
            self._writer.wait()

    def _save(self) -> None:
        if self._writer is None:
            return
        saved: Iterable[Saved] = (self.saved[number] for number in sorted(self.saved))
        data = {
            "saved": [{"number": v.number, "name": v.name, **_written(v.wish)} for v in saved],
            "last": _written(self.last),
            "number": self.number,
        }
        self._writer.write(json.dumps(data, ensure_ascii=False, indent=1))
