"""The lists of the pane: which lines each section has, and what a line says in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from console import wire
from console.seat.mirror import Mirror
from console.seat.text import QT_TRANSLATE_NOOP
from widgets.joint.words import (
    amount_text,
    blocks,
    day_text,
    deadline_text,
    department_text,
    limit_text,
    order_state,
    word,
)
from widgets.wording import state_text

T = TypeVar("T", wire.Notice, wire.Campaign, wire.Round)

SECTIONS = ("order", "notice", "campaign", "round", "count")

_NAMES = {
    "order": QT_TRANSLATE_NOOP("Joint", "Supervision orders"),
    "notice": QT_TRANSLATE_NOOP("Joint", "Early warnings"),
    "campaign": QT_TRANSLATE_NOOP("Joint", "Campaigns"),
    "round": QT_TRANSLATE_NOOP("Joint", "Rounds"),
    "count": QT_TRANSLATE_NOOP("Joint", "Persuasion, mediation"),
}
_NUMBER = QT_TRANSLATE_NOOP("Joint", "Number")
_TITLE = QT_TRANSLATE_NOOP("Joint", "Title")
_TO = QT_TRANSLATE_NOOP("Joint", "To")
_LEFT = QT_TRANSLATE_NOOP("Joint", "Left")
_STATE = QT_TRANSLATE_NOOP("Joint", "State")
_ISSUED = QT_TRANSLATE_NOOP("Joint", "Issued")
_RECEIPTS = QT_TRANSLATE_NOOP("Joint", "Receipts")
_DONE = QT_TRANSLATE_NOOP("Joint", "Done")
_GOAL = QT_TRANSLATE_NOOP("Joint", "Goal")
_PROGRESS = QT_TRANSLATE_NOOP("Joint", "Progress")
_UNTIL = QT_TRANSLATE_NOOP("Joint", "Until")
_KIND = QT_TRANSLATE_NOOP("Joint", "Kind")
_STARTED = QT_TRANSLATE_NOOP("Joint", "Started")
_SETTLED = QT_TRANSLATE_NOOP("Joint", "Settled")
_MONTH = QT_TRANSLATE_NOOP("Joint", "Month")
_WHAT = QT_TRANSLATE_NOOP("Joint", "What")
_DISTRICT = QT_TRANSLATE_NOOP("Joint", "District")
_RECORDS = QT_TRANSLATE_NOOP("Joint", "Records")
_COUNT = QT_TRANSLATE_NOOP("Joint", "Count")

_COLUMNS = {
    "order": (_NUMBER, _TITLE, _TO, _LEFT, _STATE),
    "notice": (_NUMBER, _TITLE, _TO, _ISSUED, _RECEIPTS),
    "campaign": (_TITLE, _DONE, _GOAL, _PROGRESS, _UNTIL, _STATE),
    "round": (_TITLE, _KIND, _STARTED, _SETTLED, _STATE),
    "count": (_MONTH, _WHAT, _KIND, _DISTRICT, _RECORDS, _COUNT),
}
WIDTHS = {
    "order": (126, 0, 190, 92, 116),
    "notice": (126, 0, 190, 104, 76),
    "campaign": (0, 84, 96, 190, 96, 76),
    "round": (0, 110, 104, 76, 76),
    "count": (84, 84, 0, 110, 82, 70),
}
"""Pixels of each column; the one with 0 takes what is left."""

_RECEIPT = QT_TRANSLATE_NOOP("Joint", "Receipt")
_ANSWER = QT_TRANSLATE_NOOP("Joint", "Answer")
_WAITING = QT_TRANSLATE_NOOP("Joint", "not yet")
_BY_DESK = QT_TRANSLATE_NOOP("Joint", "written down by {name}")
_CASES = QT_TRANSLATE_NOOP("Joint", "Cases")
_RESULT = QT_TRANSLATE_NOOP("Joint", "Result")
_DEADLINE = QT_TRANSLATE_NOOP("Joint", "Deadline")
_LEVEL = QT_TRANSLATE_NOOP("Joint", "Level {level}")
_PROVISIONAL = QT_TRANSLATE_NOOP("Joint", "provisional")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. ``mood`` is urgent, warn, ok, faint or empty: the colour of its state."""

    id: str
    cells: tuple[str, ...]
    mood: str = ""


def say(text: str) -> str:
    """Return a word of the sections in the officer's language."""
    return QCoreApplication.translate("Joint", text)


def name_of(section: str) -> str:
    """Return what a section is called."""
    return say(_NAMES[section])


def columns(section: str) -> list[str]:
    """Return the heads of a section's columns."""
    return [say(text) for text in _COLUMNS[section]]


def lines(
    section: str, mirror: Mirror, totals: Sequence[wire.JointLine], now: datetime
) -> list[Line]:
    """Return the lines of a section: what needs somebody first, then the newest."""
    match section:
        case "order":
            return [_order(order, mirror, now) for order in _orders(mirror)]
        case "notice":
            notices = sorted(mirror.notices.values(), key=lambda one: one.issued, reverse=True)
            return [_notice(notice, mirror) for notice in _first(notices, "issued")]
        case "campaign":
            campaigns = sorted(mirror.campaigns.values(), key=lambda one: one.id, reverse=True)
            return [_campaign(campaign) for campaign in _first(campaigns, "open")]
        case "round":
            rounds = sorted(mirror.rounds.values(), key=lambda one: one.started, reverse=True)
            return [_round(round_) for round_ in _first(rounds, "open")]
    return [_total(line, mirror) for line in totals]


def _first(found: list[T], state: str) -> list[T]:
    return sorted(found, key=lambda one: one.state != state)


def _orders(mirror: Mirror) -> list[wire.SupervisionOrder]:
    return sorted(
        mirror.orders.values(),
        key=lambda one: (
            one.state == "closed",
            -one.issued.timestamp() if one.state == "closed" else one.deadline.timestamp(),
        ),
    )


def _order(order: wire.SupervisionOrder, mirror: Mirror, now: datetime) -> Line:
    mood = {"closed": "faint", "answered": "ok"}.get(order.state, "")
    if order.overdue and order.state != "closed":
        mood = "urgent"
    return Line(
        order.id,
        (
            order.number,
            order.title,
            _names(mirror, order.departments),
            deadline_text(order, now),
            order_state(order),
        ),
        mood,
    )


def _notice(notice: wire.Notice, mirror: Mirror) -> Line:
    told = f"{len(notice.receipts)}/{len(notice.departments)}"
    return Line(
        notice.id,
        (
            notice.number,
            notice.title,
            _names(mirror, notice.departments),
            day_text(notice.issued),
            told,
        ),
        "ok" if notice.state == "received" else "warn",
    )


def share(campaign: wire.Campaign) -> float:
    """Return how much of its goal a campaign has done, 0 to 1 and beyond."""
    return campaign.total / campaign.goal


def _campaign(campaign: wire.Campaign) -> Line:
    return Line(
        campaign.id,
        (
            campaign.title,
            amount_text(campaign.total),
            f"{amount_text(campaign.goal)} {campaign.unit}",
            blocks(share(campaign)),
            str(campaign.end or ""),
            word(campaign.state),
        ),
        "faint" if campaign.state == "ended" else ("ok" if share(campaign) >= 1 else ""),
    )


def _round(round_: wire.Round) -> Line:
    return Line(
        round_.id,
        (
            round_.title,
            word(round_.kind),
            day_text(round_.started),
            f"{round_.settled}/{len(round_.cases)}",
            word(round_.state),
        ),
        "ok" if round_.cases and round_.settled == len(round_.cases) else "",
    )


def _total(line: wire.JointLine, mirror: Mirror) -> Line:
    grid = mirror.grids.get(line.district)
    district = grid.name if grid else line.district
    cells = (line.month, word(line.topic), line.kind, district)
    return Line(
        f"{line.topic} {line.month} {line.kind} {line.district}",
        (*cells, str(line.records), str(line.count)),
    )


def _names(mirror: Mirror, ids: Sequence[str]) -> str:
    return "、".join(department_text(mirror, id_) for id_ in ids)


# --- in full -----------------------------------------------------------------------------


def in_full(section: str, id_: str, mirror: Mirror, muted: str) -> str:
    """Return what one thing says in full, as rich text; ``muted`` is the colour of labels."""
    match section:
        case "order" if id_ in mirror.orders:
            return _order_text(mirror.orders[id_], mirror, muted)
        case "notice" if id_ in mirror.notices:
            return _notice_text(mirror.notices[id_], mirror, muted)
        case "campaign" if id_ in mirror.campaigns:
            campaign = mirror.campaigns[id_]
            rows = [(say(_TO), _names(mirror, campaign.departments)), _result(campaign.result)]
            span = f"{campaign.start} – {campaign.end or ''}"
            return _heading(campaign.title, span, muted) + _table(rows, muted)
        case "round" if id_ in mirror.rounds:
            round_ = mirror.rounds[id_]
            rows = [(say(_STARTED), f"{day_text(round_.started)} {round_.started_name}")]
            rows.append(_result(round_.result))
            return _heading(round_.title, round_.place, muted) + _table(rows, muted)
    return ""


def _order_text(order: wire.SupervisionOrder, mirror: Mirror, muted: str) -> str:
    deadline = day_text(order.deadline)
    if order.provisional:
        deadline += f" ({say(_PROVISIONAL)})"
    rows = [
        (say(_ISSUED), f"{day_text(order.issued)} {order.issued_name}"),
        (say(_DEADLINE), f"{deadline} · {limit_text(order.limit)}"),
        (say(_CASES), _case_texts(order.cases, mirror)),
    ]
    answers = {answer.department: answer for answer in order.answers}
    receipts = {receipt.department: receipt for receipt in order.receipts}
    for id_ in order.departments:
        answer, receipt = answers.get(id_), receipts.get(id_)
        told = f"{say(_RECEIPT)} · {_told(receipt)}\n{say(_ANSWER)} · {_told(answer)}"
        rows.append((department_text(mirror, id_), told + (f"\n{answer.text}" if answer else "")))
    rows.append(_result(order.result))
    level = say(_LEVEL).format(level=order.level)
    head = _heading(order.title, f"{order.number} · {level} · {order_state(order)}", muted)
    return head + _paragraph(order.text) + _table(rows, muted)


def _notice_text(notice: wire.Notice, mirror: Mirror, muted: str) -> str:
    receipts = {receipt.department: receipt for receipt in notice.receipts}
    rows = [
        (say(_ISSUED), f"{day_text(notice.issued)} {notice.issued_name}"),
        (say(_CASES), _case_texts(notice.cases, mirror)),
    ]
    rows += [
        (department_text(mirror, id_), f"{say(_RECEIPT)} · {_told(receipts.get(id_))}")
        for id_ in notice.departments
    ]
    head = _heading(notice.title, f"{notice.number} · {word(notice.state)}", muted)
    return head + _paragraph(notice.text) + _table(rows, muted)


def _told(said: wire.Receipt | wire.Answer | None) -> str:
    if said is None:
        return say(_WAITING)
    name = say(_BY_DESK).format(name=said.name) if said.on_behalf else said.name
    return f"{day_text(said.at)} {name}"


def _case_texts(cases: Sequence[str], mirror: Mirror) -> str:
    return "\n".join(case_text(mirror.cases.get(id_), id_) for id_ in cases)


def case_text(case: wire.CaseRow | None, id_: str) -> str:
    """Return a case in one line."""
    return f"{id_} {case.name} {case.place} · {state_text(case.state)}" if case else id_


def _result(text: str) -> tuple[str, str]:
    return say(_RESULT), text


def _heading(title: str, under: str, muted: str) -> str:
    return f"<h3>{escape(title)}</h3><p style='color:{muted}'>{escape(under)}</p>"


def _paragraph(text: str) -> str:
    return f"<p>{_broken(text)}<br></p>"


def _table(rows: Sequence[tuple[str, str]], muted: str) -> str:
    cells = "".join(
        f"<tr><td style='color:{muted};padding-right:14px;white-space:nowrap'>{escape(label)}</td>"
        f"<td style='padding-bottom:6px'>{_broken(text)}</td></tr>"
        for label, text in rows
        if text.strip()
    )
    return f"<table cellspacing=0>{cells}</table>"


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")
