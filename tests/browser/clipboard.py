"""What the clipboard holds, found as a person finds it: by pasting.

`navigator.clipboard.readText()` is no way to ask: on a busy machine headless Chromium may never
answer it, and a script's promise has no time limit.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect


def pasted(context: BrowserContext) -> str:
    """The clipboard's text, pasted into an empty page."""
    page = context.new_page()
    page.set_content("<textarea autofocus></textarea>")
    field = page.locator("textarea")
    field.focus()
    field.press("Control+V")
    expect(field).not_to_have_value("")
    text = field.input_value()
    page.close()
    return text
