"""Where the time of a build goes: `build --profile`."""

from __future__ import annotations

import time
from collections.abc import Mapping


class Clock:
    """Seconds by kind of work. A lap counts from the last one, and costs a tenth of a microsecond.

    The kinds, in the order of the work: find, read, parse, markdown, set, render, write, store,
    lists, index, publish.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, kind: str) -> None:
        """What was done since the last lap was this."""
        now = time.perf_counter()
        self.seconds[kind] = self.seconds.get(kind, 0.0) + now - self._last
        self._last = now

    def resume(self) -> None:
        """What was done since the last lap is counted elsewhere, or not at all."""
        self._last = time.perf_counter()

    def add(self, seconds: Mapping[str, float]) -> None:
        """What another clock counted."""
        for kind, spent in seconds.items():
            self.seconds[kind] = self.seconds.get(kind, 0.0) + spent


KINDS = ("find", "read", "parse", "markdown", "set", "render", "write", "store", "lists", "index",
         "publish")  # fmt: skip


def as_table(seconds: Mapping[str, float], pieces: int) -> str:
    """Seconds of all processes together, a line for each kind, and what that is for a piece."""
    rows = [(kind, seconds[kind]) for kind in KINDS if kind in seconds]
    rows.append(("all", sum(spent for _, spent in rows)))
    each = 1_000_000 / max(pieces, 1)
    return "\n".join(
        f"  {kind:<10}{spent:9.2f} s{spent * each:9.0f} us a piece" for kind, spent in rows
    )
