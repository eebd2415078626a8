#!/usr/bin/env python3
"""Fit the converter's weights on pages with golds, and write them as tables.

    bench/fit.py PAGES                 write broadsheet/convert/weights/zh.txt and en.txt
    bench/fit.py PAGES --folds 4       cross-validate: print measures, write nothing

First the log odds of cuts (logistic regression on pairs of blocks), then the weights of all other
evidence: a log-linear model over the decisions that are open in a state, fitted on the states of
the golds and on those that the converter gets itself into. Everything is seeded.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from broadsheet.convert import cuts, facts, pieces
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.labels import LABEL, LABELS
from broadsheet.convert.language import language_of
from broadsheet.convert.weights import Weights, format_weights

SEED = 7
WEIGHTS = Path(__file__).parent.parent / "broadsheet" / "convert" / "weights"
#: How much a page of a level counts: the hard ones are closest to print.
LEVEL_WEIGHT = {"1": 0.5, "2": 0.7, "3": 1.0, "4": 1.5, "5": 3.0, "real": 1.0}
#: Evidence seen fewer times is left out.
RAREST = 4

Array = Any


class Gold(NamedTuple):
    """A page with its answer, a label and a piece per block."""

    name: str
    level: str
    english: bool
    page: cuts.Page
    labels: list[str]
    piece: list[int]
    joins: list[int | None]


def read_golds(folder: Path) -> list[Gold]:
    return [read_gold(path) for path in sorted(folder.glob("*.gold.json"))]


def read_gold(path: Path) -> Gold:
    gold = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
    blocks, language = read_blocks(text), language_of(text)
    page = cuts.read_page(facts.observe(blocks, language), language == "en")
    types = {piece["id"]: piece["type"] for piece in gold["pieces"]}
    begun: set[int] = set()
    labels = []
    for block in gold["blocks"]:
        labels.append(_label(block, types[block["piece"]], block["piece"] in begun))
        if block["role"] != "dup":
            begun.add(block["piece"])
    joins = [block.get("join") for block in gold["blocks"]]
    piece = [block["piece"] for block in gold["blocks"]]
    level = str(gold["level"])
    return Gold(gold["name"], level, language == "en", page, labels, piece, joins)


def _label(block: dict[str, Any], kind: str, begun: bool) -> str:
    role, joined = block["role"], "join" in block
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


# The log odds of cuts


def pairs(gold: Gold) -> Iterator[tuple[list[str], bool]]:
    """Evidence of every pair of open block and later block, and whether it is one."""
    blocks = gold.page.facts
    for head in range(1, len(blocks)):
        if pieces.may_be_head(blocks[head]):
            for tail in pieces.tails_for(blocks, head):
                names = cuts.evidence_of(gold.page, blocks[tail], blocks[head])
                yield names, gold.joins[head] == tail


def fit_cuts(golds: list[Gold], regularisation: float = 1.0) -> dict[str, float]:
    rows: list[list[str]] = []
    truth: list[bool] = []
    importance: list[float] = []
    for gold in golds:
        for names, joined in pairs(gold):
            rows.append(["always", *names])
            truth.append(joined)
            importance.append(LEVEL_WEIGHT[gold.level])
    names = ["always", *(e.name for e in cuts.EVIDENCE)]
    number = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        matrix[i, [number[name] for name in row]] = 1
    y, c = np.array(truth, float), np.array(importance)
    w = np.zeros(len(names))
    for _ in range(30):  # Newton's method
        p = 1 / (1 + np.exp(-matrix @ w))
        gradient = matrix.T @ (c * (p - y)) + regularisation * w
        hessian = (matrix.T * (c * p * (1 - p))) @ matrix + regularisation * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return {name: round(float(w[i]), 3) for name, i in number.items()}


# The decisions


class Decision(NamedTuple):
    """What could be decided in one state, and what was right."""

    shared: dict[str, float]
    owns: list[dict[str, float]]  #: evidence of the pieces that may go on
    options: list[tuple[int, int]]  #: (row of `owns` or -1, label)
    right: int
    weight: float


def decisions(gold: Gold, weights: Weights, own_way: bool) -> list[Decision]:
    """The decisions on a page, following the gold, or the converter's own choices (`own_way`)."""
    reader = pieces.prepare(gold.page, weights)
    state, out = pieces.START, []
    owners: dict[int, Counter[int]] = {}
    for index in range(len(gold.labels)):
        options = pieces.weighed_options(reader, state, index)
        right = _right_option(gold, options, owners, index)
        out.append(_decision(options, right, LEVEL_WEIGHT[gold.level]))
        if own_way:
            choices = pieces.choices_for(reader, state, index)
            choice = max(choices, key=lambda c: c.probability)
        else:
            label, piece = options[right][:2]
            choice = pieces.Choice(label, piece, 1.0)
        state = pieces.advance(reader, state, index, choice, [])
        number = state.pieces[-1].number
        if gold.labels[index] != "repeat":
            owners.setdefault(number, Counter())[gold.piece[index]] += 1
    return out


def _right_option(
    gold: Gold, options: list[pieces.Option], owners: dict[int, Counter[int]], index: int
) -> int:
    """The option that the gold takes, or the nearest to it that this state allows."""
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
            if not wanted.joins or piece.tail.block.index == gold.joins[index]:
                return i
        for i, label, _ in homes:
            if label.role == wanted.role and not label.joins:
                return i
    if wanted.begins:
        for i, (label, piece, _, _) in enumerate(options):
            if label is wanted and piece is None:
                return i
    fallback = {"headline": "article", "subhead": "article", "heading": "notice"}.get(
        wanted.role, "death" if wanted.kind == "obituary" else "headless"
    )
    return next(i for i, o in enumerate(options) if o[0].name == fallback)


def _majority(owner: Counter[int]) -> int:
    return owner.most_common(1)[0][0]


def _decision(options: list[pieces.Option], right: int, weight: float) -> Decision:
    owns: list[dict[str, float]] = []
    row_of: dict[int, int] = {}
    listed = []
    for label, piece, _, own in options:
        row = -1
        if piece is not None:
            if piece.number not in row_of:
                row_of[piece.number] = len(owns)
                owns.append(own)
            row = row_of[piece.number]
        listed.append((row, LABELS.index(label.name)))
    return Decision(options[0][2], owns, listed, right, weight)


class Sparse:
    """Rows of named numbers as a sparse matrix; products with it and with its transpose."""

    def __init__(self, rows: Iterable[dict[str, float]], columns: dict[str, int]) -> None:
        row_of, col, value = [], [], []
        count = 0
        for count, row in enumerate(rows, start=1):
            for name, number in row.items():
                if name in columns:
                    row_of.append(count - 1)
                    col.append(columns[name])
                    value.append(number)
        self.shape = (count, len(columns))
        self.row, self.col = np.array(row_of, np.int64), np.array(col, np.int64)
        self.value = np.array(value, np.float32)[:, None]
        self.by_col = np.argsort(self.col, kind="stable")

    def times(self, weights: Array) -> Array:
        return _sum_by(self.row, weights[self.col] * self.value, self.shape[0])

    def transposed_times(self, other: Array) -> Array:
        order = self.by_col
        return _sum_by(self.col[order], other[self.row[order]] * self.value[order], self.shape[1])


def _sum_by(sorted_keys: Array, values: Array, count: int) -> Array:
    out = np.zeros((count, values.shape[1]), np.float32)
    if len(sorted_keys):
        starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
        out[sorted_keys[starts]] = np.add.reduceat(values, starts, axis=0)
    return out


def fit_pieces(
    data: list[Decision],
    prior: dict[str, list[float]] | None = None,
    rounds: int = 150,
    regularisation: float = 0.7,
) -> dict[str, list[float]]:
    """Maximise the (weighted) likelihood of the right options, with a Gaussian prior."""
    seen = Counter(n for d in data for n in [*d.shared, *(x for own in d.owns for x in own)])
    names = sorted(name for name, count in seen.items() if count >= RAREST)
    columns = {name: i for i, name in enumerate(names)}
    shared = Sparse((d.shared for d in data), columns)
    owned = Sparse((own for d in data for own in d.owns), columns)
    option_of, own_row, label, right, weight = [], [], [], [], []
    first_own = 0
    for i, d in enumerate(data):
        right.append(len(label) + d.right)
        weight.append(d.weight)
        for row, number in d.options:
            option_of.append(i)
            own_row.append(first_own + row if row >= 0 else -1)
            label.append(number)
        first_own += len(d.owns)
    option_of, own_row, label = map(np.array, (option_of, own_row, label))
    starts = np.flatnonzero(np.r_[True, option_of[1:] != option_of[:-1]])
    has_own = own_row >= 0
    importance = np.array(weight, np.float32)
    start = np.zeros((len(names), len(LABELS)), np.float32)
    for name, row in (prior or {}).items():
        if name in columns:
            start[columns[name]] = row
    w = start.copy()
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, rounds + 1):
        base, own = shared.times(w), owned.times(w)
        score = base[option_of, label]
        score[has_own] += own[own_row[has_own], label[has_own]]
        score -= np.maximum.reduceat(score, starts)[option_of]
        power = np.exp(score)
        p = power / np.add.reduceat(power, starts)[option_of]
        p[right] -= 1
        p *= importance[option_of]
        g_base, g_own = np.zeros_like(base), np.zeros_like(own)
        np.add.at(g_base, (option_of, label), p)
        np.add.at(g_own, (own_row[has_own], label[has_own]), p[has_own])
        gradient = shared.transposed_times(g_base) + owned.transposed_times(g_own)
        gradient += regularisation * (w - start)
        first = 0.9 * first + 0.1 * gradient  # Adam
        second = 0.99 * second + 0.01 * gradient**2
        rate = 0.08 * (1 - step / (rounds + 1)) + 0.002
        w -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-6)
    return {name: [round(float(x), 2) for x in w[i]] for name, i in columns.items()}


def fit(golds: list[Gold], prior: Weights | None = None, passes: int = 2) -> Weights:
    """Weights from the golds' own states, then `passes` times from the converter's as well."""
    weights = Weights(fit_cuts(golds), prior.pieces if prior else {})
    data = [d for gold in golds for d in decisions(gold, weights, own_way=False)]
    weights = Weights(weights.cuts, fit_pieces(data, weights.pieces and prior.pieces))
    for _ in range(passes):
        data += [d for gold in golds for d in decisions(gold, weights, own_way=True)]
        weights = Weights(weights.cuts, fit_pieces(data, prior.pieces if prior else None))
    return weights


def measure(golds: list[Gold], weights: Weights, beam: int = pieces.BEAM) -> dict[str, list[Any]]:
    """Per level: joins right/made/in the gold, B3 F1 per page, labels right."""
    out: dict[str, list[Any]] = {}
    for gold in golds:
        steps = pieces.decide(pieces.prepare(gold.page, weights), beam)
        tails = {}
        made = set()
        for step in steps:
            if step.chosen.label.joins:
                made.add((step.chosen.piece.tail.block.index, step.index))
        truth = {(t, h) for h, t in enumerate(gold.joins) if t is not None}
        counted = [
            i
            for i, name in enumerate(gold.labels)
            if name not in ("repeat", "furniture", "caption", "picture", "photo-para")
        ]
        f1 = b_cubed([gold.piece[i] for i in counted], [steps[i].number for i in counted])
        right = sum(_alike(steps[i].chosen.label.name, gold.labels[i]) for i in range(len(steps)))
        key = gold.level + ("-en" if gold.english else "")
        row = out.setdefault(key, [0, 0, 0, [], 0, 0])
        row[0] += len(made & truth)
        row[1] += len(made)
        row[2] += len(truth)
        row[3].append(f1)
        row[4] += right
        row[5] += len(steps)
    return out


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


def print_measures(measures: dict[str, list[Any]]) -> None:
    print("level     stitch F1   precision   B3 F1   labels")
    for level, (right, made, gold, f1, labels, blocks) in sorted(measures.items()):
        stitch = 2 * right / max(1, made + gold)
        print(
            f"{level:9s} {stitch:9.3f} {right / max(1, made):11.3f} {np.mean(f1):7.3f}"
            f" {labels / blocks:8.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    golds = read_golds(arguments.pages)
    random.Random(SEED).shuffle(golds)
    if arguments.folds:
        total: dict[str, list[Any]] = {}
        for fold in range(arguments.folds):
            train = [g for i, g in enumerate(golds) if i % arguments.folds != fold]
            test = [g for i, g in enumerate(golds) if i % arguments.folds == fold]
            for weights, part in zip(fit_both(train), split(test), strict=True):
                for level, row in measure(part, weights).items():
                    old = total.get(level)
                    total[level] = [a + b for a, b in zip(old, row)] if old else row
        print_measures(total)
        return
    WEIGHTS.mkdir(exist_ok=True)
    for name, weights in zip(("zh", "en"), fit_both(golds), strict=True):
        reasons = {e.name: e.reason for e in cuts.EVIDENCE}
        (WEIGHTS / f"{name}.txt").write_text(format_weights(weights, reasons), "utf-8")


def split(golds: list[Gold]) -> tuple[list[Gold], list[Gold]]:
    return [g for g in golds if not g.english], [g for g in golds if g.english]


def fit_both(golds: list[Gold]) -> tuple[Weights, Weights]:
    """Chinese weights, and English ones that start from them: English pages are few."""
    chinese, english = split(golds)
    first = fit(chinese)
    return first, fit(english, prior=first)


if __name__ == "__main__":
    main()
