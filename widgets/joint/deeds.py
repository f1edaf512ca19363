"""What an officer does in joint work: the forms and the commands they send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console import wire
from console.domain.case import Role
from widgets.bridge import Desk
from widgets.joint.form import Choices, Field, Form, Values
from widgets.joint.words import (
    LIMITS,
    MEDIATIONS,
    PERSUASIONS,
    UNITS,
    department_text,
    limit_text,
    word,
)
from widgets.wording import problem_text

_TYPES = {".png": "image/png", ".webp": "image/webp"}
_PHOTOS = ("before", "after")
_LEAD = frozenset({Role.SHIFT_LEADER, Role.LEADER})


class Deeds(QObject):
    """``done`` runs after each deed that the hub took."""

    def __init__(self, pane: QWidget, desk: Desk, done: Callable[[], None]) -> None:
        super().__init__(pane)
        self._pane = pane
        self._desk = desk
        self._done = done
        self._form: Form | None = None

    @property
    def form(self) -> Form:
        """The form over the window, made when it is first wanted."""
        window = self._pane.window()
        if self._form is None or self._form.parentWidget() is not window:
            self._form = Form(window)
            self._desk.overlaid.emit(self._form)
        return self._form

    # --- something new -------------------------------------------------------------------

    def issue_order(self) -> None:
        """Issue a supervision order, of the selected case if there is one."""
        fields = [
            *self._letter(),
            Field("level", self.tr("Level"), "choice", _same("1", "2", "3"), "1"),
            Field(
                "limit",
                self.tr("Within"),
                "choice",
                [(one, limit_text(one)) for one in LIMITS],
                "working_days:3",
            ),
        ]
        self._ask(self.tr("Issue a supervision order"), fields, "order.issue")

    def issue_notice(self) -> None:
        """Issue an early warning to departments."""
        self._ask(self.tr("Issue an early warning"), self._letter(), "notice.issue")

    def start_campaign(self) -> None:
        """Start a campaign with a goal in some unit."""
        fields = [
            Field("title", self.tr("Title"), needed=True),
            Field("goal", self.tr("Goal"), "number", needed=True),
            Field("unit", self.tr("Counted in"), "free_choice", _same(*UNITS), UNITS[0]),
            Field("start", self.tr("From (2026-01-31)")),
            Field("end", self.tr("Until (2026-01-31)")),
            self._departments(needed=False),
        ]
        self._ask(self.tr("Start a campaign"), fields, "campaign.start")

    def start_round(self) -> None:
        """Start a supervision round or a spot check."""
        fields = [
            Field("title", self.tr("Title"), needed=True),
            Field("kind", self.tr("Kind"), "choice", _words("inspection", "spot_check")),
            Field("place", self.tr("Place")),
        ]
        self._ask(self.tr("Start a round"), fields, "round.start")

    def count_persuasion(self) -> None:
        """Count people who were talked into putting something right."""
        fields = [
            Field("kind", self.tr("Kind"), "free_choice", _same(*PERSUASIONS), needed=True),
            Field("count", self.tr("How many"), "number", value="1", needed=True),
            Field("place", self.tr("Place")),
            self._districts(),
            Field("note", self.tr("Note")),
        ]
        self._ask(self.tr("Count a persuasion"), fields, "persuasion.count")

    def record_mediation(self) -> None:
        """Record a dispute that was heard, and what it came to."""
        fields = [
            Field("kind", self.tr("Kind"), "free_choice", _same(*MEDIATIONS), needed=True),
            Field("parties", self.tr("Parties, a comma between them"), needed=True),
            Field("matter", self.tr("Matter"), "text", needed=True),
            Field("result", self.tr("Result"), "choice", _words("agreed", "failed", "pending")),
            Field("agreement", self.tr("Agreement"), "text"),
            Field("place", self.tr("Place")),
            self._districts(),
            Field("case", self.tr("Case"), value=self._selected()),
        ]
        self._ask(self.tr("Record a mediation"), fields, "mediation.record")

    # --- with what is there ------------------------------------------------------------------

    def may_lead(self) -> bool:
        """Tell whether this officer issues orders."""
        return not _LEAD.isdisjoint(self._desk.mirror.officer.roles)

    def receive(self, section: str, paper: wire.SupervisionOrder | wire.Notice) -> None:
        """Give the receipt of a department; the desk is asked for which."""
        self._for_department(
            self.tr("Receipt"),
            paper,
            [receipt.department for receipt in paper.receipts],
            lambda id_: self._submit(f"{section}.receive", paper.id, {"department": id_}),
        )

    def answer(self, order: wire.SupervisionOrder) -> None:
        """Write what a department did."""
        self._for_department(
            self.tr("Answer"),
            order,
            [answer.department for answer in order.answers],
            partial(self._answer, order),
        )

    def _answer(self, order: wire.SupervisionOrder, department: str) -> None:
        name = department_text(self._desk.mirror, department)
        fields = [
            Field("text", self.tr("What was done"), "text", needed=True),
            Field("before", self.tr("Photo before"), "photo"),
            Field("after", self.tr("Photo after"), "photo"),
        ]

        def send(values: Values) -> None:
            media = [values.pop(photo) for photo in _PHOTOS if photo in values]
            args = values | {"department": department} | ({"media": media} if media else {})
            self._submit("order.answer", order.id, args, self.form.dismiss)

        self.form.ask(f"{order.number} · {name}", fields, partial(self._with_photos, _PHOTOS, send))

    def close_order(self, order: wire.SupervisionOrder) -> None:
        """End an order with a word on its result."""
        self._desk.ask(
            self.tr("Close {number}").format(number=order.number),
            self.tr("Result"),
            lambda text: self._submit("order.close", order.id, {"result": text}),
            confirm=True,
        )

    def end(self, section: str, id_: str, title: str) -> None:
        """End a campaign or a round."""
        self._desk.ask(
            self.tr("End {title}").format(title=title),
            self.tr("Result"),
            lambda text: self._submit(f"{section}.end", id_, {"result": text}),
            confirm=True,
        )

    def add_entry(self, campaign: wire.Campaign) -> None:
        """Count a piece of a campaign, with photos of before and after."""
        amount = self.tr("Amount ({unit})").format(unit=campaign.unit)
        fields = [
            Field("amount", amount, "number", needed=True),
            Field("place", self.tr("Place")),
            Field("case", self.tr("Case"), value=self._selected()),
            Field("before", self.tr("Photo before"), "photo"),
            Field("after", self.tr("Photo after"), "photo"),
            Field("note", self.tr("Note")),
        ]

        def send(values: Values) -> None:
            self._submit("campaign.add", campaign.id, values, self.form.dismiss)

        self.form.ask(campaign.title, fields, partial(self._with_photos, _PHOTOS, send))

    def add_case(self, round_: wire.Round) -> None:
        """Link the selected case to a round."""
        self._submit("round.add_case", round_.id, {"case": self._selected()})

    # --- sending ---------------------------------------------------------------------------

    def _ask(self, title: str, fields: list[Field], command: str) -> None:
        def send(values: Values) -> None:
            self._submit(command, None, _typed(values), self.form.dismiss)

        self.form.ask(title, fields, send)

    def _submit(
        self,
        command: str,
        target: str | None,
        args: dict[str, Any],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        def taken(_result: wire.CommandResult) -> None:
            then()
            self._done()

        self._desk.submit(command, target, args, taken, self._refused)

    def _refused(self, problem: wire.Problem) -> None:
        if self._form is not None and self._form.isVisible():
            self._form.complain(" ".join(filter(None, (problem_text(problem), problem.detail))))

    def _with_photos(
        self, names: Sequence[str], send: Callable[[Values], None], values: Values
    ) -> None:
        """Hand the photos to the hub one after the other, then send all with their ids."""
        name = next((name for name in names if name in values), None)
        if name is None:
            send(values)
            return
        path = Path(values[name])
        try:
            data = path.read_bytes()
        except OSError:
            self.form.complain(self.tr("{path} cannot be read").format(path=path))
            return

        def kept(media: wire.Media) -> None:
            rest = [other for other in names if other != name]
            self._with_photos(rest, send, values | {name: media.id})

        type_ = _TYPES.get(path.suffix.lower(), "image/jpeg")
        self._desk.upload("/api/joint/photos", data, type_, wire.Media, kept, self._refused)

    # --- fields ------------------------------------------------------------------------------

    def _letter(self) -> list[Field]:
        return [
            Field("title", self.tr("Title"), needed=True),
            Field("text", self.tr("Text"), "text", needed=True),
            self._departments(needed=True),
            Field("cases", self.tr("Cases, a comma between them"), value=self._selected()),
        ]

    def _departments(self, *, needed: bool) -> Field:
        known = sorted(self._desk.mirror.departments.values(), key=lambda one: one.id)
        choices = [(one.id, one.name) for one in known]
        return Field("departments", self.tr("Departments"), "many", choices, needed=needed)

    def _districts(self) -> Field:
        grids = sorted(self._desk.mirror.grids.values(), key=lambda grid: grid.id)
        choices = [("", "–"), *((grid.id, grid.name) for grid in grids if grid.level == 1)]
        return Field("district", self.tr("District"), "choice", choices)

    def _selected(self) -> str:
        case = self._desk.selection.case
        return case.id if case else ""

    def _for_department(
        self,
        title: str,
        paper: wire.SupervisionOrder | wire.Notice,
        done: list[str],
        then: Callable[[str], None],
    ) -> None:
        """Act for the one department left, or ask for which."""
        mine = self._desk.mirror.officer.departments
        left = [
            id_
            for id_ in paper.departments
            if id_ not in done and (id_ in mine or "*" in mine or self.may_lead())
        ]
        if not left:
            self._desk.toast.emit("info", self.tr("Nothing is left to be said here"))
        elif len(left) == 1:
            then(left[0])
        else:
            names = {department_text(self._desk.mirror, id_): id_ for id_ in left}
            self._desk.ask(
                f"{title} · {paper.number}",
                self.tr("Which department"),
                lambda name: then(names[name]),
                choices=list(names),
                closed=True,
            )


def _same(*values: str) -> Choices:
    return [(value, value) for value in values]


def _words(*codes: str) -> Choices:
    return [(code, word(code)) for code in codes]


def _typed(values: Values) -> Values:
    """Return what a form gave in the types that the hub expects."""
    typed = dict(values)
    for name in ("cases", "parties"):
        if name in typed:
            parts = str(typed[name]).replace("，", ",").replace("、", ",").split(",")
            typed[name] = [part.strip() for part in parts if part.strip()]
    for name in ("level", "count"):
        if name in typed:
            typed[name] = int(typed[name])
    return typed
