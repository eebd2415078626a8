"""Nothing that a newspaper prints, or a person writes, is ever executed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import hostile_archive
import html5lib
import pytest
from leaving import leave
from playwright.sync_api import Browser, Page, expect
from previewing import running
from sites import built

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "archive"
    hostile_archive.write(root)
    built(root)
    return root


@pytest.fixture(scope="module")
def pages(root: Path) -> list[Path]:
    return sorted((root / "site").rglob("*.html"))


def test_nothing_is_written_elsewhere(root: Path) -> None:
    assert {path.name for path in root.parent.iterdir()} == {"archive"}
    names = {"broadsheet.yaml", "content", "sources", "site", ".broadsheet"}
    assert {path.name for path in root.iterdir()} == names


def test_no_page_has_a_script_or_a_handler_of_its_own(pages: list[Path]) -> None:
    for path in pages:
        for element in html5lib.parse(path.read_bytes()).iter():
            if not isinstance(element.tag, str):
                continue
            tag = element.tag.removeprefix(XHTML)
            assert tag not in ("iframe", "object", "embed", "textarea"), path
            if tag == "script":
                assert element.get("src") or element.get("type") == "application/ld+json", path
            for name, value in element.attrib.items():
                assert not str(name).startswith("on"), (path, name)
                if name in ("href", "src", "action", "formaction", "poster", "background"):
                    address = re.sub(r"[\x00-\x20]", "", value).lower()
                    assert not address.startswith(("javascript:", "vbscript:", "data:")), path


def test_data_for_programs_is_what_it_says(root: Path) -> None:
    for path in (root / "site").rglob("*.xml"):
        ElementTree.parse(path)
    for path in (root / "site").rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in (root / "site").rglob("*.ics"):
        lines = path.read_bytes().decode().split("\r\n")
        assert all(re.match(r"[A-Z-]+[:;]| ", line) for line in lines[:-1]), path
    for path in (root / "site").rglob("*.html"):
        for data in re.findall(r"ld\+json[^>]*>(.*?)</script", path.read_text("utf-8"), re.DOTALL):
            json.loads(data)


@pytest.fixture
def tempted(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page without the policy that would stop a script, and what was executed on it."""
    executed: list[str] = []
    context = chromium.new_context(bypass_csp=True)
    context.expose_function("canary", lambda *_: executed.append("canary"))
    page = context.new_page()
    page.on("dialog", lambda dialog: (executed.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: executed.append(f"error: {error}"))
    yield page, executed
    leave(page)
    context.close()


def test_the_canary_can_fire(tempted: tuple[Page, list[str]]) -> None:
    page, executed = tempted
    page.set_content("<img src=x onerror=canary()>")
    page.wait_for_function("() => document.images[0].complete")
    page.wait_for_timeout(50)
    assert executed == ["canary"]


def test_nothing_is_executed_on_any_page(
    pages: list[Path], tempted: tuple[Page, list[str]]
) -> None:
    page, executed = tempted
    for path in pages:
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        assert executed == [], path


@pytest.mark.parametrize("words", hostile_archive.ASKED)
def test_nothing_is_executed_in_what_a_search_finds(
    root: Path, tempted: tuple[Page, list[str]], words: str
) -> None:
    page, executed = tempted
    page.goto(f"{(root / 'site/search.html').as_uri()}?q={quote(words)}")
    page.wait_for_function("() => document.getElementById('count').textContent")
    page.wait_for_timeout(300)
    assert page.locator("#out h3 a").count() > 0
    assert executed == []


@pytest.mark.parametrize("words", ["canary", "onerror", "script", hostile_archive.DATE])
def test_nothing_is_executed_in_what_the_quick_box_suggests(
    root: Path, tempted: tuple[Page, list[str]], words: str
) -> None:
    page, executed = tempted
    page.goto((root / "site/index.html").as_uri())
    page.locator("form.find input").press_sequentially(words)
    page.locator(".quick li").first.wait_for()
    page.wait_for_timeout(100)
    assert executed == []


@pytest.mark.parametrize(
    "attack", [words for words in hostile_archive.ATTACKS if words.isprintable()]
)
def test_nothing_is_executed_in_what_the_preview_says_is_wrong(
    overlaid: tuple[Path, str], tempted: tuple[Page, list[str]], attack: str
) -> None:
    page, executed = tempted
    piece, address = overlaid
    piece.write_text(f"---\ntype: {json.dumps(attack)}\ntitle: x\n---\n\nx\n", "utf-8")
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text(attack[:20].strip())
    page.wait_for_timeout(100)
    assert executed == []


@pytest.fixture(scope="module")
def overlaid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A piece that a test may write wrong, and the address of the preview's front page."""
    piece = tmp_path_factory.mktemp("overlaid") / "content/2024-05-08/1/01-x.md"
    piece.parent.mkdir(parents=True)
    piece.write_text("---\ntype: article\ntitle: x\n---\n\nx\n", encoding="utf-8")
    with running(piece.parents[3]) as preview:
        yield piece, preview.url
