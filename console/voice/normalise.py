"""Chinese text as written -> as spoken: times, dates, plates, numbers of houses, money, units.

Every engine reads characters; digits and signs it reads wrongly or not at all. What no rule
knows is left as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LADDER = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")

_LETTERS = {
    "km/h": "公里每小时", "m/s": "米每秒", "dB(A)": "分贝", "dB": "分贝", "dBA": "分贝",
    "km²": "平方公里", "m²": "平方米", "㎡": "平方米", "m³": "立方米", "km": "公里", "cm": "厘米",
    "mm": "毫米", "kg": "公斤", "℃": "摄氏度", "°C": "摄氏度", "min": "分钟", "h": "小时",
    "m": "米", "t": "吨", "L": "升", "s": "秒",
}  # fmt: skip
_UNITS = "|".join(re.escape(unit) for unit in sorted(_LETTERS, key=len, reverse=True))
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_SERIAL = "[A-HJ-NP-Za-hj-np-z0-9]{5,6}"
_CODE = r"[A-Za-z]+\d[A-Za-z0-9]*|\d+[A-Za-z][A-Za-z0-9]*"

_N = r"(?<![\d.])"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def digits(text: str, *, telephone: bool = True) -> str:
    """Read figure by figure; ``telephone`` says 幺 for one, as officers and operators do."""
    spoken = "".join(_DIGITS[int(one)] for one in text if one.isdecimal())
    return spoken.replace("一", "幺") if telephone else spoken


def whole(number: int) -> str:
    """Read a whole number from 0 to 9999 9999 9999."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    spoken = ""
    gap = False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(spoken)
            continue
        if spoken and (gap or group < 1000):
            spoken += _DIGITS[0]
        spoken += _thousands(group) + _MYRIADS[index]
        gap = False
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def _thousands(group: int) -> str:
    spoken, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(spoken)
            continue
        if gap:
            spoken += _DIGITS[0]
        spoken += _DIGITS[digit] + _LADDER[place]
        gap = False
    return spoken


def number(text: str) -> str:
    """Read a number as written, with or without separators and decimals."""
    integer, point, decimals = text.replace(",", "").partition(".")
    if len(integer) > 12 or (len(integer) > 1 and integer.startswith("0")):
        spoken = digits(integer, telephone=False)
    else:
        spoken = whole(int(integer))
    return spoken + ("点" + digits(decimals, telephone=False) if point and decimals else "")


def _counted(text: str) -> str:
    """A number before a measure word: two is 两."""
    return "两" if text == "2" else number(text)


def _time(found: re.Match[str]) -> str:
    hour, minute, second = int(found[1]), int(found[2]), found[3]
    if hour > 24 or minute > 59 or (second and int(second) > 59):
        return found[0]
    spoken = _counted(str(hour)) + "点"
    if minute:
        spoken += ("零" if minute < 10 else "") + whole(minute) + "分"
    elif second and int(second):
        spoken += "零分"
    else:
        spoken += "整" if not second else "零分"
    if second and int(second):
        spoken += ("零" if int(second) < 10 else "") + whole(int(second)) + "秒"
    return spoken


def _date(found: re.Match[str]) -> str:
    year, month, day = found[1], int(found[2]), int(found[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{digits(year, telephone=False)}年{whole(month)}月{whole(day)}日"


def _plate(found: re.Match[str]) -> str:
    return found[1] + found[2].upper() + _mixed(found[3])


def _mixed(text: str) -> str:
    return "".join(digits(one) if one.isdecimal() else one.upper() for one in text)


def _spelled(found: re.Match[str]) -> str:
    return digits(found[1])


def _money(found: re.Match[str]) -> str:
    return number(found[1]) + "元"


def _range(found: re.Match[str]) -> str:
    return f"{found[1]}至{found[2]}"


def _percent(found: re.Match[str]) -> str:
    return "百分之" + number(found[1])


def _unit(found: re.Match[str]) -> str:
    return _counted(found[1]) + _LETTERS[found[2]]


def _house(found: re.Match[str]) -> str:
    # From four figures on a number is spelled, as people do.
    parts = [
        digits(part) if len(part) > 3 or part.startswith("0") else whole(int(part))
        for part in found[1].split("-")
    ]
    return "杠".join(parts) + found[2]


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), speak)
    for pattern, speak in (
        (rf"([{_PROVINCES}])([A-Za-z])[·•.\- ]?({_SERIAL})(?![A-Za-z0-9])", _plate),
        (r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)", _date),
        (r"(?<!\d)(\d{4})年", lambda found: digits(found[1], telephone=False) + "年"),
        (r"(\d{1,2}[::]\d{2})\s*[-–—~～]\s*(\d{1,2}[::]\d{2})", _range),
        (r"(?<![\d:])(\d{1,2})[::](\d{2})(?:[::](\d{2}))?(?!\d)", _time),
        (rf"{_N}({_NUMBER})\s*[%%]", _percent),
        (rf"[¥¥]\s*({_NUMBER})(?:元)?", _money),
        (rf"{_N}({_NUMBER})元", _money),
        (r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})(?!\d)", _spelled),
        (r"(?<!\d)(1(?:10|12|14|19|20|22)|12345|12319|96310)(?!\d|号|米|元|人|天)", _spelled),
        (r"(?<!\d)(\d{1,5}(?:-\d{1,4})*)(号楼|号|弄|栋|幢|单元|室|楼|层)", _house),
        (rf"{_N}({_NUMBER})\s*[-–—~～]\s*(?={_NUMBER})", lambda found: found[1] + "至"),
        (rf"{_N}({_NUMBER})\s*({_UNITS})(?![A-Za-z])", _unit),
        (rf"(?<![A-Za-z0-9])({_CODE})", lambda found: _mixed(found[1])),
        (rf"{_N}(2)(?=[个位次辆条家处名只件块张天年周小分秒米公吨份户])", lambda found: "两"),
        (rf"({_NUMBER})", lambda found: number(found[1])),
    )
)  # fmt: skip

_SIGNS = str.maketrans({"~": "至", "&": "和", "+": "加", "=": "等于", "·": "", "•": ""})


def normalise(text: str) -> str:
    """Return ``text`` in characters, letters and punctuation that any engine reads aright."""
    for pattern, speak in _RULES:
        text = pattern.sub(speak, text)
    return re.sub(r"\s+", " ", text.translate(_SIGNS)).strip()
