"""The running header and footer of a page: its date, number, section, editors, newspaper."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import msgspec

from broadsheet.convert.dates import Moment, find_moments
from broadsheet.convert.language import fold
from broadsheet.convert.marks import CONTENTS, DEATHS


class PageHeader(msgspec.Struct, frozen=True):
    """What is printed of the page itself; empty where nothing is."""

    date: datetime.date | None = None
    label: str = ""
    section: str = ""
    editors: str = ""
    newspaper: str = ""


_WEEKDAY = re.compile(
    r"[（(]?(?:星期|[周週])[一二三四五六日天][）)]?"
    r"|\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b,?"
)
_LABEL = re.compile(
    r"第\s?(?P<ordinal>[A-Z]?\d{1,3}|[一二三四五六七八九十]+)\s?[版张張]|(?<![\w-])(?P<numbered>[A-Z]?\d{1,3})\s?版"
    r"|(?i:\bpage\s+(?P<page>[A-Z]?\d{1,3}))\b|(?<![\w-])(?P<plain>[A-Z]\d{1,2}|\d{1,3})(?![\w-])"
)
_EDITOR_ROLE = (
    r"(?:本版)?(?:[责責]任?[编編][辑輯]?|主[编編]|[编編][辑輯]|[执執]行主[编編]|值班[编編]委|[编編]委|[监監]制|版式|美[编編]|[组組]版"
    r"|校[对對]|[检檢][审審]|[终終][审審]|[统統]筹|策[划劃]|[图圖]片|[设設][计計]|版面[设設][计計])"
)
_EDITOR = (
    rf"(?!{_EDITOR_ROLE}|[电電][话話]|[热熱][线線]|[邮郵]箱)[\u3400-\u9fff]{{2,4}}(?![：:/／·])"
)
_EDITORS = re.compile(
    rf"(?:{_EDITOR_ROLE}\s?[：:/／]?\s?{_EDITOR}(?:[、\s]{_EDITOR}(?![\u3400-\u9fff]))?[\s，,；;|｜]*)+"
)
_ENGLISH_EDITORS = re.compile(
    r"(?i:(?:edited|designed|sub-edited|compiled) by|editor:|page editor:?) ?[A-Z][\w.'’ -]+"
)
_NEWSPAPER = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{1,8}(?:日|晚|早|晨|[时時]|商|都市|[周週]|快|新[闻聞]|青年|[导導]"
    r"|[参參]考消息)?[报報](?![\u3400-\u9fff])"
    r"|\bTHE [A-Z]+(?: (?:[A-Z]+|AND|OF))*\b"
    r"|\bThe (?:[A-Z][a-z]+ ){1,3}(?:Gazette|Herald|Times|Post|News|Courier|Tribune|Sentinel"
    r"|Chronicle|Journal|Star|Mail|Observer|Recorder|Guardian|Express|Telegraph|Mercury|Examiner|Register"
    r"|Standard|Advertiser|Bulletin|Press|Dispatch|Globe|Sun|Independent|Leader|Echo|Argus)\b"
)
#: The name of a Chinese paper in Latin letters.
_MASTHEAD = re.compile(
    r"(?i)\b(?:daily|news|times|post|herald|gazette|evening|weekly|journal|express)$"
)
#: Characters of the longest line at the head of a page, and what else than numbers it names there.
_LONGEST_HEAD, _MOST_NAMES = 70, 3
_YEAR = re.compile(r"\d{4}|年")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{2,8}")
_APART = re.compile(r"[\s|｜·•,，/／。：:]+")
_CONTACT = re.compile(
    r"@|[热熱][线線]|[邮郵][箱编編]|[电電][话話]|社址|www\.|https?:|零售|\d{7}|\d{3,5} \d{5,6}"
)


def read_header(texts: Iterable[str]) -> PageHeader:
    """The furniture of a page, one text a block -> what it says; the first to say it counts."""
    date: datetime.date | None = None
    label = section = editors = newspaper = ""
    for text in texts:
        rest, found_editors = _take(text, _EDITORS, _ENGLISH_EDITORS)
        editors = editors or found_editors
        if _CONTACT.search(rest) or CONTENTS.search(fold(text)):
            continue  # its numbers are not this page's
        rest, found_date = _take_date(rest)
        date = date or found_date
        rest, found = _take(rest, _NEWSPAPER)
        newspaper = newspaper or found
        match = _LABEL.search(rest)
        if match:
            label = label or next(group for group in match.groups() if group)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        if not DEATHS.search(text) and not (newspaper and _MASTHEAD.search(rest)):
            section = section or _section(rest)
    return PageHeader(date, label, section, editors, newspaper)


def is_running_head(text: str) -> bool:
    """Whether a line is nothing but the day, the page's number, its section, the paper."""
    if len(text) > _LONGEST_HEAD or not _YEAR.search(text):
        return False
    rest, date = _take_date(_EDITORS.sub(" ", text))
    label = _LABEL.search(rest)
    words = [word for word in _APART.split(_LABEL.sub(" ", rest)) if word]
    named = len(words) <= _MOST_NAMES and all(map(_HAN_WORD.fullmatch, words))
    return date is not None and named and bool(label or _WEEKDAY.search(text))


def _take(text: str, *patterns: re.Pattern[str]) -> tuple[str, str]:
    """(the text without the first match, the match) of the first pattern that matches."""
    for pattern in patterns:
        match = pattern.search(text)
        if match:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return rest, match.group().strip(" ，,；;|｜")
    return text, ""


def _take_date(text: str) -> tuple[str, datetime.date | None]:
    moment: Moment | None = next((m for m in find_moments(text) if m.date), None)
    if moment:
        text = f"{text[: moment.start]} {text[moment.end :]}"
    return _WEEKDAY.sub(" ", text), moment.date if moment else None


def _section(text: str) -> str:
    """The one word that is left: 要闻, WORLD. More than two are something else."""
    words = [word for word in _APART.split(text) if word]
    if not 1 <= len(words) <= 2:
        return ""
    word = " ".join(words) if words[0].isascii() else words[0]
    return word if re.fullmatch(r"[\u3400-\u9fff]{2,8}|[A-Z][A-Za-z& ]{2,24}", word) else ""
