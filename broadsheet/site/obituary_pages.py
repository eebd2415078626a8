"""Registers of obituaries: by year, by the letter of a surname within a decade, and their index.

A long year is shown by months, a long letter by years (long_lists.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from broadsheet.archive.store import Store
from broadsheet.site import dates, items, links, long_lists, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.records import ObituaryRecord
from broadsheet.site.views import Day, Link, ObituariesView, RegisterRow, RegisterView

INDEX = "obituaries/index.html"

#: Rows that the index shows of the newest issues.
NEWEST = 12


#: Of a register: obituaries/2025.html, obituaries/2025-03.html, obituaries/L-2020s-2024.html
path = long_lists.parts_path("obituaries")


def obituaries_page(desk: Desk, store: Store, _: str) -> PageContent:
    counts = long_lists.counts(store, "obituary")
    total = desk.t("count.pieces", count=sum(count for _, count in counts))
    years = [
        (links.relative(INDEX, path(year)), items.year_text(desk, year), count)
        for year, count in reversed(counts)
    ]
    view = ObituariesView(
        total=total,
        years=items.bars(desk, years),
        letters=letters(desk, long_lists.counts(store, "surname"), INDEX, path),
        newest=tuple(_newest(desk, store)),
    )
    return PageContent(view, desk.t("obituaries.title"), f"{desk.t('obituaries.title')} {total}")


def _newest(desk: Desk, store: Store) -> list[RegisterRow]:
    rows: list[RegisterRow] = []
    for entry in islice(store.newest("obituary"), NEWEST):
        rows += [_row(desk, record, INDEX) for record in records.read(entry, ObituaryRecord)]
    return rows[:NEWEST]


def letters(
    desk: Desk, counts: list[tuple[str, int]], start: str, address: Callable[[str], str]
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """letter -> its decades; `counts` are of keys such as L/2020s."""
    found: dict[str, list[Link]] = {}
    for key, count in counts:
        letter, _, decade = key.partition("/")
        text, note = items.decade_text(desk, decade), desk.t("count.pieces", count=count)
        found.setdefault(letter, []).append(link(start, address(key), text, note))
    ordered = sorted(found.items(), key=lambda entry: (entry[0] == "0", entry[0]))
    return tuple((items.letter_text(desk, letter), tuple(decades)) for letter, decades in ordered)


def year_page(desk: Desk, store: Store, year: str) -> PageContent:
    """All obituaries of a year, the newest first; of a long year the way to its months."""
    own, heading = path(year), items.year_text(desk, year)
    around = long_lists.beside(store, "obituary", year)
    years = items.year_links(desk, around, year, own, path)
    if long_lists.is_long(store, "obituary", year):
        return _register(desk, own, heading, years=years, parts=_months(desk, store, year))
    return _register(desk, own, heading, _newest_first(desk, store, f"{year}/", own), years)


def month_page(desk: Desk, store: Store, key: str) -> PageContent | None:
    """The obituaries of a month, where its year is long; `key` is 2025/03."""
    if not _is_part(store, "obituary", key):
        return None
    own, (year, _, month) = path(key), key.partition("/")
    years = (link(own, path(year), items.year_text(desk, year)),)
    heading = desk.partial(f"{year}-{month}")
    rows = _newest_first(desk, store, key, own)
    return _register(desk, own, heading, rows, years, parts=_months(desk, store, key))


def letter_page(desk: Desk, store: Store, key: str) -> PageContent:
    """The obituaries of a decade whose surnames begin with one letter, in the order of names; of a
    long one the way to its years."""
    own, heading = path(key), _letter_heading(desk, key)
    decades = tuple(
        link(own, path(other), items.decade_text(desk, long_lists.part(other)), "", other == key)
        for other in dict.fromkeys(
            map(long_lists.whole, store.keys_of("surname", f"{long_lists.whole(key)}/"))
        )
    )
    if long_lists.is_long(store, "surname", key):
        return _register(desk, own, heading, letters=decades, parts=_years(desk, store, key))
    return _register(desk, own, heading, _by_name(desk, store, f"{key}/", own), letters=decades)


def letter_year_page(desk: Desk, store: Store, key: str) -> PageContent | None:
    """The same of a year, where the decade is long; `key` is L/2020s/2024."""
    if not _is_part(store, "surname", key):
        return None
    own, of = path(key), long_lists.whole(key)
    decade = (link(own, path(of), items.decade_text(desk, long_lists.part(of))),)
    heading = f"{_letter_heading(desk, of)} · {items.year_text(desk, long_lists.part(key))}"
    rows = _by_name(desk, store, key, own)
    return _register(desk, own, heading, rows, letters=decade, parts=_years(desk, store, key))


def _is_part(store: Store, name: str, key: str) -> bool:
    """Whether a part has a page: it has rows, and the whole is long."""
    return bool(store.keys_of(name, key)) and long_lists.is_long(store, name, long_lists.whole(key))


def _letter_heading(desk: Desk, key: str) -> str:
    """L · 2020年代"""
    letter, _, decade = key.partition("/")
    return f"{items.letter_text(desk, letter)} · {items.decade_text(desk, decade)}"


def _months(desk: Desk, store: Store, key: str) -> tuple[Link, ...]:
    def show(month: str) -> tuple[str, str]:
        return path(month), dates.month(int(long_lists.part(month)), desk.language)

    return long_lists.part_links(desk, store, "obituary", key, path(key), show)


def _years(desk: Desk, store: Store, key: str) -> tuple[Link, ...]:
    def show(year: str) -> tuple[str, str]:
        return path(year), items.year_text(desk, long_lists.part(year))

    return long_lists.part_links(desk, store, "surname", key, path(key), show)


def _newest_first(desk: Desk, store: Store, prefix: str, own: str) -> list[RegisterRow]:
    return [
        _row(desk, record, own)
        for entry in reversed(list(store.rows("obituary", prefix)))
        for record in records.read(entry, ObituaryRecord)
    ]


def _by_name(desk: Desk, store: Store, prefix: str, own: str) -> list[RegisterRow]:
    found = [
        record
        for entry in store.rows("surname", prefix)
        for record in records.obituaries_of(store, entry)
    ]
    found.sort(key=lambda record: (record.reading, record.name, record.date, record.path))
    return [_row(desk, record, own) for record in found]


def _register(
    desk: Desk,
    own: str,
    heading: str,
    rows: Sequence[RegisterRow] = (),
    years: tuple[Link, ...] = (),
    letters: tuple[Link, ...] = (),
    parts: tuple[Link, ...] = (),
) -> PageContent:
    title = desk.t("obituaries.title")
    view = RegisterView(
        heading=heading,
        count=desk.t("count.pieces", count=len(rows)) if rows else "",
        rows=tuple(rows),
        years=years,
        letters=letters,
        index=link(own, INDEX, title),
        parts=parts,
    )
    return PageContent(view, f"{title} {heading}", f"{title} {heading} {view.count}".rstrip())


def _row(desk: Desk, record: ObituaryRecord, own: str) -> RegisterRow:
    return RegisterRow(
        name=record.name,
        language=record.language,
        href=links.relative(own, record.path),
        age=record.age,
        died=_died(desk, record.died),
        died_lunar=record.died_lunar,
        native_place=record.native_place,
        where=f"{record.date} {record.where}",
        where_href=links.relative(own, record.where_path),
    )


def _died(desk: Desk, died: str) -> Day | None:
    """The day of death as printed; of a year or month alone there is no weekday."""
    if not died:
        return None
    return Day(iso=died, text=desk.partial(died), weekday="", lunar="")
