"""Verse: which rows are lines of a poem, and which are a column, a list, a signature."""

from __future__ import annotations

import pytest

from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.body import read_body
from broadsheet.convert.draft import Placed
from broadsheet.convert.verse import is_verse
from broadsheet.escaping import body_lines

POEMS = {
    "free verse": ("雾从江心慢慢地退", "像谁把被子掀开一角", "船还没有来", "我先听见了桨声"),
    "seven syllables": (
        "江上归帆一片斜，",
        "渡头新柳噪栖鸦。",
        "老翁不问客来处，",
        "隔岸先斟一盏茶。",
    ),
    "two phrases a line": ("江上归帆远，渡头新柳斜。", "老翁不问客，先斟一盏茶。"),
    "English": (
        "The lamp is lit upon the pier,",
        "The boats are drawn ashore;",
        "And he who rowed for forty year",
        "Will row for us no more.",
    ),
}
NO_POEMS = {
    "a narrow column": (
        "河堤上的柳树今年春天",
        "比往年绿得更早一些，",
        "连堤下的苇塘也绿了又",
        "有人来看柳。",
        "渡船在对岸停着没有开",
    ),
    "a headline in two rows": ("我们的渡口", "又等来了船"),
    "a signature": ("孝男 何俊雄", "孝女 何淑芬", "孙 何柏翰", "泣启"),
    "names of offices": ("清河渡口管理局", "清河造船厂", "清河中学", "渡口街道办事处"),
    "an address": ("Mrs. Ellen Marsh", "14 Harbour Street", "Harwick", "The North Shore"),
    "decks": (
        "Ferry Lost in the Ice",
        "All Her Passengers Saved",
        "The Captain Last to Leave",
        "Boats Sent From the Shore",
    ),
    "wrapped prose": (
        "The ferry resumed its crossings",
        "on Monday after three days of",
        "ice, and the first boat carried",
        "sixty people to the shore.",
    ),
}


@pytest.mark.parametrize("name", POEMS)
def test_lines_of_a_poem(name: str) -> None:
    assert is_verse(POEMS[name])


@pytest.mark.parametrize("name", NO_POEMS)
def test_rows_that_are_none(name: str) -> None:
    assert not is_verse(NO_POEMS[name])


def test_a_stanza_keeps_its_lines_in_markdown() -> None:
    (block,) = read_blocks("\n".join(POEMS["free verse"]))
    body = read_body([Placed(block, "paragraph")], frozenset())
    assert body.markdown == "  \n".join(POEMS["free verse"])
    assert body_lines(body.markdown) == [*POEMS["free verse"]]
