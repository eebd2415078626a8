"""A view and its template -> the bytes of a page. Faults in templates become Problems."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar, cast

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    compiler,
    nodes,
)
from jinja2.runtime import Context
from jinja2.utils import internalcode
from jinja2.visitor import NodeTransformer

from broadsheet.problems import Problem, Problems
from broadsheet.site import flat_template, links, shared_part, straight_code
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import TEMPLATES, template_folders
from broadsheet.site.pages import PageKind
from broadsheet.site.strings import Strings
from broadsheet.site.views import Frame, Site

E = TypeVar("E", bound="_Environment")


class _Context(Context):
    """Calls what a template calls, and asks nothing before.

    Jinja looks for functions that want the context or its escaping as first argument. None here
    does but macros, which without it use the environment's own escaping: always on.
    """

    @internalcode
    def call(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        if named:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
        return function(*arguments, **named)


class _Environment(Environment):
    """Puts `t("key")` in when a template is compiled: sentences do not change between pages."""

    context_class = _Context

    def _generate(self, source: nodes.Template, *arguments: Any, **named: Any) -> str:
        _Compiled(cast(Strings, self.globals["t"])).visit(source)
        return super()._generate(source, *arguments, **named)


class _StraightEnvironment(_Environment):
    """The same, with the code straightened, and each template asked for once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, Template] = {}
        self._flat: dict[str, Template] = {}
        self.filters |= {"list": list, "selectattr": self._select_by_attribute}

    def _select_by_attribute(self, values: Iterable[Any], name: str, *test: Any) -> list[Any]:
        """Jinja's own is ready for asynchronous values and names with dots, and six times slower
        for the few that a page has."""
        if not test:
            return [value for value in values if getattr(value, name)]
        kind, *arguments = test
        return [v for v in values if self.call_test(kind, getattr(v, name), arguments)]

    def get_flat_template(self, name: str, sources: str) -> Template:
        """A template with all that it extends as one, where that can be.

        `sources` tells all templates from others that they may have been before.
        """
        found = self._flat.get(name)
        if found is None:
            found = self._flat[name] = self._made_flat(name, sources) or self.get_template(name)
        return found

    def _made_flat(self, name: str, sources: str) -> Template | None:
        cache, file = cast(BytecodeCache, self.bytecode_cache), f"{name} with its frames"
        bucket = cache.get_bucket(self, file, None, sources)
        if bucket.code is None:
            tree = flat_template.flat(self, name)
            if tree is None:
                return None
            bucket.code = self._compile(self._generate(tree, name, file), file)
            cache.set_bucket(bucket)
        return Template.from_code(self, bucket.code, dict(self.globals))

    def _compile(self, source: str, filename: str) -> CodeType:
        return straight_code.compile_straight(source, filename)

    def get_template(  # type: ignore[override]
        self, name: str, parent: str | None = None, globals: Any = None
    ) -> Template:
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent, globals)
            found.globals = dict(found.globals)  # a chain of dicts is copied slowly for each page
        return found


class _Compiled(NodeTransformer):
    """Every call of `t` with nothing but a constant -> the sentence."""

    def __init__(self, t: Strings) -> None:
        self._t = t

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        named = isinstance(node.node, nodes.Name) and node.node.name == "t"
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if named and plain and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
            return nodes.Const(self._t(node.args[0].value), lineno=node.lineno)
        return node


def _loader(folders: list[Path]) -> BaseLoader:
    """A template by its name; `default/` before it means the program's own, which it may extend."""
    own = PrefixLoader({"default": FileSystemLoader(folders[-1])})
    return ChoiceLoader([FileSystemLoader(folders), own])


#: Characters that XML 1.0 forbids in any form; a feed with one of them is no feed.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _minifier() -> Callable[[str], str]:
    """Raises Problems when the library is not installed."""
    try:
        from minify_html import minify
    except ImportError:
        hint = "pip install 'broadsheet[minify]', or leave the setting out"
        raise Problems([Problem("broadsheet.yaml", 0, "minify: not installed", hint)]) from None
    return functools.partial(minify, keep_closing_tags=True, keep_html_and_head_opening_tags=True)


class _Bytecode(FileSystemBytecodeCache):
    """Compiled templates in a folder, each as long as its source and what it is compiled with
    stay the same."""

    def __init__(self, folder: Path, compiler: str) -> None:
        super().__init__(str(folder))
        self._compiler = compiler

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._compiler + source)


def _compiler(t: Strings) -> str:
    """Tells what templates are compiled with from all else: sentences, our code, Jinja."""
    own = (__file__, flat_template.__file__, shared_part.__file__, straight_code.__file__)
    code = hashlib.blake2b(b"".join(Path(file).read_bytes() for file in own), digest_size=8)
    jinja = Path(compiler.__file__).stat()
    return f"{t.digest} {code.hexdigest()} {jinja.st_size} {jinja.st_mtime_ns}"


def _kept_with_the_program(folders: list[Path]) -> Path | None:
    """Where the program keeps its own templates compiled, as Python does its modules.

    None where a project has templates of its own, and where Python would not write either.
    """
    if sys.dont_write_bytecode or (len(folders) > 1 and folders[0].is_dir()):
        return None
    folder = Path(__file__).parent / "__pycache__"
    is_ours = os.access(folder if folder.is_dir() else folder.parent, os.W_OK)
    return folder / TEMPLATES if is_ours else None


def _site(desk: Desk) -> Site:
    config = desk.config
    return Site(
        title=config.title,
        description=config.description,
        language=config.language,
        newspaper=config.newspaper,
        contact=config.contact,
        base_url=config.base_url,
        has_about=desk.has_about,
        has_search=config.search,
    )


class Renderer:
    """The templates of a project, compiled, and what all pages share."""

    def __init__(self, root: Path, desk: Desk, cache: Path) -> None:
        """`cache`: a folder for compiled templates, where the project has its own."""
        self._folders = template_folders(root)
        self._compiler = _compiler(desk.t)
        self._compiled = (_kept_with_the_program(self._folders) or cache) / desk.language
        self._desk = desk
        self._base_url = desk.config.base_url
        self._site = _site(desk)
        self._shortcuts = desk.config.shortcuts
        self._minify = _minifier() if desk.config.minify else None
        self.saved = 0  #: bytes that minifying saved

    @functools.cached_property
    def _straight(self) -> _StraightEnvironment:
        return self._environment(_StraightEnvironment, "straight")

    @functools.cached_property
    def _plain(self) -> _Environment:
        return self._environment(_Environment, "plain")

    @functools.cached_property
    def _sources(self) -> str:
        """Tells these templates from all others."""
        seen = hashlib.blake2b(digest_size=16)
        for folder in self._folders:
            for path in sorted(folder.rglob("*.*")):
                name = path.relative_to(folder)
                if name.parts[0] != "assets" and path.is_file():
                    seen.update(name.as_posix().encode() + path.read_bytes())
        return seen.hexdigest()

    def _environment(self, kind: type[E], name: str) -> E:
        compiled = self._compiled / name
        compiled.mkdir(parents=True, exist_ok=True)
        environment = kind(
            loader=_loader(self._folders),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=[shared_part.SharedPart],
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_Bytecode(compiled, self._compiler),
        )
        environment.globals.update(t=self._desk.t, site=self._site)
        return environment

    def render(self, kind: PageKind, path: str, content: PageContent) -> bytes:
        """A page of `kind` for the place `path` in the site.

        Raises Problems with file and line when the template is missing or wrong.
        """
        frame = Frame(
            kind=kind.name,
            path=path,
            root=links.root_from(path),
            title=content.title,
            description=content.description,
            canonical=links.absolute(self._base_url, content.canonical or path),
            nav=kind.nav,
            json_ld=content.json_ld,
        )
        try:
            shown = self._shown(kind, page=frame, view=content.view)
            if path.endswith(".xml"):
                return _NO_XML.sub("\ufffd", shown).encode()
            return self._smaller(shown) if path.endswith(".html") else shown.encode()
        except TemplateNotFound as error:
            hint = "restore it from the program's own templates"
            raise Problems([Problem(f"{TEMPLATES}/{error.name}", 0, "not found", hint)]) from None
        except TemplateSyntaxError as error:
            file = self._named(error.filename or kind.template)
            raise Problems([Problem(file, error.lineno, str(error.message))]) from None
        except (TemplateError, TypeError, AttributeError, ValueError, KeyError) as error:
            raise self._located(error, kind, path) from None

    def _smaller(self, page: str) -> bytes:
        full = page.encode()
        if self._minify is None:
            return full
        small = self._minify(page).encode()
        self.saved += len(full) - len(small)
        return small

    def load(self, kinds: Iterable[PageKind]) -> None:
        """Compile templates, or take them from the cache, before they are asked for."""
        for kind in kinds:
            with contextlib.suppress(TemplateError):  # told when a page is made of it
                self._ready(kind)

    def _shown(self, kind: PageKind, **values: object) -> str:
        """Straightened where that will do; else as Jinja has it, which also knows what is wrong."""
        if self._shortcuts:
            with contextlib.suppress(Exception):
                return self._ready(kind).render(values)
        return self._plain.get_template(kind.template).render(values)

    def _ready(self, kind: PageKind) -> Template:
        """Flat for the pages that are many; others would take longer to compile than they save."""
        if not self._shortcuts:
            return self._plain.get_template(kind.template)
        if kind.list or kind.fixed:
            return self._straight.get_template(kind.template)
        return self._straight.get_flat_template(kind.template, self._sources)

    def _located(self, error: Exception, kind: PageKind, path: str) -> Problems:
        """A fault while rendering, at the line of the template where it happened."""
        file, line = kind.template, 0
        for frame in traceback.extract_tb(error.__traceback__):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                file, line = frame.filename, frame.lineno or 0
        if not line:
            raise error
        return Problems([Problem(self._named(file), line, str(error), f"while making {path}")])

    def _named(self, file: str) -> str:
        for folder in self._folders:
            if Path(file).is_relative_to(folder):
                return f"{TEMPLATES}/{Path(file).relative_to(folder).as_posix()}"
        return f"{TEMPLATES}/{file}"
