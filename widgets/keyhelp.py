"""All keys on one page, and the small hint of what may follow a prefix."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from console.seat.commands import Record
from widgets.actions import key_text
from widgets.overlay import Overlay
from widgets.theme import Theme
from widgets.wording import command_text, place_text


def grouped(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the records that have a key, by place, in the order of the registry."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record.key:
            groups.setdefault(record.place, []).append(record)
    return groups


def _rows(records: list[Record], theme: Theme) -> str:
    dark, back = theme.text.name(), theme.window.name()
    key = f"background:{back}; color:{dark}; font-family:'{theme.mono.family()}'"
    return "".join(
        f"<tr><td align=right style='{key}'>&nbsp;{escape(key_text(r.key))}&nbsp;</td>"
        f"<td style='padding-left:10px; color:{theme.muted.name()}'>"
        f"{escape(command_text(r.title))}</td></tr>"
        for r in records
    )


def page(records: Iterable[Record], theme: Theme, columns: int = 2) -> str:
    """Return the key help as HTML: places side by side, the longest first."""
    groups = sorted(grouped(records).items(), key=lambda item: -len(item[1]))
    stacks: list[list[str]] = [[] for _ in range(columns)]
    heights = [0] * columns
    for place, listed in groups:
        shortest = heights.index(min(heights))
        heights[shortest] += len(listed) + 2
        stacks[shortest].append(
            f"<h3 style='color:{theme.text.name()}'>{escape(place_text(place))}</h3>"
            f"<table cellspacing=4 cellpadding=2>{_rows(listed, theme)}</table>"
        )
    cells = "".join(f"<td width='{100 // columns}%'>{''.join(stack)}</td>" for stack in stacks)
    return f"<table width='100%'><tr>{cells}</tr></table>"


class KeyHelp(Overlay):
    """``?``: every key that works, by where it works."""

    wide = 1080
    high = 760

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._page = QTextBrowser(self)
        self.column.addWidget(self._page)
        self.retranslate()

    def retranslate(self) -> None:
        self._page.setAccessibleName(self.tr("Keys"))

    def show_keys(self, records: Iterable[Record], theme: Theme) -> None:
        """Open with the keys as they are bound now."""
        self._page.setHtml(page(records, theme))
        self.open()

    def first_focus(self) -> QWidget:
        return self._page


class Hint(QLabel):
    """What may follow a prefix, above the window's foot."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("Overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setContentsMargins(14, 8, 14, 8)
        self.hide()

    def say(self, prefix: str, followers: list[Record], theme: Theme) -> None:
        """Show the followers of a prefix, or nothing for an empty one."""
        if not prefix:
            self.hide()
            return
        window = self.parentWidget()
        assert window is not None
        head = QCoreApplication.translate("KeyHelp", "After {key}").format(key=key_text(prefix))
        muted = theme.muted.name()
        self.setText(
            f"<p style='color:{muted}'>{escape(head)}</p>"
            "<table cellspacing=3 cellpadding=2>"
            + "".join(
                f"<tr><td><b>{escape(key_text(r.key).split(' ', 1)[1])}</b></td>"
                f"<td style='padding-left:10px'>{escape(command_text(r.title))}</td></tr>"
                for r in followers
            )
            + "</table>"
        )
        self.setAccessibleName(head)
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 56)
        self.show()
        self.raise_()
