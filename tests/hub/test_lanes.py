"""The fast lane on disk, the disk's reserve, the recurring work, the settings."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from console import wire
from console.hub import housekeeping
from console.hub.disk import Reserve
from console.hub.refusal import Refused
from console.hub.settings import Settings, SettingsError, describe, load_secrets
from console.hub.store import Store
from console.hub.store.telemetry import Telemetry
from tests.hub.conftest import NOON, TestClock, make_hub, officer_unit, opened, run


def fix(unit: str, second: float, lat: float = 28.6) -> wire.Position:
    return wire.Position(unit=unit, lat=lat, lon=121, at=NOON + timedelta(seconds=second))


def test_tracks_and_last_positions_come_back_from_disk(database: str) -> None:
    async def work() -> None:
        lane = Telemetry(database)
        assert await lane.open() == []
        await lane.keep([fix("a", 2), fix("b", 1)], [fix("a", 1), fix("a", 2), fix("b", 1)])
        await lane.keep([fix("a", 3)], [fix("a", 3), fix("a", 2)])
        await lane.close()
        lane = Telemetry(database)
        last = {position.unit: position for position in await lane.open()}
        assert last == {"a": fix("a", 3), "b": fix("b", 1)}
        track = await lane.track("a", NOON, NOON + timedelta(seconds=2))
        assert track == [fix("a", 1), fix("a", 2)]
        await lane.forget(NOON + timedelta(seconds=3))
        assert await lane.track("a", NOON, NOON + timedelta(minutes=1)) == [fix("a", 3)]
        await lane.close()

    run(work())


def test_both_lanes_share_one_postgresql_and_never_one_file(
    postgresql: str, tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path / "a", clock, database=postgresql)) as hub:
            await hub.store.write(lambda tx: tx.put("unit", officer_unit("u1")))
            hub.positions.put(fix("u1", 0), NOON)
        async with opened(make_hub(tmp_path / "a", clock, database=postgresql)) as hub:
            assert hub.positions.get("u1") == fix("u1", 0)
            assert "u1" in hub.live.units
        async with opened(make_hub(tmp_path / "b", clock)):
            assert {path.name for path in (tmp_path / "b").glob("*.db")} == {
                "cases.db",
                "telemetry.db",
            }

    run(work())


def test_positions_are_known_again_after_a_restart_but_never_newer_than_what_came(
    tmp_path: Path, clock: TestClock
) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            hub.positions.put(fix("u1", 0), NOON)
            hub.positions.put(fix("u1", 5), NOON)
            await housekeeping.keep_telemetry(hub)
            hub.positions.put(fix("u1", 7), NOON)
        async with opened(make_hub(tmp_path, clock)) as again:
            assert again.positions.get("u1") == fix("u1", 7), "the end keeps the last of it"
            assert not again.positions.put(fix("u1", 6), NOON)

    run(work())


def test_a_full_disk_takes_the_reserve_and_the_command_goes_through(
    tmp_path: Path, clock: TestClock
) -> None:
    """SQLite's own limit of pages stands for the disk: it fails with the same error."""
    reserve = Reserve(tmp_path, 1 << 20)
    reserve.look(0)
    assert reserve.held
    connections: list[sqlite3.Connection] = []

    def limit(pages: int) -> None:
        for connection in connections:
            connection.execute(f"PRAGMA max_page_count={pages}")

    def room() -> bool:
        limit(1_000_000)
        return reserve.release()

    async def work() -> None:
        store = Store(f"sqlite:///{tmp_path / 'cases.db'}", clock)
        await store.open()
        await store.write(lambda _tx: limit(1))  # one page: as many as there are now
        long = officer_unit("u1", squad="长" * 30_000)
        with pytest.raises(Refused) as error:
            await store.write(lambda tx: tx.put("unit", long))
        assert error.value.status == 503
        assert store.seq == 0
        store.on_full = room
        await store.write(lambda tx: tx.put("unit", long))
        assert store.seq == 1
        assert not reserve.held
        assert reserve.look(0)[0] == "ok", "taken again once there is room"
        await store.close()

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        connections.append(connection)

    event.listen(Engine, "connect", connected)
    try:
        run(work())
    finally:
        event.remove(Engine, "connect", connected)


def test_free_space_below_the_limit_is_a_warning(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free // 1_000_000
    reserve = Reserve(tmp_path, 0)
    assert reserve.look(0)[0] == "ok"
    assert reserve.look(free * 2)[0] == "warn"
    too_large = Reserve(tmp_path, 1 << 60)
    assert too_large.look(0)[0] == "fail"


def test_work_that_recurs_survives_its_own_failure_and_says_so_once(
    tmp_path: Path, clock: TestClock, caplog: pytest.LogCaptureFixture
) -> None:
    async def work() -> None:
        hub = make_hub(tmp_path, clock)
        turns = asyncio.Semaphore(0)

        async def failing(_hub: object) -> None:
            turns.release()
            raise RuntimeError("a fault of a round")

        task = hub.spawn(housekeeping.every(0.001, failing, hub), "failing")
        for _ in range(5):
            await turns.acquire()
        assert not task.done()
        await hub.cancel_tasks()
        await hub.telemetry.close()
        await hub.store.close()

    run(work())
    assert len([r for r in caplog.records if "failing" in r.getMessage()]) == 1


def test_a_clock_that_is_set_while_the_hub_runs_is_seen(tmp_path: Path, clock: TestClock) -> None:
    async def work() -> None:
        async with opened(make_hub(tmp_path, clock)) as hub:
            watch = housekeeping.Watch(hub, Reserve(tmp_path, 0))
            await watch.look(hub)
            clock.move(hours=1)
            await watch.look(hub)
            (part,) = [part for part in hub.health.read().parts if part.name == "clock"]
            assert part.state == "warn"
            assert part.figures["stepped_s"] == pytest.approx(3600, abs=2)

    run(work())


def test_every_setting_has_a_type_and_a_meaning() -> None:
    rows = describe()
    assert {row.name for row in rows} == set(Settings.model_fields)
    assert all(row.type and row.description for row in rows)


def test_secrets_come_from_a_file_only_the_owner_reads_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('intake_key = "from the file"\ndatabase_password = "pw"\n')
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="0600"):
        load_secrets(path)
    path.chmod(0o600)
    monkeypatch.setenv("ZHIHUI_INTAKE_KEY", "from the environment")
    secrets = load_secrets(path)
    assert (secrets.intake_key, secrets.database_password) == ("from the environment", "pw")
    assert "pw" not in repr(secrets)
    path.write_text("intake_key = 1\n")
    monkeypatch.delenv("ZHIHUI_INTAKE_KEY")
    with pytest.raises(SettingsError, match="intake_key"):
        load_secrets(path)


def test_tracks_are_keyed_by_time_first(tmp_path: Path) -> None:
    async def work() -> None:
        lane = Telemetry(f"sqlite:///{tmp_path / 't.db'}")
        await lane.open()
        await lane.close()

    run(work())
    connection = sqlite3.connect(tmp_path / "t.db")
    keys = connection.execute(
        "SELECT name FROM pragma_table_info('tracks') WHERE pk > 0 ORDER BY pk"
    ).fetchall()
    connection.close()
    assert [key for (key,) in keys] == ["at", "unit"]
