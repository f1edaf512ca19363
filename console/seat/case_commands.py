"""What an officer does to the selected case, or to all that are picked, as command records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from console import wire
from console.domain import flow
from console.domain.case import Action, Role, State
from console.seat.asking import SURE, Look, Slot, sent
from console.seat.case_deeds import DEEDS
from console.seat.commands import Record
from console.seat.deed import Deed
from console.seat.history import History
from console.seat.mirror import OPEN_STATES, Mirror
from console.seat.queue_live import LiveOrder
from console.seat.queue_order import following
from console.seat.selection import Selection
from console.seat.session import Seat
from console.seat.text import QT_TRANSLATE_NOOP

Args = dict[str, Any]


class Counter(Protocol):
    """What these commands need of the desk."""

    seat: Seat
    mirror: Mirror
    history: History

    @property
    def whole(self) -> wire.CaseDetail | None:
        """The case that was fetched last."""

    @property
    def selection(self) -> Selection:
        """What the officer is looking at."""

    def select_case(self, case_id: str | None) -> None:
        """Look at a case."""

    def submit(self, command_id: str, target: str, args: Args) -> None:
        """Send a command."""

    def submit_all(self, title: str, command_id: str, ids: Sequence[str], args: Args) -> None:
        """Send one command for several cases: one transaction, one undo."""

    def detail(self, case_id: str, then: Callable[[wire.CaseDetail], None]) -> None:
        """Fetch a case whole."""

    def undo(self) -> None:
        """Take the last deed back."""

    def redo(self) -> None:
        """Do the last undone deed again."""

    def choice_text(self, text: str) -> str:
        """Return a text marked in the context ``Choice`` in the officer's language."""

    def ask_about(
        self,
        title: str,
        prompt: str,
        then: Callable[[str], None],
        *,
        choices: list[str],
        confirm: bool,
        closed: bool,
        cases: int,
    ) -> None:
        """Ask one question of a command on so many cases; ``closed`` allows a choice only."""

    def misread(self, text: str) -> None:
        """Say that an answer could not be understood."""

    def pick_class(self, case: wire.CaseRow, then: Callable[[str, str | None], None]) -> None:
        """Let the officer choose a class, and a filing rule or None."""

    def pick_unit(
        self, case: wire.CaseRow, kinds: Sequence[str], then: Callable[[str, str], None]
    ) -> None:
        """Let the officer choose one of ``kinds``, ``unit`` or ``department``, and its id."""

    def look_in(self, pane: str) -> None:
        """Show the selection in a pane and give that the keyboard."""


_KINDS = {"unit": ("unit", "department"), "officer": ("unit",), "department": ("department",)}

UNDO = QT_TRANSLATE_NOOP("Command", "Undo")
REDO = QT_TRANSLATE_NOOP("Command", "Redo")
LOCATE = QT_TRANSLATE_NOOP("Command", "Show the case on the map")
CAMERAS = QT_TRANSLATE_NOOP("Command", "Show the nearest cameras on the wall")


class CaseCommands:
    """Binds the case flow to the desk's selection and to what is picked in the queue."""

    def __init__(self, desk: Counter) -> None:
        self._desk = desk

    def records(self) -> list[Record]:
        """Return the records, in the order of a case's life."""
        desk = self._desk

        def located() -> bool:
            return desk.selection.lat is not None

        return [
            *(self._record(deed) for deed in DEEDS),
            Record("case.locate", LOCATE, partial(desk.look_in, "map"), "L", when=located),
            Record("case.cameras", CAMERAS, partial(desk.look_in, "wall"), "I", when=located),
            Record("desk.undo", UNDO, desk.undo, "Z", when=lambda: desk.history.can_undo),
            Record("desk.redo", REDO, desk.redo, "Shift+Z", when=lambda: desk.history.can_redo),
        ]

    def _record(self, deed: Deed) -> Record:
        rows = [row for row in flow.RULES if row.action is deed.action]
        return Record(
            id=deed.id,
            title=deed.title,
            run=partial(self._begin, deed),
            key=deed.key,
            when=partial(self._allowed, deed),
            undo="hub" if any(row.undo for row in rows) else deed.why,
            confirm=any(row.final for row in rows),
            action=deed.action,
        )

    # --- what it is about --------------------------------------------------------------

    def _targets(self) -> list[str]:
        """Return the picked cases, else the selected one."""
        case = self._desk.selection.case
        return sorted(self._desk.seat.picked) or ([case.id] if case is not None else [])

    def _allowed(self, deed: Deed) -> bool:
        officer = self._desk.mirror.officer
        roles = held(officer.roles)
        targets = self._targets()
        rows = [self._desk.mirror.cases.get(target) for target in targets]
        known = [row for row in rows if row is not None]
        if len(known) < len(targets):
            # Picked further down than this seat holds: the hub will say which it refuses.
            return any(set(roles) & row.roles for row in flow.RULES if row.action is deed.action)
        return any(
            flow.rule(State(row.state), deed.action, roles) is not None and deed.also(row, officer)
            for row in known
            if row.state in set(State)
        )

    # --- from the key to the hub ----------------------------------------------------------

    def _begin(self, deed: Deed) -> None:
        case, targets = self._desk.selection.case, self._targets()
        if case is None:
            case = next(filter(None, map(self._desk.mirror.cases.get, targets)), None)
        if case is None:
            return
        go = partial(self._ask, deed, case, targets, deed.slots)
        match deed.picker:
            case "class":
                self._desk.pick_class(case, lambda code, rule: go(class_args(code, rule)))
            case "":
                if len(targets) > 1 and not deed.slots:
                    go = partial(self._ask, deed, case, targets, (SURE,))
                go({})
            case picker:
                self._desk.pick_unit(case, _KINDS[picker], partial(self._picked, deed, case, go))

    @staticmethod
    def _picked(
        deed: Deed, case: wire.CaseRow, go: Callable[[Args], None], kind: str, id_: str
    ) -> None:
        if deed.action is Action.ASSIST:
            # Whoever assists already goes on assisting.
            go({"departments": list(dict.fromkeys([*case.assisting, id_]))})
        else:
            go({kind: id_})

    def _ask(
        self, deed: Deed, case: wire.CaseRow, targets: list[str], slots: Sequence[Slot], args: Args
    ) -> None:
        """Put the next question, or send what was answered."""
        if not slots:
            self._send(deed, case, targets, args)
            return
        slot, desk = slots[0], self._desk
        detail = desk.whole if desk.whole is not None and desk.whole.row.id == case.id else None
        if slot.whole and detail is None:
            desk.detail(case.id, lambda _: self._ask(deed, case, targets, slots, args))
            return
        look = Look(
            case,
            detail,
            desk.mirror,
            desk.seat.lines,
            desk.seat.settings["language"],
            desk.choice_text,
        )
        options = dict(slot.options(look)) if slot.options else {}

        def answered(text: str) -> None:
            value = options[text] if text in options else slot.read and slot.read(text, look)
            if value is None:
                desk.misread(text)
                self._ask(deed, case, targets, slots, args)
            else:
                self._ask(deed, case, targets, slots[1:], {**args, slot.arg: value})

        desk.ask_about(
            deed.title,
            slot.prompt,
            answered,
            choices=list(options),
            confirm=len(slots) == 1 and self._final(deed),
            closed=slot.read is None,
            cases=len(targets),
        )

    @staticmethod
    def _final(deed: Deed) -> bool:
        return any(row.final for row in flow.RULES if row.action is deed.action)

    def _send(self, deed: Deed, case: wire.CaseRow, targets: list[str], args: Args) -> None:
        desk, command = self._desk, deed.command or deed.id
        following = self._following(case.id) if deed.goes_on else None
        args = sent(args)
        others = [target for target in targets if target != args.get("into")]
        if len(targets) > 1:
            desk.submit_all(deed.title, command, others, args)
        else:
            desk.submit(command, targets[0], args)
        if following is not None:
            desk.select_case(following)

    def _following(self, case_id: str) -> str | None:
        """Return the next case that waits for the desk, as the queue shows them."""
        seat, mirror = self._desk.seat, self._desk.mirror
        roles = held(mirror.officer.roles)
        order = LiveOrder(mirror.cases, OPEN_STATES) if seat.order is None else seat.order
        return following(order, case_id, lambda row: waits(row, roles))


def class_args(code: str, rule: str | None) -> Args:
    """Return what a change of class is sent with."""
    return {"code": code} | ({"rule": rule} if rule else {})


def held(roles: list[str]) -> list[Role]:
    """Return the roles this program knows; a newer hub may name others."""
    known = {role.value for role in Role}
    return [Role(role) for role in roles if role in known]


def waits(case: wire.CaseRow, roles: Sequence[Role]) -> bool:
    """Tell whether a case waits for these roles to send somebody, or to take it on."""
    steps = (Action.DISPATCH, Action.ACCEPT)
    return any(flow.rule(State(case.state), step, roles) is not None for step in steps)
