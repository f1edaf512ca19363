"""Chinese lettering for signs and name plates, drawn with whatever font the machine has."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Gray = NDArray[np.uint8]

_KNOWN = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)
_PATIENCE = 5.0


@functools.cache
def font_path() -> str:
    """Return the path of a font with Chinese characters, or nothing where there is none."""
    for path in _KNOWN:
        if Path(path).is_file():
            return path
    try:
        found = subprocess.run(
            ["fc-match", "-f", "%{file}", "sans:lang=zh-cn:bold"],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.strip()


@functools.lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(font_path(), size)
    except OSError:
        return ImageFont.load_default(size)


@functools.lru_cache(maxsize=1024)
def lettering(text: str, height: int) -> Gray:
    """Return the coverage (0..255) of a line of text, ``height`` pixels high, tightly cut."""
    font = _font(max(6, height))
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
    if right <= left or bottom <= top:
        return np.zeros((1, 1), np.uint8)
    image = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(image).text((-left, -top), text, font=font, fill=255)
    coverage = np.asarray(image)
    coverage.setflags(write=False)
    return coverage
