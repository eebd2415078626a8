"""`{% shared KEY %}...{% endshared %}`: a part of a template that many pages have in common.

It is rendered once for each value of KEY and put in as it is from then on. What stands in it may
depend on KEY, on `site` and on `t`, and on nothing else of the page:

    {% shared (page.root, page.nav) %}<nav>...</nav>{% endshared %}
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import count

from jinja2 import Environment, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class SharedPart(Extension):
    """The tag; one environment keeps the parts of its own templates."""

    tags = {"shared"}  # noqa: RUF012 - the library's own interface

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._parts: dict[tuple[str, int, Hashable], str] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        key = parser.parse_expression()
        body = parser.parse_statements(("name:endshared",), drop_needle=True)
        number = next(parser.__dict__.setdefault("shared_parts", count()))  # two on a line differ
        place = [nodes.Const(parser.filename or parser.name or ""), nodes.Const(number), key]
        return nodes.CallBlock(self.call_method("_part", place), [], [], body).set_lineno(line)

    def _part(self, file: str, number: int, key: Hashable, caller: Callable[[], str]) -> str:
        at = (file, number, key)
        part = self._parts.get(at)
        if part is None:
            part = self._parts[at] = caller()
        return part
