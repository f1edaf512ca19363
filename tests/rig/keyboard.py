"""Key presses through the X server's test extension, without a process per key, for timing."""

from __future__ import annotations

import ctypes
import time


class Keyboard:
    """One connection to a display."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._x11.XFlush.argtypes = self._x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_ulong,
        ]
        self._display = self._x11.XOpenDisplay(display.encode())
        if not self._display:
            raise RuntimeError(f"no display {display}")

    def tap(self, *names: str) -> float:
        """Press and release keys by their X names; return the Unix time before the last press."""
        before = 0.0
        for name in names:
            code = self._x11.XKeysymToKeycode(
                self._display, self._x11.XStringToKeysym(name.encode())
            )
            before = time.time()
            for down in (1, 0):
                self._test.XTestFakeKeyEvent(self._display, code, down, 0)
            self._x11.XFlush(self._display)
        return before

    def close(self) -> None:
        """Let the display go."""
        self._x11.XCloseDisplay(self._display)
