"""The Qt end of a seat: one mailbox drained once per frame, and the signals panes live by."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QPointF, QRectF, Signal, SignalInstance
from PySide6.QtGui import QPainter

from console import wire
from console.seat.case_commands import held
from console.seat.commands import Record, Registry
from console.seat.history import History, Way
from console.seat.merge import again
from console.seat.mirror import ChangeSet, Fresh
from console.seat.saving import Saved
from console.seat.selection import Selection, select
from console.seat.session import Seat
from console.seat.stream import Told
from console.seat.turns import Turns
from widgets.mailbox import Mailbox
from widgets.merging import claimed_text, conflict_text
from widgets.theme import Theme
from widgets.wording import command_text, hub_command_text, problem_text

M = TypeVar("M", bound=wire.Message)

__all__ = ["Desk", "Question", "Selection"]

_ANY = 1 << 62
"""A number above all others: without the stream nothing more is seen, and nothing waits for it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the officer must say before a command goes out.

    ``choices`` are picked by number; with ``closed`` nothing else is an answer.
    """

    title: str
    prompt: str
    then: Callable[[str], None]
    choices: list[str] = field(default_factory=list)
    confirm: bool = False
    closed: bool = False


class Surroundings(Protocol):
    """What the map lends to other panes: a painter of a point's surroundings."""

    @property
    def ready(self) -> SignalInstance:
        """Tells that there is more to paint."""

    def paint(
        self, painter: QPainter, box: QRectF, lat: float, lon: float
    ) -> Callable[[float, float], QPointF] | None:
        """Paint; return where other points lie in the painter's pixels, None without a map."""


class Desk(Mailbox):
    """What panes share. Lives on the Qt thread; :meth:`post` alone may be called from others."""

    changed = Signal(ChangeSet)
    moved = Signal()
    selection_changed = Signal(Selection)
    connection_changed = Signal(str)
    health_changed = Signal()
    presence_changed = Signal()
    picked_changed = Signal()
    theme_changed = Signal()
    setting_changed = Signal(str)
    toast = Signal(str, str)
    asked = Signal(Question)
    looked_in = Signal(str)
    surroundings_changed = Signal()
    paper_wanted = Signal(object)
    """A :class:`console.seat.papers.Paper` is to be looked at before it goes out."""
    overlaid = Signal(object)
    """A pane made an overlay of its own: the window's keys are kept from it while it is open."""
    submitted = Signal(wire.Command)
    answered = Signal(wire.Command, object)

    def __init__(
        self, seat: Seat, theme: Theme, registry: Registry, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.seat = seat
        self.mirror = seat.mirror
        self.theme = theme
        self.registry = registry
        self.whole: wire.CaseDetail | None = None  # the case that was fetched last
        self.surroundings: Surroundings | None = None
        self.connection = "connecting"
        self.camera: str | None = None
        """The camera that the officer has chosen on the wall."""
        self.told: dict[str, float] = {}
        self.history = History()
        self._turns = Turns()
        self._touched = ChangeSet()
        self._moved = False

    def start(self) -> None:
        """Let the hub speak, and drain once per frame what it says."""
        self.run()
        self.seat.client.start(
            lambda message: self.post(partial(self.receive, message)),
            lambda state: self.post(partial(self.set_connection, state)),
        )

    def drained(self) -> None:
        """Tell panes once what was touched."""
        touched, self._touched = self._touched, ChangeSet()
        if touched.whole or touched.kinds:
            self._follow(touched)
            self.changed.emit(touched)
        self._turns.seen(self.mirror.seq if self.connection == "live" else _ANY)
        if self._moved:
            self._moved = False
            self.moved.emit()

    # --- what comes from the hub (runs on the Qt thread, out of the mailbox) -----

    def receive(self, message: Told) -> None:
        """Take one message of the stream; called through :meth:`post`."""
        match message:
            case wire.Changes():
                self._touched.merge(self.mirror.apply(message.changes))
            case wire.Positions():
                self.mirror.move(message.positions)
                self._moved = True
            case Fresh():
                self._touched.merge(self.mirror.load(message.snapshot, message.tables))
            case wire.Health():
                self.mirror.health = message
                self.health_changed.emit()
            case wire.Presence():
                self.mirror.present = message.present
                self.presence_changed.emit()

    def set_connection(self, state: str) -> None:
        """Note the state of the stream: ``connecting``, ``live``, ``lost`` or ``refused``."""
        if state != self.connection:
            self.connection = state
            self.connection_changed.emit(state)

    # --- the selection -------------------------------------------------------------

    @property
    def selection(self) -> Selection:
        """What the officer is looking at."""
        return self.seat.selection

    def select_case(self, case_id: str | None) -> None:
        """Look at a case, or at nothing."""
        case = self.row(case_id) if case_id else None
        if case is None:
            self._select(Selection())
        else:
            self._select(select(self.mirror, case, case.at.lat, case.at.lon))

    def row(self, case_id: str) -> wire.CaseRow | None:
        """Return a case as far as it is known here: of the mirror, else paged in by the queue."""
        return self.mirror.cases.get(case_id) or self.seat.beyond.get(case_id)

    def select_point(self, lat: float, lon: float) -> None:
        """Look at a place without a case."""
        self._select(select(self.mirror, None, lat, lon))

    def _select(self, selection: Selection) -> None:
        if selection != self.seat.selection:
            self.seat.selection = selection
            self.selection_changed.emit(selection)

    def _follow(self, touched: ChangeSet) -> None:
        """Keep the selection true when its case or the devices changed under it."""
        now = self.selection
        if now.lat is None or now.lon is None:
            return
        if now.case is None:
            if touched.touches("camera") or touched.touches("speaker"):
                self._select(select(self.mirror, None, now.lat, now.lon))
        elif touched.whole or now.case.id in touched.kinds.get("case", ()):
            self.select_case(now.case.id)

    # --- asking the hub ----------------------------------------------------------------

    def submit(
        self,
        command_id: str,
        target: str | None = None,
        args: dict[str, Any] | None = None,
        then: Callable[[wire.CommandResult], None] | None = None,
        failed: Callable[[wire.Problem], None] | None = None,
    ) -> wire.Command:
        """Send a command; ``then`` runs on the Qt thread when the hub has acknowledged it.

        A refusal becomes a toast, and ``failed`` runs too where it is given.
        """
        case = self.row(target) if target else None
        command = wire.Command(
            id=command_id,
            key=uuid.uuid4().hex,
            target=target,
            version=case.version if case else None,
            args=args or {},
        )
        self.send(command, then, failed)
        return command

    def send(
        self,
        command: wire.Command,
        then: Callable[[wire.CommandResult], None] | None = None,
        failed: Callable[[wire.Problem], None] | None = None,
        way: Way = "do",
    ) -> None:
        """Send a ready command, such as the undo of an earlier one, when its turn comes."""
        line = _line_of(command)
        late = self._turns.busy(line)

        def go() -> None:
            seen = self._as_seen(command) if late else command
            self._put(seen, then, failed, way)

        self._turns.take(line, go)

    def _as_seen(self, command: wire.Command) -> wire.Command:
        """Return a command for its case as this seat sees it now."""
        case = self.row(command.target) if command.target else None
        return command.model_copy(update={"version": case.version}) if case else command

    def _put(
        self,
        command: wire.Command,
        then: Callable[[wire.CommandResult], None] | None,
        failed: Callable[[wire.Problem], None] | None,
        way: Way,
    ) -> None:
        def answer(result: wire.CommandResult | wire.Problem) -> None:
            self.history.answered(command, result)
            self.answered.emit(command, result)
            if isinstance(result, wire.CommandResult):
                self._turns.answered(line, result.seq)
                if then:
                    then(result)
                return
            self._take_current(result)
            second = again(command, result, held(self.mirror.officer.roles))
            if second is not None:
                self.toast.emit("info", self._merged(command, result))
                self._put(second, then, failed, way)
                return
            self._turns.answered(line, 0)
            self.toast.emit(*self._refusal(command, result))
            if failed:
                failed(result)

        line = _line_of(command)
        self.history.sent(command, self.now(), way)
        self.submitted.emit(command)
        self.seat.client.submit(command, lambda result: self.post(partial(answer, result)))

    def _take_current(self, problem: wire.Problem) -> None:
        """Show the row as the hub has it, when it told why ours was too old."""
        if problem.current is not None and problem.current.get("id") in self.mirror.cases:
            self._touched.merge(self.mirror.take_case(problem.current))

    def _refusal(self, command: wire.Command, problem: wire.Problem) -> tuple[str, str]:
        """Return level and words of a refusal; a step somebody else took is news, not a fault."""
        if problem.code == "claimed" and problem.current is not None:
            return "warn", claimed_text(problem)
        if problem.code != "conflict" or problem.current is None:
            return "urgent", problem_text(problem)
        text = self.tr("{news}. Look, then {command} again")
        return "warn", text.format(news=conflict_text(problem), command=self._with_key(command))

    def _merged(self, command: wire.Command, problem: wire.Problem) -> str:
        """Say that what somebody else changed does not stand in the way."""
        text = self.tr("{news}. {command} fits that as well and is done")
        return text.format(news=conflict_text(problem), command=self.command_title(command))

    def _with_key(self, command: wire.Command) -> str:
        """Return what a command is called, with the key that gives it."""
        title = self.command_title(command)
        key = self.registry[command.id].key if command.id in self.registry else ""
        return f"{title} ({key})" if key else title

    def undo(self) -> None:
        """Take the last deed back, by the command the hub named for it."""
        self._go(self.history.take_undo(), "undo", self.tr("Undone"))

    def redo(self) -> None:
        """Do the last undone deed again."""
        self._go(self.history.take_redo(), "redo", self.tr("Done again"))

    def _go(self, command: wire.Command | None, way: Way, word: str) -> None:
        """Send it by what the officer sees now: notes may have been added since the deed."""
        if command is None:
            return
        case = self.mirror.cases.get(command.target or "")
        seen = command.model_copy(update={"version": case.version if case else None})
        text = f"{word}: {self.command_title(command)}"
        self.send(seen, lambda _: self.toast.emit("ok", text), way=way)

    def refuse(self, record: Record) -> None:
        """Say that a key's command is not possible now."""
        text = self.tr("Not possible now: {command}").format(command=command_text(record.title))
        self.toast.emit("info", text)

    def command_title(self, command: wire.Command) -> str:
        """Return what a command is called in the officer's language."""
        if command.id in self.registry:
            return command_text(self.registry.title(command.id))
        return hub_command_text(command.id)

    def detail(self, case_id: str, then: Callable[[wire.CaseDetail], None]) -> None:
        """Fetch a case whole; ``then`` runs on the Qt thread. A failure becomes a toast."""

        def got(detail: wire.CaseDetail) -> None:
            self.whole = detail
            then(detail)

        self.seat.client.detail(case_id, lambda came: self.post(lambda: self._give(came, got)))

    def media(
        self,
        media_id: str,
        then: Callable[[bytes], None],
        failed: Callable[[wire.Problem], None] | None = None,
    ) -> None:
        """Fetch a photo or sound; ``then`` runs on the Qt thread. A failure becomes a toast."""
        self.seat.client.media(
            media_id, lambda got: self.post(lambda: self._give(got, then, failed))
        )

    def month_report(
        self, start: datetime, end: datetime, then: Callable[[wire.MonthReport], None]
    ) -> None:
        """Fetch the figures of the cases opened from ``start`` to ``end``."""
        self.seat.client.month_report(
            start, end, lambda got: self.post(lambda: self._give(got, then))
        )

    def basemap(self, then: Callable[[bytes], None]) -> None:
        """Fetch the base map (GeoJSON text); ``then`` runs on the Qt thread."""
        self.seat.client.basemap(lambda got: self.post(lambda: self._give(got, then)))

    def request(
        self,
        path: str,
        body: wire.Message,
        model: type[M],
        then: Callable[[M], None],
        failed: Callable[[wire.Problem], None] | None = None,
    ) -> None:
        """Ask the hub something that takes a body; ``then`` runs on the Qt thread.

        A failure becomes a toast; ``failed`` runs too where it is given.
        """
        data = body.model_dump_json().encode()
        self.upload(path, data, "application/json", model, then, failed)

    def upload(
        self,
        path: str,
        data: bytes,
        type_: str,
        model: type[M],
        then: Callable[[M], None],
        failed: Callable[[wire.Problem], None] | None = None,
    ) -> None:
        """Hand bytes to the hub, as :meth:`request` does a message."""
        self.seat.client.upload(
            path, data, type_, model, lambda got: self.post(partial(self._give, got, then, failed))
        )

    def save(
        self, path: str, body: wire.Message, file: Path, then: Callable[[Saved], None]
    ) -> None:
        """Have the hub make a table and put it into ``file``; ``then`` runs on the Qt thread."""
        self.seat.client.save(
            path,
            body.model_dump_json().encode(),
            file,
            lambda got: self.post(lambda: self._give(got, then)),
        )

    def _give(
        self,
        got: Any,
        then: Callable[[Any], None],
        failed: Callable[[wire.Problem], None] | None = None,
    ) -> None:
        if isinstance(got, wire.Problem):
            self.toast.emit("warn", problem_text(got))
            if failed is not None:
                failed(got)
        else:
            then(got)

    def ask(
        self,
        title: str,
        prompt: str,
        then: Callable[[str], None],
        *,
        choices: list[str] | None = None,
        confirm: bool = False,
        closed: bool = False,
    ) -> None:
        """Ask the officer for a line of text, such as a reason; Escape gives nothing.

        ``choices`` are ready lines picked by number, with ``closed`` the only answers;
        ``confirm`` demands Ctrl+Enter.
        """
        self.asked.emit(Question(title, prompt, then, choices or [], confirm, closed))

    def look_in(self, pane: str) -> None:
        """Show the selection in a pane, and give that the keyboard."""
        self.looked_in.emit(pane)

    def offer_surroundings(self, surroundings: Surroundings) -> None:
        """Let panes paint a piece of the map, without knowing the map."""
        self.surroundings = surroundings
        surroundings.ready.connect(self.surroundings_changed)

    def pick(self, ids: Iterable[str]) -> None:
        """Let the next deed be done to these cases; to the selected one where there are none."""
        picked = set(ids)
        if picked != self.seat.picked:
            self.seat.picked = picked
            self.picked_changed.emit()

    def now(self) -> datetime:
        """Return the hub's present time as well as it is known; deadlines count by it."""
        return datetime.now(UTC) + timedelta(seconds=self.seat.client.skew)

    def tell(self, name: str, value: float) -> None:
        """Let the status line know a pane's figure, such as ``cameras_live``."""
        self.told[name] = value

    def set_setting(self, name: str, value: Any) -> None:
        """Change a setting; whoever lives by it follows at once."""
        self.seat.settings[name] = value
        self.setting_changed.emit(name)

    def set_theme(self, theme: Theme) -> None:
        """Change the look at run time."""
        self.theme = theme
        self.theme_changed.emit()


def _line_of(command: wire.Command) -> str:
    """Return in which line a command waits: its case's; what rests on none has one of its own."""
    return command.target if command.target and command.version is not None else command.key
