"""A template and all that it extends as one template: each block stands where the frame has it.

    {% extends "base.html" %}                     base.html, with these blocks in their places
    {% block main %}...{% endblock %}

Jinja looks for the blocks of a page anew each time, and calls each of them; here they are parts of
one function. What comes out is the same. A template that asks for more (`super()`, a block in a
loop, a frame that is chosen while rendering) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

#: What may stand around a block: in anything else it would see names that it does not see now.
_AROUND = (nodes.Block, nodes.If)


class _Differs(Exception):
    """As one template it would mean another thing."""


def flat(environment: Environment, name: str) -> nodes.Template | None:
    """The template with its frames; None where it stays as it is.

    Raises what Jinja raises for templates that are missing or wrong.
    """
    trees: list[nodes.Template] = []
    try:
        while name:
            assert environment.loader is not None
            source, file, _ = environment.loader.get_source(environment, name)
            trees.append(environment.parse(source, name, file))
            name = _frame_of(trees[-1])
        tree = _together(trees)
    except _Differs:
        return None
    tree.set_environment(environment)
    return tree


def _frame_of(tree: nodes.Template) -> str:
    """The name of what a template extends, "" where it extends nothing."""
    found = list(tree.find_all(nodes.Extends))
    if not found:
        return ""
    before = list(takewhile(lambda node: node is not found[0], tree.body))
    is_shown = any(isinstance(node, nodes.Output) for node in before)
    chosen = found[0].template
    if len(found) > 1 or len(before) == len(tree.body) or is_shown:
        raise _Differs
    if not isinstance(chosen, nodes.Const):
        raise _Differs
    return str(chosen.value)


def _together(trees: list[nodes.Template]) -> nodes.Template:
    """Templates, of which each extends the next, as one."""
    blocks: dict[str, nodes.Block] = {}
    for tree in trees:
        own = {block.name: block for block in _blocks(tree)}
        if len(own) != sum(1 for _ in tree.find_all(nodes.Block)):
            raise _Differs
        blocks = own | blocks
        if any(name.name in ("super", "self") for name in tree.find_all(nodes.Name)):
            raise _Differs
    before = [node for tree in trees[:-1] for node in _done_before(tree)]
    body = _named_once([*before, *trees[-1].body])
    return _Placed(blocks).placed(nodes.Template(body, lineno=1))


def _blocks(tree: nodes.Node) -> Iterator[nodes.Block]:
    """The blocks that may be put in another place."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        if isinstance(child, _AROUND):
            yield from _blocks(child)


def _done_before(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What a template does before the one that it extends is rendered."""
    for node in tree.body:
        if isinstance(node, (nodes.Import, nodes.Macro, nodes.Assign)):
            yield node
        elif not isinstance(node, (nodes.Extends, nodes.Block, nodes.Output)):
            raise _Differs


def _named_once(body: list[nodes.Node]) -> list[nodes.Node]:
    """Without imports that are made already; no template may name what another one names."""
    imported: dict[str, nodes.Expr] = {}
    named: list[str] = []
    out: list[nodes.Node] = []
    for node in body:
        if isinstance(node, nodes.Import):
            if node.target in imported and imported[node.target] == node.template:
                continue
            imported[node.target] = node.template
            named.append(node.target)
        elif isinstance(node, nodes.Macro):
            named.append(node.name)
        elif isinstance(node, nodes.Assign):
            named += [name.name for name in node.target.find_all(nodes.Name)]
            named += [node.target.name] if isinstance(node.target, nodes.Name) else []
        out.append(node)
    if len(named) != len(set(named)):
        raise _Differs
    return out


class _Placed(NodeTransformer):
    """Each block in its place, where names that it sets are its own."""

    def __init__(self, blocks: dict[str, nodes.Block]) -> None:
        self._left = dict(blocks)

    def placed(self, tree: nodes.Template) -> nodes.Template:
        self.generic_visit(tree)
        return tree

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        block = self._left.pop(node.name, None)
        if block is None or block.required:  # it stands in two places, or is missing
            raise _Differs
        self.generic_visit(block)
        return nodes.Scope(block.body, lineno=block.lineno)
