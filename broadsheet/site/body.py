"""A body: Markdown -> subheads and paragraphs as HTML.

Python-Markdown reads it, with three things changed: raw HTML is shown as text, a link leads to
http(s), mail or a relative address or is no link, and pictures belong into `figures`. A body of
plain paragraphs and `## ` lines, which nearly all are, is read by a few lines here that give the
same result; a property test holds both together.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Literal, cast

import msgspec
from markupsafe import Markup

from broadsheet.site.straight_code import as_markup

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown


class Block(msgspec.Struct, frozen=True, gc=False):
    """A subhead, a paragraph, or another element of Markdown (a list, a quotation) as a whole."""

    kind: Literal["subhead", "text", "block"]
    text: str  #: what is printed, without markup
    html: Markup  #: inside of the paragraph or subhead; a `block` with its own element


def read(body: str, shortcuts: bool = True) -> list[Block]:
    """The text of a content file -> its blocks in order."""
    blocks = read_plain(body) if shortcuts else None
    return read_markdown(body) if blocks is None else blocks


#: Characters that Markdown may take for markup, in any place; and characters in a row.
_MARKUP = re.compile(r"[\\`*_\[<&\t\r\x00-\x08\x0b-\x1f\x85\u2028\u2029\x7f]")
_MARKUP_ROWS = ("  \n", "\n\u3000")
#: The start of a line that may be a heading, list, quotation, rule, code or definition.
_MARKUP_START = re.compile(r"[ #>=:+~-]|\d+\.|\s", re.MULTILINE)


def read_plain(body: str) -> list[Block] | None:
    """The blocks of a body of plain paragraphs and `## ` subheads; None: ask Python-Markdown."""
    if _MARKUP.search(body) or any(row in body for row in _MARKUP_ROWS):
        return None
    blocks: list[Block] = []
    for chunk in body.split("\n\n"):
        text = chunk.strip("\n")
        if not text:
            continue
        if text.startswith("## "):
            subhead = text[3:].strip()
            if "\n" in text or "#" in subhead or not subhead:
                return None
            blocks.append(Block("subhead", subhead, _escaped(subhead)))
            continue
        if _MARKUP_START.match(text) or text[-1].isspace():
            return None
        if "\n" in text and any(map(_MARKUP_START.match, text.split("\n"))):
            return None
        blocks.append(Block("text", text, _escaped(text)))
    return blocks


def _escaped(text: str) -> Markup:
    """As Python-Markdown escapes text: quotation marks stay, they are no markup there."""
    if ">" in text:
        text = text.replace(">", "&gt;")
    return as_markup(text)  # without < and & by the guard, > escaped


#: Python-Markdown looks for the end of a link from every bracket to the end of the text, half a
#: minute for five thousand. Where more than these stand they are text.
_MOST_BRACKETS = 300
_BRACKET = re.compile(r"(?<!\\)\[")


def read_markdown(body: str) -> list[Block]:
    """The blocks of any body, by Python-Markdown."""
    if body.count("[") > _MOST_BRACKETS:
        body = _BRACKET.sub(r"\\[", body)
    markdown = _markdown()
    markdown.reset()
    lines = body.split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    root = cast("Element", markdown.parser.parseDocument(lines).getroot())
    for processor in markdown.treeprocessors:
        root = processor.run(root) or root
    return [_block(markdown, element) for element in root]


def _block(markdown: Markdown, element: Element) -> Block:
    element.tail = None
    shown = markdown.serializer(element)
    for postprocessor in markdown.postprocessors:
        shown = postprocessor.run(shown)
    shown = shown.strip()
    if element.tag == "p" or re.match(r"h[1-6]$", element.tag):
        inner = shown[shown.index(">") + 1 : shown.rindex("<")] if shown.endswith(">") else shown
        kind: Literal["subhead", "text"] = "text" if element.tag == "p" else "subhead"
        return Block(kind, plain_text(inner), Markup(inner))  # noqa: S704
    return Block("block", plain_text(shown), Markup(shown))  # noqa: S704


_TAG = re.compile(r"<[^>]*>")


def plain_text(shown: str) -> str:
    """HTML of a paragraph -> the text that a reader sees."""
    return html.unescape(_TAG.sub("", shown))


_SAFE_LINK = re.compile(r"(?:https?:|mailto:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)


@functools.cache
def _markdown() -> Markdown:
    """The one Python-Markdown of this process."""
    from markdown import Markdown
    from markdown.treeprocessors import Treeprocessor

    class OnlySafeLinks(Treeprocessor):
        """A link that would run a script or leave for another scheme is shown as its text."""

        def run(self, root: Element) -> None:
            for element in root.iter("a"):
                link = html.unescape(element.get("href", "")).strip()
                if not _SAFE_LINK.match(link) or link.startswith("//"):
                    element.tag = "span"
                    element.attrib.clear()

    markdown = Markdown(output_format="html")
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        markdown.inlinePatterns.deregister(name)
    markdown.treeprocessors.register(OnlySafeLinks(markdown), "only_safe_links", 5)
    return markdown


def insert(shown: Markup, places: list[tuple[int, Markup]]) -> Markup:
    """Put markup into a paragraph's HTML; each place is an offset in its plain text."""
    if not places:
        return shown
    out: list[str] = []
    waiting = sorted(places, key=lambda place: place[0])
    seen = 0
    for token in re.findall(r"<[^>]*>|&[^;\s]+;|.", shown, re.DOTALL):
        if token[0] == "<" and len(token) > 1:
            out.append(token)
            continue
        while waiting and waiting[0][0] <= seen:
            out.append(waiting.pop(0)[1])
        out.append(token)
        seen += len(html.unescape(token)) if token[0] == "&" else 1
    out += [markup for _, markup in waiting]
    return Markup("".join(out))  # noqa: S704 - both parts are markup
