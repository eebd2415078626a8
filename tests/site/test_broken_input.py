"""Bad input gives one clear line each, all of them at once, and leaves the site as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.problems import Problems
from broadsheet.site.build import Summary

Make = Callable[[Path], Summary]
SiteOf = Callable[[Path], dict[str, bytes]]

PIECE = "content/2024-03-01/A02/01-xinqiao-tongche.md"


def article(*lines: str, body: str = "正文。") -> str:
    return "\n".join(["---", "type: article", "title: 标题", *lines, "---", "", body, ""])


BROKEN: list[tuple[str, str | bytes, str]] = [
    (PIECE, "没有前言\n", f"{PIECE}:1: no front matter (expected a line ---"),
    (PIECE, "---\ntype: article\ntitle: [未完\n---\n", f"{PIECE}:4: not YAML"),
    (PIECE, "---\ntitle: 标题\n---\n正文\n", f"{PIECE}:1: type is missing (expected article"),
    (PIECE, "---\ntype: essay\n---\n正文\n", f"{PIECE}:2: type: 'essay' is not a type of piece"),
    (PIECE, "---\ntype: article\n---\n正文\n", f"{PIECE}:1: an article without title"),
    (PIECE, article("date: 2025-13-05"), f"{PIECE}:4: date: '2025-13-05' does not fit"),
    (PIECE, article("date: 2024-03-09"), f"{PIECE}:4: date: '2024-03-09' differs (expected 2024-"),
    (PIECE, article("byLine: 张"), f"{PIECE}:4: unknown key 'byLine' (did you mean 'byline'?)"),
    (PIECE, article("source: sources/no.txt"), "source: 'sources/no.txt' cannot be read"),
    (PIECE, article("source: ../../etc/passwd"), "lies elsewhere (expected a path inside"),
    (PIECE, article("figures:", "- image: no.jpg"), f"{PIECE}:5: image: 'no.jpg' does not exist"),
    (PIECE, article("figures:", "- image: ../../../broadsheet.yaml"), "lies elsewhere"),
    (PIECE, article().encode("gb18030"), f"{PIECE}:3: not UTF-8 (byte 0x"),
    (
        "content/2024-03-01/A02/03-shen-boan.md",
        "---\ntype: obituary\nperson:\n  died: 2024-02-31\n---\n正文\n",
        "03-shen-boan.md:4: died: '2024-02-31' is not a day of the calendar",
    ),
    (
        "content/2024-03-01/A02/03-shen-boan.md",
        "---\ntype: obituary\nservice:\n  time: 2024-13-01T10:00\n---\n正文\n",
        "03-shen-boan.md:4: time: '2024-13-01T10:00' is not a day of the calendar",
    ),
    ("content/2024-03-01/A02/notes.md", article(), "notes.md: not the name of a piece"),
    ("content/2024-03-01/loose.md", article(), "loose.md: not in a page's folder (expected"),
    ("content/letters/A01/01-x.md", article(), "content/letters: not a date (a folder in"),
    ("content/2024-02-30/A01/01-x.md", article(), "content/2024-02-30: not a date"),
    ("templates/article.html", "{% if %}", "templates/article.html:1: Expected an expression"),
    ("templates/article.html", "\n{{ view.nothing }}", "templates/article.html:2: "),
    ("templates/article.html", "\n\n{{ t('no.such') }}", "no sentence for 'no.such'"),
    ("templates/article.html", "{% extends 'gone.html' %}", "templates/gone.html: not found"),
    ("templates/home.html", "{{ view.nothing }}", "templates/home.html:1: "),
    ("templates/strings/zh-Hans.yaml", "a: [", "templates/strings/zh-Hans.yaml:2: cannot be read"),
]


@pytest.mark.parametrize(("file", "text", "expected"), BROKEN, ids=lambda value: str(value)[:40])
def test_one_line_says_what_is_wrong_and_the_site_stays(
    archive: Path, made: Make, site_of: SiteOf, file: str, text: str | bytes, expected: str
) -> None:
    made(archive)
    before = site_of(archive)
    path = archive / file
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.read_bytes() if path.exists() else None
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Problems) as found:
        made(archive)
    assert expected in str(found.value)
    assert site_of(archive) == before
    if kept is None:
        path.unlink()
        if not any(path.parent.iterdir()) and path.parent.name != "A02":
            path.parent.rmdir()
    else:
        path.write_bytes(kept)


def test_all_problems_are_listed_together(archive: Path, made: Make, site_of: SiteOf) -> None:
    for day, page in (("2024-03-01", "A02"), ("2024-03-02", "01"), ("2024-04-06", "A01")):
        (archive / f"content/{day}/{page}/09-wrong.md").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(Problems) as found:
        made(archive)
    assert len(found.value.problems) == 3
    assert site_of(archive) == {}


def test_what_was_mended_builds_again(archive: Path, made: Make, site_of: SiteOf) -> None:
    made(archive)
    before = site_of(archive)
    text = (archive / PIECE).read_bytes()
    (archive / PIECE).write_text("nothing\n", encoding="utf-8")
    with pytest.raises(Problems):
        made(archive)
    (archive / PIECE).write_bytes(text)
    made(archive)
    assert site_of(archive) == before
    assert not (archive / ".broadsheet/staging").exists()


def test_a_project_without_templates_has_the_programs_own(archive: Path, made: Make) -> None:
    import shutil

    shutil.rmtree(archive / "templates")
    made(archive)
    home = (archive / "site/index.html").read_text(encoding="utf-8")
    assert 'id="main"' in home
