"""The build: content files -> pieces -> records -> pages, and only what changed.

    find the issues whose files changed      archive/scan.py
    read them, stage their own pages         issue_files.py; workers.py: here or elsewhere
    take their records into the store        archive/store.py: which keys of which lists changed
    stage the pages that show those keys     list_files.py, pages.py
    commit, then publish                     output.py

A clean build is the same with every issue changed and no old records.
"""

from __future__ import annotations

import functools
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from broadsheet import __version__
from broadsheet.archive import scan
from broadsheet.archive.lock import locked
from broadsheet.archive.scan import Change
from broadsheet.archive.store import SCHEMA, Changed, Store, is_damage, remove_store
from broadsheet.clock import Clock
from broadsheet.config import Config
from broadsheet.problems import Problem, Problems
from broadsheet.progress import Stage, silent
from broadsheet.site import output
from broadsheet.site.allocation import cycles_are_rare
from broadsheet.site.output import MEMORY, SITE

#: In the store's `meta`: what of the search index an interrupted build did not come to.
WAITING = "waiting"

#: (kind, key) of a page that shows a list.
PageKey = tuple[str, str]

if TYPE_CHECKING:
    from broadsheet.site.issue_files import Bundle, Bundled, Made, Press
    from broadsheet.site.list_files import Staged
    from broadsheet.site.workers import Pool

#: Bytes that a site on GitHub Pages may have: docs.github.com, "GitHub Pages limits".
GITHUB_PAGES = 1_000_000_000

#: So few changed issues are made in this process: starting others would take longer.
FEW = 6


class Summary(msgspec.Struct, frozen=True):
    """What a build did."""

    issues: int
    pieces: int
    written: int
    unchanged: int
    removed: int
    seconds: float
    index: Path  #: what to open
    size: int  #: of the site, in bytes
    saved: int = 0  #: bytes that minifying the pages of this build saved
    note: str = ""  #: something that the person at the terminal should know
    spent: dict[str, float] = {}  #: seconds of all processes by kind of work; clock.as_table

    def __str__(self) -> str:
        done = (
            f"{_counted(self.pieces, 'piece')} in {_counted(self.issues, 'issue')}: "
            f"{self.written:,} pages written, "
            f"{self.unchanged:,} unchanged, {self.removed:,} removed; {self.seconds:.2f} s."
        )
        share = 100 * self.size / GITHUB_PAGES
        weight = (
            f"The site has {self.size / 1e6:,.1f} MB, {share:.0f} % of what GitHub Pages hosts."
        )
        less = f"Minified: {self.saved / 1e6:,.1f} MB less in the pages of this build."
        shown = (self.note, done, less if self.saved else "", weight if share >= 1 else "",
                 f"Open {self.index}")  # fmt: skip
        return "\n".join(text for text in shown if text)


def _counted(count: int, what: str) -> str:
    """1 piece; 1,234 pieces"""
    return f"{count:,} {what if count == 1 else what + 's'}"


def build(
    root: Path,
    config: Config,
    *,
    jobs: int | None = None,
    progress: Stage = silent,
    verify: bool = False,
    cluster: str = "",
    dates: Collection[str] | None = None,
    pages_ready: Callable[[], None] | None = None,
) -> Summary:
    """Bring site/ up to date with content/, templates/ and the settings.

    `verify` compares the digests of all files instead of trusting their times. `cluster`: address
    of a Dask scheduler whose workers make the issues (workers.py). `dates` are the only issues to
    look at, where it is known that no other changed. `pages_ready` is called when any file of the
    site has changed, every page is in it, and only the search index may still be to follow.
    Raises Problems with everything that is wrong; the site is then as it was.
    """
    path = root / MEMORY / "store.sqlite"
    with locked(root, "build"), cycles_are_rare():
        order = _Order(verify, dates, pages_ready)
        makers = _Makers(jobs or os.cpu_count() or 1, cluster)
        try:
            return _build(root, config, path, makers, progress, order)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                found = Problem(f"{MEMORY}/{path.name}", 0, str(error), "the next build goes on")
                raise Problems([found]) from None
            note = remove_store(path, f"damaged ({error})")
            done = _build(root, config, path, makers, progress, order)
            return msgspec.structs.replace(done, note=note)


class _Makers(msgspec.Struct, frozen=True):
    """Who makes the issues."""

    jobs: int
    cluster: str


class _Order(msgspec.Struct, frozen=True):
    """What to look at, and whom to tell; see `build`."""

    verify: bool
    dates: Collection[str] | None
    pages_ready: Callable[[], None] | None


def _build(
    root: Path,
    config: Config,
    path: Path,
    makers: _Makers,
    progress: Stage,
    order: _Order,
) -> Summary:
    started = time.monotonic()
    with Store(path) as store:
        _finish_interrupted(root, store)
        try:
            with _Build(root, config, store, makers, progress) as work:
                work.run(order)
        except BaseException:
            if not store.meta("publishing"):  # from then on the staged files belong to the site
                output.discard(root)
            raise
        counts = store.counts("issue")
        return Summary(
            issues=len(counts),
            pieces=sum(count for _, count in counts),
            written=work.written,
            unchanged=work.same,
            removed=work.removed,
            seconds=time.monotonic() - started,
            index=root / SITE / "index.html",
            size=store.size(),
            saved=work.saved,
            note=store.rebuilt,
            spent=work.clock.seconds,
        )


def pending(root: Path, config: Config) -> str:
    """Why the site is not what a build would make of the project now; "" when it is."""
    from broadsheet.site.assets import differing

    path = root / MEMORY / "store.sqlite"
    if not path.is_file():
        return "it was never built"
    with Store(path) as store:
        if store.meta("publishing"):
            return "the last build was interrupted"
        if store.meta(WAITING):
            return "its search index is not made yet"
        work = _Build(root, config, store, _Makers(1, ""), silent)
        if work.is_new(work.fingerprint()):
            return "settings, templates or the program changed, or it was removed"
        changes = scan.find_changes(root, store, everything=False, verify=False)
        newer = [*(change.date for change in changes), *differing(root, store)]
    return f"changed since it was built: {', '.join(newer[:5])}" if newer else ""


def newest_issue(root: Path) -> str:
    """The date of the newest issue in the site; "" when there is none."""
    path = root / MEMORY / "store.sqlite"
    if not path.is_file():
        return ""
    with Store(path) as store:
        return store.neighbours("issue", "9999-99-99")[0]


def _finish_interrupted(root: Path, store: Store) -> None:
    """Publish what a build had decided on when it was killed; forget what it had not."""
    if store.meta("publishing"):
        _publish(root, store)
    else:
        output.discard(root)


def _publish(root: Path, store: Store) -> int:
    """From the store's commit on, the staged files belong to the site."""
    store.note("publishing", "yes")
    store.commit()
    removed = output.publish(root, store.removals())
    store.forget_removals()
    store.note("publishing", "")
    store.commit()
    return removed


class _Build:
    """One run: the store it writes to, and what it has counted and found wrong."""

    def __init__(
        self, root: Path, config: Config, store: Store, makers: _Makers, progress: Stage
    ) -> None:
        self.root = root
        self.config = config
        self.store = store
        self.makers = makers
        self.pool: Pool | None = None  #: of other processes, where there is much to do
        self.progress = progress
        self.everything = True  #: nothing of an earlier build can be used
        self.written = self.same = self.removed = self.saved = 0
        self.clock = Clock()
        self.problems: list[Problem] = []

    def __enter__(self) -> _Build:
        return self

    def __exit__(self, *exception: object) -> None:
        if self.pool is not None:
            self.pool.close()

    def run(self, order: _Order) -> None:
        """All steps in order."""
        fingerprint = self.fingerprint()
        self.everything = self.is_new(fingerprint)
        if self.everything:
            self.store.forget_answers()
        changes = scan.find_changes(
            self.root,
            self.store,
            everything=self.everything,
            verify=order.verify,
            dates=order.dates,
        )
        changed = self._take_issues(changes)
        pages: set[PageKey] = set()
        if not self.problems and (self.everything or changed or self.store.meta(WAITING)):
            pages = self._asked_for(changed)
            waiting = {page for page in pages if _is_index(page)} if order.pages_ready else set()
            self._stage_lists(pages - waiting)
            pages = waiting
        if self.problems:
            raise Problems(self.problems)
        self._stage_assets()
        self.store.note("fingerprint", fingerprint)
        self._note_waiting(pages)
        if self.everything or changed or self.written or self.store.removals():
            self._publish()
            if order.pages_ready is not None:
                order.pages_ready()
        else:
            self.store.commit()
        if pages:
            self._stage_lists(pages)
            self._note_waiting(set())
            self._publish()

    def _publish(self) -> None:
        self.clock.resume()
        self.removed += _publish(self.root, self.store)
        self.clock.lap("publish")

    def _note_waiting(self, pages: set[PageKey]) -> None:
        """The files of the index that are still to be made, should this build be killed."""
        self.store.note(WAITING, msgspec.json.encode(sorted(pages)).decode() if pages else "")

    # Whether anything but content changed.

    def fingerprint(self) -> str:
        from broadsheet.site.fingerprint import fingerprint

        about = self.root / "content" / "about.md"
        text = about.read_bytes() if about.is_file() else b""
        parts = [__version__.encode(), SCHEMA.encode(), msgspec.msgpack.encode(self.config), text]
        return fingerprint(self.root, parts)

    def is_new(self, fingerprint: str) -> bool:
        index = self.root / SITE / "index.html"
        return self.store.meta("fingerprint") != fingerprint or not index.is_file()

    # Issues.

    def _take_issues(self, changes: Iterator[Change]) -> Changed:
        """Make every changed issue and give its records to the store: the keys that changed."""
        first = list(islice(changes, FEW + 1))
        self.clock.lap("find")
        changed: Changed = {}
        if not first:
            return changed
        stamps: dict[str, bytes] = {}
        with self.progress("Issues", self._expected(len(first))) as advance:
            wanted = self._noted(chain(first, changes), stamps, changed)
            for made in self._make(wanted, few=len(first) <= FEW):
                self.clock.resume()
                self._take(made, stamps.pop(made.date), changed)
                self.clock.lap("store")
                advance(1)
        return changed

    def _expected(self, least: int) -> int:
        """How many issues there will be to make, for the progress bar."""
        return least if least <= FEW else max(least, len(scan.issue_folders(self.root)))

    def _noted(
        self, changes: Iterable[Change], stamps: dict[str, bytes], changed: Changed
    ) -> Iterator[Change]:
        """The issues that must be made; those that are gone are dropped at once."""
        for change in changes:
            if change.files:
                stamps[change.date] = change.stamps
                yield change
            else:
                _merge(changed, self.store.drop_issue(change.date))

    def _make(self, changes: Iterable[Change], few: bool) -> Iterator[Made]:
        from broadsheet.site.list_files import has_about
        from broadsheet.site.pages import PAGES

        if few or (self.makers.jobs == 1 and not self.makers.cluster):
            return self._make_here(changes)
        from broadsheet.site import workers

        self.pool = workers.Pool(self.makers.jobs, self.makers.cluster)
        tasks = workers.tasks(self.root, self.config, has_about(self.root), changes)
        made = self.pool.make(tasks)
        self.press.renderer.load(kind for kind in PAGES if kind.list or kind.fixed)
        return made

    def _make_here(self, changes: Iterable[Change]) -> Iterator[Made]:
        """One issue after the other, in this process."""
        from broadsheet.site.issue_files import make_issue

        for change in changes:
            self.press.desk.know_headlines(self._old_headlines(change.date))
            yield make_issue(self.press, change.date, change.files)

    def _old_headlines(self, date: str) -> list[str]:
        """Headlines of an issue as an earlier build marked them."""
        from broadsheet.site import records

        if self.everything:
            return []
        rows = self.store.rows("issue", date)
        issues = [issue for row in rows for issue in records.read(row, records.IssueRecord)]
        return [item.words for issue in issues for page in issue.pages for item in page.items]

    def _take(self, made: Made, stamps: bytes, changed: Changed) -> None:
        """An issue's records into the store, or its problems to the others."""
        self.problems += made.problems
        if made.problems:
            return
        self.written += made.changed
        self.same += made.same
        self.saved += made.saved
        self.clock.add(made.seconds)
        sources = tuple(sorted(f for f in made.digests if not f.startswith("content/")))
        stamps = scan.stamp_sources(self.root, stamps, sources)
        self.store.memorize(made.learned)
        put = self.store.put_issue(
            made.date, stamps, made.digests, made.outputs, made.entries, made.size
        )
        _merge(changed, put)

    # Pages that show lists.

    @functools.cached_property
    def press(self) -> Press:
        from broadsheet.site import strings
        from broadsheet.site.desk import Desk
        from broadsheet.site.fingerprint import template_folders
        from broadsheet.site.issue_files import Press
        from broadsheet.site.list_files import has_about

        sentences = strings.load(template_folders(self.root), self.config.language)
        about = has_about(self.root)
        desk = Desk(self.config, sentences, has_about=about, recall=self.store.recall)
        return Press(self.root, desk)

    def _asked_for(self, changed: Changed) -> set[PageKey]:
        """The pages that show lists and must be made again."""
        from broadsheet.site import list_files

        left = self.store.meta(WAITING)
        waiting = msgspec.json.decode(left, type=set[PageKey]) if left else set()
        if self.everything:
            return list_files.all_pages(self.store) | waiting
        return list_files.changed_pages(self.store, changed) | waiting

    def _stage_lists(self, pages: set[PageKey]) -> None:
        from broadsheet.site import list_files

        stage, store = self.press.stage, self.store
        before, saved = (stage.written, stage.same), self.press.renderer.saved
        self.press.desk.clock = self.clock
        self.clock.resume()
        first, *later = list_files.rounds(pages)
        elsewhere = self._elsewhere(pages)
        with self.progress("Pages", len(pages)) as advance:
            done = self._bundled(list_files.bundles(self.press, store, first))
            staged = self._staged(elsewhere)
            here = pages.difference(first, elsewhere, *later)
            self.problems += list_files.stage_pages(self.press, store, here, advance)
            self._take_bundled(done, advance)
            for some in staged:
                list_files.take_staged(store, some)
                self.clock.add({"lists": some.seconds})
                advance(len(some.pages))
            for bundles in later:
                done = self._bundled(list_files.bundles(self.press, store, bundles))
                self._take_bundled(done, advance)
        self.clock.resume()
        self.written += stage.written - before[0]
        self.same += stage.same - before[1]
        self.saved += self.press.renderer.saved - saved

    def _elsewhere(self, pages: set[PageKey]) -> set[PageKey]:
        """The pages that the processes which made the issues make too, if there are any."""
        from broadsheet.site import list_files

        if self.pool is None:
            return set()
        return {page for page in pages if list_files.may_be_elsewhere(self.store, page)}

    def _staged(self, pages: set[PageKey]) -> Iterator[Staged]:
        from broadsheet.site import list_files

        if self.pool is None:
            return iter(())
        excerpts = list_files.excerpts(self.press, self.store, pages)
        return self._noticed(self.pool.stage(excerpts))

    def _noticed(self, found: Iterator[Staged]) -> Iterator[Staged]:
        for staged in found:
            self.problems += staged.problems
            self.written += staged.changed
            self.same += len(staged.pages) - staged.changed
            self.saved += staged.saved
            yield staged

    def _bundled(self, bundles: Iterator[Bundle]) -> Iterator[Bundled]:
        """Made by the processes that made the issues, if there are any."""
        from broadsheet.site.issue_files import bundled

        if self.pool is not None:
            return self._counted(self.pool.bundle(bundles))
        return (bundled(self.press, bundle) for bundle in bundles)

    def _take_bundled(self, done: Iterator[Bundled], advance: Callable[[int], None]) -> None:
        from broadsheet.site import list_files

        for bundled in done:
            list_files.take_bundled(self.store, bundled)
            self.clock.add({"index": bundled.seconds})
            advance(1)

    def _counted(self, found: Iterator[Bundled]) -> Iterator[Bundled]:
        for bundled in found:
            self.written += bundled.changed
            self.same += len(bundled.sizes) - bundled.changed
            yield bundled

    def _stage_assets(self) -> None:
        from broadsheet.site.assets import stage_assets

        stage = output.Stage(self.root)
        stage_assets(self.root, stage, self.store)
        self.written += stage.written


def _is_index(page: PageKey) -> bool:
    """Whether this is the search index's: the client's lists name what the segments hold."""
    from broadsheet.site.pages import KINDS

    kind = KINDS.get(page[0])
    return kind is not None and (kind.files is not None or kind.gather is not None)


def _merge(changed: Changed, more: Changed) -> None:
    for at, came_or_went in more.items():
        changed[at] = changed.get(at, False) or came_or_went
