"""The key pages look as they did: small grey pictures of them, compared with a tolerance.

A picture depends on the fonts and on the browser. Where either is not what the pictures were made
with, nothing is compared and the reason is said. `make pictures` makes them anew: look at them
before they are committed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import example_archive
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sites import built

PICTURES = Path(__file__).parent / "pictures"
MADE_WITH = PICTURES / "made-with.json"

#: The newest issue of the archive in the pictures.
ISSUE = "2024-05-04"
PAGES = {
    "home": "index.html",
    "issue": f"{ISSUE}/index.html",
    "page": f"{ISSUE}/A1/index.html",
    "article": f"{ISSUE}/A1/01-zhonglou.html",
    "obituary": f"{ISSUE}/A1/05-fugao.html",
    "search": "search.html?q=钟楼",
}
#: Width of the window -> its height, and how many times smaller the picture is.
SIZES = {1440: (1400, 3), 390: (1400, 2)}
SCHEMES = ("light", "dark")

#: Families that decide what the pages look like, the first of each stack that a system may have.
FAMILIES = (
    "Source Serif 4", "Times New Roman", "Liberation Serif", "Liberation Sans", "PingFang SC",
    "Source Han Serif SC", "Noto Serif CJK SC", "Source Han Sans SC", "Noto Sans CJK SC",
    "Kaiti SC", "LXGW WenKai", "monospace", "serif", "sans-serif",
)  # fmt: skip

#: A tile is this many pixels wide and high; of 255 steps of grey, its mean may differ by as many.
TILE, TOLERANCE = 12, 14


def made_with(chromium: Browser) -> dict[str, str]:
    """The browser's major version, and a digest of the fonts that the system gives."""
    if shutil.which("fc-match") is None:
        pytest.skip("no fc-match to tell which fonts there are")
    seen = hashlib.blake2b(digest_size=8)
    for family in FAMILIES:
        for weight in ("regular", "bold"):
            form = "%{file|basename} %{fontversion} %{index}\n"
            command = ["fc-match", "-f", form, f"{family}:{weight}"]
            seen.update(subprocess.run(command, check=True, capture_output=True).stdout)
    return {"chromium": chromium.version.partition(".")[0], "fonts": seen.hexdigest()}


@pytest.fixture(scope="module")
def renewing(chromium: Browser) -> bool:
    """Whether pictures are made and not compared; skips where neither can be done."""
    here = made_with(chromium)
    if os.environ.get("BROADSHEET_RENEW_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        MADE_WITH.write_text(json.dumps(here, indent=1) + "\n", encoding="utf-8")
        return True
    there = json.loads(MADE_WITH.read_text(encoding="utf-8"))
    for part in here:
        if here[part] != there[part]:
            pytest.skip(
                f"the pictures were made with other {part}: {there[part]}, not {here[part]}"
            )
    return False


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pictures")
    pieces = example_archive.PIECES.items()
    example_archive.write_pieces(root, {at: text for at, text in pieces if at[:10] <= ISSUE})
    return built(root)


@pytest.fixture(scope="module")
def canvas(chromium: Browser) -> Iterator[Page]:
    """An empty page that makes pictures small and compares them."""
    page = chromium.new_page()
    page.evaluate(CANVAS)
    yield page
    page.close()


CANVAS = """() => {
    const decode = data => fetch('data:image/*;base64,' + data).then(r => r.blob());
    const grey = async (data, times) => {
        const blob = await decode(data), whole = await createImageBitmap(blob);
        const width = Math.round(whole.width / times), height = Math.round(whole.height / times);
        const small = await createImageBitmap(blob,
            {resizeWidth: width, resizeHeight: height, resizeQuality: 'high'});
        const canvas = new OffscreenCanvas(width, height), draw = canvas.getContext('2d');
        draw.filter = 'grayscale(1)';
        draw.drawImage(small, 0, 0);
        return {canvas, width, height, pixels: draw.getImageData(0, 0, width, height).data};
    };
    window.shrink = async (data, times) => {
        const {canvas} = await grey(data, times);
        const blob = await canvas.convertToBlob({type: 'image/webp', quality: .5});
        const bytes = new Uint8Array(await blob.arrayBuffer());
        return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
    };
    window.differ = async (one, other, tile) => {
        const [a, b] = [await grey(one, 1), await grey(other, 1)];
        if (a.width !== b.width || a.height !== b.height) return [255, 0, 0];
        let worst = [0, 0, 0];
        for (let y = 0; y < a.height; y += tile) for (let x = 0; x < a.width; x += tile) {
            let sum = 0, many = 0;
            for (let j = y; j < Math.min(y + tile, a.height); j++)
                for (let i = x; i < Math.min(x + tile, a.width); i++, many++) {
                    const at = 4 * (j * a.width + i);
                    sum += Math.abs(a.pixels[at] - b.pixels[at]);
                }
            if (sum / many > worst[0]) worst = [sum / many, x, y];
        }
        return worst;
    };
}"""


def picture(context: BrowserContext, canvas: Page, address: str, times: int) -> str:
    """A page as it stands in the window, small and grey: WebP in base64."""
    page = context.new_page()
    page.goto(address)
    if "?q=" in address:
        page.wait_for_selector("#out li")
    shot = base64.b64encode(page.screenshot(animations="disabled")).decode()
    page.close()
    small: str = canvas.evaluate("([shot, times]) => shrink(shot, times)", [shot, times])
    return small


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", SIZES)
def test_the_key_pages_look_as_they_did(
    width: int, scheme: Any, renewing: bool, small_site: Path, chromium: Browser, canvas: Page,
    tmp_path: Path,
) -> None:  # fmt: skip
    height, times = SIZES[width]
    size: Any = {"width": width, "height": height}
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    differing: dict[str, str] = {}
    for name, path in PAGES.items():
        file = PICTURES / f"{name}-{width}-{scheme}.webp"
        file_address, _, query = path.partition("?")
        address = (small_site / file_address).as_uri() + (f"?{query}" if query else "")
        now = picture(context, canvas, address, times)
        if renewing:
            file.write_bytes(base64.b64decode(now))
            continue
        before = base64.b64encode(file.read_bytes()).decode()
        compare = "([one, other, tile]) => differ(one, other, tile)"
        worst, x, y = canvas.evaluate(compare, [before, now, TILE])
        if worst > TOLERANCE:
            (tmp_path / file.name).write_bytes(base64.b64decode(now))
            where = f"{round(x * times)}, {round(y * times)}"
            differing[file.name] = f"{worst:.0f} steps of grey at {where}; now {tmp_path}"
    context.close()
    assert differing == {}


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in PICTURES.iterdir()) < 400_000
