"""Markdown shows exactly the printed text, whatever was printed."""

from __future__ import annotations

import html5lib
import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.escaping import body_lines, escape, escape_subhead, unescape

#: One line of text as the converter writes it: no control characters, no space at the ends.
printed = (
    st.text(
        st.one_of(
            st.sampled_from("\\`*_{}[]()>#+-.!<&;:/@\"'~|=1１①a中 国　^$"),
            st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
        ),
        min_size=1,
    )
    .map(str.strip)
    .filter(bool)
)


def shown(source: str, tag: str) -> str:
    """What a browser shows of the one element that the Markdown `source` makes."""
    body = html5lib.parse(markdown.markdown(source), namespaceHTMLElements=False).find("body")
    assert [child.tag for child in body] == [tag]
    assert len(body[0]) == 0, "markup inside the line"
    return "".join(body[0].itertext())


@given(printed)
@example("1. 2025年")
@example("１. 国内")
@example("- - -")
@example("-")
@example("# 1")
@example("> 引")
@example("[a]: http://x.example")
@example("&lt; &amp; &copy; &#65; &copy &lt")
@example("<script>alert(1)</script> <!-- --> <a@b.example>")
@example("\\* \\\\ \\&lt;")
@example("<1@b> <.@甲> <<@a>")
@example("&#1= &#x41")
def test_a_paragraph_shows_what_was_printed(text: str) -> None:
    assert shown(escape(text), "p") == text
    assert unescape(escape(text)) == text


@given(printed)
@example("C# #")
@example("#")
@example("a\\#")
def test_a_subhead_shows_what_was_printed(text: str) -> None:
    assert shown(escape_subhead(text), "h2") == text
    assert unescape(escape_subhead(text)) == text


@pytest.mark.parametrize(
    "text", ["俄方表态藏着哪些深意", "“打谈循环”？", "A+B=C", "3.5% of £2,000", "a-b"]
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert escape(text) == text


@given(st.lists(printed, min_size=2, max_size=4))
@example(["孝子", "=="])
@example(["孝子", "--"])
@example(["孝子", "1. 甲"])
def test_the_lines_of_a_signature_are_one_paragraph(texts: list[str]) -> None:
    assert shown("\n".join(map(escape, texts)), "p") == "\n".join(texts)


@given(st.lists(printed, min_size=1))
def test_a_body_gives_its_lines_back(texts: list[str]) -> None:
    assert body_lines("\n\n".join(map(escape, texts)) + "\n") == texts
