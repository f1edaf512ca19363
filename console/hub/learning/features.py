"""What the classifier sees of a text: how often each short run of its letters stands in it.

Chinese needs no words for that, and a misspelt one does little harm. Runs are numbered by a
checksum, so that no list of them has to be kept.
"""

from __future__ import annotations

from collections import Counter
from zlib import crc32

from console.search_text import normal

SIZE = 1 << 15
LONGEST = 3
MOST = 600
"""Letters of a text that are looked at."""


def counts(text: str) -> Counter[int]:
    """Return number -> how often the runs of that number stand in a text."""
    letters = normal(text).replace(" ", "")[:MOST]
    return Counter(
        crc32(letters[start : start + length].encode()) % SIZE
        for length in range(1, LONGEST + 1)
        for start in range(len(letters) - length + 1)
    )
