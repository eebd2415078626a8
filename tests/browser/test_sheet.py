"""The composed newspaper page: 200 random pages, measured as the browser sets them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sites import built

from broadsheet.site.sheet import Shape, compose

PAGES, MOST = 200, 40
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


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("sheets")
    dice = random.Random(1)
    for number in range(PAGES):
        folder = root / "content" / "2020-01-01" / f"{number:03}"
        folder.mkdir(parents=True)
        for n in range(1, 1 + min(MOST, 1 + number // 3)):
            (folder / f"{n:02}-x.md").write_text(random_piece(dice, n), encoding="utf-8")
    site = built(root)
    return sorted((site / "2020-01-01").glob("*/index.html"))


MEASURE = """() => {
    const box = e => { const r = e.getBoundingClientRect();
        return {left: r.left, top: r.top, right: r.right, bottom: r.bottom}; };
    const sheet = document.getElementById('layout');
    const pieces = '.p1, .p2, .slrow li, .p5 > .bit';
    return {
        sheet: box(sheet),
        bands: [...sheet.children].map(box),
        pieces: [...sheet.querySelectorAll(pieces)].map(box),
        texts: [...sheet.querySelectorAll('p, h2, h3, img, li')].map(box),
        numbers: [...sheet.querySelectorAll('.ord')].map(e => +e.textContent),
        columns: [...sheet.querySelectorAll('.flow')].map(f => {
            const lefts = [...new Set([...f.querySelectorAll('h2')].map(h => Math.round(
                h.getBoundingClientRect().left / 40)))];
            return [lefts.length, +f.className.slice(-1)];
        }),
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
    for upper, lower in zip(found["bands"], found["bands"][1:], strict=False):
        if lower["top"] < upper["bottom"] - 1:
            said.append(f"bands overlap: {upper} {lower}")
        if lower["top"] - upper["bottom"] > 60:
            said.append(f"a hole across the sheet: {upper} {lower}")
    boxes = found["pieces"]
    for n, one in enumerate(boxes):
        said += [
            f"pieces overlap: {one} {other}" for other in boxes[n + 1 :] if overlap(one, other)
        ]
    if sorted(found["numbers"]) != list(range(1, pieces + 1)):
        said.append(f"not every piece once: {found['numbers']}")
    return said


@pytest.mark.parametrize("width", [1440, 390])
def test_pieces_never_overlap_and_leave_no_hole(
    width: int, sheets: list[Path], chromium: Browser
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=True
    )
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


def test_what_stands_beside_the_second_is_no_taller(sheets: list[Path], chromium: Browser) -> None:
    """Else the wide side of the pair would have a hole; the narrow side's is one column wide."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    holes = {}
    for file in sheets:
        page.goto(file.as_uri())
        hole = page.evaluate(
            """() => { const main = document.querySelector('.pair .main'); if (!main) return 0;
                const last = main.lastElementChild.getBoundingClientRect().bottom;
                return main.parentNode.getBoundingClientRect().bottom - last; }"""
        )
        if hole > 120:
            holes[file.parent.name] = hole
    context.close()
    assert holes == {}


def test_a_page_is_composed_the_same_way_each_time() -> None:
    dice = random.Random(2)
    kinds = ("article", "obituary", "slogan", "notice", "photo")
    for _ in range(200):
        shapes = [
            Shape(dice.choice(kinds), dice.randint(1, 4000), dice.randint(0, 1))  # type: ignore[arg-type]
            for _ in range(dice.randint(1, MOST))
        ]
        places = compose(shapes)
        assert places == compose(shapes)
        assert len(places) == len(shapes)
        slots = [place.slot for place in places]
        assert slots.count("lead") <= 1 and slots.count("second") <= 1
        assert ("side" in slots) <= ("second" in slots)
        for shape, place in zip(shapes, places, strict=True):
            assert (place.slot == "filler") == (shape.type == "slogan")
