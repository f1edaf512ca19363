"""eSpeak NG with pinyin: the speech that is always there.

Its Mandarin reads characters as English letters, so it is given syllables with tone
numbers (pypinyin knows the readings of characters in their words).
"""

from __future__ import annotations

import shutil
import subprocess

from console.voice.pinyin import syllables
from console.voice.sound import Samples, from_wav
from console.voice.speech import SpeechError

VOICE = "cmn-latn-pinyin"
_SPEED = 200
_PITCH = 42
_AMPLITUDE = 160
_GAP = 1
"""Words a minute, pitch 0-99, amplitude 0-200, pause between words in 10 ms."""

_TIMEOUT = 20.0


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
                input=" ".join(syllables(text)).encode(),
                capture_output=True,
                timeout=_TIMEOUT,
                check=True,
            )
            return from_wav(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise SpeechError(type(error).__name__) from error
