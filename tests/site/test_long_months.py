"""A month's page of a section does not grow without end: each day shows its share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.site import section_pages


def build(project: Path, days: dict[int, int], made: Callable[[Path], object]) -> str:
    """Build an archive with so many pieces on each day; the page of their month."""
    for day, pieces in days.items():
        folder = project / "content" / f"2001-02-{day:02}" / "1"
        folder.mkdir(parents=True)
        for n in range(1, pieces + 1):
            text = f"---\ntype: article\ntitle: 第{n}条\nsection: 本埠\n---\n慢行\n"
            (folder / f"{n:02}-x.md").write_text(text, encoding="utf-8")
    made(project)
    return next((project / "site" / "section").glob("*/2001-02.html")).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section_pages, "MOST", 6)
    monkeypatch.setattr(section_pages, "FEW", 2)


def test_a_short_month_is_shown_whole(project: Path, made: Callable[[Path], object]) -> None:
    page = build(project, {1: 5, 2: 1}, made)
    assert page.count("data-piece") == 6
    assert "见本日全报" not in page


def test_of_a_long_month_each_day_has_its_share_and_the_way_to_the_rest(
    project: Path, made: Callable[[Path], object]
) -> None:
    page = build(project, {1: 9, 2: 1}, made)
    assert page.count("data-piece") == 4
    assert '<li class="more"><a href="../../2001-02-01/index.html">余6件见本日全报</a>' in page
