"""Normalised text -> syllables with tone numbers and pauses, as every engine here wants them."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

_SHORT = frozenset("，、；：,;:")
_LONG = frozenset("。！？…—.!?\n")
_LETTERS = {
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "ai2 fu5", "G": "ji4",
    "H": "ei1 chi5", "I": "ai4", "J": "jie4", "K": "kei1", "L": "ai2 le5", "M": "ai2 mu5",
    "N": "en1", "O": "ou1", "P": "pi4", "Q": "qiu1", "R": "a4", "S": "ai2 si5", "T": "ti4",
    "U": "you1", "V": "wei1", "W": "da2 bu5 liu5", "X": "ai2 ke5 si5", "Y": "wai4", "Z": "zei4",
}  # fmt: skip


def syllables(text: str) -> list[str]:
    """Return syllables such as ``zhong1`` (``v`` for ü) and the pauses ``,`` and ``.``.

    Letters are spelled as Chinese says them; what cannot be said is left out.
    """
    said: list[str] = []
    for word in lazy_pinyin(
        text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, errors="default"
    ):
        if re.fullmatch(r"[a-zü]+[1-5]", word):
            said.append(word.replace("ü", "v"))
            continue
        for one in word:
            if one in _SHORT:
                said.append(",")
            elif one in _LONG:
                said.append(".")
            else:
                said += _LETTERS.get(one.upper(), "").split()
    return said
