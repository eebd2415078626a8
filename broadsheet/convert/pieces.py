"""Blocks -> pieces: roles, joins and places decided together, left to right, with a small beam.

For each block every decision that makes sense in a state is weighed: to begin a piece (with a
headline, without one, a slogan, a notice ...), or to go on with one of the pieces that are open (in
some role, joined to its last sentence or not). The weights of the evidence are summed for each
and turned into probabilities, so that what is chosen comes with a confidence.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import NamedTuple

from broadsheet.convert import cuts, geometry, nearness, roles
from broadsheet.convert.facts import Facts
from broadsheet.convert.geometry import Ground
from broadsheet.convert.labels import LABEL, LABELS, Label
from broadsheet.convert.nearness import NOTHING, Known, Near, Vocabulary, share_step
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
#: Words remembered of one piece; a longer one is known by its last paragraphs.
_MOST_WORDS = 3000
#: Only its heading, its words or those below the heading make a notice one of a death.
_TELLS_A_DEATH = frozenset({"death-words", "kin-start", "funeral", "death-heading"})
#: What is told or signed so stands under a picture, not in an article.
_OF_PICTURES = frozenset({"picture-start", "photographer"})
#: What opens so does not go on with a sentence.
_BEGINS_ANEW = frozenset(
    {
        "notice-opening",
        "family-notice",
        "jump-line",
        "continued-from",
        "old-item",
        "contents",
        "salutation",
        "interview",
        "bracketed",
        "below-head",
    }
)
#: What is said or signed so heads nothing: a greeting, a speaker's part, an hour of a programme, the
#: words after a signature, where an article goes on.
_HEADS_NOTHING = frozenset({"salutation", "interview", "timetable", "signed-off", "jump-line"})
#: The name of a section, of a box or of a series is not longer than this.
_LONGEST_SECTION = 8
#: What is said so is text, whatever it looks like.
_TEXT = frozenset({"salutation", "interview", "timetable"})
#: What stands above text and is no part of it.
_STANDS_ABOVE = frozenset({"bulletin", "box-heading", "section-heading"})
#: What a box tells: the block goes with the one before it.
_WITH_THE_LAST = frozenset({"below-head", "item-in-box"})
#: What stands with a picture.
_PICTURED = frozenset({"picture-above", "pictured"})
#: What opens so begins a text, below a headline or without one.
_BEGINS_A_PART = frozenset({"continued-from", "old-item"})
#: Shapes of the paper's own lines, and of a notice's last.
_OF_THE_PAPER = frozenset({"contact-line", "contact"})
_TELEPHONE = frozenset({"colon-inside", "number-in"})
#: Roles of what heads a text.
_HEADINGS = frozenset({"headline", "heading", "subhead", "slogan"})
#: The name of the paper in other letters stands among the first blocks.
_MASTHEAD = 4
#: Roles of text, and of what stands below it.
_TEXT_ROLES = frozenset({"paragraph", "caption", "signature", "credit", "slogan"})
#: A text longer than this that has a full stop inside is no headline, be it a deck: characters or
#: words.
_LONGEST_DECK = 48
#: Headings of notices that may run into the sentence below them.
_RUN_IN = frozenset({"notice-heading", "notice-opening", "thanks"})
#: How reports open.
_REPORTS = frozenset({"dateline", "reports", "happened"})
#: A sentence longer than this is no slogan: characters in Chinese, words in English.
_LONGEST_SLOGAN = 36
#: A line as short as this, without a full stop, heads an item in a series of short ones.
_LONGEST_ITEM = 20
#: A line that says who wrote a report, or where it comes from, is not longer than this.
_LONGEST_BYLINE = 40
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
    dated: bool  #: its text opened with a dateline
    ended: bool  #: signed, closed by a credit, or said to go on on another page
    credited: bool  #: its last block is a source or writer in brackets, below its text
    subhead: int  #: size of its last subhead in steps; -1 before the first
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
    return [*names, f"best-head-{_odds_step(best)}", f"next-head-{_odds_step(following)}"]


def may_be_tail(fact: Facts) -> bool:
    if "jump-line" in fact.names:
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
    if not _BEGINS_ANEW.isdisjoint(fact.names):
        return False
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
    return _steps(states[0].trail)


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
            paragraphs=int(running or "notice-opening" in fact.names),
            dated=running and "dateline" in fact.names,
            ended=ended,
            credited=False,
            subhead=-1,
            bulletin=headed and "bulletin" in fact.names,
            letter="salutation" in fact.names,
            words=nearness.counted(reader.vocabulary, NOTHING, index),
            ground=Ground().grown(fact, running=running),
        )
    known = old.words if len(old.words.counts) < _MOST_WORDS else NOTHING
    ended = ended or (label.role == "byline" and old.paragraphs > 0)
    ended = ended or ("jump-line" in fact.names and old.paragraphs > 0)
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
        subhead=_heading_step(fact.length) if label.role == "subhead" else old.subhead,
        words=nearness.counted(reader.vocabulary, known, index),
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
    if _signs_letter(facts[index], pieces):
        shared["letter-above"] = 1.0
    options: list[Option] = [
        (label, None, shared, {}) for label in _BEGIN if _may_begin(label, facts[index], shared)
    ]
    for place in range(len(pieces) - 1, -1, -1):
        piece = pieces[place]
        allowed = [label for label in _GO_ON if _may_go_on(label, piece, facts[index], shared)]
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


def _signs_picture(fact: Facts, pieces: list[Open]) -> bool:
    """Whether it is the photographer's line right below a caption, or a caption below that."""
    signs = "photographer" in fact.names and fact.shape in ("byline", "photo")
    if not signs and "pictured" not in fact.names:
        return False
    above = fact.block.index - 1
    return any(piece.last == above and piece.kind == "photo" for piece in pieces)


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


def _may_begin(label: Label, fact: Facts, shared: dict[str, float]) -> bool:
    if "saying" in fact.names:
        return label.name == "headless"
    if "letter-above" in shared or "picture-above" in shared:
        return False
    if "latin" in fact.names and fact.block.index < _MASTHEAD and fact.shape == "short":
        return label.name == "furniture"
    if label.role in _HEADINGS and _heads_nothing(fact):
        return False
    if label.role != "paragraph" and not _TEXT.isdisjoint(fact.names):
        return False
    if "imprint" in fact.names or "heads-deaths" in shared:
        return label.name == "furniture"
    if "in-deaths" in shared:
        return label.name == "obituary"
    if not _BEGINS_A_PART.isdisjoint(fact.names):
        return label.name == "headless"
    if "pictured" in fact.names or {"heads-box", "photographer"} <= fact.names:
        return label.name == "caption"
    if "heads-picture" in fact.names:
        return label.name == "picture"
    if "notice-opening" in fact.names:
        return label.name == "notice"
    if not _WITH_THE_LAST.isdisjoint(fact.names):
        return False
    if _stands_above(fact) and not _may_stand_above(label, fact):
        return False
    if "jump-line" in fact.names:
        return label.name in ("furniture", "headless")
    if label.kind == "obituary":
        return bool(_TELLS_A_DEATH & fact.names) or "death-below" in shared
    if "family-notice" in fact.names:
        return False
    if "kin-names" in fact.names:
        return label.name == "headless"
    if "contents" in fact.names:
        return label.name == ("headless" if "ends-stop" in fact.names else "furniture")
    if label.name == "notice" and fact.names & _RUN_IN:
        return True
    if label.name == "furniture" and "page-header" in fact.names:
        return True  # an old paper ends its running head with a full stop
    if label.name == "notice" and fact.shape == "short" and "bulletin" in fact.names:
        return False
    if label.name in ("furniture", "notice"):  # no heading and no running head is a sentence
        return "ends-stop" not in fact.names
    if label.name == "slogan":
        return _may_be_slogan(fact)
    if label.name == "caption":  # without a word of a picture it reads as a report does
        return not fact.names.isdisjoint(("photo", "photographer"))
    return label.name != "repeat" or "copy-above" in shared or "copy-below" in shared


def _heads_nothing(fact: Facts) -> bool:
    """Whether a text cannot head another: by what it says, or because it is sentences at length."""
    if fact.names & _RUN_IN and not fact.names & _HEADS_NOTHING:
        return False  # of a small notice all may stand in its heading
    if not fact.names.isdisjoint(("bracketed", "ends-grammar")):
        return True
    if fact.shape in _OF_THE_PAPER and fact.names >= _TELEPHONE:
        return True
    running = "sentences" in fact.names and fact.length > _LONGEST_DECK
    return running or not _HEADS_NOTHING.isdisjoint(fact.names)


def _stands_above(fact: Facts) -> bool:
    """Whether it is the name of a section or box, or the first line of a box, above its text."""
    short = fact.shape == "short" and fact.length <= _LONGEST_SECTION
    named = short and not _STANDS_ABOVE.isdisjoint(fact.names)
    return named or "heads-box" in fact.names


def _may_stand_above(label: Label, fact: Facts) -> bool:
    return label.role not in _TEXT_ROLES and (label.role != "byline" or fact.shape == "byline")


def _may_be_slogan(fact: Facts) -> bool:
    """A slogan reports nothing that has happened; no sentence follows a full stop; it is short.

    It is no aside in brackets either: that is a word to what stands above; and no item of a list.
    """
    if fact.names & _REPORTS or not fact.names.isdisjoint(("list-start", "latin")):
        return False
    if "。" in fact.text[:-1] or fact.text[:1] in "（(":
        return False
    return "ends-stop" not in fact.names or fact.length <= _LONGEST_SLOGAN


def _may_go_on(label: Label, piece: Open, fact: Facts, shared: dict[str, float]) -> bool:
    if label.kind is not None and label.kind != piece.kind:
        return False
    if piece.credited and label.role != "credit" and piece.role == "credit":
        return False  # what names its source in brackets of their own has ended
    if label.name in ("para", "join") and not _OF_PICTURES.isdisjoint(fact.names):
        return False
    if "family-notice" in fact.names and piece.kind != "obituary":
        return False
    if "dateline" in fact.names and piece.dated and not piece.headed:
        return False  # agencies' briefs stand below one another without headlines
    if label.role in _HEADINGS and _heads_nothing(fact):
        return False
    if label.role != "paragraph" and not _TEXT.isdisjoint(fact.names):
        return False
    if _stands_above(fact) and not _may_stand_above(label, fact):
        return False
    if not _WITH_THE_LAST.isdisjoint(fact.names) and piece.last != fact.block.index - 1:
        return False
    if not _BEGINS_A_PART.isdisjoint(fact.names) and piece.paragraphs:
        return False
    if "imprint" in fact.names or "heads-deaths" in shared:
        return False
    if "in-deaths" in shared:
        return False  # the next of several
    if "closes-box" in fact.names and fact.shape in ("byline", "credit") and label.name == "para":
        return False
    if "pictured" in fact.names and label.role != "caption":
        return False
    if "notice-opening" in fact.names and piece.paragraphs:
        return False
    if "letter-above" in shared:
        return piece.letter and label.name == "byline"
    if "latin" in fact.names and fact.block.index < _MASTHEAD and fact.shape == "short":
        return False
    if "contents" in fact.names and (piece.tail is None or "contents" not in piece.tail.names):
        return False
    if "contents" in fact.names and label.name in ("title", "subhead"):
        return False
    if "salutation" in fact.names and piece.paragraphs:
        return False  # another letter
    if "box-heading" in fact.names and label.name in ("title", "subhead"):
        return False
    if "picture-above" in shared and label.role != "caption":
        return False
    if "jump-line" in fact.names and label.name not in ("para", "obit-para", "notice-para"):
        return False
    heads_an_item = piece.bulletin and fact.shape == "short" and fact.length <= _LONGEST_ITEM
    if heads_an_item and label.name in ("para", "join"):
        return False
    if label.joins:
        return piece.tail is not None
    if label.role in ("byline", "credit") and fact.length > _LONGEST_BYLINE:
        return False
    match label.name:
        case "title":
            return piece.headed and not piece.paragraphs and piece.kind in ("article", "obituary")
        case "sign":
            return piece.kind in ("obituary", "notice") and piece.paragraphs > 0
        case "credit":
            return piece.kind in ("article", "photo") and piece.paragraphs > 0
        case "subhead":  # what is printed twice is a headline: no teaser is made of a subhead
            twice = "copy-above" in shared or "copy-below" in shared
            closed = piece.credited or (piece.tail is not None and "attended" in piece.tail.names)
            known = piece.kind in ("article", "notice") and not piece.letter
            return known and not twice and not closed
        case "photo-para":
            return piece.role == "picture" or not _PICTURED.isdisjoint(shared)
    return True


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
