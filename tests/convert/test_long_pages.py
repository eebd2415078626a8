"""A page far longer than any printed one is read as well, in a time that grows with its length."""

from __future__ import annotations

from broadsheet.convert import convert_page, pieces

REPORT = """河口渔港开秤

今天清晨，河口的渔港在封海之后重新开秤，船工们把一筐筐带鱼抬上码头，鱼市的灯一直亮到中

午，才慢慢散去。

"""


def test_a_page_longer_than_any_printed_one_loses_no_report() -> None:
    count = pieces.LONGEST // 3 + 20
    reading = convert_page(REPORT * count)
    assert len(reading.blocks) > pieces.LONGEST
    placed = [item.block.index for draft in reading.drafts for item in draft.placed]
    assert sorted(placed) == list(range(len(reading.blocks)))
