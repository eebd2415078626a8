"""How Chinese is read, without waiting for pypinyin.

pypinyin takes a fifth of a second to load, longer than a build of an edited page. readings.txt
has what it says of single characters, and the phrases in which one of them is read otherwise
(重阳). Such a phrase is read as it says there; a text with none of them in it is read character
by character, and pypinyin says the same. Any other text is left to it. bench/readings.py writes
the file.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from pathlib import Path


def read(han: str) -> list[str] | None:
    """The syllable of each character, without tone; None: ask pypinyin."""
    alone, phrases, longest = _table()
    if han in phrases:
        return phrases[han].split()
    found = [alone.get(character, "") for character in han]
    return found if all(found) and not _holds(han, phrases, longest) else None


def _holds(han: str, phrases: Collection[str], longest: int) -> bool:
    return any(
        han[start:end] in phrases
        for start in range(len(han) - 1)
        for end in range(start + 2, min(start + longest, len(han)) + 1)
    )


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, str], int]:
    """Character -> reading; phrase that is read otherwise -> its readings; the longest's length."""
    text = (Path(__file__).parent / "readings.txt").read_text(encoding="utf-8")
    characters, _, phrases = text.partition("\n\n")
    alone: dict[str, str] = {}
    for line in characters.split("\n"):
        reading, _, found = line.partition(" ")
        alone |= dict.fromkeys(found, reading)
    pairs = (line.partition(" ") for line in phrases.splitlines())
    otherwise = {phrase: readings for phrase, _, readings in pairs}
    return alone, otherwise, max(map(len, otherwise))
