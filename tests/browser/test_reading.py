"""What a reader does: set the page, follow a line to its source and back, copy, use the keys."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urldefrag

import pytest
from clipboard import lend_clipboard, on_clipboard
from playwright.sync_api import Browser, Page, expect
from sites import one_of_each_kind


@pytest.fixture
def article(site: Path) -> Path:
    """The real page's first report."""
    return next((site / "2025-12-05" / "01").glob("01-*.html"))


@pytest.fixture
def newspaper_page(site: Path) -> Path:
    return site / "2025-12-05" / "01" / "index.html"


# Theme and text size


def test_the_theme_goes_round_and_is_kept(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    root, button = page.locator("html"), page.locator('[data-set="theme"]')
    for theme in ("light", "dark"):
        button.click()
        expect(root).to_have_attribute("data-theme", theme)
    page.goto((site / "archive" / "index.html").as_uri())
    expect(root).to_have_attribute("data-theme", "dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(20, 20, 19)"
    button.click()
    assert root.get_attribute("data-theme") is None


def test_text_can_be_made_larger(article: Path, page: Page) -> None:
    page.goto(article.as_uri())
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before = page.evaluate(size)
    page.locator('[data-set="size"]').click()
    assert page.evaluate(size) > before * 1.1
    page.reload()
    assert page.evaluate(size) > before * 1.1


# The source, both ways


def test_a_paragraph_leads_to_its_line_and_back(article: Path, page: Page) -> None:
    page.goto(article.as_uri())
    paragraph = page.locator(".prose p[id]").nth(4)
    anchor = paragraph.get_attribute("id") or ""
    paragraph.scroll_into_view_if_needed()
    box = paragraph.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 15)
    page.mouse.click(box["x"] - 25, box["y"] + 15)  # the number that shows itself in the margin
    line = page.locator(f"#L{anchor[1:]}")
    expect(line).to_be_in_viewport()
    expect(page.locator("#layout")).to_be_hidden()
    line.locator("a.k").click()
    assert urldefrag(page.url).fragment == anchor
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_every_link_into_the_source_and_out_of_it_arrives(newspaper_page: Path, page: Page) -> None:
    folder = newspaper_page.parent
    ids: dict[str, set[str]] = {}
    for file in folder.glob("*.html"):
        page.goto(file.as_uri())
        found = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
        ids[file.name] = set(found)
    for file in folder.glob("*.html"):
        page.goto(file.as_uri())
        links = page.eval_on_selector_all(
            ".jn[href], .pl, .src a, .rail a", "all => all.map(a => a.getAttribute('href'))"
        )
        for link in links:
            name, _, anchor = link.partition("#")
            if (name or file.name) in ids and anchor:
                assert anchor in ids[name or file.name], f"{file.name} -> {link}"


def test_every_line_with_text_is_shown_and_says_where_it_went(
    newspaper_page: Path, site: Path, page: Page
) -> None:
    source = (site.parent / "sources/2025-12-05/01.txt").read_text(encoding="utf-8")
    page.goto(newspaper_page.as_uri() + "#source")
    shown = page.eval_on_selector_all(".ln .x", "all => all.map(e => e.textContent)")
    assert shown == [line for line in source.split("\n") if line]
    unplaced = page.locator(".ln:not(.e) .k:not(a)").count()
    assert unplaced == 0


def test_the_address_of_a_line_opens_the_source_at_it(newspaper_page: Path, page: Page) -> None:
    page.goto(newspaper_page.as_uri() + "#L79")
    expect(page.locator("#L79")).to_be_in_viewport()
    expect(page.locator("#layout")).to_be_hidden()
    page.goto(newspaper_page.as_uri())
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("#layout")).to_be_visible()


def test_pointing_at_a_line_lights_its_piece(newspaper_page: Path, page: Page) -> None:
    page.goto(newspaper_page.as_uri() + "#source")
    line = page.locator(".ln:has(a.k)").first
    line.locator(".x").hover()
    number = line.get_attribute("data-p")
    lit = page.eval_on_selector_all(".ln.on", "all => all.map(e => e.dataset.p)")
    assert lit and set(lit) == {number}


def test_join_marks_can_be_switched_off_and_stay_off(article: Path, page: Page) -> None:
    page.goto(article.as_uri())
    assert page.locator(".jn:visible").count() > 0
    page.locator(".jtoggle").click()
    assert page.locator(".jn:visible").count() == 0
    page.reload()
    assert page.locator(".jn:visible").count() == 0
    expect(page.locator(".jtoggle")).to_have_attribute("aria-pressed", "false")


# Copying


def selected(page: Page, selector: str) -> str:
    """The text that a copy of the whole element would give."""
    text: str = page.evaluate(
        "s => { getSelection().selectAllChildren(document.querySelector(s));"
        " return String(getSelection()); }",
        selector,
    )
    return text


def test_marks_never_enter_copied_text(article: Path, page: Page) -> None:
    page.goto(article.as_uri())
    copied = selected(page, "#body")
    plain = page.eval_on_selector(
        "#body", "b => { const c = b.cloneNode(true); c.querySelectorAll('a').forEach("
        "a => a.remove()); return c.textContent; }"
    )  # fmt: skip
    assert "".join(copied.split()) == "".join(plain.split())
    assert "库什纳和一名翻译" in copied


def test_a_citation_is_copied(article: Path, site: Path, served_at_root: str, page: Page) -> None:
    lend_clipboard(page)
    page.goto(served_at_root + article.relative_to(site).as_posix())
    button = page.locator(".copy").first
    button.click()
    expect(button).to_have_text("已复制")
    assert on_clipboard(page) == page.locator("#c1").inner_text()


def copied_by(page: Page, what: str) -> str:
    """What the button beside a selection puts on the clipboard."""
    button = page.locator(f'[data-do="{what}"]')
    button.click()
    expect(button).to_have_text(page.locator("#pick").get_attribute("data-done") or "")
    return on_clipboard(page)


def test_a_selection_is_copied_with_its_source_or_as_a_link(
    article: Path, site: Path, served_at_root: str, page: Page
) -> None:
    lend_clipboard(page)
    page.goto(served_at_root + article.relative_to(site).as_posix())
    expect(page.locator("#pick")).to_be_hidden()
    selected(page, "#p17")
    assert "富有成效" in (quoted := copied_by(page, "quote")) and "2025-12-05" in quoted
    assert quoted.endswith("#p17")
    link = copied_by(page, "link")
    assert link.startswith("http") and link.endswith("#p17")
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("#pick")).to_be_hidden()


# Keys


def test_arrows_and_letters_turn_from_piece_to_piece(site: Path, page: Page) -> None:
    pieces = sorted((site / "2025-12-05" / "01").glob("0*.html"))
    page.goto(pieces[0].as_uri())
    page.keyboard.press("ArrowRight")
    page.wait_for_url(pieces[1].as_uri())
    page.keyboard.press("j")
    page.wait_for_url(pieces[2].as_uri())
    page.keyboard.press("k")
    page.wait_for_url(pieces[1].as_uri())
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(pieces[0].as_uri())


def test_letters_step_through_the_pieces_of_a_list(site: Path, page: Page) -> None:
    page.goto((site / "2025-12-05" / "index.html").as_uri())
    links = page.eval_on_selector_all("a[data-piece]", "all => all.map(a => a.href)")
    for expected in links[:3]:
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.href") == expected
    page.keyboard.press("Enter")
    page.wait_for_url(links[2])


def test_single_letters_can_be_switched_off(site: Path, page: Page) -> None:
    """WCAG 2.2, 2.1.4."""
    pieces = sorted((site / "2025-12-05" / "01").glob("0*.html"))
    page.goto(pieces[0].as_uri())
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_timeout(100)
    assert page.url == pieces[0].as_uri()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(pieces[1].as_uri())


def test_a_slash_goes_to_the_search_field(site: Path, page: Page) -> None:
    page.goto((site / "archive" / "index.html").as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.evaluate("document.activeElement.value") == ""


def test_keys_leave_a_field_alone(site: Path, page: Page) -> None:
    page.goto(next((site / "2025-12-05" / "01").glob("01-*.html")).as_uri())
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("main textarea").press_sequentially("jk?")
    assert page.locator("main textarea").input_value() == "jk?"


def test_neighbours_are_named_for_machines_too(site: Path, page: Page) -> None:
    pieces = sorted((site / "2025-12-05" / "01").glob("0*.html"))
    page.goto(pieces[1].as_uri())
    for rel, target in (("prev", pieces[0]), ("next", pieces[2])):
        for place in ("head link", ".pn a"):
            href = page.eval_on_selector(f"{place}[rel={rel}]", "link => link.href")
            assert href == target.as_uri(), place


# Coming back


@pytest.mark.parametrize("kind", ["article", "page", "section", "issue"])
def test_going_back_finds_the_place_where_one_was(kind: str, site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 600})
    page.goto(one_of_each_kind(site)[kind].as_uri())
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    page.wait_for_timeout(100)
    page.evaluate("location.href = document.querySelector('.brand').href")
    page.wait_for_selector("body[data-page=home]")
    page.go_back()
    page.wait_for_selector(f"body[data-page={kind}]")
    page.wait_for_function("Math.abs(scrollY - 700) < 20")


def test_going_back_to_the_source_finds_its_line(newspaper_page: Path, page: Page) -> None:
    page.goto(newspaper_page.as_uri())
    page.locator('.sw a[href="#source"]').click()
    line = "document.getElementById('L61')"
    page.evaluate(f"{line}.scrollIntoView({{behavior: 'instant', block: 'center'}})")
    page.wait_for_timeout(100)
    at = page.evaluate("scrollY")
    page.evaluate(f"{line}.querySelector('a.k').click()")
    page.wait_for_selector("body:not([data-page=page])")
    page.go_back()
    page.wait_for_selector("body[data-page=page]")
    expect(page.locator("#L61")).to_be_in_viewport()
    page.wait_for_function(f"Math.abs(scrollY - {at}) < 60")


# Obituaries


def test_a_service_that_is_over_says_so(site: Path, chromium: Browser) -> None:
    address = (site / "2024-05-04" / "A1" / "05-fugao.html").as_uri()
    context = chromium.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2024-05-06T12:00:00+08:00")
    page.goto(address)
    expect(page.locator("[data-past]")).to_be_hidden()
    page.clock.set_fixed_time("2024-05-08T12:00:00+08:00")
    page.goto(address)
    expect(page.locator("[data-past]")).to_be_visible()
    context.close()


def test_no_death_notice_wears_the_red(site: Path, page: Page) -> None:
    """The accent is ink on every page of mourning, and in every notice on other pages."""
    page.goto((site / "2024-05-04" / "A1" / "05-fugao.html").as_uri())
    red = "rgb(181, 35, 26)"
    coloured = """red => [...document.querySelectorAll('body *')].filter(e =>
        [getComputedStyle(e).color, getComputedStyle(e).borderTopColor].includes(red)).length"""
    assert page.evaluate(coloured, red) == 0
