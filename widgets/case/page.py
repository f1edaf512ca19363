"""A page of words and pictures: laid out once, painted often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from widgets.marks import chip, chip_width
from widgets.theme import Theme

LABEL = 68.0
"""Width of the column of labels at 100 per cent."""

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the page: where it is, and how it is painted there."""

    box: QRectF
    paint: Paint


class Page:
    """Items from the top down. ``y`` is where the next one goes."""

    def __init__(self, theme: Theme, width: float) -> None:
        self.theme = theme
        self.width = width
        self.left = theme.gap * 1.5
        self.y = float(theme.gap)
        self.items: list[Item] = []
        self.words: list[str] = []

    @property
    def room(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.left

    def add(self, height: float, paint: Paint, *, x: float = 0.0, width: float = 0.0) -> QRectF:
        """Add an item of a height at ``x`` from the margin, and go below it."""
        box = QRectF(self.left + x, self.y, width or self.room - x, height)
        self.items.append(Item(box, paint))
        self.y += height
        return box

    def gap(self, share: float = 1.0) -> None:
        """Leave some room."""
        self.y += self.theme.gap * share

    def heading(self, text: str, note: str = "") -> None:
        """Add a section's name with a line above it."""
        theme = self.theme
        self.gap(0.9)
        metrics = QFontMetricsF(theme.small)

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.fillRect(QRectF(box.x(), box.y(), box.width(), 1), theme.line)
            painter.setFont(theme.small)
            painter.setPen(theme.faint)
            painter.drawText(box.adjusted(0, 4, 0, 0), _LEFT, text)
            painter.drawText(box.adjusted(0, 4, 0, 0), _RIGHT, note)

        self.words.append(text)
        self.add(metrics.height() + 9, paint)

    def text(
        self, text: str, *, font: QFont | None = None, colour: QColor | None = None, x: float = 0.0
    ) -> None:
        """Add a text that takes as many lines as it needs."""
        theme = self.theme
        used, ink = font or theme.body, colour or theme.text
        metrics = QFontMetricsF(used)
        bounds = metrics.boundingRect(QRectF(0, 0, self.room - x, 1e5), _WRAP, text)

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(used)
            painter.setPen(ink)
            painter.drawText(box, _WRAP, text)

        self.words.append(text)
        self.add(bounds.height() + 2, paint, x=x)

    def pair(self, label: str, text: str, note: str = "", *, colour: QColor | None = None) -> None:
        """Add a row: a faint label, a text, and a note at the right."""
        theme = self.theme
        body, small = QFontMetricsF(theme.body), QFontMetricsF(theme.small)
        column = max(LABEL, small.horizontalAdvance(label) + 8)
        note_width = small.horizontalAdvance(note) + 8 if note else 0.0
        cut = body.elidedText(
            text, Qt.TextElideMode.ElideRight, self.room - column - note_width + 1
        )

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(theme.small)
            painter.setPen(theme.faint)
            painter.drawText(box, _LEFT, label)
            painter.setPen(theme.muted)
            painter.drawText(box, _RIGHT, note)
            painter.setFont(theme.body)
            painter.setPen(colour or theme.text)
            painter.drawText(box.adjusted(column, 0, 0, 0), _LEFT, cut)

        self.words.append(f"{label} {text} {note}".strip())
        self.add(body.height() + 3, paint)

    def choices(self, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """Add what else may be chosen, each with its number, in as many lines as it needs."""
        theme = self.theme
        small = QFontMetricsF(theme.small)
        height = small.height() + 5
        x, y = LABEL, 0.0
        placed: list[tuple[QRectF, QRectF, str, str]] = []
        for key, text in choices:
            plate, width = chip_width(theme.small, key), small.horizontalAdvance(text)
            if x > LABEL and x + plate + width + 6 > self.room:
                x, y = LABEL, y + height
            words = QRectF(x + plate + 6, y, min(width + 2, self.room - x - plate - 6), height)
            placed.append((QRectF(x, y + 2, plate, small.height()), words, key, text))
            x = words.right() + 14
        if not placed:
            return

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(theme.small)
            painter.setPen(theme.faint)
            painter.drawText(QRectF(box.x(), box.y(), LABEL, height), _LEFT, label)
            for plate, words, key, text in placed:
                chip(painter, theme, plate.translated(box.topLeft()), key, theme.accent)
                painter.setPen(theme.muted)
                cut = small.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
                painter.drawText(words.translated(box.topLeft()), _LEFT, cut)

        self.words.append(" ".join([label, *(f"{key} {text}" for key, text in choices)]))
        self.add(y + height, paint)
