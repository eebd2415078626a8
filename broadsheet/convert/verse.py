"""Verse: rows that are lines of a poem and stay lines, however short they are.

A column's rows are of one width and break anywhere. Lines of verse are of a width of their own, or
of the same few syllables each with its mark at the end, and a line never ends inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadsheet.convert.language import HAN

#: Lines of the shortest poem in free verse; of two lines in one measure a couplet is made.
_LINES = 4
#: Characters of the longest line of Chinese verse, words and letters of the longest English one.
_LONGEST, _MOST_WORDS, _LONGEST_LATIN = 16, 12, 60
#: Phrases of classical verse have as many characters, all the same.
_MEASURES = (5, 7)
_PHRASE_END = re.compile(r"[，。；！？、,;!?]")
#: What stands inside no line of verse: it ends one, or belongs to lists, headers and signatures.
_PROSE = re.compile(r"[，、。！？；：:|/／\dA-Za-z（(【\[●○■□◆◇★☆▲△※].")
#: Characters without which nobody speaks; lists of names and headings do.
_SPEECH = re.compile("[的了着著是不我你他她它把被像沒没與与和就也都又還还在里裡呀啊]")
#: No column is as narrow as this.
_NARROWER = 8
#: Rows that fill a column differ by no more than this; in one, most rows do.
_RAGGED = 1
_CAPITAL = re.compile(r"[\"“‘'(]?[A-Z]")
_SMALL = re.compile(r"[a-z]")
_WORDS_OF_SPEECH = re.compile(
    r"(?i)\b(?:a|an|and|are|as|at|but|by|for|from|her|his|i|in|is|it|me|my|no|not|o|of|on|or|our|she"
    r"|so|that|the|thee|their|them|then|they|thou|thy|to|was|we|were|when|where|with|you|your)\b"
)
#: Share of the words inside lines that begin with a small letter; headlines capitalise theirs.
_MOSTLY_SMALL = 0.6


def is_verse(rows: Sequence[str]) -> bool:
    """Whether the rows of a box are the lines of a poem, or of one of its stanzas."""
    lines = [line for row in rows if (line := row.strip())]
    if len(lines) < 2:
        return False
    return _is_chinese(lines) if HAN.search(lines[0]) else _is_english(lines)


def _is_chinese(lines: list[str]) -> bool:
    phrases = [phrase.strip() for line in lines for phrase in _PHRASE_END.split(line)[:-1]]
    sizes = {len(phrase) for phrase in phrases}
    ended = all(_PHRASE_END.match(line[-1]) for line in lines)
    if ended and len(phrases) >= _LINES and len(sizes) == 1 and sizes.issubset(_MEASURES):
        return all(map(HAN.match, phrases))
    if len(lines) < _LINES or any(map(_PROSE.search, lines)):
        return False
    lengths = [len(line) for line in lines]
    widest = max(lengths)
    if widest > _LONGEST or not all(map(HAN.search, lines)):
        return False
    speaking = sum(bool(_SPEECH.search(line)) for line in lines)
    full = sum(length >= widest - _RAGGED for length in lengths)
    no_column = ended or widest <= _NARROWER or 2 * full <= len(lines)
    return 2 * speaking >= len(lines) and no_column


def _is_english(lines: list[str]) -> bool:
    if len(lines) < _LINES or not all(map(_CAPITAL.match, lines)):
        return False
    words = [line.split() for line in lines]
    if max(map(len, words)) > _MOST_WORDS or max(map(len, lines)) > _LONGEST_LATIN:
        return False
    inside = [word for line in words for word in line[1:]]
    small = sum(bool(_SMALL.match(word)) for word in inside)
    speaking = sum(bool(_WORDS_OF_SPEECH.search(line)) for line in lines)
    figures = sum(any(map(str.isdigit, line)) for line in lines)
    goes_on = sum(line[-1] not in ".!?" for line in lines)
    return (
        small >= _MOSTLY_SMALL * len(inside)
        and 2 * speaking >= len(lines)
        and 4 * figures <= len(lines)
        and 2 * goes_on >= len(lines)
    )
