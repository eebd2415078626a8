"""Text -> blocks: text boxes parted by blank lines, each with its line numbers in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.convert.draft import Block
from broadsheet.convert.language import HAN
from broadsheet.source import split_lines

#: Space that is layout and not text, beyond what str.strip knows: zero width, byte order mark.
_LAYOUT = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FULL_WIDTH = re.compile(r"[\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef]")
#: Rows of one printed column differ by no more than this many characters.
_RAGGED = 2
#: No column is narrower than this many characters; shorter rows are lines meant as such.
_NARROWEST = 9


def read_blocks(text: str) -> list[Block]:
    """Blocks in the order of the source; every non-space character is in exactly one of them."""
    first: dict[str, int] = {}
    blocks: list[Block] = []
    for numbers, rows in _boxes(split_lines(text)):
        joined = join_rows(rows)
        key = re.sub(r"\s+", "", joined)
        index = len(blocks)
        blocks.append(Block(index, numbers, rows, joined, repeats=first.get(key)))
        first.setdefault(key, index)
    return blocks


def join_rows(rows: tuple[str, ...], wrapped: bool = False) -> str:
    """The rows of a block as one paragraph; `wrapped` when they are known to be lines of one.

    Rows of a hard-wrapped paragraph are joined: with a space in Latin text (without one after a
    hyphen), without one in Chinese. Chinese rows of unlike length are no paragraph but lines
    meant as such (the signatures of an obituary, a page header), and keep a space between them.
    """
    stripped = [row.strip(_LAYOUT) for row in rows]
    wrapped = wrapped or _is_wrapped(stripped)
    text = stripped[0]
    for row in stripped[1:]:
        text += _between(text, row, wrapped) + row
    return text


def _boxes(lines: list[str]) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """(line numbers, rows) of every run of lines that are not blank."""
    numbers: list[int] = []
    rows: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip(_LAYOUT):
            numbers.append(number)
            rows.append(line)
        elif rows:
            yield tuple(numbers), tuple(rows)
            numbers, rows = [], []
    if rows:
        yield tuple(numbers), tuple(rows)


def _is_wrapped(rows: list[str]) -> bool:
    """Whether all rows but the last are full, as the lines of one column are."""
    widths = [len(row) for row in rows]
    full = max(widths)
    even = all(width >= full - _RAGGED for width in widths[:-1])
    return full >= _NARROWEST and even and widths[-1] <= full


def _between(before: str, after: str, wrapped: bool) -> str:
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return ""
    return "" if wrapped and _is_chinese(before[-1:]) and _is_chinese(after[:1]) else " "


def _is_chinese(character: str) -> bool:
    return bool(HAN.match(character) or _FULL_WIDTH.match(character))
