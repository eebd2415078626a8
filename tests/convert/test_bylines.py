"""Bylines, credits, datelines, page headers, notices: who and what a printed line names."""

from __future__ import annotations

import datetime

import pytest

from broadsheet.convert.bylines import Byline, read_byline, read_dateline
from broadsheet.convert.notices import issuer_of, kind_of
from broadsheet.convert.page_header import PageHeader, read_header


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("本报记者 高远 通讯员 林小安", Byline(("高远", "林小安"))),
        ("新华社记者 周若水 摄", Byline((), ("周若水",), "新华社")),
        ("记者 高远 何岸 摄影报道", Byline(("高远", "何岸"), ("高远", "何岸"))),
        ("文/本报记者 周若水 图/马小川", Byline(("周若水",), ("马小川",))),
        ("高远 何岸 文/图", Byline(("高远", "何岸"), ("高远", "何岸"))),
        ("文/图 新华社", Byline(agency="新华社")),
        ("（记者 欧阳晓）", Byline(("欧阳晓",))),
        ("□ 本报记者 萧敏", Byline(("萧敏",))),
        ("本报综合报道", Byline()),
        ("By Jane Orr, Foreign Affairs Correspondent", Byline(("Jane Orr",))),
        ("Words Jane Orr Pictures Tom Hale", Byline(("Jane Orr",), ("Tom Hale",))),
        ("Jane Orr and Tom Hale | Reuters", Byline(("Jane Orr", "Tom Hale"), (), "Reuters")),
    ],
)
def test_a_byline_names_people_and_agency(line: str, said: Byline) -> None:
    assert read_byline(line) == said


@pytest.mark.parametrize(
    ("text", "dateline", "place", "agency"),
    [
        ("新华社北京1月3日电（记者 高远）今天", "新华社北京1月3日电", "北京", "新华社"),
        ("据新华社日内瓦一月八日电 会议", "据新华社日内瓦一月八日电", "日内瓦", "新华社"),
        ("本报广州5月2日讯 昨天", "本报广州5月2日讯", "广州", ""),
        ("本报讯 昨天", "本报讯", "", ""),
        ("【本報花河訊】昨天", "本報花河訊", "花河", ""),
        ("（新华社花河五日电）昨天", "新华社花河五日电", "花河", "新华社"),
        ("〔中央社記者何青花河報導〕昨天", "中央社記者何青花河報導", "", "中央社"),
        ("LONDON (Reuters) — The", "LONDON (Reuters)", "LONDON", "Reuters"),
        ("KYIV, Dec. 4 (AP) — The", "KYIV, Dec. 4 (AP)", "KYIV", "AP"),
        ("新华社区今天成立", "", "", ""),
        ("The end", "", "", ""),
    ],
)
def test_a_dateline(text: str, dateline: str, place: str, agency: str) -> None:
    said = read_dateline(text)
    assert (said.text, said.place, said.agency) == (dateline, place, agency)


MAY_8 = datetime.date(2024, 5, 8)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        (
            "A07 要闻 2024年5月8日 星期三 责任编辑 高远 版式 林小安 校对 何岸",
            PageHeader(MAY_8, "A07", "要闻", "责任编辑 高远 版式 林小安 校对 何岸"),
        ),
        (
            "06版 民生 | 2024年5月8日 星期三 | 责编 高远 美编 何岸",
            PageHeader(MAY_8, "06", "民生", "责编 高远 美编 何岸"),
        ),
        ("青河晚报 2024年5月8日 星期三 时局 06", PageHeader(MAY_8, "06", "时局", "", "青河晚报")),
        ("2024年5月8日 星期三 第7版 国际新闻", PageHeader(MAY_8, "7", "国际新闻")),
        ("B3·社会", PageHeader(None, "B3", "社会")),
        (
            "THE EVENING HERALD Wednesday 8 May 2024 PAGE 12",
            PageHeader(MAY_8, "12", "", "", "THE EVENING HERALD"),
        ),
        ("A2 WORLD Wednesday, May 8, 2024", PageHeader(MAY_8, "A2", "WORLD")),
        (
            "THE EVENING HERALD, WEDNESDAY, MAY 8, 2024.",
            PageHeader(MAY_8, "", "", "", "THE EVENING HERALD"),
        ),
        (
            "NEWS 7 Wednesday, May 8, 2024 | The Tidewater Gazette",
            PageHeader(MAY_8, "7", "NEWS", "", "The Tidewater Gazette"),
        ),
        ("清河時報 2024年5月8日 第三張", PageHeader(MAY_8, "三", "", "", "清河時報")),
        ("本版责编 高远 电话 6600123", PageHeader(editors="本版责编 高远")),
        ("导读 ●公交改道 A05 ●旧书市场 A09", PageHeader()),
        ("●公交改道 A05", PageHeader()),
        ("责任编辑：高远 电子邮箱：a07@example.com", PageHeader(editors="责任编辑：高远")),
        ("社址：环市北大道62号 邮编：529200 零售每份1.50元", PageHeader()),
        ("Newsdesk 01632 960147 | news@herald.example", PageHeader()),
    ],
)
def test_a_page_header(text: str, header: PageHeader) -> None:
    assert read_header([text]) == header


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("遗失声明", "本人遗失证件，特此声明。", "遗失声明"),
        ("声明", "", "声明"),
        ("明日天气", "多云", "天气"),
        ("", "遗失驾驶证，特此声明", "声明"),
        ("開業啓事", "", "開業啓事"),
        ("Planning Application", "", "planning application"),
        ("A Word to Readers", "", ""),
    ],
)
def test_the_kind_of_a_notice(title: str, text: str, kind: str) -> None:
    assert kind_of(title, text) == kind


@pytest.mark.parametrize(
    ("signature", "issuer"),
    [
        (["市自来水公司", "2024年5月7日"], "市自来水公司"),
        (["联系电话：0571-8800123"], ""),
        (["清算组负责人：温先生"], "温先生"),
        (["华记 梁氏兄弟 谨启"], "华记 梁氏兄弟"),
        (["Borough Engineer"], "Borough Engineer"),
        ([], ""),
    ],
)
def test_the_issuer_of_a_notice(signature: list[str], issuer: str) -> None:
    assert issuer_of(signature, []) == issuer
