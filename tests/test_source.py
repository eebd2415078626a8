"""Sources: recognised in their encoding or refused, cut into pages, their lines counted."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from broadsheet.problems import Problems
from broadsheet.source import Source, date_of, decode, page_name, pages_of, read_source, split_lines

SIMPLIFIED = "市图书馆新馆明天开放\n\n新馆共四层，藏书三十万册，读者可以凭身份证免费办理借书证。\n"
TRADITIONAL = "市圖書館新館明天開放\n\n新館共四層，藏書三十萬冊，讀者可以憑身分證免費辦理借書證。\n"
JAPANESE = (
    "市立図書館が新しくなります\n\n新しい館は四階建てで、だれでも本を借りることができます。\n"
)
ENGLISH = (
    "The new library opens tomorrow.\n\nIt has four floors, and its books are free to borrow.\n"
)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16"),
        (SIMPLIFIED, "utf-16-be", "utf-16"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (ENGLISH, "utf-16-le", "utf-16"),
        (ENGLISH, "ascii", "utf-8"),
        ("Tea at the café, £2.\n", "utf-8", "utf-8"),
    ],
)
def test_an_encoding_is_recognised_and_named(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec), "x.txt") == (name, text)


def test_a_big_endian_mark_is_understood() -> None:
    raw = b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")
    assert decode(raw, "x.txt") == ("utf-16", SIMPLIFIED)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "is a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a picture"),
        (b"{\\rtf1\\ansi text}", "is an RTF document"),
        (b"abc\x00def\x00\x01\x02ghi", "zero bytes"),
        (b"\x01\x02\x03\x04\x05\x06", "not text"),
        ("新闻".encode("gb18030"), "byte 0 is 0xd0"),
        ("一喜讯时".encode("gb18030"), "too short to tell"),
        (SIMPLIFIED.encode()[:-2] + b"\xff\n", "damaged UTF-8: byte"),
        (b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le") + b"\x0a", "damaged UTF-16"),
    ],
)
def test_what_cannot_be_told_is_refused(raw: bytes, told: str) -> None:
    with pytest.raises(Problems) as refused:
        decode(raw, "x.txt")
    (problem,) = refused.value.problems
    assert told in problem.message
    assert problem.hint


def test_damage_is_named_with_its_offset_and_line() -> None:
    raw = b"first line\nsecond " + SIMPLIFIED.encode() + b"\xc0third\n"
    with pytest.raises(Problems) as refused:
        decode(raw, "x.txt")
    (problem,) = refused.value.problems
    assert problem.line == 5
    assert f"byte {raw.index(0xC0)} is 0xc0" in problem.message


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    try:
        encoding, text = decode(raw, "x.txt")
    except Problems:
        return
    assert encoding in ("utf-8", "utf-16", "utf-32", "gb18030", "big5", "shift_jis")
    assert isinstance(text, str)


@given(
    st.sampled_from([(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-16-le")]),
    st.data(),
)
def test_a_part_of_a_page_is_never_misread(page: tuple[str, str], data: st.DataObject) -> None:
    text, codec = page
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    raw = part.encode(codec)
    assume(codec != "utf-16-le" or b"\x00" in raw)  # 书 is fN: without a line end none can tell
    try:
        _, decoded = decode(raw, "x.txt")
    except Problems:
        return
    assert decoded == part


@pytest.mark.parametrize("raw", [b"", b"  \n\n", b"\xef\xbb\xbf\n", "　\n".encode()])
def test_a_blank_source_is_one_problem(project: Path, raw: bytes) -> None:
    path = project / "sources" / "01.txt"
    path.write_bytes(raw)
    with pytest.raises(Problems, match=r"sources/01\.txt: is empty"):
        read_source(path, project)


def test_lines_are_counted_as_an_editor_does() -> None:
    assert split_lines("一\r\n二\r三\n\n五\u2028\v\f五") == ["一", "二", "三", "", "五\u2028\v\f五"]


def test_form_feeds_part_pages() -> None:
    text = "甲\n乙\n\f丙\n\f\n \f丁"
    pages = pages_of(Source("sources/2024-05-01/A1.txt", "utf-8", text))
    assert [(page.name, page.text, page.offset) for page in pages] == [
        ("A1-1", "甲\n乙\n", 0),
        ("A1-2", "丙\n", 2),
        ("A1-4", "丁", 4),
    ]


def test_a_form_feed_at_the_end_parts_nothing() -> None:
    (page,) = pages_of(Source("sources/2024-05-01/A1.txt", "utf-8", "甲\n\f"))
    assert page.name == "A1"


@pytest.mark.parametrize(
    ("file", "name", "date"),
    [
        ("sources/2024-05-01/A1.txt", "A1", datetime.date(2024, 5, 1)),
        ("sources/2024-05-01/第1版.txt", "di-1-ban", datetime.date(2024, 5, 1)),
        ("sources/2024-02-30/A1.txt", "2024-02-30-A1", None),
        ("sources/new/A1.txt", "new-A1", None),
        ("sources/A1.txt", "A1", None),
    ],
)
def test_a_page_is_named_by_its_file(file: str, name: str, date: datetime.date | None) -> None:
    assert (page_name(file), date_of(file)) == (name, date)
