"""The composed newspaper page: which piece stands where, and how much of it.

A sheet has twelve columns and four kinds of place, from the top:

    lead     the longest report, over the whole width, its text in four columns
    second   the next one, eight wide and in two columns when something stands beside it
    side     four wide, beside the second: notices and short pieces, never taller than it
    flow     all the rest, one after the other through columns of equal width, as on a page of
             briefs; the browser balances them, so that no hole is wider than one column

Slogans are fillers and stand in one strip of their own. The choice depends on the pieces' types
and lengths alone, so that a page looks the same whenever it is built.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from math import ceil

import msgspec
from markupsafe import Markup

from broadsheet.piece import PieceType

#: A report shorter than this, in characters, does not carry a page.
LEAD_LEAST = 600
#: How much of the lead's text is set before the reader is sent to the whole of it.
LEAD_ROOM = 900
#: A report shorter than this reads best among the briefs.
SECOND_LEAST = 200
#: What is set of any other piece.
ROOM = 700
#: Heights, in lines of text: of a head with its rules, and of a picture with its caption.
_HEAD, _FIGURE = 5, 15
#: Columns of the flow.
FLOW_COLUMNS = 3


class Shape(msgspec.Struct, frozen=True, gc=False):
    """What of a piece decides its place."""

    type: PieceType
    characters: int  #: non-space characters of its text, without the lead
    figures: int = 0


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a piece stands; the fields of SheetPart that have the same names."""

    slot: str
    span: int
    columns: int
    room: int  #: how many characters of its text are set


def compose(shapes: Sequence[Shape]) -> tuple[Place, ...]:
    """Pieces of a page in reading order -> their places, in the same order."""
    lead = _longest(shapes, LEAD_LEAST, ())
    second = _longest(shapes, SECOND_LEAST, (lead,))
    side = _beside(shapes, second, (lead, second))
    flowing = [n for n, shape in enumerate(shapes) if _flows(n, shape, (lead, second, *side))]
    columns = max(1, min(FLOW_COLUMNS, len(flowing)))
    return tuple(_place(n, shape, lead, second, side, columns) for n, shape in enumerate(shapes))


def _longest(shapes: Sequence[Shape], least: int, taken: Sequence[int]) -> int:
    """The first of the longest reports, -1 when none is long enough."""
    fit = [
        (-shape.characters, n)
        for n, shape in enumerate(shapes)
        if shape.type == "article" and shape.characters >= least and n not in taken
    ]
    return min(fit)[1] if fit else -1


def _beside(shapes: Sequence[Shape], second: int, taken: Sequence[int]) -> tuple[int, ...]:
    """What stands at the side of the second report: obituaries first, as many as fit its height.

    A strip of slogans below the second grows with the side; without one nothing may be taller.
    """
    if second < 0:
        return ()
    strip = any(shape.type == "slogan" for shape in shapes)
    height = _HEAD + min(shapes[second].characters, ROOM) / 44 + (7 if strip else 0)
    height += _FIGURE if shapes[second].figures else 0
    order = {"obituary": 0, "notice": 1, "article": 2}
    found: list[int] = []
    for n in sorted(range(len(shapes)), key=lambda n: (order.get(shapes[n].type, 9), n)):
        shape = shapes[n]
        tall = _HEAD + min(shape.characters, ROOM) / 22
        if shape.type in order and n not in taken and tall <= height and not shape.figures:
            found.append(n)
            height -= tall
    return tuple(sorted(found))


def _flows(n: int, shape: Shape, taken: Sequence[int]) -> bool:
    return n not in taken and shape.type != "slogan"


def _place(
    n: int, shape: Shape, lead: int, second: int, side: Sequence[int], columns: int
) -> Place:
    if shape.type == "slogan":
        return Place("filler", 4, 1, shape.characters)
    if n == lead:
        return Place("lead", 12, 4, LEAD_ROOM)
    if n == second:
        return Place("second", 8, 2, ROOM) if side else Place("second", 12, 3, ROOM)
    if n in side:
        return Place("side", 4, 1, ROOM)
    return Place("flow", 12, columns, ROOM)


def set_within(lengths: Sequence[Sequence[int]], room: int) -> list[int]:
    """Lengths of the paragraphs of each section -> how many of them are set, section by section.

    As many whole sections as `room` characters hold, of the first one as many paragraphs; sections
    that have no room are left out. One paragraph always stands, however long.
    """
    kept: list[int] = []
    for section in lengths:
        if kept and sum(section) > room:
            break
        count, used = 0, 0
        while count < len(section) and (count == 0 or used + section[count] <= room):
            used += section[count]
            count += 1
        kept.append(count)
        room -= used
        if count < len(section):
            break
    return kept


# The small picture of a sheet in its issue: 60 wide, 74 high, ink only.

#: In less room than this nothing of the flow can be drawn.
_LEAST_ROOM = 10


def schematic(shapes: Sequence[Shape]) -> Markup:
    """A sheet as an inline SVG of bars and lines, one for every place that is taken."""
    places = compose(shapes)
    drawn: list[str] = []
    y = 0
    for n, place in enumerate(places):
        if place.slot == "lead":
            drawn.append(_bar(0, y, 46, 5) + _text(0, y + 9, 18, 5))
            drawn.append(_crossed(21.5, y + 9.5) if shapes[n].figures else _text(21, y + 9, 39, 5))
            drawn += [_text(x, y + 26, 13, 4) for x in (0, 15.5, 31, 46.5)]
            y = 41
    beside = [n for n, place in enumerate(places) if place.slot == "side"]
    fillers = sum(place.slot == "filler" for place in places)
    bottom = 62 if fillers else 74
    foot = y + 20 * any(place.slot == "second" for place in places)
    flow = [shapes[n] for n, place in enumerate(places) if place.slot == "flow"]
    flow = flow if bottom - foot >= _LEAST_ROOM else []
    deep = not flow  # the side reaches to the foot of the sheet, unless the flow stands below it
    for place in places:
        if place.slot == "second":
            width = 38 if beside else 60
            drawn.append(_bar(0, y, width * 0.74, 3))
            drawn += [_text(x, y + 6, width / 2 - 2, 4) for x in (0, width / 2 + 1)]
            if beside:
                drawn.append(_frame(41, y + 0.5, 18.5, 31 if deep else 17))
    drawn += _flow(flow, foot, bottom)
    if fillers:
        drawn.append(_strip(fillers, 38 if beside and deep else 60))
    body = "".join(drawn)
    return Markup(  # noqa: S704 - numbers of our own only
        f'<svg viewBox="0 0 60 74" aria-hidden="true" fill="currentColor">{body}</svg>'
    )


def _flow(shapes: Sequence[Shape], top: int, bottom: int) -> list[str]:
    """Briefs and notices in up to three columns, as many as the room shows."""
    if not shapes:
        return []
    columns = min(FLOW_COLUMNS, len(shapes))
    width = 60 / columns
    rows = max(1, min(ceil(len(shapes) / columns), (bottom - top) // 14))
    height = (bottom - top) / rows
    drawn: list[str] = []
    for n, shape in enumerate(shapes[: rows * columns]):
        x, y = (n % columns) * width, top + (n // columns) * height
        if shape.type in ("obituary", "notice"):
            drawn.append(_frame(x + 0.5, y + 0.5, width - 3, height - 4))
        else:
            lines = max(1, int((height - 8) // 3))
            drawn.append(_bar(x, y, (width - 3) * 0.8, 2.5) + _text(x, y + 5, width - 3, lines))
    return drawn


def _bar(x: float, y: float, width: float, height: float) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:.3g}" height="{height:g}"/>'


@functools.lru_cache(1000)
def _text(x: float, y: float, width: float, lines: int) -> str:
    rows = "".join(_bar(x, y + 3 * n, width, 1) for n in range(lines))
    return f'<g opacity=".35">{rows}</g>'


def _frame(x: float, y: float, width: float, height: float) -> str:
    box = f'x="{x:g}" y="{y:g}" width="{width:.3g}" height="{height:.3g}"'
    name = _bar(x + width * 0.25, y + 4.5, width * 0.5, 2.5) if height > 9 else ""
    return f'<rect {box} fill="none" stroke="currentColor"/>{name}'


def _crossed(x: float, y: float) -> str:
    path = f"M{x:g} {y:g}h26v13h-26zl26 13m0-13-26 13"
    return f'<path d="{path}" fill="none" stroke="currentColor" stroke-width=".5"/>'


def _strip(count: int, width: int) -> str:
    bars = "".join(f"M{width * n / min(count, 3):.3g} 64v7" for n in range(1, min(count, 3)))
    return f'<path class="sl" d="M0 63h{width}M0 72h{width}{bars}"/>'
