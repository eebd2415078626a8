"""The weights: how much each evidence counts, read from tables that a person can read and change.

`weights/zh.txt` and `weights/en.txt` each hold two tables. `[cuts]` has one number per evidence.
`[pieces]` has a row per evidence and a column per label. `bench/fit.py` writes them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from broadsheet.convert.labels import LABELS
from broadsheet.piece import Language


class Weights(msgspec.Struct, frozen=True):
    """Evidence -> its weights."""

    cuts: dict[str, float]
    pieces: dict[str, list[float]]  #: one number per label, in the order of LABELS


@cache
def weights_for(language: Language) -> Weights:
    """The fitted weights of a script: one set for Chinese, one for English."""
    name = "en.txt" if language == "en" else "zh.txt"
    return parse_weights(files("broadsheet.convert").joinpath("weights", name).read_text("utf-8"))


def parse_weights(text: str) -> Weights:
    cuts: dict[str, float] = {}
    pieces: dict[str, list[float]] = {}
    columns: list[str] = []
    table = ""
    for line in text.splitlines():
        cells = line.split("#")[0].split()
        if not cells:
            continue
        if cells[0] in ("[cuts]", "[pieces]"):
            table, columns = cells[0], cells[1:]
        elif table == "[cuts]":
            cuts[cells[0]] = float(cells[1])
        else:
            row = dict(zip(columns, map(float, cells[1:]), strict=True))
            pieces[cells[0]] = [row.get(label, 0.0) for label in LABELS]
    return Weights(cuts, pieces)


def format_weights(weights: Weights, reasons: dict[str, str]) -> str:
    """The tables as text; the inverse of `parse_weights`, with each evidence's reason."""
    out = ["# How much each evidence counts. Written by bench/fit.py.", "", "[cuts]"]
    for name, weight in weights.cuts.items():
        out.append(f"{name:24s} {weight:7.2f}  # {reasons.get(name, '')}".rstrip(" #"))
    out += ["", f"{'[pieces]':24s} " + " ".join(f"{label:>13s}" for label in LABELS)]
    for name, row in weights.pieces.items():
        numbers = " ".join(f"{weight:13.2f}" for weight in row)
        out.append(f"{name:24s} {numbers}  # {reasons.get(name, '')}".rstrip(" #"))
    return "\n".join(out) + "\n"
