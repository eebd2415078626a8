"""The language of a page, and the folding of traditional characters for looking words up.

Folding serves the dictionary only. What is printed is never changed.
"""

from __future__ import annotations

import re
from functools import cache

from broadsheet.piece import Language
from broadsheet.simplified import pairs as simplified_pairs

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: A page is Chinese when this share of its letters is: one Chinese character says as much as a
#: few Latin letters, and Chinese pages print names, addresses and prices in Latin ones.
_CHINESE_SHARE = 0.2


def language_of(text: str) -> Language:
    """The language that most of the page is printed in; English when there are no letters."""
    han, latin = len(HAN.findall(text)), len(_LATIN.findall(text))
    if not han or han < _CHINESE_SHARE * (han + latin):
        return "en"
    pairs = simplified_pairs()
    simplified = set(pairs.values()) - set(pairs)
    traditional_count = sum(text.count(character) for character in set(pairs) & set(text))
    simplified_count = sum(text.count(character) for character in simplified & set(text))
    return "zh-Hant" if traditional_count > simplified_count else "zh-Hans"


#: Marks as they stand in vertical lines, and as in horizontal ones.
_UPRIGHT, _LYING = (
    "︐︑︒︓︔︕︖︵︶﹁﹂﹃﹄︻︼︽︾︿﹀",
    "，、。：；！？（）「」『』【】《》〈〉",
)


def fold(text: str) -> str:
    """`text` with traditional characters replaced by simplified ones; the length is kept."""
    return text.translate(_folding())


@cache
def _folding() -> dict[int, str]:
    pairs = simplified_pairs() | dict(zip(_UPRIGHT, _LYING, strict=True))
    return {ord(printed): folded for printed, folded in pairs.items()}
