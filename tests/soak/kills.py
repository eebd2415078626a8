"""Killed at any moment: what comes after goes on, and nothing is lost or half-written.

    python tests/soak/kills.py --kills 300

Builds, conversions and publications of a small archive run in a process of their own, which is
killed (SIGKILL) at every call that changes the file system in turn, and at random times. After
each kill every content file is whole, the same command run again succeeds, and the site equals a
clean one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from any_change import differences, piece, read_site

from broadsheet.archive import scan
from broadsheet.archive.reader import read_issue
from broadsheet.check import check
from broadsheet.config import load
from broadsheet.convert.run import convert_sources
from broadsheet.site.build import build

#: Runs a command line of broadsheet in a world where something goes wrong. `die`: killed, as by
#: SIGKILL, before the nth change that it makes to the file system. `full`: no change succeeds from
#: the nth on, as on a full disk. `deny`, `vanish`: what has the given text in its path may not be
#: read, or is gone when it is. Says how many changes there were when it ends alive.
DISTURBED = """
import errno, os, sys
mode, at, root = sys.argv[1:4]
count = 0
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def changes(event, arguments):
    if event == "open":
        path, _, flags = arguments
        return bool(flags & WRITES) and isinstance(path, str) and path.startswith(root)
    return event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.copyfile")
def watch(event, arguments):
    global count, mode
    if event in ("open", "os.scandir", "os.listdir") and mode in ("deny", "vanish"):
        if at in str(arguments[0]):
            if mode == "deny":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), arguments[0])
            mode = "vanished"
            os.remove(arguments[0])
    if not changes(event, arguments):
        return
    count += 1
    if mode == "die" and count == int(at):
        os.kill(os.getpid(), 9)
    if mode == "full" and count >= int(at):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
sys.addaudithook(watch)
from broadsheet.cli import main
try:
    main(sys.argv[4:])
finally:
    print("changes", count, flush=True)
"""

PAGE = """\
新桥昨日通车

本报讯 昨日上午，新桥正式通

爱护公物 人人有责

车，两岸居民步行过桥。{words}

市集改期

东门市集明日起改在{words}开市。
"""


def small_archive(root: Path) -> Path:
    """Two sources with their content, and content of its own; nothing is built."""
    for day, words in (("2024-05-07", "城北"), ("2024-05-08", "城南")):
        source = root / "sources" / day / "01.txt"
        source.parent.mkdir(parents=True)
        source.write_text(PAGE.format(words=words), encoding="utf-8")
    (root / "broadsheet.yaml").write_text("title: 河口报存档\n", encoding="utf-8")
    target = root / "content" / "2024-05-09" / "A01" / "01-ferry.md"
    target.parent.mkdir(parents=True)
    target.write_text(piece("obituary", "讣告", "", "沈伯安", "一段正文。", "2024-05-08"), "utf-8")
    convert_sources(root, load(root), jobs=1)
    return root


def said(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "broadsheet", "-C", str(root), "-q", *command],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def disturbed(
    root: Path, mode: str, at: int | str, *command: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, disturbed as DISTURBED says."""
    arguments = [mode, str(at), str(root), "-C", str(root), "-q", *command]
    return subprocess.run(
        [sys.executable, "-c", DISTURBED, *arguments], capture_output=True, text=True, check=False
    )


def changes_of(prepare: Callable[[Path], None], top: Path, *command: str) -> int:
    """How many changes of the file system a command makes when nothing disturbs it."""
    root = small_archive(top / "counted")
    prepare(root)
    done = disturbed(root, "die", -1, *command)
    shutil.rmtree(root)
    return int(done.stdout.split()[-1])


def edit(root: Path) -> None:
    """Build, then change, add and remove pieces: work for an incremental build."""
    build(root, load(root), jobs=1)
    first = next((root / "content").glob("2024-05-08/01/01-*.md"))
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("\nlines:", "\ntags: [桥]\nlines:"), encoding="utf-8")
    shutil.rmtree(root / "content" / "2024-05-09")
    added = root / "content" / "2025-01-02" / "A01" / "01-market.md"
    added.parent.mkdir(parents=True)
    added.write_text(piece("article", "市集", "本埠", "安娜", "一段。", "2025-01-02"), "utf-8")


def reread(root: Path) -> None:
    """A source is corrected: work for a conversion that writes, renames and removes."""
    source = root / "sources" / "2024-05-08" / "01.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("市集改期", "夜市开张").replace("爱护", "珍惜"), encoding="utf-8"
    )


def publishable(root: Path) -> None:
    """A built site in a repository with a remote."""
    build(root, load(root), jobs=1)
    for line in (
        ["init", "-q", "-b", "main"],
        ["config", "user.email", "keeper@example.org"],
        ["config", "user.name", "keeper"],
        ["init", "-q", "--bare", str(root.with_suffix(".git"))],
        ["remote", "add", "origin", str(root.with_suffix(".git"))],
    ):
        subprocess.run(["git", *line], cwd=root, check=True)


#: What is killed: its preparation, and the command.
WORKS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "build": (lambda root: None, ("build", "--jobs", "1")),
    "rebuild": (edit, ("build", "--jobs", "1")),
    "convert": (reread, ("convert", "--jobs", "1")),
    "publish": (publishable, ("publish",)),
}


def assert_made_good(root: Path, command: tuple[str, ...]) -> None:
    """After a kill or fault: content is whole, the command succeeds, the site is a clean one's."""
    assert_whole(root)
    again = said(root, *command)
    assert again.returncode == 0, again.stderr
    assert_whole(root)
    build(root, load(root), jobs=1)
    clean = root.with_name("clean")
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns("site", ".broadsheet", ".git"))
    build(clean, load(clean), jobs=1)
    different = differences(read_site(root), read_site(clean))
    assert different == [], f"not as a clean build makes them: {different[:9]}"
    assert not (root / ".broadsheet" / "staging").exists()
    assert check(clean, load(clean)) == []


def assert_whole(root: Path) -> None:
    """Every content file can be read, and of each page all is there."""
    for date in scan.issue_folders(root):
        reading = read_issue(root, date, scan.issue_files(root, date))
        assert reading.problems == (), reading.problems


def kill_at(top: Path, work: str, nth: int) -> None:
    """Die at the nth change of a file."""
    prepare, command = WORKS[work]
    root = small_archive(top / "killed")
    prepare(root)
    ended = disturbed(root, "die", nth, *command)
    assert ended.returncode in (-signal.SIGKILL, 0), ended.stderr
    assert_made_good(root, command)


def kill_after(top: Path, work: str, seconds: float) -> bool:
    """Die after some time; whether it was still at work."""
    prepare, command = WORKS[work]
    root = small_archive(top / "killed")
    prepare(root)
    line = [sys.executable, "-m", "broadsheet", "-C", str(root), "-q", *command]
    running = subprocess.Popen(line, start_new_session=True)
    time.sleep(seconds)
    alive = running.poll() is None
    if alive:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert_made_good(root, command)
    return alive


def moments(kills: int, top: Path) -> Iterator[tuple[str, int]]:
    """Spread over all changes that each kind of work makes."""
    each = kills // len(WORKS)
    for work, (prepare, command) in WORKS.items():
        last = changes_of(prepare, top, *command)
        for at in range(each):
            yield work, 1 + at * last // each


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    counted = dict.fromkeys(WORKS, 0)
    top = Path(tempfile.mkdtemp(prefix="kills-"))
    for work, nth in moments(arguments.kills * 2 // 3, top):
        kill_at(top, work, nth)
        counted[work] += 1
        _empty(top)
    while sum(counted.values()) < arguments.kills:
        work = chance.choice(list(WORKS))
        counted[work] += kill_after(top, work, chance.uniform(0.05, 0.9))
        _empty(top)
    shutil.rmtree(top)
    print(", ".join(f"{count} {work}" for work, count in counted.items()), "killed and made good")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path)


if __name__ == "__main__":
    main()
