"""XML of unknown origin, read safely: no entities, no external files, namespaces taken off."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from broadsheet.problems import Problem, Problems

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"']")
#: What expat reads by itself.
_KNOWN = ("utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1")


def parse(raw: bytes, file: str) -> ET.Element:
    """Bytes -> root element. Raises Problems for what is no XML and for what declares entities."""
    text = _decoded(raw, file)
    head = text if isinstance(text, str) else text.replace(b"\x00", b"").decode("latin-1")
    if "<!ENTITY" in head:
        raise Problems([Problem(file, 0, "declares entities", "no OCR program does; refused")])
    try:
        return ET.fromstring(text)  # noqa: S314 (see above)
    except ET.ParseError as error:
        line, _ = error.position
        raise Problems([Problem(file, line, f"not well-formed XML: {error.msg}")]) from None


def _decoded(raw: bytes, file: str) -> str | bytes:
    """The text, decoded here where expat does not know the encoding (gb18030, big5 ...)."""
    declared = _DECLARED.match(raw)
    name = declared.group(1).decode().lower() if declared else "utf-8"
    if name in _KNOWN:
        return raw
    try:
        return re.sub(r"^\s*<\?xml.*?\?>", "", raw.decode(name), count=1, flags=re.DOTALL)
    except (LookupError, UnicodeError) as error:  # some codecs of Python raise no finer one
        raise Problems([Problem(file, 1, f"cannot be decoded as {name}: {error}")]) from None


def name_of(element: ET.Element) -> str:
    """The tag without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: ET.Element, *names: str) -> Iterator[ET.Element]:
    """The children of these names, in order."""
    return (child for child in element if name_of(child) in names)


def descendants(element: ET.Element, *names: str) -> Iterator[ET.Element]:
    """All elements of these names below, in document order."""
    return (child for child in element.iter() if name_of(child) in names and child is not element)


def number(element: ET.Element, attribute: str) -> float:
    """The value of an attribute; 0 when it is missing or no number."""
    try:
        value = float(element.get(attribute, "0"))
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0
