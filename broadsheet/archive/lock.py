"""One at a time: who would build, convert or publish meanwhile is told which process is at work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from broadsheet.problems import Problem, Problems

#: The project's lock; it holds what is being done, and the process id.
LOCK = ".broadsheet/lock"


class Busy(Problems):
    """Another process is at work; later there will be nothing wrong."""


@contextmanager
def locked(root: Path, work: str) -> Iterator[None]:
    """Hold the lock of the project in `root` for `work`: build, conversion, publication.

    The system frees it when we die. Raises Busy when another process holds it.
    """
    path = root / LOCK
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        if not _take(file):
            file.seek(0)
            other, _, process = file.read().strip().partition(" ")
            found = f"another {other or 'process'} is at work (process {process or 'unknown'})"
            raise Busy([Problem(work, 0, found, "wait until it is done")])
        file.truncate(0)
        file.write(f"{work} {os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _take(file: IO[str]) -> bool:
    """Lock without waiting; False when another process has it."""
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_on_windows(file: IO[str]) -> bool:
    import msvcrt

    try:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
