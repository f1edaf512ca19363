"""The sections of a case's page, from who answers for the spot to what was spoken there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from console import wire
from console.domain.geo import distance
from console.seat.mirror import Mirror
from widgets.case import words
from widgets.case.page import Page
from widgets.case.strip import Strip
from widgets.marks import chip, chip_width, state_colour
from widgets.wording import length_text, source_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Sections(QObject):
    """Writes a page from the mirror's row and, once it is there, the whole case."""

    def __init__(self, mirror: Mirror, strip: Strip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self._strip = strip

    def write(
        self, page: Page, row: wire.CaseRow, detail: wire.CaseDetail | None, now: datetime
    ) -> None:
        """Write everything there is to say below the header."""
        self._where(page, row)
        self._unit(page, row)
        if row.proposal is not None and row.state in ("proposed", "filed"):
            self._proposal(page, row, row.proposal)
        self._strip.write(page, detail.media if detail is not None else [])
        if row.proposal is not None and row.state in ("proposed", "filed"):
            self._reasons(page, row.proposal.reasons)
        if detail is not None:
            self._history(page, detail.history, now)
            self._reports(page, detail.reports, now)
            self._calls(page, detail.calls, now)
        page.gap(2)

    def _where(self, page: Page, row: wire.CaseRow) -> None:
        page.pair(self.tr("Place"), row.place)
        for kind, name, person, phone in words.people_of(row, self._mirror):
            label = self.tr("Grid") if kind == "grid" else self.tr("Chief")
            page.pair(label, f"{name}  {person}".strip(), phone)

    def _unit(self, page: Page, row: wire.CaseRow) -> None:
        unit = self._mirror.units.get(row.unit) if row.unit else None
        if unit is None:
            return
        fix = self._mirror.positions.get(unit.id)
        away = ""
        if fix is not None:
            length = distance(fix.lat, fix.lon, row.at.lat, row.at.lon)
            away = f"{length_text(length)}  "
        page.pair(self.tr("Unit"), f"{unit.name}  {unit.squad}".strip(), f"{away}{unit.phone}")

    def _proposal(self, page: Page, row: wire.CaseRow, proposal: wire.Proposal) -> None:
        page.heading(self.tr("Proposal"))
        item = self._mirror.catalogue.get(wire.class_id(row.scheme, proposal.kind, proposal.code))
        page.pair(self.tr("Class"), item.name if item else row.name, proposal.code)
        unit = self._mirror.units.get(proposal.unit) if proposal.unit else None
        if unit is not None:
            page.pair(self.tr("Send"), f"{unit.name}  {unit.squad}".strip(), unit.phone)

    def _reasons(self, page: Page, reasons: Sequence[wire.Reason]) -> None:
        """Write what the proposal rests on, below the pictures that show it."""
        if not reasons:
            return
        page.heading(self.tr("Why"))
        theme = page.theme
        for reason in reasons:
            text = words.reason_text(reason, self._mirror)
            page.text(text, font=theme.small, colour=theme.muted)

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
        said = words.note_text(fact)
        note = small.boundingRect(QRectF(0, 0, page.room - 20, 1e5), _WRAP, said)
        height = strong.height() + 3 + (note.height() if said else 0) + 5
        colour = state_colour(theme, fact.state)

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
            painter.setPen(theme.muted)
            after = first.adjusted(strong.horizontalAdvance(deed) + 10, 1, 0, 1)
            painter.drawText(after, _LEFT, actor)
            painter.setPen(theme.faint)
            painter.drawText(first, _RIGHT, when)
            if said:
                painter.setPen(theme.muted)
                below = QRectF(first.x(), first.bottom(), first.width(), note.height() + 2)
                painter.drawText(below, _WRAP, said)

        page.words.append(f"{when} {deed} {actor} {said}".strip())
        page.add(height, paint)

    def _reports(self, page: Page, reports: Sequence[wire.Report], now: datetime) -> None:
        if not reports:
            return
        page.heading(self.tr("Reports"), str(len(reports)))
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


_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


def clock_text(moment: datetime, now: datetime) -> str:
    """Return a moment in the officer's time: the clock alone today, with the day before."""
    here, today = moment.astimezone(), now.astimezone().date()
    return f"{here:%H:%M:%S}" if here.date() == today else f"{here:%m-%d %H:%M}"
