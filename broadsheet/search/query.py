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
from broadsheet.search.index import BREAK, GRID, JOINED, WORD, script_order, ungrouped_words

LAST = "\uffff"  #: after every character that follows in a term


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
    covered = -1  # the last token that a term before has accounted for
    for i, token in enumerate(phrase):
        follows = phrase[i + 1].kind if i + 1 < len(phrase) else None
        precedes = phrase[i - 1].kind if i else None
        if token.kind == "word":
            if follows == "east-asian":
                terms.append(_exactly("w", token.text + JOINED + phrase[i + 1].text, i))
                covered = i + 1
            elif follows:
                terms.append(_exactly("w", token.text + BREAK, i))
            else:
                terms.append(Term("w", token.text + BREAK, token.text + JOINED + LAST, i))
        elif token.kind == "east-asian":
            if follows == "break":
                terms.append(_exactly("p", token.text + BREAK, i))
            elif covered >= i:
                continue
            elif follows == "east-asian":
                terms.append(_exactly("p", token.text + phrase[i + 1].text, i))
                covered = i + 1
            elif precedes == "east-asian":
                terms.append(_exactly("p", phrase[i - 1].text + token.text, i - 1))
            elif follows == "word":
                terms.append(_exactly("p", token.text + WORD, i))
            else:
                terms.append(Term("p", token.text, token.text + LAST, i))
    return terms


def _exactly(stream: str, term: str, offset: int) -> Term:
    return Term(stream, term, term, offset)


def read_script(path: Path) -> Any:
    """The data of a script that `index.script` wrote."""
    arguments = path.read_text("utf-8").removeprefix("broadsheetData(").removesuffix(")\n")
    return json.loads(f"[{arguments}]")[2]


class _Shards:
    """The shards of terms of a segment or a group, read as they are needed."""

    def __init__(self, folder: Path, table: Any) -> None:
        pairs: str = table["pairs"]
        self._folder = folder
        self._firsts = {"p": [pairs[at : at + 2] for at in range(0, len(pairs), 2)]}
        self._firsts["w"] = table["words"]
        self.shard = cache(self._read)  #: name -> (terms, the list of each)

    def _read(self, name: str) -> tuple[list[str], list[str]]:
        heads, lists = read_script(self._folder / f"{name}.js")
        return terms_in(name[0], heads), lists.split(END)

    def lists_of(self, term: Term) -> Iterator[list[int]]:
        """The numbers that are listed for each index term in a range."""
        keys = list(map(script_order, self._firsts[term.stream]))
        first = max(bisect_right(keys, script_order(term.low)) - 1, 0)
        for number in range(first, bisect_right(keys, script_order(term.high))):
            for name, numbers in zip(*self.shard(f"{term.stream}{number}"), strict=False):
                if _within(term, name):
                    yield decode(numbers)


def terms_in(stream: str, heads: str) -> list[str]:
    """The terms of a shard."""
    if stream == "w":
        return ungrouped_words(heads)
    return [group[0] + end for group in heads.split(END)[1:] for end in group[1:]]


def _within(term: Term, name: str) -> bool:
    return script_order(term.low) <= script_order(name) <= script_order(term.high)


class Group:
    """The files of several segments' rarer terms, read as they are needed."""

    def __init__(self, folder: Path) -> None:
        table = read_script(folder / "group.js")
        self.segments: list[str] = table["segments"]
        self._common = dict(zip("pw", map(terms_in, "pw", table["common"]), strict=True))
        self._shards = _Shards(folder, table)
        self.postings = cache(self._postings)  #: a term -> of each segment its Postings

    def _postings(self, term: Term) -> list[tuple[list[list[int]], bool]]:
        """Of each segment the lists that the group has, and whether there are more in it."""
        found: list[list[list[int]]] = [[] for _ in self.segments]
        more = [any(_within(term, name) for name in self._common[term.stream])] * len(found)
        for numbers in self._shards.lists_of(term):
            at = 0
            while at < len(numbers):
                count, segment = divmod(numbers[at], len(found))
                found[segment].append(numbers[at + 1 : at + 1 + count])
                more[segment] |= not count
                at += 1 + count
        return list(zip(found, more, strict=True))


class Segment:
    """The files of one segment, read as they are needed."""

    def __init__(self, folder: Path, group: Group | None = None) -> None:
        """`group`: that of the segment, if it is not alone."""
        self.folder = folder
        table = self.data("segment")
        sizes = decode(table["sizes"])
        self.starts = [0, *accumulate(GRID * size for size in sizes)]
        self.count = len(sizes)
        self.days: list[int] = decode(table["days"])
        self.texts: list[int] = decode(table["texts"])
        self.types, self.type_of = table["types"][0], decode(table["types"][1])
        self.sections, self.section_of = table["sections"][0], decode(table["sections"][1])
        self.shards = _Shards(folder, table)
        self._group = group
        self._number = group.segments.index(folder.name) if group else 0
        self._rows = cache(self.data)

    def data(self, name: str) -> Any:
        """The data of one of the segment's scripts: NAME.js."""
        return read_script(self.folder / f"{name}.js")

    def text(self, piece: int) -> Any:
        """A piece as results show it: address, date, page, language, title, people, text."""
        ends = list(accumulate(self.texts))
        shard = bisect_right(ends, piece)
        return self._rows(f"t{shard}")[piece - ends[shard]]

    def positions_of(self, term: Term) -> Iterator[int]:
        """Positions at which a phrase may begin for the sake of one of its terms."""
        lists, more = self._group.postings(term)[self._number] if self._group else ([], True)
        for steps in (*lists, *(self.shards.lists_of(term) if more else ())):
            for position in accumulate(steps):
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


def read_segments(folder: Path) -> Iterator[Segment]:
    """The segments of an index, newest first."""
    group = cache(lambda name: Group(folder / name))
    for name in read_script(folder / "segments.js")["names"]:
        yield Segment(folder / name, group(name.partition("/")[0]) if "/" in name else None)
