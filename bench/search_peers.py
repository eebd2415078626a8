"""Search beside Pagefind and lunr: the same pages, the same queries, one run.

    python -m venv EXTENDED && EXTENDED/bin/pip install 'pagefind[extended]==1.5.2'
    python -m venv STANDARD && STANDARD/bin/pip install 'pagefind[bin]==1.5.2'
    npm install lunr
    python bench/search_peers.py OUT --pieces 1000 --extended EXTENDED/bin/python \\
        --standard STANDARD/bin/python --lunr node_modules/lunr

Each index is built in a process of its own, whose seconds and memory are told. Recall and
precision are those of 200 queries of one to six characters cut from the texts, judged by reading
every text. lunr is asked in node, with its index in memory; the others in Chromium over a loopback.
"""

from __future__ import annotations

import argparse
import functools
import html
import http.server
import json
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.search import CHROMIUM, READY, documents_of, write_texts
from broadsheet.search.document import Document
from tests.search import small_site
from tests.search.browser import FIND_ALL
from tests.search.scan import Scan

QUERIES, MOST_HITS = 200, 300

PAGEFIND = """async (lines) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const found = [];
  for (const line of lines) {
    const { results } = await pagefind.search(line);
    const pages = await Promise.all(results.map((result) => result.data()));
    found.push(pages.map((page) => page.raw_url || page.url));
  }
  return found;
}"""

LUNR_BUILD = """
const [, lunr, pages, out] = process.argv, fs = require("fs");
const index = require(lunr)(function () {
  this.ref("href");
  this.field("title");
  this.field("text");
  for (const page of JSON.parse(fs.readFileSync(pages))) this.add(page);
});
fs.writeFileSync(out, JSON.stringify(index));
"""

LUNR_ASK = """
const [, lunr, saved] = process.argv, fs = require("fs");
const index = require(lunr).Index.load(JSON.parse(fs.readFileSync(saved)));
const lines = JSON.parse(fs.readFileSync(0)), before = performance.now();
const found = lines.map((line) => index.search(line).map(({ ref }) => ref));
console.log(JSON.stringify([(performance.now() - before) / 1000, found]));
"""

LUNR_MEMORY = "--max-old-space-size=12000"


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds and megabytes of a command, its children included."""
    script = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=2);"
    script += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    before = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True)
    done.check_returncode()
    return time.perf_counter() - before, float(done.stdout.split()[-1])


def write_pages(site: Path, pieces: list[Document]) -> None:
    """A plain page for each piece, as crawlers of HTML need them."""
    for piece in pieces:
        text = "".join(f"<p>{html.escape(text)}</p>" for _, text in piece.paragraphs)
        title = html.escape(piece.title)
        page = f"<!doctype html><html lang=zh><meta charset=utf-8><title>{title}</title>"
        page += f"<body><main><h1>{title}</h1>{text}</main></body></html>"
        (site / piece.href).parent.mkdir(parents=True, exist_ok=True)
        (site / piece.href).write_text(page, "utf-8")


def cut_queries(pieces: list[Document], scan: Scan) -> list[str]:
    some = random.Random(5)
    found: list[str] = []
    while len(found) < QUERIES:
        text = some.choice(some.choice(pieces).paragraphs)[1]
        start = some.randrange(max(1, len(text) - 6))
        line = text[start : start + some.randint(1, 6)].strip("，。")
        if line and 0 < len(scan.hits(line)) <= MOST_HITS:
            found.append(line)
    return found


def told(name: str, cost: tuple[float, float], folder: Path, asked: float, judged: str) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{name:20}{cost[0]:8.1f} s{cost[1]:7.0f} MB{size:8.1f} MB{len(files):7,} files", end="")
    print(f"{asked * 1000:8.0f} ms  {judged}")


def judge(wanted: list[set[str]], found: list[set[str]]) -> str:
    common = sum(len(a & b) for a, b in zip(wanted, found, strict=True))
    recall = common / sum(map(len, wanted))
    precision = common / max(1, sum(map(len, found)))
    return f"recall {recall:.3f}, precision {precision:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--pieces", type=int, default=1000)
    parser.add_argument("--extended", help="a Python that has pagefind[extended]")
    parser.add_argument("--standard", help="a Python that has pagefind[bin]")
    parser.add_argument("--lunr", type=Path, help="the folder of lunr's package")
    given = parser.parse_args()
    out = given.out.resolve()
    cut = write_texts(out / "texts", given.pieces)
    pieces = [piece for name in cut for piece in documents_of(out / "texts", name)]
    small_site.write_site(out / "site", [])
    small_site.write_lists(out / "site", cut)
    scan = Scan(pieces)
    lines = cut_queries(pieces, scan)
    wanted = [scan.hits(line) for line in lines]
    print(f"{given.pieces:,} pages: build, memory, index, files, a query, 200 queries judged")
    bench = str(Path(__file__).parent / "search.py")
    cost = measured([sys.executable, bench, str(out), "--index", *cut])
    seconds, answers = ask_in_browser(out / "site", "search.html", FIND_ALL, lines)
    numbers = [{pieces[n].href for n in answer} for answer in answers]
    told("Broadsheet", cost, out / "site/search", seconds, judge(wanted, numbers))
    for build in ("extended", "standard"):
        if python := getattr(given, build):
            write_pages(out / build, pieces)
            cost = measured([python, "-m", "pagefind", "--site", str(out / build)])
            seconds, answers = ask_in_browser(out / build, "", PAGEFIND, lines)
            pages = [{url.lstrip("/") for url in answer} for answer in answers]
            told(
                f"Pagefind, {build}", cost, out / build / "pagefind", seconds, judge(wanted, pages)
            )
    if given.lunr:
        cost, seconds, hits = ask_lunr(out, given.lunr.resolve(), pieces, lines)
        told("lunr", cost, out / "lunr", seconds, judge(wanted, hits))
    print("from file://: Broadsheet yes, Pagefind no (WebAssembly by fetch), lunr with its index")
    print("in a script")


def ask_lunr(
    out: Path, lunr: Path, pieces: list[Document], lines: list[str]
) -> tuple[tuple[float, float], float, list[set[str]]]:
    """(seconds and megabytes of the build, seconds a query, what each query found)."""
    (out / "lunr").mkdir(exist_ok=True)
    pages, index = str(out / "lunr.json"), str(out / "lunr/index.json")
    rows = [
        {"href": p.href, "title": p.title, "text": " ".join(text for _, text in p.paragraphs)}
        for p in pieces
    ]
    Path(pages).write_text(json.dumps(rows), "utf-8")
    node = ["node", LUNR_MEMORY, "-e"]
    cost = measured([*node, LUNR_BUILD, str(lunr), pages, index])
    command = [*node, LUNR_ASK, str(lunr), index]
    done = subprocess.run(command, input=json.dumps(lines), capture_output=True, text=True)
    done.check_returncode()
    seconds, answers = json.loads(done.stdout)
    return cost, seconds / len(lines), [set(answer) for answer in answers]


def ask_in_browser(site: Path, start: str, script: str, lines: list[str]) -> tuple[float, list]:
    """(seconds a query, what each query found) of a page that a loopback serves."""
    from playwright.sync_api import sync_playwright

    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/{start}")
        if start:
            page.wait_for_function(READY)
        before = time.perf_counter()
        found = page.evaluate(script, lines)
        seconds = (time.perf_counter() - before) / len(lines)
        chromium.close()
    server.shutdown()
    return seconds, found


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    main()
