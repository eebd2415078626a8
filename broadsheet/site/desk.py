"""What every view is made with: settings, words of the interface, dates, headline breaks, slugs.

Dictionaries of words, pinyin and calendars take longer to load than a page to set. So the desk
asks first whether an earlier build knows the answer, and the store keeps what was learned: whoever
edits one piece waits for none of them.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable
from typing import cast

from broadsheet import slugs
from broadsheet.clock import Clock
from broadsheet.config import Config
from broadsheet.piece import PieceType
from broadsheet.site import dates, headlines
from broadsheet.site.strings import Strings
from broadsheet.site.views import Day

#: Of pieces that name no section, where the settings do not say: 讣告, 标语, 启事.
_SECTIONS = {"obituary": "obituary_section", "slogan": "slogan_section", "notice": "notice_section"}


#: So many answers are kept at hand, however large the archive is.
_MOST = 20_000

Recall = Callable[[str], str]


def _recall_nothing(question: str) -> str:
    return ""


class Desk:
    """Settings, sentences, and what is slow to find out."""

    def __init__(
        self,
        config: Config,
        strings: Strings,
        *,
        has_about: bool = False,
        recall: Recall = _recall_nothing,
    ) -> None:
        """`recall` answers a question from an earlier build, or gives ""."""
        self.config = config
        self.t = strings
        self.language = config.language
        self.has_about = has_about
        self._recall = recall
        self._known: dict[str, str] = {}
        self._marked: dict[str, str] = {}
        self._days: dict[tuple[str, bool], Day] = {}
        self.clock = Clock()
        self.learned: dict[str, str] = {}  #: answers that `recall` did not have

    def _find_out(self, kind: str, text: str, how: Callable[[str], str]) -> str:
        question = f"{kind} {text}"
        answer = self._known.get(question)
        if answer is None:
            answer = self._recall(question)
            if not answer:
                answer = how(text)
                if answer:
                    self.learned[question] = answer
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[question] = answer
        return answer

    def know_headlines(self, marked: Iterable[str]) -> None:
        """Headlines of an issue as they were marked before; they replace those of another one."""
        self._marked = {headlines.plain(one): one for one in marked}

    def words(self, text: str) -> str:
        """A headline, marked where it may break."""
        found = self._marked.get(text)
        if found is None:
            found = self._marked[text] = headlines.mark(text)
        return found

    def slug(self, section: str) -> str:
        """A section's own address: guoji-5ce1."""
        return self._find_out("slug", section, slugs.distinct_slug)

    def reading(self, name: str) -> str:
        """A name's place in the order of pinyin: liang shuang jin."""
        return self._find_out("name", name, lambda text: slugs.name_key(text)[0])

    def initial(self, name: str) -> str:
        """The letter under which a name stands: A-Z, or 0 for all others."""
        letter = self.reading(name)[:1].upper()
        return letter if "A" <= letter <= "Z" else "0"

    def day(self, iso: str, estimated: bool = False) -> Day:
        """A date in the interface's language, with weekday and lunar day."""
        found = self._days.get((iso, estimated))
        if found is None:
            if len(self._days) >= _MOST:
                self._days.clear()
            day = datetime.date.fromisoformat(iso)
            found = self._days[iso, estimated] = Day(
                iso=iso,
                text=self._find_out("date", iso, lambda _: dates.long(day, self.language)),
                weekday=self._find_out("weekday", iso, lambda _: dates.weekday(day, self.language)),
                lunar=self._find_out("lunar", iso, lambda _: dates.lunar(day, self.language)),
                estimated=estimated,
            )
        return found

    def partial(self, printed: str) -> str:
        """2025-12-03, 2025-12 or 2025 in words."""
        return self._find_out("date", printed, lambda text: dates.partial(text, self.language))

    def enumerate(self, texts: Iterable[str]) -> str:
        """甲、乙; A, B."""
        return (", " if self.language == "en" else "、").join(texts)

    def type_name(self, kind: str) -> str:
        """报道, 讣告, 标语, 启事, 图片."""
        return self.t(f"type.{kind}")

    def default_section(self, kind: PieceType, of_page: str) -> str:
        """The section of a piece that names none; "" where none is known."""
        setting = _SECTIONS.get(kind)
        if setting is None:
            return of_page
        return cast(str, getattr(self.config, setting)) or self.t(f"section.{kind}")

    @functools.cached_property
    def weekdays(self) -> tuple[str, ...]:
        """The narrow names of the days, Monday first."""
        return dates.weekdays(self.language)
