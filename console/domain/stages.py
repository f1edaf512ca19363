"""The clocks of a case: one a stage and one for the whole, told from its history.

What is running follows from the state, so that nothing but the history needs to be kept. Clocks
stand while a case is suspended, sent back to its reporter or over. A stage that is entered again
gets a new clock; a step that takes another one back lets the old clock run on, and so does rework
with the clock of handling: its time is counted together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from console.domain import limit
from console.domain.case import OVER, Action, State
from console.domain.limit import Limit
from console.domain.workdays import Calendar


class Stage(StrEnum):
    ACCEPT = "accept"
    VERIFY = "verify"
    DISPATCH = "dispatch"
    ARRIVE = "arrive"
    HANDLE = "handle"
    CHECK = "check"
    CLOSE = "close"
    WHOLE = "whole"


PAUSED = frozenset({State.SUSPENDED, State.RETURNED})
"""States that somebody else must end; all clocks stand."""

_KINDS = ("matter", "component")

_STAGES: Mapping[State, tuple[Stage, ...]] = {
    State.PROPOSED: (Stage.ACCEPT,),
    State.VERIFYING: (Stage.VERIFY,),
    State.ACCEPTED: (Stage.DISPATCH,),
    State.VERIFIED: (Stage.DISPATCH,),
    State.FILED: (Stage.DISPATCH,),
    State.DISPATCHED: (Stage.ARRIVE, Stage.HANDLE),
    State.TAKEN: (Stage.ARRIVE, Stage.HANDLE),
    State.ON_SITE: (Stage.HANDLE,),
    State.HANDLED: (Stage.CHECK,),
    State.CHECKED: (Stage.CLOSE,),
}
"""State -> the clocks that run in it, the one the queue shows first."""

_TAKEN_BACK = frozenset(
    {Action.RECALL, Action.UNCHECK, Action.REOPEN, Action.UNMERGE, Action.TAKE_BACK}
)
"""Steps back: the clock of the stage they lead to runs on."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the clocks need of one line of the history.

    ``sent`` says whether somebody is under way, None that nothing changed: the clock of arrival
    waits for him. ``hours`` is what an approved extension grants.
    """

    at: datetime
    action: Action
    state: State
    sent: bool | None = None
    hours: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How long each stage may take, and the whole of each kind of case."""

    source: str
    stages: Mapping[Stage, Limit]
    whole: Mapping[str, Limit]

    def limits(self, kind: str, rule: Limit | None) -> dict[Stage, Limit]:
        """Return the limits of a case; its rule's own limit is that of handling and the whole."""
        whole = rule or self.whole[kind]
        return {**self.stages, Stage.HANDLE: whole, Stage.WHOLE: whole}


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of one clock. ``due`` stands at what it was while the clock stands."""

    stage: Stage
    limit: Limit
    started: datetime
    due: datetime
    stopped: datetime | None
    standing: datetime | None
    paused: float
    provisional: bool

    def late(self, now: datetime) -> bool:
        """Tell whether it ran out, or had run out when it was stopped."""
        return self.due < (self.stopped or self.standing or now)


def clocks(
    history: Iterable[Step], limits: Mapping[Stage, Limit], calendar: Calendar
) -> list[Clock]:
    """Return every clock of a case in the order in which they started."""
    runs: list[_Run] = []
    extended = 0.0
    sent = False
    for step in history:
        extended += step.hours * 3600
        under_way = sent and step.state in (State.DISPATCHED, State.TAKEN, *PAUSED)
        sent = step.sent or (under_way and step.action is not Action.ASSIGN)
        _follow(runs, step, sent)
    return [run.clock(limits, calendar, round(extended)) for run in runs]


def shown(found: Sequence[Clock], state: State) -> Clock | None:
    """Return the stage's clock that the queue shows: of those that run, the first to end."""
    running = [clock for clock in found if clock.stage in _STAGES.get(state, ())]
    running = [clock for clock in running if clock.stopped is None]
    return min(running, key=lambda clock: clock.due, default=None)


def standing(found: Sequence[Clock]) -> Clock | None:
    """Return the stage's clock that will run on when a suspended case is resumed."""
    stood = [clock for clock in found if clock.stage is not Stage.WHOLE and clock.standing]
    return min(stood, key=lambda clock: clock.due, default=None)


@dataclass(slots=True)
class _Run:
    stage: Stage
    started: datetime
    stopped: datetime | None = None
    since: datetime | None = None
    pauses: list[limit.Span] = field(default_factory=list)

    def stand(self, at: datetime) -> None:
        self.since = self.since or at

    def run_on(self, at: datetime) -> None:
        """Let it run, if it does not: the time between was a pause."""
        since = self.since or self.stopped
        if since is not None:
            self.pauses.append((since, at))
        self.since = self.stopped = None

    def stop(self, at: datetime) -> None:
        self.stopped = self.stopped or self.since or at
        self.since = None

    def clock(self, limits: Mapping[Stage, Limit], calendar: Calendar, extended: int) -> Clock:
        given = limits[self.stage]
        more = extended if self.stage in (Stage.HANDLE, Stage.WHOLE) else 0
        due = limit.due(self.started, given, calendar, self.pauses, more)
        return Clock(
            self.stage,
            given,
            self.started,
            due,
            self.stopped,
            self.since,
            sum((end - begin).total_seconds() for begin, end in self.pauses),
            limit.provisional(self.started, due, given, calendar),
        )


def _follow(runs: list[_Run], step: Step, sent: bool) -> None:
    """Start, stop, hold or let run on what one step does to the clocks."""
    whole = next((run for run in runs if run.stage is Stage.WHOLE), None)
    if whole is None:
        whole = _Run(Stage.WHOLE, step.at)
        runs.append(whole)
    if step.state in OVER:
        whole.stop(step.at)
    elif step.state in PAUSED:
        whole.stand(step.at)
    else:
        whole.run_on(step.at)
    open_ = [run for run in runs if run.stopped is None and run is not whole]
    if step.state in PAUSED:
        for run in open_:
            run.stand(step.at)
        return
    wanted = [stage for stage in _STAGES.get(step.state, ()) if stage is not Stage.ARRIVE or sent]
    again = step.action in (Action.DISPATCH, Action.ASSIGN, Action.REWORK)
    for run in open_:
        if run.stage not in wanted or (again and run.stage is Stage.ARRIVE):
            run.stop(step.at)
        else:
            run.run_on(step.at)
    for stage in wanted:
        last = next((run for run in reversed(runs) if run.stage is stage), None)
        if last is not None and last.stopped is None:
            continue
        reworked = step.action is Action.REWORK and stage is Stage.HANDLE
        if last is not None and (reworked or step.action in _TAKEN_BACK):
            last.run_on(step.at)
        else:
            runs.append(_Run(stage, step.at))


def profile(table: Mapping[str, object]) -> Profile:
    """Build from a table of ``profiles.toml``; raise ``ValueError`` on another shape."""
    stages, whole = table.get("stages"), table.get("whole")
    if not (isinstance(stages, dict) and isinstance(whole, dict)):
        raise ValueError("profile: stages or whole has another shape")
    read = {Stage(name): limit.parse(str(text)) for name, text in stages.items()}
    kinds = {str(kind): limit.parse(str(text)) for kind, text in whole.items()}
    wanted = {*Stage} - {Stage.HANDLE, Stage.WHOLE}
    if missing := sorted({*map(str, wanted), *_KINDS} - {*map(str, read), *kinds}):
        raise ValueError(f"profile: no limit for {', '.join(missing)}")
    return Profile(str(table.get("source", "")), read, kinds)
