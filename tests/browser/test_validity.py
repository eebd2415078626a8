"""Valid by the validators, light by the scales, still while it loads."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import html5lib
import pytest
from machine import absent
from playwright.sync_api import Browser, Page, Route
from sites import one_of_each_kind

#: Bytes, compressed as a server sends them.
ARTICLE_BUDGET, STYLE_BUDGET, SCRIPT_BUDGET = 30_000, 15_000, 8_000


def test_the_nu_html_checker_finds_nothing(
    served_at_root: str, site: Path, served_long_site: str, long_site: Path, npm: Path
) -> None:
    if shutil.which("java") is None:
        absent("no java to run the Nu HTML checker")
    jar = npm / "vnu-jar" / "build" / "dist" / "vnu.jar"
    loopback = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
    command = ["java", "-Xss1m", loopback, "-jar", str(jar), "--format", "json", "--also-check-css"]
    kinds = one_of_each_kind(site)
    files = [*kinds.values(), site / "assets" / "style.css"]
    addresses = [served_at_root + file.relative_to(site).as_posix() for file in files]
    longer = {k: f for k, f in one_of_each_kind(long_site).items() if k not in kinds}
    addresses += [served_long_site + f.relative_to(long_site).as_posix() for f in longer.values()]
    done = subprocess.run([*command, *addresses], capture_output=True, text=True)
    found = [
        f"{message['url']}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if not message["message"].startswith(DATA_BLOCK)
    ]
    assert found == []


#: JSON-LD is a data block; the policy is about scripts that run, and browsers see it so.
DATA_BLOCK = "Inline script violates Content Security Policy"


def test_html_validate_finds_nothing(site: Path, long_site: Path, npm: Path) -> None:
    program = npm / ".bin" / "html-validate"
    config = site.parent / "html-validate.json"
    config.write_text(json.dumps({"extends": ["html-validate:recommended"], "root": True}))
    kinds = one_of_each_kind(long_site) | one_of_each_kind(site)
    files = [str(file) for file in kinds.values()]
    command = [str(program), "--config", str(config), "--formatter", "text"]
    done = subprocess.run([*command, *files], capture_output=True, text=True)
    assert done.stdout.strip() == ""
    assert done.returncode == 0, done.stderr


def test_every_page_parses_strictly(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for file in site.rglob("*.html"):
        try:
            parser.parse(file.read_text(encoding="utf-8"))
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{file.relative_to(site)}: {error}")


def test_pages_obey_the_policy_they_state(site: Path) -> None:
    """Nothing inline: the policy in <meta> forbids it, so that text can never become script."""
    for file in site.rglob("*.html"):
        tree = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        for element in tree.iter():
            attributes = {str(name).lower() for name in element.attrib}
            assert "style" not in attributes, file
            assert not any(name.startswith("on") for name in attributes), file
            if element.tag == "script" and not element.get("src"):
                assert element.get("type") == "application/ld+json", file
        assert tree.find(".//style") is None, file


def test_pages_weigh_little(site: Path) -> None:
    assert len(gzip.compress((site / "assets" / "style.css").read_bytes())) < STYLE_BUDGET
    for name in ("site.js", "theme.js"):
        assert len(gzip.compress((site / "assets" / name).read_bytes())) < SCRIPT_BUDGET
    for file in (site / "2025-12-05").rglob("*.html"):
        if file.name != "index.html":
            assert len(gzip.compress(file.read_bytes())) < ARTICLE_BUDGET, file


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_while_a_page_loads(
    width: int, served: str, site: Path, chromium: Browser
) -> None:
    """Cumulative layout shift 0, with the reader's own theme and text size set."""
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(served)
    page.evaluate("localStorage.setItem('theme', 'dark'), localStorage.setItem('size', 'large')")
    moved = {}
    for kind, file in one_of_each_kind(site).items():
        page.goto(served + file.relative_to(site).as_posix())
        shift = page.evaluate(
            """() => new Promise(done => {
                let sum = 0;
                new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                    .observe({type: 'layout-shift', buffered: true});
                setTimeout(() => done(sum), location.pathname.endsWith('search.html') ? 600 : 150);
            })"""
        )
        if shift:
            moved[kind] = shift
    context.close()
    assert moved == {}


@pytest.mark.parametrize("name", ["01-zhonglou.html", "03-dukou.html", "index.html"])
def test_a_picture_has_its_room_before_it_comes(name: str, site: Path, page: Page) -> None:
    held: list[Route] = []
    page.route("**/clock.svg", lambda route: held.append(route))
    page.goto((site / "2024-05-04" / "A1" / name).as_uri(), wait_until="domcontentloaded")
    picture = page.locator(".pic img").first
    before = picture.bounding_box()
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    assert before and before["height"] > 100
    assert picture.bounding_box() == before


def test_the_readers_theme_is_there_before_the_first_paint(served: str, chromium: Browser) -> None:
    """The stylesheet and theme.js come before the body; the page is never painted without them."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served)
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.add_init_script(
        """new MutationObserver((list, me) => { if (document.body) {
            window.atBody = document.documentElement.dataset.theme; me.disconnect(); } })
            .observe(document, {childList: true, subtree: true});"""
    )
    page.reload()
    assert page.evaluate("window.atBody") == "dark"
    context.close()
