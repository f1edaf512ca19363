"""The one error that a codec raises."""

from __future__ import annotations


class ProtocolError(ValueError):
    """The peer sent what its protocol does not allow, or more than we are willing to hold.

    ``field`` names the part at fault where there is one to name.
    """

    def __init__(self, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
