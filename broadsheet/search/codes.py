"""Whole numbers as characters, so that a classic script carries postings without decoding.

    value                characters                                    bytes in UTF-8
    0-39                 one of the printable ASCII ones from # on     1
    40-55,207            U+0080-U+D7FF                                 2 or 3
    up to 2.8 million    one of the other 51 ASCII ones, then the rest 3 or 4
    more                 U+E000 and on, then the rest                  5 or 6

Quote and backslash are left out, so that nothing is ever escaped; `!` parts lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.integer[Any]]
CodePoints = NDArray[np.uint32]

END = "!"  #: ends a list of numbers
SMALL = 40  #: values below this are one byte
_ASCII = 91  #: single bytes in use: # to ~ without the backslash
_BASE = 0xD800 - 0x80  #: values of one character from U+0080 on
_CHUNK = 1 << 18  #: values at a time: what arrays need in between stays small


def encode_arrays(values: Integers) -> tuple[CodePoints, NDArray[np.uint8]]:
    """Values >= 0 -> (code points, how many of them each value took)."""
    starts = range(0, max(len(values), 1), _CHUNK)
    chunks = [_encode_chunk(values[start : start + _CHUNK]) for start in starts]
    points, widths = zip(*chunks, strict=True)
    return np.concatenate(points), np.concatenate(widths)


def _encode_chunk(values: Integers) -> tuple[CodePoints, NDArray[np.uint8]]:
    """Nearly all values are one character; the others are put in."""
    points = np.where(values < SMALL, values + 35, values + (0x80 - SMALL)).astype(np.uint32)
    widths = np.ones(len(values), np.uint8)
    large = np.flatnonzero(values >= SMALL + _BASE)
    if not len(large):
        return points, widths
    high, low = np.divmod(values[large].astype(np.int64) - SMALL, _BASE)
    single = SMALL + high - 1
    prefix = np.where(single < _ASCII, single + 35 + (single >= 57), 0xE000 + high)
    points[large] = low + 0x80
    widths[large] = 2
    return np.insert(points, large, prefix.astype(np.uint32)), widths


def encode(values: Iterable[int]) -> str:
    """Numbers >= 0 as one string."""
    return as_text(encode_arrays(np.fromiter(values, np.int64))[0])


def decode(text: str) -> list[int]:
    """The numbers of a string; the inverse of `encode`."""
    values: list[int] = []
    high = 0
    for character in text:
        code = ord(character)
        if code >= 0xE000:
            high = code - 0xE000
        elif code >= 0x80:
            values.append(high * _BASE + code - 0x80 + SMALL)
            high = 0
        else:
            single = code - 35 - (code > 92)
            if single < SMALL:
                values.append(single)
            else:
                high = single - SMALL + 1
    return values


def as_text(points: CodePoints) -> str:
    """Code points -> the string they are."""
    return points.astype("<u4").tobytes().decode("utf-32-le")


def as_points(text: str) -> CodePoints:
    """A string -> its code points."""
    return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint32, copy=False)
