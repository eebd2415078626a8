"""An archive as long as archives get, built and looked at in a browser.

    python bench/long_archive.py [--years 100] [--keep FOLDER]

It has an issue in each month of each year; one month of one section with 12,000 pieces; an issue
of 80 pieces on 16 pages; a year with an obituary a day and with a slogan a week. What is printed:
pages that weigh more than 500 kB, pages wider than the window at 1440, 390 and 320 pixels, and the
heaviest pages of each kind. Texts are made up. Takes some minutes and 100 MB.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import tempfile
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

from broadsheet.cli import main as broadsheet

#: Bytes of a page.
HEAVY = 500_000
SENTENCE = "市集改在东门外开市，乡民挑担入市，须走南侧木桥，车马走北侧石桥。"
SURNAMES = "安白陈丁范高何江孔林马倪区潘钱饶沈唐王徐叶张"
FIRST = 1925


def put(root: Path, place: str, front: str, body: str) -> None:
    file = root / "content" / f"{place}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{front}\n---\n{body}\n", encoding="utf-8")


def article(n: int, section: str) -> str:
    return f"type: article\ntitle: 第{n}条 东门市集改期\nsection: {section}"


def write(root: Path, years: int) -> None:
    root.mkdir(parents=True, exist_ok=True)
    (root / "broadsheet.yaml").write_text("title: 百年存档\nbase_url: https://example.org/\n")
    for year in range(FIRST, FIRST + years):
        for month in range(1, 13):
            put(root, f"{year}-{month:02}-01/1/01-x", article(1, "本埠"), SENTENCE)
    last = FIRST + years - 1
    for n in range(12_000):  # a month of 30 days, 20 pages a day, 20 pieces a page
        day, page, at = n // 400 + 1, n // 20 % 20 + 1, n % 20 + 1
        put(root, f"{last}-06-{day:02}/{page:02}/{at:02}-x", article(n, "要闻"), SENTENCE)
    for n in range(80):
        place = f"{last}-12-24/{n // 5 + 1:02}/{n % 5 + 1:02}-x"
        put(root, place, article(n, "本埠"), f"{SENTENCE * 3}\n\n" * (1 + n % 7))
    for n in range(360):
        day = datetime.date(last - 1, 1, 2) + datetime.timedelta(n)
        name = f"{SURNAMES[n % len(SURNAMES)]}静{n}"
        person = f"person: {{name: {name}, age: {n % 60 + 40}}}"
        front = f"type: obituary\ntitle: 讣告\npeople: [{name}]\n{person}"
        put(root, f"{day}/2/01-x", front, f"{name}先生辞世。")
        if n % 7 == 0:
            put(root, f"{day}/2/02-x", "type: slogan", "南桥慢行 北桥让车")


def heavy(site: Path) -> list[str]:
    pages = [(path.stat().st_size, path) for path in site.rglob("*.html")]
    pages.sort(reverse=True)
    click.echo(f"{len(pages)} pages; the heaviest:")
    for size, path in pages[:8]:
        click.echo(f"  {size / 1000:7.0f} kB  {path.relative_to(site)}")
    return [f"{path}: {size} bytes" for size, path in pages if size > HEAVY]


def wide(site: Path) -> list[str]:
    """The heaviest page of each kind at each width."""
    heaviest: dict[str, Path] = {}
    for path in sorted(site.rglob("*.html"), key=lambda path: path.stat().st_size):
        with path.open(encoding="utf-8") as file:
            heaviest[file.read(8000).partition('data-page="')[2].partition('"')[0]] = path
    found = []
    program = os.environ.get("BROADSHEET_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for width in (1440, 390, 320):
            page = browser.new_page(viewport={"width": width, "height": 800})
            for path in heaviest.values():
                page.goto(path.as_uri())
                needed = page.evaluate("document.documentElement.scrollWidth")
                if needed > width:
                    found.append(f"{path}: {needed} wide at {width}")
            page.close()
        browser.close()
    return found


@click.command(help=__doc__)
@click.option("--years", default=100, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="build in this folder and leave it")
def main(years: int, keep: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = keep or Path(folder)
        write(root, years)
        try:
            broadsheet(["-C", str(root), "-q", "build"])
        except SystemExit as ended:
            if ended.code:
                raise
        faults = heavy(root / "site") + wide(root / "site")
    click.echo("\n".join(faults) or "none is heavier than 500 kB, none scrolls sideways")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
