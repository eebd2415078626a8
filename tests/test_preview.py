"""The preview server: what it answers, whom it refuses, and how it ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


class Preview:
    """A running `serve` and its address."""

    def __init__(self, root: Path, *options: str) -> None:
        command = [sys.executable, "-m", "broadsheet", "-C", str(root), "serve", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.said = ""
        self.url = self.wait_for(r"Open (http://\S+)").group(1)

    def wait_for(self, pattern: str, seconds: float = 30) -> re.Match[str]:
        """Read what it says until the pattern stands in it."""
        deadline = time.monotonic() + seconds
        assert self.process.stdout is not None
        while time.monotonic() < deadline:
            if found := re.search(pattern, self.said):
                return found
            line = self.process.stdout.readline()
            if not line:
                break
            self.said += line
        raise AssertionError(f"{pattern!r} was never said:\n{self.said}")

    def get(self, path: str = "", **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


def running(root: Path, *options: str) -> Iterator[Preview]:
    preview = Preview(root, "--port", "0", *options)
    yield preview
    if preview.process.poll() is None:
        preview.process.kill()
        preview.process.wait()


@pytest.fixture
def preview(real_project: Path) -> Iterator[Preview]:
    """A preview of an archive that the test may change."""
    yield from running(real_project)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Preview]:
    """A preview that tests only read from."""
    root = tmp_path_factory.mktemp("reading")
    shutil.copytree(repository / "sources", root / "sources")
    yield from running(root)


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


def test_a_save_is_built_and_a_mistake_is_said(preview: Preview, real_project: Path) -> None:
    piece = sorted((real_project / "content").rglob("01-*.md"))[0]
    good = piece.read_text(encoding="utf-8")
    address = piece.relative_to(real_project / "content").with_suffix(".html").as_posix()

    piece.write_text(good.replace("\n---\n", "\nkicker: 新添的引题\n---\n", 1), encoding="utf-8")
    preview.wait_for(r"pages written[^\n]*\n(.|\n)*pages written")
    assert "新添的引题" in preview.get(address)[1]

    piece.write_text(good.replace("type: article", "type: articel"), encoding="utf-8")
    preview.wait_for(r"content/\S+\.md:2: ")
    deadline = time.monotonic() + 10
    while '"problems": []' in (state := preview.get("_preview/problems.json")[1]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "articel" in state
    assert "新添的引题" in preview.get(address)[1]

    piece.write_text(good, encoding="utf-8")
    preview.wait_for("All problems are mended")


def test_a_new_source_is_converted(preview: Preview, real_project: Path) -> None:
    source = real_project / "sources/1998-01-05/03.txt"
    source.parent.mkdir()
    text = "渡口茶馆重新开张\n\n歇业半年的渡口茶馆昨日重新开张，街坊们一早就来占座，茶价不变。\n"
    source.write_text(text, encoding="utf-8")
    preview.wait_for(r"1 page: 1 article")
    deadline = time.monotonic() + 15
    while preview.get("1998-01-05/03/index.html")[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)


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
    for preview in running(real_project, "--sub-path"):
        assert preview.url.endswith("/papers/")
        assert preview.get()[0] == 200
        assert preview.get("archive/index.html")[0] == 200
        assert preview.stop() == 0
