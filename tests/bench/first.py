"""The figures of the first whole path: start, an event on glass, a word in the street, steadiness.

``./dev bench first`` takes some fifteen minutes. Parts: start, live, kills, suite; name some to
run only those.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import kills, live
from tests.bench.report import Bar, Report
from tests.rig.console import Console
from tests.rig.screen import Screen

STARTS = 7
_ROOT = Path(__file__).resolve().parents[2]

_FLOOR = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
window = Window()
window.showMaximized()
app.exec()
print(time.monotonic())
"""


def _qt_floor(screen: Screen) -> float:
    """Return seconds from nothing to an empty Qt window's first paint."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _FLOOR],
        env=screen.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1]) - began


def _warm_start(screen: Screen, folder: Path) -> float:
    """Return seconds from nothing to the queue painted from the mirror."""
    began = time.monotonic()
    with Console(screen, folder) as console:
        console.wait_until_usable()
        return float(console.marks("queue_painted")[0]["monotonic"]) - began


def start(report: Report, folder: Path) -> None:
    """Warm starts on the data a demo left, beside the floor that Qt sets."""
    with Screen() as screen:
        with Console(screen, folder, "--demo") as console:
            console.wait_until_usable()
            console.wait("a first case", lambda: console.entities("case"))
        _warm_start(screen, folder)
        report.add("qt_floor_s", statistics.median(_qt_floor(screen) for _ in range(STARTS)))
        times = [_warm_start(screen, folder) for _ in range(STARTS)]
        report.add("warm_start_s", statistics.median(times), Bar(2.0, "s, median"))
        report.add("warm_start_worst_s", max(times))


def suite(report: Report, _folder: Path) -> None:
    """The quick suite's time."""
    began = time.monotonic()
    done = subprocess.run([_ROOT / "dev", "test"], check=False, stdout=sys.stderr)
    minutes = (time.monotonic() - began) / 60
    report.add("quick_suite_min", minutes, Bar(6.0, "min"))
    report.add("quick_suite_exit", done.returncode, Bar(0, "exit code"))


PARTS: dict[str, Callable[[Report, Path], None]] = {
    "start": start,
    "live": live.measure,
    "kills": kills.measure,
    "suite": suite,
}


def run(arguments: list[str]) -> Report:
    """Measure the named parts, or all."""
    report = Report("first")
    for name in arguments or PARTS:
        with tempfile.TemporaryDirectory(prefix="zhihui-bench-") as folder:
            PARTS[name](report, Path(folder))
    return report
