"""Marking texts for translation where there is no Qt."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - lupdate looks for this name
    """Return the text as it is; the translation tool finds it here by the function's name."""
    return text
