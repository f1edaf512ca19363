"""Papers that leave the house: case file, supervision order, early warning, bulletin.

Each becomes one HTML text with its own style; a printer makes the PDF. They are Chinese
whatever language the seat is shown in, and nothing in them that came from outside is markup.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from console import wire
from console.domain.clock import CHINA
from console.resources import resource
from console.seat.mirror import Mirror

Kind = Literal["case_file", "order", "notice", "bulletin"]

TITLES: dict[Kind, str] = {
    "case_file": "案件卷宗",
    "order": "督查交办单",
    "notice": "预警提示单",
    "bulletin": "情况通报",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be printed. ``case`` is the case it belongs to, if it is one's.

    ``pictures`` are the files that ``html`` refers to: name -> bytes.
    """

    kind: Kind
    title: str
    number: str
    html: str
    case: str | None
    pictures: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """Return the name of its file; ids and numbers are the hub's own, and still made safe."""
        number = "".join(c if c.isalnum() or c in "-_〔〕" else "_" for c in self.number)
        return f"{self.title}_{number}.pdf"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends a paper, who made it and when."""

    bureau: str
    by: str
    made: datetime

    @classmethod
    def of(cls, mirror: Mirror, now: datetime) -> Self:
        """Return the head of a paper made now by who sits here."""
        return cls(f"{mirror.town}综合行政执法局", mirror.officer.name, now)


def case_file(
    detail: wire.CaseDetail, pictures: Mapping[str, bytes], mirror: Mirror, head: Letterhead
) -> Paper:
    """Return the file of a case: facts, reports, clocks, history, calls, photos.

    ``pictures`` are the photos at hand by media id; one that is missing is said to be.
    """
    files = {f"{media.id}.img": pictures[media.id] for media in _photos(detail, pictures)}
    shown = [
        {"media": media, "src": f"{media.id}.img" if media.id in pictures else ""}
        for media in detail.media
        if media.type.startswith("image/")
    ]
    rule = detail.classed.get("rule") or {}
    values = {
        "row": detail.row,
        "reports": detail.reports,
        "clocks": detail.clocks,
        "history": detail.history,
        "calls": detail.calls,
        "pictures": shown,
        "classed": {name: rule.get(name, "") for name in ("condition", "closing", "basis")},
    }
    return _paper("case_file", detail.row.id, values, mirror, head, case=detail.row.id, files=files)


def _photos(detail: wire.CaseDetail, pictures: Mapping[str, bytes]) -> Iterable[wire.Media]:
    return (m for m in detail.media if m.id in pictures and m.type.startswith("image/"))


def order(sheet: wire.SupervisionOrder | wire.Notice, mirror: Mirror, head: Letterhead) -> Paper:
    """Return a supervision order or an early warning, with a line of receipt for each department.

    Cases that this seat does not hold (they rest, or are another's) are named by their numbers.
    """
    due = sheet if isinstance(sheet, wire.SupervisionOrder) else None
    receipts = {receipt.department: receipt for receipt in sheet.receipts}
    answers = {answer.department: answer.text for answer in due.answers} if due else {}
    lines = [
        {
            "department": _department(mirror, id_),
            "name": receipts[id_].name if id_ in receipts else "",
            "at": receipts[id_].at if id_ in receipts else None,
            "answer": answers.get(id_, ""),
        }
        for id_ in sheet.departments
    ]
    values = {
        "sheet": sheet,
        "departments": [line["department"] for line in lines],
        "receipts": lines,
        "cases": [mirror.cases[id_] for id_ in sheet.cases if id_ in mirror.cases],
        "missing": [id_ for id_ in sheet.cases if id_ not in mirror.cases],
        "deadline": due.deadline if due else None,
        "provisional": bool(due and due.provisional),
        "limit": due.limit if due else "",
    }
    return _paper("order" if due else "notice", sheet.number, values, mirror, head)


def bulletin(report: wire.MonthReport, mirror: Mirror, head: Letterhead) -> Paper:
    """Return the bulletin of a period: totals, then a table for each way of dividing them."""
    headings: dict[str, tuple[str, Callable[[str], str]]] = {
        "class": ("按类别", lambda key: _class_name(mirror, key)),
        "district": ("按辖区", lambda key: _grid(mirror, key)),
        "department": ("按主办单位", lambda key: _department(mirror, key)),
        "source": ("按来源", lambda key: words()["source"].get(key, key)),
    }
    tables = [
        (heading, [(name(key) or "未定", line) for key, line in report.lines[part].items()])
        for part, (heading, name) in headings.items()
        if report.lines.get(part)
    ]
    number = f"{report.start.astimezone(CHINA):%Y-%m-%d}_{report.end.astimezone(CHINA):%Y-%m-%d}"
    values = {"start": report.start, "end": report.end, "total": report.total, "tables": tables}
    return _paper("bulletin", number, values, mirror, head)


def _grid(mirror: Mirror, key: str) -> str:
    grid = mirror.grids.get(key)
    return grid.name if grid is not None else key


def _class_name(mirror: Mirror, key: str) -> str:
    item = mirror.catalogue.get(key)
    return f"{item.name}（{item.code}）" if item is not None else key


def _department(mirror: Mirror, key: str) -> str:
    department = mirror.departments.get(key)
    return department.name if department is not None else key


def _paper(
    kind: Kind,
    number: str,
    values: dict[str, Any],
    mirror: Mirror,
    head: Letterhead,
    *,
    case: str | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Paper:
    environment = _environment().overlay()
    environment.filters = _environment().filters | _names(mirror)
    template = environment.get_template(f"{'order' if kind == 'notice' else kind}.html")
    html = template.render(
        title=TITLES[kind],
        number=number,
        style=_style(),
        bureau=head.bureau,
        by=head.by,
        made=head.made,
        **values,
    )
    return Paper(kind, TITLES[kind], number, html, case, files or {})


# --- the templates -------------------------------------------------------------------------


@functools.cache
def words() -> dict[str, dict[str, str]]:
    """Return the words of papers by table, such as ``state`` and ``action``."""
    return tomllib.loads(resource("documents/words.toml").read_text("utf-8"))


@functools.cache
def _style() -> str:
    return resource("documents/paper.css").read_text("utf-8")


@functools.cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Everything is escaped, an unknown name is an error, a template can reach nothing else."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource("documents")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {
        "moment": _moment,
        "day": _day,
        "word": lambda key, table: words()[table].get(key, key),
        "note": lambda note: words()["note"].get(note, note),
        "limit": _limit,
        "rate": _rate,
    }
    return environment


def _names(mirror: Mirror) -> dict[str, Callable[[str], str]]:
    """Return the filters that need the town: who somebody is, what a speaker is called."""

    def who(id_: str) -> str:
        unit = mirror.units.get(id_)
        if unit is not None:
            return unit.name
        if id_ == mirror.officer.id:
            return mirror.officer.name
        return "系统" if id_ == "system" else id_

    def speaker(id_: str) -> str:
        known = mirror.speakers.get(id_)
        return known.name if known is not None else id_

    return {"who": who, "speaker": speaker}


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def _day(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日"


def _limit(limit: str) -> str:
    """Return ``working_days:7`` as 7 个工作日."""
    kind, _, value = limit.partition(":")
    word = words()["limit"].get(kind, kind)
    return f"{value}{'个' if word.startswith(('工作', '紧急')) else ''}{word}"


def _rate(line: Mapping[str, int], part: str) -> str:
    """Return a share of the cases that were to be closed, such as 98.7%."""
    due = line["opened"] - line["void"]
    return f"{line[part] / due:.2%}" if due else "—"
