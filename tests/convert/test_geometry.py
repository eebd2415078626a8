"""Where blocks stand on the page, as evidence; and that it decides what words alone cannot."""

from __future__ import annotations

import msgspec

from broadsheet.convert import convert_page, geometry
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.draft import Block, Box
from broadsheet.convert.facts import Facts, observe
from broadsheet.convert.geometry import Ground
from broadsheet.convert.weights import weights_for

HEADLINE = Box(0.1, 0.1, 0.45, 0.05, 2.4)
LEFT, RIGHT = Box(0.1, 0.16, 0.2, 0.3, 1.0), Box(0.35, 0.16, 0.2, 0.3, 1.0)


def facts_at(*boxes: Box | None) -> list[Facts]:
    blocks = [Block(n, (n,), ("渡口停航",), "渡口停航", box=box) for n, box in enumerate(boxes)]
    return observe(blocks, "zh-Hans")


def place(box: Box, *before: Box) -> list[str]:
    """Evidence for going on with a piece that has the blocks `before`, the first a headline."""
    facts = facts_at(*before, box)
    ground = Ground()
    for number, fact in enumerate(facts[:-1]):
        ground = ground.grown(fact, running=number > 0)
    return geometry.evidence_of_place(
        facts[-1], geometry.headings_above(facts)[len(before)], ground, facts[-2].is_open
    )


def test_a_block_below_the_last_one() -> None:
    below = Box(0.1, 0.47, 0.2, 0.1, 1.0)
    assert place(below, HEADLINE, LEFT) == [
        "lies-right-below",
        "cut-goes-on-right-below",
        "below-its-headline",
        "under-headline",
    ]


def test_a_block_at_the_top_of_the_next_column() -> None:
    found = place(RIGHT, HEADLINE, LEFT)
    assert {"lies-in-next-column", "level-with-its-text", "below-its-headline"} <= {*found}


def test_a_block_further_below_in_the_column_before_and_elsewhere() -> None:
    assert "lies-elsewhere" in place(Box(0.1, 0.0, 0.2, 0.1, 1.0), HEADLINE, LEFT)
    assert "lies-further-below" in place(Box(0.1, 0.7, 0.2, 0.1, 1.0), HEADLINE, LEFT)
    assert "lies-in-column-before" in place(LEFT, HEADLINE, RIGHT)
    assert "lies-elsewhere" in place(Box(0.75, 0.7, 0.2, 0.1, 1.0), HEADLINE, LEFT)


def test_a_headline_between_belongs_to_another_piece() -> None:
    other = msgspec.structs.replace(HEADLINE, y=0.5, width=0.2)
    facts = facts_at(HEADLINE, LEFT, other, Box(0.1, 0.56, 0.2, 0.2, 1.0))
    assert geometry.headings_above(facts) == [None, 0, 0, 2]
    ground = Ground().grown(facts[0], running=False).grown(facts[1], running=True)
    assert "below-another-headline" in geometry.evidence_of_place(facts[3], 2, ground, True)


def test_outside_the_width_of_its_headline() -> None:
    assert "not-under-headline" in place(Box(0.75, 0.2, 0.2, 0.2, 1.0), HEADLINE, LEFT)


def test_of_one_block_its_type_and_its_edges() -> None:
    footer = Box(0.1, 0.97, 0.1, 0.03, 0.8)
    head, left, _, foot = geometry.evidence_of_blocks(facts_at(HEADLINE, LEFT, RIGHT, footer))
    assert head == ["type-size-4", "spans-columns"]
    assert left == ["type-size-1"]
    assert foot == ["type-size-0", "at-foot-of-page"]


def test_without_geometry_nothing_is_said() -> None:
    facts = facts_at(None, None)
    assert geometry.evidence_of_blocks(facts) == [[], []]
    assert geometry.headings_above(facts) == [None, None]
    assert (
        geometry.evidence_of_place(facts[1], None, Ground().grown(facts[0], running=True), True)
        == []
    )


def test_every_evidence_is_explained_and_weighed() -> None:
    for language in ("zh-Hans", "en"):
        assert geometry.EVIDENCE.keys() <= weights_for(language).pieces.keys()


COLUMNS = """码头整修一新

整修后的码头可以停靠两艘大船，候船室在去年冬天已经

山村通了公路

山村的公路昨天通车，从此运送木材不再靠

换上了新的长椅。渡工们说，过江的人比去年多了。

骡马。老人们说，他们等这条路等了三十年。"""
BOXES = (
    Box(0.1, 0.10, 0.45, 0.05, 2.4),
    Box(0.1, 0.16, 0.20, 0.20, 1.0),
    Box(0.1, 0.50, 0.45, 0.05, 2.4),
    Box(0.1, 0.56, 0.20, 0.20, 1.0),
    Box(0.35, 0.16, 0.20, 0.20, 1.0),
    Box(0.35, 0.56, 0.20, 0.20, 1.0),
)


def test_columns_written_out_one_after_the_other_are_put_together() -> None:
    blocks = [
        msgspec.structs.replace(block, box=box)
        for block, box in zip(read_blocks(COLUMNS), BOXES, strict=True)
    ]
    drafts = convert_page(COLUMNS, blocks=blocks).drafts
    assert [[item.block.index for item in draft.placed] for draft in drafts] == [
        [0, 1, 4],
        [2, 3, 5],
    ]
    assert [draft.placed[2].continues for draft in drafts] == [1, 3]
