"""A second look at joins: a line that looks like a heading, before words that open a paragraph.

A report begins 有分析指出, 据…介绍 or with an agency's dateline; a sentence that a column cut
hardly ever goes on so. Where the line above has a heading's length and no punctuation, it is a
subhead and was not cut. Such joins are rare: on some 300 pages with answers there were two, and
both were wrong.
"""

from __future__ import annotations

from broadsheet.convert.facts import Facts
from broadsheet.convert.labels import LABEL
from broadsheet.convert.pieces import Reader, Step

#: What a paragraph opens with, and a cut sentence does not go on with.
_OPENINGS = frozenset({"dateline", "reports", "attributes"})
_PUNCTUATION = frozenset("，、；：。,;:.")
#: Characters of a Chinese subhead, at most.
_LONGEST = 16


def part_headings(reader: Reader, steps: list[Step]) -> list[Step]:
    """The steps with such lines read as subheads, and what follows them as paragraphs."""
    facts = reader.page.facts
    parted = {
        step.block: tail
        for step in steps
        if (tail := _tail_of(step)) is not None and _is_heading(facts[tail], facts[step.block])
    }
    headings = set(parted.values())
    return [
        _read_as(step, "subhead")
        if step.block in headings and step.chosen.label.name == "para"
        else _read_as(step, "para")
        if step.block in parted
        else step
        for step in steps
    ]


def _tail_of(step: Step) -> int | None:
    """The block whose sentence this one was joined to."""
    piece = step.chosen.piece
    joined = step.chosen.label.name == "join" and piece is not None and piece.tail is not None
    return piece.tail.block.index if joined and piece and piece.tail else None


def _is_heading(tail: Facts, head: Facts) -> bool:
    return (
        tail.shape == "short"
        and tail.length <= _LONGEST
        and not _PUNCTUATION.intersection(tail.block.text)
        and bool(_OPENINGS & head.names)
    )


def _read_as(step: Step, label: str) -> Step:
    chosen = step.chosen._replace(label=LABEL[label])
    choices = [chosen if choice is step.chosen else choice for choice in step.choices]
    return step._replace(chosen=chosen, choices=choices)
