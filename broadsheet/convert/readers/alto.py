"""ALTO XML, versions 1 to 4: https://www.loc.gov/standards/alto/"""

from __future__ import annotations

import statistics
from xml.etree.ElementTree import Element

from broadsheet.convert.readers import Area, ReadBlock, ReadPage, joined_words
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
    read_blocks = tuple(_block(block, sizes) for block in blocks)
    areas = [block.area for block in read_blocks if block.area]
    if areas and not (width and height):  # some programs leave the page's own size out
        width, height = max(a.right for a in areas), max(a.bottom for a in areas)
    return ReadPage(read_blocks, width, height)


def _block(block: Element, sizes: dict[str, float]) -> ReadBlock:
    lines = list(descendants(block, "TextLine"))
    rows = tuple(row for line in lines if (row := _row(line)))
    styled = [
        sizes[name]
        for element in [block, *descendants(block, "TextLine", "String")]
        for name in element.get("STYLEREFS", "").split()
        if sizes.get(name)
    ]
    heights = [number(line, "HEIGHT") for line in lines if number(line, "HEIGHT")]
    size = statistics.median(styled or heights) if styled or heights else 0.0
    return ReadBlock(rows, _area(block), size)


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
