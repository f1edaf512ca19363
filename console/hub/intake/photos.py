"""Photos from outside: believed only once they have been decoded."""

from __future__ import annotations

import asyncio
import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from console.hub.media_files import Role
from console.hub.refusal import Refused
from console.wire import Media

if TYPE_CHECKING:
    from console.hub.context import Hub

MAX_BYTES = 12 << 20
MAX_PIXELS = 50_000_000
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
LOOK = 64
"""Pixels to which a photo is shrunk before its look is hashed."""
FLAT = 4.0
"""Spread of brightness below which a photo shows nothing: a covered lens looks like any other."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on disk, not yet in the index.

    ``look`` is its perceptual hash, 16 hex digits, or empty where it shows nothing.
    """

    media: Media
    look: str = ""


def check(data: bytes) -> tuple[str, str]:
    """Return a photo's media type and look, or raise :class:`Refused` naming ``photo``.

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
    return type_, _look(cv2.resize(picture, (LOOK, LOOK), interpolation=cv2.INTER_AREA))


def _look(picture: Any) -> str:
    import imagehash
    from PIL import Image

    if picture.std() < FLAT:
        return ""
    # Colours count for nothing in the hash, so their order does not either.
    return str(imagehash.phash(Image.fromarray(picture)))


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


async def take(hub: Hub, data: bytes, role: Role, source: str, at: datetime | None = None) -> Photo:
    """Check a photo and write its bytes; the index entry is for the caller's transaction.

    Few are decoded at a time: an unpacked photo takes a hundred times its size in memory.
    """
    async with hub.doors.decoding:
        type_, look = await asyncio.to_thread(check, data)
    return Photo(await hub.media.write(data, type_, role, source=source, at=at), look)


async def of(hub: Hub, media: Media) -> Photo:
    """Return a picture that is kept already, such as a camera's frame, with its look."""
    data = await hub.media.read(media)
    async with hub.doors.decoding:
        _, look = await asyncio.to_thread(check, data)
    return Photo(media, look)
