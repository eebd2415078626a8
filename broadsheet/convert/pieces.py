"""Blocks -> pieces: roles, joins and places decided together, left to right, with a small beam.

For each block every decision that makes sense in a state is weighed: to begin a piece (with a
headline, without one, a slogan, a notice ...), or to go on with one of the pieces that are open (in
some role, joined to its last sentence or not). The weights of the evidence are summed for each
and turned into probabilities, so that what is chosen comes with a confidence.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from broadsheet.convert import cuts, roles
from broadsheet.convert.facts import Facts
from broadsheet.convert.labels import LABEL, LABELS, Label
from broadsheet.convert.weights import Weights

#: States kept side by side.
BEAM = 3
#: Pieces that a block may go on with: the last ones touched.
OPEN_PIECES = 8
#: Blocks that lie between a piece and the block that goes on with it, at most.
FORGOTTEN = 60
#: Words remembered of one piece; a longer one is known by its last paragraphs.
_MOST_WORDS = 3000
_NOTHING: frozenset[str] = frozenset()
_NUMBER = {name: number for number, name in enumerate(LABELS)}
_BEGIN = [label for label in LABEL.values() if label.begins]
_GO_ON = [label for label in LABEL.values() if not label.begins]


class Open(NamedTuple):
    """A piece that may go on."""

    number: int
    kind: str
    headed: bool
    first: int  #: index of its first block
    last: int  #: index of its last block
    role: str  #: the label of its last block
    tail: Facts | None  #: its last paragraph, while nothing else has followed it
    paragraphs: int
    ended: bool  #: signed, or closed by a credit
    words: frozenset[str]


class Choice(NamedTuple):
    """A decision about one block in one state."""

    label: Label
    piece: Open | None  #: the piece that goes on; None when one begins
    probability: float


class Step(NamedTuple):
    """A decision taken, with the ones that were not; the trail of a state."""

    before: Step | None
    index: int
    number: int  #: of the piece that the block went to
    chosen: Choice
    choices: list[Choice]


class State(NamedTuple):
    """One reading of the page so far."""

    score: float
    pieces: tuple[Open, ...]  #: the last touched last
    count: int
    last_label: str
    trail: Step | None


START = State(0.0, (), 0, "edge", None)


class Reader(NamedTuple):
    """What a page's decisions are made from; computed once."""

    page: cuts.Page
    weights: Weights
    rarity: dict[str, float]
    block_evidence: list[list[str]]
    odds: dict[tuple[int, int], float]  #: (tail, head) -> log odds that it was cut there
    best_head: dict[int, list[tuple[float, int]]]  #: tail -> its heads, best first
    best_tail: dict[int, list[tuple[float, int]]]  #: head -> its tails, best first
    body_after: list[int | None]  #: the next block of running text


def prepare(page: cuts.Page, weights: Weights) -> Reader:
    facts = page.facts
    evidence = [roles.evidence_of(facts, index) for index in range(len(facts))]
    odds = _all_odds(page, weights)
    heads: dict[int, list[tuple[float, int]]] = {}
    tails: dict[int, list[tuple[float, int]]] = {}
    for (tail, head), value in odds.items():
        heads.setdefault(tail, []).append((value, head))
        tails.setdefault(head, []).append((value, tail))
    for ranking in (*heads.values(), *tails.values()):
        ranking.sort(reverse=True)
    return Reader(page, weights, _rarity(facts), evidence, odds, heads, tails, _bodies_after(facts))


def may_be_tail(fact: Facts) -> bool:
    return fact.is_open and fact.shape not in (
        "death-heading",
        "notice-heading",
        "byline",
        "credit",
    )


def may_be_head(fact: Facts) -> bool:
    return fact.shape not in ("death-heading", "notice-heading", "byline", "page-header")


def tails_for(facts: list[Facts], head: int) -> list[int]:
    """The open blocks before `head` that it might continue, the latest first."""
    found = [
        index
        for index in range(head - 1, max(-1, head - 1 - cuts.REACH), -1)
        if may_be_tail(facts[index])
    ]
    return found[: cuts.MOST_TAILS]


def _all_odds(page: cuts.Page, weights: Weights) -> dict[tuple[int, int], float]:
    facts = page.facts
    odds = {}
    for head in range(1, len(facts)):
        if may_be_head(facts[head]):
            for tail in tails_for(facts, head):
                names = cuts.evidence_of(page, facts[tail], facts[head])
                odds[tail, head] = cuts.log_odds(names, weights.cuts)
    return odds


def _rarity(facts: list[Facts]) -> dict[str, float]:
    """How much a word says about where a block belongs: nothing when it stands in one block only."""
    blocks = Counter(word for fact in facts for word in fact.words)
    total = len(facts) + 1
    return {word: math.log(total / count) for word, count in blocks.items() if count > 1}


def _bodies_after(facts: list[Facts]) -> list[int | None]:
    after: list[int | None] = [None] * len(facts)
    for index in range(len(facts) - 2, -1, -1):
        following = facts[index + 1]
        long = following.shape in ("open", "closed", "dateline") or following.length > 40
        after[index] = index + 1 if long else after[index + 1]
    return after


def decide(reader: Reader, beam: int = BEAM) -> list[Step]:
    """The best reading of the page, a step per block."""
    states = [START]
    for index in range(len(reader.page.facts)):
        grown = [
            (state.score + math.log(max(choice.probability, 1e-12)), state, choice, choices)
            for state in states
            for choices in [choices_for(reader, state, index)]
            for choice in choices
        ]
        grown.sort(key=lambda option: -option[0])
        states = [
            advance(reader, state, index, choice, choices, score)
            for score, state, choice, choices in grown[:beam]
        ]
    return _steps(states[0].trail)


def _steps(trail: Step | None) -> list[Step]:
    steps = []
    while trail is not None:
        steps.append(trail)
        trail = trail.before
    return steps[::-1]


def advance(
    reader: Reader,
    state: State,
    index: int,
    choice: Choice,
    choices: list[Choice],
    score: float = 0.0,
) -> State:
    """The state after `choice`."""
    piece = _grown(reader, state, index, choice)
    others = tuple(p for p in state.pieces if p.number != piece.number)
    step = Step(state.trail, index, piece.number, choice, choices)
    count = state.count + choice.label.begins
    return State(score, (*others, piece)[-OPEN_PIECES:], count, choice.label.name, step)


def _grown(reader: Reader, state: State, index: int, choice: Choice) -> Open:
    fact, label, old = reader.page.facts[index], choice.label, choice.piece
    running = label.role in ("paragraph", "caption")
    tail = fact if running else None
    ended = label.role in ("signature", "credit") or (running and "ends-credit" in fact.names)
    if old is None:
        headed = label.role in ("headline", "heading")
        kind = label.kind or "article"
        first, paragraphs, words = index, int(running), fact.words
        return Open(
            state.count, kind, headed, first, index, label.name, tail, paragraphs, ended, words
        )
    words = old.words | fact.words
    if len(words) > _MOST_WORDS:
        words = fact.words
    ended = ended or (label.role == "byline" and old.paragraphs > 0)
    return old._replace(
        last=index,
        role=label.name,
        tail=tail,
        paragraphs=old.paragraphs + (running and not label.joins),
        ended=ended or (old.ended and not running),
        words=words,
    )


def choices_for(reader: Reader, state: State, index: int) -> list[Choice]:
    """Every decision about block `index` in `state`, with its probability."""
    options = list(weighed_options(reader, state, index))
    table = reader.weights.pieces
    base: dict[int, list[float]] = {}
    scores = []
    for label, piece, shared, own in options:
        key = id(piece)
        if key not in base:
            common = base.get(id(None)) or _total(table, shared, None)
            base.setdefault(id(None), common)
            base[key] = _total(table, own, common) if piece is not None else common
        scores.append(base[key][_NUMBER[label.name]])
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    return [
        Choice(label, piece, power / whole)
        for (label, piece, _, _), power in zip(options, powers, strict=True)
    ]


def _total(
    table: dict[str, list[float]], evidence: dict[str, float], start: list[float] | None
) -> list[float]:
    """Weights of all evidence summed, one total per label."""
    total = start or [0.0] * len(LABELS)
    for name, value in evidence.items():
        row = table.get(name)
        if row is not None:
            total = [a + value * b for a, b in zip(total, row, strict=True)]
    return total


Option = tuple[Label, Open | None, dict[str, float], dict[str, float]]


def weighed_options(reader: Reader, state: State, index: int) -> list[Option]:
    """(label, piece, evidence of block and state, evidence of the piece) of each decision."""
    fact = reader.page.facts[index]
    pieces = [p for p in state.pieces if index - p.last <= FORGOTTEN]
    closeness = [_closeness(reader, piece, fact) for piece in pieces]
    shared = dict.fromkeys(reader.block_evidence[index], 1.0)
    shared |= _state_evidence(reader, state, index, pieces, closeness)
    options: list[Option] = [
        (label, None, shared, {}) for label in _BEGIN if _may_begin(label, fact, shared)
    ]
    for rank, piece in enumerate(reversed(pieces)):
        allowed = [label for label in _GO_ON if _may_go_on(label, piece)]
        if allowed:
            own = _piece_evidence(reader, state, index, piece, rank, pieces, closeness)
            options += [(label, piece, shared, own) for label in allowed]
    return options


def _may_begin(label: Label, fact: Facts, shared: dict[str, float]) -> bool:
    return label.name != "repeat" or "copy-above" in shared or "copy-below" in shared


def _may_go_on(label: Label, piece: Open) -> bool:
    if label.kind is not None and label.kind != piece.kind:
        return False
    if label.joins:
        return piece.tail is not None
    match label.name:
        case "title":
            return piece.headed and not piece.paragraphs and piece.kind in ("article", "obituary")
        case "sign":
            return piece.kind in ("obituary", "notice") and piece.paragraphs > 0
        case "credit":
            return piece.kind in ("article", "photo") and piece.paragraphs > 0
        case "photo-para":
            return piece.role == "picture"
    return True


def _closeness(reader: Reader, piece: Open, fact: Facts) -> float:
    """Share of the block's recurring words, by their rarity, that the piece has; 0 to 1."""
    rarity = reader.rarity
    whole = 3.0
    shared = 0.0
    for word in fact.words:
        weight = rarity.get(word)
        if weight is not None:
            whole += weight
            if word in piece.words:
                shared += weight
    return shared / whole


def _state_evidence(
    reader: Reader, state: State, index: int, pieces: list[Open], closeness: list[float]
) -> dict[str, float]:
    """What the page read so far says about any decision on the block."""
    evidence = {f"last-label={state.last_label}": 1.0}
    tails = sum(p.tail is not None and p.tail.is_open for p in pieces)
    evidence[f"open-tails-{min(tails, 3)}"] = 1.0
    if not any(p.kind == "article" for p in pieces):
        evidence["no-article-yet"] = 1.0
    best = max(closeness, default=0.0)
    evidence[f"closest-{_closeness_step(best)}"] = 1.0
    odds = [
        reader.odds.get((p.tail.block.index, index), -9.0) for p in pieces if p.tail is not None
    ]
    evidence[f"best-cut-{_odds_step(max(odds, default=-9.0))}"] = 1.0
    return evidence


def _piece_evidence(
    reader: Reader,
    state: State,
    index: int,
    piece: Open,
    rank: int,
    pieces: list[Open],
    closeness: list[float],
) -> dict[str, float]:
    """What speaks for and against going on with `piece`."""
    gap = index - piece.last - 1
    names = [
        f"piece-last={_last_of(piece)}",
        f"piece-gap-{_gap_step(gap)}",
        f"piece-rank-{min(rank, 3)}",
        f"piece-size-{_size_step(piece.paragraphs)}",
    ]
    if gap == 0:
        names.append(f"next-after={_last_of(piece)}")
    if piece.ended:
        names.append("piece-ended")
    if not piece.headed:
        names.append("piece-headless")
    later = [p for p in pieces if p.last > piece.last]
    if gap and all(p.kind in ("slogan", "photo", "furniture", "notice", "obituary") for p in later):
        names.append("only-inserts-between")
    if any(p.first > piece.last and p.kind == "article" and p.headed for p in later):
        names.append("headline-between")
    evidence = dict.fromkeys(names, 1.0)
    evidence |= _cohesion_evidence(reader, index, piece, pieces, closeness)
    if piece.tail is not None:
        evidence |= _cut_evidence(reader, index, piece.tail, pieces)
    return evidence


def _last_of(piece: Open) -> str:
    """The last block's role, and for a paragraph how it ended."""
    if piece.tail is None:
        return piece.role
    for end in ("ends-comma", "ends-colon", "ends-bracket", "ends-open", "ends-stop"):
        if end in piece.tail.names:
            return end
    return "ends-stop"


def _cohesion_evidence(
    reader: Reader, index: int, piece: Open, pieces: list[Open], closeness: list[float]
) -> dict[str, float]:
    own = closeness[pieces.index(piece)]
    rivals = [c for p, c in zip(pieces, closeness, strict=True) if p is not piece]
    lead = own - max(rivals, default=0.0)
    evidence = {"close": own, "closer": lead, f"lead-{_lead_step(lead)}": 1.0}
    body = reader.body_after[index]
    if body is not None and body - index <= 3 and reader.page.facts[index].length <= 40:
        following = reader.page.facts[body]
        nexts = [_closeness(reader, p, following) for p in pieces]
        mine = nexts[pieces.index(piece)]
        others = [c for p, c in zip(pieces, nexts, strict=True) if p is not piece]
        evidence["body-close"] = mine
        evidence[f"body-lead-{_lead_step(mine - max(others, default=0.0))}"] = 1.0
        evidence[f"body-close-{_closeness_step(mine)}"] = 1.0
    return evidence


def _cut_evidence(reader: Reader, index: int, tail: Facts, pieces: list[Open]) -> dict[str, float]:
    """How well the block continues the piece's last sentence, against all rivals."""
    if not tail.is_open:
        return {"no-cut": 1.0}
    here = reader.odds.get((tail.block.index, index), -9.0)
    rivals = [
        reader.odds.get((p.tail.block.index, index), -9.0)
        for p in pieces
        if p.tail is not None and p.tail is not tail
    ]
    heads = reader.best_head.get(tail.block.index, [])
    ahead = max((value for value, head in heads if head > index), default=-9.0)
    over_tails = here - max(rivals, default=-9.0)
    over_heads = here - ahead
    return {
        "cut": max(-6.0, min(6.0, here)),
        f"cut-{_odds_step(here)}": 1.0,
        f"cut-over-tails-{_odds_step(over_tails)}": 1.0,
        f"cut-over-heads-{_odds_step(over_heads)}": 1.0,
    }


def _odds_step(odds: float) -> int:
    return sum(odds > limit for limit in (-5, -3, -1.5, 0, 1.5, 3, 5))


def _closeness_step(share: float) -> int:
    return sum(share > limit for limit in (0.0, 0.05, 0.12, 0.22, 0.35, 0.55))


def _lead_step(lead: float) -> int:
    return sum(lead > limit for limit in (-0.3, -0.12, -0.04, 0.0, 0.04, 0.12, 0.3))


def _gap_step(gap: int) -> int:
    return sum(gap > limit for limit in (0, 1, 3, 7, 15))


def _size_step(paragraphs: int) -> int:
    return sum(paragraphs > limit for limit in (0, 1, 2, 4, 8))
