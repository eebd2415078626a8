"""A template with its frames, blocks and macros as one: put together before it is compiled.

    {% extends "base.html" %}{% block main %}      base.html, with the block in its place
    {{ super() }}, {{ self.nav() }}                that block
    {{ m.lang(view.language) }}                    the macro's body, with its parameters set;
                                                   of a long one, a call of a function
    {% if false %}...{% endif %}                   nothing

Jinja does all of this again for every page; here it is done once, and a page is made by one
function. What comes out is the same. A template that asks for more (a macro that calls itself, a
block in a loop, a name that would mean another thing in its new place) is Beyond, and left to
Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

from jinja2 import Environment, nodes

#: What every page is made of; asked for once, at the top.
ASKED = ("page", "view", "t")

#: A macro of more nodes is long: put in wherever it is called, it takes too long to compile.
_LONG = 40

#: Names with a meaning of their own where they stand: what has them cannot be moved.
_PLACED = {"super", "self", "caller", "varargs", "kwargs"}


class Beyond(Exception):
    """The template asks for more than is done here."""


class Workshop:
    """Templates of an environment, read once and put together as they are asked for."""

    def __init__(
        self, environment: Environment, settle: Callable[[nodes.Template], nodes.Node]
    ) -> None:
        """`settle` replaces, in a template as it was read, what is the same on every page."""
        self._environment = environment
        self._settle = settle
        self._files: dict[str, _File] = {}

    def whole(self, name: str) -> nodes.Template:
        """Raises Beyond, and what Jinja raises for templates that are missing or wrong."""
        chain = [self.read(name)]
        while chain[-1].parent:
            chain.append(self.read(chain[-1].parent))
        tree = _Whole(chain, self._names_in(*chain)).template()
        return cast(nodes.Template, tree.set_environment(self._environment))

    def read(self, name: str) -> _File:
        found = self._files.get(name)
        if found is None:
            assert self._environment.loader is not None
            source, file, _ = self._environment.loader.get_source(self._environment, name)
            tree = self._settle(self._environment.parse(source, name, file))
            if _used([tree]).sets & self._environment.globals.keys():
                raise Beyond
            found = self._files[name] = _File(cast(nodes.Template, tree))
        return found

    def _names_in(self, *files: _File) -> _Names:
        """What these files, which are one page, call by name."""
        modules: dict[str, str] = {}
        macros: dict[str, nodes.Macro] = {}
        for file in files:
            if any(modules.get(alias, name) != name for alias, name in file.modules.items()):
                raise Beyond
            if macros.keys() & file.macros.keys():
                raise Beyond
            modules |= file.modules
            macros |= file.macros
        return _Names(macros, modules, {alias: self._module(n) for alias, n in modules.items()})

    def _module(self, name: str) -> _Names:
        """The macros of a file, which knows nothing of the page that imports it."""
        file = self.read(name)
        if file.parent or file.sets or file.blocks or any(map(_says_something, file.shown)):
            raise Beyond
        known = {*file.macros, *file.modules, *self._environment.globals, "loop"}
        if any(_used([macro]).free - known for macro in file.macros.values()):
            raise Beyond
        return self._names_in(file)


class _File:
    """A template that was read: what it names, and the templates that it names."""

    def __init__(self, tree: nodes.Template) -> None:
        self.parent = ""
        self.macros: dict[str, nodes.Macro] = {}
        self.modules: dict[str, str] = {}  #: alias -> template
        self.sets: list[nodes.Node] = []
        self.shown: list[nodes.Node] = []
        blocks = list(tree.find_all(nodes.Block))
        self.blocks = {block.name: block for block in blocks}
        if len(self.blocks) != len(blocks):
            raise Beyond
        for node in tree.body:
            self._take(node)

    def _take(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Extends):
            if self.parent or any(map(_says_something, self.shown)):
                raise Beyond
            self.parent = _named(node.template)
        elif isinstance(node, nodes.Macro):
            self.macros[node.name] = node
        elif isinstance(node, nodes.Import):
            if node.with_context:
                raise Beyond
            self.modules[node.target] = _named(node.template)
        elif isinstance(node, (nodes.Assign, nodes.AssignBlock)):
            self.sets.append(node)
        elif self.parent and not isinstance(node, (nodes.Output, nodes.Block)):
            raise Beyond
        else:
            self.shown.append(node)


def _named(template: nodes.Expr) -> str:
    if not isinstance(template, nodes.Const) or not isinstance(template.value, str):
        raise Beyond
    return template.value


def _says_something(node: nodes.Node) -> bool:
    """Whether a node at the top of a file is more than space between others."""
    return not isinstance(node, nodes.Output) or any(map(_is_more_than_space, node.nodes))


def _is_more_than_space(child: nodes.Expr) -> bool:
    if isinstance(child, nodes.TemplateData):
        return bool(child.data.strip())
    return not isinstance(child, nodes.Const) or bool(str(child.value).strip())


class _Names(NamedTuple):
    """What a name that is called means: in a page's own templates, or in a file of macros."""

    macros: Mapping[str, nodes.Macro]
    imports: Mapping[str, str]  #: alias -> template
    modules: Mapping[str, _Names]

    def macro(self, call: nodes.Call) -> tuple[nodes.Macro, _Names] | None:
        called = call.node
        if isinstance(called, nodes.Name) and called.name in self.macros:
            return self.macros[called.name], self
        if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
            module = self.modules.get(called.node.name)
            if module is not None and called.attr in module.macros:
                return module.macros[called.attr], module
        return None


class _Used(NamedTuple):
    """Names in nodes."""

    loads: frozenset[str]
    sets: frozenset[str]

    @property
    def free(self) -> frozenset[str]:
        """Those that come from elsewhere."""
        return self.loads - self.sets


class _Place(NamedTuple):
    """Where nodes are put."""

    names: _Names
    bound: frozenset[str] = frozenset()  #: names that what stands around sets
    within: tuple[str, ...] = ()  #: blocks and macros that stand around
    block: str = ""  #: the innermost of them; "" in a macro
    level: int = 0  #: of that block: 0 hides all others of its name
    constants: Mapping[str, nodes.Const] = {}  #: parameters that are the same each time

    def inside(self, what: str, used: _Used, **changed: Any) -> _Place:
        """A place in a block or macro, whose names must not be those of other things here."""
        if what in self.within or used.free & self.bound:
            raise Beyond
        bound = self.bound | used.sets
        return self._replace(bound=bound, within=(*self.within, what), **changed)


class _Whole:
    """One template, being put together."""

    def __init__(self, chain: list[_File], names: _Names) -> None:
        self._chain = chain
        self._names = names
        self._known: dict[int, _Used] = {}
        self._long: dict[int, str] = {}  #: a long macro -> its name here
        self._defined: list[nodes.Macro] = []
        self._blocks: dict[str, list[nodes.Block]] = {}  #: those that hide others first
        for file in chain:
            for name, block in file.blocks.items():
                self._blocks.setdefault(name, []).append(block)

    def template(self) -> nodes.Template:
        frame = [*(node for file in self._chain for node in file.sets), *self._chain[-1].shown]
        body = self._put(frame, _Place(self._names))
        left = _used([*self._defined, *body]).free - {"loop"}
        if left & (self._names.macros.keys() | _PLACED):
            raise Beyond  # called where it is not shown
        imports = [
            nodes.Import(nodes.Const(name), alias, False, lineno=1)
            for alias, name in self._names.imports.items()
            if alias in left
        ]
        asked = [nodes.ExprStmt(nodes.Name(name, "load"), lineno=1) for name in ASKED]
        # Put out in one piece: what a page yields goes through Jinja one by one.
        page = nodes.AssignBlock(nodes.Name("whole", "store"), None, body, lineno=1)
        shown = nodes.Output([nodes.Name("whole", "load")], lineno=1)
        return nodes.Template([*imports, *asked, *self._defined, page, shown], lineno=1)

    def _put(self, body: Iterable[nodes.Node], place: _Place) -> list[nodes.Node]:
        """These nodes, with all that they call in place of the call."""
        out: list[nodes.Node] = []
        for node in body:
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    _add(out, self._shown(child, place))
            elif isinstance(node, nodes.Block):
                _add(out, self._block(node.name, 0, place))
            elif isinstance(node, nodes.If):
                _add(out, self._branches(node, place))
            else:
                out.append(self._statement(node, place))
        return out

    def _shown(self, child: nodes.Expr, place: _Place) -> list[nodes.Node]:
        """What `{{ child }}` puts there."""
        if isinstance(child, nodes.Call) and not (child.dyn_args or child.dyn_kwargs):
            called = child.node
            if isinstance(called, nodes.Name) and called.name == "super" and place.block:
                return self._block(place.block, place.level + 1, place)
            if isinstance(called, nodes.Getattr) and _is(called.node, "self"):
                return self._block(called.attr, 0, place)
            macro = place.names.macro(child)
            if macro is not None:
                return self._macro(*macro, _copied(child, place), place)
        return [nodes.Output([_copied(child, place)], lineno=child.lineno)]

    def _block(self, name: str, level: int, place: _Place) -> list[nodes.Node]:
        blocks = self._blocks.get(name, [])
        in_macro = bool(place.within) and not place.block
        if in_macro or level >= len(blocks) or blocks[level].required:
            raise Beyond
        block = blocks[level]
        inner = place.inside(f"{name} {level}", self._used(block), block=name, level=level)
        body = self._put(block.body, inner)
        return [nodes.Scope(body, lineno=block.lineno)] if _assigns(block) else body

    def _macro(
        self, macro: nodes.Macro, names: _Names, call: nodes.Call, place: _Place
    ) -> list[nodes.Node]:
        given = _arguments(macro, call)
        constants = {n: v for n, v in given.items() if isinstance(v, nodes.Const)}
        values = {n: v for n, v in given.items() if n not in constants}
        if _used(macro.body).sets & given.keys():
            raise Beyond
        if sum(1 for _ in macro.find_all(nodes.Node)) > _LONG:
            call.node = nodes.Name(self._function(macro, names, place), "load", lineno=call.lineno)
            return [nodes.Output([call], lineno=call.lineno)]
        inner = place.inside(
            f"{macro.name}()", self._used(macro), names=names, block="", constants=constants
        )
        body = self._put(macro.body, inner)
        if not values and not _assigns(macro):
            return body
        targets: list[nodes.Expr] = [nodes.Name(n, "store", lineno=call.lineno) for n in values]
        return [nodes.With(targets, list(values.values()), body, lineno=call.lineno)]

    def _function(self, macro: nodes.Macro, names: _Names, place: _Place) -> str:
        """The name of a long macro, which is defined once, with all that it calls put in."""
        inner = place.inside(f"{macro.name}()", self._used(macro), names=names, block="")
        name = self._long.get(id(macro))
        if name is None:
            name = self._long[id(macro)] = f"whole_{len(self._long)}_{macro.name}"
            body = self._put(macro.body, inner._replace(bound=self._used(macro).sets, constants={}))
            defined = nodes.Macro(name, macro.args, macro.defaults, body, lineno=macro.lineno)
            self._defined.append(defined)
        return name

    def _branches(self, node: nodes.If, place: _Place) -> list[nodes.Node]:
        """Only what may be taken."""
        test = _copied(node.test, place)
        taken = _constant(test)
        if taken is None:
            others = [self._if(other, _copied(other.test, place), place) for other in node.elif_]
            return [self._if(node, test, place, others)]
        if taken:
            return self._put(node.body, place)
        if not node.elif_:
            return self._put(node.else_, place)
        first, *rest = node.elif_
        left = nodes.If(first.test, first.body, rest, node.else_, lineno=first.lineno)
        return self._branches(left, place)

    def _if(
        self, node: nodes.If, test: nodes.Expr, place: _Place, others: Iterable[nodes.If] = ()
    ) -> nodes.If:
        body, left = self._put(node.body, place), self._put(node.else_, place)
        return nodes.If(test, body, list(others), left, lineno=node.lineno)

    def _statement(self, node: nodes.Node, place: _Place) -> nodes.Node:
        """Any other statement; what stands in it is put there likewise."""
        if isinstance(node, (nodes.Macro, nodes.Include, nodes.FromImport, nodes.Import)):
            raise Beyond
        inner = place
        if isinstance(node, (nodes.For, nodes.With, nodes.CallBlock)):
            if node.find(nodes.Block) is not None:
                raise Beyond
            inner = place._replace(bound=place.bound | self._used(node).sets)
        fields = [
            self._put(getattr(node, field), inner)
            if field in ("body", "else_")
            else _copied_value(getattr(node, field), place)
            for field in node.fields
        ]
        return type(node)(*fields, lineno=node.lineno, environment=node.environment)

    def _used(self, node: nodes.Node) -> _Used:
        """The same node may be asked about many times."""
        found = self._known.get(id(node))
        if found is None:
            found = self._known[id(node)] = _used([node])
        return found


def _add(out: list[nodes.Node], more: Iterable[nodes.Node]) -> None:
    """Text and values that follow each other are put out together."""
    for node in more:
        if isinstance(node, nodes.Output) and out and isinstance(out[-1], nodes.Output):
            out[-1].nodes.extend(node.nodes)
        else:
            out.append(node)


def _arguments(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr]:
    """Parameter -> what it is given, or its default."""
    names = [argument.name for argument in macro.args]
    given = dict(zip(names, call.args, strict=False))
    named = {keyword.key: keyword.value for keyword in call.kwargs}
    if len(call.args) > len(names) or named.keys() & given.keys() or named.keys() - set(names):
        raise Beyond
    given |= named
    first = len(names) - len(macro.defaults)
    for name, default in zip(names[first:], macro.defaults, strict=True):
        if name not in given and not isinstance(default, nodes.Const):
            raise Beyond
        given.setdefault(name, default)
    if len(given) < len(names):
        raise Beyond
    return given


# Nodes: questions, and copies.


def _is(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _assigns(node: nodes.Node) -> bool:
    return any(node.find(kind) is not None for kind in (nodes.Assign, nodes.AssignBlock))


def _constant(test: nodes.Expr) -> bool | None:
    """Whether a test holds, if that is the same each time."""
    try:
        return bool(test.as_const())
    except Exception:  # of any kind, from what the test would do: then it is not known here
        return None


def _used(body: Iterable[nodes.Node]) -> _Used:
    loads: set[str] = set()
    sets: set[str] = set()
    left = list(body)
    while left:
        node = left.pop()
        if isinstance(node, nodes.Name):
            (loads if node.ctx == "load" else sets).add(node.name)
            continue
        for field in node.fields:
            value = getattr(node, field)
            if isinstance(value, nodes.Node):
                left.append(value)
            elif isinstance(value, list):
                left += [one for one in value if isinstance(one, nodes.Node)]
    return _Used(frozenset(loads), frozenset(sets))


def _copied(node: Any, place: _Place) -> Any:
    """A node that may be changed, as the same part may stand in several places."""
    if isinstance(node, nodes.Name) and node.name in place.constants:
        return place.constants[node.name]
    fields = [_copied_value(getattr(node, field), place) for field in node.fields]
    return type(node)(*fields, lineno=node.lineno, environment=node.environment)


def _copied_value(value: Any, place: _Place) -> Any:
    if isinstance(value, nodes.Node):
        return _copied(value, place)
    if isinstance(value, list):
        return [_copied_value(one, place) for one in value]
    return value
