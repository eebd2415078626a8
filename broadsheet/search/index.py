"""The search index of one segment: documents -> classic scripts that a browser loads as needed.

A segment holds the pieces of a stretch of the calendar. Its text is a row of tokens: East Asian
characters, words, breaks; where a field ends, two breaks of their own, so that no phrase reaches
over them. A token's position is its place in that row. Two kinds of terms list positions:

    pairs   an East Asian character and what follows it: a character, `#` for a word, a space
            for a break; and `#` with the character that follows a word
    words   a word and what follows it: `+` for a character, a space for a break

Any phrase is then the pairs and words it consists of, at fixed distances; nothing is looked up in
the text. A single character is every pair that begins with it. Files, below search/SEGMENT/:

    segment.js  what filters and order need of each piece, and the first term of each shard
    p0.js ...   pairs; w0.js ... words; t0.js ... pieces as results show them

Each is one call of `broadsheetData(name, version, data)`. Everything follows from the documents
alone. Cost and size: bench/search.py.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from broadsheet.search.codes import END, CodePoints, as_points, as_text, encode, encode_arrays
from broadsheet.search.document import Document
from broadsheet.search.fold import fold_character, kind

#: Changes when the files' form does, so that a reader never mixes two.
FORMAT = "1"
#: What one script of postings, or of texts, weighs at most, in bytes; only a single term or piece
#: can be heavier. Larger ones load for nothing, smaller ones cost a request each.
SHARD = 36_000
TEXT_SHARD = 20_000

WORD, BREAK, JOINED = "#", " ", "+"
_FIELD_END = "\x1e\x1e"
_BREAK, _WORD, _EAST_ASIAN, _FIELD_END_KIND = range(4)
_KINDS = {"break": _BREAK, "word": _WORD, "east-asian": _EAST_ASIAN}


class Tokens(msgspec.Struct, frozen=True):
    """A segment's folded text, one entry a character."""

    codes: CodePoints
    kinds: NDArray[np.uint8]
    positions: NDArray[np.uint32]  #: of the token that the character belongs to
    field_ends: NDArray[np.uint32]  #: position of the first break after each field


class Shard(msgspec.Struct, frozen=True):
    """A run of terms in order, with their postings."""

    first: str  #: the first term
    heads: str  #: groups, each after `!`: first character, then what follows it in each term
    postings: str  #: of each term, each with `!` after it


def segment_files(name: str, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Documents in order of date, page and number -> (path below the site, text) of each file."""
    version = _version(documents)
    tokens = tokenize(documents)
    pairs = list(_pair_shards(tokens))
    words = list(_word_shards(tokens))
    texts = list(_text_shards(documents))
    for letter, shards in (("p", pairs), ("w", words)):
        for number, shard in enumerate(shards):
            data = [shard.heads, shard.postings]
            yield script(f"{name}/{letter}{number}", version, data)
    for number, rows in enumerate(texts):
        yield script(f"{name}/t{number}", version, rows)
    yield script(f"{name}/segment", version, _table(documents, tokens, pairs, words, texts))


def _version(documents: Sequence[Document]) -> str:
    """Names the segment's content in the addresses of its shards, so that no cache mixes two."""
    content = msgspec.msgpack.encode((FORMAT, documents))
    return hashlib.sha256(content).hexdigest()[:8]


def script(name: str, version: str, data: object) -> tuple[str, str]:
    """A classic script that hands `data` to the client: (path, text)."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"search/{name}.js", f'broadsheetData("{name}","{version}",{written})\n'


def tokenize(documents: Sequence[Document]) -> Tokens:
    """The folded text of all documents as one row."""
    fields = chain.from_iterable(document.fields for document in documents)
    text = "".join(chain.from_iterable((field, _FIELD_END) for field in fields))
    text = unicodedata.normalize("NFC", text)
    for character in _distinct(as_points(text)):
        folded = fold_character(character)
        if len(folded) != 1:
            text = text.replace(character, folded)
    points = as_points(text)
    code_of, kind_of = np.zeros(0x110000, np.uint32), np.zeros(0x110000, np.uint8)
    for character in _distinct(points):
        folded = fold_character(character)
        code_of[ord(character)] = ord(folded)
        kind_of[ord(character)] = _KINDS[kind(folded)]
    kind_of[ord(_FIELD_END[0])] = _FIELD_END_KIND
    kinds = kind_of[points]
    begins = kinds >= _EAST_ASIAN
    begins[:1] = True
    begins[1:] |= kinds[1:] != kinds[:-1]
    positions = np.cumsum(begins, dtype=np.uint32)
    positions -= np.uint32(1)
    return Tokens(code_of[points], kinds, positions, positions[kinds == _FIELD_END_KIND][::2])


def _distinct(points: CodePoints) -> list[str]:
    """Each character once, in the order of code points."""
    seen = np.zeros(0x110000, np.bool_)
    seen[points] = True
    return list(map(chr, np.flatnonzero(seen)))


# Pairs.


def _pair_shards(tokens: Tokens) -> Iterator[Shard]:
    keys, symbols = _pair_keys(tokens)
    starts = _term_starts(keys)
    terms = keys[starts] >> np.uint64(30)
    first = symbols[terms >> np.uint64(17)]
    second = symbols[terms & np.uint64(0x1FFFF)]
    for begin, end, postings in _cut(keys, starts):
        heads = _grouped(first[begin:end], second[begin:end])
        yield Shard(chr(first[begin]) + chr(second[begin]), heads, postings)


def _pair_keys(tokens: Tokens) -> tuple[NDArray[np.uint64], CodePoints]:
    """Sorted keys, and the symbols that ranks stand for, in the order of scripts.

    A key has 17 bits for the rank of each symbol (Unicode has fewer than 2^17 Han characters) and
    30 for the position.
    """
    kinds = tokens.kinds
    east_asian = kinds == _EAST_ASIAN
    row = np.where(kinds == _WORD, np.uint32(ord(WORD)), np.uint32(ord(BREAK)))
    np.copyto(row, tokens.codes, where=east_asian)
    symbols = as_points("".join(sorted({*_distinct(row), WORD, BREAK}, key=script_order)))
    rank = np.zeros(int(symbols.max()) + 1, np.uint32)
    rank[symbols] = np.arange(len(symbols), dtype=np.uint32)
    ranks = rank[row]
    at = np.flatnonzero(east_asian[:-1] | ((kinds[:-1] == _WORD) & east_asian[1:]))
    keys = ranks[at].astype(np.uint64)
    keys <<= np.uint64(17)
    keys |= ranks[at + 1]
    keys <<= np.uint64(30)
    keys |= tokens.positions[at]
    keys.sort()
    return keys, symbols


def script_order(text: str) -> bytes:
    """Sort key: strings as JavaScript compares them, by UTF-16 units."""
    return text.encode("utf-16-be")


def _grouped(first: CodePoints, following: CodePoints) -> str:
    """Terms of two characters, those with the same first one as a group after `!`."""
    changes = np.flatnonzero(np.diff(first, prepend=np.uint32(0)))
    inserted = np.empty(2 * len(changes), np.uint32)
    inserted[0::2], inserted[1::2] = ord(END), first[changes]
    return as_text(np.insert(following, np.repeat(changes, 2), inserted))


# Words.


def _word_shards(tokens: Tokens) -> Iterator[Shard]:
    words, positions = _words(tokens)
    if not words:
        return
    terms = sorted(set(words), key=script_order)
    rank = dict(zip(terms, range(len(terms)), strict=True))
    ranks = np.fromiter(map(rank.__getitem__, words), np.uint64, len(words))
    keys = (ranks << np.uint64(30)) | positions
    keys.sort()
    for begin, end, postings in _cut(keys, _term_starts(keys)):
        yield Shard(terms[begin], _grouped_words(terms[begin:end]), postings)


def _words(tokens: Tokens) -> tuple[list[str], NDArray[np.uint32]]:
    """All words in order, each with the mark of what follows it, and their positions."""
    inside = tokens.kinds == _WORD
    last = np.flatnonzero(inside[:-1] & ~inside[1:])
    marks = np.where(tokens.kinds[last + 1] == _EAST_ASIAN, ord(JOINED), ord(BREAK))
    spread = np.full(len(inside), ord("\n"), np.uint32)
    spread[inside] = tokens.codes[inside]
    spread[last + 1] = marks
    kept = spread != ord("\n")
    text = as_text(np.insert(spread[kept], np.cumsum(kept)[last + 1], ord("\n")))
    return text.split("\n")[:-1], tokens.positions[last]


def _grouped_words(terms: Iterable[str]) -> str:
    """As `_grouped`; a word's rest ends with its mark."""
    parts: list[str] = []
    initial = ""
    for term in terms:
        if term[0] != initial:
            initial = term[0]
            parts.append(END + initial)
        parts.append(term[1:])
    return "".join(parts)


# Both.


def _term_starts(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each term's run begins in sorted keys."""
    terms = keys >> np.uint64(30)
    starts = np.empty(len(keys), np.bool_)
    starts[:1] = True
    np.not_equal(terms[1:], terms[:-1], out=starts[1:])
    return np.flatnonzero(starts)


def _cut(keys: NDArray[np.uint64], starts: NDArray[np.int64]) -> Iterator[tuple[int, int, str]]:
    """Sorted keys -> (first term, end term, postings) of each shard."""
    if not len(keys):
        return
    positions = (keys & np.uint64((1 << 30) - 1)).astype(np.uint32)
    steps = np.diff(positions, prepend=np.uint32(0))
    steps[starts] = positions[starts]
    points, widths = encode_arrays(steps)
    point_ends = np.cumsum(np.add.reduceat(widths, starts, dtype=np.int64))
    weights = np.uint8(1) + (points >= 0x80) + (points >= 0x800)
    point_starts = np.append(0, point_ends[:-1])
    heaviness = np.cumsum(np.add.reduceat(weights, point_starts, dtype=np.int64) + 4)
    for begin, end in _runs(heaviness, SHARD):
        low = int(point_ends[begin - 1]) if begin else 0
        stops = point_ends[begin:end] - low
        run = np.insert(points[low : low + int(stops[-1])], stops, ord(END))
        yield begin, end, as_text(run)


def _runs(heaviness: NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Running totals -> half-open runs, each as long as its own total stays within `most`."""
    begin, before = 0, 0
    while begin < len(heaviness):
        end = int(np.searchsorted(heaviness, before + most, side="right"))
        end = max(end, begin + 1)
        yield begin, end
        begin, before = end, int(heaviness[end - 1])


def _text_shards(documents: Sequence[Document]) -> Iterator[list[list[object]]]:
    """Runs of documents as results show them."""
    sizes = [60 + sum(len(field.encode()) for field in document.fields) for document in documents]
    for begin, end in _runs(np.cumsum(sizes), TEXT_SHARD):
        yield [
            [
                d.href,
                d.date,
                d.page,
                d.language,
                d.title,
                d.people,
                *chain.from_iterable(d.paragraphs),
            ]
            for d in documents[begin:end]
        ]


def _table(
    documents: Sequence[Document],
    tokens: Tokens,
    pairs: Sequence[Shard],
    words: Sequence[Shard],
    texts: Sequence[Sequence[object]],
) -> dict[str, object]:
    """What filters, order and counting need: names once, a number for each document."""
    last = np.cumsum([len(document.fields) for document in documents]) - 1
    first = np.append(0, last[:-1] + 1)
    ends = tokens.field_ends.astype(np.int64)
    begins = np.append(0, ends[last[:-1]] + 2)
    title_ends = ends[first] - begins
    lead_ends = ends[np.minimum(first + 1, last)] - begins
    types, type_of = _numbered(document.type for document in documents)
    sections, section_of = _numbered(document.section for document in documents)
    people, person_of = _numbered(name for document in documents for name in document.people)
    days = Counter(document.date for document in documents)
    years = Counter(document.date[:4] for document in documents)
    return {
        "tokens": encode(np.diff(np.append(begins, ends[-1] + 2))),
        "titles": encode(title_ends),
        "leads": encode(lead_ends - title_ends),
        "years": [[int(year), count] for year, count in years.items()],
        "days": encode(days.values()),
        "types": [types, encode(type_of)],
        "sections": [sections, encode(section_of)],
        "people": [people, encode(len(d.people) for d in documents), encode(person_of)],
        "texts": encode(map(len, texts)),
        "pairs": [shard.first for shard in pairs],
        "words": [shard.first for shard in words],
    }


def _numbered(names: Iterable[str]) -> tuple[list[str], list[int]]:
    """Names -> (each one once, in order of appearance; the number of each occurrence)."""
    numbers: dict[str, int] = {}
    occurrences = [numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), occurrences
