"""From a save to the new page in the browser: how long a person waits for the preview.

    python bench/preview.py [--issues 125] [--saves 10] [--archive FOLDER]

125 issues of corpus.py are 10,000 pieces, 1,250 are 100,000. One piece in the middle of the
archive is open in Chromium; a sentence of it is changed, saved and waited for. Each save is timed
from before the file is written until the page shows the sentence, and until the whole build, with
the search index, is done; the medians are told, beside those of a style sheet. `--archive` keeps
what was made, for the next time. Seconds mean something only on a machine that does nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
STYLE = "templates/assets/bench.css"
OUTLINE = "getComputedStyle(document.body).outlineWidth"


class Preview:
    """A running `serve`, and what it says."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "broadsheet", "-C", str(root), "serve", "--port", "0"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        self.url = self.wait_for(r"Open (http\S+)").group(1)

    def wait_for(self, pattern: str) -> re.Match[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(pattern, line):
                return found
        raise click.ClickException(f"the preview ended before it said {pattern!r}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise click.ClickException("Chromium is not installed")


def save(path: Path, text: str) -> None:
    """As editors do: a new file in the place of the old one."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def times_of_saves(preview: Preview, page: Page, piece: Path, saves: int) -> list[list[float]]:
    """[until the page is new, until the build is done] of each save."""
    text = piece.read_text(encoding="utf-8")
    times = []
    for number in range(saves):
        words = f"第{number}次修改于{time.time_ns()}。"
        started = time.perf_counter()
        save(piece, f"{text.rstrip()}\n\n{words}\n")
        page.get_by_text(words).wait_for(state="attached")
        seen = time.perf_counter()
        preview.wait_for("pages written")
        times.append([seen - started, time.perf_counter() - started])
        time.sleep(0.3)
    save(piece, text)
    preview.wait_for("pages written")
    return times


def times_of_styles(preview: Preview, page: Page, root: Path, saves: int) -> list[list[float]]:
    """The same for a style sheet, which must not reload the page."""
    page.evaluate("window.stays = true")
    times = []
    for number in range(saves):
        started = time.perf_counter()
        save(root / STYLE, f"body{{outline:{number + 11}px solid}}")
        while page.evaluate(OUTLINE) != f"{number + 11}px":
            time.sleep(0.005)
        seen = time.perf_counter()
        preview.wait_for("pages written")
        times.append([seen - started, time.perf_counter() - started])
        time.sleep(0.3)
    assert page.evaluate("window.stays"), "a style sheet reloaded the page"
    return times


def prepare(root: Path, issues: int) -> Path:
    """Make the archive, unless it is there, and build it; the piece in its middle."""
    if not (root / "content").is_dir():
        corpus = [sys.executable, str(HERE / "corpus.py"), str(root / "content")]
        subprocess.run([*corpus, "--issues", str(issues)], check=True, stdout=subprocess.DEVNULL)
        base = root / "templates/base.html"
        base.parent.mkdir()
        base.write_text(
            '{% extends "default/base.html" %}{% block styles %}{{ super() }}'
            '<link rel="stylesheet" href="{{ page.root }}assets/bench.css">{% endblock %}'
        )
        (root / STYLE).parent.mkdir()
        (root / STYLE).write_text("")
        subprocess.run([sys.executable, "-m", "broadsheet", "-C", str(root), "build"], check=True)
    pieces = sorted(root.glob("content/*/*/[0-9]*.md"))
    middle = pieces[len(pieces) // 2 :]
    return next(path for path in middle if "type: article" in path.read_text(encoding="utf-8"))


def tell(what: str, times: list[list[float]]) -> None:
    page, build = (statistics.median(column) for column in zip(*times, strict=True))
    slowest = max(row[0] for row in times)
    click.echo(f"{what}: page {page:.2f} s (slowest {slowest:.2f} s), build done {build:.2f} s")


@click.command(help=__doc__)
@click.option("--issues", default=125, show_default=True)
@click.option("--saves", default=10, show_default=True)
@click.option("--archive", type=click.Path(path_type=Path), help="Make the archive here; keep it.")
def main(issues: int, saves: int, archive: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = archive or Path(folder)
        piece = prepare(root, issues)
        preview = Preview(root)
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        page = browser.new_page()
        address = piece.relative_to(root / "content").with_suffix(".html").as_posix()
        page.goto(preview.url + address)
        page.wait_for_timeout(500)
        tell("a piece", times_of_saves(preview, page, piece, saves))
        tell("a style sheet", times_of_styles(preview, page, root, saves))
        browser.close()
        preview.stop()


if __name__ == "__main__":
    main()
