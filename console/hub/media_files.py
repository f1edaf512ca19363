"""Photos, frames and sounds: files named by their content, an index in the store."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from console.hub.refusal import Refused
from console.hub.store import Store
from console.wire import Media

Role = Literal["report", "before", "after", "feedback", "snapshot", "call", "document", "joint"]


class MediaFiles:
    """The folder of files. A file once written is never changed."""

    def __init__(self, folder: Path, store: Store, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._store = store
        self._clock = clock

    def path(self, sha256: str) -> Path:
        """Return where a file of this content lies."""
        return self._folder / sha256[:2] / sha256

    async def write(
        self,
        data: bytes,
        type_: str,
        role: Role,
        *,
        case: str | None = None,
        source: str = "",
        at: datetime | None = None,
    ) -> Media:
        """Write the bytes to disk and return the entry, not yet in the index.

        Put it there with ``tx.media(entry)`` in the transaction that needs it.
        ``at`` is when the picture was taken; now where it is not known.
        """
        try:
            sha256 = await asyncio.to_thread(self._write, data)
        except OSError as error:
            if error.errno != errno.ENOSPC or not self._store.on_full():
                raise Refused("store_down", "the file could not be written", status=503) from error
            sha256 = await asyncio.to_thread(self._write, data)
        return Media(
            id=uuid4().hex,
            case=case,
            role=role,
            type=type_,
            size=len(data),
            sha256=sha256,
            at=at or self._clock(),
            source=source,
        )

    async def keep(
        self,
        data: bytes,
        type_: str,
        role: Role,
        *,
        case: str | None = None,
        source: str = "",
        at: datetime | None = None,
    ) -> Media:
        """Write the bytes and index them at once."""
        media = await self.write(data, type_, role, case=case, source=source, at=at)
        await self._store.write(lambda tx: tx.media(media))
        return media

    async def read(self, media: Media) -> bytes:
        """Return the bytes; :class:`Refused` where the file is gone or was changed."""
        return await asyncio.to_thread(self._read, media)

    def _write(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists() and path.stat().st_size == len(data):
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return sha256

    def _read(self, media: Media) -> bytes:
        try:
            data = self.path(media.sha256).read_bytes()
        except FileNotFoundError:
            raise Refused("media_missing", media.id, status=410) from None
        if hashlib.sha256(data).hexdigest() != media.sha256:
            raise Refused("media_damaged", media.id, status=410)
        return data
