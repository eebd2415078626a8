"""Addresses from names, and the order of names."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.slugs import distinct_slug, initial, name_key, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("讣告", "fugao"),
        ("绿色出行", "lvse-chuxing"),
        ("Women's café, reopened", "womens-cafe-reopened"),
        ("第5届ABC大会", "di-5-jie-abc-dahui"),
        ("……", ""),
    ],
)
def test_a_slug_is_pinyin_and_ascii_words(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=60))
def test_any_text_gives_a_safe_file_name(text: str) -> None:
    made = slug(text)
    assert len(made) <= 40
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
    assert not made.startswith("-")


def test_names_of_one_pinyin_keep_apart() -> None:
    assert distinct_slug("国际").startswith("guoji-")
    assert distinct_slug("国计").startswith("guoji-")
    assert distinct_slug("国际") != distinct_slug("国计")


def test_surnames_are_read_as_surnames() -> None:
    assert sorted(["单田", "梁双", "赵一", "曾国"], key=name_key) == [
        "梁双",
        "单田",
        "曾国",
        "赵一",
    ]
    assert [initial(name) for name in ("单田", "Adams", "9号")] == ["S", "A", "#"]
