"""Lines of a text box -> paragraphs, by the indent of their first lines."""

from __future__ import annotations

from broadsheet.convert.blocks import join_rows
from broadsheet.convert.readers import Area
from broadsheet.convert.readers.paragraphs import Line, block_of, part_paragraphs


def lines(*edges: tuple[float, float]) -> list[Line]:
    """Lines ten units high, with their left and right edges."""
    return [
        Line(f"line {n}", Area(left, 15 * n, right, 15 * n + 10), 10)
        for n, (left, right) in enumerate(edges)
    ]


def parted(*edges: tuple[float, float]) -> list[int]:
    return [len(part) for part in part_paragraphs(lines(*edges))]


def test_an_indented_line_begins_a_paragraph() -> None:
    assert parted((20, 200), (0, 200), (0, 90), (20, 200), (0, 130)) == [3, 2]


def test_a_skewed_column_is_held_against_its_neighbours() -> None:
    drift = [(n, 200 + n) for n in range(12)]
    assert parted(*drift) == [12]
    drift[6] = (6 + 20, 200 + 6)
    assert parted(*drift) == [6, 6]


def test_paragraphs_of_one_line_follow_each_other() -> None:
    assert parted((20, 200), (0, 90), (20, 120), (20, 200), (0, 200)) == [2, 1, 2]


def test_centred_lines_and_lines_far_in_are_no_paragraphs() -> None:
    assert parted((40, 160), (60, 140), (0, 200), (50, 150)) == [4]
    assert parted((0, 200), (0, 200), (120, 200)) == [3]


def test_without_geometry_a_box_is_one_paragraph() -> None:
    assert [len(p) for p in part_paragraphs([Line("a", None, 0), Line("b", None, 0)])] == [2]
    assert list(part_paragraphs([])) == []


def test_rows_that_fill_their_column_are_one_paragraph_whatever_their_length() -> None:
    filled = block_of(lines((20, 195), (0, 200), (0, 60)), None, 10)
    ragged = block_of(lines((0, 60), (0, 200), (0, 60)), None, 10)
    assert filled.wrapped
    assert not ragged.wrapped
    rows = ("本报讯（记者王明）", "整修后的码头昨天重新开放啦", "，可以停船。")
    assert join_rows(rows, wrapped=True) == "".join(rows)
    assert join_rows(rows) == " ".join(rows)
