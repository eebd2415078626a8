"""How to cite a piece: GB/T 7714-2015, APA 7, BibTeX. What is not known is said to be unknown."""

from __future__ import annotations

import datetime
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
    name = author(piece)
    return (
        Citation(
            name="GB/T 7714", text=_gb_t_7714(page, piece, name, title, newspaper), block=False
        ),
        Citation(name="APA 7", text=_apa(page, piece, name, title, newspaper), block=False),
        Citation(name="BibTeX", text=_bibtex(page, piece, name, title, newspaper), block=True),
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
    day = datetime.date.fromisoformat(page.date)
    date = f"{day.year}, {_MONTHS[day.month - 1]} {day.day}"
    when = f"(ca. {date})" if piece.estimated else f"({date})"
    first = f"{name}. {when}. {_ended(title)}" if name else f"{_ended(title)} {when}."
    return f"{first} {newspaper}, {page.heading}."


def _bibtex(page: SetPage, piece: SetPiece, name: str, title: str, newspaper: str) -> str:
    key = _NO_KEY.sub("-", f"{page.date}-{page.page.name}-{piece.number}")
    language = {"zh-Hans": "chinese", "zh-Hant": "chinese", "en": "english"}[piece.language]
    fields = {
        "author": f"{{{_tex(name)}}}" if name else "",
        "title": f"{{{_tex(title)}}}",
        "journal": _tex(newspaper),
        "date": f"{page.date}~" if piece.estimated else page.date,
        "pages": _tex(page.heading),
        "langid": language,
    }
    rows = ",\n".join(f"  {key:<7} = {{{value}}}" for key, value in fields.items() if value)
    return f"@article{{p{key},\n{rows}\n}}"


def _tex(text: str) -> str:
    return _TEX.sub(r"\\\g<0>", text)
