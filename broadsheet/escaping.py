"""Printed text as Markdown and back: a page shows what was printed, never markup by accident.

Only what Python-Markdown would read as markup is escaped: with a backslash what it lets one escape,
with an entity a `<` that may begin a tag and an `&` that may begin an entity. A paragraph is one
line; only the lines of a signature or a poem stand below one another without a blank line between.
"""

from __future__ import annotations

import re

#: Inside a line: escapes, code, emphasis, links.
_INLINE = re.compile(r"[\\`*_\[]")
#: An ampersand that may begin an entity; a number needs no semicolon to be taken for one.
_ENTITY = re.compile(r"&(?=#[0-9]|#[xX][0-9a-fA-F]|[0-9a-zA-Z][-.0-9a-zA-Z]*;)")
#: A less-than sign that may begin a tag, a comment or an address.
_TAG = re.compile(r"<(?=[A-Za-z/!?]|[^>]*@)")
#: At the start of a line: headings, quotations, lists, rules.
_START = re.compile(r"[#>]|[-+][ ]|--|[-+]$")
#: A numbered list; `\d` is a digit of any script, there and here.
_NUMBERED = re.compile(r"(\d+)(?=\.(?:[ ]|$))")
#: A line of nothing else would make a heading of the line above it.
_UNDERLINE = re.compile(r"=+$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!])|&(lt|amp|#61);")
_ENTITIES = {"lt": "<", "amp": "&", "#61": "="}
_SUBHEAD = re.compile(r"^#{1,6} +")


def escape(text: str) -> str:
    """One line of printed text -> one line of Markdown that shows it in a paragraph."""
    text = _escape_inside(text)
    number = _NUMBERED.match(text)
    if number:
        return f"{number[1]}\\{text[number.end() :]}"
    if _UNDERLINE.match(text):
        return f"&#61;{text[1:]}"
    return f"\\{text}" if _START.match(text) else text


def _escape_inside(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", text)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))


def escape_subhead(text: str) -> str:
    """One line of printed text -> a `## ` heading of Markdown that shows it."""
    return "## " + _escape_inside(text).replace("#", "\\#")


def unescape(line: str) -> str:
    """One line of Markdown, as this module writes it -> the printed text."""
    return _ESCAPED.sub(lambda m: m[1] or _ENTITIES[m[2]], _SUBHEAD.sub("", line, count=1))


def body_lines(body: str) -> list[str]:
    """The body of a content file -> the printed text of each of its paragraphs' lines."""
    return [unescape(line.strip()) for line in body.split("\n") if line.strip()]
