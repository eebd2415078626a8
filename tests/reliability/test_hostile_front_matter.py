"""Front matter that was written to do harm is refused in one line, at once, and does none."""

from __future__ import annotations

import pytest
from fuzz_front_matter import any_file
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet import frontmatter
from broadsheet.piece import Article, parse_lines
from broadsheet.problems import Problem, Problems

HARMFUL = {
    "unfolding without end": ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "2: not YAML: an alias"),
    "nested brackets": ("a: " + "[" * 100_000, "1: not YAML: nested more than 16 levels"),
    "nested braces": ("{a: " * 100_000, "1: not YAML: nested more than 16 levels"),
    "nested lists": ("- " * 20_000 + "x", "1: not YAML: nested more than 16 levels"),
    "nested keys": ("\n".join(" " * n + "a:" for n in range(999)), "17: not YAML: nested more"),
    "a list as a key": ("? [a, b]\n: c", "1: not YAML: a list or mapping cannot be a key"),
    "a mapping as a key": ("x: 1\n{a: b}: c", "not YAML"),
    "an object": ("a: !!python/object/apply:os.system [ls]", "1: not YAML: could not determine"),
    "a module": ("a: !!python/module:os", "1: not YAML: could not determine"),
    "a key twice": ("title: a\ntitle: b", "2: not YAML: the key 'title' stands twice"),
    "a key below a key twice": ("person: {name: a, name: b}", "1: not YAML: the key 'name'"),
    "a zero byte": ("title: a\x00b", "not YAML"),
}


@pytest.mark.parametrize(("source", "told"), HARMFUL.values(), ids=HARMFUL)
def test_what_does_harm_is_refused(source: str, told: str) -> None:
    with pytest.raises(Problems) as refused:
        frontmatter.parse_yaml(source, "a.md")
    assert str(refused.value).startswith("a.md:")
    assert told in str(refused.value)


def test_line_numbers_without_end_take_no_memory() -> None:
    with pytest.raises(Problems, match=r"lines: .* does not fit"):
        frontmatter.convert({"lines": "1-99999999999"}, Article, "a.md", "lines: 1-99999999999")
    assert len(parse_lines(", ".join(["1-999999"] * 500))) == 1_000_000


def test_of_many_faults_the_first_are_told() -> None:
    source = "\n".join(f"key{n}: x" for n in range(5000))
    with pytest.raises(Problems) as refused:
        frontmatter.convert(frontmatter.parse_yaml(source, "a.md"), Article, "a.md", source)
    assert len(refused.value.problems) == 50


def test_a_problem_is_one_printable_line_of_bounded_length() -> None:
    found = str(Problem("a\udcff\n\x1b]0;title\x07\u202e.md", 3, "字" * 9999, "expected\nless"))
    assert found.startswith(r"a\xff\x0a\x1b]0;title\x07\u202e.md:3: 字字")
    assert found.splitlines() == [found]
    assert len(found) < 500
    found.encode()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text(max_size=80).map(str.encode)))
@example(b"a" * 2000 + b": YAML knows no key of this length")
@example(b"? [a]\n: b")
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    any_file(raw)
