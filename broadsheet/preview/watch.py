"""Which files changed: told by the system at once, and found by looking at all of them.

The system's word (inotify and its kin) costs nothing however many files there are. But not every
file system gives it, it has limits, and it says nothing of a file that was put into a new folder
before that was watched. So all files are looked at too, as seldom as makes no difference to the
machine; where the system says nothing at all, more often.
"""

# Plain strings and os.scandir: Path costs twice as much, and there may be a million files.
# ruff: noqa: PTH112, PTH113, PTH116, PTH118, PTH206

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from broadsheet import config

#: What the site is made from. The output is never among them.
FOLDERS = ("sources", "content", "templates")

#: Milliseconds without a further change that end a save, and that waiting for them takes at most.
_QUIET, _LONGEST = 10, 100
#: Milliseconds between two looks at the settings, and at whether to end.
_TICK = 100
#: Looking at all files takes one part in so many of the time, where the system tells and elsewhere.
_SELDOM, _OFTEN = 50, 4

#: Size, time in nanoseconds, inode.
Identity = tuple[int, int, int]


class Watch:
    """The files of an archive, as they were when last looked at: when this was made, at first."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._settings = os.path.join(self._root, config.FILE)
        self._seen = dict(self._files())
        self._part = _SELDOM
        self._due = 0.0  #: when to look at all files again

    def changes(self, stopped: threading.Event) -> Iterator[list[str]]:
        """The files that changed, relative to the project, time after time until `stopped`.

        What changes while the caller is busy with one list is in the next.
        """
        while not stopped.is_set():
            folders, self._due = self._folders(), 0.0
            for told in self._told(folders, stopped):
                changed = {path for path in told if os.path.isfile(path)}
                changed |= self._look_at((self._settings, *told)) | self._look_at_all()
                if changed:
                    yield [self._shown(path) for path in sorted(changed)]
                if self._folders() != folders:
                    break

    def _shown(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _folders(self) -> list[str]:
        paths = [os.path.join(self._root, name) for name in FOLDERS]
        return [path for path in paths if os.path.isdir(path)]

    def _told(self, folders: list[str], stopped: threading.Event) -> Iterator[set[str]]:
        """What the system tells, and nothing at every tick."""
        from watchfiles import watch

        try:
            for changes in watch(
                *folders,
                watch_filter=None,
                debounce=_LONGEST,
                step=_QUIET,
                rust_timeout=_TICK,
                yield_on_timeout=True,
                stop_event=stopped,
                raise_interrupt=False,
            ):
                yield {path for _, path in changes if not self._hides(path)}
        except (OSError, RuntimeError):  # too many folders for the system, or one that is gone
            self._part = _OFTEN
        while not stopped.wait(_TICK / 1000):
            yield set()

    def _hides(self, path: str) -> bool:
        return any(map(_is_hidden, os.path.relpath(path, self._root).split(os.sep)))

    def _look_at(self, paths: Iterable[str]) -> set[str]:
        """Those of the files at or below `paths` that are other than they were."""
        found = set()
        for path in paths:
            now = dict(_files_at(path))
            gone = [path] if path in self._seen else []
            if not now and not gone:
                gone = [seen for seen in self._seen if seen.startswith(path + os.sep)]
            found |= self._take(now, gone)
        return found

    def _look_at_all(self) -> set[str]:
        """The same for every file, when it is time."""
        started = time.monotonic()
        if started < self._due:
            return set()
        found = self._take(dict(self._files()), self._seen)
        took = time.monotonic() - started
        self._due = time.monotonic() + self._part * took
        return found

    def _take(self, now: dict[str, Identity], before: Iterable[str]) -> set[str]:
        """Remember how files look now; which of them are new, other, or gone."""
        gone = {path for path in before if path not in now}
        other = {path for path, identity in now.items() if self._seen.get(path) != identity}
        for path in gone:
            del self._seen[path]
        self._seen |= {path: now[path] for path in other}
        return gone | other

    def _files(self) -> Iterator[tuple[str, Identity]]:
        yield from _files_at(self._settings)
        for folder in self._folders():
            yield from _files_at(folder)


def _files_at(path: str) -> Iterator[tuple[str, Identity]]:
    """The file `path`, or every file below it but hidden ones; nothing when it is not there."""
    try:
        entries = os.scandir(path)
    except OSError:
        if identity := _identity(path):
            yield path, identity
        return
    with entries:
        for entry in entries:
            if _is_hidden(entry.name):
                continue
            if _is_folder(entry):
                yield from _files_at(entry.path)
            elif identity := _identity(entry.path):
                yield entry.path, identity


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads into itself
        return False


def _identity(path: str) -> Identity | None:
    """None for a file that went away meanwhile."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def _is_hidden(name: str) -> bool:
    """What editors and systems keep beside a person's files."""
    return name.startswith(".") or name.endswith("~")
