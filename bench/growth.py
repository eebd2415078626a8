"""How a build grows with the archive: seconds, memory and files for 1,000 to 1,000,000 pieces.

    python bench/growth.py OUT --size 1000 --size 10000          measure, and keep the results
    python bench/growth.py OUT --archive PATH                    the same of an archive of yours
    python bench/growth.py OUT --table                           the results as a table
    python bench/growth.py OUT --plot docs/pictures/growth.svg   and as a picture

For each size, on the files of bench/corpus.py: a build from nothing (cold), one where nothing
changed (same), one where a sentence was added to a piece (one), one with a further issue of 80
pieces (issue). Each is a whole process, as a person starts it. Memory is that of all processes of
the build together: what they share is counted once. A million pieces want 30 GB of disk, 4 million
files, and some minutes; they are left in OUT for a look, and are yours to remove.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import corpus
from bench.processes import broadsheet

CHECKOUT = Path(__file__).parent.parent
LOADS = ("cold", "same", "one", "issue")
RUNS = {"cold": 1, "same": 3, "one": 3, "issue": 3}  #: the median is kept
RESULTS = "growth.jsonl"


def build(root: Path, program: Path) -> dict[str, float]:
    built = broadsheet(program, root, "--quiet", "build")
    assert built.status == 0, f"the build of {root} ended with {built.status}"
    return {"seconds": built.seconds, "memory": built.memory, "worked": built.worked}


def dates(root: Path) -> list[str]:
    return sorted(entry.name for entry in os.scandir(root / "content") if entry.is_dir())


def change(root: Path, load: str, run: int) -> None:
    """Bring about what a load is about."""
    if load == "cold":
        _put_aside(root)
    if load == "one":
        known = dates(root)
        date = known[len(known) * (2 * run + 1) // 8]
        pieces = sorted((root / "content" / date / "3").iterdir())
        with pieces[run].open("a", encoding="utf-8") as file:
            file.write(f"\n更正：本文第{run}处略有改动。\n")
    if load == "issue":
        last = dates(root)[-1]
        following = str(datetime.date.fromisoformat(last) + datetime.timedelta(days=1))
        for file in sorted((root / "content" / last).rglob("*.md")):
            copy = root / "content" / following / file.relative_to(root / "content" / last)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text(encoding="utf-8").replace(last, following)
            copy.write_text(text, encoding="utf-8")


def site_size(root: Path) -> dict[str, Any]:
    """Files, bytes, and the largest page of lists."""
    files = size = 0
    largest, name = 0, ""
    waiting = [str(root / "site")]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir():
                waiting.append(entry.path)
                continue
            length = entry.stat().st_size
            files, size = files + 1, size + length
            if length > largest and entry.name.endswith((".html", ".xml")):
                largest, name = length, os.path.relpath(entry.path, root / "site")
    return {"files": files, "bytes": size, "largest": largest, "largest_page": name}


def _put_aside(root: Path) -> None:
    """Keep what an earlier build made: on ext4 files are slow to make where many were removed."""
    aside = root.parent / "aside"
    aside.mkdir(exist_ok=True)
    for name in ("site", ".broadsheet"):
        if (root / name).exists():
            (root / name).rename(aside / f"{root.name}-{time.time_ns()}-{name}")


def made_up(out: Path, size: int) -> Path:
    """The archive of so many pieces; what is missing of it is written."""
    root = out / str(size)
    (root / "content").mkdir(parents=True, exist_ok=True)
    (root / "broadsheet.yaml").write_text("base_url: https://example.org/archive/\n")
    for number in range(len(dates(root)), max(1, round(size / corpus.PIECES_AN_ISSUE))):
        corpus.write_issue(root / "content", number)
    return root


def measure(root: Path, name: str, program: Path, loads: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for load in loads:
        runs = []
        for run in range(RUNS[load]):
            change(root, load, run)
            time.sleep(1)
            runs.append(build(root, program))
        runs.sort(key=lambda one: one["seconds"])
        row = {"pieces": name, "load": load, **runs[len(runs) // 2], "runs": len(runs)}
        if load == "cold":
            row |= site_size(root)
        click.echo(json.dumps(row))
        found.append(row)
    return found


Rows = dict[str, dict[str, dict[str, Any]]]


def results(out: Path) -> Rows:
    """Size, or an archive's name -> load -> the newest row."""
    found: Rows = {}
    for line in (out / RESULTS).read_text().splitlines():
        row = json.loads(line)
        found.setdefault(row["pieces"], {})[row["load"]] = row
    return dict(sorted(found.items(), key=lambda row: (not row[0].isdecimal(), row[0].zfill(9))))


def table(rows: Rows) -> str:
    heads = ["pieces", "files", "site, MB", "largest page, KB", "cold, s", "processor, s",
             "no change, s", "one edit, s", "one issue, s", "memory cold, MB",
             "memory no change, MB"]  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|" + "---:|" * len(heads)]
    for size, loads in rows.items():
        cold = loads["cold"]
        name = f"{int(size):,}" if size.isdecimal() else size
        shown = [name, f"{cold['files']:,}", f"{cold['bytes'] / 1e6:,.0f}",
                 f"{cold['largest'] / 1e3:,.0f}", f"{cold['seconds']:,.1f}",
                 f"{cold['worked']:,.1f}"]  # fmt: skip
        shown += [f"{loads[load]['seconds']:.2f}" for load in LOADS[1:]]
        shown += [f"{loads[load]['memory'] / 1e6:,.0f}" for load in LOADS[:2]]
        lines.append("| " + " | ".join(shown) + " |")
    return "\n".join(lines)


#: The plot: decades are this far apart, the axes begin at 1,000 pieces and a tenth of a second.
STEP_X, STEP_Y, LEFT, TOP = 130, 56, 64, 24
NAMES = {"cold": "cold", "same": "no change", "one": "one edit", "issue": "one issue"}
STYLES = {"cold": "#a3281c", "same": "#555", "one": "#1f5f8b", "issue": "#2f7a3d"}


def plot(rows: Rows) -> str:
    """Seconds over pieces, both logarithmic, as SVG."""
    sizes = {int(size): loads for size, loads in rows.items() if size.isdecimal()}
    decades_x, decades_y = 3, 5  # 1,000 to 1,000,000 pieces; 0.1 s to 10,000 s
    width, height = LEFT + STEP_X * decades_x + 110, TOP + STEP_Y * decades_y + 44
    bottom = TOP + STEP_Y * decades_y

    def place(pieces: float, seconds: float) -> tuple[float, float]:
        return (LEFT + STEP_X * (math.log10(pieces) - 3),
                bottom - STEP_Y * (math.log10(seconds) + 1))  # fmt: skip

    drawn: list[str] = []
    for n in range(decades_y + 1):
        x, y = place(1000, 10.0 ** (n - 1))
        drawn.append(f'<path d="M{x:g} {y:g}h{STEP_X * decades_x}" stroke="#ddd"/>')
        drawn.append(
            f'<text x="{x - 8:g}" y="{y + 4:g}" text-anchor="end">{10.0 ** (n - 1):g} s</text>'
        )
    for n in range(decades_x + 1):
        x, y = place(10.0 ** (n + 3), 0.1)
        drawn.append(
            f'<text x="{x:g}" y="{y + 20:g}" text-anchor="middle">{10 ** (n + 3):,}</text>'
        )
    ended = -math.inf
    for load in sorted(LOADS, key=lambda load: -sizes[max(sizes)][load]["seconds"]):
        points = [place(size, loads[load]["seconds"]) for size, loads in sizes.items()]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
        ended = max(points[-1][1] + 4, ended + 14)  # names do not stand on one another
        drawn.append(
            f'<g fill="{STYLES[load]}"><polyline points="{line}" fill="none" '
            f'stroke="{STYLES[load]}" stroke-width="2"/>{dots}'
            f'<text x="{points[-1][0] + 10:.1f}" y="{ended:.1f}">{NAMES[load]}</text></g>'
        )
    body = "\n".join(drawn)
    title = "Seconds of a build over the number of pieces, both logarithmic"
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            f'font-family="sans-serif" font-size="12"><title>{title}</title>'
            f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n')  # fmt: skip


@click.command(help=__doc__)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--size", "sizes", type=int, multiple=True)
@click.option("--archive", "archives", type=click.Path(exists=True, path_type=Path), multiple=True)
@click.option("--load", "loads", type=click.Choice(LOADS), multiple=True)
@click.option("--program", type=click.Path(path_type=Path), default=CHECKOUT)
@click.option("--table", "as_table", is_flag=True)
@click.option("--plot", "picture", type=click.Path(path_type=Path))
def main(
    out: Path,
    sizes: tuple[int, ...],
    archives: tuple[Path, ...],
    loads: tuple[str, ...],
    program: Path,
    as_table: bool,
    picture: Path | None,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    wanted = [(made_up(out, size), str(size)) for size in sizes]
    wanted += [(archive, archive.name) for archive in archives]
    for root, name in wanted:
        with (out / RESULTS).open("a") as file:
            for row in measure(root, name, program, loads or LOADS):
                file.write(json.dumps(row) + "\n")
    if as_table:
        click.echo(table(results(out)))
    if picture is not None:
        picture.write_text(plot(results(out)), encoding="utf-8")


if __name__ == "__main__":
    main()
