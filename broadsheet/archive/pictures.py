"""How large a picture is, read from its first bytes: a page keeps room for it while it loads."""

from __future__ import annotations

import re
from pathlib import Path

_VIEW_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*(?:[-\d.]+[\s,]+){2}([\d.]+)[\s,]+([\d.]+)\s*[\"']")
#: Where the root element of an SVG is looked for.
_SVG_HEAD = 4096


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in CSS pixels as a browser shows them; (0, 0) where the file does not say.

    PNG, JPEG (turned as its EXIF orientation says), GIF, WebP, AVIF and SVG. An SVG without a
    width of its own has that of its viewBox, which gives the same shape.
    """
    import imagesize

    width, height = imagesize.get(path)
    if width < 1:
        width, height = _view_box(path)
    return (round(width), round(height)) if min(width, height) >= 1 else (0, 0)


def _view_box(path: Path) -> tuple[float, float]:
    try:
        with path.open("rb") as file:
            found = _VIEW_BOX.search(file.read(_SVG_HEAD))
    except OSError:
        return 0, 0
    return (float(found[1]), float(found[2])) if found else (0, 0)
