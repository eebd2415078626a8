"""What a page puts on the clipboard, without the system's clipboard.

A stand-in takes the place of `navigator.clipboard` before the page's own scripts run. The real one
belongs to the whole system and to whatever else runs on it.
"""

from __future__ import annotations

from playwright.sync_api import Page

_STAND_IN = """
Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async text => { window.onClipboard = text; } },
});
"""


def lend_clipboard(page: Page) -> None:
    """Give the pages that `page` goes to from now on a clipboard of their own."""
    page.add_init_script(_STAND_IN)


def on_clipboard(page: Page) -> str:
    """The text that the page has put there last."""
    text: str = page.evaluate("window.onClipboard")
    return text
