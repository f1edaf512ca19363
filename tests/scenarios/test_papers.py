"""A case file is printed, looked at and given out by keys in the running program."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image

from tests.rig.console import Console
from tests.rig.screen import Screen

pytestmark = pytest.mark.timeout(200)


def report(console: Console) -> dict[str, Any]:
    """Report a vendor with a photo as a citizen would; return the case."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 110, 130)).save(picture, "JPEG")
    answer = requests.post(
        f"{console.keys['url']}/open311/v2/requests.json",
        data={
            "api_key": console.keys["intake_key"],
            "service_code": "09001",
            "description": "路口有流动摊贩占道经营",
            "lat": "28.128",
            "long": "121.231",
        },
        files={"media": ("a.jpg", picture.getvalue(), "image/jpeg")},
        timeout=10,
    )
    answer.raise_for_status()
    (case,) = console.entities("case")
    return case


def test_a_case_file_is_looked_at_before_it_goes_out_and_the_hub_keeps_what_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with Screen() as screen, Console(screen, tmp_path, "--lang", "zh_CN") as console:
        console.wait_until_usable()
        screen.wait_for_window("指挥")
        case = report(console)
        console.wait("the case on the screen", lambda: console.marks("cases_painted"))
        screen.keys("ctrl+1", "j", "ctrl+p")
        shown = console.wait("the paper", lambda: console.marks("paper_shown"))
        assert shown[0]["pages"] >= 1
        papers = [
            m for m in console.get(f"/api/cases/{case['id']}")["media"] if m["source"] == "duty"
        ]
        assert not papers, "nothing goes out before it was looked at"

        screen.keys("ctrl+Return")

        def kept() -> Any:
            media = console.get(f"/api/cases/{case['id']}")["media"]
            return next((m for m in media if m["role"] == "document"), None)

        paper = console.wait("the hub to keep it", kept)
        copy = tmp_path / "Documents" / "Zhihui" / f"案件卷宗_{case['id']}.pdf"
        console.wait("the officer's copy", copy.exists)
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == paper["sha256"]
        history = console.get(f"/api/cases/{case['id']}")["history"]
        assert history[-1]["data"]["sha256"] == paper["sha256"]
