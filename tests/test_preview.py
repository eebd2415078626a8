"""The preview server: what it answers, whom it refuses, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from previewing import Preview, heed_ctrl_c, running, until
from tornado.websocket import websocket_connect

from broadsheet.archive.lock import locked
from broadsheet.preview.refresh import Refresher
from broadsheet.preview.watch import Watch
from broadsheet.problems import Problem


@pytest.fixture
def preview(real_project: Path) -> Iterator[Preview]:
    """A preview of an archive that the test may change."""
    with running(real_project) as started:
        yield started


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Preview]:
    """A preview that tests only read from."""
    root = tmp_path_factory.mktemp("reading")
    shutil.copytree(repository / "sources", root / "sources")
    with running(root) as started:
        yield started


def test_it_serves_the_site(reading: Preview) -> None:
    status, page = reading.get()
    assert status == 200
    assert 'src="/livereload.js' in page
    assert "/_preview/overlay.js" in page
    status, page = reading.get("nowhere/at-all.html")
    assert status == 404
    assert '<base href="/">' in page


def test_only_this_machines_names_are_answered(reading: Preview) -> None:
    assert reading.get(Host="evil.example.org")[0] == 421
    assert reading.get("_preview/problems.json", Host="evil.example.org")[0] == 421
    assert reading.get(Host="localhost")[0] == 200


@pytest.mark.parametrize(
    "path",
    ["../broadsheet.yaml", "..%2f..%2fetc%2fpasswd", ".gitignore", "assets/%2e%2e/.gitignore"],
)
def test_nothing_outside_the_site_is_served(reading: Preview, path: str) -> None:
    with socket.create_connection(("127.0.0.1", int(reading.url.split(":")[2].strip("/")))) as raw:
        raw.sendall(
            f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b""
        while part := raw.recv(65536):
            answer += part
    assert answer.split(b" ")[1] in (b"404", b"400")


def told_on_opening(preview: Preview, page: str) -> list[str]:
    """The commands that a client gets which says hello as the `page` it was served has it."""
    found = re.search(r'src="/livereload\.js\?snipver=([^"]+)"', page)
    assert found

    async def opened() -> list[str]:
        socket = await websocket_connect(preview.url.replace("http:", "ws:") + "livereload")
        hello = {"command": "hello", "protocols": [], "snipver": found[1]}
        for said in (hello, {"command": "info", "url": preview.url}):
            await socket.write_message(json.dumps(said))
        commands = []
        with suppress(TimeoutError):
            while message := await asyncio.wait_for(socket.read_message(), 1):
                commands.append(json.loads(message)["command"])
        socket.close()
        return commands

    with ThreadPoolExecutor(1) as thread:  # tests in a browser hold this thread's loop
        return thread.submit(asyncio.run, opened()).result()


def test_a_page_that_was_read_before_a_save_and_listens_after_it_is_told(
    preview: Preview, real_project: Path
) -> None:
    _, before = preview.get()
    assert told_on_opening(preview, before) == ["hello"]
    piece = sorted((real_project / "content").rglob("01-*.md"))[0]
    piece.write_text(piece.read_text(encoding="utf-8") + "\n新添的一句话。\n", encoding="utf-8")
    until(lambda: told_on_opening(preview, before) == ["hello", "reload"])
    _, after = preview.get()
    assert told_on_opening(preview, after) == ["hello"]


def test_a_save_is_built_and_a_mistake_is_said(preview: Preview, real_project: Path) -> None:
    piece = sorted((real_project / "content").rglob("01-*.md"))[0]
    good = piece.read_text(encoding="utf-8")
    address = piece.relative_to(real_project / "content").with_suffix(".html").as_posix()

    piece.write_text(good.replace("\n---\n", "\nkicker: 新添的引题\n---\n", 1), encoding="utf-8")
    preview.wait_for(r"pages written[^\n]*\n(.|\n)*pages written")
    assert "新添的引题" in preview.get(address)[1]

    piece.write_text(good.replace("type: article", "type: articel"), encoding="utf-8")
    preview.wait_for(r"content/\S+\.md:2: ")
    until(lambda: "articel" in preview.get("_preview/problems.json")[1])
    assert "新添的引题" in preview.get(address)[1]

    piece.write_text(good, encoding="utf-8")
    preview.wait_for("All problems are mended")


def test_a_new_source_is_converted(preview: Preview, real_project: Path) -> None:
    source = real_project / "sources/1998-01-05/03.txt"
    source.parent.mkdir()
    text = "渡口茶馆重新开张\n\n歇业半年的渡口茶馆昨日重新开张，街坊们一早就来占座，茶价不变。\n"
    source.write_text(text, encoding="utf-8")
    preview.wait_for(r"1 page: 1 article")
    until(lambda: preview.get("1998-01-05/03/index.html")[0] == 200)


def test_a_page_leads_to_its_files(reading: Preview) -> None:
    page = reading.get("2025-12-05/01/index.html")[1]
    assert 'data-file="content/2025-12-05/01/_page.md"' in page
    assert 'data-source="sources/2025-12-05/01.txt"' in page
    piece = re.search(r'href="(03-[^"]*)\.html', page)
    assert piece
    assert (
        f'data-file="content/2025-12-05/01/{piece[1]}.md"'
        in reading.get(f"2025-12-05/01/{piece[1]}.html")[1]
    )
    assert 'data-file=""' in reading.get("archive/index.html")[1]


def test_nothing_of_the_preview_is_in_the_site(reading: Preview) -> None:
    reading.get()
    for file in (reading.root / "site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "livereload" not in text, file
        assert "_preview" not in text, file


def test_a_folder_is_its_index(reading: Preview) -> None:
    assert reading.get("2025-12-05/01/")[1] == reading.get("2025-12-05/01/index.html")[1]
    assert "源文本" in reading.get("2025-12-05/01")[1]


def test_a_source_that_is_no_text_is_said_and_the_rest_is_shown(
    preview: Preview, real_project: Path
) -> None:
    bad = real_project / "sources/1998-01-05/04.txt"
    bad.parent.mkdir()
    bad.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    preview.wait_for(r"sources/1998-01-05/04\.txt")
    assert preview.get()[0] == 200
    bad.unlink()
    preview.wait_for("All problems are mended")


def test_a_deleted_issue_leaves_the_site(preview: Preview, real_project: Path) -> None:
    assert preview.get("2025-12-05/index.html")[0] == 200
    shutil.rmtree(real_project / "sources/2025-12-05")
    shutil.rmtree(real_project / "content/2025-12-05")
    until(lambda: preview.get("2025-12-05/index.html")[0] == 404)
    assert preview.get()[0] == 200


@pytest.mark.parametrize("seconds", [0.0, 0.6, 1.0, 1.4])
def test_ctrl_c_ends_it_at_any_moment(real_project: Path, seconds: float) -> None:
    """From its first line of work on, to it and to its workers alike, as a terminal does it."""
    serve = [sys.executable, "-m", "broadsheet", "-C", str(real_project), "serve", "--port", "0"]
    started = subprocess.Popen(
        serve,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    )
    until(lambda: (real_project / ".broadsheet").exists())
    time.sleep(seconds)
    os.killpg(started.pid, signal.SIGINT)
    said = started.communicate(timeout=20)[0]
    assert started.returncode == 0, said
    assert "Traceback" not in said
    assert said.endswith("Stopped.\n")


class Told:
    """Stands for the open pages: what they were told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def show(self, problems: list[Problem]) -> None:
        self.told.append(f"show {len(problems)}")

    def reload(self, changed: object) -> None:
        self.told.append("reload")

    def reload_search(self) -> None:
        self.told.append("reload search")


def test_a_problem_stays_until_it_is_mended_itself(real_project: Path) -> None:
    """Another file's good save must not hide it."""
    bad, good = sorted((real_project / "content").rglob("0*.md"))[:2]
    names = [path.relative_to(real_project).as_posix() for path in (bad, good)]
    pages, refresher = Told(), Refresher(real_project, lambda text: None, threading.Event())
    refresher.refresh(None, pages)
    text = bad.read_text(encoding="utf-8")
    bad.write_text(text.replace("type: article", "type: articel"), encoding="utf-8")
    refresher.refresh([names[0]], pages)
    good.write_text(good.read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8")
    pages.told.clear()
    refresher.refresh([names[1]], pages)
    assert (len(refresher.problems), pages.told) == (1, [])
    bad.write_text(text, encoding="utf-8")
    refresher.refresh([names[0]], pages)
    assert pages.told == ["show 0", "reload", "reload search"]
    assert "又一段" in (real_project / "site" / names[1][8:]).with_suffix(".html").read_text(
        "utf-8"
    )


def test_an_archive_of_content_alone(project: Path) -> None:
    (project / "sources").rmdir()
    piece = project / "content/1998-01-05/03/01-a.md"
    piece.parent.mkdir(parents=True)
    piece.write_text("---\ntype: article\ntitle: 甲\n---\n\n一段。\n", encoding="utf-8")
    pages, refresher = Told(), Refresher(project, lambda text: None, threading.Event())
    refresher.refresh(None, pages)
    assert pages.told == ["reload", "reload search"]
    assert (project / "site/1998-01-05/03/01-a.html").is_file()


def test_it_waits_for_another_process_and_says_so_once(real_project: Path) -> None:
    said: list[str] = []
    pages, refresher = Told(), Refresher(real_project, said.append, threading.Event())
    with locked(real_project, "publication"):
        work = threading.Thread(target=refresher.refresh, args=(None, pages))
        work.start()
        until(lambda: bool(said))
        time.sleep(0.5)
        assert "another publication is at work" in said[0]
        assert len(said) == 1
    work.join()
    assert pages.told == ["reload", "reload search"]


def test_a_save_without_a_change_reloads_nothing(real_project: Path) -> None:
    piece = min((real_project / "content").rglob("0*.md"))
    pages, refresher = Told(), Refresher(real_project, lambda text: None, threading.Event())
    refresher.refresh(None, pages)
    pages.told.clear()
    piece.touch()
    refresher.refresh([piece.relative_to(real_project).as_posix()], pages)
    assert pages.told == []


@pytest.mark.parametrize("system_tells", [True, False])
def test_every_change_is_noticed(
    project: Path, monkeypatch: pytest.MonkeyPatch, system_tells: bool
) -> None:
    """New files in new folders, edits, renamings and deletions; the output never."""
    if not system_tells:
        monkeypatch.setattr("watchfiles.watch", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    stopped = threading.Event()
    changes = Watch(project).changes(stopped)
    page = project / "content/1998-01-05/03"
    page.mkdir(parents=True)
    (page / "01-a.md").write_text("one")
    assert next(changes) == ["content/1998-01-05/03/01-a.md"]
    (project / "site/index.html").write_text("output")
    (page / ".01-a.md.swp").write_text("an editor's")
    (page / "01-a.md").write_text("two")
    assert next(changes) == ["content/1998-01-05/03/01-a.md"]
    (project / "templates").mkdir()
    (project / "templates/base.html").write_text("x")
    assert next(changes) == ["templates/base.html"]
    (project / "broadsheet.yaml").write_text("title: other\n")
    assert next(changes) == ["broadsheet.yaml"]
    page.rename(page.with_name("04"))
    found = set(next(changes))
    while len(found) < 2:
        found |= set(next(changes))
    assert found == {"content/1998-01-05/03/01-a.md", "content/1998-01-05/04/01-a.md"}
    stopped.set()
    assert list(changes) == []


def test_a_port_that_is_taken(real_project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "broadsheet", "-C", str(real_project), "serve"]
        done = subprocess.run([*command, "--port", port], capture_output=True, text=True)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_under_the_sub_path_of_the_published_site(real_project: Path) -> None:
    with (real_project / "broadsheet.yaml").open("a", encoding="utf-8") as settings:
        settings.write("base_url: https://example.org/papers/\n")
    with running(real_project, "--sub-path") as preview:
        assert preview.url.endswith("/papers/")
        assert preview.get()[0] == 200
        assert preview.get("archive/index.html")[0] == 200
        assert preview.stop() == 0


def test_a_sub_path_that_the_settings_do_not_have(real_project: Path, run: Callable) -> None:
    done = run("-C", real_project, "serve", "--sub-path")
    assert done.code == 1
    assert "base_url" in done.err
