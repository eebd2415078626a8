"""Captions: given to an article by what they share with it, left alone in doubt."""

from __future__ import annotations

from typing import Literal

from broadsheet.convert.draft import Block, Box, Draft, Placed, Role
from broadsheet.convert.figures import attach_figures
from broadsheet.convert.headlines import headline_parts

BRIDGE = "昨日下午，连接青屿和白沙两岛的跨海大桥合龙，岛上居民从此不必乘船往来。"
BEANS = "城南幼儿园的孩子们昨天学会了种豆，每人分到一个花盆和三粒豆子。"


def draft(kind: Literal["article", "photo"], start: int, *texts: tuple[Role, str]) -> Draft:
    return Draft(
        kind,
        tuple(
            Placed(Block(start + n, (start + n + 1,), (text,), text), role)
            for n, (role, text) in enumerate(texts)
        ),
    )


def roles(drafts: list[Draft]) -> list[list[str]]:
    return [[place.role for place in draft.placed] for draft in drafts]


def test_a_caption_goes_to_the_article_that_it_speaks_of() -> None:
    drafts = [
        draft("article", 0, ("headline", "跨海大桥合龙"), ("paragraph", BRIDGE)),
        draft("article", 2, ("headline", "种豆记"), ("paragraph", BEANS)),
        draft("photo", 4, ("caption", "青屿和白沙两岛的居民观看跨海大桥合龙。")),
    ]
    attached = attach_figures(drafts)
    assert roles(attached) == [["headline", "paragraph", "caption"], ["headline", "paragraph"]]


def test_a_caption_of_something_else_stands_by_itself() -> None:
    drafts = [
        draft("article", 0, ("headline", "种豆记"), ("paragraph", BEANS)),
        draft("photo", 2, ("caption", "五月的高原牧场，牦牛在雪山下吃草。")),
    ]
    assert attach_figures(drafts) == drafts


def test_a_caption_that_two_articles_could_claim_stands_by_itself() -> None:
    drafts = [
        draft("article", 0, ("headline", "跨海大桥合龙"), ("paragraph", BRIDGE)),
        draft("article", 2, ("headline", "跨海大桥合龙之后"), ("paragraph", BRIDGE)),
        draft("photo", 4, ("caption", "青屿和白沙两岛的居民观看跨海大桥合龙。")),
    ]
    assert attach_figures(drafts) == drafts


def test_a_paragraph_that_points_at_a_picture_is_a_caption() -> None:
    article = draft(
        "article", 0, ("headline", "种豆记"), ("paragraph", BEANS), ("paragraph", "图为浇水。")
    )
    assert roles(attach_figures([article])) == [["headline", "paragraph", "caption"]]


def headline(*parts: tuple[str, float | None]) -> list[str]:
    places = [
        Placed(
            Block(n, (n,), (text,), text, box=Box(0, 0, 1, 1, size) if size else None), "headline"
        )
        for n, (text, size) in enumerate(parts)
    ]
    return [place.role for place in headline_parts(places)]


def test_the_largest_type_is_the_headline() -> None:
    assert headline(("上游来水", 1.5), ("大坝开闸", 3.0), ("下游无恙", 1.4)) == [
        "kicker",
        "headline",
        "subtitle",
    ]


def test_a_label_is_a_kicker_and_a_dash_begins_a_subtitle() -> None:
    assert headline(("春耕·见闻", None), ("梯田里的马达", None), ("——浙南记事", None)) == [
        "kicker",
        "headline",
        "subtitle",
    ]


def test_lines_that_nothing_tells_apart_are_one_headline() -> None:
    assert headline(("大坝开闸", None), ("下游无恙", None)) == ["headline", "headline"]
