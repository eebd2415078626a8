"""Any sequence of changes: after each, the site is byte for byte that of a clean build.

    python tests/soak/any_change.py --steps 2000

A machine of hypothesis makes the changes: pieces, pages and issues come, change, are renamed and
go; sections, types, dates and names change; files are touched, broken and mended, put back with
an old time; settings and templates change; the clock moves. A sequence that fails is shortened
by hypothesis and printed as a test.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from broadsheet.archive import scan
from broadsheet.config import load
from broadsheet.problems import Problems
from broadsheet.site.build import build

Site = dict[str, bytes]

DATES = ["1999-12-31", "2023-11-02", "2023-12-02", "2024-03-01", "2024-03-02", "2025-01-09"]
PAGES = ["A01", "A02", "07"]
SLUGS = ["01-bridge", "02-ferry", "03-market", "04"]
SECTIONS = ["要闻", "国际", "国计", "本埠 & <b>", ""]
NAMES = ["沈伯安", "李明", "黎明", "安娜", "O’Neill", "𠮷田"]
KINDS = ["article", "obituary", "slogan", "notice", "photo"]
TITLES = ["新桥通车", "渡口停航", "Ferry stops", "市集改期 {{ x }}"]
BODIES = ["一段正文。", "一段。\n\n## 小题\n\n又一段，写得更长。", "Text & <b>more</b>.", ""]
BROKEN = ["没有前言", "---\ntype: essay\n---\n", "---\ntype: article\ntitle: [\n---\n"]
SETTINGS = [
    "title: 河口报存档\n",
    "title: 河口旧报\nbase_url: https://example.org/paper/\n",
    "title: Old Papers\nlanguage: en\nfeed_items: 3\n",
    "title: 河口报存档\nsearch: false\n",
    "title: 河口報存檔\nlanguage: zh-Hant\nslogan_section: 要闻\n",
]
TEMPLATES = [
    '{% extends "default/slogan.html" %}{% block after %}<p>own</p>{% endblock %}',
    '{% extends "default/slogan.html" %}',
    "{{ view.nothing }}",
    "",
]


def piece(kind: str, title: str, section: str, name: str, body: str, date: str) -> str:
    """A content file."""
    fields = [f"type: {kind}", f"title: {title!r}", f"section: {section!r}", f"tags: [{name}]"]
    fields += {
        "article": [f"people: [{name}]", "lead: true", f"byline: 本报记者 {name}"],
        "obituary": [f"person: {{name: {name}, age: 88, died: {date}}}"],
        "notice": ["kind: 启事", f"issuer: {name}"],
    }.get(kind, [])
    return "\n".join(["---", *fields, "---", "", body or title, ""])


class AnyChange(RuleBasedStateMachine):
    """An archive that changes, built after each change, and a clean build of it beside."""

    @initialize()
    def begin(self) -> None:
        self.top = Path(tempfile.mkdtemp(prefix="any-change-"))
        self.root, self.clean = self.top / "archive", self.top / "clean"
        self.site: Site = {}  #: what the site must be: of the last build without a problem
        self.clock = 0
        for folder in ("content", "sources"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "broadsheet.yaml").write_text(SETTINGS[0], encoding="utf-8")
        self.kept: dict[str, tuple[bytes, int]] = {}

    # What changes.

    @rule(
        at=st.tuples(st.sampled_from(DATES), st.sampled_from(PAGES), st.sampled_from(SLUGS)),
        kind=st.sampled_from(KINDS),
        title=st.sampled_from(TITLES),
        section=st.sampled_from(SECTIONS),
        name=st.sampled_from(NAMES),
        body=st.sampled_from(BODIES),
    )
    def write_a_piece(
        self, at: tuple[str, str, str], kind: str, title: str, section: str, name: str, body: str
    ) -> None:
        date, page, slug = at
        text = piece(kind, title, section, name, body, date)
        self._write(f"content/{date}/{page}/{slug}.md", text)

    @rule(
        date=st.sampled_from(DATES),
        page=st.sampled_from(PAGES),
        section=st.sampled_from(SECTIONS),
        text=st.sampled_from(["一行。\n\n又一行。\n", "改过的一行。\n"]),
    )
    def describe_a_page(self, date: str, page: str, section: str, text: str) -> None:
        source = f"sources/{date}/{page}.txt"
        self._write(source, text)
        head = f"type: page\nsection: {section!r}\nsource: {source}\nlabel: {page}\n"
        self._write(f"content/{date}/{page}/_page.md", f"---\n{head}---\n")

    @rule(which=st.integers(0, 99), old=st.sampled_from(SECTIONS), new=st.sampled_from(SECTIONS))
    def change_a_section(self, which: int, old: str, new: str) -> None:
        if file := self._pick(which):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(f"{old!r}", f"{new!r}"), encoding="utf-8")

    @rule(which=st.integers(0, 99))
    def remove_a_piece(self, which: int) -> None:
        if file := self._pick(which):
            file.unlink()

    @rule(which=st.integers(0, 99), slug=st.sampled_from(SLUGS))
    def rename_a_piece(self, which: int, slug: str) -> None:
        if file := self._pick(which):
            file.rename(file.with_name(f"{slug}.md"))

    @rule(which=st.integers(0, 99), date=st.sampled_from(DATES), page=st.sampled_from(PAGES))
    def move_a_piece(self, which: int, date: str, page: str) -> None:
        if file := self._pick(which):
            target = self.root / "content" / date / page / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            file.rename(target)

    @rule(date=st.sampled_from(DATES))
    def remove_an_issue(self, date: str) -> None:
        shutil.rmtree(self.root / "content" / date, ignore_errors=True)

    @rule(old=st.sampled_from(DATES), new=st.sampled_from(DATES))
    def redate_an_issue(self, old: str, new: str) -> None:
        source, target = (self.root / "content" / date for date in (old, new))
        if source.is_dir() and not target.exists():
            source.rename(target)

    @rule(date=st.sampled_from(DATES), page=st.sampled_from(PAGES))
    def remove_a_source(self, date: str, page: str) -> None:
        (self.root / "sources" / date / f"{page}.txt").unlink(missing_ok=True)

    @rule(which=st.integers(0, 99), at=st.integers(0, 2_000_000_000))
    def touch(self, which: int, at: int) -> None:
        if file := self._pick(which):
            os.utime(file, (at, at))

    @rule(which=st.integers(0, 99))
    def change_a_byte_and_restore_the_time(self, which: int) -> None:
        """Another file of the same size and time: a backup put back, or an archiver at work."""
        if (file := self._pick(which)) and "正文" in file.read_text(encoding="utf-8"):
            stat = file.stat()
            new = file.with_name(".new")
            new.write_bytes(file.read_bytes().replace("正文".encode(), "文正".encode()))
            new.replace(file)
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    @rule(which=st.integers(0, 99))
    def keep_a_copy(self, which: int) -> None:
        if file := self._pick(which):
            self.kept[str(file)] = file.read_bytes(), file.stat().st_mtime_ns

    @rule(which=st.integers(0, 99))
    def put_a_copy_back(self, which: int) -> None:
        if self.kept:
            name = sorted(self.kept)[which % len(self.kept)]
            raw, mtime = self.kept[name]
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(raw)
            os.utime(name, ns=(mtime, mtime))

    @rule(which=st.integers(0, 99), text=st.sampled_from(BROKEN))
    def break_a_piece(self, which: int, text: str) -> None:
        if file := self._pick(which):
            self.kept[str(file)] = file.read_bytes(), file.stat().st_mtime_ns
            file.write_text(text, encoding="utf-8")

    @rule()
    def mend_all(self) -> None:
        for file in self._pieces():
            if file.read_text(encoding="utf-8") in BROKEN:
                file.write_bytes(self.kept[str(file)][0] if str(file) in self.kept else b"")
            if not file.read_bytes():
                file.unlink()
        self._write("templates/slogan.html", "")

    @rule(text=st.sampled_from(SETTINGS))
    def change_the_settings(self, text: str) -> None:
        self._write("broadsheet.yaml", text)

    @rule(text=st.sampled_from(TEMPLATES))
    def change_a_template(self, text: str) -> None:
        self._write("templates/slogan.html", text)

    @rule(text=st.sampled_from(["# 关于\n\n一段。\n", "一段 **话**。\n", ""]))
    def change_what_is_said_about(self, text: str) -> None:
        self._write("content/about.md", text)

    @rule(seconds=st.sampled_from([-86_400 * 400, -3600, 0, 3600, 86_400 * 4000]))
    def move_the_clock(self, seconds: int) -> None:
        self.clock = seconds

    @rule()
    def forget(self) -> None:
        """The memory is lost, and with it which files the build has written; so is the site."""
        shutil.rmtree(self.root / ".broadsheet", ignore_errors=True)
        shutil.rmtree(self.root / "site", ignore_errors=True)
        self.site = {}

    def _write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)

    def _pieces(self) -> list[Path]:
        return sorted((self.root / "content").glob("*/*/[0-9]*.md"))

    def _pick(self, which: int) -> Path | None:
        files = self._pieces()
        return files[which % len(files)] if files else None

    # What must hold.

    @invariant()
    def incremental_equals_clean(self) -> None:
        if not hasattr(self, "root"):
            return
        with mock.patch.object(scan, "time", _Clock(self.clock)):
            told = built(self.root)
        clean_told, clean_site = self._built_clean()
        assert told == clean_told, f"{told} but a clean build says {clean_told}"
        if not told:
            self.site = clean_site
        different = differences(read_site(self.root), self.site)
        assert different == [], f"not as a clean build makes them: {different[:9]}"

    def _built_clean(self) -> tuple[list[str], Site]:
        """Problems and site of a clean build; only compiled templates are kept from the last."""
        for name in ("site", "content", "sources", "templates", ".broadsheet/store.sqlite"):
            target = self.clean / name
            if target.is_dir():
                shutil.rmtree(target)
            target.unlink(missing_ok=True)
        skipped = shutil.ignore_patterns("site", ".broadsheet")
        shutil.copytree(self.root, self.clean, ignore=skipped, dirs_exist_ok=True)
        told = built(self.clean)
        return told, read_site(self.clean)

    def teardown(self) -> None:
        if hasattr(self, "top"):
            shutil.rmtree(self.top)


class _Clock:
    """The time module, its clock set wrong by some seconds."""

    def __init__(self, offset: int) -> None:
        self._offset = offset

    def time_ns(self) -> int:
        return time.time_ns() + self._offset * 1_000_000_000


def built(root: Path) -> list[str]:
    """Build in this process; what was wrong."""
    try:
        build(root, load(root), jobs=1)
    except Problems as found:
        return [str(problem) for problem in found.problems]
    return []


def read_site(root: Path) -> Site:
    """Path -> bytes of every file of the site."""
    folder = root / "site"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differences(site: Site, other: Site) -> list[str]:
    return sorted(path for path in site.keys() | other if site.get(path) != other.get(path))


def changes(steps: int, examples: int) -> None:
    """Run `examples` sequences of at most `steps` changes. Raises what hypothesis found."""
    run_state_machine_as_test(
        AnyChange,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--sequence", type=int, default=50, help="changes in one archive")
    arguments = parser.parse_args()
    started = time.monotonic()
    counted = 0
    check = AnyChange.incremental_equals_clean

    @invariant()
    def counting(machine: AnyChange) -> None:
        nonlocal counted
        counted += 1
        check(machine)

    with mock.patch.object(AnyChange, "incremental_equals_clean", counting):
        changes(arguments.sequence, -(-arguments.steps // arguments.sequence))
    seconds = time.monotonic() - started
    print(f"{counted:,} builds equal to clean ones, in {seconds:,.0f} s")


if __name__ == "__main__":
    main()
