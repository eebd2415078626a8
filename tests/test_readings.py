"""The short way to a reading says what pypinyin says, or nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from broadsheet import readings, slugs

PHRASES = st.sampled_from(sorted(PHRASES_DICT))
CHINESE = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)
NAMES = st.lists(PHRASES | CHINESE | st.sampled_from("aZ ·'-1〇é"), max_size=6).map("".join)


def test_every_phrase_of_the_dictionary_is_read_as_pypinyin_reads_it() -> None:
    unlike = [p for p in PHRASES_DICT if readings.read(p) not in (None, lazy_pinyin(p))]
    assert unlike == []


@given(st.lists(PHRASES | CHINESE, max_size=6).map("".join))
def test_any_text_is_read_as_pypinyin_reads_it_or_left_to_it(han: str) -> None:
    assert readings.read(han) in (None, lazy_pinyin(han))


@given(NAMES)
def test_names_with_other_letters_too(name: str) -> None:
    assert slugs._syllables(name) == lazy_pinyin(name)


def test_a_name_is_read_at_once_and_a_phrase_of_its_own_is_not() -> None:
    assert readings.read("沈伯安") == ["shen", "bo", "an"]
    assert readings.read("重阳") == ["chong", "yang"]
    assert readings.read("过重阳") is None
