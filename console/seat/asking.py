"""What a command must be told before it goes out, one question after the other.

Options are ready answers picked by number; where ``read`` is given, other words may be typed.
Texts are marked for translation in the contexts ``Prompt`` and ``Choice``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console import wire
from console.domain.geo import distance
from console.seat.fuzzy import best, readings
from console.seat.lines import MOST, Lines
from console.seat.mirror import Mirror
from console.seat.text import QT_TRANSLATE_NOOP

Options = list[tuple[str, Any]]
"""What is shown, and what is sent for it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a question is made from. ``word`` puts a marked choice into the officer's language."""

    row: wire.CaseRow
    detail: wire.CaseDetail | None
    mirror: Mirror
    lines: Lines
    language: str
    word: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """One argument of a command.

    ``options`` offers answers; ``read`` makes a value of typed words, or None of nonsense;
    without it only an option answers. ``whole`` needs the case with its history.
    """

    arg: str
    prompt: str
    options: Callable[[Look], Options] | None = None
    read: Callable[[str, Look], Any] | None = None
    whole: bool = False


def _as_typed(text: str, _look: Look) -> str:
    return text


def _number(text: str, _look: Look) -> int | None:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else None


# --- lines ---------------------------------------------------------------------------


def reason(verb: str) -> Slot:
    """Return the question why, with the ready reasons of a command."""

    def ready(look: Look) -> Options:
        return [(text, text) for text in look.lines.reasons(verb, look.language)]

    return Slot("reason", REASON, ready, _as_typed)


def _replies(look: Look) -> Options:
    row = look.row
    filled = look.lines.replies(
        look.language,
        number=row.id,
        name=row.name,
        place=row.place,
        unit=row.unit_name or row.department_name,
        due=row.due.astimezone().strftime("%Y-%m-%d %H:%M"),
    )
    return [(text, text) for text in filled]


# --- amounts -------------------------------------------------------------------------


def _amounts(template: str, amounts: tuple[int, ...]) -> Callable[[Look], Options]:
    def ready(look: Look) -> Options:
        return [(look.word(template).format(n=n), n) for n in amounts]

    return ready


def _words(words: Mapping[Any, str]) -> Callable[[Look], Options]:
    def ready(look: Look) -> Options:
        return [(look.word(text), value) for value, text in words.items()]

    return ready


# --- other cases, reports, stages ------------------------------------------------------


def away_text(look: Look, metres: float) -> str:
    """Return a distance as a choice says it."""
    return look.word(METRES).format(n=round(metres))


def _duplicates(look: Look) -> Options:
    """Offer the near-duplicates in the order in which the detail numbers them."""
    found: Options = []
    for similar in look.detail.similar if look.detail else ():
        other = look.mirror.cases.get(similar.case)
        parts = (similar.case, other.name if other else "", away_text(look, similar.metres))
        found.append(("  ".join(filter(None, parts)), similar.case))
    return found


def _case_number(text: str, look: Look) -> str | None:
    """Return the case whose number is typed, whole or by its end."""
    wanted = text.strip()
    ends = [case for case in look.mirror.cases if wanted and case.endswith(wanted)]
    if wanted in ends:
        return wanted
    if len(ends) == 1:
        return ends[0]
    # A case this seat does not hold is named whole; the hub knows whether it exists.
    return wanted if re.fullmatch(r"\w?\d{8}-\d+", wanted) else None


def _report_label(report: wire.Report) -> str:
    text = report.text.replace("\n", " ")[:40]
    when = report.at.astimezone().strftime("%m-%d %H:%M")
    return "  ".join(filter(None, (when, report.reporter, text or report.id)))


def _one_report(look: Look) -> Options:
    reports = look.detail.reports if look.detail else []
    return [(f"{n}. {_report_label(r)}", r.id) for n, r in enumerate(reports, start=1)]


def _some_reports(look: Look) -> Options:
    return [(text, [report]) for text, report in _one_report(look)]


def _report_numbers(text: str, look: Look) -> list[str] | None:
    """Return the reports whose numbers are typed, such as ``1 3``."""
    reports = look.detail.reports if look.detail else []
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if not numbers or any(not 1 <= n <= len(reports) for n in numbers):
        return None
    return [reports[n - 1].id for n in dict.fromkeys(numbers)]


STAGES = {
    "accept": QT_TRANSLATE_NOOP("Choice", "Acceptance"),
    "verify": QT_TRANSLATE_NOOP("Choice", "Verification"),
    "dispatch": QT_TRANSLATE_NOOP("Choice", "Dispatch"),
    "arrive": QT_TRANSLATE_NOOP("Choice", "Arrival"),
    "handle": QT_TRANSLATE_NOOP("Choice", "Handling"),
    "check": QT_TRANSLATE_NOOP("Choice", "Check"),
    "close": QT_TRANSLATE_NOOP("Choice", "Closing"),
    "whole": QT_TRANSLATE_NOOP("Choice", "In all"),
}


def _late_stages(look: Look) -> Options:
    clocks = look.detail.clocks if look.detail else []
    late = [clock.stage for clock in clocks if clock.late]
    return [(look.word(STAGES.get(stage, stage)), stage) for stage in late or STAGES]


# --- units, platforms, places ------------------------------------------------------------


def _nearest(look: Look) -> Options:
    """Offer the free officers, nearest first."""
    mirror, at = look.mirror, look.row.at
    free = [
        (distance(fix.lat, fix.lon, at.lat, at.lon), mirror.units[unit])
        for unit, fix in mirror.positions.items()
        if unit in mirror.units
        and mirror.units[unit].state == "free"
        and mirror.units[unit].kind == "officer"
    ]
    free.sort(key=lambda item: (item[0], item[1].id))
    return [
        ("  ".join(filter(None, (unit.name, unit.squad, away_text(look, away)))), unit.id)
        for away, unit in free[:MOST]
    ]


def _platforms(look: Look) -> Options:
    platforms = [d for d in look.mirror.departments.values() if d.kind == "platform"]
    return [(d.name, d.id) for d in platforms[:MOST]]


def _spot(text: str, look: Look) -> dict[str, float] | None:
    """Return the position typed as ``lat, lon``, or that of a place, camera or street named."""
    degrees = re.fullmatch(r"\s*(-?\d+\.\d+)[\s,，]+(-?\d+\.\d+)\s*", text)
    if degrees:
        return {"lat": float(degrees[1]), "lon": float(degrees[2])}
    mirror = look.mirror
    spots = [(p.name, p.at.lat, p.at.lon) for p in mirror.places.values()]
    spots += [(c.name, c.at.lat, c.at.lon) for c in mirror.cameras.values()]
    for street in mirror.streets.values():
        lon, lat = street.line[len(street.line) // 2]
        spots.append((street.name, lat, lon))
    ranked = [(best(text, readings(name)), lat, lon) for name, lat, lon in spots]
    fitting = [(value, lat, lon) for value, lat, lon in ranked if value is not None]
    if not fitting:
        return None
    _, lat, lon = max(fitting)
    return {"lat": lat, "lon": lon}


# --- the questions -------------------------------------------------------------------------

REASON = QT_TRANSLATE_NOOP("Prompt", "Reason")
METRES = QT_TRANSLATE_NOOP("Choice", "{n} m")
_DAYS = QT_TRANSLATE_NOOP("Choice", "{n} days")
_HOURS = QT_TRANSLATE_NOOP("Choice", "{n} hours")

TEXT = Slot("text", QT_TRANSLATE_NOOP("Prompt", "Text"), None, _as_typed)
REPLY = Slot("text", QT_TRANSLATE_NOOP("Prompt", "Words to the reporter"), _replies, _as_typed)
DAYS = Slot(
    "days",
    QT_TRANSLATE_NOOP("Prompt", "For how many days (366 at most)"),
    _amounts(_DAYS, (3, 7, 15, 30, 90, 180, 365)),
    _number,
)
HOURS = Slot(
    "hours",
    QT_TRANSLATE_NOOP("Prompt", "By how many hours"),
    _amounts(_HOURS, (2, 4, 8, 24, 48, 72, 168)),
    _number,
)
LEVELS = {
    1: QT_TRANSLATE_NOOP("Choice", "The centre"),
    2: QT_TRANSLATE_NOOP("Choice", "The bureau"),
    3: QT_TRANSLATE_NOOP("Choice", "The government"),
}
PRIORITIES = {
    1: QT_TRANSLATE_NOOP("Choice", "Raised"),
    2: QT_TRANSLATE_NOOP("Choice", "Urgent"),
    3: QT_TRANSLATE_NOOP("Choice", "Danger to people"),
    0: QT_TRANSLATE_NOOP("Choice", "Ordinary"),
}
CONTENT = {
    3: QT_TRANSLATE_NOOP("Choice", "Content"),
    2: QT_TRANSLATE_NOOP("Choice", "Fairly content"),
    1: QT_TRANSLATE_NOOP("Choice", "Not content"),
}
VERDICTS = {
    True: QT_TRANSLATE_NOOP("Choice", "Upheld: the lateness is not counted"),
    False: QT_TRANSLATE_NOOP("Choice", "Denied: the lateness stands"),
}
LEVEL = Slot("level", QT_TRANSLATE_NOOP("Prompt", "Who supervises"), _words(LEVELS))
PRIORITY = Slot("priority", QT_TRANSLATE_NOOP("Prompt", "Priority"), _words(PRIORITIES))
SATISFACTION = Slot(
    "satisfaction", QT_TRANSLATE_NOOP("Prompt", "How content the reporter is"), _words(CONTENT)
)
UPHELD = Slot("upheld", QT_TRANSLATE_NOOP("Prompt", "The appeal"), _words(VERDICTS))
INTO = Slot(
    "into",
    QT_TRANSLATE_NOOP("Prompt", "Into which case: its number, or the end of it"),
    _duplicates,
    _case_number,
    whole=True,
)
TO = Slot("to", INTO.prompt, _duplicates, _case_number, whole=True)
REPORT = Slot("report", QT_TRANSLATE_NOOP("Prompt", "Which report"), _one_report, whole=True)
REPORTS = Slot(
    "reports",
    QT_TRANSLATE_NOOP("Prompt", "Which reports: their numbers, as in 1 3"),
    _some_reports,
    _report_numbers,
    whole=True,
)
STAGE = Slot("stage", QT_TRANSLATE_NOOP("Prompt", "Which stage"), _late_stages, whole=True)
NEAREST = Slot("unit", QT_TRANSLATE_NOOP("Prompt", "Whom to send"), _nearest)
PLATFORM = Slot("platform", QT_TRANSLATE_NOOP("Prompt", "Which platform"), _platforms, _as_typed)
SPOT = Slot(
    "at",
    QT_TRANSLATE_NOOP("Prompt", "Where: a place, a street, a camera, or latitude and longitude"),
    None,
    _spot,
)
"""Its value is not sent as one argument but as ``lat`` and ``lon``."""

SURE = Slot(
    "sure",
    QT_TRANSLATE_NOOP("Prompt", "For all of them"),
    _words({True: QT_TRANSLATE_NOOP("Choice", "Do it")}),
)
"""Asked before a deed on several cases that asks nothing else; never sent."""


def sent(args: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a command from the answers to its questions."""
    spot = args.pop("at", None)
    args.pop("sure", None)
    return {**args, **spot} if spot else args
