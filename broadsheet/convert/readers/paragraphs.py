"""Lines of a text box -> its paragraphs, told by the indent of a first line.

OCR programs hand out whole columns as one box. Printers indent the first line of a paragraph and
leave the last one short, in Chinese as in English; a scan is skewed, so that a line is held
against the lines around it and not against the edge of the box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from broadsheet.convert.readers import Area, ReadBlock, around

#: A first line is set in by more than this many type sizes, and by no more than the second number.
_INDENT, _DEEPEST = 0.7, 5.0
#: Where more than this share of the lines is set in, they are centred.
_CENTRED = 2 / 3
#: A last line leaves more than this many type sizes free.
_FREE = 1.5
#: A line that fills its column leaves no more than this many type sizes free: a mark or a
#: character that may not begin a line.
_FILLED = 2.0
#: Lines around a line that its edges are compared with, on either side.
_NEAR = 3


class Line(msgspec.Struct, frozen=True):
    """A line of print; `area` and `size` (height of its type) in the file's units."""

    text: str
    area: Area | None
    size: float


def area_of(lines: Sequence[Line]) -> Area | None:
    """The rectangle around the lines; None when no line has one."""
    placed = [line.area for line in lines if line.area is not None]
    return around(placed) if placed else None


def are_wrapped(areas: Sequence[Area], size: float) -> bool:
    """Whether all lines but the last reach the right edge, as those of one paragraph do."""
    edge = max((area.right for area in areas), default=0.0)
    return len(areas) > 1 and all(edge - area.right <= _FILLED * size for area in areas[:-1])


def block_of(lines: Sequence[Line], area: Area | None, size: float) -> ReadBlock:
    """The block of one paragraph; `area` that of its box, `size` its type's height or 0."""
    areas = [line.area for line in lines if line.area is not None]
    wrapped = len(areas) == len(lines) and are_wrapped(areas, lines[0].size)
    return ReadBlock(tuple(line.text for line in lines), area, size, wrapped)


def part_paragraphs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each paragraph. A box that is centred, or without geometry, is one."""
    if not lines:
        return
    areas = [line.area for line in lines if line.area is not None]
    starts = [0]
    if len(areas) == len(lines):
        insets = [_inset(areas, index) / max(line.size, 1) for index, line in enumerate(lines)]
        set_in = [inset > _INDENT for inset in insets]
        if sum(set_in) <= _CENTRED * len(lines):
            starts += [
                index
                for index in range(1, len(lines))
                if _INDENT < insets[index] <= _DEEPEST
                and (not set_in[index - 1] or _is_short(areas, index - 1, lines[index].size))
            ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:end]


def _around(areas: Sequence[Area], index: int) -> Sequence[Area]:
    return areas[max(0, index - _NEAR) : index + _NEAR + 1]


def _inset(areas: Sequence[Area], index: int) -> float:
    return areas[index].left - min(area.left for area in _around(areas, index))


def _is_short(areas: Sequence[Area], index: int, size: float) -> bool:
    edge = max(area.right for area in _around(areas, index))
    return edge - areas[index].right > _FREE * size
