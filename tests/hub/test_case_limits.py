"""Standing still, running longer, watched from above, argued about afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.case import Action, Role, State
from console.hub.auth import SYSTEM
from console.hub.context import Hub
from console.hub.rules.case_flow import step
from tests.hub.case_lab import do, laid, now_of, person, refusal, told
from tests.hub.conftest import TestClock, opened, run

DESK = person(Role.DISPATCHER)
LEADER = person(Role.LEADER, id_="leader")
SHIFT = person(Role.SHIFT_LEADER, id_="shift")
ADMIN = person(Role.UNIT_ADMIN, id_="admin")
TECHNICAL = person(Role.TECHNICAL_REVIEWER, id_="engineer")
LEGAL = person(Role.LEGAL_REVIEWER, id_="lawyer")
BOTH = person(Role.TECHNICAL_REVIEWER, Role.LEGAL_REVIEWER, id_="both")


@pytest.fixture
def hub(hub_on_each: Hub) -> Hub:
    return hub_on_each


def test_a_suspended_case_stands_still_and_comes_back_where_it_was(
    hub: Hub, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(hub):
            row = await laid(hub, "A", State.ON_SITE)
            await do(hub, DESK, "case.suspend", "A", days=30, reason="等待施工许可")
            still = await now_of(hub, "A")
            assert (still.state, still.paused) == ("suspended", clock.now)
            assert still.resumes == clock.now + timedelta(days=30)
            clock.move(hours=5)
            await do(hub, DESK, "case.resume", "A")
            again = await now_of(hub, "A")
            assert (again.state, again.paused, again.resumes) == ("on_site", None, None)
            assert again.due == row.due + timedelta(hours=5)

    run(work())


def test_a_case_is_suspended_for_a_year_at_most_in_all(hub: Hub, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.FILED)
            for days in (0, -1, 367, "3", None, True, float("inf")):
                problem = await refusal(hub, DESK, "case.suspend", "A", days=days, reason="等")
                assert problem.field in ("days", "args"), days
            await do(hub, DESK, "case.suspend", "A", days=300, reason="等")
            clock.move(days=300)
            await do(hub, DESK, "case.resume", "A")
            more = await refusal(hub, DESK, "case.suspend", "A", days=67, reason="等")
            assert (more.code, more.field) == ("guard_suspension", "days")
            await do(hub, DESK, "case.suspend", "A", days=66, reason="等")

    run(work())


def test_a_limit_is_extended_twice_at_most_and_not_after_it_is_over(
    hub: Hub, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(hub):
            row = await laid(hub, "A", State.ON_SITE)
            asked = {"hours": 4, "reason": "设备未到"}
            assert (await refusal(hub, SHIFT, "case.refuse_extension", "A", reason="不")).code == (
                "guard_requested"
            )
            await do(hub, ADMIN, "case.ask_extension", "A", **asked)
            assert (await refusal(hub, ADMIN, "case.ask_extension", "A", **asked)).code == (
                "guard_one_request"
            )
            await do(hub, SHIFT, "case.refuse_extension", "A", reason="理由不足")
            await do(hub, ADMIN, "case.ask_extension", "A", **asked)
            for number in (1, 2):
                await do(hub, SHIFT, "case.extend", "A", **asked)
                longer = await now_of(hub, "A")
                assert longer.extensions == number
                assert longer.due == row.due + number * timedelta(hours=4)
            third = await refusal(hub, SHIFT, "case.extend", "A", **asked)
            assert third.code == "guard_extensions"
            await laid(hub, "B", State.ON_SITE, due=clock.now - timedelta(seconds=1))
            late = await refusal(hub, SHIFT, "case.extend", "B", **asked)
            assert late.code == "guard_in_time"
            assert (await refusal(hub, DESK, "case.extend", "A", **asked)).code == "forbidden"

    run(work())


def test_supervision_has_a_level_and_a_reason_and_is_taken_back_to_the_one_before(
    hub: Hub,
) -> None:
    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.FILED)
            assert (await refusal(hub, LEADER, "case.unsupervise", "A")).code == "guard_supervised"
            bad = await refusal(hub, LEADER, "case.supervise", "A", level=4, reason="群众反复投诉")
            assert bad.field == "level"
            first = await do(hub, LEADER, "case.supervise", "A", level=1, reason="群众反复投诉")
            second = await do(hub, LEADER, "case.supervise", "A", level=3, reason="市长热线")
            assert (await now_of(hub, "A")).supervised == 3
            assert first.undo is not None
            assert second.undo is not None
            assert second.undo.args == {"level": 1, "reason": "群众反复投诉"}
            await do(hub, LEADER, second.undo.id, "A", **second.undo.args)
            assert (await now_of(hub, "A")).supervised == 1
            await do(hub, LEADER, first.undo.id, "A")
            assert (await now_of(hub, "A")).supervised == 0

    run(work())


def test_an_appeal_needs_both_reviewers_and_leaves_the_timeout_as_it_is(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            row = await laid(hub, "A", State.HANDLED)
            appeal = {"stage": "handle", "reason": "道路封闭"}
            early = await refusal(hub, ADMIN, "case.appeal", "A", **appeal)
            assert (early.code, early.field) == ("guard_timeout_recorded", "stage")
            data = {"stage": "handle", "started": row.opened.isoformat()}
            await hub.store.write(lambda tx: step(hub, tx, row, Action.TIMEOUT, SYSTEM, data=data))
            await do(hub, ADMIN, "case.appeal", "A", **appeal)
            assert (await refusal(hub, ADMIN, "case.appeal", "A", **appeal)).code == (
                "guard_appeal_once"
            )
            word = {"upheld": True, "reason": "情况属实"}
            first = await do(hub, TECHNICAL, "case.review", "A", **word)
            assert first.data["verdict"] is None
            other = person(Role.TECHNICAL_REVIEWER, id_="other engineer")
            for who in (TECHNICAL, other):
                assert (await refusal(hub, who, "case.review", "A", **word)).code == (
                    "guard_other_reviewer"
                )
            last = await do(hub, LEGAL, "case.review", "A", **word)
            assert last.data["verdict"] is True
            over = await refusal(hub, LEGAL, "case.review", "A", **word)
            assert over.code == "guard_appeal_open"
            (timeout,) = await told(hub, "A", Action.TIMEOUT)
            assert timeout.data == data

    run(work())


def test_nobody_reviews_his_own_appeal_or_says_both_words(hub: Hub) -> None:
    lawyer = person(Role.UNIT_ADMIN, Role.LEGAL_REVIEWER, id_="admin")

    async def work() -> None:
        async with opened(hub):
            row = await laid(hub, "A", State.HANDLED)
            await hub.store.write(
                lambda tx: step(hub, tx, row, Action.TIMEOUT, SYSTEM, data={"stage": "arrive"})
            )
            await do(hub, lawyer, "case.appeal", "A", stage="arrive", reason="绕行")
            word = {"upheld": False, "reason": "不成立"}
            assert (await refusal(hub, lawyer, "case.review", "A", **word)).code == (
                "guard_appellant"
            )
            await do(hub, BOTH, "case.review", "A", **word)
            assert (await refusal(hub, BOTH, "case.review", "A", **word)).code == (
                "guard_other_reviewer"
            )
            done = await do(hub, LEGAL, "case.review", "A", **word)
            assert done.data["verdict"] is False
            bad = await refusal(hub, LEGAL, "case.review", "A", upheld="yes", reason="x")
            assert bad.field == "upheld"

    run(work())


def test_whoever_gave_the_evidence_neither_checks_nor_closes(hub: Hub) -> None:
    chief = person(Role.HANDLER, Role.SHIFT_LEADER, Role.UNIT_ADMIN, id_="chief")

    async def work() -> None:
        async with opened(hub):
            await laid(hub, "A", State.ON_SITE)
            bare = await refusal(hub, person(Role.HANDLER), "case.feedback", "A", text="已清理")
            assert (bare.code, bare.field) == ("guard_photo", "media")
            await do(hub, chief, "case.feedback", "A", text="相机损坏，现场已清理")
            assert (await refusal(hub, chief, "case.check", "A")).code == "guard_own_evidence"
            await do(hub, DESK, "case.check", "A")
            close = await refusal(hub, chief, "case.close", "A", reason="已整改")
            assert close.code == "guard_own_evidence"
            await do(hub, DESK, "case.close", "A", reason="已整改")
            assert (await now_of(hub, "A")).ended is not None
            await do(hub, DESK, "case.rate", "A", satisfaction=3, text="很快")
            assert (await now_of(hub, "A")).satisfaction == 3
            await do(hub, DESK, "case.archive", "A")
            assert (await now_of(hub, "A")).state == "archived"

    run(work())
