"""From a saved file to a new site: what changed is converted, then built; problems are kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from broadsheet import config
from broadsheet.archive.lock import Busy
from broadsheet.problems import Problem, Problems, of_system

#: Folders and files of an archive that the site is made from. The output is never among them.
WATCHED = ("sources", "content", "templates", config.FILE)

Stamp = dict[str, tuple[int, int, int]]


class Refresher:
    """Keeps the site up to date with the files, and remembers what is wrong with them."""

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        self._root = root
        self._say = say
        self._seen: Stamp = {}
        self.problems: list[Problem] = []
        self.base_url = ""

    def refresh(self) -> list[str] | None:
        """Convert and build if a file changed since the last call.

        Returns the files that changed, relative to the project, and None when there were none.
        What is wrong with them is in `problems`; the site is then as it was. A file that changes
        while this runs is noticed by the next call, since the stamp is taken first.
        """
        stamp = take_stamp(self._root)
        changed = _differing(self._seen, stamp)
        if not changed and self._seen:
            return None
        before, self._seen = self._seen, stamp
        first = not before
        try:
            settings = config.load(self._root)
            self.base_url = settings.base_url
            self._convert(settings, None if first else changed)
            self._build(settings)
        except Busy:
            self._seen = before
            return None  # the next call tries again
        except (Problems, OSError) as found:
            self.problems = [of_system(found)] if isinstance(found, OSError) else found.problems
            for problem in self.problems:
                self._say(str(problem))
        else:
            if self.problems:
                self._say("All problems are mended.")
            self.problems = []
        return [os.path.relpath(path, self._root) for path in changed]

    def _convert(self, settings: config.Config, changed: list[str] | None) -> None:
        """Convert all sources, or those among the changed files."""
        sources = None if changed is None else _sources_among(changed, self._root)
        if sources == []:
            return
        from broadsheet.convert.run import convert_sources

        report = convert_sources(self._root, settings, sources)
        for line in report.lines(verbose=False, diff=False):
            self._say(line)
        if report.problems:
            raise Problems(report.problems)

    def _build(self, settings: config.Config) -> None:
        from broadsheet.site.build import build

        summary = build(self._root, settings)
        if summary.written or summary.removed:
            self._say(str(summary))


def take_stamp(root: Path) -> Stamp:
    """path -> (size, mtime_ns, inode) of every file that the site is made from."""
    stamp: Stamp = {}
    for name in WATCHED:
        top = root / name
        if top.is_dir():
            stamp.update(_stamp_folder(str(top)))
        elif top.is_file():
            stamp[str(top)] = _identity(top.stat())
    return stamp


def _stamp_folder(folder: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Every file below `folder` but hidden ones; a file that goes away meanwhile is left out."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                with suppress(OSError):  # gone meanwhile, or a link that leads nowhere
                    if entry.is_dir():
                        yield from _stamp_folder(entry.path)
                    else:
                        yield entry.path, _identity(entry.stat())
    except OSError:
        return


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _differing(old: Stamp, new: Stamp) -> list[str]:
    """Paths that were added, removed or changed."""
    return sorted(dict(old.items() ^ new.items()))


def _sources_among(changed: list[str], root: Path) -> list[Path]:
    """The source files that the changed files under sources/ belong to; a sidecar's page too."""
    folder = root / "sources"
    found = set()
    for path in map(Path, changed):
        if not path.is_relative_to(folder):
            continue
        source = path.with_suffix(".txt") if path.suffix == ".yaml" else path
        if source.is_file():
            found.add(source)
    return sorted(found)
