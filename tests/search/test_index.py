"""The index holds what the texts hold: coded, cut, the same each time, found by Python's reader."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.search import codes, index
from broadsheet.search.document import Document
from broadsheet.search.fold import fold
from broadsheet.search.index import SHARD, TEXT_SHARD, segment_files
from broadsheet.search.query import LAST, Group, Segment, Term, parse, read_segments
from broadsheet.search.segments import FEWEST, groups, names_over, segments

from .scan import Scan
from .small_site import write_groups, write_index, write_segment
from .texts import documents, questions


@given(st.lists(st.integers(0, 1 << 27)))
def test_numbers_survive_being_written_as_characters(numbers: list[int]) -> None:
    assert codes.decode(codes.encode(numbers)) == numbers


@given(st.lists(st.integers(0, 1 << 27), min_size=1))
def test_coded_numbers_need_no_escapes_in_a_script(numbers: list[int]) -> None:
    text = codes.encode(numbers)
    assert json.dumps(text, ensure_ascii=False) == f'"{text}"'
    assert codes.END not in text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２③", "abc123"),
        ("Ünïcode e\u0301", "ünïcode é"),
        ("烏克蘭國際廣場", "乌克兰国际广场"),
        ("乾隆 象徵", "乾隆 象徵"),
        ("ﾄﾗﾝ", "トラン"),
        ("ｶﾞﾊﾟ か\u3099", "ガパ が"),
        ("㎏ ﬁ \uf900", "kg fi 岂"),
        ("soft\u00adhyphen 葛\U000e0100", "softhyphen 葛"),
    ],
)
def test_folding_makes_forms_of_one_character_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


# Segments.


def test_a_small_archive_is_one_segment() -> None:
    assert segments({"1998-01-05": 3, "2025-12-05": 6}) == {"all": ("1998-01-05", "2025-12-05")}


def test_a_segment_is_cut_until_it_is_small_enough() -> None:
    counts = {"1998-01-05": 4, "1998-02-01": 4, "1998-08-01": 3, "1999-01-01": 2, "2003-05-05": 9}
    assert segments(counts, most=9, together=0) == {
        "1998-h1": ("1998-01-05", "1998-02-01"),
        "1998-h2": ("1998-08-01",),
        "1999": ("1999-01-01",),
        "2000s": ("2003-05-05",),
    }


def test_segments_that_lie_together_are_a_group() -> None:
    counts = {f"{year}-01-05": 9 for year in (1998, 1999, 2000, 2001, 2002, 2003)}
    cut = segments(counts, most=9, together=40)
    assert list(cut) == ["1998", "1999", "2000s/2000", "2000s/2001", "2000s/2002", "2000s/2003"]
    assert groups(cut) == {"2000s": ("2000", "2001", "2002", "2003")}
    assert {name.partition("/")[0] for name in segments(counts, most=9)} == {"all"}


def test_a_day_alone_is_never_cut() -> None:
    assert segments({"1998-01-05": 99, "1998-01-06": 1}, most=5) == {
        "1998-01-05": ("1998-01-05",),
        "1998-01-06": ("1998-01-06",),
    }


@given(
    st.dictionaries(st.dates().map(str), st.integers(1, 50), min_size=1, max_size=60),
    st.integers(1, 200),
    st.integers(1, 2000),
)
def test_segments_hold_every_day_once_in_order(
    counts: dict[str, int], most: int, together: int
) -> None:
    cut = segments(counts, most, together)
    assert [day for days in cut.values() for day in days] == sorted(counts)
    for name, days in cut.items():
        assert len(days) == 1 or sum(counts[day] for day in days) <= most
        assert all(name in names_over(day) for day in days)
    for group, names in groups(cut).items():
        assert len(names) >= FEWEST
        inside = [counts[day] for name in names for day in cut[f"{group}/{name}"]]
        assert sum(inside) <= max(most, together)


# Files.


def write_segments(
    folder: Path, pieces: list[Document], most: int, together: int = 0
) -> list[tuple[Segment, int]]:
    """Segments with the number of the piece that each begins with."""
    write_index(folder, pieces, most, together)
    found, first = [], 0
    for segment in list(read_segments(folder / "search"))[::-1]:
        found.append((segment, first))
        first += segment.count
    return found


def test_the_same_documents_give_the_same_files() -> None:
    assert list(segment_files("x", documents(60))) == list(segment_files("x", documents(60)))


def changed(old: list[Document], new: list[Document]) -> tuple[set[str], int]:
    """(names of the files that differ, number of all)."""
    before, after = dict(segment_files("x", old)), dict(segment_files("x", new))
    differing = {
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    }
    return {path.rpartition("/")[2] for path in differing}, len(after)


def test_a_changed_script_has_another_version_and_the_table_says_so() -> None:
    for pieces in (documents(60), documents(61)):
        files = dict(segment_files("x", pieces))
        table = script_data(files["search/x/segment.js"])
        for letter, versions in table["versions"].items():
            for number in range(len(versions) // 4):
                name = f"x/{letter}{number}"
                version = versions[4 * number : 4 * number + 4]
                begins = f'broadsheetData("{name}","{version}"'.encode()
                assert files[f"search/{name}.js"].startswith(begins)


def test_a_corrected_character_changes_few_files() -> None:
    old = documents(3000)
    anchor, text = old[1500].paragraphs[0]
    corrected = (anchor, text[:3] + "彧" + text[4:])
    piece = msgspec.structs.replace(old[1500], paragraphs=(corrected, *old[1500].paragraphs[1:]))
    names, many = changed(old, [*old[:1500], piece, *old[1501:]])
    assert many > 60
    assert len(names) < 12


def test_a_longer_piece_moves_no_other(tmp_path: Path) -> None:
    old = documents(3000)
    piece = msgspec.structs.replace(old[1500], people=(*old[1500].people, "新名字"))
    names, many = changed(old, [*old[:1500], piece, *old[1501:]])
    assert len(names) < many // 3


def test_a_control_character_does_not_end_a_field(tmp_path: Path) -> None:
    pieces = [
        Document(f"1998-01-05/01/0{n}.html", "1998-01-05", "01", "", "article", f"前\x1e后{n}")
        for n in (1, 2)
    ]
    ((segment, _),) = write_segments(tmp_path, pieces, 9)
    assert segment.answer(parse("后 2")) == {1}


def test_shards_stay_within_their_weight() -> None:
    files = dict(segment_files("x", documents(3000)))
    sizes = {path.rsplit("/", 1)[1]: len(content) for path, content in files.items()}
    postings = [size for name, size in sizes.items() if name[0] in "pw"]
    assert max(postings) < 1.15 * SHARD
    assert max(size for name, size in sizes.items() if name[0] == "t") < 1.3 * TEXT_SHARD
    assert len(postings) > 4


def test_a_segment_may_hold_no_word_and_no_east_asian_character(tmp_path: Path) -> None:
    for text, wanted in (("只有汉字。", "汉字"), ("Only words", "only"), ("……", "……")):
        piece = Document("1998-01-05/01/01.html", "1998-01-05", "01", "", "article", text)
        ((segment, _),) = write_segments(tmp_path / str(len(text)), [piece], 9)
        assert segment.answer(parse(wanted)) == {0}
        assert segment.answer(parse("缺")) == set()


def test_a_common_character_is_listed_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.search.index.COMMON", 100)
    pieces = documents(500)
    files = dict(segment_files("x", pieces))
    table = script_data(files["search/x/segment.js"])
    assert len(table["common"]) > 5
    for number, character in enumerate(table["common"]):
        listed = codes.decode(script_data(files[f"search/x/c{number}.js"]))
        for piece, found in zip(pieces, listed, strict=True):
            hits = [fold(field).count(character) for field in piece.fields]
            zone = 2 if hits[0] else 1 if any(hits[:2]) else 0
            assert found == 3 * sum(hits) + zone, (character, piece.href)


def script_data(content: bytes) -> Any:
    return json.loads(f"[{content.decode()[len('broadsheetData(') : -2]}]")[2]


@pytest.mark.parametrize(("together", "seldom"), [(0, 64), (500, 64), (10_000, 3), (10_000, 0)])
def test_python_finds_what_reading_every_text_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int, seldom: int
) -> None:
    monkeypatch.setattr("broadsheet.search.index.SELDOM", seldom)
    pieces = documents(700)
    read = write_segments(tmp_path, pieces, 100, together)
    scan = Scan(pieces)
    asked = questions(400, pieces)
    found = 0
    for line in asked:
        hits = {
            pieces[first + n].href for segment, first in read for n in segment.answer(parse(line))
        }
        assert hits == scan.hits(line), line
        found += bool(hits)
    assert found > len(asked) // 2


# Groups.

#: Of the last two, the one with the greater code point comes first in a script's order.
ALPHABET = "中国的a1，\ufa0e𠮷"


@settings(deadline=None)  # it writes files
@given(
    st.lists(
        st.lists(st.text(ALPHABET, max_size=12), min_size=1, max_size=4), min_size=1, max_size=5
    ),
    st.integers(0, 3),
)
def test_a_group_has_what_its_segments_have(texts: list[list[str]], seldom: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "SELDOM", seldom)
        site, shares = Path(folder), {}
        for number, titles in enumerate(texts):
            pieces = [
                Document(f"{n}.html", "1998-01-05", "", "", "article", t)
                for n, t in enumerate(titles)
            ]
            write_segment(site, f"alone-{number}", pieces)
            shares[f"group/{number}"] = write_segment(site, f"group/{number}", pieces)
        write_groups(site, shares)
        group = Group(site / "search/group")
        segments = [Segment(site / "search/group" / str(n), group) for n in range(len(texts))]
        alone = [Segment(site / "search" / f"alone-{n}") for n in range(len(texts))]
        for stream, low, high in terms_of_all(texts):
            term = Term(stream, low, high, 0)
            for segment, other in zip(segments, alone, strict=True):
                assert sorted(segment.positions_of(term)) == sorted(other.positions_of(term)), term


def terms_of_all(texts: list[list[str]]) -> set[tuple[str, str, str]]:
    """Every term that a text could have, and every range that a question could ask for."""
    pairs = {("p", a + b) for a in "中国的\ufa0e𠮷" for b in "中国的\ufa0e𠮷# "}
    words = {word for titles in texts for title in titles for word in re.findall("[a1]+", title)}
    joined = {
        ("w", word + end) for word in words for end in (" ", *(f"+{c}" for c in "中国的\ufa0e𠮷"))
    }
    exact = {(stream, term, term) for stream, term in pairs | joined}
    ranges = {("p", first, first + LAST) for first in "中国的\ufa0e𠮷"}
    return exact | ranges | {("w", word + " ", word + "+" + LAST) for word in words}
