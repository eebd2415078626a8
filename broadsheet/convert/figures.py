"""Pictures: does a caption belong to an article of the page, or does it stand by itself?

Often only the caption survives. Its words tell: names, places and things that it shares with one
article more than with any other make it that article's figure. Where they tell nothing it stays a
photo piece; a caption at the wrong article is worse than one by itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from broadsheet.convert.draft import Draft, Placed

#: What a caption shares with its article: this part of its own words, that weigh this much, and
#: this many times what it shares with the next. Captions set beside articles of other matters
#: share up to a fifth of their words with one of them, by chance.
_SHARE = 0.25
_ENOUGH = 6.0
_LEAD_OVER_NEXT = 2.5
#: A caption inside or right beside an article needs less.
_NEAR_BONUS = 1.5
_STOP = frozenset("的了在是和与及为中上下图年月日等有个这那他她它们将已被对从到时后前当地日前近日")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"\b[A-Z][a-z]{2,}\b|\b[a-z]{5,}\b")


def attach_figures(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with each caption that an article claims moved into it."""
    drafts = [_captions_marked(d) if d.type == "article" else d for d in drafts]
    out = list(drafts)
    articles = [i for i, draft in enumerate(drafts) if draft.type == "article"]
    grams = {i: _grams(_text(drafts[i])) for i in range(len(drafts))}
    spread = Counter(gram for i in articles for gram in grams[i])
    for i, draft in enumerate(drafts):
        if draft.type == "photo" and _is_caption(draft):
            owner = _owner(i, drafts, articles, grams, spread)
            if owner is not None:
                out[owner] = _with_figure(out[owner], draft)
                out[i] = msgspec.structs.replace(draft, placed=())
    return [draft for draft in out if draft.placed]


#: What only stands under a picture: 图为 ..., 上图: ..., (新华社记者 某某 摄).
_CAPTION = re.compile(
    r"^(?:[图圖][为為：:①-⑨一二三\d]|[上下左右][图圖][为為：:，]|[题題][图圖])"
    r"|^.{6,160}[（(][^（()）]{0,24}(?:[摄攝]|[发發]|供[图圖])[）)]$"
)


def _captions_marked(draft: Draft) -> Draft:
    """Paragraphs inside an article that are captions by their words, told as such."""
    joined = {place.continues for place in draft.placed}
    placed = tuple(
        msgspec.structs.replace(place, role="caption")
        if place.role == "paragraph"
        and place.continues is None
        and place.block.index not in joined
        and _CAPTION.match(place.block.text)
        else place
        for place in draft.placed
    )
    if not any(place.role == "paragraph" for place in placed):
        return draft  # an article of nothing but captions is none
    return msgspec.structs.replace(draft, placed=placed)


def _is_caption(draft: Draft) -> bool:
    return all(place.role in ("caption", "paragraph", "credit") for place in draft.placed)


def _owner(
    photo: int,
    drafts: Sequence[Draft],
    articles: Sequence[int],
    grams: dict[int, frozenset[str]],
    spread: Counter[str],
) -> int | None:
    weights = sorted(
        ((_shared(photo, i, drafts, grams, spread, len(articles)), i) for i in articles),
        reverse=True,
    )
    if not weights or weights[0][0] < _ENOUGH:
        return None
    if len(weights) > 1 and weights[0][0] < _LEAD_OVER_NEXT * weights[1][0]:
        return None
    best = weights[0][1]
    return best if len(grams[photo] & grams[best]) >= _SHARE * len(grams[photo]) else None


def _shared(
    photo: int,
    article: int,
    drafts: Sequence[Draft],
    grams: dict[int, frozenset[str]],
    spread: Counter[str],
    articles: int,
) -> float:
    """How much the words say that a caption shares with an article; rare ones say more."""
    shared = grams[photo] & grams[article]
    weight = sum(math.log(1 + articles / spread[gram]) for gram in shared)
    return weight * (_NEAR_BONUS if _is_near(drafts[photo], drafts[article]) else 1.0)


def _is_near(photo: Draft, article: Draft) -> bool:
    at = photo.placed[0].block.index
    indices = {place.block.index for place in article.placed}
    return at - 1 in indices or at + len(photo.placed) in indices


def _with_figure(article: Draft, photo: Draft) -> Draft:
    """The caption goes where it stands on the page: after the last block before it."""
    captions = [
        msgspec.structs.replace(place, role="credit" if place.role == "credit" else "caption")
        for place in photo.placed
    ]
    at = photo.placed[0].block.index
    split = next(
        (n for n, place in enumerate(article.placed) if place.block.index > at),
        len(article.placed),
    )
    placed: tuple[Placed, ...] = (*article.placed[:split], *captions, *article.placed[split:])
    return msgspec.structs.replace(article, placed=placed)


def _text(draft: Draft) -> str:
    return "\n".join(place.block.text for place in draft.placed)


def _grams(text: str) -> frozenset[str]:
    """Pairs of Chinese characters and Latin words, without those that any text has."""
    pairs = (
        run[i : i + 2]
        for run in _HAN.findall(text)
        for i in range(len(run) - 1)
        if run[i] not in _STOP and run[i + 1] not in _STOP
    )
    return frozenset([*pairs, *(word.lower() for word in _LATIN.findall(text))])
