"""Two ends of text that a line's or a column's end parted, as one: `join(before, after)`.

Chinese is joined without a space, Latin text with one. A hyphen at the end of a Latin line is
either part of the word (self-made) or was set only because the line ended (com-mittee); the
decision is recorded by whoever joins (`hyphen_drops`), so that no printed character gets lost.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_HYPHENS = "-\u00ad\u2010"
_HYPHEN_AT_END = re.compile(rf"[^\W\d_][{_HYPHENS}][ \t]*[\r\n]")
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(r"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[-\u00ad\u2010]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(  # Chinese and Japanese characters and their marks, full-width forms
    r"[\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U0003ffff]"
)

#: The Latin words of a page; None: every hyphen stays.
Words = frozenset[str] | None

#: Characters at the end of a text that are looked through for the beginning of its last word.
_LONGEST_WORD = 100
#: First parts that English joins with a hyphen that stays (self-taught, mid-week, forty-two).
_STAYS = re.compile(
    r"(?:all|anti|co|cross|ex|far|first|full|half|high|ill|long|low|mid|much|non|old|one|part|post"
    r"|pro|quasi|second|self|semi|short|so|third|three|two|vice|well|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety)$"
)


def page_words(text: str) -> frozenset[str]:
    """The Latin words of a page, lower case, hyphenated ones whole, broken ones left out.

    Empty where no line ends with a hyphen: nobody will ask.
    """
    if not _HYPHEN_AT_END.search(text):
        return frozenset()
    unbroken = re.sub(r"\S+[-\u00ad\u2010]\s*\n\s*\S+", " ", text)
    return frozenset(word.lower() for word in _LATIN_WORD.findall(unbroken))


def join(before: str, after: str, words: Words = frozenset()) -> str:
    """Two stripped ends of text -> one text. `words` are the page's, as `page_words` gives them."""
    if not before or not after:
        return before + after
    if hyphen_drops(before, after, words):
        return before[:-1] + after
    if before[-1] in _HYPHENS and before[-2:-1].isalnum() and after[0].isalnum():
        return before + after
    if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
        return before + after
    return f"{before} {after}"


def hyphen_drops(before: str, after: str, words: Words = frozenset()) -> bool:
    """Whether the hyphen at the end of `before` was set only because the line ended.

    It stays when the word has another (mother-in-law) or is printed with its hyphen elsewhere on
    the page, when the second part is a name or a number, or when the first part is one that keeps
    it; and goes when the page prints the whole word elsewhere, or in doubt, for most hyphens at a
    line's end are the printer's.
    """
    if words is None or before[-1:] not in _HYPHENS:
        return False  # at once: an article that grows is asked at every block
    left, right = _LAST_PART.search(before[-_LONGEST_WORD:]), _FIRST_PART.match(after)
    if not left or not right or not right.group()[0].islower():
        return False
    if before[-1] == "\u00ad":  # a soft hyphen says so itself
        return True
    first, second = left.group(1).lower(), right.group().lower()
    if f"{first}-{second}" in words or "-" in first:
        return False
    return first + second in words or not _STAYS.match(first.rpartition("-")[2])


def without_hyphens(text: str, rows: Sequence[str], words: Words) -> str:
    """The text of wrapped rows without the hyphens that were set only because a row ended."""
    ends = _ends_of(text, rows)
    for end, (before, after) in reversed([*zip(ends, itertools.pairwise(rows), strict=True)]):
        if hyphen_drops(before, after, words) and text.startswith(after[0], end):
            text = text[: end - 1] + text[end:]
    return text


def dropped_hyphens(text: str, rows: Sequence[str]) -> list[tuple[str, str]]:
    """(text before, text after) wherever `text`, joined from `rows`, lacks a row's last hyphen."""
    return [
        (text[:end] + row[-1], text[end:])
        for end, row in zip(_ends_of(text, rows), rows[:-1], strict=True)
        if row[-1:] in _HYPHENS and row[:-1] and not text[:end].endswith(row[-1])
    ]


def _ends_of(text: str, rows: Sequence[str]) -> list[int]:
    """Where in `text` each row but the last ends, with its hyphen or without."""
    ends: list[int] = []
    at = 0
    for row in rows[:-1]:
        bare = row[:-1] if row[-1:] in _HYPHENS else row
        at += len(text[at:]) - len(text[at:].lstrip(" "))
        at += len(row if text.startswith(row, at) else bare)
        ends.append(at)
    return ends
