"""What changed: the files of each issue against what the store remembers of them.

Size, modification time and inode are compared first; only where one of them differs is a file
read and its digest compared, so that touching a file rebuilds nothing.
"""

# ruff: noqa: PTH116, PTH118 - a million files: plain strings and os.scandir cost half of what Path does

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from stat import S_ISREG

import msgspec

from broadsheet.archive.reader import CONTENT, digest
from broadsheet.archive.store import Known, Store
from broadsheet.problems import Problem, Problems, is_text, of_system

#: A file changed this shortly before it was looked at may change again within the clock's step
#: and keep its time; its stamp is not trusted. Nanoseconds; kernels step by 10 ms at most.
_CLOCK_STEP = 20_000_000
#: Folders below each other; more of them are a link that leads into itself.
_DEEPEST = 6


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """How a file looked from outside."""

    file: str  #: relative to the project, `/` between
    size: int  #: -1 when there is no such file
    mtime: int  #: nanoseconds; 0 when it cannot be trusted
    inode: int


class Change(msgspec.Struct, frozen=True):
    """An issue that must be read again, or is gone: then it has no files."""

    date: str
    files: tuple[str, ...]
    stamps: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode_stamps = msgspec.msgpack.Decoder(list[Stamp]).decode


def find_changes(
    root: Path,
    store: Store,
    *,
    everything: bool,
    verify: bool,
    dates: Collection[str] | None = None,
) -> Iterator[Change]:
    """The issues below `root` that differ from what the store knows, oldest first.

    `everything`: all of them; `verify`: do not trust stamps, compare digests; `dates`: look at
    these alone.
    Raises Problems when a folder of content/ is not named by a date, when a file cannot be a
    page's, and when content/ itself is gone.
    """
    known_dates = set(store.dates())
    if known_dates and not (root / CONTENT).is_dir():
        hint = "put it back; in an archive without pieces it is an empty folder"
        raise Problems([Problem(CONTENT, 0, "the folder is gone", hint)])
    if everything or dates is None:
        dates = known_dates.union(issue_folders(root))
    for date in sorted(dates):
        known = store.known(date) if date in known_dates else None
        stamps = _stamps(root, date)
        files = tuple(stamp.file for stamp in stamps)
        if not files:
            if known is not None:
                yield Change(date, (), b"")
            continue
        stamps += [_stamp(root, file) for file in (known.sources if known else ())]
        encoded = _encode(stamps)
        if known is None or everything:
            yield Change(date, files, encoded)
            continue
        same = encoded == known.stamps and not _any_untrusted(stamps)
        if (verify or not same) and _differs(root, known, stamps):
            yield Change(date, files, encoded)
        elif not same:
            store.restamp(date, encoded)


def _any_untrusted(stamps: list[Stamp]) -> bool:
    return any(stamp.mtime == 0 for stamp in stamps)


def issue_folders(root: Path) -> list[str]:
    """Names of the folders in content/; the dates of the issues."""
    folder = root / CONTENT
    if not folder.is_dir():
        return []
    entries = os.scandir(folder)
    names = [e.name for e in entries if not e.name.startswith(".") and _is_folder(e)]
    wrong = [name for name in names if not is_date(name)]
    if wrong:
        hint = "a folder in content/ is an issue; expected its date, YYYY-MM-DD"
        raise Problems(Problem(f"{CONTENT}/{name}", 0, "not a date", hint) for name in wrong)
    return names


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads into itself
        return False


def issue_files(root: Path, date: str) -> tuple[str, ...]:
    """The files of an issue, relative to the project, in order."""
    return tuple(stamp.file for stamp in _stamps(root, date))


def is_date(name: str) -> bool:
    try:
        return datetime.date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _stamps(root: Path, date: str) -> list[Stamp]:
    """Every file of an issue, in the order of their names; hidden ones and backups left out.

    Raises Problems for what cannot be read, is no file, or has no name that an address can have.
    """
    found: list[Stamp] = []
    wrong: list[Problem] = []
    trusted = time.time_ns() - _CLOCK_STEP
    waiting = [(os.path.join(root, CONTENT, date), f"{CONTENT}/{date}")]
    while waiting:
        folder, shown = waiting.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or name[-1] == "~":
                    continue
                file = f"{shown}/{name}"
                try:
                    if entry.is_dir() and file.count("/") < _DEEPEST:
                        waiting.append((entry.path, file))
                        continue
                    stat = entry.stat()
                except OSError as error:
                    wrong.append(of_system(error, file))
                    continue
                if not S_ISREG(stat.st_mode) or not is_text(file):
                    wrong.append(_no_file(file))
                mtime = stat.st_mtime_ns if stat.st_mtime_ns < trusted else 0
                found.append(Stamp(file, stat.st_size, mtime, stat.st_ino))
    if wrong:
        raise Problems(wrong)
    found.sort(key=lambda stamp: stamp.file)
    return found


def _no_file(file: str) -> Problem:
    if not is_text(file):
        return Problem(file, 0, "its name is not UTF-8", "rename it")
    return Problem(file, 0, "is no file", "expected <page>/<nn>-<slug>.md, or a picture")


def _stamp(root: Path, file: str) -> Stamp:
    try:
        stat = os.stat(root / file)
    except OSError:
        return Stamp(file, -1, 0, 0)
    trusted = stat.st_mtime_ns < time.time_ns() - _CLOCK_STEP
    return Stamp(file, stat.st_size, stat.st_mtime_ns if trusted else 0, stat.st_ino)


def stamp_sources(root: Path, stamps: bytes, sources: tuple[str, ...]) -> bytes:
    """The stamps of an issue's files, now with those of the sources that reading it found."""
    content = [s for s in _decode_stamps(stamps) if s.file.startswith(f"{CONTENT}/")]
    return _encode([*content, *(_stamp(root, file) for file in sources)])


def known_sources(root: Path, store: Store) -> set[str]:
    """The sources that look as they did when their issue was last made."""
    found: set[str] = set()
    for date in store.dates():
        known = store.known(date)
        if known.sources:
            stamps = (stamp for stamp in _decode_stamps(known.stamps) if stamp.mtime)
            sources = {stamp for stamp in stamps if stamp.file in known.sources}
            found |= {stamp.file for stamp in sources if stamp == _stamp(root, stamp.file)}
    return found


def _differs(root: Path, known: Known, stamps: list[Stamp]) -> bool:
    """Whether any file is new, gone, or has other bytes than when it was last read."""
    digests = known.digests
    if {stamp.file for stamp in stamps} != set(digests):
        return True
    for stamp in stamps:
        try:
            now = digest((root / stamp.file).read_bytes())
        except OSError:
            now = ""
        if now != digests[stamp.file]:
            return True
    return False
