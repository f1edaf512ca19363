"""Sixty seats on one hub over PostgreSQL: does each acknowledged action happen once, and how fast?

First they work at the pace of officers, with a real window among them: that is where the times are
taken. Then they work without a pause, as long as it takes for the whole number of actions: that is
where the hub would mix something up.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from console import wire
from console.domain.case import Action, Role
from console.hub.auth import token_digest
from console.hub.store import Store, Tx, accounts
from tests.bench.report import Bar, Report, percentile
from tests.hub.postgres import Postgres
from tests.hub.small_town import at, write_register
from tests.rig.officers import ROLES
from tests.rig.screen import Screen
from tests.rig.service import PASSWORD, Service, Window

SEATS = 60
PROCESSES = 4
CASES = 600
ACTIONS = 100_000
PACED = 6_000
THINK = 2.5
"""Seconds an officer of the paced phase thinks: 24 actions a second by all sixty."""

BUMPING = frozenset(
    f"case.{action}"
    for action in (
        Action.ACCEPT, Action.FILE, Action.RECALL, Action.DISPATCH, Action.RECLASSIFY,
        Action.MERGE, Action.UNMERGE,
    )
)  # fmt: skip
"""Commands that change what others decide on: of two that saw one version, one may stand."""


@dataclass(slots=True)
class Book:
    """What the sixty wrote down."""

    acknowledged: list[dict[str, Any]] = field(default_factory=list)
    applied: dict[int, list[float]] = field(default_factory=dict)
    held: list[tuple[str, float, float, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


class Crowd:
    """The sixty, in a few processes."""

    def __init__(self, url: str, tokens: dict[str, str], folder: Path) -> None:
        self._books = [folder / f"officers-{n}.jsonl" for n in range(PROCESSES)]
        names = sorted(tokens)
        self._children = []
        for n, book in enumerate(self._books):
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.rig.officers", url, str(book)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._children.append(child)
            self._tell(child, {name: tokens[name] for name in names[n::PROCESSES]})
        self._hear()

    @staticmethod
    def _tell(child: subprocess.Popen[str], line: dict[str, Any]) -> None:
        assert child.stdin is not None
        child.stdin.write(json.dumps(line) + "\n")
        child.stdin.flush()

    def _hear(self) -> None:
        for child in self._children:
            assert child.stdout is not None
            if not child.stdout.readline():
                raise RuntimeError("officers went home")

    def work(self, actions: int, think: float) -> tuple[float, float]:
        """Have them work; return when they began and ended (monotonic)."""
        began = time.monotonic()
        for child in self._children:
            self._tell(child, {"actions": actions // PROCESSES, "think": think})
        self._hear()
        return began, time.monotonic()

    def close(self) -> None:
        """End them, whatever they do."""
        for child in self._children:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()

    def home(self) -> Book:
        """Send them home and read what they wrote down."""
        for child in self._children:
            assert child.stdin is not None
            child.stdin.close()
            child.wait(120)
        book = Book()
        for path in self._books:
            for line in path.read_text("utf-8").splitlines():
                page = json.loads(line)
                by = page["officer"]
                book.acknowledged += [line | {"by": by} for line in page["acknowledged"]]
                book.held += [(*span, by) for span in page["held"]]
                book.refused.update(page["refused"])
                for seq, when in page["applied"]:
                    book.applied.setdefault(seq, []).append(when)
        return book


def measure(report: Report, folder: Path, actions: int = ACTIONS, paced: int = PACED) -> None:
    """Let sixty seats work, then hold what they were told against what the hub kept."""
    with Postgres(durable=True) as postgres, postgres.database() as database, ExitStack() as leave:
        register = write_register(folder / "register")
        (register / "departments.csv").write_text("id,name\nd00,市容\n", "utf-8")
        service = Service(folder, postgres, database)
        service.add_account("chief", "局长", "administrator", "leader", "auditor")
        tokens = asyncio.run(_furnish(postgres.url(database)))
        leave.enter_context(service)
        service.put_account("window", "窗口", "dispatcher", "acceptor")
        crowd = Crowd(service.url, tokens, folder)
        leave.callback(crowd.close)
        with Screen() as screen, Window(service, screen, folder) as window:
            _sign_in(screen, window)
            calm = crowd.work(paced, THINK)
        rush = crowd.work(actions - paced, 0.0)
        book = crowd.home()
        _times(report, book, calm, rush)
        _painted(report, book, calm, folder / "trace.jsonl")
        _truth(report, book, service)


async def _furnish(url: str) -> dict[str, str]:
    """Put cases and sixty signed-in officers into the hub's database, while no hub runs."""
    store = Store(url, lambda: datetime.now(UTC))
    await store.open()

    def cases(tx: Tx) -> None:
        for n in range(CASES):
            lat, lon = at(40.0 * (n % 30), 40.0 * (n // 30))
            row = wire.CaseRow(
                id=f"C{n:05d}",
                version=0,
                state="proposed",
                kind="matter",
                code="09001",
                name="无照经营游商",
                place=f"人民路{n}号",
                at=wire.Point(lat=lat, lon=lon),
                sources=["ai"],
                reports=1,
                opened=tx.now,
                due=tx.now + timedelta(hours=24),
            )
            tx.put("case", row)
            tx.fact(row.id, Action.PROPOSE, "system", Role.SYSTEM, "proposed")

    def officers(tx: Tx) -> dict[str, str]:
        tokens = {}
        for n in range(SEATS):
            name, token = f"o{n:02d}", f"token of {n:02d} in a bench"
            row = wire.AccountRow(
                id=name, name=f"席位{n}", roles=list(map(str, ROLES)), districts=["*"]
            )
            accounts.put_account(tx, row, "no hash")
            end = tx.now + timedelta(hours=12)
            accounts.open_session(tx, token_digest(token), name, "127.0.0.1", end)
            tokens[name] = token
        return tokens

    try:
        await store.write(cases)
        return await store.write(officers)
    finally:
        await store.close()


def _sign_in(screen: Screen, window: Window) -> None:
    screen.wait_for_window("登录")
    screen.type("window")
    screen.keys("Tab")
    screen.type(PASSWORD)
    screen.keys("Return")
    window.wait("ready")
    window.wait("queue_painted")


# --- how fast --------------------------------------------------------------------------


def _during(book: Book, span: tuple[float, float]) -> list[dict[str, Any]]:
    return [line for line in book.acknowledged if span[0] <= line["sent"] <= span[1]]


def _times(
    report: Report, book: Book, calm: tuple[float, float], rush: tuple[float, float]
) -> None:
    first, second = _during(book, calm), _during(book, rush)
    report.add("seats", SEATS)
    report.add("seats_paced_per_second", len(first) / (calm[1] - calm[0]))
    took = [line["took"] * 1e3 for line in first]
    report.add("seats_command_p50_ms", percentile(took, 0.5))
    report.add("seats_command_p99_ms", percentile(took, 0.99), Bar(50, "ms"))
    applied = list(_applied(book, first))
    report.add("seats_applied_p50_ms", percentile(applied, 0.5))
    report.add("seats_applied_p99_ms", percentile(applied, 0.99), Bar(150, "ms"))
    report.add("seats_rush_per_second", len(second) / (rush[1] - rush[0]))
    report.add("seats_rush_command_p99_ms", percentile([x["took"] * 1e3 for x in second], 0.99))
    report.add("seats_rush_applied_p99_ms", percentile(_applied(book, second), 0.99))


def _applied(book: Book, lines: Iterable[dict[str, Any]]) -> Iterator[float]:
    """Yield milliseconds from a command's sending to its change in each seat's mirror."""
    for line in lines:
        for when in book.applied.get(line["seq"], ()):
            yield (when - line["sent"]) * 1e3


def _painted(report: Report, book: Book, calm: tuple[float, float], trace: Path) -> None:
    """Hold the real window's marks against the commands; only cases that rested before count."""
    marks = [json.loads(line) for line in trace.read_text("utf-8").splitlines() if line[-1] == "}"]
    painted = [mark for mark in marks if mark["event"] == "cases_painted"]
    rested: dict[str, float] = {}
    took = []
    for line in sorted(_during(book, calm), key=lambda line: float(line["sent"])):
        cases, sent = line["done"] or [line["case"]], line["sent"]
        for case in cases:
            before, rested[case] = rested.get(case, 0.0), sent + line["took"]
            if sent - before < 1.0 or line["id"] in ("case.note", "case.bulk"):
                continue
            later = painted[bisect_right(painted, sent, key=lambda mark: mark["monotonic"]) :]
            shown = next((m["monotonic"] for m in later[:200] if case in m["cases"]), None)
            if shown is not None:
                took.append((shown - sent) * 1e3)
    report.add("seats_painted", len(took))
    report.add("seats_painted_p50_ms", percentile(took, 0.5))
    report.add("seats_painted_p99_ms", percentile(took, 0.99), Bar(150, "ms"))


# --- how true ----------------------------------------------------------------------------


def _truth(report: Report, book: Book, service: Service) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {service.sign_in('chief').token}"
    history: dict[str, list[wire.Fact]] = {}
    for n in range(CASES):
        body = session.get(f"{service.url}/api/cases/C{n:05d}", timeout=30).content
        detail = wire.CaseDetail.model_validate_json(body)
        history[detail.row.id] = detail.history
    told, kept = _told(book), _kept(history)
    report.add("seats_acknowledged", len(book.acknowledged))
    report.add("seats_actions", sum(told.values()))
    report.add("seats_merged", book.refused["merged"])
    report.add("seats_refused", dict(book.refused))
    report.add("seats_claims_held", len(book.held))
    report.add("seats_double_claims", _overlaps(book), Bar(0, "claims"))
    report.add("seats_lost_updates", _overwritten(book), Bar(0, "updates"))
    report.add("seats_facts_missing", sum((told - kept).values()), Bar(0, "facts"))
    report.add("seats_facts_too_many", sum((kept - told).values()), Bar(0, "facts"))
    report.add("seats_audit_broken", _audit_breaks(session, service.url), Bar(0, "breaks"))


Deed = tuple[str, str, str, str]
"""Case, actor, action, and the words of a note."""


def _told(book: Book) -> Counter[Deed]:
    """Return what was acknowledged, as the facts it must have left."""
    told: Counter[Deed] = Counter()
    for line in book.acknowledged:
        action = line["id"].partition(".")[2]
        if action == "bulk":
            told.update((case, line["by"], "prioritise", "") for case in line["done"])
        else:
            told[line["case"], line["by"], action, line["text"]] += 1
    return told


def _kept(history: dict[str, list[wire.Fact]]) -> Counter[Deed]:
    """Return the facts of the sixty; what a merge writes into the other case is the same deed."""
    return Counter(
        (case, fact.actor, fact.action, fact.note if fact.action == Action.NOTE else "")
        for case, facts in history.items()
        for fact in facts
        if fact.actor.startswith("o") and not _told_elsewhere(fact)
    )


def _told_elsewhere(fact: wire.Fact) -> bool:
    return fact.action in (Action.MERGE, Action.UNMERGE) and "case" in fact.data


def _overlaps(book: Book) -> int:
    """Return how often two officers had a case in hand at one moment, as they were told."""
    doubled = 0
    last: dict[str, float] = {}
    for case, since, until, _by in sorted(book.held, key=lambda span: span[1]):
        doubled += since < last.get(case, 0.0)
        last[case] = max(until, last.get(case, 0.0))
    return doubled


def _overwritten(book: Book) -> int:
    """Return how many commands stood that had seen a version another one had changed already."""
    seen = Counter(
        (line["case"], line["version"])
        for line in book.acknowledged
        if line["id"] in BUMPING and line["version"] is not None
    )
    return sum(count - 1 for count in seen.values())


def _audit_breaks(session: requests.Session, url: str) -> int:
    breaks, since = 0, 0
    while True:
        page = session.get(f"{url}/api/audit?since={since}", timeout=30).json()
        breaks += not page["intact"]
        if not page["entries"]:
            return breaks
        since = page["entries"][-1]["seq"]
