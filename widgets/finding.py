"""What the palette can find: commands, open cases, devices, streets, units."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from console import wire
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.palette import Entry
from widgets.window import Window
from widgets.wording import command_text, state_text


class Finding(QObject):
    """Lists the palette's entries as things are at the moment of asking."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def entries(self) -> list[Entry]:
        """Return commands first, then cases by urgency, then things by kind."""
        return [*self._commands(), *self._cases(), *self._devices(), *self._streets()]

    def _commands(self) -> list[Entry]:
        word = self.tr("Command")
        return [
            Entry(
                word,
                command_text(record.title),
                partial(self._window.keys.trigger, record),
                also=f"{record.title} {record.id}",
                key=key_text(record.key),
                possible=record.when(),
            )
            for record in self._desk.registry
        ]

    def _cases(self) -> list[Entry]:
        word = self.tr("Case")
        return [
            Entry(
                word,
                f"{case.name}  {case.place}",
                partial(self._go_to_case, case.id),
                also=f"{case.id} {state_text(case.state)}",
            )
            for case in self._desk.mirror.queue()
        ]

    def _go_to_case(self, case_id: str) -> None:
        self._desk.select_case(case_id)
        self._window.show_pane("queue")

    def _at(self, kind: str, text: str, lat: float, lon: float, also: str = "") -> Entry:
        return Entry(kind, text, partial(self._desk.select_point, lat, lon), also=also)

    def _devices(self) -> list[Entry]:
        mirror = self._desk.mirror
        things: list[tuple[str, wire.Camera | wire.Speaker | wire.Place]] = [
            *((self.tr("Camera"), camera) for camera in mirror.cameras.values()),
            *((self.tr("Speaker"), speaker) for speaker in mirror.speakers.values()),
            *((self.tr("Place"), place) for place in mirror.places.values()),
        ]
        return [self._at(word, t.name, t.at.lat, t.at.lon, t.id) for word, t in things]

    def _streets(self) -> list[Entry]:
        mirror, found = self._desk.mirror, []
        for street in mirror.streets.values():
            lon, lat = street.line[len(street.line) // 2]
            text = f"{street.name}  {street.chief} {street.phone}".rstrip()
            found.append(self._at(self.tr("Street"), text, lat, lon))
        for unit in mirror.units.values():
            fix = mirror.positions.get(unit.id)
            if fix is not None:
                text = f"{unit.name}  {unit.squad}"
                found.append(self._at(self.tr("Unit"), text, fix.lat, fix.lon, unit.id))
        return found
