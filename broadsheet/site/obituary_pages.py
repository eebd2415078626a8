"""Registers of obituaries: by year, by the letter of a surname within a decade, and their index."""

from __future__ import annotations

from itertools import islice

from broadsheet.archive.store import Store
from broadsheet.site import items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import ObituaryRecord
from broadsheet.site.views import Day, Link, ObituariesView, RegisterRow, RegisterView

INDEX = "obituaries/index.html"

#: Rows that the index shows of the newest issues.
NEWEST = 12


def year_path(year: str) -> str:
    return f"obituaries/{year}.html"


def letter_path(key: str) -> str:
    return f"obituaries/{key.replace('/', '-')}.html"


def obituaries_page(desk: Desk, store: Store, _: str) -> PageContent:
    counts = store.counts("obituary")
    total = desk.t("count.pieces", count=sum(count for _, count in counts))
    years = [
        (links.relative(INDEX, year_path(year)), items.year_text(desk, year), count)
        for year, count in reversed(counts)
    ]
    view = ObituariesView(
        total=total,
        years=items.bars(desk, years),
        letters=letters(desk, store.counts("surname"), INDEX, letter_path),
        newest=tuple(_newest(desk, store)),
    )
    return PageContent(view, desk.t("obituaries.title"), f"{desk.t('obituaries.title')} {total}")


def _newest(desk: Desk, store: Store) -> list[RegisterRow]:
    rows: list[RegisterRow] = []
    for entry in islice(store.newest("obituary"), NEWEST):
        rows += [_row(desk, record, INDEX) for record in records.read(entry, ObituaryRecord)]
    return rows[:NEWEST]


def letters(
    desk: Desk, counts: list[tuple[str, int]], path: str, address: type[str] | object
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """letter -> its decades; `counts` are of keys such as L/2020s."""
    found: dict[str, list[Link]] = {}
    for key, count in counts:
        letter, _, decade = key.partition("/")
        assert callable(address)
        text, note = items.decade_text(desk, decade), desk.t("count.pieces", count=count)
        found.setdefault(letter, []).append(link(path, address(key), text, note))
    ordered = sorted(found.items(), key=lambda entry: (entry[0] == "0", entry[0]))
    return tuple((items.letter_text(desk, letter), tuple(decades)) for letter, decades in ordered)


def year_page(desk: Desk, store: Store, year: str) -> PageContent:
    """All obituaries of a year, the newest first."""
    path = year_path(year)
    rows = [
        _row(desk, record, path)
        for entry in reversed(list(store.rows("obituary", year)))
        for record in records.read(entry, ObituaryRecord)
    ]
    years = items.year_links(desk, store.neighbours("obituary", year), year, path, year_path)
    return _register(desk, path, items.year_text(desk, year), rows, years, ())


def letter_page(desk: Desk, store: Store, key: str) -> PageContent:
    """The obituaries of a decade whose surnames begin with one letter, in the order of names."""
    path = letter_path(key)
    letter, _, decade = key.partition("/")
    found = [r for entry in store.rows("surname", key) for r in records.read(entry, ObituaryRecord)]
    found.sort(key=lambda record: (record.reading, record.name, record.date, record.path))
    decades = tuple(
        link(path, letter_path(other), items.decade_text(desk, other.partition("/")[2]), "",
             other == key)
        for other in store.keys_of("surname", f"{letter}/")
    )  # fmt: skip
    heading = f"{items.letter_text(desk, letter)} · {items.decade_text(desk, decade)}"
    return _register(desk, path, heading, [_row(desk, r, path) for r in found], (), decades)


def _register(
    desk: Desk,
    path: str,
    heading: str,
    rows: list[RegisterRow],
    years: tuple[Link, ...],
    decades: tuple[Link, ...],
) -> PageContent:
    title = desk.t("obituaries.title")
    view = RegisterView(
        heading=heading,
        count=desk.t("count.pieces", count=len(rows)),
        rows=tuple(rows),
        years=years,
        letters=decades,
        index=link(path, INDEX, title),
    )
    return PageContent(view, f"{title} {heading}", f"{title} {heading} {view.count}")


def _row(desk: Desk, record: ObituaryRecord, path: str) -> RegisterRow:
    return RegisterRow(
        name=record.name,
        language=record.language,
        href=links.relative(path, record.path),
        age=record.age,
        died=_died(desk, record.died),
        died_lunar=record.died_lunar,
        native_place=record.native_place,
        where=f"{record.date} {record.where}",
        where_href=links.relative(path, record.where_path),
    )


def _died(desk: Desk, died: str) -> Day | None:
    """The day of death as printed; of a year or month alone there is no weekday."""
    if not died:
        return None
    return Day(iso=died, text=desk.partial(died), weekday="", lunar="")
