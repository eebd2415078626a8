"""Folding: what counts as the same character, for the index and for a query alike.

A text is composed (NFC), folded character by character, and composed again: compatibility forms
(NFKC: full and half width, ligatures, circled figures), case, and traditional characters to
simplified ones where that is unambiguous. Format characters (soft hyphens, joiners, variation
selectors) vanish. Composing at the end makes one of half-width kana and their voicing marks.

Folded text has three kinds of characters: East Asian ones, each a token of its own; letters and
figures of other scripts, whole runs of which are words; all the rest, runs of which are breaks.
The client (templates/assets/search.js) holds the same rules and gets the same tables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from broadsheet import simplified

Kind = Literal["east-asian", "word", "break"]

#: Ranges of a regular expression's class, in Python and in JavaScript: Hangul, Han with its
#: radicals and marks, Kana, Bopomofo. Punctuation inside them is still a break.
EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u30ff"
    "\u3105-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold(text: str) -> str:
    """Text as it is compared; the length may change."""
    folded = "".join(map(fold_character, unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", folded)


@cache
def fold_character(character: str) -> str:
    """One character of composed text -> what it is compared as: one, several, or none."""
    if unicodedata.category(character) == "Cf" or _VARIATION_SELECTOR.match(character):
        return ""
    plain = unicodedata.normalize("NFKC", character).lower()
    return "".join(map(_simplified, plain))


@cache
def kind(character: str) -> Kind:
    """The kind of a folded character."""
    if unicodedata.category(character)[0] not in "LNM":
        return "break"
    return "east-asian" if _EAST_ASIAN.match(character) else "word"


def _simplified(character: str) -> str:
    return simplified_pairs().get(character, character)


#: Traditional forms that simplified text keeps in one of their meanings, so that folding them
#: would find what is not there: 乾坤, 夥颐, 宫商角徵羽, 奏摺, 幺麽 (《简化字总表》, its notes).
_KEPT = frozenset("乾夥徵摺麽瞭藉")


@cache
def simplified_pairs() -> dict[str, str]:
    """Traditional -> simplified characters, where that is unambiguous."""
    return {old: new for old, new in simplified.pairs().items() if old not in _KEPT}
