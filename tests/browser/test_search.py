"""Searching in real browsers, from a folder: exact, filtered, ordered, marked, by keyboard."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from firefox import Firefox
from playwright.sync_api import Browser, Page, Route, expect
from previewing import until

from broadsheet.search import index
from tests.search.browser import FIND_ALL
from tests.search.scan import Scan
from tests.search.small_site import write_site
from tests.search.texts import documents, questions

PIECES = documents(900)
NUMBER = {piece.href: n for n, piece in enumerate(PIECES)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in segments that are one group, its way with a space and Chinese in it; some
    characters are common, and a term that is rare in one segment is not in the next."""
    folder = tmp_path_factory.mktemp("search") / "检索 site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "COMMON", 100)
        patch.setattr(index, "SELDOM", 4)
        write_site(folder, PIECES, most=150)
    assert list(folder.glob("search/all/*/c0.js"))
    return folder


@pytest.fixture(scope="module")
def scan() -> Scan:
    return Scan(PIECES)


@pytest.fixture
def faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text))
    page.on("requestfailed", lambda request: found.append(request.url))
    return found


def address(folder: Path, **asked: str) -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    return f"{(folder / 'search.html').as_uri()}?{query}"


def done(page: Page) -> Page:
    page.wait_for_function("() => document.getElementById('count').textContent")
    return page


def count(page: Page) -> int:
    digits = "".join(c for c in page.inner_text("#count").rpartition("：")[2] if c.isdigit())
    return int(digits or 0)


def settles(page: Page, number: int) -> None:
    """The count becomes the number: filters are counted beside the painting of results."""
    until(lambda: count(page) == number)


def shown(page: Page) -> list[str]:
    """Addresses of the pieces that are listed, without what comes behind `.html`."""
    hrefs = page.eval_on_selector_all("#out h3 a", "all => all.map((a) => a.href)")
    return ["/".join(unquote(urlsplit(href).path).rsplit("/", 3)[1:]) for href in hrefs]


def newest_first(hits: set[str]) -> list[str]:
    return sorted(hits, key=lambda href: (PIECES[NUMBER[href]].date, -NUMBER[href]), reverse=True)


def judged(scan: Scan, lines: list[str], answers: list[list[int]]) -> None:
    for line, answer in zip(lines, answers, strict=True):
        assert {PIECES[n].href for n in answer} == scan.hits(line), line


def test_chromium_finds_what_reading_every_text_finds(
    page: Page, faults: list[str], folder: Path, scan: Scan
) -> None:
    lines = questions(150, PIECES)
    page.goto(address(folder))
    done(page)
    judged(scan, lines, page.evaluate(FIND_ALL, lines))
    assert faults == []


def test_firefox_finds_what_reading_every_text_finds(
    firefox: Firefox, folder: Path, scan: Scan
) -> None:
    lines = questions(150, PIECES, seed=3)
    firefox.open(address(folder))
    firefox.wait_for("document.getElementById('count').textContent")
    asked = json.dumps(lines)
    firefox.evaluate(f"(({FIND_ALL})({asked}).then((found) => (window.found = found)), 0)")
    firefox.wait_for("window.found", 60)
    judged(scan, lines, firefox.evaluate("window.found"))


@pytest.mark.parametrize(
    "line", ["国际", "烏克蘭 Trump", "“生 产”", "国 -2025", "G20 | ＡＢＣ", "3.5"]
)
def test_the_page_shows_the_newest_twenty_and_counts_all(
    page: Page, faults: list[str], folder: Path, scan: Scan, line: str
) -> None:
    done(page.goto(address(folder, q=line)) and page)
    hits = newest_first(scan.hits(line))
    assert count(page) == len(hits)
    assert shown(page) == hits[:20]
    assert faults == []


def test_nothing_found_says_what_to_try(page: Page, folder: Path) -> None:
    done(page.goto(address(folder, q="龖龖龖")) and page)
    assert "减少字数" in page.inner_text("#count")
    assert shown(page) == []


def test_more_are_shown_twenty_at_a_time(page: Page, folder: Path, scan: Scan) -> None:
    done(page.goto(address(folder, q="国际")) and page)
    page.click("#more")
    expect(page.locator("#out > li")).to_have_count(40)
    assert shown(page) == newest_first(scan.hits("国际"))[:40]
    assert page.evaluate("document.activeElement === document.querySelectorAll('#out a')[20]")


def test_oldest_first_and_by_relevance(page: Page, folder: Path, scan: Scan) -> None:
    done(page.goto(address(folder, q="国际", order="oldest")) and page)
    assert shown(page) == sorted(scan.hits("国际"), key=NUMBER.__getitem__)[:20]
    page.select_option("[name=order]", "relevance")
    page.wait_for_function("() => document.getElementById('far').hidden")
    page.wait_for_function("() => document.querySelector('#out h3 mark')")
    headlines = page.locator("#out > li h3")
    assert all(
        "<mark>" in html for html in headlines.evaluate_all("all => all.map(h => h.innerHTML)")
    )
    assert "order=relevance" in page.url


def test_filters_count_exactly_and_live(page: Page, folder: Path, scan: Scan) -> None:
    hits = [PIECES[NUMBER[href]] for href in scan.hits("国际")]
    done(page.goto(address(folder, q="国际")) and page)

    def offered(facet: str) -> dict[str, str]:
        labels = page.locator(f"[data-facet={facet}] label")
        counts = dict(labels.evaluate_all(
            "all => all.map((l) => [l.querySelector('input').value, l.lastChild.textContent])"
        ))  # fmt: skip
        return {name: count for name, count in counts.items() if count != "0"}

    def tally(key: str, pieces: list[Any]) -> dict[str, str]:
        names = [getattr(piece, key) for piece in pieces]
        return {name: str(names.count(name)) for name in names}

    assert offered("type") == tally("type", hits)
    assert offered("section") == tally("section", hits)
    page.check("[data-facet=type] input[value=obituary]")
    obituaries = [piece for piece in hits if piece.type == "obituary"]
    settles(page, len(obituaries))
    assert offered("type") == tally("type", hits)  # what another choice would give
    assert offered("section") == tally("section", obituaries)
    page.fill("[name=from]", "1999")
    page.keyboard.press("Tab")
    late = [piece for piece in obituaries if piece.date >= "1999"]
    settles(page, len(late))
    assert offered("section") == tally("section", late)
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["国际"], "type": ["obituary"], "from": ["1999"]}  # fmt: skip
    page.go_back()
    page.wait_for_function("() => !document.querySelector('[name=from]').value")
    settles(page, len(obituaries))
    page.reload()
    settles(page, len(obituaries))


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("line", ["", "国际", "3.5"])
def test_nothing_moves_while_segments_come(
    chromium: Browser, folder: Path, width: int, line: str
) -> None:
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver((found) => shifts.push(...found.getEntries()"
        ".map((shift) => shift.value))).observe({type: 'layout-shift', buffered: true})"
    )
    page.route("**/segment.js*", lambda route: (sleep(0.05), route.continue_()))
    done(page.goto(address(folder, q=line)) and page)
    page.evaluate("() => new Promise((after) => setTimeout(after, 200))")
    assert page.evaluate("shifts") == []
    page.context.close()


def test_people_are_a_filter(page: Page, folder: Path) -> None:
    done(page.goto(address(folder, person="王小明")) and page)
    assert count(page) == sum("王小明" in piece.people for piece in PIECES)


def test_the_histogram_is_dragged_to_a_range(page: Page, folder: Path, scan: Scan) -> None:
    done(page.goto(address(folder, q="国")) and page)
    box = page.locator(".histogram").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, middle, steps=4)
    page.mouse.up()
    assert page.input_value("[name=from]") == "1998"
    assert page.input_value("[name=to]") == "1999"
    years = [PIECES[NUMBER[href]].date[:4] for href in scan.hits("国")]
    settles(page, years.count("1998") + years.count("1999"))


def test_a_word_being_typed_stands_for_its_beginning(page: Page, folder: Path, scan: Scan) -> None:
    done(page.goto(address(folder)) and page)
    page.locator("#sq").press_sequentially("Tru")
    page.wait_for_function("() => document.getElementById('count').textContent.includes('Tru')")
    words = {href: re.findall("[a-z0-9üï]+", text) for href, text in scan.texts.items()}
    begun = [href for href, found in words.items() if any(w.startswith("tru") for w in found)]
    assert len(begun) > len(scan.hits("Trump"))
    settles(page, len(begun))
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('count').textContent.includes('没有')")


def test_results_are_reached_and_left_by_keyboard(page: Page, folder: Path) -> None:
    done(page.goto(address(folder, q="国际")) and page)
    page.focus("#sq")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#out a')[1]")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "sq"


def test_snippets_mark_the_words_in_either_script(page: Page, folder: Path) -> None:
    done(page.goto(address(folder, q="国际")) and page)
    marks = set(page.locator("#out mark").all_text_contents())
    assert marks == {"国际", "國際"}
    for href in page.eval_on_selector_all("#out h3 a", "all => all.map((a) => a.href)"):
        assert "hl=%E5%9B%BD%E9%99%85" in href


def test_without_script_it_explains_itself(chromium: Browser, folder: Path) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address(folder))
    assert "脚本" in page.inner_text("main")
    assert page.locator("noscript a").count() == 5
    page.context.close()


def script_table(text: str) -> Any:
    return json.loads(f"[{text[len('broadsheetData(') : -2]}]")[2]


def test_an_index_that_was_built_anew_is_asked_past_the_cache(
    chromium: Browser, folder: Path
) -> None:
    """The browser holds the old table, the host has new shards."""
    page = chromium.new_context().new_page()
    old = (folder / "search/all/1997-h1/segment.js").read_text("utf-8")
    version = old.split('"')[3]

    def stale(route: Any) -> None:
        if "v=" in route.request.url:
            route.continue_()
        else:
            route.fulfill(body=old.replace(version, "00000000"), content_type="text/javascript")

    page.route("**/1997-h1/segment.js*", stale)
    done(page.goto(address(folder, q="国际", order="oldest")) and page)
    assert page.inner_text("#trouble") == ""
    assert len(shown(page)) == 20
    page.context.close()


@pytest.mark.parametrize("asked", [{"q": "国际"}, {"person": "王小明"}])
def test_texts_that_were_built_anew_are_asked_past_the_cache(
    chromium: Browser, folder: Path, asked: dict[str, str]
) -> None:
    """A page stays open while its newest segment is built anew: other pieces, in other shards."""
    page = chromium.new_context().new_page()
    old = (folder / "search/all/2000-h2/segment.js").read_text("utf-8")
    texts = script_table(old)["versions"]["t"]
    gone = old.replace(texts, "AAAA" * (len(texts) // 4))

    def stale(route: Any) -> None:
        if "v=" in route.request.url:
            route.continue_()
        else:
            route.fulfill(body=gone, content_type="text/javascript")

    page.route("**/2000-h2/segment.js*", stale)
    done(page.goto(address(folder, **asked)) and page)
    expect(page.locator("#out > li")).not_to_have_count(0)
    assert page.inner_text("#trouble") == ""
    first = shown(page)
    page.fill("#sq", "国")  # and it stays well
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('count').textContent.includes('“国”')")
    assert page.inner_text("#trouble") == ""
    assert first and shown(page)[0].startswith("2000-12")
    page.context.close()


def test_a_group_that_was_built_anew_is_asked_past_the_cache(
    chromium: Browser, folder: Path, scan: Scan
) -> None:
    """The browser holds a table of other segments; then one of other shards."""
    page = chromium.new_context().new_page()
    now = (folder / "search/all/group.js").read_text("utf-8")
    names, versions = (script_table(now)[key] for key in ("segments", "versions"))
    listed, turned = (json.dumps(some, separators=(",", ":")) for some in (names, names[::-1]))
    for old in (now.replace(listed, turned), now.replace(versions["p"], versions["p"][::-1])):
        assert old != now
        page.route("**/group.js", partial(Route.fulfill, body=old))
        done(page.goto(address(folder, q="翀")) and page)
        assert page.inner_text("#trouble") == ""
        assert count(page) == len(scan.hits("翀"))
    page.context.close()


@pytest.mark.parametrize("name", ["group.js", "segment.js"])
def test_a_missing_file_is_told(chromium: Browser, folder: Path, name: str) -> None:
    page = chromium.new_context().new_page()
    page.route(f"**/{name}*", lambda route: route.abort())
    page.goto(address(folder, q="国际"))
    page.wait_for_function("() => document.getElementById('trouble').textContent")
    page.context.close()


# On the built site: the quick box, and the marks on a piece's page.


def test_a_piece_shows_what_was_searched(page: Page, site: Path) -> None:
    piece = next(p for p in sorted(site.glob("*/*/*.html")) if p.stem != "index")
    page.goto(piece.as_uri())
    words = page.inner_text("h1").split()[0]
    page.goto(f"{piece.as_uri()}?hl={quote(words)}")
    page.wait_for_selector(".hitbar")
    marked = page.locator("main article mark")
    assert marked.count() > 0
    button = page.locator(".hitbar button")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert marked.first.evaluate("m => getComputedStyle(m).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_the_quick_box_leads_to_a_day(page: Page, site: Path) -> None:
    day = max(path.parent.name for path in site.glob("*-*-*/index.html"))
    page.goto((site / "index.html").as_uri())
    box = page.locator("form.find input").first
    box.focus()
    box.press_sequentially(day)
    page.wait_for_selector(".quick li")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/{day}/index.html")


def test_the_client_comes_only_when_it_is_wanted(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto((site / "archive" / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert "search.js" not in asked
    page.keyboard.press("/")
    page.keyboard.type("1998-03")
    page.wait_for_selector(".quick li")
    assert asked.count("search.js") == 1


def test_a_slash_leads_to_the_search_page_where_no_box_is_in_sight(page: Page, site: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "archive" / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
