"""`check` finds what is wrong with content, links and the text of the sources."""

from __future__ import annotations

import shutil
import tempfile
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.check import check
from broadsheet.check.links import UNUSUAL, Links, broken_links, folders, links_of, parse
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
    assert sorted(chain.from_iterable(map(broken_links, folders(site)))) == [
        Problem("site/a/one.html", 4, "the link 'two.html#gone' leads to no anchor",
                "no element has id='gone'"),
        Problem("site/a/one.html", 5, "the link 'three.html' leads nowhere", "no such file"),
        Problem("site/a/one.html", 6, "the link '../../out.html' leaves the site"),
        Problem("site/a/two.html", 1, "the link 'none.png' leads nowhere", "no such file"),
    ]  # fmt: skip


def as_the_parser_sees(page: Path) -> Links:
    parsed = parse(page.read_text(encoding="utf-8"))
    return Links(frozenset(parsed.ids), tuple(parsed.links), parsed.based)


ATTRIBUTES = st.sampled_from(
    [' id="a"', ' href="b.html"', ' src="c.png?x=1&amp;y=2"', " id='d'", " href=e", ' ID="f"',
     ' title="a > b"', ' alt=\'say "id"\'', ' src = "g"', " hidden", "\nhref=\"h\"", ' data-id="i"',
     ' href=""']
)  # fmt: skip
TEXT = st.sampled_from(
    ["文", ' id="no"', " href=no.html ", "a > b", '&lt;a href="no"&gt;', '="', '"', " src='no'"]
)
TAGS = st.builds("<{}{}>".format, st.sampled_from("ap"), st.lists(ATTRIBUTES).map("".join))
OTHER = st.sampled_from(
    ["</a>", "</p>", '<!-- <a href="no"> -->', '<script>{"a": "\\u003c id=\\"no"}</script>',
     '<base href="../">', "<br>"]
)  # fmt: skip


@given(st.lists(st.one_of(TAGS, TEXT, OTHER)).map("".join))
def test_the_quick_look_at_a_page_sees_what_the_parser_sees(html: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(html)
        file.flush()
        path = Path(file.name)
        seen, known = links_of(file.name), as_the_parser_sees(path)
        assert (seen.ids, set(seen.links), seen.based) == (known.ids, set(known.links), known.based)


def test_the_quick_look_is_enough_for_the_pages_of_a_site(archive: Path) -> None:
    build(archive, load(archive), jobs=1)
    pages = list((archive / "site").rglob("*.html"))
    unusual = [page for page in pages if UNUSUAL.search(page.read_text(encoding="utf-8"))]
    assert unusual == []
    for page in pages:
        seen, known = links_of(str(page)), as_the_parser_sees(page)
        assert (seen.ids, set(seen.links)) == (known.ids, set(known.links))


def test_a_source_whose_pieces_stand_in_two_issues_is_whole(archive: Path) -> None:
    text = (archive / PIECE).read_text(encoding="utf-8")
    (archive / PIECE).unlink()
    moved = archive / "content/2024-03-02/01/09-xinqiao-tongche.md"
    moved.write_text(text.replace("date: 2024-03-01\npage: A02", "date: 2024-03-02\npage: '01'"))
    assert not [problem for problem in found(archive) if "lost" in problem]
    moved.unlink()
    assert [problem for problem in found(archive) if "lost" in problem]


def test_over_several_processes_the_same_is_found(archive: Path) -> None:
    issue = archive / "content/2024-03-01"
    for day in range(1, 31):
        for month in ("07", "08"):
            shutil.copytree(issue, archive / f"content/2024-{month}-{day:02d}")
    text = (archive / PIECE).read_text(encoding="utf-8")
    (archive / PIECE).write_text(text.replace("未有延误", "没有延误"), encoding="utf-8")
    assert check(archive, load(archive), jobs=2) == check(archive, load(archive), jobs=1) != []
