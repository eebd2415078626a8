"""Blocks -> pieces: roles, joins and places decided together, left to right, with a small beam.

For each block every decision that makes sense in a state is weighed: to begin a piece (with a
headline, without one, a slogan, a notice ...), or to go on with one of the pieces that are open (in
some role, joined to its last sentence or not). The weights of the evidence are summed for each
and turned into probabilities, so that what is chosen comes with a confidence.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from typing import NamedTuple

from broadsheet.convert import cuts, geometry, nearness, roles, rules
from broadsheet.convert.draft import Role
from broadsheet.convert.facts import Facts
from broadsheet.convert.geometry import Ground
from broadsheet.convert.labels import LABEL, LABELS, Label
from broadsheet.convert.nearness import Known, Near, Vocabulary, share_step
from broadsheet.convert.weights import Weights

#: States kept side by side, and how far behind the best of them one may be, in score. Where a page
#: is plain one or two are left, where it is not all of them are: many cost no more than few then.
BEAM, MARGIN = 8, 2.0
#: Blocks of the longest page that is read so. No printed page has as many; what a program pasted
#: together is read with a single state, in a third of the time.
LONGEST = 1500
#: How much of a decision's own weight counts beside its probability. Where no decision fits well,
#: one of them still has a high probability; its low weight tells that the reading went wrong.
UNEASE = 0.2
#: How much the evidence of the cut itself counts beside that: fully where a short line is taken for
#: a cut one, for a heading mistaken for a paragraph would else be joined to whatever follows it.
DOUBT_OF_SHORT, DOUBT_OF_LONG = 1.0, 0.15
#: Pieces that a block may go on with: the last ones touched.
OPEN_PIECES = 8
#: Blocks that lie between a piece and the block that goes on with it, at most.
FORGOTTEN = 60
#: What stands right below a heading is its text, or begins something: no other piece goes on there.
_HEADS = frozenset({"article", "title", "subhead", "obituary", "notice", "picture"})
#: Log odds from which on a block is believed to go on with a sentence, though it is yet to come.
GOES_ON = 1.0
#: Words remembered of one piece; a longer one is known by its last paragraphs.
_MOST_WORDS = 3000
#: 言之, 半夏: a writer may sign so.
_PEN_NAME = re.compile(r"[\u3400-\u9fff]{2,3}")
#: What parts or ends a sentence.
_MARKS = re.compile(r"[，。、；：？！,.;:?!…]")
#: A photographer's line is not longer than this.
_LONGEST_LINE = 24
NUMBER = {name: number for number, name in enumerate(LABELS)}


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
    dated: bool  #: its text opened with a dateline
    ended: bool  #: signed, closed by a credit, or said to go on on another page
    credited: bool  #: its last block is a source or writer in brackets, below its text
    subhead: int  #: size of its last subhead in steps; -1 before the first
    plain: bool  #: it has subheads, each short and of one row
    bulletin: bool  #: its headline announces a series of short items
    letter: bool  #: it is addressed to someone, and will be signed
    words: Known  #: the page's recurring words in it
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


#: A state, a decision on the next block with its rivals, and the score of both together.
Grown = tuple[float, State, Choice, list[Choice]]

START = State(0.0, (), 0, "edge", None)


class Reader(NamedTuple):
    """What a page's decisions are made from; computed once."""

    page: cuts.Page
    weights: Weights
    vocabulary: Vocabulary
    block_evidence: list[list[str]]
    odds: dict[tuple[int, int], float]  #: (tail, head) -> log odds that it was cut there
    best_head: dict[int, list[tuple[float, int]]]  #: tail -> its heads, best first
    best_tail: dict[int, list[tuple[float, int]]]  #: head -> its tails, best first
    heading_above: list[int | None]  #: the nearest in large type above it in its column
    body_after: list[int | None]  #: the next block of running text


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
        vocabulary=nearness.read_vocabulary(facts, weights.common),
        block_evidence=evidence,
        odds=odds,
        best_head=heads,
        best_tail=tails,
        heading_above=geometry.headings_above(facts),
        body_after=_bodies_after(facts),
    )


def _continuation_evidence(
    fact: Facts, heads: list[tuple[float, int]], odds: dict[tuple[int, int], float]
) -> list[str]:
    """How well any later block, and the very next one, continues this one: a heading has none.

    What stands inside a sentence that a column cut, between its two parts, belongs to neither.
    """
    index = fact.block.index
    names = []
    if (index - 1, index + 1) in odds:
        names.append(f"around-{_odds_step(odds[index - 1, index + 1])}")
    if not heads:
        return [*names, "no-head-ahead"]
    best, following = heads[0][0], odds.get((index, index + 1), -9.0)
    if fact.shape == "short" and "ends-bracket" not in fact.names:
        names.append(f"open-line-{_odds_step(best)}")
    return [*names, f"best-head-{_odds_step(best)}", f"next-head-{_odds_step(following)}"]


def may_be_tail(fact: Facts) -> bool:
    if not rules.ENDS.isdisjoint(fact.names):
        return False
    return fact.is_open and fact.shape not in (
        "death-heading",
        "notice-heading",
        "byline",
        "credit",
    )


def may_be_head(fact: Facts) -> bool:
    """Whether it may go on with a sentence that a column cut."""
    if fact.shape in ("death-heading", "notice-heading", "byline", "page-header"):
        return False
    if not rules.BEGINS_ANEW.isdisjoint(fact.names):
        return False
    if fact.shape == "short" and "space-inside" in fact.names and not _MARKS.search(fact.text):
        return False  # headlines part their halves with a space, sentences with a comma
    return not (fact.shape == "short" and "bulletin" in fact.names)


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


def _bodies_after(facts: list[Facts]) -> list[int | None]:
    after: list[int | None] = [None] * len(facts)
    for index in range(len(facts) - 2, -1, -1):
        following = facts[index + 1]
        long = following.shape in ("open", "closed", "dateline") or following.length > 40
        after[index] = index + 1 if long else after[index + 1]
    return after


def decide(reader: Reader, beam: int = BEAM) -> list[Step]:
    """The best reading of the page, a step per block."""
    beam = beam if len(reader.page.facts) <= LONGEST else 1
    states = [START]
    for index in range(len(reader.page.facts)):
        grown = [
            (state.score + _merit(reader, index, choice), state, choice, choices)
            for state in states
            for choices in [choices_for(reader, state, index)]
            for choice in choices
        ]
        states = [
            advance(reader, state, index, choice, choices, score)
            for score, state, choice, choices in kept(grown, beam)
        ]
    return consensus(states)


def consensus(states: list[State]) -> list[Step]:
    """The reading that those left agree with most, each counted by its probability.

    Where the best and the next differ by little, what most of them say of a block is likelier right
    than what the best says of it.
    """
    readings = [_steps(state.trail) for state in states]
    decided = [_decided(steps) for steps in readings]
    weights = [math.exp(state.score - states[0].score) for state in states]
    agreed = [
        sum(
            weight * sum(a == b for a, b in zip(mine, theirs, strict=True))
            for weight, theirs in zip(weights, decided, strict=True)
        )
        for mine in decided
    ]
    return readings[agreed.index(max(agreed))]


def _decided(steps: list[Step]) -> list[tuple[Role, bool, int, int]]:
    """Of each block its role, whether it begins a piece, the first block of it, what it joins."""
    first: dict[int, int] = {}
    decided: list[tuple[Role, bool, int, int]] = []
    for step in steps:
        label, piece = step.chosen.label, step.chosen.piece
        home = first.setdefault(step.number, step.block)
        tail = piece.tail.block.index if label.joins and piece and piece.tail else -1
        decided.append((label.role, label.begins, home, tail))
    return decided


def kept(grown: list[Grown], beam: int) -> list[Grown]:
    """The readings worth going on with, best first: at most `beam`, none beyond the margin."""
    ranked = sorted(grown, key=lambda way: -way[0])
    return [way for way in ranked[:beam] if way[0] >= ranked[0][0] - MARGIN]


def _merit(reader: Reader, index: int, choice: Choice) -> float:
    """What a decision adds to the score of a reading."""
    likelihood = math.log(max(choice.probability, 1e-12))
    merit = (1 - UNEASE) * likelihood + UNEASE * choice.score
    if choice.label.joins and choice.piece is not None and choice.piece.tail is not None:
        tail = choice.piece.tail
        odds = reader.odds.get((tail.block.index, index), -7.0)
        short = tail.shape == "short" and tail.block.index == index - 1
        merit += (DOUBT_OF_SHORT if short else DOUBT_OF_LONG) * math.log(cuts.probability(odds))
    return merit


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
    tail = fact if running and "jump-line" not in fact.names else None
    ended = label.role in ("signature", "credit")
    ended = ended or (running and not fact.names.isdisjoint(("ends-credit", "ends-signed")))
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
            paragraphs=int(running or "notice-opening" in fact.names),
            dated=running and "dateline" in fact.names,
            ended=ended,
            credited=False,
            subhead=-1,
            plain=False,
            bulletin=headed and "bulletin" in fact.names,
            letter="salutation" in fact.names,
            words=reader.vocabulary.nothing.with_block(reader.vocabulary, index),
            ground=Ground().grown(fact, running=running),
        )
    known = old.words if len(old.words.counts) < _MOST_WORDS else reader.vocabulary.nothing
    ended = ended or (label.role == "byline" and old.paragraphs > 0)
    ended = ended or ("jump-line" in fact.names and old.paragraphs > 0)
    subhead = label.role == "subhead"
    return old._replace(
        last=index,
        role=label.name,
        tail=tail,
        paragraphs=old.paragraphs + (running and not label.joins),
        dated=old.dated or (running and not old.paragraphs and "dateline" in fact.names),
        ended=ended or (old.ended and not running),
        credited=label.role in ("credit", "byline")
        and old.paragraphs > 0
        and fact.text.startswith(("（", "(")),
        letter=old.letter or (running and "salutation" in fact.names),
        subhead=_heading_step(fact.length) if subhead else old.subhead,
        plain=rules.is_plain(fact) and (old.plain or old.subhead < 0) if subhead else old.plain,
        words=known.with_block(reader.vocabulary, index),
        ground=old.ground.grown(fact, running=running),
    )


def choices_for(reader: Reader, state: State, index: int) -> list[Choice]:
    """Every decision about block `index` in `state`, with its probability."""
    options = weighed_options(reader, state, index)
    return choices_of(reader, _minding_specks(reader.page.facts[index], options))


def _minding_specks(fact: Facts, options: list[Option]) -> list[Option]:
    """Dirt and rules have no letter: they go with the text around them and continue no sentence."""
    kept = [option for option in options if _minds_specks(fact, *option[:2])]
    return kept or options


def _minds_specks(fact: Facts, label: Label, piece: Open | None) -> bool:
    if label.joins and piece is not None and piece.tail is not None and piece.tail.is_speck:
        return False
    goes_along = piece is not None and label.role in ("paragraph", "caption") and not label.joins
    return goes_along or not fact.is_speck


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
    rows = [start or [0.0] * len(LABELS)]
    for name, value in evidence.items():
        row = table.get(name)
        if row is not None:
            rows.append(row if value == 1.0 else [value * weight for weight in row])
    return [sum(column) for column in zip(*rows, strict=True)]


def weighed_options(reader: Reader, state: State, index: int) -> list[Option]:
    """(label, piece, evidence of block and state, evidence of the piece) of each decision."""
    pieces = [p for p in state.pieces if index - p.last <= FORGOTTEN]
    facts = reader.page.facts
    near = _near(reader, index, pieces)
    shared = dict.fromkeys(reader.block_evidence[index], 1.0)
    shared |= _state_evidence(reader, state, index, pieces, near)
    if _signs_picture(facts[index], pieces):
        shared["picture-above"] = 1.0
    if _heads_first_item(facts[index], pieces):
        shared["first-item"] = 1.0
    if _signs_letter(facts[index], pieces):
        shared["letter-above"] = 1.0
    if state.last_label in ("article", "title") and _is_name(facts, index):
        shared["names-writer"] = 1.0
    if any(piece.bulletin and piece.last == index - 1 for piece in pieces):
        shared["below-bulletin"] = 1.0
    options: list[Option] = [
        (label, None, shared, {}) for label in rules.beginnings(facts[index], shared)
    ]
    in_order = facts[index].block.box is None  # a file with geometry may go along the rows
    below_heading = in_order and _is_below_heading(state, index)
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        if below_heading and piece.last != index - 1:
            continue
        allowed = rules.continuations(piece, facts[index], shared)
        if in_order and _goes_on_below(reader, index, piece):
            allowed = [label for label in allowed if label.joins or label.role == "caption"]
        if allowed:
            own = _piece_evidence(reader, index, place, pieces)
            own |= nearness.evidence_of(near, place)
            above, cut = reader.heading_above[index], piece.tail is not None and piece.tail.is_open
            places = geometry.evidence_of_place(facts[index], above, piece.ground, cut)
            own |= dict.fromkeys(places, 1.0)
            if piece.tail is not None:
                own |= _cut_evidence(reader, index, piece.tail, pieces)
            options += [(label, piece, shared, own) for label in allowed]
    return options or [(LABEL["headless"], None, shared, {})]


def _is_below_heading(state: State, index: int) -> bool:
    """Whether the block stands right below a heading, not below a notice that is all heading."""
    if state.last_label not in _HEADS:
        return False
    whole = state.last_label == "notice" and state.pieces[-1].paragraphs > 0
    return state.pieces[-1].last == index - 1 and not whole


def _goes_on_below(reader: Reader, index: int, piece: Open) -> bool:
    """Whether the piece stopped in a sentence, and the block that goes on with it is yet to come.

    Till then it has no paragraph, subhead or signature of its own: a column broke the sentence.
    After a comma that goes without saying.
    """
    tail = piece.tail
    if tail is None or not tail.is_open or "ends-bracket" in tail.names:
        return False
    if not rules.ENDS.isdisjoint(tail.names):
        return False
    if tail.text.endswith(("，", ",")) and "salutation" not in tail.names:
        return True
    heads = reader.best_head.get(tail.block.index, ())
    facts = reader.page.facts
    return any(
        odds > GOES_ON and head > index and rules.may_join(tail, facts[head])
        for odds, head in heads
    )


def _is_name(facts: list[Facts], index: int) -> bool:
    """Whether a line is a name, or may be a pen name: two or three characters above text."""
    if "names-only" in facts[index].names:
        return True
    above_text = index + 1 < len(facts) and facts[index + 1].shape in ("open", "closed")
    return above_text and bool(_PEN_NAME.fullmatch(facts[index].text))


def _signs_picture(fact: Facts, pieces: list[Open]) -> bool:
    """Whether it is the photographer's line right below a caption, or a caption below that."""
    line = fact.shape in ("byline", "photo") and fact.length <= _LONGEST_LINE
    signs = line and "photographer" in fact.names and "comma-inside" not in fact.names
    if not signs and "pictured" not in fact.names:
        return False
    above = fact.block.index - 1
    return any(piece.last == above and piece.kind == "photo" for piece in pieces)


def _heads_first_item(fact: Facts, pieces: list[Open]) -> bool:
    """Whether it is a short line right below the headline of a series of short items."""
    above = fact.block.index - 1
    series = (p for p in pieces if p.bulletin and not p.paragraphs and p.first == p.last)
    return fact.shape == "short" and any(piece.last == above for piece in series)


def _signs_letter(fact: Facts, pieces: list[Open]) -> bool:
    """Whether it stands below a letter, in its box: who wrote it, and where he lives."""
    above = fact.block.index - 1
    letters = (p for p in pieces if p.letter and p.kind == "article")
    return "closes-box" in fact.names and any(p.last == above for p in letters)


def _near(reader: Reader, index: int, pieces: list[Open]) -> Near:
    """How near the block is to each of the pieces; a heading's text is compared as well."""
    body = reader.body_after[index]
    if body is None or body - index > 3 or reader.page.facts[index].length > 40:
        body = None
    return nearness.near(reader.vocabulary, index, body, [piece.words for piece in pieces])


def _state_evidence(
    reader: Reader, state: State, index: int, pieces: list[Open], near: Near
) -> dict[str, float]:
    """What the page read so far says about any decision on the block."""
    names = [f"last-label={state.last_label}"]
    tails = sum(p.tail is not None and p.tail.is_open for p in pieces)
    names.append(f"open-tails-{min(tails, 3)}")
    if not any(p.kind == "article" for p in pieces):
        names.append("no-article-yet")
    names.append(f"closest-{share_step(max(near.share, default=0.0))}")
    if near.body is not None:
        names.append(f"body-closest-{share_step(max(near.body, default=0.0))}")
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
    if "dateline" in reader.page.facts[index].names:
        names += ["dateline-again"] * piece.dated + ["dateline-late"] * (piece.paragraphs > 0)
    if piece.ended:
        names.append("piece-ended")
    if not piece.headed:
        names.append("piece-headless")
    if piece.bulletin:
        names.append("piece-bulletin")
    if piece.letter:
        names.append("letter-ended" if piece.ended else "letter-open")
    if length <= 40:
        here = _heading_step(length)
        names.append(f"subhead-{piece.subhead}-{here}" if piece.subhead >= 0 else f"first-{here}")
    names += _subhead_evidence(reader.page.facts, index, piece)
    later = [p for p in pieces if p.last > piece.last]
    if gap and all(p.kind != "article" for p in later):
        names.append("only-inserts-between")
    if any(p.first > piece.last and p.kind == "article" and p.headed for p in later):
        names.append("headline-between")
    return dict.fromkeys(names, 1.0)


def _subhead_evidence(facts: list[Facts], index: int, piece: Open) -> list[str]:
    """An article has subheads throughout or none: is one here, or right below, one of them?"""
    here = facts[index].shape == "short"
    below = index + 1 < len(facts) and facts[index + 1].shape == "short"
    if not here and not below:
        return []
    place = "here" if here else "below"
    if piece.subhead >= 0:
        return [f"subheads-go-on-{place}"]
    return [f"subheads-begin-{place}-{_size_step(piece.paragraphs)}"]


def _last_of(piece: Open) -> str:
    """The last block's role, and for a paragraph how it ended."""
    if piece.tail is None:
        return piece.role
    for end in ("ends-comma", "ends-colon", "ends-bracket", "ends-open", "ends-stop"):
        if end in piece.tail.names:
            return end
    return "ends-stop"


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
    return bisect_left((-5, -3, -1.5, 0, 1.5, 3, 5), odds)


def _heading_step(length: int) -> int:
    return bisect_left((5, 9, 13, 18), length)


def _gap_step(gap: int) -> int:
    return bisect_left((0, 1, 3, 7, 15), gap)


def _size_step(paragraphs: int) -> int:
    return bisect_left((0, 1, 2, 4, 8), paragraphs)
