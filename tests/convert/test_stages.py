"""A page through all stages: what must hold for every text, and what doubts and gaps say."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.convert import STAGES, convert_page, explain
from broadsheet.convert.confidence import evidence_of, sureness_of
from broadsheet.convert.labels import LABEL
from broadsheet.convert.pieces import START, Choice, State, Step, consensus, kept
from broadsheet.convert.reading import Reading
from broadsheet.convert.weights import format_weights, parse_weights, weights_for

#: Fragments that mean something to the converter, to be shuffled into pages that nobody printed.
FRAGMENTS = [
    "讣告",
    "渡口停航",
    "停水通知",
    "图为渡口。连秋平摄",
    "文/图 本报记者 连秋平",
    "孝子 鲍启明 泣告",
    "的旧船还在。",
    "，他说",
    "“渡口要",
    "修”，大家同意。",
    "节约一度电 温暖千万家",
    "（本报记者连秋平）",
    "2024年4月12日 星期五 第5版",
    "渔船没有出海，今天的渔市推迟到中午开秤，鱼价比昨天高了两成。",
    "By Ellen Marsh",
    "ROAD CLOSURE",
    "the sea wall.",
    "The ferry will sail again and its",
    "~.;' t;e --",
]
pages = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=40)), max_size=14).map(
    "\n\n".join
)


@settings(max_examples=150, deadline=None)
@given(pages)
def test_no_text_makes_it_fail_and_each_block_is_placed_once(text: str) -> None:
    reading = convert_page(text)
    placed = [item.block.index for draft in reading.drafts for item in draft.placed]
    assert sorted(placed) == list(range(len(reading.blocks)))


@settings(max_examples=60, deadline=None)
@given(pages)
def test_a_block_continues_an_earlier_one_of_its_own_piece(text: str) -> None:
    for draft in convert_page(text).drafts:
        seen: set[int] = set()
        for item in draft.placed:
            assert item.continues is None or item.continues in seen
            seen.add(item.block.index)


@settings(max_examples=40, deadline=None)
@given(pages, pages)
def test_a_page_is_read_the_same_whatever_was_read_before(text: str, other: str) -> None:
    first = decisions(convert_page(text))
    convert_page(other)
    assert decisions(convert_page(text)) == first


def decisions(reading: Reading) -> list[object]:
    return [*reading.drafts, *reading.doubts]


@pytest.mark.parametrize(
    ("scores", "beam", "left"),
    [
        ([-1.0, -5.0, -0.5, -2.4], 8, [-0.5, -1.0, -2.4]),  # -5.0 is too far behind the best
        ([-1.2, -1.1, -1.0], 2, [-1.0, -1.1]),  # all are near it, but two are enough
        ([-90.0], 8, [-90.0]),
    ],
)
def test_readings_near_the_best_one_go_on(
    scores: list[float], beam: int, left: list[float]
) -> None:
    choice = Choice(LABEL["headless"], None, 0.0, 1.0)
    ways = kept([(score, START, choice, []) for score in scores], beam)
    assert [score for score, *_ in ways] == left


def test_drafts_stand_in_the_order_of_first_appearance() -> None:
    drafts = convert_page("节约一度电 温暖千万家\n\n讣告\n\n先父鲍守田病逝，享年八十七岁。").drafts
    firsts = [draft.placed[0].block.index for draft in drafts]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 昨日下午，镇上的戏台搭好了新棚，老戏迷们早早来占座。",
        "昨天下了一场雪。",
        "桑叶长齐了，蚕农们很高兴。今年的茧比去年多收了两成。",
        "镇上的戏台昨日搭好了新棚，老戏迷们早早来占座，卖茶的也来了。",
    ],
)
def test_a_report_alone_on_its_page_is_an_article(text: str) -> None:
    (draft,) = convert_page(text).drafts
    assert draft.type == "article"
    assert draft.headless


def test_a_lost_beginning_is_a_doubt_with_its_line() -> None:
    reading = convert_page(
        "。\n\n的三轮车修好了，又给车篷换了新布，邻居们都说好，他没有多收一分钱。"
    )
    assert any(doubt.line == 3 and doubt.about == "beginning" for doubt in reading.doubts)


def test_confidences_are_probabilities() -> None:
    reading = convert_page("渔市推迟\n\n因为连日大风，渔船没有出\n\n海，渔市推迟到中午开秤。")
    for draft in reading.drafts:
        for item in draft.placed:
            for share in (item.role_confidence, item.place_confidence, item.join_confidence):
                assert 0 <= share <= 1


@pytest.mark.parametrize(("between", "follows"), [("", 1.0), ("节约一度电 温暖千万家\n\n", 0.0)])
def test_a_join_to_the_very_next_block_is_judged_as_such(between: str, follows: float) -> None:
    page = f"渔市推迟开秤\n\n因为连日大风，渔船没有出\n\n{between}海，渔市推迟到中午开秤。"
    reading = convert_page(page)
    sure = sureness_of(reading.steps, reading.reader.odds, weights_for("zh-Hans").confidence)
    known = {step.block: one for step, one in zip(reading.steps, sure, strict=True)}
    evidence = evidence_of(reading.steps[-1], reading.reader.odds, known)
    assert evidence["join"]["next-block"] == follows


def reading(score: float, *labels: str) -> State:
    """A state in which block after block was given one of the labels."""
    trail = None
    for block, name in enumerate(labels):
        trail = Step(trail, block, 0, Choice(LABEL[name], None, 0.0, 1.0), [])
    return State(score, (), 1, labels[-1], trail)


def test_of_readings_near_the_best_the_one_is_kept_that_most_agree_with() -> None:
    best = reading(0.0, "article", "subhead")
    others = [reading(-0.1, "article", "article"), reading(-0.2, "article", "article")]
    steps = consensus([best, *others])
    assert [step.chosen.label.name for step in steps] == ["article", "article"]
    far = [reading(-3.0, "article", "article"), reading(-3.1, "article", "article")]
    steps = consensus([best, *far])
    assert [step.chosen.label.name for step in steps] == ["article", "subhead"]


def test_every_stage_is_explained() -> None:
    page = "渔市推迟开秤\n\n因为连日大风，渔船没有出\n\n海，渔市推迟到中午开秤。"
    text = explain(convert_page(page))
    assert "cut-" in text.split("DECISIONS")[1]
    for title in ("LANGUAGE", "BLOCKS", "CUTS", "DECISIONS", "PIECES", "DOUBTS"):
        assert f"\n{title}" in text


def test_the_stages_are_listed_in_order() -> None:
    names = [stage.__name__ for stage in STAGES]
    assert names == [
        "read_blocks",
        "observe",
        "look_around",
        "read_page",
        "prepare",
        "decide",
        "part_headings",
        "rejoin",
        "sureness_of",
        "assemble",
    ]


def test_time_grows_no_faster_than_the_page() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        convert_page(text)
        return time.process_time() - started

    def page(reports: int) -> str:
        return "".join(
            f"渡口记事{n}\n\n第{n}天，渔船没有出海，船工在岸边补网，渔市推迟到中\n\n午开秤。\n\n"
            for n in range(reports)
        )

    seconds(page(60))
    assert seconds(page(240)) < 4 * seconds(page(60)) * 2 + 0.2


def test_weights_survive_being_written_and_read() -> None:
    for language in ("zh-Hans", "en"):
        weights = weights_for(language)  # type: ignore[arg-type]
        assert parse_weights(format_weights(weights, {})) == weights
