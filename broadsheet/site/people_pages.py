"""People: the index of letters and decades, and the persons of one letter in one decade."""

from __future__ import annotations

from broadsheet.archive.store import Store
from broadsheet.site import items, links, records
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.obituary_pages import letters
from broadsheet.site.records import MentionRecord
from broadsheet.site.views import Link, PeopleView, PersonRow

INDEX = "people/index.html"


def list_path(key: str) -> str:
    return f"people/{key.replace('/', '-')}.html"


def people_page(desk: Desk, store: Store, _: str) -> PageContent:
    title = desk.t("people.title")
    found = letters(desk, store.counts("person"), INDEX, list_path)
    return PageContent(PeopleView(heading=title, rows=(), letters=found), title, title)


def list_page(desk: Desk, store: Store, key: str) -> PageContent:
    """Persons in the order of names, each with the pieces that name them, oldest first."""
    path = list_path(key)
    letter, _, decade = key.partition("/")
    mentions: dict[tuple[str, str], list[Link]] = {}
    for entry in store.rows("person", key):
        for r in records.read(entry, MentionRecord):
            shown = Link(href=links.relative(path, r.path), text=r.title, note=r.date,
                         language=r.language)  # fmt: skip
            mentions.setdefault((r.reading, r.name), []).append(shown)
    heading = f"{items.letter_text(desk, letter)} · {items.decade_text(desk, decade)}"
    decades = tuple(
        link(path, list_path(other), items.decade_text(desk, other.partition("/")[2]), "",
             other == key)
        for other in store.keys_of("person", f"{letter}/")
    )  # fmt: skip
    view = PeopleView(
        heading=heading,
        rows=tuple(
            PersonRow(name=name, mentions=tuple(found))
            for (_, name), found in sorted(mentions.items())
        ),
        letters=((items.letter_text(desk, letter), decades),),
    )
    title = f"{desk.t('people.title')} {heading}"
    return PageContent(view, title, title)
