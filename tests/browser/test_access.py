"""WCAG 2.2 AA and what lies beyond a checker: order, names, focus, zoom, forced colours."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sites import one_of_each_kind, views

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What to run: names, structure and target sizes do not depend on the theme; what a narrow page
#: colours in another way is checked in the dark, where it is nearest to its limit.
ALL = {"runOnly": RULES}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NO_COLOURS = {"runOnly": RULES, "rules": {"color-contrast": {"enabled": False}}}
SETTINGS = [
    (1440, "light", ALL), (1440, "dark", COLOURS), (390, "light", NO_COLOURS),
    (390, "dark", COLOURS), (320, "light", NO_COLOURS), (320, "dark", COLOURS),
]  # fmt: skip


@pytest.mark.parametrize(("width", "theme", "rules"), SETTINGS)
def test_axe_finds_nothing(
    width: int, theme: Any, rules: dict[str, Any], site: Path, long_site: Path, npm: Path,
    chromium: Browser,
) -> None:  # fmt: skip
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = context.new_page()
    found: list[str] = []
    for name, address in (dict(views(long_site)) | dict(views(site))).items():
        page.goto(address)
        page.evaluate(axe)
        result = page.evaluate("rules => axe.run(rules)", rules)
        for violation in result["violations"]:
            places = [node["html"][:120] for node in violation["nodes"]]
            found.append(f"{name}: {violation['id']}: {violation['help']}: {places[:3]}")
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 720, 1440])
def test_nothing_scrolls_sideways(
    width: int, site: Path, long_site: Path, chromium: Browser
) -> None:
    """320 is 1280 at a zoom of 400 %."""
    context = chromium.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    wide = {}
    for name, address in (dict(views(long_site)) | dict(views(site))).items():
        page.goto(address)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            wide[name] = needed
    context.close()
    assert wide == {}


def test_text_spacing_of_wcag_loses_nothing(site: Path, chromium: Browser) -> None:
    """WCAG 2.2, 1.4.12: the reader's own line height and spacing."""
    spacing = """* {line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important} p {margin-bottom: 2em !important}"""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    wide = {}
    for name, address in views(site):
        page.goto(address)
        page.add_style_tag(content=spacing)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > 320:
            wide[name] = needed
    context.close()
    assert wide == {}


def test_headings_go_down_one_level_at_a_time(site: Path, page: Page) -> None:
    levels = "all => all.filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
    for name, address in views(site):
        page.goto(address)
        found = page.eval_on_selector_all("main h1, header h1, main h2, main h3", levels)
        assert found.count(1) == 1, f"{name}: {found}"
        for one, other in itertools.pairwise(found):
            assert other <= one + 1, f"{name}: {found}"


def tree_text(page: Page) -> list[str]:
    """What a screen reader says of <main>, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    main = next(node for node in nodes if node.get("role", {}).get("value") == "main")
    said: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        if node.get("role", {}).get("value") == "StaticText":
            said.append(node["name"]["value"].strip())
        for child in node.get("childIds", ()):
            if child in by_id:
                walk(by_id[child])

    walk(main)
    return said


def test_a_screen_reader_reads_an_article_in_its_order(site: Path, page: Page) -> None:
    article = site / "2024-05-04" / "A1" / "01-zhonglou.html"
    page.goto(article.as_uri())
    said = "".join(tree_text(page))
    order = ["老街见闻", "停摆十一年", "七十二岁", "本报记者 安平", "渡口的老钟楼昨日重新报时",
             "钟楼今晨的样子", "钟楼建于民国十八年", "一把旧扳手", "钟声与鸽子", "整理说明", "引用",
             "下一件"]  # fmt: skip
    at = 0
    for words in order:
        at = said.find(words, at)
        assert at >= 0, f"{words} is not read after what comes before it"


def test_every_control_can_be_reached_and_is_seen_when_it_is(site: Path, page: Page) -> None:
    for name, file in one_of_each_kind(site).items():
        page.goto(file.as_uri())
        page.keyboard.press("Tab")
        if name != "search":  # which begins in its field
            assert page.evaluate("document.activeElement.className") == "skip", name
        for _ in range(12):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                """() => { const a = document.activeElement, s = getComputedStyle(a);
                    return a === document.body || s.outlineStyle !== 'none' ||
                        !!a.closest('svg'); }"""
            )
            assert shown, f"{name}: {page.evaluate('document.activeElement.outerHTML')[:200]}"


def test_the_skip_link_goes_to_the_text(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_reading_order_of_a_sheet_is_the_order_seen(site: Path, page: Page) -> None:
    """From the top down, and within a row of the sheet from the left: lead, second, side, flow."""
    page.goto((site / "2024-05-04" / "A1" / "index.html").as_uri())
    said = "".join(tree_text(page))
    order = ["版面 A1", "停摆十一年", "文内小标题", "东门市集改期", "节约用水", "更换路灯启事",
             "何静川", "清晨的渡口", "本期最后一版"]  # fmt: skip
    at = 0
    for words in order:
        at = said.find(words, at)
        assert at >= 0, f"{words} is not read after what comes before it"


def test_forced_colours_keep_what_colour_says(site: Path, chromium: Browser) -> None:
    """The pressed switch and the current entry of the navigation stay told apart."""
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(one_of_each_kind(site)["page"].as_uri())
    outline = page.eval_on_selector(
        ".btn[aria-current]", "button => getComputedStyle(button).outlineStyle"
    )
    assert outline == "solid"
    context.close()


def test_reduced_motion_moves_nothing(site: Path, chromium: Browser) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(one_of_each_kind(site)["page"].as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e =>
            getComputedStyle(e).transitionDuration !== '0s').length"""
    )
    assert moving == 0
    context.close()
