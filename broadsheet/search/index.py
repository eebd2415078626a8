"""The search index of one segment: documents -> classic scripts that a browser loads as needed.

A segment holds the pieces of a stretch of the calendar. Its text is a row of tokens: East Asian
characters, words, breaks; where a field ends, two breaks of their own, so that no phrase reaches
over them. A token's position is its place in that row. Two kinds of terms list positions:

    pairs   an East Asian character and what follows it: a character, `#` for a word, a space
            for a break; and `#` with the character that follows a word
    words   a word and what follows it: `+` for a character, a space for a break

Any phrase is then the pairs and words it consists of, at fixed distances; nothing is looked up in
the text. A single character is every pair that begins with it; of the commonest ones, which fill
shard after shard, there is a list by piece as well. Files, below search/SEGMENT/:

    segment.js  what filters and order need of each piece; first term and version of each shard
    p0.js ...   pairs; w0.js ... words; t0.js ... pieces as results show them
    c0.js ...   each of the commonest characters by itself

Each is one call of `broadsheetData(name, version, data)`; the version is a digest of the data, so
that a cache never mixes two builds and what did not change keeps its bytes. For the same reason
every piece begins at a multiple of GRID, and shards end where a digest of the terms says: a longer
word moves no other piece, a longer list moves few boundaries. Everything follows from the documents
alone. Cost and size: bench/search.py.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec
import numpy as np
from numpy.typing import NDArray

from broadsheet.search.codes import END, CodePoints, as_points, as_text, encode, encode_arrays
from broadsheet.search.document import Document
from broadsheet.search.fold import fold_character, kind

#: What one script of postings, or of texts, weighs at most, in bytes; only a single term or piece
#: can be heavier. A browser takes some 3 ms for a script from a folder, whatever its size; over a
#: network the bytes count, most of them unasked for.
SHARD = TEXT_SHARD = 12_000
COMMON = 8_000  #: occurrences that make a list by piece smaller than the pairs
GRID = 32  #: tokens; also how exactly the client's table tells the piece of a position

WORD, BREAK, JOINED = "#", " ", "+"
_FIELD_END = "\x1e"
_BREAK, _WORD, _EAST_ASIAN, _FIELD_END_KIND = range(4)
_KINDS = {"break": _BREAK, "word": _WORD, "east-asian": _EAST_ASIAN}


class Tokens(msgspec.Struct, frozen=True):
    """A segment's folded text, one entry a character."""

    codes: CodePoints
    kinds: NDArray[np.uint8]
    positions: NDArray[np.uint32]  #: of the token that the character belongs to
    begins: NDArray[np.int64]  #: position of each piece's first token, and the end of all
    title_ends: NDArray[np.int64]  #: position of the break behind each piece's headline
    lead_ends: NDArray[np.int64]  #: the same behind its first paragraph


class Shard(msgspec.Struct, frozen=True):
    """A run of terms in order, with their postings."""

    first: str  #: the first term
    heads: str  #: groups, each after `!`: first character, then what follows it in each term
    postings: str  #: of each term, each with `!` after it


def segment_files(name: str, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Documents in order of date, page and number -> (path below the site, text) of each file."""
    tokens = tokenize(documents)
    table = _table(documents, tokens)
    texts = list(_text_shards(documents))
    common = _common_characters(tokens)
    table["common"] = "".join(common)
    table["texts"] = encode(map(len, texts))
    pairs, words = list(_pair_shards(tokens)), list(_word_shards(tokens))
    table["pairs"] = "".join(shard.first for shard in pairs)
    table["words"] = [shard.first for shard in words]
    shards_of: dict[str, Iterable[object]] = {
        "p": pairs,
        "w": words,
        "t": texts,
        "c": common.values(),
    }
    versions = dict.fromkeys(shards_of, "")
    for letter, shards in shards_of.items():
        for number, shard in enumerate(shards):
            data = [shard.heads, shard.postings] if isinstance(shard, Shard) else shard
            version, text = _versioned(f"{name}/{letter}{number}", data)
            versions[letter] += version
            yield _path(f"{name}/{letter}{number}"), text
    table["versions"] = versions
    yield script(f"{name}/segment", table)


def script(name: str, data: object) -> tuple[str, str]:
    """A classic script that hands `data` to the client: (path below the site, text)."""
    return _path(name), _versioned(name, data)[1]


def _path(name: str) -> str:
    return f"search/{name}.js"


def _versioned(name: str, data: object) -> tuple[str, str]:
    """(a digest of four characters, the text of a script that holds both)."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(written.encode()).digest()
    version = base64.urlsafe_b64encode(digest[:3]).decode()
    return version, f'broadsheetData("{name}","{version}",{written})\n'


def tokenize(documents: Sequence[Document]) -> Tokens:
    """The folded text of all documents as one row."""
    points = as_points(_folded(documents))
    kind_of = np.zeros(0x110000, np.uint8)
    for character in _distinct(points):
        kind_of[ord(character)] = _KINDS[kind(character)]
    kind_of[ord(_FIELD_END)] = _FIELD_END_KIND
    kinds = kind_of[points]
    begins = kinds >= _EAST_ASIAN
    begins[:1] = True
    begins[1:] |= kinds[1:] != kinds[:-1]
    positions = np.cumsum(begins, dtype=np.uint32)
    positions -= np.uint32(1)
    # Where pieces begin so far, in tokens, and where they shall.
    last = np.cumsum([len(document.fields) for document in documents]) - 1
    character_ends = np.flatnonzero(kinds == _FIELD_END_KIND)[2 * last + 1] + 1
    ends = positions[character_ends - 1].astype(np.int64) + 1
    lengths = np.diff(ends, prepend=0)
    begin_at = np.append(0, np.cumsum(-(-lengths // GRID) * GRID))
    moves = (begin_at[:-1] - (ends - lengths)).astype(np.uint32)
    positions += np.repeat(moves, np.diff(character_ends, prepend=0))
    field_ends = positions[kinds == _FIELD_END_KIND][::2].astype(np.int64)
    first = np.append(0, last[:-1] + 1)
    lead_ends = field_ends[np.minimum(first + 1, last)]
    return Tokens(points, kinds, positions, begin_at, field_ends[first], lead_ends)


def _folded(documents: Sequence[Document]) -> str:
    """All fields as fold.fold gives them, each with two marks of its end behind it."""
    fields = chain.from_iterable(document.fields for document in documents)
    text = "".join(field.replace(_FIELD_END, " ") + 2 * _FIELD_END for field in fields)
    points = as_points(unicodedata.normalize("NFC", text))
    code_of = np.zeros(0x110000, np.uint32)
    several: list[tuple[str, str]] = []
    for character in _distinct(points):
        folded = fold_character(character)
        code_of[ord(character)] = ord(folded if len(folded) == 1 else character)
        if len(folded) != 1:
            several.append((character, folded))
    text = as_text(code_of[points])
    for character, folded in several:
        text = text.replace(character, folded)
    return unicodedata.normalize("NFC", text)


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
    digests = _digests((first.astype(np.uint64) << np.uint64(32)) | second)
    for begin, end, postings in _cut(keys, starts, digests):
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
    paired = east_asian[:-1] | ((kinds[:-1] == _WORD) & east_asian[1:])
    keys = ranks[:-1][paired].astype(np.uint64)
    keys <<= np.uint64(17)
    keys |= ranks[1:][paired]
    keys <<= np.uint64(30)
    keys |= tokens.positions[:-1][paired]
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
    for begin, end, postings in _cut(keys, _term_starts(keys), _crc(terms)):
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


# Characters.


def _common_characters(tokens: Tokens) -> dict[str, str]:
    """Each of the commonest East Asian characters -> for every piece a number, coded.

    A number is three times how often the character occurs, and 2 more if it does in the headline,
    else 1 more if in the lead: what ranks a piece (docs/search.md) without its positions.
    """
    frequent = map(chr, np.flatnonzero(np.bincount(tokens.codes) >= COMMON))
    common = [character for character in frequent if kind(character) == "east-asian"]
    row_of = np.zeros(int(tokens.codes.max(initial=0)) + 1, np.uint8)
    row_of[list(map(ord, common))] = np.arange(1, len(common) + 1)
    rows = row_of[tokens.codes]
    at = np.flatnonzero(rows)
    numbers = _by_piece(rows[at] - np.uint8(1), tokens.positions[at], len(common), tokens)
    return {c: as_text(encode_arrays(row)[0]) for c, row in zip(common, numbers, strict=True)}


def _by_piece(
    rows: NDArray[np.uint8], positions: NDArray[np.uint32], many: int, tokens: Tokens
) -> NDArray[np.int64]:
    """The characters' rows and positions -> the numbers of `_common_characters`, row by piece."""
    count = len(tokens.title_ends)
    piece_at = np.repeat(np.arange(count), np.diff(tokens.begins) // GRID)
    pieces = piece_at[positions // GRID]
    cells = rows.astype(np.int64) * count + pieces
    hits, titles, leads = (
        np.bincount(some, minlength=many * count).reshape(many, count)
        for some in (
            cells,
            cells[positions < tokens.title_ends[pieces]],
            cells[positions < tokens.lead_ends[pieces]],
        )
    )
    return 3 * hits + np.where(titles > 0, 2, leads > 0)


# All.


def _term_starts(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each term's run begins in sorted keys."""
    terms = keys >> np.uint64(30)
    starts = np.empty(len(keys), np.bool_)
    starts[:1] = True
    np.not_equal(terms[1:], terms[:-1], out=starts[1:])
    return np.flatnonzero(starts)


def _cut(
    keys: NDArray[np.uint64], starts: NDArray[np.int64], digests: NDArray[np.uint64]
) -> Iterator[tuple[int, int, str]]:
    """Sorted keys, and a digest of each term -> (first term, end term, postings) of each shard."""
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
    for begin, end in _runs(heaviness, digests, SHARD):
        low = int(point_ends[begin - 1]) if begin else 0
        stops = point_ends[begin:end] - low
        run = np.insert(points[low : low + int(stops[-1])], stops, ord(END))
        yield begin, end, as_text(run)


def _runs(
    heaviness: NDArray[np.int64], digests: NDArray[np.uint64], most: int
) -> Iterator[tuple[int, int]]:
    """Running totals -> half-open runs, each as long as its own total stays within `most`.

    In its last quarter a run ends before the item with the least digest, so that runs soon are the
    same ones again behind an item that grew.
    """
    begin, before, many = 0, 0, len(heaviness)
    while begin < many:
        early, late = np.searchsorted(heaviness, (before + most * 3 // 4, before + most), "right")
        end = max(int(late), begin + 1)
        if end < many:
            early = max(int(early), begin + 1)
            end = early + int(np.argmin(digests[early : end + 1]))
        yield begin, end
        begin, before = end, int(heaviness[end - 1])


def _digests(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers -> numbers in no order (multiplied by the golden ratio; the high half says most)."""
    return (values * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)


def _crc(texts: Iterable[str]) -> NDArray[np.uint64]:
    return np.fromiter((zlib.crc32(text.encode()) for text in texts), np.uint64)


def _text_shards(documents: Sequence[Document]) -> Iterator[list[list[object]]]:
    """Runs of documents as results show them."""
    sizes = [60 + sum(len(field.encode()) for field in document.fields) for document in documents]
    digests = _crc(document.href for document in documents)
    for begin, end in _runs(np.cumsum(sizes), digests, TEXT_SHARD):
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


def _table(documents: Sequence[Document], tokens: Tokens) -> dict[str, object]:
    """What filters, order and counting need: names once, a number for each document."""
    types, type_of = _numbered(document.type for document in documents)
    sections, section_of = _numbered(document.section for document in documents)
    people, person_of = _numbered(name for document in documents for name in document.people)
    days = Counter(document.date for document in documents)
    years = Counter(document.date[:4] for document in documents)
    return {
        "sizes": encode(np.diff(tokens.begins) // GRID),
        "titles": encode(tokens.title_ends - tokens.begins[:-1]),
        "leads": encode(tokens.lead_ends - tokens.title_ends),
        "years": [[int(year), count] for year, count in years.items()],
        "days": encode(days.values()),
        "types": [types, encode(type_of)],
        "sections": [sections, encode(section_of)],
        "people": [people, encode(person_of), encode(len(d.people) for d in documents)],
    }


def _numbered(names: Iterable[str]) -> tuple[list[str], list[int]]:
    """Names -> (each one once, in order of appearance; the number of each occurrence)."""
    numbers: dict[str, int] = {}
    occurrences = [numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), occurrences
