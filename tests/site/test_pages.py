"""What the pages of the small archive show, read with a real parser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from broadsheet.config import load
from broadsheet.site.build import build

HTML = "{http://www.w3.org/1999/xhtml}"
PAGE = "2024-03-01/A02"
BRIDGE = f"{PAGE}/01-xinqiao-tongche.html"
OBITUARY = f"{PAGE}/03-shen-boan.html"


class Shown:
    """A page: the texts of its elements by class, and its links."""

    def __init__(self, site: Path, path: str) -> None:
        self.tree = html5lib.parse((site / path).read_bytes(), transport_encoding="utf-8")
        self._all = list(self.tree.iter())

    def texts(self, name: str) -> list[str]:
        found = (e for e in self._all if name in (e.get("class") or "").split())
        return ["".join(element.itertext()).strip() for element in found]

    def text(self, name: str) -> str:
        return self.texts(name)[0]

    def elements(self, tag: str) -> Iterator[ElementTree.Element]:
        return (element for element in self._all if element.tag == HTML + tag)

    @property
    def ids(self) -> set[str]:
        return {element.get("id", "") for element in self._all} - {""}

    @property
    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.elements("a") if a.get("href")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive's site, built once."""
    import shutil

    here = Path(__file__).parent
    root = tmp_path_factory.mktemp("pages") / "archive"
    shutil.copytree(here / "project", root)
    shutil.copytree(here / "bare", root / "templates")
    build(root, load(root), jobs=1)
    return root / "site"


@pytest.fixture
def page(site: Path) -> Callable[[str], Shown]:
    return lambda path: Shown(site, path)


Pages = Callable[[str], Shown]


def test_a_mended_break_is_an_empty_link_to_its_line(page: Pages) -> None:
    shown = page(BRIDGE)
    [join] = [a for a in shown.elements("a") if a.get("class") == "jn"]
    assert join.get("href") == "index.html#L8"
    assert join.get("data-l") == "8 │ 10"
    assert join.get("title") == "断栏接合：源文本第8行与第10行"
    assert not "".join(join.itertext())
    assert (
        shown.texts("html")[1] == "河口新桥昨日上午通车。清晨起，两岸居民便携老扶幼，等候在桥头。"
    )


def test_paragraphs_are_named_by_the_source_line_that_they_begin_with(page: Pages) -> None:
    assert {"p8", "p12", "p20", "p16", "p22", "s1", "s2"} <= page(BRIDGE).ids
    assert "8, 10" in page(BRIDGE).texts("lines")


def test_lost_text_is_said_before_the_paragraph_and_in_it(page: Pages) -> None:
    shown = page(BRIDGE)
    assert shown.text("lost") == "〔前缺〕"
    assert "（第12行之前）" in " ".join(shown.texts("gap_note"))


def test_what_was_done_to_a_text_is_told_in_sentences(page: Pages) -> None:
    assert page(BRIDGE).texts("provenance") == [
        "本文由1处断栏接合。",
        "本文有1处缺文。",
        "取自源文本第3–23行。",
        "“桥的由来”一节在源文本中排在“桥上见闻”之后（第18–20行），今据文意移前。",
        "图片未随源文本留存。",
    ]


def test_a_headline_breaks_between_words(page: Pages) -> None:
    [wbr] = page(BRIDGE).elements("wbr")
    assert wbr.tail == "通车"


def test_nothing_is_invented_where_nothing_is_known(page: Pages) -> None:
    shown = page("2024-03-02/01/01-flood-report.html")
    assert shown.text("page_heading") == "版面 01"
    citation = "Anna Reed. River level falls below the warning mark[N]. 〔报名未载〕, "
    assert citation + "[2024-03-02](版面 01)." in shown.texts("text")
    assert "日期由正文推定，原件未载" in " ".join(shown.texts("provenance"))


def test_citations_know_author_newspaper_and_page(page: Pages) -> None:
    texts = page(BRIDGE).texts("text")
    assert "江一川. 新桥通车[N]. 河口日报, 2024-03-01(A02)." in texts
    assert "江一川. (2024, March 1). 新桥通车. 河口日报, A02." in texts
    assert any("date    = {2024-03-01}" in text for text in texts)


def test_structured_data_holds_what_is_printed(page: Pages) -> None:
    [script] = [
        s for s in page(BRIDGE).elements("script") if s.get("type") == "application/ld+json"
    ]
    data = json.loads(script.text or "")
    assert data["headline"] == "新桥通车"
    assert data["datePublished"] == "2024-03-01"
    assert data["printPage"] == "A02"


def test_raw_html_in_content_is_text(page: Pages) -> None:
    shown = page("2024-03-01/A05/01-tingshui.html")
    assert not [s for s in shown.elements("script") if "alert" in (s.text or "")]
    assert any("<script>alert(1)</script>" in text for text in shown.texts("html"))
    assert [li.text for li in shown.elements("li")] == ["时间：22时至次日4时", "范围：东门以外"]


def test_an_obituary_has_its_facts_and_a_calendar_file(page: Pages, site: Path) -> None:
    shown = page(OBITUARY)
    assert "沈伯安" in shown.texts("name")
    assert shown.texts("term") == ["逝世", "籍贯", "告别仪式", "地点", "具名"]
    facts = dict(zip(shown.texts("term"), _values(shown), strict=True))
    assert facts["逝世"] == ("2024年2月27日 星期二", "农历甲辰年正月十八", "2024-02-27")
    assert facts["告别仪式"][2] == "2024-03-03T09:00+08:00"
    assert facts["具名"][0] == "孝子 沈明"
    assert shown.text("summary") == "享年88岁"
    calendar = (site / PAGE / "03-shen-boan.ics").read_text(encoding="utf-8")
    assert "DTSTART:20240303T010000Z\n" in calendar
    assert "SUMMARY:沈伯安 告别仪式\n" in calendar


def _values(shown: Shown) -> list[tuple[str, str, str]]:
    rows = [e for e in shown.tree.iter() if e.get("class") == "facts"]
    return [tuple(_of(row, name) for name in ("text", "note", "datetime")) for row in rows]  # type: ignore[misc]


def _of(row: ElementTree.Element, name: str) -> str:
    return next("".join(e.itertext()) for e in row.iter() if e.get("class") == name)


def test_a_slogan_is_parted_into_its_lines(page: Pages) -> None:
    assert page(f"{PAGE}/02-aihu-gongwu.html").texts("clauses") == ["爱护公物", "人人有责"]
    assert page(f"{PAGE}/04-zhongshu-zaolin.html").texts("clauses") == ["种树造林，", "造福子孙。"]


def test_the_source_view_accounts_for_every_line(page: Pages) -> None:
    shown = page(f"{PAGE}/index.html")
    assert shown.text("account") == ("共35行，19行有字，19行均已归入 4件；1处接合，1处缺文")
    assert {f"L{n}" for n in range(1, 36)} <= shown.ids
    assert "断栏，8 与 10 接合" in shown.texts("join")
    assert any(text.startswith("行首的转版标记（把握") for text in shown.texts("doubt"))
    assert set(shown.texts("role")) >= {"标题", "副题", "导语", "小标题", "图片说明", "具名"}


def test_a_page_is_one_of_its_issue_and_offers_its_data(page: Pages, site: Path) -> None:
    assert page("2024-03-01/A05/index.html").texts("previous")
    data = json.loads((site / PAGE / "pieces.json").read_text(encoding="utf-8"))
    assert [piece["type"] for piece in data["pieces"]] == [
        "article",
        "slogan",
        "obituary",
        "slogan",
    ]
    assert data["pieces"][0]["body"][0]["lines"] == [8, 10]
    assert (site / PAGE / "source.txt").read_text(encoding="utf-8").startswith("河口日报 A02")


def test_issues_lead_to_each_other_and_latest_is_the_newest(page: Pages) -> None:
    middle = page("2024-03-02/index.html").links
    assert {"../2024-03-01/index.html", "../2024-04-06/index.html"} <= set(middle)
    assert "2024-04-06/A01/01-chuncha.html" in page("latest.html").links


def test_a_year_shows_its_days_by_how_much_they_hold(page: Pages) -> None:
    shown = page("archive/2024.html")
    assert "3月1日，6件" in shown.texts("title")
    assert "../2024-04-06/index.html" in shown.links
    assert shown.texts("counts")[0] == "存3期 8件"


def test_sections_are_listed_by_month(page: Pages) -> None:
    assert "../section/nongcun-4124/index.html" in page("section/index.html").links
    march = page("section/yaowen-def1/2024-03.html")
    assert "../../2024-03-01/A02/01-xinqiao-tongche.html" in march.links
    assert page("section/yaowen-def1/index.html").text("total") == "2件"


def test_people_stand_under_their_letter_with_the_pieces_that_name_them(page: Pages) -> None:
    shown = page("people/J-2020s.html")
    assert "江一川" in shown.texts("name")
    assert (
        len([link for link in shown.links if link.endswith(("tongche.html", "report.html"))]) == 2
    )
    assert "沈伯安" in page("people/S-2020s.html").texts("name")


def test_registers_lead_to_the_notice_and_to_its_place(page: Pages) -> None:
    for path in ("obituaries/2024.html", "obituaries/S-2020s.html", "obituaries/index.html"):
        links = page(path).links
        assert "../2024-03-01/A02/03-shen-boan.html" in links
        assert "../2024-03-01/A02/index.html#L27" in links


def test_every_relative_link_and_anchor_leads_somewhere(site: Path) -> None:
    pages = {path: Shown(site, path.relative_to(site).as_posix()) for path in site.rglob("*.html")}
    assert len(pages) > 30
    for path, shown in pages.items():
        for link in shown.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path}: {link}"
            assert target.name != "" and not link.startswith("/")
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in pages[target].ids, f"{path}: {link}"


def test_the_feed_is_atom_with_names_that_stay(site: Path) -> None:
    feed = ElementTree.parse(site / "feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 8
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert ids[0] == "tag:broadsheet.invalid,2025:2024-04-06/A01/01-chuncha.html"
    assert len(set(ids)) == 8
    assert entries[0].findtext(f"{atom}updated") == "2024-04-06T00:00:00+08:00"


def test_absolute_addresses_stand_only_where_a_standard_wants_them(archive: Path) -> None:
    (archive / "broadsheet.yaml").write_text("base_url: https://example.org/paper/\n")
    build(archive, load(archive), jobs=1)
    site = archive / "site"
    sitemap = ElementTree.parse(site / "sitemap/2024-03.xml").getroot()
    addresses = [e.text for e in sitemap.iter() if e.tag.endswith("loc")]
    assert "https://example.org/paper/2024-03-01/A02/01-xinqiao-tongche.html" in addresses
    assert "https://example.org/paper/2024-03-01/" in addresses
    assert "sitemap/2024-03.xml" in (site / "sitemap.xml").read_text()
    for path in site.rglob("*.html"):
        for link in Shown(site, path.relative_to(site).as_posix()).links:
            assert not link.startswith("https://example.org"), path
    canonical = '<link rel="canonical" href="https://example.org/paper/2024-04-06/">'
    assert canonical in (site / "latest.html").read_text(encoding="utf-8")


def test_an_empty_archive_is_a_site_too(archive: Path) -> None:
    import shutil

    shutil.rmtree(archive / "content")
    summary = build(archive, load(archive), jobs=1)
    assert (summary.issues, summary.pieces) == (0, 0)
    for path in (
        "index.html",
        "latest.html",
        "archive/index.html",
        "section/index.html",
        "obituaries/index.html",
        "slogans/index.html",
        "people/index.html",
        "404.html",
    ):
        assert (archive / "site" / path).is_file(), path  # fmt: skip


def test_what_a_family_closes_its_notice_with_is_set_as_its_names_are(tmp_path: Path) -> None:
    piece = tmp_path / "content/2024-05-08/1/01-fugao.md"
    piece.parent.mkdir(parents=True)
    piece.write_text(
        "---\ntype: obituary\nperson:\n  name: 何山\nsigned:\n- name: 何青\n  relation: 孝男\n---\n\n"
        "先严何公昨日病逝。\n\n孝男　何青\n\n泣告\n",
        encoding="utf-8",
    )
    build(tmp_path, load(tmp_path))
    shown = Shown(tmp_path / "site", "2024-05-08/1/01-fugao.html")
    assert shown.texts("sign") == ["孝男　何青", "泣告"]
