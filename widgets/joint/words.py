"""Words of joint work: states, levels, limits, kinds."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console import wire
from console.seat.mirror import Mirror
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.clocks import left_text

_CONTEXT = "Joint"

_WORDS = {
    "issued": QT_TRANSLATE_NOOP("Joint", "Issued"),
    "received": QT_TRANSLATE_NOOP("Joint", "Received"),
    "answered": QT_TRANSLATE_NOOP("Joint", "Answered"),
    "closed": QT_TRANSLATE_NOOP("Joint", "Closed"),
    "open": QT_TRANSLATE_NOOP("Joint", "Running"),
    "ended": QT_TRANSLATE_NOOP("Joint", "Ended"),
    "overdue": QT_TRANSLATE_NOOP("Joint", "Overdue"),
    "inspection": QT_TRANSLATE_NOOP("Joint", "On-site supervision"),
    "spot_check": QT_TRANSLATE_NOOP("Joint", "Spot check"),
    "persuasion": QT_TRANSLATE_NOOP("Joint", "Persuasion"),
    "mediation": QT_TRANSLATE_NOOP("Joint", "Mediation"),
    "agreed": QT_TRANSLATE_NOOP("Joint", "Agreed"),
    "failed": QT_TRANSLATE_NOOP("Joint", "No agreement"),
    "pending": QT_TRANSLATE_NOOP("Joint", "Still open"),
}

_SPANS = {
    "natural_minutes": QT_TRANSLATE_NOOP("Joint", "{n} minutes"),
    "natural_hours": QT_TRANSLATE_NOOP("Joint", "{n} hours"),
    "urgent_hours": QT_TRANSLATE_NOOP("Joint", "{n} urgent working hours"),
    "working_hours": QT_TRANSLATE_NOOP("Joint", "{n} working hours"),
    "working_days": QT_TRANSLATE_NOOP("Joint", "{n} working days"),
    "natural_days": QT_TRANSLATE_NOOP("Joint", "{n} days"),
}

LIMITS = (
    "natural_hours:24",
    "natural_hours:48",
    "working_days:1",
    "working_days:3",
    "working_days:5",
    "working_days:10",
)
UNITS = ("m²", "处", "件", "辆", "吨")
PERSUASIONS = ("跨门经营", "流动摊贩", "占道堆放", "违规停车", "垃圾乱倒", "噪音扰民", "违规养犬")
MEDIATIONS = ("噪音", "油烟", "装修", "停车", "违建", "养犬", "宠物", "其他")


def word(code: str) -> str:
    """Return what a code of joint work is called, or the code."""
    return QCoreApplication.translate(_CONTEXT, _WORDS[code]) if code in _WORDS else code


def limit_text(limit: str) -> str:
    """Return a limit such as ``working_days:3`` in words."""
    type_, _, count = limit.partition(":")
    return QCoreApplication.translate(_CONTEXT, _SPANS.get(type_, limit)).format(n=count)


def blocks(share: float) -> str:
    """Return a share of 0 to 1 in per cent and as ten small blocks."""
    full = max(0, min(10, int(share * 10)))
    return f"{share:.0%} " + "■" * full + "□" * (10 - full)


def department_text(mirror: Mirror, id_: str) -> str:
    """Return the name of a department."""
    known = mirror.departments.get(id_)
    return known.name if known else id_


def day_text(moment: datetime) -> str:
    """Return day and time, such as ``11-22 16:30``."""
    return moment.astimezone().strftime("%m-%d %H:%M")


def amount_text(amount: float) -> str:
    """Return an amount without needless decimals, in groups of three."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".")


def order_state(order: wire.SupervisionOrder) -> str:
    """Return an order's state, and that it is overdue."""
    state = word(order.state)
    return f"▲ {state} · {word('overdue')}" if order.overdue else state


def deadline_text(order: wire.SupervisionOrder, now: datetime) -> str:
    """Return how long an order still has; what is answered or closed has its moment only."""
    if order.state in ("answered", "closed"):
        return day_text(order.deadline)
    return left_text((order.deadline - now).total_seconds())
