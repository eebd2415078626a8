"""Real browsers, an archive with every kind of page, and a server on the loopback."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import example_archive
import machine
import pytest
from firefox import Firefox
from leaving import leave
from playwright.sync_api import Browser, Page, sync_playwright
from sites import built
from watched import Watched

from broadsheet.site import long_lists


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = machine.program("Chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    browser = Firefox(machine.program("Firefox"), tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def npm() -> Path:
    return machine.node_modules()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of an archive that has every kind of page, in three languages of text."""
    root = tmp_path_factory.mktemp("archive") / "every kind of page"
    example_archive.write(root)
    return built(root)


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive where one row of a list is too many, so that all lists are parted."""
    root = tmp_path_factory.mktemp("long") / "archive"
    example_archive.write_pieces(root, example_archive.PIECES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lists, "LONG", 0)
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
    folder.mkdir()
    (folder / "paper").symlink_to(site, target_is_directory=True)
    yield from _serve(folder, "/paper/")


@pytest.fixture(scope="session")
def served_at_root(site: Path) -> Iterator[str]:
    yield from _serve(site, "/")


@pytest.fixture(scope="session")
def served_long_site(long_site: Path) -> Iterator[str]:
    yield from _serve(long_site, "/")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


def _serve(folder: Path, path: str) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{path}"
        server.shutdown()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    yield page
    leave(page)
    context.close()


@pytest.fixture
def watched(page: Page) -> Watched:
    return Watched(page)
