"""The one error that a codec raises."""

from __future__ import annotations


class ProtocolError(ValueError):
    """The peer sent what its protocol does not allow, or more than we are willing to hold."""
