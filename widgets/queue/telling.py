"""What the queue says of itself: the line above the list, and what an empty list means."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.seat.queue_order import Order
from console.seat.queue_paged import PagedOrder
from console.seat.queue_views import Wish
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.queue.blank import Blank
from widgets.queue.strip import Standing
from widgets.queue.words import sort_text, token_text, view_text
from widgets.wording import command_text, problem_text


def standing(
    desk: Desk, wish: Wish, order: Order, paged: PagedOrder | None, possible: list[str]
) -> Standing:
    """Return the words of the line above the list."""
    count, at = len(order), order.at
    place = f"{at + 1:,} / {count:,}" if at is not None else f"{count:,}" if count else ""
    if desk.seat.picked:
        picked = len(desk.seat.picked)
        head = QCoreApplication.translate("Queue", "{n} picked").format(n=picked)
        return Standing(" · ".join([head, *possible]), place, picked)
    if paged is not None and paged.problem is not None:
        return Standing(problem_text(paged.problem), place, warn=True)
    if paged is not None and (order is not paged or not paged.ready):
        return Standing(QCoreApplication.translate("Queue", "Asking the hub …"), place)
    if paged is not None and paged.seeking:
        return Standing(QCoreApplication.translate("Queue", "Looking further …"), place)
    return Standing(sort_text(wish.sort), place)


def deeds(desk: Desk) -> list[str]:
    """Return what can be done to all that is picked: each key with the first words of its title.

    Of two that begin alike only the first is told: the line is short.
    """
    found: dict[str, str] = {}
    for record in desk.registry:
        if record.action is not None and record.key and record.when():
            title = command_text(record.title)
            for stop in ":：,，":
                title = title.partition(stop)[0]
            found.setdefault(title, f"{key_text(record.key)} {title}")
    return list(found.values())


def blank(desk: Desk, wish: Wish, paged: PagedOrder | None) -> Blank:
    """Return why the list is empty, and what to do about it."""
    if paged is not None and paged.problem is not None:
        hint = QCoreApplication.translate(
            "Queue", "Open cases are shown without the hub: Esc drops the filter, [ goes back"
        )
        return Blank("lost", problem_text(paged.problem), hint)
    if paged is not None and not paged.ready:
        return Blank("wait", QCoreApplication.translate("Queue", "Asking the hub …"))
    view = view_text(wish.view)
    if wish.wanted:
        text = [f"“{wish.wanted.text}”"] if wish.wanted.text else []
        said = [*(token_text(token, desk.mirror) for token in wish.wanted.tokens), *text]
        head = QCoreApplication.translate("Queue", "{view}: no case matches {filter}").format(
            view=view, filter=" · ".join(said)
        )
        return Blank(
            "none",
            head,
            QCoreApplication.translate("Queue", "Esc drops the filter, ] looks in the next view"),
        )
    if desk.connection != "live" and not desk.mirror.cases:
        return Blank("wait", QCoreApplication.translate("Queue", "Waiting for the hub"))
    return Blank(
        "done",
        QCoreApplication.translate("Queue", "{view}: nothing waits here").format(view=view),
        QCoreApplication.translate("Queue", "] shows the next view"),
    )
