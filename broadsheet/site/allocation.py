"""Memory: how often garbage is looked for, and what goes back to the system."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import sys
from collections.abc import Iterator

#: mallopt's M_MMAP_THRESHOLD (malloc.h), and the size from which a block is on its own, in bytes.
#: Each such block comes as fresh pages, which cost more than what they hold: with blocks of 1 MB a
#: build of 10,000 pieces spent a third of a second more, and saved 15 MB.
_MMAP_THRESHOLD, _LARGE = -3, 8_000_000


@functools.cache
def give_back_large_blocks() -> None:
    """Have the C library return every large block as soon as it is free.

    It keeps them after the first ones that were freed, which with the arrays of the search index
    comes to 50 MB a process. Elsewhere than with glibc nothing is done.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_MMAP_THRESHOLD, _LARGE)


@contextlib.contextmanager
def cycles_are_rare() -> Iterator[None]:
    """Look for cycles of garbage seldom, and never in what was there before.

    What a build leaves behind is freed by counting references; looking at all of it for the few
    cycles among it takes a tenth of the time.
    """
    before = gc.get_threshold()
    look_seldom()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def look_seldom() -> None:
    """The same for the rest of a process."""
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)
