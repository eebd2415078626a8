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

from broadsheet.convert import cuts, geometry, roles
from broadsheet.convert.facts import Facts
from broadsheet.convert.geometry import Ground
from broadsheet.convert.labels import LABEL, LABELS, Label
from broadsheet.convert.weights import Weights

#: States kept side by side.
BEAM = 3
#: How much of a decision's own weight counts beside its probability. Where no decision fits well,
#: one of them still has a high probability; its low weight tells that the reading went wrong.
UNEASE = 0.2
#: Pieces that a block may go on with: the last ones touched.
OPEN_PIECES = 8
#: Blocks that lie between a piece and the block that goes on with it, at most.
FORGOTTEN = 60
#: Blocks of running text that are judged together.
_RUN = 4
#: Words remembered of one piece; a longer one is known by its last paragraphs.
_MOST_WORDS = 3000
#: Recurring words of a block, by and large; it only sets the scale of what is expected.
_MEAN_WORDS = 12
#: Without a heading only its words make a notice one of a death.
_TELLS_A_DEATH = frozenset({"death-words", "kin-start", "funeral", "death-heading"})
#: A sentence longer than this is no slogan: characters in Chinese, words in English.
_LONGEST_SLOGAN = 36
NUMBER = {name: number for number, name in enumerate(LABELS)}
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
    subhead: int  #: size of its last subhead in steps; -1 before the first
    bulletin: bool  #: its headline announces a series of short items
    words: dict[str, int]  #: the page's recurring words in it, and in how many of its blocks
    ground: Ground  #: where it stands on the page


class Choice(NamedTuple):
    """A decision about one block in one state."""

    label: Label
    piece: Open | None  #: the piece that goes on; None when one begins
    score: float  #: the weights of all evidence for it, summed
    probability: float  #: among all decisions in this state


#: (label, piece, evidence of block and state, evidence of the piece)
Option = tuple[Label, Open | None, dict[str, float], dict[str, float]]


class Step(NamedTuple):
    """A decision taken, with the ones that were not; the trail of a state."""

    before: Step | None
    block: int  #: its index
    number: int  #: of the piece that the block went to
    chosen: Choice
    choices: list[Choice]


class State(NamedTuple):
    """One reading of the page so far."""

    score: float
    pieces: tuple[Open, ...]  #: the last touched last
    begun: int  #: pieces
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
    heading_above: list[int | None]  #: the nearest in large type above it in its column
    body_after: list[int | None]  #: the next block of running text
    runs: list[frozenset[str]]  #: the words of each block and the running text right after it


def prepare(page: cuts.Page, weights: Weights) -> Reader:
    facts = page.facts
    odds = _all_odds(page, weights)
    heads: dict[int, list[tuple[float, int]]] = {}
    tails: dict[int, list[tuple[float, int]]] = {}
    for (tail, head), value in odds.items():
        heads.setdefault(tail, []).append((value, head))
        tails.setdefault(head, []).append((value, tail))
    for ranking in (*heads.values(), *tails.values()):
        ranking.sort(reverse=True)
    places = geometry.evidence_of_blocks(facts)
    evidence = [
        roles.evidence_of(page, index)
        + places[index]
        + _continuation_evidence(facts[index], heads.get(index, []), odds)
        for index in range(len(facts))
    ]
    return Reader(
        page=page,
        weights=weights,
        rarity=_rarity(facts),
        block_evidence=evidence,
        odds=odds,
        best_head=heads,
        best_tail=tails,
        heading_above=geometry.headings_above(facts),
        body_after=_bodies_after(facts),
        runs=[_run_words(facts, index) for index in range(len(facts))],
    )


def _run_words(facts: list[Facts], index: int) -> frozenset[str]:
    """What is resumed is judged by what follows it too, up to the next thing that is not text."""
    words = facts[index].words
    for following in facts[index + 1 : index + _RUN]:
        if following.shape not in ("open", "closed", "tail"):
            break
        words |= following.words
    return words


def _continuation_evidence(
    fact: Facts, heads: list[tuple[float, int]], odds: dict[tuple[int, int], float]
) -> list[str]:
    """How well any later block, and the very next one, continues this one: a heading has none."""
    if not heads:
        return ["no-head-ahead"]
    index = fact.block.index
    best, following = heads[0][0], odds.get((index, index + 1), -9.0)
    return [f"best-head-{_odds_step(best)}", f"next-head-{_odds_step(following)}"]


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
    """How much a word says about where a block belongs; words of a single block say nothing."""
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
            (state.score + _merit(choice), state, choice, choices)
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


def _merit(choice: Choice) -> float:
    likelihood = math.log(max(choice.probability, 1e-12))
    return (1 - UNEASE) * likelihood + UNEASE * choice.score


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
    begun = state.begun + choice.label.begins
    return State(score, (*others, piece)[-OPEN_PIECES:], begun, choice.label.name, step)


def _grown(reader: Reader, state: State, index: int, choice: Choice) -> Open:
    fact, label, old = reader.page.facts[index], choice.label, choice.piece
    running = label.role in ("paragraph", "caption")
    tail = fact if running else None
    ended = label.role in ("signature", "credit") or (running and "ends-credit" in fact.names)
    if old is None:
        headed = label.role in ("headline", "heading")
        kind = label.kind or "article"
        return Open(
            number=state.begun,
            kind=kind,
            headed=headed,
            first=index,
            last=index,
            role=label.name,
            tail=tail,
            paragraphs=int(running),
            ended=ended,
            subhead=-1,
            bulletin=headed and "bulletin" in fact.names,
            words=_counted({}, reader.rarity, fact.words),
            ground=Ground().grown(fact, running=running),
        )
    words = _counted(old.words if len(old.words) < _MOST_WORDS else {}, reader.rarity, fact.words)
    ended = ended or (label.role == "byline" and old.paragraphs > 0)
    return old._replace(
        last=index,
        role=label.name,
        tail=tail,
        paragraphs=old.paragraphs + (running and not label.joins),
        ended=ended or (old.ended and not running),
        subhead=_heading_step(fact.length) if label.role == "subhead" else old.subhead,
        words=words,
        ground=old.ground.grown(fact, running=running),
    )


def _counted(
    before: dict[str, int], rarity: dict[str, float], words: frozenset[str]
) -> dict[str, int]:
    counts = dict(before)
    for word in words:
        if word in rarity:
            counts[word] = counts.get(word, 0) + 1
    return counts


def choices_for(reader: Reader, state: State, index: int) -> list[Choice]:
    """Every decision about block `index` in `state`, with its probability."""
    return choices_of(reader, weighed_options(reader, state, index))


def choices_of(reader: Reader, options: list[Option]) -> list[Choice]:
    table = reader.weights.pieces
    base: dict[int, list[float]] = {}
    scores = []
    for label, piece, shared, own in options:
        key = id(piece)
        if key not in base:
            common = base.get(id(None)) or _total(table, shared, None)
            base.setdefault(id(None), common)
            base[key] = _total(table, own, common) if piece is not None else common
        scores.append(base[key][NUMBER[label.name]])
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    return [
        Choice(label, piece, score, power / whole)
        for (label, piece, _, _), score, power in zip(options, scores, powers, strict=True)
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


class Near(NamedTuple):
    """How near a block's words are to each of the pieces, by four measures."""

    share: list[float]  #: of the block's recurring words that the piece has
    alike: list[float]  #: how much likelier they are there than on the page
    run: list[float]  #: the same, with the text that follows the block
    body: list[float] | None  #: share of the words below a short block; None for a long one


def weighed_options(reader: Reader, state: State, index: int) -> list[Option]:
    """(label, piece, evidence of block and state, evidence of the piece) of each decision."""
    pieces = [p for p in state.pieces if index - p.last <= FORGOTTEN]
    facts = reader.page.facts
    near = _near(reader, index, pieces)
    shared = dict.fromkeys(reader.block_evidence[index], 1.0)
    shared |= _state_evidence(reader, state, index, pieces, near)
    options: list[Option] = [
        (label, None, shared, {}) for label in _BEGIN if _may_begin(label, facts[index], shared)
    ]
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        allowed = [label for label in _GO_ON if _may_go_on(label, piece)]
        if allowed:
            own = _piece_evidence(reader, index, place, pieces)
            own |= _nearness_evidence(near, place)
            above, cut = reader.heading_above[index], piece.tail is not None and piece.tail.is_open
            places = geometry.evidence_of_place(facts[index], above, piece.ground, cut)
            own |= dict.fromkeys(places, 1.0)
            if piece.tail is not None:
                own |= _cut_evidence(reader, index, piece.tail, pieces)
            options += [(label, piece, shared, own) for label in allowed]
    return options


def _near(reader: Reader, index: int, pieces: list[Open]) -> Near:
    fact, body = reader.page.facts[index], reader.body_after[index]
    below = None
    if body is not None and body - index <= 3 and fact.length <= 40:
        words = reader.page.facts[body].words
        below = [_closeness(reader, p, words) for p in pieces]
    return Near(
        share=[_closeness(reader, p, fact.words) for p in pieces],
        alike=[_likeness(reader, p, fact.words) for p in pieces],
        run=[_likeness(reader, p, reader.runs[index]) for p in pieces],
        body=below,
    )


def _may_begin(label: Label, fact: Facts, shared: dict[str, float]) -> bool:
    if label.name == "death":
        return bool(_TELLS_A_DEATH & fact.names)
    if label.name == "furniture":
        return "ends-stop" not in fact.names
    if label.name == "slogan" and "ends-stop" in fact.names:
        return fact.length <= _LONGEST_SLOGAN
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
        case "subhead":
            return piece.kind in ("article", "notice")
        case "photo-para":
            return piece.role == "picture"
    return True


def _closeness(reader: Reader, piece: Open, words: frozenset[str]) -> float:
    """Share of the recurring words, by their rarity, that the piece has; 0 to 1."""
    rarity = reader.rarity
    whole = 3.0
    shared = 0.0
    for word in words:
        weight = rarity.get(word)
        if weight is not None:
            whole += weight
            if word in piece.words:
                shared += weight
    return shared / whole


def _likeness(reader: Reader, piece: Open, words: frozenset[str]) -> float:
    """How much more likely the words are in the piece than on the page, in nats per word.

    Unlike the share of words known, this does not favour the longer piece.
    """
    size = sum(piece.words.values()) or 1
    total, count = 0.0, 3
    for word in words:
        rarity = reader.rarity.get(word)
        if rarity is not None:
            expected = math.exp(-rarity)
            found = piece.words.get(word, 0) / size * _MEAN_WORDS
            total += math.log(0.4 + 0.6 * min(found / expected, 20.0))
            count += 1
    return total / count


def _state_evidence(
    reader: Reader, state: State, index: int, pieces: list[Open], near: Near
) -> dict[str, float]:
    """What the page read so far says about any decision on the block."""
    names = [f"last-label={state.last_label}"]
    tails = sum(p.tail is not None and p.tail.is_open for p in pieces)
    names.append(f"open-tails-{min(tails, 3)}")
    if not any(p.kind == "article" for p in pieces):
        names.append("no-article-yet")
    names.append(f"closest-{_closeness_step(max(near.share, default=0.0))}")
    if near.body is not None:
        names.append(f"body-closest-{_closeness_step(max(near.body, default=0.0))}")
    odds = [
        reader.odds.get((p.tail.block.index, index), -9.0) for p in pieces if p.tail is not None
    ]
    names.append(f"best-cut-{_odds_step(max(odds, default=-9.0))}")
    return dict.fromkeys(names, 1.0)


def _piece_evidence(reader: Reader, index: int, place: int, pieces: list[Open]) -> dict[str, float]:
    """What the piece's state says about going on with it."""
    piece, length = pieces[place], reader.page.facts[index].length
    gap = index - piece.last - 1
    names = [
        f"piece-last={_last_of(piece)}",
        f"piece-gap-{_gap_step(gap)}",
        f"piece-rank-{min(len(pieces) - 1 - place, 3)}",
        f"piece-size-{_size_step(piece.paragraphs)}",
    ]
    if gap == 0:
        names.append(f"next-after={_last_of(piece)}")
    if piece.ended:
        names.append("piece-ended")
    if not piece.headed:
        names.append("piece-headless")
    if piece.bulletin:
        names.append("piece-bulletin")
    if length <= 40:
        here = _heading_step(length)
        names.append(f"subhead-{piece.subhead}-{here}" if piece.subhead >= 0 else f"first-{here}")
    later = [p for p in pieces if p.last > piece.last]
    if gap and all(p.kind != "article" for p in later):
        names.append("only-inserts-between")
    if any(p.first > piece.last and p.kind == "article" and p.headed for p in later):
        names.append("headline-between")
    return dict.fromkeys(names, 1.0)


def _last_of(piece: Open) -> str:
    """The last block's role, and for a paragraph how it ended."""
    if piece.tail is None:
        return piece.role
    for end in ("ends-comma", "ends-colon", "ends-bracket", "ends-open", "ends-stop"):
        if end in piece.tail.names:
            return end
    return "ends-stop"


def _nearness_evidence(near: Near, place: int) -> dict[str, float]:
    """How near the words are to the piece, alone and against the nearest rival."""
    lead = _lead(near.share, place, 0.0)
    evidence = {"close": near.share[place], "closer": lead, f"lead-{_lead_step(lead)}": 1.0}
    for name, values in (("alike", near.alike), ("run-alike", near.run)):
        evidence[name] = values[place]
        evidence[f"{name}-lead-{_likeness_step(_lead(values, place, -0.9))}"] = 1.0
    if near.body is not None:
        evidence["body-close"] = near.body[place]
        evidence[f"body-close-{_closeness_step(near.body[place])}"] = 1.0
        evidence[f"body-lead-{_lead_step(_lead(near.body, place, 0.0))}"] = 1.0
    return evidence


def _lead(values: list[float], place: int, least: float) -> float:
    return values[place] - max((*values[:place], *values[place + 1 :]), default=least)


def _likeness_step(lead: float) -> int:
    return sum(lead > limit for limit in (-0.6, -0.3, -0.1, 0.0, 0.1, 0.3, 0.6))


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


def _heading_step(length: int) -> int:
    return sum(length > limit for limit in (5, 9, 13, 18))


def _gap_step(gap: int) -> int:
    return sum(gap > limit for limit in (0, 1, 3, 7, 15))


def _size_step(paragraphs: int) -> int:
    return sum(paragraphs > limit for limit in (0, 1, 2, 4, 8))
