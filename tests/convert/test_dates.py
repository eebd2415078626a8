"""Dates and hours in the forms in which newspapers print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.convert.dates import find_moments, lunar_difference, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("104", 104), ("１２", 12), ("十", 10), ("廿二", 22), ("卅", 30), ("九十有三", 93),
        ("八十又二", 82), ("一百", 100), ("一百零二", 102), ("二〇二五", 2025), ("一九三六", 1936),
        ("元", 1), ("", None), ("甲", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025年12月3日", "2025-12-03"),
        ("二〇二五年十月二日", "2025-10-02"),
        ("民国廿五年三月一日", "1936-03-01"),
        ("民國一一三年六月三日", "2024-06-03"),
        ("中華民國七十四年五月六日", "1985-05-06"),
        ("公元2024年2月29日上午9时", "2024-02-29T09:00"),
        ("2024年5月9日（星期四）下午2时半", "2024-05-09T14:30"),
        ("2024年5月9日(农历四月初二)晚6时30分", "2024-05-09T18:30"),
        ("2024年5月9日中午12时", "2024-05-09T12:00"),
        ("2024年5月9日中午1时", "2024-05-09T13:00"),
        ("2024年5月9日凌晨3点一刻", "2024-05-09T03:15"),
        ("2024年5月9日 10:30", "2024-05-09T10:30"),
        ("2024年5月9日晚12时", "2024-05-09"),
        ("2024年5月9日午时", "2024-05-09"),
        ("21 January 2025", "2025-01-21"),
        ("FRIDAY, JUNE 7, 1912.", "1912-06-07"),
        ("Friday, March 14th, 2025, at 2 p.m.", "2025-03-14T14:00"),
        ("at 10.30 a.m. on Tuesday 26 August 2025", "2025-08-26T10:30"),
        ("on 31 January 2025 at 12 noon", "2025-01-31T12:00"),
        ("3 March 1912, at two o'clock", "1912-03-03T02:00"),
        ("12 a.m. on 1 May 2024", "2024-05-01T00:00"),
    ],
)
def test_a_date_with_its_hour(text: str, time: str) -> None:
    (moment,) = find_moments(text)
    assert moment.iso_time == time


@pytest.mark.parametrize("text", ["2024年2月30日", "2024年13月1日", "31 February 2024"])
def test_a_day_that_does_not_exist_has_no_date(text: str) -> None:
    assert all(moment.date is None for moment in find_moments(text))


@pytest.mark.parametrize("text", ["工作四十二年", "三个月后", "十四岁下海", "第3号令", "may be"])
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_moments(text) == []


def test_parts_of_dates_are_kept_as_they_are() -> None:
    assert [m.iso for m in find_moments("生于一九五一年十一月，1970年参军，5月9日去世")] == [
        "1951-11",
        "1970",
        None,
    ]


def test_the_lunar_day_beside_a_date_is_compared_with_the_calendar() -> None:
    right, wrong = find_moments("2025年12月3日(十月十四)；2025年12月3日（农历十月十五）")
    assert right.lunar and wrong.lunar
    assert (right.lunar.text, right.lunar.month, right.lunar.day) == ("十月十四", 10, 14)
    assert lunar_difference(right) is None
    assert "十月十五" in (lunar_difference(wrong) or "")


def test_a_leap_month_is_its_own() -> None:
    (moment,) = find_moments("2025年8月1日（闰六月初八）")
    assert moment.lunar and moment.lunar.month == -6
    assert lunar_difference(moment) is None


@given(
    st.text("0123456789〇一二三十廿年月日号时点分农历(（)）上下午.: 初闰正元民国abMay", max_size=40)
)
def test_any_text_can_be_read(text: str) -> None:
    moments = find_moments(text)
    assert all(0 <= m.start < m.end <= len(text) for m in moments)
    for moment in moments:
        assert moment.iso is None or len(moment.iso) in (4, 7, 10)
        assert moment.iso_time is None or moment.iso_time[:4].isdecimal()
