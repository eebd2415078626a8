"""Front matter that is as it should be, and text that is kept: each source against its pieces."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from broadsheet import conservation
from broadsheet.archive import scan
from broadsheet.archive.reader import CONTENT, PAGE_FILE, Issue, read_issue
from broadsheet.conservation import Printed
from broadsheet.problems import Problem, Problems
from broadsheet.source import read_source

A = TypeVar("A")
B = TypeVar("B")


class Each(Protocol):
    """Do a work, of which the name is shown, for each task; the results in order."""

    def __call__(self, name: str, work: Callable[[A], B], tasks: Sequence[A]) -> Iterator[B]: ...


class Checked(msgspec.Struct, frozen=True):
    """What came of looking at one issue."""

    date: str
    problems: tuple[Problem, ...]  #: of its own files
    lost: dict[str, tuple[Problem, ...]]  #: source -> what its text in this issue lacks or adds


def faults_of_text(root: Path, shortcuts: bool, each: Each) -> Iterator[Problem]:
    """What is wrong with content files, and every character that a source and they do not share."""
    if not (root / CONTENT).is_dir():
        yield Problem(CONTENT, 0, "is not there", "expected the folder of the content files")
        return
    try:
        dates = sorted(scan.issue_folders(root))
    except Problems as found:
        yield from found.problems
        return
    issues: dict[str, list[str]] = defaultdict(list)  # source -> the issues that show it
    lost: dict[str, tuple[Problem, ...]] = {}
    for checked in each("Checking text", functools.partial(check_issue, root, shortcuts), dates):
        yield from checked.problems
        for source, problems in checked.lost.items():
            issues[source].append(checked.date)
            if problems:
                lost[source] = problems
    for source, problems in lost.items():
        yield from problems if len(issues[source]) == 1 else _parted(root, source, issues[source])


def check_issue(root: Path, shortcuts: bool, date: str) -> Checked:
    try:
        files = scan.issue_files(root, date)
    except Problems as found:
        return Checked(date, tuple(found.problems), {})
    reading = read_issue(root, date, files, shortcuts=shortcuts)
    texts = _by_source([reading.issue]) if reading.issue else {}
    lost = {source: _lost(root, source, files) for source, files in texts.items()}
    return Checked(date, reading.problems, lost)


def _parted(root: Path, source: str, dates: list[str]) -> tuple[Problem, ...]:
    """What is lost of a source whose pieces stand in several issues: they are read once more."""
    readings = [read_issue(root, date, scan.issue_files(root, date)) for date in dates]
    texts = _by_source([reading.issue for reading in readings if reading.issue])
    return _lost(root, source, texts[source])


def _by_source(issues: Collection[Issue]) -> dict[str, list[Printed]]:
    """Source -> the printed text of all content files made from it."""
    found: dict[str, list[Printed]] = defaultdict(list)
    for issue in issues:
        for page in issue.pages:
            if page.page.source:
                file = f"{CONTENT}/{issue.date.isoformat()}/{page.name}/{PAGE_FILE}"
                text = conservation.printed(file, page.page, page.furniture)
                found[page.page.source].append(text)
            for piece in page.pieces:
                if source := piece.piece.source:
                    text = conservation.printed(piece.file, piece.piece, piece.body)
                    found[source].append(text)
    return found


def _lost(root: Path, source: str, files: list[Printed]) -> tuple[Problem, ...]:
    """Every character of the source stands once in the content that names it."""
    try:
        lines = dict(enumerate(read_source(root / source, root).lines, 1))
    except Problems as found:
        return tuple(found.problems)
    hint = "text of a source stands once in its content files"
    return tuple(
        Problem(difference.file, difference.line, str(difference), hint)
        for difference in conservation.differences(source, lines, files)
    )
