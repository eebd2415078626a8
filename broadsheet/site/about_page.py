"""The page about the archive, from content/about.md when there is one."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from broadsheet import frontmatter
from broadsheet.archive.reader import CONTENT
from broadsheet.site import body
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.views import AboutView

FILE = f"{CONTENT}/about.md"
PATH = "about.html"


def about_page(desk: Desk, root: Path) -> PageContent:
    """Markdown, with or without front matter; its first heading is the title."""
    text = (root / FILE).read_text(encoding="utf-8")
    parts = frontmatter.split(text)
    blocks = body.read(parts[1] if parts else text)
    title = desk.t("foot.about")
    if blocks and blocks[0].kind == "subhead":
        title, blocks = blocks[0].text, blocks[1:]
    tags = {"subhead": "<h2>{}</h2>", "text": "<p>{}</p>", "block": "{}"}
    html = Markup("\n").join(Markup(tags[block.kind]).format(block.html) for block in blocks)  # noqa: S704
    summary = next((block.text for block in blocks if block.kind == "text"), title)
    return PageContent(AboutView(title=title, html=html), title, summary[:160])
