"""The sections of a case's page, from who answers for the spot to what was spoken there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from console import wire
from console.domain.geo import distance
from widgets.bridge import Desk
from widgets.case import words
from widgets.case.alike import AlikeSection, Faces
from widgets.case.clocktable import ClockTable
from widgets.case.mapbox import MapBox
from widgets.case.page import Page
from widgets.case.pictures import Pictures
from widgets.case.proposal import ProposalSection
from widgets.case.story import what_text
from widgets.case.strip import Strip
from widgets.marks import chip, chip_width, state_colour
from widgets.wording import length_text, satisfaction_text, source_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


SHOWN = 3
"""Reports above the pictures, the first and the newest; those between stand below the history."""

BESIDE = 40.0
"""Metres within which a shop is taken to have to do with a case."""


class Sections(QObject):
    """Writes a page from the mirror's row and, once it is there, the whole case.

    What decides comes first: what is proposed, what was said and seen, what may be the same. Then
    where it is and who answers for it, its time, what happened.
    """

    def __init__(self, desk: Desk, strip: Strip, pictures: Pictures, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._mirror, self._strip = desk, desk.mirror, strip
        self._proposal = ProposalSection(desk, self)
        self._clocks = ClockTable(self)
        self._map = MapBox(desk)
        self.faces = Faces(desk.seat.client.detail, desk.post)
        self._alike = AlikeSection(desk, pictures, self.faces)

    def write(
        self, page: Page, row: wire.CaseRow, detail: wire.CaseDetail | None, now: datetime
    ) -> None:
        """Write everything there is to say below the header."""
        self._proposal.write(page, row)
        if detail is not None:
            self._reports(page, _shown(detail.reports), len(detail.reports), now)
        self._strip.write(page, detail.media if detail is not None else [])
        if detail is not None:
            self._alike.write_duplicates(page, detail.similar)
        page.heading(self.tr("Where and who"))
        self._where(page, row)
        self._unit(page, row)
        self._around(page, row)
        self._map.write(page, row, detail)
        if detail is not None:
            self._clocks.write(page, row, detail.clocks, now)
            self._alike.write_kin(page, detail)
        self._proposal.write_reasons(page, row)
        if detail is not None:
            self._history(page, detail.history, now)
            between = detail.reports[1 : -SHOWN + 1] if len(detail.reports) > SHOWN else []
            self._reports(page, between, len(detail.reports), now)
            self._calls(page, detail.calls, now)
        page.gap(2)

    def _where(self, page: Page, row: wire.CaseRow) -> None:
        page.pair(self.tr("Place"), row.place)
        for kind, name, person, phone in words.people_of(row, self._mirror):
            label = self.tr("Grid") if kind == "grid" else self.tr("Chief")
            page.pair(label, f"{name}  {person}".strip(), phone)

    def _unit(self, page: Page, row: wire.CaseRow) -> None:
        mirror = self._mirror
        unit = mirror.units.get(row.unit) if row.unit else None
        if unit is not None:
            fix = mirror.positions.get(unit.id)
            away = self._away(row, fix.lat, fix.lon) if fix is not None else ""
            note = "  ".join(filter(None, (away, unit.phone)))
            page.pair(self.tr("Unit"), f"{unit.name}  {unit.squad}".strip(), note)
        department = mirror.departments.get(row.department or "")
        if department is not None:
            page.pair(self.tr("Agency"), department.name, department.phone)
        for name in (mirror.departments.get(one) for one in row.assisting):
            if name is not None:
                page.pair(self.tr("Assisting"), name.name, name.phone)
        if row.satisfaction is not None:
            page.pair(self.tr("Reporter"), satisfaction_text(row.satisfaction))

    def _around(self, page: Page, row: wire.CaseRow) -> None:
        """Name what stands beside the case: the nearest shop, camera and loudspeaker."""
        mirror, chosen = self._mirror, self._desk.selection
        shops = [(self._metres(row, p.at.lat, p.at.lon), p) for p in mirror.places.values()]
        metres, place = min(shops, key=lambda item: item[0], default=(BESIDE, None))
        if place is not None and metres < BESIDE:
            note = "  ".join(filter(None, (length_text(metres), place.phone)))
            page.pair(self.tr("Beside"), place.name, note)
        camera = mirror.cameras.get(chosen.cameras[0]) if chosen.cameras else None
        if camera is not None:
            page.pair(self.tr("Camera"), camera.name, self._away(row, camera.at.lat, camera.at.lon))
        speaker = mirror.speakers.get(chosen.speakers[0]) if chosen.speakers else None
        if speaker is not None:
            away = self._away(row, speaker.at.lat, speaker.at.lon)
            page.pair(self.tr("Speaker"), speaker.name, away)

    @staticmethod
    def _metres(row: wire.CaseRow, lat: float, lon: float) -> float:
        return distance(lat, lon, row.at.lat, row.at.lon)

    def _away(self, row: wire.CaseRow, lat: float, lon: float) -> str:
        return length_text(self._metres(row, lat, lon))

    # --- what happened --------------------------------------------------------------

    def _history(self, page: Page, facts: Sequence[wire.Fact], now: datetime) -> None:
        page.heading(self.tr("History"), str(len(facts)))
        for place, fact in enumerate(reversed(facts)):
            self._fact(page, fact, now, last=place == len(facts) - 1)

    def _fact(self, page: Page, fact: wire.Fact, now: datetime, *, last: bool) -> None:
        """Write one line of history on the thread that joins them, the newest first."""
        theme = page.theme
        strong, small = QFontMetricsF(theme.strong), QFontMetricsF(theme.small)
        actor = fact.actor
        if fact.role and fact.role != "system":
            actor = f"{fact.actor} · {words.role_text(fact.role)}"
        elif fact.role == "system":
            actor = words.role_text("system")
        deed, when = words.action_text(fact.action), clock_text(fact.at, now)
        what = what_text(fact, self._mirror)
        said = words.note_text(fact)
        note = small.boundingRect(QRectF(0, 0, page.room - 20, 1e5), _WRAP, said)
        height = strong.height() + 3 + (note.height() if said else 0) + 5
        colour = state_colour(theme, fact.state)
        after_room = small.horizontalAdvance(when) + 10

        def paint(painter: QPainter, box: QRectF) -> None:
            middle = box.y() + strong.height() / 2
            x = box.x() + 5
            painter.setPen(QPen(theme.line, 2))
            painter.drawLine(QPointF(x, middle), QPointF(x, middle if last else box.bottom() + 8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(x, middle), 4, 4)
            first = QRectF(box.x() + 20, box.y(), box.width() - 20, strong.height())
            painter.setFont(theme.strong)
            painter.setPen(theme.text)
            painter.drawText(first, _LEFT, deed)
            painter.setFont(theme.small)
            after = first.adjusted(strong.horizontalAdvance(deed) + 10, 1, -after_room, 1)
            for text, ink in ((what, theme.text), (actor, theme.muted)):
                painter.setPen(ink)
                painter.drawText(after, _LEFT, small.elidedText(text, _CUT, after.width()))
                after.setLeft(after.left() + small.horizontalAdvance(text) + (10 if text else 0))
            painter.setPen(theme.faint)
            painter.drawText(first, _RIGHT, when)
            if said:
                painter.setPen(theme.muted)
                below = QRectF(first.x(), first.bottom(), first.width(), note.height() + 2)
                painter.drawText(below, _WRAP, said)

        page.words.append(" ".join(filter(None, (when, deed, what, actor, said))))
        page.add(height, paint)

    def _reports(self, page: Page, reports: Sequence[wire.Report], of: int, now: datetime) -> None:
        """Write what was said."""
        if not reports:
            return
        count = str(of) if len(reports) == of else f"{len(reports)} / {of}"
        page.heading(self.tr("Reports"), count)
        for report in reports:
            when = clock_text(report.at, now)
            self._chipped(page, source_text(report.source), report.reporter, when)
            if report.text:
                page.text(report.text, font=page.theme.body, colour=page.theme.text)
            page.gap(0.4)

    def _calls(self, page: Page, calls: Sequence[wire.Call], now: datetime) -> None:
        if not calls:
            return
        page.heading(self.tr("Loudspeaker"), str(len(calls)))
        for call in calls:
            speaker = self._mirror.speakers.get(call.speaker)
            name = speaker.name if speaker is not None else call.speaker
            verdict = words.call_state_text(call.state)
            if call.first_packet is not None:
                late = (call.first_packet - call.asked).total_seconds()
                verdict = f"{verdict} {late * 1000:.0f} ms"
            self._chipped(page, verdict, name, clock_text(call.asked, now))
            said = call.text or (self.tr("Live talk") if call.kind == "talk" else "")
            for text in filter(None, (said, call.why)):
                page.text(text, font=page.theme.small, colour=page.theme.muted)
            page.gap(0.4)

    def _chipped(self, page: Page, label: str, text: str, note: str) -> None:
        """Write a line that begins with a chip."""
        theme = page.theme
        small = QFontMetricsF(theme.small)
        width = chip_width(theme.small, label)

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(theme.small)
            plate = QRectF(box.x(), box.y() + 2, width, small.height() - 1)
            chip(painter, theme, plate, label, theme.muted)
            painter.setPen(theme.muted)
            painter.drawText(box.adjusted(width + 8, 0, 0, 0), _LEFT, text)
            painter.setPen(theme.faint)
            painter.drawText(box, _RIGHT, note)

        page.words.append(f"{label} {text} {note}".strip())
        page.add(small.height() + 5, paint)


_CUT = Qt.TextElideMode.ElideRight
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


def _shown(reports: Sequence[wire.Report]) -> Sequence[wire.Report]:
    return reports if len(reports) <= SHOWN else [reports[0], *reports[-SHOWN + 1 :]]


def clock_text(moment: datetime, now: datetime) -> str:
    """Return a moment in the officer's time: the clock alone today, with the day before."""
    here, today = moment.astimezone(), now.astimezone().date()
    return f"{here:%H:%M:%S}" if here.date() == today else f"{here:%m-%d %H:%M}"
