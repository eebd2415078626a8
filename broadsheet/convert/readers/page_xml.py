"""PAGE XML, as Transkribus, eScriptorium and OCR-D write it: https://github.com/PRImA-Research-Lab"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from broadsheet.convert.readers import Area, ReadBlock, ReadPage, joined_words
from broadsheet.convert.readers.paragraphs import Line, area_of, block_of, part_paragraphs
from broadsheet.convert.readers.xml import children, descendants, number, parse

_POINT = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")


def read(raw: bytes, file: str) -> list[ReadPage]:
    """One page for each <Page>; its <TextRegion>s in the file's reading order."""
    return [_page(page) for page in descendants(parse(raw, file), "Page")]


def _page(page: Element) -> ReadPage:
    regions = list(descendants(page, "TextRegion"))
    order = [
        ref.get("regionRef", "")
        for group in children(page, "ReadingOrder")
        for ref in descendants(group, "RegionRef", "RegionRefIndexed")
    ]
    rank = {name: n for n, name in enumerate(order)}
    regions = [
        region
        for _, region in sorted(
            enumerate(regions), key=lambda r: (rank.get(r[1].get("id", ""), len(rank)), r[0])
        )
    ]
    blocks = tuple(part for region in regions for part in _parts(region))
    return ReadPage(blocks, number(page, "imageWidth"), number(page, "imageHeight"))


def _parts(region: Element) -> Iterator[ReadBlock]:
    """The paragraphs of a region; its lines, or its text where it has none."""
    rows = [(row, _area(line)) for line in children(region, "TextLine") for row in _text(line)]
    rows = rows or [(row, None) for row in _text(region)]
    styled = [number(style, "fontSize") for style in descendants(region, "TextStyle")]
    heights = [area.bottom - area.top for _, area in rows if area]
    height = statistics.median(heights) if heights else 0.0
    sizes = [size for size in styled if size > 0]
    parts = list(part_paragraphs([Line(row, area, height) for row, area in rows]))
    for part in parts:
        area = _area(region) if len(parts) == 1 else area_of(part)
        size = statistics.median(sizes) if sizes else height
        yield block_of(part, area, size)


def _text(element: Element) -> list[str]:
    """The text of a line or region: the first of its readings, else its words."""
    readings = sorted(children(element, "TextEquiv"), key=lambda e: number(e, "index"))
    for reading in readings:
        for unicode in children(reading, "Unicode"):
            rows = [row.strip() for row in re.split(r"[\r\n]+", unicode.text or "")]
            if any(rows):
                return [row for row in rows if row]
    words = [text for word in children(element, "Word") for text in _text(word)]
    return [joined_words(words)] if words else []


def _area(element: Element) -> Area | None:
    for coords in children(element, "Coords"):
        points = [(float(x), float(y)) for x, y in _POINT.findall(coords.get("points", ""))]
        points += [(number(p, "x"), number(p, "y")) for p in children(coords, "Point")]
        if points:
            xs, ys = zip(*points, strict=True)
            return Area(min(xs), min(ys), max(xs), max(ys))
    return None
