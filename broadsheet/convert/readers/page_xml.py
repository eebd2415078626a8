"""PAGE XML, as Transkribus, eScriptorium and OCR-D write it: https://github.com/PRImA-Research-Lab"""

from __future__ import annotations

import re
import statistics
from xml.etree.ElementTree import Element

from broadsheet.convert.readers import Area, ReadBlock, ReadPage, joined_words
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
    blocks = tuple(_block(region) for region in regions)
    return ReadPage(blocks, number(page, "imageWidth"), number(page, "imageHeight"))


def _block(region: Element) -> ReadBlock:
    lines = list(children(region, "TextLine"))
    rows = [row for line in lines for row in _text(line)] or _text(region)
    styled = [number(style, "fontSize") for style in descendants(region, "TextStyle")]
    heights = [area.bottom - area.top for line in lines if (area := _area(line))]
    sizes = [size for size in styled if size > 0] or heights
    return ReadBlock(tuple(rows), _area(region), statistics.median(sizes) if sizes else 0.0)


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
