"""What is needed for a paper, fetched, and the paper shown: the case file, the bulletin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console import wire
from console.domain.clock import CHINA
from console.seat.commands import Record
from console.seat.papers import Letterhead, Paper, bulletin, case_file
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk

if TYPE_CHECKING:
    from widgets.documents.preview import Preview

_CASE_FILE = QT_TRANSLATE_NOOP("Command", "Make the case file")
_BULLETIN = QT_TRANSLATE_NOOP("Command", "Make the bulletin of this month")
_BEFORE = QT_TRANSLATE_NOOP("Command", "Make the bulletin of the month before")


class DocumentDesk(QObject):
    """Makes papers on an officer's wish; the browser and the PDF view are loaded with the first."""

    def __init__(self, window: QWidget, desk: Desk, opened: Callable[[Preview], None]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._opened = opened
        self._preview: Preview | None = None
        desk.paper_wanted.connect(self.show_paper)

    def records(self) -> list[Record]:
        """Return the commands that make papers."""
        return [
            Record(
                "document.case_file",
                _CASE_FILE,
                self._case_file,
                "Ctrl+P",
                when=lambda: self._desk.selection.case is not None,
            ),
            Record("document.bulletin", _BULLETIN, lambda: self._bulletin(0)),
            Record("document.bulletin_before", _BEFORE, lambda: self._bulletin(1)),
        ]

    def show_paper(self, paper: Paper) -> None:
        """Show a paper before it goes out."""
        if self._preview is None:
            from widgets.documents.preview import Preview  # costs 0.5 s

            self._preview = Preview(self._window, self._desk)
            self._opened(self._preview)
        self._preview.show_paper(paper)

    def _head(self) -> Letterhead:
        return Letterhead.of(self._desk.mirror, self._desk.now())

    # --- the case file ------------------------------------------------------------------

    def _case_file(self) -> None:
        case = self._desk.selection.case
        if case is not None:
            self._desk.detail(case.id, self._with_pictures)

    def _with_pictures(self, detail: wire.CaseDetail) -> None:
        """Fetch the photos; one that cannot be had is said to be missing in the paper."""
        wanted = [media.id for media in detail.media if media.type.startswith("image/")]
        pictures: dict[str, bytes] = {}
        waiting = set(wanted)

        def done(media_id: str, data: bytes | None) -> None:
            waiting.discard(media_id)
            if data is not None:
                pictures[media_id] = data
            if not waiting:
                self._print(detail, pictures)

        def lost(media_id: str, _problem: wire.Problem) -> None:
            done(media_id, None)

        if not wanted:
            self._print(detail, pictures)
        for media_id in wanted:
            self._desk.media(media_id, partial(done, media_id), partial(lost, media_id))

    def _print(self, detail: wire.CaseDetail, pictures: dict[str, bytes]) -> None:
        self.show_paper(case_file(detail, pictures, self._desk.mirror, self._head()))

    # --- the bulletin -------------------------------------------------------------------

    def _bulletin(self, months_ago: int) -> None:
        start, end = month(self._desk.now(), months_ago)
        self._desk.month_report(start, end, self._print_bulletin)

    def _print_bulletin(self, report: wire.MonthReport) -> None:
        self.show_paper(bulletin(report, self._desk.mirror, self._head()))


def month(now: datetime, ago: int) -> tuple[datetime, datetime]:
    """Return the first moments of a month in China and of the next; ``ago`` months before now."""
    first = now.astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(ago):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)
