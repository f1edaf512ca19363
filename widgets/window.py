"""The window: panes in docks, menus, the status line, and where everything stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu, QTabWidget, QWidget

from console.seat.commands import Record
from console.seat.keymap import OwnKeys
from console.seat.layouts import Layout
from widgets.actions import Keys, key_text
from widgets.banner import Banner
from widgets.bridge import Desk
from widgets.dock import Dock
from widgets.pane import Pane
from widgets.statusline import StatusLine
from widgets.toasts import Toasts
from widgets.wording import command_text, menu_text

LAYOUT_VERSION = 2
PANES = ("queue", "wall", "map", "case", "voice", "health", "joint", "manual")
"""The panes in the order of their keys; the last has F1."""

_MENUS = ("case", "queue", "wall", "map", "voice", "joint", "window", "help")
_NOUNS = {"desk": "case", "pane": "window", "palette": "help", "help": "help"}
_SIDE = 420


class Window(QMainWindow):
    """The frame. It knows panes by name only; they move in when they are ready."""

    def __init__(self, desk: Desk, closing: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._closing = closing
        self.setDockNestingEnabled(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AnimatedDocks
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.keys = Keys(self)
        self.docks = {name: Dock(self, name, self.dock_key(name)) for name in PANES}
        self._arrange()
        self.line = StatusLine(desk, self)
        self.statusBar().addWidget(self.line, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.banner = Banner(self)
        seconds = partial(desk.seat.settings.__getitem__, "toast_seconds")
        self.toasts = Toasts(self, lambda: desk.theme, seconds)
        self._menus = {name: self._menu(name) for name in _MENUS}
        self._corner = QLabel(self)
        self._corner.setTextFormat(Qt.TextFormat.PlainText)
        self._corner.setObjectName("Corner")
        self.menuBar().setCornerWidget(self._corner)
        desk.toast.connect(self.toasts.show)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self._whole: bytes | None = None
        self.resize(1600, 900)
        self._first = self.saveState(LAYOUT_VERSION)
        self.retranslate()

    @staticmethod
    def dock_key(name: str) -> str:
        """Return the key that goes to a pane."""
        return "F1" if name == "manual" else f"Ctrl+{PANES.index(name) + 1}"

    # --- where panes stand ------------------------------------------------------------

    def _arrange(self) -> None:
        docks, across, down = self.docks, Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["queue"])
        self.splitDockWidget(docks["queue"], docks["wall"], across)
        self.splitDockWidget(docks["wall"], docks["case"], across)
        self.splitDockWidget(docks["wall"], docks["map"], down)
        self.splitDockWidget(docks["case"], docks["voice"], down)
        self.tabifyDockWidget(docks["map"], docks["health"])
        self.tabifyDockWidget(docks["map"], docks["joint"])
        self.tabifyDockWidget(docks["map"], docks["manual"])
        docks["health"].hide()
        docks["joint"].hide()
        docks["manual"].hide()

    def reset_sizes(self) -> None:
        """Give panes the sizes of a first start."""
        docks, across, down = self.docks, Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        width, height = self.width(), self.height()
        middle = max(400, width - 2 * _SIDE)
        sides = [docks["queue"], docks["wall"], docks["case"]]
        self.resizeDocks(sides, [_SIDE, middle, _SIDE], across)
        self.resizeDocks([docks["wall"], docks["map"]], [height * 11, height * 9], down)
        self.resizeDocks([docks["case"], docks["voice"]], [height * 13, height * 7], down)

    def reset_layout(self) -> None:
        """Put every pane back to where it stood at the first start."""
        self._whole = None
        self.restoreState(self._first, LAYOUT_VERSION)
        self.reset_sizes()

    def layout_now(self) -> Layout:
        """Return where everything stands."""
        state = self._whole or self.saveState(LAYOUT_VERSION).data()
        return Layout(bytes(self.saveGeometry().data()), bytes(state))

    def restore_place(self, layout: Layout | None) -> None:
        """Show the window where it was on which monitor, or as large as the monitor."""
        if layout is not None and self.restoreGeometry(layout.geometry):
            self.show()
        else:
            self.showMaximized()

    def restore_panes(self, layout: Layout | None) -> None:
        """Put the panes where they stood; once the window has its size, or they would be off."""
        if layout is None or not self.restoreState(layout.state, LAYOUT_VERSION):
            self.reset_layout()

    def add_pane(self, pane: Pane, own_keys: OwnKeys) -> None:
        """Let a pane move into its dock, and make its commands work by the officer's keys."""
        dock = self.docks[pane.name]
        dock.take(pane)
        pane.retranslate()
        records = own_keys.over(pane.commands(), self._desk.registry)
        self._desk.registry.add(records)
        self.keys.bind(records, {pane.name: dock})

    def show_pane(self, name: str) -> None:
        """Show a pane and give it the keyboard."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        if dock.isFloating():
            dock.activateWindow()
        if dock.pane is not None:
            dock.pane.take_focus()

    def current_pane(self) -> str | None:
        """Return the name of the pane that has the keyboard."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Dock):
            widget = widget.parentWidget()
        return widget.objectName() if isinstance(widget, Dock) else None

    def toggle_whole(self) -> None:
        """Give the pane with the keyboard the whole window, or bring the others back."""
        if self._whole is not None:
            state, self._whole = self._whole, None
            self.restoreState(state, LAYOUT_VERSION)
            return
        name = self.current_pane()
        if name is not None:
            self._whole = bytes(self.saveState(LAYOUT_VERSION).data())
            for other, dock in self.docks.items():
                dock.setVisible(other == name)

    def toggle_full_screen(self) -> None:
        """Cover the monitor, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _focus_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        current = self.current_pane()
        for name, dock in self.docks.items():
            dock.title.set_active(name == current)

    # --- menus --------------------------------------------------------------------------

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu, name))
        self.menuBar().addMenu(menu)
        return menu

    def _fill(self, menu: QMenu, name: str) -> None:
        menu.clear()
        for record in self._desk.registry:
            if menu_of(record) == name:
                menu.addAction(self._action(menu, record))

    def _action(self, menu: QMenu, record: Record) -> QAction:
        key = key_text(record.key)
        action = QAction(f"{command_text(record.title)}\t{key}".rstrip("\t"), menu)
        action.setEnabled(record.when())
        action.triggered.connect(lambda: self.keys.trigger(record))
        return action

    # --- words -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Put every word of the frame anew."""
        town = self._desk.mirror.town
        name = self.tr("Zhihui")
        self.setWindowTitle(f"{name} · {town}" if town else name)
        officer = self._desk.seat.officer.name
        self._corner.setText(f"{town}    {officer}".strip())
        self._corner.setAccessibleName(self.tr("Town and officer"))
        self.menuBar().setCornerWidget(self._corner)  # it takes a new width only anew
        for name, menu in self._menus.items():
            menu.setTitle(menu_text(name))
        for dock in self.docks.values():
            dock.retranslate()
        self.line.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing()
        event.accept()


def menu_of(record: Record) -> str:
    """Return the menu a record stands in: its pane's, else its noun's."""
    if record.place in _MENUS and record.place != "window":
        return record.place
    noun = record.id.split(".")[0]
    noun = _NOUNS.get(noun, noun)
    return noun if noun in _MENUS else "window"
