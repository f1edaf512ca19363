"""G.711 A-law and µ-law (ITU-T G.711, 11/1988) by tables: 16 bit linear <-> 8 bit.

Samples are ``int16`` arrays at 8 kHz; coded octets are as they stand on the wire (A-law
with its even bits inverted, µ-law complemented).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Law = Literal["PCMA", "PCMU"]
Samples = NDArray[np.int16]

RATE = 8000
FRAME = 160
"""Samples in 20 ms."""

_MU_BIAS = 132


def _decode_alaw_table() -> Samples:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    segment, step = (code >> 4) & 7, code & 15
    magnitude = (step << 4) + 8
    magnitude = np.where(segment > 0, (magnitude + 256) << np.maximum(segment - 1, 0), magnitude)
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)


def _decode_ulaw_table() -> Samples:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    segment, step = (code >> 4) & 7, code & 15
    magnitude = (((step << 3) + _MU_BIAS) << segment) - _MU_BIAS
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _encode_alaw_table() -> NDArray[np.uint8]:
    linear = np.arange(-32768, 32768, dtype=np.int32)
    sign = np.where(linear >= 0, 0x80, 0)
    magnitude = np.where(linear >= 0, linear, -linear - 1)
    segment = np.clip(np.floor(np.log2(np.maximum(magnitude, 1))).astype(np.int32) - 7, 0, 7)
    step = (magnitude >> np.maximum(segment + 3, 4)) & 15
    code: NDArray[np.uint8] = ((sign | (segment << 4) | step) ^ 0x55).astype(np.uint8)
    return code


def _encode_ulaw_table() -> NDArray[np.uint8]:
    linear = np.arange(-32768, 32768, dtype=np.int32)
    sign = np.where(linear < 0, 0x80, 0)
    magnitude = np.minimum(np.abs(linear), 32635) + _MU_BIAS
    segment = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    step = (magnitude >> (segment + 3)) & 15
    code: NDArray[np.uint8] = (~(sign | (segment << 4) | step) & 0xFF).astype(np.uint8)
    return code


_DECODE: dict[str, Samples] = {"PCMA": _decode_alaw_table(), "PCMU": _decode_ulaw_table()}
_ENCODE = {"PCMA": _encode_alaw_table(), "PCMU": _encode_ulaw_table()}

PAYLOAD_TYPE: dict[Law, int] = {"PCMU": 0, "PCMA": 8}
"""Static RTP payload types (RFC 3551, table 4)."""

LAW: dict[int, Law] = {number: law for law, number in PAYLOAD_TYPE.items()}

SILENCE: dict[Law, bytes] = {"PCMA": b"\xd5", "PCMU": b"\xff"}
"""The octet of a zero sample."""


def encode(samples: Samples, law: Law) -> bytes:
    """Return one octet a sample."""
    table = _ENCODE[law]
    return table[samples.astype(np.int32) + 32768].tobytes()


def decode(octets: bytes, law: Law) -> Samples:
    """Return one sample an octet."""
    return _DECODE[law][np.frombuffer(octets, np.uint8)]
