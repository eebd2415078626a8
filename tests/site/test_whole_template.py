"""A template put together with its frames and macros makes the page that Jinja makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, nodes

from broadsheet.config import Config
from broadsheet.site import strings
from broadsheet.site.content import PageContent
from broadsheet.site.desk import Desk
from broadsheet.site.fingerprint import template_folders
from broadsheet.site.pages import PAGES, PageKind
from broadsheet.site.render import Renderer
from broadsheet.site.shared_part import SharedPart
from broadsheet.site.straight_code import compile_straight
from broadsheet.site.whole_template import ASKED, Beyond, Workshop

FRAME = (
    "{% import 'm' as m %}<{% block head %}head {{ page }}{% endblock %}|"
    "{% block main %}{% block inner %}in{% endblock %}{% endblock %}>"
)
MACROS = (
    "{% macro b(x) %}<b>{{ x }}</b>{% endmacro %}"
    "{% macro two(x, y='<y>', z=true) %}{{ b(x) }}{{ y }}{% if z %}z{% else %}-{% endif %}"
    "{% endmacro %}"
    "{% macro rows(all) %}{% for x in all %}{{ loop.index }}{{ two(x, z=loop.last) }}{% endfor %}"
    "{% endmacro %}"
    "{% macro long(x) %}{% for y in x %}{% if y == 'a' %}{{ b(y) }}{{ y ~ y }}{% elif y == 'b' %}"
    "{{ two(y) }}{{ y }}{% else %}{{ [y, y] | join('<') }}{{ y | upper }}{% endif %}"
    "{% if y and x and 1 < 2 %}{{ y }}{{ x }}{% endif %}{% endfor %}{% endmacro %}"
)


def environment(page: str, other: str = "", macros: str = MACROS) -> Environment:
    templates = {"page": page, "other": other, "frame": FRAME, "m": macros}
    made = Environment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[SharedPart],
    )
    made.globals.update(t=str.upper)
    return made


def whole(made: Environment) -> nodes.Template:
    return Workshop(made, lambda tree: tree).whole("page")


def shown(made: Environment) -> str:
    code = compile_straight(made._generate(whole(made), "page", "page"), "page", ASKED)
    template = made.template_class.from_code(made, code, made.globals)
    return template.render(page="<p>", view=["a", "b", "c"])


@pytest.mark.parametrize(
    "page",
    [
        "{{ page }}{{ view }}{{ t('x') }}",
        "{% extends 'frame' %}{% block main %}{{ view[0] }}{% endblock %}",
        "{% extends 'frame' %}{% block inner %}{{ super() }}{{ super() }}!{% endblock %}",
        "{% extends 'frame' %}{% block inner %}{{ self.head() }}{% endblock %}",
        "{% extends 'other' %}{% block inner %}page {{ super() }}{% endblock %}",
        "{% extends 'frame' %}{% set x = view[1] %}{% block inner %}{{ x }}{% endblock %}",
        "{% extends 'frame' %}{% block head %}{% set x = 1 %}{{ x }}{% endblock %}"
        "{% block main %}{{ x is defined }}{% endblock %}",
        "{% import 'm' as m %}{{ m.b(page) }}{{ m.two('&', z=false) }}{{ m.two(page, page) }}",
        "{% import 'm' as m %}{{ m.rows(view) }}{{ m.rows(view) }}",
        "{% import 'm' as m %}{{ m.long(view) }}{% for x in view %}{{ m.long(view) }}{% endfor %}",
        "{% import 'm' as m %}{{ m.b(page) ~ m.b(page) }}{{ m.b(m.b(page)) }}",
        "{% macro own() %}{{ view[2] }}{% endmacro %}{{ own() }}",
        "{% macro own(x) %}{% set y = x %}{{ y }}{% endmacro %}{{ own(1) }}{{ own(page) }}",
        "{% if 1 > 2 %}{{ none.at.all }}{% elif view %}v{% else %}w{% endif %}",
        "{% if false %}a{% elif false %}b{% elif true %}c{% endif %}{% if 1 %}d{% endif %}",
        "{% shared page %}{{ page }}{% endshared %}",
        "{% import 'm' as m %}{% shared page %}{{ m.b(page) }}{% endshared %}{{ m.b(1) }}",
        "{% import 'm' as m %}{% set x %}{{ m.b(page) }}{% endset %}{{ x }}",
    ],
)
def test_it_makes_the_same_page(page: str) -> None:
    other = "{% extends 'frame' %}{% block inner %}other {{ super() }}{% endblock %}"
    made = environment(page, other)
    expected = made.get_template("page").render(page="<p>", view=["a", "b", "c"])
    assert shown(made) == expected


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("{% extends view %}", "its frame is known only when it is rendered"),
        ("{% macro r(x) %}{% if x %}{{ r(0) }}{% endif %}{% endmacro %}{{ r(1) }}", "for ever"),
        ("{% for x in view %}{% block b %}{{ x }}{% endblock %}{% endfor %}", "a block in a loop"),
        (
            "{% macro o() %}{{ page }}{% endmacro %}{% for page in view %}{{ o() }}{% endfor %}",
            "page would mean another thing",
        ),
        ("{% macro own() %}o{% endmacro %}{{ own() | upper }}", "called where it is not shown"),
        ("{% macro own(x) %}{{ varargs }}{% endmacro %}{{ own(1) }}", "more than it names"),
        ("{% set t = 1 %}{{ t }}", "a name of every page"),
        ("{% import 'm' as m %}{{ m.b() }}", "a fault, which Jinja tells"),
        ("{% include 'm' %}", "included"),
    ],
)
def test_what_asks_for_more_is_left_to_jinja(page: str, why: str) -> None:
    with pytest.raises(Beyond):
        whole(environment(page))


def test_the_pages_of_an_issue_are_all_put_together(tmp_path: Path) -> None:
    desk = Desk(Config(), strings.load(template_folders(tmp_path), "zh-Hans"))
    renderer = Renderer(tmp_path, desk, tmp_path / "cache")
    own = [kind.template for kind in PAGES if not kind.list and not kind.fixed]
    assert len(own) == 6
    for template in own:
        renderer._straight._workshop.whole(template)


def test_a_frame_that_changed_is_seen_in_the_pages_that_have_it(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/x.html").write_text("{% extends 'frame.html' %}")
    desk = Desk(Config(), strings.Strings({}, "s"))
    for frame in ("one", "two"):
        (tmp_path / "templates/frame.html").write_text(frame)
        renderer = Renderer(tmp_path, desk, tmp_path / "cache")
        page = renderer.render(PageKind("x", "x.html"), "x.html", PageContent(None, ""))
        assert page.decode() == frame


def test_settings_are_put_in_and_change_with_them(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/x.html").write_text(
        "{% if site.title == 'B' %}b{% endif %}{{ site.title }}"
    )
    for title, expected in (("A", "A"), ("B", "bB")):
        desk = Desk(Config(title=title), strings.Strings({}, "s"))
        renderer = Renderer(tmp_path, desk, tmp_path / "cache")
        page = renderer.render(PageKind("x", "x.html"), "x.html", PageContent(None, ""))
        assert page.decode() == expected
