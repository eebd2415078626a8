"""Many read the preview while it rebuilds: no page is torn, and none is missing but a removed one.

python tests/soak/load.py --clients 64 --rebuilds 100
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from any_change import piece
from kills import small_archive

#: What every page that is whole ends with.
_END = b"</html>\n"
#: Pages that `change` lets come and go; no other may ever be missing.
_PASSING = re.compile(r"/2025-01-0|/(section|people|archive|search)/")
_PAGES = re.compile(rb'href="([^"#:]+\.html)"')


class Readers:
    """Clients that follow every link of the site, one page after the other, until told to stop."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.answers: Counter[int] = Counter()
        self.torn: list[str] = []
        self.missing: Counter[str] = Counter()
        self.stopped = False

    def lost(self) -> list[str]:
        """Pages that were missing though nobody had removed them."""
        return sorted(path for path in self.missing if not _PASSING.match(path))

    async def read(self, nth: int) -> None:
        seen = ["/"]
        while not self.stopped:
            path = seen[(self.answers.total() + nth) % len(seen)]
            status, body = await self._get(path)
            self.answers[status] += 1
            if status == 200 and path.endswith(("/", ".html")):
                if not body.rstrip().endswith(_END.rstrip()):
                    self.torn.append(path)
                seen = sorted({path, *seen, *self._links(path, body)})[-400:]
            elif status == 404:
                self.missing[path] += 1
            elif status != 200:
                self.torn.append(f"{path}: {status}")

    def _links(self, path: str, body: bytes) -> list[str]:
        folder = path.rpartition("/")[0]
        found = (f"{folder}/{link.decode()}" for link in _PAGES.findall(body))
        return [os.path.normpath(link) for link in found]

    async def _get(self, path: str) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), body


def change(root: Path, nth: int) -> None:
    """Pieces come, change and go; the newest issue with them."""
    for number in range(3):
        day = f"2025-01-{1 + (nth + number) % 9:02}"
        file = root / "content" / day / "A01" / f"01-piece-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = piece("article", f"第{nth}次", "要闻", "安娜", "一段正文。" * (1 + nth % 50), day)
        partial = file.with_name(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(file)
    shutil.rmtree(root / "content" / f"2025-01-{1 + (nth + 5) % 9:02}", ignore_errors=True)


def under_load(root: Path, clients: int, rebuilds: int) -> Readers:
    """Serve the archive in `root`, read it, and change it `rebuilds` times.

    In a thread of its own: a browser under test keeps an event loop running in the main one.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_under_load(root, clients, rebuilds))).result()


async def _under_load(root: Path, clients: int, rebuilds: int) -> Readers:
    line = [sys.executable, "-u", "-m", "broadsheet", "-C", str(root), "serve", "--port", "0"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    said = iter(server.stdout.readline, "")
    address = next(found for text in said if (found := re.search(r"http://[^:]+:(\d+)/", text)))
    readers = Readers(int(address[1]))
    try:
        reading = [asyncio.create_task(readers.read(nth)) for nth in range(clients)]
        for nth in range(rebuilds):
            change(root, nth)
            await asyncio.to_thread(_wait_for_build, said)
        readers.stopped = True
        await asyncio.gather(*reading)
    finally:
        server.kill()
        server.wait()
    return readers


def _wait_for_build(said: object) -> None:
    for text in said:  # type: ignore[attr-defined]
        if "pages written" in text:
            return
    raise AssertionError("the preview ended")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--rebuilds", type=int, default=100)
    arguments = parser.parse_args()
    top = Path(tempfile.mkdtemp(prefix="load-"))
    started = time.monotonic()
    readers = under_load(small_archive(top / "archive"), arguments.clients, arguments.rebuilds)
    shutil.rmtree(top)
    print(
        f"{readers.answers[200]:,} pages whole, {readers.answers[404]:,} gone, "
        f"{len(readers.lost())} lost, {len(readers.torn)} torn or refused, "
        f"{time.monotonic() - started:,.0f} s"
    )
    sys.exit(bool(readers.torn or readers.lost()))


if __name__ == "__main__":
    main()
