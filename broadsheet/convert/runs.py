"""A second look at pieces without a headline: most are parts of an article above that resumes.

A printed page gives nearly every article a headline. Where the decisions, taken block by block,
began a piece without one and were not sure, the whole run of its blocks is held against the
articles above: their words together tell more than those of its first paragraph alone.
"""

from __future__ import annotations

from collections import defaultdict

from broadsheet.convert import nearness
from broadsheet.convert.pieces import Choice, Reader, Step

#: A beginning surer than this is left alone.
SURE = 0.7
#: Share of the run's recurring words, by what they tell, that its article must have.
ALIKE = 0.3
#: Words that a run must have before shares mean anything, as what they tell, summed.
_SOME = 3.0


def rejoin(reader: Reader, steps: list[Step]) -> list[Step]:
    """The steps with every run that resumes an article given to it."""
    runs: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        runs[step.number].append(step)
    target: dict[int, Choice] = {}
    for number, run in runs.items():
        if run[0].chosen.label.name == "headless" and run[0].chosen.probability < SURE:
            resumed = _resumed(reader, run, runs)
            if resumed is not None:
                target[number] = resumed
    return [_moved(step, target) for step in steps]


def _resumed(reader: Reader, run: list[Step], runs: dict[int, list[Step]]) -> Choice | None:
    """The decision by which the run's first block goes on with the article it is most like."""
    words = _words(reader, run)
    whole = nearness.told(reader.vocabulary, words) + _SOME
    best, found = ALIKE, None
    for choice in run[0].choices:
        piece = choice.piece
        if choice.label.name != "para" or piece is None or not piece.headed:
            continue
        theirs = _words(reader, runs[piece.number])
        share = nearness.told(reader.vocabulary, words & theirs) / whole
        if share > best:
            best, found = share, choice
    return found


def _words(reader: Reader, run: list[Step]) -> frozenset[str]:
    """The recurring words of the run's blocks."""
    return frozenset().union(*(reader.vocabulary.blocks[step.block].words for step in run))


def _moved(step: Step, target: dict[int, Choice]) -> Step:
    resumed = target.get(step.number)
    if resumed is None or resumed.piece is None:
        return step
    chosen = resumed if step.chosen.label.name == "headless" else step.chosen
    return step._replace(number=resumed.piece.number, chosen=chosen)
