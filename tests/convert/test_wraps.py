"""Ends of lines and of columns: joined as the words want it, each dropped hyphen on record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import mends
from broadsheet.convert import wraps


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("横跨青", "河的新桥", "横跨青河的新桥"),
        ("the new", "bridge", "the new bridge"),
        ("全长", "800米", "全长800米"),
        ("the com-", "mittee met", "the committee met"),
        ("a self-", "made man", "a self-made man"),
        ("forty-", "two years", "forty-two years"),
        ("the Anglo-", "French pact", "the Anglo-French pact"),
        ("mother-in-", "law", "mother-in-law"),
        ("soft\u00ad", "ened", "softened"),
        ("in 1914-", "18 many", "in 1914-18 many"),
        ("", "alone", "alone"),
    ],
)
def test_two_ends_become_one(before: str, after: str, text: str) -> None:
    assert wraps.join(before, after) == text


def test_the_page_itself_says_whether_a_hyphen_belongs_to_a_word() -> None:
    words = wraps.page_words(
        "A co-operative was founded. The co-\noperative grew. Re-\ncreation is recreation."
    )
    assert wraps.join("the co-", "operative", words) == "the co-operative"
    assert wraps.join("re-", "creation", words) == "recreation"


def test_a_join_is_quoted_so_that_it_is_found_again() -> None:
    text = "前一处鱼虾多，后一处鱼虾也回来了。"
    join = mends.describe("前一处鱼虾多，后一处鱼", "虾也回来了。", text)
    mend = mends.find(text, join)
    assert mend and text[: mend.seam].endswith("后一处鱼")
    assert not mend.hyphen


def test_a_join_in_latin_text_quotes_whole_words() -> None:
    assert mends.describe("the old bridge", "was taken down", "the old bridge was taken down") == (
        "bridge|was"
    )


def test_dropped_hyphens_are_put_back() -> None:
    text = "The committee met; the committee left."
    joins = ["The com-|mittee met", "the com-|mittee left"]
    assert mends.with_hyphens([text], joins) == ["The com-mittee met; the com-mittee left."]


def test_a_hyphen_is_put_back_once_even_where_its_word_stands_in_other_paragraphs() -> None:
    texts = ["He said this.", "And this too."]
    assert mends.with_hyphens(texts, ["t-|his"]) == ["He said t-his.", "And this too."]


def test_each_row_of_a_block_may_end_with_a_hyphen() -> None:
    rows = ("the com-", "mit-", "tee met")
    text = wraps.without_hyphens("the com-mit-tee met", rows, frozenset())
    assert text == "the committee met"
    assert wraps.dropped_hyphens(text, rows) == [
        ("the com-", "mittee met"),
        ("the commit-", "tee met"),
    ]


def test_only_hyphens_are_put_back() -> None:
    text = "a speck - • . and another speck - ."
    assert mends.with_hyphens([text], ["- •|."]) == [text]


words = st.lists(st.text("abcd-", min_size=1, max_size=5), min_size=2, max_size=8)


@given(words, words)
def test_the_two_sides_of_a_join_stand_in_the_text(left: list[str], right: list[str]) -> None:
    before, after = " ".join(left), " ".join(right)
    text = wraps.join(before, after)
    mend = mends.find(text, mends.describe(before, after, text))
    assert mend is not None
