"""The running demo: events on glass, words in the street, late frames, CPU by process."""

from __future__ import annotations

import csv
import statistics
import time
import uuid
from pathlib import Path
from typing import Any

from tests.bench.report import Bar, Report, percentile
from tests.rig.console import Console
from tests.rig.keyboard import Keyboard
from tests.rig.screen import Screen

SETTLE = 25.0
STEADY = 45.0
EVENTS = 40
WARNINGS = 15


def measure(report: Report, folder: Path) -> None:
    """Run the demo with sixteen live tiles and measure it from outside."""
    with Screen() as screen, Console(screen, folder, "--demo", "--lang", "zh_CN") as console:
        console.wait_until_usable()
        console.wait("the register", lambda: len(console.entities("camera")) >= 16)
        screen.wait_for_window("指挥")
        keyboard = Keyboard(screen.display)
        try:
            screen.keys("ctrl+2", "4")
            time.sleep(SETTLE)
            steady(report, console)
            events(report, console)
            warnings(report, console, keyboard)
        finally:
            keyboard.close()


def steady(report: Report, console: Console) -> None:
    """CPU by process and late frames while nobody touches anything."""
    report.add("units", len(console.entities("unit")))
    report.add("cameras", len(console.entities("camera")))
    cpu, began = console.cpu_seconds(), time.monotonic()
    frames = console.marks("frames")[-1]
    time.sleep(STEADY)
    after, took = console.cpu_seconds(), time.monotonic() - began
    later = console.marks("frames")[-1]
    share = {name: 100 * (after[name] - cpu.get(name, 0.0)) / took for name in sorted(after)}
    report.add("cpu_percent_of_a_core", {name: round(used, 1) for name, used in share.items()})
    city = sum(used for name, used in share.items() if name.startswith("city"))
    report.add("city_cpu_percent", city, Bar(60.0, "% of a core"))
    report.add("demo_cpu_percent", sum(share.values()) / 2, Bar(70.0, "% of two cores"))
    count = later["all"] - frames["all"]
    late = 100 * (later["late"] - frames["late"]) / count
    report.add("late_frames_percent", late, Bar(1.0, "% over 33 ms"))


def _event(camera: str, label: str, zone: str) -> dict[str, Any]:
    now = time.time()
    after = {
        "id": f"{now:.6f}-{uuid.uuid4().hex[:6]}",
        "camera": camera,
        "label": label,
        "start_time": now,
        "frame_time": now,
        "score": 0.8,
        "has_snapshot": False,
        "current_zones": [zone] if zone else [],
        "entered_zones": [zone] if zone else [],
    }
    return {"type": "new", "before": after, "after": after}


def events(report: Report, console: Console) -> None:
    """From an AI box's POST to the case painted in the queue."""
    with (console.folder / "data/city/register/ai.csv").open(encoding="utf-8") as file:
        rules = list(csv.DictReader(file))
    latencies = []
    for number in range(EVENTS):
        rule = rules[number % len(rules)]
        began = time.monotonic()
        case = console.post_event(_event(rule["camera"], rule["label"], rule["zone"]))["case"]

        def painted(began: float = began, case: str = case) -> float | None:
            marks = console.marks("cases_painted", began)
            return next((mark["monotonic"] for mark in marks if case in mark["cases"]), None)

        latencies.append(1000 * (console.wait("the case to be painted", painted, 10) - began))
        time.sleep(0.3)
    report.add("events_painted", len(latencies))
    report.add("event_to_painted_p50_ms", statistics.median(latencies))
    report.add("event_to_painted_p95_ms", percentile(latencies, 0.95), Bar(500.0, "ms"))


def warnings(report: Report, console: Console, keyboard: Keyboard) -> None:
    """From the key to the first RTP packet at the loudspeaker, text cached."""
    heard = console.folder / "data/city/heard"
    latencies = []
    console.screen.keys("ctrl+1", "g", "g")
    for number in range(WARNINGS):
        console.screen.keys("j" if number % 2 else "k")
        time.sleep(2.0)
        before = set(heard.rglob("*.wav"))
        keyboard.tap("period")
        pressed = keyboard.tap("1")
        time.sleep(1.5)
        console.screen.keys("period", "0")

        def fresh(before: set[Path] = before) -> set[Path]:
            return set(heard.rglob("*.wav")) - before

        try:
            console.wait("a sound", fresh, 30)
        except TimeoutError:
            continue
        latencies += [1000 * (float(path.stem) - pressed) for path in fresh()]
    report.add("warnings_heard", len(latencies))
    report.add("key_to_rtp_p50_ms", statistics.median(latencies or [float("nan")]))
    report.add("key_to_rtp_p95_ms", percentile(latencies, 0.95), Bar(100.0, "ms"))
