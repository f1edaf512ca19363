"""The store's promises, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from console import wire
from console.hub.refusal import Refused
from console.hub.store import LogLine, Reader, Store, Tx, migrate, queue_tables, tables
from console.hub.store import store as store_module
from console.hub.store.errors import SchemaTooNewError, StoreLockedError
from console.hub.store.migrate import HEADS
from tests.hub.conftest import NOON, TestClock, case_row, officer_unit, run


def putting(unit: wire.Unit) -> Callable[[Tx], wire.Unit]:
    return lambda tx: tx.put("unit", unit)


def test_a_change_has_the_next_number_and_reaches_the_listener_in_order(
    database: str, clock: TestClock
) -> None:
    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        heard: list[LogLine] = []
        store.on_commit = lambda lines, _effects: heard.extend(lines)
        try:
            await asyncio.gather(*(store.write(putting(officer_unit(f"u{i}"))) for i in range(50)))
            assert [line.seq for line in heard] == list(range(1, 51))
            kept = await store.read(lambda reader: reader.changes(0, 100, 1000))
            assert [seq for seq, _ in kept] == list(range(1, 51))
            assert [wire.Change.model_validate_json(line.text) for line in heard] == [
                wire.Change.model_validate_json(line) for _, line in kept
            ]
        finally:
            await store.close()

    run(work())


def test_what_fails_leaves_no_number_no_entity_and_no_audit_behind(
    database: str, clock: TestClock
) -> None:
    def broken(tx: Tx) -> None:
        tx.put("unit", officer_unit("u1"))
        tx.audit("duty", "unit.put", "u1")
        raise Refused("no")

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            with pytest.raises(Refused):
                await store.write(broken)
            assert store.seq == 0
            assert not store.live.units
            await store.write(lambda tx: tx.put("unit", officer_unit("u2")))
            assert store.seq == 1
            assert await store.read(lambda reader: list(reader.audit_entries())) == []
        finally:
            await store.close()

    run(work())


def test_a_new_store_on_the_same_database_goes_on_where_the_last_one_ended(
    database: str, clock: TestClock
) -> None:
    states = iter(("proposed", "filed", "dispatched"))

    def write(tx: Tx) -> int:
        tx.put("case", case_row().model_copy(update={"state": next(states)}))
        tx.fact("C20261122-0001", "propose", "system", "system", "proposed")
        tx.audit("system", "case.propose", "C20261122-0001")
        return tx.count("case")

    async def work() -> None:
        for turn in range(1, 4):
            store = Store(database, clock)
            await store.open()
            try:
                assert await store.write(write) == turn
                assert store.seq == turn
                assert store.live.cases["C20261122-0001"].version == turn
                history = await store.read(lambda reader: reader.history("C20261122-0001"))
                assert [fact.seq for fact in history] == list(range(1, turn + 1))
            finally:
                await store.close()

    run(work())


def test_a_transaction_reads_what_it_wrote(database: str, clock: TestClock) -> None:
    def write(tx: Tx) -> None:
        tx.put("unit", officer_unit("u1"))
        assert tx.get(wire.Unit, "u1") is not None
        assert set(tx.all(wire.Unit)) == {"u1"}
        tx.remove("unit", "u1")
        assert tx.get(wire.Unit, "u1") is None
        assert not tx.all(wire.Unit)
        tx.put("case", case_row(state="closed"))
        assert tx.get(wire.CaseRow, "C20261122-0001") is not None
        assert not tx.all(wire.CaseRow)

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            await store.write(write)
            assert store.seq == 3
            assert not store.live.units
            assert not store.live.cases
            row = await store.write(lambda tx: tx.get(wire.CaseRow, "C20261122-0001"))
            assert row is not None
        finally:
            await store.close()

    run(work())


def test_a_closed_case_leaves_the_snapshot_after_its_hours_and_stays_in_the_store(
    database: str, clock: TestClock
) -> None:
    def ids(reader: Reader) -> list[str]:
        bodies = reader.bodies(["case"], clock.now - timedelta(hours=24))
        return [json.loads(body)["id"] for _, body in bodies]

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        try:
            await store.write(lambda tx: tx.put("case", case_row("a")))
            await store.write(lambda tx: tx.put("case", case_row("b", state="closed")))
            assert await store.read(ids) == ["a", "b"]
            clock.move(hours=25)
            assert await store.read(ids) == ["a"]
            assert await store.read(lambda reader: reader.get(wire.CaseRow, "b")) is not None
        finally:
            await store.close()

    run(work())


def test_pruning_keeps_the_last_numbers_and_the_next_one_follows(
    database: str, clock: TestClock
) -> None:
    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        for i in range(20):
            await store.write(putting(officer_unit(f"u{i}")))
        assert await store.prune(5, timedelta(days=7)) == 15
        assert await store.read(lambda reader: reader.log_span()) == (16, 20)
        await store.close()
        store = Store(database, clock)
        await store.open()
        assert store.seq == 20
        assert len(store.live.units) == 20
        await store.close()

    run(work())


def test_reading_shows_one_moment_however_long_it_takes(database: str, clock: TestClock) -> None:
    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        started, written = threading.Event(), threading.Event()

        def read(reader: Reader) -> tuple[int, int]:
            before = reader.log_span()[1]
            started.set()
            written.wait(10)
            return before, reader.log_span()[1]

        await store.write(lambda tx: tx.put("unit", officer_unit("u1")))
        reading = asyncio.create_task(store.read(read))
        await asyncio.to_thread(started.wait, 10)
        await store.write(lambda tx: tx.put("unit", officer_unit("u2")))
        written.set()
        assert await reading == (1, 1)
        await store.close()

    run(work())


def test_text_the_database_cannot_hold_is_the_inputs_fault(
    postgresql: str, clock: TestClock
) -> None:
    async def work() -> None:
        store = Store(postgresql, clock)
        await store.open()
        try:
            with pytest.raises(Refused) as refused:
                await store.read(lambda reader: reader.get(wire.CaseRow, "a\x00b"))
            assert refused.value.status == 422
            assert store.failures == 0
        finally:
            await store.close()

    run(work())


def test_postgresql_takes_one_hub_only(
    postgresql: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "LOCK_PATIENCE", 0.1)

    async def work() -> None:
        first, second = Store(postgresql, clock), Store(postgresql, clock)
        await first.open()
        with pytest.raises(StoreLockedError):
            await second.open()
        await second.close()
        await first.close()
        third = Store(postgresql, clock)
        await third.open()
        await third.close()

    run(work())


def drop_the_writer(database: str) -> None:
    """End the session that holds the one writer's lock."""
    engine = create_engine(database)
    with engine.begin() as connection:
        dropped = connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND "
                "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
        assert dropped.all()
    engine.dispose()


def test_the_writer_comes_back_after_postgresql_dropped_it(database: str, clock: TestClock) -> None:
    if database.startswith("sqlite"):
        pytest.skip("a file does not drop anybody")

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        await store.write(lambda tx: tx.put("unit", officer_unit("u1")))
        await asyncio.to_thread(drop_the_writer, database)
        with pytest.raises(Refused) as refused:
            await store.write(lambda tx: tx.put("unit", officer_unit("u2")))
        assert refused.value.status == 503
        await store.write(lambda tx: tx.put("unit", officer_unit("u3")))
        assert store.seq == 2
        assert set(store.live.units) == {"u1", "u3"}
        await store.close()

    run(work())


def test_a_database_of_a_newer_program_is_refused(database: str, clock: TestClock) -> None:
    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        await store.close()
        engine = create_engine(database)
        with engine.begin() as connection:
            connection.execute(text("UPDATE cases_revision SET version_num = 'later'"))
        engine.dispose()
        store = Store(database, clock)
        with pytest.raises(SchemaTooNewError):
            await store.open()
        await store.close()

    run(work())


def test_the_known_heads_are_the_newest_scripts_and_they_make_the_tables(
    database: str, clock: TestClock
) -> None:
    async def make() -> None:
        store = Store(database, clock)
        await store.open()
        await store.close()

    run(make())
    for lane, head in HEADS.items():
        config = Config()
        config.set_main_option("script_location", str(migrate.SCRIPTS))
        config.set_main_option("version_locations", str(migrate.SCRIPTS / lane))
        config.set_main_option("path_separator", "os")
        assert ScriptDirectory.from_config(config).get_current_head() == head
    engine = create_engine(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": migrate.version_table("cases"),
                # The index of words is of each engine's own making.
                "include_name": lambda name, _type, _parents: (
                    not (name or "").startswith(queue_tables.WORDS)
                ),
            },
        )
        assert compare_metadata(context, tables.cases_lane) == []
    engine.dispose()


def test_moments_come_back_as_they_were_put(database: str, clock: TestClock) -> None:
    clock.now = NOON + timedelta(microseconds=123456)

    async def work() -> None:
        store = Store(database, clock)
        await store.open()
        entry = await store.write(lambda tx: tx.audit("duty", "x.y"))
        kept = await store.read(lambda reader: list(reader.audit_entries()))
        assert kept == [entry]
        assert kept[0].at == clock.now
        await store.close()

    run(work())
