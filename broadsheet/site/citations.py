"""How to cite a piece: GB/T 7714-2015, APA 7, BibTeX. What is not known is said to be unknown."""

from __future__ import annotations

import datetime
import functools
import re

from broadsheet.site import headlines
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import SetPage, SetPiece
from broadsheet.site.views import Citation

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
#: What stands before a name in a byline or credit and is not part of it.
_BEFORE_NAME = re.compile(
    r"(?:(?:文[/／、]图|图[/／、]文|文|图|摄|本报记者|本报讯|记者|通讯员|[Bb]y|BY)[\s:：/／]+)+"
)

#: Characters with a meaning in TeX; characters that a key of BibTeX may not have.
_TEX, _NO_KEY = re.compile(r"[\\{}&%$#_]"), re.compile(r"[^A-Za-z0-9]+")


def author(piece: SetPiece) -> str:
    """Who is named as author: the byline, else the agency or the credit; "" where nobody is."""
    own = piece.piece
    named = _name(getattr(own, "byline", ""))
    return named or getattr(own, "agency", "") or _name(getattr(own, "credit", ""))


def _name(printed: str) -> str:
    """文/图 新华社 -> 新华社"""
    before = _BEFORE_NAME.match(printed)
    return (printed[before.end() :] if before else printed).strip()


def citations(desk: Desk, page: SetPage, piece: SetPiece) -> tuple[Citation, ...]:
    newspaper = page.newspaper or desk.t("cite.newspaper_unknown")
    title = headlines.plain(piece.words)
    known = page, piece, author(piece), title, newspaper
    return (
        Citation(id="c1", name="GB/T 7714", text=_gb_t_7714(*known), block=False),
        Citation(id="c2", name="APA 7", text=_apa(*known), block=False),
        Citation(id="c3", name="BibTeX", text=_bibtex(*known), block=True),
    )


def _ended(text: str) -> str:
    """A title with a full stop after it, unless a mark ends it already."""
    return text if text[-1:] in "？！?!。." else f"{text}."


def _gb_t_7714(page: SetPage, piece: SetPiece, name: str, title: str, newspaper: str) -> str:
    """An estimated date stands in brackets (GB/T 7714-2015, 8.5.3)."""
    date = f"[{page.date}]" if piece.estimated else page.date
    before = f"{name}. " if name else ""
    return f"{before}{title}[N]. {newspaper}, {date}({page.heading})."


def _apa(page: SetPage, piece: SetPiece, name: str, title: str, newspaper: str) -> str:
    date = _day_in_english(page.date)
    when = f"(ca. {date})" if piece.estimated else f"({date})"
    first = f"{name}. {when}. {_ended(title)}" if name else f"{_ended(title)} {when}."
    return f"{first} {newspaper}, {page.heading}."


def _bibtex(page: SetPage, piece: SetPiece, name: str, title: str, newspaper: str) -> str:
    date = f"{page.date}~" if piece.estimated else page.date
    named = f"  author  = {{{{{_tex(name)}}}}},\n" if name else ""
    titled = f"  title   = {{{{{_tex(title)}}}}},\n"
    printed = _printed_in(newspaper, date, page.heading, piece.language)
    key = f"{_key_of(page.date, page.page.name)}{piece.number}"
    return f"@article{{p{key},\n{named}{titled}{printed}\n}}"


# What the pieces of a newspaper page share is made once for all of them.


@functools.lru_cache(maxsize=64)
def _day_in_english(date: str) -> str:
    """1990, January 5"""
    day = datetime.date.fromisoformat(date)
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}"


@functools.lru_cache(maxsize=64)
def _key_of(date: str, page: str) -> str:
    return _NO_KEY.sub("-", f"{date}-{page}-")


@functools.lru_cache(maxsize=64)
def _printed_in(newspaper: str, date: str, heading: str, language: str) -> str:
    """The last fields of an entry of BibTeX."""
    fields = {
        "journal": _tex(newspaper),
        "date": date,
        "pages": _tex(heading),
        "langid": {"zh-Hans": "chinese", "zh-Hant": "chinese", "en": "english"}[language],
    }
    return ",\n".join(f"  {key:<7} = {{{value}}}" for key, value in fields.items() if value)


def _tex(text: str) -> str:
    return _TEX.sub(r"\\\g<0>", text)
