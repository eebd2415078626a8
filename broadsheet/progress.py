"""Progress of long work: a bar where a person watches a terminal, a plain line elsewhere.

A step of work receives a `Stage` and says `with stage("Rendering", total) as advance:`, then
`advance(n)` as n more of the total are done.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Advance = Callable[[int], None]
Stage = Callable[[str, int], AbstractContextManager[Advance]]

#: Work shorter than this, in seconds, is not worth a bar or a line.
PATIENCE = 1.0


@contextmanager
def silent(name: str, total: int) -> Iterator[Advance]:
    """No output: for tests, scripts and `--quiet`."""
    yield lambda done: None


@contextmanager
def bar(name: str, total: int) -> Iterator[Advance]:
    """A bar with rate and time left, on standard error; it appears when the work takes long."""
    started, done = time.monotonic(), 0
    live: _LiveBar | None = None

    def advance(count: int) -> None:
        nonlocal live, done
        done += count
        if live is None and time.monotonic() - started > PATIENCE:
            live = _LiveBar(name, total)
        if live is not None:
            live.update(done)

    try:
        yield advance
    finally:
        if live is not None:
            live.stop()


class _LiveBar:
    """A started rich bar; rich is imported only when one is needed."""

    def __init__(self, name: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:>10}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(name, total=total, rate="")
        self._started = time.monotonic()
        self._progress.start()

    def update(self, done: int) -> None:
        seconds = max(time.monotonic() - self._started + PATIENCE, 1e-9)
        self._progress.update(self._task, completed=done, rate=f"{done / seconds:,.0f}/s")

    def stop(self) -> None:
        self._progress.stop()


@contextmanager
def line(name: str, total: int) -> Iterator[Advance]:
    """One line on standard error when the work is over, if it took long."""
    started = time.monotonic()
    yield lambda done: None
    seconds = time.monotonic() - started
    if seconds > PATIENCE:
        print(f"{name}: {total} in {seconds:.1f} s", file=sys.stderr)


def for_terminal(quiet: bool) -> Stage:
    """The Stage that suits this process: nothing, a bar, or plain lines."""
    if quiet:
        return silent
    return bar if sys.stderr.isatty() else line
