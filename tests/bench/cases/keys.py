"""Keys per case over 200 recorded reports, worked in the real window by real key presses.

``reports_200.json`` holds what came in and what is right for each: authored texts at places of
the town of seed 7. The reports of the group ``proposed`` are proposed rightly; those of
``corrected`` need one thing put right (class, whom to send, priority, or they are no case or one
already); those of ``cold`` say nothing that words could be read from, so the class is looked up.
All keys are counted but those that enter a reason of one's own, of which there is none here.
"""

from __future__ import annotations

import csv
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import requests

from console import wire
from console.city.register import write_register
from console.city.town import make_town
from console.domain.clock import CHINA
from console.search_text import initials
from console.seat.classes import Classes
from console.seat.mirror import Mirror
from tests.bench.report import Bar, Report
from tests.rig.console import Console
from tests.rig.keyboard import Keyboard
from tests.rig.screen import Screen

RECORDED = Path(__file__).with_name("reports_200.json")
BARS = {"proposed": 1, "corrected": 4, "cold": 12}
OFFICERS = 260
"""As many as there are cases to send one to, so that nobody waits for a free one."""

COLD_CHOICE = "06012"
"""What somebody picks from the list who does not know what to call it."""

SETTLE = 0.12
"""Seconds for a panel to open before its number is pressed; an officer needs longer."""

Item = dict[str, Any]


def measure(report: Report, folder: Path) -> None:
    """Work all reports and record the keys each took, by group."""
    items: list[Item] = json.loads(RECORDED.read_text("utf-8"))
    register = _register(folder / "register")
    arguments = ("--register", str(register), "--lang", "zh_CN")
    with Screen() as screen, Console(screen, folder, *arguments) as console:
        console.wait_until_usable()
        screen.wait_for_window("指挥")
        Officers(console, register).tell_places()
        cases = Intake(console).feed(items)
        keyboard = Keyboard(screen.display)
        try:
            clerk = Clerk(console, keyboard, cases, register)
            for count in range(len(items)):
                if count % 50 == 0:
                    clerk.officers.tell_places()
                clerk.work_next()
        finally:
            keyboard.close()
    for group, most in BARS.items():
        taken = clerk.taken[group]
        report.add(f"keys_{group}_cases", len(taken))
        report.add(f"keys_{group}_median", statistics.median(taken))
        report.add(f"keys_{group}_max", max(taken), Bar(most, "keys"))
    report.add("keys_all_mean", statistics.fmean(k for g in clerk.taken.values() for k in g))
    report.add("keys_cases_not_worked", len(items) - clerk.worked, Bar(0, "cases"))


# --- the town --------------------------------------------------------------------------


def _register(folder: Path) -> Path:
    """Write the town of seed 7 with officers enough."""
    town = make_town(7)
    cameras = {c.id: ("rtsp://127.0.0.1:1/main", "rtsp://127.0.0.1:1/sub") for c in town.cameras}
    write_register(folder, town, cameras, {s.id: "rtp://127.0.0.1:9" for s in town.speakers})
    with (folder / "units.csv").open("r", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        fields = list(rows.fieldnames or ())
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields)
        writer.writeheader()
        for n in range(OFFICERS):
            unit = {"id": f"b{n:03d}", "kind": "officer", "name": f"队员{n:03d}"}
            link = {"protocol": "osmand", "terminal": f"phone-{n}"}
            writer.writerow(dict.fromkeys(fields, "") | unit | link)
    return folder


class Officers:
    """The officers' phones: each stands on his street."""

    def __init__(self, console: Console, register: Path) -> None:
        self._console = console
        streets = json.loads((register / "streets.geojson").read_text("utf-8"))["features"]
        points = [p for street in streets for p in street["geometry"]["coordinates"]]
        self._points = [points[n * len(points) // OFFICERS] for n in range(OFFICERS)]

    def tell_places(self) -> None:
        """Send every officer's fix, so that he counts as there."""
        keys = self._console.keys
        url = f"{keys['url']}/intake/osmand"
        with requests.Session() as session:
            session.headers["X-API-Key"] = keys["intake_key"]
            for n, (lon, lat) in enumerate(self._points):
                form = {"id": f"phone-{n}", "lat": lat, "lon": lon}
                session.post(url, data=form, timeout=10).raise_for_status()


# --- what comes in -----------------------------------------------------------------------


class Intake:
    """Hands the recorded reports in by their doors."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def feed(self, items: list[Item]) -> dict[str, Item]:
        """Hand all in; return case id -> the report it was opened for."""
        told = {self._hand_in(item): item for item in items}
        cases = {}
        for row in self._console.entities("case"):
            for got in self._console.get(f"/api/cases/{row['id']}")["reports"]:
                external = str(got["data"].get("external", ""))
                for key in (got["id"], external):
                    if key in told:
                        cases[row["id"]] = told[key]
        missing = {item["id"] for item in items} - {item["id"] for item in cases.values()}
        if missing:
            raise RuntimeError(f"reports without a case of their own: {sorted(missing)}")
        return cases

    def _hand_in(self, item: Item) -> str:
        """Return by what the report is known: the hub's id, or that of the event."""
        if item["door"] == "frigate":
            event = _event(item)
            self._console.post_event(event)
            return str(event["after"]["id"])
        keys = self._console.keys
        form = {
            "api_key": keys["intake_key"],
            "service_code": COLD_CHOICE,
            "lat": str(item["lat"]),
            "long": str(item["lon"]),
            "description": item["text"],
        }
        photo = {"media": ("a.jpg", _photo(item["photo"]), "image/jpeg")} if "photo" in item else {}
        url = f"{keys['url']}/open311/v2/requests.json"
        answer = requests.post(url, data=form, files=photo, timeout=10)
        answer.raise_for_status()
        return str(answer.json()[0]["service_request_id"])


def _event(item: Item) -> Item:
    now = time.time()
    after = {
        "id": f"{now:.6f}-{item['id']}",
        "camera": item["camera"],
        "label": item["label"],
        "start_time": now,
        "frame_time": now,
        "end_time": None,
        "top_score": 0.88,
        "score": 0.88,
        "current_zones": [],
        "entered_zones": [],
        "box": [300, 200, 420, 380],
        "has_snapshot": False,
        "stationary": False,
        "false_positive": False,
    }
    return {"type": "new", "before": after, "after": after}


def _photo(seed: int) -> bytes:
    """Return a photo that looks like no other seed's."""
    noise = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8)
    picture = cv2.resize(noise, (640, 480), interpolation=cv2.INTER_CUBIC)
    return bytes(cv2.imencode(".jpg", picture)[1])


# --- the officer -------------------------------------------------------------------------


class Clerk:
    """Works the selected case as its report wants it, and counts the keys."""

    def __init__(
        self, console: Console, keyboard: Keyboard, cases: dict[str, Item], register: Path
    ) -> None:
        self._console, self._keyboard = console, keyboard
        self._cases, self._of = dict(cases), {item["id"]: case for case, item in cases.items()}
        self.officers = Officers(console, register)
        self.taken: dict[str, list[int]] = defaultdict(list)
        self.worked = 0
        self._pressed = 0
        console.screen.keys("ctrl+1", "g", "g")
        mirror = Mirror()
        mirror.load(wire.Snapshot.model_validate(console.get("/api/snapshot")))
        self._classes = Classes(mirror, datetime.now(CHINA).date())

    def work_next(self) -> None:
        """Work the case that is selected until the hub has it where it belongs."""
        case_id = self._console.wait("a selected case", self._selected)
        item = self._cases[case_id]
        self._pressed = 0
        for keys in self._keys(item, case_id):
            self._press(*keys)
        ends = {"reject": "void", "merge": "merged"}.get(item["act"], "dispatched")
        self._console.wait(
            f"{case_id} ({item}) to be {ends}",
            lambda: self._detail(case_id)["row"]["state"] == ends,
            20,
        )
        self.taken[item["group"]].append(self._pressed)
        self.worked += 1
        del self._cases[case_id]

    def _selected(self) -> str | None:
        marks = self._console.marks("selected")
        case: str | None = marks[-1]["case"] if marks else None
        return case if case in self._cases else None

    def _detail(self, case_id: str) -> Item:
        found: Item = self._console.get(f"/api/cases/{case_id}")
        return found

    def _press(self, *names: str) -> None:
        """Press keys, each when what the one before opened is there."""
        for name in names:
            self._keyboard.tap(name)
            self._pressed += 1
            time.sleep(SETTLE)

    def _keys(self, item: Item, case_id: str) -> Iterator[tuple[str, ...]]:
        """Return what an officer presses who knows what is right."""
        match item["act"]:
            case "reject":
                yield "r", str(item["reason"])
            case "merge":
                similar = self._detail(case_id)["similar"]
                numbers = [one["case"] for one in similar]
                yield "m", str(numbers.index(self._of[item["of"]]) + 1)
            case "send":
                yield "d", "2"
            case "priority":
                yield "p", "2"
                yield ("a",)
            case _:
                if self._detail(case_id)["row"]["code"] != item["code"]:
                    yield self._reclassify(item, case_id)
                yield ("a",)

    def _reclassify(self, item: Item, case_id: str) -> tuple[str, ...]:
        """Take the class by its number where it is offered, else by the initials of its name."""
        row = self._detail(case_id)["row"]
        proposal = row["proposal"] or {"others": []}
        offered = [row["code"], *(other["code"] for other in proposal["others"])]
        if item["code"] in offered[:4]:
            return "t", str(offered.index(item["code"]) + 1)
        return "t", *self._letters(item["code"]), "Return"

    def _letters(self, code: str) -> str:
        """Return the fewest initials of a class's name that bring it to the top of the list."""
        name = next(e.item.name for e in self._classes.entries if e.item.code == code)
        said = [letter for letter in initials(name) if letter.isalnum()]
        for many in range(1, len(said) + 1):
            found = self._classes.search("".join(said[:many]), "matter")
            if found and (found[0].item.kind, found[0].item.code) == ("matter", code):
                return "".join(said[:many])
        return code
