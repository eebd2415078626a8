"""From changed files to a new site: what is new is converted, then built; problems are kept."""

from __future__ import annotations

import glob
import re
import threading
from collections.abc import Callable, Collection
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from broadsheet import config
from broadsheet.archive.lock import Busy
from broadsheet.archive.scan import is_date, known_sources
from broadsheet.problems import Problem, Problems, of_system
from broadsheet.progress import Stage, silent
from broadsheet.site.output import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.progress import Advance

#: Seconds until the next try, while another process builds, converts or publishes.
_PATIENCE = 0.2

_ASSETS = "templates/assets/"
_ISSUE = re.compile(r"content/(\d{4}-\d{2}-\d{2})/.")


class OpenPages(Protocol):
    """The pages that browsers show at the moment; see server.py."""

    def show(self, problems: list[Problem]) -> None:
        """What is wrong from now on; pages ask for it when they are loaded."""

    def reload(self, changed: Collection[str]) -> None:
        """The site is new; `changed` are the project's files that made it so."""

    def reload_search(self) -> None:
        """The search index is new."""


class Stopped(Exception):
    """The preview ends; what is under way is given up."""


class Refresher:
    """Keeps the site up to date with the files, and remembers what is wrong with them."""

    def __init__(
        self,
        root: Path,
        say: Callable[[str], None],
        stopped: threading.Event,
        progress: Stage = silent,
    ) -> None:
        self._root = root
        self._say = say
        self._stopped = stopped
        self._progress = progress
        self._left: set[str] | None = set()  #: changed, and not in the site yet; None: everything
        self.problems: list[Problem] = []

    def refresh(self, changed: Collection[str] | None, pages: OpenPages) -> None:
        """Convert and build what comes of the `changed` files, of everything when None.

        The open pages are told as soon as the site's own pages are new, before the search index
        is. What is wrong goes to `problems` and to the pages; the site is then as it was.
        """
        everything = changed is None or self._left is None
        self._left = None if everything else {*(changed or ()), *(self._left or ())}
        try:
            self._in_turn(pages)
        except Stopped:
            return
        except (Problems, OSError) as found:
            problems = [of_system(found)] if isinstance(found, OSError) else found.problems
            self._tell(sorted(set(problems)), pages)  # many pages have one template
        except Exception as error:  # a fault of the program must not end the preview
            fault = f"a fault of the program: {type(error).__name__}: {error}"
            self._tell([Problem("serve", 0, fault, "please report it")], pages)

    def _in_turn(self, pages: OpenPages) -> None:
        """Convert and build as soon as no other process does; that may take an hour."""
        said = ""
        while not self._stopped.is_set():
            try:
                self._convert_and_build(pages)
            except Busy as other:
                if said != str(other):
                    said = str(other)
                    self._say(said)
                self._stopped.wait(_PATIENCE)
            else:
                return

    def _convert_and_build(self, pages: OpenPages) -> None:
        from broadsheet.site.build import build

        changed = self._left
        settings = config.load(self._root)
        faults = self._convert(settings, changed)

        def ready() -> None:
            if not self._tell(faults, pages):
                pages.reload(changed or ())

        summary = build(
            self._root,
            settings,
            dates=_issues_among(changed),
            pages_ready=ready,
            progress=self._stage,
        )
        self._left = {fault.file for fault in faults}
        self._tell(faults, pages)
        if summary.written or summary.removed:
            pages.reload_search()
            self._say(str(summary).split("\n")[0])

    def _tell(self, problems: list[Problem], pages: OpenPages) -> bool:
        """Say and show what is wrong now; False when nothing else is than before."""
        if problems == self.problems:
            return False
        for problem in problems:
            self._say(str(problem))
        if not problems:
            self._say("All problems are mended.")
        self.problems = problems
        pages.show(problems)
        pages.reload(())
        return True

    def _convert(self, settings: config.Config, changed: set[str] | None) -> list[Problem]:
        """Convert the sources that are new to the site, or are among the changed files.

        Returns why some could not be; the others are converted all the same.
        """
        if changed is None:
            sources = _new_sources(self._root)
        else:
            sources = _sources_among(changed, self._root)
        if not sources:
            return []
        from broadsheet.convert.run import convert_sources

        report = convert_sources(self._root, settings, sources, progress=self._stage)
        for line in report.lines():
            self._say(line)
        return report.problems

    @contextmanager
    def _stage(self, name: str, total: int) -> Iterator[Advance]:
        """Progress that ends the work when the preview ends."""
        with self._progress(name, total) as advance:

            def advance_or_stop(count: int) -> None:
                if self._stopped.is_set():
                    raise Stopped
                advance(count)

            yield advance_or_stop


def _issues_among(changed: set[str] | None) -> set[str] | None:
    """The issues that the changed files belong to; None when others may be concerned too.

    No issue depends on templates/assets/.
    """
    found = [_ISSUE.match(path) for path in changed or () if not path.startswith(_ASSETS)]
    dates = {match[1] for match in found if match}
    return dates if changed and all(found) and all(map(is_date, dates)) else None


def _new_sources(root: Path) -> list[Path]:
    """The sources that are not in the site as they are now, or of which more is known now."""
    from broadsheet.archive.store import Store
    from broadsheet.convert.sources import FOLDER, find_sources

    if not (root / FOLDER).is_dir():
        return []
    memory = root / MEMORY / "store.sqlite"
    if not memory.is_file():
        return find_sources(root)
    built = memory.stat().st_mtime_ns
    with Store(memory) as store:
        known = {root / file for file in known_sources(root, store)}

    def is_new(source: Path) -> bool:
        if source.with_suffix(".txt") not in known:
            return True
        beside = source.parent.glob(f"{glob.escape(source.stem)}*")
        return any(path.stat().st_mtime_ns > built for path in beside)

    return [source for source in find_sources(root) if is_new(source)]


def _sources_among(changed: Collection[str], root: Path) -> list[Path]:
    """The sources that the changed files under sources/ are or belong to."""
    from broadsheet.convert.sources import FOLDER, source_beside

    paths = [root / path for path in changed if path.startswith(f"{FOLDER}/")]
    return sorted({source for path in paths if (source := source_beside(path))})
