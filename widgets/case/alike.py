"""Cases that belong to this one: possible duplicates, merged ones, those split off it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from console import wire
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.case.page import Page
from widgets.case.pictures import Pictures, covering
from widgets.marks import chip, chip_width, state_mark
from widgets.wording import length_text, state_text, word

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_BASES = {
    "near": QT_TRANSLATE_NOOP("Alike", "near"),
    "class": QT_TRANSLATE_NOOP("Alike", "same class"),
    "text": QT_TRANSLATE_NOOP("Alike", "same words"),
    "photo": QT_TRANSLATE_NOOP("Alike", "same photo"),
}

Fetch = Callable[[str, Callable[[wire.CaseDetail | wire.Problem], None]], None]


class Faces(QObject):
    """The first picture of other cases, asked for once each. ``came`` tells of a new one."""

    came = Signal()

    def __init__(self, fetch: Fetch, post: Callable[[Callable[[], None]], None]) -> None:
        super().__init__()
        self._fetch, self._post = fetch, post
        self._known: dict[str, str | None] = {}

    def of(self, case_id: str) -> str | None:
        """Return the id of a case's first picture, or None and ask for it."""
        if case_id not in self._known:
            self._known[case_id] = None
            self._fetch(case_id, lambda got: self._post(lambda: self._take(case_id, got)))
        return self._known[case_id]

    def _take(self, case_id: str, got: wire.CaseDetail | wire.Problem) -> None:
        if isinstance(got, wire.CaseDetail):
            pictures = (m.id for m in got.media if m.type.startswith("image/"))
            self._known[case_id] = next(pictures, None)
            self.came.emit()


class AlikeSection(QObject):
    """Writes them; a possible duplicate has the number by which it is merged."""

    def __init__(self, desk: Desk, pictures: Pictures, faces: Faces) -> None:
        super().__init__()
        self._desk, self._mirror = desk, desk.mirror
        self._pictures, self._faces = pictures, faces

    def write_duplicates(self, page: Page, similar: Sequence[wire.Similar]) -> None:
        """Write the possible duplicates, in the order of their numbers."""
        if not similar:
            return
        page.heading(self.tr("Could be the same"), self._how())
        for number, one in enumerate(similar[:9], start=1):
            self._duplicate(page, number, one)

    def _how(self) -> str:
        registry = self._desk.registry
        key = key_text(registry[_MERGE].key) if _MERGE in registry else ""
        return self.tr("{key} and the number merges").format(key=key) if key else ""

    def write_kin(self, page: Page, detail: wire.CaseDetail) -> None:
        """Write what was merged into this case and what was split off it."""
        for heading, ids in (
            (self.tr("Merged into this"), detail.merged),
            (self.tr("Split off this"), detail.children),
        ):
            if ids:
                page.heading(heading, str(len(ids)))
            for case_id in ids:
                row = self._mirror.cases.get(case_id)
                page.pair(case_id, row.name if row else "", state_text(row.state) if row else "")

    def _duplicate(self, page: Page, number: int, one: wire.Similar) -> None:
        theme = page.theme
        body, small = QFontMetricsF(theme.body), QFontMetricsF(theme.small)
        row = self._mirror.cases.get(one.case)
        name = row.name if row is not None else one.case
        apart = f"{length_text(one.metres)}  {self._apart(one.hours)}"
        basis = " · ".join(word("Alike", _BASES, code) for code in one.basis)
        face = self._faces.of(one.case)
        high = body.height() + small.height() + 8
        wide = high * 16 / 9

        def paint(painter: QPainter, box: QRectF) -> None:
            painter.setFont(theme.strong)
            plate = QRectF(
                box.x(), box.y() + 3, chip_width(theme.strong, str(number)), body.height()
            )
            chip(painter, theme, plate, str(number), theme.accent)
            x = box.x() + 30
            room = box.right() - x - (wide + 8 if face else 0)
            if row is not None:
                state_mark(painter, theme, row.state, QRectF(x, box.y() + 5, 13, 13))
            first = QRectF(x + 20, box.y() + 1, room - 20, body.height() + 2)
            painter.setFont(theme.body)
            painter.setPen(theme.text)
            painter.drawText(first, _LEFT, body.elidedText(f"{name}  {apart}", _CUT, first.width()))
            below = QRectF(x, first.bottom(), room, small.height())
            painter.setFont(theme.small)
            painter.setPen(theme.muted)
            said = f"{one.case}  {basis}"
            painter.drawText(below, _LEFT, small.elidedText(said, _CUT, below.width()))
            if face:
                frame = QRectF(box.right() - wide, box.y() + 2, wide, high - 4)
                painter.fillRect(frame, theme.window)
                covering(painter, self._pictures.small(face), frame)
                painter.setPen(QPen(theme.line, 1))
                painter.drawRect(frame)

        page.words.append(f"{number} {one.case} {name} {apart} {basis}")
        page.add(high, paint)

    def _apart(self, hours: float) -> str:
        minutes = round(hours * 60)
        if minutes < 60:
            return self.tr("{n} min apart").format(n=minutes)
        return self.tr("{n} h apart").format(n=f"{hours:.0f}")


_MERGE = "case.merge"
_CUT = Qt.TextElideMode.ElideRight
