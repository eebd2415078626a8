"""How sure a decision is: probabilities that hold what they say.

The probability of a decision in its state is not yet how often such decisions are right: the state
may be wrong already. A join is no surer than that its tail is a paragraph at all, and than the
evidence of the cut itself, which takes the very next block for the rest of a sentence more often
than it is; a place is no surer than the place of the block before it. The weights (`[confidence]`)
were fitted on pages that the other weights had not seen.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from broadsheet.convert.cuts import probability
from broadsheet.convert.pieces import Step

#: Log odds beyond this say no more.
_MOST = 7.0
#: The log odds of what nothing is known about: the block before the first.
_SURE = 4.0


class Sureness(NamedTuple):
    """The confidence in a block's role, its place, and its join (1 when nothing is joined)."""

    role: float
    place: float
    join: float


def sureness_of(
    steps: list[Step], odds: dict[tuple[int, int], float], weights: dict[str, float]
) -> list[Sureness]:
    """The confidence in each step's decision."""
    known: dict[int, Sureness] = {}
    for step in steps:
        sure = {
            what: probability(
                sum(weights.get(f"{what}.{name}", float(name == "step")) * value
                    for name, value in evidence.items())
            )
            for what, evidence in evidence_of(step, odds, known).items()
        }  # fmt: skip
        known[step.block] = Sureness(
            sure["role"], sure["place"], sure["join"] if step.chosen.label.joins else 1.0
        )
    return [known[step.block] for step in steps]


def evidence_of(
    step: Step, odds: dict[tuple[int, int], float], known: dict[int, Sureness]
) -> dict[str, dict[str, float]]:
    """What each confidence is made from: log odds, and 1 for what always or in this case holds."""
    label, piece = step.chosen.label, step.chosen.piece
    before = _logit(known[piece.last].place) if piece is not None else _SURE
    evidence = {
        "role": {"always": 1.0, "step": _share(step, role=True)},
        "place": {"always": 1.0, "step": _share(step, role=False), "before": before},
    }
    if label.joins and piece is not None and piece.tail is not None:
        tail = piece.tail.block.index
        evidence["join"] = {
            "always": 1.0,
            "step": _logit(step.chosen.probability),
            "cut": max(-_MOST, min(_MOST, odds.get((tail, step.block), -_MOST))),
            "tail-role": _logit(known[tail].role),
            "tail-place": _logit(known[tail].place),
            "next-block": float(step.block == tail + 1),
        }
    return evidence


def _share(step: Step, *, role: bool) -> float:
    """Log odds of all decisions that give the block this role, or this place."""
    chosen = step.chosen
    return _logit(
        sum(
            choice.probability
            for choice in step.choices
            if (choice.label.role == chosen.label.role if role else choice.piece is chosen.piece)
        )
    )


def _logit(share: float) -> float:
    share = min(max(share, 1e-9), 1 - 1e-9)
    return max(-_MOST, min(_MOST, math.log(share / (1 - share))))
