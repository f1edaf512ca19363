"""Pictures of the running demo: the window and each pane, in both languages, by night and by day.

``./dev shots [FOLDER]`` writes them to ``shots/`` unless told otherwise.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.rig.console import Console
from tests.rig.screen import Screen

SIZES = ((1920, 1080), (2560, 1440))
PANES = ("queue", "wall", "map", "case", "voice", "health")
CARDS = {"palette": ("ctrl+k",), "keys": ("question",), "log": ("ctrl+l",)}
_SETTLE = 1.5


def take(console: Console, screen: Screen, folder: Path, tag: str, *, panes: bool) -> None:
    """Take the window and, with ``panes``, each pane given the whole window."""
    screen.keys("ctrl+1", "g", "g")
    time.sleep(_SETTLE)
    screen.grab(folder / f"console-{tag}.png")
    if not panes:
        return
    for number, name in enumerate(PANES, 1):
        screen.keys(f"ctrl+{number}", "F10")
        time.sleep(_SETTLE)
        screen.grab(folder / f"{name}-{tag}.png")
        screen.keys("F10")
    for name, keys in CARDS.items():
        screen.keys("ctrl+1", *keys)
        time.sleep(_SETTLE)
        screen.grab(folder / f"{name}-{tag}.png")
        screen.keys("Escape")
    screen.keys("F1")
    time.sleep(4 * _SETTLE)
    screen.grab(folder / f"manual-{tag}.png")


def session(folder: Path, size: tuple[int, int]) -> None:
    """Run the demo once at one size and walk through languages and themes."""
    with (
        tempfile.TemporaryDirectory(prefix="zhihui-shots-") as data,
        Screen(*size) as screen,
        Console(screen, Path(data), "--demo", "--lang", "zh_CN", "--theme", "night") as console,
    ):
        console.wait_until_usable()
        screen.wait_for_window("指挥")
        console.wait("a case of two sources", lambda: _two_sources(console), 150)
        screen.keys("ctrl+1", "g", "g")
        time.sleep(_SETTLE)
        screen.keys("period", "1")
        console.wait("a frame after the warning", lambda: _warned(console), 90)
        panes = size == SIZES[0]
        for theme in ("night", "day"):
            for language in ("zh", "en"):
                tag = f"{theme}-{language}-{size[0]}x{size[1]}"
                take(console, screen, folder, tag, panes=panes)
                screen.keys("ctrl+1", "ctrl+shift+l")
            screen.keys("ctrl+shift+t")


def _two_sources(console: Console) -> bool:
    return any(len(case["sources"]) > 1 for case in console.entities("case"))


def _warned(console: Console) -> bool:
    return any(call.get("after") for call in console.entities("call"))


def main() -> int:
    """Take all pictures; return the exit status."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "shots")
    for size in SIZES:
        session(folder, size)
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}/\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
