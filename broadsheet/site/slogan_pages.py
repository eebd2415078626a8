"""Slogans: the wall of a year, or of its months, and the index of the years with the newest."""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.archive.store import Store
from broadsheet.site import dates, headlines, items, links, long_lists, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import SloganRecord
from broadsheet.site.views import Link, SloganRow, SlogansView, SloganWallView

INDEX = "slogans/index.html"

#: Slogans that the index shows of the newest issues.
NEWEST = 24


#: Of a wall: slogans/2025.html, slogans/2025-03.html
path = long_lists.parts_path("slogans")


def slogans_page(desk: Desk, store: Store, _: str) -> PageContent:
    counts = long_lists.counts(store, "slogan")
    total = desk.t("count.slogans", count=sum(count for _, count in counts))
    years = [
        (links.relative(INDEX, path(year)), items.year_text(desk, year), count)
        for year, count in reversed(counts)
    ]
    newest: list[SloganRecord] = []
    for entry in store.newest("slogan"):
        newest += records.read(entry, SloganRecord)
        if len(newest) >= NEWEST:
            break
    view = SlogansView(
        counts=total,
        years=items.bars(desk, years),
        newest=tuple(_rows(desk, newest[:NEWEST], INDEX, counted=False)),
    )
    return PageContent(view, desk.t("slogans.title"), f"{desk.t('slogans.title')} {total}")


def year_page(desk: Desk, store: Store, year: str) -> PageContent:
    """The slogans of a year in the order in which they first appeared, each once; of a long year
    the way to its months."""
    around = long_lists.beside(store, "slogan", year)
    years = items.year_links(desk, around, year, path(year), path)
    heading = items.year_text(desk, year)
    if long_lists.is_long(store, "slogan", year):
        return _wall(desk, heading, (), years, _months(desk, store, year))
    return _wall(desk, heading, _of(desk, store, f"{year}/", path(year)), years)


def month_page(desk: Desk, store: Store, key: str) -> PageContent | None:
    """The same of a month, where its year is long; `key` is 2025/03."""
    year, _, month = key.partition("/")
    if not store.keys_of("slogan", key) or not long_lists.is_long(store, "slogan", year):
        return None
    years = (link(path(key), path(year), items.year_text(desk, year)),)
    rows = _of(desk, store, key, path(key))
    return _wall(desk, desk.partial(f"{year}-{month}"), rows, years, _months(desk, store, key))


def _months(desk: Desk, store: Store, key: str) -> tuple[Link, ...]:
    def show(month: str) -> tuple[str, str]:
        return path(month), dates.month(int(long_lists.part(month)), desk.language)

    return long_lists.part_links(desk, store, "slogan", key, path(key), show)


def _of(desk: Desk, store: Store, prefix: str, own: str) -> list[SloganRow]:
    found = [r for entry in store.rows("slogan", prefix) for r in records.read(entry, SloganRecord)]
    return _rows(desk, found, own, counted=True)


def _wall(
    desk: Desk,
    heading: str,
    rows: Sequence[SloganRow],
    years: tuple[Link, ...],
    parts: tuple[Link, ...] = (),
) -> PageContent:
    title = desk.t("slogans.title")
    view = SloganWallView(
        heading=heading,
        counts=desk.t("count.slogans", count=len(rows)) if rows else "",
        rows=tuple(rows),
        years=years,
        parts=parts,
    )
    return PageContent(view, f"{title} {heading}", f"{title} {heading} {view.counts}".rstrip())


def _rows(desk: Desk, found: list[SloganRecord], own: str, counted: bool) -> list[SloganRow]:
    """One row for each text, at its first appearance."""
    times: dict[str, int] = {}
    first: dict[str, SloganRecord] = {}
    for record in found:
        text = headlines.plain(record.text)
        times[text] = times.get(text, 0) + 1
        first.setdefault(text, record)
    rows: list[SloganRow] = []
    for n, (text, record) in enumerate(first.items(), 1):
        clauses = headlines.clauses(text)
        rows.append(
            SloganRow(
                anchor=f"s{n}",
                href=links.relative(own, record.path),
                clauses=clauses,
                wide=headlines.is_wide(clauses),
                language=record.language,
                where=f"{record.date} {record.where}",
                where_href=links.relative(own, record.where_path),
                count=desk.t("count.times", count=times[text]) if counted else "",
            )
        )
    return rows
