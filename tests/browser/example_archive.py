"""An archive with every kind of page: all types, three languages, four decades, long and short.

The texts are this project's own; only the real page is a newspaper's.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

REPOSITORY = Path(__file__).parent.parent.parent

#: A clock tower by a river.
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="960" height="640" viewBox="0 0 960 640">
<path fill="#d8d5cb" d="M0 0h960v640H0z"/>
<path fill="#b9b5a8" d="M0 430q240-60 480-20t480-10v240H0z"/>
<path fill="#4b4842" d="M420 500V190l60-90 60 90v310z"/>
<circle cx="480" cy="250" r="42" fill="#efede6"/>
<path fill="none" stroke="#161615" stroke-width="5" d="M480 250v-32m0 32 20 12"/>
<path fill="#8d897d" d="M0 520q240 30 480 0t480 10v110H0z"/>
</svg>
"""

SETTINGS = """\
title: 样报存档
description: 为检验版式而编的旧报，文字皆为自拟。
contact: keeper@example.org
repository: https://github.com/example/archive
"""

ABOUT = """\
# 关于本档

本档为检验版式而编。文字皆为**自拟**，与任何报纸无关。

## 来源

除一页真版外，均为样稿。
"""

HARBOUR = "\n\n".join(
    ["渡口的老钟楼昨日重新报时。钟声停了十一年，河两岸的人家都推开了窗。",
     "修钟的师傅姓潘，今年七十二岁。他说，齿轮并没有坏，只是灰太厚，油太干。",
     "## 停摆的十一年",
     *["钟楼建于民国十八年，原是渡口公所的产业。后来公所散了，钟楼归了码头，再后来码头也搬走了，"
       "钟楼便空着。鸽子在横梁上做窝，孩子们拿石子打钟面。街坊说起它来，总像说一位远亲。"] * 3,
     "## 一把旧扳手",
     *["潘师傅用的扳手是他父亲留下的。扳手柄上缠着蓝布，布已经发白。他每天清早上楼，傍晚下楼，"
       "带一壶水，两个馒头。第九天，摆锤自己动了一下；第十天，他把日期写在木板背面。"] * 3,
     "## 钟声与鸽子",
     *["报时那天，鸽子全飞了起来，绕着钟楼转了三圈，又落回原处。潘师傅在楼上数着，十二下，一下也没有少。"
       "他把扳手擦干净，放回布包里，说下个月还来上油。"] * 2]
)  # fmt: skip

BRIEF = "市集明日起改在东门外开市，卯时开栏，午后收摊。乡民挑担入市，须走南侧木桥，车马走北侧石桥。"

PIECES: dict[str, str] = {
    "2024-05-04/A1/01-zhonglou": """\
        type: article
        title: 停摆十一年 渡口钟楼重新报时
        kicker: 老街见闻
        subtitle: 七十二岁的修钟人用了十天
        byline: 本报记者 安平
        credit: 图 林一舟
        lead: true
        section: 本埠
        language: zh-Hans
        people: [潘守时, 安平]
        tags: [钟楼, 渡口]
        figures:
          - caption: 钟楼今晨的样子。
            credit: 林一舟 摄
            image: clock.svg
            alt: 一座砖砌的钟楼，钟面朝河
          - caption: 潘师傅的蓝布包。
        ---
        HARBOUR
        """,
    "2024-05-04/A1/02-jishi": f"""\
        type: article
        title: 东门市集改期
        section: 本埠
        ---
        {BRIEF}

        {BRIEF}

        {BRIEF}

        {BRIEF}

        {BRIEF}
        """,
    "2024-05-04/A1/03-dukou": """\
        type: photo
        title: 清晨的渡口
        section: 本埠
        credit: 林一舟 摄
        image: clock.svg
        alt: 薄雾里的渡口
        ---
        清晨，第一班渡船离岸。船上十一人，另有两筐青菜。
        """,
    "2024-05-04/A1/04-ludeng": """\
        type: notice
        title: 更换路灯启事
        kind: 启事
        issuer: 东门街公所
        ---
        自五月六日起更换东门街路灯，入夜后请绕行。

        东门街公所
        """,
    "2024-05-04/A1/05-fugao": """\
        type: obituary
        title: 讣告
        people: [何静川]
        person:
          name: 何静川
          age: 93
          age_term: 享寿
          died: 2024-05-01
          died_lunar: 三月廿三
          native_place: 渡口镇上河村
        service: {time: 2024-05-07T09:30, place: 渡口镇礼堂, address: 渡口镇河沿街9号}
        signed: [{relation: 孝子, name: 何远}]
        ---
        先父何静川，渡口镇上河村人，于五月一日辞世，享寿九十三岁。

        定于五月七日上午九时半在渡口镇礼堂告别。

        孝子 何远
        """,
    "2024-05-04/A1/06-kouhao": """\
        type: slogan
        ---
        节约用水 人人有责
        """,
    "2024-05-04/A1/07-changkouhao": """\
        type: slogan
        ---
        爱护树木花草从你我每一天做起，让我们居住的这一条老街四季常青
        """,
    "2024-05-05/A1/01-dan": """\
        type: notice
        title: 遗失声明
        kind: 遗失声明
        ---
        遗失渡船月票一张，声明作废。
        """,
    "2011-03-09/B2/01-fugao": """\
        type: obituary
        title: 讣告
        person: {name: 单明远, age: 88, age_term: 享年}
        ---
        单明远先生于日前辞世，享年八十八岁。
        """,
    "2011-03-09/B2/02-fugao": """\
        type: obituary
        title: 敬告亲友
        person: {name: ""}
        ---
        先慈已于三月五日安葬。谢谢诸亲友。
        """,
    "1998-03-02/3/01-gelou": """\
        type: article
        title: 閣樓裡的一百張唱片
        language: zh-Hant
        section: 副刊
        people: [陸聞笛]
        ---
        陸聞笛先生把唱片一張一張擦過，放回紙套。他說：「聽不聽倒在其次，先要乾淨。」

        唱片共一百張，缺第四十七張。缺的那一張，他記得每一句。
        """,
    "1998-03-02/3/02-zhengqiu": """\
        type: notice
        title: 徵求舊照片
        kind: 徵求
        language: zh-Hant
        ---
        本刊徵求渡口舊照片，來稿請注明年月與地點。
        """,
    "1934-07-01/3/01-ferry": """\
        type: article
        title: Ferry Clock Strikes Again
        language: en
        section: Local
        byline: By Our Own Correspondent
        people: [Henry Marsh]
        ---
        The clock above the ferry house struck noon yesterday for the first time in eleven years,
        and the whole of the waterfront stood still to hear it.

        Mr. Henry Marsh, who has had the keeping of it, said that nothing had been broken. “It
        wanted oil,” he said, “and somebody to climb the stairs.”
        """,
    "1934-07-01/3/02-marsh": """\
        type: obituary
        title: Deaths
        language: en
        person: {name: Ada Marsh, age: 81, age_term: aged, died: 1934-06-29}
        ---
        MARSH.—On June 29th, at Ferry Row, Ada Marsh, aged 81 years. No flowers.
        """,
    "1934-07-01/3/03-slogan": """\
        type: slogan
        language: en
        ---
        Buy at home, and keep the mill turning
        """,
}

#: A big issue: pages, and pieces on each.
BIG_ISSUE, BIG_PAGES, BIG_PIECES = "2025-11-20", 16, 5


def write(root: Path) -> None:
    """Write the archive's settings and content below `root`, with the real page among them."""
    root.mkdir(parents=True)
    for folder in ("sources", "content"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    write_pieces(root, PIECES | _big_issue())


def write_pieces(root: Path, pieces: dict[str, str]) -> None:
    """Write the settings, the page about the archive, and some of its PIECES."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "broadsheet.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "content" / "about.md").write_text(ABOUT, encoding="utf-8")
    for place, text in pieces.items():
        file = root / "content" / f"{place}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = dedent(text).replace("HARBOUR", HARBOUR)
        file.write_text(f"---\n{text}", encoding="utf-8")
    (root / "content/2024-05-04/A1/clock.svg").write_text(PICTURE, encoding="utf-8")


def _big_issue() -> dict[str, str]:
    found: dict[str, str] = {}
    for page in range(1, BIG_PAGES + 1):
        for n in range(1, BIG_PIECES + 1):
            found[f"{BIG_ISSUE}/{page:02}/{n:02}-x"] = (
                f"type: article\ntitle: 第{page}版第{n}条 市集改在东门外\nsection: 本埠\n---\n"
                + f"{BRIEF}\n\n" * (1 + (page * n) % 4)
            )
    return found
