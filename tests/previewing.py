"""A running `serve`, for tests."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Preview:
    """A running `serve` and its address."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        command = [sys.executable, "-m", "broadsheet", "-C", str(root), "serve", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            preexec_fn=heed_ctrl_c,
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


@contextmanager
def running(root: Path, *options: str) -> Iterator[Preview]:
    """A preview at a free port, which is gone afterwards."""
    preview = Preview(root, "--port", "0", *options)
    try:
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.process.kill()
            preview.process.wait()


def heed_ctrl_c() -> None:
    """A shell has what it starts in the background ignore it, and so has whatever that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until something holds; fail when it does not."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
