"""Text -> blocks, and the language of a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.convert.blocks import join_rows, read_blocks
from broadsheet.convert.language import fold, language_of


def test_blank_lines_part_blocks_and_lines_are_counted_as_an_editor_does() -> None:
    blocks = read_blocks("甲\n乙\n\n\u3000\n丙\r\n\x0c\n丁")
    assert [block.rows for block in blocks] == [("甲", "乙"), ("丙",), ("丁",)]
    assert [block.lines for block in blocks] == [(1, 2), (5,), (7,)]


def test_the_rows_of_a_chinese_column_are_joined_without_a_space() -> None:
    assert join_rows(("河堤上的柳树今年春天", "比往年绿得更早一些，", "也更密。")) == (
        "河堤上的柳树今年春天比往年绿得更早一些，也更密。"
    )


def test_rows_of_unlike_length_are_lines_of_their_own() -> None:
    assert join_rows(("长子 卫国", "率全家 泣告")) == "长子 卫国 率全家 泣告"


def test_the_rows_of_a_latin_column_are_joined_with_a_space() -> None:
    assert (
        join_rows(("The ferry to the island was", "late.")) == "The ferry to the island was late."
    )


def test_a_first_row_that_is_set_in_ends_nothing() -> None:
    rows = "　　新桥昨日通车新桥昨日\n新桥昨日通车新桥昨日通车\n新桥昨日通车新桥昨日通车\n新桥通车"
    assert [row for block in read_blocks(rows) for row in block.rows] == rows.split("\n")


def test_a_word_parted_by_a_hyphen_is_one_word_again() -> None:
    assert join_rows(("the harbour com-", "mittee met")) == "the harbour com-mittee met"


COLUMN = """河堤绿了
河堤上的柳树今年春天
比往年绿得更早一些，
连堤下的苇塘也绿了，
人们都来看柳。
渡船停开的消息还没有
　　北岸的堤昨天加高
"""


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read_blocks(text)]


def test_in_a_column_a_short_row_ends_a_paragraph_and_a_row_set_in_begins_one() -> None:
    assert paragraphs(COLUMN) == [
        "河堤绿了",
        "河堤上的柳树今年春天比往年绿得更早一些，连堤下的苇塘也绿了，人们都来看柳。",
        "渡船停开的消息还没有",
        "北岸的堤昨天加高",
    ]


def test_rows_of_boxes_that_were_read_are_one_paragraph() -> None:
    assert len(read_blocks(COLUMN, boxed=True)) == 1


def test_where_lines_end_with_sentences_each_is_a_paragraph() -> None:
    text = "渡船停开\n因为河水上涨，渡船昨日起停开，行人须走石桥。\n何日复开另行通知，望相互转告。"
    assert paragraphs(text) == text.split("\n")


def test_a_date_alone_stays_with_the_signature_above_it() -> None:
    text = "渡船停开，行人须走上游石桥，车辆须走下游浮桥。\n渡口管理处\n1986年3月10日"
    assert paragraphs(text)[1:] == ["渡口管理处 1986年3月10日"]


def test_the_first_row_of_a_paragraph_may_be_shorter_by_its_lost_indent() -> None:
    rows = (
        "渡口的老船工昨天又回到船上",
        "看了一眼，他说这条船陪了他三十年",
        "风里来雨里去，从来没有出过一次事",
        "如今要进馆了，舍不得。",
        "馆里的工作人员说，船会放在",
        "大厅的正中，孩子们可以上去看一看",
        "也可以听老人讲从前过河的故事。",
    )
    assert [len(block.rows) for block in read_blocks("\n".join(rows))] == [4, 3]
    assert " " not in read_blocks("\n".join(rows))[1].text


def test_one_character_is_no_paragraph() -> None:
    text = "先父何公恸于昨日寿终，择于本月六日上午出殡。\n谨此讣\n闻\n孝男 何青"
    assert paragraphs(text)[1:] == ["谨此讣 闻", "孝男 何青"]


def test_lines_of_a_headline_keep_a_space_between_them() -> None:
    assert paragraphs("上游植树八千亩\n两年治沙终见效") == ["上游植树八千亩 两年治沙终见效"]
    assert paragraphs("上游今年植树八千余亩\n两年治沙终于见到成效") == [
        "上游今年植树八千余亩 两年治沙终于见到成效"
    ]


def test_a_block_that_stands_twice_is_known() -> None:
    blocks = read_blocks("灯会今晚开幕\n\n别的话。\n\n灯会今晚 开幕")
    assert [block.repeats for block in blocks] == [None, None, 0]


@given(st.text())
def test_no_character_is_lost_or_doubled(text: str) -> None:
    blocks = read_blocks(text)
    layout = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
    printed = layout.sub("", "".join(row for block in blocks for row in block.rows))
    assert printed == layout.sub("", text)
    assert layout.sub("", "".join(block.text for block in blocks)) == printed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("市图书馆明天重新开放。", "zh-Hans"),
        ("市圖書館明天重新開放。", "zh-Hant"),
        ("The library opens again tomorrow.", "en"),
        ("Tel 0750-1234567, info@example.com 市图书馆明天重新开放", "zh-Hans"),
        ("", "en"),
        ("12 — 14", "en"),
    ],
)
def test_the_language_is_that_of_most_of_the_page(text: str, language: str) -> None:
    assert language_of(text) == language


def test_folding_keeps_the_length_and_what_is_simplified_already() -> None:
    assert fold("訃告：圖書館，图书馆") == "讣告：图书馆，图书馆"
