"""A picture of the case, large, over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.case import words
from widgets.case.pictures import Pictures
from widgets.case.strip import Strip
from widgets.theme import Theme

_NEXT = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_L})
_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_K, Qt.Key.Key_H})
_CLOSE = frozenset(
    {Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Q}
)


class Viewer(QWidget):
    """Arrows step through the strip, Escape closes. While open it takes every plain key."""

    def __init__(self, theme: Theme, strip: Strip, pictures: Pictures, over: QWidget) -> None:
        super().__init__(over)
        self.theme = theme
        self._strip, self._pictures = strip, pictures
        self._over = over
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture of the case"))
        pictures.came.connect(lambda _: self.update())
        over.installEventFilter(self)
        self.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the chosen picture."""
        if not self._strip.shown:
            return
        self._before = self._over.focusWidget()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def shut(self) -> None:
        """Close and give the keyboard back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size; keep plain keys from the shortcuts beneath."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        if watched is self and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step or close."""
        key = Qt.Key(event.key())
        if key in _NEXT:
            self._step(1)
        elif key in _BACK:
            self._step(-1)
        elif key in _CLOSE:
            self.shut()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Step by a click into the right or left half."""
        self._step(1 if event.position().x() > self.width() / 2 else -1)

    def _step(self, by: int) -> None:
        self._strip.step(by)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture as large as it fits, and what it is."""
        theme = self.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 225))
        media = self._strip.shown[self._strip.chosen] if self._strip.shown else None
        if media is not None:
            inner = QRectF(self.rect()).adjusted(24, 24, -24, -24 - 2 * theme.row)
            picture = self._pictures.whole(media.id)
            if picture is not None and not picture.isNull():
                size = QSizeF(picture.deviceIndependentSize())
                if size.width() > inner.width() or size.height() > inner.height():
                    size = size.scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
                else:
                    size = size.scaled(
                        min(inner.width(), size.width() * 2),
                        min(inner.height(), size.height() * 2),
                        Qt.AspectRatioMode.KeepAspectRatio,
                    )
                place = QRectF(0, 0, size.width(), size.height())
                place.moveCenter(inner.center())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(place, picture, QRectF(picture.rect()))
            foot = QRectF(24, inner.bottom() + 8, inner.width(), theme.row)
            painter.setPen(QColor("white"))
            painter.setFont(theme.body)
            when = media.at.astimezone()
            text = "    ".join(
                filter(
                    None,
                    (
                        f"{self._strip.chosen + 1}/{len(self._strip.shown)}",
                        words.media_text(media.role),
                        f"{when:%Y-%m-%d %H:%M:%S}",
                        media.source,
                    ),
                )
            )
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(QColor(255, 255, 255, 140))
            painter.setFont(theme.small)
            foot.translate(0, theme.row)
            painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, f"SHA-256 {media.sha256[:16]}…")
        painter.end()
