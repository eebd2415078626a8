"""The index as a part of the build: what is searched, and which segments are made anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from broadsheet.search.command import Hit, search
from broadsheet.search.segments import segments
from broadsheet.site import search_pages
from broadsheet.site.build import Summary

Make = Callable[[Path], Summary]
SiteOf = Callable[[Path], dict[str, bytes]]

BRIDGE = "content/2024-03-01/A02/01-xinqiao-tongche.md"

EVERYTHING = (
    "---", "type: article", "title: 主标题", "kicker: 引题字", "subtitle: 副题字",
    "byline: 某记者", "credit: 某社", "people:", "- 钱学深",
    "figures:", "- caption: 图说字", "  credit: 某摄", "---", "",
    "第一段。", "", "## 小标题", "", "带**粗体**与 [链接](https://example.org/) 的段。",
)  # fmt: skip
SEARCHED = (
    "主标题", "引题字", "副题字", "某记者", "某社", "钱学深", "图说字", "某摄",
    "小标题", "带粗体与",
)  # fmt: skip


def write(root: Path, file: str, *lines: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of four pieces, groups of 16, so that a tiny archive has several."""
    monkeypatch.setattr(search_pages, "segments", partial(segments, most=4, together=16))


def found(root: Path, line: str) -> list[str]:
    return [hit.path for hit in search(root, line)]


def segment_names(site: dict[str, bytes]) -> set[str]:
    """Segments of the index, and its groups: with a stroke behind."""
    names = {path[len("search/") : -len("segment.js") - 1] for path in site if path.endswith("/segment.js")}
    return names | {path[len("search/") : -len("group.js")] for path in site if path.endswith("/group.js")}


def test_all_that_is_printed_of_a_piece_is_searched(archive: Path, made: Make) -> None:
    write(archive, "content/2024-05-01/A01/01-all.md", *EVERYTHING)
    made(archive)
    path = "2024-05-01/A01/01-all.html"
    for line in SEARCHED:
        assert found(archive, line) == [path], line
    assert found(archive, "example") == []
    assert found(archive, "“主标题副题”") == []


def test_a_phrase_does_not_reach_over_paragraphs(archive: Path, made: Make) -> None:
    head = ("---", "type: article", "title: 甲", "---", "")
    write(archive, "content/2024-05-01/A01/01-two.md", *head, "前段末尾", "", "后段开头")
    made(archive)
    assert found(archive, "末尾 开头") == ["2024-05-01/A01/01-two.html"]
    assert found(archive, "“末尾，开头”") == []
    assert found(archive, "末尾开头") == []


def test_hits_link_to_anchors_that_the_page_has(archive: Path, made: Make, site_of: SiteOf) -> None:
    made(archive)
    site = site_of(archive)
    rows = [
        row
        for path, content in site.items()
        if path.startswith("search/") and path.rpartition("/")[2].startswith("t")
        for row in json.loads(f"[{content.decode()[len('broadsheetData(') : -2]}]")[2]
    ]
    assert len(rows) == 8
    for href, *_ in rows:
        assert href in site


def test_an_edit_makes_its_segment_anew_and_no_other(
    archive: Path, made: Make, site_of: SiteOf, clean_site: Any, small_segments: None
) -> None:
    made(archive)
    before = site_of(archive)
    assert len(segment_names(before)) > 1
    path = archive / BRIDGE
    path.write_text(path.read_text("utf-8").replace("清晨", "凌晨"), "utf-8")
    made(archive)
    after = site_of(archive)
    changed = {name for name in after if after[name] != before.get(name)}
    touched = {name.split("/")[1] for name in changed if name.startswith("search/")}
    assert touched == {"2024-03-01"}
    assert after == clean_site(archive)


def test_an_edit_makes_its_group_anew_and_no_other(
    archive: Path, made: Make, site_of: SiteOf, clean_site: Any, small_segments: None
) -> None:
    months = [*((1998, month) for month in range(1, 13)), *((2024, month) for month in range(1, 7))]
    for year, month in months:
        file = f"content/{year}-{month:02}-09/01/01-more.md"
        write(archive, file, "---", "type: article", f"title: {year}{month}", "---", "", "正文。")
    made(archive)
    before = site_of(archive)
    assert {name for name in segment_names(before) if name.endswith("/")} == {"1990s/", "2020s/"}
    path = archive / BRIDGE
    path.write_text(path.read_text("utf-8").replace("清晨", "凌晨"), "utf-8")
    made(archive)
    after = site_of(archive)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name.split("/")[1] for name in changed if name.startswith("search/")} == {"2020s"}
    assert {name.split("/")[2] for name in changed if name.count("/") > 2} == {"2024-03-01"}
    assert "search/2020s/group.js" in changed
    assert after == clean_site(archive)
    assert found(archive, "凌晨") == ["2024-03-01/A02/01-xinqiao-tongche.html"]
    (archive / "content/1998-03-09/01/01-more.md").unlink()
    made(archive)
    assert site_of(archive) == clean_site(archive)


def test_growing_and_shrinking_moves_boundaries_and_leaves_nothing_behind(
    archive: Path, made: Make, site_of: SiteOf, clean_site: Any, small_segments: None
) -> None:
    made(archive)
    first = site_of(archive)
    assert segment_names(first) == {"2024-03-01", "2024-03-02", "2024-q2"}
    for number in range(5):
        file = f"content/2024-06-0{number + 1}/01/01-more.md"
        write(archive, file, "---", "type: article", f"title: 第{number}件", "---", "", "正文。")
    made(archive)
    grown = site_of(archive)
    june = {f"all/2024-06-0{number + 1}" for number in range(5)}
    assert segment_names(grown) == {"all/", "all/2024-03-01", "all/2024-03-02", "all/2024-04"} | june
    assert grown == clean_site(archive)
    assert found(archive, "正文") == [f"2024-06-0{n}/01/01-more.html" for n in (5, 4, 3, 2, 1)]
    for number in range(5):
        (archive / f"content/2024-06-0{number + 1}/01/01-more.md").unlink()
    made(archive)
    assert site_of(archive) == first


def test_an_issue_without_pieces_is_in_no_segment(
    archive: Path, made: Make, site_of: SiteOf, small_segments: None
) -> None:
    made(archive)
    without = segment_names(site_of(archive))
    write(archive, "content/1971-05-01/01/_page.md", "---", "title: 要闻", "---")
    made(archive)
    assert (archive / "site/1971-05-01/index.html").is_file()
    assert segment_names(site_of(archive)) == without
    assert len(found(archive, "")) == 8


def test_it_can_be_switched_off_and_on(archive: Path, made: Make, site_of: SiteOf) -> None:
    made(archive)
    whole = site_of(archive)
    settings = archive / "broadsheet.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text + "search: false\n", "utf-8")
    made(archive)
    assert not [path for path in site_of(archive) if path.startswith(("search/", "search.html"))]
    settings.write_text(text, "utf-8")
    made(archive)
    assert site_of(archive) == whole


# The command.


def test_the_command_lists_counts_and_prints_json(archive: Path, made: Make, run: Any) -> None:
    made(archive)
    hits = search(archive, "新桥")
    assert all(isinstance(hit, Hit) for hit in hits)
    listed = run("-C", archive, "search", "新桥")
    assert (listed.code, listed.out.splitlines()) == (0, [str(hit) for hit in hits])
    assert run("-C", archive, "search", "--count", "新桥").out == f"{len(hits)}\n"
    told = json.loads(run("-C", archive, "search", "--json", "新桥").out)
    assert [one["path"] for one in told] == [hit.path for hit in hits]


def test_newest_come_first(archive: Path, made: Make) -> None:
    made(archive)
    dates = [hit.date for hit in search(archive, "")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 8


def test_nothing_found_is_an_exit_code(archive: Path, made: Make, run: Any) -> None:
    made(archive)
    answer = run("-C", archive, "search", "龘龘龘", "-新桥")
    assert (answer.code, answer.out, answer.err) == (1, "", "")


def test_without_an_index_it_says_what_to_do(archive: Path, run: Any) -> None:
    answer = run("-C", archive, "search", "新桥")
    assert answer.code == 1
    assert "search: true" in answer.err
