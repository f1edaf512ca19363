"""The voice panel: the nearest speaker, quick warnings by number, own words, live talk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import wire
from console.domain import flow
from console.domain.case import Action, State
from console.domain.geo import distance
from console.domain.warning import fill
from console.seat.case_commands import held
from console.seat.commands import Record
from console.seat.mirror import ChangeSet
from console.seat.selection import Selection
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.bridge import Desk
from widgets.pane import Pane
from widgets.voice.microphone import Microphone, open_microphone
from widgets.voice.parts import CallList, StateLine, TalkButton
from widgets.voice.playback import Playback
from widgets.voice.talker import Talker
from widgets.voice.words import state_word, why_words
from widgets.wording import length_text, plain_tip

OFFERED = 8
"""Speakers to choose from, the nearest first."""
SETTLED_MS = 120
"""How long a selection stands before its warning is rendered in advance."""
MAX_TEXT = 500

_SAID = QT_TRANSLATE_NOOP("Command", "Spoken words cannot be taken back")
_WARNINGS = (
    QT_TRANSLATE_NOOP("Command", "Spoken warning 1"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 2"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 3"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 4"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 5"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 6"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 7"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 8"),
    QT_TRANSLATE_NOOP("Command", "Spoken warning 9"),
)
_SILENCE = QT_TRANSLATE_NOOP("Command", "Silence the loudspeaker")
_TALK = QT_TRANSLATE_NOOP("Command", "Talk to the street while held")
_WORDS = QT_TRANSLATE_NOOP("Command", "Speak own words")


class VoicePane(Pane):
    """Speaks to the street beside the selection."""

    name = "voice"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.talker = Talker(desk, self)
        self.talker.changed.connect(self._talk_changed)
        self.microphone: Microphone | None = None
        self._playback = Playback(self)
        self._place: tuple[object, ...] = ()
        """What is selected: while it stays, the officer's choice of speaker stays."""
        self._shown_template = 1
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED_MS)
        self._settle.timeout.connect(self._prepare)
        desk.changed.connect(self._changed)
        desk.selection_changed.connect(self._selected)
        desk.theme_changed.connect(self._look)
        desk.setting_changed.connect(
            lambda name: self._arm() if name == "voice.microphone" else None
        )
        QTimer.singleShot(0, self, self._arm)
        self._look()
        self.retranslate()
        self._selected(desk.selection)

    def _build(self) -> None:
        theme = self.desk.theme
        self.speakers = QComboBox(self)
        self.speakers.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.speakers.activated.connect(lambda _: self._chosen())
        self.state = StateLine(theme, self)
        self.preview = QLabel(self)
        self.preview.setWordWrap(True)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self._quick = QGridLayout()
        self._quick.setSpacing(4)
        self.quick: dict[int, QPushButton] = {}
        self.words = QLineEdit(self)
        self.words.setMaxLength(MAX_TEXT)
        self.words.returnPressed.connect(self._speak_words)
        self.words.textChanged.connect(lambda _: self._show_preview())
        self.talk = TalkButton(theme, self)
        self.talk.pressed.connect(self._press)
        self.talk.released.connect(self.talker.release)
        self.silence = QPushButton(self)
        self.silence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.silence.clicked.connect(self._silence)
        self.microphone_note = QLabel(self)
        self.microphone_note.setWordWrap(True)
        self.calls = CallList(theme, self)
        self.calls.play.connect(lambda media: self.desk.media(media, self._playback.play))
        bottom = QHBoxLayout()
        bottom.addWidget(self.talk, 1)
        bottom.addWidget(self.silence)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.speakers)
        column.addWidget(self.state)
        column.addLayout(self._quick)
        column.addWidget(self.preview)
        column.addWidget(self.words)
        column.addLayout(bottom)
        column.addWidget(self.microphone_note)
        column.addWidget(self.calls, 1)

    def title(self) -> str:
        """Return the pane's name."""
        return self.tr("Loudspeakers")

    def take_focus(self) -> None:
        """Give the keyboard to the text field."""
        self.words.setFocus()

    def retranslate(self) -> None:
        """Put every word anew."""
        super().retranslate()
        self.words.setPlaceholderText(self.tr("Own words, Enter speaks them"))
        self.words.setAccessibleName(self.tr("Own words"))
        self.speakers.setAccessibleName(self.tr("Loudspeaker"))
        self.silence.setText(self.tr("Silence"))
        self.calls.empty_text = self.tr("Nothing was said here yet")
        self.calls.setAccessibleName(self.tr("Calls"))
        self._show_talk()
        self._show_speakers()
        self._show_all()

    # --- commands ---------------------------------------------------------------------

    def commands(self) -> list[Record]:
        """Return the commands of the panel; they work from every pane."""
        quick = [
            Record(
                id=f"voice.warn_{number}",
                title=title,
                run=partial(self.warn, number),
                key=f"., {number}",
                when=partial(self._may_warn, number),
                undo=_SAID,
                action=Action.WARN,
            )
            for number, title in enumerate(_WARNINGS, 1)
        ]
        return [
            *quick,
            Record("voice.silence", _SILENCE, self._silence, "., 0", undo=_SAID),
            Record("voice.words", _WORDS, self.take_focus, "., T"),
            Record(
                "voice.talk",
                _TALK,
                self._press,
                "Ctrl+Space",
                when=lambda: self.talk.isEnabled(),
                undo=_SAID,
            ),
        ]

    def warn(self, number: int) -> None:
        """Send a quick warning to the chosen speaker."""
        template = self._templates().get(number)
        if template:
            self._shown_template = number
            self._show_preview()
            self._send({"template": template.id})

    def _speak_words(self) -> None:
        text = self.words.text().strip()
        if text and self._may_speak():
            self._send({"text": text})
            self.words.clear()

    def _send(self, args: dict[str, str]) -> None:
        speaker, case = self.speaker, self.desk.selection.case
        if speaker:
            more = {"case": case.id} if case else {}
            self.desk.submit(
                "voice.warn", case.id if case else None, {"speaker": speaker.id, **more, **args}
            )

    def _silence(self) -> None:
        self.talker.release()
        if speaker := self.speaker:
            self.desk.submit("voice.silence", None, {"speaker": speaker.id})

    def _press(self) -> None:
        case = self.desk.selection.case
        if (speaker := self.speaker) and self.talk.isEnabled():
            self.talker.press(speaker.id, case.id if case else None)

    # --- what is known -------------------------------------------------------------------

    @property
    def speaker(self) -> wire.Speaker | None:
        """The speaker that would speak now."""
        id_ = self.speakers.currentData()
        return self.desk.mirror.speakers.get(id_) if id_ else None

    def _templates(self) -> dict[int, wire.Template]:
        return {one.number: one for one in self.desk.mirror.templates.values()}

    def _may_speak(self) -> bool:
        case, roles = self.desk.selection.case, self.desk.mirror.officer.roles
        if self.speaker is None:
            return False
        if case is None:
            return any(row.action is Action.WARN and set(roles) & row.roles for row in flow.RULES)
        return flow.rule(State(case.state), Action.WARN, held(roles)) is not None

    def _may_warn(self, number: int) -> bool:
        return number in self._templates() and self._may_speak()

    def words_of(self, template: wire.Template) -> str:
        """Return a template as the hub will have it spoken."""
        speaker, case = self.speaker, self.desk.selection.case
        id_ = (case.street if case else None) or (speaker.street if speaker else "")
        known = self.desk.mirror.streets.get(id_)
        return fill(
            template.text,
            street=known.name if known else id_,
            place=case.place if case else "",
            town=self.desk.mirror.town,
            now=self.desk.now(),
        )

    # --- what happens ----------------------------------------------------------------------

    def _arm(self) -> None:
        """Take the microphone, after the first paint."""
        setting = str(self.desk.seat.settings["voice.microphone"])
        if self.microphone is not None:
            self.microphone.stop()
            self.microphone.deleteLater()
        self.microphone = open_microphone(setting, self)
        self.microphone.level.connect(self.talk.set_level)
        self.talker.use(self.microphone)
        self.microphone.start()
        self.calls.playable = self._playback.available()
        self._show_talk()

    def _selected(self, selection: Selection) -> None:
        place = (selection.case.id if selection.case else None, selection.lat, selection.lon)
        if place != self._place:
            self._place = place
            self.talker.release()
            self.speakers.clear()
        self._show_speakers()
        self._show_all()
        self._settle.start()

    def _chosen(self) -> None:
        self._show_all()
        self._settle.start()

    def _changed(self, touched: ChangeSet) -> None:
        if touched.touches("template"):
            self._show_quick()
        if touched.whole:
            self._selected(self.desk.selection)
        elif touched.touches("speaker") or touched.touches("call") or touched.touches("case"):
            self._show_all()

    def _prepare(self) -> None:
        """Have the likely warnings rendered before they are asked for."""
        speaker, case = self.speaker, self.desk.selection.case
        for number, template in sorted(self._templates().items()):
            likely = number == 1 or (case is not None and case.code in template.codes)
            if speaker and likely:
                self.desk.seat.client.prepare(speaker.id, case.id if case else None, template.id)

    def _talk_changed(self, state: str, why: str) -> None:
        self.talk.set_talking(state in ("opening", "talking"))
        self._show_talk()
        if state == "failed":
            self.desk.toast.emit("warn", why_words(why))

    # --- showing -----------------------------------------------------------------------------

    def _look(self) -> None:
        theme = self.desk.theme
        for part in (self.state, self.talk, self.calls):
            part.set_theme(theme)
        self.preview.setFont(theme.small)
        self.microphone_note.setFont(theme.small)
        self.setStyleSheet(
            f"QLabel {{ color: {theme.muted.name()}; }}"
            "QPushButton { padding: 4px 8px; text-align: left; }"
            f"QPushButton[offered=true] {{ border-color: {theme.accent.name()}; }}"
        )
        self._show_quick()

    def _show_all(self) -> None:
        self._show_state()
        self._show_quick()
        self._show_preview()
        self._show_calls()

    def _show_speakers(self) -> None:
        """List the nearest speakers; the nearest is chosen until the officer chooses another."""
        chosen = self.speakers.currentData()
        self.speakers.clear()
        selection, mirror = self.desk.selection, self.desk.mirror
        for id_ in selection.speakers[:OFFERED]:
            speaker = mirror.speakers.get(id_)
            if speaker is None or selection.lat is None or selection.lon is None:
                continue
            metres = distance(selection.lat, selection.lon, speaker.at.lat, speaker.at.lon)
            known = mirror.streets.get(speaker.street)
            street = known.name if known else speaker.street
            parts = [speaker.name, length_text(metres), street]
            self.speakers.addItem(" · ".join(part for part in parts if part), id_)
        self.speakers.setCurrentIndex(max(0, self.speakers.findData(chosen)))
        if not self.speakers.count():
            self.speakers.addItem(self.tr("Select a case or a place"), None)

    def _show_state(self) -> None:
        speaker = self.speaker
        if speaker is None:
            self.state.show_state("", "")
        elif speaker.state == "talking" and speaker.by:
            self.state.show_state("talking", self.tr("{} is speaking").format(speaker.by))
        elif speaker.state == "failed":
            words = f"{state_word('failed')}: {why_words(speaker.why)}"
            self.state.show_state("failed", words)
        else:
            self.state.show_state(speaker.state, state_word(speaker.state))
        self._show_talk()

    def _show_quick(self) -> None:
        case = self.desk.selection.case
        templates = dict(sorted(self._templates().items()))
        for number in self.quick.keys() - templates.keys():
            self.quick.pop(number).deleteLater()
        for place, (number, template) in enumerate(templates.items()):
            button = self.quick.get(number)
            if button is None:
                button = self.quick[number] = QPushButton(self)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.clicked.connect(partial(self.warn, number))
                self._quick.addWidget(button, place // 3, place % 3)
            button.setText(f"{number}  {template.title}")
            button.setToolTip(plain_tip(self.words_of(template)))
            button.setEnabled(self._may_speak())
            offered = case is not None and case.code in template.codes
            if button.property("offered") != offered:
                button.setProperty("offered", offered)
                button.style().polish(button)

    def _show_preview(self) -> None:
        own = self.words.text().strip()
        templates = self._templates()
        case = self.desk.selection.case
        if own:
            self.preview.setText(own)
            return
        likely = [n for n, one in templates.items() if case and case.code in one.codes]
        number = min(likely, default=self._shown_template)
        template = templates.get(number)
        self.preview.setText(f"{number}  {self.words_of(template)}" if template else "")

    def _show_talk(self) -> None:
        present = self.microphone is not None and self.microphone.present
        self.talk.setEnabled(present and self.speaker is not None)
        if self.talker.talking:
            self.talk.setText(self.tr("Speaking — let go to end"))
        else:
            self.talk.setText(self.tr("Hold to talk  Ctrl+Space"))
        note = self.microphone.note if self.microphone else ""
        self.microphone_note.setText(QCoreApplication.translate("Voice", note) if note else "")
        self.microphone_note.setVisible(bool(note))

    def _show_calls(self) -> None:
        """The calls of the case, or without one those of the speaker, newest first."""
        case, speaker = self.desk.selection.case, self.speaker
        wanted = [
            call
            for call in self.desk.mirror.calls.values()
            if (call.case == case.id if case else speaker and call.speaker == speaker.id)
        ]
        self.calls.show_calls(sorted(wanted, key=lambda call: call.asked, reverse=True)[:50])
