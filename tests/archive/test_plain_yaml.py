"""The strict reader gives what PyYAML gives, or leaves the text to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import frontmatter
from broadsheet.archive import plain_yaml
from broadsheet.problems import Problems

TYPICAL = """\
type: article
title: 美特使无功而返 俄乌或陷“打谈循环”？
date: 2025-12-05
page: '07'
byline: "本报记者 某某"
lines: 3-9, 21
joins:
- 便携老|扶幼
- '一: 二|三'
tags:
  - 甲
  - 乙
person:
  name: 沈伯安
  age: 88
"""


def test_a_typical_head_is_read_without_yaml() -> None:
    found = plain_yaml.read(TYPICAL)
    assert found is not None
    assert found == frontmatter.parse_yaml(TYPICAL, "x.md")
    assert found["person"] == {"name": "沈伯安", "age": "88"}
    assert found["joins"] == ["便携老|扶幼", "一: 二|三"]


@pytest.mark.parametrize(
    "text",
    [
        "title: [a, b]",
        "title: a # note",
        "title: 'it''s'",
        'title: "a\\n"',
        "title: a: b",
        "title: |\n  a",
        "title: a\n  b",
        "title:",
        "title: null",
        "title: ~",
        "title: a\ntitle: b",
        "joins:\n- a\n  - b",
        "joins:\n- a\nb",
        "person:\n  a: b\n    c: d",
        "person:\n  a: b\n  a: c",
        "title: a\x85b",
        "a b: c",
        "- a",
    ],
)
def test_everything_else_is_left_to_yaml(text: str) -> None:
    assert plain_yaml.read(text) is None


#: Pieces of YAML, right and wrong, that put together come near to what people write.
_SCALARS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "a", "a b", "'a'", '"a"', "'a", 'a"', "a: b", "a:", "a #b", "#a", "a#b", "null", "~",
         "[a]", "{a}", "- a", "-a", "? a", "|", ">", "&a", "*a", "!a", "%a", "@a", "`a", "a,b", "=",
         "<<", "2025-12-05", "3, 5-9", "true", "'a''b'", '"a\\tb"', "a　b", "　a", " a ", "a\tb"]
    ),
)  # fmt: skip
_LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["a", "b", "person", "A", "a b"]), _SCALARS),
    st.builds("{}:".format, st.sampled_from(["a", "b", "c"])),
    st.builds("{}- {}".format, st.sampled_from(["", " ", "  ", "    "]), _SCALARS),
    st.builds("  {}: {}".format, st.sampled_from(["x", "y"]), _SCALARS),
    st.sampled_from(["", " ", "---", "...", "\t", "a"]),
)


@given(st.lists(_LINES, max_size=6).map("\n".join))
def test_what_it_reads_is_what_yaml_reads(text: str) -> None:
    found = plain_yaml.read(text)
    if found is not None:
        assert found == frontmatter.parse_yaml(text, "x.md")


@given(st.text(max_size=60))
def test_of_any_text_too(text: str) -> None:
    found = plain_yaml.read(text)
    if found is None:
        return
    try:
        assert found == frontmatter.parse_yaml(text, "x.md")
    except Problems as problems:
        pytest.fail(f"read {found}, but it is not YAML: {problems}")
