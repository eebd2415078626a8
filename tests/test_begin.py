"""`new` makes a ready archive, `add` takes a page in; neither overwrites anything."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import yaml

from broadsheet.config import Config, load


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_new_archive_works_at_once(run: Callable, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "paper"
    assert run("new", folder, "--language", language, "--title", "Old Paper").code == 0
    assert load(folder) == Config(title="Old Paper", language=language)
    for command in ("convert", "build", "check"):
        done = run("-C", folder, command)
        assert done.code == 0, done.err
    types = {path.read_text("utf-8").split("\n")[1] for path in (folder / "content").rglob("0*.md")}
    assert types == {"type: article", "type: slogan", "type: obituary", "type: notice"}
    assert (folder / "site/index.html").is_file()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_setting_is_explained(run: Callable, tmp_path: Path, language: str) -> None:
    run("new", tmp_path / "paper", "--language", language)
    text = (tmp_path / "paper/broadsheet.yaml").read_text(encoding="utf-8")
    blocks = [block.split("\n") for block in text.strip().split("\n\n")[1:]]
    keys = [line.removeprefix("# ").partition(":")[0] for _, line in blocks]
    assert keys == list(Config.__struct_fields__)
    assert all(meaning.startswith("# ") and len(meaning) > 5 for meaning, _ in blocks)
    every = yaml.safe_load("\n".join(line.removeprefix("# ") for _, line in blocks))
    assert every == msgspec.to_builtins(Config(title=every["title"], language=language))


def test_a_folder_in_use_is_left_alone(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run("new", tmp_path)
    assert done.code == 1
    assert "is not empty" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


PAGE = "河边新修的石阶昨日完工\n\n昨日，河边新修的石阶昨日完工，上下码头方便多了。石阶共六十级。\n"


def test_add_takes_a_page_in_and_says_what_it_found(run: Callable, project: Path) -> None:
    text = project / "page.txt"
    text.write_text(PAGE, encoding="utf-8")
    arguments = ("-C", project, "add", text, "--date", "1998-01-06", "--page", "2")
    done = run(*arguments, "--section", "本地")
    assert done.code == 0, done.err
    assert "河边新修的石阶昨日完工" in done.out
    source = project / "sources/1998-01-06/02.txt"
    assert source.read_text(encoding="utf-8") == PAGE
    known = yaml.safe_load(source.with_suffix(".yaml").read_text(encoding="utf-8"))
    assert known == {"label": "2", "section": "本地"}
    text.write_text("Another text.\n")
    refused = run(*arguments)
    assert refused.code == 1
    assert "is already there with other text" in refused.err
    assert source.read_text(encoding="utf-8") == PAGE


def test_add_keeps_the_kind_of_a_file_with_geometry(run: Callable, project: Path) -> None:
    box = 'HPOS="1" VPOS="1" WIDTH="8" HEIGHT="1"'
    alto = (
        '<alto><Layout><Page WIDTH="10" HEIGHT="10"><TextBlock>'
        f'<TextLine {box}><String CONTENT="新桥通车"/></TextLine>'
        "</TextBlock></Page></Layout></alto>"
    )
    file = project / "page"
    file.write_text(alto, encoding="utf-8")
    done = run("-C", project, "add", file, "--date", "1998-01-07", "--page", "1")
    assert done.code == 0, done.err
    assert (project / "sources/1998-01-07/01.xml").read_text(encoding="utf-8") == alto
    assert (project / "sources/1998-01-07/01.txt").read_text(encoding="utf-8") == "新桥通车\n\n"


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine on which the wheel was installed, and no checkout is near."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(build, cwd=repository, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "packages")
    libraries = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "packages"), *libraries])}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_new_archive_works_with_the_wheel_alone(
    installed: dict[str, str], tmp_path: Path, language: str
) -> None:
    def run(*arguments: str, folder: Path = tmp_path) -> str:
        command = [sys.executable, "-m", "broadsheet", *arguments]
        done = subprocess.run(command, cwd=folder, env=installed, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("new", "paper", "--language", language)
    paper = tmp_path / "paper"
    for command in ("convert", "build", "check"):
        run(command, folder=paper)
    where = "import broadsheet; print(broadsheet.__file__)"
    program = [sys.executable, "-c", where]
    found = subprocess.run(program, cwd=paper, env=installed, capture_output=True, text=True).stdout
    assert found.startswith(installed["PYTHONPATH"].split(os.pathsep)[0])
    assert (paper / "site/assets/style.css").is_file()
    assert (paper / ".github/workflows/pages.yml").is_file()


def test_add_reads_standard_input(project: Path) -> None:
    command = [sys.executable, "-m", "broadsheet", "-C", str(project), "add", "-"]
    told = ["--date", "1998-01-06", "--page", "A07"]
    done = subprocess.run([*command, *told], input=PAGE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (project / "sources/1998-01-06/A07.txt").read_text(encoding="utf-8") == PAGE
    columns = ("type", "headline", "paragraphs", "joins", "gaps")
    assert all(column in done.stdout for column in columns)
    assert "content/1998-01-06/A07/" in done.stdout


@pytest.mark.parametrize("page", ["../03", "版三", "a b", ""])
def test_a_page_that_cannot_be_a_files_name(run: Callable, project: Path, page: str) -> None:
    text = project / "page.txt"
    text.write_text(PAGE, encoding="utf-8")
    done = run("-C", project, "add", text, "--date", "1998-01-06", "--page", page)
    assert done.code == 1
    assert "cannot be a file's name" in done.err
    assert list((project / "sources").iterdir()) == []


def test_the_workflow_here_is_the_one_that_new_writes(repository: Path) -> None:
    starter = repository / "broadsheet/starter/github"
    for path in starter.rglob("*"):
        if path.is_file():
            mine = repository / ".github" / path.relative_to(starter)
            assert mine.read_bytes() == path.read_bytes(), path.name
