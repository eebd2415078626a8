"""Made-up pieces and questions: Han of both scripts, Latin, figures, punctuation of every width."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from broadsheet.search.document import Document

SIMPLIFIED = "中国美特使会谈乌克兰国际广场后发里面云台系只复书车门马见长东南西北人民大学生产业务"
TRADITIONAL = "國際廣場後發裡麵雲臺係隻復書車門馬見長東烏蘭談會學產業務體聲觀藝術遠選舉歷史鐘錶"
RARE = "〇々龘𠮷𪚥彧翀ㄅのトー한국"
LATIN = [
    "Trump", "trump", "USA", "New", "York", "Zürich", "ｔｒｕｍｐ", "ＡＢＣ", "naïve", "a", "b",
    "c", "iPhone", "G20", "COVID-19", "x",
]  # fmt: skip
FIGURES = ["1", "2", "3", "7", "12", "2025", "1998", "3.5", "１２", "②", "100%"]
MARKS = [
    "，", "。", "、", "“", "”", "《", "》", "（", "）", " ",
    "　", "-", "—", "……", "：", "!", "？", ".", "·",
]  # fmt: skip
OTHER_SCRIPT = str.maketrans(
    "国际广场发里云台书车门马见长东乌兰谈会学产业务",
    "國際廣場發裡雲臺書車門馬見長東烏蘭談會學產業務",
)
SECTIONS = ["国际", "要闻", "副刊", "讣告", ""]
TYPES = ["article", "article", "article", "obituary", "slogan", "notice", "photo"]
NAMES = ["王小明", "李華", "John Smith", "欧阳修", "Ｍarie Curie"]


def _run(random_: random.Random, length: int) -> str:
    """A stretch of text in which short phrases recur often."""
    out: list[str] = []
    while sum(map(len, out)) < length:
        kind = random_.random()
        if kind < 0.62:
            source = SIMPLIFIED if random_.random() < 0.7 else TRADITIONAL
            start = random_.randrange(len(source) - 4)
            out.append(source[start : start + random_.randint(1, 4)])
        elif kind < 0.66:
            out.append(random_.choice(RARE))
        elif kind < 0.74:
            out.append(random_.choice(LATIN) + random_.choice(["", " "]))
        elif kind < 0.82:
            out.append(random_.choice(FIGURES))
        else:
            out.append(random_.choice(MARKS))
    return "".join(out)


def documents(count: int, seed: int = 1, first_year: int = 1997, years: int = 4) -> list[Document]:
    """Pieces in printed order, spread over `years`."""
    random_ = random.Random(seed)
    first = datetime.date(first_year, 1, 1)
    days = sorted(random_.randrange(365 * years) for _ in range(count))
    found: list[Document] = []
    for number, day in enumerate(days):
        date = (first + datetime.timedelta(day)).isoformat()
        paragraphs = tuple(
            (f"p{n}" if n % 3 else "", _run(random_, random_.randint(5, 60)))
            for n in range(random_.randint(0, 6))
        )
        type_ = random_.choice(TYPES)
        title = "" if type_ == "slogan" else _run(random_, random_.randint(3, 14))
        people = tuple(random_.sample(NAMES, random_.choice([0, 0, 0, 1, 2])))
        found.append(
            Document(f"{date}/0{number % 5}/{number:05}-x.html", date, f"A0{number % 5}",
                     random_.choice(SECTIONS), type_, title, paragraphs, people)
        )  # fmt: skip
    return found


def questions(count: int, pieces: Sequence[Document], seed: int = 2) -> list[str]:
    """Questions of every kind: cut from the texts, made up, combined; most find something."""
    random_ = random.Random(seed)
    return [_question(random_, pieces) for _ in range(count)]


def _question(random_: random.Random, pieces: Sequence[Document]) -> str:
    kind = random_.random()
    if kind < 0.45:
        return _cut(random_, pieces)
    if kind < 0.55:
        return _run(random_, random_.randint(1, 4))
    if kind < 0.65:
        return f"{_cut(random_, pieces)} {_cut(random_, pieces, 3)}"
    if kind < 0.75:
        opening, closing = random_.choice(['""', "“”", "「」"])
        phrase = _cut(random_, pieces).translate({ord(c): None for c in '"“”„「」'})
        return f"{opening}{phrase}{closing}"
    if kind < 0.85:
        return f"{_cut(random_, pieces, 2)} -{_cut(random_, pieces, 2).lstrip('-')}"
    if kind < 0.95:
        return f"{_cut(random_, pieces, 3)} | {_cut(random_, pieces, 3)}"
    return f"-{_cut(random_, pieces, 2).strip('- ')}"


def _cut(random_: random.Random, pieces: Sequence[Document], longest: int = 12) -> str:
    """1 to 12 characters of some piece's text, sometimes in the other script."""
    fields = [field for field in random_.choice(pieces).fields if field]
    text = random_.choice(fields) if fields else "国"
    length = random_.randint(1, longest)
    start = random_.randrange(max(1, len(text) - length))
    found = text[start : start + length]
    if random_.random() < 0.25:
        found = found.translate(OTHER_SCRIPT)
    return found.replace("|", "")
