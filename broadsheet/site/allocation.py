"""Memory that is not needed any more goes back to the system."""

from __future__ import annotations

import ctypes
import functools
import sys

#: mallopt's M_MMAP_THRESHOLD (malloc.h), and the size from which a block is on its own, in bytes.
_MMAP_THRESHOLD, _LARGE = -3, 1_000_000


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
