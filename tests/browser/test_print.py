"""Paper: articles, newspaper pages and obituaries as PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page
from sites import one_of_each_kind


def printed(page: Page, file: Path, target: Path) -> list[str]:
    """Print a page of the site; the text of each sheet of paper."""
    page.goto(file.as_uri())
    page.pdf(path=target, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(target)
    try:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("kind", "sheets"), [("article", 2), ("page", 1), ("obituary", 1), ("slogan", 1)]
)
def test_the_real_page_needs_this_much_paper(
    kind: str, sheets: int, site: Path, page: Page, tmp_path: Path
) -> None:
    file = one_of_each_kind(site / "2025-12-05")[kind]
    assert len(printed(page, file, tmp_path / "out.pdf")) == sheets


def test_an_article_prints_its_text_and_its_citation_and_nothing_to_press(
    site: Path, page: Page, tmp_path: Path
) -> None:
    file = site / "2024-05-04" / "A1" / "01-zhonglou.html"
    text = "".join("".join(printed(page, file, tmp_path / "out.pdf")).split())
    for kept in ("渡口钟楼重新报时", "钟楼建于民国十八年", "整理说明", "GB/T7714"):
        assert kept in text
    for screen_only in ("首页", "字号", "明暗", "复制", "快捷键", "上一件", "接合标记"):
        assert screen_only not in text


def test_paper_is_white_and_ink_black_in_a_dark_theme_too(site: Path, page: Page) -> None:
    page.goto((site / "2024-05-04" / "A1" / "01-zhonglou.html").as_uri())
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("h1", ".kick", ".prose p"):
        ink = page.eval_on_selector(part, "e => getComputedStyle(e).color")
        assert ink == "rgb(0, 0, 0)", part
