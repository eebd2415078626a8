"""The same questions as templates/assets/search.js answers, asked from Python of the same files.

    威特科夫            pieces that hold these characters in a row
    美国 特使           both; spaces and punctuation part words that must all occur
    "New York"          a phrase: what stands in quotes keeps together
    特使 -丹麦          the first without the second
    普京 | 泽连斯基     either

Letters and figures are whole words. docs/search.md says more.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

import msgspec

from broadsheet.search.codes import END, decode
from broadsheet.search.fold import Kind, fold, kind
from broadsheet.search.index import BREAK, GRID, JOINED, WORD, script_order


class Token(msgspec.Struct, frozen=True):
    kind: Kind
    text: str


Phrase = tuple[Token, ...]


class Alternative(msgspec.Struct, frozen=True):
    """What must, and what must not occur; no wanted phrase means every piece."""

    must: tuple[Phrase, ...]
    without: tuple[Phrase, ...] = ()


class Term(msgspec.Struct, frozen=True):
    """Index terms from `low` to `high`, which stand `offset` tokens after the phrase's begin."""

    stream: str  #: p for pairs, w for words
    low: str
    high: str
    offset: int


def tokenize(text: str) -> Phrase:
    """Folded tokens: East Asian characters one by one, words, breaks."""
    tokens: list[Token] = []
    for kind_, run in groupby(fold(text), key=kind):
        if kind_ == "east-asian":
            tokens.extend(Token(kind_, character) for character in run)
        else:
            tokens.append(Token(kind_, "".join(run)))
    return tuple(tokens)


_CHUNK = re.compile(r"(\|)|(-?)(?:\"([^\"|]*)\"?|“([^”|]*)”?|「([^」|]*)」?|([^\s\"“「|]+))")


def parse(line: str) -> tuple[Alternative, ...]:
    """A line of words -> the alternatives it asks for; at least one."""
    alternatives: list[tuple[list[Phrase], list[Phrase]]] = [([], [])]
    for bar, minus, *quoted, plain in _CHUNK.findall(unicodedata.normalize("NFKC", line)):
        if bar:
            alternatives.append(([], []))
            continue
        found = _split(tokenize(plain)) if plain else [_trimmed(tokenize("".join(quoted)))]
        alternatives[-1][bool(minus)].extend(phrase for phrase in found if phrase)
    asked = [Alternative(tuple(must), tuple(no)) for must, no in alternatives if must or no]
    return tuple(asked) or (Alternative(()),)


def _trimmed(tokens: Phrase) -> Phrase:
    if tokens and tokens[0].kind == "break":
        tokens = tokens[1:]
    if tokens and tokens[-1].kind == "break":
        tokens = tokens[:-1]
    return tokens


def _split(tokens: Phrase) -> list[Phrase]:
    """Phrases between the breaks."""
    runs = groupby(tokens, key=lambda token: token.kind == "break")
    return [tuple(run) for is_break, run in runs if not is_break]


def terms_of(phrase: Phrase) -> list[Term]:
    """The terms that together, each at its offset, are the phrase (see index.py)."""
    terms: list[Term] = []
    covered = -1  # the last token that a pair has accounted for
    for i, token in enumerate(phrase):
        follows = phrase[i + 1].kind if i + 1 < len(phrase) else None
        precedes = phrase[i - 1].kind if i else None
        if token.kind == "word":
            joined = follows == "east-asian"
            low = token.text + (JOINED if joined else BREAK)
            terms.append(Term("w", low, low if follows else token.text + JOINED, i))
        elif token.kind == "east-asian":
            if follows == "break":
                terms.append(_pair(token.text, BREAK, i))
            elif covered >= i:
                continue
            elif follows == "east-asian":
                terms.append(_pair(token.text, phrase[i + 1].text, i))
                covered = i + 1
            elif precedes == "east-asian":
                terms.append(_pair(phrase[i - 1].text, token.text, i - 1))
            elif follows == "word":
                terms.append(_pair(token.text, WORD, i))
            elif precedes == "word":
                terms.append(_pair(WORD, token.text, i - 1))
            else:
                terms.append(Term("p", token.text, token.text + "\uffff", i))
    return terms


def _pair(first: str, second: str, offset: int) -> Term:
    return Term("p", first + second, first + second, offset)


def read_script(path: Path) -> Any:
    """The data of a script that `index.script` wrote."""
    arguments = path.read_text("utf-8").removeprefix("broadsheetData(").removesuffix(")\n")
    return json.loads(f"[{arguments}]")[2]


class Segment:
    """The files of one segment, read as they are needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        table = self.data("segment")
        sizes = decode(table["sizes"])
        self.starts = [0, *accumulate(GRID * size for size in sizes)]
        self.count = len(sizes)
        self.days: list[int] = decode(table["days"])
        self.texts: list[int] = decode(table["texts"])
        self.types, self.type_of = table["types"][0], decode(table["types"][1])
        self.sections, self.section_of = table["sections"][0], decode(table["sections"][1])
        pairs: str = table["pairs"]
        firsts = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
        self._directory = {"p": firsts, "w": table["words"]}
        self.shard = cache(self._read_shard)  #: name -> (terms, postings of each)
        self._rows = cache(self.data)

    def data(self, name: str) -> Any:
        """The data of one of the segment's scripts: NAME.js."""
        return read_script(self.folder / f"{name}.js")

    def text(self, piece: int) -> Any:
        """A piece as results show it: address, date, page, language, title, people, text."""
        ends = list(accumulate(self.texts))
        shard = bisect_right(ends, piece)
        return self._rows(f"t{shard}")[piece - ends[shard]]

    def _read_shard(self, name: str) -> tuple[list[str], list[str]]:
        heads, postings = self.data(name)
        terms: list[str] = []
        for group in heads.split(END)[1:]:
            first, rest = group[0], group[1:]
            is_word = first != WORD and kind(first) == "word"
            ends = re.findall("[^ +]*[ +]", rest) if is_word else rest
            terms.extend(first + end for end in ends)
        return terms, postings.split(END)

    def positions_of(self, term: Term) -> Iterator[int]:
        """Positions at which a phrase may begin for the sake of one of its terms."""
        low, high = script_order(term.low), script_order(term.high)
        keys = list(map(script_order, self._directory[term.stream]))
        for number in range(max(bisect_right(keys, low) - 1, 0), bisect_right(keys, high)):
            for name, postings in zip(*self.shard(f"{term.stream}{number}"), strict=False):
                if low <= script_order(name) <= high:
                    for position in accumulate(decode(postings)):
                        yield position - term.offset

    def holding(self, phrase: Phrase) -> set[int]:
        """Numbers of the pieces that hold a phrase."""
        found = set.intersection(*(self._begins(term) for term in terms_of(phrase)))
        return {bisect_right(self.starts, position) - 1 for position in found}

    def _begins(self, term: Term) -> set[int]:
        return set(self.positions_of(term))

    def answer(self, question: Sequence[Alternative]) -> set[int]:
        """Numbers of the pieces that a question asks for."""
        found: set[int] = set()
        for one in question:
            pieces = set(range(self.count))
            for phrase in one.must:
                pieces &= self.holding(phrase)
            for phrase in one.without:
                pieces -= self.holding(phrase)
            found |= pieces
        return found
