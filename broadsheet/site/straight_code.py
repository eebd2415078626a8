"""What Jinja makes of a template, straightened: the same pages in half the time.

Jinja compiles a template to Python that is ready for anything: an attribute may be an item, a
function may want the context, a macro may be called with arguments it does not name, a value is
escaped into an object of its own. Templates here see structs and functions, with autoescape
always on. So five forms of that code are replaced by what they come down to:

    environment.getattr(x, 'name')           x.name
    environment.getitem(x, 0)                x[0]
    context.call(f, x, _block_vars=...)      f(x)
    escape(x)                                shown(x): escaped, without a new object for plain text
    Macro(environment, macro, ...)           macro, a function with defaults

A form that another version of Jinja writes differently is left as it is, slower and as right; a
page whose template does ask for more is rendered by Jinja's own code (render.py). Lines keep their
numbers, so that a fault is still told at its line of the template.
"""

from __future__ import annotations

import ast
import functools
import keyword
import re
from collections.abc import Callable
from types import CodeType
from typing import TypeVar, cast

from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:
    from markupsafe._native import _escape_inner

#: Markup of a text that is markup already; the class itself would ask the text more questions.
as_markup: Callable[[str], Markup] = functools.partial(str.__new__, Markup)


def shown(value: object) -> str:
    """A value as a page shows it; what is Markup already stays as it is."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def compile_straight(source: str, filename: str) -> CodeType:
    """The Python that Jinja generated -> straightened and compiled."""
    tree = _Straightened().visit(ast.parse(source, filename))
    tree.body[:0] = ast.parse(f"from {__name__} import as_markup, shown").body
    return compile(ast.fix_missing_locations(tree), filename, "exec")


#: A filter or a test in generated code; it may ask whether there is such an attribute.
_FILTER = re.compile(r"t_\d+$")
#: Names that generated code has for itself: a macro with such a parameter is left alone.
_TAKEN = re.compile(r"(?:[lt]_\d.*|caller|context|environment|resolve|undefined|concat|missing)$")

Block = TypeVar("Block", ast.Module, ast.FunctionDef, ast.If, ast.For)


class _Straightened(ast.NodeTransformer):
    """The five forms, wherever they stand."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        called = _name(node.func)
        if _FILTER.match(called):
            node.args = [self._left_alone(argument) for argument in node.args]
            return node
        self.generic_visit(node)
        if called == "environment.getattr" and not _is_self(node.args[0]):
            name = str(cast(ast.Constant, node.args[1]).value)
            return ast.copy_location(ast.Attribute(node.args[0], name, ast.Load()), node)
        if called == "environment.getitem" and not _is_self(node.args[0]):
            found = ast.Subscript(node.args[0], node.args[1], ast.Load())
            return ast.copy_location(found, node)
        if called == "context.call":
            named = [k for k in node.keywords if k.arg not in ("_block_vars", "_loop_vars")]
            return ast.copy_location(ast.Call(node.args[0], node.args[1:], named), node)
        if called == "escape":
            node.func = ast.Name("shown", ast.Load())
        return node

    def _left_alone(self, node: ast.expr) -> ast.expr:
        """An attribute that a filter is asked about; what it belongs to is straightened."""
        if isinstance(node, ast.Call) and _name(node.func) == "environment.getattr":
            node.args[0] = self.visit(node.args[0])
            return node
        return cast(ast.expr, self.visit(node))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return self._with_macros(node)

    def visit_If(self, node: ast.If) -> ast.If:
        node.orelse = _macros_straight(node.orelse)
        return self._with_macros(node)

    def visit_For(self, node: ast.For) -> ast.For:
        return self._with_macros(node)

    def _with_macros(self, node: Block) -> Block:
        node.body = _macros_straight(node.body)
        self.generic_visit(node)
        return node


def _name(called: ast.expr) -> str:
    """escape, context.call; "" for what is not a name or an attribute of one."""
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{called.value.id}.{called.attr}"
    return ""


def _is_self(value: ast.expr) -> bool:
    """Whether this is `self`, whose blocks are items only."""
    return any(isinstance(n, ast.Name) and n.id.endswith("_self") for n in ast.walk(value))


def _macros_straight(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Each `def macro` with the assignment that makes it one, in place of the Macro itself."""
    function: ast.FunctionDef | None = None
    for statement in statements:
        if isinstance(statement, ast.FunctionDef) and statement.name == "macro":
            function = statement
        elif function is not None and isinstance(statement, ast.Assign):
            names = _simple_macro(statement.value)
            if names is not None:
                _give_defaults(function, names)
                statement.value = ast.copy_location(ast.Name("macro", ast.Load()), statement)
                function = None
    return statements


def _simple_macro(value: ast.expr) -> list[str] | None:
    """Names of the parameters of `Macro(environment, macro, name, (names), False, False, False...`;
    None for any other value, and for a macro that takes more than what it names."""
    if not (isinstance(value, ast.Call) and _name(value.func) == "Macro"):
        return None
    names, takes_more = value.args[3], value.args[4:7]
    if any(not isinstance(flag, ast.Constant) or flag.value for flag in takes_more):
        return None
    found = [str(ast.literal_eval(name)) for name in cast(ast.Tuple, names).elts]
    return None if any(keyword.iskeyword(n) or _TAKEN.match(n) for n in found) else found


def _give_defaults(function: ast.FunctionDef, names: list[str]) -> None:
    """Parameters by their own names, each `missing` by default; the result as Markup."""
    inner = [argument.arg for argument in function.args.args]
    function.args.args = [ast.arg(name) for name in names]
    function.args.defaults = [ast.Name("missing", ast.Load()) for _ in names]
    taken = [
        ast.Assign([ast.Name(own, ast.Store())], ast.Name(name, ast.Load()), lineno=function.lineno)
        for own, name in zip(inner, names, strict=True)
    ]
    function.body = [*taken, *function.body]
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            node.value = ast.Call(ast.Name("as_markup", ast.Load()), [node.value], [])
