"""A case in one hand: taken once, shown, renewed, run out, taken over; on each engine."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from console import wire
from console.domain.case import Action, Role
from console.hub.auth import SYSTEM
from console.hub.commands import execute
from console.hub.context import Hub
from console.hub.refusal import Refused
from console.hub.rules import claims
from console.hub.rules.case_flow import step
from tests.hub.conftest import (
    NOON,
    TestClock,
    case_row,
    command,
    officer,
    officer_unit,
    opened,
    run,
    seed,
)

CASE = "C20261122-0001"
LEASE = timedelta(minutes=5)
WANG = officer(Role.DISPATCHER, Role.ACCEPTOR, id_="wang")
LI = officer(Role.DISPATCHER, Role.ACCEPTOR, id_="li")
CHIEF = officer(Role.LEADER, id_="chief")


async def do(hub: Hub, who: wire.Officer, id_: str, target: str = CASE, **args: Any) -> str:
    """Give a command; return ``done``, or the code and the words of the refusal."""
    try:
        await execute(hub, who, command(id_, target, **args))
    except Refused as refused:
        return f"{refused.problem.code} {refused.problem.detail}".strip()
    return "done"


def held(hub: Hub) -> str | None:
    return hub.live.cases[CASE].claimed_by


async def facts(hub: Hub) -> list[tuple[str, str]]:
    history = await hub.store.read(lambda reader: reader.history(CASE))
    return [(fact.action, fact.actor) for fact in history]


def test_one_of_sixty_gets_the_case_and_the_others_are_told_who_has_it(hub_on_each: Hub) -> None:
    hub = hub_on_each
    crowd = [officer(Role.DISPATCHER, id_=f"o{n:02d}") for n in range(60)]

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            said = await asyncio.gather(*(do(hub, who, "case.claim") for who in crowd))
            assert said.count("done") == 1
            first = crowd[said.index("done")]
            assert {one for one in said if one != "done"} == {f"claimed {first.name}"}
            row = hub.live.cases[CASE]
            assert (row.claimed_by, row.claimed_name) == (first.id, first.name)
            assert row.claimed_until == NOON + LEASE
            assert await facts(hub) == [("claim", first.id)]

    run(work())


def test_a_claimed_case_is_decided_by_its_holder_alone(hub_on_each: Hub) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row(), officer_unit("u1"))
            assert await do(hub, WANG, "case.claim") == "done"
            for id_, args in (
                ("case.file", {}),
                ("case.dispatch", {"unit": "u1"}),
                ("case.reject", {"reason": "不属实"}),
                ("case.reclassify", {"code": "09002"}),
                ("case.claim", {}),
                ("case.release", {}),
            ):
                assert await do(hub, LI, id_, **args) == "claimed wang", id_
            assert await do(hub, CHIEF, "case.file") == "claimed wang"
            assert await do(hub, LI, "case.note", text="看到了") == "done", "words decide nothing"
            assert await do(hub, WANG, "case.file") == "done"
            assert held(hub) is None, "filed, it is the next desk's"
            assert await do(hub, LI, "case.dispatch", unit="u1") == "done"

    run(work())


def test_the_street_and_the_hub_do_not_wait_for_a_desk(hub_on_each: Hub) -> None:
    hub = hub_on_each
    handler = officer(Role.HANDLER, id_="u1")

    async def work() -> None:
        async with opened(hub):
            row = case_row(state="dispatched", unit="u1")
            await seed(hub, row, officer_unit("u1"))
            assert await do(hub, WANG, "case.claim") == "done"

            async def act(who: wire.Officer, action: Action) -> None:
                now = hub.live.cases[CASE]
                await hub.store.write(
                    lambda tx: step(hub, tx, now, action, who, note="好", media=["m1"])
                )

            await act(SYSTEM, Action.ARRIVE)
            await act(handler, Action.FEEDBACK)
            assert hub.live.cases[CASE].state == "handled"

    run(work())


def test_a_leader_takes_a_case_over_and_an_officer_does_not(hub_on_each: Hub) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            assert await do(hub, WANG, "case.claim") == "done"
            assert await do(hub, LI, "case.take_over") == "forbidden case.take_over"
            assert await do(hub, CHIEF, "case.take_over") == "done"
            assert held(hub) == "chief"
            assert await do(hub, WANG, "case.file") == "claimed chief"
            history = await hub.store.read(lambda reader: reader.history(CASE))
            assert history[-1].data == {"from": "wang", "name": "wang"}
            assert await do(hub, CHIEF, "case.release") == "done"
            assert await do(hub, CHIEF, "case.release") == f"not_claimed {CASE}"
            assert await do(hub, WANG, "case.file") == "done"

    run(work())


def test_a_claim_runs_out_by_itself_and_others_see_it(hub_on_each: Hub, clock: TestClock) -> None:
    hub = hub_on_each
    sweep = claims.Sweep([])

    async def work() -> None:
        async with opened(hub):
            hub.on_change.append(sweep.follow)
            await seed(hub, case_row())
            await do(hub, WANG, "case.claim")
            version = hub.live.cases[CASE].version
            clock.move(minutes=4, seconds=59)
            await sweep.look(hub)
            assert held(hub) == "wang"
            clock.move(seconds=1)
            assert await do(hub, LI, "case.prioritise", priority=1) == "done", "it counts at once"
            await sweep.look(hub)
            assert held(hub) is None
            assert hub.live.cases[CASE].version == version + 1

    run(work())


def test_working_on_a_case_keeps_it_and_preparing_it_takes_it(
    hub_on_each: Hub, clock: TestClock
) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            assert await do(hub, WANG, "case.reclassify", code="09002") == "done"
            assert held(hub) == "wang"
            clock.move(minutes=4)
            assert await do(hub, WANG, "case.note", text="核对中") == "done"
            clock.move(minutes=4)
            assert await do(hub, LI, "case.file") == "claimed wang"
            clock.move(minutes=1)
            assert await do(hub, LI, "case.file") == "done"

    run(work())


def test_claiming_is_taken_back_by_its_undo(hub_on_each: Hub) -> None:
    hub = hub_on_each

    async def work() -> None:
        async with opened(hub):
            await seed(hub, case_row())
            claimed = await execute(hub, WANG, command("case.claim", CASE))
            assert claimed.undo is not None
            released = await execute(hub, WANG, claimed.undo)
            assert held(hub) is None
            assert released.undo is not None
            await execute(hub, WANG, released.undo)
            assert held(hub) == "wang"
            assert await facts(hub) == [("claim", "wang"), ("release", "wang"), ("claim", "wang")]

    run(work())


@pytest.mark.parametrize("looks", [True, False])
def test_looking_at_a_case_renews_the_claim(
    hub_on_each: Hub, clock: TestClock, looks: bool
) -> None:
    hub = hub_on_each
    sweep = claims.Sweep([])

    async def work() -> None:
        async with opened(hub):
            hub.on_change.append(sweep.follow)
            await seed(hub, case_row())
            await do(hub, WANG, "case.claim")
            seat = hub.stream.join(WANG)
            hub.presence.join(seat)
            hub.presence.look(seat, CASE if looks else None)
            for _ in range(4):
                clock.move(minutes=2)
                await sweep.look(hub)
            assert held(hub) == ("wang" if looks else None)
            hub.presence.leave(seat)
            hub.stream.leave(seat)

    run(work())
