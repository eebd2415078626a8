"""The archive by date: decades of years, and a year as twelve months of days."""

from __future__ import annotations

import calendar
import datetime

from broadsheet.archive.store import Store
from broadsheet.site import dates, items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import SectionCount
from broadsheet.site.views import (
    ArchiveView,
    ArchiveYearView,
    Bar,
    CalendarDay,
    CalendarMonth,
    Link,
)

INDEX = "archive/index.html"

#: A day's square is 18 wide in a grid of 20; the first row stands below the weekdays.
_GRID, _TOP = 20, 15


def year_path(year: str) -> str:
    return f"archive/{year}.html"


def archive_page(desk: Desk, store: Store, _: str) -> PageContent:
    counts = store.counts("day")
    years = items.by_year(counts)
    rows = [
        (links.relative(INDEX, year_path(year)), items.year_text(desk, year), count)
        for year, count in sorted(years.items(), reverse=True)
    ]
    decades: dict[str, list[Bar]] = {}
    for year, bar in zip(sorted(years, reverse=True), items.bars(desk, rows), strict=True):
        decades.setdefault(items.decade_text(desk, f"{year[:3]}0s"), []).append(bar)
    title = desk.t("archive.title")
    shown = _counts(desk, len(counts), sum(years.values()))
    view = ArchiveView(counts=shown, decades=tuple((k, tuple(v)) for k, v in decades.items()))
    return PageContent(view, title, f"{title} {shown}")


def year_page(desk: Desk, store: Store, year: str) -> PageContent:
    path = year_path(year)
    counts = dict(store.counts("day", f"{year}-"))
    first, last = min(counts), max(counts)
    before, after = store.neighbours("day", first)[0][:4], store.neighbours("day", last)[1]
    newest = "" if after else last
    months = (_month(desk, int(year), n, counts, newest, path) for n in range(1, 13))
    heading = items.year_text(desk, year)
    shown = _counts(desk, len(counts), sum(counts.values()))
    view = ArchiveYearView(
        year=heading,
        counts=shown,
        months=tuple(months),
        sections=items.bars(desk, _sections(store, year, path)),
        years=tuple(_years(desk, before, year, after[:4], path)),
    )
    return PageContent(view, f"{desk.t('archive.title')} {heading}", f"{heading} {shown}")


def _counts(desk: Desk, issues: int, pieces: int) -> str:
    return desk.t(
        "archive.counts",
        issues=desk.t("count.issues", count=issues),
        pieces=desk.t("count.pieces", count=pieces),
    )


def _years(desk: Desk, before: str, year: str, after: str, path: str) -> list[Link]:
    """The year, those beside it, and the way to all of them."""
    beside = items.year_links(desk, (before, after), year, path, year_path)
    return [*beside, link(path, INDEX, desk.t("archive.all"))]


def _sections(store: Store, year: str, path: str) -> list[tuple[str, str, int]]:
    """The year's sections, the largest first."""
    totals: dict[tuple[str, str], int] = {}
    for row in store.rows("day", f"{year}-"):
        for found in records.read(row, SectionCount):
            at = (found.slug, found.name)
            totals[at] = totals.get(at, 0) + found.count
    ordered = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(links.relative(path, links.section(s)), name, n) for (s, name), n in ordered]


def _month(
    desk: Desk, year: int, month: int, counts: dict[str, int], newest: str, path: str
) -> CalendarMonth:
    found = {day: n for day, n in counts.items() if day.startswith(f"{year:04}-{month:02}-")}
    shown = (
        desk.t(
            "archive.month_counts",
            days=desk.t("count.issues", count=len(found)),
            pieces=desk.t("count.pieces", count=sum(found.values())),
        )
        if found
        else ""
    )
    return CalendarMonth(
        name=dates.month(month, desk.language),
        counts=shown,
        days=tuple(_days(desk, year, month, found, max(counts.values()), newest, path)),
        weekdays=desk.weekdays,
    )


def _days(
    desk: Desk,
    year: int,
    month: int,
    found: dict[str, int],
    most: int,
    newest: str,
    path: str,
) -> list[CalendarDay]:
    """The days of a month in a grid whose weeks begin with Monday."""
    offset, length = calendar.monthrange(year, month)
    days: list[CalendarDay] = []
    for n in range(1, length + 1):
        date = datetime.date(year, month, n)
        count = found.get(date.isoformat(), 0)
        title = (
            desk.t("archive.day", day=dates.month_day(date, desk.language), count=count)
            if count
            else ""
        )
        row, column = divmod(offset + n - 1, 7)
        days.append(
            CalendarDay(
                number=n,
                x=column * _GRID,
                y=_TOP + row * _GRID,
                level=_level(count, most),
                href=links.relative(path, links.issue(date.isoformat())) if count else "",
                title=title,
                newest=date.isoformat() == newest,
            )
        )
    return days


def _level(count: int, most: int) -> int:
    """0 for a day without pieces, then four steps of the year's fullest day."""
    return min(4, 1 + 4 * (count - 1) // most) if count else 0
