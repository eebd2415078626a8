"""What lists know of a piece, small and typed; and which lists an issue appears in.

A worker makes these records when it reads an issue; the store keeps them under a list and a key.
A page that lists pieces is made from the records of its key and of nothing else. That is why an
incremental build and a clean one give the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar, cast

import msgspec

from broadsheet.archive.store import Entry, Row, Store
from broadsheet.piece import Article, Notice, Obituary
from broadsheet.site import headlines, links, search_pages
from broadsheet.site.desk import Desk
from broadsheet.site.typeset import SetIssue, SetPage, SetPiece


class Record(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """Kept by the store as a msgpack array: the order of the fields is part of its schema."""


class ItemRecord(Record, frozen=True):
    """A piece as any list shows it."""

    path: str  #: of its page, relative to the site
    number: int
    type: str
    language: str
    words: str  #: headline, marked where it may break
    summary: str
    meta: str
    section: str
    where: str  #: A07 国际
    date: str
    estimated: bool
    characters: int
    kicker: str = ""
    subtitle: str = ""
    name: str = ""  #: of the deceased
    age: str = ""
    figures: int = 0
    credit: str = ""  #: byline or credit


class FrontRecord(Record, frozen=True):
    """The issue's first report, as the home page shows it: more than other lists need."""

    number: int  #: of its item
    page: int  #: index of its newspaper page
    lead: tuple[str, ...]
    subheads: tuple[tuple[str, str], ...]  #: anchor, text
    caption: str
    credit: str
    picture: str  #: relative to the site, "" when only the caption survives
    alt: str
    has_figure: bool
    width: int = 0  #: of the picture, 0 when not known
    height: int = 0


class PageRecord(Record, frozen=True):
    """A newspaper page in its issue."""

    path: str
    label: str
    heading: str
    section: str
    items: tuple[ItemRecord, ...]


class IssueRecord(Record, frozen=True):
    date: str
    estimated: bool
    pages: tuple[PageRecord, ...]
    front: FrontRecord | None


class ObituaryRecord(Record, frozen=True):
    """A row of a register."""

    path: str
    language: str
    name: str
    reading: str  #: place in the order of pinyin
    age: str
    died: str
    died_lunar: str
    native_place: str
    date: str
    where: str
    where_path: str


class SloganRecord(Record, frozen=True):
    path: str
    language: str
    text: str
    date: str
    where: str
    where_path: str


class MentionRecord(Record, frozen=True):
    """A piece that names a person."""

    name: str
    reading: str
    path: str
    language: str
    title: str
    date: str


class SectionCount(Record, frozen=True):
    """How many pieces of a section an issue has."""

    name: str
    slug: str
    count: int


class Reference(Record, frozen=True):
    """Records that an issue keeps once and lists under another key too."""

    at: tuple[int, ...]  #: their places in the issue's own entry of the other list
    digest: bytes  #: of those records: a change of one is a change of this


R = TypeVar("R", bound=Record | str)

_encode = msgspec.msgpack.Encoder().encode


@functools.cache
def _decoder(kind: Hashable) -> Callable[[bytes], list[Any]]:
    return msgspec.msgpack.Decoder(list[kind]).decode  # type: ignore[valid-type]


def read(row: Row, kind: type[R]) -> list[R]:
    """The records of an entry."""
    return _decoder(cast(Hashable, kind))(row.records)


def obituaries_of(store: Store, row: Row) -> list[ObituaryRecord]:
    """The obituaries that an entry of the list `surname` refers to."""
    reference = read(row, Reference)[0]
    kept = read(store.row("obituary", _month(row.issue), row.issue), ObituaryRecord)
    return [kept[at] for at in reference.at]


def items_of(store: Store, row: Row) -> list[ItemRecord]:
    """The items that an entry of the list `section` refers to."""
    reference = read(row, Reference)[0]
    kept = _items(store.row("issue", row.issue, row.issue).records)
    return [kept[at] for at in reference.at]


@functools.lru_cache(maxsize=32)
def _items(issues: bytes) -> tuple[ItemRecord, ...]:
    """All items of an issue; the pages of every section ask for those of the same month."""
    decoded: list[IssueRecord] = _decoder(IssueRecord)(issues)
    return tuple(item for page in decoded[0].pages for item in page.items)


def _reference(kept: list[Any], at: list[int]) -> Reference:
    digest = hashlib.blake2b(_encode([kept[n] for n in at]), digest_size=8).digest()
    return Reference(tuple(at), digest)


def entries(desk: Desk, issue: SetIssue, record: IssueRecord) -> list[Entry]:
    """Everything that the lists of the archive keep of an issue; `record` is its own."""
    items = [item for page in record.pages for item in page.items]
    found = [_entry("issue", issue.date, [record], len(items))]
    keyed: dict[tuple[str, str], list[Record | str]] = {}
    for list_name, key, one in _keyed(desk, issue):
        keyed.setdefault((list_name, key), []).append(one)
    found += [_entry(name, key, records, len(records)) for (name, key), records in keyed.items()]
    found += _referring("section", items, _section_keys(desk, issue.date, items))
    obituaries = keyed.get(("obituary", _month(issue.date)), [])
    found += _referring("surname", obituaries, _surname_keys(desk, issue.date, obituaries))
    found.append(_entry("day", issue.date, _section_counts(desk, items), len(items)))
    paths = [links.issue(issue.date)]
    for page in issue.pages:
        paths += [page.path, *(piece.path for piece in page.pieces)]
    found.append(_entry("address", issue.date[:7], paths, len(paths)))
    if search_pages.wanted(desk.config):
        found.append(search_pages.entry(issue))
    return found


def _entry(name: str, key: str, records: list[Any], count: int) -> Entry:
    return Entry(name, key, count, _encode(records))


def _referring(name: str, kept: list[Any], keys: list[str]) -> Iterator[Entry]:
    """Entries of a list that refer to records kept elsewhere; `keys`: of each, "" for none."""
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(at)
    for key, found in places.items():
        yield _entry(name, key, [_reference(kept, found)], len(found))


def _section_keys(desk: Desk, date: str, items: list[ItemRecord]) -> list[str]:
    return [f"{desk.slug(item.section)}/{date[:7]}" if item.section else "" for item in items]


def _surname_keys(desk: Desk, date: str, obituaries: list[Any]) -> list[str]:
    """L/2020s/2024; a name that is lost stands under 0."""
    return [
        f"{desk.initial(row.name) if row.name else '0'}/{_decade_year(date)}" for row in obituaries
    ]


def _month(date: str) -> str:
    """2025/03"""
    return f"{date[:4]}/{date[5:7]}"


def _decade_year(date: str) -> str:
    """2020s/2025"""
    return f"{date[:3]}0s/{date[:4]}"


def _keyed(desk: Desk, issue: SetIssue) -> Iterator[tuple[str, str, Record | str]]:
    """(list, key, record) of every place in which a piece of the issue is listed."""
    month, years = _month(issue.date), _decade_year(issue.date)
    for page in issue.pages:
        for piece in page.pieces:
            if piece.piece.type == "obituary":
                yield "obituary", month, _obituary_record(desk, page, piece)
            if piece.piece.type == "slogan":
                yield "slogan", month, _slogan_record(page, piece)
            for name in people(piece):
                mention = _mention_record(desk, page, piece, name)
                yield "person", f"{desk.initial(name)}/{years}", mention


def people(piece: SetPiece) -> list[str]:
    """Names that a piece is found by: those it states, and of an obituary the deceased."""
    own = [piece.piece.person.name] if isinstance(piece.piece, Obituary) else []
    return list(dict.fromkeys(name for name in [*own, *piece.piece.people] if name))


def issue_record(desk: Desk, issue: SetIssue) -> IssueRecord:
    pages = tuple(
        PageRecord(
            page.path,
            page.label,
            page.heading,
            page.section,
            tuple(_item_record(desk, page, piece) for piece in page.pieces),
        )
        for page in issue.pages
    )
    return IssueRecord(issue.date, issue.estimated, pages, _front_record(issue))


def _item_record(desk: Desk, page: SetPage, piece: SetPiece) -> ItemRecord:
    own = piece.piece
    name, age = "", ""
    if isinstance(own, Obituary):
        name, age = own.person.name, age_text(desk, own)
    return ItemRecord(
        path=piece.path,
        number=piece.number,
        type=own.type,
        language=piece.language,
        words=piece.words,
        summary="" if own.type == "slogan" else piece.summary,
        meta=_meta(desk, piece),
        section=piece.section,
        where=page.where,
        date=page.date,
        estimated=piece.estimated,
        characters=piece.characters,
        kicker=getattr(own, "kicker", ""),
        subtitle=getattr(own, "subtitle", ""),
        name=name,
        age=age,
        figures=len(piece.figures),
        credit=getattr(own, "byline", "") or getattr(own, "credit", ""),
    )


def age_text(desk: Desk, obituary: Obituary) -> str:
    """享年104岁, as printed; "" when no age is."""
    person = obituary.person
    if person.age is None:
        return ""
    chinese = any("\u3400" <= c <= "\u9fff" for c in person.age_term)
    term = person.age_term if chinese else desk.t("obituary.age_term")
    return desk.t("obituary.aged", term=term, age=str(person.age))


def _meta(desk: Desk, piece: SetPiece) -> str:
    """What small print says of a piece in a list: 文/图 新华社 · 4节 · 2,678字."""
    own = piece.piece
    if isinstance(own, Obituary):
        died = desk.partial(own.person.died) if own.person.died else ""
        shown = [age_text(desk, own), died]
    elif isinstance(own, Article):
        heads = len(piece.subheads)
        shown = [
            own.byline or own.credit,
            desk.t("count.sections", count=heads) if heads > 1 else "",
            desk.t("count.characters", count=piece.characters),
        ]
    elif isinstance(own, Notice):
        shown = [own.kind, own.issuer]
    else:
        shown = [getattr(own, "credit", "")]
    return " · ".join(text for text in shown if text)


def _front_record(issue: SetIssue) -> FrontRecord | None:
    """The longest report of the first page that has one."""
    for n, page in enumerate(issue.pages):
        articles = [piece for piece in page.pieces if piece.piece.type == "article"]
        if not articles:
            continue
        first = max(articles, key=lambda piece: (piece.characters, -piece.number))
        lead = first.lead or tuple(first.paragraphs)[:1]
        shown = first.figures[0] if first.figures else None
        figure = shown.figure if shown else None
        width, height = shown.size if shown else (0, 0)
        folder = page.path.rpartition("/")[0]
        return FrontRecord(
            number=first.number,
            page=n,
            lead=tuple(paragraph.text for paragraph in lead[:3]),
            subheads=tuple(first.subheads[:6]),
            caption=figure.caption if figure else "",
            credit=figure.credit if figure else "",
            picture=f"{folder}/{figure.image}" if figure and figure.image else "",
            alt=figure.alt if figure else "",
            has_figure=figure is not None,
            width=width,
            height=height,
        )
    return None


def _obituary_record(desk: Desk, page: SetPage, piece: SetPiece) -> ObituaryRecord:
    own = piece.piece
    assert isinstance(own, Obituary)
    person = own.person
    return ObituaryRecord(
        path=piece.path,
        language=piece.language,
        name=person.name,
        reading=desk.reading(person.name) if person.name else "",
        age=age_text(desk, own),
        died=person.died or "",
        died_lunar=person.died_lunar,
        native_place=person.native_place,
        date=page.date,
        where=page.heading,
        where_path=_to_source(page, piece),
    )


def _slogan_record(page: SetPage, piece: SetPiece) -> SloganRecord:
    where_path = _to_source(page, piece)
    return SloganRecord(
        piece.path, piece.language, piece.words, page.date, page.heading, where_path
    )


def _to_source(page: SetPage, piece: SetPiece) -> str:
    """The newspaper page, at the first line of the piece where its source is kept."""
    return f"{page.path}#L{piece.lines[0]}" if page.source and piece.lines else page.path


def _mention_record(desk: Desk, page: SetPage, piece: SetPiece, name: str) -> MentionRecord:
    title = headlines.plain(piece.words)
    return MentionRecord(name, desk.reading(name), piece.path, piece.language, title, page.date)


def _section_counts(desk: Desk, items: list[ItemRecord]) -> list[SectionCount]:
    counts: dict[str, int] = {}
    for item in items:
        if item.section:
            counts[item.section] = counts.get(item.section, 0) + 1
    return [SectionCount(name, desk.slug(name), n) for name, n in sorted(counts.items())]
