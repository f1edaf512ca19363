"""The map: the town, what stands and moves in it, and where the officer looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.nearest import by_distance
from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.selection import Selection
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.map import base
from widgets.map.canvas import LAYERS, MapCanvas
from widgets.map.card import Card, Row
from widgets.map.scene import Hit
from widgets.map.words import layer_text, unit_state_text
from widgets.pane import Pane
from widgets.wording import length_text, state_text

NEAREST = 9
"""Officers in the list of the nearest."""

UNIT_ZOOM = 17.25


class MapPane(Pane):
    """The canvas with its cards, bound to the desk."""

    name = "map"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.canvas = MapCanvas(desk.mirror, desk.theme, desk.now, self)
        self.info = Card(desk.theme, self.canvas)
        self.list = Card(desk.theme, self.canvas)
        self._listing: Callable[[], None] | None = None
        self._text = b""
        self._shown: Hit | None = None
        self._looked: tuple[str | None, float | None, float | None] = (None, None, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.hit.connect(self._hit)
        self.canvas.pointed.connect(desk.select_point)
        desk.changed.connect(self._changed)
        desk.moved.connect(self._moved)
        desk.selection_changed.connect(self._selected)
        desk.offer_surroundings(self.canvas.glimpse)
        desk.looked_in.connect(self._on_looked_in)
        desk.theme_changed.connect(self._look)
        self.retranslate()
        self._fetch()
        self._selected(desk.selection)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Map")

    def retranslate(self) -> None:
        """Put every word anew."""
        super().retranslate()
        self.canvas.setAccessibleName(self.tr("Map of the town"))
        self.canvas.source = self.tr("Base map of the hub, WGS-84")
        self._relist()

    def take_focus(self) -> None:
        """Give the keyboard to the canvas."""
        self.canvas.setFocus()

    # --- what happens -----------------------------------------------------------------

    def _fetch(self) -> None:
        self.desk.basemap(self._take_text)

    def _take_text(self, text: bytes) -> None:
        """Read a base map that is new; reading takes longer than a frame, so not on this thread."""
        if text == self._text:
            self.canvas.renew_signs()
            return
        self._text = text

        def read() -> None:
            ground = base.read(text)
            self.desk.post(lambda: self._show_base(ground))

        Thread(target=read, name="basemap", daemon=True).start()

    def _show_base(self, ground: base.Base) -> None:
        self.canvas.set_base(ground)
        self._looked = (None, None, None)
        self._selected(self.desk.selection)

    def _changed(self, touched: ChangeSet) -> None:
        if touched.whole:
            self._fetch()
            self.canvas.take_positions()
        elif any(touched.touches(kind) for kind in ("grid", "zone", "place")):
            self.canvas.renew_signs()
        if touched.whole or touched.kinds.keys() & {"case", "unit", "camera", "speaker"}:
            self.canvas.refresh()
            self._retell()

    def _moved(self) -> None:
        self.canvas.take_positions()
        self._relist()

    def _selected(self, selection: Selection) -> None:
        self.canvas.selection = selection
        case = selection.case.id if selection.case else None
        looked = (case, selection.lat, selection.lon)
        if looked != self._looked:
            self._looked = looked
            if selection.lat is not None and selection.lon is not None:
                if not self.canvas.in_sight(selection.lat, selection.lon):
                    self.canvas.go_to(selection.lat, selection.lon)
                if case is not None:
                    self._forget()
            self._relist()
        self.canvas.refresh()

    def _on_looked_in(self, pane: str) -> None:
        """Go to the selection, however well it is seen already."""
        selection = self.desk.selection
        if pane == self.name and selection.lat is not None and selection.lon is not None:
            self.canvas.go_to(selection.lat, selection.lon)

    def _look(self) -> None:
        for card in (self.info, self.list):
            card.theme = self.desk.theme
        self.canvas.set_theme(self.desk.theme)
        self._retell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cards in their corners."""
        super().resizeEvent(event)
        self._place_cards()

    # --- the cards --------------------------------------------------------------------

    def _hit(self, hit: Hit) -> None:
        """Look at what was clicked or chosen by a key."""
        mirror = self.desk.mirror
        if hit.kind == "case":
            self._forget()
            self.desk.select_case(hit.id)
            return
        self._shown = hit
        self.canvas.unit = hit.id if hit.kind == "unit" else None
        if hit.kind in ("camera", "speaker"):
            device = mirror.table(hit.kind).get(hit.id)
            if device is not None:
                self.desk.select_point(device.at.lat, device.at.lon)
        self._retell()
        self.canvas.refresh()

    def _forget(self) -> None:
        self._shown = None
        self.canvas.unit = None
        self.info.hide()

    def _retell(self) -> None:
        """Word the cards anew from the mirror."""
        rows = self._rows_of(self._shown) if self._shown is not None else None
        if rows is None:
            self.info.hide()
        else:
            self.info.tell(*rows)
            self._place_cards()
        self._relist()

    def _rows_of(self, hit: Hit) -> tuple[str, list[Row]] | None:
        mirror = self.desk.mirror
        if hit.kind == "unit" and hit.id in mirror.units:
            unit = mirror.units[hit.id]
            case = mirror.cases.get(unit.case) if unit.case else None
            rows = [Row(unit.squad, unit_state_text(unit.state)), Row(unit.phone, unit.id)]
            if case is not None:
                rows.append(Row(case.name, state_text(case.state)))
            return unit.name, [row for row in rows if row.text]
        if hit.kind == "camera" and hit.id in mirror.cameras:
            camera = mirror.cameras[hit.id]
            return camera.name, [Row(camera.group or camera.street, camera.id)]
        if hit.kind == "speaker" and hit.id in mirror.speakers:
            speaker = mirror.speakers[hit.id]
            return speaker.name, [Row(speaker.why or speaker.street, speaker.id)]
        return None

    def _place_cards(self) -> None:
        self.info.move(self.canvas.width() - self.info.width() - 10, 52)
        self.list.move(10, 10)

    def _relist(self) -> None:
        if self._listing is not None:
            self._listing()
            self._place_cards()

    def _toggle_list(self, listing: Callable[[], None]) -> None:
        if self._listing == listing:
            self._listing = None
            self.list.hide()
        else:
            self._listing = listing
            self._relist()

    def _list_layers(self) -> None:
        rows = [
            Row(
                layer_text(layer),
                note="✓" if layer in self.canvas.layers else "",
                key=str(number),
                faint=layer not in self.canvas.layers,
            )
            for number, layer in enumerate(LAYERS, start=1)
        ]
        self.list.tell(self.tr("Layers"), rows)

    def _list_nearest(self) -> None:
        lat, lon = self._middle()
        stamps = self.canvas.scene.stamps
        rows = []
        for away, unit_id in self._by_distance(lat, lon)[:NEAREST]:
            unit = self.desk.mirror.units[unit_id]
            sign = stamps.unit(unit.kind, unit.state, None)
            rows.append(Row(f"{unit.name}  {unit_state_text(unit.state)}", length_text(away), sign))
        self.list.tell(self.tr("Nearest units"), rows)

    def _middle(self) -> tuple[float, float]:
        """Return what distances count from: the selection, or the middle of the view."""
        selection = self.desk.selection
        if selection.lat is not None and selection.lon is not None:
            return selection.lat, selection.lon
        return self.canvas.view.sheet.to_earth(self.canvas.view.x, self.canvas.view.y)

    def _by_distance(self, lat: float, lon: float) -> list[tuple[float, str]]:
        mirror = self.desk.mirror
        there = (
            (unit, fix.lat, fix.lon)
            for unit, fix in mirror.positions.items()
            if unit in mirror.units and mirror.units[unit].state != "off"
        )
        return by_distance(lat, lon, there)

    # --- keys -----------------------------------------------------------------------------

    def _next_unit(self, by: int) -> None:
        """Go to the next unit, counted from the nearest to the selection."""
        order = [unit for _, unit in self._by_distance(*self._middle())]
        if not order:
            return
        here = self.canvas.unit
        at = order.index(here) + by if here in order else (0 if by > 0 else -1)
        unit = order[at % len(order)]
        fix = self.desk.mirror.positions[unit]
        self._hit(Hit("unit", unit))
        if not self.canvas.in_sight(fix.lat, fix.lon):
            self.canvas.go_to(fix.lat, fix.lon, least=UNIT_ZOOM)

    def _next_case(self, by: int) -> None:
        queue = [case.id for case in self.desk.mirror.queue()]
        if not queue:
            return
        here = self.desk.selection.case
        at = queue.index(here.id) + by if here is not None and here.id in queue else min(by, 0)
        self.desk.select_case(queue[at % len(queue)])

    def _take_middle(self) -> None:
        """Choose what is nearest to the middle of the view, or the middle itself."""
        canvas = self.canvas
        x, y = canvas.width() / 2, canvas.height() / 2
        found = canvas.scene.hit(canvas.moment(), x, y)
        if found is not None:
            self._hit(found)
        else:
            self.desk.select_point(*canvas.view.earth_at(x, y))

    def _toggle_layer(self, layer: str) -> None:
        self.canvas.set_layers(self.canvas.layers ^ {layer})
        self._relist()

    def _close(self) -> None:
        self._listing = None
        self.list.hide()
        self._forget()
        self.canvas.refresh()

    def commands(self) -> list[Record]:
        """Return the map's own commands."""
        pan, zoom = self.canvas.pan, self.canvas.zoom_by
        rows: list[tuple[str, str, str, Callable[[], None]]] = [
            ("left", _LEFT, "Left", lambda: pan(-0.25, 0)),
            ("right", _RIGHT, "Right", lambda: pan(0.25, 0)),
            ("up", _UP, "Up", lambda: pan(0, -0.25)),
            ("down", _DOWN, "Down", lambda: pan(0, 0.25)),
            ("zoom_in", _ZOOM_IN, "+", lambda: zoom(0.5)),
            ("zoom_in_plain", _ZOOM_IN, "=", lambda: zoom(0.5)),
            ("zoom_out", _ZOOM_OUT, "-", lambda: zoom(-0.5)),
            ("fit", _FIT, "0", self.canvas.fit),
            ("next_unit", _NEXT_UNIT, "]", lambda: self._next_unit(1)),
            ("previous_unit", _PREVIOUS_UNIT, "[", lambda: self._next_unit(-1)),
            ("next_case", _NEXT_CASE, "J", lambda: self._next_case(1)),
            ("previous_case", _PREVIOUS_CASE, "K", lambda: self._next_case(-1)),
            ("take", _TAKE, "Return", self._take_middle),
            ("nearest", _NEAREST, "Shift+O", lambda: self._toggle_list(self._list_nearest)),
            ("layers", _LAYERS, "Shift+V", lambda: self._toggle_list(self._list_layers)),
            ("close", _CLOSE, "Esc", self._close),
        ]
        rows += [
            (f"layer_{layer}", _LAYER_TITLES[layer], str(n), partial(self._toggle_layer, layer))
            for n, layer in enumerate(LAYERS, start=1)
        ]
        return [
            Record(id=f"map.{verb}", title=title, run=run, key=key, place=self.name)
            for verb, title, key, run in rows
        ]


_LEFT = QT_TRANSLATE_NOOP("Command", "Move the map left")
_RIGHT = QT_TRANSLATE_NOOP("Command", "Move the map right")
_UP = QT_TRANSLATE_NOOP("Command", "Move the map up")
_DOWN = QT_TRANSLATE_NOOP("Command", "Move the map down")
_ZOOM_IN = QT_TRANSLATE_NOOP("Command", "Zoom in")
_ZOOM_OUT = QT_TRANSLATE_NOOP("Command", "Zoom out")
_FIT = QT_TRANSLATE_NOOP("Command", "Show the whole town")
_NEXT_UNIT = QT_TRANSLATE_NOOP("Command", "Next unit, from the nearest")
_PREVIOUS_UNIT = QT_TRANSLATE_NOOP("Command", "Previous unit")
_NEXT_CASE = QT_TRANSLATE_NOOP("Command", "Next case on the map")
_PREVIOUS_CASE = QT_TRANSLATE_NOOP("Command", "Previous case on the map")
_TAKE = QT_TRANSLATE_NOOP("Command", "Choose what is in the middle of the map")
_NEAREST = QT_TRANSLATE_NOOP("Command", "List the nearest units")
_LAYERS = QT_TRANSLATE_NOOP("Command", "List the layers of the map")
_CLOSE = QT_TRANSLATE_NOOP("Command", "Close the cards on the map")
_LAYER_TITLES = {
    "units": QT_TRANSLATE_NOOP("Command", "Show or hide units"),
    "cases": QT_TRANSLATE_NOOP("Command", "Show or hide cases"),
    "cameras": QT_TRANSLATE_NOOP("Command", "Show or hide cameras"),
    "speakers": QT_TRANSLATE_NOOP("Command", "Show or hide loudspeakers"),
    "grids": QT_TRANSLATE_NOOP("Command", "Show or hide management grids"),
    "zones": QT_TRANSLATE_NOOP("Command", "Show or hide zones"),
    "places": QT_TRANSLATE_NOOP("Command", "Show or hide names of places"),
}
