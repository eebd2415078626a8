"""Pictures of the key pages, for README and for a person's eye.

    python bench/screenshots.py [--site site] [--out docs/pictures] [--all]

Without --all only the pictures that the README shows; with it every key page at 1440 and 390
pixels, light and dark. Uses the machine's Chromium (BROADSHEET_CHROMIUM names another one).
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WIDTHS = (1440, 390)
SCHEMES = ("light", "dark")


def pages(site: Path) -> dict[str, str]:
    """name of the picture -> address within the site, from what the newest issue holds."""
    issue = sorted(path for path in site.glob("????-??-??") if path.is_dir())[-1]
    sheet = sorted(path for path in issue.iterdir() if path.is_dir())[0]
    found = {
        "home": "index.html",
        "issue": f"{issue.name}/index.html",
        "page": f"{issue.name}/{sheet.name}/index.html",
        "source": f"{issue.name}/{sheet.name}/index.html#source",
        "obituaries": "obituaries/index.html",
        "slogans": "slogans/index.html",
        "sections": "section/index.html",
        "archive": "archive/index.html",
        "people": "people/index.html",
        "search": "search.html",
        "404": "404.html",
    }
    for piece in sorted(sheet.glob("[0-9]*.html")):
        kind = _kind(piece)
        found.setdefault(kind, piece.relative_to(site).as_posix())
    for name, pattern in (
        ("section-month", "section/*/????-??.html"),
        ("year", "archive/????.html"),
    ):
        for path in sorted(site.glob(pattern))[:1]:
            found[name] = path.relative_to(site).as_posix()
    return {name: where for name, where in found.items() if (site / where.split("#")[0]).exists()}


def _kind(piece: Path) -> str:
    text = piece.read_text(encoding="utf-8")
    marks = {"obit": "obituary", "banner": "slogan", "notice": "notice", "photo": "photo"}
    return next((kind for mark, kind in marks.items() if f'class="{mark}' in text), "article")


def picture(browser: Browser, site: Path, where: str, width: int, scheme: str, out: Path) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 1000},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    page = context.new_page()
    file, _, anchor = where.partition("#")
    page.goto((site.resolve() / file).as_uri() + (f"#{anchor}" if anchor else ""))
    page.wait_for_timeout(150)
    page.screenshot(path=out, full_page=True)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"))
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("BROADSHEET_CHROMIUM") or shutil.which("chromium")
    chosen = pages(options.site)
    if not options.all:
        chosen = {name: chosen[name] for name in ("page", "source")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, where in chosen.items():
            for width in WIDTHS if options.all else WIDTHS[:1]:
                for scheme in SCHEMES if options.all else SCHEMES[:1]:
                    out = options.out / f"{name}-{width}-{scheme}.png"
                    picture(browser, options.site, where, width, scheme, out)
                    print(out)
        browser.close()


if __name__ == "__main__":
    main()
