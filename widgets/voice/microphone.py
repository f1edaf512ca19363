"""The officer's microphone: frames of 20 ms at 16 kHz, armed all the time so that no word is cut.

Setting ``voice.microphone``: ``default`` (the system's), ``device:NAME``, ``none``, and for tests
``tone`` or ``file:/path.wav``, which are named as such on the panel.
"""

from __future__ import annotations

import math
import os
import sys
import wave
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.seat.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioFormat, QAudioSource

RATE = 16_000
FRAME = 320
"""Samples of 20 ms."""
FRAME_MS = 20
PRE_ROLL = 2
"""Frames from before the key that are sent with it: as many as the jitter buffer wants."""

_TONE = QT_TRANSLATE_NOOP("Voice", "Test tone in place of a microphone")
_RECORDING = QT_TRANSLATE_NOOP("Voice", "Recording in place of a microphone")
_NONE = QT_TRANSLATE_NOOP("Voice", "No microphone: warnings by text work all the same")

SILENT = -90.0
CLIPPED = -0.2
"""Peak levels in dBFS below which there is no input and above which it is overdriven."""

Samples = NDArray[np.int16]


class Microphone(QObject):
    """The port. A source emits :attr:`frame` (640 bytes, s16le) and :attr:`level` (peak, dBFS)."""

    frame = Signal(bytes)
    level = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.note = ""
        """What the officer must know about it, to be translated in ``Voice``; mostly empty."""
        self._before: deque[bytes] = deque(maxlen=PRE_ROLL)
        self._rest = np.zeros(0, np.int16)

    @property
    def present(self) -> bool:
        """Whether anything can be heard at all."""
        return True

    def start(self) -> None:
        """Arm it."""

    def stop(self) -> None:
        """Let go of the device."""

    def pre_roll(self) -> list[bytes]:
        """Return the last frames from before now."""
        return list(self._before)

    def _take(self, samples: Samples) -> None:
        """Cut 16 kHz samples into frames."""
        self._rest = np.concatenate([self._rest, samples])
        while len(self._rest) >= FRAME:
            part, self._rest = self._rest[:FRAME], self._rest[FRAME:]
            data = part.astype("<i2").tobytes()
            self._before.append(data)
            peak = int(np.max(np.abs(part.astype(np.int32))))
            self.level.emit(20 * math.log10(max(peak, 1) / 32768))
            self.frame.emit(data)


class NoMicrophone(Microphone):
    """There is none; warnings by text still work."""

    @property
    def present(self) -> bool:
        return False


class TestSource(Microphone):
    """Plays samples over and over in real time, in place of a voice."""

    __test__ = False

    def __init__(self, samples: Samples, note: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.note = note
        self._samples = samples
        self._at = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._play)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _play(self) -> None:
        part = np.take(self._samples, np.arange(self._at, self._at + FRAME), mode="wrap")
        self._at = (self._at + FRAME) % len(self._samples)
        self._take(part)


class DeviceMicrophone(Microphone):
    """A microphone by Qt, opened at 48 kHz where its chunks are short.

    ``name`` is the device's; the system's own where it is empty or not there any more.
    """

    def __init__(self, parent: QObject | None = None, name: str = "") -> None:
        super().__init__(parent)
        self._name = name
        self._source: QAudioSource | None = None
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)

    def start(self) -> None:
        from PySide6.QtMultimedia import QAudioSource, QMediaDevices

        if self._source is not None:
            return
        named = [one for one in QMediaDevices.audioInputs() if one.description() == self._name]
        device = named[0] if named else QMediaDevices.defaultAudioInput()
        self._source = QAudioSource(device, wanted_format(), self)
        stream = self._source.start()
        if stream is not None:
            stream.readyRead.connect(lambda: self._read(bytes(stream.readAll().data())))

    def stop(self) -> None:
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
            self._source = None

    def _read(self, data: bytes) -> None:
        samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int16)
        if samples.size:
            self._take(_resampled(self._resampler, samples, DEVICE_RATE))


DEVICE_RATE = 48_000


def wanted_format() -> QAudioFormat:
    """Return 48 kHz mono, 16 bit."""
    from PySide6.QtMultimedia import QAudioFormat

    made = QAudioFormat()
    made.setSampleRate(DEVICE_RATE)
    made.setChannelCount(1)
    made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return made


def _resampled(engine: av.AudioResampler, samples: Samples, rate: int) -> Samples:
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate
    parts = [out.to_ndarray().reshape(-1) for out in engine.resample(frame)]
    return np.concatenate(parts).astype(np.int16) if parts else np.zeros(0, np.int16)


def _tone() -> Samples:
    """Two seconds of a voice-like sound: a gliding note with syllables."""
    time = np.arange(2 * RATE) / RATE
    pitch = 180 + 40 * np.sin(2 * np.pi * 0.5 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = sum(np.sin(n * phase) / n for n in range(1, 9))
    syllables = np.clip(np.sin(2 * np.pi * 3 * time), 0, 1)
    return np.round(voice * syllables * 6000).astype(np.int16)


def _file(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
        samples, rate = raw[:: file.getnchannels()], file.getframerate()
    engine = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    return _resampled(engine, samples, rate)


def has_sound_system() -> bool:
    """Tell whether looking for devices makes sense: asking Qt without any costs and complains."""
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    sockets = (runtime / "pulse" / "native", runtime / "pipewire-0", Path("/dev/snd"))
    known = "PULSE_SERVER" in os.environ or any(path.exists() for path in sockets)
    return known or not sys.platform.startswith("linux")


def open_microphone(setting: str, parent: QObject) -> Microphone:
    """Return the microphone of a setting; one that cannot be had is :class:`NoMicrophone`."""
    if setting == "tone":
        return TestSource(
            _tone(),
            _TONE,
            parent,
        )
    if setting.startswith("file:"):
        try:
            samples = _file(Path(setting.removeprefix("file:")))
        except (OSError, wave.Error, EOFError):
            samples = np.zeros(0, np.int16)
        if samples.size:
            return TestSource(
                samples,
                _RECORDING,
                parent,
            )
    if (setting == "default" or setting.startswith("device:")) and has_sound_system():
        from PySide6.QtMultimedia import QMediaDevices

        if not QMediaDevices.defaultAudioInput().isNull():
            return DeviceMicrophone(parent, setting.partition(":")[2])
    none = NoMicrophone(parent)
    none.note = _NONE
    return none
