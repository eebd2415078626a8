"""Records of pieces -> the items that lists show, linked from the page at `path`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from broadsheet.site import headlines, links
from broadsheet.site.desk import Desk
from broadsheet.site.records import IssueRecord, ItemRecord, PageRecord
from broadsheet.site.sheet import Shape, schematic
from broadsheet.site.views import Bar, Headline, Item, Link, PageGroup


def item(desk: Desk, record: ItemRecord, path: str) -> Item:
    folder = record.path.rpartition("/")[0]
    text = headlines.plain(record.words)
    return Item(
        type=record.type,
        type_name=desk.type_name(record.type),
        number=record.number,
        language=record.language,
        href=links.relative(path, record.path),
        headline=Headline(
            text=text,
            html=headlines.html(record.words),
            kicker=record.kicker,
            subtitle=record.subtitle,
        ),
        summary=record.summary,
        meta=record.meta,
        day=desk.day(record.date, record.estimated),
        where=record.where,
        where_href=links.relative(path, f"{folder}/index.html"),
        name=record.name,
        age=record.age,
        credit=record.credit,
        clauses=headlines.clauses(text) if record.type == "slogan" else (),
    )


def page_group(desk: Desk, record: PageRecord, path: str) -> PageGroup:
    """A newspaper page of an issue, with its schematic."""
    counts: dict[str, int] = {}
    for piece in record.items:
        counts[piece.type] = counts.get(piece.type, 0) + 1
    return PageGroup(
        label=record.label,
        heading=record.heading,
        section=record.section,
        href=links.relative(path, record.path),
        counts=" · ".join(
            desk.t("count.of_type", type=desk.type_name(kind), count=n)
            for kind, n in counts.items()
        ),
        schematic=schematic([shape(piece) for piece in record.items]),
        items=tuple(item(desk, piece, path) for piece in record.items),
    )


def shape(record: ItemRecord) -> Shape:
    return Shape(record.type, record.characters, record.figures)  # type: ignore[arg-type]


def issue_counts(desk: Desk, record: IssueRecord) -> str:
    """存1版 6件"""
    pieces = sum(len(page.items) for page in record.pages)
    return desk.t(
        "issue.counts",
        pages=desk.t("count.pages", count=len(record.pages)),
        pieces=desk.t("count.pieces", count=pieces),
    )


def bars(desk: Desk, rows: Sequence[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """(href, text, count) -> rows with bars, each a share of the largest."""
    largest = max((count for _, _, count in rows), default=0) or 1  # an issue may have no piece
    return tuple(
        Bar(
            href=href,
            text=text,
            count=count,
            count_text=desk.t("count.pieces", count=count),
            percent=max(1, round(100 * count / largest)),
        )
        for href, text, count in rows
    )


def by_year(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """(key that begins with a year, count) -> year -> count, in the order of the keys."""
    years: dict[str, int] = {}
    for key, count in counts:
        years[key[:4]] = years.get(key[:4], 0) + count
    return years


def year_text(desk: Desk, year: str) -> str:
    return desk.t("date.year", year=year)


def year_links(
    desk: Desk, around: Iterable[str], year: str, path: str, year_path: Callable[[str], str]
) -> tuple[Link, ...]:
    """The year that is shown and those beside it ("" where there is none), the newest first."""
    years = sorted({year, *filter(None, around)}, reverse=True)
    return tuple(
        link(path, year_path(each), year_text(desk, each), current=each == year) for each in years
    )


def decade_text(desk: Desk, decade: str) -> str:
    """2020s -> 2020年代"""
    return desk.t("date.decade", decade=decade.rstrip("s"))


def letter_text(desk: Desk, letter: str) -> str:
    """The letter of an index; names that begin with none stand under 其他."""
    return desk.t("index.other") if letter == "0" else letter


def link(path: str, target: str, text: str, note: str = "", current: bool = False) -> Link:
    return Link(href=links.relative(path, target), text=text, note=note, current=current)
