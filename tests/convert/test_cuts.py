"""Every evidence for a cut sentence: a pair for which it holds, and one for which it does not."""

from __future__ import annotations

import pytest

from broadsheet.convert import cuts
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.facts import observe
from broadsheet.convert.weights import Weights
from broadsheet.piece import Language

WORDS = Weights({"船": 2.0, "水": -2.0}, {"船": -2.0, "水": 2.0}, {}, {})


def evidence(text: str, language: Language = "zh-Hans", tail: int = 0, head: int = -1) -> set[str]:
    """The evidence for `head` going on with `tail`, blocks of `text`."""
    facts = observe(read_blocks(text), language)
    page = cuts.read_page(facts, language == "en", WORDS)
    return set(cuts.evidence_of(page, facts[tail], facts[head]))


@pytest.mark.parametrize(
    ("name", "holds", "does_not"),
    [
        ("belongs-10", "市民走进图书\n\n馆看书。", "市民走进图书馆\n\n看书。"),
        ("belongs-3", "渡口停航\n\n旧船还在。", "今年粮食\n\n产量很高。"),
        ("belongs-1", "大家的\n\n的旧船。", "大家\n\n的旧船。"),
        ("recurs-2", "船工老鲍说\n\n船工老\n\n鲍回来了。", "船工老鲍说\n\n船工老\n\n何回来了。"),
        ("recurs-3", "船工老鲍说\n\n船工老\n\n鲍说，走。", "船工老鲍说\n\n船工老\n\n何说，走。"),
        ("recurs-4", "船工老鲍说\n\n船工老\n\n鲍说，走吧。", "船工老鲍说\n\n工老\n\n何说，走吧。"),
        ("quote-closed", "他说：“渡口要\n\n修”，大家同意。", "他说，渡口要\n\n修，大家同意。"),
        ("quote-never-closed", "他说：“渡口要\n\n修，大家同意。", "他说，渡口要\n\n修。"),
        ("quote-never-opened", "他说渡口要\n\n修”，大家同意。", "他说渡口要\n\n修。"),
        ("number-split", "全长约1\n\n30公里。", "全长约\n\n130公里。"),
        ("number-and-unit", "全长约130\n\n公里。", "全长约130\n\n，船很慢。"),
        ("number-and-unit", "收粮一百二十\n\n担，存进仓里。", "收粮一百二十\n\n人民公社。"),
        ("number-without-unit", "全长约130\n\n渡口停航。", "全长约130\n\n公里。"),
        ("tail-leans", "渡口的\n\n旧船。", "渡口旧船\n\n还在。"),
        ("tail-comma", "渡口停航，\n\n旧船还在。", "渡口停航\n\n旧船还在。"),
        ("tail-colon", "他说：\n\n旧船还在。", "他说\n\n旧船还在。"),
        ("tail-stop", "渡口停航。\n\n旧船还在。", "渡口停航\n\n旧船还在。"),
        ("tail-bracket", "渡口（见图）\n\n旧船还在。", "渡口\n\n旧船还在。"),
        ("tail-heading", "渡口停航三天\n\n旧船还在。", "渡口停航三天。\n\n旧船还在。"),
        ("tail-other", "讣告\n\n旧船还在。", "渡口\n\n旧船还在。"),
        ("head-closing", "渡口停航\n\n，旧船还在。", "渡口停航\n\n旧船还在。"),
        ("head-midword", "渡口停航\n\n的旧船还在。", "渡口停航\n\n旧船还在。"),
        ("head-opens", "渡口停航\n\n据介绍，旧船还在。", "渡口停航\n\n旧船还在。"),
        ("head-saying", "旧船的主人\n\n说，船还能用。", "旧船的主人\n\n还在船上。"),
        ("tail-comma-inside", "水位回落，渡口\n\n旧船还在。", "渡口\n\n旧船还在。"),
        ("head-connects", "渡口停航\n\n此外，旧船还在。", "渡口停航\n\n旧船还在。"),
        ("head-quote", "渡口停航\n\n“旧船”还在。", "渡口停航\n\n旧船还在。"),
        ("head-heading", "渡口停航\n\n旧船还在", "渡口停航\n\n旧船还在。"),
        ("head-other", "渡口停航\n\n讣告", "渡口停航\n\n旧船还在。"),
        ("head-begins-4", "渡口停航\n\n船还在。", "渡口停航\n\n旧船还在。"),
        ("head-begins-0", "渡口停航\n\n水还在。", "渡口停航\n\n旧船还在。"),
        ("tail-cut-4", "渡口有水\n\n旧船还在。", "渡口停航\n\n旧船还在。"),
        ("tail-cut-0", "渡口有船\n\n旧船还在。", "渡口停航\n\n旧船还在。"),
        ("next-block", "渡口\n\n旧船。", "渡口\n\n停航。\n\n旧船。"),
        ("one-between", "渡口\n\n停航。\n\n旧船。", "渡口\n\n旧船。"),
        ("few-between", "渡口\n\n甲。\n\n乙。\n\n旧船。", "渡口\n\n旧船。"),
        ("many-between", "渡口\n\n" + "停航。\n\n" * 14 + "旧船。", "渡口\n\n旧船。"),
        ("no-tail-between", "渡口\n\n停航。\n\n旧船。", "渡口\n\n停航\n\n旧船。"),
        ("tails-between", "渡口\n\n停航\n\n三天\n\n旧船。", "渡口\n\n停航\n\n旧船。"),
        ("shared-word", "渡口停航\n\n渡口有船。", "渡口停航\n\n旧桥已断。"),
        ("shared-words", "渡口停航旧船\n\n渡口旧船停航。", "渡口停航\n\n渡口有船。"),
    ],
)  # fmt: skip
def test_chinese(name: str, holds: str, does_not: str) -> None:
    last_two = {"recurs-2", "recurs-3", "recurs-4"}
    tail = 1 if name in last_two else 0
    assert name in evidence(holds, tail=tail)
    assert name not in evidence(does_not, tail=tail)


@pytest.mark.parametrize(
    ("name", "holds", "does_not"),
    [
        (
            "word-pair-recurs",
            "old pier\n\nthe old\n\npier fell.",
            "old pier\n\nthe old\n\nboat fell.",
        ),
        ("tail-leans", "She walked to the\n\npier.", "She walked home\n\nwith Tom."),
        ("tail-hyphen", "the harbour com-\n\nmittee met.", "the harbour\n\ncommittee met."),
        ("head-small-letter", "She walked\n\nto the pier.", "She walked\n\nTom rowed."),
        ("head-capital", "She walked\n\nTom rowed.", "She walked\n\nto the pier."),
        ("head-capitals", "She walked\n\nHARBOUR COURT.", "She walked\n\nTom rowed."),
        ("tail-capitals", "HARBOUR COURT\n\nto the pier.", "She walked\n\nto the pier."),
        ("head-noise", "She walked\n\n~;. -_ :~ e", "She walked\n\nto the pier."),
        (
            "tail-few-words",
            "Beach open again\n\nThe water is clean.",
            "The water at the long beach by the old pier is clean, said\n\nTom Marsh.",
        ),
        ("tail-noise", "~;. -_ :~ e\n\nto the pier.", "She walked\n\nto the pier."),
    ],
)
def test_english(name: str, holds: str, does_not: str) -> None:
    tail = 1 if name == "word-pair-recurs" else 0
    assert name in evidence(holds, "en", tail)
    assert name not in evidence(does_not, "en", tail)


def test_every_evidence_has_a_reason() -> None:
    assert all(cuts.REASONS.values())
