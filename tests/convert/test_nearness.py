"""How near the words of a block are to each piece: what the measures must tell apart."""

from __future__ import annotations

from broadsheet.convert import nearness
from broadsheet.convert.blocks import read_blocks
from broadsheet.convert.facts import observe
from broadsheet.convert.nearness import Near, Vocabulary

FERRY = "船工守着渡口，渡轮今年每天往返。"
ORCHARD = "果农守着桃园，桃子今年丰收。"
NOTHING = "说来话长，许多人都记不清楚从什么时候开始，也说不出究竟为了什么缘故，只好从头讲起。"
LATER = "到了冬天，渡轮停航，船工在渡口修船，把船底的旧漆一层一层刮干净，再刷上两遍桐油。"
PAGE = "\n\n".join(
    (FERRY, ORCHARD, "渡轮停航，船工在渡口修船。", "桃子熟了，果农在桃园采摘。", "两边今年都忙。")
)


def vocabulary(text: str = PAGE, common: dict[str, float] | None = None) -> Vocabulary:
    return nearness.read_vocabulary(observe(read_blocks(text), "zh-Hans"), common or {})


def nearest(found: list[float]) -> int:
    return found.index(max(found))


def near(words: Vocabulary, block: int, *pieces: list[int]) -> Near:
    """The measures of a block for pieces made of the blocks with these numbers."""
    known = []
    for blocks in pieces:
        counts = words.nothing
        for index in blocks:
            counts = counts.with_block(words, index)
        known.append(counts)
    return nearness.near(words, block, None, known)


def test_a_block_is_nearest_to_the_piece_that_shares_its_words_by_every_measure() -> None:
    measures = near(vocabulary(), 2, [0], [1])
    assert nearest(measures.share) == nearest(measures.alike) == nearest(measures.run) == 0
    assert nearest(measures.run_sum) == nearest(measures.far_sum) == 0
    assert nearest(near(vocabulary(), 3, [0], [1]).share) == 1


def test_a_word_of_a_single_block_says_nothing() -> None:
    assert "丰收" not in vocabulary().rarity
    assert "渡口" in vocabulary().rarity


def test_a_common_word_says_less() -> None:
    plain = near(vocabulary(), 4, [0]).share[0]
    assert near(vocabulary(common={"今年": 0.2}), 4, [0]).share[0] < plain


def test_the_text_after_a_block_tells_where_it_belongs() -> None:
    words = vocabulary(f"{FERRY}\n\n{ORCHARD}\n\n{NOTHING}\n\n{LATER}\n\n桃子熟了，果农采摘。")
    measures = near(words, 2, [0], [1])
    assert measures.share == [0.0, 0.0]
    assert nearest(measures.run_sum) == 0


def test_a_run_ends_at_a_heading_and_the_far_run_at_the_second() -> None:
    words = vocabulary(
        f"{FERRY}\n\n{ORCHARD}\n\n{NOTHING}\n\n旧事\n\n{LATER}\n\n新事\n\n桃子熟了，果农在桃园采摘。"
    )
    assert "渡口" not in words.runs[2].words
    assert "渡口" in words.far_runs[2].words
    assert "桃园" not in words.far_runs[2].words


def test_a_longer_piece_is_not_nearer_for_its_length() -> None:
    words = vocabulary(f"{PAGE}\n\n{ORCHARD}\n\n{FERRY}")
    short, long = near(words, 2, [0], [0, 1, 3, 4, 5]).alike
    assert short > long


def test_the_lead_over_the_nearest_rival_is_evidence() -> None:
    measures = near(vocabulary(), 2, [0], [1])
    ahead, behind = (nearness.evidence_of(measures, place) for place in (0, 1))
    assert ahead["closer"] > 0 > behind["closer"]
    assert ahead["run-sum"] > 0 > behind["run-sum"]
