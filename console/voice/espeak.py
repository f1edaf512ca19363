"""eSpeak NG with pinyin: the speech that is always there.

Its Mandarin reads characters as English letters, so it is given syllables with tone
numbers (pypinyin knows the readings of characters in their words).
"""

from __future__ import annotations

import re
import shutil
import subprocess

from pypinyin import Style, lazy_pinyin

from console.voice.sound import Samples, from_wav
from console.voice.speech import SpeechError

VOICE = "cmn-latn-pinyin"
_SPEED = 155
_PITCH = 42
_AMPLITUDE = 160
_GAP = 1
"""Words a minute, pitch 0-99, amplitude 0-200, pause between words in 10 ms."""

_TIMEOUT = 20.0
_PAUSES = str.maketrans("。！？；：，、（）《》“”—…", ".!?;:,,,,,,,,,,")
_LETTERS = {
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "ai2 fu5", "G": "ji4",
    "H": "ei1 chi5", "I": "ai4", "J": "jie4", "K": "kei1", "L": "ai2 le5", "M": "ai2 mu5",
    "N": "en1", "O": "ou1", "P": "pi4", "Q": "kiu1", "R": "a4", "S": "ai2 si5", "T": "ti4",
    "U": "you1", "V": "wei1", "W": "da2 bu5 liu5", "X": "ai2 ke5 si5", "Y": "wai4", "Z": "zei4",
}  # fmt: skip


def pinyin(text: str) -> str:
    """Return a normalised text as syllables with tone numbers, letters as Chinese says them."""
    words = lazy_pinyin(
        text,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        tone_sandhi=True,
        errors=lambda other: other.translate(_PAUSES),
    )
    syllables = (
        word if re.search(r"[1-5]$", word) else "".join(_spelled(one) for one in word)
        for word in words
    )
    return re.sub(r"\s+", " ", " ".join(syllables)).replace("ü", "v").strip()


def _spelled(one: str) -> str:
    if one.upper() in _LETTERS:
        return f" {_LETTERS[one.upper()]} "
    return one if one in ".!?;:," else " "


class Espeak:
    """See the module."""

    name = f"espeak-ng {VOICE} {_SPEED}/{_PITCH}/{_AMPLITUDE}"

    def available(self) -> bool:
        return shutil.which("espeak-ng") is not None

    def render(self, text: str) -> tuple[Samples, int]:
        options = f"-v {VOICE} -s {_SPEED} -p {_PITCH} -a {_AMPLITUDE} -g {_GAP}".split()
        try:
            done = subprocess.run(
                ["espeak-ng", *options, "--stdin", "--stdout"],
                input=pinyin(text).encode(),
                capture_output=True,
                timeout=_TIMEOUT,
                check=True,
            )
            return from_wav(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise SpeechError(type(error).__name__) from error
