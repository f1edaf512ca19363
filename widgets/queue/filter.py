"""The line the queue is filtered by: words for the hub to find, and tokens as chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from console.seat.mirror import Mirror
from console.seat.queue_filter import EVERYTHING, Token, Wanted
from widgets.marks import chip, chip_width
from widgets.queue.words import Choice, Choices, kind_text, token_text
from widgets.theme import Theme

TYPING_MS = 80
"""How long typing may pause before the hub is asked."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OURS = frozenset({*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab})
"""Keys that mean something else in the field than in the list."""


class ChipRow(QWidget):
    """The tokens side by side, in as many lines as they need; a click takes one away."""

    clicked = Signal(object)

    def __init__(self, theme: Theme, text: Callable[[Token], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tokens: tuple[Token, ...] = ()
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tokens(self, tokens: tuple[Token, ...]) -> None:
        """Show other tokens."""
        self.tokens = tokens
        self.setVisible(bool(tokens))
        self.setAccessibleName(", ".join(map(self._text, tokens)))
        self.fit()

    def fit(self) -> None:
        """Be as high as the chips need at this width."""
        boxes = self._boxes()
        self.setFixedHeight(round(boxes[-1][1].bottom() + 3) if boxes else 0)
        self.update()

    def _boxes(self) -> list[tuple[str, QRectF]]:
        gap, height = self.theme.gap, QFontMetricsF(self.theme.small).height() + 2
        x, y, boxes = float(gap), 4.0, []
        for token in self.tokens:
            text = f"{self._text(token)}  ×"
            width = min(chip_width(self.theme.small, text), self.width() - 2.0 * gap)
            if x + width > self.width() - gap and x > gap:
                x, y = float(gap), y + height + 4
            boxes.append((text, QRectF(x, y, width, height)))
            x += width + 6
        return boxes

    def resizeEvent(self, _event: object) -> None:
        """Break the lines anew."""
        self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.raised)
        painter.setFont(self.theme.small)
        for text, box in self._boxes():
            chip(painter, self.theme, box, text, self.theme.accent)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the chip away that was clicked."""
        for token, (_, box) in zip(self.tokens, self._boxes(), strict=True):
            if box.contains(event.position()):
                self.clicked.emit(token)
                return


class ChoiceList(QWidget):
    """What may complete the word, below the line and above the list."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.choices: list[Choice] = []
        self.at: int | None = None
        self.hide()

    @property
    def current(self) -> Choice | None:
        """The choice Enter would take."""
        return None if self.at is None else self.choices[self.at]

    def show_choices(
        self, choices: list[Choice], at: int | None, below: QPoint, width: int
    ) -> None:
        """Show choices below a point, or nothing without any."""
        self.choices, self.at = choices, at
        self.setVisible(bool(choices))
        if choices:
            self.setGeometry(below.x(), below.y(), width, self.theme.row * len(choices) + 2)
            self.raise_()
            self.update()

    def move_by(self, by: int) -> None:
        """Choose the next or the one before; above the first is none."""
        at = (-1 if self.at is None else self.at) + by
        self.at = None if at < 0 else min(at, len(self.choices) - 1)
        self.setAccessibleDescription(self.current.label if self.current else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each choice with its kind."""
        theme, painter = self.theme, QPainter(self)
        painter.fillRect(self.rect(), theme.raised)
        painter.setFont(theme.small)
        for n, choice in enumerate(self.choices):
            box = QRectF(1, 1 + n * theme.row, self.width() - 2, theme.row)
            if n == self.at:
                painter.fillRect(box, theme.select)
                painter.fillRect(QRectF(1, box.y(), 4, box.height()), theme.accent)
            line = box.adjusted(theme.gap + 6, 0, -theme.gap, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(theme.faint)
            painter.drawText(
                line, middle | Qt.AlignmentFlag.AlignRight, kind_text(choice.token.kind)
            )
            painter.setPen(theme.text)
            painter.drawText(line, middle, choice.label)
        painter.setPen(theme.line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the choice that was clicked."""
        n = int(event.position().y() // self.theme.row)
        if 0 <= n < len(self.choices):
            self.taken.emit(self.choices[n])


class FilterLine(QWidget):
    """Words and chips. Enter keeps them, Escape drops them, Backspace takes the last chip."""

    changed = Signal()
    kept = Signal()
    dropped = Signal()

    def __init__(self, theme: Theme, mirror: Mirror, parent: QWidget) -> None:
        super().__init__(parent)
        self._mirror = mirror
        self._pane = parent
        self._wanted = EVERYTHING
        self._choices = Choices(mirror)
        self.chips = ChipRow(theme, lambda token: token_text(token, mirror), self)
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(200)
        self.field.installEventFilter(self)
        self.list = ChoiceList(theme, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chips)
        column.addWidget(self.field)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._settle)
        self.field.textEdited.connect(self._edited)
        self.chips.clicked.connect(lambda token: self._set(self._wanted.minus(token)))
        self.list.taken.connect(self._take)
        self.chips.show_tokens(())
        self.hide()

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        return self._wanted

    def set_wanted(self, wanted: Wanted) -> None:
        """Show another filter without telling of it; an empty one hides the line."""
        self._typing.stop()
        self._wanted = wanted
        self.chips.show_tokens(wanted.tokens)
        if wanted.text != self._words():
            self.field.setText(wanted.text)
        self.list.hide()
        self.setVisible(bool(wanted) or self.field.hasFocus())

    def open(self) -> None:
        """Show the line and give it the keyboard."""
        self._choices = Choices(self._mirror)
        self.setVisible(True)
        self.field.setFocus()
        self.field.selectAll()

    def look(self, theme: Theme) -> None:
        """Change the look."""
        self.chips.theme = self.list.theme = theme
        self.chips.fit()
        self.field.setFont(theme.body)
        palette = self.field.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.raised)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.faint)
        self.field.setPalette(palette)

    def retranslate(self) -> None:
        """Put every word anew."""
        self.field.setPlaceholderText(self.tr("Words, or state: class: grid: late mine today …"))
        self.field.setAccessibleName(self.tr("Filter of the queue"))
        self._choices = Choices(self._mirror)
        self.chips.show_tokens(self._wanted.tokens)

    # --- typing ------------------------------------------------------------------------

    def _words(self) -> str:
        """Return what is typed but for tokens that are still being typed."""
        words = self.field.text().split()
        return " ".join(word for word in words if not self._is_token(word))

    def _is_token(self, word: str) -> bool:
        return (":" in word or "：" in word) and bool(self._choices.find(word))

    def _last(self) -> str:
        text = self.field.text()
        return "" if not text or text[-1].isspace() else text.split()[-1]

    def _edited(self) -> None:
        self._typing.start()
        word = self._last()
        choices = self._choices.find(word)
        at = 0 if choices and self._is_token(word) else None
        below = self.mapTo(self._pane, QPoint(0, self.height()))
        self.list.show_choices(choices, at, below, self.width())

    def _settle(self) -> None:
        self._typing.stop()
        self._set(Wanted(self._wanted.tokens, self._words()))

    def _take(self, choice: Choice) -> None:
        """Make a chip of the word that is typed."""
        text = self.field.text()
        self.field.setText(text[: len(text) - len(self._last())].rstrip())
        self.list.hide()
        self._set(Wanted(self._wanted.tokens, self._words()).plus(choice.token))

    def _set(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.chips.show_tokens(wanted.tokens)
            self.changed.emit()

    def drop(self) -> None:
        """Drop words and chips, and hide the line."""
        self._typing.stop()
        self.field.clear()
        self.list.hide()
        self._set(EVERYTHING)
        self.hide()

    # --- keys ---------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something in the field."""
        if watched is not self.field:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._key(Qt.Key(event.key()))

    def _key(self, key: Qt.Key) -> bool:
        open_ = self.list.isVisible()
        if key == Qt.Key.Key_Escape:
            self.drop()
            self.dropped.emit()
        elif key == Qt.Key.Key_Tab:
            if open_:
                self._take(self.list.current or self.list.choices[0])
        elif open_ and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif open_ and key in _ENTER and self.list.current is not None:
            self._take(self.list.current)
        elif key in _ENTER or key == Qt.Key.Key_Down:
            self._settle()
            self.list.hide()
            self.setVisible(bool(self._wanted))
            self.kept.emit()
        elif key == Qt.Key.Key_Backspace and self._wanted.tokens and not self.field.text():
            self._set(self._wanted.minus(self._wanted.tokens[-1]))
        else:
            return False
        return True

    def sizeHint(self) -> QSize:
        """Return the height of the chips and the field."""
        return QSize(400, self.chips.height() + self.field.sizeHint().height())
