from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.voice.normalise import normalise, whole


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("14:30", "十四点三十分"),
        ("8:05", "八点零五分"),
        ("2:00", "两点整"),
        ("14:30:09", "十四点三十分零九秒"),
        ("7:00-19:00禁止摆摊", "七点整至十九点整禁止摆摊"),
        ("25:70", "二十五:七十"),
        ("2026-11-22", "二零二六年十一月二十二日"),
        ("2026年1月5日", "二零二六年一月五日"),
        ("2026年底前", "二零二六年底前"),
        ("11月22日", "十一月二十二日"),
        ("浙J·12345", "浙J幺二三四五"),
        ("浙JD12345号车主", "浙JD幺二三四五号车主"),
        ("请浙J·8K086的车主", "请浙J八K零八六的车主"),
        ("珠城东路18号", "珠城东路十八号"),
        ("珠城东路108号", "珠城东路一百零八号"),
        ("珠城东路1208号", "珠城东路幺二零八号"),
        ("3幢2单元501室", "三幢二单元五百零一室"),
        ("18-2号", "十八杠二号"),
        ("罚款200元", "罚款二百元"),
        ("¥1,500.50", "一千五百点五零元"),
        ("450,000元", "四十五万元"),
        ("2元", "二元"),
        ("限速30km/h", "限速三十公里每小时"),
        ("不得超过55dB", "不得超过五十五分贝"),
        ("占道2m", "占道两米"),
        ("面积12.5m²", "面积十二点五平方米"),
        ("99.93%", "百分之九十九点九三"),
        ("5-10分钟", "五至十分钟"),
        ("请在10分钟内离开", "请在十分钟内离开"),
        ("2辆车", "两辆车"),
        ("12辆车", "十二辆车"),
        ("拨打12345", "拨打幺二三四五"),
        ("电话13812345678", "电话幺三八幺二三四五六七八"),
        ("0576-87654321", "零五七六八七六五四三二幺"),
        ("请拨110", "请拨幺幺零"),
        ("G15高速", "G幺五高速"),
        ("10", "十"),
        ("110米", "一百一十米"),
        ("10010", "一万零一十"),
        ("100000000", "一亿"),
        ("007", "零零七"),
        ("请您立即停止占道经营", "请您立即停止占道经营"),
    ],
)
def test_text_is_spoken_as_people_say_it(written: str, spoken: str) -> None:
    assert normalise(written) == spoken


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_no_digit_is_left(text: str) -> None:
    assert not any(one in "0123456789" for one in normalise(text))


@given(st.integers(0, 10**12 - 1))
def test_a_number_read_aloud_is_the_same_number_written_back(value: int) -> None:
    assert _value(whole(value)) == value


def _value(spoken: str) -> int:
    """Read it back by another way: sections of 亿 and 万, then steps of 千百十."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = spoken.rpartition(name)
        if found:
            return _value(head) * size + _value(tail)
    total, digit = 0, 0
    for one in spoken:
        if one in "十百千":
            total += (digit or 1) * 10 ** ("十百千".index(one) + 1)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(one)
    return total + digit
