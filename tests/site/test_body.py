"""Bodies: the few lines for plain ones and Python-Markdown give the same; nothing unsafe passes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from broadsheet.escaping import escape, escape_subhead
from broadsheet.site import body


def test_paragraphs_and_subheads_are_read_without_markdown() -> None:
    blocks = body.read_plain("\n第一段，5>3。\n\n## 小标题\n\n第二段。\n接着一行。\n")
    assert blocks is not None
    assert [(block.kind, block.text) for block in blocks] == [
        ("text", "第一段，5>3。"),
        ("subhead", "小标题"),
        ("text", "第二段。\n接着一行。"),
    ]
    assert blocks[0].html == "第一段，5&gt;3。"


#: What people type, and what Markdown looks for.
_PARTS = st.sampled_from(
    ["字", "a", "1", " ", "  ", "\n", "\n\n", "## ", "# ", "#", "-", "- ", "* ", "*", "_", "1. ",
     "> ", ">", "<b>", "&", "&lt;", "\\", "`", "[", "](x)", "!", "===", "---", "|", "\t", "　",
     "http://a.b", ":", "~~~", "=", "+ ", "\r\n", "“", "<!--", "\x85", "\u2028", "    code"]
)  # fmt: skip


@given(st.one_of(st.lists(_PARTS, max_size=12).map("".join), st.text(max_size=40)))
@example("a\n\u3000b")
@example("##")
@example("## a ##")
@example("a \n\nb")
@example("\n\u3000\n\na")
def test_the_fast_path_gives_what_markdown_gives(text: str) -> None:
    plain = body.read_plain(text)
    if plain is not None:
        assert plain == body.read_markdown(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60))
def test_escaped_text_is_shown_as_it_was_printed(text: str) -> None:
    line = " ".join(text.split())
    if not line:
        return
    [block] = body.read(escape(line))
    assert (block.kind, block.text) == ("text", line)
    [subhead] = body.read(escape_subhead(line))
    assert (subhead.kind, " ".join(subhead.text.split())) == ("subhead", line)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a <b onclick=x>b</b>", "a &lt;b onclick=x&gt;b&lt;/b&gt;"),
        ("[a](javascript:alert(1))", "<span>a</span>"),
        ("[a](data:text/html,x)", "<span>a</span>"),
        ("[a](JaVaScRiPt:x)", "<span>a</span>"),
        ("[a](//host/x)", "<span>a</span>"),
        ("[a](https://host/x)", '<a href="https://host/x">a</a>'),
        ("[a](mailto:a@b.c)", '<a href="mailto:a@b.c">a</a>'),
        ("[a](other.html#p3)", '<a href="other.html#p3">a</a>'),
        ("**a** `b`", "<strong>a</strong> <code>b</code>"),
    ],
)
def test_what_is_unsafe_is_text_and_what_is_safe_is_a_link(text: str, shown: str) -> None:
    [block] = body.read(text)
    assert block.html == shown


def test_a_picture_in_a_body_loads_nothing() -> None:
    [block] = body.read("![x](https://host/a.png) ![y](b.png)")
    assert "<img" not in block.html


def test_lists_are_blocks_of_their_own() -> None:
    [block] = body.read("- a\n- b")
    assert block.kind == "block"
    assert block.html.startswith("<ul>")


def test_marks_are_put_where_they_belong_in_the_text_and_not_in_tags() -> None:
    shown = Markup("a&amp;b<em>cd</em>e")
    mark = Markup("|")
    assert body.insert(shown, [(2, mark), (4, mark)]) == "a&amp;|b<em>c|d</em>e"
    assert body.insert(shown, [(0, mark), (6, mark)]) == "|a&amp;b<em>cd</em>e|"


def test_brackets_without_end_are_text_at_once() -> None:
    (block,) = body.read("[" * 5_000)
    assert block.text == "[" * 5_000
    assert '<a href="b">a</a>' in body.read("[a](b) " * 100)[0].html
