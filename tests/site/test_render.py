"""How templates are rendered: sentences at compile time, shared parts once, faults with a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.config import Config
from broadsheet.problems import Problems
from broadsheet.site import render as render_module
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.pages import PageKind
from broadsheet.site.render import Renderer
from broadsheet.site.strings import Strings
from broadsheet.site.views import Link


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    return tmp_path


def render(folder: Path, template: str, path: str = "a/b.html", nav: str = "home") -> str:
    (folder / "templates/x.html").write_text(template, encoding="utf-8")
    strings = Strings({"a.b": "“句子”<", "a.n": {"one": "{count} x", "other": "{count} xs"}}, "s")
    renderer = Renderer(folder, Desk(Config(title="T"), strings), folder / "cache")
    view = Link(href="h", text="<b>")
    content = PageContent(view, "title")
    return renderer.render(PageKind("x", "x.html", nav=nav), path, content).decode()


def test_text_is_escaped_and_sentences_too(folder: Path) -> None:
    assert render(folder, "{{ view.text }}{{ t('a.b') }}") == "&lt;b&gt;“句子”&lt;"


def test_a_sentence_has_forms_by_number_and_separators(folder: Path) -> None:
    shown = render(folder, "{{ t('a.n', count=1) }}, {{ t('a.n', count=1234) }}")
    assert shown == "1 x, 1,234 xs"


def test_a_sentence_may_be_chosen_while_rendering(folder: Path) -> None:
    assert render(folder, "{% for x in 'b' %}{{ t('a.' ~ x) }}{% endfor %}") == "“句子”&lt;"


def test_a_shared_part_is_rendered_once_for_each_key(folder: Path) -> None:
    (folder / "templates/x.html").write_text(
        "{% shared page.root %}{{ page.path }}{% endshared %} {{ page.path }}\n"
    )
    renderer = Renderer(folder, Desk(Config(), Strings({}, "s")), folder / "cache")
    kind, content = PageKind("x", "x.html"), PageContent(None, "")
    shown = [renderer.render(kind, path, content).decode() for path in ("a/1", "a/2", "3")]
    assert shown == ["a/1 a/1\n", "a/1 a/2\n", "3 3\n"]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("\n{% for %}", "templates/x.html:2: "),
        ("\n\n{{ view.none }}", "templates/x.html:3: "),
        ("{{ nothing.at.all }}", "templates/x.html:1: 'nothing' is undefined"),
        ("\n{{ view.text + 1 }}", "templates/x.html:2: "),
        ("{{ t('no.key') }}", "s: no sentence for 'no.key'"),
        ("{{ t('a.n') }}", ""),
        ("{% include 'gone.html' %}", "templates/gone.html: not found"),
    ],
)
def test_a_fault_is_told_with_file_and_line(folder: Path, template: str, fault: str) -> None:
    if not fault:
        assert render(folder, template) == "{count} xs"
        return
    with pytest.raises(Problems) as found:
        render(folder, template)
    assert str(found.value).startswith(fault)


def test_other_sentences_compile_other_templates(folder: Path) -> None:
    assert render(folder, "{{ t('a.b') }}") == "“句子”&lt;"
    strings = Strings({"a.b": "other"}, "s")
    renderer = Renderer(folder, Desk(Config(), strings), folder / "cache")
    shown = renderer.render(PageKind("x", "x.html"), "x", PageContent(None, ""))
    assert shown == b"other"


def test_a_template_may_extend_the_one_that_it_hides(folder: Path) -> None:
    extended = '{% extends "default/404.html" %}{% block title %}mine{% endblock %}'
    (folder / "templates/404.html").write_text(extended)
    from broadsheet.site import strings
    from broadsheet.site.fingerprint import template_folders

    desk = Desk(Config(), strings.load(template_folders(folder), "zh-Hans"))
    renderer = Renderer(folder, desk, folder / "cache")
    shown = renderer.render(PageKind("404", "404.html"), "404.html", PageContent(None, "x"))
    assert "<title>mine</title>" in shown.decode()


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{% set d = {'a': '<'} %}{{ d.a }}", "&lt;"),
        ("{% set d = {'items': 1} %}{{ d['items'] }}{{ [7, 8][1] }}", "18"),
        ("{{ view.none is defined }} {{ view.none | default('-') }}", "False -"),
        (
            "{% macro m(a, b='x') %}{{ a }}{{ b }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}",
            "12(3,)",
        ),
        (
            "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m(b=1, a='>') }}{{ m(2) }}",
            "&gt;12&lt;",
        ),
        (
            "{% macro m(context) %}{{ context }}{{ caller() }}{% endmacro %}"
            "{% call m('&') %}<b>{{ view.text }}</b>{% endcall %}",
            "&amp;<b>&lt;b&gt;</b>",
        ),
        (
            "{% macro m(class) %}<i class={{ class }}>{% endmacro %}{{ m(class='a') }}",
            "<i class=a>",
        ),
        (
            "{% set x %}<i>{{ view.text }}</i>{% endset %}{{ x }}{{ x | length }}",
            "<i>&lt;b&gt;</i>16",
        ),
        ("{% block one %}<u>{% endblock %}{{ self.one() }}", "<u><u>"),
        (
            "{% for x in [1, 2] recursive %}{{ loop.index }}{{ loop.last }}{% endfor %}",
            "1False2True",
        ),
        ("{{ view.text | safe }}{{ (view.text | safe) ~ view.text }}", "<b><b>&lt;b&gt;"),
    ],
)
def test_what_templates_may_ask_for_beyond_the_short_ways(
    folder: Path, template: str, shown: str
) -> None:
    assert render(folder, template) == shown


def test_attributes_are_selected_as_jinja_selects_them(folder: Path) -> None:
    template = (
        "{% set rows = [view, view] %}{{ rows | selectattr('text') | list | length }}"
        "{{ rows | selectattr('note') | list | length }}"
        "{{ rows | selectattr('href', 'equalto', 'h') | list | length }}"
        "{{ rows | selectattr('href', 'equalto', 'x') | list | length }}"
        "{{ [{'a': {'b': 1}}] | selectattr('a.b') | list | length }}"
    )
    assert render(folder, template) == "20201"


def test_templates_that_another_version_compiled_are_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[dict[Path, bytes]] = []
    for compiler in ("one", "another", "another"):
        monkeypatch.setattr("broadsheet.site.render._compiler", lambda _, name=compiler: name)
        assert render(folder, "{{ view.href }}") == "h"
        files = (folder / "cache").rglob("*.cache")
        compiled.append({file: file.read_bytes() for file in files})
    one, another, again = compiled
    assert one.keys() == another.keys()
    assert one != another
    assert another == again


def test_the_programs_own_templates_are_kept_compiled_as_its_modules_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(root: Path) -> Path | None:
        return render_module._kept_with_the_program(template_folders(root))

    monkeypatch.setattr("sys.dont_write_bytecode", False)
    found = kept(tmp_path)
    assert found is not None
    assert found.parent.name == "__pycache__"
    (tmp_path / "templates").mkdir()
    assert kept(tmp_path) is None
    (tmp_path / "templates").rmdir()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert kept(tmp_path) is None
