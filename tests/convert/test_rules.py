"""What no weight may decide: each rule has a reason, names facts that exist, and holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import broadsheet.convert as package
from broadsheet.convert import convert_page
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.cuts import read_page
from broadsheet.convert.facts import observe
from broadsheet.convert.labels import LABEL
from broadsheet.convert.marks import CHINESE_MARKS, ENGLISH_MARKS
from broadsheet.convert.neighbours import look_around
from broadsheet.convert.pieces import START, advance, choices_for, prepare
from broadsheet.convert.rules import BEGINS_ANEW, ENDS, ONLY, may_join
from broadsheet.convert.weights import weights_for

SOURCES = "".join(
    (Path(package.__file__).parent / name).read_text("utf-8")
    for name in ("facts.py", "neighbours.py", "roles.py", "pieces.py")
)
KNOWN = {mark.name for mark in (*CHINESE_MARKS, *ENGLISH_MARKS)} | set(
    re.findall(r'"([a-z]+(?:-[a-z]+)*)"', SOURCES)
)


def test_every_rule_is_about_a_fact_and_names_labels() -> None:
    assert ONLY.keys() | BEGINS_ANEW | ENDS <= KNOWN
    for rule in ONLY.values():
        assert rule.begin | rule.go_on <= LABEL.keys()
        assert rule.reason


NO_HEADING = {"paragraph", "furniture", "credit", "byline", "signature"}
REPORT = (
    "渡口恢复通航\n\n本报讯　渡口停航三天之后，今天一早恢复通航，两岸居民依次上船，准备过江去赶早"
)


@pytest.mark.parametrize(
    ("below", "roles"),
    [
        ("（下转第四版）", {"paragraph", "furniture"}),
        ("编辑同志：渡口的灯坏了半年。", {"paragraph"}),
        ("问：渡口何时通航？", {"paragraph"}),
        ("社址：清河市渡口路1号", {"furniture"}),
        ("遗失　何青船员证一本，声明作废。", {"heading"}),
        ("读者热线：0750-1234567", NO_HEADING),
        ("（厂通讯组）", NO_HEADING),
        ("清河渡口管理所　谨启", NO_HEADING),
    ],
)
def test_what_a_line_cannot_be_whatever_the_weights(below: str, roles: set[str]) -> None:
    page = convert_page(f"{REPORT}\n\n{below}\n\n市，中午以前已经全部过江。")
    line = next(p for d in page.drafts for p in d.placed if p.block.text.startswith(below[:4]))
    assert line.role in roles


def test_a_sentence_that_goes_on_further_down_has_no_subhead_before() -> None:
    page = convert_page(
        "糖厂里的渡船\n\n“拆掉很容易，一个月就能推平。”副局长何青说，“可是推平了，\n\n"
        "老厂的灯\n\n采访中，许多老工人都说过同样一句话，厂子停了以后他们还是每天早上到门口转一圈。\n\n"
        "这座县城就少了半本历史。”"
    )
    assert [[p.block.index for p in draft.placed] for draft in page.drafts] == [[0, 1, 4], [2, 3]]


def test_a_quotation_is_not_opened_again_inside_itself() -> None:
    tail, again, other = observe(
        read_blocks("他说，“可是推平了，\n\n“推平了就没有了”\n\n就少了半本历史。”"), "zh-Hans"
    )
    assert not may_join(tail, again)
    assert may_join(tail, other)


def test_no_sentence_goes_on_with_a_line_that_names_what_follows() -> None:
    text = "责任制订到塘\n\n本报讯　全社鱼塘已全部放养鱼苗，比去年提早\n\n农科站办起“田头课”\n\n"
    page = convert_page(f"{text}县农科站的技术员最近把课堂搬到田头，手把手教社员识别稻飞虱。")
    line = next(p for d in page.drafts for p in d.placed if p.block.index == 2)
    assert (line.role, line.continues) == ("headline", None)


def test_a_common_word_in_a_capital_opens_a_sentence() -> None:
    facts = observe(read_blocks("The storm of\n\nPrices rise\n\nOctober when prices fell."), "en")
    tail, common, name = look_around(facts)
    assert not may_join(tail, common)
    assert may_join(tail, name)
    (line,) = observe(read_blocks("October at the pier"), "en")
    assert not may_join(tail, line)


def test_right_below_a_heading_no_other_piece_goes_on() -> None:
    text = f"{REPORT}\n\n灯塔换上新灯\n\n市上的人说，灯又亮了。\n\n灯是昨天换的。"
    facts = look_around(observe(read_blocks(text), "zh-Hans"))
    weights = weights_for("zh-Hans")
    reader = prepare(read_page(facts, english=False, weights=weights), weights)
    state = START
    went_on = []
    for index, label in enumerate(("article", "para", "article", "para", "para")):
        choices = choices_for(reader, state, index)
        went_on.append({choice.piece.number for choice in choices if choice.piece})
        chosen = next(c for c in choices if c.label.name == label)
        state = advance(reader, state, index, chosen, choices)
    assert went_on[3] == {1}  # below the heading of the second
    assert went_on[4] == {0, 1}


def test_letters_to_the_editor_each_begin_and_are_signed() -> None:
    page = convert_page(
        "Letters to the Editor\n\n"
        "Sir — The light at the South Landing has been out since Michaelmas.\nJOHN MARSH\nQuay Road"
        "\n\nMadam — How pleasant to read that the bandstand is to be painted.\n(Mrs.) E. PRATT"
    )
    letters = [draft for draft in page.drafts if any(p.role == "byline" for p in draft.placed)]
    assert [p.block.text for d in letters for p in d.placed if p.role == "byline"] == [
        "JOHN MARSH",
        "Quay Road",
        "(Mrs.) E. PRATT",
    ]
    assert len(letters) == 2


def test_each_entry_in_the_column_of_deaths_is_an_obituary() -> None:
    page = convert_page(
        "Deaths\n\nMARSH John. Passed away peacefully at home on 12th November, aged 84 years.\n\n"
        "LUND (nee Ford) Iris. Peacefully on 14th November. Funeral at the chapel on Friday."
    )
    assert [draft.type for draft in page.drafts] == ["furniture", "obituary", "obituary"]
