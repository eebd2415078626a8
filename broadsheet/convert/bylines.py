"""Bylines, credits and datelines: who wrote, who took the pictures, which agency, from where."""

from __future__ import annotations

import re

import msgspec

from broadsheet.convert.names import is_name

_AGENCY = (
    r"新[华華]社|新[华華][网網]|中新社|中新[网網]|中央社|中[国國]新[闻聞]社|央[视視]新[闻聞]|央[视視]"
    r"|人民[网網]|法新社|路透社|美[联聯]社|塔斯社"
    r"|共同社|[韩韓][联聯]社|埃菲社|合众[国國][际際]社|德新社|安莎社|俄新社"
    r"|Reuters|Associated Press|Agence France-Presse"
    r"|Press Association|Bloomberg|\bAFP\b|\bAP\b|\bPA\b|\bUPI\b|\bTASS\b|\bXinhua\b"
)
_AGENCIES = re.compile(_AGENCY)


class Byline(msgspec.Struct, frozen=True):
    """What byline and credit lines say; names as printed."""

    reporters: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    agency: str = ""


class Dateline(msgspec.Struct, frozen=True):
    """How a report begins: 新华社北京12月4日电; LONDON (Reuters)."""

    text: str = ""
    place: str = ""
    agency: str = ""


#: Words that say what the names after them did; both scripts.
_ROLES = re.compile(
    r"(?P<both>文[/／、]?[图圖]片?|[图圖][/／]文|[摄攝]影[报報][道導])|(?P<picture>(?<!\S)[图圖摄攝]\s|[图圖摄攝][/／:：]"
    r"|[图圖]片?[:：]|[摄攝]影?|供[图圖]|Pictures?(?: by)?|Photos?(?:graphs?)?(?: by)?)"
    r"|(?P<text>(?<!\S)文\s|文[/／:：]|(?:本[报報台]|新[华華]社|特[约約派])*(?:[记記]者|[评評][论論][员員]|[撰执執][稿笔筆]"
    r"|[报報][道導]|通[讯訊][员員]|特[约約]撰稿|[编編][译譯])"
    r"|Words(?: by)?|By|Story(?: by)?|Report(?: by)?)"
)
#: □ 何 青: after a sign whatever stands there is a name, a pen name too.
_SIGNED = re.compile(r"[□◎·•●○■/／]\s*([\u3400-\u9fff](?:\s*[\u3400-\u9fff]){1,3})\s*[·•]?")
_BRACKETED_TITLE = re.compile(r"^\((?:Mrs?|Miss|Ms|Dr|Rev)\.?\)\s*")
_NAMES_APART = re.compile(r"[\s、，,;；/／●□■（）()|]+")
_ENGLISH_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}")
_ENGLISH_SPLIT = re.compile(r"\s+and\s+|,\s*|\s*\|\s*|\s*&\s*|\s*/\s*")


def read_byline(*lines: str) -> Byline:
    """Byline and credit lines -> names and agency."""
    reporters: list[str] = []
    photographers: list[str] = []
    for line in lines:
        for name, wrote, photographed in _credited(line):
            if wrote and name not in reporters:
                reporters.append(name)
            if photographed and name not in photographers:
                photographers.append(name)
    agency = next((m.group() for line in lines if (m := _AGENCIES.search(line))), "")
    return Byline(tuple(reporters), tuple(photographers), agency)


def _credited(line: str) -> list[tuple[str, bool, bool]]:
    """(name, wrote, took pictures) of everyone whom a line names."""
    matches = list(_ROLES.finditer(line))
    roles = [match.lastgroup or "text" for match in matches]
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(line)]
    named = [_names(line[begin:stop]) for begin, stop in zip(ends, starts, strict=True)]
    if not roles:
        done = [("text", names) for names in named]
    elif named[0] and not any(named[1:]):  # 甲 乙 文/图
        done = [(roles[0], named[0])]
    elif named[0]:  # 甲 文 乙 摄
        done = list(zip(roles, named, strict=False))
    elif len(roles) > 1 and not named[-1]:  # 记者 甲 摄影报道
        done = list(zip([*roles[:-2], roles[-1]], named[1:], strict=False))
    else:  # 文/记者 甲 图/乙
        done = list(zip(roles, named[1:], strict=True))
    return [(name, role != "picture", role != "text") for role, names in done for name in names]


def _names(text: str) -> list[str]:
    signed = _SIGNED.fullmatch(text.strip())
    if signed:
        return ["".join(signed[1].split())]
    text = _AGENCIES.sub(" ", _BRACKETED_TITLE.sub("", text))
    chinese = [word for word in _NAMES_APART.split(text) if is_name(word)]
    if chinese:
        return chinese
    parts = _ENGLISH_SPLIT.split(text.strip())
    return [part for part in parts if _ENGLISH_NAME.fullmatch(part) and not _OFFICE.search(part)]


_OFFICE = re.compile(
    r"(?i:correspondent|editor|reporter|writer|staff)|Press|Agenc|Affairs|News\b"
    r"|\b(?:Street|Road|Lane|Avenue|Terrace|Square|Place|Crescent|Hill|Drive)$"
)

_CHINESE_DATELINE = re.compile(
    rf"[（(]?(?:据|據)?(?P<agency>{_AGENCY}|本[报報台])(?:[记記]者)?"
    r"(?P<place>[\u3400-\u9fff·]{2,10}?)?(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月)?"
    r"(?:\d{1,2}日|[一二三四五六七八九十廿]{1,3}日)(?:[专專]?[电電]|[讯訊]|消息)"
)
_CHINESE_BRIEF = re.compile(
    rf"[（(]?(?:据|據)?(?P<agency>{_AGENCY}|本[报報台])(?:[电電]|[讯訊]|消息)(?=[\s（(：:])"
)
_BRACKETED = re.compile(
    rf"[【〔［\[（(](?P<agency>{_AGENCY}|本[报報刊台])(?P<place>[\u3400-\u9fff·]{{2,6}}?)?"
    r"(?:(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日)?(?:[专專]?[电電]|[讯訊])[】〕］\]）)]"
    r"|[【〔［\[](?P<source>[^】〕］\]。，]{2,24}[报報][导導道])[】〕］\]]"
)
_ENGLISH_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][A-Za-z.]+){0,2}?)(?:, (?:[A-Z][a-z]+\.? \d{1,2}"
    r"|\d{1,2} [A-Z][a-z]+))?"
    r"(?: ?\((?P<agency>[A-Z][\w ./-]+)\))?(?= ?[—–] ?| -{1,2} )"
)


def read_dateline(text: str) -> Dateline:
    """The dateline at the beginning of a body's first paragraph, if it has one."""
    match = _BRACKETED.match(text) or _CHINESE_DATELINE.match(text) or _CHINESE_BRIEF.match(text)
    if match is None:
        match = _ENGLISH_DATELINE.match(text)
    if match is None:
        return Dateline()
    found = match.groupdict()
    agency = found["agency"] or next(iter(_AGENCIES.findall(found.get("source") or "")), "")
    return Dateline(
        text=match.group().lstrip("（【〔［[").rstrip("）】〕］]"),
        place=(found.get("place") or "").strip(),
        agency="" if agency.startswith("本") else agency,
    )
