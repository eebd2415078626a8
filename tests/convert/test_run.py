"""Whole conversions: from sources/ to content/, again and again, with all that goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.config import Config
from broadsheet.convert import page as page_module
from broadsheet.convert import readers
from broadsheet.convert.draft import Draft
from broadsheet.convert.report import Report
from broadsheet.convert.run import convert_sources
from broadsheet.problems import Problems

PAGE = """第5版 要闻 2024年5月1日 星期三 责任编辑 高远

新桥昨日通车

本报记者 高远

昨日上午，横跨青河的新桥正式通车，两岸居民步行过桥，以后上班不必再绕行十公里。

新桥长八百米，双向四车道，历时三年建成，总投资两亿元。

爱护公物 人人有责
"""


def convert(root: Path, *sources: Path, **how: object) -> Report:
    settings = {"overwrite": False, "dry_run": False, "jobs": 1} | how
    return convert_sources(root, Config(), list(sources) or None, **settings)  # type: ignore[arg-type]


def put(root: Path, name: str, text: str | bytes) -> Path:
    path = root / "sources" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def contents(root: Path) -> dict[str, bytes]:
    folder = root / "content"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_page_becomes_content_files_and_a_summary(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    report = convert(project)
    assert report.problems == []
    files = contents(project)
    assert "2024-05-01/A5/_page.md" in files
    assert "label: '5'" in files["2024-05-01/A5/_page.md"].decode()
    *_, pages, mended, written = report.lines()
    assert pages.startswith("1 page: ")
    assert mended.startswith("0 joins, 0 gaps")
    assert written == f"files: {len(files)} written"


def test_converting_again_changes_nothing(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    convert(project)
    before = contents(project)
    times = {path: path.stat().st_mtime_ns for path in (project / "content").rglob("*.md")}
    report = convert(project)
    assert contents(project) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert [page.written.written for page in report.pages] == [()]


def test_an_edited_file_is_kept_named_and_compared(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    convert(project)
    path = next((project / "content/2024-05-01/A5").glob("01-*.md"))
    path.write_text(path.read_text("utf-8").replace("八百米", "九百米"), "utf-8")
    edited = path.read_bytes()
    lines = list(convert(project).lines(diff=True))
    assert path.read_bytes() == edited
    named = f"{path.relative_to(project).as_posix()}: edited, kept as it is"
    assert named in lines
    assert any(line.startswith("  -") and "九百米" in line for line in lines)
    source = "sources/2024-05-01/A5.txt"
    assert [line for line in lines if line.startswith(source)] == [
        f"{source}: {named.partition(':')[0]}: not in the source: 九",
        f"{source}: line 9: lost: 八",
    ]
    convert(project, overwrite=True)
    assert "八百米" in path.read_text("utf-8")


def test_a_page_does_not_depend_on_other_pages(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    convert(project)
    alone = contents(project)
    put(project, "2024-05-02/A1.txt", PAGE.replace("新桥", "旧楼"))
    convert(project)
    together = contents(project)
    assert {name: together[name] for name in alone} == alone


def test_processes_and_one_process_write_the_same(project: Path) -> None:
    for day in range(1, 11):
        put(project, f"2024-05-{day:02d}/A5.txt", PAGE.replace("八百", f"{day}百"))
    convert(project, jobs=1)
    one = contents(project)
    for path in (project / "content").rglob("*.md"):
        path.unlink()
    report = convert(project, jobs=2)
    assert contents(project) == one
    assert len(report.pages) == 10


def test_a_bad_page_does_not_stop_the_others(project: Path) -> None:
    put(project, "2024-05-01/A1.txt", b"%PDF-1.4 not text")
    put(project, "2024-05-01/A2.txt", "")
    put(project, "2024-05-01/A3.txt", PAGE)
    put(project, "2024-05-01/A4.txt", PAGE)
    put(project, "2024-05-01/A4.yaml", "labl: A4\n")
    report = convert(project)
    assert [str(problem) for problem in report.problems] == [
        "sources/2024-05-01/A1.txt: is a PDF (a source is a text file; of a PDF, keep the name "
        "NAME.pdf)",
        "sources/2024-05-01/A2.txt: is empty (put the page's text in it, or remove it)",
        "sources/2024-05-01/A4.yaml:1: unknown key 'labl' (did you mean 'label'?)",
    ]
    assert {name.split("/")[1] for name in contents(project)} == {"A3"}
    assert list(report.lines())[-1] == "3 pages could not be converted"


def test_an_old_encoding_is_reported(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE.encode("gb18030"))
    report = convert(project)
    assert "sources/2024-05-01/A5.txt: read as gb18030" in list(report.lines())
    assert "新桥昨日通车" in b"".join(contents(project).values()).decode()


def test_form_feeds_make_pages_with_the_lines_of_the_source(project: Path) -> None:
    second = "旧楼今日拆除\n\n今天上午，城南旧楼开始拆除，工期三个月。\n"
    put(project, "2024-05-01/B.txt", PAGE + "\f" + second)
    put(project, "2024-05-01/B.yaml", "section: 要闻\n")
    convert(project)
    files = contents(project)
    assert {name.split("/")[1] for name in files} == {"B-1", "B-2"}
    text = next(t for n, t in files.items() if "B-2/01" in n).decode()
    line = PAGE.count("\n") + 1
    assert f"lines: {line}, {line + 2}" in text
    assert "section: 要闻" in files["2024-05-01/B-2/_page.md"].decode()


def test_the_page_itself_says_its_date_when_the_folder_does_not(project: Path) -> None:
    put(project, "new/A5.txt", PAGE)
    assert convert(project).problems == []
    assert all(name.startswith("2024-05-01/new-A5/") for name in contents(project))


def test_without_any_date_the_page_is_refused(project: Path) -> None:
    put(project, "new/A5.txt", PAGE.partition("\n")[2])
    (problem,) = convert(project).problems
    assert "neither its folder nor the page says a date" in problem.message


def test_a_header_of_another_day_is_a_warning(project: Path) -> None:
    put(project, "2024-05-02/A5.txt", PAGE)
    (page,) = convert(project).pages
    assert page.warnings == ("its folder says 2024-05-02, the page's header 2024-05-01",)


def test_what_is_known_beside_the_text_goes_to_the_page(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    put(project, "2024-05-01/A5.yaml", "label: A5\nnewspaper: 青河日报\ndate_estimated: true\n")
    convert(project)
    page = contents(project)["2024-05-01/A5/_page.md"].decode()
    for line in ("label: A5", "newspaper: 青河日报", "date_estimated: true"):
        assert line in page


def test_where_text_would_be_lost_the_page_is_kept_as_it_came(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    read = page_module.read_text

    def forgetful(*arguments: object) -> object:
        reading = read(*arguments)  # type: ignore[arg-type]
        drafts: list[Draft] = reading.drafts[1:]
        return type(reading)(
            **{
                name: drafts if name == "drafts" else getattr(reading, name)
                for name in reading.__struct_fields__
            }
        )

    monkeypatch.setattr(page_module, "read_text", forgetful)
    report = convert(project)
    (warning,) = report.pages[0].warnings
    assert warning.startswith("kept as it came: line ")
    (name,) = (name for name in contents(project) if "_page" not in name)
    body = contents(project)[name].decode().partition("\n---\n")[2]
    assert body.split() == PAGE.split()


def test_a_fault_of_the_converter_is_one_problem(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)

    def fails(*arguments: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(page_module, "read_text", fails)
    (problem,) = convert(project).problems
    assert "the converter failed: RuntimeError: no such thing" in problem.message


def test_a_fault_of_a_reader_is_one_problem_and_the_others_are_converted(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "2024-05-01/A4.pdf", "%PDF")
    put(project, "2024-05-01/A5.txt", PAGE)

    def fails(*arguments: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(readers, "read", fails)
    report = convert(project)
    (problem,) = report.problems
    assert problem.file == "sources/2024-05-01/A4.pdf"
    assert "reading it failed: RuntimeError: no such thing" in problem.message
    assert any(page.pieces for page in report.pages)


def test_two_sources_of_one_page_are_told_apart(project: Path) -> None:
    put(project, "2024-05-01/a5.txt", PAGE)
    put(project, "2024-05-01/A5.txt", PAGE)
    (problem,) = convert(project).problems
    assert "would become the same page as" in problem.message


def test_only_the_chosen_sources_are_converted(project: Path) -> None:
    chosen = put(project, "2024-05-01/A5.txt", PAGE)
    put(project, "2024-05-02/A5.txt", PAGE)
    convert(project, chosen)
    assert {name.split("/")[0] for name in contents(project)} == {"2024-05-01"}
    convert(project, project / "sources" / "2024-05-02")
    assert {name.split("/")[0] for name in contents(project)} == {"2024-05-01", "2024-05-02"}


def test_a_file_outside_sources_is_refused(project: Path) -> None:
    stray = project / "x.txt"
    stray.write_text(PAGE, "utf-8")
    with pytest.raises(Problems, match="not below sources/"):
        convert(project, stray)


def test_a_dry_run_writes_nothing(project: Path) -> None:
    put(project, "2024-05-01/A5.txt", PAGE)
    report = convert(project, dry_run=True)
    assert contents(project) == {}
    assert "would be written" in list(report.lines())[-1]
