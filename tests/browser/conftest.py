"""Real browsers, an archive with every kind of page, and a server on the loopback.

What is missing (a browser, a tool from npm) skips the tests that need it and says so; where CI is
set it fails them, for there nothing may be missing.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

REPOSITORY = Path(__file__).parent.parent.parent
import archive
from broadsheet.cli import main
from firefox import Firefox

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOXES = ("firefox-esr", "firefox")

#: The tools from npm, kept outside the repository, with the versions that the tests were written for.
NPM_PACKAGES = ("axe-core@4.14.1", "html-validate@11.21.1", "vnu-jar@26.9.27")


def absent(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def found(variable: str, names: tuple[str, ...]) -> str | None:
    """The program that a variable of the environment names, else the first of `names` there is."""
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = found("BROADSHEET_CHROMIUM", CHROMIUMS)
    if path is None:
        absent("no Chromium: install one, or name it in BROADSHEET_CHROMIUM")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    path = found("BROADSHEET_FIREFOX", FIREFOXES)
    if path is None:
        absent("no Firefox: install one, or name it in BROADSHEET_FIREFOX")
    browser = Firefox(path, tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder node_modules with NPM_PACKAGES."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "broadsheet" / "npm"
    stamp = cache / "installed"
    if not (stamp.is_file() and stamp.read_text() == repr(NPM_PACKAGES)):
        if shutil.which("npm") is None:
            absent(f"no npm to install {', '.join(NPM_PACKAGES)}")
        cache.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(cache)]
        done = subprocess.run([*install, *NPM_PACKAGES], capture_output=True, text=True)
        if done.returncode:
            absent(f"npm could not install: {done.stderr.strip()[-200:]}")
        stamp.write_text(repr(NPM_PACKAGES))
    return cache / "node_modules"


def built(root: Path) -> Path:
    """Build the archive in `root` and give its site."""
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(root), "-q", "build"])
    assert not ended.value.code
    return root / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an archive that has every kind of page, in three languages of text."""
    root = tmp_path_factory.mktemp("archive") / "every kind of page"
    archive.write(root)
    return built(root)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("empty")
    (root / "content").mkdir()
    return built(root)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site at a sub-path, as GitHub Pages serves a project's."""
    folder = site.parent / "served"
    folder.mkdir(exist_ok=True)
    if not (folder / "paper").exists():
        (folder / "paper").symlink_to(site, target_is_directory=True)
    yield from _serve(folder, "/paper/")


@pytest.fixture(scope="session")
def served_at_root(site: Path) -> Iterator[str]:
    yield from _serve(site, "/")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


def _serve(folder: Path, path: str) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{path}"
        server.shutdown()


class Watched:
    """A browser page that keeps account of everything that went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requested: list[str] = []
        page.on("console", lambda message: self.faults.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        """Leaving a page ends what it was still fetching; that is no fault of the page."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def watched(page: Page) -> Watched:
    return Watched(page)
