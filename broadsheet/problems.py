"""A problem is data with a position: collected, listed together, never a traceback."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

#: Characters of a message that are printed: it may quote a text without end.
_LONGEST = 400
#: Control characters could steer the terminal, and a line end would make two lines of one.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_NO_TEXT = re.compile(r"[\ud800-\udfff]")


class Problem(msgspec.Struct, frozen=True, order=True):
    """What is wrong with one file, and what a person can do about it."""

    file: str  #: path relative to the project, with forward slashes
    line: int  #: 1-based; 0 when the file as a whole is meant
    message: str  #: what was found
    hint: str = ""  #: what was expected, what to do

    def __str__(self) -> str:
        """One line, whatever the file's name and text are made of."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        told = self.message if len(self.message) <= _LONGEST else f"{self.message[:_LONGEST]}…"
        text = f"{where}: {told}" + (f" ({self.hint})" if self.hint else "")
        return _UNPRINTABLE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    """A character as its number; a byte of a name that is not UTF-8 as that byte."""
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Problems(Exception):
    """Everything that was wrong with the input of one step; the command prints it and exits 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def of_system(error: OSError, file: str = "") -> Problem:
    """What the system said of a file: no such file, no space left, permission denied ..."""
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    told = error.strerror or str(error)
    hint = "what was published before stands; mend it and try again"
    return Problem(file or named or "the file system", 0, told, hint)


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8, as an address must be; other bytes stand as surrogates."""
    return name.isascii() or _NO_TEXT.search(name) is None


def shown(path: Path, root: Path) -> str:
    """`path` as a message names it: relative to the project where it lies inside, `/` between."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
