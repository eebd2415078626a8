"""The front matter that nearly every content file has, read without a YAML parser.

A guard and a few lines: keys with one plain or quoted scalar, lists of them, one level of keys
below a key. Whatever else stands there is left to PyYAML, ten times slower. That both give the
same mapping for every text that the guard lets pass is proved by a property test.
"""

from __future__ import annotations

import re

Mapping = dict[str, "str | list[str] | Mapping | None"]

_KEY = re.compile(r"([a-z_]{1,99}):(?: +(.*))?$")  # YAML knows no key beyond 1024 characters
_ITEM = re.compile(r"( *)- +(.*)$")
_BELOW = re.compile(r"  ([a-z_]{1,99}): +(.*)$")
#: A plain scalar begins with no indicator, holds neither `: ` nor ` #`, and ends with no colon.
_PLAIN = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=<~]\S*(?: +[^\s#]\S*)*$""")
_QUOTED = re.compile(r"""'([^']*)'$|"([^"\\]*)"$""")
_NULLS = frozenset(("null", "Null", "NULL"))


def read(source: str) -> Mapping | None:
    """YAML text -> its mapping of text, lists of text and mappings of text; None: ask PyYAML."""
    found: Mapping = {}
    lines = [line for line in source.split("\n") if line]
    at = 0
    while at < len(lines):
        key = _KEY.match(lines[at])
        if key is None or key[1] in found or not _is_printable(lines[at]):
            return None
        at += 1
        if key[2]:
            value: str | list[str] | Mapping | None = _scalar(key[2])
        else:
            first = at
            while at < len(lines) and lines[at][0] in " -":
                at += 1
            value = _below(lines[first:at])
        if value is None:
            return None
        found[key[1]] = value
    return found


def _below(lines: list[str]) -> list[str] | Mapping | None:
    """The lines below a key: items of a list, all at one depth, or keys with their scalars."""
    if not lines or not all(map(_is_printable, lines)):
        return None
    items = [_ITEM.match(line) for line in lines]
    if items[0]:
        values = [_scalar(item[2]) for item in items if item and item[1] == items[0][1]]
        return _complete(values, len(lines))
    pairs = {pair[1]: _scalar(pair[2]) for pair in map(_BELOW.match, lines) if pair}
    below: Mapping = {key: value for key, value in pairs.items() if value is not None}
    return below if len(below) == len(lines) else None


def _complete(values: list[str | None], length: int) -> list[str] | None:
    known = [value for value in values if value is not None]
    return known if len(known) == length else None


def _is_printable(line: str) -> bool:
    """Whether nothing is in a line that YAML forbids or takes for a line end."""
    return line.isprintable() or line.replace("\u3000", "").isprintable()


def _scalar(text: str) -> str | None:
    text = text.rstrip(" ")
    if _PLAIN.match(text):
        return None if ": " in text or text.endswith(":") or text in _NULLS else text
    quoted = _QUOTED.match(text)
    return (quoted[1] or quoted[2] or "") if quoted else None
