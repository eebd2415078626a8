"""Slogans: the wall of a year, and the index of the years with the newest wall."""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import headlines, items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.records import SloganRecord
from broadsheet.site.views import SloganRow, SlogansView, SloganWallView

INDEX = "slogans/index.html"

#: Slogans that the index shows of the newest issues.
NEWEST = 24


def year_path(year: str) -> str:
    return f"slogans/{year}.html"


def slogans_page(desk: Desk, store: Store, _: str) -> PageContent:
    counts = store.counts("slogan")
    total = desk.t("count.slogans", count=sum(count for _, count in counts))
    years = [
        (links.relative(INDEX, year_path(year)), items.year_text(desk, year), count)
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
    """The slogans of a year in the order in which they first appeared, each once."""
    path = year_path(year)
    found = [r for entry in store.rows("slogan", year) for r in records.read(entry, SloganRecord)]
    rows = _rows(desk, found, path, counted=True)
    heading, title = items.year_text(desk, year), desk.t("slogans.title")
    view = SloganWallView(
        heading=heading,
        counts=desk.t("count.slogans", count=len(rows)),
        rows=tuple(rows),
        years=items.year_links(desk, store.neighbours("slogan", year), year, path, year_path),
    )
    return PageContent(view, f"{title} {heading}", f"{title} {heading} {view.counts}")


def _rows(desk: Desk, found: list[SloganRecord], path: str, counted: bool) -> list[SloganRow]:
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
                href=links.relative(path, record.path),
                clauses=clauses,
                wide=headlines.is_wide(clauses),
                language=record.language,
                where=f"{record.date} {record.where}",
                where_href=links.relative(path, record.where_path),
                count=desk.t("count.times", count=times[text]) if counted else "",
            )
        )
    return rows
