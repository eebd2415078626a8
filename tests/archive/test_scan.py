"""Which issues changed: by size, time and inode first, by digest where those differ."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from broadsheet.archive import scan
from broadsheet.archive.reader import read_issue
from broadsheet.archive.store import Store
from broadsheet.problems import Problems

DATE = "2025-01-01"
TEXT = "---\ntype: slogan\nsource: sources/x.txt\n---\n\n一句标语\n"
LONG_AGO = (1_000_000_000, 1_000_000_000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / f"content/{DATE}/A01").mkdir(parents=True)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/x.txt").write_text("一句标语\n", encoding="utf-8")
    piece = tmp_path / f"content/{DATE}/A01/01-x.md"
    piece.write_text(TEXT, encoding="utf-8")
    for path in (piece, tmp_path / "sources/x.txt"):
        os.utime(path, LONG_AGO)
    return tmp_path


def changes(root: Path, *, everything: bool = False, verify: bool = False) -> list[str]:
    """The issues that changed since this was last asked."""
    with Store(root / "store.sqlite") as store:
        found = []
        for change in scan.find_changes(root, store, everything=everything, verify=verify):
            found.append(change.date)
            if not change.files:
                store.drop_issue(change.date)
                continue
            reading = read_issue(root, change.date, change.files)
            assert not reading.problems
            sources = tuple(f for f in reading.digests if not f.startswith("content/"))
            stamps = scan.stamp_sources(root, change.stamps, sources)
            store.put_issue(change.date, stamps, reading.digests, (), ())
        store.commit()
        return found


def test_nothing_has_changed_when_nothing_did(root: Path) -> None:
    assert changes(root) == [DATE]
    assert changes(root) == []
    assert changes(root, everything=True) == [DATE]


@pytest.mark.parametrize("file", [f"content/{DATE}/A01/01-x.md", "sources/x.txt"])
def test_other_bytes_are_a_change_and_other_times_are_none(root: Path, file: str) -> None:
    changes(root)
    os.utime(root / file, (2_000_000_000, 2_000_000_000))
    assert changes(root) == []
    text = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(text + "又一句\n", encoding="utf-8")
    assert changes(root) == [DATE]
    assert changes(root) == []


def test_a_file_that_is_new_or_gone_is_a_change(root: Path) -> None:
    changes(root)
    other = root / f"content/{DATE}/A01/02-y.md"
    other.write_text(TEXT, encoding="utf-8")
    assert changes(root) == [DATE]
    other.unlink()
    assert changes(root) == [DATE]


def test_an_issue_that_is_gone_has_no_files(root: Path) -> None:
    changes(root)
    (root / f"content/{DATE}/A01/01-x.md").unlink()
    assert changes(root) == [DATE]
    assert changes(root) == []


def test_only_digests_tell_bytes_that_changed_under_the_same_stamp(root: Path) -> None:
    changes(root)
    piece = root / f"content/{DATE}/A01/01-x.md"
    with piece.open("r+b") as file:
        file.write(TEXT.replace("一句", "两句").encode())
    os.utime(piece, LONG_AGO)
    assert changes(root) == []
    assert changes(root, verify=True) == [DATE]


def test_a_file_written_while_it_is_looked_at_is_not_trusted(root: Path) -> None:
    """Within one step of the clock a file may change twice and keep its time."""
    piece = root / f"content/{DATE}/A01/01-x.md"
    just_now = (time.time_ns(), time.time_ns() + 60_000_000_000)
    os.utime(piece, ns=just_now)
    changes(root)
    with piece.open("r+b") as file:
        file.write(TEXT.replace("一句", "两句").encode())
    os.utime(piece, ns=just_now)
    assert changes(root) == [DATE]


def test_hidden_files_and_backups_are_not_looked_at(root: Path) -> None:
    changes(root)
    for name in (".01-x.md.swp", "01-x.md~"):
        (root / f"content/{DATE}/A01" / name).write_text("x")
    assert changes(root) == []


def test_a_folder_must_be_a_date(root: Path) -> None:
    (root / "content/2025-1-1").mkdir()
    with pytest.raises(Problems, match="content/2025-1-1: not a date"):
        changes(root)
