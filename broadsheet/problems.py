"""A problem is data with a position: collected, listed together, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec


class Problem(msgspec.Struct, frozen=True, order=True):
    """What is wrong with one file, and what a person can do about it."""

    file: str  #: path relative to the project, with forward slashes
    line: int  #: 1-based; 0 when the file as a whole is meant
    message: str  #: what was found
    hint: str = ""  #: what was expected, what to do

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class Problems(Exception):
    """Everything that was wrong with the input of one step; the command prints it and exits 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def shown(path: Path, root: Path) -> str:
    """`path` as a message names it: relative to the project where it lies inside, `/` between."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
