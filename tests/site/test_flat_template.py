"""A template put together with its frames makes the page that Jinja makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from broadsheet.config import Config
from broadsheet.site import strings
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.flat_template import flat
from broadsheet.site.pages import PAGES, PageKind
from broadsheet.site.render import Renderer
from broadsheet.site.shared_part import SharedPart
from broadsheet.site.straight_code import compile_straight

TEMPLATES = {
    "m": "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}",
    "frame": "{% import 'm' as m %}<{% block head %}head {{ page }}{% endblock %}|"
    "{% block main %}{% block inner %}in{% endblock %}{% endblock %}|"
    "{% if view %}{% block last %}{{ m.b('last') }}{% endblock %}{% endif %}>",
    "other": "{% extends 'frame' %}{% import 'm' as m %}{% set z = 3 %}"
    "{% block main %}{{ z }}[{% block inner %}other{% endblock %}]{% endblock %}",
    "loop": "{% for x in view %}{% block b %}x{% endblock %}{% endfor %}",
    "twice": "{% extends 'frame' %}{% block b %}{% endblock %}{% block b %}{% endblock %}",
}
VALUES = {"page": "<p>", "view": ["a", "b", "c"]}


def environment(page: str) -> Environment:
    return Environment(
        loader=DictLoader({**TEMPLATES, "page": page}),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[SharedPart],
    )


@pytest.mark.parametrize(
    "page",
    [
        "{{ page }}{{ view }}",
        "{% block a %}{{ page }}{% endblock %}",
        "{% extends 'frame' %} {% block main %}{{ view[0] }}{% endblock %} not shown",
        "{% extends 'frame' %}{% block inner %}{{ page }}{% endblock %}",
        "{% extends 'other' %}{% block inner %}page{% endblock %}",
        "{% extends 'other' %}{% set y = view[1] %}{% block last %}{{ y }}{{ z }}{% endblock %}",
        "{% extends 'frame' %}{% block inner %}{% block main %}m{% endblock %}{% endblock %}",
        "{% extends 'frame' %}{% block unknown %}{{ nothing }}{% endblock %}",
        "{% extends 'frame' %}{% import 'm' as m %}{% block inner %}{{ m.b(page) }}{% endblock %}",
        "{% extends 'frame' %}{% block head %}{% set x = 1 %}{{ x }}{% endblock %}"
        "{% block main %}{{ x is defined }}{% endblock %}",
        "{% extends 'frame' %}{% macro own(x) %}{{ x }}{{ view[2] }}{{ later() }}{% endmacro %}"
        "{% macro later() %}later{% endmacro %}{% block main %}{{ own(page) }}{% endblock %}",
        "{% extends 'frame' %}{% block main %}{% shared page %}{{ page }}{% endshared %}"
        "{% for x in view %}{{ loop.index }}{{ x }}{% endfor %}{% endblock %}",
    ],
)
def test_it_makes_the_same_page(page: str) -> None:
    made = environment(page)
    expected = made.get_template("page").render(VALUES)
    tree = flat(made, "page")
    assert tree is not None
    code = compile_straight(made._generate(tree, "page", "page"), "page")
    assert made.template_class.from_code(made, code, made.globals).render(VALUES) == expected


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("{% extends view %}", "its frame is known only when it is rendered"),
        ("{% if view %}{% extends 'frame' %}{% endif %}", "it extends it sometimes"),
        ("x{% extends 'frame' %}", "shown before the frame"),
        ("{% import 'm' as m %} {% extends 'frame' %}", "shown before the frame"),
        ("{% extends 'loop' %}{% block b %}{{ x is defined }}{% endblock %}", "a block in a loop"),
        ("{% extends 'frame' %}{% block main %}{{ super() }}{% endblock %}", "a hidden block"),
        ("{% extends 'frame' %}{% block main %}{{ self.head() }}{% endblock %}", "a block twice"),
        (
            "{% extends 'frame' %}{% block main %}{% block head %}{% endblock %}{% endblock %}",
            "a block in two places",
        ),
        ("{% extends 'twice' %}", "a fault, which Jinja tells"),
        ("{% extends 'other' %}{% set z = 1 %}", "two of one name"),
        ("{% extends 'frame' %}{% import 'loop' as m %}", "two imports of one name"),
        ("{% extends 'frame' %}{% if page %}{% set z = 1 %}{% endif %}", "done sometimes"),
    ],
)
def test_what_asks_for_more_stays_as_it_is(page: str, why: str) -> None:
    assert flat(environment(page), "page") is None


def test_the_pages_of_an_issue_are_all_flat(tmp_path: Path) -> None:
    desk = Desk(Config(), strings.load(template_folders(tmp_path), "zh-Hans"))
    renderer = Renderer(tmp_path, desk, tmp_path / "cache")
    own = [kind.template for kind in PAGES if not kind.list and not kind.fixed]
    assert len(own) == 6
    for template in own:
        assert flat(renderer._straight, template) is not None


def test_a_frame_that_changed_is_seen_in_the_pages_that_have_it(tmp_path: Path) -> None:
    (tmp_path / "templates/own").mkdir(parents=True)
    (tmp_path / "templates/x.html").write_text("{% extends 'own/frame.html' %}")
    desk = Desk(Config(), strings.Strings({}, "s"))
    for frame in ("one", "two"):
        (tmp_path / "templates/own/frame.html").write_text(frame)
        renderer = Renderer(tmp_path, desk, tmp_path / "cache")
        page = renderer.render(PageKind("x", "x.html"), "x.html", PageContent(None, ""))
        assert page.decode() == frame
