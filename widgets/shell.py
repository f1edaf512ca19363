"""The shell: the window with everything that belongs to no pane, and its commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject
from PySide6.QtWidgets import QApplication

from console.seat.case_commands import CaseCommands
from console.seat.commands import Record
from console.seat.keymap import OwnKeys, clashes
from console.seat.layouts import Layouts
from console.seat.mirror import ChangeSet
from widgets.bridge import Desk
from widgets.counter import CaseCounter
from widgets.deedlog import DeedLog
from widgets.documents.desk import DocumentDesk
from widgets.finding import Finding
from widgets.intake.desk import IntakeDesk
from widgets.keyhelp import Hint, KeyHelp
from widgets.language import NAMES as LANGUAGES
from widgets.language import Language
from widgets.lock import Lock
from widgets.looking import Looking
from widgets.overlay import Overlay
from widgets.palette import Palette
from widgets.pane import Pane
from widgets.picker.classes import ClassPicker
from widgets.picker.units import UnitPicker
from widgets.question import Asker
from widgets.settingscard import SettingsCard
from widgets.style import dress
from widgets.theme import NAMES as THEMES
from widgets.theme import load
from widgets.window import PANES, Window

_PANE_TITLES = {
    "queue": QT_TRANSLATE_NOOP("Command", "Go to the queue"),
    "wall": QT_TRANSLATE_NOOP("Command", "Go to the camera wall"),
    "map": QT_TRANSLATE_NOOP("Command", "Go to the map"),
    "case": QT_TRANSLATE_NOOP("Command", "Go to the case"),
    "voice": QT_TRANSLATE_NOOP("Command", "Go to the loudspeakers"),
    "health": QT_TRANSLATE_NOOP("Command", "Go to the state of health"),
    "joint": QT_TRANSLATE_NOOP("Command", "Go to joint work"),
    "manual": QT_TRANSLATE_NOOP("Command", "Read the manual"),
}
_GO = {
    "queue": "Q",
    "wall": "W",
    "map": "M",
    "case": "C",
    "voice": "V",
    "health": "H",
    "joint": "J",
}
"""What leads to a pane after the prefix ``g``."""
_FIND = QT_TRANSLATE_NOOP("Command", "Find a command, a case, a camera, a street")
_KEYS = QT_TRANSLATE_NOOP("Command", "Show all keys")
_LOG = QT_TRANSLATE_NOOP("Command", "Show what was done here")
_FULL = QT_TRANSLATE_NOOP("Command", "Full screen")
_WHOLE = QT_TRANSLATE_NOOP("Command", "Give the pane the whole window")
_RESET = QT_TRANSLATE_NOOP("Command", "Put the panes back in order")
_THEME = QT_TRANSLATE_NOOP("Command", "Day or night")
_LANGUAGE = QT_TRANSLATE_NOOP("Command", "Chinese or English")
_SETTINGS = QT_TRANSLATE_NOOP("Command", "Settings")
_LOCK = QT_TRANSLATE_NOOP("Command", "Lock the seat")
_SIGN_OUT = QT_TRANSLATE_NOOP("Command", "Sign out, for the next officer")
_QUIT = QT_TRANSLATE_NOOP("Command", "Leave the seat")


def _microphones() -> list[tuple[str, str]]:
    from widgets.voice.devices import microphones  # loads the sound libraries

    return microphones()


class Shell(QObject):
    """Owns the window, its overlays and the commands of the window and of the case."""

    def __init__(
        self,
        app: QApplication,
        desk: Desk,
        language: Language,
        layouts: Layouts,
        officer: str,
        own_keys: OwnKeys | None = None,
        closing: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._app = app
        self.desk = desk
        self.language = language
        self._layouts = layouts
        self._officer = officer
        self._own_keys = own_keys or OwnKeys()
        self._down_since = ""
        self._no_town = ""
        dress(app, desk.theme)
        self.window = Window(desk, self._leave(closing))
        self.palette = Palette(self.window, lambda: desk.theme, Finding(desk, self.window).entries)
        self.asker = Asker(self.window)
        self.help = KeyHelp(self.window, desk, self._own_keys)
        self.log = DeedLog(self.window, desk)
        self.settings = SettingsCard(self.window, desk, {"voice.microphone": _microphones})
        self._documents = DocumentDesk(self.window, desk, self._lie_over)
        self._intake = IntakeDesk(self.window, desk, self._lie_over)
        self._hint = Hint(self.window)
        self._counter = CaseCounter(desk)
        self.classes = ClassPicker(self.window, desk)
        self.units = UnitPicker(self.window, desk)
        self.lock = Lock(self.window, desk)
        self._looking = Looking(desk)
        self._wire()
        self._add(
            CaseCommands(self._counter).records()
            + self._documents.records()
            + self._intake.records()
            + self._records()
        )

    def _wire(self) -> None:
        desk, keys = self.desk, self.window.keys
        desk.asked.connect(self.asker.ask)
        desk.overlaid.connect(self._lie_over)
        self._counter.class_wanted.connect(self.classes.open)
        self._counter.unit_wanted.connect(self.units.open)
        desk.looked_in.connect(self.window.show_pane)
        desk.changed.connect(self._follow)
        desk.connection_changed.connect(self._on_connection)
        keys.pending.connect(lambda key, records: self._hint.say(key, records, desk.theme))
        desk.setting_changed.connect(self._apply)
        keys.refused.connect(desk.refuse)
        self.help.rebound.connect(self._rebound)
        cards = (self.palette, self.asker, self.help, self.log, self.settings)
        for overlay in (*cards, self.classes, self.units):
            self._lie_over(overlay)

    def _rebound(self) -> None:
        """Let a changed key work at once, and stand wherever keys are shown."""
        self.window.keys.renew(self.desk.registry)
        self.desk.setting_changed.emit("keys")

    def _lie_over(self, overlay: Overlay) -> None:
        """Let an overlay have the keyboard to itself while it is open."""
        overlay.opened.connect(self.window.keys.pause)
        overlay.closed.connect(self.window.keys.resume)

    def _add(self, records: list[Record]) -> None:
        records = self._own_keys.over(records, self.desk.registry)
        self.desk.registry.add(records)
        self.window.keys.bind(records, {})

    def add_pane(self, pane: Pane) -> None:
        """Let a pane move in with its commands."""
        self.window.add_pane(pane, self._own_keys)

    def check_keys(self) -> list[str]:
        """Return what is wrong with the keys once all panes are in."""
        return clashes(self.desk.registry)

    # --- what happens ---------------------------------------------------------------------

    def show(self) -> None:
        """Show the window where this officer had it."""
        self.window.restore_place(self._layouts.load(self._officer))

    def settle(self) -> None:
        """Put the panes where this officer had them; call it after the first paint."""
        self.window.restore_panes(self._layouts.load(self._officer))

    def _follow(self, touched: ChangeSet) -> None:
        if touched.whole:
            self.window.retranslate()

    def _leave(self, closing: Callable[[], None]) -> Callable[[], None]:
        def leave() -> None:
            self._layouts.save(self._officer, self.window.layout_now())
            closing()

        return leave

    def hub_stopped(self, at: datetime) -> None:
        """Say that the embedded hub died and comes again."""
        self._down_since = at.astimezone().strftime("%H:%M:%S")
        text = self.tr(
            "The hub stopped at {time} — starting it again; what was acknowledged is kept"
        )
        self.window.banner.say(text.format(time=self._down_since), self.desk.theme)

    def hub_broken(self, path: Path) -> None:
        """Say that the embedded hub does not come up, and where it says why."""
        text = self.tr(
            "The hub does not start. What was acknowledged is kept. Close and start again; "
            "if that does not help, why is written in {path}"
        )
        self.window.banner.say(text.format(path=path), self.desk.theme)

    def no_town(self, path: Path) -> None:
        """Say that the demo's town did not start."""
        text = self.tr(
            "The demo's town did not start: no new reports, no pictures. What was kept is here. "
            "Close and start again; why is written in {path}"
        )
        self._no_town = text.format(path=path)
        self.window.banner.say(self._no_town, self.desk.theme)

    def _on_connection(self, state: str) -> None:
        banner = self.window.banner
        if state == "live":
            if self._down_since:
                self._down_since = ""
                self.desk.toast.emit("ok", self.tr("The hub is back; nothing is missing"))
            banner.hide()
            if self._no_town:
                banner.say(self._no_town, self.desk.theme)
        elif state == "lost" and not self._down_since:
            self._down_since = datetime.now().astimezone().strftime("%H:%M:%S")
            text = self.tr("No connection to the hub since {time} — what you see may be old")
            banner.say(text.format(time=self._down_since), self.desk.theme)
        elif state == "refused":
            banner.say(self.tr("The hub refuses this seat: sign in again"), self.desk.theme)

    # --- commands -----------------------------------------------------------------------------

    def _records(self) -> list[Record]:
        window = self.window
        panes = [
            Record(
                id=f"pane.{name}",
                title=str(_PANE_TITLES[name]),
                run=partial(window.show_pane, name),
                key=window.dock_key(name),
            )
            for name in PANES
        ]
        goes = [
            replace(record, id=f"go.{name}", key=f"G, {_GO[name]}")
            for name, record in zip(PANES, panes, strict=True)
            if name in _GO
        ]
        return [
            Record("palette.open", str(_FIND), self.palette.open, "Ctrl+K"),
            Record("help.keys", str(_KEYS), self._show_keys, "?"),
            *panes,
            *goes,
            Record("help.log", str(_LOG), self.log.open, "Ctrl+L"),
            Record("window.full_screen", str(_FULL), window.toggle_full_screen, "Ctrl+F11"),
            Record("window.whole", str(_WHOLE), window.toggle_whole, "F10"),
            Record("window.reset", str(_RESET), window.reset_layout),
            Record("window.settings", str(_SETTINGS), self.settings.open, "Ctrl+,"),
            Record("window.theme", str(_THEME), self.next_theme, "Ctrl+Shift+T"),
            Record("window.language", str(_LANGUAGE), self.next_language, "Ctrl+Shift+L"),
            Record("window.lock", str(_LOCK), self.lock.lock, "Ctrl+Alt+L"),
            Record(
                "window.sign_out",
                str(_SIGN_OUT),
                self.lock.sign_out,
                when=lambda: self.lock.entrance is not None,
            ),
            Record("window.quit", str(_QUIT), self._quit, "Ctrl+Q"),
        ]

    def _quit(self) -> None:
        self.window.close()

    def _show_keys(self) -> None:
        self.help.open()

    def next_theme(self) -> None:
        """Change between day and night."""
        name = THEMES[(THEMES.index(self.desk.theme.name) + 1) % len(THEMES)]
        self.desk.set_setting("theme", name)

    def next_language(self) -> None:
        """Change between Chinese and English."""
        name = LANGUAGES[(LANGUAGES.index(self.language.name) + 1) % len(LANGUAGES)]
        self.desk.set_setting("language", name)

    def _apply(self, name: str) -> None:
        """Let a setting of the window count at once."""
        settings = self.desk.seat.settings
        if name in ("theme", "scale"):
            theme = load(settings["theme"], settings["scale"])
            dress(self._app, theme)
            self.desk.set_theme(theme)
        elif name == "language":
            self.language.use(settings["language"])
