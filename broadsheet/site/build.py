"""The build: content files -> pieces -> records -> pages, and only what changed.

    find the issues whose files changed      archive/scan.py
    read them, stage their own pages         issue_files.py, in this process or in several
    take their records into the store        archive/store.py: which keys of which lists changed
    render the pages that show those keys    pages.py
    commit, then publish                     output.py

A clean build is the same with every issue changed and no old records.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from broadsheet import __version__
from broadsheet.archive import scan
from broadsheet.archive.lock import locked
from broadsheet.archive.scan import Change
from broadsheet.archive.store import ASSET, PART, SCHEMA, Changed, Store, remove_store
from broadsheet.config import Config
from broadsheet.problems import Problem, Problems
from broadsheet.progress import Stage, silent
from broadsheet.site import output
from broadsheet.site.output import MEMORY, SITE

if TYPE_CHECKING:
    from broadsheet.site.issue_files import Made, Press, Task
    from broadsheet.site.pages import PageKind

#: So few changed issues are made in this process: starting others would take longer.
FEW = 6
#: Issues in a task for another process.
CHUNK = 4


class Summary(msgspec.Struct, frozen=True):
    """What a build did."""

    issues: int
    pieces: int
    written: int
    unchanged: int
    removed: int
    seconds: float
    index: Path  #: what to open
    note: str = ""  #: something that the person at the terminal should know

    def __str__(self) -> str:
        done = (
            f"{self.pieces:,} pieces in {self.issues:,} issues: {self.written:,} pages written, "
            f"{self.unchanged:,} unchanged, {self.removed:,} removed; {self.seconds:.2f} s."
        )
        return "\n".join(text for text in (self.note, done, f"Open {self.index}") if text)


def build(
    root: Path,
    config: Config,
    *,
    jobs: int | None = None,
    progress: Stage = silent,
    verify: bool = False,
) -> Summary:
    """Bring site/ up to date with content/, templates/ and the settings.

    `verify` compares the digests of all files instead of trusting their times.
    Raises Problems with everything that is wrong; the site is then as it was.
    """
    path = root / MEMORY / "store.sqlite"
    with locked(root / MEMORY / "lock"):
        try:
            return _build(root, config, path, jobs, progress, verify)
        except sqlite3.DatabaseError as error:
            note = remove_store(path, f"damaged ({error})")
            done = _build(root, config, path, jobs, progress, verify)
            return msgspec.structs.replace(done, note=note)


def _build(
    root: Path, config: Config, path: Path, jobs: int | None, progress: Stage, verify: bool
) -> Summary:
    started = time.monotonic()
    with Store(path) as store:
        _finish_interrupted(root, store)
        try:
            work = _Build(root, config, store, jobs, progress)
            removed = work.run(verify)
        except BaseException:
            output.discard(root)
            raise
        counts = store.counts("issue")
        return Summary(
            issues=len(counts),
            pieces=sum(count for _, count in counts),
            written=work.written,
            unchanged=work.same,
            removed=removed,
            seconds=time.monotonic() - started,
            index=root / SITE / "index.html",
            note=store.rebuilt,
        )


def pending(root: Path, config: Config) -> str:
    """Why the site is not what a build would make of the project now; "" when it is."""
    path = root / MEMORY / "store.sqlite"
    if not path.is_file():
        return "it was never built"
    with Store(path) as store:
        if store.meta("publishing"):
            return "the last build was interrupted"
        work = _Build(root, config, store, 1, silent)
        if work.is_new(work.fingerprint()):
            return "settings, templates or the program changed, or it was removed"
        changes = scan.find_changes(root, store, everything=False, verify=False)
        dates = [change.date for change in changes]
    return f"changed since it was built: {', '.join(dates[:5])}" if dates else ""


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
        self, root: Path, config: Config, store: Store, jobs: int | None, progress: Stage
    ) -> None:
        self.root = root
        self.config = config
        self.store = store
        self.jobs = jobs or os.cpu_count() or 1
        self.progress = progress
        self.everything = True  #: nothing of an earlier build can be used
        self.written = self.same = 0
        self.problems: list[Problem] = []
        self._press: Press | None = None

    def run(self, verify: bool) -> int:
        """All steps in order; how many files were removed from the site."""
        fingerprint = self.fingerprint()
        everything = self.everything = self.is_new(fingerprint)
        if everything:
            self.store.forget_answers()
        changes = scan.find_changes(self.root, self.store, everything=everything, verify=verify)
        changed = self._take_issues(changes)
        if everything or changed:
            self._make_pages(self._all_pages() if everything else self._pages_of(changed))
        if everything:
            self._stage_assets()
        if self.problems:
            raise Problems(self.problems)
        self.store.note("fingerprint", fingerprint)
        if not (everything or changed or self.written or self.store.removals()):
            self.store.commit()
            return 0
        return _publish(self.root, self.store)

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
        changed: Changed = {}
        if not first:
            return changed
        stamps: dict[str, bytes] = {}
        with self.progress("Issues", self._expected(len(first))) as advance:
            here = len(first) <= FEW or self.jobs == 1
            make = self._make_here if here else self._make_elsewhere
            for made in make(self._noted(chain(first, changes), stamps, changed)):
                self._take(made, stamps.pop(made.date), changed)
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
                self._merge(changed, self.store.drop_issue(change.date))

    def _make_here(self, changes: Iterable[Change]) -> Iterator[Made]:
        from broadsheet.site.issue_files import make_issue

        for change in changes:
            known = () if self.everything else self._old_headlines(change.date)
            self.press.desk.know_headlines(known)
            yield make_issue(self.press, change.date, change.files)

    def _old_headlines(self, date: str) -> list[str]:
        """Headlines of an issue as an earlier build marked them."""
        from broadsheet.site import records

        rows = self.store.rows("issue", date)
        issues = [issue for row in rows for issue in records.read(row, records.IssueRecord)]
        return [item.words for issue in issues for page in issue.pages for item in page.items]

    def _make_elsewhere(self, changes: Iterable[Change]) -> Iterator[Made]:
        """In several processes; a bounded number of tasks is under way."""
        from concurrent.futures import ProcessPoolExecutor

        from broadsheet.site.issue_files import prepare_worker

        with ProcessPoolExecutor(self.jobs, initializer=prepare_worker) as executor:
            yield from self._make_with(executor, changes)

    def _make_with(self, executor: Executor, changes: Iterable[Change]) -> Iterator[Made]:
        from concurrent.futures import FIRST_COMPLETED, wait

        from broadsheet.site.issue_files import make_issues

        tasks = self._tasks(iter(changes))
        waiting = {executor.submit(make_issues, task) for task in islice(tasks, 3 * self.jobs)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {executor.submit(make_issues, task) for task in islice(tasks, len(done))}
            for future in done:
                yield from future.result()

    def _tasks(self, changes: Iterator[Change]) -> Iterator[Task]:
        from broadsheet.site.issue_files import Task

        while chunk := tuple((c.date, c.files) for c in islice(changes, CHUNK)):
            yield Task(str(self.root), self.config, self._has_about, chunk)

    def _take(self, made: Made, stamps: bytes, changed: Changed) -> None:
        """An issue's records into the store, or its problems to the others."""
        self.problems += made.problems
        if made.problems:
            return
        self.written += made.changed
        self.same += made.same
        sources = tuple(sorted(f for f in made.digests if not f.startswith("content/")))
        stamps = scan.stamp_sources(self.root, stamps, sources)
        self.store.memorize(made.learned)
        put = self.store.put_issue(made.date, stamps, made.digests, made.outputs, made.entries)
        self._merge(changed, put)

    @staticmethod
    def _merge(changed: Changed, more: Changed) -> None:
        for at, came_or_went in more.items():
            changed[at] = changed.get(at, False) or came_or_went

    # Pages that show lists.

    @property
    def _has_about(self) -> bool:
        return (self.root / "content" / "about.md").is_file()

    @property
    def press(self) -> Press:
        if self._press is None:
            from broadsheet.site import strings
            from broadsheet.site.desk import Desk
            from broadsheet.site.fingerprint import template_folders
            from broadsheet.site.issue_files import Press

            sentences = strings.load(template_folders(self.root), self.config.language)
            desk = Desk(self.config, sentences, has_about=self._has_about, recall=self.store.recall)
            self._press = Press(self.root, desk)
        return self._press

    def _pages_of(self, changed: Changed) -> set[tuple[str, str]]:
        """(kind, key) of the pages that show what changed."""
        from broadsheet.site.pages import pages_beside, pages_of, pages_touched

        found = {(kind.name, key) for at in changed for kind, key in pages_of(*at)}
        for at, came_or_went in changed.items():
            if came_or_went:
                found |= {(kind.name, key) for kind, key in pages_beside(self.store, *at)}
        return found | pages_touched(self.store, changed)

    def _all_pages(self) -> set[tuple[str, str]]:
        """(kind, key) of every page there is, and of every one that the last build left."""
        from broadsheet.site.pages import PAGES, pages_touched

        found = {(kind, key) for kind, key in self.store.pages() if kind not in (ASSET, PART)}
        for kind in PAGES:
            if kind.fixed:
                found.add((kind.name, ""))
            elif kind.list and kind.touched is None:
                found |= {(kind.name, kind.key(key)) for key in self.store.keys_of(kind.list)}
        lists = {kind.list for kind in PAGES if kind.touched is not None}
        every = [(name, key) for name in lists for key in self.store.keys_of(name)]
        return found | pages_touched(self.store, every)

    def _make_pages(self, pages: set[tuple[str, str]]) -> None:
        """Stage each page, or drop it where nothing is listed any more."""
        from broadsheet.site.pages import KINDS

        if self.problems:
            return
        before = self.press.stage.written, self.press.stage.same
        self.press.desk.learned.clear()
        with self.progress("Pages", len(pages)) as advance:
            for name, key in sorted(pages):
                kind = KINDS.get(name)
                if kind is not None and kind.files is not None:
                    self._make_files(kind, key)
                elif kind is not None and self._is_wanted(kind, key):
                    self._make_page(kind, key)
                else:
                    self.store.drop_page(name, key)
                advance(1)
        self.store.memorize(self.press.desk.learned)
        self.written += self.press.stage.written - before[0]
        self.same += self.press.stage.same - before[1]

    def _is_wanted(self, kind: PageKind, key: str) -> bool:
        if not kind.when(self.config) or (kind.name == "about" and not self._has_about):
            return False
        return kind.fixed or next(iter(self.store.keys_of(kind.list, key)), None) is not None

    def _make_page(self, kind: PageKind, key: str) -> None:
        from broadsheet.site.about_page import about_page

        press = self.press
        assert kind.path is not None
        path = kind.path(key)
        try:
            if kind.compose is None:
                content = about_page(press.desk, self.root)
            else:
                content = kind.compose(press.desk, self.store, key)
            press.stage.put(path, press.renderer.render(kind, path, content))
        except Problems as found:
            self.problems += found.problems
        self.store.put_page(kind.name, key, path)

    def _make_files(self, kind: PageKind, key: str) -> None:
        """Stage the files of a page that is several; what it had before and has not now goes."""
        press = self.press
        assert kind.path is not None and kind.files is not None
        paths: set[str] = set()
        if kind.when(self.config):
            for path, content in kind.files(press.desk, self.store, key):
                press.stage.put(path, content)
                paths.add(path)
        if paths:
            self.store.put_page(kind.name, key, kind.path(key))
        else:
            self.store.drop_page(kind.name, key)
        self.store.put_parts(f"{kind.name} {key}", paths - {kind.path(key)})

    def _stage_assets(self) -> None:
        """Style sheet, scripts and whatever else lies in templates/assets/."""
        from broadsheet.site.fingerprint import assets

        found = assets(self.root)
        stage = self.press.stage
        for path, content in found.items():
            stage.put(path, content)
            self.store.put_page(ASSET, path, path)
        for kind, key in self.store.pages():
            if kind == ASSET and key not in found:
                self.store.drop_page(kind, key)
