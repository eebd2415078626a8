"""Front matter: YAML between `---` lines, then Markdown. Read strictly, written plainly.

A scalar is text: `page: 07` is "07", `title: No` is "No", `date: 2025-12-05` a string; the typed
struct that receives it decides what it means. That keeps YAML 1.1's guesses (octal numbers,
booleans, sexagesimal times) away from what a newspaper printed.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import msgspec
import yaml

from broadsheet.problems import Problem, Problems

T = TypeVar("T", bound=msgspec.Struct)

#: Levels of lists and mappings in front matter; content files have three.
_DEEPEST = 16
_TOO_DEEP = f"nested more than {_DEEPEST} levels deep"
#: Faults of one file that are told.
_MOST_FAULTS = 50

_FENCED = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


class _TextLoader(yaml.CSafeLoader):
    """PyYAML's C loader with scalars left as text and duplicate keys refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(
                    problem="a list or mapping cannot be a key", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag == "tag:yaml.org,2002:null"]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def split(text: str) -> tuple[str, str, int] | None:
    """File text -> (YAML, body, line on which the body begins); None without front matter."""
    match = _FENCED.match(text)
    if match is None:
        return None
    return match.group(1), text[match.end() :], text.count("\n", 0, match.end()) + 1


def parse_yaml(source: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """YAML text -> mapping of text scalars, lists and mappings.

    `first_line` is the line of `file` on which `source` begins. Raises Problems when the text is
    not YAML or not a mapping.
    """
    try:
        _refuse_excess(source)
        data = yaml.load(source, Loader=_TextLoader)  # noqa: S506 (a safe loader, see above)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        # libyaml has a limit of its own, and may come to it first where it reads ahead.
        told = _TOO_DEEP if "nesting depth" in str(error.problem) else error.problem
        raise Problems([Problem(file, line, f"not YAML: {told}")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Problems([Problem(file, first_line, f"not YAML: {error}")]) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        found = Problem(file, first_line, "not a list of keys", "expected lines of `key: value`")
        raise Problems([found])
    return data


def _refuse_excess(source: str) -> None:
    """What no content file needs and a few bytes of can bring a reader down.

    An alias lets a few lines unfold into gigabytes; nesting without end overflows the stack of
    the C loader, which ends the process.
    """
    depth = 0
    for event in yaml.parse(source, Loader=_TextLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="an alias (*name) is not allowed; put the text in quotes",
                problem_mark=event.start_mark,  # type: ignore[arg-type]
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(
                problem=_TOO_DEEP,
                problem_mark=event.start_mark,  # type: ignore[arg-type]
            )


def convert(data: dict[str, Any], kind: type[T], file: str, source: str, first_line: int = 1) -> T:
    """A mapping as `parse_yaml` gives it -> a typed struct; raises Problems with every fault.

    `source` is the YAML text, for the line numbers of the faults. Of more faults than a person
    would read the first are told.
    """
    try:
        return msgspec.convert(data, kind, strict=False)
    except msgspec.ValidationError:
        raise Problems(_faults(data, kind, file, source, first_line)) from None


def _faults(
    data: dict[str, Any], kind: type[T], file: str, source: str, first_line: int
) -> list[Problem]:
    """What is wrong with a mapping, found one after the other by taking out what is faulty."""
    faults: list[Problem] = []
    data = copy.deepcopy(data)
    root = yaml.compose(source, Loader=_TextLoader)
    while len(faults) < _MOST_FAULTS:
        try:
            msgspec.convert(data, kind, strict=False)
        except msgspec.ValidationError as error:
            message, path = _explain(error, data, kind)
            faults.append(Problem(file, first_line + _line_of(path, root), *message))
            if not _forget(data, path):
                break
        else:
            break
    return faults


def _forget(data: Any, path: list[str]) -> bool:
    """Take the faulty value at `path` out, so that the next fault shows; False where it cannot."""
    for step in path[:-1]:
        data = _child(data, step)
    if isinstance(data, dict) and path and path[-1] in data:
        del data[path[-1]]
        return True
    if isinstance(data, list) and path and path[-1].isdigit() and int(path[-1]) < len(data):
        del data[int(path[-1])]
        return True
    return False


_PATH = re.compile(r" - at `(?:key in )?\$?(.*)`$")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def _explain(
    error: msgspec.ValidationError, data: dict[str, Any], kind: type[msgspec.Struct]
) -> tuple[tuple[str, str], list[str]]:
    """msgspec's message -> ((what was found, what was expected), path of keys)."""
    text = str(error)
    located = _PATH.search(text)
    steps = [a or b for a, b in _STEP.findall(located.group(1))] if located else []
    what = text[: located.start()] if located else text
    unknown = re.match(r"Object contains unknown field `(.*)`$", what)
    if unknown:
        key = unknown.group(1)
        known = _fields_at(kind, steps)
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(sorted(known))}"
        return (f"unknown key {key!r}", hint), [*steps, key]
    value: Any = data
    for step in steps:
        value = _child(value, step)
    field = ".".join(s for s in steps if not s.isdigit()) or "front matter"
    return (f"{field}: {value!r} does not fit", _expected(what)), steps


def _child(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return value


_EXPECTATIONS = (
    ("`date`", "expected a date, YYYY-MM-DD"),
    ("RFC3339", "expected a date, YYYY-MM-DD"),
    ("T([01]", "expected YYYY-MM-DD or YYYY-MM-DDTHH:MM"),
    ("0[1-9]|1[0-2]", "expected a date: YYYY, YYYY-MM or YYYY-MM-DD"),
    ("matching regex", "expected line numbers, such as 3, 5-9, 41"),
    ("`bool", "expected true or false"),
    ("`int", "expected a whole number"),
    ("`float", "expected a number"),
    ("`array", "expected a list"),
    ("`object", "expected keys with values, indented below"),
    ("`str", "expected text"),
)


def _expected(what: str) -> str:
    for sign, expectation in _EXPECTATIONS:
        if sign in what:
            return expectation
    return what[:1].lower() + what[1:]


def _fields_at(kind: type[msgspec.Struct], steps: list[str]) -> list[str]:
    """Keys that the struct at `steps` below `kind` knows."""
    current: Any = msgspec.inspect.type_info(kind)
    for step in steps:
        for candidate in _flatten(current):
            if isinstance(candidate, msgspec.inspect.StructType):
                current = next((f.type for f in candidate.fields if f.encode_name == step), current)
    for candidate in _flatten(current):
        if isinstance(candidate, msgspec.inspect.StructType):
            return [field.encode_name for field in candidate.fields]
    return []


def _flatten(info: Any) -> Iterator[Any]:
    if isinstance(info, msgspec.inspect.UnionType):
        for member in info.types:
            yield from _flatten(member)
    elif isinstance(info, (msgspec.inspect.VarTupleType, msgspec.inspect.ListType)):
        yield from _flatten(info.item_type)
    elif isinstance(info, msgspec.inspect.DictType):
        yield from _flatten(info.value_type)
    else:
        yield info


def _line_of(path: list[str], node: yaml.Node | None) -> int:
    """Line (0-based) of the key at `path` below `node`, as deep as it can be followed."""
    line = 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line
    return line


class _Dumper(yaml.CSafeDumper):
    """PyYAML's dumper for files that people read: no aliases, short lists on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


#: Where a file came from and what was mended in it.
_NOTES = ("source", "lines", "repeats", "joins", "gaps", "doubts", "converted")


def dump(kind: str, value: msgspec.Struct, body: str) -> str:
    """A typed struct and its body -> the text of a content file.

    The keys are in the struct's order, but what the converter notes for itself stands last.
    Any YAML reader gets the same values back: what it would take for a number, a date or a
    boolean is quoted unless it is one.
    """
    data = {"type": kind} | _plain(value)
    data |= {key: data.pop(key) for key in _NOTES if key in data}
    head = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2)
    return f"---\n{head}---\n" + (f"\n{body.rstrip()}\n" if body.strip() else "")


@cache
def _fields_of(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a struct; msgspec would evaluate their annotations for every value."""
    return msgspec.structs.fields(kind)


def _plain(value: Any) -> Any:
    """Struct -> dict without the fields that have their default value; dates stay dates."""
    if isinstance(value, msgspec.Struct):
        fields = _fields_of(type(value))
        return {
            field.encode_name: _plain(getattr(value, field.name))
            for field in fields
            if field.required or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
