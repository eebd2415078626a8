"""A whole archive in one go: sources of pages converted, built and checked, with the memory taken.

    python bench/whole_archive.py PAGES OUT --pages 12000

PAGES is a folder with texts of newspaper pages (`*.txt`). They are taken in turn, each time with
one Chinese character in fifty exchanged, so that no two pages of the archive are alike: eight pages
an issue, an issue a day. OUT is where the archive is made. What `convert`, `build` and `check` have
to say is written to OUT as `convert.log`, `build.log` and `check.log`.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.archive import changed
from bench.processes import Measured, broadsheet

CHECKOUT = Path(__file__).parent.parent
START = datetime.date(1950, 1, 1)
PAGES_AN_ISSUE = 8


def put(root: Path, number: int, text: str) -> None:
    day = START + datetime.timedelta(days=number // PAGES_AN_ISSUE)
    file = root / "sources" / str(day) / f"{number % PAGES_AN_ISSUE + 1:02d}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def row(command: str, measured: Measured) -> str:
    return (
        f"| {command} | {measured.status} | {measured.seconds:,.0f} | {measured.worked:,.0f} "
        f"| {measured.memory / 1e6:,.0f} |"
    )


@click.command(help=__doc__)
@click.argument("pages", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pages", "count", default=12_000, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def main(pages: Path, out: Path, count: int, jobs: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(pages.glob("*.txt"))]
    for number in range(count):
        put(out, number, changed(texts[number % len(texts)], number))
    (out / "broadsheet.yaml").write_text("title: 全部\nlanguage: zh-Hans\n", encoding="utf-8")
    rows = []
    for command in (("convert", "--jobs", str(jobs)), ("build", "--jobs", str(jobs)), ("check",)):
        name = command[0]
        rows.append(row(name, broadsheet(CHECKOUT, out, *command, log=out / f"{name}.log")))
    pieces = sum(not path.name.startswith("_") for path in (out / "content").glob("*/*/*.md"))
    click.echo(f"{count:,} pages, {pieces:,} pieces\n")
    click.echo("| command | exit code | seconds | processor, s | memory, MB |")
    click.echo("|---|---:|---:|---:|---:|")
    click.echo("\n".join(rows))


if __name__ == "__main__":
    main()
