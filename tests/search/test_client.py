"""The client's half, run in node without a page: it reads what Python wrote and asks the same."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from broadsheet.search import codes, query
from broadsheet.search.fold import EAST_ASIAN, fold, simplified_pairs
from broadsheet.search.query import parse, terms_of

from .small_site import write_segment
from .texts import documents, questions

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "templates/assets"
CLIENT, SUGGEST = ASSETS / "search.js", ASSETS / "suggest.js"
KINDS = {"break": 0, "word": 1, "east-asian": 2}

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def client(about: str, **asked: object) -> Any:
    pairs = "".join(map("".join, simplified_pairs().items()))
    asked |= {"about": about, "folding": {"pairs": pairs, "ranges": EAST_ASIAN}}
    command = ["node", str(HERE / "client.js"), str(CLIENT), str(SUGGEST)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_is_small() -> None:
    assert len(gzip.compress(CLIENT.read_bytes(), 9)) < 12 * 1024


def test_it_decodes_what_python_encoded() -> None:
    some = random.Random(1)
    edges = [0, 39, 40, 1959, 1960, 55_207, 55_208, 2_868_775, 2_868_776, 1 << 27]
    lists = [
        edges,
        *([some.randrange(1 << some.randint(1, 27)) for _ in range(99)] for _ in "12345"),
    ]
    assert client("decode", texts=[codes.encode(numbers) for numbers in lists]) == lists


#: All characters of the basic plane that both know: a newer Unicode in one is no fault of ours.
KNOWN = [chr(n) for n in range(0x10000) if unicodedata.category(chr(n)) not in ("Cn", "Cs", "Co")]
#: What may become one with its neighbours, or nothing at all.
JOINING = [
    c for c in KNOWN if unicodedata.combining(c) or "\uff61" <= c <= "\uffdc"
    or "\u1100" <= c <= "\u11ff" or "\u3041" <= c <= "\u318e" or unicodedata.category(c) == "Cf"
]  # fmt: skip


def folded(texts: list[str]) -> None:
    """Assert that the client makes of each text the tokens that Python makes of it."""
    for text, answer in zip(texts, client("fold", texts=texts), strict=True):
        wanted = [[KINDS[token.kind], token.text] for token in query.tokenize(text)]
        assert [token[:2] for token in answer] == wanted, text.encode("unicode_escape")
        composed = unicodedata.normalize("NFC", text).encode("utf-16-le")
        for _, token, begin, end in answer:  # where it stands, for marking
            marked = composed[2 * begin : 2 * end].decode("utf-16-le")
            assert token in fold(marked), text.encode("unicode_escape")


def test_it_folds_every_character_as_python_does() -> None:
    folded(KNOWN)


def test_it_folds_any_text_as_python_does() -> None:
    some = random.Random(3)
    folded(
        [
            "".join(
                some.choice(JOINING if some.random() < 0.6 else KNOWN)
                for _ in range(some.randint(2, 9))
            )
            for _ in range(20_000)
        ]
    )


def test_it_reads_questions_as_python_does() -> None:
    lines = [
        *questions(500, documents(300)),
        "",
        "|",
        "-",
        '"',
        "“国",
        "a|b",
        "a -“b c”",
        "１｜２",
        "国 - 际",
    ]
    answers = client("parse", lines=lines, typing=False)
    for line, answer in zip(lines, answers, strict=True):
        sides = [
            [
                [[[KINDS[token.kind], token.text, False] for token in phrase] for phrase in phrases]
                for phrases in (one.must, one.without)
            ]
            for one in parse(line)
        ]
        assert answer == sides, line


def test_it_looks_the_same_terms_up() -> None:
    lines = questions(300, documents(300))
    answers = client("terms", lines=lines)
    for line, answer in zip(lines, answers, strict=True):
        phrases = [phrase for one in parse(line) for phrase in one.must]
        terms = [[[t.stream, t.low, t.high, t.offset] for t in terms_of(p)] for p in phrases]
        assert answer == terms, line


@pytest.mark.parametrize(
    ("line", "prefix"),
    [("Tru", True), ("国际Tru", True), ("Tru ", False), ("“Tru", False), ("Tru 国", False),
     ("x | Tru", True), ("Tru，", False)],
)  # fmt: skip
def test_only_a_word_that_is_being_typed_stands_for_others(line: str, prefix: bool) -> None:
    (answer,) = client("parse", lines=[line], typing=True)
    marked = [token[2] for must, _ in answer for phrase in must for token in phrase]
    assert any(marked) == prefix


def test_it_opens_shards_as_python_does(tmp_path: Path) -> None:
    write_segment(tmp_path, "x", documents(400))
    segment = query.Segment(tmp_path / "search/x")
    names = [path.stem for path in sorted(segment.folder.glob("[pw]*.js"))]
    opened = client("shards", shards=[segment.data(name) for name in names])
    assert opened == [segment.shards.shard(name)[0] for name in names]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("1998-01-05", "1998-01-05"),
        ("1998年1月5日", "1998-01-05"),
        ("１９９８．１．５", "1998-01-05"),
        ("98年1月", "1998-01"),
        ("03年", "2003"),
        ("1998", "1998"),
        ("98", ""),
        ("国际", ""),
    ],
)  # fmt: skip
def test_the_quick_box_knows_dates(line: str, date: str) -> None:
    assert client("dates", lines=[line]) == [date]


def test_the_quick_box_suggests_days_names_and_headlines() -> None:
    quick = {
        "issues": {"1998": codes.encode([1 * 32 + 5, 1 * 32 + 6, 12 * 32 + 31])},
        "names": [["國際", "栏目", "section/guoji/index.html"]],
        "headlines": [["国际广场重开", "1998-01-05", "1998-01-05/01/01-x.html"]],
    }
    day, month, year, words = client(
        "suggest", quick=quick, lines=["1998-1-6", "98年1月", "1998", "国际"]
    )
    assert day == [["1998-01-06", "", "1998-01-06/index.html"]]
    assert [text for text, _, _ in month] == ["1998", "1998-01-05", "1998-01-06"]
    assert year == [["1998", "", "archive/1998.html"]]
    assert [text for text, _, _ in words] == ["國際", "国际广场重开"]
