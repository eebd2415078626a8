"""The composed newspaper page: 200 random pages, measured as the browser sets them."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sites import built

from broadsheet.site.sheet import Shape, compose, schematic

PAGES, MOST = 200, 40
#: Less than this is not a hole but the foot of a column, in CSS pixels: a head and some lines.
HOLE = 300
SENTENCE = "市集改在东门外开市，乡民挑担入市，须走南侧木桥，车马走北侧石桥。"


def random_piece(dice: random.Random, n: int) -> str:
    kind = dice.choices(["article", "obituary", "notice", "slogan", "photo"], [6, 1, 2, 2, 1])[0]
    length = max(1, int(dice.lognormvariate(1.6, 1.1)))
    body = "\n\n".join(SENTENCE * dice.randint(1, 5) for _ in range(min(length, 40)))
    if kind == "slogan":
        return "---\ntype: slogan\n---\n南桥慢行 北桥让车\n"
    if kind == "obituary":
        return f"---\ntype: obituary\ntitle: 讣告\nperson: {{name: 安平{n}}}\n---\n{body[:400]}\n"
    head = f"title: 第{n}条 {SENTENCE[: dice.randint(4, 20)]}\n"
    figure = "figures: [{caption: 桥头。}]\n" if kind == "article" and dice.random() < 0.2 else ""
    lead = "lead: true\n" if kind == "article" and length > 5 and dice.random() < 0.5 else ""
    if lead:
        body = body.replace("\n\n", "\n\n## 桥南桥北\n\n", 1)
    return f"---\ntype: {kind}\n{head}{figure}{lead}---\n{body}\n"


def how_many(dice: random.Random, number: int) -> int:
    """Pieces of a page: every count up to MOST once, then few more often than many."""
    return number + 1 if number < MOST else min(MOST, 1 + int(dice.expovariate(1 / 6)))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("sheets")
    dice = random.Random(1)
    for number in range(PAGES):
        folder = root / "content" / "2020-01-01" / f"{number:03}"
        folder.mkdir(parents=True)
        for n in range(1, 1 + how_many(dice, number)):
            (folder / f"{n:02}-x.md").write_text(random_piece(dice, n), encoding="utf-8")
    site = built(root)
    return sorted((site / "2020-01-01").glob("*/index.html"))


MEASURE = """() => {
    const box = e => { const r = e.getBoundingClientRect();
        return {left: r.left, top: r.top, right: r.right, bottom: r.bottom}; };
    const sheet = document.getElementById('layout'), flow = sheet.querySelector('.flow');
    const main = sheet.querySelector('.pair .main'), last = main && main.lastElementChild;
    const side = sheet.querySelector('.p5'), beside = main && box(side).left > box(main).right;
    const columns = flow ? +getComputedStyle(flow).columnCount || 1 : 0;
    const feet = flow ? Array(columns).fill(box(flow).top) : [];
    if (flow) flow.querySelectorAll('p, h2, figure, .mourn, .boxed').forEach(e => {
        for (const r of e.getClientRects()) {
            const column = Math.floor((r.left + 3 - box(flow).left) * feet.length
                / (flow.clientWidth + 32));
            feet[column] = Math.max(feet[column], r.bottom);
        } });
    return {
        sheet: box(sheet),
        bands: [...sheet.children].map(box),
        pieces: [...sheet.querySelectorAll('.p1, .p2, .slrow li, .p5 > .bit')].map(box),
        texts: [...sheet.querySelectorAll('h2, h3, img, li')].map(box),
        numbers: [...sheet.querySelectorAll('.ord')].map(e => +e.textContent),
        heads: [...sheet.querySelectorAll('.p1 > *')].map(box),
        wide_hole: beside ? box(main.parentNode).bottom - box(last).bottom : 0,
        flow_holes: feet.map(foot => box(flow).bottom - foot),
    }; }"""


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 2 and down > 2


def faults(found: dict[str, Any], pieces: int) -> list[str]:
    said = []
    sheet = found["sheet"]
    for box in found["bands"] + found["texts"]:
        if box["left"] < sheet["left"] - 2 or box["right"] > sheet["right"] + 2:
            said.append(f"stands out of the sheet: {box}")
    for upper, lower in pairwise(found["bands"]):
        if lower["top"] < upper["bottom"] - 1:
            said.append(f"bands overlap: {upper} {lower}")
        if lower["top"] - upper["bottom"] > 60:
            said.append(f"a hole across the sheet: {upper} {lower}")
    boxes = found["pieces"]
    for n, one in enumerate(boxes):
        said += [
            f"pieces overlap: {one} {other}" for other in boxes[n + 1 :] if overlap(one, other)
        ]
    for top in {round(box["top"]) for box in found["heads"]}:
        row = [box for box in found["heads"] if round(box["top"]) == top]
        if max(box["right"] for box in row) < sheet["right"] - 5:
            said.append(f"the lead's head leaves its right side empty: {row}")
    if found["wide_hole"] > HOLE:
        said.append(f"a hole below the second report: {found['wide_hole']}")
    holes = [hole > HOLE for hole in found["flow_holes"]]
    if any(one and other for one, other in pairwise(holes)):
        said.append(f"a hole of more than one column in the flow: {found['flow_holes']}")
    if sorted(found["numbers"]) != list(range(1, pieces + 1)):
        said.append(f"not every piece once: {found['numbers']}")
    return said


@pytest.mark.parametrize("width", [1440, 390])
def test_pieces_never_overlap_and_leave_no_hole_wider_than_a_column(
    width: int, sheets: list[Path], chromium: Browser
) -> None:
    viewport = {"width": width, "height": 900}
    context = chromium.new_context(viewport=viewport, java_script_enabled=False)
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for file in sheets if width == 1440 else sheets[::10]:
        page.goto(file.as_uri())
        pieces = len(list(file.parent.glob("*-x.html")))
        said = faults(page.evaluate(MEASURE), pieces)
        if said:
            wrong[file.parent.name] = said
    context.close()
    assert wrong == {}


def random_shapes(dice: random.Random) -> list[Shape]:
    kinds = ("article", "obituary", "slogan", "notice", "photo")
    return [
        Shape(dice.choice(kinds), dice.randint(1, 4000), dice.randint(0, 1))  # type: ignore[arg-type]
        for _ in range(dice.randint(1, MOST))
    ]


def names(bar: dict[str, float], frame: dict[str, float]) -> bool:
    """Whether a bar stands for the name in a frame: in the middle, below its upper side."""
    beside = bar["left"] - frame["left"] - (frame["right"] - bar["right"])
    return abs(beside) < 0.1 and abs(bar["top"] - frame["top"] - 4.5) < 0.1


SCHEMATIC = """svg => { document.body.innerHTML = svg;
    return [...document.querySelectorAll('svg > *')].map(e => { const r = e.getBBox();
        return {left: r.x, top: r.y, right: r.x + r.width, bottom: r.y + r.height,
            framed: e.getAttribute('fill') === 'none'}; }); }"""


def test_the_small_picture_of_a_sheet_overlaps_nowhere(page: Page) -> None:
    dice = random.Random(3)
    for _ in range(200):
        shapes = random_shapes(dice)
        parts = page.evaluate(SCHEMATIC, str(schematic(shapes)))
        for n, one in enumerate(parts):
            assert one["left"] >= 0 and one["top"] >= 0, shapes
            assert one["right"] <= 60.5 and one["bottom"] <= 74.5, shapes
            for other in parts[n + 1 :]:
                named = one["framed"] and names(other, one)
                assert named or not overlap(one, other), shapes


def test_a_page_is_composed_the_same_way_each_time() -> None:
    dice = random.Random(2)
    for _ in range(200):
        shapes = random_shapes(dice)
        places = compose(shapes)
        assert places == compose(shapes)
        assert len(places) == len(shapes)
        slots = [place.slot for place in places]
        assert slots.count("lead") <= 1 and slots.count("second") <= 1
        assert ("side" in slots) <= ("second" in slots)
        for shape, place in zip(shapes, places, strict=True):
            assert (place.slot == "filler") == (shape.type == "slogan")
