"""Messages copied out of a chat group: who said what when, and where a picture stood.

What a clipboard carries has no format of its own. Read are the shapes in which chat programs lay
messages down: a line with a name and a time above the words, in either order; ``name:`` before the
words; lines of a date alone between days; blank lines between messages without any name. Times are
China's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from console.domain.clock import CHINA

MAX_MESSAGES = 500
MAX_NAME = 40

_DATE = (
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"|(?P<word>今天|昨天|前天)|(?:星期|周|礼拜)(?P<week>[一二三四五六日天])"
)
_TIME = (
    r"(?P<half>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|AM|PM|am|pm)?\s*"
    r"(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?:[:：](?P<second>\d{2}))?"
)
_WHEN = rf"(?:(?:{_DATE})\s*,?\s*)?{_TIME}"
_NAMED = re.compile(rf"^(?P<name>\S(?:.{{0,{MAX_NAME - 2}}}?\S)??)[\s,，]+{_WHEN}\s*[:：]?$")
_TIMED = re.compile(
    rf"^[\[【(（]?{_WHEN}[\]】)）]?[\s,，]*(?P<name>\S.{{0,{MAX_NAME - 1}}}?)\s*[:：]?$"
)
_BARE = re.compile(rf"^{_WHEN}$")
_DAY = re.compile(rf"^[-—–=─\s]*(?:{_DATE})[-—–=─\s]*$")
_COLON = re.compile(r"^(?P<name>[^\s:：\d][^:：\n]{0,19}?)\s*[:：]\s*(?P<text>.*)$")
_LABEL = re.compile(
    "地址|地点|位置|时间|电话|手机|联系方式|联系人|联系电话|问题|描述|情况|事由|事件|诉求|内容"
    "|类别|类型|备注|回复|姓名|编号|https?"
)
"""What stands before a colon and is no name."""

_MARKERS = re.compile(
    r"[\[【](图片|照片|Photo|Image|视频|Video|动画表情|表情|语音|文件|链接|位置)[\]】]"
)
_PICTURES = frozenset({"图片", "照片", "Photo", "Image"})
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "PM", "pm"})
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Said:
    """One message. ``pictures`` counts the marks of pictures that stood in it."""

    number: int
    name: str
    at: datetime | None
    text: str
    pictures: int = 0


@dataclass(slots=True)
class _Open:
    name: str = ""
    at: datetime | None = None
    lines: list[str] = field(default_factory=list)


def read(text: str, now: datetime) -> list[Said]:
    """Return the messages of a paste, at most 500; ``now`` says which day "yesterday" was."""
    lines = [line.strip().replace("\u2005", " ") for line in text.splitlines()]
    local = now.astimezone(CHINA)
    if any(_head(line, local.date(), local) for line in lines):
        parts = _by_heads(lines, local)
    elif sum(_speaker(line) is not None for line in lines) > 1:
        parts = _by_colons(lines)
    else:
        parts = _by_gaps(lines)
    found: list[Said] = []
    for part in parts:
        words, pictures = _marked(part.lines)
        if (words or pictures) and len(found) < MAX_MESSAGES:
            found.append(Said(len(found) + 1, part.name, part.at, words, pictures))
    return found


def _by_heads(lines: list[str], now: datetime) -> Iterator[_Open]:
    """Split where a name with a time stands alone in a line; a lone date sets the day."""
    day, part = now.date(), _Open()
    for line in lines:
        dated = _DAY.match(line)
        if dated and (found := _date(dated, now.date())):
            day = found
        elif head := _head(line, day, now):
            yield part
            part = _Open(*head)
        else:
            part.lines.append(line)
    yield part


def _by_colons(lines: list[str]) -> Iterator[_Open]:
    part = _Open()
    for line in lines:
        if said := _speaker(line):
            yield part
            part = _Open(said[0], None, [said[1]])
        else:
            part.lines.append(line)
    yield part


def _by_gaps(lines: list[str]) -> Iterator[_Open]:
    part = _Open()
    for line in lines:
        if line:
            part.lines.append(line)
        elif part.lines:
            yield part
            part = _Open()
    yield part


def _head(line: str, day: date, now: datetime) -> tuple[str, datetime | None] | None:
    """Return (name, time) where a line says who spoke when, or only when."""
    for shape in (_BARE, _NAMED, _TIMED):
        if match := shape.match(line):
            at = _moment(match, day, now)
            if at is not None:
                return match.groupdict().get("name") or "", at
    return None


def _speaker(line: str) -> tuple[str, str] | None:
    match = _COLON.match(line)
    if match is None or _LABEL.fullmatch(match["name"]):
        return None
    return match["name"], match["text"]


def _moment(match: re.Match[str], day: date, now: datetime) -> datetime | None:
    """Return the time a line tells; one that would lie ahead was a day before."""
    said = _date(match, now.date())
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    try:
        at = datetime.combine(said or day, time(hour, minute, second), CHINA)
    except ValueError:
        return None
    if said is None and at > now + timedelta(minutes=2):
        at -= timedelta(days=1)
    return at


def _date(match: re.Match[str], today: date) -> date | None:
    """Return the day a line names, or None; one without a year is the newest of its kind."""
    if word := match["word"]:
        return today - timedelta(days=("今天", "昨天", "前天").index(word))
    if week := match["week"]:
        ago = (today.weekday() - _WEEK.index(week.replace("天", "日"))) % 7
        return today - timedelta(days=ago)
    if not match["month"]:
        return None
    try:
        found = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
        if not match["year"] and found > today:
            found = found.replace(year=today.year - 1)
    except ValueError:
        return None
    return found if found.year >= 2000 else None


def _marked(lines: list[str]) -> tuple[str, int]:
    """Return the words without the marks of what was no words, and how many were pictures."""
    text = "\n".join(lines)
    pictures = sum(mark in _PICTURES for mark in _MARKERS.findall(text))
    words = _MARKERS.sub("", text)
    return "\n".join(line for line in map(str.strip, words.splitlines()) if line), pictures
