"""What search costs and how fast it answers: index, size, and a browser asking.

    python bench/search.py OUT --pieces 100000 --http
    python bench/search.py OUT --pieces 1000 --exact 1000

Texts are made up from dictionary phrases in a Zipf distribution, with the small words of Chinese in
between, so that pairs of characters are about as many and as uneven as in print. Put OUT on a
memory file system to leave the disk out of it.
"first 20" is from pressing Enter on the search page to the painted results, in a new browser
profile that has loaded the tables of the segments and nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import gzip
import http.server
import json
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from broadsheet.search.document import Document
from broadsheet.search.segments import groups, segments
from tests.search import small_site
from tests.search.browser import FIND_ALL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM, FIREFOX = "/usr/bin/chromium", "/usr/bin/firefox-esr"
YEARS = 30
START = datetime.date(1996, 1, 1)
LATIN = ["Trump", "NATO", "Boeing", "AI", "G20", "COVID", "Witkoff", "UNESCO", "GDP", "DNA"]
SECTIONS = ["国际", "要闻", "经济", "副刊", "体育"]
TYPES = ["article"] * 8 + ["obituary", "notice"]
PHRASES_A_PIECE = 190  #: of three characters or so: about 600 characters
SMALL_WORDS = "的了在的是和的有不为的中上对的这了在人的是和年一"


def day_of(number: int, of: int) -> str:
    return (START + datetime.timedelta(number * 365 * YEARS // of)).isoformat()


def made_up(first: int, count: int, of: int) -> Iterator[Document]:
    """Pieces `first` to `first + count` of an archive of `of`."""
    phrases, cumulative = _vocabulary()
    for number in range(first, first + count):
        random = np.random.default_rng(number)
        words = phrases[np.searchsorted(cumulative, random.random(PHRASES_A_PIECE))].tolist()
        for at in np.flatnonzero(random.random(PHRASES_A_PIECE) < 0.3):
            words[at] = SMALL_WORDS[(number + at) % len(SMALL_WORDS)]
        for at in random.integers(0, PHRASES_A_PIECE, 9):
            words[at] = str(random.integers(1, 2100)) + "年月日个万"[at % 5]
        words[int(random.integers(PHRASES_A_PIECE))] = str(random.choice(LATIN))
        clauses = ["".join(words[n : n + 4]) for n in range(6, PHRASES_A_PIECE, 4)]
        sentences = ["，".join(clauses[n : n + 3]) + "。" for n in range(0, len(clauses), 3)]
        date, page = day_of(number, of), f"A{number % 24:02}"
        yield Document(
            href=f"{date}/{page}/{number % 30:02}-mei-teshi-wugong-er-fan.html",
            date=date,
            page=page,
            section=SECTIONS[number % 5],
            type=TYPES[number % 10],
            title="".join(words[:6]),
            paragraphs=tuple(
                (f"p{3 + 2 * n}", "".join(sentences[n : n + 3]))
                for n in range(0, len(sentences), 3)
            ),
            people=("王建国",) if number % 50 == 0 else (),
        )


@functools.cache
def _vocabulary() -> tuple[np.ndarray, np.ndarray]:
    """Dictionary phrases, and how often each occurs, summed up."""
    from pypinyin.phrases_dict import phrases_dict

    phrases = np.array(sorted(filter(str.isalpha, phrases_dict)))
    np.random.default_rng(7).shuffle(phrases)
    weights = 1 / np.arange(50, len(phrases) + 50)
    return phrases, np.cumsum(weights / weights.sum())


def documents_of(folder: Path, name: str) -> list[Document]:
    return msgspec.msgpack.decode((folder / f"{name}.msgpack").read_bytes(), type=list[Document])


def write_texts(folder: Path, pieces: int) -> dict[str, tuple[str, ...]]:
    """Make the texts up, a file for each segment; the segments."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = Counter(day_of(number, pieces) for number in range(pieces))
    cut = segments(counts)
    first = 0
    for name, days in cut.items():
        count = sum(counts[day] for day in days)
        documents = list(made_up(first, count, pieces))
        file = folder / f"{name}.msgpack"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(msgspec.msgpack.encode(documents))
        first += count
    return cut


def build(out: Path, names: list[str]) -> None:
    """Index the segments; run in a process of its own, so that its memory can be measured.

    What groups need of segments waits in files, as it waits in the store of a build.
    """
    pieces = 0
    cpu = 0.0
    for name in names:
        documents = documents_of(out / "texts", name)
        pieces += len(documents)
        before = time.process_time()
        share = small_site.write_segment(out / "site", name, documents)
        cpu += time.process_time() - before
        share_file(out, name).parent.mkdir(parents=True, exist_ok=True)
        share_file(out, name).write_bytes(share)
    before = time.process_time()
    for group, some in groups(names).items():
        shares = {
            f"{group}/{name}": share_file(out, f"{group}/{name}").read_bytes() for name in some
        }
        small_site.write_groups(out / "site", shares)
    together = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"index: {pieces:,} pieces in {len(names)} segments, {cpu / pieces * 1e6:.0f} us CPU")
    print(f"  a piece (with writing), {together / pieces * 1e6:.0f} more for groups,", end="")
    print(f" {memory:.0f} MB resident")


def share_file(out: Path, name: str) -> Path:
    return out / "shares" / f"{name}.msgpack"


def weigh(site: Path, pieces: int) -> None:
    """Bytes a piece of each kind of file, raw and as a host sends them."""
    kinds = {"index": "[pw]*.js", "text": "t*.js", "table": "segment.js", "group": "group.js"}
    for kind, pattern in kinds.items():
        files = list((site / "search").glob(f"**/{pattern}"))
        if not files:
            continue
        raw = sum(file.stat().st_size for file in files)
        sample = [file.read_bytes() for file in files[:: max(1, len(files) // 200)]]
        ratio = sum(len(gzip.compress(one, 6)) for one in sample) / sum(map(len, sample))
        print(f"  {kind:6}{len(files):7,} files{raw / pieces:7.0f} bytes a piece,", end="")
        print(f"{raw / pieces * ratio:6.0f} gzipped")


def sample_queries(documents: list[Document]) -> dict[str, str]:
    """Queries of each kind, cut from the texts themselves."""
    texts = ["".join(text for _, text in document.paragraphs) for document in documents]
    holding = Counter(pair for text in texts for pair in dict.fromkeys(pairwise(text)))
    han = ["".join(pair) for pair, _ in holding.most_common() if "".join(pair).isalpha()]
    middling = next(pair for pair in han if holding[tuple(pair)] < len(texts) / 100)
    body = texts[3 * len(texts) // 8]
    clauses = [clause for clause in body.split("。")[1].split("，") if clause.isalpha()]
    clause = max(clauses, key=len)[:10]
    return {
        "commonest pair": han[0],
        "middling pair": middling,
        "four characters": clause[2:6],
        "a rare clause": clause,
        "commonest character": Counter(c for text in texts for c in text if c.isalpha())
        .most_common(1)[0][0],
        "two words": f"{han[9]} {middling}",
        "mixed": re.findall("[0-9]+月", "".join(texts))[0],
        "Latin": "Witkoff",
        "phrase over a comma": f"“{body[body.index('，') - 4 : body.index('，') + 5]}”",
        "without": f"{han[0]} -NATO",
        "none": "龘齉爩",
    }  # fmt: skip


ASK = """async (line) => {
  const box = document.getElementById("sq"), list = document.getElementById("out");
  const progress = document.getElementById("far"), status = document.getElementById("count");
  let longest = 0;
  new PerformanceObserver((found) => found.getEntries().forEach((entry) => {
    longest = Math.max(longest, entry.duration);
  })).observe({ entryTypes: ["longtask"] });
  performance.setResourceTimingBufferSize(9999);
  const bytes = () => performance.getEntriesByType("resource")
    .reduce((sum, entry) => sum + entry.transferSize, 0);
  const before = bytes(), start = performance.now(), out = {};
  const painted = () => new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))));
  const until = (node, what, condition) => new Promise((resolve, reject) => {
    setTimeout(reject, 30000, new Error("no answer to " + line));
    const observer = new MutationObserver(() => {
      if (!condition()) return;
      observer.disconnect();
      resolve(painted());
    });
    observer.observe(node, what);
  });
  list.replaceChildren();
  const anything = { subtree: true, childList: true, attributes: true };
  const filled = () => list.children.length >= (progress.hidden ? 1 : 20);
  const shown = until(list.closest(".hits"), anything, filled).then((ms) => {
    out.first = ms;
    out.bytes = bytes() - before;
  });
  shown.catch(() => {});
  const told = until(status, { childList: true }, () => status.textContent && progress.hidden);
  box.value = line;
  box.form.requestSubmit();
  out.complete = await told;
  out.status = status.textContent;
  if (/：[\\d,]+/.test(out.status)) await shown;
  await new Promise((resolve) => setTimeout(resolve, 100));
  out.long = longest;
  return out;
}"""

READY = "() => document.getElementById('count').textContent"


def ask(site: Path, queries: dict[str, str], over_http: bool) -> None:
    """Each query in a browser profile of its own, from the folder, then over the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--enable-precise-memory-info"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        print(f"{'file://':24}{'first 20':>9}{'count':>8}{'longest task':>14}  (ms)")
        for name, line in queries.items():
            with _opened(chromium, f"file://{site}/search.html?q=龖龖龖") as page:
                page.wait_for_function(READY)
                got = page.evaluate(ASK, line)
            first = f"{got['first']:9.0f}" if "first" in got else f"{'-':>9}"
            print(f"  {name:22}{first}{got['complete']:8.0f}{got['long']:14.0f}  {got['status']}")
        with _opened(chromium, f"file://{site}/search.html") as page:
            page.wait_for_function(READY)
            for line in queries.values():
                page.evaluate(ASK, line)
            session = page.context.new_cdp_session(page)
            session.send("HeapProfiler.collectGarbage")
            used = session.send("Runtime.getHeapUsage")["usedSize"]
            print(f"  heap after ten queries: {used / 2**20:.0f} MB")
        if over_http:
            _ask_over_http(chromium, site, queries)
        chromium.close()


@contextlib.contextmanager
def _opened(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


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


def _ask_over_http(chromium: Browser, site: Path, queries: dict[str, str]) -> None:
    handler = functools.partial(_Zipped, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'http, 40 ms, 10 Mbit/s':24}{'first 20':>9}{'KB':>8}{'count':>8}")
    for name, line in queries.items():
        with _opened(chromium, "about:blank") as page:
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            speed = {"downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
            limits = {"offline": False, "latency": 40, **speed}
            session.send("Network.emulateNetworkConditions", limits)
            page.goto(f"http://127.0.0.1:{server.server_port}/search.html?q=龖龖龖")
            page.wait_for_function(READY)
            got = page.evaluate(ASK, line)
        first = f"{got['first']:9.0f}{got['bytes'] / 1000:8.0f}" if "first" in got else ""
        print(f"  {name:22}{first:17}{got['complete']:8.0f}  {got['status']}")
    server.shutdown()


def judge(folder: Path, count: int) -> None:
    """Random queries in both browsers against reading every text."""
    from tests.search.scan import Scan
    from tests.search.texts import documents, questions

    pieces = documents(1500)
    small_site.write_site(folder, pieces, 200)
    lines, scan = questions(count, pieces), Scan(pieces)
    wanted = [scan.hits(line) for line in lines]
    for name, find_all in (("Chromium", _found_by_chromium), ("Firefox", _found_by_firefox)):
        answers = find_all(f"file://{folder}/search.html", lines)
        found = [{pieces[n].href for n in answer} for answer in answers]
        common = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
        recall, precision = common / sum(map(len, wanted)), common / sum(map(len, found))
        same = sum(a == b for a, b in zip(found, wanted, strict=True))
        print(f"{name}: {same:,} of {count:,} queries the same as by reading every text; ", end="")
        print(f"recall {recall}, precision {precision}; {sum(map(bool, wanted)):,} had hits")


def _found_by_chromium(address: str, lines: list[str]) -> list[list[int]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with _opened(chromium, address) as page:
            page.wait_for_function(READY)
            found: list[list[int]] = page.evaluate(FIND_ALL, lines)
        chromium.close()
    return found


def _found_by_firefox(address: str, lines: list[str]) -> list[list[int]]:
    from tests.browser.firefox import Firefox

    with tempfile.TemporaryDirectory() as profile:
        firefox = Firefox(FIREFOX, Path(profile))
        firefox.open(address)
        firefox.wait_for(READY.removeprefix("() => "))
        asked = json.dumps(lines)
        firefox.evaluate(f"(({FIND_ALL})({asked}).then((found) => (window.found = found)), 0)")
        firefox.wait_for("window.found", 300)
        found: list[list[int]] = firefox.evaluate("window.found")
        firefox.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=10_000)
    parser.add_argument("--http", action="store_true", help="also over a throttled loopback")
    parser.add_argument("--exact", type=int, default=0, help="random queries to judge")
    parser.add_argument("--index", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    out = given.out.resolve()
    if given.index:
        build(out, given.index)
        return
    cut = write_texts(out / "texts", given.pieces)
    small_site.write_site(out / "site", [])
    small_site.write_lists(out / "site", cut)
    subprocess.run([sys.executable, __file__, str(out), "--index", *cut], check=True)
    weigh(out / "site", given.pieces)
    ask(out / "site", sample_queries(documents_of(out / "texts", list(cut)[len(cut) // 2])),
        given.http)  # fmt: skip
    if given.exact:
        judge(out / "exact", given.exact)


if __name__ == "__main__":
    main()
