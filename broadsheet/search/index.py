"""The search index: documents -> classic scripts that a browser loads as needed.

A segment holds the pieces of a stretch of the calendar. Its text is a row of tokens: East Asian
characters, words, breaks; where a field ends, two breaks of their own, so that no phrase reaches
over them. A token's position is its place in that row. Two kinds of terms list positions:

    pairs   an East Asian character and what follows it: a character, `#` for a word, a space
            for a break
    words   a word and what follows it: `+` and a character, or a space for a break

Any phrase is then the pairs and words it consists of, at fixed distances; nothing is looked up in
the text. A single character is every pair that begins with it; of the commonest ones, which fill
shard after shard, there is a list by piece as well. Files, below search/SEGMENT/:

    segment.js  what filters and order need of each piece; first term and version of each shard
    p0.js ...   pairs; w0.js ... words; t0.js ... pieces as results show them
    c0.js ...   each of the commonest characters by itself

Segments that lie together are a group (segments.py), GROUP/SEGMENT. Of a term that occurs seldom
in a segment the group has the positions, beside those of its other segments, so that a browser asks
for one script and not for one of each segment. Files, below search/GROUP/:

    group.js    its segments; first term and version of each shard; terms that are in none of them
    p0.js ...   pairs; w0.js ... words: of each segment that has the term its number and, where
                it occurs there seldom, its positions

Each is one call of `broadsheetData(name, version, data)`; the version is a digest of the data, so
that a cache never mixes two builds and what did not change keeps its bytes. For the same reason
every piece begins at a multiple of GRID, and shards end where a digest of the terms says: a longer
word moves no other piece, a longer list moves few boundaries. Everything follows from the documents
alone. Cost and size: bench/search.py.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain, compress, pairwise
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from broadsheet.search.codes import (
    END,
    CodePoints,
    Integers,
    as_points,
    as_text,
    encode,
    encode_arrays,
)
from broadsheet.search.document import Document
from broadsheet.search.fold import fold_character, kind

#: What one script of postings, or of texts, weighs at most, in bytes; only a single term or piece
#: can be heavier. A browser takes some 3 ms for a script from a folder, whatever its size; over a
#: network the bytes count, most of them unasked for.
SHARD = TEXT_SHARD = 12_000
COMMON = 8_000  #: occurrences that make a list by piece smaller than the pairs
BLOCK = 512  #: code points whose pairs a group has in shards of their own: memory follows it
SELDOM = 64  #: occurrences in a segment at most of a term whose positions the group has
GRID = 32  #: tokens; also how exactly the client's table tells the piece of a position

WORD, BREAK, JOINED = "#", " ", "+"
_REST = re.compile(r"[^ +]*(?: |\+.)", re.DOTALL)  #: a word behind its first character
_FIELD_END = "\x1e"
_BREAK, _WORD, _EAST_ASIAN, _FIELD_END_KIND = range(4)
Ranks = NDArray[np.unsignedinteger[Any]]
_KINDS = {"break": _BREAK, "word": _WORD, "east-asian": _EAST_ASIAN}


class Tokens(msgspec.Struct, frozen=True):
    """A segment's folded text, one entry a character."""

    codes: CodePoints
    kinds: NDArray[np.uint8]
    positions: NDArray[np.uint32]  #: of the token that the character belongs to
    characters: list[str]  #: each East Asian one that occurs once, in the order of code points
    begins: NDArray[np.int64]  #: position of each piece's first token, and the end of all
    title_ends: NDArray[np.int64]  #: position of the break behind each piece's headline
    lead_ends: NDArray[np.int64]  #: the same behind its first paragraph


class Lists(msgspec.Struct, frozen=True):
    """The postings of sorted terms, coded, one list behind the other, each with END."""

    counts: NDArray[np.int64]  #: positions of each term
    points: CodePoints
    ends: NDArray[np.int64]  #: of each term's list in `points`

    @property
    def widths(self) -> NDArray[np.int64]:
        """Code points of each list."""
        return np.diff(self.ends, prepend=0)


class Pairs(msgspec.Struct, frozen=True):
    """Terms of two characters, in the order of scripts."""

    first: CodePoints
    second: CodePoints


class Shard(msgspec.Struct, frozen=True):
    """A run of terms in order, with their postings."""

    first: str  #: the first term
    heads: str  #: groups, each after `!`: first character, then what follows it in each term
    postings: str  #: of each term, each with `!` after it


class Share(msgspec.Struct, frozen=True):
    """What a segment's group needs of one kind of its terms; `count` 0 says: in the segment."""

    heads: str  #: as in a shard
    counts: bytes  #: uint8: positions of each term
    ends: bytes  #: int32: of each term's list in `lists`
    lists: str

    def of(self, terms: slice) -> tuple[NDArray[np.uint8], NDArray[np.int32], CodePoints]:
        """(counts, code points of each list, the lists) of some terms."""
        ends = np.frombuffer(self.ends, "<i4")
        before = int(ends[terms.start - 1]) if terms.start else 0
        widths = np.diff(ends[terms], prepend=np.int32(before))
        listed = as_points(self.lists[before : before + int(widths.sum())])
        return np.frombuffer(self.counts, np.uint8)[terms], widths, listed


class Shares(msgspec.Struct, frozen=True):
    """What a group needs of a segment."""

    name: str  #: without the group's
    version: str  #: of segment.js
    pairs: Share
    words: Share


def segment_files(name: str, documents: Sequence[Document]) -> Iterator[tuple[str, bytes]]:
    """Documents in order of date, page and number -> (path below the site, text) of each file.

    `name` is SEGMENT or GROUP/SEGMENT; for a group the last one is no file: its path is "", its
    content what `group_files` needs.
    """
    tokens = tokenize(documents)
    table = _table(documents, tokens)
    texts = list(_text_shards(documents))
    common = _common_characters(tokens)
    table["common"] = "".join(common)
    table["texts"] = encode(map(len, texts))
    pairs, pair_lists = _pairs(tokens)
    words, word_lists = _words(tokens)
    own = [lists.counts > (SELDOM if "/" in name else 0) for lists in (pair_lists, word_lists)]
    yield from _term_files(
        name,
        table,
        _pair_shards(_those(pairs, own[0]), _chosen(pair_lists, own[0])),
        _word_shards(list(compress(words, own[1])), _chosen(word_lists, own[1])),
    )
    for letter, shards in (("t", texts), ("c", common.values())):
        table["versions"][letter] = yield from _numbered_files(f"{name}/{letter}", shards)
    version, content = _versioned(f"{name}/segment", table)
    yield _path(f"{name}/segment"), content
    if "/" in name:
        shares = Shares(
            name.rpartition("/")[2],
            version,
            _share(_all_grouped(pairs), pair_lists, own[0]),
            _share(_grouped_words(words), word_lists, own[1]),
        )
        yield "", msgspec.msgpack.encode(shares)


def group_files(name: str, shares: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """What each segment had for the group, in the order of the calendar -> the group's files."""
    given = [msgspec.msgpack.decode(packed, type=Shares) for packed in shares]
    table: dict[str, Any] = {
        "segments": [share.name for share in given],
        "built": "".join(share.version for share in given),
        "common": ["", ""],
    }
    yield from _term_files(
        name,
        table,
        _group_pair_shards([share.pairs for share in given], table["common"]),
        _group_word_shards([share.words for share in given], table["common"]),
    )
    yield script(f"{name}/group", table)


def _term_files(
    name: str, table: dict[str, Any], pairs: Iterable[Shard], words: Iterable[Shard]
) -> Iterator[tuple[str, bytes]]:
    """The files of all postings; the table learns their versions, and which has which terms."""
    table["versions"] = {}
    for letter, key, shards in (("p", "pairs", pairs), ("w", "words", words)):
        firsts: list[str] = []
        written = _noted(shards, firsts)
        table["versions"][letter] = yield from _numbered_files(f"{name}/{letter}", written)
        table[key] = firsts if letter == "w" else "".join(firsts)


def _noted(shards: Iterable[Shard], firsts: list[str]) -> Iterator[list[str]]:
    """What is written of each shard; `firsts` learns its first term."""
    for shard in shards:
        firsts.append(shard.first)
        yield [shard.heads, shard.postings]


def _numbered_files(name: str, shards: Iterable[object]) -> Generator[tuple[str, bytes], None, str]:
    """NAME0.js, NAME1.js ..., and in the end their versions."""
    versions = ""
    for number, data in enumerate(shards):
        version, content = _versioned(f"{name}{number}", data)
        versions += version
        yield _path(f"{name}{number}"), content
    return versions


def script(name: str, data: object) -> tuple[str, bytes]:
    """A classic script that hands `data` to the client: (path below the site, content)."""
    return _path(name), _versioned(name, data)[1]


def _path(name: str) -> str:
    return f"search/{name}.js"


def _versioned(name: str, data: object) -> tuple[str, bytes]:
    """(a digest of four characters, the content of a script that holds both)."""
    written = msgspec.json.encode(data)
    version = base64.urlsafe_b64encode(hashlib.sha256(written).digest()[:3])
    content = b'broadsheetData("%b","%b",%b)\n' % (name.encode(), version, written)
    return version.decode(), content


def tokenize(documents: Sequence[Document]) -> Tokens:
    """The folded text of all documents as one row."""
    fields = [document.fields for document in documents]
    points = as_points(_folded(chain.from_iterable(fields)))
    kind_of = np.zeros(0x110000, np.uint8)
    characters = _distinct(points)
    kind_of[list(map(ord, characters))] = [_KINDS[kind(character)] for character in characters]
    kind_of[ord(_FIELD_END)] = _FIELD_END_KIND
    kinds = kind_of.take(points)
    begins = kinds >= _EAST_ASIAN
    begins[:1] = True
    begins[1:] |= kinds[1:] != kinds[:-1]
    positions = np.cumsum(begins, dtype=np.uint32)
    positions -= np.uint32(1)
    # Where pieces begin so far, in tokens, and where they shall.
    last = np.cumsum(list(map(len, fields))) - 1
    character_ends = np.flatnonzero(kinds == _FIELD_END_KIND)[2 * last + 1] + 1
    ends = positions[character_ends - 1].astype(np.int64) + 1
    lengths = np.diff(ends, prepend=0)
    begin_at = np.append(0, np.cumsum(-(-lengths // GRID) * GRID))
    moves = (begin_at[:-1] - (ends - lengths)).astype(np.uint32)
    positions += np.repeat(moves, np.diff(character_ends, prepend=0))
    field_ends = positions[kinds == _FIELD_END_KIND][::2].astype(np.int64)
    first = np.append(0, last[:-1] + 1)
    lead_ends = field_ends[np.minimum(first + 1, last)]
    east_asian = [c for c in characters if kind_of[ord(c)] == _EAST_ASIAN]
    return Tokens(points, kinds, positions, east_asian, begin_at, field_ends[first], lead_ends)


def _folded(fields: Iterable[str]) -> str:
    """All fields as fold.fold gives them, each with two marks of its end behind it."""
    end = 2 * _FIELD_END
    text = end.join([*(field.replace(_FIELD_END, " ") for field in fields), ""])
    points = as_points(unicodedata.normalize("NFC", text))
    code_of = np.zeros(0x110000, np.uint32)
    several: list[tuple[str, str]] = []
    for character in _distinct(points):
        folded = fold_character(character)
        code_of[ord(character)] = ord(folded if len(folded) == 1 else character)
        if len(folded) != 1:
            several.append((character, folded))
    text = as_text(code_of.take(points))
    for character, folded in several:
        text = text.replace(character, folded)
    return unicodedata.normalize("NFC", text)


def _distinct(points: CodePoints) -> list[str]:
    """Each character once, in the order of code points."""
    seen = np.zeros(0x110000, np.bool_)
    seen[points] = True
    return list(map(chr, np.flatnonzero(seen)))


# Pairs.


def _pairs(tokens: Tokens) -> tuple[Pairs, Lists]:
    """All pairs in order, with their postings."""
    ranks, symbols = _ranked(tokens)
    at = np.flatnonzero(tokens.kinds[:-1] == _EAST_ASIAN).astype(np.uint32)
    at = at.take(np.argsort(ranks.take(at + 1), kind="stable"))
    at = at.take(np.argsort(ranks.take(at), kind="stable"))
    first, second = ranks.take(at), ranks.take(at + 1)
    starts = _run_starts(first, second)
    pairs = Pairs(symbols[first[starts]], symbols[second[starts]])
    return pairs, _lists(tokens.positions.take(at), starts)


def _pair_shards(pairs: Pairs, lists: Lists) -> Iterator[Shard]:
    digests = _digests((pairs.first.astype(np.uint64) << np.uint64(32)) | pairs.second)
    runs, postings = _cut(lists, digests)
    heads = _grouped(pairs, [end for _, end in runs])
    for (begin, _), head, listed in zip(runs, heads, postings, strict=True):
        yield Shard(chr(pairs.first[begin]) + chr(pairs.second[begin]), head, listed)


def _those(pairs: Pairs, which: slice | NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
    return Pairs(pairs.first[which], pairs.second[which])


def _ranked(tokens: Tokens) -> tuple[Ranks, CodePoints]:
    """What a pair says of each character of the row, as a rank in the order of scripts; what
    ranks stand for."""
    row = np.where(tokens.kinds == _WORD, np.uint32(ord(WORD)), np.uint32(ord(BREAK)))
    np.copyto(row, tokens.codes, where=tokens.kinds == _EAST_ASIAN)
    symbols = as_points("".join(sorted([*tokens.characters, WORD, BREAK], key=script_order)))
    rank = np.zeros(int(symbols.max()) + 1, _ranks_below(len(symbols)))
    rank[symbols] = np.arange(len(symbols))
    return rank.take(row), symbols


def _ranks_below(count: int) -> type[np.unsignedinteger[Any]]:
    """The type of ranks: NumPy sorts what has 16 bits by counting, in half the time."""
    return np.uint16 if count <= 1 << 16 else np.uint32


def script_order(text: str) -> bytes:
    """Sort key: strings as JavaScript compares them, by UTF-16 units."""
    return text.encode("utf-16-be")


def _grouped(pairs: Pairs, ends: Sequence[int]) -> Iterator[str]:
    """Runs of terms of two characters that end there, those with the same first one as a group
    after `!`."""
    changes = np.diff(pairs.first, prepend=np.uint32(0)) != 0
    changes[list(ends[:-1])] = True
    begins = np.flatnonzero(changes)
    inserted = np.empty(2 * len(begins), np.uint32)
    inserted[0::2], inserted[1::2] = ord(END), pairs.first[begins]
    text = as_text(np.insert(pairs.second, np.repeat(begins, 2), inserted))
    edges = [0, *(np.array(ends) + 2 * np.searchsorted(begins, ends)).tolist()]
    return (text[begin:end] for begin, end in pairwise(edges))


def _all_grouped(pairs: Pairs) -> str:
    """The same as one run."""
    return next(_grouped(pairs, [len(pairs.first)]))


def _ungrouped(heads: str) -> Pairs:
    """The inverse of `_all_grouped`."""
    points = as_points(heads)
    marks = np.flatnonzero(points == ord(END))
    sizes = np.diff(marks, append=len(points)) - 2
    is_second = np.ones(len(points), np.bool_)
    is_second[marks] = is_second[marks + 1] = False
    return Pairs(np.repeat(points[marks + 1], sizes), points[is_second])


# Words.


def _words(tokens: Tokens) -> tuple[list[str], Lists]:
    """All words in order, each with what follows it, and their postings."""
    words, positions = _printed_words(tokens)
    terms = sorted(set(words), key=script_order)
    rank = dict(zip(terms, range(len(terms)), strict=True))
    ranks = np.fromiter(map(rank.__getitem__, words), _ranks_below(len(terms)), len(words))
    order = np.argsort(ranks, kind="stable")
    return terms, _lists(positions[order], _run_starts(ranks[order]))


def _word_shards(terms: Sequence[str], lists: Lists) -> Iterator[Shard]:
    for (begin, end), listed in zip(*_cut(lists, _crc(terms)), strict=True):
        yield Shard(terms[begin], _grouped_words(terms[begin:end]), listed)


def _printed_words(tokens: Tokens) -> tuple[list[str], NDArray[np.uint32]]:
    """All words in order, each with what follows it, and their positions."""
    inside = tokens.kinds == _WORD
    last = np.flatnonzero(inside[:-1] & ~inside[1:])
    joined = tokens.kinds[last + 1] == _EAST_ASIAN
    marks = np.where(joined, ord(JOINED), ord(BREAK))
    spread = np.full(len(inside), ord("\n"), np.uint32)
    spread[inside] = tokens.codes[inside]
    spread[last + 1] = marks
    kept = spread != ord("\n")
    follows = np.where(joined, tokens.codes[last + 1], 0)
    ends = np.cumsum(kept)[last + 1]
    inserted = np.column_stack((follows, np.full(len(last), ord("\n")))).ravel()
    wanted = np.column_stack((joined, np.ones(len(last), np.bool_))).ravel()
    text = as_text(np.insert(spread[kept], np.repeat(ends, 2)[wanted], inserted[wanted]))
    return text.split("\n")[:-1], tokens.positions[last]


def _grouped_words(terms: Iterable[str]) -> str:
    """As `_grouped`; a word's rest ends with what follows it."""
    parts: list[str] = []
    initial = ""
    for term in terms:
        if term[0] != initial:
            initial = term[0]
            parts.append(END + initial)
        parts.append(term[1:])
    return "".join(parts)


def ungrouped_words(heads: str) -> list[str]:
    """The inverse of `_grouped_words`."""
    groups = heads.split(END)[1:]
    return [group[0] + rest for group in groups for rest in _REST.findall(group, 1)]


# Groups.


def _share(heads: str, lists: Lists, own: NDArray[np.bool_]) -> Share:
    """What a group needs of a segment's terms, of which it has the `own` ones itself."""
    counts = np.where(own, 0, lists.counts).astype(np.uint8)
    ends = np.cumsum(np.where(own, 0, lists.widths - 1)).astype("<i4")
    listed = as_text(_chosen(lists, ~own).points).replace(END, "")
    return Share(heads, counts.tobytes(), ends.tobytes(), listed)


def _group_pair_shards(shares: Sequence[Share], common: list[str]) -> Iterator[Shard]:
    """`common` learns the terms of which every segment has all positions: no shard has them."""
    parts = [_ungrouped(share.heads) for share in shares]
    for some in _blocks([part.first for part in parts], BLOCK):
        inside = [_those(part, of) for part, of in zip(parts, some, strict=True)]
        first = np.concatenate([part.first for part in inside])
        second = np.concatenate([part.second for part in inside])
        keys = (_unit_order(first) << np.uint64(32)) | _unit_order(second)
        at, lists, listed = _merged(shares, some, keys)
        pairs = Pairs(first[at], second[at])
        common[0] += _all_grouped(_those(pairs, ~listed))
        yield from _pair_shards(_those(pairs, listed), _chosen(lists, listed))


def _group_word_shards(shares: Sequence[Share], common: list[str]) -> Iterator[Shard]:
    """As `_group_pair_shards`."""
    parts = [ungrouped_words(share.heads) for share in shares]
    firsts = [as_points("".join(term[0] for term in part)) for part in parts]
    for some in _blocks(firsts, 1):
        inside = [term for part, of in zip(parts, some, strict=True) for term in part[of]]
        terms = sorted(set(inside), key=script_order)
        rank = dict(zip(terms, range(len(terms)), strict=True))
        keys = np.fromiter(map(rank.__getitem__, inside), np.uint64, len(inside))
        _, lists, listed = _merged(shares, some, keys)
        common[1] += _grouped_words(compress(terms, ~listed))
        yield from _word_shards(list(compress(terms, listed)), _chosen(lists, listed))


def _blocks(firsts: Sequence[CodePoints], size: int) -> Iterator[list[slice]]:
    """First characters of the terms of each segment -> for every `size` code points that have
    terms, where they are in each segment."""
    numbers = [_unit_order(first) // np.uint64(size) for first in firsts]
    for number in sorted({int(n) for of in numbers for n in of[_run_starts(of)]}):
        edges = (np.searchsorted(of, np.array((number, number + 1), np.uint64)) for of in numbers)
        yield [slice(int(begin), int(end)) for begin, end in edges]


def _unit_order(points: CodePoints) -> NDArray[np.uint64]:
    """Code points -> numbers in the order of their UTF-16 units."""
    late = (points >= 0xE000) & (points < 0x10000)
    return points.astype(np.uint64) + np.uint64(0x110000) * late


def _merged(
    shares: Sequence[Share], some: Sequence[slice], keys: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], Lists, NDArray[np.bool_]]:
    """Some terms of each segment, and those as numbers, one segment behind the other -> (where
    each term stands first, the lists of all terms, whether a list says anything).

    A list has for each segment with the term a number, the segment's own and the number of all
    times how many positions follow; none where the segment has them itself. That number is one
    character: a group has some dozens of segments.
    """
    many = len(shares)
    order = np.argsort(keys, kind="stable")
    begins = _run_starts(keys[order])
    last = np.append(begins[1:], len(order)) - 1
    inside = [share.of(terms) for share, terms in zip(shares, some, strict=True)]
    counts = np.concatenate([counts for counts, _, _ in inside])
    sizes = np.concatenate([widths for _, widths, _ in inside]) + np.int64(1)
    taken = sizes[order]
    taken[last] += 1
    ends = np.cumsum(taken)
    places = np.empty_like(ends)
    places[order] = ends - taken
    points = np.empty(int(ends[-1]), np.uint32)
    points[ends[last] - 1] = ord(END)
    segment = np.repeat(np.arange(many), [len(numbers) for numbers, _, _ in inside])
    points[places] = encode_arrays(segment + many * counts.astype(np.int64))[0]
    first = 0
    for _, widths, listed in inside:
        at = places[first : first + len(widths)]
        moves = at + 1 - (np.cumsum(widths, dtype=np.int64) - widths)
        points[np.repeat(moves, widths) + np.arange(len(listed))] = listed
        first += len(widths)
    found = _sums(counts[order], begins)
    return order[begins], Lists(found, points, ends[last]), (found > 0) | (last - begins < many - 1)


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
    rows = row_of.take(tokens.codes)
    at = np.flatnonzero(rows)
    rows, positions = rows.take(at) - np.uint8(1), tokens.positions.take(at)
    numbers = _by_piece(rows, positions, len(common), tokens)
    return {c: as_text(encode_arrays(row)[0]) for c, row in zip(common, numbers, strict=True)}


def _by_piece(
    rows: NDArray[np.uint8], positions: NDArray[np.uint32], many: int, tokens: Tokens
) -> NDArray[np.int64]:
    """The characters' rows and positions -> the numbers of `_common_characters`, row by piece."""
    count = len(tokens.title_ends)
    piece_at = np.repeat(np.arange(count), np.diff(tokens.begins) // GRID)
    pieces = piece_at.take(positions // GRID)
    cells = rows.astype(np.int64) * count + pieces
    hits, titles, leads = (
        np.bincount(some, minlength=many * count).reshape(many, count)
        for some in (
            cells,
            cells[positions < tokens.title_ends.take(pieces)],
            cells[positions < tokens.lead_ends.take(pieces)],
        )
    )
    return 3 * hits + np.where(titles > 0, 2, leads > 0)


# All.


def _run_starts(*columns: Integers) -> NDArray[np.int64]:
    """Where each run of rows with equal values begins."""
    starts = np.zeros(len(columns[0]), np.bool_)
    starts[:1] = True
    for values in columns:
        starts[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(starts)


def _lists(positions: NDArray[np.uint32], starts: NDArray[np.int64]) -> Lists:
    """Positions by term, and where each term's run begins -> the postings of all terms."""
    steps = np.diff(positions, prepend=np.uint32(0))
    steps[starts] = positions[starts]
    points, widths = encode_arrays(steps)
    counts = np.diff(starts, append=len(positions))
    ends = np.cumsum(_sums(widths, starts))
    points = np.insert(points, ends, ord(END))
    return Lists(counts, points, ends + np.arange(1, len(ends) + 1))


def _chosen(lists: Lists, which: NDArray[np.bool_]) -> Lists:
    """The lists of some terms."""
    widths = lists.widths
    points = lists.points[np.repeat(which, widths)]
    return Lists(lists.counts[which], points, np.cumsum(widths[which]))


def _cut(lists: Lists, digests: NDArray[np.uint64]) -> tuple[list[tuple[int, int]], Iterator[str]]:
    """Lists, and a digest of each term -> (first term, end term) and postings of each shard."""
    points = lists.points
    weights = np.uint8(1) + (points >= 0x80) + (points >= 0x800)
    heaviness = np.cumsum(_sums(weights, lists.ends - lists.widths) + 3)
    runs = list(_runs(heaviness, digests, SHARD))
    text = as_text(points)
    edges = [0, *(int(lists.ends[end - 1]) for _, end in runs)]
    return runs, (text[begin:end] for begin, end in pairwise(edges))


def _sums(values: NDArray[np.uint8], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of each run of values."""
    if not len(starts):
        return np.zeros(0, np.int64)
    sums: NDArray[np.int64] = np.add.reduceat(values, starts, dtype=np.int64)
    return sums


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
    sizes = [60 + len("".join(document.fields).encode()) for document in documents]
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


def _table(documents: Sequence[Document], tokens: Tokens) -> dict[str, Any]:
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
