"""Times as people and tables in China write them, without a zone."""

from __future__ import annotations

import re
from datetime import datetime

from console.domain.clock import CHINA
from console.protocols.errors import ProtocolError

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2})(?:\.\d+)?)?\s*[秒分]?)?"
)


def local_moment(value: str, field: str) -> tuple[datetime, bool]:
    """Return (time in China, whether only a day was said, which is taken as its noon).

    Raises :class:`ProtocolError` naming ``field`` for what is no such day or time.
    """
    match = _MOMENT.fullmatch(value.strip())
    if match is None:
        raise ProtocolError("no time such as 2026-11-22 10:30", field)
    year, month, day = (int(part) for part in match.groups()[:3])
    hour, minute, second = (int(part or 0) for part in match.groups()[3:])
    alone = match[4] is None
    try:
        at = datetime(year, month, day, 12 if alone else hour, minute, second, tzinfo=CHINA)
    except ValueError:
        raise ProtocolError("no such day or time", field) from None
    return at, alone
