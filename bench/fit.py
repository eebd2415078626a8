#!/usr/bin/env python3
"""Fit the converter's weights on pages with golds, and write them as tables.

    bench/fit.py PAGES                 write broadsheet/convert/weights/zh.txt and en.txt
    bench/fit.py PAGES --geometry      fit the evidence of geometry anew, keep all other weights
    bench/fit.py PAGES --folds 4       cross-validate: print measures, write nothing

First the log odds of cuts (logistic regression on pairs of blocks), then the weights of all other
evidence: a log-linear model over the decisions that are open in a state, fitted on the states of
the golds and on those that the converter gets itself into. This is done several times, with other
new layouts each, and the weights are averaged, so that what one set of layouts happens to show
moves no page. Last, with all these kept, the evidence of geometry, on pages set in columns.
Everything is seeded: the same pages give the same tables, but for a hundredth here and there, since
words are summed in no set order.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import random
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import relay
import sheets

from broadsheet.convert import confidence, cuts, facts, geometry, pieces
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.labels import LABEL, LABELS, Label
from broadsheet.convert.language import fold, language_of
from broadsheet.convert.neighbours import look_around
from broadsheet.convert.weights import Weights, format_weights, parse_weights

SEED = 7
#: Fits that are averaged, each with its own new layouts; fewer where only confidences are wanted.
SEEDS, SEEDS_OF_CONFIDENCE = tuple(range(7, 19)), (7, 8)
#: Processes that fit side by side; how many does not change what is found.
PROCESSES = 2
#: How firmly English confidences hold to the Chinese ones, as so many decisions of each kind.
KNOWN = 20.0
#: Pages laid out anew for a fit.
LAYOUTS = 240
WEIGHTS = Path(__file__).parent.parent / "broadsheet" / "convert" / "weights"
#: How much a page of a level counts: the hard ones are closest to print.
LEVEL_WEIGHT = {"1": 0.5, "2": 0.7, "3": 1.0, "4": 1.5, "5": 3.0, "new": 1.0}
#: Evidence seen fewer times is left out.
RAREST = 4
#: A word in a larger share of texts is common.
COMMON = 0.005

Array = Any


class Gold(NamedTuple):
    """A page with its answer, a label and a piece per block."""

    name: str
    level: str
    english: bool
    facts: list[facts.Facts]
    text: list[str]  #: the gold's paragraphs
    headings: list[str]
    labels: list[str]
    piece: list[int]
    joins: list[int | None]
    items: list[relay.Item]


def read_golds(folder: Path) -> list[Gold]:
    paths = sorted(folder.glob("*.gold.json"))
    return [read_gold(json.loads(path.read_text("utf-8"))) for path in paths]


def read_gold(gold: dict[str, Any]) -> Gold:
    """A page from its gold; the text that it stands for is that of its blocks."""
    source = "\n\n".join(block["text"] for block in gold["blocks"])
    blocks, language = read_blocks(source, boxed=True), language_of(source)
    types = {piece["id"]: piece["type"] for piece in gold["pieces"]}
    begun: set[int] = set()
    labels = []
    for block in gold["blocks"]:
        labels.append(_label(block, types[block["piece"]], block["piece"] in begun))
        if block["role"] != "dup":
            begun.add(block["piece"])
    items = relay.items_of(gold)
    elements = [(role, fold(text)) for item in items for role, text in item.elements]
    return Gold(
        name=gold.get("name", ""),
        level=str(gold.get("level", "5")),
        english=gold["lang"] == "en",
        facts=look_around(facts.observe(blocks, language)),
        text=[text for role, text in elements if role == "para"],
        headings=[text for role, text in elements if role in ("title", "subhead")],
        labels=labels,
        piece=[block["piece"] for block in gold["blocks"]],
        joins=[block.get("join") for block in gold["blocks"]],
        items=items,
    )


def pieces_of(golds: list[Gold]) -> list[relay.Item]:
    """Every piece once, however many pages print it."""
    return list(dict.fromkeys(item for gold in golds for item in gold.items))


def new_layouts(golds: list[Gold], count: int, seed: int) -> list[Gold]:
    """Pages made of the pieces of all golds."""
    chance = random.Random(seed)
    english = bool(golds) and golds[0].english
    items, own = pieces_of(golds), relay.own_items(english)
    made = (relay.lay_out(items, own, english, chance) for _ in range(count))
    return [read_gold(gold | {"level": "new"}) for gold in made if gold["blocks"]]


def _label(block: dict[str, Any], kind: str, begun: bool) -> str:
    role: str = block["role"]
    joined = "join" in block
    if role in ("furniture", "slogan"):
        return role
    if role == "dup":
        return "repeat"
    if role == "title":
        begins = {"article": "article", "obituary": "obituary", "notice": "notice"}
        return "title" if begun else begins.get(kind, "picture")
    if role in ("subhead", "byline", "credit"):
        return role
    if role == "signature":
        return "sign"
    begins = {"article": "headless", "obituary": "death", "notice": "notice", "caption": "caption"}
    if not begun:
        return begins[kind]
    names = {"article": "", "obituary": "obit-", "notice": "notice-", "caption": "photo-"}
    return names[kind] + ("join" if joined and kind != "caption" else "para")


# Words that open paragraphs, and words that end cut lines


def fit_openers(golds: list[Gold]) -> dict[str, float]:
    """Log odds of first words: of paragraphs, against those after a cut anywhere inside."""
    first, inside = Counter[str](), Counter[str]()
    for gold in golds:
        for text in gold.text:
            _count(first, facts.first_word(text), 0)
            for start in _cuts_inside(text, gold.english):
                _count(inside, facts.first_word(text[start : start + 12].lstrip()), 0)
    return _log_odds_of_words(first, inside)


def fit_enders(golds: list[Gold]) -> dict[str, float]:
    """Log odds of last words: of lines cut anywhere, against those of headings."""
    cut, heading = Counter[str](), Counter[str]()
    for gold in golds:
        for text in gold.headings:
            _count(heading, facts.last_word(text), -1)
        for text in gold.text:
            for end in _cuts_inside(text, gold.english):
                _count(cut, facts.last_word(text[max(0, end - 12) : end].rstrip()), -1)
    return _log_odds_of_words(cut, heading)


def _cuts_inside(text: str, english: bool) -> list[int]:
    """Every fifth place at which a column might cut the text, not after a full stop."""
    places = [
        m.end() for m in re.finditer(r"(?<=\w) (?=\w)" if english else r"(?s)(?<=.)(?=.)", text)
    ]
    return [place for place in places[::5] if text[place - 1] not in "。！？.!?"]


def _count(counter: Counter[str], word: str, side: int) -> None:
    if word:
        counter[word] += 1
        if len(word) > 1 and not word.isascii():
            counter[word[side]] += 1


def _log_odds_of_words(yes: Counter[str], no: Counter[str]) -> dict[str, float]:
    """Common words only: a table of words that hold for any page, not of one archive's topics."""
    all_yes, all_no = sum(yes.values()), sum(no.values())
    odds = {
        word: math.log((yes[word] + 1) / (all_yes + 400) / ((no[word] + 1) / (all_no + 400)))
        for word in yes.keys() | no.keys()
        if yes[word] + 20 * no[word] / (1 + all_no / all_yes) >= 25
        and not any(map(str.isdigit, word))
    }
    return {word: round(value, 1) for word, value in sorted(odds.items()) if abs(value) >= 0.5}


def fit_common(golds: list[Gold]) -> dict[str, float]:
    """How much common words tell of a subject: less, the more texts of any page have them."""
    texts = {fact.text: fact.words for gold in golds for fact in gold.facts if fact.length > 30}
    count = Counter(word for words in texts.values() for word in words)
    scale = math.log(1 / COMMON)
    return {
        word: round(max(0.1, math.log(len(texts) / n) / scale), 1)
        for word, n in sorted(count.items())
        if n >= COMMON * len(texts) and not any(map(str.isdigit, word))
    }


# The log odds of cuts


def fit_confidence(
    golds: list[Gold], weights: Weights, prior: dict[str, float] | None = None
) -> dict[str, float]:
    """Weights of `confidence.py`, from what became of pages that `weights` were not fitted on.

    Few pages change little of what is known of another script, the `prior`.
    """
    rows: dict[str, list[list[float]]] = {}
    truth: dict[str, list[bool]] = {}
    names: dict[str, list[str]] = {}
    for _ in range(3):  # a place is judged by the place before it, a join by its tail
        known = msgspec.structs.replace(
            weights, confidence=_fit_logistic(rows, truth, names, prior)
        )
        rows, truth, names = _judged(golds, known)
    return _fit_logistic(rows, truth, names, prior)


def _judged(golds: list[Gold], weights: Weights) -> tuple[Any, Any, Any]:
    rows: dict[str, list[list[float]]] = {}
    truth: dict[str, list[bool]] = {}
    names: dict[str, list[str]] = {}
    for gold in golds:
        reader = pieces.prepare(read(gold, weights), weights)
        steps = pieces.decide(reader)
        sureness = confidence.sureness_of(steps, reader.odds, weights.confidence)
        known = {step.block: sure for step, sure in zip(steps, sureness, strict=True)}
        homes: dict[int, int] = {}
        for step in steps:
            home = homes.setdefault(step.number, gold.piece[step.block])
            label, tail = step.chosen.label, step.chosen.piece and step.chosen.piece.tail
            right = {
                "role": LABEL[gold.labels[step.block]].role == label.role,
                "place": gold.piece[step.block] == home,
                "join": tail is not None and gold.joins[step.block] == tail.block.index,
            }
            if gold.labels[step.block] in _NO_PIECE:
                continue
            for what, evidence in confidence.evidence_of(step, reader.odds, known).items():
                rows.setdefault(what, []).append(list(evidence.values()))
                truth.setdefault(what, []).append(right[what])
                names[what] = [f"{what}.{name}" for name in evidence]
    return rows, truth, names


def _fit_logistic(
    rows: Any, truth: Any, names: Any, prior: dict[str, float] | None
) -> dict[str, float]:
    weights: dict[str, float] = {}
    for what, found in rows.items():
        x, y = np.array(found), np.array(truth[what], float)
        start = np.array([(prior or {}).get(name, 0.0) for name in names[what]])
        w = _logistic(x, y, np.ones(len(y)), KNOWN if prior else 0.5, start)
        weights |= {name: round(float(v), 3) for name, v in zip(names[what], w, strict=True)}
    return weights


def _logistic(
    x: Array, y: Array, importance: Array, regularisation: float, start: Array = 0.0
) -> Array:
    """Logistic regression by Newton's method, with a Gaussian prior around `start`."""
    w = np.zeros(x.shape[1]) + start
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (importance * (p - y)) + regularisation * (w - start)
        hessian = (x.T * (importance * p * (1 - p))) @ x + regularisation * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return w


def read(gold: Gold, weights: Weights) -> cuts.Page:
    return cuts.read_page(gold.facts, gold.english, weights)


def pairs(gold: Gold, page: cuts.Page) -> Iterator[tuple[list[str], bool]]:
    """Evidence of every pair of open block and later block, and whether it is one."""
    blocks = gold.facts
    for head in range(1, len(blocks)):
        if pieces.may_be_head(blocks[head]):
            for tail in pieces.tails_for(blocks, head):
                names = cuts.evidence_of(page, blocks[tail], blocks[head])
                yield names, gold.joins[head] == tail


def fit_cuts(golds: list[Gold], words: Weights, regularisation: float = 1.0) -> dict[str, float]:
    rows: list[list[str]] = []
    truth: list[bool] = []
    importance: list[float] = []
    for gold in golds:
        for names, joined in pairs(gold, read(gold, words)):
            rows.append(["always", *names])
            truth.append(joined)
            importance.append(LEVEL_WEIGHT[gold.level])
    names = ["always", *cuts.REASONS]
    number = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        matrix[i, [number[name] for name in row]] = 1
    w = _logistic(matrix, np.array(truth, float), np.array(importance), regularisation)
    return {name: round(float(w[i]), 3) for name, i in number.items()}


# The decisions


class Decisions:
    """What could be decided in each state, and what was right, as growing arrays of numbers."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.shared, self.owned = Rows(self.names), Rows(self.names)
        self.option_of, self.own_row, self.label = array("i"), array("i"), array("i")
        self.right, self.weight = array("i"), array("f")

    def add(self, options: list[pieces.Option], right: int, weight: float) -> None:
        row_of: dict[int, int] = {}
        number = self.shared.add(options[0][2])
        self.right.append(len(self.label) + right)
        self.weight.append(weight)
        for label, piece, _, own in options:
            row = -1
            if piece is not None:
                if piece.number not in row_of:
                    row_of[piece.number] = self.owned.add(own)
                row = row_of[piece.number]
            self.option_of.append(number)
            self.own_row.append(row)
            self.label.append(LABELS.index(label.name))


class Rows:
    """Rows of named numbers; names are numbered as they come."""

    def __init__(self, names: dict[str, int]) -> None:
        self.names, self.count = names, 0
        self.row, self.column, self.value = array("i"), array("i"), array("f")

    def add(self, row: dict[str, float]) -> int:
        for name, value in row.items():
            self.row.append(self.count)
            self.column.append(self.names.setdefault(name, len(self.names)))
            self.value.append(value)
        self.count += 1
        return self.count - 1


def collect(data: Decisions, gold: Gold, reader: pieces.Reader, own_way: bool) -> None:
    """The decisions on a page, following the gold, or the converter's own choices (`own_way`)."""
    state = pieces.START
    owners: dict[int, Counter[int]] = {}
    for index in range(len(gold.labels)):
        options = pieces.weighed_options(reader, state, index)
        right = _right_option(gold, options, owners, index)
        if right is not None and (
            not own_way or _is_wanted(options[right][0], LABEL[gold.labels[index]])
        ):
            data.add(options, right, LEVEL_WEIGHT[gold.level])
        if own_way or right is None:
            choice = max(pieces.choices_of(reader, options), key=lambda c: c.probability)
        else:
            label, piece = options[right][:2]
            choice = pieces.Choice(label, piece, 0.0, 1.0)
        state = pieces.advance(reader, state, index, choice, [])
        number = state.pieces[-1].number
        if gold.labels[index] != "repeat":
            owners.setdefault(number, Counter())[gold.piece[index]] += 1


def _right_option(
    gold: Gold, options: list[pieces.Option], owners: dict[int, Counter[int]], index: int
) -> int | None:
    """The option that the gold takes, or the nearest to it that state and rules allow, if any."""
    wanted, mine = LABEL[gold.labels[index]], gold.piece[index]
    homes = [
        (i, label, piece)
        for i, (label, piece, _, _) in enumerate(options)
        if piece is not None
        and owners.get(piece.number)
        and _majority(owners[piece.number]) == mine
    ]
    if not wanted.begins:
        for i, label, piece in homes:
            if label is not wanted:
                continue
            tail = piece.tail and piece.tail.block.index
            if not wanted.joins or tail == gold.joins[index]:
                return i
        for i, label, _ in homes:
            if label.role == wanted.role and not label.joins:
                return i
    if wanted.begins:
        for i, (label, begun, _, _) in enumerate(options):
            if label is wanted and begun is None:
                return i
    fallback = {"headline": "article", "subhead": "article", "heading": "notice"}.get(
        wanted.role, "death" if wanted.kind == "obituary" else "headless"
    )
    named = {label.name: i for i, (label, piece, _, _) in enumerate(options) if piece is None}
    return named.get(fallback, named.get("headless"))


def _is_wanted(found: Label, wanted: Label) -> bool:
    """Whether a state allows what the gold does: a makeshift teaches nothing."""
    return found.role == wanted.role and found.begins == wanted.begins


def _majority(owner: Counter[int]) -> int:
    return owner.most_common(1)[0][0]


def _dense(rows: Rows, columns: Array) -> tuple[Array, Array]:
    """Rows as a matrix of the columns that occur in them, and which columns these are.

    `columns` maps the number of a name to its column, -1 when it is left out.
    """
    column = columns[np.array(rows.column)]
    kept = column >= 0
    used, place = np.unique(column[kept], return_inverse=True)
    matrix = np.zeros((rows.count, len(used)), np.float32)
    matrix[np.array(rows.row)[kept], place] = np.array(rows.value)[kept]
    return matrix, used


def fit_pieces(
    data: Decisions,
    prior: dict[str, list[float]],
    known: dict[str, list[float]],
    rounds: int = 60,
    regularisation: float = 2.5,
    free: Set[str] | None = None,
) -> dict[str, list[float]]:
    """Maximise the (weighted) likelihood of the right options, with a Gaussian prior.

    The search starts at the weights that are `known` already; where names are `free` only they
    move.
    """
    columns, names = _frequent(data)
    fixed = [column for column, name in enumerate(names) if free is not None and name not in free]
    (shared, of_shared), (owned, of_owned) = (
        _dense(rows, columns) for rows in (data.shared, data.owned)
    )
    option_of, own_row, label, right = map(
        np.array, (data.option_of, data.own_row, data.label, data.right)
    )
    starts = np.flatnonzero(np.r_[True, option_of[1:] != option_of[:-1]])
    has_own = own_row >= 0
    importance = np.array(data.weight, np.float32)
    start = np.zeros((len(names), len(LABELS)), np.float32)
    for column, name in enumerate(names):
        start[column] = prior.get(name, start[column])
    w = start.copy()
    for column, name in enumerate(names):
        w[column] = known.get(name, w[column])
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, rounds + 1):
        base, own = shared @ w[of_shared], owned @ w[of_owned]
        score = base[option_of, label]
        score[has_own] += own[own_row[has_own], label[has_own]]
        score -= np.maximum.reduceat(score, starts)[option_of]
        power = np.exp(score)
        p = power / np.add.reduceat(power, starts)[option_of]
        p[right] -= 1
        p *= importance[option_of]
        g_base, g_own = np.zeros_like(base), np.zeros_like(own)
        g_base.flat[:] = np.bincount(option_of * len(LABELS) + label, p, g_base.size)
        cells = own_row[has_own] * len(LABELS) + label[has_own]
        g_own.flat[:] = np.bincount(cells, p[has_own], g_own.size)
        gradient = regularisation * (w - start)
        gradient[of_shared] += shared.T @ g_base
        gradient[of_owned] += owned.T @ g_own
        gradient[fixed] = 0
        first = 0.9 * first + 0.1 * gradient  # Adam
        second = 0.99 * second + 0.01 * gradient**2
        rate = 0.08 * (1 - step / (rounds + 1)) + 0.002
        w -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    fitted = {name: [round(float(x), 2) for x in w[i]] for i, name in enumerate(names)}
    return dict(sorted(fitted.items()))


def _frequent(data: Decisions) -> tuple[Array, list[str]]:
    """Number of a name -> its column, -1 for rare names; and the names of the columns."""
    both = np.r_[np.array(data.shared.column), np.array(data.owned.column)]
    frequent = np.bincount(both, minlength=len(data.names)) >= RAREST
    columns = np.where(frequent, np.cumsum(frequent) - 1, -1)
    return columns, [name for name, number in data.names.items() if frequent[number]]


class Task(NamedTuple):
    """One fit of several that are averaged."""

    golds: list[Gold]
    prior: Weights | None
    seed: int


def fit(golds: list[Gold], prior: Weights | None = None) -> Weights:
    """Weights averaged over several fits."""
    return mean_of(fit_all([Task(golds, prior, seed) for seed in SEEDS]))


def fit_all(tasks: list[Task]) -> list[Weights]:
    """The weights of each task, fitted side by side in processes of one thread each."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return pool.map(fit_once, tasks, chunksize=1)


def fit_once(task: Task) -> Weights:
    """Weights from the golds' own states, then from those that the converter gets into as well."""
    golds = task.golds
    words = Weights(fit_openers(golds), fit_enders(golds), {}, {}, common=fit_common(golds))
    start = task.prior.pieces if task.prior else {}
    pages = golds + new_layouts(golds, LAYOUTS, task.seed)
    weights = msgspec.structs.replace(words, cuts=fit_cuts(pages, words), pieces=start)
    readers = [pieces.prepare(read(page, weights), weights) for page in pages]
    data = Decisions()
    for own_way in (False, True):
        for page, reader in zip(pages, readers, strict=True):
            collect(data, page, reader._replace(weights=weights), own_way)
        weights = msgspec.structs.replace(weights, pieces=fit_pieces(data, start, weights.pieces))
    return weights


def mean_of(members: list[Weights]) -> Weights:
    """The average of weights fitted on the same golds; what a fit never saw has no weight in it."""
    nothing = [0.0] * len(LABELS)
    names = sorted({name for member in members for name in member.pieces})
    rows = {
        name: zip(*(member.pieces.get(name, nothing) for member in members), strict=True)
        for name in names
    }
    return msgspec.structs.replace(
        members[0],
        cuts={
            name: round(sum(member.cuts[name] for member in members) / len(members), 3)
            for name in members[0].cuts
        },
        pieces={
            name: [round(sum(cell) / len(members), 2) for cell in row] for name, row in rows.items()
        },
    )


def new_sheets(golds: list[Gold], count: int) -> list[Gold]:
    """Pages set in columns, with the place of every block."""
    chance = random.Random(SEED)
    english = bool(golds) and golds[0].english
    items = pieces_of(golds) + relay.own_items(english)
    return [_on_sheet(sheets.set_page(items, english, chance)) for _ in range(count)]


def _on_sheet(sheet: sheets.Sheet) -> Gold:
    gold = read_gold(sheets.as_gold(sheet) | {"level": "new"})
    placed = [
        msgspec.structs.replace(fact, block=msgspec.structs.replace(fact.block, box=box))
        for fact, box in zip(gold.facts, sheets.boxes_of(sheet), strict=True)
    ]
    return gold._replace(facts=placed)


def with_geometry(
    golds: list[Gold], weights: Weights, prior: Weights | None = None, count: int = 100
) -> Weights:
    """The weights with those of geometry added; all others are kept."""
    free = geometry.EVIDENCE.keys()
    start = {name: row for name, row in (prior or weights).pieces.items() if name in free}
    pages = new_sheets(golds, count)
    readers = [pieces.prepare(read(page, weights), weights) for page in pages]
    data = Decisions()
    for own_way in (False, True):
        for page, reader in zip(pages, readers, strict=True):
            collect(data, page, reader._replace(weights=weights), own_way)
        found = fit_pieces(data, weights.pieces | start, weights.pieces, free=free)
        of_geometry = {name: row for name, row in found.items() if name in free}
        table = dict(sorted((weights.pieces | of_geometry).items()))
        weights = msgspec.structs.replace(weights, pieces=table)
    return weights


# What comes of it


class Tally(NamedTuple):
    """What was counted on pages of one level; sums up by `+` of its fields."""

    joins_right: int = 0
    joins_made: int = 0
    joins_gold: int = 0
    f1: tuple[float, ...] = ()
    labels_right: int = 0
    blocks: int = 0
    types_right: int = 0
    titles_right: int = 0
    titles: int = 0
    pieces: int = 0

    def plus(self, other: Tally) -> Tally:
        pairs: Iterator[tuple[Any, Any]] = zip(self, other, strict=True)
        return Tally(*(a + b for a, b in pairs))


def measure(golds: list[Gold], weights: Weights, beam: int = pieces.BEAM) -> dict[str, Tally]:
    """What the converter does on pages, by level; an approximation of the scorer's measures."""
    out: dict[str, Tally] = {}
    for gold in golds:
        steps = pieces.decide(pieces.prepare(read(gold, weights), weights), beam)
        key = gold.level + ("-en" if gold.english else "")
        out[key] = out.get(key, Tally()).plus(_tally(gold, steps))
    return out


_NO_PIECE = ("repeat", "furniture")
_PICTURE = ("caption", "picture", "photo-para")


def _tally(gold: Gold, steps: list[pieces.Step]) -> Tally:
    made = {
        (piece.tail.block.index, step.block)
        for step in steps
        if step.chosen.label.joins and (piece := step.chosen.piece) and piece.tail
    }
    truth = {(t, h) for h, t in enumerate(gold.joins) if t is not None}
    counted = [i for i, name in enumerate(gold.labels) if name not in _NO_PIECE + _PICTURE]
    f1 = b_cubed([gold.piece[i] for i in counted], [steps[i].number for i in counted])
    labels = sum(_alike(s.chosen.label.name, gold.labels[s.block]) for s in steps)
    kinds = {s.number: s.chosen.label.kind for s in steps if s.chosen.label.begins}
    types = titles = all_titles = 0
    numbers = {gold.piece[i] for i in counted}
    for number in numbers:
        mine = [i for i in counted if gold.piece[i] == number]
        chars: Counter[int] = Counter()
        for i in mine:
            chars[steps[i].number] += len(gold.facts[i].text)
        home = chars.most_common(1)[0][0]
        kind = LABEL[gold.labels[mine[0]]].kind
        types += kinds.get(home) == kind
        headings = ("article", "title", "obituary", "notice")
        title = {i for i in mine if gold.labels[i] in headings}
        if title and kind != "slogan":
            all_titles += 1
            found = {s.block for s in steps if s.number == home and s.chosen.label.name in headings}
            titles += found == title
    return Tally(
        len(made & truth),
        len(made),
        len(truth),
        (f1,),
        labels,
        len(steps),
        types,
        titles,
        all_titles,
        len(numbers),
    )


def _alike(a: str, b: str) -> bool:
    return a.replace("join", "para") == b.replace("join", "para")


def b_cubed(truth: list[int], found: list[int]) -> float:
    both = Counter(zip(truth, found, strict=True))
    t, f = Counter(truth), Counter(found)
    if not truth:
        return 1.0
    recall = sum(n * n / t[a] for (a, _), n in both.items()) / len(truth)
    precision = sum(n * n / f[b] for (_, b), n in both.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)


def print_measures(measures: dict[str, Tally]) -> None:
    print("level     stitch F1   precision   B3 F1    type   title   labels")
    for level, t in sorted(measures.items()):
        stitch = 2 * t.joins_right / max(1, t.joins_made + t.joins_gold)
        print(
            f"{level:9s} {stitch:9.3f} {t.joins_right / max(1, t.joins_made):11.3f}"
            f" {np.mean(t.f1):7.3f} {t.types_right / t.pieces:7.3f}"
            f" {t.titles_right / max(1, t.titles):7.3f} {t.labels_right / t.blocks:8.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--geometry", action="store_true")
    arguments = parser.parse_args()
    golds = read_golds(arguments.pages)
    random.Random(SEED).shuffle(golds)
    if arguments.folds:
        total: dict[str, Tally] = {}
        folds = folds_by_text(golds, arguments.folds)
        for number, test in enumerate(folds):
            train = [gold for other in folds[:number] + folds[number + 1 :] for gold in other]
            for weights, part in zip(fit_both(train), split(test), strict=True):
                for level, tally in measure(part, weights).items():
                    total[level] = total.get(level, Tally()).plus(tally)
        print_measures(total)
        return
    write_tables(golds, arguments.geometry)


def write_tables(golds: list[Gold], geometry_alone: bool) -> None:
    reasons = cuts.REASONS | geometry.EVIDENCE
    known = prior = None
    for language, part in zip(("zh", "en"), split(golds), strict=True):
        table = WEIGHTS / f"{language}.txt"
        if geometry_alone:
            known = parse_weights(table.read_text("utf-8"))
        else:
            known = with_confidence(part, known)
        prior = with_geometry(part, known, prior)
        table.write_text(format_weights(prior, reasons), "utf-8")


def split(golds: list[Gold]) -> tuple[list[Gold], list[Gold]]:
    return [g for g in golds if not g.english], [g for g in golds if g.english]


def fit_both(golds: list[Gold]) -> tuple[Weights, Weights]:
    """Chinese weights, and English ones that start from them: English pages are few."""
    chinese, english = split(golds)
    first = fit(chinese)
    return first, fit(english, prior=first)


def folds_by_text(golds: list[Gold], count: int) -> list[list[Gold]]:
    """The pages in `count` parts of like size, no paragraph of an article in two of them.

    Where texts are shared by all pages, the parts share them as well: there are no others.
    """
    group: dict[int, list[int]] = {index: [index] for index in range(len(golds))}
    first: dict[str, int] = {}
    for index, gold in enumerate(golds):
        for text in _article_texts(gold):
            other = group[first.setdefault(text, index)]
            if other is not group[index]:
                other += group[index]
                group |= dict.fromkeys(group[index], other)
    groups = sorted({id(g): g for g in group.values()}.values(), key=len, reverse=True)
    if len(groups[0]) > len(golds) / count:
        return [golds[number::count] for number in range(count)]
    parts: list[list[Gold]] = [[] for _ in range(count)]
    for pages in groups:
        min(parts, key=len).extend(golds[page] for page in pages)
    return parts


def _article_texts(gold: Gold) -> list[str]:
    """The ends of long paragraphs: notices and slogans stand on many pages."""
    return [
        text[-40:]
        for item in gold.items
        if item.kind == "article"
        for role, text in item.elements
        if role == "para" and len(text) > 60
    ]


def with_confidence(golds: list[Gold], prior: Weights | None = None) -> Weights:
    """Weights from all pages; the confidence from a third whose texts others have not seen."""
    unseen, *parts = folds_by_text(golds, 3)
    seen = [gold for part in parts for gold in part]
    tasks = [Task(golds, prior, seed) for seed in SEEDS]
    members = fit_all(tasks + [Task(seen, prior, seed) for seed in SEEDS_OF_CONFIDENCE])
    known = prior.confidence if prior else None
    table = fit_confidence(unseen, mean_of(members[len(tasks) :]), known)
    return msgspec.structs.replace(mean_of(members[: len(tasks)]), confidence=table)


if __name__ == "__main__":
    main()
