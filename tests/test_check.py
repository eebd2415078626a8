"""`check` finds what is wrong with content, links and the text of the sources."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from broadsheet.check import broken_links, check
from broadsheet.config import load
from broadsheet.problems import Problem
from broadsheet.site.build import build

PIECE = "content/2024-03-01/A02/01-xinqiao-tongche.md"


@pytest.fixture
def archive(tmp_path: Path, repository: Path) -> Path:
    root = tmp_path / "archive"
    shutil.copytree(repository / "tests/site/project", root)
    return root


def found(root: Path) -> list[str]:
    return [str(problem) for problem in check(root, load(root))]


def test_a_sound_archive_has_no_problems(archive: Path) -> None:
    build(archive, load(archive), jobs=1)
    assert found(archive) == []


def test_lost_and_added_text_is_reported_by_line(archive: Path) -> None:
    text = (archive / PIECE).read_text(encoding="utf-8")
    (archive / PIECE).write_text(text.replace("未有延误", "没有延误"), encoding="utf-8")
    problems = found(archive)
    assert any(p.startswith("sources/2024-03-01/A02.txt:12: lost: ") for p in problems)
    assert any(p.startswith(f"{PIECE}: not in the source: ") for p in problems)


def test_faults_of_front_matter_are_reported(archive: Path) -> None:
    (archive / PIECE).write_text("---\ntype: article\ntitel: x\n---\n", encoding="utf-8")
    assert any("unknown key 'titel'" in problem for problem in found(archive))


def test_links_and_anchors_must_lead_somewhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "a/one.html").write_text(
        '<p id="here"></p>\n<a href="two.html#there">x</a> <a href="#here">x</a>\n'
        '<a href="https://example.org/none">x</a> <a href="mailto:a@b.c">x</a>\n'
        '<a href="two.html#gone">x</a>\n<a href="three.html">x</a>\n<a href="../../out.html">x</a>'
    )
    (site / "a/two.html").write_text('<p id="there"></p><img src="none.png">')
    assert sorted(broken_links(site)) == [
        Problem("site/a/one.html", 4, "the link 'two.html#gone' leads to no anchor",
                "no element has id='gone'"),
        Problem("site/a/one.html", 5, "the link 'three.html' leads nowhere", "no such file"),
        Problem("site/a/one.html", 6, "the link '../../out.html' leaves the site"),
        Problem("site/a/two.html", 1, "the link 'none.png' leads nowhere", "no such file"),
    ]  # fmt: skip
