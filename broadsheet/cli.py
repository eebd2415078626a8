"""Every command, in the order of an archive's life. Each one names what does the work.

Exit codes: 0 done, 1 problems found (each with file, line and what to do), 2 wrong usage.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from broadsheet import __version__
from broadsheet.problems import Problem, Problems, of_system

if TYPE_CHECKING:
    from broadsheet.config import Config
    from broadsheet.piece import Language
    from broadsheet.progress import Stage

EXIT_PROBLEMS = 1


class Project:
    """The archive that a command works on: its folder, its settings, and how much to say."""

    def __init__(self, root: Path, quiet: bool, verbose: bool) -> None:
        self.root = root
        self.quiet = quiet
        self.verbose = verbose

    @property
    def config(self) -> Config:
        from broadsheet.config import load

        return load(self.root)

    @property
    def progress(self) -> Stage:
        from broadsheet.progress import for_terminal

        return for_terminal(self.quiet)

    def say(self, text: str) -> None:
        """A line for the person at the terminal; `--quiet` leaves only problems."""
        if not self.quiet:
            click.echo(text)


class Commands(click.Group):
    """The commands in the order in which they are declared."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    metavar="DIR",
    help="Work in this folder instead of the current one.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.version_option(__version__, prog_name="broadsheet")
@click.pass_context
def cli(context: click.Context, folder: Path, quiet: bool, verbose: bool) -> None:
    """Raw text of archived newspaper pages in, a browsable static site out.

    Without a command: build.
    """
    context.obj = Project(folder.resolve(), quiet, verbose)
    if context.invoked_subcommand is None:
        context.invoke(build)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--language",
    type=click.Choice(["zh-Hans", "zh-Hant", "en"]),
    default="zh-Hans",
    show_default=True,
    help="Language of the interface.",
)
@click.option("--title", default="", help="Name of the archive, in the masthead.")
@click.pass_obj
def new(project: Project, folder: Path, language: Language, title: str) -> None:
    """Begin an archive in a new folder, ready to convert, build and serve.

    \b
    Example:  broadsheet new my-paper --language zh-Hans --title 白石渡报
    Exit codes:  0 done, 1 the folder is not empty, 2 wrong usage
    """
    from broadsheet.begin import new_archive

    for name in new_archive(project.root / folder, language, title):
        project.say(f"  {folder}/{name}")
    project.say(f"Now: cd {folder}, then: broadsheet convert, broadsheet serve --open")


@cli.command()
@click.argument("file", type=click.File("rb"))
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="YYYY-MM-DD")
@click.option("--page", required=True, help="Label of the newspaper page, such as 3 or A07.")
@click.option("--section", default="", help="Section of the paper, such as 国际.")
@click.pass_obj
def add(project: Project, file: BinaryIO, date: datetime.datetime, page: str, section: str) -> None:
    """Take the text of a page in as a source, convert it, and say what was found.

    FILE is a text file, ALTO, PAGE XML, hOCR or PDF with a text layer, or - for standard input.

    \b
    Example:  broadsheet add page.txt --date 1998-01-05 --page 3 --section 国际
    Exit codes:  0 done, 1 problems found, 2 wrong usage
    """
    from broadsheet.begin import add_source
    from broadsheet.convert.run import convert_sources

    source = add_source(project.root, file.read(), date.date(), page, section)
    report = convert_sources(project.root, project.config, [source])
    for text in report.lines(verbose=True, diff=False):
        project.say(text)
    _exit_with(report.problems)


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Also rewrite files that a person has edited.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@click.option("--diff", is_flag=True, help="Show how edited files differ from the converter's.")
@click.option("--explain", is_flag=True, help="Show every stage's result; write nothing.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one a core).")
@click.pass_obj
def convert(
    project: Project,
    sources: tuple[Path, ...],
    overwrite: bool,
    dry_run: bool,
    diff: bool,
    explain: bool,
    jobs: int | None,
) -> None:
    """Turn raw page text under sources/ into content files.

    Without SOURCES: all of them. A content file that a person has edited is kept and named.

    \b
    Example:  broadsheet convert sources/2025-12-05/01.txt
    Exit codes:  0 done, 1 a source could not be converted, 2 wrong usage
    """
    from broadsheet.convert import run

    chosen = [(project.root / path).resolve() for path in sources] or None
    if explain:
        for path in run.find_sources(project.root, chosen):
            click.echo(run.explain_source(path, project.root))
        return
    report = run.convert_sources(
        project.root,
        project.config,
        chosen,
        overwrite=overwrite,
        dry_run=dry_run,
        jobs=jobs,
        progress=project.progress,
    )
    for text in report.lines(verbose=project.verbose, diff=diff):
        project.say(text)
    _exit_with(report.problems)


@cli.command()
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one a core).")
@click.option("--verify", is_flag=True, help="Compare digests of all files, not their times.")
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Make the issues on a Dask cluster: tcp://HOST:PORT, or local:2.",
)
@click.option("--profile", is_flag=True, help="Say where the time went.")
@click.option("--digest", is_flag=True, help="Print one SHA-256 of all files of the site.")
@click.pass_obj
def build(
    project: Project,
    jobs: int | None = None,
    verify: bool = False,
    cluster: str = "",
    profile: bool = False,
    digest: bool = False,
) -> None:
    """Build the site: content/ and templates/ into site/. Only what changed is written.

    \b
    Example:  broadsheet build
    Exit codes:  0 done, 1 problems found (site/ stays as it was), 2 wrong usage
    """
    from broadsheet.site.build import build as build_site

    summary = build_site(
        project.root,
        project.config,
        jobs=jobs,
        verify=verify,
        cluster=cluster,
        progress=project.progress,
    )
    project.say(str(summary))
    if profile:
        from broadsheet.clock import as_table

        click.echo(as_table(summary.spent, summary.pieces))
    if digest:
        from broadsheet.site.output import digest as digest_of

        click.echo(digest_of(project.root))


@cli.command()
@click.option("--jobs", type=click.IntRange(min=1), help="Processes (default: one a core).")
@click.pass_obj
def check(project: Project, jobs: int | None) -> None:
    """Look for problems: front matter, links and anchors in site/, and lost text.

    Every non-space character of each source must stand exactly once in its content files.

    \b
    Example:  broadsheet check
    Exit codes:  0 all is well, 1 problems found, 2 wrong usage
    """
    from broadsheet.check import check as find_problems

    _exit_with(find_problems(project.root, project.config, jobs=jobs, progress=project.progress))
    project.say("No problems.")


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--count", is_flag=True, help="Print only how many pieces were found.")
@click.option("--json", "as_json", is_flag=True, help="Print the pieces as a JSON list.")
@click.pass_obj
def search(project: Project, words: tuple[str, ...], count: bool, as_json: bool) -> None:
    """Search the built site as its search page does: exactly, newest first.

    All WORDS must occur; '"New York"' keeps a phrase together, -word leaves out, '|' means or.

    \b
    Example:  broadsheet search 特使 -丹麦
    Exit codes:  0 found, 1 nothing found or no index, 2 wrong usage
    """
    from broadsheet.search.command import as_text
    from broadsheet.search.command import search as find

    hits = find(project.root, " ".join(words))
    if hits or count or as_json:
        click.echo(str(len(hits)) if count else as_text(hits, as_json=as_json))
    if not hits:
        sys.exit(EXIT_PROBLEMS)


@cli.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any other lets other machines in.",
)
@click.option("--sub-path", is_flag=True, help="Serve under the path of base_url.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.pass_obj
def serve(project: Project, port: int, host: str, sub_path: bool, open_browser: bool) -> None:
    """Preview the site with live reload; a change is converted and built as it is saved.

    \b
    Example:  broadsheet serve --open
    Exit codes:  0 stopped with Ctrl-C, 1 the port is taken or base_url not set, 2 wrong usage
    """
    from broadsheet.preview import serve as serve_site

    serve_site(
        project.root,
        host=host,
        port=port,
        sub_path=sub_path,
        open_browser=open_browser,
        say=project.say,
        progress=project.progress,
    )


@cli.command()
@click.option("--dry-run", is_flag=True, help="Say what would be pushed; push nothing.")
@click.pass_obj
def publish(project: Project, dry_run: bool) -> None:
    """Push site/ to the branch that GitHub Pages serves.

    Refused when the site is not the current content's, or when `check` finds a problem.

    \b
    Example:  broadsheet publish --dry-run
    Exit codes:  0 done, 1 problems found (nothing was pushed), 2 wrong usage
    """
    from broadsheet.publish import publish as push_site

    push_site(project.root, project.config, dry_run=dry_run, say=project.say)


@cli.command()
@click.pass_obj
def clean(project: Project) -> None:
    """Remove what the build wrote: its files in site/, and .broadsheet/.

    \b
    Example:  broadsheet clean
    Exit codes:  0 done, 1 a file could not be removed, 2 wrong usage
    """
    from broadsheet.site.output import clean as remove_outputs

    project.say(f"Removed {remove_outputs(project.root)} files.")


def _exit_with(problems: Iterable[Problem]) -> None:
    """Raise what was found, if anything; `main` prints it."""
    found = list(problems)
    if found:
        raise Problems(found)


def main(arguments: list[str] | None = None) -> None:
    """Run one command line; problems go to standard error, one line each."""
    sys.exit(_run(lambda: cli.main(arguments, standalone_mode=False)))


def _run(command: Callable[[], Any]) -> int:
    try:
        command()
    except Problems as found:
        for problem in found.problems:
            click.echo(str(problem), err=True)
        return EXIT_PROBLEMS
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            return EXIT_PROBLEMS
        click.echo(str(of_system(error)), err=True)
        return EXIT_PROBLEMS
    return 0
