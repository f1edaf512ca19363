"""Words for what speakers and calls are doing, and for why one failed."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import wire
from widgets.wording import problem_text

_STATES = {
    "idle": QT_TRANSLATE_NOOP("Voice", "Ready"),
    "opening": QT_TRANSLATE_NOOP("Voice", "Opening"),
    "talking": QT_TRANSLATE_NOOP("Voice", "Speaking"),
    "failed": QT_TRANSLATE_NOOP("Voice", "Out of order"),
    "asked": QT_TRANSLATE_NOOP("Voice", "Asked"),
    "speaking": QT_TRANSLATE_NOOP("Voice", "Speaking"),
    "done": QT_TRANSLATE_NOOP("Voice", "Spoken"),
}

_WHYS = (
    QT_TRANSLATE_NOOP("Voice", "the speaker refuses our password"),
    QT_TRANSLATE_NOOP("Voice", "the speaker forbids the call"),
    QT_TRANSLATE_NOOP("Voice", "the speaker does not know this number"),
    QT_TRANSLATE_NOOP("Voice", "the speaker does not answer"),
    QT_TRANSLATE_NOOP("Voice", "the speaker is not available"),
    QT_TRANSLATE_NOOP("Voice", "the speaker is busy"),
    QT_TRANSLATE_NOOP("Voice", "the speaker wants another codec"),
    QT_TRANSLATE_NOOP("Voice", "the speaker declines the call"),
    QT_TRANSLATE_NOOP("Voice", "the speaker hung up"),
    QT_TRANSLATE_NOOP("Voice", "the speaker no longer takes sound"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's address is wrong"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's name is not known"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's port is closed"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's codec is not known"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's folder is not there"),
    QT_TRANSLATE_NOOP("Voice", "the speaker's folder is gone"),
    QT_TRANSLATE_NOOP("Voice", "the voice engine stopped"),
    QT_TRANSLATE_NOOP("Voice", "the voice engine erred"),
    QT_TRANSLATE_NOOP("Voice", "the voice process ended"),
    QT_TRANSLATE_NOOP("Voice", "the voice process is being started"),
    QT_TRANSLATE_NOOP("Voice", "the hub was started again"),
    QT_TRANSLATE_NOOP("Voice", "no sound came from the microphone"),
    QT_TRANSLATE_NOOP("Voice", "no speech engine could say it"),
    QT_TRANSLATE_NOOP("Voice", "ended before the speaker answered"),
    QT_TRANSLATE_NOOP("Voice", "silenced"),
)
_KNOWN = frozenset(str(why) for why in _WHYS)


def state_word(state: str) -> str:
    """Return the word for the state of a speaker or a call."""
    text = _STATES.get(state)
    return QCoreApplication.translate("Voice", str(text)) if text else state


def why_words(why: str) -> str:
    """Return why something failed, in the officer's language where it is known.

    ``why`` is a sentence of the voice engine or a :class:`wire.Problem` as ``code: detail``.
    """
    if why in _KNOWN:
        return QCoreApplication.translate("Voice", why)
    code, _, detail = why.partition(": ")
    return problem_text(wire.Problem(code=code, detail=detail)) if code.isidentifier() else why
