"""Leave a page for good before its browser context is closed."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Error, Page

#: A preview reloads a page at most once for what a test did and once for what it put back.
_TRIES = 5


def leave(page: Page) -> None:
    """Go to an empty page, also where a preview is about to reload this one.

    Chromium may never answer who closes the context of a page that is being reloaded.
    """
    for _ in range(_TRIES):
        with suppress(Error):  # a reload came between
            page.goto("about:blank")
            return
