"""Files read and written with the fewest calls of the system: a build handles many small ones."""

from __future__ import annotations

import os

#: Bytes as they are on Windows; elsewhere closed in processes that we start.
_MODE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

#: Bytes of one read: most files end before.
_MOST = 65_536


def read(path: str) -> bytes:
    """All bytes of a file. Raises OSError."""
    opened = os.open(path, os.O_RDONLY | _MODE)
    parts: list[bytes] = []
    try:
        while part := os.read(opened, _MOST):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(opened)


def write(path: str, content: bytes) -> None:
    """A file with these bytes and no others. Raises OSError."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _MODE, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
    finally:
        os.close(opened)
