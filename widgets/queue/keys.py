"""The queue's commands and their keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from console.seat.commands import Record
from console.seat.queue_views import NUMBERS
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.queue.takeout import TAKE_OUT

if TYPE_CHECKING:
    from widgets.queue.pane import QueuePane

_NEXT = QT_TRANSLATE_NOOP("Command", "Next case")
_PREVIOUS = QT_TRANSLATE_NOOP("Command", "Previous case")
_PAGE_DOWN = QT_TRANSLATE_NOOP("Command", "One page of cases down")
_PAGE_UP = QT_TRANSLATE_NOOP("Command", "One page of cases up")
_NEXT_URGENT = QT_TRANSLATE_NOOP("Command", "Next urgent case")
_PREVIOUS_URGENT = QT_TRANSLATE_NOOP("Command", "Previous urgent case")
_FIRST = QT_TRANSLATE_NOOP("Command", "First case")
_LAST = QT_TRANSLATE_NOOP("Command", "Last case")
_OPEN = QT_TRANSLATE_NOOP("Command", "Open the case beside the queue")
_FILTER = QT_TRANSLATE_NOOP("Command", "Filter the queue")
_FACETS = QT_TRANSLATE_NOOP("Command", "Facets of the queue: how many of what, to filter by")
_SORT = QT_TRANSLATE_NOOP("Command", "Sort the queue another way")
_NEXT_VIEW = QT_TRANSLATE_NOOP("Command", "Next view of the queue")
_PREVIOUS_VIEW = QT_TRANSLATE_NOOP("Command", "Previous view of the queue")
_SAVE = QT_TRANSLATE_NOOP("Command", "Save this view under a number")
_FORGET = QT_TRANSLATE_NOOP("Command", "Forget the saved view that is shown")
_PICK = QT_TRANSLATE_NOOP("Command", "Pick the case, or let it go")
_PICK_TO = QT_TRANSLATE_NOOP("Command", "Pick all cases from the one picked last")
_PICK_ALL = QT_TRANSLATE_NOOP("Command", "Pick all cases at hand")
_CLEAR = QT_TRANSLATE_NOOP("Command", "Let picked cases go, else drop the filter")
_VIEWS = (
    QT_TRANSLATE_NOOP("Command", "Saved view 1"),
    QT_TRANSLATE_NOOP("Command", "Saved view 2"),
    QT_TRANSLATE_NOOP("Command", "Saved view 3"),
    QT_TRANSLATE_NOOP("Command", "Saved view 4"),
    QT_TRANSLATE_NOOP("Command", "Saved view 5"),
    QT_TRANSLATE_NOOP("Command", "Saved view 6"),
    QT_TRANSLATE_NOOP("Command", "Saved view 7"),
    QT_TRANSLATE_NOOP("Command", "Saved view 8"),
    QT_TRANSLATE_NOOP("Command", "Saved view 9"),
)

Row = tuple[str, str, str, Callable[[], None]]


def commands(pane: QueuePane) -> list[Record]:
    """Return the pane's commands; the saved views' keys work everywhere."""
    rows = [*_moving(pane), *_choosing(pane)]
    records = [
        Record(id=f"queue.{verb}", title=title, run=run, key=key, place=pane.name)
        for verb, title, key, run in rows
    ]
    views = pane.desk.seat.views
    forget = Record(
        id="queue.forget_view",
        title=_FORGET,
        run=pane.saving.forget,
        place=pane.name,
        when=lambda: views.number is not None,
    )
    return [*records, forget, *(_view(pane, number) for number in NUMBERS)]


def _moving(pane: QueuePane) -> list[Row]:
    list_ = pane.list
    return [
        ("next", _NEXT, "J", lambda: list_.step(1)),
        ("previous", _PREVIOUS, "K", lambda: list_.step(-1)),
        ("down", _NEXT, "Down", lambda: list_.step(1)),
        ("up", _PREVIOUS, "Up", lambda: list_.step(-1)),
        ("page_down", _PAGE_DOWN, "PgDown", lambda: list_.page(1)),
        ("page_up", _PAGE_UP, "PgUp", lambda: list_.page(-1)),
        ("next_urgent", _NEXT_URGENT, "Shift+J", lambda: list_.step_urgent(1)),
        ("previous_urgent", _PREVIOUS_URGENT, "Shift+K", lambda: list_.step_urgent(-1)),
        ("first", _FIRST, "G, G", lambda: list_.go(0)),
        ("home", _FIRST, "Home", lambda: list_.go(0)),
        ("last", _LAST, "Shift+G", lambda: list_.go(len(list_.order) - 1)),
        ("end", _LAST, "End", lambda: list_.go(len(list_.order) - 1)),
        ("open", _OPEN, "Return", pane.open_case),
    ]


def _choosing(pane: QueuePane) -> list[Row]:
    picking = pane.picking
    return [
        ("filter", _FILTER, "/", pane.filter.open),
        ("facets", _FACETS, "Shift+F", pane.toggle_facets),
        ("sort", _SORT, "Shift+S", pane.cycle_sort),
        ("next_view", _NEXT_VIEW, "]", lambda: pane.cycle_view(1)),
        ("previous_view", _PREVIOUS_VIEW, "[", lambda: pane.cycle_view(-1)),
        ("save_view", _SAVE, "Ctrl+S", pane.saving.ask),
        ("take_out", TAKE_OUT, "Ctrl+E", pane.takeout.ask),
        ("pick", _PICK, "X", picking.toggle),
        ("pick_to", _PICK_TO, "Shift+X", picking.extend),
        ("pick_all", _PICK_ALL, "*", picking.everything),
        ("clear", _CLEAR, "Esc", pane.clear),
    ]


def _view(pane: QueuePane, number: int) -> Record:
    return Record(
        id=f"queue.view_{number}",
        title=_VIEWS[number - 1],
        run=partial(pane.saving.call, number),
        key=f"G, {number}",
        when=lambda: number in pane.desk.seat.views.saved,
    )
