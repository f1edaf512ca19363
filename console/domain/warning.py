"""The words of a spoken warning: a template's slots, filled for one place and moment."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=8))
"""China has one civil time without summer time."""

GRACE = timedelta(minutes=30)
"""How long a warned person has, where a template names a deadline."""

_SLOT = re.compile(r"\{(\w+)\}")


def deadline(now: datetime) -> str:
    """Return ``HH:MM`` local time, the grace rounded up to ten minutes."""
    due = (now + GRACE).astimezone(LOCAL)
    due += timedelta(minutes=-due.minute % 10)
    return due.strftime("%H:%M")


def fill(text: str, *, street: str, place: str, town: str, now: datetime) -> str:
    """Return a template's text as it is spoken.

    ``place`` may repeat the street before a ``·``; it is said once. A slot that nobody
    knows is left out, so that no brace is ever spoken.
    """
    where = place.removeprefix(street).lstrip(" ·") if street else place
    slots = {
        "street": street or "本路段",
        "place": where or "此处",
        "deadline": deadline(now),
        "bureau": f"{town}综合行政执法局",
    }
    return _SLOT.sub(lambda found: slots.get(found[1], ""), text)
