"""What a block's neighbours tell of it: its box, lists, conversations."""

from __future__ import annotations

from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.facts import observe
from broadsheet.convert.neighbours import look_around
from broadsheet.piece import Language

BOX = {"heads-box", "below-head", "closes-box", "item-in-box", "pictured", "heads-picture"}


def told(text: str, language: Language = "zh-Hans") -> list[set[str]]:
    """Of each block, what its box tells."""
    facts = look_around(observe(read_blocks(text), language))
    return [set(fact.names & BOX) for fact in facts]


LONG = (
    "渡口停航三天之后，今天一早恢复通航，两岸等了一夜的居民和货车依次上船，中午以前已经全部过江。"
)


def test_a_line_above_text_in_one_box_heads_it() -> None:
    assert told(f"渡口恢复通航\n{LONG}") == [{"heads-box"}, {"below-head"}]
    assert told(f"渡口恢复通航\n\n{LONG}") == [set(), set()]


def test_a_line_below_text_in_one_box_closes_it() -> None:
    assert told(f"{LONG}\n南岸居民　何青") == [set(), {"closes-box"}]
    assert told(f"{LONG}\n\n南岸居民　何青") == [set(), set()]


PLACES = {"heads-table", "heads-results", "below-table-head", "first-row", "row-again", "counts-on"}
PLACES |= {"first-verse", "verse-again", "heads-advertisement", "below-advertiser"}


def places(*blocks: str, language: Language = "zh-Hans") -> list[set[str]]:
    """Of each block, what the blocks above and below it tell."""
    facts = look_around(observe(read_blocks("\n\n".join(blocks)), language))
    return [set(fact.names & PLACES) for fact in facts]


def test_rows_of_a_table_stand_below_its_heading() -> None:
    assert places("昨日菜价", "单位：元", "黄瓜　2.80", "豇豆　4.10") == [
        {"heads-table"},
        {"below-table-head"},
        {"below-table-head", "first-row"},
        {"row-again"},
    ]
    assert places("昨日菜价", "黄瓜　2.80", LONG) == [set(), set(), set()]


def test_results_stand_below_theirs() -> None:
    assert places("RESULTS", "Harwick 3, Easton 1.", "Dunmore 2, Harbour 0.", language="en") == [
        {"heads-results"},
        {"below-table-head", "first-row"},
        {"row-again"},
    ]


def test_numbered_paragraphs_count_on() -> None:
    assert places("事项如下：", "一、停航三天。", "二、改走北桥。", "四、照常。") == [
        set(),
        {"counts-on"},
        {"counts-on"},
        set(),
    ]
    assert places("船来了。", "一、停航三天。") == [set(), set()]


def test_lines_of_a_poem_may_be_blocks_of_their_own() -> None:
    poem = ("雾从江心慢慢地退", "像谁把被子掀开一角", "船还没有来", "我先听见了桨声")
    assert places(*poem) == [{"first-verse"}, {"verse-again"}, {"verse-again"}, {"verse-again"}]
    assert places(*poem[:3]) == [set(), set(), set()]


def test_who_advertises_stands_above_it() -> None:
    shown = places("江天戏院", "今日日夜开演　渡口恩仇记　座价　二角")
    assert shown == [{"heads-advertisement"}, {"below-advertiser"}]


def test_a_sentence_is_no_such_line() -> None:
    assert told(f"船来了。\n{LONG}") == [set(), set()]


def test_a_page_header_above_its_contacts_heads_nothing() -> None:
    assert told("清河日报\n2024年3月4日 星期一 国内统一刊号CN00-0000 第三版") == [set()]


def test_text_above_the_line_of_a_photographer_is_a_caption() -> None:
    caption = "三月四日，南岸渡口恢复通航，等了一夜的居民依次上船，准备过江去赶早市和上班上学。"
    assert told(f"{caption}\n本报记者　何青　摄") == [{"pictured"}, {"closes-box"}]
    above = told(f"图片新闻\n{caption}\n本报记者　何青　摄")
    assert above == [{"heads-box", "heads-picture"}, {"pictured", "below-head"}, {"closes-box"}]


def test_an_english_photographer_stands_above_the_caption() -> None:
    caption = (
        "Commuters board the ferry at the South Landing on Monday, the first to cross for days."
    )
    above, below = told(f"JOHN MARSH/THE HARWICK POST\n{caption}", "en")
    assert "heads-box" in above
    assert "pictured" in below


def test_signs_in_a_row_open_a_list_and_a_single_one_points() -> None:
    page = "▲渡口恢复通航，旅客上船。\n\n{}旧船今天送进博物馆。"
    single, several = page.format(""), page.format("▲")
    assert "photo" in look_around(observe(read_blocks(single), "zh-Hans"))[0].names
    listed = look_around(observe(read_blocks(several), "zh-Hans"))[0]
    assert "photo" not in listed.names
    assert "list-start" in listed.names


def test_items_go_with_the_list_above_them() -> None:
    rows = "今晚电视\n19：00　新闻\n19：35　天气预报\n20：05　电视剧《渡口人家》"
    assert told(rows)[2:] == [{"below-head", "item-in-box"}] * 2


def test_who_speaks_and_asks_again_is_in_a_conversation() -> None:
    talk = "记者甲：渡口何时通航？\n\n何青：明天。\n\n记者甲：还会停吗？\n\n何青：不会。"
    facts = look_around(observe(read_blocks(talk), "zh-Hans"))
    assert all("interview" in fact.names for fact in facts)
    sayings = "何青：渡口明天通航\n\n周小满：旧船送进博物馆"
    facts = look_around(observe(read_blocks(sayings), "zh-Hans"))
    assert not any("interview" in fact.names for fact in facts)


def test_boxes_tell_less_where_blank_lines_were_not_kept() -> None:
    headed = f"渡口恢复通航\n{LONG}\n{LONG}"
    assert told(headed)[2] == {"below-head"}
    pasted = "\n".join([headed, LONG, LONG, LONG])
    assert told(pasted)[2] == set()
