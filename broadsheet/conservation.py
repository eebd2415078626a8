"""Is every printed character kept? A source's lines against the content files made from them.

Each non-space character of the source must stand exactly once in the content. In a content file
printed text is: the body, and of the front matter the keys that PRINTED_KEYS names. All other keys
are facts drawn from that text (a dateline, a date of death, who signed) and count as nothing.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from broadsheet import mends
from broadsheet.escaping import body_lines
from broadsheet.piece import NewspaperPage, Piece, parse_lines

#: Front matter that holds printed text which the body does not repeat, in printed order.
PRINTED_KEYS = ("kicker", "title", "subtitle", "byline", "credit")
#: The same within each of the `figures`.
PRINTED_FIGURE_KEYS = ("caption", "credit")

#: A match of fewer characters than this is chance.
_SHORTEST_MATCH = 2
#: Characters of one text times characters of the other that are compared one by one.
_LARGEST_COMPARISON = 20_000_000

#: Space that is layout and not text, control characters and marks without width.
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")


class Printed(msgspec.Struct, frozen=True):
    """The printed text of one content file."""

    file: str  #: path relative to the project
    lines: tuple[int, ...]  #: of the source, in reading order, as the file states them
    units: tuple[str, ...]  #: headline, byline, each paragraph ...


class Difference(msgspec.Struct, frozen=True, order=True):
    """Text that is lost, or stands where the source has none."""

    file: str  #: the source for lost text, the content file for added text
    line: int  #: of the source; 0 for added text
    text: str

    def __str__(self) -> str:
        quoted = self.text if len(self.text) <= 40 else self.text[:39] + "…"
        return f"lost: {quoted}" if self.line else f"not in the source: {quoted}"


def squeeze(text: str) -> str:
    """`text` without space, control characters and marks without width."""
    return _SPACE.sub("", text)


def printed(file: str, piece: Piece | NewspaperPage, body: str) -> Printed:
    """A content file -> its printed text; hyphens that a mended line end dropped are put back."""
    units = body_lines(body)
    if isinstance(piece, Piece):
        units = [text for text in _front_matter(piece) if text] + units
        units = mends.with_hyphens(units, piece.joins)
    return Printed(file, tuple(parse_lines(piece.lines or "")), tuple(map(squeeze, units)))


def _front_matter(piece: Piece) -> Iterator[str]:
    for key in PRINTED_KEYS:
        yield getattr(piece, key, "")
    for figure in getattr(piece, "figures", ()):
        for key in PRINTED_FIGURE_KEYS:
            yield getattr(figure, key)


def differences(source: str, lines: dict[int, str], files: Iterable[Printed]) -> list[Difference]:
    """Compare the `lines` of a source (number -> text) with the files made from them.

    Each line is looked for in the files that state it, where reading has come to; then in all
    files; what is still missing is matched character by character with what is left over. A line
    that is a paragraph as well as the beginning of another is tried both ways.
    """
    files = list(files)
    found = _differences(source, lines, [_Remaining(file) for file in files])
    if not found:
        return []
    return (
        _differences(source, lines, [_Remaining(file, in_order=True) for file in files]) and found
    )


def _differences(source: str, lines: dict[int, str], texts: list[_Remaining]) -> list[Difference]:
    missing = {number: squeeze(line) for number, line in lines.items() if squeeze(line)}
    for text in texts:
        for number in text.file.lines:
            if number in missing and text.take(missing[number]):
                del missing[number]
    for number in sorted(missing, key=lambda n: -len(missing[n])):
        if any(text.take(missing[number]) for text in texts):
            del missing[number]
    return sorted(_unmatched(source, missing, texts))


class _Remaining:
    """The printed text of a file, of which lines are taken until nothing should remain."""

    _GAP = "\x00"  #: between units and in place of what was taken; no line contains it

    def __init__(self, file: Printed, in_order: bool = False) -> None:
        self.file = file
        self._in_order = in_order  #: rather where reading has come to than as a unit
        self._text = self._GAP.join(file.units) + self._GAP
        self._taken = bytearray(len(self._text))
        self._reached = 0
        self._whole = defaultdict[str, list[int]](list)
        end = len(self._text)
        for unit in reversed(file.units):
            end -= len(unit) + 1
            self._whole[unit].append(end)

    def take(self, line: str) -> bool:
        """Take the text of `line` once: as a unit, where reading has come to, or elsewhere."""
        at = self._find(line)
        if at < 0:
            return False
        self._take(at, at + len(line))
        self._reached = at + len(line)
        return True

    def _take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)

    def _find(self, line: str) -> int:
        here = self._reached
        while self._text.startswith(self._GAP, here) and here < len(self._text) - 1:
            here += 1
        is_here = self._text.startswith(line, here) and self._is_free(here, line)
        if is_here and self._in_order:
            return here
        whole = self._whole.get(line, [])
        while whole:
            at = whole.pop()
            if self._is_free(at, line):
                return at
        if is_here:
            return here
        at = self._next_free(line, here)
        return at if at >= 0 else self._next_free(line, 0)

    def _next_free(self, line: str, start: int) -> int:
        at = self._text.find(line, start)
        while at >= 0 and not self._is_free(at, line):
            at = self._text.find(line, at + 1)
        return at

    def _is_free(self, at: int, line: str) -> bool:
        return self._taken.find(1, at, at + len(line)) < 0

    def left(self) -> list[tuple[int, str]]:
        """(offset, text) of what nothing has taken."""
        free = "".join(
            self._GAP if taken else character
            for character, taken in zip(self._text, self._taken, strict=True)
        )
        return [(run.start(), run.group()) for run in re.finditer(r"[^\x00]+", free)]

    def take_similar(self, line: str) -> list[str]:
        """Take what of `line` stands in one of the remaining texts; returns what does not."""
        pairs = set(itertools.pairwise(line))
        shared = [
            (len(pairs & set(itertools.pairwise(text))), -at, text) for at, text in self.left()
        ]
        if not shared or not max(shared)[0]:
            return [line]
        _, at, text = max(shared)
        if len(line) * len(text) > _LARGEST_COMPARISON:
            return [line]
        kept = 0
        lost = []
        matcher = difflib.SequenceMatcher(None, line, text, autojunk=False)
        for here, there, size in matcher.get_matching_blocks():
            if 0 < size < _SHORTEST_MATCH:
                continue
            self._take(there - at, there - at + size)
            lost.append(line[kept:here])
            kept = here + size
        return [part for part in lost if part]


def _unmatched(
    source: str, missing: dict[int, str], texts: list[_Remaining]
) -> Iterator[Difference]:
    """What is lost, line by line, and what was added, file by file."""
    for number, line in sorted(missing.items()):
        stated = [text for text in texts if number in text.file.lines] or texts
        lost, tried = [line], [""]
        while lost != tried:
            tried = lost
            for text in stated:
                lost = [rest for part in lost for rest in text.take_similar(part)]
        yield from (Difference(source, number, part) for part in lost)
    for text in texts:
        yield from (Difference(text.file.file, 0, added) for _, added in text.left())
