"""A newspaper archive of any size, made up: the same files for the same numbers on any machine.

    python bench/corpus.py OUT --issues 125 [--first 0] [--style hugo]

An issue is 8 newspaper pages of 10 pieces: of a hundred, 78 articles of about 800 characters with
subheads, 9 obituaries, 9 slogans, 4 notices. It depends on its number alone, so that
`--first 125 --issues 1` adds the next day to an archive of 125. `--style hugo` writes the same
pieces with the front matter and the flat folders that Hugo wants.
"""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import click

START = datetime.date(1990, 1, 1)
PAGES, PIECES = 8, 10  #: newspaper pages of an issue, pieces of a page
PIECES_AN_ISSUE = PAGES * PIECES

WHO = [
    "全市工人",
    "郊区社员",
    "铁路职工",
    "纺织女工",
    "青年志愿者",
    "边疆群众",
    "科技人员",
    "煤矿矿工",
    "小学教师",
    "医疗队员",
    "船厂职工",
    "林场工人",
    "气象站员",
    "渔民",
    "消防队员",
    "图书馆员",
]
DID = [
    "积极响应",
    "认真学习",
    "深入讨论",
    "提前完成",
    "大力支援",
    "热烈欢迎",
    "努力提高",
    "广泛开展",
    "仔细检查",
    "共同研究",
    "迅速推广",
    "圆满结束",
]
WHAT = [
    "春耕生产计划",
    "水利工程建设",
    "技术革新经验",
    "城乡物资交流",
    "文化学习活动",
    "卫生防疫工作",
    "桥梁检修任务",
    "棉花收购工作",
    "铁路运输安全",
    "新型机床试制",
    "抗旱保苗措施",
    "古籍整理",
    "旧城改造",
    "河道清淤",
]
WHEN = [
    "今年以来",
    "连日来",
    "在短短三个月内",
    "据本报记者了解",
    "在各方关怀下",
    "截至本月底",
    "经过反复试验",
    "与去年同期相比",
    "冒着严寒",
    "不分昼夜",
    "从实际出发",
    "12月以来",
]
RESULT = [
    "取得了显著成绩",
    "受到群众一致好评",
    "比原计划提前二十天",
    "产量增加百分之十五",
    "节约了大量资金",
    "涌现出许多先进人物",
    "为今后工作打下良好基础",
    "各项工作都有新的进展",
    "仍有不少困难",
]
PLACES = [
    "北京",
    "上海",
    "沈阳",
    "武汉",
    "广州",
    "西安",
    "成都",
    "哈尔滨",
    "南京",
    "天津",
    "昆明",
    "兰州",
]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "建国志强秀英玉兰德明文华栋永福春生桂芳树林长江雪梅海波小云"
SECTIONS = ["要闻", "国内", "国际", "经济", "农村", "文教", "副刊", "读者来信"]
TAGS = [
    "农业",
    "工业",
    "教育",
    "卫生",
    "水利",
    "铁路",
    "外交",
    "文艺",
    "体育",
    "科学",
    "青年",
    "妇女",
    "边疆",
    "城市",
    "商业",
]
SLOGANS = [
    "安全生产 人人有责",
    "爱护公物 厉行节约",
    "植树造林 绿化家园",
    "一滴水 一粒米 来之不易",
    "读好书 做好人",
    "防火防盗 邻里守望",
]
NOTICES = ["招领启事", "停水通知", "征稿启事", "迁址声明"]


def sentence(chance: random.Random) -> str:
    opening = f"{chance.choice(WHEN)}，{chance.choice(PLACES)}{chance.choice(WHO)}"
    return f"{opening}{chance.choice(DID)}{chance.choice(WHAT)}，{chance.choice(RESULT)}。"


def paragraph(chance: random.Random, characters: int) -> str:
    text = ""
    while len(text) < characters:
        text += sentence(chance)
    return text


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))


def headline(chance: random.Random) -> str:
    parts = chance.choice(PLACES), chance.choice(WHO), chance.choice(DID), chance.choice(WHAT)
    return "".join(parts)


def article(chance: random.Random) -> tuple[dict[str, str], list[str]]:
    length = chance.randint(4, 8)
    subheads = set(chance.sample(range(1, length), chance.randint(1, 2)))
    body: list[str] = []
    for n in range(length):
        if n in subheads:
            body.append(f"## {chance.choice(DID)}{chance.choice(WHAT)}")
        body.append(paragraph(chance, 760 // length))
    fields = {"type": "article", "title": f'"{headline(chance)}"', "byline": person(chance)}
    if chance.random() < 0.1:
        fields["people"] = f"\n- {person(chance)}"
    return fields, body


def obituary(chance: random.Random, date: datetime.date) -> tuple[dict[str, str], list[str]]:
    name, age, place = person(chance), chance.randint(48, 99), chance.choice(PLACES)
    died = date - datetime.timedelta(days=chance.randint(1, 6))
    body = [f"{name}因病于{died.month}月{died.day}日在{place}逝世，终年{age}岁。"]
    body.append(paragraph(chance, 200))
    known = f"\n  name: {name}\n  age: {age}\n  age_term: 终年\n  died: {died}"
    return {"type": "obituary", "title": f'"{name}逝世"', "person": known}, body


def piece(chance: random.Random, date: datetime.date) -> tuple[dict[str, str], list[str]]:
    """Front matter, its values written as YAML, and paragraphs."""
    kind = chance.random()
    if kind < 0.78:
        return article(chance)
    if kind < 0.87:
        return obituary(chance, date)
    if kind < 0.96:
        return {"type": "slogan"}, [f"{chance.choice(SLOGANS)}！"]
    return {"type": "notice", "title": f'"{chance.choice(NOTICES)}"'}, [paragraph(chance, 60)]


def front_matter(
    fields: dict[str, str], date: datetime.date, page: int, section: str, tags: list[str]
) -> str:
    known = {**fields, "date": str(date), "page": f'"{page}"', "section": section}
    known["tags"] = "".join(f"\n- {tag}" for tag in tags)
    return "".join(f"{key}:{'' if v[0] == chr(10) else ' '}{v}\n" for key, v in known.items())


def front_matter_for_hugo(
    fields: dict[str, str], date: datetime.date, page: int, section: str, tags: list[str]
) -> str:
    """The same facts under keys that mean nothing special to Hugo."""
    known = {
        "title": fields.get("title", '"标语"'), "date": str(date), "issue": f'"{date}"',
        "leaf": str(page), "genre": fields["type"], "column": section,
        "author": fields.get("byline", "佚名"), "topics": f"[{', '.join(tags)}]",
    }  # fmt: skip
    return "".join(f"{key}: {value}\n" for key, value in known.items())


def write_issue(content: Path, number: int, style: str = "broadsheet") -> None:
    """Issue `number`, counted from 0, into the folder `content`."""
    date = START + datetime.timedelta(days=number)
    chance = random.Random(number)
    for page in range(1, PAGES + 1):
        folder = content / str(date) / str(page) if style == "broadsheet" else content / str(date)
        folder.mkdir(parents=True, exist_ok=True)
        for n in range(1, PIECES + 1):
            fields, body = piece(chance, date)
            section, tags = chance.choice(SECTIONS), chance.sample(TAGS, 2)
            if style == "broadsheet":
                head, name = front_matter(fields, date, page, section, tags), f"{n:02}-piece.md"
            else:
                head = front_matter_for_hugo(fields, date, page, section, tags)
                name = f"{page}-{n:02}.md"
            text = f"---\n{head}---\n\n" + "\n\n".join(body) + "\n"
            (folder / name).write_text(text, encoding="utf-8")


@click.command(help=__doc__)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--issues", type=int, required=True)
@click.option("--first", default=0, show_default=True)
@click.option("--style", type=click.Choice(["broadsheet", "hugo"]), default="broadsheet")
def main(out: Path, issues: int, first: int, style: str) -> None:
    for number in range(first, first + issues):
        write_issue(out, number, style)


if __name__ == "__main__":
    main()
