"""Sections: all of them, one of them with its years and months, and one month of one."""

from __future__ import annotations

import datetime

from broadsheet.archive.store import Row, Store
from broadsheet.site import dates, items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.views import (
    DayGroup,
    Link,
    MonthCell,
    SectionMonthView,
    SectionsView,
    SectionView,
)

INDEX = "section/index.html"

#: So many pieces a month's page shows; of a longer month each day has its share, and at least a
#: few, and leads to its issue for the rest.
MOST, FEW = 1_000, 5


def sections_page(desk: Desk, store: Store, _: str) -> PageContent:
    """Every section with its number of pieces, the largest first."""
    totals: dict[str, int] = {}
    for key, count in store.counts("section"):
        slug = key.partition("/")[0]
        totals[slug] = totals.get(slug, 0) + count
    rows = [
        (links.relative(INDEX, links.section(slug)), _name(store, slug), count)
        for slug, count in totals.items()
    ]
    rows.sort(key=lambda row: (-row[2], row[0]))
    view = SectionsView(sections=items.bars(desk, rows))
    return PageContent(view, desk.t("section.title"), desk.t("section.title"))


def _name(store: Store, slug: str) -> str:
    """A section's name, from its newest piece."""
    return records.items_of(store, next(store.newest("section", f"{slug}/")))[0].section


def section_page(desk: Desk, store: Store, key: str) -> PageContent:
    """One section; `key` is its slug and a slash."""
    slug = key.rstrip("/")
    path = links.section(slug)
    counts = {name.partition("/")[2]: count for name, count in store.counts("section", key)}
    years = sorted({month[:4] for month in counts}, reverse=True)
    newest = next(store.newest("section", key))
    name = _name(store, slug)
    total = desk.t("count.pieces", count=sum(counts.values()))
    view = SectionView(
        name=name,
        total=total,
        years=tuple(
            (items.year_text(desk, year), _months(desk, slug, year, counts, path)) for year in years
        ),
        newest=_day_group(desk, store, newest, path, MOST),
    )
    return PageContent(view, name, f"{name} {total}")


def section_month_page(desk: Desk, store: Store, key: str) -> PageContent:
    """The pieces of one section in one month, newest day first; `key` is slug/2025-12."""
    slug, _, month = key.partition("/")
    path = links.section_month(slug, month)
    rows = list(store.rows("section", key))
    year = month[:4]
    months = {name.partition("/")[2]: 0 for name in store.keys_of("section", f"{slug}/{year}-")}
    name = records.items_of(store, rows[0])[0].section
    full = sum(count for _, count in store.counts("section", key)) > MOST
    share = max(FEW, MOST // len(rows)) if full else MOST
    previous, following = store.neighbours("section", key, f"{slug}/")
    view = SectionMonthView(
        name=name,
        year=items.year_text(desk, year),
        month=dates.month(int(month[5:]), desk.language),
        months=_months(desk, slug, year, months, path, current=month),
        days=tuple(_day_group(desk, store, row, path, share) for row in reversed(rows)),
        index=link(path, links.section(slug), name),
        previous=_month_link(desk, previous, path),
        following=_month_link(desk, following, path),
    )
    title = f"{name} {desk.partial(month)}"
    return PageContent(view, title, title)


def _month_link(desk: Desk, key: str, path: str) -> Link | None:
    slug, _, month = key.partition("/")
    if not month:
        return None
    return link(path, links.section_month(slug, month), desk.partial(month))


def _months(
    desk: Desk, slug: str, year: str, counts: dict[str, int], path: str, current: str = ""
) -> tuple[MonthCell, ...]:
    """The twelve months of a year; those without pieces lead nowhere."""
    cells: list[MonthCell] = []
    for n in range(1, 13):
        month = f"{year}-{n:02}"
        target = links.section_month(slug, month)
        cells.append(
            MonthCell(
                text=dates.month(n, desk.language),
                count=counts.get(month, 0),
                href=links.relative(path, target) if month in counts else "",
                current=month == current,
            )
        )
    return tuple(cells)


def _day_group(desk: Desk, store: Store, row: Row, path: str, most: int) -> DayGroup:
    pieces = records.items_of(store, row)
    wheres = list(dict.fromkeys(piece.where for piece in pieces))
    day = datetime.date.fromisoformat(row.issue)
    estimated = any(piece.estimated for piece in pieces)
    where = wheres[0] if len(wheres) == 1 else desk.t("count.pages", count=len(wheres))
    return DayGroup(
        number=day.day,
        day=desk.day(row.issue, estimated),
        href=links.relative(path, links.issue(row.issue)),
        meta=f"{where} · {desk.t('count.pieces', count=len(pieces))}",
        items=tuple(items.item(desk, piece, path) for piece in pieces[:most]),
        more=desk.t("section.more", count=len(pieces) - most) if len(pieces) > most else "",
    )
