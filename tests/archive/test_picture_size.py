"""Sizes of pictures, from headers written out here byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from broadsheet.archive.pictures import picture_size


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + bytes(9)


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(8)


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    tag = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + tag + bytes(4)
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    segments = [(0xE1, exif), (0xC0, frame)]
    packed = (struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data for kind, data in segments)
    return b"\xff\xd8" + b"".join(packed) + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    """The extended form; sizes are stored less one, in three bytes."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + size


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path/></svg>'.encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png(640, 480)),
        ("a.gif", gif(640, 480)),
        ("a.jpg", jpeg(640, 480)),
        ("a.webp", webp(640, 480)),
        ("a.svg", svg('width="640" height="480"')),
        ("turned.jpg", jpeg(480, 640, orientation=6)),
        ("box.svg", svg('viewBox="0 0 640 480"')),
        ("wide.svg", svg('width="100%" viewBox="-320, -240, 640, 480"')),
    ],
)
def test_a_size_is_read(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert picture_size(path) == (640, 480)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", png(0, 0), png(640, 480)[:18], b"\xff\xd8\xff\xe0", svg("")]
)
def test_a_broken_picture_has_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    assert picture_size(path) == (0, 0)


def test_a_picture_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert picture_size(tmp_path / "none.png") == (0, 0)
