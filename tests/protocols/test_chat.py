"""What a clipboard carries out of a chat group is read message by message."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.clock import CHINA
from console.protocols.chat import MAX_MESSAGES, read

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
"""A Sunday, noon in China."""


def china(month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("head", "name", "at"),
    [
        ("张三 2026-11-22 10:23:30", "张三", china(11, 22, 10, 23, 30)),
        ("张三  2026/11/22 10:23", "张三", china(11, 22, 10, 23)),
        ("张三 2026年11月21日 下午3:05", "张三", china(11, 21, 15, 5)),
        ("李四-物业 昨天 15:05", "李四-物业", china(11, 21, 15, 5)),
        ("李 四 星期五 09:00", "李 四", china(11, 20, 9, 0)),
        ("李四 11月20日 9:10:", "李四", china(11, 20, 9, 10)),
        ("[10:20] 张三", "张三", china(11, 22, 10, 20)),
        ("2026-11-22 10:20:00 张三", "张三", china(11, 22, 10, 20)),
        ("张三 23:50", "张三", china(11, 21, 23, 50)),
        ("12月30日 08:00", "", datetime(2025, 12, 30, 8, 0, tzinfo=CHINA)),
    ],
)
def test_a_line_of_name_and_time_begins_a_message(head: str, name: str, at: datetime) -> None:
    (said,) = read(f"{head}\n人民路12号有人占道", NOW)
    assert (said.name, said.at, said.text) == (name, at, "人民路12号有人占道")


def test_a_line_of_a_date_sets_the_day_of_what_follows() -> None:
    text = "————— 2026-11-20 —————\n\n张三 10:23\n\n摆摊\n——— 11月21日 ———\n李四 08:00\n井盖"
    first, second = read(text, NOW)
    assert (first.at, second.at) == (china(11, 20, 10, 23), china(11, 21, 8, 0))
    assert (first.text, second.text) == ("摆摊", "井盖")


def test_marks_of_pictures_are_counted_and_other_marks_are_no_words() -> None:
    text = "张三 10:00\n人民路[图片]\n[Photo]\n【照片】\n[动画表情][语音]"
    (said,) = read(text, NOW)
    assert (said.text, said.pictures) == ("人民路", 3)


def test_names_before_colons_begin_messages_where_no_line_tells_a_time() -> None:
    first, second = read("张三: 路口垃圾满了\n地址：石桥小学\n李四：好的", NOW)
    assert (first.name, first.text) == ("张三", "路口垃圾满了\n地址：石桥小学")
    assert (second.name, second.text, second.at) == ("李四", "好的", None)


def test_words_without_any_name_are_one_message_a_paragraph() -> None:
    said = read("人民路乱停车\n车牌看不清\n\n\n石桥小学门口摆摊", NOW)
    assert [one.text for one in said] == ["人民路乱停车\n车牌看不清", "石桥小学门口摆摊"]


def test_a_message_without_words_or_pictures_is_none() -> None:
    assert [one.text for one in read("张三 10:00\n[语音]\n李四 10:01\n在吗", NOW)] == ["在吗"]
    assert read("  \n\n", NOW) == []


def test_an_hour_that_is_none_is_words() -> None:
    (said,) = read("张三 25:99\n摆摊", NOW)
    assert said.text.startswith("张三 25:99")


def test_no_more_messages_are_read_than_are_bearable() -> None:
    assert len(read("张三 10:00\n摆摊\n" * 2000, NOW)) == MAX_MESSAGES


@given(st.text(max_size=400) | st.lists(st.sampled_from(
    ["张三 10:23", "张三：", "[图片]", "————2026-02-30————", "昨天 25:00", "", "x: y", "\u2005"]
)).map("\n".join))  # fmt: skip
@settings(deadline=None)
def test_whatever_is_pasted_is_read(text: str) -> None:
    for number, said in enumerate(read(text, NOW), start=1):
        assert said.number == number
        assert said.text or said.pictures
