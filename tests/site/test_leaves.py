"""An issue shows the pages it has, and those that the numbers printed on them prove missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.site.content import PageContent
from broadsheet.site.pages import PageKind
from broadsheet.site.render import Renderer
from broadsheet.site.views import IssueView

Leaves = Callable[..., str]


@pytest.fixture
def leaves(
    project: Path, made: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> Leaves:
    """Build an issue of pages `folder` or `folder=label`; its leaves, a missing one in ()."""
    seen: list[str] = []
    real = Renderer.render

    def looking(self: Renderer, kind: PageKind, path: str, content: PageContent) -> bytes:
        if kind.name == "issue":
            assert isinstance(content.view, IssueView)
            pages = content.view.pages
            seen.extend(f"({page.label})" if page.missing else page.label for page in pages)
        return real(self, kind, path, content)

    monkeypatch.setattr(Renderer, "render", looking)

    def build(*pages: str) -> str:
        for page in pages:
            name, _, label = page.partition("=")
            folder = project / "content" / "2001-02-03" / name
            folder.mkdir(parents=True)
            (folder / "01-x.md").write_text("---\ntype: slogan\n---\n慢行\n", encoding="utf-8")
            if label:
                text = f"---\ntype: page\nlabel: {label}\n---\n"
                (folder / "_page.md").write_text(text, encoding="utf-8")
        made(project)
        return " ".join(seen)

    return build


def test_between_pages_that_are_there(leaves: Leaves) -> None:
    assert leaves("1=1", "2=2", "5=5") == "1 2 (3) (4) 5"


def test_before_the_first_that_is_there(leaves: Leaves) -> None:
    assert leaves("A03=A03") == "(A01) (A02) A03"


def test_each_part_of_the_paper_for_itself(leaves: Leaves) -> None:
    assert leaves("A01=A01", "A03=A03", "B2=B2") == "A01 (A02) A03 (B1) B2"


def test_pages_stand_as_a_reader_counts(leaves: Leaves) -> None:
    assert leaves("10=10", "9=9", "8=8", "1=1") == "1 (2) (3) (4) (5) (6) (7) 8 9 10"


def test_nothing_is_said_where_the_number_is_not_the_papers_own(leaves: Leaves) -> None:
    assert leaves("01", "05") == "01 05"


def test_nothing_is_said_where_pages_are_numbered_through_the_year(leaves: Leaves) -> None:
    assert leaves("341=341", "342=342") == "341 342"
