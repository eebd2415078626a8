"""Dates in the interface's language, by Babel; the day of the lunar calendar beside them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence

from broadsheet.piece import Language

#: British order for English: 5 December 2025.
_LOCALES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en_GB"}


def long(day: datetime.date, language: Language) -> str:
    """2025年12月5日; 5 December 2025."""
    if language != "en":
        return f"{day.year}年{day.month}月{day.day}日"
    return _format(day, "d MMMM y", language)


def weekday(day: datetime.date, language: Language) -> str:
    """星期五; Friday."""
    return _format(day, "EEEE", language)


def partial(text: str, language: Language) -> str:
    """2025-12-03, 2025-12 or 2025, as printed, in words."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return long(datetime.date(*parts), language)
    if len(parts) == 2:
        pattern = "MMMM y" if language == "en" else "y年M月"
        return _format(datetime.date(parts[0], parts[1], 1), pattern, language)
    return text if language == "en" else f"{text}年"


def month_day(day: datetime.date, language: Language) -> str:
    """12月5日; 5 December."""
    return _format(day, "d MMMM", language) if language == "en" else f"{day.month}月{day.day}日"


def month(number: int, language: Language) -> str:
    """12月; December."""
    if language != "en":
        return f"{number}月"
    return _format(datetime.date(2000, number, 1), "LLLL", language)


def weekdays(language: Language) -> tuple[str, ...]:
    """The narrow names of the days, Monday first: 一, M."""
    monday = datetime.date(2024, 1, 1)
    days = (monday + datetime.timedelta(days=n) for n in range(7))
    return tuple(_format(day, "EEEEE", language) for day in days)


def lunar(day: datetime.date, language: Language) -> str:
    """农历乙巳年十月十六; "" for an English interface, and outside 1900-2100."""
    if language == "en" or not 1900 <= day.year <= 2100:
        return ""
    first, lunar_year, month = max(m for m in _lunar_months(day.year) if m[0] <= day)
    gan, zhi, months, days = _lunar_names()
    name = "農曆" if language == "zh-Hant" else "农历"
    month_name = ("闰" if month < 0 else "") + months[abs(month)]
    month_name = _MONTHS.get(month_name, month_name)
    if language == "zh-Hant":
        month_name = month_name.replace("闰", "閏").replace("腊", "臘")
    cycle = gan[(lunar_year - 4) % 10 + 1] + zhi[(lunar_year - 4) % 12 + 1]
    return f"{name}{cycle}年{month_name}月{days[(day - first).days + 1]}"


@functools.lru_cache(maxsize=4)
def _lunar_months(year: int) -> tuple[tuple[datetime.date, int, int], ...]:
    """(first day, lunar year, month) of the lunar months that have days in a year; a leap month's
    number is negative. The library computes them anew for every day that it is asked about."""
    from lunar_python import LunarYear, Solar

    found = []
    for month in LunarYear.fromYear(year).getMonths():
        first = Solar.fromJulianDay(month.getFirstJulianDay())
        day = datetime.date(first.getYear(), first.getMonth(), first.getDay())
        found.append((day, month.getYear(), month.getMonth()))
    return tuple(found)


@functools.cache
def _lunar_names() -> tuple[Sequence[str], ...]:
    """Stems, branches, months and days, each counted from 1."""
    from lunar_python.util import LunarUtil

    return LunarUtil.GAN, LunarUtil.ZHI, LunarUtil.MONTH, LunarUtil.DAY


#: The library's poetic names of the last two months; newspapers print 十一月, 十二月 or 腊月.
_MONTHS = {"冬": "十一", "闰冬": "闰十一", "腊": "十二", "闰腊": "闰十二"}


def same_lunar_day(printed: str, computed: str) -> bool:
    """Whether 十月十四, as printed, is the day of 农历乙巳年十月十四."""
    return bool(printed) and _plain_lunar(computed).endswith(_plain_lunar(printed))


def _plain_lunar(text: str) -> str:
    for old, new in (
        ("臘", "腊"),
        ("腊月", "十二月"),
        ("冬月", "十一月"),
        ("閏", "闰"),
        ("二十", "廿"),
    ):
        text = text.replace(old, new)
    return text.rpartition("年")[2].replace("农历", "").replace("農曆", "").strip()


def _format(day: datetime.date, pattern: str, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(day, pattern, locale=_LOCALES[language]))
