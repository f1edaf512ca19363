"""Which streams are decoded for the tiles that are seen, and which picture each tile shows.

The grid shows sub-streams, a large tile the main stream. A stream that takes over is shown
from its first picture on; until then the one before it stays, so no tile goes black.
"""

from __future__ import annotations

from dataclasses import dataclass

from console import wire
from console.media.feeds import Feed, Feeds
from console.media.stream import Source

MAIN_FROM = 800
"""Tiles at least so many physical pixels wide show the main stream."""


@dataclass(frozen=True, slots=True)
class View:
    """One tile that is seen: its camera and its size in physical pixels."""

    camera: wire.Camera
    width: int
    height: int

    @property
    def main(self) -> bool:
        return self.width >= MAIN_FROM


Key = tuple[str, bool]
"""Camera and whether it is its main stream."""


class Stage:
    """Keeps one feed a stream. Call :meth:`show` when what is seen changes."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._open: dict[Key, Feed] = {}
        self._urls: dict[Key, str] = {}
        self._wanted: dict[str, Key] = {}
        self._standby: set[str] = set()

    def show(self, views: list[View], standby: set[str]) -> None:
        """Decode ``views``; cameras in ``standby`` stay connected but are not decoded."""
        self._standby = standby
        self._wanted = {view.camera.id: (view.camera.id, view.main) for view in views}
        for view in views:
            self._want(view)
        self.settle()

    def _want(self, view: View) -> None:
        key = view.camera.id, view.main
        url = view.camera.main if view.main else view.camera.sub
        if key in self._open and self._urls[key] != url:
            self._close(key)
        if key not in self._open:
            try:
                source = Source.parse(url)
            except ValueError:
                return
            self._open[key] = self._feeds.watch(source, view.width, view.height)
            self._urls[key] = url
        feed = self._open[key]
        feed.resize(view.width, view.height)
        feed.hide(hidden=False)

    def settle(self) -> None:
        """Close or hide what nobody looks at any more. Call it now and then."""
        for key in list(self._open):
            camera, main = key
            wanted = self._wanted.get(camera)
            if wanted == key:
                continue
            if wanted is not None and not self._has_picture(wanted):
                continue
            if not main and (wanted is not None or camera in self._standby):
                self._open[key].hide(hidden=True)
            else:
                self._close(key)

    def _has_picture(self, key: Key) -> bool:
        return key in self._open and self._open[key].stamp[1] > 0

    def feed(self, camera: str) -> tuple[Feed, bool] | None:
        """Return the feed whose picture a camera's tile shows now, and whether it is main."""
        wanted = self._wanted.get(camera)
        if wanted is None:
            return None
        other = camera, not wanted[1]
        for key in (wanted, other):
            if self._has_picture(key):
                return self._open[key], key[1]
        return (self._open[wanted], wanted[1]) if wanted in self._open else None

    def _close(self, key: Key) -> None:
        self._open.pop(key).close()
        del self._urls[key]

    def clear(self) -> None:
        """Close everything."""
        self._wanted = {}
        for key in list(self._open):
            self._close(key)
