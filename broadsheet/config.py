"""Settings: broadsheet.yaml -> Config. Unknown keys are errors that name the nearest known key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec

from broadsheet import frontmatter
from broadsheet.piece import Language
from broadsheet.problems import Problem, Problems

FILE = "broadsheet.yaml"


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every setting of an archive, with its default."""

    title: str = "报页存档"  #: name of the archive, in the masthead
    description: str = ""  #: one sentence, for search engines and the feed
    language: Language = "zh-Hans"  #: language of the interface; pieces keep their own
    base_url: str = ""  #: where the site is published, https://example.org/archive/
    newspaper: str = ""  #: name of the newspaper, when all pages are of one
    repository: str = ""  #: https://github.com/NAME/REPO, for correction links
    branch: str = "main"  #: branch of the repository that correction links edit
    publish_remote: str = "origin"  #: git remote that `publish` pushes to
    publish_branch: str = "gh-pages"  #: branch that GitHub Pages serves
    cname: str = ""  #: a domain of one's own for GitHub Pages, www.example.org
    contact: str = ""  #: an address for corrections and removals: mail or URL
    timezone: str = "Asia/Shanghai"  #: of the dates and times in the paper
    obituary_section: str = ""  #: section of obituaries; 讣告 by default, in the language
    slogan_section: str = ""  #: section of slogans; 标语 by default
    notice_section: str = ""  #: section of notices; 启事 by default
    search: bool = True  #: the search page and its index
    minify: bool = False  #: smaller pages, with minify-html; the build says what it saves
    shortcuts: bool = True  #: take short ways through the common case; the bytes are the same
    feed_items: Annotated[int, msgspec.Meta(ge=1, le=200)] = 20  #: pieces in the feed


def load(root: Path) -> Config:
    """Read the settings of the project in `root`; defaults where there is no file.

    Raises Problems with every fault of the file.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise Problems([Problem(FILE, 0, f"cannot be read: {error}")]) from None
    config = frontmatter.convert(frontmatter.parse_yaml(text, FILE), Config, FILE, text)
    if config.base_url and not re.match(r"https?://[^\s/]+", config.base_url):
        line = next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith("base_url"))
        found = f"base_url: {config.base_url!r} is not an address"
        raise Problems([Problem(FILE, line, found, "expected https://HOST/PATH/")])
    return config
