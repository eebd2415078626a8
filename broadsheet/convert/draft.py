"""What travels between the stages of the converter: blocks, and pieces in the making."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal[
    "headline",
    "kicker",
    "subtitle",
    "subhead",
    "byline",
    "credit",
    "caption",
    "paragraph",
    "slogan",
    "heading",  # of an obituary or a notice: 讣告, 遗失声明, DEATH NOTICE
    "signature",
    "furniture",
    "repeat",  # a headline or lead printed a second time (teaser)
]


class Box(msgspec.Struct, frozen=True):
    """Where a block stood on the page and how large its type was, from sources with geometry.

    Lengths are fractions of the page's width (x, width) and height (y, height); `size` is the
    height of the type as a multiple of the page's median; `wrapped` when its rows are lines of one
    paragraph, since all but the last fill its width.
    """

    x: float
    y: float
    width: float
    height: float
    size: float
    wrapped: bool = False


class Block(msgspec.Struct, frozen=True):
    """A text box as it came: consecutive non-blank lines of the source."""

    index: int  #: position on the page, from 0
    lines: tuple[int, ...]  #: line numbers in the source, 1-based
    rows: tuple[str, ...]  #: the lines as they came
    text: str  #: the rows as one paragraph: layout space stripped, hard wraps joined
    repeats: int | None = None  #: index of an earlier block with the same text
    box: Box | None = None


class Placed(msgspec.Struct, frozen=True):
    """A block in a piece: its role there, and the block whose sentence it continues, if any."""

    block: Block
    role: Role
    continues: int | None = None  #: index of the block that it was joined to
    lost_beginning: bool = False  #: its first words stood in text that is lost
    lost_end: bool = False
    role_confidence: float = 1.0
    place_confidence: float = 1.0  #: that it belongs to this piece
    join_confidence: float = 1.0  #: that it continues that sentence; 1 when nothing is joined


class Draft(msgspec.Struct, frozen=True):
    """A piece in the making: its type and its blocks in reading order."""

    type: Literal["article", "obituary", "slogan", "notice", "photo", "furniture"]
    placed: tuple[Placed, ...]
    headless: bool = False  #: its headline is lost
