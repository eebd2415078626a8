"""The real page of this archive, the whole way: what a reader must find in its content files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadsheet import frontmatter
from broadsheet.config import Config
from broadsheet.convert.run import convert_sources
from broadsheet.escaping import body_lines
from broadsheet.piece import parse_lines

FOLDER = "content/2025-12-05/01"


class File:
    """A content file as any reader of YAML and Markdown has it."""

    def __init__(self, path: Path) -> None:
        parts = frontmatter.split(path.read_text("utf-8"))
        assert parts is not None
        self.data: dict[str, Any] = frontmatter.parse_yaml(parts[0], path.name)
        self.paragraphs = body_lines(parts[1])
        self.name = path.name


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[File]:
    repository = Path(__file__).parents[2]
    root = tmp_path_factory.mktemp("archive")
    for name in ("01.txt", "01.yaml"):
        path = root / "sources" / "2025-12-05" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((repository / "sources" / "2025-12-05" / name).read_bytes())
    report = convert_sources(root, Config(), overwrite=False, dry_run=False, jobs=1)
    assert report.problems == []
    assert [page.warnings for page in report.pages] == [()]
    return [File(path) for path in sorted((root / FOLDER).glob("*.md"))]


def titled(files: list[File], title: str) -> File:
    (file,) = (file for file in files if file.data.get("title") == title)
    return file


def of_type(files: list[File], kind: str) -> list[File]:
    return [file for file in files if file.data["type"] == kind]


def test_the_main_article(files: list[File]) -> None:
    article = titled(files, "美特使无功而返 俄乌或陷“打谈循环”？")
    assert article.data["credit"] == "文/图 新华社"
    assert article.data["agency"] == "新华社"
    assert article.data["lead"] == "true"
    (figure,) = article.data["figures"]
    assert figure["caption"].startswith("目前，俄乌双方军事行动仍在继续。图为11月14日")
    assert article.paragraphs[0].startswith("当地时间12月2日晚")
    assert "俄方表态藏着哪些深意" in article.paragraphs
    order = [article.paragraphs.index(t) for t in ("俄方表态藏着哪些深意", "两大信号暗示局势走向")]
    assert order == sorted(order)
    assert article.paragraphs[-1].startswith("目前，俄乌双方军事行动仍在继续。分析人士认为")


def test_the_second_article_is_whole_and_alone(files: list[File]) -> None:
    article = titled(files, "俄将针对丹麦 为乌克兰建军工厂采取措施")
    assert [p[:8] for p in article.paragraphs] == [
        "俄罗斯外交部发言",
        "据丹麦政府发布的",
        "今年7月，丹麦与",
    ]


def test_the_fragment_is_a_gap_and_joined_to_nothing(files: list[File]) -> None:
    (file,) = (f for f in files if any(p.startswith("比奥缺席") for p in f.paragraphs))
    assert any(gap.startswith("|比奥缺席") for gap in file.data["gaps"])
    assert file.data.get("title") != "俄将针对丹麦 为乌克兰建军工厂采取措施"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("库什纳", "和一名翻译"),
        ("俄方", "在会上收到了"),
        ("框架内", "容”"),
        ("需", "求清单"),
        ("研究", "所副所长韩璐"),
        ("2日", "称，"),
        ("防务", "企业"),
    ],
)
def test_a_column_break_is_mended_and_recorded(files: list[File], before: str, after: str) -> None:
    (file,) = (f for f in files if any(before + after in p for p in f.paragraphs))
    joins = [join.partition("|") for join in file.data["joins"]]
    assert any(
        (left.endswith(before) or before.endswith(left))
        and (right.startswith(after) or after.startswith(right))
        for left, _, right in joins
    )


def test_no_other_break_is_mended(files: list[File]) -> None:
    assert sum(len(file.data.get("joins", [])) for file in files) == 7


def test_the_slogans(files: list[File]) -> None:
    assert [file.paragraphs for file in of_type(files, "slogan")] == [
        ["文明健康 有你有我"],
        ["人人参与环境保护 天天享有健康生活"],
        ["人才因产业而聚，产业因人才而兴。"],
    ]


def test_the_obituary(files: list[File]) -> None:
    (file,) = of_type(files, "obituary")
    assert file.name.endswith("-liangshuangjin.md")
    assert file.data["title"] == "讣告"
    assert file.data["person"] == {
        "name": "梁双金",
        "sex": "female",
        "age": "104",
        "age_term": "享年",
        "died": "2025-12-03",
        "died_lunar": "十月十四",
        "native_place": "广东省台山市广海镇月明村",
    }
    assert file.data["service"] == {
        "time": "2025-12-11T13:00",
        "lunar": "十月廿二",
        "place": "台山市殡仪馆",
        "address": "台山市台城街道石华路62号",
    }
    assert file.data["signed"] == [{"name": "刘家龙", "relation": "孝孙"}]
    assert len(file.paragraphs) == 4
    assert file.paragraphs[-1] == "孝孙：刘家龙"


def test_the_page_says_what_is_known_and_no_more(files: list[File]) -> None:
    (page,) = of_type(files, "page")
    assert page.data["section"] == "国际"
    assert page.data["date_estimated"] == "true"
    assert not {"label", "newspaper", "editors"} & page.data.keys()


def test_each_line_of_the_source_is_in_one_file(files: list[File]) -> None:
    lines = [line for file in files for line in parse_lines(file.data.get("lines", ""))]
    assert len(lines) == len(set(lines)) == 51
