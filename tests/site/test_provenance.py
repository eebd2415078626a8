"""Parts of a piece are laid upon the lines that it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.site.provenance import place

SOURCE = [
    "渡口停航",  # 1
    "",
    "因江面大雾，城东渡口今日停",  # 3
    "",
    "航，复航时间另行通知。",  # 5
    "新华社",
    "新华社河口三月二日电 渡船全部靠岸。",  # 7
    "The ferry will not run un-",
    "til the fog has lifted.",  # 9
    "",
    "船工们说，这样的大雾多年未见，江心连灯也看不清。",  # 11
]


def lines(text: list[str], numbers: list[int]) -> list[list[int]]:
    placement = place(text, numbers, SOURCE)
    return [placement.lines(n) for n in range(len(text))]


def test_a_part_may_go_over_several_lines_and_a_line_over_several_parts() -> None:
    parts = ["渡口停航", "因江面大雾，城东渡口今日停航，复航时间另行通知。"]
    assert lines(parts, [1, 3, 5]) == [[1], [3, 5]]
    assert lines(["渡口", "停航"], [1]) == [[1], [1]]


def test_the_line_of_any_character_is_known() -> None:
    placement = place(["因江面大雾，城东渡口今日停航，复航时间另行通知。"], [3, 5], SOURCE)
    assert placement.line_at(0, 12) == 3
    assert placement.line_at(0, 13) == 5
    assert placement.line_at(0, 99) == 0


def test_a_whole_line_goes_before_the_beginning_of_one() -> None:
    parts = ["新华社河口三月二日电 渡船全部靠岸。", "新华社"]
    assert lines(parts, [7, 6]) == [[7], [6]]
    assert lines(list(reversed(parts)), [7, 6]) == [[6], [7]]


def test_a_hyphen_at_the_end_of_a_line_may_be_gone() -> None:
    assert lines(["The ferry will not run until the fog has lifted."], [8, 9]) == [[8, 9]]


def test_edited_text_is_still_found() -> None:
    edited = "船工们说，这样的大雾很多年未见了，江心连灯也看不清楚。"
    assert lines([edited, "渡口停航"], [1, 11]) == [[11], [1]]


def test_what_cannot_be_placed_is_said_on_both_sides() -> None:
    placement = place(["完全不同的一句话，与原文无关。", "渡口停航"], [1, 3], SOURCE)
    assert placement.lines(0) == []
    assert placement.unplaced == (3,)


def test_lines_that_do_not_exist_are_ignored() -> None:
    assert lines(["渡口停航"], [1, 99]) == [[1]]


@given(
    st.lists(st.text("abc甲乙丙。-", min_size=1, max_size=6), min_size=1, max_size=8),
    st.lists(st.integers(1, 7), max_size=7),
)
def test_whatever_was_joined_from_lines_is_found_again(rows: list[str], cuts: list[int]) -> None:
    """Lines joined into parts at any places: every line is found, in the part that it is in."""
    ends = sorted({cut for cut in cuts if cut < len(rows)} | {len(rows)})
    starts = [0, *ends[:-1]]
    parts = ["".join(rows[a:b]) for a, b in zip(starts, ends, strict=True)]
    placement = place(parts, list(range(1, len(rows) + 1)), rows)
    assert placement.unplaced == ()
