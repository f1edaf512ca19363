"""The case the officer looks at, whole."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import wire
from console.seat.commands import Record
from console.seat.keymap import chords
from console.seat.mirror import ChangeSet
from console.seat.selection import Selection
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.case.actionbar import ActionBar
from widgets.case.banners import Banners, Remarks
from widgets.case.header import Header
from widgets.case.page import Page
from widgets.case.pictures import Pictures
from widgets.case.sections import Sections
from widgets.case.strip import Strip
from widgets.case.view import STEP, CaseView
from widgets.case.viewer import Viewer
from widgets.pane import Pane

SETTLE_MS = 40
"""Changes that come this close together are fetched once."""

TICK_MS = 1_000


class CasePane(Pane):
    """Header, page and action bar of the selected case."""

    name = "case"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.detail: wire.CaseDetail | None = None
        self.pictures = Pictures(desk.media, self)
        self.strip = Strip(self.pictures, self)
        self._sections = Sections(desk, self.strip, self.pictures, self)
        self.header = Header(desk.theme, desk.now, self)
        self._remarks = Remarks(self)
        self.banners = Banners(desk.theme, self)
        self.view = CaseView(desk.theme, self.strip, self)
        self.actions_bar = ActionBar(desk.theme, self)
        self._viewer: Viewer | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.banners, self.view, self.actions_bar):
            column.addWidget(part)
        self.setFocusProxy(self.view)
        self._fetch_soon = QTimer(self)
        self._fetch_soon.setSingleShot(True)
        self._fetch_soon.setInterval(SETTLE_MS)
        self._fetch_soon.timeout.connect(self._fetch)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self.pictures.came.connect(lambda _: self.view.viewport().update())
        self._sections.faces.came.connect(lambda: self._write(from_top=False))
        desk.surroundings_changed.connect(self.view.viewport().update)
        desk.presence_changed.connect(self._remark)
        desk.picked_changed.connect(self._tell_picked)
        self.view.resized.connect(lambda: self._write(from_top=False))
        self.view.opened.connect(self._open_picture)
        self.actions_bar.wanted.connect(self._do)
        desk.selection_changed.connect(self._selected)
        desk.changed.connect(self._changed)
        desk.setting_changed.connect(self._set)
        desk.theme_changed.connect(self._look)
        self.retranslate()
        self._selected(desk.selection)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Case")

    def retranslate(self) -> None:
        """Put every word anew."""
        super().retranslate()
        self.view.setAccessibleName(self.tr("Case"))
        self.actions_bar.setAccessibleName(self.tr("What can be done"))
        self.view.empty_text = self.tr("No case is selected")
        self._write(from_top=False)

    def take_focus(self) -> None:
        """Give the keyboard to the page."""
        self.view.setFocus()

    # --- following the desk ------------------------------------------------------------

    @property
    def _row(self) -> wire.CaseRow | None:
        return self.desk.selection.case

    def _selected(self, selection: Selection) -> None:
        row = selection.case
        same = row is not None and self.detail is not None and self.detail.row.id == row.id
        if not same:
            self.detail = None
        if row is None:
            self._fetch_soon.stop()
        elif self.detail is None or self.detail.row != row:
            self._fetch_soon.start()
        self._write(from_top=not same)

    def _changed(self, touched: ChangeSet) -> None:
        row = self._row
        if row is None:
            return
        calls = (self.desk.mirror.calls.get(i) for i in touched.kinds.get("call", ()))
        if (
            touched.whole
            or row.id in touched.kinds.get("case", ())
            or any(call is not None and call.case == row.id for call in calls)
        ):
            self._fetch_soon.start()
        if row.unit in touched.kinds.get("unit", ()):
            self._write(from_top=False)

    def _fetch(self) -> None:
        if self._row is not None:
            self.desk.detail(self._row.id, self._take)

    def _take(self, detail: wire.CaseDetail) -> None:
        """Show what came, unless the officer went on or a newer answer was there before."""
        row = self._row
        if row is None or detail.row.id != row.id:
            return
        if self.detail is None or len(detail.history) >= len(self.detail.history):
            self.detail = detail
            self._write(from_top=False)

    def _write(self, *, from_top: bool) -> None:
        """Write the page anew; what is on the screen does not move unless ``from_top``."""
        row = self._row
        self.header.show_row(row)
        self._remark()
        self._list_actions()
        if row is None:
            self.view.show_page(None, from_top=True)
            return
        page = Page(self.desk.theme, self.view.viewport().width())
        self._sections.write(page, row, self.detail, self.desk.now())
        self.view.show_page(page, from_top=from_top)

    def _remark(self) -> None:
        row, desk = self._row, self.desk
        picked = len(desk.seat.picked)
        lines = (
            self._remarks.of(row, desk.seat.officer.id, desk.mirror.present, picked) if row else []
        )
        self.banners.show_lines(lines)

    def _tell_picked(self) -> None:
        self._remark()
        self._list_actions()

    def _list_actions(self) -> None:
        possible = [r for r in self.desk.registry if _of_the_flow(r) and r.when()]
        shown = possible if self._row is not None else []
        # The rarer ones stand behind their prefix, which shows them when it is pressed.
        direct = [record for record in shown if len(chords(record.key)) < 2]
        self.actions_bar.show_records(direct, rarer=len(shown) - len(direct))

    def _do(self, record: Record) -> None:
        if record.when():
            record.run()

    def _on_tick(self) -> None:
        if self.isVisible():
            self.header.update()

    def _set(self, name: str) -> None:
        if name == "keys":
            self._write(from_top=False)

    def _look(self) -> None:
        theme = self.desk.theme
        self.header.set_theme(theme)
        self.banners.set_theme(theme)
        self.actions_bar.set_theme(theme)
        self.view.theme = theme
        if self._viewer is not None:
            self._viewer.theme = theme
        self._write(from_top=False)

    # --- keys -----------------------------------------------------------------------------

    def _open_picture(self) -> None:
        if self._viewer is None or self._viewer.parentWidget() is not self.window():
            self._viewer = Viewer(self.desk.theme, self.strip, self.pictures, self.window())
        self._viewer.open()

    def _step_picture(self, by: int) -> None:
        self.strip.step(by)
        self._write(from_top=False)
        box = self.strip.boxes.get(self.strip.chosen)
        if box is not None:
            self.view.reveal(box)

    def commands(self) -> list[Record]:
        """Return the detail's own commands."""
        scroll = self.view.scroll_by

        def page(by: int) -> None:
            scroll(by * (self.view.viewport().height() - STEP))

        rows = [
            ("scroll_down", _DOWN, "Down", lambda: scroll(STEP)),
            ("scroll_up", _UP, "Up", lambda: scroll(-STEP)),
            ("page_down", _PAGE_DOWN, "PgDown", lambda: page(1)),
            ("page_up", _PAGE_UP, "PgUp", lambda: page(-1)),
            ("next_picture", _NEXT, "Right", lambda: self._step_picture(1)),
            ("previous_picture", _PREVIOUS, "Left", lambda: self._step_picture(-1)),
            ("open_picture", _OPEN, "Space", self._open_picture),
            ("open_picture_return", _OPEN, "Return", self._open_picture),
        ]
        return [
            Record(id=f"detail.{verb}", title=title, run=run, key=key, place=self.name)
            for verb, title, key, run in rows
        ]


def _of_the_flow(record: Record) -> bool:
    """Tell whether a command moves the case on; warnings stand in the voice panel."""
    return record.action is not None and record.id.startswith(("case.", "proposal."))


_DOWN = QT_TRANSLATE_NOOP("Command", "Scroll the case down")
_UP = QT_TRANSLATE_NOOP("Command", "Scroll the case up")
_PAGE_DOWN = QT_TRANSLATE_NOOP("Command", "One page of the case down")
_PAGE_UP = QT_TRANSLATE_NOOP("Command", "One page of the case up")
_NEXT = QT_TRANSLATE_NOOP("Command", "Next picture of the case")
_PREVIOUS = QT_TRANSLATE_NOOP("Command", "Previous picture of the case")
_OPEN = QT_TRANSLATE_NOOP("Command", "Look at the picture large")
