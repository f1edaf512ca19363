"""Keep what is generated from the code fresh: the translation source and docs/keys.md.

``--check`` changes nothing and fails when something is stale or a text has no Chinese.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources/i18n/zhihui_zh_CN.ts"
KEYS = ROOT / "docs/keys.md"


def refresh_translations(target: Path) -> None:
    """Bring the translation source up to what the code says now."""
    files = sorted(
        str(path.relative_to(ROOT))
        for room in ("console", "widgets")
        for path in ROOT.glob(f"{room}/**/*.py")
    )
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run(
        [tool, *files, "-no-obsolete", "-locations", "none", "-silent", "-ts", target],
        cwd=ROOT,
        check=True,
        stdout=sys.stderr,
    )


def incomplete(source: Path) -> str:
    """Return what the release tool says of texts without Chinese or with lost marks, or nothing."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    with tempfile.TemporaryDirectory() as folder:
        command = [
            str(tool),
            "-fail-on-unfinished",
            "-fail-on-invalid",
            str(source),
            "-qm",
            f"{folder}/x.qm",
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def keys_document() -> str:
    """Return docs/keys.md as the command records have it."""
    done = subprocess.run(
        [sys.executable, "-m", "widgets.keysdoc"],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def check() -> int:
    """Print what is stale; return the exit status."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / SOURCE.name
        shutil.copyfile(SOURCE, fresh)
        refresh_translations(fresh)
        if fresh.read_bytes() != SOURCE.read_bytes():
            faults.append(f"{SOURCE.relative_to(ROOT)} is stale: run ./dev texts")
        if report := incomplete(fresh):
            faults.append(f"translations are incomplete:\n{report}")
    if not KEYS.exists() or KEYS.read_text(encoding="utf-8") != keys_document():
        faults.append(f"{KEYS.relative_to(ROOT)} is stale: run ./dev texts")
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def main() -> int:
    if sys.argv[1:] == ["--check"]:
        return check()
    refresh_translations(SOURCE)
    KEYS.write_text(keys_document(), encoding="utf-8")
    sys.stderr.write(incomplete(SOURCE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
