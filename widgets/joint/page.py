"""What one line says in full: its text, a campaign's bar and photos, a round's cases, records."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from console import wire
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.joint.sections import case_text, in_full, say, share
from widgets.joint.words import amount_text, day_text, department_text, word
from widgets.theme import Theme

_BEFORE = QT_TRANSLATE_NOOP("Joint", "Before")
_AFTER = QT_TRANSLATE_NOOP("Joint", "After")

_SHOWN = 6
"""Pieces of a campaign that are shown with their photos."""

_THUMB = QSize(132, 92)
_RECORDS = 30


class Bar(QWidget):
    """How much of a goal is done, as a bar and in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._text = ""
        self._theme: Theme | None = None
        self.setFixedHeight(34)

    def show_share(self, share_: float, text: str, theme: Theme) -> None:
        """Show a share of 0 to 1; more is a full bar."""
        self._share, self._text, self._theme = share_, text, theme
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, 24, self.width(), 8)
        painter.setBrush(theme.line)
        painter.drawRoundedRect(whole, 4, 4)
        done = QRectF(whole)
        done.setWidth(whole.width() * min(1.0, max(0.0, self._share)))
        painter.setBrush(theme.ok if self._share >= 1 else theme.accent)
        painter.drawRoundedRect(done, 4, 4)
        painter.setPen(theme.text)
        painter.setFont(theme.strong)
        box = QRectF(0, 0, self.width(), 22)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class Page(QScrollArea):
    """The right half of the pane."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._section, self._id = "", ""
        self._shown: tuple[str, ...] = ()
        self.entries: list[wire.CampaignEntry] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(self)
        body.setObjectName("Page")
        self.text = QLabel(body)
        self.bar = Bar(body)
        self.more = QLabel(body)
        for label in (self.text, self.more):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._photos = QGridLayout()
        self._photos.setSpacing(6)
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 4, 8, 8)
        for part in (self.text, self.bar, self.more):
            column.addWidget(part)
        column.addLayout(self._photos)
        column.addStretch(1)
        self.setWidget(body)

    def show_thing(self, section: str, id_: str) -> None:
        """Show a thing of the mirror; what the mirror does not hold is asked for once."""
        self._section, self._id = section, id_
        muted = self._desk.theme.muted.name()
        words = self.tr("Nothing here yet")
        nothing = f"<p style='color:{muted}'>{escape(words)}</p>"
        said = in_full(section, id_, self._desk.mirror, muted)
        self.text.setText(said if id_ else nothing)
        campaign = self._desk.mirror.campaigns.get(id_) if section == "campaign" else None
        self.bar.setVisible(campaign is not None)
        if campaign is not None:
            done, goal = amount_text(campaign.total), amount_text(campaign.goal)
            text = f"{done} / {goal} {campaign.unit}  ·  {share(campaign):.0%}"
            self.bar.show_share(share(campaign), text, self._desk.theme)
        sheet = self._desk.mirror.orders.get(id_) if section == "order" else None
        answers = [answer for answer in sheet.answers if answer.media] if sheet else []
        shown = (section, id_, *(media for answer in answers for media in answer.media))
        if self._shown != shown:
            self._shown = shown
            self._clear()
            for row, answer in enumerate(answers):
                name = department_text(self._desk.mirror, answer.department)
                self._row(row, name, [(name, media) for media in answer.media])
            self.renew()

    def renew(self) -> None:
        """Ask for what belongs to the thing."""
        if not self._id or not self.isVisible():
            return
        desk, asked = self._desk, (self._section, self._id)
        query = wire.JointQuery(of=self._id, limit=_SHOWN)

        def still() -> bool:
            return (self._section, self._id) == asked

        match self._section:
            case "campaign":
                desk.request(
                    "/api/joint/entries",
                    query,
                    wire.CampaignEntries,
                    lambda found: self._show_entries(found.entries) if still() else None,
                )
            case "round":
                desk.request(
                    "/api/joint/cases",
                    query,
                    wire.RoundCases,
                    lambda found: self._show_cases(found.cases) if still() else None,
                )
            case "count":
                self._ask_records()

    def _ask_records(self) -> None:
        """Ask for the newest records of the line's topic."""
        query = wire.JointQuery(limit=_RECORDS)
        if self._id.startswith("persuasion"):
            self._desk.request(
                "/api/joint/persuasions",
                query,
                wire.Persuasions,
                lambda found: self._show_rows([_persuasion(one) for one in found.persuasions]),
            )
        else:
            self._desk.request(
                "/api/joint/mediations",
                query,
                wire.Mediations,
                lambda found: self._show_rows([_mediation(one) for one in found.mediations]),
            )

    def _show_cases(self, cases: list[wire.CaseRow]) -> None:
        self._show_rows([("", case_text(case, case.id)) for case in cases])

    def _show_rows(self, rows: list[tuple[str, str]]) -> None:
        muted = self._desk.theme.muted.name()
        cells = "".join(
            f"<tr><td style='color:{muted};padding-right:12px;white-space:nowrap'>{escape(head)}"
            f"</td><td style='padding-bottom:5px'>{escape(text)}</td></tr>"
            for head, text in rows
        )
        self.more.setText(f"<table cellspacing=0>{cells}</table>")

    # --- a campaign's pieces -------------------------------------------------------------

    def _clear(self) -> None:
        self.more.clear()
        self.entries = []
        while (item := self._photos.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _show_entries(self, entries: list[wire.CampaignEntry]) -> None:
        self._clear()
        self.entries = entries
        campaign = self._desk.mirror.campaigns.get(self._id)
        unit = campaign.unit if campaign else ""
        for row, entry in enumerate(entries):
            amount = f"{amount_text(entry.amount)} {unit}"
            said = (amount, entry.place, f"{day_text(entry.at)} {entry.name}", entry.note)
            pair = [(say(_BEFORE), entry.before), (say(_AFTER), entry.after)]
            self._row(row, "\n".join(filter(None, said)), pair)

    def _row(self, row: int, text: str, photos: Sequence[tuple[str, str | None]]) -> None:
        """Show words, and beside them photos with what each is called."""
        words = QLabel(self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setText(text)
        self._photos.addWidget(words, row, 0)
        self._photos.setColumnStretch(0, 1)
        for column, (name, media) in enumerate(photos, 1):
            if media is not None:
                self._photos.addWidget(self._thumb(media, name), row, column)

    def _thumb(self, media: str, name: str) -> QLabel:
        thumb = QLabel(self)
        thumb.setFixedSize(_THUMB)
        thumb.setAlignment(Qt.AlignmentFlag.AlignCenter)
        thumb.setText(name)
        thumb.setAccessibleName(name)
        thumb.setToolTip(name)

        def came(data: bytes) -> None:
            picture = QPixmap()
            if thumb in self.findChildren(QLabel) and picture.loadFromData(data):
                how = Qt.AspectRatioMode.KeepAspectRatioByExpanding
                smooth = Qt.TransformationMode.SmoothTransformation
                thumb.setPixmap(picture.scaled(_THUMB, how, smooth))

        self._desk.media(media, came)
        return thumb


def _persuasion(one: wire.Persuasion) -> tuple[str, str]:
    said = (f"{one.kind} × {one.count}", one.place, one.name, one.note)
    return day_text(one.at), " · ".join(filter(None, said))


def _mediation(one: wire.Mediation) -> tuple[str, str]:
    parties = "、".join(one.parties)
    said = (one.kind, parties, one.matter, word(one.result), one.agreement, one.name)
    return day_text(one.at), " · ".join(filter(None, said))
