"""Pages of anything: what hypothesis draws a newspaper page from when nothing is ruled out."""

from __future__ import annotations

from hypothesis import strategies as st

#: Where text goes wrong: control characters, direction marks, marks without width, combining
#: marks, line ends that are none, tags, surrogates' neighbours, private use, what Unicode forbids.
_AWKWARD = st.sampled_from(
    "\x01\x07\x08\x0b\x1b\x1c\x7f\x85\x9f\xa0\xad"
    "\u0300\u0301\u0e33\u093f\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066"
    "\u2069\u3000\u3099\ufe0f\uff21\uff76\uff9e\ufeff\ufffd\ufffe\uffff\ue000\U0001f468\U0001f1e8"
    "\U00020000\U000e0041\U0010ffff\t \r"
)
#: One character of every block of Unicode is as likely as one of Latin.
_ANYWHERE = st.one_of(
    *(
        st.characters(min_codepoint=first, max_codepoint=last, exclude_categories=("Cs",))
        for first, last in (
            (0x01, 0x09),
            (0x0E, 0x7F),
            (0x80, 0x2FF),
            (0x300, 0x1FFF),
            (0x2000, 0x33FF),
            (0x3400, 0x9FFF),
            (0xA000, 0xFFFF),
            (0x10000, 0x10FFFF),
        )
    )
)
_PRINTED = st.sampled_from(
    [
        "新桥昨日通车",
        "昨日上午，新桥正式通",
        "车，居民步行过桥。",
        "讣告",
        "家父霍启明，享年八十岁。孝子 霍长山泣告",
        "本报记者 高远",
        "（高远 摄）",
        "The town com-\nmittee met.",
        "遗失声明",
        "A07 要闻 2024年5月8日 星期三",
    ]
)
_MARKUP = st.sampled_from(
    ["<b>", "&amp;", "&#0;", "]]>", "<!--", "{{ x }}", "{% y %}", "# ", "> ", "- ", "1. ", "***",
     "[a](b)", "![a](b)", "```", "---", "===", "|a|b|", "\\", "<script>", "</script>", "`", "~~~"]
)  # fmt: skip

_parts = st.one_of(
    _PRINTED, _MARKUP, _AWKWARD, st.text(_AWKWARD, max_size=6), st.text(_ANYWHERE, max_size=30)
)
_blocks = st.lists(_parts, min_size=1, max_size=6).map("".join)
_between = st.sampled_from(["\n\n", "\r\n\r\n", "\n", "\r", "\n \t\n", "\n\u3000\n", "\f"])

#: A text of one newspaper page, or of several that form feeds part.
pages = st.lists(st.tuples(_blocks, _between), min_size=1, max_size=8).map(
    lambda parts: "".join(text for pair in parts for text in pair)
)
