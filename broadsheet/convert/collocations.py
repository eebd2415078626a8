"""How much rather two words stand side by side than chance would have it.

A column cuts a sentence anywhere; the words on both sides of the cut still belong together: 举行 |
会议, in order | to. What is known of them comes from the tables of `weights/`, made of text that
has nothing to do with the page (`bench/collocations.py`):

    bytes 0-3      b"BSC1"
    4-11           counts of words and of pairs, unsigned integers of four bytes, little-endian
    then           for words, then for pairs: all keys, ascending, four bytes each; a byte for each

A key is the CRC-32 of a word, or of two words with a space between, in UTF-8. The byte of a word is
its share of all words, as minus log10 in steps of 1/32; that of a pair is the log10 of how many
times more often the two stand together than chance would have it, in steps of 1/32 from -2 on. Keys
are short so that the tables are small: of ten thousand pairs that a table lacks, two are taken for
one that it has.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import as_file, files

MAGIC = b"BSC1"
_COUNTS = struct.Struct("<4sII")
STEP, LEAST = 1 / 32, -2.0
#: log10 of the share that a word has which the table lacks.
_RAREST = -7.5
#: log10 of the share that the rarest pairs of the tables have. Two common words that are not among
#: them shun each other.
_RAREST_PAIR = -7.0
#: Words whose share is kept in mind.
_KEPT = 1 << 15
#: Characters on each side of a cut that are looked at, and of the longest word.
_NEAR, _LONGEST = 6, 5
#: A parting into words that is so much less likely than the best (log10) is left out.
_MARGIN = 3.0

_HAN_END, _HAN_START = re.compile(r"[㐀-鿿]+$"), re.compile(r"[㐀-鿿]+")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z']+$"), re.compile(r"[A-Za-z']+")


class Collocations:
    """A table of words and pairs of words, read where it lies."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """`data`: a whole table as the module describes; ValueError when it is not one."""
        known = len(data) >= _COUNTS.size
        magic, words, pairs = _COUNTS.unpack_from(data) if known else (b"", 0, 0)
        if magic != MAGIC or len(data) != _COUNTS.size + 5 * (words + pairs):
            raise ValueError("not a table of collocations")
        view = memoryview(data)
        starts = [_COUNTS.size, _COUNTS.size + 5 * words]
        self._word_keys, self._words = _columns(view, starts[0], words)
        self._pair_keys, self._pairs = _columns(view, starts[1], pairs)
        self.share = lru_cache(maxsize=_KEPT)(self._share)  #: a page's words come again and again

    def _share(self, word: str) -> float | None:
        """log10 of a word's share of all words; None when the table lacks it."""
        value = _find(self._word_keys, self._words, word)
        return None if value is None else -value * STEP

    def affinity(self, first: str, second: str) -> float:
        """log10 of how many times more often the two stand together than by chance.

        Of a pair that the table lacks: 0, or less the more often chance alone would bring two such
        words together.
        """
        value = _find(self._pair_keys, self._pairs, f"{first} {second}")
        if value is not None:
            return LEAST + value * STEP
        by_chance = (self.share(first) or _RAREST) + (self.share(second) or _RAREST)
        return max(LEAST, min(0.0, _RAREST_PAIR - by_chance))


def _columns(view: memoryview, start: int, count: int) -> tuple[memoryview, memoryview]:
    keys = view[start : start + 4 * count].cast("I")
    return keys, view[start + 4 * count : start + 5 * count]


def _find(keys: memoryview, values: memoryview, words: str) -> int | None:
    key = zlib.crc32(words.encode())
    place = bisect_left(keys, key)
    return values[place] if place < len(keys) and keys[place] == key else None


@cache
def collocations_for(english: bool) -> Collocations:
    """The table of a script, mapped into memory: processes share it."""
    name = "en.collocations" if english else "zh.collocations"
    with (
        as_file(files("broadsheet.convert").joinpath("weights", name)) as path,
        path.open("rb") as f,
    ):
        return Collocations(mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ))


def across(tail: str, head: str, english: bool) -> float | None:
    """How much rather `head` follows `tail` than chance would have it, as log10; None if unknown.

    Unknown where a figure or a mark stands at the cut. Of Chinese all partings into words are
    weighed, those with a word across the cut too.
    """
    if english:
        last, first = _LATIN_END.search(tail[-30:]), _LATIN_START.match(head[:30])
        if not last or not first:
            return None
        return _words(last[0].lower(), first[0].lower())
    last, first = _HAN_END.search(tail[-_NEAR:]), _HAN_START.match(head[:_NEAR])
    return _across(last[0], first[0]) if last and first else None


def _words(last: str, first: str) -> float | None:
    table = collocations_for(True)
    if table.share(last) is None or table.share(first) is None:
        return None
    return table.affinity(last, first)


def _across(tail: str, head: str) -> float:
    table = collocations_for(False)
    before, after = _endings(tail), _beginnings(head)
    ends, starts = before[len(tail)], after[0]
    apart = max(ends.values()) + max(starts.values())
    together = max(
        score + table.affinity(last, first) + rest
        for last, score in _likely(ends)
        for first, rest in _likely(starts)
    )
    for left in range(1, min(len(tail), _LONGEST - 1) + 1):
        for right in range(1, min(len(head), _LONGEST - left) + 1):
            share = table.share(tail[-left:] + head[:right])
            if share is not None:
                together = max(
                    together,
                    max(before[len(tail) - left].values(), default=0.0)
                    + share
                    + max(after[right].values(), default=0.0),
                )
    return together - apart


def _likely(partings: dict[str, float]) -> Iterable[tuple[str, float]]:
    floor = max(partings.values()) - _MARGIN
    return [item for item in partings.items() if item[1] >= floor]


@lru_cache(maxsize=4096)
def _endings(text: str) -> list[dict[str, float]]:
    """Per place in `text`: its last words up to there -> log10 of the best parting that ends so."""
    best: list[dict[str, float]] = [{} for _ in range(len(text) + 1)]
    table = collocations_for(False)
    for word, start, share in _words_in(text):
        before = best[start]
        score = max((s + table.affinity(last, word) for last, s in before.items()), default=0.0)
        best[start + len(word)][word] = score + share
    return best


@lru_cache(maxsize=4096)
def _beginnings(text: str) -> list[dict[str, float]]:
    """Per place in `text`: its first words from there -> log10 of the best parting of the rest."""
    best: list[dict[str, float]] = [{} for _ in range(len(text) + 1)]
    table = collocations_for(False)
    for word, start, share in reversed(_words_in(text)):
        after = best[start + len(word)]
        score = max((table.affinity(word, first) + s for first, s in after.items()), default=0.0)
        best[start][word] = share + score
    return best


def _words_in(text: str) -> list[tuple[str, int, float]]:
    """Every word that a text may be parted into, its place and log10 of its share, in order."""
    table = collocations_for(False)
    found = []
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
            word = text[start:end]
            share = table.share(word)
            if share is not None or len(word) == 1:
                found.append((word, start, _RAREST if share is None else share))
    return found


def format_table(words: dict[str, float], pairs: dict[tuple[str, str], float]) -> bytes:
    """Shares and affinities (log10) as a table; the inverse of reading it, to a step.

    Where two keys are the same, the larger number is kept.
    """
    shares = {word: -share / STEP for word, share in words.items()}
    affinities = {f"{a} {b}": (value - LEAST) / STEP for (a, b), value in pairs.items()}
    columns = [_sorted(shares), _sorted(affinities)]
    out = [_COUNTS.pack(MAGIC, *(len(keys) for keys, _ in columns))]
    for keys, values in columns:
        out += [struct.pack(f"<{len(keys)}I", *keys), bytes(values)]
    return b"".join(out)


def _sorted(numbers: dict[str, float]) -> tuple[list[int], list[int]]:
    found: dict[int, int] = {}
    for words, number in numbers.items():
        key = zlib.crc32(words.encode())
        found[key] = max(found.get(key, 0), min(255, max(0, math.floor(number + 0.5))))
    keys = sorted(found)
    return keys, [found[key] for key in keys]
