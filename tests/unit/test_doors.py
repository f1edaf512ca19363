"""What a door puts aside stays bounded, whatever floods in."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.hub.intake import doors
from console.hub.intake.doors import Fetches, Quarantine

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def test_a_flood_costs_neither_memory_nor_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "MAX_FILE", 10_000)
    quarantine = Quarantine(tmp_path, lambda: NOW)
    for _ in range(5):
        for _ in range(doors.MAX_WAITING + 10):
            quarantine.keep("jt808", "peer", "checksum", b"x" * 100)
        quarantine.flush()
    assert quarantine.dropped == 50
    assert {path.name for path in tmp_path.iterdir()} == {
        "quarantine.jsonl",
        "quarantine.old.jsonl",
    }


def test_raw_bytes_come_back_as_they_were(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, lambda: NOW)
    raw = bytes(range(256))
    quarantine.keep("jt808", "127.0.0.1", "校验错误", raw)
    quarantine.flush()
    quarantine.flush()
    (line,) = (tmp_path / "quarantine.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert base64.b64decode(kept["raw"]) == raw
    assert (kept["why"], kept["at"]) == ("校验错误", NOW.isoformat())


def test_of_too_many_strangers_the_longest_silent_one_goes(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, lambda: NOW)
    for number in range(doors.MAX_STRANGERS + 1):
        quarantine.stranger("jt808", str(number), "peer")
        quarantine.stranger("jt808", "0", "peer")
    names = [stranger.terminal for stranger in quarantine.strangers()]
    assert len(names) == doors.MAX_STRANGERS
    assert names[0] == "0"
    assert "1" not in names
    found = quarantine.find("0")
    assert found is not None
    assert found.count == doors.MAX_STRANGERS + 2


def test_a_picture_is_fetched_once_unless_it_was_not_to_be_had() -> None:
    fetches = Fetches(waiting=0)
    assert not fetches.begin("a")
    fetches = Fetches()
    assert fetches.begin("a")
    assert not fetches.begin("a")
    fetches.forget("a")
    assert fetches.begin("a")
