"""Two at once: the second is told, or waits its turn; what they make is never mixed."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path

import pytest
from kills import assert_made_good, reread, small_archive

from broadsheet.archive.lock import locked
from broadsheet.config import load
from broadsheet.convert.run import convert_sources
from broadsheet.preview.refresh import Refresher
from broadsheet.problems import Problem


def begin(root: Path, *command: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "broadsheet", "-C", str(root), "-q", *command]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class NoPages:
    """No browser is open."""

    def show(self, problems: list[Problem]) -> None:
        pass

    def reload(self, changed: Collection[str]) -> None:
        pass

    def reload_search(self) -> None:
        pass


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path / "archive")


def test_all_at_once(archive: Path) -> None:
    """Two builds and two conversions: each is done, or told of another."""
    reread(archive)
    works = [begin(archive, *line) for line in (("build",), ("convert", "--overwrite")) * 2]
    for work in works:
        _, said = work.communicate(timeout=60)
        assert work.returncode in (0, 1), said
        if work.returncode:
            assert re.fullmatch(
                r"(build|conversion): another (build|conversion|process) is at work "
                r"\(process (\d+|unknown)\) \(wait until it is done\)\n",
                said,
            )
    assert any(work.returncode == 0 for work in works)
    assert_made_good(archive, ("convert",))


@pytest.mark.parametrize("command", ["build", "convert", "publish"])
def test_the_second_is_told_what_the_first_does(archive: Path, command: str) -> None:
    with locked(archive, "conversion"):
        work = begin(archive, command)
        _, said = work.communicate(timeout=60)
    assert work.returncode == 1
    assert re.search(r": another conversion is at work \(process \d+\)", said)


def test_the_preview_waits_its_turn(archive: Path) -> None:
    said: list[str] = []
    refresher = Refresher(archive, said.append, threading.Event())
    page = archive / "content" / "2024-05-09" / "A01" / "01-ferry.md"
    page.write_text(page.read_text(encoding="utf-8").replace("正文", "新文"), encoding="utf-8")
    with locked(archive, "conversion"):
        work = threading.Thread(target=refresher.refresh, args=(None, NoPages()))
        work.start()
        work.join(timeout=1)
        assert work.is_alive()
    work.join()
    assert refresher.problems == []
    shown = archive / "site" / "2024-05-09" / "A01" / "01-ferry.html"
    assert "新文" in shown.read_text(encoding="utf-8")


def test_a_conversion_while_the_preview_runs(archive: Path) -> None:
    preview = begin(archive, "serve", "--port", "0")
    try:
        for nth in range(2):
            source = archive / "sources" / "2024-05-08" / "01.txt"
            text = re.sub(r"第?\d*\n\Z", f"第{nth}\n", source.read_text(encoding="utf-8"))
            source.write_text(text, encoding="utf-8")
            done = begin(archive, "convert")
            done.communicate(timeout=60)
            assert done.returncode in (0, 1)
            time.sleep(0.2)
    finally:
        preview.kill()
        preview.communicate()
    convert_sources(archive, load(archive), jobs=1)
    assert_made_good(archive, ("convert",))
