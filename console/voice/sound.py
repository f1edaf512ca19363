"""Sound as numbers: tones, levels, rates, WAV. Samples are ``int16`` mono, 8 kHz unless said."""

from __future__ import annotations

import io
import wave

import av
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

Samples = NDArray[np.int16]

RATE = 8000
LIVE_RATE = 16_000
FRAME = 160
FRAME_SECONDS = 0.02

SPEECH_LEVEL = -16.0
"""Where speech is set, dBFS over the frames in which somebody speaks."""
CEILING = 0.9
"""Highest peak the limiter lets through, as a share of full scale."""


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)


def tone(*notes: tuple[float, float], level: float = -16.0) -> Samples:
    """Return notes of (hertz, seconds) in a row, edges softened; ``level`` is the peak in dBFS."""
    parts = []
    for hertz, seconds in notes:
        time = np.arange(round(seconds * RATE)) / RATE
        edge = np.clip(np.minimum(time, seconds - time) / 0.008, 0.0, 1.0)
        parts.append(np.sin(2 * np.pi * hertz * time) * edge)
    return to_int16(np.concatenate(parts) * 10 ** (level / 20))


def to_int16(signal: NDArray[np.float64]) -> Samples:
    """Return a signal of -1..1 as samples, clipped."""
    return np.round(np.clip(signal, -1.0, 1.0) * 32767).astype(np.int16)


def level(samples: Samples) -> float:
    """Return dBFS (RMS) over the frames within 25 dB of the loudest; -120 for silence."""
    usable = samples[: len(samples) // FRAME * FRAME].astype(np.float64).reshape(-1, FRAME) / 32768
    if not usable.size:
        return -120.0
    power = np.mean(usable**2, axis=1)
    active = power[power >= power.max() * 10**-2.5]
    return float(10 * np.log10(max(np.mean(active), 1e-12)))


def levelled(samples: Samples, target: float = SPEECH_LEVEL) -> Samples:
    """Bring speech to ``target`` dBFS and hold its peaks under the ceiling without clipping."""
    now = level(samples)
    if now <= -90.0:
        return samples
    signal = samples.astype(np.float64) / 32768 * 10 ** ((target - now) / 20)
    reach = RATE // 200
    peaks = maximum_filter1d(np.abs(signal), 2 * reach + 1)
    gain = uniform_filter1d(np.minimum(1.0, CEILING / np.maximum(peaks, 1e-9)), reach)
    return to_int16(signal * gain)


def trimmed(samples: Samples, margin: float = 0.02) -> Samples:
    """Cut the silence off both ends, ``margin`` seconds left standing."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 160)
    if not loud.size:
        return samples[:0]
    keep = round(margin * RATE)
    return samples[max(0, loud[0] - keep) : loud[-1] + keep]


class Resampler:
    """Changes the rate of a mono stream; what it holds back comes with :meth:`flush`."""

    def __init__(self, source: int, target: int = RATE) -> None:
        self._source = source
        self._engine = av.AudioResampler(format="s16", layout="mono", rate=target)

    def push(self, samples: Samples) -> Samples:
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self._source
        return self._joined(self._engine.resample(frame))

    def flush(self) -> Samples:
        return self._joined(self._engine.resample(None))

    @staticmethod
    def _joined(frames: list[av.AudioFrame]) -> Samples:
        parts = [frame.to_ndarray().reshape(-1) for frame in frames]
        return np.concatenate(parts).astype(np.int16) if parts else np.zeros(0, np.int16)


def resampled(samples: Samples, source: int, target: int = RATE) -> Samples:
    """Return a whole recording at another rate."""
    if source == target:
        return samples
    engine = Resampler(source, target)
    return np.concatenate([engine.push(samples), engine.flush()])


def to_wav(samples: Samples, rate: int = RATE) -> bytes:
    """Return a WAV file, 16 bit mono."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()


def from_wav(data: bytes) -> tuple[Samples, int]:
    """Return samples and rate of a 16 bit WAV file, its first channel; raise ``ValueError``."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getsampwidth() != 2:
                raise ValueError("no 16 bit WAV")
            raw = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
            return raw[:: file.getnchannels()], file.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError("no WAV") from error
