"""Set the pieces of pages in columns, as print does: where each block stands, and in what type.

Pages with geometry and known answers are rare; this makes them from pages without. A piece takes a
rectangle some columns wide, its headline across all of them, its text flowing down one column
and on at the top of the next. Rectangles are set where the page is emptiest. What a program
then writes out goes down the columns of the page, or along its rows, or piece by piece.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from relay import INSERTS, Item

from broadsheet.convert.draft import Box

#: Width of a character of Latin text, in type sizes; a Chinese one is square.
_LATIN = 0.5
#: Distance between baselines in type sizes.
_LEADING = 1.3
#: Space between columns and between pieces, in body type sizes.
_GUTTER = 1.5
#: Type sizes by role, as (least, most) multiples of the body's.
_SIZES = {
    "subhead": (1.0, 1.3),
    "byline": (0.85, 1.1),
    "credit": (0.85, 1.0),
    "caption": (0.8, 1.0),
    "slogan": (1.1, 2.0),
    "furniture": (0.8, 1.2),
    "signature": (1.0, 1.0),
    "para": (1.0, 1.0),
}
#: Share of the pages whose headlines' boxes are as wide as their words, not as their columns, and
#: of those the share that centres them.
_INK, _CENTRED = 0.5, 0.5
#: Share of the pages written out down their columns, along their rows, piece by piece.
_ORDERS = {"columns": 0.6, "rows": 0.15, "pieces": 0.25}


class Set(NamedTuple):
    """A block as set: lengths in body type sizes, y downwards."""

    piece: int
    role: str
    rows: tuple[str, ...]
    size: float
    x: float
    y: float
    width: float
    height: float
    joined: bool  #: goes on with the paragraph before it in its piece
    turn: int = 0  #: its place in the reading order of the page


class Sheet(NamedTuple):
    """A page set in columns."""

    kinds: tuple[str, ...]  #: type of each piece
    blocks: tuple[Set, ...]  #: as a program writes them out
    width: float
    height: float
    latin: bool


class _Style(NamedTuple):
    """What one page keeps to."""

    columns: int
    measure: float  #: width of a column
    sizes: dict[str, float]
    latin: bool
    ink: bool  #: the box of a headline is as wide as its words
    centred: bool


def set_page(items: list[Item], latin: bool, chance: random.Random) -> Sheet:
    """A new page made of some of the items."""
    chosen = _chosen(items, chance)
    columns = chance.randint(4, 7)
    sizes = {role: chance.uniform(*limits) for role, limits in _SIZES.items()}
    ink, centred = chance.random() < _INK, chance.random() < _CENTRED
    style = _Style(columns, chance.uniform(11, 17), sizes, latin, ink, centred)
    filled = [0.0] * columns
    blocks: list[Set] = []
    for number, item in enumerate(chosen):
        span = _span(item, style, chance)
        first = min(range(columns - span + 1), key=lambda c: (max(filled[c : c + span]), c))
        top = max(filled[first : first + span])
        mine = list(_set_piece(number, item, span, first, top, style, chance))
        blocks += mine
        foot = max(block.y + block.height for block in mine) + _GUTTER
        filled[first : first + span] = [foot] * span
    width = columns * (style.measure + _GUTTER)
    kinds = tuple(item.kind for item in chosen)
    blocks = [block._replace(turn=turn) for turn, block in enumerate(blocks)]
    return Sheet(kinds, tuple(_written_out(blocks, chance)), width, max(filled), latin)


def _chosen(items: list[Item], chance: random.Random) -> list[Item]:
    articles = [i for i in items if i.kind == "article" and i.elements[0][0] == "title"]
    chosen = chance.sample(articles, min(len(articles), chance.randint(3, 8)))
    for kind, share in INSERTS.items():
        small = [i for i in items if i.kind == kind]
        chosen += [chance.choice(small) for _ in range(3) if small and chance.random() < share]
    chance.shuffle(chosen)
    return chosen


def _span(item: Item, style: _Style, chance: random.Random) -> int:
    """Columns that a piece is wide: the longer the wider."""
    length = sum(len(text) for _, text in item.elements) * (_LATIN if style.latin else 1)
    wanted = length / style.measure / chance.uniform(12, 40)
    return max(1, min(style.columns, round(wanted)))


def _set_piece(
    number: int,
    item: Item,
    span: int,
    first: int,
    top: float,
    style: _Style,
    chance: random.Random,
) -> Iterator[Set]:
    """The blocks of a piece in reading order."""
    elements = list(item.elements)
    left = first * (style.measure + _GUTTER)
    width = span * (style.measure + _GUTTER) - _GUTTER
    while elements and elements[0][0] == "title":
        size = chance.uniform(1.4, 2.0) + 0.4 * (span - 1)
        if item.kind != "article":
            size = chance.uniform(1.1, 1.7)
        rows = _rows(elements.pop(0)[1], width, size, style.latin)
        height = len(rows) * size * _LEADING
        words = max(map(len, rows)) * size * (_LATIN if style.latin else 1)
        box = min(width, words) if style.ink else width
        x = left + ((width - box) / 2 if style.centred else 0)
        yield Set(number, "title", rows, size, x, top, box, height, False)
        top += height + 0.4
    yield from _set_text(number, elements, span, left, top, style)


def _set_text(
    number: int,
    elements: list[tuple[str, str]],
    span: int,
    left: float,
    top: float,
    style: _Style,
) -> Iterator[Set]:
    """Text flowing through the columns of a piece, cut where a column ends."""
    pieces = [
        (role, _rows(text, style.measure, style.sizes[role], style.latin), style.sizes[role])
        for role, text in elements
    ]
    whole = sum(len(rows) * size * _LEADING for _, rows, size in pieces)
    foot = top + whole / span + _LEADING
    column, y = 0, top
    for role, rows, size in pieces:
        joined = False
        while rows:
            line = size * _LEADING
            room = int((foot - y) / line + 1e-6) if column < span - 1 else len(rows)
            fitting = _fitting(rows, room) if role == "para" else len(rows) * (room >= len(rows))
            if fitting:
                x = left + column * (style.measure + _GUTTER)
                part, rows = rows[:fitting], rows[fitting:]
                height = fitting * line
                yield Set(number, role, part, size, x, y, style.measure, height, joined)
                y += height
                joined = True
            if rows:
                column, y = column + 1, top


def _fitting(rows: tuple[str, ...], room: int) -> int:
    """How many rows stay in the column; a column that ends with its sentence hides no cut."""
    if room >= len(rows):
        return len(rows)
    while room > 0 and rows[room - 1][-1:] in "。！？.!?”":
        room -= 1
    return max(0, room)


def _rows(text: str, width: float, size: float, latin: bool) -> tuple[str, ...]:
    if latin:
        count = max(8, int(width / size / _LATIN))
        return tuple(textwrap.wrap(text, count, break_on_hyphens=False)) or (text,)
    count = max(4, int(width / size))
    return tuple(text[i : i + count] for i in range(0, len(text), count)) or (text,)


def _written_out(blocks: list[Set], chance: random.Random) -> list[Set]:
    order = chance.choices(list(_ORDERS), list(_ORDERS.values()))[0]
    if order == "columns":
        return sorted(blocks, key=lambda b: (round(b.x), b.y))
    if order == "rows":
        return sorted(blocks, key=lambda b: (round(b.y / 2), b.x))
    return blocks


def as_gold(sheet: Sheet) -> dict[str, Any]:
    """The answer, as the dictionary that a gold file holds."""
    last: dict[int, int] = {}
    before: dict[int, int] = {}
    for index, block in sorted(enumerate(sheet.blocks), key=lambda pair: pair[1].turn):
        if block.joined:
            before[index] = last[block.piece]
        if block.role == "para":
            last[block.piece] = index
    between = " " if sheet.latin else ""
    blocks = []
    for index, block in enumerate(sheet.blocks):
        row = {"piece": block.piece, "role": block.role, "text": between.join(block.rows)}
        blocks.append(row | ({"join": before[index]} if index in before else {}))
    titles: dict[int, str] = {}
    for block in sorted(sheet.blocks, key=lambda block: block.turn):
        if block.role == "title":
            titles[block.piece] = titles.get(block.piece, "") + between.join(block.rows)
    pieces = [
        {"id": number, "type": kind, "title": titles.get(number)}
        for number, kind in enumerate(sheet.kinds)
    ]
    return {"lang": "en" if sheet.latin else "zh", "pieces": pieces, "blocks": blocks}


def boxes_of(sheet: Sheet) -> list[Box]:
    """Where each block stands, as the converter's sources tell it."""
    return [
        Box(
            x=block.x / sheet.width,
            y=block.y / sheet.height,
            width=block.width / sheet.width,
            height=block.height / sheet.height,
            size=block.size,
        )
        for block in sheet.blocks
    ]


def as_alto(sheet: Sheet) -> str:
    """The page as an ALTO file, ten units to a type size."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>',
        f"<Page WIDTH={_units(sheet.width)} HEIGHT={_units(sheet.height)}><PrintSpace>",
    ]
    for block in sheet.blocks:
        lines.append(f"<TextBlock {_place(block.x, block.y, block.width, block.height)}>")
        height = block.height / len(block.rows)
        for number, row in enumerate(block.rows):
            place = _place(block.x, block.y + number * height, block.width, height)
            lines.append(f"<TextLine {place}><String CONTENT={quoteattr(row)}/></TextLine>")
        lines.append("</TextBlock>")
    return "\n".join([*lines, "</PrintSpace></Page></Layout></alto>"]) + "\n"


def _place(x: float, y: float, width: float, height: float) -> str:
    return f"HPOS={_units(x)} VPOS={_units(y)} WIDTH={_units(width)} HEIGHT={_units(height)}"


def _units(length: float) -> str:
    return f'"{round(length * 10)}"'
