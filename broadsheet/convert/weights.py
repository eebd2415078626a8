"""The weights: how much each evidence counts, read from tables that a person can read and change.

`weights/zh.txt` and `weights/en.txt` each hold five tables. `[openers]` and `[enders]` say of
common words how much rather a paragraph begins with them than goes on with them after a cut, and
how much rather a cut line ends with them than a heading. `[cuts]` has one number per evidence.
`[confidence]` turns probabilities into ones that hold. `[pieces]` has a row per evidence and a
column per label. `bench/fit.py` writes them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from broadsheet.convert.labels import LABELS
from broadsheet.piece import Language


class Weights(msgspec.Struct, frozen=True):
    """Evidence -> its weights."""

    openers: dict[str, float]  #: log odds of a word or character
    enders: dict[str, float]
    cuts: dict[str, float]
    pieces: dict[str, list[float]]  #: one number per label, in the order of LABELS
    confidence: dict[str, float] = {}
    common: dict[str, float] = {}  #: how much a common word tells of a subject; 1 for all others


@cache
def weights_for(language: Language) -> Weights:
    """The fitted weights of a script: one set for Chinese, one for English."""
    name = "en.txt" if language == "en" else "zh.txt"
    return parse_weights(files("broadsheet.convert").joinpath("weights", name).read_text("utf-8"))


_SIMPLE = ("[openers]", "[enders]", "[common]", "[cuts]", "[confidence]")


def parse_weights(text: str) -> Weights:
    tables: dict[str, dict[str, float]] = {name: {} for name in _SIMPLE}
    pieces: dict[str, list[float]] = {}
    columns: list[str] = []
    table = ""
    for line in text.splitlines():
        cells = line.split("  # ")[0].split()
        if not cells or cells[0] == "#":
            continue
        if cells[0] in ("[pieces]", *tables):
            table, columns = cells[0], cells[1:]
        elif table == "[pieces]":
            row = dict(zip(columns, map(float, cells[1:]), strict=True))
            pieces[cells[0]] = [row.get(label, 0.0) for label in LABELS]
        else:  # one or several pairs of a name and its weight
            numbers = map(float, cells[1::2])
            tables[table].update(zip(cells[::2], numbers, strict=True))
    simple = {name.strip("[]"): table for name, table in tables.items()}
    return Weights(pieces=pieces, **simple)


def format_weights(weights: Weights, reasons: dict[str, str]) -> str:
    """The tables as text; the inverse of `parse_weights`, with each evidence's reason."""
    out = ["# How much each evidence counts. Written by bench/fit.py."]
    words_of = {"openers": weights.openers, "enders": weights.enders, "common": weights.common}
    for title, words in words_of.items():
        cells = [f"{word} {weight:.1f}" for word, weight in sorted(words.items())]
        out += ["", f"[{title}]", *("  ".join(cells[i : i + 10]) for i in range(0, len(cells), 10))]
    for title, table in (("[confidence]", weights.confidence), ("[cuts]", weights.cuts)):
        out += ["", title]
        out += [_row(name, f"{weight:7.2f}", reasons) for name, weight in table.items()]
    out += ["", f"{'[pieces]':28s} " + " ".join(f"{label:>11s}" for label in LABELS)]
    for name, row in weights.pieces.items():
        out.append(_row(name, " ".join(f"{weight:11.2f}" for weight in row), reasons))
    return "\n".join(out) + "\n"


def _row(name: str, numbers: str, reasons: dict[str, str]) -> str:
    reason = reasons.get(name)
    return f"{name:28s} {numbers}" + (f"  # {reason}" if reason else "")
