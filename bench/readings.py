"""Write broadsheet/readings.txt anew from pypinyin's dictionaries: python bench/readings.py"""

from __future__ import annotations

from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TABLE = Path(__file__).parent.parent / "broadsheet" / "readings.txt"
LAST = 0xFFFF  #: characters beyond the basic plane are left to pypinyin


def table() -> str:
    """A line for each reading with its characters, an empty line, and each phrase in which a
    character is read otherwise, with its readings: the shortest, as one with another inside says
    nothing new."""
    characters: dict[str, list[str]] = {}
    for code in sorted(PINYIN_DICT):
        if code <= LAST:
            characters.setdefault(lazy_pinyin(chr(code))[0], []).append(chr(code))
    alone = {c: reading for reading, found in characters.items() for c in found}
    other = {p for p in PHRASES_DICT if lazy_pinyin(p) != [alone.get(c, c) for c in p]}
    shortest = [p for p in other if not any(part in other for part in _parts(p))]
    lines = [f"{reading} {''.join(found)}" for reading, found in sorted(characters.items())]
    return (
        "\n".join([*lines, "", *(" ".join([p, *lazy_pinyin(p)]) for p in sorted(shortest))]) + "\n"
    )


def _parts(phrase: str) -> list[str]:
    """What is in a phrase and shorter than it."""
    length = len(phrase)
    return [phrase[i:j] for i in range(length) for j in range(i + 2, length + 1) if j - i < length]


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
