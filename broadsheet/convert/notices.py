"""Notices: what kind a notice is, and who published it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadsheet.convert.language import fold
from broadsheet.convert.marks import TABLE_ROW

#: Kinds of notice as their headings name them; of several that fit, the longest counts.
_KINDS = [
    "寻人启事",
    "尋人啟事",
    "招领启事",
    "招領啟事",
    "招租启事",
    "遗失声明",
    "遺失聲明",
    "挂失声明",
    "更正声明",
    "道歉声明",
    "严正声明",
    "声明",
    "聲明",
    "征婚启事",
    "招聘启事",
    "迁址启事",
    "遷址啟事",
    "开业启事",
    "開業啟事",
    "開業啓事",
    "更名启事",
    "启事",
    "啟事",
    "啓事",
    "认领公告",
    "認領公告",
    "拍卖公告",
    "拍賣公告",
    "招标公告",
    "招標公告",
    "中标公告",
    "注销公告",
    "註銷公告",
    "清算公告",
    "减资公告",
    "合并公告",
    "送达公告",
    "送達公告",
    "听证会公告",
    "聽證會公告",
    "征求意见公告",
    "招租公告",
    "招商公告",
    "公告",
    "通告",
    "通知",
    "公示",
    "布告",
    "佈告",
    "预告",
    "預告",
    "停电通知",
    "停水通知",
    "停气通知",
    "招领",
    "招領",
    "认领",
    "寻物",
    "尋物",
    "招聘",
    "招生",
    "招租",
    "招标",
    "招標",
    "拍卖",
    "拍賣",
    "征集",
    "徵集",
    "征文",
    "徵文",
    "谢启",
    "謝啟",
    "謝啓",
    "鸣谢",
    "鳴謝",
    "更正",
    "致歉",
    "天气预报",
    "天氣預報",
    "天气",
    "天氣",
    "潮汐",
    "节目预告",
    "廉让",
    "出售",
    "转让",
    "轉讓",
]
_ENGLISH_KINDS = [
    "lost and found",
    "situations vacant",
    "situations wanted",
    "planning application",
    "public notice",
    "legal notice",
    "notice of dissolution",
    "annual general meeting",
    "road closure",
    "sale by auction",
    "auction",
    "for sale",
    "to let",
    "lost",
    "found",
    "wanted",
    "tenders",
    "weather forecast",
    "weather",
    "correction",
    "apology",
    "announcement",
    "licensing",
    "notice",
    "meeting",
]
_CONTACT = re.compile(
    r"[电電][话話]|[邮郵]箱|[联聯][系繫係]|地址|咨[询詢]|諮詢|[热熱][线線]|[来來]稿|https?:|www\.|@|\d{7}|[Tt]el\b|Telephone"
    r"|Apply"
)
_DATE = re.compile(r"^[\d零〇○一二三四五六七八九十廿年月日號号.\-/\s]+$")
_CLOSING = re.compile(
    r"\s*(?:[谨謹敬][启啟啓告白]|[启啟啓]|特此.{2,4}|此[启啟啓布]|同[启啟啓])[。]?$"
)
_LEADING_LABEL = re.compile(
    r"^(?:清算组负责人|聯繫人|联系人|公告人|声明人|聲明人|委托人|拍卖人|招租方)[：:]\s*"
)
_HOUR = re.compile(r"^\d{1,2}[:：时]\d{2}")
_SENTENCE = re.compile(r"[。！？]|[.!?](?:\s|$)")
_LONGEST_ISSUER = 40


def kind_of(title: str, text: str) -> str:
    """遗失声明, 公告, auction ...: from the heading, else from the text's own last words."""
    for words in (title, text[-24:]):
        named = [kind for kind in _KINDS if kind in words]
        if named:
            return max(named, key=len)
    lower = title.lower()
    named = [kind for kind in _ENGLISH_KINDS if re.search(rf"\b{kind}\b", lower)]
    return max(named, key=len) if named else ""


def issuer_of(signature: Sequence[str], paragraphs: Sequence[str]) -> str:
    """Who published it: the first line of the signature that is no date, contact line or row.

    Without a signature the last paragraph counts as one when it is short and no sentence.
    """
    lines = list(signature) or list(paragraphs[-1:] if len(paragraphs) > 1 else ())
    for line in lines:
        if (
            _DATE.match(line)
            or _HOUR.match(line)
            or _CONTACT.search(line)
            or _SENTENCE.search(line)
            or TABLE_ROW.match(fold(line))
        ):
            continue
        issuer = _CLOSING.sub("", _LEADING_LABEL.sub("", line)).strip()
        if issuer and len(issuer) <= _LONGEST_ISSUER:
            return issuer
    return ""
