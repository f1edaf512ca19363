"""The four steps in which a reporter follows a case: 受理立案, 派单核实, 确认处置, 结果反馈."""

from __future__ import annotations

from console.domain.case import State

STEPS = ("受理立案", "派单核实", "确认处置", "结果反馈")
REFUSED = "未予立案"
SUPPLEMENT = "请补充材料"
SUSPENDED = "暂缓办理"

_DONE = {
    State.PROPOSED: 0,
    State.RETURNED: 0,
    State.ACCEPTED: 0,
    State.VERIFYING: 0,
    State.VERIFIED: 0,
    State.FILED: 1,
    State.DISPATCHED: 2,
    State.TAKEN: 2,
    State.ON_SITE: 2,
    State.SUSPENDED: 2,
    State.HANDLED: 3,
    State.CHECKED: 3,
    State.MERGED: 1,
    State.TRANSFERRED: 4,
    State.CLOSED: 4,
    State.ARCHIVED: 4,
}


def told(state: State, result: str = "", wanted: str = "") -> str:
    """Return the line a reporter reads: steps done are ticked, ``result`` ends it.

    ``wanted`` is what is missing where the report was returned to him.
    """
    if state is State.VOID:
        return f"{REFUSED}：{result}" if result else REFUSED
    done = _DONE[state]
    line = " → ".join(f"{step}✓" if n < done else step for n, step in enumerate(STEPS))
    if state is State.RETURNED:
        return f"{line}；{SUPPLEMENT}：{wanted}" if wanted else f"{line}；{SUPPLEMENT}"
    if state is State.SUSPENDED:
        line = f"{line}；{SUSPENDED}"
    return f"{line}：{result}" if result else line
