"""Dates and hours as newspapers print them, in Chinese and English.

Chinese: 2025年12月3日, 二〇二五年十月二日, 民国廿五年, 新历12月11日(十月廿二)中午13时, 晚6时半.
English: 21 January 2025, Friday 31 January at 12 noon, March 3rd, 10.30 a.m.
A date of the lunar calendar is one that says so (农历) or that follows a solar one in brackets.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "Ｏ": 0, "两": 2, "兩": 2, "元": 1,
}  # fmt: skip
_TENS = {"廿": 20, "卅": 30, "卌": 40}
#: 九十有三, 八十又二, 九十晋一: words between tens and ones.
_BETWEEN = re.compile(r"[有又晋晉加]")
NUMBER = r"(?:[0-9０-９]+|[零〇○Ｏ一二三四五六七八九十百廿卅卌两兩元]+)"
AGE_NUMBER = r"(?:[0-9０-９]+|[零〇○一二三四五六七八九十百廿卅两兩有又晋晉加]+)"


def number(text: str) -> int | None:
    """104, 一百零四, 九十有三, 廿二, 二〇二五 -> int; None when it is no number."""
    text = _BETWEEN.sub("", text.strip())
    if text.isdecimal():
        return int(text)
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = ones = 0
    for c in text:
        if c in _DIGITS:
            ones = _DIGITS[c]
        elif c in _TENS:
            total, ones = total + _TENS[c], 0
        elif c in "十百":
            total, ones = total + (ones or 1) * (10 if c == "十" else 100), 0
        else:
            return None
    return total + ones if text else None


class Lunar(msgspec.Struct, frozen=True):
    """A day of the lunar calendar, as printed and as numbers."""

    text: str
    month: int  #: negative: the leap month
    day: int


class Moment(msgspec.Struct, frozen=True):
    """A date in a text, as far as it is printed; `start` and `end` are its place there."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    lunar: Lunar | None = None
    relative: Literal["", "same", "next"] = ""  #: 同日, 翌日

    def with_year(self, year: int | None) -> Moment:
        return self if self.year else msgspec.structs.replace(self, year=year)

    @property
    def date(self) -> datetime.date | None:
        """The day, when year, month and day are known and there is such a day."""
        try:
            return datetime.date(self.year or 0, self.month or 0, self.day or 0)
        except ValueError:
            return None

    @property
    def iso(self) -> str | None:
        """2025-12-03, 2025-12 or 2025; None without a year or for a day that does not exist."""
        if self.year is None or not datetime.MINYEAR <= self.year <= datetime.MAXYEAR:
            return None
        if self.month is None or not 1 <= self.month <= 12:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return self.date.isoformat() if self.date else None

    @property
    def iso_time(self) -> str | None:
        """2025-12-11T13:00; 2025-12-11 where no hour is printed; None without a whole date."""
        if self.date is None:
            return None
        if self.hour is None:
            return self.date.isoformat()
        return f"{self.date.isoformat()}T{self.hour:02d}:{self.minute:02d}"


def find_moments(text: str) -> list[Moment]:
    """Every date of a text in its order, with the hour and the lunar day that belong to it."""
    return sorted([*_chinese(text), *_english(text)], key=lambda moment: moment.start)


def nearest_year(moment: Moment, about: datetime.date) -> int | None:
    """The year in which a day that is printed without one lies nearest to another day."""
    days = (moment.with_year(year).date for year in (about.year - 1, about.year, about.year + 1))
    near = [(abs((day - about).days), day.year) for day in days if day]
    return min(near)[1] if near else None


# --- Chinese ---

_LUNAR_WORD = r"(?:[农農夏阴陰旧舊古][历曆]|岁次)"
_STEMS = r"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)"
_WEEKDAY = r"(?:(?:星期|[周週]|[礼禮]拜)[一二三四五六日天])"
_DATE = re.compile(
    rf"(?P<calendar>{_LUNAR_WORD})?"
    rf"(?:(?P<republic>(?:中[华華])?民[国國])?(?P<year>{NUMBER})\s?年(?![级級来來前后後轻輕代底初])\s?{_STEMS}?\s?)?"
    rf"(?:(?P<month>{NUMBER})\s?月份?\s?(?:(?P<day>{NUMBER})\s?[日号號])?)?"
)
_DAY_OF_MONTH = re.compile(
    rf"(?:本月|同月|是月|當月|当月|(?<=[于於]))\s?(?P<day>{NUMBER})\s?[日号號](?![内內后後前间間])"
)
_RELATIVE = re.compile(r"(?P<next>[翌次隔]日|第二天)|同[日天]|[当當][日天]")
_LUNAR_DAY = (
    rf"(?:{_LUNAR_WORD})?\s?(?:{NUMBER}年|{_STEMS})?"
    r"(?P<lunar>(?P<month>[闰閏]?(?:[正冬腊臘]|[一二三四五六七八九十]{1,2})月)"
    r"(?P<day>初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?))日?"
)
_LUNAR_BESIDE = re.compile(rf"\s?(?:[（(]\s?即?{_LUNAR_DAY}\s?[，,]?\s?{_WEEKDAY}?\s?[)）])")
_LUNAR_NAMED = re.compile(rf"[，,、]?\s?(?:即|为|為)?(?={_LUNAR_WORD}){_LUNAR_DAY}")
_WEEKDAY_BESIDE = re.compile(rf"\s?[（(]?{_WEEKDAY}[)）]?")
_PART_OF_DAY = (
    r"凌晨|清晨|早晨|早上|[早晨]|上午|午前|正午|中午|午间|午間|午[后後]|下午|傍晚|黄昏|黃昏"
    r"|晚上|晚[间間]|晚|夜[间間]|深夜|夜"
)
_CLOCK = re.compile(
    rf"[，,]?\s?(?P<part>{_PART_OF_DAY})?\s?(?:"
    rf"(?P<hour>{NUMBER})\s?[时時点點][钟鐘]?(?:(?P<half>半)|(?P<quarter>[一三])刻"
    rf"|(?P<minute>{NUMBER})\s?分?)?|(?P<hours>\d\d?)[:：](?P<minutes>\d\d))"
)
_MOON_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
_REPUBLIC = 1911  #: 民国元年 is 1912


def _chinese(text: str) -> Iterator[Moment]:
    at = 0
    while at < len(text):
        moment = _chinese_at(text, at)
        if moment:
            yield moment
            at = moment.end
        else:
            at += 1


def _chinese_at(text: str, at: int) -> Moment | None:
    if text[at] not in _BEGINNINGS:
        return None
    named = _LUNAR_NAMED.match(text, at)
    if named:
        return _with_clock(text, Moment(at, named.end(), lunar=_lunar(named)))
    relative = _RELATIVE.match(text, at)
    if relative:
        kind: Literal["next", "same"] = "next" if relative["next"] else "same"
        return _with_clock(text, Moment(at, relative.end(), relative=kind))
    match = _DAY_OF_MONTH.match(text, at)
    if match:
        return _with_clock(text, Moment(at, match.end(), day=number(match["day"])))
    match = _DATE.match(text, at)
    if match is None or not (match["year"] or match["day"]):
        return None
    moment = Moment(
        at,
        match.end(),
        year=_year(match),
        month=number(match["month"] or ""),
        day=number(match["day"] or ""),
    )
    if moment.year is None and moment.day is None:
        return None
    return _with_clock(text, _with_lunar(text, moment))


_BEGINNINGS = frozenset(
    "0123456789０１２３４５６７８９零〇○Ｏ一二三四五六七八九十廿卅两兩元"
    "中民農农夏阴陰旧舊古岁即本同是當当翌次隔第"
)


def _year(match: re.Match[str]) -> int | None:
    year = number(match["year"] or "")
    if year is None:
        return None
    if match["republic"]:
        return year + _REPUBLIC
    return year if 1000 <= year <= 2999 else None


def _lunar(match: re.Match[str]) -> Lunar | None:
    name = match["month"][:-1]
    leap = name[0] in "闰閏"
    name = name.lstrip("闰閏")
    month = _MOON_MONTHS.get(name) or number(name) or 0
    day = number(match["day"].removeprefix("初")) or 0
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    return Lunar(match["lunar"], -month if leap else month, day)


def _with_lunar(text: str, moment: Moment) -> Moment:
    end = moment.end
    weekday = _WEEKDAY_BESIDE.match(text, end)
    if weekday:
        end = weekday.end()
    match = _LUNAR_BESIDE.match(text, end) or _LUNAR_NAMED.match(text, end)
    if match is None:
        return msgspec.structs.replace(moment, end=end)
    return msgspec.structs.replace(moment, end=match.end(), lunar=_lunar(match))


def _with_clock(text: str, moment: Moment) -> Moment:
    weekday = _WEEKDAY_BESIDE.match(text, moment.end)
    match = _CLOCK.match(text, weekday.end() if weekday else moment.end)
    if match is None:
        return moment
    hour = number(match["hour"] or match["hours"])
    minute = number(match["minute"] or match["minutes"] or "0")
    if match["half"]:
        minute = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"] == "一" else 45
    if hour is None or minute is None or hour > 24 or minute > 59:
        return moment
    part = match["part"] or ""
    if hour == 24 or (hour == 12 and part[:1] in ("晚", "夜", "深")):
        return moment  # midnight: which day's is not said
    hour = _hour_of_day(hour, part)
    return msgspec.structs.replace(moment, end=match.end(), hour=hour, minute=minute)


def _hour_of_day(hour: int, part: str) -> int:
    """下午3时 -> 15; 晚6时 -> 18; 中午12时 -> 12, 中午1时 -> 13."""
    if part[:2] in ("下午", "午后", "午後", "傍晚", "黄昏", "黃昏") and hour < 12:
        return hour + 12
    if part[:1] in ("晚", "夜", "深") and 4 <= hour < 12:
        return hour + 12
    if part in ("中午", "正午", "午间", "午間") and hour < 4:
        return hour + 12
    return hour


# --- English ---

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAMES = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
#: Running heads are often in capitals.
_MONTH = rf"(?P<month>{_MONTH_NAMES}|{_MONTH_NAMES.upper()})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ENGLISH_DATE = re.compile(
    rf"\b(?:(?:the )?{_DAY}(?: day)?(?: of)? {_MONTH}|{_MONTH.replace('month', 'first')} "
    rf"{_DAY.replace('day', 'second')})\b(?:,? (?P<year>(?:1[5-9]|20)\d\d)\b)?"
)
_ENGLISH_CLOCK = re.compile(
    r"(?i)(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?P<noon>(?:12(?:\.00|:00)? )?(?:noon|midday))|(?P<hours>\d{1,2})[.:](?P<minutes>\d\d)(?!\d)"
    r"|(?P<clock>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock"
)
_HOURS = {
    word: n
    for n, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
}
#: An hour within this many characters after its date belongs to it (`, at All Saints, at 2 p.m.`).
_NEAR = 60


def _english(text: str) -> Iterator[Moment]:
    matches = list(_ENGLISH_DATE.finditer(text))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        moment = Moment(
            match.start(),
            match.end(),
            year=int(match["year"]) if match["year"] else None,
            month=_MONTHS.index((match["month"] or match["first"])[:3].lower()) + 1,
            day=int(match["day"] or match["second"]),
        )
        yield _with_english_clock(text, moment, match.start(), end)


def clock_after(text: str, at: int, day: datetime.date) -> Moment:
    """A day that the text names otherwise than by its date, with the hour printed after `at`."""
    moment = Moment(at, at, year=day.year, month=day.month, day=day.day)
    return _with_english_clock(text, moment, at, len(text))


def _with_english_clock(text: str, moment: Moment, start: int, end: int) -> Moment:
    """With the hour after the date, or else right before it (`at 2 p.m. on Friday 14 March`)."""
    sentence_end = re.compile(r"(?<![ap]\.m)(?<!\bSt)[.;](?:\s|$)").search(text, moment.end, end)
    stop = min(end, moment.end + _NEAR, sentence_end.start() if sentence_end else end)
    clock = _ENGLISH_CLOCK.search(text, moment.end, stop + 3)
    if clock is None:
        before = text[max(0, start - 35) : start]
        clock = re.search(
            rf"(?:{_ENGLISH_CLOCK.pattern[4:]})(?: on)?(?: \w+day,?)?(?: the)? $", before, re.I
        )
    hour = _english_hour(clock) if clock else None
    if clock is None or hour is None:
        return moment
    minute = int(clock["minute"] or clock["minutes"] or 0)
    return msgspec.structs.replace(moment, hour=hour, minute=minute)


def _english_hour(clock: re.Match[str]) -> int | None:
    if clock["noon"]:
        return 12
    spoken = (clock["clock"] or "").lower()
    hour = int(clock["hour"] or clock["hours"] or _HOURS.get(spoken) or spoken)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return hour if hour < 24 else None


# --- the lunar calendar ---


def lunar_of(day: datetime.date) -> tuple[int, int]:
    """(month, day) of the lunar calendar, the month negative when it is a leap month."""
    from lunar_python import Solar

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return lunar.getMonth(), lunar.getDay()


def lunar_difference(moment: Moment) -> str | None:
    """What is wrong when a date and the lunar day printed beside it are not the same day."""
    if moment.date is None or moment.lunar is None:
        return None
    month, day = lunar_of(moment.date)
    if (abs(month), day) == (abs(moment.lunar.month), moment.lunar.day):
        return None
    leap = "闰" if month < 0 else ""
    return (
        f"{moment.date.isoformat()} is the {leap}{abs(month)}th month's day {day} of the lunar "
        f"calendar, but {moment.lunar.text} is printed"
    )
