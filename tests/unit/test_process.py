"""How the program starts parts of itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from console.process import child_command, free_ports, run_child


def test_a_child_runs_from_any_directory(tmp_path: Path) -> None:
    done = subprocess.run(
        child_command("console.hub", "--help"), cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "--embedded" in done.stdout


def test_only_the_programs_own_modules_are_run() -> None:
    with pytest.raises(SystemExit, match="no part of this program"):
        run_child(["main.py", "--child", "antigravity"])


def test_other_arguments_are_no_child() -> None:
    assert not run_child(["main.py", "--demo"])


def test_free_ports_are_different() -> None:
    assert len(set(free_ports(5))) == 5
