"""Mended column breaks: what `joins` says of a text, and where in the text it was.

`库什纳|和一名翻译` stands for a place in the text where the printed columns parted the two ends.
A hyphen at the end of the first that the text does not have was set only because the line ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

#: Marks that part a word where its line ends.
HYPHENS = ("-", "\u00ad", "\u2010")
#: Characters of a join on each side of the break: enough to read, few enough to list.
_SHORTEST, _LONGEST = 4, 24


class Mend(msgspec.Struct, frozen=True):
    """Where a text was mended."""

    start: int  #: of the text before the break, as far as the join quotes it
    seam: int  #: offset of the first character after the break
    hyphen: bool  #: whether a printed hyphen was dropped there


def find(text: str, join: str) -> Mend | None:
    """The place in `text` that `join` (`text before|text after`) means; None when there is none."""
    before, bar, after = join.partition("|")
    if not bar:
        return None
    bare = before[:-1] if before.endswith(HYPHENS) else ""
    for left, space in ((before, ""), (before, " "), (bare, "")):
        at = text.find(left + space + after) if left else -1
        if at >= 0:
            return Mend(at, at + len(left + space), len(left) < len(before))
    return None


def with_hyphens(texts: Sequence[str], joins: Iterable[str]) -> list[str]:
    """`texts` as printed: each hyphen that a mended line end dropped is back in its place, once."""
    found: list[set[tuple[int, str]]] = [set() for _ in texts]
    for join in joins:
        before, _, after = join.partition("|")
        if before.endswith(HYPHENS) and before[-2:-1].isalpha():
            _find_dropped(texts, before, after, found)
    return [_with(text, marks) for text, marks in zip(texts, found, strict=True)]


def _find_dropped(
    texts: Sequence[str], before: str, after: str, found: list[set[tuple[int, str]]]
) -> None:
    """Note the first place, not noted yet, where the hyphen of this join was dropped."""
    if any(before + space + after in text for text in texts for space in ("", " ")):
        return
    for text, marks in zip(texts, found, strict=True):
        at = text.find(before[:-1] + after)
        while at >= 0:
            mark = (at + len(before) - 1, before[-1])
            if mark not in marks:
                marks.add(mark)
                return
            at = text.find(before[:-1] + after, at + 1)


def _with(text: str, marks: Iterable[tuple[int, str]]) -> str:
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def describe(before: str, after: str, text: str) -> str:
    """The two ends of a mended break -> `text before|text after`, unique in `text` if it can be.

    `before` and `after` are printed text up to and from the break, without space at the seam.
    """
    size = _SHORTEST
    while True:
        left, right = _whole_words(before, after, size)
        seen = sum(text.count(form + right) for form in {left, f"{left} ", left[:-1]} if form)
        if seen == 1 or size >= _LONGEST:
            return f"{left}|{right}".replace("\n", " ")
        size += _SHORTEST


def _whole_words(before: str, after: str, size: int) -> tuple[str, str]:
    """`size` characters on each side, and as many more as belong to the same Latin word."""
    start, end = max(0, len(before) - size), min(len(after), size)
    while start and _parts_word(before, start):
        start -= 1
    while end < len(after) and _parts_word(after, end):
        end += 1
    return before[start:].strip(), after[:end].strip()


def _parts_word(text: str, at: int) -> bool:
    return all(c.isalnum() and c.isascii() for c in text[at - 1 : at + 1])
