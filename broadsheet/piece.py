"""The model that both pipelines share: the pieces of a newspaper page, and the page itself.

One piece is one content file, `content/<date>/<page>/<nn>-<slug>.md`. Its path is its identity
and its address on the site. The fields here are the keys of the front matter, no more and no
fewer; `frontmatter.py` reads and writes them. What is not printed is absent (None or empty).
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, ClassVar, Literal

import msgspec

Language = Literal["zh-Hans", "zh-Hant", "en"]
PieceType = Literal["article", "obituary", "slogan", "notice", "photo"]

_PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
#: A date of which the year, or year and month, may be all that is printed: 1921, 1921-05.
PartialDate = Annotated[str, msgspec.Meta(pattern=_PARTIAL_DATE)]
#: A day with or without an hour, local to the newspaper: 2025-12-11, 2025-12-11T13:00.
LocalTime = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$")]
#: Line ranges of the source in reading order, 1-based and inclusive: `3, 5-9, 41`.
#: No page has a million of them.
Lines = Annotated[str, msgspec.Meta(pattern=r"^\d{1,6}(-\d{1,6})?(,\s*\d{1,6}(-\d{1,6})?)*$")]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A typed mapping of the front matter; an unknown key in it is an error."""


class Figure(Part, frozen=True):
    """A picture of an article. Often only its caption survives; then `image` is absent."""

    caption: str = ""  #: as printed
    credit: str = ""  #: photographer or agency, as printed
    agency: str = ""  #: the news agency that credit or caption name
    photographers: tuple[str, ...] = ()  #: whom credit or caption name
    image: str = ""  #: path relative to the content file's folder
    alt: str = ""  #: what the picture shows, for those who cannot see it


class Person(Part, frozen=True):
    """The deceased, as the notice names them. Nothing is computed: no year of birth from an age."""

    name: str = ""  #: as printed
    sex: Literal["", "male", "female"] = ""  #: when the notice says it
    age: Annotated[int, msgspec.Meta(ge=0, le=150)] | None = None  #: as printed, never computed
    age_term: str = ""  #: 享年, 终年, 享寿, aged ... as printed
    born: PartialDate | None = None  #: when printed
    died: PartialDate | None = None  #: solar date
    died_lunar: str = ""  #: 十月十四, as printed
    native_place: str = ""  #: 籍贯, as printed


class Service(Part, frozen=True):
    """The farewell service that an obituary announces."""

    time: LocalTime | None = None  #: local to the newspaper
    lunar: str = ""  #: lunar date, as printed
    place: str = ""  #: hall, church or parlour
    address: str = ""  #: of the place, as printed


class Signer(Part, frozen=True):
    """One who signs an obituary: relation and name as printed (孝孙 刘家龙)."""

    name: str  #: as printed
    relation: str = ""  #: 孝子, 孝孙, 泣血 ..., as printed


class Piece(Part, frozen=True):
    """What every piece has."""

    type: ClassVar[PieceType]

    title: str = ""  #: headline or heading as printed; a slogan has none
    date: datetime.date | None = None  #: the folder gives it when absent
    date_estimated: bool = False  #: the date was inferred; the site says so
    page: str = ""  #: label of the newspaper page; its folder's name when absent
    section: str = ""  #: of the paper; an article takes its page's
    language: Language | None = None  #: as printed; its page's when absent
    source: str = ""  #: the source file, relative to the project
    lines: Lines | None = None  #: of the source, in reading order: `3, 5-9, 41`
    joins: tuple[str, ...] = ()  #: mended column breaks: `text before|text after`
    gaps: tuple[str, ...] = ()  #: lost text: `|text after` or `text before|`
    tags: tuple[str, ...] = ()  #: subjects
    people: tuple[str, ...] = ()  #: names, for the index of people
    places: tuple[str, ...] = ()  #: names of places
    converted: str = ""  #: fingerprint of the file as the converter wrote it


class Article(Piece, frozen=True):
    type: ClassVar[PieceType] = "article"
    kicker: str = ""  #: 引题
    subtitle: str = ""  #: 副题
    byline: str = ""  #: who wrote it, as printed
    credit: str = ""  #: 文/图 新华社
    dateline: str = ""  #: place, agency and date, as printed at the head of the body
    agency: str = ""  #: the news agency that byline, credit or dateline name
    reporters: tuple[str, ...] = ()  #: whom byline or credit name as writers
    photographers: tuple[str, ...] = ()  #: whom byline or credit name for the pictures
    lead: bool = False  #: the paragraphs before the first subhead are a lead
    figures: tuple[Figure, ...] = ()  #: its pictures


class Obituary(Piece, frozen=True):
    type: ClassVar[PieceType] = "obituary"
    person: Person = Person()  #: the deceased
    service: Service = Service()  #: the farewell service
    signed: tuple[Signer, ...] = ()  #: who signs it, in the printed order


class Slogan(Piece, frozen=True):
    type: ClassVar[PieceType] = "slogan"


class Notice(Piece, frozen=True):
    type: ClassVar[PieceType] = "notice"
    kind: str = ""  #: 启事, 公告, 遗失声明, 天气, 拍卖 ...
    issuer: str = ""  #: who published it, as printed


class Photo(Piece, frozen=True):
    """A picture that stands by itself; the body is its caption."""

    type: ClassVar[PieceType] = "photo"
    credit: str = ""  #: photographer or agency, as printed
    agency: str = ""  #: the news agency that credit or caption name
    photographers: tuple[str, ...] = ()  #: whom credit or caption name
    image: str = ""  #: path relative to the content file's folder
    alt: str = ""  #: what the picture shows, for those who cannot see it


PIECE_TYPES: dict[str, type[Piece]] = {
    kind.type: kind for kind in (Article, Obituary, Slogan, Notice, Photo)
}


class Doubt(Part, frozen=True):
    """A decision of the converter that a person should look at."""

    line: int  #: of the source, 1-based
    text: str  #: what is doubtful, in the page's words
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)]  #: how likely it is right
    about: str = ""  #: beginning (it is lost), join, place, or the role it was read as


class NewspaperPage(Part, frozen=True):
    """`_page.md`: what is known of one newspaper page; its body is the printed furniture."""

    type: ClassVar[str] = "page"
    label: str = ""  #: the paper's own page number; absent when it is not known
    title: str = ""  #: printed name of the page, when it has one
    date: datetime.date | None = None  #: the folder gives it when absent
    date_estimated: bool = False  #: the date was inferred; the site says so
    section: str = ""  #: of the paper; its articles take it
    newspaper: str = ""  #: name of the newspaper
    editors: str = ""  #: as printed
    language: Language | None = None  #: of the text; found by the converter
    source: str = ""  #: the source file, relative to the project
    lines: Lines | None = None  #: of the body, the printed furniture and what is printed twice
    repeats: Lines | None = None  #: of these, headlines and leads printed a second time
    image: str = ""  #: a picture of the page, relative to its folder
    doubts: tuple[Doubt, ...] = ()  #: what the converter was not sure of
    converted: str = ""  #: fingerprint of the file as the converter wrote it


class Sidecar(Part, frozen=True):
    """`sources/<date>/<page>.yaml`: what a person knows of a page beside its text."""

    label: str = ""  #: the paper's own page number, A07
    section: str = ""  #: of the paper
    newspaper: str = ""  #: its name
    date_estimated: bool = False  #: the date of the folder was inferred
    language: Language | None = None  #: of the text, when the converter should not guess
    image: str = ""  #: a picture of the page


_NUMBER_OR_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
#: A few ranges repeated could fill the memory; no piece has so many lines.
_MOST_LINES = 1_000_000


def parse_lines(lines: str) -> list[int]:
    """`3, 5-7` -> [3, 5, 6, 7]; the order is the reading order, and is kept."""
    out: list[int] = []
    for first, last in _NUMBER_OR_RANGE.findall(lines):
        out.extend(range(int(first), int(last or first) + 1))
        if len(out) > _MOST_LINES:
            return out[:_MOST_LINES]
    return out


def format_lines(numbers: list[int]) -> str:
    """[3, 5, 6, 7] -> `3, 5-7`; only numbers that follow each other become a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs)
