from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.protocols import g711

LAWS: list[g711.Law] = ["PCMA", "PCMU"]


@pytest.mark.parametrize("law", LAWS)
@given(octets=st.binary(max_size=400))
def test_what_was_decoded_encodes_to_the_same_octets(law: g711.Law, octets: bytes) -> None:
    again = g711.encode(g711.decode(octets, law), law)
    # µ-law has two zeros; the negative one comes back as the positive one.
    expected = octets.replace(b"\x7f", b"\xff") if law == "PCMU" else octets
    assert again == expected


@pytest.mark.parametrize(
    ("law", "octet", "sample"),
    [
        ("PCMA", 0xD5, 8),
        ("PCMA", 0x55, -8),
        ("PCMA", 0xAA, 32256),
        ("PCMA", 0x2A, -32256),
        ("PCMU", 0xFF, 0),
        ("PCMU", 0x80, 32124),
        ("PCMU", 0x00, -32124),
        ("PCMU", 0xEF, 132),
    ],
)
def test_the_tables_hold_the_standards_corner_values(
    law: g711.Law, octet: int, sample: int
) -> None:
    assert g711.decode(bytes([octet]), law)[0] == sample


@pytest.mark.parametrize("law", LAWS)
def test_every_sample_comes_back_within_half_a_step(law: g711.Law) -> None:
    samples = np.arange(-32768, 32768, dtype=np.int32).astype(np.int16)
    back = g711.decode(g711.encode(samples, law), law).astype(np.int32)
    error = np.abs(back - samples.astype(np.int32))
    assert np.all(error <= np.maximum(np.abs(samples.astype(np.int32)) / 32 + 8, 8) + 512 / 16)
    ratio = 10 * np.log10(np.mean(samples.astype(float) ** 2) / np.mean(error.astype(float) ** 2))
    assert ratio > 36


@pytest.mark.parametrize("law", LAWS)
def test_silence_is_the_octet_of_a_zero_sample(law: g711.Law) -> None:
    assert g711.encode(np.zeros(3, np.int16), law) == g711.SILENCE[law] * 3
