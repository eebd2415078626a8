"""Content files: named, marked, replaced only while nobody has edited them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import frontmatter
from broadsheet.convert.writer import (
    PAGE_FILE,
    ContentFile,
    Written,
    content_file,
    is_untouched,
    piece_name,
    write_page,
)
from broadsheet.piece import Article, NewspaperPage, Obituary, Person, Piece, Slogan

SOURCE = "sources/2024-05-01/A1.txt"


def piece(name: str, lines: str, body: str) -> ContentFile:
    return content_file(name, Article(title="题", source=SOURCE, lines=lines), body)


ONE = piece("01-yi.md", "1-4", "第一篇。")
TWO = piece("02-er.md", "6-9", "第二篇。")
PAGE = content_file(PAGE_FILE, NewspaperPage(source=SOURCE, lines="11"), "第5版")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content" / "2024-05-01" / "A1"


def write(folder: Path, *files: ContentFile, **how: bool) -> Written:
    return write_page(folder, files, folder.parents[2], source=SOURCE, **how)


def edit(folder: Path, name: str, old: str, new: str) -> str:
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return path.read_text("utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_first_time_everything_is_written(folder: Path) -> None:
    written = write(folder, PAGE, ONE, TWO)
    assert names(folder) == [ONE.name, TWO.name, PAGE_FILE]
    assert written.written == tuple(
        f"content/2024-05-01/A1/{name}" for name in (PAGE_FILE, ONE.name, TWO.name)
    )


def test_again_nothing_is_written(folder: Path) -> None:
    write(folder, PAGE, ONE, TWO)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    written = write(folder, PAGE, ONE, TWO)
    assert (written.written, written.removed, written.kept) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_other_line_ends_are_no_edit(folder: Path) -> None:
    write(folder, ONE)
    path = folder / ONE.name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert write(folder, ONE).written == ()
    assert write(folder, piece(ONE.name, "1-4", "更好。")).written


def test_a_better_conversion_replaces_what_is_untouched(folder: Path) -> None:
    write(folder, ONE, TWO)
    renamed = piece("01-xin.md", "1-4", "第一篇。")
    written = write(folder, renamed, TWO)
    assert names(folder) == ["01-xin.md", TWO.name]
    assert written.removed == (f"content/2024-05-01/A1/{ONE.name}",)


def test_an_edited_file_is_kept_and_shown(folder: Path) -> None:
    write(folder, ONE, TWO)
    edited = edit(folder, ONE.name, "第一篇。", "第一篇（已校）。")
    written = write(folder, ONE, TWO)
    assert (folder / ONE.name).read_text("utf-8") == edited
    (kept,) = written.kept
    assert kept.file.endswith(ONE.name)
    assert "-第一篇（已校）。" in kept.diff
    assert "+第一篇。" in kept.diff


def test_an_edited_file_stands_for_the_piece_that_is_now_called_otherwise(folder: Path) -> None:
    write(folder, ONE, TWO)
    edit(folder, TWO.name, "第二篇。", "第二篇（已校）。")
    written = write(folder, ONE, piece("02-jiu.md", "6-10", "第二篇，多一行。"))
    assert names(folder) == [ONE.name, TWO.name]
    assert [kept.file.rpartition("/")[2] for kept in written.kept] == [TWO.name]


def test_an_edited_file_of_another_source_claims_nothing(folder: Path) -> None:
    write(folder, ONE)
    edit(folder, ONE.name, "A1.txt", "B9.txt")
    write(folder, piece("01-xin.md", "1-4", "第一篇。"))
    assert names(folder) == ["01-xin.md", ONE.name]


def test_overwrite_takes_edited_files_but_not_a_persons_own(folder: Path) -> None:
    write(folder, ONE, TWO)
    edit(folder, ONE.name, "第一篇。", "改。")
    own = folder / "05-mine.md"
    own.write_text("---\ntype: slogan\n---\n\n自己写的\n", "utf-8")
    written = write(folder, ONE, overwrite=True)
    assert names(folder) == [ONE.name, "05-mine.md"]
    assert "第一篇。" in (folder / ONE.name).read_text("utf-8")
    assert [kept.file.rpartition("/")[2] for kept in written.kept] == ["05-mine.md"]


def test_a_dry_run_tells_and_writes_nothing(folder: Path) -> None:
    assert len(write(folder, ONE, TWO, dry_run=True).written) == 2
    assert not folder.exists()


def test_a_file_with_broken_front_matter_is_a_persons(folder: Path) -> None:
    write(folder, ONE)
    edit(folder, ONE.name, "lines:", "lines: [")
    assert write(folder, ONE).kept


def test_a_conversion_cut_off_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, ONE, TWO)
    better = [piece("01-a.md", "1-4", "甲。"), piece("02-b.md", "6-9", "乙。")]
    renames = 0
    rename = Path.replace

    def killed(self: Path, target: Path) -> Path:
        nonlocal renames
        renames += 1
        if renames == 2:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write(folder, *better)
    monkeypatch.undo()
    whole = [p.read_text("utf-8") for p in folder.glob("*.md")]
    assert all(is_untouched(text) for text in whole)
    assert any("第二篇。" in text for text in whole), "what was not yet replaced is still there"
    write(folder, *better)
    assert names(folder) == ["01-a.md", "02-b.md"]


@given(st.text("abc: \n-甲乙'\"#", max_size=60), st.text("abc甲: -\n", max_size=60))
def test_a_written_file_is_untouched_until_it_is_edited(title: str, body: str) -> None:
    file = content_file("a.md", Article(title=title), f"converted: no\n{body}")
    assert is_untouched(file.text)
    assert not is_untouched(file.text + "x")
    assert not is_untouched(file.text.replace("type: article", "type: notice"))
    parts = frontmatter.split(file.text)
    assert parts is not None
    assert frontmatter.parse_yaml(parts[0], "a.md").get("title", "") == title


@pytest.mark.parametrize(
    ("value", "text", "name"),
    [
        (Article(title="美特使无功而返"), "正文", "03-mei-teshi-wugongerfan.md"),
        (Article(), "比奥缺席此次外长会", "03-biao-quexi-cici-waizhang-hui.md"),
        (Obituary(title="讣告", person=Person(name="梁双金")), "吾祖母", "03-liangshuangjin.md"),
        (Slogan(), "文明健康 有你有我", "03-wenming-jiankang-you-ni-you-wo.md"),
        (Article(title="——"), "！！", "03.md"),
        (Article(title="Tea & Café"), "", "03-tea-cafe.md"),
    ],
)
def test_a_piece_is_named_in_ascii(value: Piece, text: str, name: str) -> None:
    assert piece_name(3, value, text) == name
