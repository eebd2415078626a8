"""Block -> facts: every mark has words that bear it, and words like them that do not."""

from __future__ import annotations

import time

import pytest

from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.facts import Facts, observe
from broadsheet.convert.marks import CHINESE_MARKS, ENGLISH_MARKS
from broadsheet.piece import Language

CHINESE = {
    "dateline": ("本报清河3月4日电（记者何青）渡口今天停航。", "渡口今天停航。"),
    "attributes": ("有分析认为，水位还会上涨。", "水位还会上涨。"),
    "reports": ("据市水务局介绍，水位已经回落。", "水位已经回落。"),
    "dated": ("船工何青3月4日说，渡口停航。", "渡口停航，船工何青说。"),
    "happened": ("渡口昨日恢复通航。", "渡口今天恢复通航。"),
    "date-start": ("3月4日，渡口停航。", "渡口停航。"),
    "byline": ("本报记者 何青 周小满", "何青在渡口等了一夜，船没有来。"),
    "salutation": ("编辑同志：渡口停航三天了。", "何青：渡口停航三天了。"),
    "interview": ("问：渡口何时通航？", "问渡口何时通航。"),
    "timetable": ("19：30 渡口夜航", "19时渡口停航。"),
    "names-only": ("何青 周小满", "渡口停航 何时恢复"),
    "credit": ("（据新华社电）", "（见图）"),
    "ends-credit": ("渡口今天恢复通航。（本报记者何青）", "渡口今天恢复通航（见图）。"),
    "photo": ("图为渡口的旧船。", "新渡口的蓝图为众人所知，线上图书馆也有。"),
    "picture-start": ("图为渡口的旧船。", "这张图很旧。"),
    "photographer": ("旧船停在渡口。何青 摄", "旧船停在渡口。"),
    "pointing": ("船工何青（左）在修船。", "船工何青在修船。"),
    "death-heading": ("讣告", "公告"),
    "death-words": ("于昨日病逝，享年八十八岁。", "于昨日启程。"),
    "kin-start": ("先父何公，一生撑船。", "何公一生撑船。"),
    "family-notice": ("先母何氏，痛于昨日寿终。", "先母一生撑船。"),
    "thanks": ("先父何公之丧，蒙亲友吊唁，谨此叩谢", "先父何公，一生撑船。"),
    "funeral": ("定于周五在市殡仪馆送别。", "向渡口纪念碑敬献花圈。"),
    "kin-signature": ("孝子 何青 泣告", "长江水位上涨"),
    "kin-names": ("孝男：国栋 国梁", "孝老爱亲 家和事兴"),
    "pure-notice": ("清河渡口管理局停航公告", "渡口管理局发布停航公告"),
    "page-number": ("· 7 ·", "7"),
    "kin-and-friends": ("族、亲、友、谊 谨此讣", "亲友来到渡口"),
    "table-row": ("渡船　2.50元　上涨", "渡船 停航 三天"),
    "units": ("（单位：元/公斤）", "（何青）"),
    "advertises": ("今日日夜开演 渡口恩仇记 座价 二角", "渡口门诊今日开张。"),
    "ends-signed": ("船票遗失，声明作废。何青启", "何青昨日启程。"),
    "office-signature": ("清河市渡口管理局", "保护渡口的大格局"),
    "contact": ("联系电话：0750-1234567", "水位：三米"),
    "notice-heading": ("停航通知", "渡口停航三天"),
    "notice-opening": ("更正：昨日本版渡口一文有误。", "更正的文章昨日见报。"),
    "notice-words": ("特此公告。", "雨停了。"),
    "weather": ("明天多云，气温十八度。", "明天开学。"),
    "page-header": ("2024年3月4日 星期一 第3版", "星期一开学"),
    "section-heading": ("本埠新闻", "本埠新船"),
    "contents": ("●渡口停航三天 A05 ●旧船进馆 A09", "渡口停航三天（下转A05版）"),
    "editors": ("责编：何青 美编：周小满", "何青 周小满"),
    "imprint": ("社址：清河市渡口路1号", "渡口旧址"),
    "contact-line": ("新闻热线：0750-1234567", "零售额增长，新书发行"),
    "appeal": ("节约用水 从我做起", "渡口停航三天"),
    "homely": ("回家的路上慢一点", "渡口停航三天"),
    "to-readers": ("你的一小步", "渡口停航三天"),
    "motto": ("渡船是水上的桥。", "渡船停在桥边。"),
    "title-verb": ("渡口举行通航仪式", "渡口旧事"),
    "attended": ("周小满参加会见。", "周小满没有来。"),
    "signed-off": ("清河渡口所 谨启", "渡口重新开启"),
    "box-heading": ("相关链接", "渡口链接两岸"),
    "jump-line": ("（下转第四版）", "渡口下转第四码头"),
    "continued-from": ("（上接第一版）渡口恢复通航。", "（下转第四版）"),
    "old-item": ("●渡口停航 昨日大風渡船停駛", "●渡口停航，水位上涨。"),
    "question": ("渡口何时能通航？", "渡口通航了。"),
    "bulletin": ("国际简讯", "国际渡口"),
    "colon-inside": ("何青：我还会撑船", "何青还会撑船"),
    "leading-dash": ("——写在渡口通航之际", "写在渡口通航之际"),
    "leading-bracket": ("【老城记事】渡口", "老城记事"),
    "number-in": ("3条船", "三条船"),
    "list-start": ("一、渡口停航。", "渡口停航。"),
    "quote-start": ("“船来了。”", "船来了。"),
    "connects": ("此外，渡口还要修。", "渡口还要修。"),
}

ENGLISH = {
    "dateline": ("HARWICK, Monday — The ferry sank.", "The ferry sank on Monday."),
    "dated": ("The ferry sank on Monday.", "The ferry sank."),
    "happened": ("The ferry sank yesterday.", "The ferry sails today."),
    "byline": ("By Ellen Marsh", "Ellen Marsh rowed home."),
    "salutation": ("Sir — The ferry is late.", "Sir Ellen rowed home."),
    "interview": ("Q. Will the ferry sail?", "A ferry sails."),
    "jump-line": ("(Continued on Page 9)", "The ferry continued on its way."),
    "contents": ("MORE INSIDE", "Inside the ferry"),
    "imprint": ("Printed and published by Marsh & Son.", "The ferry was published."),
    "page-number": ("- 7 -", "Pier 7"),
    "table-row": ("Wheat, No. 2 red ... 1.04", "The ferry made 2 trips"),
    "advertises": ("A dollar a bottle at all druggists.", "The ferry carried a bottle."),
    "death-entry": ("MARSH.—On the 3rd, at home, Ellen, aged 80.", "MARSH ROWED HOME"),
    "deaths": ("Obituaries", "Obituary"),
    "section-heading": ("Letters to the Editor", "Letters to the ferry"),
    "credit": ("(Harbour News Agency)", "Harbour news"),
    "ends-credit": ("The ferry sails again. — Reuters", "The ferry sails again."),
    "photo": ("Picture: Ellen Marsh", "Ellen Marsh, pictured, rowed home."),
    "photographer": ("The ferry in the ice. PHOTO: ELLEN MARSH", "The ferry in the ice."),
    "death-heading": ("Deaths", "Marsh, Ward and others"),
    "death-words": ("He passed away at home.", "He walked home."),
    "funeral": ("Funeral at noon; no flowers.", "Market at noon."),
    "kin-signature": ("Her husband Tom", "Tom rowed home"),
    "office-signature": ("Harbour Engineer", "The ferry sails"),
    "contact": ("Telephone 555 0101", "The old pier"),
    "notice-heading": ("ROAD CLOSURE", "FERRY SAILS"),
    "notice-opening": ("WANTED--A steady man for the ferry.", "Wanted: a steady man."),
    "notice-words": ("Apply to the clerk in writing.", "The clerk rowed home."),
    "weather": ("Sunny spells, then showers.", "The market opens."),
    "page-header": ("THE HARWICK POST Monday 4 March 2024 PAGE 3", "18 boats sail"),
    "editors": ("Edited by Ellen Marsh", "Ellen Marsh"),
    "contact-line": ("letters@harwickpost.example", "letters"),
    "appeal": ("Keep the harbour clean", "Harbour dredged"),
    "title-verb": ("Ferry to sail again", "Old ferry"),
    "question": ("Who will sail the ferry?", "The ferry sails."),
    "bulletin": ("News in brief", "News of the ferry"),
    "colon-inside": ("Marsh: I will row", "Marsh will row"),
    "leading-dash": ("— a winter at sea", "a winter at sea"),
    "leading-capitals": ("HARBOUR COURT.—Before the bench.", "The court sat."),
    "title-case": ("Ferry Sails Again After Storm", "Ferry sails again after storm"),
    "number-in": ("3 boats", "three boats"),
    "quote-start": ('"It sails," she said.', "It sails, she said."),
    "connects": ("But the ferry sailed.", "The ferry sailed."),
    "midword": ("and the ferry sailed.", "The ferry sailed."),
}


def facts_of(text: str, language: Language = "zh-Hans") -> Facts:
    return observe(read_blocks(text), language)[0]


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_mark(name: str) -> None:
    bears, does_not = CHINESE[name]
    assert name in facts_of(bears).names
    assert name not in facts_of(does_not).names


@pytest.mark.parametrize("name", ENGLISH)
def test_english_mark(name: str) -> None:
    bears, does_not = ENGLISH[name]
    assert name in facts_of(bears, "en").names
    assert name not in facts_of(does_not, "en").names


def test_every_mark_has_a_test_and_a_reason() -> None:
    assert {mark.name for mark in CHINESE_MARKS} == set(CHINESE)
    assert {mark.name for mark in ENGLISH_MARKS} == set(ENGLISH)
    assert all(mark.reason for mark in (*CHINESE_MARKS, *ENGLISH_MARKS))


@pytest.mark.parametrize(
    ("mark", "text", "holds"),
    [
        ("dateline", "【本报花河讯】昨天渡口复航。", True),
        ("dateline", "〔本报记者何青花河报导〕昨天渡口复航。", True),
        ("dateline", "（新华社花河五日电）昨天渡口复航。", True),
        ("dateline", "【渡口旧事】何青口述", False),
        ("page-header", "中华民国七十四年五月六日 星期一 第三版", True),
        ("page-header", "一九八六年三月十二日 星期三", True),
        ("page-header", "（下转第四版）", False),
        ("page-header", "下转第四版", False),
        ("page-header", "5 社会广角 1999.4.8 星期四", True),
        ("contents", "导读", True),
        ("office-signature", "清河农学院 何青先生治丧委员会 2024年5月4日", True),
        ("contents", "水库放水 详见第六版", True),
        ("contents", "渡口停航，详见第六版公告。", False),
        ("credit", "（何 青）", True),
        ("names-only", "何 青", True),
        ("names-only", "何　青　周小满", True),
    ],
)
def test_marks_of_older_papers(mark: str, text: str, holds: bool) -> None:
    assert (mark in facts_of(text).names) == holds


def test_traditional_text_bears_the_same_marks() -> None:
    assert "death-heading" in facts_of("訃告").names


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("渡口停航。", "ends-stop"),
        ("他说：“船来了。”", "ends-stop"),
        ("渡口停航，", "ends-comma"),
        ("他说：", "ends-colon"),
        ("渡口的旧", "ends-open"),
        ("渡口（见图）", "ends-bracket"),
    ],
)
def test_how_a_block_ends(text: str, end: str) -> None:
    assert end in facts_of(text).names


@pytest.mark.parametrize(
    ("text", "closes", "opens"),
    [
        ("他说：“船来了", "", "“"),
        ("船来了。”他说。", "”", ""),
        ("船来了”，他说：“快", "”", "“"),
        ("《渡口》", "", ""),
    ],
)
def test_quotations_left_open_and_closed_early(text: str, closes: str, opens: str) -> None:
    fact = facts_of(text)
    assert (fact.closes, fact.opens) == (closes, opens)


def test_a_word_that_begins_no_sentence_is_seen() -> None:
    assert "midword" in facts_of("的旧船还在。").names
    assert "midword" not in facts_of("渡口的旧船还在。").names


def test_a_saying_without_its_speaker_is_seen() -> None:
    assert {"saying", "midword"} <= facts_of("说，旧灯要送进航海博物馆。").names
    assert "saying" not in facts_of("说普通话 写规范字").names


def test_bad_ocr_is_noise() -> None:
    assert "noise" in facts_of("~.;' t;e -- ;._ fe. ;' !", "en").names
    assert "noise" not in facts_of("The ferry sails again.", "en").names


def test_two_halves_of_equal_length_are_a_slogans_shape() -> None:
    assert "equal-halves" in facts_of("节水一点一滴 惠泽千家万户").names
    assert "equal-halves" not in facts_of("节水一点一滴 惠泽千家").names


@pytest.mark.parametrize("unit", ["A", "A ", "A'", "王", "王 ", "（王", "1-", "本报记者", "新华社"])
def test_no_pattern_takes_long_for_any_text(unit: str) -> None:
    started = time.process_time()
    for length in (10, 20, 40, 400, 4000):
        text = unit * (length // len(unit)) + "?."
        facts_of(text)
        facts_of(text, "en")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("SHIPPING INTELLIGENCE.", True),
        ("SHlPPING INTELL1GENCe.", True),
        ("CORN, &c.", True),
        ("Shipping", False),
        ("J. P.", False),
        ("The LORD MAYOR sat", False),
    ],
)
def test_a_heading_in_capitals_may_have_letters_misread(text: str, holds: bool) -> None:
    assert ("all-capitals" in facts_of(text, "en").names) == holds
