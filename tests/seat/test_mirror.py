"""The mirror: changes in order on a snapshot give the snapshot of the later number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console import wire
from console.seat.mirror import Mirror, urgency

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DUTY = wire.Officer(id="duty", name="值班员", roles=["dispatcher"])


def unit(name: str, state: str) -> dict[str, Any]:
    return {"id": name, "kind": "officer", "name": name, "state": state}


def snapshot(seq: int, units: dict[str, dict[str, Any]]) -> wire.Snapshot:
    return wire.Snapshot(
        seq=seq, at=NOW, town="", officer=DUTY, entities={"unit": list(units.values())}
    )


STEPS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["free", "tasked", "off", None])),
    max_size=30,
)


@given(before=STEPS, after=STEPS)
def test_changes_in_order_give_the_later_snapshot(
    before: list[tuple[str, str | None]], after: list[tuple[str, str | None]]
) -> None:
    truth: dict[str, dict[str, Any]] = {}
    changes = []
    for seq, (name, state) in enumerate(before + after, start=1):
        body = unit(name, state) if state else None
        changes.append(wire.Change(seq=seq, at=NOW, kind="unit", id=name, body=body))
    for change in changes[: len(before)]:
        put(truth, change)
    mirror = Mirror()
    mirror.load(snapshot(len(before), truth))
    for change in changes[len(before) :]:
        put(truth, change)
    touched = mirror.apply(changes)
    later = Mirror()
    later.load(snapshot(len(changes), truth))
    assert mirror.units == later.units
    assert mirror.seq == len(changes)
    assert touched.kinds.get("unit", set()) == {name for name, _ in after}


def put(truth: dict[str, dict[str, Any]], change: wire.Change) -> None:
    if change.body is None:
        truth.pop(change.id, None)
    else:
        truth[change.id] = change.body


def test_a_kind_of_a_newer_hub_is_passed_over() -> None:
    mirror = Mirror()
    touched = mirror.apply([wire.Change(seq=1, at=NOW, kind="balloon", id="x", body={"a": 1})])
    assert mirror.seq == 1
    assert not touched.kinds


def test_an_older_fix_never_replaces_a_newer_one() -> None:
    mirror = Mirror()
    new = wire.Position(unit="u1", lat=28.0, lon=121.0, at=NOW)
    old = wire.Position(unit="u1", lat=29.0, lon=122.0, at=NOW - timedelta(seconds=5))
    mirror.move([new])
    mirror.move([old])
    assert mirror.positions["u1"] == new


def test_the_queue_puts_priority_before_the_nearer_deadline() -> None:
    def case(name: str, priority: int, minutes: int, stage: int | None = None) -> wire.CaseRow:
        return wire.CaseRow(
            id=name,
            version=1,
            state="filed",
            kind="matter",
            code="09001",
            name="",
            place="",
            at=wire.Point(lat=28, lon=121),
            sources=["ai"],
            reports=1,
            opened=NOW,
            due=NOW + timedelta(minutes=minutes),
            stage_due=None if stage is None else NOW + timedelta(minutes=stage),
            priority=priority,
        )

    cases = [case("late", 0, 90), case("urgent", 2, 500), case("stage", 0, 300, 10)]
    assert [c.id for c in sorted(cases, key=urgency)] == ["urgent", "stage", "late"]
