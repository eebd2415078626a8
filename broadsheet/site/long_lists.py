"""Lists that may grow long: shown whole while they are short, in parts from then on.

A key of such a list is WHOLE/PART: 2025/03 of the obituaries, L/2020s/2024 of the people. The page
of the whole is always there, at an address that stays. When it would have more than LONG rows it
shows the way to the pages of its parts instead, which are there only then. So no page grows with
the archive, and a small archive needs no further click.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from broadsheet.archive.store import Store
from broadsheet.site.desk import Desk
from broadsheet.site.items import link
from broadsheet.site.views import Link

#: Rows of one page. A row of a register has about 400 bytes.
LONG = 600


def whole(key: str) -> str:
    """2025/03 -> 2025; L/2020s/2024 -> L/2020s"""
    return key.rpartition("/")[0]


def part(key: str) -> str:
    """2025/03 -> 03; L/2020s/2024 -> 2024"""
    return key.rpartition("/")[2]


def is_long(store: Store, name: str, of: str) -> bool:
    return sum(count for _, count in store.counts(name, f"{of}/")) > LONG


def counts(store: Store, name: str) -> list[tuple[str, int]]:
    """Each whole and how many rows it has, in their order."""
    found: dict[str, int] = {}
    for key, count in store.counts(name):
        found[whole(key)] = found.get(whole(key), 0) + count
    return list(found.items())


def beside(store: Store, name: str, of: str) -> tuple[str, str]:
    """The wholes before and after, "" at an end."""
    before, _ = store.neighbours(name, f"{of}/")
    _, after = store.neighbours(name, f"{of}/\U0010ffff")
    return whole(before), whole(after)


def parts_touched(kind: str, name: str) -> Callable[[Store, Collection[str]], Iterable[str]]:
    """For a page kind of parts: the pages to make or to drop when these keys changed."""

    def touched(store: Store, changed: Collection[str]) -> Iterable[str]:
        before = set(store.page_keys(kind))
        found: set[str] = set()
        for of in {whole(key) for key in changed}:
            old = {key for key in before if whole(key) == of}
            now = set(store.keys_of(name, f"{of}/")) if is_long(store, name, of) else set()
            found |= now & set(changed) if now == old else now | old  # each shows all the others
        return found

    return touched


def part_links(
    desk: Desk,
    store: Store,
    name: str,
    key: str,
    path: str,
    show: Callable[[str], tuple[str, str]],
) -> tuple[Link, ...]:
    """The parts beside `key`, or below it when it is a whole; `show` gives address and text."""
    of = whole(key) if key in store.keys_of(name, key) else key
    found = []
    for other, count in store.counts(name, f"{of}/"):
        target, text = show(other)
        note = desk.t("count.pieces", count=count) if key == of else ""
        found.append(link(path, target, text, note, current=other == key))
    return tuple(found)


def parts_path(folder: str) -> Callable[[str], str]:
    """2025/03 -> folder/2025-03.html"""
    return lambda key: f"{folder}/{key.replace('/', '-')}.html"
