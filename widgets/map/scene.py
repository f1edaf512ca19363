"""What is on the ground: devices, units, cases, and what the officer looks at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QRadialGradient

from console import wire
from console.domain.geo import distance
from console.seat.mirror import OPEN_STATES, Mirror
from console.seat.selection import Selection
from widgets.clocks import Urgency, left, left_text
from widgets.map.fleet import Fleet
from widgets.map.projection import Floats, View
from widgets.map.stamps import CASE, DEVICE, UNIT, Stamps
from widgets.marks import urgency_colour
from widgets.wording import length_text

WEDGES_FROM = 14.5
NAMES_FROM = 17.2
DEVICES_FROM = 15.2
FULL_FROM = 15.3
"""Zoom from which units have their full size."""

OVERVIEW, SMALLER, TINY = 15.2, 0.68, 0.46
"""Below this zoom units are dots without a heading, so that the town stays legible."""

TAIL = 14
"""Pixels from a case's place up to the middle of its flag."""

BELOW = 18
"""Pixels a loudspeaker's sign hangs below its place: it often shares a pole with a camera."""

REACH = 18.0
"""Pixels within which a thing is hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something on the map under a pixel: its kind in the mirror's words, and its id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What a frame is painted from."""

    view: View
    units: Floats
    """Pixels of the fleet, in its order."""

    selection: Selection
    unit: str | None
    now: datetime
    layers: frozenset[str]


class Scene:
    """Paints the living layers, and finds what is under a pixel."""

    def __init__(self, mirror: Mirror, fleet: Fleet, stamps: Stamps) -> None:
        self._mirror = mirror
        self._fleet = fleet
        self.stamps = stamps

    def paint_devices(self, painter: QPainter, moment: Moment) -> None:
        """Paint what changes only with the mirror or the selection."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if "cameras" in moment.layers:
            self._cameras(painter, moment)
        if "speakers" in moment.layers:
            self._speakers(painter, moment)
        self._halo(painter, moment)

    def paint_living(self, painter: QPainter, moment: Moment) -> None:
        """Paint what moves or counts by itself."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._route(painter, moment)
        if "units" in moment.layers:
            self._units(painter, moment)
        if "cases" in moment.layers:
            self._cases(painter, moment)

    # --- devices -----------------------------------------------------------------------

    def _cameras(self, painter: QPainter, moment: Moment) -> None:
        view, chosen = moment.view, moment.selection.cameras[:2]
        theme = self.stamps.style.theme
        for camera in self._mirror.cameras.values():
            x, y = view.pixel_of(camera.at.lat, camera.at.lon)
            reach = camera.reach * view.scale
            if not _near(view, x, y, reach + DEVICE):
                continue
            near = camera.id in chosen and moment.selection.lat is not None
            if view.zoom >= WEDGES_FROM or near:
                _wedge(painter, x, y, reach, camera, theme.accent if near else theme.info, near)
            if view.zoom >= DEVICES_FROM or near:
                _put(painter, self.stamps.camera(), x, y, DEVICE)

    def _speakers(self, painter: QPainter, moment: Moment) -> None:
        view, theme = moment.view, self.stamps.style.theme
        chosen = moment.selection.speakers[:1] if moment.selection.lat is not None else []
        for speaker in self._mirror.speakers.values():
            x, y = view.pixel_of(speaker.at.lat, speaker.at.lon)
            reach = speaker.reach * view.scale
            if not _near(view, x, y, reach):
                continue
            talks = speaker.state in ("talking", "opening")
            if speaker.id in chosen or talks:
                pen = QPen(theme.accent, 2.0 if talks else 1.4, Qt.PenStyle.DashLine)
                painter.setPen(pen)
                wash = QColor(theme.accent)
                wash.setAlphaF(0.14 if talks else 0.05)
                painter.setBrush(wash)
                painter.drawEllipse(QPointF(x, y), reach, reach)
            if view.zoom >= DEVICES_FROM or speaker.id in chosen or talks:
                _put(painter, self.stamps.speaker(speaker.state), x, y + BELOW, DEVICE)

    # --- units ---------------------------------------------------------------------------

    def _units(self, painter: QPainter, moment: Moment) -> None:
        view, stamps, units = moment.view, self.stamps, self._mirror.units
        positions = self._mirror.positions
        xy = moment.units
        inside = (xy[:, 0] > -UNIT) & (xy[:, 0] < view.width + UNIT)
        inside &= (xy[:, 1] > -UNIT) & (xy[:, 1] < view.height + UNIT)
        named, overview = view.zoom >= NAMES_FROM, view.zoom < OVERVIEW
        size = TINY if overview else SMALLER if view.zoom < FULL_FROM else 1.0
        places = np.round(xy - UNIT / 2).astype(int)
        for place in np.flatnonzero(inside).tolist():
            unit = units.get(self._fleet.ids[place])
            if unit is None:
                continue
            position = positions.get(unit.id)
            moves = position is not None and position.speed > 0.3 and not overview
            course = position.course if position is not None and moves else None
            x, y = places[place].tolist()
            painter.drawPixmap(x, y, stamps.unit(unit.kind, unit.state, course, size=size))
            if unit.id == moment.unit:
                painter.setPen(QPen(stamps.style.theme.accent, 2.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x + UNIT / 2, y + UNIT / 2), 15, 15)
            if named or unit.id == moment.unit:
                tag = stamps.tag(unit.name, stamps.style.theme.text)
                painter.drawPixmap(x + UNIT - 2, y + 4, tag)

    def unit_place(self, unit: str, moment: Moment) -> tuple[float, float] | None:
        """Return the pixel of a unit, or None where it was never seen."""
        place = self._fleet.places.get(unit)
        if place is None:
            return None
        x, y = moment.units[place].tolist()
        return x, y

    # --- cases -----------------------------------------------------------------------------

    def _cases(self, painter: QPainter, moment: Moment) -> None:
        view, theme = moment.view, self.stamps.style.theme
        rows = []
        for case in self._mirror.cases.values():
            if case.state in OPEN_STATES:
                x, y = view.pixel_of(case.at.lat, case.at.lon)
                if _near(view, x, y, CASE):
                    rows.append((left(case, moment.now), y, x, case))
        # The urgent lie on top of the calm, the southern on top of the northern.
        rows.sort(key=lambda row: (row[0].urgency, row[1]))
        for time, y, x, case in rows:
            _put(painter, self.stamps.case(case.state, time.urgency), x, y - TAIL, CASE)
            if time.urgency >= Urgency.SOON and time.seconds > -3600:
                colour = urgency_colour(theme, time.urgency)
                late = time.urgency is Urgency.LATE
                tag = self.stamps.tag(left_text(time.seconds), colour, solid=late)
                painter.drawPixmap(round(x) + CASE // 2 - 1, round(y) - TAIL - 11, tag)

    def _halo(self, painter: QPainter, moment: Moment) -> None:
        lat, lon = moment.selection.lat, moment.selection.lon
        if lat is None or lon is None:
            return
        x, y = moment.view.pixel_of(lat, lon)
        accent = self.stamps.style.theme.accent
        glow = QRadialGradient(QPointF(x, y), 44)
        inner, outer = QColor(accent), QColor(accent)
        inner.setAlphaF(0.5)
        outer.setAlphaF(0.0)
        glow.setColorAt(0.0, inner)
        glow.setColorAt(1.0, outer)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(x, y), 44, 44)
        painter.setPen(QPen(accent, 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), 13, 6)
        if moment.selection.case is None:
            painter.drawLine(QPointF(x, y - 16), QPointF(x, y + 16))
            painter.drawLine(QPointF(x - 16, y), QPointF(x + 16, y))

    def _route(self, painter: QPainter, moment: Moment) -> None:
        """Draw the way a unit has to its case, with the distance in a straight line."""
        case = moment.selection.case
        if case is None or case.unit is None or case.state not in ("dispatched", "on_site"):
            return
        start = self.unit_place(case.unit, moment)
        fix = self._mirror.positions.get(case.unit)
        if start is None or fix is None:
            return
        x, y = moment.view.pixel_of(case.at.lat, case.at.lon)
        accent = self.stamps.style.theme.accent
        pen = QPen(accent, 2.6, Qt.PenStyle.DashLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(*start), QPointF(x, y))
        away = distance(fix.lat, fix.lon, case.at.lat, case.at.lon)
        if math.hypot(x - start[0], y - start[1]) > 60:
            tag = self.stamps.tag(f"{case.unit_name} {length_text(away)}", accent)
            size = tag.deviceIndependentSize()
            middle_x, middle_y = (x + start[0]) / 2, (y + start[1]) / 2
            painter.drawPixmap(
                round(middle_x - size.width() / 2), round(middle_y - size.height() / 2), tag
            )

    # --- what is under a pixel ---------------------------------------------------------------

    def hit(self, moment: Moment, px: float, py: float) -> Hit | None:
        """Return what is nearest to a pixel and within reach: case, then unit, then device."""
        view, best = moment.view, (math.inf, math.inf)
        found: Hit | None = None

        def offer(rank: int, x: float, y: float, hit: Hit) -> None:
            nonlocal best, found
            away = math.hypot(x - px, y - py)
            if away <= REACH and (rank, away) < best:
                best, found = (rank, away), hit

        if "cases" in moment.layers:
            for case in self._mirror.cases.values():
                if case.state in OPEN_STATES:
                    x, y = view.pixel_of(case.at.lat, case.at.lon)
                    offer(0, x, y - TAIL, Hit("case", case.id))
        if "units" in moment.layers:
            for unit, (x, y) in zip(self._fleet.ids, moment.units.tolist(), strict=True):
                offer(1, x, y, Hit("unit", unit))
        if "cameras" in moment.layers and view.zoom >= DEVICES_FROM:
            for camera in self._mirror.cameras.values():
                offer(2, *view.pixel_of(camera.at.lat, camera.at.lon), Hit("camera", camera.id))
        if "speakers" in moment.layers and view.zoom >= DEVICES_FROM:
            for speaker in self._mirror.speakers.values():
                x, y = view.pixel_of(speaker.at.lat, speaker.at.lon)
                offer(3, x, y + BELOW, Hit("speaker", speaker.id))
        return found


def _near(view: View, x: float, y: float, margin: float) -> bool:
    return -margin < x < view.width + margin and -margin < y < view.height + margin


def _put(painter: QPainter, stamp: QPixmap, x: float, y: float, size: int) -> None:
    painter.drawPixmap(round(x - size / 2), round(y - size / 2), stamp)


def _wedge(
    painter: QPainter,
    x: float,
    y: float,
    reach: float,
    camera: wire.Camera,
    colour: QColor,
    near: bool,
) -> None:
    """Draw the sector a camera sees; Qt counts angles from east against the clock."""
    wash = QColor(colour)
    wash.setAlphaF(0.30 if near else 0.13)
    line = QColor(colour)
    line.setAlphaF(0.9 if near else 0.4)
    painter.setPen(QPen(line, 1.2))
    painter.setBrush(wash)
    start = 90.0 - camera.bearing - camera.fov / 2
    box = QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
    painter.drawPie(box, round(start * 16), round(camera.fov * 16))
