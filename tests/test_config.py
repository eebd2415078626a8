"""Settings: typed, unknown keys refused with the nearest known one, all faults listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.config import Config, load
from broadsheet.problems import Problems


def settings(tmp_path: Path, text: str) -> Config:
    (tmp_path / "broadsheet.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_values_are_read(tmp_path: Path) -> None:
    config = settings(tmp_path, "title: 旧报\nlanguage: zh-Hant\nfeed_items: 5\n")
    assert (config.title, config.language, config.feed_items) == ("旧报", "zh-Hant", 5)


def test_every_fault_is_listed_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Problems) as found:
        settings(tmp_path, "titel: x\nlanguage: fr\nfeed_items: many\n")
    assert [(p.line, p.message) for p in found.value.problems] == [
        (1, "unknown key 'titel'"),
        (2, "language: 'fr' does not fit"),
        (3, "feed_items: 'many' does not fit"),
    ]
    assert found.value.problems[0].hint == "did you mean 'title'?"


def test_an_address_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"^broadsheet\.yaml:1: base_url: 'example\.org' is not"):
        settings(tmp_path, "base_url: example.org\n")
