"""The camera wall as a pane: which cameras it shows, its keys, full screen on any monitor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import wire
from console.domain.geo import distance
from console.media.feeds import Feeds
from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.selection import Selection, sees
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.actions import Keys
from widgets.keyhelp import Hint
from widgets.pane import Pane
from widgets.wall import grid
from widgets.wall.view import WallView
from widgets.wording import length_text

if TYPE_CHECKING:
    from widgets.bridge import Desk

GLANCE_MS = 1000
"""What was seen for less is not worth a line in the audit."""
NEAREST = 2
"""How many cameras of the selected case take the first tiles."""

_ONE = QT_TRANSLATE_NOOP("Command", "One camera")
_FOUR = QT_TRANSLATE_NOOP("Command", "Four cameras")
_NINE = QT_TRANSLATE_NOOP("Command", "Nine cameras")
_SIXTEEN = QT_TRANSLATE_NOOP("Command", "Sixteen cameras")
_LEFT = QT_TRANSLATE_NOOP("Command", "Tile to the left")
_RIGHT = QT_TRANSLATE_NOOP("Command", "Tile to the right")
_UP = QT_TRANSLATE_NOOP("Command", "Tile above")
_DOWN = QT_TRANSLATE_NOOP("Command", "Tile below")
_FORWARD = QT_TRANSLATE_NOOP("Command", "Further cameras")
_BACK = QT_TRANSLATE_NOOP("Command", "Cameras before these")
_ZOOM = QT_TRANSLATE_NOOP("Command", "One camera large, and back")
_FULL = QT_TRANSLATE_NOOP("Command", "Camera wall on the whole screen, and back")
_OTHER = QT_TRANSLATE_NOOP("Command", "Camera wall on the next monitor")

_LAYOUT_KEYS = ((1, "1", _ONE), (4, "2", _FOUR), (9, "3", _NINE), (16, "4", _SIXTEEN))


class WallPane(Pane):
    """Cameras in a grid. The two nearest to the selected case stand first."""

    name = "wall"

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, feeds: Feeds | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._feeds = feeds or Feeds()
        self.view = WallView(desk.theme, self._feeds, self)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        kept = desk.seat.settings["wall.tiles"]
        self.count = kept if kept in grid.LAYOUTS else grid.LAYOUTS[2]
        """How many tiles the grid has."""
        self.shown: list[str | None] = []
        """Which camera each tile of the grid shows."""
        self._page = self._selected = 0
        self._zoomed: str | None = None
        self._case: str | None = None
        self._screen: _FullScreen | None = None
        self.view.chosen.connect(self.choose)
        self.view.opened.connect(self._open)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(GLANCE_MS)
        self._telling.timeout.connect(self._tell_hub)
        self._looked_at: list[str] = []
        self.view.lived.connect(self._tell_desk)
        self.view.looked_at.connect(self._on_looked_at)
        desk.changed.connect(self._on_changed)
        desk.selection_changed.connect(self._on_selection)
        desk.looked_in.connect(self._on_looked_in)
        desk.setting_changed.connect(self._on_setting)
        desk.theme_changed.connect(lambda: self.view.set_theme(desk.theme))
        self._arrange()
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(self.close_feeds)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Cameras")

    def take_focus(self) -> None:
        """Give the keyboard to the tiles."""
        self.view.setFocus()

    def retranslate(self) -> None:
        """Put every visible word anew."""
        super().retranslate()
        self._arrange()
        self.view.refresh()

    def close_feeds(self) -> None:
        """Stop decoding and end the workers, within two seconds."""
        self.leave_full_screen()
        self.view.close_feeds()
        self._feeds.close()

    # --- commands ------------------------------------------------------------------------

    def commands(self) -> list[Record]:
        """Return the wall's commands."""
        layouts = [
            Record(
                id=f"wall.layout_{count}",
                title=title,
                run=partial(self.set_layout, count),
                key=key,
                place=self.name,
            )
            for count, key, title in _LAYOUT_KEYS
        ]
        return [
            *layouts,
            Record("wall.previous", _LEFT, lambda: self._step(-1, 0), "Left", self.name),
            Record("wall.next", _RIGHT, lambda: self._step(1, 0), "Right", self.name),
            Record("wall.up", _UP, lambda: self._step(0, -1), "Up", self.name),
            Record("wall.down", _DOWN, lambda: self._step(0, 1), "Down", self.name),
            Record("wall.forward", _FORWARD, self.forward, "PgDown", self.name),
            Record("wall.back", _BACK, self.back, "PgUp", self.name),
            Record("wall.zoom", _ZOOM, self.zoom, "Return", self.name),
            Record("wall.full_screen", _FULL, self.toggle_full_screen, "F11"),
            Record("wall.monitor", _OTHER, self.next_monitor, "Shift+F11"),
        ]

    def set_layout(self, count: int) -> None:
        """Show so many tiles; the chosen camera stays in sight."""
        camera = self.camera()
        self.count, self._zoomed = count, None
        self.desk.seat.settings["wall.tiles"] = count
        ids = self._ids()
        self._page = ids.index(camera) // count if camera in ids else 0
        self._arrange()
        self.choose(self.shown.index(camera) if camera in self.shown else 0)

    def _on_setting(self, name: str) -> None:
        if name == "wall.tiles" and self.desk.seat.settings[name] != self.count:
            self.set_layout(self.desk.seat.settings[name])

    def choose(self, index: int) -> None:
        """Put the frame around a tile."""
        self._selected = max(0, min(index, len(self.shown) - 1))
        self.view.select(self._selected)
        self.desk.camera = self.camera()
        self.view.setFocus()

    def camera(self) -> str | None:
        """Return the camera in the chosen tile."""
        if self._zoomed is not None:
            return self._zoomed
        return self.shown[self._selected] if self._selected < len(self.shown) else None

    def _step(self, across: int, down: int) -> None:
        if self._zoomed is not None:
            self._step_zoomed(across + down)
            return
        index = grid.step(self._selected, self.count, across, down)
        if index is not None:
            self.choose(index)
        elif self._turn(across + down):
            self.choose(0 if across + down > 0 else self.count - 1)

    def _step_zoomed(self, by: int) -> None:
        ids = self._ids()
        index = ids.index(self._zoomed) + by if self._zoomed in ids else 0
        if 0 <= index < len(ids):
            self._zoomed = ids[index]
            self._page = index // self.count
            self._arrange()

    def forward(self) -> None:
        """Show the next cameras."""
        self._turn(1)

    def back(self) -> None:
        """Show the cameras before these."""
        self._turn(-1)

    def _turn(self, by: int) -> bool:
        page = self._page + by
        if self._zoomed is not None or not 0 <= page * self.count < len(self._ids()):
            return False
        self._page = page
        self._arrange()
        return True

    def zoom(self) -> None:
        """Show the chosen camera alone, or all of them again."""
        if self._zoomed is not None:
            back, self._zoomed = self._zoomed, None
            self._arrange()
            self.choose(self.shown.index(back) if back in self.shown else 0)
        elif self.count > 1 and (camera := self.camera()) is not None:
            self._zoomed = camera
            self._arrange()

    def _open(self, index: int) -> None:
        self.choose(index)
        self.zoom()

    # --- what is shown -----------------------------------------------------------------------

    def _ids(self) -> list[str]:
        return sorted(self.desk.mirror.cameras)

    def _arrange(self) -> None:
        cameras = self.desk.mirror.cameras
        selection = self.desk.selection
        near = [one for one in selection.cameras[:NEAREST] if one in cameras]
        self.shown = grid.arrange(self._ids(), self._page, self.count, near)
        marks = {camera: self._mark(cameras[camera], selection) for camera in near}
        shown: list[str | None] = self.shown if self._zoomed is None else [self._zoomed]
        self.view.show_cameras(
            [cameras.get(camera) if camera else None for camera in shown],
            {camera for camera in self.shown if camera},
            marks,
        )
        self.view.select(self._selected if self._zoomed is None else 0)
        self.desk.camera = self.camera()

    def _mark(self, camera: wire.Camera, selection: Selection) -> str:
        if selection.lat is None or selection.lon is None:
            return ""
        metres = distance(camera.at.lat, camera.at.lon, selection.lat, selection.lon)
        length = length_text(metres)
        if sees(camera, selection.lat, selection.lon):
            return self.tr("in view {length}").format(length=length)
        return self.tr("near {length}").format(length=length)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.touches("camera"):
            if self._zoomed not in self.desk.mirror.cameras:
                self._zoomed = None
            if self._page * self.count >= max(1, len(self._ids())):
                self._page = 0
            self._arrange()

    def _on_selection(self, selection: Selection) -> None:
        case = selection.case.id if selection.case else None
        if case != self._case:
            self._case = case
            if case is not None:
                self._zoomed, self._selected = None, 0
        self._arrange()

    def _on_looked_in(self, pane: str) -> None:
        """Show the cameras nearest to the selection, the first of them chosen."""
        if pane == self.name:
            self._zoomed, self._page = None, 0
            self._arrange()
            self.choose(0)

    def _on_looked_at(self, cameras: list[str]) -> None:
        self._looked_at = cameras
        self._telling.start()

    def _tell_desk(self, live: int, shown: int) -> None:
        """Let the window's foot know how many of the shown cameras give a picture."""
        self.desk.tell("cameras_live", live)
        self.desk.tell("cameras_shown", shown)

    def _tell_hub(self) -> None:
        self.desk.seat.client.watching(sorted(self._looked_at))

    # --- the whole screen ------------------------------------------------------------------

    def toggle_full_screen(self) -> None:
        """Put the wall on the whole of its screen, or back into the window."""
        if self._screen is None:
            self._enter(self.screen())
        else:
            self.leave_full_screen()

    def next_monitor(self) -> None:
        """Put the wall on the whole of the next monitor."""
        screens = QGuiApplication.screens()
        now = self._screen.screen() if self._screen else self.screen()
        self.leave_full_screen()
        self._enter(screens[(screens.index(now) + 1) % len(screens)])

    def _enter(self, screen: QScreen) -> None:
        self._screen = _FullScreen(self, self.view)
        self._screen.setGeometry(screen.geometry())
        self._screen.showFullScreen()
        self._screen.activateWindow()
        self.view.setFocus()

    def leave_full_screen(self) -> None:
        """Put the wall back into the window."""
        if self._screen is None:
            return
        screen, self._screen = self._screen, None
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.view)
        self.view.show()
        screen.hide()
        screen.deleteLater()
        self.view.setFocus()


class _FullScreen(QWidget):
    """A window of its own for the wall: its keys and the window's work in it, Escape leaves it."""

    def __init__(self, pane: WallPane, view: WallView) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(pane.title())
        self._pane = pane
        self._keys = Keys(self)
        places = (pane.name, "window")
        records = [one for one in pane.desk.registry if one.key and one.place in places]
        self._keys.bind(records, {pane.name: self})
        self._hint = Hint(self)
        self._keys.pending.connect(
            lambda key, followers: self._hint.say(key, followers, pane.desk.theme)
        )
        self._keys.refused.connect(pane.desk.refuse)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back into the window."""
        if event.key() == Qt.Key.Key_Escape:
            self._pane.leave_full_screen()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._pane.leave_full_screen()
        event.ignore()
