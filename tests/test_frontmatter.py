"""Front matter: read strictly, written plainly, wrong input named with its line."""

from __future__ import annotations

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadsheet import frontmatter
from broadsheet.piece import Article, Figure, Obituary, Person, Service, Signer
from broadsheet.problems import Problems


def read(source: str, kind: type = Article):  # type: ignore[type-arg, no-untyped-def]
    return frontmatter.convert(frontmatter.parse_yaml(source, "a.md"), kind, "a.md", source)


def faults(source: str, kind: type = Article) -> list[str]:  # type: ignore[type-arg]
    with pytest.raises(Problems) as found:
        read(source, kind)
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("source", "page", "title"),
    [
        ("page: 07\ntitle: No", "07", "No"),
        ("page: 1_0\ntitle: 12:30:45", "1_0", "12:30:45"),
        ("page: '07'\ntitle: 1998-01-05", "07", "1998-01-05"),
        ("page: A07\ntitle: true", "A07", "true"),
    ],
)
def test_scalars_are_what_was_printed(source: str, page: str, title: str) -> None:
    piece = read(source)
    assert (piece.page, piece.title) == (page, title)


def test_types_are_decided_by_the_field() -> None:
    piece = read("date: 1998-01-05\nlead: true\ntitle: x\nlines: 3, 5-9")
    assert piece.date == datetime.date(1998, 1, 5)
    assert piece.lead is True


@pytest.mark.parametrize(
    ("source", "kind", "expected"),
    [
        (
            "date: 2025-13-05",
            Article,
            "a.md:1: date: '2025-13-05' does not fit (expected a date, YYYY-MM-DD)",
        ),
        (
            "title: x\nsubtilte: y",
            Article,
            "a.md:2: unknown key 'subtilte' (did you mean 'subtitle'?)",
        ),
        (
            "person:\n  age: ninety",
            Obituary,
            "a.md:2: person.age: 'ninety' does not fit (expected a whole number)",
        ),
        (
            "person:\n  nmae: x",
            Obituary,
            "a.md:2: unknown key 'nmae' (did you mean 'name'?)",
        ),
        (
            "service:\n  time: at noon",
            Obituary,
            "a.md:2: service.time: 'at noon' does not fit "
            "(expected YYYY-MM-DD or YYYY-MM-DDTHH:MM)",
        ),
        (
            "lines: from 3",
            Article,
            "a.md:1: lines: 'from 3' does not fit (expected line numbers, such as 3, 5-9, 41)",
        ),
        ("tags: one", Article, "a.md:1: tags: 'one' does not fit (expected a list)"),
        ("lead: perhaps", Article, "a.md:1: lead: 'perhaps' does not fit (expected true or false)"),
    ],
)
def test_a_fault_names_line_value_and_expectation(source: str, kind: type, expected: str) -> None:
    assert faults(source, kind) == [expected]


def test_all_faults_are_listed_together() -> None:
    found = faults("date: x\nlead: y\nsubtilte: z\ntitle: fine")
    assert [line.split(":")[1] for line in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("a: 1\na: 2", "a.md:2: not YAML: the key 'a' stands twice"),
        ("a: &x [1, 1]\nb: [*x, *x]", "a.md:2: not YAML: an alias"),
        ("a: !!python/object/apply:os.system [ls]", "a.md:1: not YAML: could not determine"),
        ("- a\n- b", "a.md:1: not a list of keys"),
        ("a: [1", "a.md:2: not YAML"),
    ],
)
def test_hostile_and_broken_yaml_is_refused(source: str, what: str) -> None:
    with pytest.raises(Problems) as found:
        frontmatter.parse_yaml(source, "a.md")
    assert str(found.value).startswith(what)


def test_an_asterisk_is_no_alias() -> None:
    assert frontmatter.parse_yaml("title: 5*3 is fifteen", "a.md") == {"title": "5*3 is fifteen"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_front_matter_and_body(end: str) -> None:
    parts = frontmatter.split(end.join(["---", "title: x", "---", "", "Text", ""]))
    assert parts is not None
    head, body, line = parts
    assert head.strip() == "title: x"
    assert body.strip() == "Text"
    assert line == 4


def test_text_without_front_matter_has_none() -> None:
    assert frontmatter.split("Only text\n---\n") is None


PRINTED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff\x85"),
    max_size=30,
).map(str.strip)


@given(PRINTED, PRINTED, st.lists(PRINTED, max_size=3), st.integers(0, 150))
def test_what_is_written_is_read_back(title: str, name: str, tags: list[str], age: int) -> None:
    obituary = Obituary(
        title=title,
        date=datetime.date(2025, 12, 5),
        page="07",
        tags=tuple(tags),
        person=Person(name=name, age=age, died="2025-12-03"),
        service=Service(time="2025-12-11T13:00"),
        signed=(Signer(name=name or "x", relation="孝孙"),),
    )
    text = frontmatter.dump("obituary", obituary, "Body")
    parts = frontmatter.split(text)
    assert parts is not None
    data = frontmatter.parse_yaml(parts[0], "a.md")
    assert data.pop("type") == "obituary"
    assert frontmatter.convert(data, Obituary, "a.md", parts[0]) == obituary
    assert yaml.safe_load(parts[0])["page"] == "07"


def test_only_what_is_known_is_written() -> None:
    text = frontmatter.dump("article", Article(title="题", figures=(Figure(caption="图"),)), "")
    assert text == "---\ntype: article\ntitle: 题\nfigures:\n- caption: 图\n---\n"
