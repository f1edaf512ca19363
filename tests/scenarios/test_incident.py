"""The incident of the house, worked by real keys in the real window of the running program.

City, hub, voice engine, decoders and window are the real programs on a virtual screen; the
test presses keys and looks at what the hub, the loudspeaker and the window's marks say.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.rig.console import Console
from tests.rig.screen import Screen

STORY = """
[day]
start = "16:30"

[[act]]
at = 6.0
do = "vendor"
camera = "cam07"
stays = true
citizen_after = 30.0
"""
SPEED = "6"

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as opened:
        yield opened


@pytest.fixture
def console(screen: Screen, tmp_path: Path) -> Iterator[Console]:
    story = tmp_path / "vendor-stays.toml"
    story.write_text(STORY, encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.json").write_text(json.dumps({"voice.microphone": "tone"}), encoding="utf-8")
    arguments = ["--demo", "--story", str(story), "--speed", SPEED, "--lang", "zh_CN"]
    with Console(screen, tmp_path, *arguments) as running:
        running.wait_until_usable()
        screen.wait_for_window("指挥")
        yield running


def vendor_case(console: Console) -> dict[str, Any] | None:
    """Return the one case of class 09001, as the hub has it."""
    cases = [case for case in console.entities("case") if case["code"] == "09001"]
    assert len(cases) <= 1, "one vendor is one case"
    return cases[0] if cases else None


def wait_for_state(console: Console, state: str) -> dict[str, Any]:
    def reached() -> dict[str, Any] | None:
        case = vendor_case(console)
        return case if case and case["state"] == state else None

    case: dict[str, Any] = console.wait(f"the case to be {state}", reached, 120)
    return case


def warnings(console: Console) -> int:
    case = vendor_case(console)
    return int(case["warnings"]) if case else 0


def history(console: Console, case: dict[str, Any]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = console.get(f"/api/cases/{case['id']}")["history"]
    return facts


def select_first_case(console: Console, case: dict[str, Any]) -> dict[str, Any]:
    """Go to the queue's first case by keys; return what the window says it selected."""
    console.screen.keys("ctrl+1", "g", "g")
    console.screen.keys("j", "k")

    def selected() -> dict[str, Any] | None:
        marks = console.marks("selected")
        return marks[-1] if marks and marks[-1]["case"] == case["id"] else None

    mark: dict[str, Any] = console.wait("the case to be selected", selected)
    return mark


def test_an_incident_is_worked_from_alarm_to_close_by_keys(console: Console) -> None:
    case = console.wait(
        "one case of two sources",
        lambda: (row := vendor_case(console)) and set(row["sources"]) == {"ai", "citizen"} and row,
    )
    assert case["state"] == "proposed"
    assert case["name"] == "无照经营游商"
    assert case["grid"]
    assert case["place"]

    mark = select_first_case(console, case)
    assert mark["cameras"][0] == "cam07"
    assert mark["speakers"]

    console.screen.keys("period", "1")
    console.wait("the warning to count", lambda: warnings(console) == 1)
    # While the loudspeaker still speaks, as one would.
    console.screen.keys("a")
    sent = wait_for_state(console, "dispatched")
    assert sent["unit"]
    wait_for_state(console, "on_site")
    wait_for_state(console, "handled")

    call = console.wait(
        "the warning to end",
        lambda: next((c for c in console.entities("call") if c["state"] == "done"), None),
    )
    assert "市场街" in call["text"], "the text carries the street's name"
    assert call["first_packet"] is not None
    heard = console.folder / "data/city/heard" / call["speaker"]
    console.wait("the loudspeaker's own record", lambda: list(heard.glob("*.wav")))

    console.screen.keys("ctrl+1", "g", "g", "c")
    wait_for_state(console, "checked")
    console.screen.keys("e")
    console.wait("the question for a reason", lambda: console.marks("asked"))
    console.screen.type("yi quan li")
    console.screen.keys("ctrl+Return")
    closed = wait_for_state(console, "closed")

    detail = console.get(f"/api/cases/{closed['id']}")
    steps = {fact["action"]: fact for fact in detail["history"]}
    wanted = [
        "propose",
        "join",
        "warn",
        "accept",
        "file",
        "dispatch",
        "arrive",
        "feedback",
        "check",
        "close",
    ]
    assert set(wanted) <= set(steps)
    assert all(fact["actor"] and fact["at"] for fact in detail["history"])
    took = _seconds(steps["arrive"]["at"]) - _seconds(steps["dispatch"]["at"])
    assert 0 <= took <= 600
    roles = {media["role"] for media in detail["media"]}
    assert {"report", "before", "after", "feedback"} <= roles


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_nothing_is_missing_after_the_hub_or_the_seat_is_killed(
    console: Console, screen: Screen
) -> None:
    case = console.wait("a case", lambda: vendor_case(console))
    select_first_case(console, case)
    console.screen.keys("a")
    wait_for_state(console, "dispatched")
    before = history(console, case)

    hub = next(process for name, process in console.processes() if name == "hub")
    killed = time.monotonic()
    os.kill(hub.pid, signal.SIGKILL)

    def says(state: str) -> bool:
        return any(mark["state"] == state for mark in console.marks("connection", killed))

    console.wait("the window to say so", lambda: says("lost"))
    console.wait("the hub to be back", lambda: says("live"))
    again = history(console, case)
    assert again[: len(before)] == before

    seen = console.entities("case")
    console.process.kill()
    console.process.wait()
    with Console(screen, console.folder, "--lang", "zh_CN") as fresh:
        fresh.wait_until_usable()
        cases = {row["id"]: row for row in fresh.entities("case")}
        assert {row["id"] for row in seen} <= set(cases)
        assert len(history(fresh, case)) >= len(again)
