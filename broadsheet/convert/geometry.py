"""Geometry: where a block stands on the page, as evidence of what it is and where it belongs.

Only sources with geometry have it (ALTO, hOCR, PAGE XML, PDF). Printed pages keep to a few habits
everywhere: a headline stands above its text and is as wide as the columns below it, it is set in
larger type, and a text goes on further down its column, then at the top of the next one.
"""

from __future__ import annotations

import statistics
from typing import NamedTuple

from broadsheet.convert.draft import Box
from broadsheet.convert.facts import Facts

#: Type larger than this multiple of the page's median is a headline's; subheads are smaller.
_LARGE = 1.3
#: Distances as shares of the page's height or width: a scan is never quite straight.
_TOUCHING, _LEVEL = 0.03, 0.02
#: A block wider than this many columns spans several.
_SPANNING = 1.5
#: Limits of the steps of type size, in multiples of the page's median.
_SIZES = (0.9, 1.1, 1.35, 1.8, 2.6)

#: Every evidence, with its reason.
EVIDENCE = {
    **{f"type-size-{n}": "type size against the page's median, in steps: a headline is larger,"
       " a subhead hardly" for n in range(len(_SIZES) + 1)},
    "spans-columns": "a headline is as wide as the columns below it",
    "at-top-of-page": "running headers stand there",
    "at-foot-of-page": "running footers stand there",
    "lies-right-below": "a text goes on further down its column",
    "lies-further-below": "something stands between the piece and the block, in one column",
    "lies-in-next-column": "a text goes on in the column to the right",
    "lies-in-column-before": "vertical text goes on in the row of columns to the left",
    "lies-elsewhere": "pieces keep together",
    **{f"cut-goes-on-{where}": "the same, for a sentence that the end of a block cut" for where in
       ("right-below", "further-below", "in-next-column", "in-column-before", "elsewhere")},
    "below-its-headline": "the nearest headline above in its column is the piece's",
    "below-another-headline": "the nearest headline above in its column is another piece's",
    "under-headline": "the block stands within the width of the piece's headline, below it",
    "not-under-headline": "the block stands outside the width of the piece's headline, or above it",
    "level-with-its-text": "the columns of a piece begin at one height",
    "flows-on-at-the-top": "a text goes on at the top of its next column",
}  # fmt: skip


class Ground(NamedTuple):
    """The place of an open piece: what is known of it from its blocks so far."""

    headings: frozenset[int] = frozenset()  #: indexes of its blocks in large type
    headline: Box | None = None  #: the last of them
    text: Box | None = None  #: its first block of running text
    last: Box | None = None

    def grown(self, fact: Facts, *, running: bool) -> Ground:
        """With one more block, `running` when it is text."""
        box = fact.block.box
        if box is None:
            return self._replace(last=None)
        if is_large(box) and not running:
            headings = self.headings | {fact.block.index}
            return self._replace(headings=headings, headline=box, last=box)
        return self._replace(text=self.text or (box if running else None), last=box)


def is_large(box: Box) -> bool:
    return box.size > _LARGE


def headings_above(facts: list[Facts]) -> list[int | None]:
    """Per block, the index of the nearest block in large type above it in its column."""
    large = [f for f in facts if f.block.box is not None and is_large(f.block.box)]
    return [_heading_above(fact, large) for fact in facts]


def _heading_above(fact: Facts, large: list[Facts]) -> int | None:
    box = fact.block.box
    if box is None:
        return None
    above = [
        (_bottom(other.block.box), other.block.index)
        for other in large
        if other.block.box is not None
        and other is not fact
        and _bottom(other.block.box) <= box.y + _LEVEL
        and _is_across(box, other.block.box)
    ]
    return max(above, default=(0.0, None))[1]


def evidence_of_blocks(facts: list[Facts]) -> list[list[str]]:
    """Per block: its type size, whether it spans columns or stands at the edge of the page."""
    widths = [f.block.box.width for f in facts if f.block.box is not None]
    column = statistics.median(widths) if widths else 0.0
    return [_evidence_of_block(fact.block.box, column) for fact in facts]


def _evidence_of_block(box: Box | None, column: float) -> list[str]:
    if box is None:
        return []
    names = [f"type-size-{sum(box.size > limit for limit in _SIZES)}"]
    if box.width > _SPANNING * column:
        names.append("spans-columns")
    if box.y < _LEVEL:
        names.append("at-top-of-page")
    if _bottom(box) > 1 - _LEVEL:
        names.append("at-foot-of-page")
    return names


def evidence_of_place(fact: Facts, heading: int | None, ground: Ground, is_cut: bool) -> list[str]:
    """What a block's place says about going on with a piece.

    `heading` is the one above the block; `is_cut`: the last sentence of the piece is open.
    """
    box = fact.block.box
    if box is None or ground.last is None:
        return []
    direction = _direction(ground.last, box)
    names = [f"lies-{direction}", *([f"cut-goes-on-{direction}"] if is_cut else [])]
    if heading is not None:
        own = heading in ground.headings
        names.append("below-its-headline" if own else "below-another-headline")
    if ground.headline is not None:
        names.append("under-headline" if _is_under(ground.headline, box) else "not-under-headline")
    if ground.text is not None and abs(box.y - ground.text.y) < _LEVEL:
        names.append("level-with-its-text")
        if direction == "in-next-column":
            names.append("flows-on-at-the-top")
    return names


def _direction(last: Box, box: Box) -> str:
    """Where a block lies, seen from the last one of a piece."""
    if _overlap(last, box) > 0.5:
        distance = box.y - _bottom(last)
        if distance >= -_TOUCHING:
            return "right-below" if distance < _TOUCHING else "further-below"
    elif box.y < _bottom(last):
        gap = max(box.x - _right(last), last.x - _right(box))
        if gap < 0.7 * min(last.width, box.width):
            return "in-next-column" if box.x > last.x else "in-column-before"
    return "elsewhere"


def _is_under(headline: Box, box: Box) -> bool:
    return box.y >= _bottom(headline) - _TOUCHING and _is_across(box, headline)


def _is_across(box: Box, above: Box) -> bool:
    """Whether the middle of a block lies within the width of another."""
    return above.x - 0.01 <= box.x + box.width / 2 <= _right(above) + 0.01


def _overlap(a: Box, b: Box) -> float:
    """Width that both have in common, as a share of the narrower one."""
    narrower = min(a.width, b.width)
    common = min(_right(a), _right(b)) - max(a.x, b.x)
    return common / narrower if narrower > 0 else 0.0


def _right(box: Box) -> float:
    return box.x + box.width


def _bottom(box: Box) -> float:
    return box.y + box.height
