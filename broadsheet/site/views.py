"""What the templates see. Each template gets `site` (Site), `page` (Frame) and one view from here.

Every value is ready to show: plain text that autoescape escapes, or Markup where it says so.
Every `href` is relative to the page that shows it and ends in `.html`. docs/templates.md is the
same list for people who write templates.

What is slow, and how to keep it away from ten thousand pages: `t("key")` with nothing but a
constant is put in when the template is compiled and costs nothing; `t("nav." ~ name)` in a loop is
a call each time. Import macros plainly, `{% import "macros.html" as m %}`: `site` and `t` are
known everywhere, and a macro that needs `page` or `view` takes it as an argument. Imported `with
context` all macros are made anew for every page.
"""

from __future__ import annotations

import datetime

import msgspec
from markupsafe import Markup


class View(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value for templates; fields only, no behaviour. Frozen, so that none can be in a cycle."""


class Link(View, frozen=True, kw_only=True):
    href: str
    text: str
    note: str = ""  #: a count or date shown beside it
    current: bool = False
    language: str = ""  #: of the text, where it is a piece's own


class Site(View, frozen=True, kw_only=True):
    """What all pages share; from the settings."""

    title: str
    description: str
    language: str  #: of the interface: zh-Hans, zh-Hant, en
    newspaper: str
    contact: str
    base_url: str  #: "" when the site's address is not known
    has_about: bool
    has_search: bool


class Frame(View, frozen=True, kw_only=True):
    """The page itself: its place in the site."""

    kind: str  #: a PageKind's name: article, obituary, page, issue, section, home ...
    path: str  #: relative to the site, 2025-12-05/01/index.html
    root: str  #: relative way to the site's root: "", "../", "../../"
    title: str  #: for <title>, without the site's name
    description: str
    canonical: str  #: absolute address, "" without base_url
    nav: str  #: which entry of the main navigation is current: home, latest, section, ...
    json_ld: Markup  #: a <script type="application/ld+json"> body, "" where there is none


class Day(View, frozen=True, kw_only=True):
    """A date, ready to show in the interface's language."""

    iso: str
    text: str  #: 2025年12月5日
    weekday: str  #: 星期五
    lunar: str  #: 农历乙巳年十月十六; "" for an English interface
    estimated: bool = False


class Headline(View, frozen=True, kw_only=True):
    """A headline in all its parts. `html` breaks by clause and word."""

    text: str  #: plain
    html: Markup
    kicker: str = ""
    subtitle: str = ""


class Paragraph(View, frozen=True, kw_only=True):
    """A paragraph of a body.

    A mended column break in `html` is an empty link, so that it is never copied:
    `<a class="jn" href="index.html#L19" data-l="19 │ 21" title="NOTE" aria-label="NOTE"></a>`;
    lost text is `<span class="lost">〔前缺〕</span>`. The composed sheet carries no joins.
    """

    html: Markup
    anchor: str  #: p19: the first source line it came from; "" when it has none
    lines: str  #: 19, 21
    #: text, gap-before (its beginning is lost), sign (a signature); block: `html` is not the
    #: inside of a <p> but a whole element, such as a list
    kind: str = "text"
    gap_note: str = ""  #: what to say above a paragraph whose beginning is lost
    source: str = ""  #: to its first line in the source view, "" without a source


class Section(View, frozen=True, kw_only=True):
    """A part of a body: its subhead and paragraphs. The first one may have no subhead."""

    anchor: str  #: s1
    subhead: str
    subhead_line: int  #: source line, 0 when it has none
    paragraphs: tuple[Paragraph, ...]


class FigureView(View, frozen=True, kw_only=True):
    caption: Markup
    credit: str
    src: str  #: relative address of the picture, "" when only the caption survives
    alt: str
    width: int = 0  #: of the picture in pixels, 0 when not known
    height: int = 0
    anchor: str = ""  #: p13: the source line of the caption


class Citation(View, frozen=True, kw_only=True):
    id: str  #: of the element with its text: c1
    name: str  #: GB/T 7714, APA 7, BibTeX
    text: str
    block: bool  #: several lines, set as preformatted


class Fact(View, frozen=True, kw_only=True):
    """A row of an obituary's table: term, value, small print."""

    term: str
    text: str
    note: str = ""
    datetime: str = ""  #: machine-readable, for <time>
    service: bool = False  #: the row of the service: the calendar link stands in it


class PieceView(View, frozen=True, kw_only=True):
    """A piece page: article, obituary, slogan, notice, photo."""

    type: str
    type_name: str  #: in the interface's language
    number: int  #: reading order on its newspaper page, from 1
    language: str  #: lang attribute of its text
    headline: Headline
    section: Link
    newspaper_page: Link  #: "A07 国际", to the newspaper page
    page_heading: str  #: A07版, or 版面 01
    issue: Link
    day: Day
    byline: str
    credit: str
    lead: tuple[Paragraph, ...]
    figures: tuple[FigureView, ...]
    sections: tuple[Section, ...]
    characters: int  #: non-space characters of the body
    provenance: tuple[str, ...]  #: 整理说明: sentences on lines, joins, gaps, moves
    source_link: str  #: to the first line in the source view, "" without a source
    edit_link: str  #: to the content file in the repository's editor, "" without one
    file: str  #: the content file's path, for the preview
    citations: tuple[Citation, ...]
    downloads: tuple[Link, ...]
    people: tuple[Link, ...]
    tags: tuple[str, ...]
    previous: Link | None
    following: Link | None
    # obituary
    name: str = ""
    heading: str = ""  #: as printed above the notice; where no name is known it is the headline
    summary: str = ""  #: 享年104岁
    circumstance: str = ""  #: 2025年12月3日仙逝 · 广东台山
    facts: tuple[Fact, ...] = ()
    calendar: str = ""  #: address of the .ics file of the service
    service_over: str = ""  #: ISO time after which the service is over
    # slogan
    clauses: tuple[str, ...] = ()
    wide: bool = False  #: too long to be set upright
    siblings: tuple[Link, ...] = ()  #: other slogans of the same newspaper page
    # notice
    kind: str = ""
    issuer: str = ""
    # photo
    picture: FigureView | None = None


class Item(View, frozen=True, kw_only=True):
    """A piece in a list: issue, section, home, newspaper page."""

    type: str
    type_name: str
    number: int
    language: str
    href: str
    headline: Headline
    summary: str  #: the beginning of its text
    meta: str  #: 文/图 新华社 · 四节 · 2678字; of an obituary 享年104岁 · 2025年12月3日
    day: Day
    where: str  #: A07 国际
    where_href: str
    name: str = ""  #: of the deceased
    age: str = ""  #: 享年104岁
    credit: str = ""  #: 文/图 新华社
    clauses: tuple[str, ...] = ()


class SheetPart(View, frozen=True, kw_only=True):
    """One piece as it stands on the composed newspaper page; `sheet.compose` finds its place."""

    slot: str  #: its place on the sheet: lead, second, side, flow
    item: Item
    lead: tuple[Paragraph, ...]
    sections: tuple[Section, ...]  #: as much as is set on the page
    figures: tuple[FigureView, ...]
    subheads: tuple[Link, ...]
    more: str  #: 下接全文，余三节; "" when it stands in full
    more_href: str
    columns: int  #: how many text columns its slot has; in the flow, the flow's own
    span: int  #: width in the sheet's twelve columns


class SourceLine(View, frozen=True, kw_only=True):
    number: int
    text: str
    piece: int  #: number of the piece it went to, 0 for none
    tint: int  #: 1-6, 0 for none
    href: str  #: the paragraph it stands in
    label: str  #: accessible name of that link
    role: str  #: 标题, 导语, 署名 ... in the interface's language
    join: str = ""  #: note after this line: 断栏，19 与 21 接合
    gap: str = ""  #: note before this line
    doubt: str = ""  #: what the converter was not sure of


class LegendEntry(View, frozen=True, kw_only=True):
    number: int
    tint: int
    href: str
    title: str
    meta: str  #: 报道 · 39行 · 2678字


class NewspaperPageView(View, frozen=True, kw_only=True):
    label: str  #: A07, or the file's name where the paper's own number is not known
    heading: str  #: A07, or 版面 01
    section: str
    section_href: str
    newspaper: str
    day: Day
    issue: Link
    editors: str
    furniture: str  #: printed running heads and footers
    image: str
    parts: tuple[SheetPart, ...]  #: in the sheet's order, without the fillers
    fillers: tuple[Item, ...]  #: slogans, gathered in one strip
    source: tuple[SourceLine, ...]
    legend: tuple[LegendEntry, ...]
    account: str  #: 共107行，51行有字，51行均已归入 6件；7处接合，1处缺文。
    source_download: str
    previous: Link | None
    following: Link | None


class PageGroup(View, frozen=True, kw_only=True):
    """A newspaper page within an issue: its link, counts, pieces, and its small schematic."""

    label: str
    heading: str
    section: str
    href: str
    counts: str  #: 报道 2 · 讣告 1 · 标语 3
    schematic: Markup  #: inline SVG
    items: tuple[Item, ...]
    missing: bool = False


class IssueView(View, frozen=True, kw_only=True):
    """An issue; `latest.html` is the newest one, and gets None in an empty archive."""

    day: Day
    year: Link  #: to the archive of its year
    counts: str  #: 存1版 6件
    pages: tuple[PageGroup, ...]
    previous: Link | None
    following: Link | None


class Bar(View, frozen=True, kw_only=True):
    """A row with a bar: a year, a section; `percent` of the largest."""

    href: str
    text: str
    count: int
    count_text: str
    percent: int


class HomeView(View, frozen=True, kw_only=True):
    issue: IssueView | None  #: the newest; None in an empty archive
    lead: SheetPart | None
    second: Item | None
    digest: tuple[Item, ...]
    obituary: Item | None
    slogans: tuple[Item, ...]
    years: tuple[Bar, ...]


class MonthCell(View, frozen=True, kw_only=True):
    text: str
    count: int  #: 0 also on a month's own page, which does not count the other months
    href: str  #: "" for a month without pieces
    current: bool


class DayGroup(View, frozen=True, kw_only=True):
    """The pieces of one day in a section's month."""

    number: int  #: day of the month
    day: Day
    href: str  #: the issue
    meta: str
    items: tuple[Item, ...]
    more: str = ""  #: 余380件见本日; "" when all of them are shown


class SectionMonthView(View, frozen=True, kw_only=True):
    name: str
    year: str
    month: str
    months: tuple[MonthCell, ...]
    days: tuple[DayGroup, ...]
    index: Link
    previous: Link | None
    following: Link | None


class SectionView(View, frozen=True, kw_only=True):
    """All of one section: its years and months."""

    name: str
    total: str
    years: tuple[tuple[str, tuple[MonthCell, ...]], ...]
    newest: DayGroup | None


class SectionsView(View, frozen=True, kw_only=True):
    sections: tuple[Bar, ...]


class RegisterRow(View, frozen=True, kw_only=True):
    """An obituary in a register."""

    name: str
    language: str
    href: str
    age: str
    died: Day | None
    died_lunar: str
    native_place: str
    where: str
    where_href: str


class RegisterView(View, frozen=True, kw_only=True):
    """Obituaries of a year, or of a surname's letter in a decade."""

    heading: str
    count: str  #: 5件
    rows: tuple[RegisterRow, ...]
    years: tuple[Link, ...]  #: of a year: the one before and the one after
    letters: tuple[Link, ...]  #: of a letter: all its decades, this one is `current`
    index: Link
    parts: tuple[Link, ...] = ()  #: of a long list: its months or years; its own page has no rows


class ObituariesView(View, frozen=True, kw_only=True):
    total: str
    years: tuple[Bar, ...]
    letters: tuple[tuple[str, tuple[Link, ...]], ...]  #: letter -> decades
    newest: tuple[RegisterRow, ...]


class SloganRow(View, frozen=True, kw_only=True):
    anchor: str
    href: str
    clauses: tuple[str, ...]
    wide: bool
    language: str
    where: str
    where_href: str
    count: str  #: 1次


class SloganWallView(View, frozen=True, kw_only=True):
    heading: str
    counts: str
    rows: tuple[SloganRow, ...]
    years: tuple[Link, ...]
    parts: tuple[Link, ...] = ()  #: of a long year: its months; its own page has no rows


class SlogansView(View, frozen=True, kw_only=True):
    """All slogans: the years, and the wall of the newest one."""

    counts: str  #: 3条
    years: tuple[Bar, ...]
    newest: tuple[SloganRow, ...]


class CalendarDay(View, frozen=True, kw_only=True):
    """A day of a month that is drawn 140 wide and 136 high; x, y: its square of 18 by 18."""

    number: int
    x: float
    y: float
    level: int  #: 0-4
    href: str  #: "" for a day without an issue
    title: str  #: 1月1日，9件
    newest: bool


class CalendarMonth(View, frozen=True, kw_only=True):
    name: str
    counts: str  #: 24日 388件
    days: tuple[CalendarDay, ...]
    weekdays: tuple[str, ...]


class ArchiveYearView(View, frozen=True, kw_only=True):
    year: str
    counts: str
    months: tuple[CalendarMonth, ...]
    sections: tuple[Bar, ...]
    years: tuple[Link, ...]  #: neighbours and the index


class ArchiveView(View, frozen=True, kw_only=True):
    counts: str
    decades: tuple[tuple[str, tuple[Bar, ...]], ...]


class PersonRow(View, frozen=True, kw_only=True):
    name: str
    mentions: tuple[Link, ...]


class PeopleView(View, frozen=True, kw_only=True):
    heading: str
    rows: tuple[PersonRow, ...]
    letters: tuple[tuple[str, tuple[Link, ...]], ...]
    parts: tuple[Link, ...] = ()  #: of a long list: its years; its own page has no rows


class AboutView(View, frozen=True, kw_only=True):
    title: str
    html: Markup


class FeedEntry(View, frozen=True, kw_only=True):
    title: str
    id: str  #: an IRI that stays: the address, or a tag: URI without base_url
    address: str  #: absolute when base_url is known, else relative to the feed
    summary: str
    updated: datetime.datetime
    author: str


class FeedView(View, frozen=True, kw_only=True):
    id: str
    updated: datetime.datetime
    entries: tuple[FeedEntry, ...]


class SitemapEntry(View, frozen=True, kw_only=True):
    address: str
    lastmod: str


class SitemapView(View, frozen=True, kw_only=True):
    entries: tuple[SitemapEntry, ...]
    index: bool  #: a sitemap of sitemaps
