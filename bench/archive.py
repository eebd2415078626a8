"""How fast whole archives are converted: pages a second, and one page of a megabyte.

    python bench/archive.py [--pages 200] [--jobs 2]

The pages are the real one of this archive, with a few characters changed so that no two are alike.
The page of a megabyte is as many of them in one file. Pages a second mean something only on a
machine that does nothing else.
"""

from __future__ import annotations

import random
import resource
import tempfile
import time
from pathlib import Path

import click

from broadsheet.config import Config
from broadsheet.convert.run import convert_sources

PAGE = Path(__file__).parent.parent / "sources" / "2025-12-05" / "01.txt"
MEGABYTE = 1_000_000


def changed(text: str, seed: int) -> str:
    """`text` with one Chinese character in fifty replaced by another of the page."""
    chance = random.Random(seed)
    letters = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    return "".join(
        chance.choice(letters) if "\u4e00" <= c <= "\u9fff" and chance.random() < 0.02 else c
        for c in text
    )


def convert(root: Path, jobs: int) -> tuple[float, float]:
    """Convert the archive; returns the seconds that passed, and those that processors worked."""
    started, worked = time.perf_counter(), processor_seconds()
    report = convert_sources(root, Config(), overwrite=False, dry_run=False, jobs=jobs)
    assert not report.problems, report.problems
    return time.perf_counter() - started, processor_seconds() - worked


def processor_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, who))


def put(root: Path, number: int, text: str) -> None:
    folder = root / "sources" / f"2024-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number:04d}.txt").write_text(text, "utf-8")


@click.command(help=__doc__)
@click.option("--pages", default=200, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def main(pages: int, jobs: int) -> None:
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(pages):
            put(root, number, changed(text, number))
        for told in ("first", "again, nothing to write"):
            seconds, worked = convert(root, jobs)
            rate, each = pages / seconds, 1000 * worked / pages
            click.echo(f"{told}: {rate:.1f} pages/s, {each:.0f} ms of a processor for each")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copies = MEGABYTE // len(text.encode()) + 1
        large = "\n\n".join(changed(text, number) for number in range(copies))
        put(root, 0, large)
        seconds, worked = convert(root, 1)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = len(large.encode()) / 1000
        click.echo(
            f"one page of {size:.0f} kB: {seconds:.1f} s ({worked:.1f} s worked), {memory} MB"
        )


if __name__ == "__main__":
    main()
