"""How well content files answer a page's gold: one page in, counts out.

Files are judged as a reader would find them, by their text: nothing of the converter's own
knowledge is used. A block of the gold is looked up in the files; what stands beside it in one
paragraph counts as joined to it, what stands in one file as one piece.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

#: Conservation is judged by windows of this many characters.
WINDOW = 8
#: Keys whose values are printed above the body, in this order; signatures stand below it.
HEAD_KEYS = ("kicker", "title", "subtitle", "byline", "dateline", "credit", "caption")
OBITUARY_FIELDS = ("name", "age", "died", "service_time", "service_place", "signed")


class File(NamedTuple):
    """A content file, as the scorer reads it."""

    type: str
    front: dict[str, Any]
    title: str
    units: list[str]  #: headline parts and paragraphs, without spaces and marks


class Spot(NamedTuple):
    """Where a block stands in the files."""

    file: int
    unit: int
    start: int


class Counts(NamedTuple):
    """Right, wrong and missed of one measure."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0


class Score(NamedTuple):
    """One page's counts."""

    name: str
    level: str
    characters: int
    kept: int
    lost: list[str]
    joins: Counts | None
    precision: float  #: B-cubed, blocks of one piece
    recall: float
    boundaries: Counts
    types: tuple[int, int]  #: right, all
    titles: tuple[int, int]
    fields: dict[str, Counts]

    @property
    def b3(self) -> float:
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


def squeeze(text: str) -> str:
    """The characters that count: no spaces, no marks of Markdown."""
    return re.sub(r"[\s\u200b\ufeff\\*`<>]", "", text)


def read_file(text: str) -> File:
    """Front matter and body of a content file."""
    match = re.match(r"---\n(.*?)\n---\n?(.*)", text, re.S)
    front, body = (yaml.safe_load(match[1]) or {}, match[2]) if match else ({}, text)
    paragraphs = [re.sub(r"^(#{1,6} |> ?)", "", p.strip()) for p in re.split(r"\n\s*\n", body)]
    body_units = [squeeze(p) for p in paragraphs if squeeze(p)]
    whole = "".join(body_units)
    head: list[str] = []
    values = list(_scalars(front))
    for key in HEAD_KEYS:
        for name, value in values:
            unit = squeeze(value)
            if name == key and unit and unit not in head and unit not in whole:
                head.append(unit)
    kind = {"photo": "caption"}.get(str(front.get("type")), str(front.get("type")))
    return File(kind, front, squeeze(str(front.get("title") or "")), head + body_units)


def _scalars(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _scalars(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _scalars(inner, key)
    elif value is not None:
        yield key, str(value)


def score(gold: dict[str, Any], texts: Iterable[str], *, captions: bool) -> Score:
    """Judge the content files `texts` of a page by its gold; `captions`: as pieces, or not."""
    files = [read_file(text) for text in texts]
    blocks = [squeeze(block["text"]) for block in gold["blocks"]]
    kinds = {piece["id"]: piece["type"] for piece in gold["pieces"]}
    free = {
        i
        for i, block in enumerate(gold["blocks"])
        if block["role"] == "dup" or kinds[block["piece"]] == "furniture"
    }
    spots = _locate(gold, blocks, files)
    live = [i for i in range(len(blocks)) if i not in free and _says_something(blocks[i], gold)]
    counted = [i for i in live if captions or kinds[gold["blocks"][i]["piece"]] != "caption"]
    kept, lost = _conserved(gold, blocks, files)
    mine = {i: gold["blocks"][i]["piece"] for i in counted}
    theirs = {i: spots[i].file if i in spots else -1 - i for i in counted}
    matches = _match(gold, live, blocks, spots)
    pieces = [p for p in gold["pieces"] if any(gold["blocks"][i]["piece"] == p["id"] for i in live)]
    level = str(gold["level"]) + {"en": "-en", "zh-Hant": "-hant"}.get(gold["lang"], "")
    return Score(
        name=gold["name"],
        level=level,
        characters=sum(map(len, blocks)),
        kept=kept,
        lost=lost,
        joins=None if gold.get("no_stitch") else _joins(gold, live, spots),
        precision=_b_cubed(theirs, mine),
        recall=_b_cubed(mine, theirs),
        boundaries=_boundaries(mine, theirs, counted),
        types=_types(pieces, files, matches, captions),
        titles=_titles(pieces, files, matches),
        fields=_fields(pieces, files, matches),
    )


def _says_something(block: str, gold: dict[str, Any]) -> bool:
    """Specks of bad OCR are left out."""
    return len(re.sub(r"\W", "", block)) >= (4 if gold["lang"] == "en" else 1)


# Conservation


def _conserved(gold: dict[str, Any], blocks: list[str], files: list[File]) -> tuple[int, list[str]]:
    """Characters kept, and kept once; and the stretches that are not."""
    pages = "\0".join("\1".join(f.units) for f in files)
    anywhere = pages + squeeze(" ".join(v for f in files for _, v in _scalars(f.front)))
    printed = "\0".join(blocks) + _as_it_reads(gold, blocks)
    kept, lost = 0, []
    for block, entry in zip(blocks, gold["blocks"], strict=True):
        if entry["role"] in ("furniture", "dup"):
            words = [squeeze(w) for w in entry["text"].split()]
            missing = [w for w in words if w not in anywhere]
            kept += len(block) - sum(map(len, missing))
            lost += missing
            continue
        marks = [False] * len(block)
        for start in range(max(1, len(block) - WINDOW + 1)):
            window = block[start : start + WINDOW]
            if 1 <= pages.count(window) <= printed.count(window):
                marks[start : start + len(window)] = [True] * len(window)
        kept += sum(marks)
        if not all(marks):
            lost.append("".join(c for c, mark in zip(block, marks, strict=True) if not mark))
    return kept, lost


def _as_it_reads(gold: dict[str, Any], blocks: list[str]) -> str:
    """The pieces with their joins made: a window across a mended cut is no repetition."""
    out = []
    for piece in gold["pieces"]:
        for i, block in enumerate(gold["blocks"]):
            if block["piece"] == piece["id"] and block["role"] != "dup":
                joined = "join" in block or block["role"] == "title"
                out.append(("" if joined else "\0") + blocks[i])
        out.append("\0")
    return "".join(out)


# Where blocks stand


def _locate(gold: dict[str, Any], blocks: list[str], files: list[File]) -> dict[int, Spot]:
    """Block -> its spot. Repeated texts take the spot nearest to their placed neighbours."""
    candidates = [_occurrences(block, files) for block in blocks]
    spots: dict[int, Spot] = {}
    used: set[Spot] = set()
    for i, found in enumerate(candidates):
        if len(found) == 1 and found[0] not in used:
            spots[i] = found[0]
            used.add(found[0])
    for i, found in enumerate(candidates):
        if i in spots or not found:
            continue
        near = [
            spots[j]
            for j in range(max(0, i - 5), min(len(blocks), i + 6))
            if j in spots and gold["blocks"][j]["piece"] == gold["blocks"][i]["piece"]
        ]
        unused = [spot for spot in found if spot not in used] or found
        spots[i] = min(unused, key=lambda spot: _distance(spot, near))
        used.add(spots[i])
    return spots


def _occurrences(block: str, files: list[File]) -> list[Spot]:
    if not block:
        return []
    middle = len(block) // 2
    probes = [(block, 0)]
    if len(block) > 24:
        probes += [(block[:24], 0), (block[-24:], len(block) - 24)]
        probes += [(block[middle - 12 : middle + 12], middle - 12)]
    for probe, offset in probes:
        found = [
            Spot(f, u, match.start() - offset)
            for f, file in enumerate(files)
            for u, unit in enumerate(file.units)
            for match in re.finditer(re.escape(probe), unit)
        ]
        whole = [spot for spot in found if files[spot.file].units[spot.unit] == block]
        if found:
            return whole or found
    return []


def _distance(spot: Spot, near: list[Spot]) -> float:
    return min(
        (abs(spot.unit - n.unit) + abs(spot.start - n.start) / 1e5
         for n in near if n.file == spot.file),
        default=999.0,
    )  # fmt: skip


# Measures


def _joins(gold: dict[str, Any], live: list[int], spots: dict[int, Spot]) -> Counts:
    truth = {(b["join"], i) for i, b in enumerate(gold["blocks"]) if "join" in b}
    units: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i in live:
        if i in spots and gold["blocks"][i]["role"] == "para":
            units.setdefault(spots[i][:2], []).append((spots[i].start, i))
    made = set()
    for inside in units.values():
        order = [i for _, i in sorted(inside)]
        made |= set(itertools.pairwise(order))
    return Counts(len(truth & made), len(made - truth), len(truth - made))


def _b_cubed(a: dict[int, int], b: dict[int, int]) -> float:
    """Mean share of a block's companions in `a` that are its companions in `b`."""
    groups: dict[int, list[int]] = {}
    for i, group in a.items():
        groups.setdefault(group, []).append(i)
    total = 0.0
    for inside in groups.values():
        for count in Counter(b[i] for i in inside).values():
            total += count * count / len(inside)
    return total / max(1, len(a))


def _boundaries(mine: dict[int, int], theirs: dict[int, int], order: list[int]) -> Counts:
    pairs = list(itertools.pairwise(order))
    truth = {j for i, j in pairs if mine[i] != mine[j]}
    made = {j for i, j in pairs if theirs[i] != theirs[j]}
    return Counts(len(truth & made), len(made - truth), len(truth - made))


def _match(
    gold: dict[str, Any], live: list[int], blocks: list[str], spots: dict[int, Spot]
) -> dict[int, int]:
    """Piece -> file, one to one, by shared characters."""
    shared: Counter[tuple[int, int]] = Counter()
    for i in live:
        if i in spots:
            shared[gold["blocks"][i]["piece"], spots[i].file] += len(blocks[i])
    matches: dict[int, int] = {}
    for (piece, file), _ in shared.most_common():
        if piece not in matches and file not in matches.values():
            matches[piece] = file
    return matches


def _types(
    pieces: list[dict[str, Any]], files: list[File], matches: dict[int, int], captions: bool
) -> tuple[int, int]:
    judged = [p for p in pieces if captions or p["type"] != "caption"]
    right = sum(p["id"] in matches and files[matches[p["id"]]].type == p["type"] for p in judged)
    return right, len(judged)


def _titles(
    pieces: list[dict[str, Any]], files: list[File], matches: dict[int, int]
) -> tuple[int, int]:
    judged = [p for p in pieces if p.get("title") and p["type"] != "slogan"]
    right = 0
    for piece in judged:
        if piece["id"] in matches:
            file = files[matches[piece["id"]]]
            kicker = squeeze(str(file.front.get("kicker") or ""))
            subtitle = squeeze(str(file.front.get("subtitle") or ""))
            title = file.title
            readings = {title, kicker + title, title + subtitle, kicker + title + subtitle}
            right += squeeze(piece["title"]) in readings - {""}
    return right, len(judged)


def _fields(
    pieces: list[dict[str, Any]], files: list[File], matches: dict[int, int]
) -> dict[str, Counts]:
    counts = {name: Counts() for name in OBITUARY_FIELDS}
    for piece in pieces:
        if piece["type"] != "obituary" or "fields" not in piece:
            continue
        found = obituary_fields(files[matches[piece["id"]]]) if piece["id"] in matches else {}
        for name in OBITUARY_FIELDS:
            truth, value = piece["fields"].get(name), found.get(name)
            if name in piece["fields"] and truth is None:
                continue
            if truth is None:
                more = Counts(wrong=int(value is not None))
            elif value is None:
                more = Counts(missed=1)
            elif _same(name, truth, value):
                more = Counts(right=1)
            else:
                more = Counts(wrong=1, missed=1)
            counts[name] = counts[name].plus(more)
    return counts


def obituary_fields(file: File) -> dict[str, Any]:
    person, service = file.front.get("person") or {}, file.front.get("service") or {}
    place = "".join(str(service.get(k) or "") for k in ("address", "place"))
    values = {
        "name": person.get("name"),
        "age": person.get("age"),
        "died": person.get("died"),
        "service_time": service.get("time"),
        "service_place": place or None,
        "signed": [s["name"] for s in file.front.get("signed") or []] or None,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _same(name: str, truth: Any, value: Any) -> bool:
    if isinstance(truth, list) and name != "signed":
        return any(_same(name, one, value) for one in truth)
    if name == "signed":
        wanted, have = {_plain(x) for x in truth}, {_plain(x) for x in value}
        return wanted <= have or all(any(w in h for h in have) for w in wanted)
    if name in ("died", "service_time"):
        return (
            _moment(truth)[: 10 if name == "died" else None]
            == _moment(value)[: 10 if name == "died" or "T" not in str(truth) else None]
        )
    if name == "name":
        a, b = set(str(truth).lower().split()), set(str(value).lower().split())
        return a == b or (a <= b and len(b) <= len(a) + 1)
    if name == "service_place":
        a, b = _plain(truth), _plain(value)
        return a in b or b in a
    return str(truth) == str(value)


def _plain(value: Any) -> str:
    return re.sub(r"[\W_]", "", str(value)).lower()


def _moment(value: Any) -> str:
    """2025-12-11 or 2025-12-11T13:00; YAML gives times and dates as such."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="minutes")
    return str(value).replace(" ", "T")[:16]
