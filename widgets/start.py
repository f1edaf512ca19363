"""From nothing to a working window: the window first, everything else after its first paint."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from console import search_text, wire
from console.resources import resource
from console.seat.backing import Backing
from console.seat.client import HubClient
from console.seat.commands import Registry
from console.seat.hub_process import HubNews
from console.seat.keymap import OwnKeys
from console.seat.layouts import Layouts
from console.seat.lines import Lines
from console.seat.queue_views import Views
from console.seat.session import Seat
from console.seat.settings import Settings
from console.seat.trace import trace, tracing
from widgets import panes
from widgets.bridge import Desk
from widgets.language import Language
from widgets.lock import Entrance
from widgets.login import LoginDialog
from widgets.shell import Shell
from widgets.style import dress
from widgets.theme import load
from widgets.tracer import Tracer

log = logging.getLogger(__name__)

TOO_OFTEN = 3
"""Deaths of the hub without being ready in between after which its log is pointed at."""


class FirstPaint(QObject):
    """Calls once, right after a widget was painted for the first time."""

    def __init__(self, target: QObject, then: Callable[[], None]) -> None:
        super().__init__(target)
        self._then = then
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint, then leave."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


class Start:
    """Builds a running seat and takes it down again."""

    def __init__(self, options: argparse.Namespace, backing: Backing | None) -> None:
        self._options = options
        self._backing = backing
        self.app = application()
        data: Path = options.data
        self.settings = Settings(data / "settings.json")
        for name, given in (("language", options.lang), ("theme", options.theme)):
            if given:
                self.settings[name] = given
        self.language = Language(self.app)
        self.language.use(self.settings["language"])
        self._own_keys = OwnKeys(data / "keys.toml")
        self._layouts = Layouts(data / "layouts")
        self._rest = list(panes.REST)
        self._deaths = 0

    def run(self) -> int:
        """Show the window and stay until it is closed; return the exit code."""
        theme = load(self.settings["theme"], self.settings["scale"])
        dress(self.app, theme)
        warn_without_chinese_font()
        access = self._access()
        if access is None:
            return 1
        url, token, officer = access
        self.client = HubClient(url, token)
        seat = Seat(
            self.client,
            settings=self.settings,
            lines=Lines(self._options.data / "templates"),
            views=Views(self._options.data / "views.json"),
        )
        self.desk = Desk(seat, theme, Registry())
        self.shell = Shell(
            self.app,
            self.desk,
            self.language,
            self._layouts,
            officer,
            self._own_keys,
            self.app.quit,
        )
        if self._options.hub:
            self.shell.lock.entrance = Entrance(self._options.hub, self._admit)
        self._watch_errors()
        self.desk.connection_changed.connect(self._on_connection)
        if self._backing is not None:
            self._backing.hub.listen(lambda news: self.desk.post(partial(self._hub_news, news)))
            self._backing.listen(lambda log: self.desk.post(partial(self.shell.no_town, log)))
        self._show()
        code = self.app.exec()
        self.desk.stop()
        self.client.close()
        return code

    def _access(self) -> tuple[str, str, str] | None:
        """Return the hub's address, our token and who sits here; None when nobody signed in."""
        if self._backing is not None:
            return self._backing.url, self._backing.token, self._backing.officer
        session = self._sign_in()
        return None if session is None else (self._options.hub, session.token, session.officer.id)

    def _sign_in(self) -> wire.Session | None:
        dialog = LoginDialog(self._options.hub)
        dialog.exec()
        return dialog.session

    def _on_connection(self, state: str) -> None:
        """Sign in again when a bureau's hub ended the session."""
        if state == "refused" and self._options.hub:
            self.shell.lock.session_ended()

    def _admit(self, session: wire.Session) -> None:
        """Go on with a new session; somebody else begins with what he may see."""
        other = session.officer.id != self.desk.seat.officer.id
        if other:
            self.desk.history.forget()
        self.client.renew(session.token, anew=other)

    # --- the window first ---------------------------------------------------------------

    def _show(self) -> None:
        window = self.shell.window
        self.queue = panes.FIRST(self.desk)
        self.shell.add_pane(self.queue)
        if tracing():
            self._tracer = Tracer(self.desk, self.queue)
        self._first = FirstPaint(window, self._painted)
        self.desk.start()
        self.shell.show()

    def _painted(self) -> None:
        trace("first_paint")
        self.shell.settle()
        QTimer.singleShot(0, self._next_pane)

    def _next_pane(self) -> None:
        if self._rest:
            # Asked for first: a pane that cannot be made leaves the others as they are.
            QTimer.singleShot(0, self._next_pane)
            self.shell.add_pane(self._rest.pop(0)(self.desk))
            return
        for wrong in self.shell.check_keys():
            log.error("%s", wrong)
        self.shell.window.show_pane("queue")
        self.desk.settle()
        # Here and not when somebody types: it would hold up the first letter.
        threading.Thread(target=search_text.warm, name="pinyin", daemon=True).start()
        trace("ready")

    # --- news and faults ------------------------------------------------------------------

    def _hub_news(self, news: HubNews) -> None:
        if news.what == "ready":
            self._deaths = 0
            self.client.hurry()
            return
        self._deaths += 1
        if self._deaths < TOO_OFTEN:
            self.shell.hub_stopped(news.at)
        else:
            self.shell.hub_broken(self._options.data / "hub" / "hub.log")

    def _watch_errors(self) -> None:
        """Show what nobody caught, instead of losing it; and leave in order on a signal."""

        def caught(
            kind: type[BaseException], error: BaseException, trail: TracebackType | None
        ) -> None:
            log.error("".join(traceback.format_exception(kind, error, trail)))
            self.desk.toast.emit("urgent", f"{kind.__name__}: {error}")

        sys.excepthook = caught
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.shell.window.close())


def application() -> QApplication:
    """Return the one QApplication, made as the browser and the themes need it."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Zhihui")
    app.setDesktopFileName("zhihui")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(resource("icons/zhihui.svg"))))
    app.setQuitOnLastWindowClosed(False)
    return app


def warn_without_chinese_font() -> None:
    """Say what to install when no font here can write Chinese."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        QMessageBox.warning(
            None,
            "Zhihui",
            "No font of this machine can write Chinese. Install one, for example:\n"
            "apt-get install fonts-noto-cjk",
        )


def run(options: argparse.Namespace, backing: Backing | None) -> int:
    """Run a seat until its window is closed; return the exit code."""
    return Start(options, backing).run()
