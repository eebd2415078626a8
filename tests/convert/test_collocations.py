"""What is known of words that stand together, and what it says of a cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.convert.collocations import LEAST, STEP, Collocations, across, format_table

WORDS = {"渡口": -3.0, "停航": -4.0, "的": -1.5, "大": -2.0}
PAIRS = {("渡口", "停航"): 2.0, ("的", "大"): -0.5}


@pytest.fixture
def table() -> Collocations:
    return Collocations(format_table(WORDS, PAIRS))


def test_a_table_answers_what_was_put_in(table: Collocations) -> None:
    assert table.share("渡口") == -3.0
    assert table.affinity("渡口", "停航") == 2.0
    assert table.affinity("的", "大") == -0.5
    assert table.share("旧船") is None


def test_rare_words_that_never_meet_say_nothing_common_ones_much(table: Collocations) -> None:
    assert table.affinity("停航", "渡口") == 0.0
    assert table.affinity("停航", "大") == -1.0  # never in 10^7 pairs, where 10 were due
    assert table.affinity("大", "的") == LEAST


@pytest.mark.parametrize("data", [b"BSC1" + bytes(8) + b"x", b"BSC0" + bytes(8), b"BSC1"])
def test_another_file_is_no_table(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a table"):
        Collocations(data)


@given(st.dictionaries(st.text("渡口停航旧船", min_size=1, max_size=4), st.floats(-7.9, 0)))
def test_every_word_is_found_again_to_half_a_step(words: dict[str, float]) -> None:
    table = Collocations(format_table(words, {}))
    for word, share in words.items():
        assert abs(table.share(word) - share) <= STEP / 2


@pytest.mark.parametrize(
    ("tail", "right", "wrong"),
    [
        ("市民走进图书", "馆看书", "停航三天"),  # a word across the cut
        ("会议昨天举", "行", "船"),
        ("大会在昨天举行", "开幕式", "水稻田"),  # two words that meet
        ("今年粮食", "产量", "宪法"),
    ],
)
def test_what_belongs_together_in_chinese(tail: str, right: str, wrong: str) -> None:
    assert across(tail, right, english=False) > across(tail, wrong, english=False) + 1


@pytest.mark.parametrize(
    ("tail", "right", "wrong"),
    [
        ("the ferry was repaired in order", "to carry", "the carry"),
        ("a letter from the Prime", "Minister said", "ferry said"),
        ("boats are kept out of", "the water", "of water"),
    ],
)
def test_what_belongs_together_in_english(tail: str, right: str, wrong: str) -> None:
    assert across(tail, right, english=True) > across(tail, wrong, english=True) + 0.5


@pytest.mark.parametrize(
    ("tail", "head", "english"),
    [
        ("渡口停航，", "旧船", False),
        ("渡口停航", "3天", False),
        ("渡口", "", False),
        ("the ferry,", "the boat", True),
        ("the ferry", "3 boats", True),
        ("the qzxferry", "boats", True),
    ],
)
def test_marks_figures_and_strange_words_tell_nothing(tail: str, head: str, english: bool) -> None:
    assert across(tail, head, english) is None
