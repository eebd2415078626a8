"""Text -> blocks: text boxes parted by blank lines, each with its line numbers in the source.

Boxes whose paragraphs are not parted by blank lines (text copied from a web page, a column of an
OCR run) are parted by the lengths of their rows.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from broadsheet.convert.draft import Block
from broadsheet.convert.language import HAN, fold
from broadsheet.convert.marks import CONTENTS, ENGLISH_CONTENTS, NAMES_A_BOX, PAGE_NUMBER, TABLE_ROW
from broadsheet.convert.verse import is_verse
from broadsheet.source import split_lines

#: Space that is layout and not text, beyond what str.strip knows: zero width, byte order mark.
_LAYOUT = " \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_FULL_WIDTH = re.compile(r"[\u2018-\u201d\u2026\u3000-\u303f\uff00-\uffef]")
#: A sentence that ends with its row.
_ENDED = re.compile(r"[。．！？!?.…][”’」』\"')）]*$")

# Widths are counted in Latin letters; a Chinese character is as wide as two.

#: Rows of one printed column differ by no more than this.
_RAGGED = 4
#: Of a Chinese paragraph, the first row too: it begins two characters later, in the file or not.
_RAGGED_FIRST = 6
#: No column is narrower than this; shorter rows are lines meant as such.
_NARROWEST = 18
#: No column is wider than this: longer rows are paragraphs.
_WIDEST = 100
#: A row as long as this is a sentence, not a line of a signature or of a heading; in Latin script
#: and in Chinese.
_SENTENCE = (80, 32)
#: A row narrower than this share of the widest, without a mark at its end, heads or closes it.
_HEADING_WIDTH = 0.6
#: Nor is a row as wide as this a line of a heading, though no full stop ends it.
_PARAGRAPH = 64
#: A line of words and names; what a scan makes of dirt is none.
_CLEAN = re.compile(r"[(\"“‘']?[A-Z\u3400-\u9fff][\w\s.,:：'’“”()（）&·—-]{1,60}")
#: A headline is set in no more rows than these.
_HEADLINE_ROWS = 3
_PUNCTUATION = re.compile(r"[，。、；：？！,.;:?!]")
#: A row that is a date and nothing else.
_DATE = re.compile(
    r"[（(]?[〇○零一二三四五六七八九十\d]{2,4}年[元〇一二三四五六七八九十\d]{1,3}月[〇一二三四五六七八九十\d]{1,3}日"
    r"[）)]?|(?:[A-Z][a-z]+ )?\d{1,2}(?:st|nd|rd|th)?,? (?:[A-Z][a-z]+,? )?(?:1[789]|20)\d\d\.?"
)
#: The head of a page is set in no more rows than this; one is a date with its weekday.
_ROWS_OF_A_HEAD = 4
_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [\w ,]{4,20}\d{4}\.?"
    r"|\d{4}年\d{1,2}月\d{1,2}日 ?[（(]?星期.[）)]?"
)
#: Rows that begin with a sign or an hour are items of a list.
_ITEM = re.compile(r"[●○■□◆◇★☆▲△▼▽※·•] ?\w{2}|\d{1,2}[:：]\d{2}(?!\d)|[QA问問答][.:：] ?\w")
#: A row that says who wrote what stands below.
_BYLINE = re.compile(
    r"(?:(?:本[报報刊]|新[华華]社)(?:[驻駐][\u4e00-\u9fff]{2,6})?)?(?:特[约約]|[见見][习習]|[实實][习習])?"
    r"(?:[记記]者|通[讯訊][员員])[ \u3000:：][^，。]{2,24}$|文[：:/／] ?[\u4e00-\u9fff]{2,4}$"
    r"|[·•](?:本[报報刊][记記]者[ \u3000]*)?[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}[·•]$"
    r"|[□◎/／][ \u3000]?[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,3}$|By [A-Z][\w.'’ -]{3,40}$"
)
#: A column shows itself by so many full rows, or by two that follow each other and are so wide.
_FULL_ROWS, _FULL_PAIR = 3, 28
#: A paragraph's first row is set in by at least this much.
_INDENT = 2
#: A Latin row is full when the next word would have made it wider than this share of the column.
_FULL_LATIN = 0.85


def read_blocks(text: str, *, boxed: bool = False) -> list[Block]:
    """Blocks in the order of the source; every non-space character is in exactly one of them.

    `boxed`: the text came from boxes that were parted into paragraphs where they stood.
    """
    first: dict[str, int] = {}
    blocks: list[Block] = []
    for numbers, rows in _boxes(split_lines(text)):
        for start, end in [(0, len(rows))] if boxed else _paragraphs(rows):
            part = rows[start:end]
            joined = join_rows(part)
            key = re.sub(r"\s+", "", joined)
            index = len(blocks)
            block = Block(index, numbers[start:end], part, joined, repeats=first.get(key))
            blocks.append(block)
            first.setdefault(key, index)
    return blocks


def join_rows(rows: tuple[str, ...], wrapped: bool = False) -> str:
    """The rows of a block as one paragraph; `wrapped` when they are known to be lines of one.

    Rows of a hard-wrapped paragraph are joined: with a space in Latin text (without one after a
    hyphen), without one in Chinese. Chinese rows of unlike length are no paragraph but lines
    meant as such (the signatures of an obituary, a page header), and keep a space between them.
    """
    stripped = [row.strip(_LAYOUT) for row in rows]
    wrapped = wrapped or _is_wrapped(stripped)
    text = stripped[0]
    for row in stripped[1:]:
        text += _between(text, row, wrapped) + row
    return text


def _boxes(lines: list[str]) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    """(line numbers, rows) of every run of lines that are not blank."""
    numbers: list[int] = []
    rows: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip(_LAYOUT):
            numbers.append(number)
            rows.append(line)
        elif rows:
            yield tuple(numbers), tuple(rows)
            numbers, rows = [], []
    if rows:
        yield tuple(numbers), tuple(rows)


def _paragraphs(rows: tuple[str, ...]) -> list[tuple[int, int]]:
    """(first, end) of each paragraph among the rows of a box.

    In a column, a row that ends short of it ends a paragraph and one that is set in begins one.
    Where most long rows end with a sentence, or are longer than any Chinese column, a line is a
    paragraph; so is each row of a table. Other rows stay together: lines of a poem, of a
    signature, or of a scan whose columns ran into each other. A date alone ends what stands above
    it, as in a signature. One character alone is no paragraph: it is set on a row of
    its own out of respect (謹此訃 and below it 聞).
    """
    stripped = [row.strip(_LAYOUT) for row in rows]
    if is_verse(stripped) or _names_contents(stripped) or _heads_page(stripped):
        return [(0, len(rows))]
    chinese = _is_chinese_text(stripped)
    widths = list(map(_width, stripped))
    ended = [bool(_ENDED.search(row)) for row in stripped]
    full = _full_chinese_rows(widths, ended) if chinese else _full_latin_rows(stripped, widths)
    long = [end for end, width in zip(ended, widths, strict=True) if width >= _SENTENCE[chinese]]
    table = _table_rows(stripped)
    if table:
        ends = [n for n in range(1, len(rows)) if n in table or n - 1 in table]
    elif _is_column(widths, full, ended):
        ends = [number for number, is_full in enumerate(full, 1) if not is_full]
        ends = sorted({*ends, *_indented(rows)})
    elif (long and 2 * sum(long) >= len(long)) or (chinese and max(widths) > _WIDEST):
        ends = list(range(1, len(rows)))
    else:
        heading = _below_heading(stripped, widths, ended)
        ends = sorted({*_line_starts(stripped), *heading, *_closing_lines(stripped, widths, ended)})
    belongs = {n for n, row in enumerate(stripped) if _DATE.fullmatch(row) or HAN.fullmatch(row)}
    bounds = [0, *(end for end in ends if 0 < end < len(rows) and end not in belongs), len(rows)]
    return list(itertools.pairwise(bounds))


def _table_rows(rows: list[str]) -> set[int]:
    """The rows that are rows of a table, where two stand below each other and most rows are."""
    found = {n for n, row in enumerate(rows) if TABLE_ROW.match(fold(row))}
    pair = any(n + 1 in found for n in found)
    return found if pair and 2 * len(found) >= len(rows) - min(found) else set()


def _line_starts(rows: list[str]) -> list[int]:
    """The rows that are lines of their own: a byline below its headline, the items of a list."""
    bylines = [n for n, row in enumerate(rows) if _BYLINE.match(row)]
    items = [n for n, row in enumerate(rows) if _ITEM.match(row) and n not in bylines]
    many = len(items) > 1 and 2 * len(items) >= len(rows) - items[0]
    listed = range(items[0], len(rows)) if many and not _are_contents(rows) else []
    return sorted({*bylines, *listed} - {0})


def _below_heading(rows: list[str], widths: list[int], ended: list[bool]) -> list[int]:
    """The rows below the first where that heads them: far from full or in capitals, above text."""
    if len(rows) < 2 or not _CLEAN.fullmatch(rows[0]) or _are_contents(rows):
        return []
    greets = rows[0][-1] in ":：" and widths[0] < _HEADING_WIDTH * max(widths)
    if greets or NAMES_A_BOX.fullmatch(rows[0]):
        return [1]
    widest = max(widths)
    wide = next(n for n, width in enumerate(widths) if width >= _HEADING_WIDTH * widest)
    above = rows[:wide]
    narrow = all(_CLEAN.fullmatch(row) and not _PUNCTUATION.search(row[-1]) for row in above)
    if narrow and above and (any(ended) or widest >= _PARAGRAPH):
        return list(range(1, wide + 1))
    in_capitals = rows[0].isupper() and not rows[1].isupper()
    return [1] if in_capitals and any(ended[1:]) and not rows[1][:1].islower() else []


def _closing_lines(rows: list[str], widths: list[int], ended: list[bool]) -> list[int]:
    """The rows below the last sentence where all of them are narrow: who signed it, and where."""
    last = max((n for n, end in enumerate(ended) if end), default=len(ended))
    widest = max(widths)
    narrow = all(width < _HEADING_WIDTH * widest for width in widths[last + 1 :])
    clean = all(map(_CLEAN.fullmatch, rows[last + 1 :]))
    return list(range(last + 1, len(widths))) if narrow and clean else []


def _heads_page(rows: list[str]) -> bool:
    """Whether the rows are the head of the page: its number on one, the day on another."""
    day = any(map(_DAY.fullmatch, rows))
    return 1 < len(rows) <= _ROWS_OF_A_HEAD and day and any(map(PAGE_NUMBER.match, rows))


def _names_contents(rows: list[str]) -> bool:
    """Whether the first row says that the box lists what other pages print, and the rows do."""
    short = all(_width(row) <= _PARAGRAPH for row in rows)
    return len(rows) > 1 and short and _are_contents(rows[:1])


def _are_contents(rows: list[str]) -> bool:
    """Whether the rows list what other pages print: one piece of furniture."""
    return any(CONTENTS.search(fold(row)) or ENGLISH_CONTENTS.search(row) for row in rows)


def _indented(rows: tuple[str, ...]) -> list[int]:
    """The rows that are set in, where most are not."""
    indents = [_width(row[: len(row) - len(row.lstrip(_LAYOUT))]) for row in rows]
    least = min(indents)
    found = [n for n, indent in enumerate(indents) if indent >= least + _INDENT]
    return found if 2 * len(found) < len(rows) else []


def _full_chinese_rows(widths: list[int], ended: list[bool]) -> list[bool]:
    """Of each row whether it reaches the end of the column that the widest row fills."""
    full: list[bool] = []
    widest = max(widths)
    for width, is_ended in zip(widths, ended, strict=True):
        begins = not (full and full[-1])
        ragged = _RAGGED_FIRST if begins and not is_ended else _RAGGED
        full.append(width >= widest - ragged)
    return full


def _full_latin_rows(rows: list[str], widths: list[int]) -> list[bool]:
    """Of each row whether the first word of the next would have been too wide for the column."""
    words = [_width(next(iter(row.split()), "")) for row in rows[1:]]
    needed = [width + 1 + word for width, word in zip(widths, [*words, 0], strict=True)]
    widest = max(widths)
    return [width >= _FULL_LATIN * widest for width in needed]


def _is_column(widths: list[int], full: list[bool], ended: list[bool]) -> bool:
    """Whether the full rows are the lines of a column: of like width, most of them cut anywhere."""
    widest = max(widths)
    pair = widest >= _FULL_PAIR and any(map(all, itertools.pairwise(full)))
    shown = sum(full) >= _FULL_ROWS or pair or all(full[:-1])
    cut = 2 * sum(map(all, zip(full, ended, strict=True))) <= sum(full)
    return _NARROWEST <= widest <= _WIDEST and shown and cut


def _is_wrapped(rows: list[str]) -> bool:
    """Whether all rows but the last are full, as the lines of one column are.

    A few rows without any punctuation are those of a headline, however long they are.
    """
    if 1 < len(rows) <= _HEADLINE_ROWS and not any(map(_PUNCTUATION.search, rows)):
        return False
    widths = list(map(_width, rows))
    full = max(widths)
    first = full - (_RAGGED_FIRST if _is_chinese_text(rows) else _RAGGED)
    even = widths[0] >= first and all(width >= full - _RAGGED for width in widths[1:-1])
    return full >= _NARROWEST and even and widths[-1] <= full


def _width(row: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in row)


def _is_chinese_text(rows: list[str]) -> bool:
    return 2 * sum(len(HAN.findall(row)) for row in rows) > sum(map(len, rows)) // 2


def _between(before: str, after: str, wrapped: bool) -> str:
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return ""
    return "" if wrapped and _is_chinese(before[-1:]) and _is_chinese(after[:1]) else " "


def _is_chinese(character: str) -> bool:
    return bool(HAN.match(character) or _FULL_WIDTH.match(character))
