"""The contract between Python and templates: views, sentences, and the documentation of both."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from broadsheet.site import long_lists, views
from broadsheet.site.build import Summary
from broadsheet.site.content import PageContent
from broadsheet.site.pages import PAGES, PageKind
from broadsheet.site.render import Renderer

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def test_every_view_is_documented(repository: Path) -> None:
    text = (repository / "docs/templates.md").read_text(encoding="utf-8")
    for name, kind in vars(views).items():
        if isinstance(kind, type) and issubclass(kind, views.View) and kind is not views.View:
            assert f"### {name}\n" in text
            assert f"<!-- view:{name} -->" in text


def test_every_page_has_the_view_that_its_kind_states(
    archive: Path, made: Callable[[Path], Summary], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    real = Renderer.render

    def looking(self: Renderer, kind: PageKind, path: str, content: PageContent) -> bytes:
        if kind.view is not None and content.view is not None:
            assert type(content.view) is kind.view, kind.name
            seen.add(kind.name)
        return real(self, kind, path, content)

    monkeypatch.setattr(Renderer, "render", looking)
    (archive / "broadsheet.yaml").write_text("base_url: https://example.org/\n")
    made(archive)
    monkeypatch.setattr(long_lists, "LONG", 0)
    shutil.rmtree(archive / "site")
    made(archive)
    assert seen == {kind.name for kind in PAGES if kind.view is not None}


def test_every_kind_of_page_has_its_template(repository: Path) -> None:
    for kind in PAGES:
        if kind.template:
            assert (repository / "templates" / kind.template).is_file(), kind.name


@pytest.mark.parametrize("folder", ["templates", "tests/site/bare"])
def test_the_languages_have_the_same_sentences_with_the_same_places(
    repository: Path, folder: str
) -> None:
    first, *others = (sentences(repository / folder, language) for language in LANGUAGES)
    for other in others:
        assert set(other) == set(first)
        for key in first.keys() - {"obituary.aged"}:  # English prints no term before the age
            assert places(other[key]) == places(first[key]), key


def sentences(folder: Path, language: str) -> dict[str, str | dict[str, str]]:
    text = (folder / "strings" / f"{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, str | dict[str, str]] = yaml.safe_load(text)
    return found


def places(sentence: str | dict[str, str]) -> set[str]:
    """Names in braces; of a sentence with several forms those of the last."""
    text = sentence["other"] if isinstance(sentence, dict) else sentence
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_sentence_that_python_says_is_written(repository: Path) -> None:
    written = set(sentences(repository / "templates", "en"))
    for path in (repository / "broadsheet/site").glob("*.py"):
        said = re.findall(r"""\bt\(\s*"([a-z_]+\.[a-z_.]+)\"""", path.read_text(encoding="utf-8"))
        assert set(said) <= written, path.name
