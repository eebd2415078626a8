"""ALTO XML, versions 1 to 4: https://www.loc.gov/standards/alto/"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from broadsheet.convert.readers import Area, ReadBlock, ReadPage, joined_words
from broadsheet.convert.readers.paragraphs import Line, area_of, block_of, part_paragraphs
from broadsheet.convert.readers.xml import children, descendants, name_of, number, parse


def read(raw: bytes, file: str) -> list[ReadPage]:
    """One page for each <Page>; its <TextBlock>s in the file's reading order."""
    root = parse(raw, file)
    sizes = {
        style.get("ID", ""): number(style, "FONTSIZE") for style in descendants(root, "TextStyle")
    }
    order = [ref.get("REF", "") for ref in descendants(root, "ElementRef")]
    return [_page(page, order, sizes) for page in descendants(root, "Page")]


def _page(page: Element, order: list[str], sizes: dict[str, float]) -> ReadPage:
    blocks = list(descendants(page, "TextBlock"))
    place = {block.get("ID", ""): n for n, block in enumerate(blocks)}
    rank = {name: n for n, name in enumerate(order)}
    blocks.sort(key=lambda b: (rank.get(b.get("ID", ""), len(rank)), place[b.get("ID", "")]))
    width, height = number(page, "WIDTH"), number(page, "HEIGHT")
    read_blocks = tuple(part for block in blocks for part in _parts(block, sizes))
    areas = [block.area for block in read_blocks if block.area]
    if areas and not (width and height):  # some programs leave the page's own size out
        width, height = max(a.right for a in areas), max(a.bottom for a in areas)
    return ReadPage(read_blocks, width, height)


def _parts(block: Element, sizes: dict[str, float]) -> Iterator[ReadBlock]:
    """The paragraphs of a text block."""
    styled = _styled([block, *descendants(block, "TextLine", "String")], sizes)
    elements = [element for element in descendants(block, "TextLine") if _row(element)]
    lines = [Line(_row(e), _area(e), number(e, "HEIGHT")) for e in elements]
    heights = [line.size for line in lines if line.size]
    size = statistics.median(styled or heights) if styled or heights else 0.0
    height = statistics.median(heights) if heights else 0.0
    parts = list(part_paragraphs([msgspec.structs.replace(line, size=height) for line in lines]))
    for part in parts:
        area = _area(block) if len(parts) == 1 else area_of(part)
        yield block_of(part, area, size)


def _styled(elements: list[Element], sizes: dict[str, float]) -> list[float]:
    names = (name for element in elements for name in element.get("STYLEREFS", "").split())
    return [sizes[name] for name in names if sizes.get(name)]


def _area(element: Element) -> Area | None:
    left, top = number(element, "HPOS"), number(element, "VPOS")
    right, bottom = left + number(element, "WIDTH"), top + number(element, "HEIGHT")
    return Area(left, top, right, bottom) if right > left and bottom > top else None


def _row(line: Element) -> str:
    """The words of a line; a hyphen that ends it is an element of its own (HYP)."""
    spaced = any(children(line, "SP"))
    words: list[str] = [""]
    for child in children(line, "String", "SP", "HYP"):
        if name_of(child) == "SP":
            words.append("")
        elif name_of(child) == "HYP" and words[-1]:
            words[-1] += child.get("CONTENT", "-")
        elif name_of(child) == "String" and spaced:
            words[-1] += child.get("CONTENT", "")
        elif name_of(child) == "String":
            words.append(child.get("CONTENT", ""))
    return joined_words(words)
