"""The words of the interface: templates/strings/<language>.yaml, one flat list of sentences."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import yaml

from broadsheet.problems import Problem, Problems

#: A sentence, or its forms by number: {"one": "{count} piece", "other": "{count} pieces"}.
Sentence = str | dict[str, str]


#: So many filled sentences are kept: those of a newspaper page recur on each of its pieces.
_OFTEN = 4096


class Strings:
    """`t("key", count=3)`: the sentence of a key in the interface's language."""

    def __init__(self, sentences: dict[str, Sentence], file: str) -> None:
        self._sentences = sentences
        self._file = file
        self._filled = functools.lru_cache(_OFTEN)(self._fill)

    @property
    def digest(self) -> str:
        """Tells these sentences from all others."""
        packed = msgspec.msgpack.encode(sorted(self._sentences.items()))
        return hashlib.blake2b(packed, digest_size=8).hexdigest()

    def __call__(self, key: str, **values: object) -> str:
        """The sentence with its places filled; counts are set with separators.

        Raises Problems when the file does not have the key or lacks a value for a place.
        """
        return self._filled(key, **values)

    def _fill(self, key: str, **values: object) -> str:
        sentence = self._sentences.get(key)
        if isinstance(sentence, dict):
            sentence = sentence[
                "one" if values.get("count") == 1 and "one" in sentence else "other"
            ]
        if sentence is None:
            hint = "add the line, or take the file from the program's own templates"
            raise Problems([Problem(self._file, 0, f"no sentence for {key!r}", hint)])
        if not values:
            return sentence
        shown = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
        try:
            return sentence.format_map(shown)
        except (KeyError, ValueError, IndexError) as error:
            found = f"{key}: {sentence!r} asks for {error}"
            raise Problems([Problem(self._file, 0, found, f"known: {', '.join(values)}")]) from None


def load(folders: Sequence[Path], language: str) -> Strings:
    """The sentences of a language; those of an earlier folder go before those of a later one.

    Raises Problems when there are none or a file cannot be read.
    """
    name = f"strings/{language}.yaml"
    sentences: dict[str, Sentence] = {}
    for folder in reversed(folders):
        path = folder / name
        if path.is_file():
            sentences |= _read(path, f"templates/{name}")
    if not sentences:
        hint = "the interface's sentences; restore it from the program's own templates"
        raise Problems([Problem(f"templates/{name}", 0, "not found", hint)])
    return Strings(sentences, f"templates/{name}")


def _read(path: Path, shown: str) -> dict[str, Sentence]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = mark.line + 1 if mark else 0
        why = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        raise Problems([Problem(shown, line, f"cannot be read: {why}")]) from None
    faults = [
        Problem(shown, 0, f"{key}: not a sentence", "expected text, or one: and other:")
        for key, sentence in data.items()
        if not isinstance(sentence, str)
        and not (isinstance(sentence, dict) and isinstance(sentence.get("other"), str))
    ]
    if faults:
        raise Problems(faults)
    return dict(data)
