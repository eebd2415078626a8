"""How near the words of a block are to each of the pieces that are open.

Where a column ends with a paragraph, nothing but its words tells to which article the next one
belongs. They are compared by several measures: the words of the block alone, with the text that
follows it up to the next heading, and with the text below that heading too; as a share of the
words, per word, and in sum. Words of a single block say nothing; words that are common on any page
say less (`[common]` in the weights).
"""

from __future__ import annotations

import math
import weakref
from bisect import bisect_left
from collections import Counter
from collections.abc import Set
from typing import NamedTuple

from broadsheet.convert.facts import Facts

#: Blocks of running text that are judged together, up to the next heading, and beyond it.
_RUN, _FAR_RUN = 5, 9
_TEXT = ("open", "closed", "tail")
#: Recurring words of a block, by and large; it only sets the scale of what is expected.
_MEAN_WORDS = 12
#: What the share of words known is damped by, so that few words make no large share.
_FEW = 3.0
#: The likelihood of a word that a piece has not used yet, against that on the page.
_UNUSED = 0.4
#: A word is at most this much likelier in a piece than on the page.
_MOST = 20.0


class Words(NamedTuple):
    """The recurring words of a text, and what they tell in sum."""

    words: frozenset[str]
    weight: float  #: 1 for each that is not common
    telling: float  #: the same, more for words that are rare on the page


class Vocabulary(NamedTuple):
    """The recurring words of a page, and those of its blocks and runs of blocks."""

    rarity: dict[str, float]  #: log of all blocks against those that have the word
    weight: dict[str, float]  #: 1, less for words that are common on any page
    blocks: list[Words]
    runs: list[Words]  #: of each block and the running text right after it
    far_runs: list[Words]  #: the same, and of the text below the next heading
    nothing: Known  #: of a piece that has no block yet


class Known:
    """The recurring words of a piece. Readings of a page that agree on a piece share it.

    Blocks are read in order, so that only what was found of the last one is kept in mind.
    """

    def __init__(self, counts: dict[str, int], size: int) -> None:
        self.counts = counts  #: in how many of its blocks each stands
        self.size = size  #: their sum
        self._grown: tuple[int, weakref.ref[Known]] | None = None
        self._measures: tuple[int, tuple[float, ...]] | None = None

    def with_block(self, vocabulary: Vocabulary, index: int) -> Known:
        """What is known of the piece after block `index`."""
        known = self._grown[1]() if self._grown and self._grown[0] == index else None
        if known is None:
            counts = dict(self.counts)
            words = vocabulary.blocks[index].words
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            known = Known(counts, self.size + len(words))
            self._grown = index, weakref.ref(known)
        return known

    def measures(self, vocabulary: Vocabulary, index: int) -> tuple[float, ...]:
        """How near block `index` is: the first five measures of `Near`."""
        if self._measures is None or self._measures[0] != index:
            self._measures = index, _measures(vocabulary, index, self)
        return self._measures[1]


class Near(NamedTuple):
    """A measure per piece."""

    share: list[float]  #: of the block's recurring words that the piece has
    alike: list[float]  #: how much likelier they are there than on the page, per word
    run: list[float]  #: the same, with the text that follows the block
    run_sum: list[float]  #: that, summed over all words: long runs tell more
    far_sum: list[float]  #: the same, with the text below the next heading
    body: list[float] | None  #: share of the words below a short block; None for a long one


def read_vocabulary(facts: list[Facts], common: dict[str, float]) -> Vocabulary:
    """The words of a page. `common` says of common words how little they tell, 0 to 1."""
    blocks = Counter(word for fact in facts for word in fact.words)
    total = len(facts) + 1
    rarity = {word: math.log(total / count) for word, count in blocks.items() if count > 1}
    weight = {word: common.get(word, 1.0) for word in rarity}

    def told(words: frozenset[str]) -> Words:
        recurring = frozenset(word for word in words if word in rarity)
        telling = sum(weight[word] * rarity[word] for word in recurring)
        return Words(recurring, sum(weight[word] for word in recurring), telling)

    return Vocabulary(
        rarity=rarity,
        weight=weight,
        blocks=[told(fact.words) for fact in facts],
        runs=[told(_run_words(facts, index, _RUN, headings=0)) for index in range(len(facts))],
        far_runs=[told(_run_words(facts, index, _FAR_RUN, 1)) for index in range(len(facts))],
        nothing=Known({}, 0),
    )


def _run_words(facts: list[Facts], index: int, length: int, headings: int) -> frozenset[str]:
    """The words of a block and the text after it, up to a heading or past so many `headings`.

    What is resumed is judged by what follows it too: an article mostly keeps its next subhead.
    """
    words = facts[index].words
    headings -= headings > 0 and facts[index].shape == "short"
    for following in facts[index + 1 : index + length]:
        if following.shape == "short" and headings:
            headings -= 1
        elif following.shape not in _TEXT:
            break
        words |= following.words
    return words


def near(vocabulary: Vocabulary, index: int, body: int | None, pieces: list[Known]) -> Near:
    """The measures of block `index` for `pieces`, each given by its words.

    `body` is the text below the block when that is to be compared as well.
    """
    rows = [words.measures(vocabulary, index) for words in pieces]
    share, alike, run, run_sum, far_sum = ([row[n] for row in rows] for n in range(5))
    below = vocabulary.blocks[body] if body is not None else None
    close = [_share(vocabulary, words, below) for words in pieces] if below else None
    return Near(share, alike, run, run_sum, far_sum, close)


def _measures(vocabulary: Vocabulary, index: int, piece: Known) -> tuple[float, ...]:
    """The first five measures of `Near`, of one piece."""
    block, run = vocabulary.blocks[index], vocabulary.runs[index]
    mean, whole = _likeness(vocabulary, piece, run)
    return (
        _share(vocabulary, piece, block),
        _likeness(vocabulary, piece, block)[0],
        mean,
        whole,
        _likeness(vocabulary, piece, vocabulary.far_runs[index])[1],
    )


def _share(vocabulary: Vocabulary, piece: Known, text: Words) -> float:
    """Share of the text's words, by what they tell, that the piece has; 0 to 1."""
    return told(vocabulary, text.words & piece.counts.keys()) / (_FEW + text.telling)


def told(vocabulary: Vocabulary, words: Set[str]) -> float:
    """What recurring words tell in sum."""
    return sum(vocabulary.weight[word] * vocabulary.rarity[word] for word in words)


def _likeness(vocabulary: Vocabulary, piece: Known, text: Words) -> tuple[float, float]:
    """How much more likely the words are in the piece than on the page: per word, and in sum.

    In nats. Unlike the share of words known, this does not favour the longer piece.
    """
    scale = _MEAN_WORDS / (piece.size or 1)
    total = text.weight * math.log(_UNUSED)
    for word in text.words & piece.counts.keys():
        ratio = min(piece.counts[word] * scale * math.exp(vocabulary.rarity[word]), _MOST)
        total += vocabulary.weight[word] * math.log1p(ratio * (1 - _UNUSED) / _UNUSED)
    return total / (_FEW + text.weight), total


def evidence_of(nearness: Near, place: int) -> dict[str, float]:
    """How near the block is to the piece at `place`, alone and against the nearest rival."""
    lead = _lead(nearness.share, place, 0.0)
    evidence = {"close": nearness.share[place], "closer": lead, f"lead-{_lead_step(lead)}": 1.0}
    for name, values in (("alike", nearness.alike), ("run-alike", nearness.run)):
        evidence[name] = values[place]
        evidence[f"{name}-lead-{_likeness_step(_lead(values, place, -0.9))}"] = 1.0
    for name, values in (("run-sum", nearness.run_sum), ("far-sum", nearness.far_sum)):
        lead = _lead(values, place, 0.0)
        evidence[name] = max(-12.0, min(12.0, lead)) / 4
        evidence[f"{name}-lead-{_sum_step(lead)}"] = 1.0
    if nearness.body is not None:
        evidence["body-close"] = nearness.body[place]
        evidence[f"body-close-{share_step(nearness.body[place])}"] = 1.0
        evidence[f"body-lead-{_lead_step(_lead(nearness.body, place, 0.0))}"] = 1.0
    return evidence


def _lead(values: list[float], place: int, least: float) -> float:
    return values[place] - max((*values[:place], *values[place + 1 :]), default=least)


def share_step(share: float) -> int:
    return bisect_left((0.0, 0.05, 0.12, 0.22, 0.35, 0.55), share)


def _lead_step(lead: float) -> int:
    return bisect_left((-0.3, -0.12, -0.04, 0.0, 0.04, 0.12, 0.3), lead)


def _likeness_step(lead: float) -> int:
    return bisect_left((-0.6, -0.3, -0.1, 0.0, 0.1, 0.3, 0.6), lead)


def _sum_step(lead: float) -> int:
    return bisect_left((-12, -6, -2, 0, 2, 6, 12), lead)
