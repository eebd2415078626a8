"""A build after any change gives the same bytes as a clean build, and touches nothing else."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path

import pytest

from broadsheet.archive.scan import issue_files
from broadsheet.config import load
from broadsheet.problems import Problems
from broadsheet.site import output, workers
from broadsheet.site.build import Summary, build, newest_issue, pending
from broadsheet.site.issue_files import Task

Make = Callable[[Path], Summary]
SiteOf = Callable[[Path], dict[str, bytes]]

BRIDGE = "content/2024-03-01/A02/01-xinqiao-tongche.md"
OBITUARY = "content/2024-03-01/A02/03-shen-boan.md"


def replace(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def article(title: str, section: str = "要闻", people: str = "") -> str:
    named = f"people:\n- {people}\n" if people else ""
    return f"---\ntype: article\ntitle: {title}\nsection: {section}\n{named}---\n\n一段正文。\n"


def edit_body(root: Path) -> None:
    replace(root, BRIDGE, "清晨起", "天刚亮")


def change_section(root: Path) -> None:
    replace(root, BRIDGE, "section: 要闻", "section: 本地")


def remove_a_piece(root: Path) -> None:
    (root / OBITUARY).unlink()


def rename_a_piece(root: Path) -> None:
    (root / OBITUARY).rename(root / OBITUARY.replace("shen-boan", "shen"))


def rename_the_deceased(root: Path) -> None:
    replace(root, OBITUARY, "name: 沈伯安", "name: 安伯沈")


def add_a_piece(root: Path) -> None:
    write(root, "content/2024-03-02/01/02-second.md", article("渡口停航", people="沈伯安"))


def add_an_issue_between(root: Path) -> None:
    write(root, "content/2024-03-20/A01/01-between.md", article("居中一期"))


def add_the_newest_issue(root: Path) -> None:
    write(root, "content/2025-01-09/A01/01-new.md", article("新年新闻", "农村"))


def add_the_oldest_issue(root: Path) -> None:
    write(root, "content/1999-12-31/A01/01-old.md", article("世纪末", people="安娜"))


def remove_the_newest_issue(root: Path) -> None:
    shutil.rmtree(root / "content/2024-04-06")


def remove_everything(root: Path) -> None:
    for folder in (root / "content").glob("2*"):
        shutil.rmtree(folder)


def change_the_source(root: Path) -> None:
    replace(root, "sources/2024-03-01/A02.txt", "桥上见闻", "桥头见闻")


def change_a_template(root: Path) -> None:
    replace(root, "templates/bare.html", "<main>", "<main id=main>")


def change_the_settings(root: Path) -> None:
    replace(root, "broadsheet.yaml", "title: 河口报存档", "title: 河口旧报")


def publish_at_an_address(root: Path) -> None:
    write(root, "broadsheet.yaml", "title: 河口报存档\nbase_url: https://example.org/paper/\n")


def speak_english(root: Path) -> None:
    write(root, "broadsheet.yaml", "title: Old Papers\nlanguage: en\n")


def add_an_asset(root: Path) -> None:
    write(root, "templates/assets/evening.css", ":root{color:navy}")


def remove_about(root: Path) -> None:
    (root / "content/about.md").unlink()


CHANGES = (
    edit_body,
    change_section,
    remove_a_piece,
    rename_a_piece,
    rename_the_deceased,
    add_a_piece,
    add_an_issue_between,
    add_the_newest_issue,
    add_the_oldest_issue,
    remove_the_newest_issue,
    remove_everything,
    change_the_source,
    change_a_template,
    change_the_settings,
    publish_at_an_address,
    speak_english,
    add_an_asset,
    remove_about,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_an_incremental_build_equals_a_clean_one(
    archive: Path, made: Make, clean_site: SiteOf, change: Callable[[Path], None], site_of: SiteOf
) -> None:
    made(archive)
    before = site_of(archive)
    change(archive)
    made(archive)
    after = site_of(archive)
    assert after != before
    assert after == clean_site(archive)


def test_any_sequence_of_changes_ends_where_a_clean_build_does(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    made(archive)
    chance = random.Random(5)
    dates = [f"20{y:02}-{m:02}-0{d}" for y in (9, 10, 23) for m in (1, 2, 12) for d in (1, 2)]
    for _ in range(25):
        date, page = chance.choice(dates), chance.choice("AB")
        file = f"content/{date}/{page}/0{chance.randint(1, 2)}-piece.md"
        if (archive / file).exists():
            (archive / file).unlink()
        else:
            section, name = chance.choice(("要闻", "国际", "国计")), chance.choice(("李明", "安娜"))
            write(archive, file, article("标题", section, name))
        made(archive)
    assert site_of(archive) == clean_site(archive)


def test_a_change_and_its_opposite_leave_the_site_as_it_was(
    archive: Path, made: Make, site_of: SiteOf
) -> None:
    made(archive)
    before = site_of(archive)
    add_the_newest_issue(archive)
    made(archive)
    shutil.rmtree(archive / "content/2025-01-09")
    made(archive)
    assert site_of(archive) == before


def test_a_build_without_a_change_writes_nothing(archive: Path, made: Make) -> None:
    made(archive)
    summary = made(archive)
    assert (summary.written, summary.unchanged, summary.removed) == (0, 0, 0)
    assert (summary.issues, summary.pieces) == (3, 8)


def test_an_edit_writes_only_the_pages_that_show_it(archive: Path, made: Make) -> None:
    made(archive)
    site = archive / "site"
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*.*")}
    replace(archive, BRIDGE, "早在五十年前", "早在四十年前")
    made(archive)
    written = {
        p.relative_to(site).as_posix() for p, t in times.items() if p.stat().st_mtime_ns != t
    }
    assert {path for path in written if not path.startswith("search")} == {
        "2024-03-01/A02/01-xinqiao-tongche.html",
        "2024-03-01/A02/index.html",
        "2024-03-01/A02/pieces.json",
    }


def test_a_style_sheet_is_copied_and_no_page_is_made(archive: Path, made: Make) -> None:
    made(archive)
    write(archive, "templates/assets/evening.css", ":root{color:navy}")
    write(archive, "templates/assets/.evening.css.swp", "an editor's")
    assert pending(archive, load(archive)).endswith("assets/evening.css")
    summary = made(archive)
    assert (summary.written, summary.unchanged) == (1, 0)
    assert (archive / "site/assets/evening.css").read_text("utf-8") == ":root{color:navy}"
    assert not (archive / "site/assets/.evening.css.swp").exists()
    (archive / "templates/assets/evening.css").unlink()
    summary = made(archive)
    assert (summary.written, summary.removed) == (0, 1)


def test_touching_a_file_rebuilds_nothing(archive: Path, made: Make) -> None:
    made(archive)
    os.utime(archive / BRIDGE, (1, 1))
    summary = made(archive)
    assert (summary.written, summary.unchanged) == (0, 0)


def test_a_restored_file_with_an_old_time_is_noticed(archive: Path, made: Make) -> None:
    os.utime(archive / BRIDGE, (1_000_000_000, 1_000_000_000))
    made(archive)
    old = (archive / BRIDGE).read_bytes()
    (archive / BRIDGE).rename(archive / "kept.md")
    (archive / BRIDGE).write_bytes(old.replace("清晨起".encode(), "天刚亮".encode()))
    os.utime(archive / BRIDGE, (1_000_000_000, 1_000_000_000))
    made(archive)
    page = archive / "site/2024-03-01/A02/01-xinqiao-tongche.html"
    assert "天刚亮" in page.read_text(encoding="utf-8")


def test_files_of_the_build_that_nothing_owns_are_removed_and_no_others(
    archive: Path, made: Make
) -> None:
    made(archive)
    own = archive / "site/2024-04-06/notes.txt"
    own.write_text("mine")
    (archive / "site/.gitignore").write_text("*\n")
    remove_the_newest_issue(archive)
    assert made(archive).removed > 0
    assert own.read_text() == "mine"
    assert (archive / "site/.gitignore").exists()
    assert [path.name for path in own.parent.iterdir()] == ["notes.txt"]
    assert not (archive / "site/section/nongcun-4124").exists()


def test_processes_give_the_same_bytes(archive: Path, clean_site: SiteOf, site_of: SiteOf) -> None:
    for day in range(1, 10):
        write(archive, f"content/2023-05-0{day}/A01/01-x.md", article(f"第{day}日"))
    for month in ("2021-12", "2023-02", "2023-11"):  # beside those, in their year and in others
        write(archive, f"content/{month}-19/A01/01-x.md", article(month))
        write(archive, f"content/{month}-20/A01/01-x.md", article(month, "农村"))
    build(archive, load(archive), jobs=2)
    assert site_of(archive) == clean_site(archive)


class _Dying(Executor):
    """Workers that die: the first task is lost with its worker, then no more are taken."""

    def __init__(self) -> None:
        self.taken = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.taken += 1
        if self.taken > 1:
            raise BrokenExecutor
        future: Future[object] = Future()
        future.set_exception(BrokenExecutor())
        return future


def test_the_work_of_a_worker_that_died_is_done_here(archive: Path) -> None:
    dates = ["2024-03-01", "2024-03-02", "2024-04-06"]
    tasks = (
        Task(str(archive), load(archive), True, ((date, issue_files(archive, date)),))
        for date in dates
    )
    executor = _Dying()
    assert [made.date for made in workers.make_with(executor, tasks, 1)] == dates
    assert executor.taken == 3


def test_a_missing_site_is_built_again(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    made(archive)
    shutil.rmtree(archive / "site")
    made(archive)
    assert site_of(archive) == clean_site(archive)


def test_a_damaged_memory_is_said_and_rebuilt(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    made(archive)
    (archive / ".broadsheet/store.sqlite").write_bytes(b"not a database at all" * 100)
    summary = made(archive)
    assert "store.sqlite" in summary.note
    assert site_of(archive) == clean_site(archive)


def test_whether_the_site_is_current_can_be_asked(archive: Path, made: Make) -> None:
    assert pending(archive, load(archive)) == "it was never built"
    assert newest_issue(archive) == ""
    made(archive)
    assert pending(archive, load(archive)) == ""
    assert newest_issue(archive) == "2024-04-06"
    edit_body(archive)
    assert pending(archive, load(archive)) == "changed since it was built: 2024-03-01"
    made(archive)
    change_the_settings(archive)
    assert "settings" in pending(archive, load(archive))


def test_clean_removes_what_the_build_wrote_and_nothing_else(
    archive: Path, made: Make, site_of: SiteOf
) -> None:
    made(archive)
    (archive / "site/.gitignore").write_text("*\n")
    files = len(site_of(archive))
    assert output.clean(archive) == files - 1
    assert list(site_of(archive)) == [".gitignore"]
    assert not (archive / ".broadsheet").exists()


KILLED = """
import os, sys
from pathlib import Path
from broadsheet.config import load
from broadsheet.site import {module}
from broadsheet.site.build import build
root, left = Path(sys.argv[1]), int(sys.argv[2])
real = {module}.{function}
def dying(*arguments, **named):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return real(*arguments, **named)
{module}.{function} = dying
build(root, load(root), jobs=1)
"""


@pytest.mark.parametrize("restored", [False, True], ids=["kept", "restored"])
@pytest.mark.parametrize(
    ("target", "calls"),
    [("output.os.replace", 0), ("output.os.replace", 3), ("output.remove", 1)],
)
def test_a_killed_build_is_made_good_by_the_next(
    archive: Path,
    made: Make,
    clean_site: SiteOf,
    target: str,
    calls: int,
    restored: bool,
    site_of: SiteOf,
) -> None:
    made(archive)
    kept = archive.parent / "kept"
    shutil.copytree(archive / "content", kept)
    change_section(archive)
    remove_the_newest_issue(archive)
    module, _, function = target.partition(".")
    script = KILLED.format(module=module, function=function)
    ended = subprocess.run([sys.executable, "-c", script, str(archive), str(calls)])
    assert ended.returncode == 9
    if restored:
        shutil.rmtree(archive / "content")
        kept.rename(archive / "content")
    made(archive)
    assert site_of(archive) == clean_site(archive)


def test_a_second_build_is_told_of_the_first(archive: Path, made: Make) -> None:
    from broadsheet.archive.lock import locked

    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys; from pathlib import Path;"
         "from broadsheet.archive.lock import locked\n"
         f"with locked(Path({str(archive)!r}), 'build'):\n"
         "    print('held', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Problems, match=f"another build is at work \\(process {holder.pid}\\)"):
        made(archive)
    holder.communicate("")
    with locked(archive, "build"):
        pass
    made(archive)


@pytest.mark.parametrize("templates", ["bare", "own"])
def test_the_short_ways_and_the_long_ones_give_the_same_bytes(
    archive: Path, made: Make, site_of: SiteOf, templates: str
) -> None:
    if templates == "own":
        shutil.rmtree(archive / "templates")  # those of the program
    made(archive)
    with_shortcuts = site_of(archive)
    shutil.rmtree(archive / "site")
    with (archive / "broadsheet.yaml").open("a") as file:
        file.write("shortcuts: false\n")
    made(archive)
    assert site_of(archive) == with_shortcuts


def test_minified_pages_are_smaller_and_the_build_says_by_how_much(
    archive: Path, made: Make, site_of: SiteOf
) -> None:
    pytest.importorskip("minify_html")
    shutil.rmtree(archive / "templates")  # the program's own pages
    made(archive)
    before = sum(len(content) for content in site_of(archive).values())
    with (archive / "broadsheet.yaml").open("a") as file:
        file.write("minify: true\n")
    summary = made(archive)
    assert before - sum(len(content) for content in site_of(archive).values()) == summary.saved > 0
    assert "Minified: " in str(summary)


def test_the_build_knows_the_size_of_the_site(archive: Path, made: Make, site_of: SiteOf) -> None:
    for change in (lambda root: None, edit_body, add_the_newest_issue, remove_the_newest_issue):
        change(archive)
        summary = made(archive)
        assert summary.size == sum(len(content) for content in site_of(archive).values())


def test_pages_are_ready_before_the_index(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    made(archive)
    before = site_of(archive)
    edit_body(archive)
    ready: list[dict[str, bytes]] = []
    build(archive, load(archive), jobs=1, pages_ready=lambda: ready.append(site_of(archive)))
    clean = clean_site(archive)
    differing = {path for path in clean if ready[0].get(path) != clean[path]}
    assert differing
    assert all(path.startswith("search/") and ready[0][path] == before[path] for path in differing)
    assert site_of(archive) == clean


def test_an_index_that_a_killed_build_did_not_come_to_is_made_by_the_next(
    archive: Path, made: Make, clean_site: SiteOf, site_of: SiteOf
) -> None:
    class Killed(BaseException):
        pass

    def kill() -> None:
        raise Killed

    made(archive)
    edit_body(archive)
    with pytest.raises(Killed):
        build(archive, load(archive), jobs=1, pages_ready=kill)
    made(archive)
    assert site_of(archive) == clean_site(archive)


def test_the_summary_counts_one_as_one() -> None:
    counted = [
        str(Summary(issues=n, pieces=n, written=5, unchanged=0, removed=0, seconds=0.0,
                    index=Path("index.html"), size=0))
        for n in (1, 1000)
    ]  # fmt: skip
    assert counted[0].startswith("1 piece in 1 issue: 5 pages")
    assert counted[1].startswith("1,000 pieces in 1,000 issues: 5 pages")
