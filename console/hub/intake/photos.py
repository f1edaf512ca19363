"""Photos from outside: believed only once they have been decoded."""

from __future__ import annotations

import asyncio
import io
import warnings
from datetime import datetime
from typing import TYPE_CHECKING

from console.hub.media_files import Role
from console.hub.refusal import Refused
from console.wire import Media

if TYPE_CHECKING:
    from console.hub.context import Hub

MAX_BYTES = 12 << 20
MAX_PIXELS = 50_000_000
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def check(data: bytes) -> str:
    """Return the media type of a photo, or raise :class:`Refused` naming field ``photo``.

    Its size is read from the header first, so that a small file cannot take much memory;
    then every pixel is decoded, so that a damaged one is refused while its sender listens.
    """
    if not data:
        raise Refused("photo_empty", "the photo has no bytes", field="photo")
    if len(data) > MAX_BYTES:
        raise Refused("photo_too_large", f"over {MAX_BYTES} bytes", status=413, field="photo")
    type_, pixels = _header(data)
    if not 0 < pixels <= MAX_PIXELS:
        raise Refused("photo_too_large", f"{pixels} pixels", status=413, field="photo")
    # Opening the codecs costs a tenth of a second that the hub's start does not need.
    import cv2
    import numpy as np

    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        raise Refused("photo_damaged", "the photo cannot be decoded", field="photo")
    return type_


def _header(data: bytes) -> tuple[str, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Sizes are judged here, not by Pillow's own warning.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=list(TYPES)) as image:
                width, height = image.size
                return TYPES[image.format or ""], width * height
    except Image.DecompressionBombError:
        return "", MAX_PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, KeyError, SyntaxError) as error:
        raise Refused("photo_damaged", "no JPEG, PNG or WebP", field="photo") from error


async def write(
    hub: Hub, data: bytes, role: Role, source: str, at: datetime | None = None
) -> Media:
    """Check a photo and write its bytes; the index entry is for the caller's transaction."""
    type_ = await asyncio.to_thread(check, data)
    return await hub.media.write(data, type_, role, source=source, at=at)
