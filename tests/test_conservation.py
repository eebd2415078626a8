"""Conservation: what is lost or added is found, by line; what is all there gives no difference."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.conservation import Printed, differences, printed, squeeze
from broadsheet.piece import Article, Figure, NewspaperPage, Obituary, Person

LINES = {1: "新桥通车", 3: "昨日上午，新桥正式通", 5: "车，市民步行过桥。", 7: "本报记者 高远"}


def article(body: str, **fields: object) -> Printed:
    piece = Article(lines="1, 3, 5, 7", title="新桥通车", byline="本报记者 高远", **fields)  # type: ignore[arg-type]
    return printed("content/a.md", piece, body)


def found(*files: Printed) -> list[str]:
    return [f"{d.file}:{d.line}: {d}" for d in differences("s.txt", LINES, files)]


def test_text_that_is_all_there_gives_no_difference() -> None:
    assert found(article("昨日上午，新桥正式通车，市民步行过桥。")) == []


def test_a_lost_line_is_named() -> None:
    assert found(article("昨日上午，新桥正式通")) == ["s.txt:5: lost: 车，市民步行过桥。"]


def test_a_correction_shows_what_changed_and_no_more() -> None:
    assert found(article("昨日上午，新桥正式通车，行人步行过桥。")) == [
        "content/a.md:0: not in the source: 行人",
        "s.txt:5: lost: 市民",
    ]


def test_text_that_stands_twice_is_added_once() -> None:
    body = "昨日上午，新桥正式通车，市民步行过桥。\n\n新桥通车"
    assert found(article(body)) == ["content/a.md:0: not in the source: 新桥通车"]


def test_text_may_stand_in_another_file_than_the_one_that_states_its_line() -> None:
    other = printed("content/b.md", Article(), "车，市民步行过桥。")
    assert found(article("昨日上午，新桥正式通"), other) == []


def test_captions_credits_and_the_page_count_but_facts_do_not() -> None:
    lines = {1: "讣告", 2: "家父王远山去世", 3: "图为新桥", 4: "第5版"}
    files = [
        printed("a", Obituary(title="讣告", person=Person(name="王远山"), lines="1-2"), lines[2]),
        printed("b", Article(figures=(Figure(caption="图为新桥", alt="一座桥"),), lines="3"), ""),
        printed("c", NewspaperPage(label="5", section="要闻", lines="4"), "第5版"),
    ]
    assert differences("s", lines, files) == []


def test_a_dropped_hyphen_is_accounted_for_by_its_join() -> None:
    lines = {1: "The town com-", 2: "mittee met."}
    body = "The town committee met."
    assert differences("s", lines, [printed("a", Article(lines="1-2"), body)])
    mended = printed("a", Article(lines="1-2", joins=("town com-|mittee met",)), body)
    assert differences("s", lines, [mended]) == []


def test_a_headline_that_also_begins_a_paragraph_is_not_confused() -> None:
    lines = {1: "完全赞成。我们都来。", 2: "完全赞成"}
    file = printed("a", Article(title="完全赞成", lines="1, 2"), "完全赞成。我们都来。")
    assert differences("s", lines, [file]) == []


texts = st.text("甲乙丙丁，。a b", min_size=1, max_size=12).filter(lambda text: squeeze(text) != "")


@given(st.lists(texts, min_size=1, max_size=8), st.randoms())
def test_any_page_split_into_any_files_is_conserved(rows: list[str], random: object) -> None:
    lines = dict(enumerate(rows, start=1))
    numbers = list(lines)
    random.shuffle(numbers)  # type: ignore[attr-defined]
    half = len(numbers) // 2
    files = [
        Printed(name, tuple(part), tuple(squeeze(lines[n]) for n in part))
        for name, part in (("a", numbers[:half]), ("b", numbers[half:]))
    ]
    assert differences("s", lines, files) == []


@given(st.lists(texts, min_size=1, max_size=8), st.data())
def test_one_lost_character_is_always_noticed(rows: list[str], data: st.DataObject) -> None:
    lines = dict(enumerate(rows, start=1))
    text = squeeze("".join(rows))
    at = data.draw(st.integers(0, len(text) - 1))
    file = Printed("a", tuple(lines), (text[:at] + text[at + 1 :],))
    lost = [d for d in differences("s", lines, [file]) if d.line]
    assert "".join(d.text for d in lost).count(text[at]) >= 1
