"""What a page consists of before it is rendered: its view, and what the frame around it says."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from broadsheet.site.views import View


class PageContent(msgspec.Struct, frozen=True, gc=False):
    """A page's view for its template, and its title and description for search engines."""

    view: View | None
    title: str  #: without the site's name
    description: str = ""
    canonical: str = ""  #: path of the page that this one repeats; its own when ""
    json_ld: Markup = Markup("")  #: of a <script type="application/ld+json">
