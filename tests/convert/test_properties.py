"""What holds for every page: nothing fails, no character is lost, the same page gives the same."""

from __future__ import annotations

import datetime
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet.conservation import differences
from broadsheet.convert.page import Converted, Given, convert_page, printed_of
from broadsheet.convert.writer import write_page
from broadsheet.source import PageText, split_lines

SOURCE = "sources/2024-05-08/01.txt"
GIVEN = Given(source=SOURCE, date=datetime.date(2024, 5, 8))

#: Blocks such as pages have, and anything else.
blocks = st.one_of(
    st.sampled_from(
        [
            "讣告",
            "家父霍启明，于2024年5月3日去世，终年80岁。",
            "孝子 霍长山\n孝女 霍长水\n泣告",
            "新桥昨日通车",
            "——两岸居民步行过桥",
            "昨日上午，新桥正式通",
            "车，居民步行过桥。",
            "本报记者 高远",
            "图为新桥。（高远 摄）",
            "爱护公物 人人有责",
            "遗失声明",
            "A07 要闻 2024年5月8日 星期三",
            "The town com-\nmittee met in the self-\nmade hall.",
            "DEATHS",
            "In this town, on May 3, Ann Orr, aged 81.",
            "# *x* <b>&lt;</b> [a](b) 1. - `c`",
        ]
    ),
    st.text(min_size=1, max_size=60).filter(lambda text: "\x00" not in text and "\f" not in text),
)
pages = st.lists(blocks, min_size=1, max_size=9).map("\n\n".join)


def convert(text: str, name: str = "01", offset: int = 0) -> Converted:
    return convert_page(PageText(name, text, offset), GIVEN)


@settings(max_examples=150, deadline=None)
@given(pages)
@example("\x0b\x1c\x1d\x1e\x85\u2028\u2029")
@example("\ufeff\u200b")
@example("---\n\n===\n\nconverted: x")
def test_no_page_fails_and_none_loses_text(text: str) -> None:
    converted = convert(text)
    lines = dict(enumerate(split_lines(text), start=1))
    assert differences(SOURCE, lines, (printed_of(f.name, f.text) for f in converted.files)) == []
    names = [file.name for file in converted.files]
    assert len(names) == len(set(names))
    assert all(name.isascii() for name in names)


#: Rows of a bad scan: broken words, hyphens and specks, each with the space that follows it.
scraps = st.sampled_from(
    [
        "the har-", "bour", "t-", "his", "-", "•", "•.", "'- •", ". .", "sold at 9d.",
        "com-mit-", "tee met", "On Monday the", "Board", "ad-", "journed.", "for a week",
    ]
)  # fmt: skip
rows = st.lists(scraps, min_size=1, max_size=12, unique=True)
spaces = st.lists(st.sampled_from(["\n", "\n\n"]), min_size=12, max_size=12)
scans = st.tuples(rows, spaces).map(lambda drawn: "".join(map("".join, zip(*drawn, strict=False))))


@settings(max_examples=100, deadline=None)
@given(scans)
def test_a_bad_scan_is_read_and_not_kept_as_it_came(text: str) -> None:
    assert not any(warning.startswith("kept as it came") for warning in convert(text).warnings)


@settings(max_examples=40, deadline=None)
@given(pages, pages)
def test_a_page_is_converted_the_same_whatever_came_before(text: str, other: str) -> None:
    first = convert(text)
    convert(other)
    assert convert(text) == first


@settings(max_examples=25, deadline=None)
@given(pages)
def test_a_part_of_a_source_keeps_the_sources_lines(text: str) -> None:
    alone, part = convert(text), convert(text, offset=40)
    assert [sorted(file.lines) for file in part.files] == [
        sorted(line + 40 for line in file.lines) for file in alone.files
    ]


def test_writing_what_was_written_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "2024-05-08" / "01"

    @settings(max_examples=25, deadline=None)
    @given(pages)
    def check(text: str) -> None:
        files = convert(text).files
        write_page(folder, files, tmp_path, source=SOURCE)
        again = write_page(folder, files, tmp_path, source=SOURCE)
        assert (again.written, again.removed, again.kept) == ((), (), ())
        assert {path.name for path in folder.iterdir()} == {file.name for file in files}

    check()
