"""Where each part of a piece stood in the source: lines of the source <-> parts of the piece.

A piece states the lines it came from, in reading order. Here each of its parts (headline, lead,
paragraph, caption ...) is laid upon those lines: first exactly, spaces and line ends apart; then,
for text that a person has edited, by the pairs of characters that they share. What cannot be
placed is left unplaced, on either side, and the site says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from broadsheet.conservation import squeeze

#: Of the character pairs of the shorter text, how many must be in the longer one. Two versions of
#: one sentence share far more, two sentences of one article far fewer.
_LIKE_ENOUGH = 0.6


class Piecewise(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a part: characters `start` to `end` of its squeezed text stand in `line`."""

    line: int
    start: int
    end: int


class Placement(msgspec.Struct, frozen=True, gc=False):
    """The parts of a piece with their lines, and the lines that no part was found for."""

    parts: tuple[tuple[Piecewise, ...], ...]  #: one for each part; empty: not found
    unplaced: tuple[int, ...]  #: lines with text

    def lines(self, part: int) -> list[int]:
        """Line numbers of a part, in reading order."""
        return [stretch.line for stretch in self.parts[part]]

    def line_at(self, part: int, offset: int) -> int:
        """The line of the character at `offset` of a part's squeezed text; 0 when not known."""
        for stretch in self.parts[part]:
            if stretch.start <= offset < stretch.end:
                return stretch.line
        return 0


NOWHERE = Placement((), ())


def place(texts: Sequence[str], numbers: Sequence[int], source: Sequence[str]) -> Placement:
    """Lay the parts `texts` of a piece upon the lines `numbers` (1-based) of the `source`."""
    lines = _Lines(numbers, source)
    wanted = [squeeze(text) for text in texts]
    found = [lines.take(text) if text else () for text in wanted]
    left = [n for n, text in enumerate(wanted) if text and not found[n]]
    if left and lines.untouched():
        for n, stretches in _likest(wanted, left, lines).items():
            found[n] = stretches
    return Placement(tuple(found), tuple(lines.untouched()))


class _Lines:
    """The lines of a piece in reading order, and how much of each has been given to a part."""

    def __init__(self, numbers: Sequence[int], source: Sequence[str]) -> None:
        known = [n for n in numbers if 1 <= n <= len(source)]
        squeezed = [(n, squeeze(source[n - 1])) for n in known]
        self.numbers = [n for n, text in squeezed if text]
        self.texts = [text for _, text in squeezed if text]
        self._given = [0] * len(self.texts)
        self._reached = 0

    def take(self, part: str) -> tuple[Piecewise, ...]:
        """Find a part where reading has come to, else anywhere; () when it stands nowhere.

        Where it ends with a line it goes before where it is only the beginning of one: 新华社 is
        the credit that stands alone, not the first word of the report.
        """
        first, partly = part[0], None
        for at in (*range(self._reached, len(self.texts)), *range(self._reached)):
            given, text = self._given[at], self.texts[at]
            if given < len(text) and text[given] == first:
                found = self._follow(part, at)
                if found and self._ends_line(found, at):
                    return self._give(found, at)
                if found and partly is None:
                    partly = found, at
        return self._give(*partly) if partly else ()

    def _ends_line(self, taken: list[tuple[int, int]], first: int) -> bool:
        last = first + len(taken) - 1
        return self._given[last] + taken[-1][0] == len(self.texts[last])

    def _follow(self, part: str, at: int) -> list[tuple[int, int]]:
        """From line `at` on: (characters of the line, of the part) taken; [] when it differs."""
        taken: list[tuple[int, int]] = []
        position = 0
        while position < len(part):
            if at == len(self.texts):
                return []
            rest = self.texts[at][self._given[at] :]
            if part.startswith(rest, position) and rest:
                taken.append((len(rest), len(rest)))
            elif rest.endswith("-") and len(rest) > 1 and part.startswith(rest[:-1], position):
                taken.append((len(rest), len(rest) - 1))
            elif rest.startswith(part[position:]):
                taken.append((len(part) - position, len(part) - position))
            else:
                return []
            position += taken[-1][1]
            at += 1
        return taken

    def _give(self, taken: list[tuple[int, int]], first: int) -> tuple[Piecewise, ...]:
        stretches: list[Piecewise] = []
        position = 0
        for at, (of_line, of_part) in enumerate(taken, first):
            self._given[at] += of_line
            stretches.append(Piecewise(self.numbers[at], position, position + of_part))
            position += of_part
        last = first + len(taken) - 1
        self._reached = last if self._given[last] < len(self.texts[last]) else last + 1
        return tuple(stretches)

    def untouched(self) -> list[int]:
        """Numbers of the lines of which nothing has been given to a part."""
        return [n for n, given in zip(self.numbers, self._given, strict=True) if not given]

    def give_whole(self, at: int) -> None:
        self._given[at] = len(self.texts[at])


def _likest(
    wanted: Sequence[str], left: Sequence[int], lines: _Lines
) -> dict[int, tuple[Piecewise, ...]]:
    """Each line that is left goes to the part that is left and most like it, if any is enough."""
    pairs = {n: _pairs(wanted[n]) for n in left}
    untouched = set(lines.untouched())
    found: dict[int, list[Piecewise]] = {}
    for at, number in enumerate(lines.numbers):
        if number not in untouched:
            continue
        own = _pairs(lines.texts[at])
        likeness, best = max((_likeness(own, pairs[n]), -n) for n in left)
        if likeness >= _LIKE_ENOUGH:
            lines.give_whole(at)
            found.setdefault(-best, []).append(Piecewise(number, 0, 0))
    return {n: tuple(stretches) for n, stretches in found.items()}


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(max(1, len(text) - 1))}


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / min(len(one), len(other))
