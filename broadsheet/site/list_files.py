"""The pages that show lists: which ones a change asks for, and their files."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import msgspec

from broadsheet.archive.store import ASSET, PART, Changed, Store, Whole
from broadsheet.config import Config
from broadsheet.problems import Problem, Problems
from broadsheet.site.about_page import FILE as ABOUT
from broadsheet.site.about_page import about_page
from broadsheet.site.content import PageContent
from broadsheet.site.issue_files import Bundle, Bundled, Press, press_of
from broadsheet.site.pages import (
    KINDS,
    PAGES,
    PageKind,
    pages_beside,
    pages_of,
    pages_touched,
)

#: (kind, key) of a page.
PageKey = tuple[str, str]


class Excerpt(msgspec.Struct, frozen=True):
    """Pages of one kind for another process, with all entries of the store that they show."""

    root: str
    config: Config
    has_about: bool
    kind: str
    keys: tuple[str, ...]
    entries: tuple[Whole, ...]


class Staged(msgspec.Struct, frozen=True):
    """What came of an excerpt."""

    kind: str
    pages: tuple[tuple[str, str, int], ...]  #: key, path in the site, bytes
    problems: tuple[Problem, ...]
    learned: dict[str, str]
    changed: int
    saved: int  #: bytes that minifying saved
    seconds: float


def has_about(root: Path) -> bool:
    return (root / ABOUT).is_file()


def changed_pages(store: Store, changed: Changed) -> set[PageKey]:
    """The pages that show what changed, and those that show a neighbour which came or went."""
    found = {(kind.name, key) for at in changed for kind, key in pages_of(*at)}
    for at, came_or_went in changed.items():
        if came_or_went:
            found |= {(kind.name, key) for kind, key in pages_beside(store, *at)}
    return found | pages_touched(store, changed)


def all_pages(store: Store) -> set[PageKey]:
    """Every page there is, and every one that the last build left."""
    found = {(kind, key) for kind, key in store.pages() if kind not in (ASSET, PART)}
    for kind in PAGES:
        if kind.fixed:
            found.add((kind.name, ""))
        elif kind.list and kind.touched is None:
            found |= {(kind.name, kind.key(key)) for key in store.keys_of(kind.list)}
    lists = {kind.list for kind in PAGES if kind.touched is not None}
    every = [(name, key) for name in lists for key in store.keys_of(name)]
    return found | pages_touched(store, every)


def stage_pages(
    press: Press, store: Store, pages: Iterable[PageKey], advance: Callable[[int], None]
) -> list[Problem]:
    """Stage each page, or drop it where nothing is listed any more; what was wrong."""
    problems: list[Problem] = []
    press.desk.learned.clear()
    for name, key in sorted(pages, key=_by_month):
        kind = KINDS.get(name)
        try:
            if kind is not None and kind.files is not None:
                _stage_files(press, store, kind, key)
            elif kind is not None and _is_wanted(press, store, kind, key):
                _stage_page(press, store, kind, key)
            else:
                store.drop_page(name, key)
        except Problems as found:
            problems += found.problems
        press.desk.clock.lap("lists")
        advance(1)
    store.memorize(press.desk.learned)
    return problems


def _by_month(page: PageKey) -> tuple[str, str, str]:
    """All sections of a month before the next one: they show the same issues."""
    owner, _, last = page[1].rpartition("/")
    return page[0], last, owner


def may_be_elsewhere(store: Store, page: PageKey) -> bool:
    """Whether another process may make a page from an excerpt of the store."""
    kind = KINDS.get(page[0])
    return kind is not None and kind.together is not None and _is_listed(store, kind, page[1])


def excerpts(press: Press, store: Store, pages: Iterable[PageKey]) -> Iterator[Excerpt]:
    """What is needed to make these pages elsewhere; months of sections, the longest work, first."""
    groups: dict[PageKey, list[str]] = {}
    for name, key in sorted(pages):
        together = KINDS[name].together
        assert together is not None
        groups.setdefault((name, together(key)), []).append(key)
    root, config, about = str(press.root), press.desk.config, press.desk.has_about
    for (name, _), keys in sorted(groups.items(), reverse=True):
        entries = _entries(store, KINDS[name], keys)
        yield Excerpt(root, config, about, name, tuple(keys), tuple(entries))


def _entries(store: Store, kind: PageKind, keys: list[str]) -> list[Whole]:
    """All that pages show: entries of their keys, what those refer to, which keys are beside."""
    found = [entry for key in keys for entry in store.whole(kind.list, key)]
    if kind.refers:
        issues = sorted({issue for _, _, issue, _, _ in found})
        found += [entry for issue in issues for entry in store.whole(kind.refers, issue)]
    beside = {other for key in keys for other in kind.beside(store, key)} if kind.beside else set()
    return [*found, *((kind.list, key, "", 0, b"") for key in sorted(beside - set(keys)))]


def stage_excerpt(excerpt: Excerpt) -> Staged:
    """The work of another process."""
    started = time.perf_counter()
    press, kind = press_of(excerpt.root, excerpt.config, excerpt.has_about), KINDS[excerpt.kind]
    press.desk.learned.clear()
    before, saved = press.stage.written, press.renderer.saved
    pages: list[tuple[str, str, int]] = []
    problems: list[Problem] = []
    with Store.of(excerpt.entries) as store:
        for key in excerpt.keys:
            try:
                page = _page(press, store, kind, key)
            except Problems as found:
                problems += found.problems
                continue
            if page is not None:
                press.stage.put(*page)
                pages.append((key, page[0], len(page[1])))
    return Staged(
        kind=kind.name,
        pages=tuple(pages),
        problems=tuple(problems),
        learned=dict(press.desk.learned),
        changed=press.stage.written - before,
        saved=press.renderer.saved - saved,
        seconds=time.perf_counter() - started,
    )


def take_staged(store: Store, staged: Staged) -> None:
    """The store learns which pages there are now."""
    store.memorize(staged.learned)
    for key, path, size in staged.pages:
        store.put_page(staged.kind, key, path, size)


def rounds(pages: Collection[PageKey]) -> list[set[PageKey]]:
    """The pages that are several files, which another process may make; a round needs what those
    before it left."""
    kinds = [kind.name for kind in PAGES if kind.gather is not None]
    return [{page for page in pages if page[0] == name} for name in kinds]


def bundles(press: Press, store: Store, pages: Iterable[PageKey]) -> Iterator[Bundle]:
    """What is needed to make these pages, one after the other: each may be large."""
    keys: dict[str, list[str]] = {}
    for name, key in sorted(pages):
        keys.setdefault(name, []).append(key)
    root, config, about = str(press.root), press.desk.config, press.desk.has_about
    for name, wanted in keys.items():
        kind = KINDS[name]
        assert kind.gather is not None
        gathered = kind.gather(store, wanted) if kind.when(config) else ((k, ()) for k in wanted)
        for key, parts in gathered:
            yield Bundle(root, config, about, name, key, parts)


def take_bundled(store: Store, bundled: Bundled) -> None:
    """The store learns which files a bundle has now; it has none when there is nothing to show."""
    store.keep(bundled.kind, bundled.key, bundled.kept)
    _keep_files(store, KINDS[bundled.kind], bundled.key, dict(bundled.sizes))


def _is_wanted(press: Press, store: Store, kind: PageKind, key: str) -> bool:
    if not kind.when(press.desk.config) or (kind.name == "about" and not press.desk.has_about):
        return False
    return kind.fixed or _is_listed(store, kind, key)


def _is_listed(store: Store, kind: PageKind, key: str) -> bool:
    return bool(store.keys_of(kind.list, key))


def _stage_page(press: Press, store: Store, kind: PageKind, key: str) -> None:
    page = _page(press, store, kind, key)
    if page is None:
        store.drop_page(kind.name, key)
        return
    press.stage.put(*page)
    store.put_page(kind.name, key, page[0], len(page[1]))


def _page(press: Press, store: Store, kind: PageKind, key: str) -> tuple[str, bytes] | None:
    """A page's place in the site and its bytes; None where there is nothing to show."""
    assert kind.path is not None
    path = kind.path(key)
    content: PageContent | None
    if kind.compose is None:
        content = about_page(press.desk, press.root)
    else:
        content = kind.compose(press.desk, store, key)
    return None if content is None else (path, press.renderer.render(kind, path, content))


def _stage_files(press: Press, store: Store, kind: PageKind, key: str) -> None:
    """Stage the files of a page that is several."""
    assert kind.files is not None
    sizes: dict[str, int] = {}
    if kind.when(press.desk.config):
        for path, content in kind.files(press.desk, store, key):
            press.stage.put(path, content)
            sizes[path] = len(content)
    _keep_files(store, kind, key, sizes)


def _keep_files(store: Store, kind: PageKind, key: str, sizes: dict[str, int]) -> None:
    """Note the files of a page that is several; what it had before and has not now goes."""
    assert kind.path is not None
    own = sizes.pop(kind.path(key), None)
    if own is not None:
        store.put_page(kind.name, key, kind.path(key), own)
    else:
        store.drop_page(kind.name, key)
    store.put_parts(f"{kind.name} {key}", sizes)
