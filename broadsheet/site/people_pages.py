"""People: the index of letters and decades, and the persons of one letter in one decade.

A long decade is shown by years (long_lists.py).
"""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import items, links, long_lists, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.obituary_pages import letters
from broadsheet.site.records import MentionRecord
from broadsheet.site.views import Link, PeopleView, PersonRow

INDEX = "people/index.html"

#: Of a list: people/L-2020s.html, people/L-2020s-2024.html
path = long_lists.parts_path("people")


def people_page(desk: Desk, store: Store, _: str) -> PageContent:
    title = desk.t("people.title")
    found = letters(desk, long_lists.counts(store, "person"), INDEX, path)
    return PageContent(PeopleView(heading=title, rows=(), letters=found), title, title)


def list_page(desk: Desk, store: Store, key: str) -> PageContent:
    """Persons in the order of names, each with the pieces that name them, oldest first; of a long
    decade the way to its years."""
    letter, _, decade = key.partition("/")
    heading = f"{items.letter_text(desk, letter)} · {items.decade_text(desk, decade)}"
    decades = tuple(
        link(path(key), path(other), items.decade_text(desk, long_lists.part(other)), "",
             other == key)
        for other in dict.fromkeys(
            map(long_lists.whole, store.keys_of("person", f"{letter}/"))
        )
    )  # fmt: skip
    is_long = long_lists.is_long(store, "person", key)
    rows = () if is_long else _persons(store, f"{key}/", path(key))
    parts = _years(desk, store, key) if is_long else ()
    return _list(desk, letter, heading, rows, decades, parts)


def list_year_page(desk: Desk, store: Store, key: str) -> PageContent | None:
    """The same of a year, where the decade is long; `key` is L/2020s/2024."""
    of = long_lists.whole(key)
    if not store.keys_of("person", key) or not long_lists.is_long(store, "person", of):
        return None
    letter, decade, year = key.split("/")
    heading = f"{items.letter_text(desk, letter)} · {items.year_text(desk, year)}"
    back = (link(path(key), path(of), items.decade_text(desk, decade)),)
    rows = _persons(store, key, path(key))
    return _list(desk, letter, heading, rows, back, _years(desk, store, key))


def _years(desk: Desk, store: Store, key: str) -> tuple[Link, ...]:
    def show(year: str) -> tuple[str, str]:
        return path(year), items.year_text(desk, long_lists.part(year))

    return long_lists.part_links(desk, store, "person", key, path(key), show)


def _persons(store: Store, prefix: str, own: str) -> tuple[PersonRow, ...]:
    mentions: dict[tuple[str, str], list[Link]] = {}
    for entry in store.rows("person", prefix):
        for r in records.read(entry, MentionRecord):
            shown = Link(href=links.relative(own, r.path), text=r.title, note=r.date,
                         language=r.language)  # fmt: skip
            mentions.setdefault((r.reading, r.name), []).append(shown)
    return tuple(
        PersonRow(name=name, mentions=tuple(found)) for (_, name), found in sorted(mentions.items())
    )


def _list(
    desk: Desk,
    letter: str,
    heading: str,
    rows: tuple[PersonRow, ...],
    decades: tuple[Link, ...],
    parts: tuple[Link, ...],
) -> PageContent:
    shown = ((items.letter_text(desk, letter), decades),)
    view = PeopleView(heading=heading, rows=rows, letters=shown, parts=parts)
    title = f"{desk.t('people.title')} {heading}"
    return PageContent(view, title, title)
