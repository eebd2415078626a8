"""The same site in Firefox, as Debian ships it."""

from __future__ import annotations

from pathlib import Path

from firefox import Firefox
from sites import one_of_each_kind, views


def test_every_kind_of_page_opens_without_complaint(site: Path, firefox: Firefox) -> None:
    firefox.faults.clear()
    for name, address in views(site):
        firefox.open(address)
        heading = firefox.evaluate("document.querySelector('h1').textContent.trim()")
        assert heading, name
        assert firefox.evaluate("document.documentElement.classList.contains('js')"), name
        family = firefox.evaluate("getComputedStyle(document.body).fontFamily")
        assert "By Latin" in family, f"{name}: the style sheet was not applied"
    assert firefox.faults == []


def test_every_kind_of_page_opens_from_a_sub_path(
    site: Path, served: str, firefox: Firefox
) -> None:
    firefox.faults.clear()
    firefox.requested.clear()
    for file in one_of_each_kind(site).values():
        firefox.open(served + file.relative_to(site).as_posix())
    assert firefox.faults == []
    assert [url for url in firefox.requested if not url.startswith(served)] == []


def test_nothing_scrolls_sideways_at_320(site: Path, firefox: Firefox) -> None:
    firefox.resize(320, 640)
    wide = {}
    for name, address in views(site):
        firefox.open(address)
        needed = firefox.evaluate("document.documentElement.scrollWidth")
        if needed > 320:
            wide[name] = needed
    firefox.resize(1280, 800)
    assert wide == {}


def test_the_address_of_a_line_opens_the_source_at_it(site: Path, firefox: Firefox) -> None:
    firefox.open((site / "2025-12-05" / "01" / "index.html").as_uri() + "#L79")
    assert firefox.evaluate("document.getElementById('layout').hidden")
    top = firefox.evaluate("document.getElementById('L79').getBoundingClientRect().top")
    assert 0 <= top < firefox.evaluate("innerHeight")


def test_keys_turn_the_page(site: Path, firefox: Firefox) -> None:
    pieces = sorted((site / "2025-12-05" / "01").glob("0*.html"))
    firefox.open(pieces[0].as_uri())
    firefox.press("j")
    firefox.wait_for(f"location.href === {pieces[1].as_uri()!r}")
    firefox.back()
    firefox.wait_for(f"location.href === {pieces[0].as_uri()!r}")


def test_marks_never_enter_copied_text(site: Path, firefox: Firefox) -> None:
    firefox.open(next((site / "2025-12-05" / "01").glob("01-*.html")).as_uri())
    firefox.evaluate("getSelection().selectAllChildren(document.getElementById('body')) || 0")
    copied = firefox.evaluate("String(getSelection())")
    assert "库什纳和一名翻译" in copied
    assert "断栏" not in copied
