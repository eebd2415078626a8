"""Whatever characters a page is made of: converted without a fault, kept once, shown as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import html5lib
import pytest
from any_text import pages
from fuzz_converter import any_source
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet import frontmatter
from broadsheet.config import load
from broadsheet.conservation import squeeze
from broadsheet.convert.run import convert_sources
from broadsheet.escaping import body_lines
from broadsheet.site.build import build
from broadsheet.source import split_lines

SOURCE = "sources/2024-05-08/01.txt"
#: Proves the encoding of texts so short and odd that they might be in another.
MARK = b"\xef\xbb\xbf"


@settings(max_examples=80, deadline=None)
@given(pages)
@example("\ufeff\ufeffa")
@example("a\x00b")
def test_every_character_is_kept_once_and_always_alike(text: str) -> None:
    any_source(MARK + text.encode())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_text_are_refused_and_others_kept(raw: bytes) -> None:
    any_source(raw)


LONG = {
    "a megabyte on one line": "新桥昨日通车，两岸居民步行过桥。" * 20_000,
    "a hundred thousand lines": "字\n" * 100_000,
    "two hundred blocks": "新桥昨日通\n\n" * 200,
    "nothing but space": "a" + " " * 100_000 + "b",
    "nothing but brackets": "（" * 50_000,
    "nothing but digits": "1" * 50_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_no_length_is_too_long(text: str) -> None:
    any_source(text.encode())


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    (root / "broadsheet.yaml").write_text("search: false\n", encoding="utf-8")
    (root / SOURCE).parent.mkdir(parents=True)
    return root


@settings(max_examples=20, deadline=None)
@given(pages)
@example("标题\x0b\x1c\x85\u2028\n\n正文\u202e反\u202c\U0001f468\u200d\U0001f469。")
def test_the_site_shows_the_text_as_it_was_printed(archive: Path, text: str) -> None:
    shutil.rmtree(archive / "content", ignore_errors=True)
    (archive / SOURCE).write_bytes(MARK + text.encode())
    report = convert_sources(archive, load(archive), jobs=1)
    if report.problems:
        assert squeeze(text) == "", [str(problem) for problem in report.problems]
        return
    build(archive, load(archive), jobs=1)
    for file in sorted((archive / "content").glob("*/*/[0-9]*.md")):
        page = file.relative_to(archive / "content").with_suffix(".html")
        seen = visible(squeeze(shown(archive / "site" / page, "main")))
        missing = [text for text in printed(file) if visible(squeeze(text)) not in seen]
        assert missing == []
    assert_source_views_show(archive, text)


def assert_source_views_show(archive: Path, text: str) -> None:
    """The source view has every line of the source with its text, in order."""
    views = sorted((archive / "site").glob("2*/*/index.html"))
    rows = [visible(row) for view in views for row in source_rows(view)]
    wanted = [visible(squeeze(line)) for line in split_lines(text)]
    for row in filter(None, wanted):
        assert row in rows


def printed(file: Path) -> list[str]:
    """Headline and paragraphs of a content file."""
    head, body, _ = frontmatter.split(file.read_text(encoding="utf-8")) or ("", "", 0)
    return [frontmatter.parse_yaml(head, file.name).get("title", ""), *body_lines(body)]


def visible(text: str) -> str:
    """The text without what is no character; an HTML parser may drop it."""
    return re.sub(r"[\ufffe\uffff]", "", text)


def parsed(path: Path):  # type: ignore[no-untyped-def]
    return html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def shown(path: Path, tag: str) -> str:
    """What stands in an element, without what the site adds where text is lost."""
    element = parsed(path).find(f".//{tag}")
    return "".join(_texts(element))


def _texts(element):  # type: ignore[no-untyped-def]
    if element.get("class") == "lost":
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def source_rows(path: Path) -> list[str]:
    rows = parsed(path).findall(".//section[@id='source']//li/span[@class='x']")
    return [squeeze("".join(row.itertext())) for row in rows]
