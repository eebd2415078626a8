"""The example theme of docs/: colours, masthead and one page, in some twenty lines of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sites import REPOSITORY, built

THEME = REPOSITORY / "docs" / "example-theme"


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an archive of one notice, with the example theme as its templates/."""
    root = tmp_path_factory.mktemp("themed")
    notice = root / "content" / "2020-05-04" / "1" / "01-x.md"
    notice.parent.mkdir(parents=True)
    notice.write_text(
        "---\ntype: notice\ntitle: 更换路灯启事\n---\n入夜后请绕行。\n", encoding="utf-8"
    )
    shutil.copytree(THEME, root / "templates")
    (root / "broadsheet.yaml").write_text("title: 晚报\n", encoding="utf-8")
    return built(root)


def test_it_is_short() -> None:
    lines = sum(len(file.read_text().splitlines()) for file in THEME.rglob("*.*"))
    assert lines <= 30


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(253, 246, 233)"), ("dark", "rgb(20, 18, 42)")]
)
def test_it_changes_the_colours_of_every_page(
    scheme: str, paper: str, themed: Path, page: Page
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for name in ("index.html", "latest.html", "archive/index.html", "2020-05-04/1/01-x.html"):
        page.goto((themed / name).as_uri())
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper, name


def test_it_changes_the_masthead_and_nothing_else_of_the_home_page(
    themed: Path, page: Page
) -> None:
    page.goto((themed / "index.html").as_uri())
    expect(page.locator(".plate h1")).to_have_text("☾ 晚报")
    expect(page.locator(".masthead nav a").first).to_have_text("首页")
    expect(page.locator("main")).to_contain_text("更换路灯启事")


def test_its_own_page_stands_in_the_common_frame(themed: Path, page: Page) -> None:
    page.goto((themed / "404.html").as_uri())
    expect(page.locator("main .lost-page")).to_contain_text("按日期查找")
    expect(page.locator("header.top .brand")).to_have_text("晚报")
