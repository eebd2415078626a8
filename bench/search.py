"""What search costs and how fast it answers: build, size, and a browser asking.

    python bench/search.py OUT --pieces 100000        builds OUT/site, then drives Chromium
    python bench/search.py OUT --pieces 1000 --exact 1000

Texts are made up from dictionary phrases in a Zipf distribution, so that pairs of characters are
as many and as uneven as in print. Put OUT on a memory file system to leave the disk out of it.
Every query runs in a browser profile of its own, from file:// and over a throttled loopback.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import http.server
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from broadsheet.search.document import Document  # noqa: E402
from broadsheet.search.segments import MOST, segments  # noqa: E402

YEARS = 30
LATIN = "Trump NATO Boeing AI G20 COVID iPhone Witkoff Kushner UNESCO GDP DNA Apple China".split()


def made_up(first: int, count: int, of: int) -> Iterator[Document]:
    """Pieces `first` to `first + count` of an archive of `of`, about 600 characters each."""
    from pypinyin.phrases_dict import phrases_dict

    phrases = np.array(sorted(filter(str.isalpha, phrases_dict)))
    np.random.default_rng(7).shuffle(phrases)
    weights = 1 / np.arange(3, len(phrases) + 3) ** 0.95
    cumulative = np.cumsum(weights / weights.sum())
    start = datetime.date(1996, 1, 1)
    for number in range(first, first + count):
        random = np.random.default_rng(number)
        day = start + datetime.timedelta(number * 365 * YEARS // of)
        words = phrases[np.searchsorted(cumulative, random.random(190))].tolist()
        for at in random.integers(0, 190, 9):
            words[at] = str(random.integers(1, 2100)) + "年月日个万"[at % 5]
        words[int(random.integers(0, 190))] = LATIN[int(random.integers(len(LATIN)))]
        sentences = ["，".join(map("".join, zip(*[iter(words[n : n + 12])] * 3))) + "。"
                     for n in range(8, 188, 12)]  # fmt: skip
        paragraphs = tuple(
            (f"p{n * 4}", "".join(sentences[n * 3 : n * 3 + 3])) for n in range(5)
        )
        date = day.isoformat()
        yield Document(
            f"{date}/A{number % 24:02}/{number % 30:02}-mei-teshi-wugong-er-fan.html", date,
            f"A{number % 24:02}", ["国际", "要闻", "经济", "副刊", "体育"][number % 5],
            ["article"] * 8 * (number % 10 < 8) and "article" or ["obituary", "slogan"][number % 2],
            "".join(words[:6]), paragraphs, ("王建国",) if number % 50 == 0 else (),
        )  # fmt: skip


def build(site: Path, pieces: int) -> None:
    """Write the whole site; its own process, so that its memory can be measured."""
    from broadsheet.search.index import segment_files
    from tests.search import small_site

    counts: dict[str, int] = {}
    start = datetime.date(1996, 1, 1)
    for number in range(pieces):
        day = (start + datetime.timedelta(number * 365 * YEARS // pieces)).isoformat()
        counts[day] = counts.get(day, 0) + 1
    cut = segments(counts, MOST)
    small_site.write_site(site, [], MOST)
    small_site.write_lists(site, cut)
    first, cpu, raw, packed, files = 0, 0.0, {}, {}, {}
    for name, days in cut.items():
        count = sum(counts[day] for day in days)
        documents = list(made_up(first, count, pieces))
        first += count
        (site / "search" / name).mkdir(parents=True, exist_ok=True)
        before = time.process_time()
        for path, text in segment_files(name, documents):
            (site / path).write_bytes(text.encode())
        cpu += time.process_time() - before
        for file in (site / "search" / name).iterdir():
            kind = {"p": "index", "w": "index", "t": "text", "s": "table"}[file.name[0]]
            content = file.read_bytes()
            files[kind] = files.get(kind, 0) + 1
            raw[kind] = raw.get(kind, 0) + len(content)
            if count < 500 or files[kind] % 20 == 1:
                sample = packed.setdefault(kind, [0, 0])
                sample[0] += len(content)
                sample[1] += len(gzip.compress(content, 6))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"build: {pieces:,} pieces in {len(cut)} segments, {cpu / pieces * 1e6:.0f} us CPU a piece, "
          f"{memory:.0f} MB")  # fmt: skip
    for kind in raw:
        ratio = packed[kind][1] / packed[kind][0]
        print(f"  {kind:6} {files[kind]:6,} files {raw[kind] / pieces:7.0f} bytes a piece, "
              f"{raw[kind] / pieces * ratio:6.0f} gzipped")  # fmt: skip


def sample_queries(pieces: int) -> dict[str, str]:
    """Queries of each kind, cut from the texts themselves."""
    middle = list(made_up(pieces // 2, 20, pieces))
    body = middle[3].paragraphs[0][1]
    clause = body.split("，")[0]
    common = np.array([c for d in middle for c in d.paragraphs[0][1] if "\u4e00" <= c <= "\u9fff"])
    characters, counts = np.unique(common, return_counts=True)
    return {
        "two characters": clause[:2],
        "four characters": clause[:4],
        "a rare clause": clause,
        "commonest character": str(characters[counts.argmax()]),
        "two words": f"{clause[:2]} {body[-4:-2]}",
        "mixed 12月": "12月",
        "Latin": "Witkoff",
        "phrase over comma": f"“{body[:14]}”",
        "without": f"{clause[:2]} -NATO",
        "none": "龘齉爩",
    }


ASK = """async (line) => {
  const box = document.getElementById("sq");
  performance.clearMarks();
  window.long = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    window.long = Math.max(window.long, entry.duration); })).observe({entryTypes: ["longtask"]});
  const bytes = () => performance.getEntriesByType("resource").reduce((sum, e) => sum + e.transferSize, 0);
  performance.setResourceTimingBufferSize(5000);
  const before = bytes(), start = performance.now();
  box.value = line;
  box.form.requestSubmit();
  const mark = (name) => new Promise((resolve) => {
    const look = () => { const found = performance.getEntriesByName(name)[0];
      if (found) resolve(found.startTime - start); else setTimeout(look, 1); };
    look(); });
  const out = {};
  const first = mark("search shown").then((ms) => { out.first = ms; out.firstBytes = bytes() - before; });
  out.complete = await mark("search complete");
  const text = document.getElementById("count").textContent;
  if (/\\d/.test(text)) await first;
  out.status = text;
  await new Promise((resolve) => setTimeout(resolve, 50));
  out.long = window.long;
  return out;
}"""

READY = "document.getElementById('count') && document.getElementById('far').hidden"


def ask(site: Path, pieces: int, http_too: bool) -> None:
    from playwright.sync_api import sync_playwright

    queries = sample_queries(pieces)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-precise-memory-info"]
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        print(f"{'file://, ms':24}{'first 20':>9}{'count':>8}{'longest task':>14}")
        for name, line in queries.items():
            context = chromium.new_context()
            page = context.new_page()
            page.goto(f"file://{site}/search.html?q=%E3%80%87%E3%80%87%E3%80%87%E3%80%87")
            page.wait_for_function(READY)
            got = page.evaluate(ASK, line)
            first = f"{got['first']:9.0f}" if "first" in got else f"{'-':>9}"
            print(f"  {name:22}{first}{got['complete']:8.0f}{got['long']:14.0f}  {got['status']}")
            context.close()
        page = chromium.new_context().new_page()
        page.goto(f"file://{site}/search.html")
        page.wait_for_timeout(500)
        for line in queries.values():
            page.evaluate(ASK, line)
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")
        print(f"  heap after ten queries: {heap['usedSize'] / 2**20:.0f} MB in use")
        if http_too:
            _over_http(chromium, site, queries)
        chromium.close()


class _Zipped(http.server.SimpleHTTPRequestHandler):
    """Files as a host sends them: gzipped, kept alive."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


def _over_http(chromium, site: Path, queries: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *a, **k: _Zipped(*a, directory=str(site), **k)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'http, 40 ms, 10 Mbit/s':24}{'first 20':>9}{'KB':>8}{'count':>8}")
    for name, line in queries.items():
        context = chromium.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 40,
            "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8})  # fmt: skip
        page.goto(f"http://127.0.0.1:{server.server_port}/search.html?q=%E3%80%87%E3%80%87%E3%80%87")
        page.wait_for_function("window.broadsheetSearch")
        got = page.evaluate(ASK, line)
        first = f"{got['first']:9.0f}{got['firstBytes'] / 1000:8.0f}" if "first" in got else ""
        print(f"  {name:22}{first:17}{got['complete']:8.0f}  {got['status']}")
        context.close()
    server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=10_000)
    parser.add_argument("--only-build", action="store_true")
    parser.add_argument("--only-ask", action="store_true")
    parser.add_argument("--http", action="store_true")
    given = parser.parse_args()
    site = given.out.resolve() / "site"
    if given.only_build:
        build(site, given.pieces)
        return
    if not given.only_ask:
        command = [sys.executable, __file__, str(given.out), "--pieces", str(given.pieces)]
        subprocess.run([*command, "--only-build"], check=True)
    ask(site, given.pieces, given.http)


if __name__ == "__main__":
    main()
