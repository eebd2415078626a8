"""The preview in Chromium: what a person sees after a save."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clipboard import lend_clipboard, on_clipboard
from playwright.sync_api import Page, expect
from previewing import Preview, running, until

REPOSITORY = Path(__file__).parent.parent.parent
SHEET = "2025-12-05/01/index.html"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One archive for all tests here; each leaves it as it found it."""
    root = tmp_path_factory.mktemp("live")
    for folder in ("sources", "content"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "templates/assets").mkdir(parents=True)
    shutil.copy(REPOSITORY / "templates/assets/style.css", root / "templates/assets")
    with running(root) as started:
        yield started


@pytest.fixture
def piece(preview: Preview) -> Path:
    return min((preview.root / "content").rglob("0*.md"))


def open_piece(page: Page, preview: Preview, piece: Path) -> None:
    address = piece.relative_to(preview.root / "content").with_suffix(".html")
    page.goto(preview.url + address.as_posix())


def test_a_save_is_seen(page: Page, preview: Preview, piece: Path) -> None:
    open_piece(page, preview, piece)
    good = piece.read_text(encoding="utf-8")
    for words in (
        "第一次新添的话。",
        "紧接着再添的话。",
    ):  # the second at once, while it still works
        piece.write_text(f"{good}\n{words}\n", encoding="utf-8")
        expect(page.get_by_text(words)).to_be_attached()
    piece.write_text(good, encoding="utf-8")
    expect(page.get_by_text("紧接着再添的话。")).not_to_be_attached()


def test_a_style_sheet_changes_and_the_page_stays(
    page: Page, preview: Preview, piece: Path
) -> None:
    open_piece(page, preview, piece)
    page.evaluate("window.stays = true")
    outline = "getComputedStyle(document.body).outlineWidth"
    style = preview.root / "templates/assets/style.css"
    good = style.read_text(encoding="utf-8")
    style.write_text(f"{good}\nbody{{outline:7px solid red}}\n", encoding="utf-8")
    until(lambda: page.evaluate(outline) == "7px")
    style.write_text(good, encoding="utf-8")
    until(lambda: page.evaluate(outline) != "7px")
    assert page.evaluate("window.stays")


@pytest.mark.parametrize(
    ("file", "wrong", "where"),
    [
        ("piece", "---\ntype: articel\ntitle: 甲\n---\n\n文。\n", ":2"),
        ("templates/base.html", "<html>\n{% if %}\n", "templates/base.html:2"),
        ("broadsheet.yaml", "title: 甲\nlangauge: en\n", "broadsheet.yaml:2"),
    ],
    ids=["front matter", "template", "settings"],
)
def test_a_mistake_is_shown_over_the_page_and_goes_with_the_next_good_save(
    page: Page, preview: Preview, piece: Path, file: str, wrong: str, where: str
) -> None:
    path = piece if file == "piece" else preview.root / file
    good = path.read_text(encoding="utf-8") if path.is_file() else None
    open_piece(page, preview, piece)
    headline = page.locator("h1").inner_text()
    path.write_text(wrong, encoding="utf-8")
    overlay = page.get_by_role("alert")
    expect(overlay).to_contain_text(where)
    expect(overlay.locator("b")).not_to_be_empty()
    assert page.locator("h1").inner_text() == headline
    if good is None:
        path.unlink()
    else:
        path.write_text(good, encoding="utf-8")
    expect(overlay).not_to_be_attached()


def test_a_new_page_of_text_is_a_page_and_goes_with_it(page: Page, preview: Preview) -> None:
    source = preview.root / "sources/1998-01-05/03.txt"
    source.parent.mkdir()
    source.write_text("渡口茶馆重新开张\n\n歇业半年的渡口茶馆昨日重新开张，茶价不变。\n", "utf-8")
    until(lambda: preview.get("1998-01-05/03/index.html")[0] == 200)
    page.goto(f"{preview.url}1998-01-05/03/index.html")
    expect(page.get_by_role("link", name="渡口茶馆重新开张").first).to_be_visible()
    shutil.rmtree(source.parent)
    shutil.rmtree(preview.root / "content/1998-01-05")
    until(lambda: preview.get("1998-01-05/03/index.html")[0] == 404)


def test_a_piece_says_its_file_and_a_line_its_place(
    page: Page, preview: Preview, piece: Path
) -> None:
    lend_clipboard(page)
    open_piece(page, preview, piece)
    file = piece.relative_to(preview.root).as_posix()
    expect(page.locator(".preview-file code")).to_have_text(file)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert on_clipboard(page) == file
    page.goto(f"{preview.url}{SHEET}#source")
    number = page.locator("#L7 .n")
    expect(number).to_have_attribute("title", "sources/2025-12-05/01.txt:7")
    number.click()
    expect(number).to_have_attribute("title", "sources/2025-12-05/01.txt:7 (copied)")
    assert on_clipboard(page) == "sources/2025-12-05/01.txt:7"


def test_the_preview_breaks_no_rule_of_the_page(page: Page, preview: Preview, piece: Path) -> None:
    """The pages' own content security policy holds; nothing is reported."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    open_piece(page, preview, piece)
    assert said == []
