"""A browser page that keeps account of everything that went wrong on it."""

from __future__ import annotations

from playwright.sync_api import Page, Request


class Watched:
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
