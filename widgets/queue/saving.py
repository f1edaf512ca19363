"""Saving the present view under a name and a number, and going back to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.seat.queue_views import Saved, Wish
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.wording import command_text

if TYPE_CHECKING:
    from widgets.queue.pane import QueuePane

GO_TO_QUEUE = "pane.queue"
NAME_MOST = 24
_TITLE = QT_TRANSLATE_NOOP("Command", "Save this view under a number")


class Saving(QObject):
    """The officer's own views, as the pane's keys use them."""

    def __init__(self, desk: Desk, pane: QueuePane) -> None:
        super().__init__(pane)
        self._desk = desk
        self._pane = pane

    def ask(self) -> None:
        """Ask for a name; a figure before it is the number key, else the first free one."""
        prompt = self.tr("Name, or number and name, such as: 3 Night market")
        self._desk.ask(command_text(_TITLE), prompt, self.save)

    def save(self, text: str) -> None:
        """Save the present view under what was answered."""
        views = self._desk.seat.views
        found = re.fullmatch(r"([1-9])(?:\s+(.*))?", text.strip())
        number = int(found[1]) if found else views.free()
        name = ((found[2] if found else text) or "").strip()[:NAME_MOST]
        if number is None:
            self._desk.toast.emit("warn", self.tr("All nine numbers are taken: say which one"))
            return
        wish = self._pane.wish
        views.keep(Saved(number, name or str(number), wish))
        self._pane.show_wish(wish, number)
        said = self.tr("{name} is saved: g {number} shows it").format(
            name=name or number, number=number
        )
        self._desk.toast.emit("ok", said)

    def call(self, number: int) -> None:
        """Show a saved view, wherever the keyboard is."""
        saved = self._desk.seat.views.saved.get(number)
        if saved is None:
            return
        self._pane.show_wish(saved.wish, number)
        if GO_TO_QUEUE in self._desk.registry:
            self._desk.registry[GO_TO_QUEUE].run()

    def forget(self) -> None:
        """Forget the saved view that is shown; what it shows stays."""
        views = self._desk.seat.views
        if views.number is not None:
            views.forget(views.number)
            wish = self._pane.wish
            self._pane.show_wish(Wish(wish.view, wish.wanted, wish.sort))
