#!/usr/bin/env python3
"""Convert a folder of pages with golds, and print how well the content files answer them.

    bench/convert.py PAGES                  a row per level
    bench/convert.py PAGES --pages --lost 8 a row per page, and the first lost or repeated text
    bench/convert.py PAGES --naive          the naive splitter instead, for comparison

PAGES holds NAME.txt and NAME.gold.json (or is one gold file); NAME-alt.gold.json is another
reading of the same page, and the better score counts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from score import Counts, Score, score

from broadsheet.convert import convert_page as read_page
from broadsheet.convert.assembly import SURE_JOIN
from broadsheet.convert.draft import Draft
from broadsheet.convert.page import Given, convert_page
from broadsheet.source import PageText

COLUMNS = ("pages", "conserv", "stitch", "B3", "boundary", "type", "title", "obituary")


class Judged(NamedTuple):
    """A stated confidence, and whether the decision was right."""

    what: str  #: join, place, role
    confidence: float
    right: bool


def golds_of(path: Path) -> list[list[dict[str, Any]]]:
    """Per page, its gold and the other readings of it."""
    paths = [path] if path.is_file() else sorted(path.glob("*.gold.json"))
    golds = []
    for gold in paths:
        if "-alt" not in gold.name:
            stem = gold.name.removesuffix(".gold.json")
            others = sorted(gold.parent.glob(f"{stem}-alt*.gold.json"))
            golds.append([_load(p) for p in (gold, *others)])
    return golds


def _load(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.split("-alt")[0].removesuffix(".gold.json") + ".txt")
    return gold | {"source": text.read_text("utf-8")}


def converted(name: str, text: str) -> list[str]:
    """The content files of a page, as text."""
    return [f.text for f in convert_page(PageText(name, text), Given(source=name)).files]


def naively_split(name: str, text: str) -> list[str]:
    """A short block without a full stop opens an article; nothing is joined."""
    files: list[list[str]] = []
    for block in filter(None, (b.strip() for b in text.split("\n\n"))):
        opens = len(block) < 25 and block[-1] not in "。！？.!?”"
        if opens or not files:
            files.append([f"---\ntype: article\ntitle: {json.dumps(block)}\n---\n" if opens else
                          f"---\ntype: article\n---\n{block}"])  # fmt: skip
        else:
            files[-1].append(block)
    return ["\n\n".join(parts) for parts in files]


def total(result: Score) -> float:
    joins = result.joins.f1 if result.joins else 0.0
    return joins + result.b3 + result.types[0] / max(1, result.types[1])


def row(name: str, scores: list[Score]) -> str:
    """One line of the table: counts are summed over pages, B3 is the mean of the pages'."""
    joins = [s.joins for s in scores if s.joins]
    fields = [count for s in scores for count in s.fields.values()]
    cells = [
        f"{len(scores):8d}",
        _cell(sum(s.kept for s in scores), sum(s.characters for s in scores)),
        f"{_sum(joins).f1:8.3f}" if joins else f"{'-':>8s}",
        f"{sum(s.b3 for s in scores) / len(scores):8.3f}",
        f"{_sum(s.boundaries for s in scores).f1:8.3f}",
        _cell(sum(s.types[0] for s in scores), sum(s.types[1] for s in scores)),
        _cell(sum(s.titles[0] for s in scores), sum(s.titles[1] for s in scores)),
        f"{_sum(fields).f1:8.3f}" if any(map(any, fields)) else f"{'-':>8s}",
    ]
    return f"{name:20s} " + " ".join(cells)


def _cell(right: int, whole: int) -> str:
    return f"{right / whole:8.3f}" if whole else f"{'-':>8s}"


def _sum(counts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for count in counts:
        whole = whole.plus(count)
    return whole


def judge(gold: dict[str, Any]) -> list[Judged]:
    """Every decision on a page with its confidence, judged by the gold's blocks."""
    reading = read_page(gold["source"])
    if len(reading.blocks) != len(gold["blocks"]) or gold.get("no_stitch"):
        return []
    judged = []
    for draft in reading.drafts:
        if draft.type != "furniture":
            judged += _judge_draft(draft, gold["blocks"])
    return judged


def _judge_draft(draft: Draft, blocks: list[dict[str, Any]]) -> list[Judged]:
    roles = {"headline": "title", "heading": "title", "paragraph": "para", "caption": "para"}
    placed = [item for item in draft.placed if item.role != "repeat"]
    home = blocks[placed[0].block.index]["piece"] if placed else None
    judged = []
    for item in placed:
        block = blocks[item.block.index]
        role = roles.get(item.role, "title" if "title" in item.role else item.role)
        judged.append(Judged("role", item.role_confidence, block["role"] == role))
        judged.append(Judged("place", item.place_confidence, block["piece"] == home))
        if item.continues is not None:
            right = block.get("join") == item.continues
            judged.append(Judged("join", item.join_confidence, right))
    return judged


def print_calibration(judged: list[Judged]) -> None:
    """How often decisions of a stated confidence were right."""
    limits = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
    print(
        "\nconfidence    join: stated right  n     place: stated right  n     role: stated right  n"
    )
    for low, high in itertools.pairwise(limits):
        cells = []
        for what in ("join", "place", "role"):
            inside = [j for j in judged if j.what == what and low <= j.confidence < high]
            n = max(1, len(inside))
            stated, right = sum(j.confidence for j in inside) / n, sum(j.right for j in inside) / n
            cells.append(f"{stated:12.3f} {right:5.3f} {len(inside):5d}")
        print(f"{low:.2f} .. {min(high, 1):.2f} " + "  ".join(cells))
    sure = [j for j in judged if j.what == "join" and j.confidence >= SURE_JOIN]
    right = sum(j.right for j in sure)
    joins = sum(j.what == "join" for j in judged)
    print(f"joins without a doubt: {right} of {len(sure)} right ({len(sure)} of {joins} joins)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path, help="a folder of pages with golds, or one gold file")
    parser.add_argument("--pages", action="store_true", dest="each", help="a row per page")
    parser.add_argument("--lost", type=int, default=0, help="stretches of lost text to show")
    parser.add_argument("--captions", choices=("own", "ignore"), default="ignore")
    parser.add_argument("--naive", action="store_true", help="split naively, to compare")
    arguments = parser.parse_args()
    convert: Callable[[str, str], list[str]] = naively_split if arguments.naive else converted
    scores, judged, seconds = [], [], 0.0
    for golds in golds_of(arguments.pages):
        started = time.perf_counter()
        files = convert(golds[0]["name"], golds[0]["source"])
        seconds += time.perf_counter() - started
        own = arguments.captions == "own"
        scores.append(max((score(gold, files, captions=own) for gold in golds), key=total))
        judged += [] if arguments.naive else judge(golds[0])
    if not scores:
        sys.exit(f"no NAME.gold.json in {arguments.pages}")
    print(f"{'':20s} " + " ".join(f"{column:>8s}" for column in COLUMNS))
    print(row("all", scores))
    for level in sorted({s.level for s in scores}):
        print(row(level, [s for s in scores if s.level == level]))
    for result in scores if arguments.each else []:
        print(row(result.name, [result]))
        for lost in result.lost[: arguments.lost]:
            print(f"    lost or repeated: {lost[:60]}")
    print(f"\n{len(scores) / seconds:.1f} pages/s")
    if judged:
        print_calibration(judged)


if __name__ == "__main__":
    main()
