"""The words of the interface: the same sentences in each language, none missing, none left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
import yaml

from broadsheet.convert.draft import Role

LANGUAGES = ("zh-Hans", "zh-Hant", "en")

#: t("key" in Python and in templates; after a key that is put together comes a value.
_CALL = re.compile(r"""\bt\(\s*f?["']([a-z_.]+)(["']\s*[,)]|["']\s*~|\{| if)""")
#: A key in quotes, be it kept in a name before it is asked for.
_MENTION = re.compile(r"""["']([a-z]+\.[a-z_]+)["']""")


def words(repository: Path, language: str) -> dict[str, Any]:
    text = (repository / "templates" / "strings" / f"{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def forms(sentence: str | dict[str, str]) -> list[str]:
    return [sentence] if isinstance(sentence, str) else list(sentence.values())


def places(sentence: str | dict[str, str]) -> set[str]:
    """What a sentence asks for: {count}, {name}."""
    return {name for form in forms(sentence) for _, name, _, _ in Formatter().parse(form) if name}


def texts(repository: Path) -> Iterator[str]:
    """Everything that asks for sentences: the program and its templates."""
    for folder in ("broadsheet", "templates"):
        for file in (repository / folder).rglob("*.*"):
            if file.suffix in (".py", ".html", ".xml"):
                yield file.read_text(encoding="utf-8")


def calls(repository: Path) -> tuple[set[str], set[str]]:
    """Keys that are asked for, and the beginnings of those that are put together."""
    whole: set[str] = set()
    begun: set[str] = set()
    for text in texts(repository):
        for key, end in _CALL.findall(text):
            (whole if end[0] in "\"'" and "~" not in end else begun).add(key)
    return whole, begun


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str, repository: Path) -> None:
    first, this = words(repository, LANGUAGES[0]), words(repository, language)
    assert list(this) == list(first)
    for key, sentence in this.items():
        assert places(sentence) == places(first[key]), key
        assert all(isinstance(form, str) for form in forms(sentence)), key


def test_no_sentence_is_missing(repository: Path) -> None:
    known = words(repository, "zh-Hans")
    whole, begun = calls(repository)
    assert {key for key in whole if key not in known and "." in key} == set()
    assert [start for start in begun if not any(key.startswith(start) for key in known)] == []


def test_no_sentence_is_left_over(repository: Path) -> None:
    whole, begun = calls(repository)
    mentioned = {key for text in texts(repository) for key in _MENTION.findall(text)}
    unused = {
        key
        for key in words(repository, "zh-Hans")
        if key not in whole | mentioned and not key.startswith(tuple(begun))
    }
    assert unused == set()


def test_english_has_its_plurals(repository: Path) -> None:
    """Where the same sentence counts in English, one and many differ."""
    for key, sentence in words(repository, "en").items():
        if isinstance(sentence, dict):
            assert set(sentence) == {"one", "other"}, key
            assert sentence["one"] != sentence["other"], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_of_a_block_has_a_word(language: str, repository: Path) -> None:
    """A doubt may be about any of them."""
    assert {f"role.{role}" for role in get_args(Role)} <= words(repository, language).keys()
