"""Hearing a recorded call again, where the machine has a sound output."""

from __future__ import annotations

import io
import wave

from PySide6.QtCore import QBuffer, QIODevice, QObject

from widgets.voice.microphone import has_sound_system


class Playback(QObject):
    """Plays one WAV at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sink: QObject | None = None

    def available(self) -> bool:
        """Tell whether there is a sound output."""
        if not has_sound_system():
            return False
        from PySide6.QtMultimedia import QMediaDevices

        return not QMediaDevices.defaultAudioOutput().isNull()

    def play(self, wav: bytes) -> None:
        """Play a 16 bit WAV file from its beginning; what played before stops."""
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

        try:
            with wave.open(io.BytesIO(wav)) as file:
                made = QAudioFormat()
                made.setSampleRate(file.getframerate())
                made.setChannelCount(file.getnchannels())
                made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
                sound = file.readframes(file.getnframes())
        except (wave.Error, EOFError):
            return
        if self._sink is not None:
            self._sink.deleteLater()
        sink = QAudioSink(QMediaDevices.defaultAudioOutput(), made, self)
        buffer = QBuffer(sink)
        buffer.setData(sound)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        sink.start(buffer)
        self._sink = sink
