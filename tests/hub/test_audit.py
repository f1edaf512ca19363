"""The audit chain: whatever is changed in it shows."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console import wire
from console.hub.store import Store, Tx
from console.hub.store.audit import ROOT, chained, first_break
from tests.hub.conftest import DUTY, NOON, ServedHub, TestClock, command, run


def chain(count: int) -> list[wire.AuditEntry]:
    entries: list[wire.AuditEntry] = []
    before = ROOT
    for seq in range(1, count + 1):
        entries.append(chained(before, seq, NOON, "duty", "case.file", f"C{seq}", {"n": seq}))
        before = entries[-1].hash
    return entries


@given(st.integers(1, 12), st.data())
def test_a_changed_field_a_missing_and_a_swapped_entry_break_the_chain(
    count: int, data: st.DataObject
) -> None:
    entries = chain(count)
    assert first_break(entries) is None
    at = data.draw(st.integers(0, count - 1))
    changed: dict[str, Any] = data.draw(
        st.sampled_from([{"actor": "other"}, {"target": ""}, {"detail": {}}, {"action": "a.b"}])
    )
    forged = [*entries[:at], entries[at].model_copy(update=changed), *entries[at + 1 :]]
    assert first_break(forged) == at + 1
    if at + 1 < count:
        assert first_break([*entries[:at], *entries[at + 1 :]]) == at + 1
        swapped = [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]
        assert first_break(swapped) == at + 1


def test_a_part_of_the_chain_verifies_from_the_entry_before_it() -> None:
    entries = chain(9)
    assert first_break(entries[4:], entries[3].hash, 5) is None
    assert first_break(entries[4:], entries[2].hash, 5) == 5


def test_the_chain_holds_on_both_engines_and_across_starts(database: str, clock: TestClock) -> None:
    detail = {"文本": "占道经营", "n": 1.5, "list": [1, None, True]}

    async def work() -> None:
        for _ in range(2):
            store = Store(database, clock)
            await store.open()
            await store.write(lambda tx: tx.audit("duty", "a.b", "目标", detail))
            await store.write(lambda tx: [tx.audit("duty", "c.d"), tx.audit("duty", "e.f")])
            clock.move(microseconds=7)
            await store.close()
        store = Store(database, clock)
        await store.open()
        entries = await store.read(lambda reader: list(reader.audit_entries()))
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5, 6]
        assert first_break(entries) is None
        await store.close()

    run(work())


def test_the_page_of_the_api_says_whether_the_chain_holds(served: ServedHub) -> None:
    for _ in range(3):
        served.post("/api/commands", command("case.file", "nowhere"))
    served.call(served.hub.store.write(lambda tx: tx.audit(DUTY.id, "a.b")))
    page = wire.AuditPage.model_validate(served.get("/api/audit").json())
    assert page.intact
    assert page.entries[-1].action == "a.b"
    rest = wire.AuditPage.model_validate(served.get("/api/audit?since=1").json())
    assert rest.entries == page.entries[1:]
    assert rest.intact


def test_a_forged_row_is_found_by_the_api(served: ServedHub, tmp_path: Path) -> None:
    def write(tx: Tx) -> None:
        for name in ("one", "two", "three"):
            tx.audit("duty", "a.b", name)

    served.call(served.hub.store.write(write))
    connection = sqlite3.connect(tmp_path / "hub" / "cases.db")
    with connection:
        connection.execute("UPDATE audit SET target = 'other' WHERE target = 'two'")
    connection.close()
    assert served.get("/api/audit").json()["intact"] is False
